"""The page "Import an article": paste or upload, see what was found, correct it, take it in.

What is handed over is an original at once, in the private store; between the steps the forms carry its key alone.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode, urlsplit

from django.contrib import admin, messages
from django.contrib.auth.models import User
from django.contrib.sessions.backends.base import SessionBase
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Case, When
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from .attachment_pages import receive_attachment, show_attachment
from .attachments import attach_original
from .bookmarklet import bookmarklet
from .changes import add_outlet
from .desk_admin import call_or_show_refusal, desk_admin_of, desk_page
from .desk_forms import is_key
from .editors import acting_editor
from .ingest import IntakeResult, ReadFrom, outlet_named_in_text, take_in
from .intake_files import ChoiceIsNeeded, MediaIsNotRead
from .intake_forms import MAX_TYPED_LENGTH, IntakeConfirmationForm, IntakeForm
from .intake_reprints import derive_from, likely_derivation, likeness_sentence, reprints_of_reading, sure_original
from .models import Article, Original, Outlet
from .original_readings import reading_of, texts_of_reading
from .originals import OriginalIsLost, discard_original, keep_original, pending_originals, space_notice
from .reading import ArticleReading, Choice
from .tracked_changes import Refusal
from .uploaded_tables import FileIsBroken

PROPOSED_FIELDS = ("headline", "byline", "dateline", "credited_agency", "language", "published", "url")
HINTS = ("outlet", "url", "article")  # what an editor said with a file, and the addresses of its page carry on
MAX_LISTED = 40  # originals that wait
UPLOADS = "uploads"  # in a session: the originals of others that this user has uploaded too


@dataclass(frozen=True)
class _Desk:
    """Who is importing, and what they may read of what a colleague has uploaded."""

    user: User
    session: SessionBase
    may_read: Callable[[str], bool]
    workspace_of: Callable[[Article], str]

    def check(self, original: Original, texts: Iterable[str]) -> None:
        """Refuses an upload of a colleague that holds, in one of `texts`, a name which this user may not read."""
        if original.by == self.user or original.pk in self.session.get(UPLOADS, ()):
            return
        if not self.may_read("\n".join([original.name, original.address, *texts])):
            raise Refusal(
                "This upload of a colleague holds a name that is withheld: they can import it, or somebody who may "
                "see withheld names."
            )


def take_in_page(
    request: HttpRequest, *, may_read: Callable[[str], bool], workspace_of: Callable[[Article], str]
) -> HttpResponse:
    """What is handed over is kept, looked at, and then taken in; all on one address.

    `may_read` says of a text that somebody else has brought whether this user may read all of it; `workspace_of` where
    this user goes on with an article once it is imported: an address, or an empty string.
    """
    if not request.user.has_perm("articles.add_article"):
        raise PermissionDenied
    user = acting_editor(request)
    desk = _Desk(user, request.session, may_read, workspace_of)
    if request.method == "POST" and "take" in request.POST:
        return _confirm(request, desk)
    if request.method == "POST" and "attach" in request.POST:
        return receive_attachment(request, user)
    if request.method == "POST" and "discard" in request.POST:
        original = pending_originals().filter(by=user, pk=_key(request.POST["discard"])).first()
        if original and discard_original(original):
            messages.success(request, "It was discarded.")
        return redirect("admin:articles_article_import")
    if request.method == "POST" and "bookmarklet" in request.POST:
        return _receive_page(request)
    if request.method == "POST":
        return _receive(request, desk)
    if "original" in request.GET:
        return _look(request, desk)
    article = request.GET.get("article", "")
    form = IntakeForm(initial={"article": article} if is_key(article) else {})
    return _first_page(request, desk, form)


def _key(value: str) -> int:
    return int(value) if is_key(value) else 0


# The first step: something comes in.


def _receive(request: HttpRequest, desk: _Desk) -> HttpResponse:
    form = IntakeForm(request.POST, request.FILES)
    form.is_valid()
    values = form.cleaned_data
    try:
        held = values.get("original")
        received = _keep_all(request, values) or ([held] if held else [])
    except Refusal as refusal:
        form.add_error("file", refusal.sentence)
        received = []
    if form.errors:
        if len(received) == 1 and received[0].name:
            form.data = form.data.copy()
            form.data["original"] = str(received[0].pk)
        return _first_page(request, desk, form)
    _forget_draft(request)
    hints = {name: getattr(values[name], "pk", values[name]) or "" for name in HINTS}
    if len(received) > 1:
        messages.success(request, f"{len(received)} files were uploaded. Check and import each of them below.")
        return redirect("admin:articles_article_import")
    return _show_reading(request, desk, received[0], "", hints, form=form)


def _forget_draft(request: HttpRequest) -> None:
    desk_admin_of(admin.site, Article).admin_site.forget_draft(request)


def _keep_all(request: HttpRequest, values: Mapping[str, Any]) -> list[Original]:
    """The originals of what came in: of files, else of a pasted text."""
    if files := values.get("file"):
        method = Original.Method.UPLOADED
        return [_keep(request, file.read(), name=file.name or "file", method=method) for file in files]
    text = values.get("text") or ""
    if not text.strip():
        return []
    return [_keep(request, text.encode("utf-8", "surrogatepass"), name="", method=Original.Method.PASTED)]


def _keep(request: HttpRequest, data: bytes, **values: str) -> Original:
    """The original with these bytes; that this user has brought them too is remembered with who is signed in."""
    user = acting_editor(request)
    original = keep_original(data, by=user, **values)
    if original.by != user:
        known = [key for key in request.session.get(UPLOADS, ()) if key != original.pk]
        request.session[UPLOADS] = [*known, original.pk][-MAX_LISTED:]
    return original


def _receive_page(request: HttpRequest) -> HttpResponse:
    """What the bookmarklet brought, once this user has confirmed it (bookmarklet.py)."""
    page, address = request.POST.get("page", ""), request.POST.get("address", "")
    # A browser writes line ends in its own way and puts one before all of it.
    data = page.replace("\r\n", "\n").removeprefix("\n").encode("utf-8", "surrogatepass")
    try:
        original = _keep(request, data, name="page.html", method=Original.Method.BOOKMARKLET, address=address)
    except Refusal as refusal:
        messages.error(request, refusal.sentence)
        return redirect("admin:articles_article_import")
    return redirect(page_address(original, {}))


def _first_page(request: HttpRequest, desk: _Desk, form: IntakeForm) -> HttpResponse:
    own_first = Case(When(by=desk.user, then=0), default=1)
    pending = list(pending_originals().select_related("by").order_by(own_first, "-pk")[:MAX_LISTED])
    return desk_page(
        request,
        "admin/desk/import_article.html",
        model=Article,
        title="Import an article",
        form=form,
        rows=[(field, []) for field in form.visible_fields() if field.name != "leave_out"],
        held=_held(form, pending),
        pending=pending,
        notice=space_notice(),
        bookmarklet=bookmarklet(request.build_absolute_uri(reverse("hand_over"))),
        media=admin.site.get_model_admin(Article).media + form.media,
    )


def _held(form: IntakeForm, pending: list[Original]) -> Original | None:
    """The original that a refused form still holds."""
    key = form.data.get("original") if form.is_bound else None
    return next((original for original in pending if str(original.pk) == str(key)), None)


def _back_to_start(request: HttpRequest, sentence: str) -> HttpResponse:
    messages.error(request, sentence)
    return redirect("admin:articles_article_import")


# The second step: what was found in it.


def _look(request: HttpRequest, desk: _Desk) -> HttpResponse:
    original = Original.objects.filter(pk=_key(request.GET["original"])).first()
    if original is None:
        raise Http404("There is no such upload.")
    hints = {name: request.GET.get(name, "") for name in HINTS}
    return _show_reading(request, desk, original, request.GET.get("choose", ""), hints)


def _show_reading(
    request: HttpRequest,
    desk: _Desk,
    original: Original,
    chosen: str,
    hints: Mapping[str, Any],
    form: IntakeForm | None = None,
) -> HttpResponse:
    """The page that confirms; or the pages to choose from; or the first step again, with why it cannot be read."""
    try:
        reading = reading_of(original, chosen)
        desk.check(original, texts_of_reading(reading))
        if len(reading.text) > MAX_TYPED_LENGTH:
            raise FileIsBroken(
                f"The text has {len(reading.text):,} characters; this page accepts up to {MAX_TYPED_LENGTH:,}. "
                "For longer texts use manage.py ingest_articles."
            )
    except ChoiceIsNeeded as needed:
        try:
            desk.check(original, [str(needed), *(choice.label for choice in needed.choices)])
        except Refusal as refusal:
            return _back_to_start(request, refusal.sentence)
        return _choice_page(request, original, str(needed), needed.choices, hints)
    except Refusal as refusal:
        return _back_to_start(request, refusal.sentence)
    except MediaIsNotRead:
        return show_attachment(request, original, hints)
    except (FileIsBroken, OriginalIsLost) as error:
        if form is not None:
            discard_original(original)  # it has just come, and would be refused again
        form = form or IntakeForm({})
        form.is_valid()
        form.errors.clear()
        form.add_error("text" if original.method == Original.Method.PASTED else "file", str(error))
        return _first_page(request, desk, form)
    values = proposed_values(reading, original, hints) | {"original": original.pk, "chosen": chosen}
    confirmation = IntakeConfirmationForm(initial=values, user=desk.user)
    return _confirmation_page(request, desk, confirmation, original, reading, hints)


def _choice_page(
    request: HttpRequest, original: Original, sentence: str, choices: list[Choice], hints: Mapping[str, Any]
) -> HttpResponse:
    return desk_page(
        request,
        "admin/desk/choose_page.html",
        model=Article,
        title="Import an article: choose a page",
        sentence=sentence,
        choices=[(choice.label, page_address(original, hints, choice.key)) for choice in choices],
    )


def page_address(original: Original, hints: Mapping[str, Any], chosen: str = "") -> str:
    """Where an original is looked at, with what was said of it and the page or part of it that was chosen."""
    values = {"original": original.pk, **{name: hints.get(name) or "" for name in HINTS}, "choose": chosen}
    asked = urlencode({name: value for name, value in values.items() if value})
    return f"{reverse('admin:articles_article_import')}?{asked}"


def _confirmation_page(
    request: HttpRequest,
    desk: _Desk,
    form: IntakeConfirmationForm,
    original: Original,
    reading: ArticleReading,
    hints: Mapping[str, Any],
) -> HttpResponse:
    found = reprints_of_reading(reading, form.cleaned_data if form.is_bound else form.initial)
    form.offer_reprints({likeness.article.pk: likeness_sentence(likeness) for likeness in found})
    if not form.is_bound and (sure := sure_original(found, form.initial.get("credited_agency", ""))):
        form.initial.update(derived_from=sure.article.pk, derivation=likely_derivation(sure))
    said = {field: proposal_reasons(reading, field) for field in (*PROPOSED_FIELDS, "outlet")}
    return desk_page(
        request,
        "admin/desk/import_article.html",
        model=Article,
        title="Import an article: check and confirm",
        form=form,
        rows=[(field, said.get(field.name, [])) for field in form.visible_fields()],
        confirming=True,
        original=original,
        reading=reading,
        articles=Article.objects.filter(captures__original=original).distinct().order_by("pk")[:MAX_LISTED],
        more=pending_originals().filter(by=original.by_id).exclude(pk=original.pk).exists(),
        choices=[(choice.label, page_address(original, hints, choice.key)) for choice in reading.choices],
        media=admin.site.get_model_admin(Article).media + form.media,
    )


# The third step: it is taken in.


def _confirm(request: HttpRequest, desk: _Desk) -> HttpResponse:
    user = desk.user
    form = IntakeConfirmationForm(request.POST, user=user)
    valid = form.is_valid()
    original, chosen = form.cleaned_data.get("original"), form.cleaned_data.get("chosen", "")
    if original is None:
        return _back_to_start(request, "What was uploaded is not here any more: upload it again.")
    try:
        reading = reading_of(original, chosen)
        desk.check(original, texts_of_reading(reading))
    except (FileIsBroken, OriginalIsLost, Refusal) as error:
        return _back_to_start(request, error.sentence if isinstance(error, Refusal) else str(error))
    if valid and (taken := call_or_show_refusal(form, lambda: _take_in(user, dict(form.cleaned_data), reading))):
        discard_original(original)  # where the text was here before, from another original
        _forget_draft(request)
        messages.success(request, outcome_sentence(taken))
        waiting = pending_originals().filter(by=original.by_id).first()
        if waiting and "next" in request.POST:
            return redirect(page_address(waiting, {}))
        workspace = "" if needs_a_look(taken) else desk.workspace_of(taken.article)
        return redirect(workspace or reverse("admin:articles_article_change", args=[taken.article.pk]))
    return _confirmation_page(
        request, desk, form, original, reading, {name: request.POST.get(name, "") for name in HINTS}
    )


def _take_in(user: User, values: dict[str, Any], reading: ArticleReading) -> IntakeResult:
    """Takes in the article, and makes its outlet in the same act where a new one was named. Raises `Refusal`."""
    name, kind = values.pop("new_outlet"), values.pop("new_outlet_kind")
    read_from = ReadFrom(values.pop("original"), reading, values.pop("chosen"))
    attachments = values.pop("attachments", ())
    source, derivation = values.pop("derived_from", None), values.pop("derivation", "")
    with transaction.atomic():
        if values["outlet"] is None and name and values["article"] is None:
            values["outlet"] = Outlet.objects.filter(name__iexact=name.strip()).first() or _add_outlet(name, kind, user)
        taken = take_in(by=user, removed=reading.removed, read_from=read_from, **values)
        if source:
            derive_from(taken.article, source, derivation, by=user)
        for attachment in attachments:
            attach_original(taken.article, attachment, by=user)
    return taken


def _add_outlet(name: str, kind: str, user: User) -> Outlet:
    if not user.has_perm("articles.add_outlet"):
        raise Refusal("You have no permission to add outlets: choose an existing one.", field="new_outlet")
    try:
        return add_outlet(name=name, kind=kind, by=user)
    except Refusal as refusal:
        raise Refusal(
            refusal.sentence, field="new_outlet_kind" if refusal.field == "kind" else "new_outlet"
        ) from refusal


# What is proposed.


def proposed_values(reading: ArticleReading, original: Original, hints: Mapping[str, Any]) -> dict[str, Any]:
    """What the confirmation begins with: what the editor said, else what the text surely says of itself."""
    sure = reading.sure()
    values = {field: sure[field] for field in PROPOSED_FIELDS if field in sure}
    article = Article.objects.filter(pk=_key(str(hints["article"]))).select_related("outlet").first()
    outlet = Outlet.objects.filter(pk=_key(str(hints["outlet"]))).first() or (article.outlet if article else None)
    url = hints["url"] or original.address or sure.get("url", "")
    if outlet is None:
        outlet = likely_outlet(reading, url)
    return values | {
        "outlet": outlet,
        "new_outlet": "" if outlet else new_outlet_name(reading)[:200],
        "article": article,
        "url": url,
        "text": reading.text,
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


def proposal_reasons(reading: ArticleReading, field: str) -> list[tuple[str, str]]:
    """Why a value is proposed, and what else the text might mean, one line each, with the value."""
    return [
        (
            f"“{proposal.value}” ({f'line {proposal.line}: ' if proposal.line else ''}"
            f"{proposal.rule}{'' if proposal.sure else '; uncertain'})",
            proposal.value,
        )
        for proposal in reading.all_of(field)
    ]


def needs_a_look(taken: IntakeResult) -> bool:
    """Whether something on the article's own page comes before its statements: reprints, passages that moved."""
    return bool(not taken.new_capture or taken.reprints or taken.reanchored_passages or taken.unplaced_passages)


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
