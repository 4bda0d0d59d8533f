"""The addresses of the workspace: the page, what its script asks for, and the acts that a form posts.

With the header `X-Workspace` an address answers with a fragment of HTML or with JSON, without it with a whole page or
a redirect: what a script does, a form without one does too.
"""

from collections.abc import Callable
from datetime import timedelta
from functools import wraps
from typing import TypeAlias

from django.contrib import admin, messages
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.db.models import Count, Max
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.template.loader import render_to_string
from django.utils import timezone

from articles.desk_admin import desk_page
from articles.desk_forms import is_key
from articles.editors import AnyUser, acting_editor
from articles.forms import read_selection
from articles.models import Article, Capture, Passage
from articles.text import QuoteIsAmbiguous, QuoteNotFound, locate
from articles.tracked_changes import Refusal, StaleRevision
from record.documents.vocabulary import STANCES

from ...changes import StatementInput
from ...changes.text_recording import (
    NewActor,
    close_proposals,
    record_appearance_from_text,
    record_decision,
    record_from_text,
    reopen_closed_proposals,
    revise_from_text,
    tell_apart,
    undo_recording,
)
from ...changes.wording import MARKING_SENTENCES
from ...models import Actor, Claim, Presence, ProposalDecision, Stance, Statement
from ...privacy.responses import RedactableJsonResponse, refuse_blind_save
from ...privacy.viewer import may_see_names
from ...suggestions.duplicates import digest_of_words, statements_on_same_claim
from ...suggestions.proposals import pending_proposals, proposals_of
from ...suggestions.stances import ReportedWords, overlapping_proposal
from ..form_drafts import forget_draft
from ..front_page import count_pending_proposals
from .lookups import object_by_public_id, offer_actors, offer_claims
from .marked_text import choose_capture
from .panels import (
    duplicates_with_speakers,
    form_fragment,
    may_record,
    panel_fragment,
    prefilled_fragment,
    proposal_by_digest,
    speaker_name,
    text_fragment,
    workspace_address,
)
from .prefill import Prefill, marking_at, prefill_from_statement
from .recording_forms import StatementForms, WordsForm, read_back

SCRIPT_HEADER = "X-Workspace"
FOUND_PARAMETERS = frozenset({"words", "occurrence"})  # of a search: the script selects them
PANEL_PARAMETERS = frozenset({"capture", "statement", "passage", "proposal"}) | FOUND_PARAMETERS
APPEND_PREFIX = "append:"
ArticleView: TypeAlias = Callable[[HttpRequest, Article], HttpResponse]
PageView: TypeAlias = Callable[[HttpRequest, str], HttpResponse]


def json_refusal(sentence: str, status: int = 400) -> JsonResponse:
    return JsonResponse({"refused": sentence}, status=status)


def article_view(
    *, writing: bool = False, posting: bool = False, knows: frozenset[str] = frozenset()
) -> Callable[[ArticleView], PageView]:
    """Wraps a view of one article: reads it, checks what the user may, refuses query parameters it does not know."""

    def decorate(view: ArticleView) -> PageView:
        @wraps(view)
        def wrapped(request: HttpRequest, pk: str) -> HttpResponse:
            articles = Article.objects.select_related("outlet", "derived_from")
            article = articles.filter(pk=pk).first() if is_key(pk) else None
            if article is None:
                raise Http404("No such article.")
            desk = admin.site.get_model_admin(Article)
            if not (desk.has_view_permission(request) and request.user.has_perm("claims.view_statement")):
                raise PermissionDenied
            if (writing or (request.method == "POST" and not posting)) and not may_record(request.user):
                raise PermissionDenied
            if (writing or posting) and request.method != "POST":
                return json_refusal("This address accepts POST requests only.", 405)
            strange = sorted(set(request.GET) - knows)
            if strange:
                return json_refusal(f"This address knows no “{strange[0][:40]}”.")
            return view(request, article)

        return wrapped

    return decorate


