"""The addresses of the workspace: the page, what its script asks for, and the acts that a form posts.

With the header `X-Workspace` an address answers with a fragment of HTML or with JSON, without it with a whole page or
a redirect: what a script does, a form without one does too.
"""

from datetime import timedelta
from functools import wraps

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import Count, Max
from django.http import Http404, HttpResponse, HttpResponseRedirect, JsonResponse
from django.template.loader import render_to_string
from django.utils import timezone

from articles.models import Article, Capture, Passage
from articles.text import QuoteIsAmbiguous, QuoteNotFound
from articles.trace import Refused, StaleRevision
from articles.verbadmin import desk_page
from articles.verbforms import is_key
from record.documents.vocabulary import STANCES

from ...changes import StatementInput
from ...changes.text_recording import (
    NewActor,
    record_appearance_from_text,
    record_decision,
    record_from_text,
    revise_from_text,
    tell_apart,
    undo_recording,
)
from ...changes.wording import MARKING_SENTENCES
from ...models import Actor, Claim, Presence, ProposalDecision, Stance, Statement
from ...privacy.responses import RedactableJsonResponse
from ...privacy.viewer import may_see_names
from ...suggestions.duplicates import digest_of_words, statements_on_same_claim
from ..front_page import count_waiting
from .lookups import by_identity, claims_like, offer_actors
from .panels import (
    address_of_workspace,
    asked_fragment,
    filled_fragment,
    form_fragment,
    may_write,
    proposed_as,
    text_fragment,
    told_before,
    who_said,
)
from .prefill import Filled, fill_from_statement, marks_at
from .recording_forms import StatementForms, WordsForm
from .text import capture_to_work_on

SCRIPT = "X-Workspace"
ASKED = frozenset({"capture", "statement", "passage", "proposal"})
APPEND = "append:"


def refused(sentence: str, status: int = 400) -> JsonResponse:
    return JsonResponse({"refused": sentence}, status=status)


def at_article(*, writing: bool = False, posting: bool = False, knows: frozenset[str] = frozenset()):
    """Wraps a view of one article: reads it, checks what the user may, refuses query parameters it does not know."""

    def decorate(view):
        @wraps(view)
        def wrapped(request, pk):
            articles = Article.objects.select_related("outlet", "derived_from")
            article = articles.filter(pk=pk).first() if is_key(pk) else None
            if article is None:
                raise Http404("No such article.")
            desk = admin.site.get_model_admin(Article)
            if not (desk.has_view_permission(request) and request.user.has_perm("claims.view_statement")):
                raise PermissionDenied
            if (writing or (request.method == "POST" and not posting)) and not may_write(request.user):
                raise PermissionDenied
            if (writing or posting) and request.method != "POST":
                return refused("This address takes what is posted to it.", 405)
            strange = sorted(set(request.GET) - knows)
            if strange:
                return refused(f"This address knows no “{strange[0][:40]}”.")
            return view(request, article)

        return wrapped

    return decorate


@at_article(knows=ASKED)
def workspace_view(request, article):
    """The page; a POST records what its form says."""
    if request.method == "POST":
        return _record(request, article)
    capture = _capture(request.GET.get("capture", ""), article)
    if request.headers.get(SCRIPT):
        return HttpResponse(text_fragment(request, article, capture) if capture else "")
    return _page(request, article, capture, asked_fragment(request, article, capture) if capture else "")


@at_article(knows=ASKED)
def form_view(request, article):
    """The panel alone: for selected words (POST), for a proposal, or for a statement that stands."""
    asked = request.POST if request.method == "POST" else request.GET
    capture = _capture(asked.get("capture", ""), article)
    if capture is None:
        return refused("This article has no saved text yet: import it first.")
    if request.method != "POST":
        return HttpResponse(asked_fragment(request, article, capture))
    words = WordsForm(request.POST, named=may_see_names(request.user))
    words.full_clean()
    if words.errors.get("exact"):
        return refused(" ".join(words.errors["exact"]))
    try:
        place = words.place_in(capture)
    except (QuoteNotFound, QuoteIsAmbiguous) as refusal:
        return refused(str(refusal))
    proposed = proposed_as(capture, request.POST.get("proposal", ""))
    proposing = not request.POST.get("quiet")
    kept = {name: request.POST.get(name, "")[:40] for name in ("speaker_id", "said_on")}
    return HttpResponse(filled_fragment(request, article, capture, place, proposed, proposing=proposing, kept=kept))


@at_article(knows=frozenset({"what", "q", "words"}))
def find_view(request, article):
    """Offers while typing: `what` is speaker or claim, `q` what was typed, `words` the words that are recorded."""
    what, typed = request.GET.get("what", ""), request.GET.get("q", "")[:200]
    if what == "speaker":
        return JsonResponse({"offers": offer_actors(typed, article, named=may_see_names(request.user))})
    if what == "claim":
        return JsonResponse({"offers": claims_like(typed, request.GET.get("words", "")[:2000])})
    return refused("Say what is looked for: speaker or claim.")


