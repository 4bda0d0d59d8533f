"""The page "Import an article": paste or upload, see what is kept and proposed, correct it, take it in.

Nothing is kept between the steps, and nothing of what was sent is lost: a browser does not send a file twice, so that a
refused one goes back and forth in the form, as `kept`.
"""

import base64
import binascii
from typing import Any
from urllib.parse import urlsplit

from django import forms
from django.contrib import admin, messages
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.core.files.base import ContentFile, File
from django.db import transaction
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect

from .changes import add_outlet
from .desk_admin import call_or_show_refusal, desk_page
from .desk_forms import ObjectPicker, field_of, is_key, require_choice
from .editors import acting_editor
from .forms import PartialDateField
from .ingest import IntakeResult, outlet_named_in_text, take_in
from .intake_files import MAX_FILE_SIZE as LONGEST_FILE
from .intake_files import read_article
from .models import Article, Capture, Outlet
from .reading import ArticleReading, read_plain
from .recognition import LikelyReprint
from .text import TextIsBroken
from .tracked_changes import Refusal
from .uploaded_tables import FileIsBroken

MAX_TYPED_LENGTH = 300_000  # characters of a text that goes through a form; a newspaper's longest have 100,000
# Bytes of a file that goes back and forth; with base64 and a text it must fit into one post.
MAX_KEPT_FILE_SIZE = 2_500_000
NUL = "\x00"


class IntakeForm(forms.Form):
    """A text as it was saved from a page, pasted or uploaded; its clutter is taken out in the next step."""

    text = forms.CharField(
        required=False,
        strip=False,
        max_length=MAX_TYPED_LENGTH,
        label="Text",
        help_text="the whole page as copied; the next step shows what was left out of the article",
        widget=forms.Textarea(attrs={"rows": 16, "class": "vLargeTextField"}),
    )
    file = forms.FileField(required=False, label="or a file", help_text="text or HTML, UTF-8", allow_empty_file=True)
    outlet = forms.ModelChoiceField(
        Outlet.objects.all(),
        required=False,
        widget=ObjectPicker(Article._meta.get_field("outlet"), admin.site),
        help_text="the publisher; leave empty if the text names it",
    )
    url = forms.CharField(
        required=False,
        max_length=1000,
        label="Web address",
        help_text="for reference only: nothing is fetched",
        widget=forms.TextInput(attrs={"class": "vTextField"}),
    )
    article = forms.ModelChoiceField(
        Article.objects.select_related("outlet"),
        required=False,
        widget=ObjectPicker(Article._meta.get_field("derived_from"), admin.site),
        label="New text of",
        help_text="only if the article is already at the desk: its passages are then looked for in the new text",
    )

    kept = forms.CharField(required=False, widget=forms.HiddenInput(attrs={"data-typed": True}))
    kept_name = forms.CharField(required=False, max_length=255, widget=forms.HiddenInput(attrs={"data-typed": True}))
    leave_out = forms.BooleanField(required=False, label="Remove the file")

    data: QueryDict
    reading: ArticleReading | None = None
    method = Capture.Method.PASTED

    def clean(self) -> dict[str, Any]:
        super().clean()
        values = self.cleaned_data
        text, file = values.get("text") or "", values.get("file") or self._kept_file(values)
        if "file" in self.errors or "text" in self.errors:
            return values
        if file:
            self._keep(file)
        if bool(text.strip()) == bool(file):
            raise forms.ValidationError("Paste a text or choose a file, not both.")
        try:
            self.reading = read_upload(file) if file else read_plain(text)
        except (FileIsBroken, TextIsBroken) as error:
            self._keep(None)  # it would be refused again
            self.add_error("file" if file else "text", str(error))
            return values
        if file:
            self.method = Capture.Method.UPLOADED
        if len(self.reading.text) > MAX_TYPED_LENGTH:
            self.add_error(
                "file",
                f"The text has {len(self.reading.text):,} characters; this page accepts up to {MAX_TYPED_LENGTH:,}. "
                "For longer texts use manage.py ingest_articles.",
            )
        return values

    def _kept_file(self, values: dict[str, Any]) -> ContentFile | None:
        """The file that was chosen before the form was refused, unless it is to be left out."""
        if not values.get("kept") or values.get("leave_out"):
            return None
        try:
            return ContentFile(base64.b64decode(values["kept"], validate=True), values.get("kept_name") or "file")
        except (binascii.Error, ValueError):
            self.add_error("file", "The file came back damaged: choose it again.")
            return None

    def _keep(self, file: File | None) -> None:
        """Lets the form hold `file` when it is shown again; None lets go of it."""
        self.data = self.data.copy()
        small = file if file is not None and file.size <= MAX_KEPT_FILE_SIZE else None
        self.data["kept"] = base64.b64encode(small.read()).decode() if small is not None else ""
        self.data["kept_name"] = (small.name or "")[-255:] if small is not None else ""
        self.data.pop("leave_out", None)
        if file is not None:
            file.seek(0)

    @property
    def holds(self) -> str:
        """The name of the file that the form holds, to be told."""
        return self.data.get("kept_name", "") if self.is_bound and self.data.get("kept") else ""