@article_view(knows=PANEL_PARAMETERS)
def workspace_view(request: HttpRequest, article: Article) -> HttpResponse:
    """The page; a POST records what its form says."""
    if request.method == "POST":
        return _record(request, article)
    capture = _find_capture(request.GET.get("capture", ""), article)
    if request.headers.get(SCRIPT_HEADER):
        return HttpResponse(text_fragment(request, article, capture) if capture else "")
    return _render_page(request, article, capture, panel_fragment(request, article, capture) if capture else "")


@article_view(knows=PANEL_PARAMETERS)
def form_view(request: HttpRequest, article: Article) -> HttpResponse:
    """The panel alone: for selected words (POST), for a proposal, or for a statement that stands."""
    asked = request.POST if request.method == "POST" else request.GET
    capture = _find_capture(asked.get("capture", ""), article)
    if capture is None:
        return json_refusal("This article has no saved text yet: import it first.")
    if request.method != "POST":
        return HttpResponse(panel_fragment(request, article, capture))
    words = WordsForm(request.POST, named=may_see_names(request.user))
    words.full_clean()
    if words.errors.get("exact"):
        return json_refusal(" ".join(map(str, words.errors["exact"])))
    try:
        place = words.locate_in(capture)
    except (QuoteNotFound, QuoteIsAmbiguous) as refusal:
        return json_refusal(str(refusal))
    proposed = proposal_by_digest(capture, request.POST.get("proposal", ""))
    kept = {name: request.POST.get(name, "")[:40] for name in ("speaker_id", "said_on")}
    return HttpResponse(prefilled_fragment(request, article, capture, place, proposed, kept=kept))


@article_view(knows=frozenset({"what", "q", "words", "capture", "occurrence"}))
def find_view(request: HttpRequest, article: Article) -> HttpResponse:
    """Offers while typing: `what` is speaker, claim or date, `q` what was typed, `words` the words that are recorded.

    With the `capture` and the `occurrence` in which the words stand, each claim comes with the stance that is proposed
    towards it, and the answer has the one towards a claim made of what was typed.
    """
    what, typed = request.GET.get("what", ""), request.GET.get("q", "")[:200]
    if what == "speaker":
        return JsonResponse({"offers": offer_actors(typed, article, named=may_see_names(request.user))})
    if what == "date":
        return JsonResponse({"offers": [], "read": read_back(typed, article)})
    if what == "claim":
        reported = _reported_words(request, article)
        offers = offer_claims(typed, request.GET.get("words", "")[:2000], reported)
        return JsonResponse({"offers": offers, "stance": reported.stance_towards(typed) if reported else ""})
    return json_refusal("Say what is looked for: speaker, claim or date.")


@article_view(knows=frozenset({"speaker", "claim", "words"}))
def duplicates_view(request: HttpRequest, article: Article) -> HttpResponse:
    """Statements of the same actor on the same claim, both given by public identity, as a fragment."""
    actor = object_by_public_id(Actor.objects, request.GET.get("speaker", ""))
    claim = object_by_public_id(Claim.objects, request.GET.get("claim", ""))
    if actor is None or claim is None:
        return json_refusal("Say which speaker and which claim.")
    before = statements_on_same_claim(actor, claim, request.GET.get("words", "")[:20_000])
    context = {"before": duplicates_with_speakers(before, named=may_see_names(request.user))}
    return HttpResponse(render_to_string("admin/desk/workspace_duplicates.html", context, request))


@article_view(writing=True)
def decide_view(request: HttpRequest, article: Article) -> HttpResponse:
    """A proposal is rejected or put back, or words are told apart from a statement."""
    return _perform_act(request, article, lambda: _decide(request, article))


@article_view(writing=True)
def undo_view(request: HttpRequest, article: Article) -> HttpResponse:
    """Takes back what the same person recorded last."""
    return _perform_act(request, article, lambda: _undo_recording(request))


