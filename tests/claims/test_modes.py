"""How a statement was said is compared with the quotation marks in the article, on every road into the record."""

import pytest

from articles.changes import quote_passage
from articles.ingest import take_in
from articles.models import Passage
from articles.tracked_changes import Refusal
from claims import publishing
from claims.changes import AppearanceInput, StanceInput, add_appearance, record_statement, revise
from claims.changes.wording import doubt_of_mode, fault_of_mode, marking_of_words
from claims.models import Statement
from tests.claims.test_workspace_page import address, typed
from tests.desk import matter, posted

TEXT = """The bridge

“The bridge is safe,” said Bek, “and the road too.” Bek said that the bank had paid.

Bek called the dam a “grave mistake” of the ministry.

HILL: The road was closed on Monday.
"""
WHOLE, PART, NONE, ASIDE = (
    "“The bridge is safe,”",
    "the dam a “grave mistake”",
    "The road was closed on Monday.",
    "The bridge is safe,” said Bek, “and the road too.",
)


@pytest.mark.parametrize(
    ("exact", "marked", "attribution", "found"),
    [
        ("The bridge is safe", [(0, 18)], "", "whole"),
        ("“The bridge is safe,”", [(1, 20)], "", "whole"),
        ("the dam a “grave mistake”", [(11, 24)], "", "part"),
        ("the road was closed", [], "", "none"),
        ("the road was closed", None, "", ""),
        ("safe,” said Bek, “and", [(0, 5), (18, 21)], "Bek said", "whole"),
        ("safe,” said Bek, “and", [(0, 5), (18, 21)], "the farmer said", "part"),
        ("“…”", [(1, 2)], "", "none"),
    ],
)
def test_how_much_of_the_words_stands_between_marks(exact, marked, attribution, found):
    assert marking_of_words(exact, marked, attribution) == found


@pytest.mark.parametrize(
    ("mode", "marks", "refused", "doubted"),
    [
        ("direct", ["whole"], False, False),
        ("direct", ["none", "whole"], False, False),
        ("direct", ["part"], True, False),
        ("direct", ["none"], True, False),
        ("direct", ["none", ""], False, False),
        ("direct", [], False, False),
        ("mixed", ["part"], False, False),
        ("mixed", ["whole"], False, False),
        ("mixed", ["none", "none"], True, False),
        ("indirect", ["none"], False, False),
        ("indirect", ["part"], False, False),
        ("indirect", ["whole"], False, True),
        ("document", ["none"], False, False),
        ("gesture", ["none"], False, False),
    ],
)
def test_which_modes_the_marks_allow(mode, marks, refused, doubted):
    assert bool(fault_of_mode(mode, marks)) == refused
    assert bool(doubt_of_mode(mode, marks)) == doubted


@pytest.fixture
def made(db, editor):
    made = matter(editor)
    taken = take_in(text=TEXT, outlet=made.outlet, headline="The bridge", by=editor)
    made.article, made.capture = taken.article, taken.capture
    return made


def record(made, by, words, mode, **more):
    appearance = AppearanceInput(quote_passage(made.capture, words, by=by), "Bek", "said")
    stances = [StanceInput(made.claim, "affirms")]
    values = {"summary": "The bridge is safe", "speaker": made.farmer, **more}
    return record_statement(mode=mode, stances=stances, appearances=[appearance], by=by, **values)


def test_recording_refuses_a_mode_that_the_marks_speak_against(made, editor):
    for words, mode, sentence in (
        (NONE, "direct", "These words are not in quotation marks"),
        (PART, "direct", "Only some"),
        (NONE, "mixed", "None of these words"),
    ):
        with pytest.raises(Refusal, match=sentence) as refused:
            record(made, editor, words, mode)
        assert refused.value.field == "mode"
    for words, mode in ((WHOLE, "direct"), (ASIDE, "direct"), (PART, "mixed"), (NONE, "indirect"), (WHOLE, "indirect")):
        assert record(made, editor, words, mode).mode == mode


