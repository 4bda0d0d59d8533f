"""The migration that takes back the basis “witnessed” where the workspace had put it and nobody had chosen it."""

import json

import pytest
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from articles.changes import quote_passage
from articles.models import Trace
from claims import publishing
from claims.changes import AppearanceInput, StanceInput, record_statement, revise
from claims.changes.workspace import Printing, Sighting, Towards, Utterance, Words, record_from_text
from claims.models import Release, Statement
from claims.workspace import proposals_of
from record.models import Publication

from .desk import matter

BEFORE, REPAIR = ("claims", "0008_approvals"), ("claims", "0009_basis_not_chosen")


@pytest.fixture
def made(transactional_db, editor):
    return matter(editor)


def run_again():
    """Undoes the repair, which changes no row, and does it once more; then everything after it again."""
    executor = MigrationExecutor(connection)
    newest = executor.loader.graph.leaf_nodes()
    executor.migrate([BEFORE])
    for target in ([REPAIR], newest):
        executor = MigrationExecutor(connection)
        executor.migrate(target)


def as_the_old_form(made, by, summary="Nobody asked the villagers", *, basis="witnessed", proposal=None):
    """A statement as the workspace recorded it while its list of bases began with “witnessed”."""
    values = {"summary": summary, "mode": "direct", "basis": basis}
    utterance = Utterance(values, made.farmer, [Towards(made.other_claim, "denies")])
    printing = Printing(Words("“Nobody was asked,”"), "Asel Bek", "said")
    return record_from_text(made.capture, utterance, printing, by=by, proposal=proposal)


def basis_of(statement):
    return Statement.objects.get(pk=statement.pk).basis


def basis_for_readers(statement):
    entry = Publication.objects.get(public_id=statement.public_id, superseded_by=None)
    return json.loads(entry.document)["basis"]


def test_a_draft_is_repaired_traced_and_told(made, editor, capsys):
    statement = as_the_old_form(made, editor)
    run_again()
    assert basis_of(statement) == "not stated"
    trace = Trace.objects.filter(public_id=statement.public_id).first()
    assert (trace.verb, trace.by, trace.revision) == ("revise", None, 2)
    assert trace.changes == {"basis": ["witnessed", "not stated"]}
    assert "nobody had chosen" in trace.why
    told = [line for line in capsys.readouterr().out.splitlines() if statement.public_id in line]
    assert len(told) == 1 and "Nobody asked the villagers" in told[0] and "not stated" in told[0]
    assert not Release.objects.filter(public_id=statement.public_id).exists()


def test_what_readers_see_waits_for_review_and_a_reviewer_publishes_the_correction(made, editor, reviewer):
    statement = as_the_old_form(made, editor)
    publishing.publish([statement], by=reviewer, reason="First published.")
    run_again()
    assert basis_of(statement) == "not stated"
    release = Release.objects.get(public_id=statement.public_id)
    assert (release.state, release.published_revision) == ("in review", 1)
    assert "“witnessed”" in release.note
    assert basis_for_readers(statement) == "witnessed"
    publishing.publish([Statement.objects.get(pk=statement.pk)], by=reviewer, reason="The basis was not chosen.")
    assert basis_for_readers(statement) == "not stated"


def test_a_statement_that_waits_or_was_sent_back_stays_where_it_is(made, editor, reviewer):
    statement = as_the_old_form(made, editor)
    publishing.submit([statement], by=editor, note="look at this")
    run_again()
    assert basis_of(statement) == "not stated"
    release = Release.objects.get(public_id=statement.public_id)
    assert (release.state, release.note, release.submitted_by) == ("in review", "look at this", editor)


def test_what_was_chosen_stays(made, editor):
    again = as_the_old_form(made, editor, "A basis was chosen later", basis="told")
    revise(again, {"basis": "witnessed"}, by=editor, seen=1)
    twice = as_the_old_form(made, editor, "A basis was chosen again")
    revise(twice, {"basis": "told"}, by=editor, seen=1)
    revise(twice, {"basis": "witnessed"}, by=editor, seen=2)
    told = as_the_old_form(made, editor, "Another basis was chosen", basis="told")
    run_again()
    assert [basis_of(statement) for statement in (again, twice, told)] == ["witnessed", "witnessed", "told"]


def test_a_later_change_of_something_else_is_no_choice(made, editor):
    statement = as_the_old_form(made, editor)
    revise(statement, {"venue": "at the market"}, by=editor, seen=1)
    run_again()
    assert basis_of(statement) == "not stated"


def test_what_the_workspace_cannot_have_recorded_stays(made, editor):
    passages = [quote_passage(made.capture, words, by=editor) for words in ("a farmer", "“Nobody was asked,”")]
    common = {"mode": "direct", "speaker": made.farmer, "basis": "witnessed", "by": editor}
    stances = [StanceInput(made.other_claim, "denies")]
    with_words = record_statement(
        summary="The words are kept",
        words="Никого не спросили",
        language="ru",
        stances=stances,
        appearances=[AppearanceInput(passages[1])],
        **common,
    )
    printed_twice = record_statement(
        summary="The words are printed twice",
        stances=stances,
        appearances=list(map(AppearanceInput, passages)),
        **common,
    )
    run_again()
    assert [basis_of(with_words), basis_of(printed_twice)] == ["witnessed", "witnessed"]


def test_a_file_that_was_read_stays_but_for_what_became_of_a_proposal(made, editor):
    read = [as_the_old_form(made, editor, f"Row {number} of the file") for number in range(12)]
    found = proposals_of(made.capture.text, "en")[0]
    sighting = Sighting(found.digest, found.start, found.end, found.proposal.rule)
    proposed = as_the_old_form(made, editor, "A proposal became this", proposal=sighting)
    run_again()
    assert {basis_of(statement) for statement in read} == {"witnessed"}
    assert basis_of(proposed) == "not stated"