@at_article(knows=frozenset({"speaker", "claim", "words"}))
def before_view(request, article):
    """Statements of the same actor on the same claim, both given by public identity, as a fragment."""
    actor = by_identity(Actor.objects, request.GET.get("speaker", ""))
    claim = by_identity(Claim.objects, request.GET.get("claim", ""))
    if actor is None or claim is None:
        return refused("Say which speaker and which claim.")
    before = statements_on_same_claim(actor, claim, request.GET.get("words", "")[:20_000])
    context = {"before": told_before(before, named=may_see_names(request.user))}
    return HttpResponse(render_to_string("admin/desk/workspace_before.html", context, request))


@at_article(writing=True)
def decide_view(request, article):
    """A proposal is rejected or put back, or words are told apart from a statement."""
    return _acted(request, article, lambda: _decide(request, article))


@at_article(writing=True)
def back_view(request, article):
    """Takes back what the same person recorded last."""
    return _acted(request, article, lambda: _take_back(request))


@at_article(posting=True)
def present_view(request, article):
    """Says that the user has this open, and who else has; `stamp` changes when anything recorded here does."""
    others = others_present(article, request.user)
    capture = _capture(request.POST.get("capture", ""), article)
    if capture and may_write(request.user):
        count_waiting(capture)
    return JsonResponse({"others": others, "stamp": stamp_of(article)})


def _page(request, article, capture, panel, *, status=200):
    return desk_page(
        request,
        "admin/desk/workspace.html",
        model=Article,
        title="Workspace",
        subtitle=str(article),
        is_nav_sidebar_enabled=False,
        article=article,
        capture=capture,
        captures=list(article.captures.to_quote_from().defer("text", "removed")),
        text=text_fragment(request, article, capture) if capture else "",
        panel=panel,
        may_write=may_write(request.user),
        address=address_of_workspace(article),
        stamp=stamp_of(article),
        stances=[(code, STANCES[code]) for code in Stance.Kind.values],
        status=status,
    )


def _record(request, article):
    act = request.POST.get("act", "record")
    capture = _capture(request.POST.get("capture", ""), article)
    if capture is None:
        return _done(request, article, refusal="This article has no saved text yet: import it first.")
    if act != "record" and not act.startswith(APPEND):
        return _done(request, article, refusal="The form asks for an unknown action. Reload the page.")
    named = may_see_names(request.user)
    forms, stale = StatementForms(request.POST, article=article, named=named), None
    if forms.are_valid(appearance_only=act.startswith(APPEND)):
        try:
            statement = _act(request, capture, forms, act)
        except StaleRevision as refusal:
            stale = refusal
        except Refused as refusal:
            forms.refuse(refusal)
        else:
            count_waiting(capture)
            told = f"Recorded: “{who_said(statement, named=named)}: {statement.summary}”."
            return _done(request, article, told=told, statement=statement)
    statement = by_identity(Statement.objects, forms.act["statement"].value() or "")
    filled = Filled({"said_on": ""}, why=marks_found(capture, forms.words))
    panel = form_fragment(request, article, filled, forms=forms, statement=statement, stale=stale)
    status = 409 if stale else 400
    if request.headers.get(SCRIPT):
        return HttpResponse(panel, status=status)
    return _page(request, article, capture, panel, status=status)


def _acted(request, article, act):
    try:
        return _done(request, article, told=act())
    except Refused as refusal:
        return _done(request, article, refusal=refusal.sentence)


def _done(request, article, *, told="", refusal="", statement=None):
    """After an act: the text anew for a script, the page anew for a browser without one."""
    if request.headers.get(SCRIPT):
        if refusal:
            return refused(refusal)
        capture = _capture(request.POST.get("capture", ""), article)
        text = text_fragment(request, article, capture) if capture else ""
        answer = {"text": text, "told": told, "statement": statement.public_id if statement else ""}
        return RedactableJsonResponse(answer | {"stamp": stamp_of(article)})
    if told or refusal:
        messages.add_message(request, messages.ERROR if refusal else messages.SUCCESS, told or refusal)
    end = f"?statement={statement.public_id}" if statement else ""
    return HttpResponseRedirect(address_of_workspace(article) + end)


def _capture(asked: str, article: Article) -> Capture | None:
    if asked and not is_key(asked):
        raise Http404("No such text.")
    capture = capture_to_work_on(article, asked)
    if capture:
        capture.article = article
    return capture


def marks_found(capture: Capture, words: WordsForm) -> dict[str, str]:
    """What the text says of how posted words were said, as a reason beside the field; nothing for words not in it."""
    values = words.cleaned_data
    try:
        place = words.place_in(capture)
    except (KeyError, QuoteNotFound, QuoteIsAmbiguous):
        return {}
    attribution = f"{values.get('printed_name', '')} {values.get('cue', '')}"
    return {"mode": MARKING_SENTENCES[marks_at(capture, place, attribution)]}


