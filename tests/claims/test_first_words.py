"""Claims and summaries stand alone: what begins with a pronoun or without a subject is refused, and nothing else."""

from pathlib import Path

import pytest

from articles.tracked_changes import Refusal
from claims import publishing
from claims.changes import add_claim, record_statement, revise, reword_claim
from claims.changes.wording import fault_of_wording
from claims.imports.dossier.dossier_files import read_dossier
from claims.models import Claim, Statement
from tests.claims.test_workspace_page import address, typed
from tests.desk import matter

CASES = [
    (line[:1], line[1:].strip())
    for line in (Path(__file__).parents[1] / "cases" / "first_words.txt").read_text().splitlines()
    if line[:1] in "+-"
]


@pytest.mark.parametrize(("stands", "text"), CASES, ids=[text for _, text in CASES])
def test_how_a_text_begins(stands, text):
    assert (fault_of_wording(text) == "") == (stands == "+")


def test_a_claim_in_another_language_is_left_alone():
    assert fault_of_wording("I campi sono scuole.", language="it") == ""
    assert fault_of_wording("I was there.", language="en-GB")
    assert fault_of_wording("Они уехали.", language="ru-Cyrl")


def test_no_claim_or_summary_of_the_demonstration_is_refused():
    dossier = read_dossier(Path(publishing.__file__).parents[1] / "demonstration")
    texts = [claim.text for question in dossier.questions for claim in question.claims]
    texts += [statement.summary for file in dossier.statements.values() for statement in file.statements]
    assert len(texts) > 200
    assert [text for text in texts if fault_of_wording(text)] == []


def test_recording_and_rewording_refuse_it(db, editor):
    made = matter(editor)
    for act, field in (
        (lambda: add_claim(question=made.question, text="They must move.", kind="fact", by=editor), "text"),
        (lambda: reword_claim(made.claim, text="They must move.", by=editor, seen=1), "text"),
        (lambda: revise(made.claim, {"text": "They must move."}, by=editor, seen=1), "text"),
        (
            lambda: record_statement(summary="Was told to move", mode="indirect", speaker=made.farmer, by=editor),
            "summary",
        ),
        (lambda: revise(made.statement, {"summary": "They must move"}, by=editor, seen=1), "summary"),
    ):
        with pytest.raises(Refusal) as refused:
            act()
        assert refused.value.field == field
        assert "read on its own" in refused.value.sentence


def test_what_stands_may_stay_and_its_plan_warns(db, editor, reviewer):
    made = matter(editor)
    Claim.objects.filter(pk=made.claim.pk).update(text="They must move.")
    Statement.objects.filter(pk=made.statement.pk).update(summary="They have to move")
    claim = revise(made.claim, {"text": "They must move.", "position": 3}, by=editor, seen=1)
    statement = revise(made.statement, {"summary": "They have to move", "venue": "at the river"}, by=editor, seen=1)
    plan = publishing.plan([statement, claim], by=reviewer)
    assert plan.refusals == []
    told = {(one.obj, one.field) for one in plan.warnings if "read on its own" in one.sentence}
    assert told == {(claim, "text"), (statement, "summary")}


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"summary": "They were never asked"}, "summary"),
        ({"stances-0-claim": "They agreed.", "stances-0-claim_kind": "fact"}, "stances-0-claim"),
    ],
)
def test_the_workspace_says_it_at_the_field(db, editor, editor_client, values, field):
    made = matter(editor)
    if "stances-0-claim" in values:
        values["stances-0-question"] = made.question.public_id
    refused = editor_client.post(address(made), typed(made, **values), headers={"x-workspace": "1"})
    assert refused.status_code == 400
    assert "read on its own" in refused.context["forms"].errors()[field][0]
    assert Statement.objects.count() == 1
