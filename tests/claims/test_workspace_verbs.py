"""The verbs of the workspace: one act for a whole form, decisions that are remembered, taking back."""

import pytest

from articles.models import Passage, Trace
from articles.tracked_changes import Refusal, StaleRevision
from claims import publishing
from claims.changes import PrintingInput, StanceInput, StatementInput, revise
from claims.changes.text_recording import (
    NewActor,
    record_appearance_from_text,
    record_decision,
    record_from_text,
    revise_from_text,
    tell_apart,
    undo_recording,
)
from claims.models import Actor, Claim, ProposalDecision, Statement, ToldApart
from claims.suggestions.duplicates import digest_of_words, find_duplicates, statements_on_same_claim
from claims.suggestions.proposals import proposals_of
from tests.desk import matter

pytestmark = pytest.mark.django_db


def printing(exact="“Nobody was asked,”", printed_name="Asel Bek", cue="said"):
    return PrintingInput(exact, printed_name=printed_name, cue=cue)


def said(speaker, *stances, printed=None, summary="Nobody asked the villagers", mode="direct"):
    values = {"summary": summary, "mode": mode, "said_on": "2021-05", "speaker": speaker}
    return StatementInput(values, stances, [printed or printing()])


def proposed_in(made, number=0):
    return proposals_of(made.capture.text, "en")[number]


def test_speaker_and_claim_made_on_the_spot_stand_in_one_act(editor):
    made = matter(editor)
    claim = {"question": made.question, "text": "The villagers agreed.", "kind": "fact"}
    source = NewActor("a villager", "unnamed")
    statement = record_from_text(made.capture, said(source, StanceInput(claim, "denies")), by=editor)
    assert (statement.speaker.name, statement.speaker.reported_in) == ("a villager", made.article)
    assert [(one.claim.text, one.kind) for one in statement.stances.all()] == [("The villagers agreed.", "denies")]
    assert statement.appearances.get().passage.exact == "“Nobody was asked,”"


@pytest.mark.parametrize(
    ("claim", "exact", "field"),
    [
        ({"text": "", "kind": "fact"}, "“Nobody was asked,”", "stances-0-text"),
        (
            {"text": "5,000 people must move.", "kind": "figure", "amount": 5000},
            "“Nobody was asked,”",
            "stances-0-unit",
        ),
        ({"text": "The villagers agreed.", "kind": "fact"}, "Nobody was asked", "exact"),
    ],
)
def test_what_is_refused_leaves_neither_speaker_nor_claim_nor_passage(editor, claim, exact, field):
    made = matter(editor)
    counts = [model.objects.count() for model in (Actor, Claim, Passage, Statement, Trace)]
    stance = StanceInput({"question": made.question, **claim}, "affirms")
    with pytest.raises(Refusal) as refused:
        speaker = NewActor("a villager", "unnamed")
        record_from_text(made.capture, said(speaker, stance, printed=printing(exact)), by=editor)
    assert refused.value.field == field
    assert [model.objects.count() for model in (Actor, Claim, Passage, Statement, Trace)] == counts


def test_a_proposal_is_remembered_as_accepted_or_as_changed(editor):
    made = matter(editor)
    found = proposed_in(made)
    whole = PrintingInput(made.capture.text[found.start : found.end])
    part = PrintingInput("about 4,000 people must move before")
    for summary, words in [("One", whole), ("Two", part)]:
        wanted = said(made.ministry, printed=words, summary=summary, mode="indirect")
        record_from_text(made.capture, wanted, by=editor, proposal=found)
    rows = ProposalDecision.objects.filter(digest=found.digest)
    assert [row.decision for row in rows] == ["accepted", "changed"]
    assert rows[0].statement == Statement.objects.get(summary="One").public_id


