"""The page "Take in an article": paste or upload, see what is kept and proposed, correct it, take it in."""

from urllib.parse import urlsplit

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.decorators import method_decorator
from django.views.decorators.csrf import csrf_protect

from .changes import add_outlet
from .ingest import TakenIn, outlet_called, take_in
from .models import Outlet
from .reading import Reading
from .recognition import Likeness, family_of, likely_reprints
from .taking_in_forms import ConfirmForm, LookForm
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
            return self._take_in_page(request, confirm)
        return self._take_in_page(request, form)

    def _take(self, request):
        form = ConfirmForm(request.POST)
        if form.is_valid():
            try:
                taken = self._taken(request, dict(form.cleaned_data))
            except Refused as refusal:
                form.add_error(refusal.field if refusal.field in form.fields else None, refusal.sentence)
            else:
                self.message_user(request, told(taken), messages.SUCCESS)
                return HttpResponseRedirect(reverse("admin:articles_article_change", args=[taken.article.pk]))
        return self._take_in_page(request, form)

    def _taken(self, request, values: dict) -> TakenIn:
        """Takes in the article, and makes its outlet in the same act where a new one was named. Raises `Refused`."""
        name, kind = values.pop("new_outlet"), values.pop("new_outlet_kind")
        del values["said"]
        if values["outlet"] is None and name and values["article"] is None:
            known = Outlet.objects.filter(name__iexact=name.strip()).first()
            if known is None and not request.user.has_perm("articles.add_outlet"):
                raise Refused("You may not add outlets: pick one that the desk knows.", field="new_outlet")
            with transaction.atomic():
                try:
                    outlet = known or add_outlet(name=name, kind=kind, by=request.user)
                except Refused as refusal:
                    field = "new_outlet_kind" if refusal.field == "kind" else "new_outlet"
                    raise Refused(refusal.sentence, field=field) from refusal
                return take_in(by=request.user, **values | {"outlet": outlet})
        return take_in(by=request.user, **values)

    def _take_in_page(self, request, form):
        confirming = isinstance(form, ConfirmForm)
        said = _said(form) if confirming else {}
        context = {
            **self.admin_site.each_context(request),
            "title": "Take in an article: look and confirm" if confirming else "Take in an article",
            "opts": self.opts,
            "form": form,
            "rows": [(field, said.get(field.name, [])) for field in form.visible_fields() if field.name != "leave_out"],
            "confirming": confirming,
            "removed": _removed(form),
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
    if outlet is None:
        outlet = outlet_of(reading, said["url"] or sure.get("url", ""))
    return values | {
        "outlet": outlet,
        "new_outlet": "" if outlet else name_of_outlet(reading)[:200],
        "said": {field: evidence(reading, field) for field in (*PROPOSED, "outlet")},
        "article": said["article"],
        "url": said["url"] or values.get("url", ""),
        "text": reading.text,
        "removed": reading.removed,
        "method": form.method,
        "complete": True,
    }


def outlet_of(reading: Reading, url: str) -> Outlet | None:
    """The outlet of the desk that the text surely names, else the one at whose address it was printed."""
    for proposal in reading.all_of("outlet"):
        if proposal.sure and (outlet := outlet_called(proposal.value)):
            return outlet
    host = _host(url)
    homes = [outlet for outlet in Outlet.objects.exclude(homepage="") if _host(outlet.homepage) == host] if host else []
    return homes[0] if len(homes) == 1 else None


def name_of_outlet(reading: Reading) -> str:
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


def evidence(reading: Reading, field: str) -> list[str]:
    """Why a value is proposed, and what else the text might mean, one line each."""
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
        sentences.append(
            f"{len(taken.reanchored)} of its passages were found in the new text and moved there: confirm them."
        )
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
    if not isinstance(form, ConfirmForm):
        return []
    return form.cleaned_data.get("removed", []) if form.is_bound else form.initial["removed"]


def _said(form: ConfirmForm) -> dict[str, list[str]]:
    return form.cleaned_data.get("said", {}) if form.is_bound else form.initial["said"]
