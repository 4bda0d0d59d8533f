"""The page "Take in an article": paste or upload, see what is kept and proposed, correct it, take it in."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.decorators import method_decorator
from django.views.decorators.csrf import csrf_protect

from .forms import ConfirmForm, LookForm
from .ingest import TakenIn, outlet_called, take_in
from .reading import Reading
from .recognition import Likeness, family_of, likely_reprints
from .trace import Refused
from .verbforms import is_key

PROPOSED = ("headline", "byline", "dateline", "credited_agency", "language", "published", "url")


class TakeInPages:
    """For the admin of articles: the page on which one is taken in, and what the article's page shows of reprints."""

    def get_urls(self):
        wrap = self.admin_site.admin_view
        return [path("take-in/", wrap(self.take_in_view), name="articles_article_take_in"), *super().get_urls()]

    @method_decorator(csrf_protect)
    def take_in_view(self, request):
        """Two steps on one address: the text is looked at, then taken in. Nothing is kept between the two."""
        if not self.has_add_permission(request):
            raise PermissionDenied
        if request.method == "POST" and "take" in request.POST:
            return self._take(request)
        form = LookForm(request.POST, request.FILES) if request.method == "POST" else LookForm(initial=_asked(request))
        if request.method == "POST" and form.is_valid():
            confirm = ConfirmForm(initial=proposed(form))
            return self._take_in_page(request, confirm, reading=form.reading)
        return self._take_in_page(request, form)

    def _take(self, request):
        form = ConfirmForm(request.POST)
        if form.is_valid():
            try:
                taken = take_in(by=request.user, **form.cleaned_data)
            except Refused as refusal:
                form.add_error(refusal.field if refusal.field in form.fields else None, refusal.sentence)
            else:
                self.message_user(request, told(taken), messages.SUCCESS)
                return HttpResponseRedirect(reverse("admin:articles_article_change", args=[taken.article.pk]))
        return self._take_in_page(request, form)

    def _take_in_page(self, request, form, reading: Reading | None = None):
        confirming = isinstance(form, ConfirmForm)
        context = {
            **self.admin_site.each_context(request),
            "title": "Take in an article: look and confirm" if confirming else "Take in an article",
            "opts": self.opts,
            "form": form,
            "rows": [(field, evidence(reading, field.name)) for field in form.visible_fields()],
            "confirming": confirming,
            "removed": reading.removed if reading else _removed(form),
            "media": self.media + form.media,
        }
        return TemplateResponse(request, "admin/desk/take_in.html", context)

    def tools(self, request):
        take_in_page = ("Take in an article", reverse("admin:articles_article_take_in"))
        return [take_in_page] if self.has_add_permission(request) else []

    def reprints_of(self, article) -> dict:
        """The likely reprints of `article`, with shares in words and what can be done, and the family that they form.

        A family of two is left out: the list says all of it.
        """
        reprints = likely_reprints(article)
        return {
            "reprints": [(like, told_likeness(like), self.offers(article, like)) for like in reprints],
            "family": family_of(article, reprints) if len(reprints) > 1 else [],
        }

    def offers(self, article, likeness: Likeness) -> list[tuple[str, str]]:
        """(label, address) of what an editor can do with a likely reprint; this room has nothing to offer."""
        return []


def proposed(form: LookForm) -> dict:
    """What the confirmation begins with: what the editor said, else what the text surely says of itself."""
    reading, said = form.reading, form.cleaned_data
    sure = reading.sure()
    values = {field: sure[field] for field in PROPOSED if field in sure}
    outlet = said["outlet"] or (said["article"] and said["article"].outlet)
    if outlet is None and "outlet" in sure:
        outlet = outlet_called(sure["outlet"])
    return values | {
        "outlet": outlet,
        "article": said["article"],
        "url": said["url"] or values.get("url", ""),
        "text": reading.text,
        "removed": reading.removed,
        "method": form.method,
        "complete": True,
    }


def evidence(reading: Reading | None, field: str) -> list[str]:
    """Why a value is proposed, and what else the text might mean, one line each."""
    if reading is None:
        return []
    lines = []
    for proposal in reading.all_of(field):
        where = f"line {proposal.line}" if proposal.line else "metadata of the page"
        lines.append(f"“{proposal.value}” ({where}: {proposal.rule}{'' if proposal.sure else '; not sure'})")
    return lines


def told(taken: TakenIn) -> str:
    """What taking in has led to, in a sentence or two."""
    if not taken.new_capture:
        return "The desk had this very text already: this is its article. Nothing was changed."
    sentences = [
        "A new article was taken in." if taken.new_article else "This article was known: it has a new capture."
    ]
    if taken.reanchored:
        sentences.append(f"{len(taken.reanchored)} of its passages were found in the new text and moved there.")
    if taken.not_found:
        sentences.append(f"{len(taken.not_found)} were not found there and stay with the older capture.")
    if taken.reprints:
        sentences.append(f"It shares much of its text with {len(taken.reprints)} other: look below.")
    return " ".join(sentences)


def told_likeness(likeness: Likeness) -> str:
    """The shares of a likely reprint, and which was printed first, in words."""
    here, there = likeness.share_of_this_in_other, likeness.share_of_other_in_this
    first = "which was printed first is not known"
    if likeness.first is not None:
        first = "it was printed first" if likeness.first == likeness.article else "this one was printed first"
    return f"{here:.0%} of this text stands in it, {there:.0%} of its text stands here; {first}"


def _asked(request) -> dict:
    article = request.GET.get("article", "")
    return {"article": article} if is_key(article) else {}


def _removed(form) -> list:
    return getattr(form, "cleaned_data", {}).get("removed", []) if isinstance(form, ConfirmForm) else []