@article_view(posting=True)
def presence_view(request: HttpRequest, article: Article) -> HttpResponse:
    """Says that the user has this open, and who else has; `stamp` changes when anything recorded here does."""
    others = note_presence(article, acting_editor(request))
    capture = _find_capture(request.POST.get("capture", ""), article)
    if capture and may_record(request.user):
        count_pending_proposals(capture)
    return JsonResponse({"others": others, "stamp": recording_stamp(article)})


def _render_page(
    request: HttpRequest, article: Article, capture: Capture | None, panel: str, *, status: int = 200
) -> HttpResponse:
    return desk_page(
        request,
        "admin/desk/workspace.html",
        model=Article,
        title="Workspace",
        subtitle=str(article),
        is_nav_sidebar_enabled=False,
        article=article,
        capture=capture,
        captures=list(article.captures.best_for_quoting().without_texts()),
        text=text_fragment(request, article, capture) if capture else "",
        panel=panel,
        may_write=may_record(request.user),
        address=workspace_address(article),
        stamp=recording_stamp(article),
        claim_kinds=[str(label) for label in Claim.Kind.labels],
        stances=[(code, STANCES[code]) for code in Stance.Kind.values],
        status=status,
    )


def _record(request: HttpRequest, article: Article) -> HttpResponse:
    act = request.POST.get("act", "record")
    capture = _find_capture(request.POST.get("capture", ""), article)
    if capture is None:
        return _action_response(request, article, refusal="This article has no saved text yet: import it first.")
    if act != "record" and not act.startswith(APPEND_PREFIX):
        return _action_response(request, article, refusal="The form asks for an unknown action. Reload the page.")
    named = may_see_names(request.user)
    forms, stale = StatementForms(request.POST, article=article, named=named), None
    if forms.are_valid(appearance_only=act.startswith(APPEND_PREFIX)):
        try:
            recorded = _call_recording_verb(request, capture, forms, act)
        except StaleRevision as refusal:
            stale = refusal
        except Refusal as refusal:
            forms.refuse(refusal)
        else:
            forget_draft(request)
            count_pending_proposals(capture)
            outcome = recorded_sentence(recorded, named=named)
            return _action_response(request, article, outcome=outcome, statement=recorded)
    statement = object_by_public_id(Statement.objects, forms.act["statement"].value() or "")
    filled = Prefill({"said_on": ""}, why=marking_reason(capture, forms.words))
    panel = form_fragment(request, article, filled, forms=forms, statement=statement, stale=stale)
    status = 409 if stale else 400
    if request.headers.get(SCRIPT_HEADER):
        return HttpResponse(panel, status=status)
    return _render_page(request, article, capture, panel, status=status)


def recorded_sentence(statement: Statement, *, named: bool) -> str:
    """What was recorded, with its stances: they may have been chosen and recorded in one chord.

    Without quotation marks: summary and claims are the desk's words, and stand beside the speaker's name.
    """
    stances = statement.stances.select_related("claim").order_by("id")
    summary = f"Recorded for {speaker_name(statement, named=named)}, in our words: {statement.summary}"
    return " · ".join([summary, *(f"{stance.kind}: {stance.claim}" for stance in stances)])


def _perform_act(request: HttpRequest, article: Article, act: Callable[[], str]) -> HttpResponse:
    try:
        return _action_response(request, article, outcome=act())
    except Refusal as refusal:
        return _action_response(request, article, refusal=refusal.sentence)


def _action_response(
    request: HttpRequest, article: Article, *, outcome: str = "", refusal: str = "", statement: Statement | None = None
) -> HttpResponse:
    """After an act: the text anew for a script, the page anew for a browser without one."""
    if request.headers.get(SCRIPT_HEADER):
        if refusal:
            return json_refusal(refusal)
        capture = _find_capture(request.POST.get("capture", ""), article)
        text = text_fragment(request, article, capture) if capture else ""
        answer = {"text": text, "told": outcome, "statement": statement.public_id if statement else ""}
        return RedactableJsonResponse(answer | {"stamp": recording_stamp(article)})
    if outcome or refusal:
        messages.add_message(request, messages.ERROR if refusal else messages.SUCCESS, outcome or refusal)
    end = f"?statement={statement.public_id}" if statement else ""
    return HttpResponseRedirect(workspace_address(article) + end)