def read_upload(file: File) -> ArticleReading:
    """What stands in an uploaded file, by the very rules of `manage.py ingest_articles`. Raises `FileIsBroken`."""
    if file.size > LONGEST_FILE:
        raise FileIsBroken(f"The file is too large: {file.size:,} bytes; the limit is {LONGEST_FILE:,}.")
    return read_article(file.read(), file.name or "")


class IntakeConfirmationForm(forms.Form):
    """An article read and cleaned, with what it says about itself, for an editor to correct and confirm."""

    article = IntakeForm.base_fields["article"]
    outlet = IntakeForm.base_fields["outlet"]
    new_outlet = forms.CharField(
        required=False,
        max_length=200,
        label="or a new outlet",
        help_text="its name; created with the article if none is chosen above",
        widget=forms.TextInput(attrs={"class": "vTextField"}),
    )
    new_outlet_kind = forms.ChoiceField(required=False, choices=Outlet.Kind.choices, label="Kind of outlet")
    headline = forms.CharField(required=False, max_length=500, widget=forms.TextInput(attrs={"class": "vTextField"}))
    byline = forms.CharField(required=False, max_length=300, widget=forms.TextInput(attrs={"class": "vTextField"}))
    dateline = forms.CharField(required=False, max_length=200, widget=forms.TextInput(attrs={"class": "vTextField"}))
    credited_agency = forms.CharField(
        required=False, max_length=200, widget=forms.TextInput(attrs={"class": "vTextField"})
    )
    published = PartialDateField(required=False, max_length=23, help_text="2019, 2019-09 or 2019-09-03; ~ for about")
    language = forms.CharField(max_length=35, initial="en", help_text="BCP 47, such as en or kk-Cyrl")
    url = IntakeForm.base_fields["url"]
    archive_url = forms.CharField(
        required=False,
        max_length=1000,
        label="Archived at",
        widget=forms.TextInput(attrs={"class": "vTextField"}),
    )
    complete = forms.BooleanField(
        required=False, initial=True, label="This is the whole article", help_text="not an excerpt"
    )
    text = forms.CharField(
        strip=False,
        max_length=MAX_TYPED_LENGTH,
        label="Article text",
        help_text="the text to quote from; it cannot be changed later",
        widget=forms.Textarea(attrs={"rows": 20, "class": "vLargeTextField"}),
    )
    removed = forms.JSONField(required=False, widget=forms.HiddenInput)
    method = forms.ChoiceField(choices=Capture.Method, widget=forms.HiddenInput)
    said = forms.JSONField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        require_choice(field_of(self, "new_outlet_kind", forms.ChoiceField), "")
        for field in self.fields.values():
            # What the text itself says was sent by this very user; what can be picked is the desk's own.
            if not isinstance(field, forms.ModelChoiceField):
                field.widget.attrs["data-typed"] = True

    def clean(self) -> dict[str, Any]:
        super().clean()
        values = self.cleaned_data
        if values.get("outlet") is None and values.get("new_outlet") and not values.get("new_outlet_kind"):
            self.add_error("new_outlet_kind", "What kind of outlet is it? Choose one.")
        return values

    def clean_said(self) -> dict[str, list[str]]:
        """The reasons of what was proposed, by field; they are shown again and go nowhere else."""
        said = self.cleaned_data["said"] or {}
        whole = isinstance(said, dict) and all(
            isinstance(lines, list) and all(isinstance(line, str) and NUL not in line for line in lines)
            for lines in said.values()
        )
        return said if whole else {}

    def clean_removed(self) -> list[list]:
        removed = self.cleaned_data["removed"] or []
        if not isinstance(removed, list) or not all(map(_is_removed_line, removed)):
            raise forms.ValidationError("The removed lines came back damaged. Start over.")
        return removed


