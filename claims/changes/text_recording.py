"""The verbs of an article's workspace: one act for all that one form says, decisions on proposals, taking back."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import ProtectedError
from msgspec.structs import replace

from articles.models import Capture, Passage, Trace
from articles.tracked_changes import Refusal, leave_trace

from ..models import Actor, Appearance, Claim, ProposalDecision, Question, Release, Statement, ToldApart
from ..suggestions.proposals import PendingProposal
from .claims_and_actors import add_actor, add_claim, add_question, revise
from .components import Appearances, printings_of
from .discards import discard
from .inputs import AppearanceInput, PrintingInput, StanceInput, StatementInput
from .recording import add_appearance, quote_printing, record_statement
from .transactions import open_component_change


@dataclass(frozen=True)
class NewActor:
    """An actor to be made with the statement. An unnamed one belongs to the article at hand."""

    name: str
    kind: str


def record_from_text(
    capture: Capture, said: StatementInput, *, by: User, proposal: PendingProposal | None = None
) -> Statement:
    """Records words of `capture` as a statement: passage, speaker, claims, stances and chain in one transaction.

    Its speaker may be a `NewActor`, the claim of a stance the values of a new one, whose question may be the title of a
    new one. From a proposal or from a selection, it is this same verb; `proposal` is only remembered as decided on. A
    refusal names its field by the name it has in `record_statement`, `add_actor` and `add_claim`, or "exact".
    """
    with transaction.atomic():
        appearances = [quote_printing(capture, printing, by=by) for printing in said.printings]
        statement = record_statement(**_add_new_objects(capture, said, by=by), appearances=appearances, by=by)
        if proposal:
            passage = appearances[0].passage
            same = (passage.start, passage.end) == (proposal.start, proposal.end)
            kind = ProposalDecision.Kind.ACCEPTED if same else ProposalDecision.Kind.CHANGED
            record_decision(capture, proposal, kind, statement=statement.public_id, by=by)
    return statement


def record_appearance_from_text(
    statement: Statement,
    capture: Capture,
    printing: PrintingInput,
    *,
    by: User,
    seen: int,
    proposal: PendingProposal | None = None,
) -> Statement:
    """Adds words of `capture` to `statement` as one more printing of it."""
    with transaction.atomic():
        statement = add_appearance(statement, quote_printing(capture, printing, by=by), by=by, seen=seen)
        if proposal:
            record_decision(capture, proposal, ProposalDecision.Kind.ACCEPTED, statement=statement.public_id, by=by)
    return statement


def revise_from_text(statement: Statement, passage: Passage, said: StatementInput, *, by: User, seen: int) -> Statement:
    """Changes a statement and its one printing in `passage`; its others stay. Other words become another passage.

    Raises `StaleRevision` where `seen` is not the revision that stands.
    """
    (printing,) = said.printings
    with transaction.atomic():
        if printing.exact.strip() != passage.exact.strip() or printing.occurrence is not None:
            changed = quote_printing(passage.capture, printing, by=by)
        else:
            changed = AppearanceInput.from_source(printing, passage=passage)
        appearances = [changed if printed.passage.pk == passage.pk else printed for printed in printings_of(statement)]
        values = _add_new_objects(passage.capture, said, by=by)
        stances = values.pop("stances")
        return revise(statement, values, by=by, seen=seen, stances=stances, appearances=appearances)


def _add_new_objects(capture: Capture, said: StatementInput, *, by: User) -> dict[str, Any]:
    """The values and stances of a statement, after the actor and the claims that are new have been made."""
    values, speaker = dict(said.values), said.values.get("speaker")
    if isinstance(speaker, NewActor):
        reported_in = capture.article if speaker.kind == Actor.Kind.UNNAMED else None
        try:
            values["speaker"] = add_actor(name=speaker.name, kind=speaker.kind, reported_in=reported_in, by=by)
        except Refusal as refused:
            raise Refusal(refused.sentence, field="speaker") from refused
    stances = [_stance_with_claim(stance, number, by=by) for number, stance in enumerate(said.stances)]
    return values | {"stances": stances}


def _stance_with_claim(stance: StanceInput[Any], number: int, *, by: User) -> StanceInput[Claim]:
    if isinstance(stance.claim, Claim):
        return stance
    values = dict(stance.claim)
    try:
        if isinstance(values["question"], str):
            values["question"] = _question_titled(values["question"], by=by)
        return replace(stance, claim=add_claim(**values, by=by))
    except Refusal as refused:
        raise Refusal(refused.sentence, field=f"stances-{number}-{refused.field or 'claim'}") from refused


def _question_titled(title: str, *, by: User) -> Question:
    """The question of this title: of two stances that name a new one, the first makes it."""
    return Question.objects.filter(title__iexact=title).first() or add_question(title=title, by=by)


def record_decision(
    capture: Capture, proposal: PendingProposal | ProposalDecision, decision: str, *, by: User, statement: str = ""
) -> ProposalDecision:
    """Remembers what `by` made of a proposal, also of one as it was decided on before. Decisions are only ever added:
    the newest one counts."""
    made = _new_decision(capture, proposal, decision, by=by, statement=statement)
    made.save(force_insert=True)
    return made


def close_proposals(capture: Capture, proposals: Sequence[PendingProposal], *, by: User) -> int:
    """Closes what is left of the proposals of a text, none of them judged; returns how many."""
    return len(_decide_on_all(capture, proposals, ProposalDecision.Kind.CLOSED, by=by))


def reopen_closed_proposals(capture: Capture, *, by: User) -> int:
    """Undoes the closing: what was closed with the rest, and not decided on since, waits again. Returns how many."""
    newest: dict[str, ProposalDecision] = {
        decision.digest: decision for decision in ProposalDecision.objects.filter(capture=capture).order_by("id")
    }
    closed = [decision for decision in newest.values() if decision.decision == ProposalDecision.Kind.CLOSED]
    return len(_decide_on_all(capture, closed, ProposalDecision.Kind.REOPENED, by=by))


def _decide_on_all(
    capture: Capture, proposals: Sequence[PendingProposal | ProposalDecision], decision: str, *, by: User
) -> list[ProposalDecision]:
    return ProposalDecision.objects.bulk_create(
        _new_decision(capture, proposal, decision, by=by) for proposal in proposals
    )


def _new_decision(
    capture: Capture, proposal: PendingProposal | ProposalDecision, decision: str, *, by: User, statement: str = ""
) -> ProposalDecision:
    return ProposalDecision(
        capture=capture,
        digest=proposal.digest,
        start=proposal.start,
        end=proposal.end,
        rule=proposal.rule[:80],
        decision=decision,
        statement=statement,
        by=by,
    )


def tell_apart(digest: str, statement: Statement, *, by: User) -> ToldApart:
    """Remembers that words with this digest are no appearance of `statement`; saying so twice changes nothing."""
    return ToldApart.objects.get_or_create(digest=digest, statement=statement, defaults={"by": by})[0]


def undo_recording(statement: Statement, *, by: User) -> str:
    """Undoes the recording that `by` did last on this statement, and says in a word what was undone.

    What was just recorded is discarded, with its passage and what was made for it, as far as nothing else rests on
    these; what was added to a statement that stood before is taken off it. Refused once anybody has done anything else
    with it, or it is on its way to the public. The trace keeps everything that it said.
    """
    with transaction.atomic():
        fresh = Statement.objects.select_for_update().filter(pk=statement.pk).first()
        last = Trace.objects.filter(kind="statement", public_id=statement.public_id).order_by("-id").first()
        if fresh is None or last is None:
            raise Refusal("This statement no longer exists: its recording was already undone.")
        if Release.objects.filter(public_id=fresh.public_id).exclude(state=Release.State.DRAFT).exists():
            raise Refusal(f"“{fresh.summary}” has been submitted or published: send it back or withdraw it instead.")
        if last.by_id != by.pk or last.verb not in ("record", "add appearance"):
            raise Refusal(f"“{fresh.summary}” has changed since you recorded it: edit or withdraw it on its own page.")
        newest = fresh.appearances.select_related("passage").order_by("-id").first()
        if last.verb == "record":
            discard(fresh, by=by, verb="take back")
            return "statement"
        if newest:
            others = [printing for printing in printings_of(fresh) if printing.passage.pk != newest.passage_id]
            with open_component_change(
                fresh, {}, [Appearances(others)], by=by, verb="take back appearance", seen=fresh.revision
            ):
                pass
        if newest:
            _delete_unused_passage(newest.passage, by=by)
            for row in ProposalDecision.objects.filter(statement=fresh.public_id, capture=newest.passage.capture_id):
                record_decision(row.capture, row, ProposalDecision.Kind.REOPENED, by=by)
    return "appearance"


def _delete_unused_passage(passage: Passage, *, by: User) -> None:
    """Removes a passage that nothing rests on and that `by` marked; somebody else's mark stays."""
    quoted = Trace.objects.filter(public_id=passage.public_id, verb="quote", by=by).exists()
    if not quoted or Appearance.objects.filter(passage=passage).exists():
        return
    try:
        with transaction.atomic():
            leave_trace(passage, by=by, verb="take back", changes={"exact": [passage.exact, None]})
            Passage.objects.filter(pk=passage.pk).delete()
    except ProtectedError:
        return