def _find_capture(asked: str, article: Article) -> Capture | None:
    if asked and not is_key(asked):
        raise Http404("No such text.")
    capture = choose_capture(article, asked)
    if capture:
        capture.article = article
    return capture


def marking_reason(capture: Capture, words: WordsForm) -> dict[str, str]:
    """What the text says of how posted words were said, as a reason beside the field; nothing for words not in it."""
    values = words.cleaned_data
    try:
        place = words.locate_in(capture)
    except (KeyError, QuoteNotFound, QuoteIsAmbiguous):
        return {}
    attribution = f"{values.get('printed_name', '')} {values.get('cue', '')}"
    return {"mode": MARKING_SENTENCES[marking_at(capture, place, attribution)]}


def _reported_words(request: HttpRequest, article: Article) -> ReportedWords | None:
    """The words that a request for claims says, in their sentence; None where it does not say in which text."""
    exact, occurrence = request.GET.get("words", ""), request.GET.get("occurrence", "")
    if not occurrence or not exact.strip():
        return None
    capture = _find_capture(request.GET.get("capture", ""), article)
    if capture is None:
        return None
    try:
        place = locate(capture.text, exact, "", "", read_selection(occurrence, exact))
    except (QuoteNotFound, QuoteIsAmbiguous):
        return None
    proposals = [each.proposal for each in proposals_of(capture.text, capture.article.language)]
    return ReportedWords.from_passage(capture, place, overlapping_proposal(place, proposals))


def _call_recording_verb(request: HttpRequest, capture: Capture, forms: StatementForms, act: str) -> Statement:
    """Calls the one verb that the form asks for; raises `Refusal`."""
    values, by = forms.act.cleaned_data, acting_editor(request)
    proposal = proposal_by_digest(capture, values["proposal"])
    if act.startswith(APPEND_PREFIX):
        statement = object_by_public_id(Statement.objects, act.removeprefix(APPEND_PREFIX))
        if statement is None:
            raise Refusal("The statement you wanted to add this to no longer exists.")
        seen = statement.revision
        printing = forms.words.printing()
        return record_appearance_from_text(statement, capture, printing, by=by, seen=seen, proposal=proposal)
    said = forms.statement_input()
    _refuse_new_objects(by, said)
    if not values["statement"]:
        return record_from_text(capture, said, by=by, proposal=proposal)
    if not by.has_perm("claims.change_statement"):
        raise PermissionDenied
    statement = object_by_public_id(Statement.objects, values["statement"])
    here = Passage.objects.filter(appearances__statement=statement, capture__article=capture.article)
    passage = here.filter(pk=values["passage"]).first() if statement and is_key(values["passage"]) else None
    if statement is None or passage is None or values["seen"] is None:
        raise Refusal("This statement is no longer linked to these words. Open it again.")
    current_values = prefill_from_statement(statement, passage, named=False).initial.values()
    refuse_blind_save(request.user, [value for value in current_values if isinstance(value, str)])
    return revise_from_text(statement, passage, said, by=by, seen=values["over"] or values["seen"])


def _refuse_new_objects(user: AnyUser, said: StatementInput) -> None:
    if isinstance(said.values["speaker"], NewActor) and not user.has_perm("claims.add_actor"):
        raise Refusal("You have no permission to add actors: choose an existing one.", field="speaker")
    for number, stance in enumerate(said.stances):
        if not isinstance(stance.claim, Claim) and not user.has_perm("claims.add_claim"):
            raise Refusal(
                "You have no permission to add claims: choose an existing one.", field=f"stances-{number}-claim"
            )
        new_question = isinstance(stance.claim, dict) and isinstance(stance.claim["question"], str)
        if new_question and not user.has_perm("claims.add_question"):
            raise Refusal(
                "You have no permission to add questions: choose an existing one.", field=f"stances-{number}-title"
            )


