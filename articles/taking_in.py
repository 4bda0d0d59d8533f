"""The page "Take in an article": paste or upload, see what is kept and proposed, correct it, take it in."""

from urllib.parse import urlsplit

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.shortcuts import redirect

from .changes import add_outlet
from .ingest import TakenIn, outlet_named_in, take_in
from .models import Article, Outlet
from .reading import Reading
from .recognition import Likeness
from .taking_in_forms import ConfirmForm, LookForm
from .trace import Refused
from .verbadmin import attempt, desk_page
from .verbforms import is_key

PROPOSED = ("headline", "byline", "dateline", "credited_agency", "language", "published", "url")


def take_in_page(request):
    """Two steps on one address: the text is looked at, then taken in. Nothing is kept between the two."""
    if not request.user.has_perm("articles.add_article"):
        raise PermissionDenied
    if request.method == "POST" and "take" in request.POST:
        form = ConfirmForm(request.POST)
        if form.is_valid() and (taken := attempt(form, lambda: _taken(request.user, dict(form.cleaned_data)))):
            messages.success(request, told(taken))
            return redirect("admin:articles_article_change", taken.article.pk)
    elif request.method == "POST":
        form = LookForm(request.POST, request.FILES)
        if form.is_valid():
            form = ConfirmForm(initial=proposed(form))
    else:
        form = LookForm(initial=_asked(request))
    confirming = isinstance(form, ConfirmForm)
    said = _shown(form, "said", {})
    return desk_page(
        request,
        "admin/desk/take_in.html",
        model=Article,
        title="Take in an article: look and confirm" if confirming else "Take in an article",
        form=form,
        rows=[(field, said.get(field.name, [])) for field in form.visible_fields() if field.name != "leave_out"],
        confirming=confirming,
        removed=_shown(form, "removed", []),
        media=admin.site.get_model_admin(Article).media + form.media,
    )


def _taken(user, values: dict) -> TakenIn:
    """Takes in the article, and makes its outlet in the same act where a new one was named. Raises `Refused`."""
    name, kind = values.pop("new_outlet"), values.pop("new_outlet_kind")
    del values["said"]
    with transaction.atomic():
        if values["outlet"] is None and name and values["article"] is None:
            values["outlet"] = Outlet.objects.filter(name__iexact=name.strip()).first() or _new_outlet(name, kind, user)
        return take_in(by=user, **values)


def _new_outlet(name: str, kind: str, user) -> Outlet:
    if not user.has_perm("articles.add_outlet"):
        raise Refused("You may not add outlets: pick one that the desk knows.", field="new_outlet")
    try:
        return add_outlet(name=name, kind=kind, by=user)
    except Refused as refusal:
        raise Refused(
            refusal.sentence, field="new_outlet_kind" if refusal.field == "kind" else "new_outlet"
        ) from refusal


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
    if named := outlet_named_in(reading):
        return named
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


def _shown(form, name: str, otherwise):
    """What the form that confirms brings along and only shows: as it was proposed, or as it came back."""
    if not isinstance(form, ConfirmForm):
        return otherwise
    return form.cleaned_data.get(name, otherwise) if form.is_bound else form.initial[name]