def test_taking_back_leaves_only_the_trace_and_puts_the_proposal_back(editor):
    made = matter(editor)
    found = proposed_in(made, 1)
    statement = record_from_text(made.capture, said(made.farmer), by=editor, proposal=found)
    assert undo_recording(statement, by=editor) == "statement"
    assert not Statement.objects.filter(pk=statement.pk).exists()
    assert not Passage.objects.filter(exact="“Nobody was asked,”").exists()
    assert ProposalDecision.objects.last().decision == "reopened"
    trace = Trace.objects.get(public_id=statement.public_id, verb="take back")
    assert trace.changes["summary"] == ["Nobody asked the villagers", None]
    with pytest.raises(Refusal, match="no longer exists"):
        undo_recording(statement, by=editor)


def test_taking_back_an_appearance_leaves_the_statement_that_stood_before(editor):
    made = matter(editor)
    record_appearance_from_text(made.statement, made.capture, printing(), by=editor, seen=1)
    assert undo_recording(made.statement, by=editor) == "appearance"
    assert made.statement.appearances.get().passage.exact == "about 4,000 people must move"
    assert Passage.objects.count() == 1


def test_only_what_one_did_oneself_and_nobody_touched_since_is_taken_back(editor, reviewer):
    made = matter(editor)
    statement = record_from_text(made.capture, said(made.farmer), by=editor)
    with pytest.raises(Refusal, match="has changed since you recorded it"):
        undo_recording(statement, by=reviewer)
    revise(statement, {"venue": "the square"}, by=editor, seen=1)
    with pytest.raises(Refusal, match="has changed since you recorded it"):
        undo_recording(statement, by=editor)


def test_what_is_in_review_is_not_taken_back(editor):
    made = matter(editor)
    stance = StanceInput(made.other_claim, "denies")
    statement = record_from_text(made.capture, said(made.farmer, stance), by=editor)
    publishing.submit([statement], by=editor)
    with pytest.raises(Refusal, match="submitted or published"):
        undo_recording(statement, by=editor)


def test_revising_keeps_the_other_printings_and_refuses_a_stale_revision(editor, reviewer):
    made = matter(editor)
    statement = record_appearance_from_text(made.statement, made.capture, printing(), by=editor, seen=1)
    passage = Passage.objects.get(exact="“Nobody was asked,”")
    changed = printing("Nobody was asked,", "she", "told")
    saved = revise_from_text(statement, passage, said(made.farmer, printed=changed), by=editor, seen=2)
    assert sorted(one.passage.exact for one in saved.appearances.all()) == [
        "Nobody was asked,",
        "about 4,000 people must move",
    ]
    with pytest.raises(StaleRevision):
        revise_from_text(statement, passage, said(made.ministry), by=reviewer, seen=2)


def test_what_was_told_apart_is_not_asked_again(editor):
    made = matter(editor)
    span = next(one for one in [made.statement.appearances.get().passage])
    assert [one.statement for one in find_duplicates(made.capture, span)] == [made.statement]
    assert len(statements_on_same_claim(made.ministry, made.claim, span.exact)) == 1
    for _ in range(2):
        tell_apart(digest_of_words(span.exact), made.statement, by=editor)
    assert ToldApart.objects.count() == 1
    assert find_duplicates(made.capture, span) == []
    assert statements_on_same_claim(made.ministry, made.claim, span.exact) == []
    assert len(statements_on_same_claim(made.ministry, made.claim, "other words")) == 1


def test_the_newest_decision_is_the_one_that_counts(editor):
    made = matter(editor)
    found = proposed_in(made)
    for decision in ("rejected", "reopened"):
        record_decision(made.capture, found, decision, by=editor)
    assert list(ProposalDecision.objects.values_list("decision", flat=True)) == ["rejected", "reopened"]


def test_stances_stay_where_a_claim_that_stands_is_named(editor):
    made = matter(editor)
    stance = StanceInput(made.claim, "affirms", "about")
    statement = record_from_text(made.capture, said(made.farmer, stance), by=editor)
    one = statement.stances.get()
    assert StanceInput(one.claim, one.kind, one.hedge) == StanceInput(made.claim, "affirms", "about")