def _undo_recording(request: HttpRequest) -> str:
    statement = object_by_public_id(Statement.objects, request.POST.get("statement", ""))
    if statement is None:
        raise Refusal("This statement no longer exists.")
    return f"Undone, the {undo_recording(statement, by=acting_editor(request))}: “{statement.summary}”."


def _decide(request: HttpRequest, article: Article) -> str:
    """Nothing to be told: the text anew shows what was decided."""
    if public_id := request.POST.get("apart", ""):
        statement = object_by_public_id(Statement.objects, public_id)
        if statement is None or not request.POST.get("exact", "").strip():
            raise Refusal("Say which words differ from which statement.")
        tell_apart(digest_of_words(request.POST["exact"]), statement, by=acting_editor(request))
        return ""
    capture = _find_capture(request.POST.get("capture", ""), article)
    proposed = proposal_by_digest(capture, request.POST.get("proposal", "")) if capture else None
    decision = request.POST.get("decision", "")
    if capture is not None and request.POST.get("rest"):
        return _decide_on_rest(capture, decision, by=acting_editor(request))
    if capture is None or proposed is None:
        raise Refusal("The text no longer contains this proposal. Reload the page.")
    if decision not in (ProposalDecision.Kind.REJECTED, ProposalDecision.Kind.REOPENED):
        raise Refusal("Here a proposal is rejected or restored; to accept it, record it.")
    record_decision(capture, proposed, decision, by=acting_editor(request))
    count_pending_proposals(capture)
    return ""


def _decide_on_rest(capture: Capture, decision: str, *, by: User) -> str:
    """Closes what is left of the proposals, or lets what was closed so wait again."""
    if decision == ProposalDecision.Kind.CLOSED:
        recorded = Passage.objects.filter(capture=capture, appearances__isnull=False).distinct()
        left = pending_proposals(capture, list(recorded.values_list("start", "end")))
        done = f"Done: {proposals_in_words(close_proposals(capture, left, by=by))} closed. Press u to reopen."
    elif decision == ProposalDecision.Kind.REOPENED:
        done = f"{proposals_in_words(reopen_closed_proposals(capture, by=by)).capitalize()} reopened."
    else:
        raise Refusal("The proposals that are left are closed or reopened.")
    count_pending_proposals(capture)
    return done


def proposals_in_words(number: int) -> str:
    return f"{number} proposal" if number == 1 else f"{number} proposals"


VIEWS = {
    "": workspace_view,
    "form": form_view,
    "find": find_view,
    "duplicates": duplicates_view,
    "decide": decide_view,
    "undo": undo_view,
    "presence": presence_view,
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


PRESENCE_TIMEOUT = timedelta(seconds=60)  # a page says twice a minute that it is open


def note_presence(article: Article, user: User) -> list[str]:
    """Notes that `user` has `article` open, and names those who said the same within the last minute."""
    now = timezone.now()
    Presence.objects.update_or_create(article=article, user=user, defaults={"at": now})
    others = Presence.objects.filter(article=article, at__gt=now - PRESENCE_TIMEOUT).exclude(user=user)
    return [
        presence.user.get_full_name() or presence.user.username
        for presence in others.select_related("user").order_by("user_id")
    ]


def recording_stamp(article: Article) -> str:
    """A short text that is another one whenever a statement or a decision of this article is."""
    statements = Statement.objects.filter(appearances__passage__capture__article=article).aggregate(
        count=Count("id"), last=Max("changed_at")
    )
    decision = ProposalDecision.objects.filter(capture__article=article).aggregate(last=Max("id"))["last"]
    last = statements["last"].timestamp() if statements["last"] else 0
    return f"{statements['count']}-{last:.6f}-{decision or 0}"