def _is_removed_line(line: object) -> bool:
    return (
        isinstance(line, list)
        and [type(part) for part in line] == [int, str, str]
        and 0 <= line[0] <= MAX_TYPED_LENGTH
        and NUL not in line[1] + line[2]
    )


PROPOSED_FIELDS = ("headline", "byline", "dateline", "credited_agency", "language", "published", "url")


def take_in_page(request: HttpRequest) -> HttpResponse:
    """Two steps on one address: the text is looked at, then taken in. Nothing is kept between the two."""
    if not request.user.has_perm("articles.add_article"):
        raise PermissionDenied
    form: IntakeForm | IntakeConfirmationForm
    if request.method == "POST" and "take" in request.POST:
        form = IntakeConfirmationForm(request.POST)
        if form.is_valid() and (
            taken := call_or_show_refusal(form, lambda: _take_in(acting_editor(request), dict(form.cleaned_data)))
        ):
            messages.success(request, outcome_sentence(taken))
            return redirect("admin:articles_article_change", taken.article.pk)
    elif request.method == "POST":
        form = IntakeForm(request.POST, request.FILES)
        if form.is_valid() and form.reading is not None:
            form = IntakeConfirmationForm(initial=proposed_values(form, form.reading))
    else:
        form = IntakeForm(initial=_requested_values(request))
    confirming = isinstance(form, IntakeConfirmationForm)
    said = _display_value(form, "said", {})
    return desk_page(
        request,
        "admin/desk/import_article.html",
        model=Article,
        title="Import an article: check and confirm" if confirming else "Import an article",
        form=form,
        rows=[(field, said.get(field.name, [])) for field in form.visible_fields() if field.name != "leave_out"],
        confirming=confirming,
        removed=_display_value(form, "removed", []),
        media=admin.site.get_model_admin(Article).media + form.media,
    )


def _take_in(user: User, values: dict[str, Any]) -> IntakeResult:
    """Takes in the article, and makes its outlet in the same act where a new one was named. Raises `Refusal`."""
    name, kind = values.pop("new_outlet"), values.pop("new_outlet_kind")
    del values["said"]
    with transaction.atomic():
        if values["outlet"] is None and name and values["article"] is None:
            values["outlet"] = Outlet.objects.filter(name__iexact=name.strip()).first() or _add_outlet(name, kind, user)
        return take_in(by=user, **values)


def _add_outlet(name: str, kind: str, user: User) -> Outlet:
    if not user.has_perm("articles.add_outlet"):
        raise Refusal("You have no permission to add outlets: choose an existing one.", field="new_outlet")
    try:
        return add_outlet(name=name, kind=kind, by=user)
    except Refusal as refusal:
        raise Refusal(
            refusal.sentence, field="new_outlet_kind" if refusal.field == "kind" else "new_outlet"
        ) from refusal


