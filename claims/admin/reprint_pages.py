"""A reprint and its original side by side: what the reprint prints of what is recorded, taken over in one act."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse

from articles.desk_admin import desk_page
from articles.desk_forms import MAX_REVISION, field_of, require_choice
from articles.editors import acting_editor
from articles.forms import OccurrenceField, read_selection, selection_token
from articles.models import Article
from articles.recognition import LikelyReprint
from articles.text import Span
from articles.text_difference import Stretch, readable_difference
from articles.tracked_changes import Refusal

from ..changes import TakenPrinting, reprints, take_over
from ..changes.typed_chains import write_chain
from ..models import Statement
from ..privacy.viewer import may_see_names

DERIVATION_CHOICES = [choice for choice in Article.Derivation.choices if choice[0]]


class PrintingForm(forms.Form):
    """One printing of the original and how the reprint prints it: what an editor may correct before it is taken."""

    take = forms.BooleanField(required=False)
    seen = forms.IntegerField(min_value=1, max_value=MAX_REVISION, widget=forms.HiddenInput)
    # A form takes its fields off its class, and has a `prefix` of its own.
    prefix = forms.CharField(required=False, strip=False, max_length=64, widget=forms.HiddenInput)  # type: ignore[assignment]  # see above
    suffix = forms.CharField(required=False, strip=False, max_length=64, widget=forms.HiddenInput)
    occurrence = OccurrenceField()
    exact = forms.CharField(max_length=5000, label="Words", widget=forms.Textarea(attrs={"rows": 2}))
    printed_name = forms.CharField(required=False, max_length=200, label="Name as printed")
    cue = forms.CharField(required=False, max_length=120, label="Cue")

    def __init__(self, data: QueryDict | None, *, fate: reprints.PrintingComparison, span: Span, named: bool) -> None:
        initial = {
            "take": fate.state == reprints.PRINTS,
            "seen": fate.appearance.statement.revision,
            "prefix": span.prefix,
            "suffix": span.suffix,
            "occurrence": selection_token(fate.text, span),
            "exact": span.exact,
            "printed_name": fate.printed_name,
            "cue": fate.cue,
        }
        super().__init__(data, initial=initial, prefix=f"a{fate.appearance.pk}", use_required_attribute=False)
        self.fate = fate
        self.chain = write_chain(fate.chain, named=named)

    def read_printing(self) -> TakenPrinting:
        said = {name: value for name, value in self.cleaned_data.items() if name != "take"}
        said["occurrence"] = read_selection(said["occurrence"], said["exact"])
        return TakenPrinting(appearance=self.fate.appearance, **said)


class DerivationForm(forms.Form):
    derivation = forms.ChoiceField(choices=DERIVATION_CHOICES, label="How the reprint derives from the original")

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        require_choice(
            field_of(self, "derivation", forms.ChoiceField), "How does it derive from the original? Choose one."
        )


OTHER_STATES = [
    (reprints.DROPPED, "Not printed in the reprint"),
    (reprints.RECORDED, "Already recorded"),
    (reprints.CIRCULAR, "Cannot be copied: the reprint’s own outlet is in the chain"),
]


def take_over_links(article: Article, likeness: LikelyReprint) -> list[tuple[str, str]]:
    """(label, address) towards the one that was printed later; both ways where nobody knows which that is."""
    ways = [
        ("compare, and copy its statements", article, likeness.article),
        ("compare, and copy the statements of this article to it", likeness.article, article),
    ]
    return [
        (label, take_over_address(reprint, original)) for label, reprint, original in ways if likeness.first != reprint
    ]


def take_over_page(request: HttpRequest, pk: int, original: int) -> HttpResponse:
    """Both texts side by side, and taking over what the reprint prints of the statements of its original."""
    if not (request.user.has_perm("articles.change_article") and request.user.has_perm("claims.change_statement")):
        raise PermissionDenied
    articles = Article.objects.select_related("outlet", "derived_from")
    reprint, source = get_object_or_404(articles, pk=pk), get_object_or_404(articles, pk=original)
    fates = reprints.compare_printings(reprint, source)
    data = request.POST if request.method == "POST" else None
    named = may_see_names(request.user)
    rows = [
        PrintingForm(data, fate=fate, span=fate.span, named=named)
        for fate in fates
        if fate.can_be_taken and fate.span is not None
    ]
    how = DerivationForm(data, initial={"derivation": reprint.derivation})
    refusal = ""
    if request.method == "POST":
        try:
            statements = _take_over_ticked(acting_editor(request), reprint, source, rows, how)
        except Refusal as refused:
            refusal = refused.sentence
        else:
            many = "1 statement" if len(statements) == 1 else f"{len(statements)} statements"
            messages.success(request, f"Copied from “{source}”: {many}.")
            return redirect("admin:articles_article_change", reprint.pk)
    return desk_page(
        request,
        "admin/desk/copy_statements.html",
        model=Article,
        title="Copy statements from the original",
        reprint=reprint,
        original=source,
        rows=rows,
        how=how,
        refusal=refusal,
        others=[(heading, [fate for fate in fates if fate.state == state]) for state, heading in OTHER_STATES],
        difference=text_difference(source, reprint),
        status=409 if refusal else 200,
    )


def _take_over_ticked(
    user: User, reprint: Article, original: Article, rows: Sequence[PrintingForm], how: DerivationForm
) -> list[Statement]:
    if not how.is_valid() or not all(row.is_valid() for row in rows):
        raise Refusal("Nothing was copied: please correct the fields marked below.")
    printings = [row.read_printing() for row in rows if row.cleaned_data["take"]]
    return take_over(reprint, original, printings, by=user, derivation=how.cleaned_data["derivation"])


def take_over_address(reprint: Article, original: Article) -> str:
    return reverse("admin:claims_copy_statements", args=[reprint.pk, original.pk])


def text_difference(original: Article, reprint: Article) -> list[Stretch] | None:
    """The readable difference of the two newest whole texts, or None where one is not known or too long."""
    old, new = original.captures.newest_complete(), reprint.captures.newest_complete()
    return readable_difference(old.text, new.text) if old and new else None