def test_revising_refuses_it_and_leaves_what_was_recorded_before_the_rule(made, editor, reviewer):
    statement = record(made, editor, NONE, "indirect")
    with pytest.raises(Refusal, match="not in quotation marks"):
        revise(statement, {"mode": "direct"}, by=editor, seen=1)
    Statement.objects.filter(pk=statement.pk).update(mode="direct")
    statement = revise(statement, {"venue": "at the bank", "mode": "direct"}, by=editor, seen=1)
    elsewhere = AppearanceInput(quote_passage(made.capture, "the bank had paid", by=editor), "Bek", "said")
    statement = add_appearance(statement, elsewhere, by=editor, seen=2)
    assert statement.mode == "direct"
    [warning] = [one for one in publishing.plan([statement], by=reviewer).warnings if one.field == "mode"]
    assert "These words are not in quotation marks" in warning.sentence
    with pytest.raises(Refusal, match="None of these words"):
        revise(statement, {"mode": "mixed"}, by=editor, seen=3)


def test_the_first_printing_of_a_draft_is_held_to_its_mode(made, editor):
    draft = record_statement(summary="The road is closed", mode="direct", speaker=made.farmer, by=editor)
    with pytest.raises(Refusal, match="not in quotation marks"):
        add_appearance(draft, AppearanceInput(quote_passage(made.capture, NONE, by=editor)), by=editor, seen=1)


def test_marked_words_that_are_called_indirect_are_warned_of(made, editor, reviewer):
    statement = record(made, editor, WHOLE, "indirect")
    plan = publishing.plan([statement], by=reviewer)
    assert [one.field for one in plan.warnings] == ["mode"]
    assert plan.refusals == []


def test_a_passage_whose_marks_are_not_known_is_left_alone(made, editor, reviewer):
    statement = record(made, editor, NONE, "indirect")
    Passage.objects.filter(appearances__statement=statement).update(marked=None)
    assert revise(statement, {"mode": "direct"}, by=editor, seen=1).mode == "direct"


def test_an_excerpt_without_a_mark_may_be_cut_out_of_a_quotation(made, editor, editor_client):
    cut = take_in(text="the bridge will hold", outlet=made.outlet, headline="Cut", complete=False, by=editor)
    made.article, made.capture = cut.article, cut.capture
    assert record(made, editor, "the bridge will hold", "direct").mode == "direct"
    page = editor_client.post(
        address(made, "form/"), {"capture": made.capture.pk, "exact": "bridge"}, headers={"x-workspace": "1"}
    )
    assert page.context["forms"].utterance["mode"].value() == ""
    assert "cut from inside a quotation" in page.content.decode()
    told = take_in(text="“It holds,” said Bek. Bek was calm.", outlet=made.outlet, complete=False, by=editor)
    made.capture = told.capture
    with pytest.raises(Refusal, match="not in quotation marks"):
        record(made, editor, "Bek was calm", "direct")


@pytest.mark.parametrize(
    ("words", "mode", "found"),
    [
        (WHOLE, "direct", "In quotation marks: direct speech."),
        (PART, "mixed", "Partly in quotation marks"),
        (NONE, "indirect", "Not in quotation marks: indirect speech."),
    ],
)
def test_the_workspace_says_what_it_found_and_proposes_the_mode(made, editor, editor_client, words, mode, found):
    page = editor_client.post(
        address(made, "form/"), {"capture": made.capture.pk, "exact": words}, headers={"x-workspace": "1"}
    )
    assert page.context["forms"].utterance["mode"].value() == mode
    assert found in page.content.decode()


def test_the_workspace_refuses_at_the_mode_without_a_script_too(made, editor, editor_client):
    values = typed(made, exact=NONE, mode="direct", summary="The road is closed")
    refused = editor_client.post(address(made), values)
    assert refused.status_code == 400
    page = refused.content.decode()
    assert "so they are not direct speech: choose “indirect speech”" in page
    assert "Not in quotation marks: indirect speech." in page
    assert editor_client.post(address(made), values | {"mode": "indirect"}).status_code == 302


def test_the_page_of_a_statement_refuses_at_the_mode(made, editor, editor_client):
    statement = record(made, editor, NONE, "indirect")
    page = f"/admin/claims/statement/{statement.pk}/change/"
    refused = editor_client.post(page, posted(editor_client.get(page)) | {"mode": "direct"})
    assert "not in quotation marks" in refused.context["adminform"].form.errors["mode"][0]


def test_a_table_is_refused_in_its_row(made, editor, editor_client):
    rows = f"article,exact,speaker,summary,mode\n{made.article.public_id},{NONE},Asel Bek,The road is closed,direct\n"
    page = editor_client.post("/admin/claims/statement/import/", {"pasted": rows})
    [outcome] = page.context["outcomes"]
    assert outcome.field == "mode" and "not in quotation marks" in outcome.sentence