def proposed_values(form: IntakeForm, reading: ArticleReading) -> dict[str, Any]:
    """What the confirmation begins with: what the editor said, else what the text surely says of itself."""
    said = form.cleaned_data
    sure = reading.sure()
    values = {field: sure[field] for field in PROPOSED_FIELDS if field in sure}
    outlet = said["outlet"] or (said["article"] and said["article"].outlet)
    if outlet is None:
        outlet = likely_outlet(reading, said["url"] or sure.get("url", ""))
    return values | {
        "outlet": outlet,
        "new_outlet": "" if outlet else new_outlet_name(reading)[:200],
        "said": {field: proposal_reasons(reading, field) for field in (*PROPOSED_FIELDS, "outlet")},
        "article": said["article"],
        "url": said["url"] or values.get("url", ""),
        "text": reading.text,
        "removed": reading.removed,
        "method": form.method,
        "complete": True,
    }


def likely_outlet(reading: ArticleReading, url: str) -> Outlet | None:
    """The outlet of the desk that the text surely names, else the one at whose address it was printed."""
    if named := outlet_named_in_text(reading):
        return named
    host = _host(url)
    homes = [outlet for outlet in Outlet.objects.exclude(homepage="") if _host(outlet.homepage) == host] if host else []
    return homes[0] if len(homes) == 1 else None


def new_outlet_name(reading: ArticleReading) -> str:
    """What the outlet would be called if it is new: the name that the text surely has for it, or stands above it."""
    named = reading.all_of("outlet")
    above = (proposal for proposal in named if proposal.rule == "site name above the headline")
    found = next((proposal for proposal in named if proposal.sure), None) or next(above, None)
    return found.value if found else ""


def _host(url: str) -> str:
    try:
        return (urlsplit(url).hostname or "").removeprefix("www.")
    except ValueError:
        return ""


def proposal_reasons(reading: ArticleReading, field: str) -> list[str]:
    """Why a value is proposed, and what else the text might mean, one line each."""
    return [
        f"“{proposal.value}” ({f'line {proposal.line}' if proposal.line else 'metadata of the page'}: "
        f"{proposal.rule}{'' if proposal.sure else '; uncertain'})"
        for proposal in reading.all_of(field)
    ]


def outcome_sentence(taken: IntakeResult) -> str:
    """What taking in has led to, in a sentence or two."""
    if not taken.new_capture:
        return "This exact text was already saved: here is its article. Nothing was changed."
    sentences = [
        "The article was imported."
        if taken.new_article
        else "This article was already here: a new text of it was saved."
    ]
    if taken.reanchored_passages:
        sentences.append(
            f"{len(taken.reanchored_passages)} of its passages moved to the new text: please confirm them."
        )
    if taken.unplaced_passages:
        sentences.append(f"{len(taken.unplaced_passages)} were not found and stay with the older text.")
    if taken.reprints:
        articles = "article" if len(taken.reprints) == 1 else "articles"
        sentences.append(f"It shares much of its text with {len(taken.reprints)} other {articles}: see below.")
    return " ".join(sentences)


def likeness_sentence(likeness: LikelyReprint) -> str:
    """The shares of a likely reprint, and which was printed first, in words."""
    here, there = likeness.share_of_this_in_other, likeness.share_of_other_in_this
    first = "unclear which was printed first"
    if likeness.first is not None:
        first = "it was printed first" if likeness.first == likeness.article else "this one was printed first"
    return f"{here:.0%} of this text is in it, {there:.0%} of its text is here; {first}"


def _requested_values(request: HttpRequest) -> dict[str, str]:
    article = request.GET.get("article", "")
    return {"article": article} if is_key(article) else {}


def _display_value(form: IntakeForm | IntakeConfirmationForm, name: str, otherwise: Any) -> Any:
    """What the form that confirms brings along and only shows: as it was proposed, or as it came back."""
    if not isinstance(form, IntakeConfirmationForm):
        return otherwise
    return form.cleaned_data.get(name, otherwise) if form.is_bound else form.initial[name]