def _act(request, capture: Capture, forms: StatementForms, act: str) -> Statement:
    """Calls the one verb that the form asks for; raises `Refused`."""
    values, by = forms.act.cleaned_data, request.user
    proposal = proposed_as(capture, values["proposal"])
    if act.startswith(APPEND):
        statement = by_identity(Statement.objects, act.removeprefix(APPEND))
        if statement is None:
            raise Refused("The statement you wanted to add this to no longer exists.")
        seen = statement.revision
        printing = forms.words.printing()
        return record_appearance_from_text(statement, capture, printing, by=by, seen=seen, proposal=proposal)
    said = forms.said()
    _refuse_new(by, said)
    if not values["statement"]:
        return record_from_text(capture, said, by=by, proposal=proposal)
    if not by.has_perm("claims.change_statement"):
        raise PermissionDenied
    statement = by_identity(Statement.objects, values["statement"])
    here = Passage.objects.filter(appearances__statement=statement, capture__article=capture.article)
    passage = here.filter(pk=values["passage"]).first() if statement and is_key(values["passage"]) else None
    if passage is None or values["seen"] is None:
        raise Refused("This statement is no longer linked to these words. Open it again.")
    standing = fill_from_statement(statement, passage, named=False).initial.values()
    admin.site.refuse_blind_save(request, [one for one in standing if isinstance(one, str)])
    return revise_from_text(statement, passage, said, by=by, seen=values["over"] or values["seen"])


def _refuse_new(user, said: StatementInput) -> None:
    if isinstance(said.values["speaker"], NewActor) and not user.has_perm("claims.add_actor"):
        raise Refused("You have no permission to add actors: choose an existing one.", field="speaker")
    for number, one in enumerate(said.stances):
        if not isinstance(one.claim, Claim) and not user.has_perm("claims.add_claim"):
            raise Refused(
                "You have no permission to add claims: choose an existing one.", field=f"stances-{number}-claim"
            )


def _take_back(request) -> str:
    statement = by_identity(Statement.objects, request.POST.get("statement", ""))
    if statement is None:
        raise Refused("This statement no longer exists.")
    return f"Undone, the {undo_recording(statement, by=request.user)}: “{statement.summary}”."


def _decide(request, article: Article) -> str:
    """Nothing to be told: the text anew shows what was decided."""
    if public_id := request.POST.get("apart", ""):
        statement = by_identity(Statement.objects, public_id)
        if statement is None or not request.POST.get("exact", "").strip():
            raise Refused("Say which words differ from which statement.")
        tell_apart(digest_of_words(request.POST["exact"]), statement, by=request.user)
        return ""
    capture = _capture(request.POST.get("capture", ""), article)
    proposed = proposed_as(capture, request.POST.get("proposal", "")) if capture else None
    decision = request.POST.get("decision", "")
    if proposed is None:
        raise Refused("The text no longer contains this proposal. Reload the page.")
    if decision not in (ProposalDecision.Kind.REJECTED, ProposalDecision.Kind.REOPENED):
        raise Refused("Here a proposal is rejected or restored; to accept it, record it.")
    record_decision(capture, proposed, decision, by=request.user)
    count_waiting(capture)
    return ""


VIEWS = {
    "": workspace_view,
    "form": form_view,
    "find": find_view,
    "before": before_view,
    "decide": decide_view,
    "back": back_view,
    "present": present_view,
}


# Among the addresses of articles.
WORKSPACE_PAGES = tuple(
    (
        f"<str:pk>/workspace/{name}{'/' if name else ''}",
        view,
        "_".join(filter(None, ["articles_article_workspace", name])),
    )
    for name, view in VIEWS.items()
)


PRESENT = timedelta(seconds=60)  # a page says twice a minute that it is open


def others_present(article: Article, user) -> list[str]:
    """Notes that `user` has `article` open, and names those who said the same within the last minute."""
    now = timezone.now()
    Presence.objects.update_or_create(article=article, user=user, defaults={"at": now})
    others = Presence.objects.filter(article=article, at__gt=now - PRESENT).exclude(user=user)
    return [one.user.get_full_name() or one.user.username for one in others.select_related("user").order_by("user_id")]


def stamp_of(article: Article) -> str:
    """A short text that is another one whenever a statement or a decision of this article is."""
    statements = Statement.objects.filter(appearances__passage__capture__article=article).aggregate(
        count=Count("id"), last=Max("changed_at")
    )
    decision = ProposalDecision.objects.filter(capture__article=article).aggregate(last=Max("id"))["last"]
    last = statements["last"].timestamp() if statements["last"] else 0
    return f"{statements['count']}-{last:.6f}-{decision or 0}"
