"""Editor's notes, figures as printed, marked words: what documents of version 2 say beyond those of version 1."""

import json

import pytest

from articles.changes import add_outlet, quote_passage
from articles.models import Trace
from articles.tracked_changes import Refusal, StaleRevision
from claims.changes import AppearanceInput, NoteInput, StanceInput, annotate, record_framing, revise
from claims.models import EditorsNote
from claims.publishing import plan
from claims.publishing.documents import document_of
from record import documents as d
from tests.desk import matter

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(editor):
    return matter(editor)


def test_a_note_is_part_of_its_object_and_of_its_document(desk, editor):
    for obj in (desk.question, desk.claim, desk.farmer, desk.outlet, desk.article, desk.statement):
        assert "notes" not in json.loads(d.encode(document_of(obj)))
        noted = annotate(obj, [NoteInput("date", "The year is not in the text.")], by=editor, seen=obj.revision)
        assert noted.revision == obj.revision + 1
        assert document_of(noted).notes == (d.Note(about="date", text="The year is not in the text."),)
        [trace] = Trace.objects.filter(public_id=obj.public_id, verb="annotate")
        assert trace.changes == {"notes": [[], ["date: The year is not in the text."]]}
        with pytest.raises(StaleRevision):
            annotate(obj, [], by=editor, seen=obj.revision)
        annotate(noted, [], by=editor, seen=noted.revision)
    assert not EditorsNote.objects.exists()


@pytest.mark.parametrize(
    ("notes", "words"),
    [
        ([NoteInput("date", "  ")], "cannot be blank"),
        ([NoteInput("date", "twice"), NoteInput("date", "twice")], "given twice"),
        ([NoteInput("mood", "odd")], "mood"),
        ([NoteInput("date", "x" * 1001)], "1000"),
    ],
)
def test_a_note_that_cannot_be_is_refused(desk, editor, notes, words):
    with pytest.raises(Refusal, match=words):
        annotate(desk.claim, notes, by=editor, seen=None)
    assert not EditorsNote.objects.exists()


def test_notes_can_be_revised_with_the_fields(desk, editor):
    claim = revise(desk.claim, {}, notes=[NoteInput("figure", "As printed.")], by=editor, seen=desk.claim.revision)
    assert [note.text for note in claim.notes.all()] == ["As printed."]


def test_a_note_on_somebody_whose_name_is_withheld_stays_at_the_desk(desk, editor):
    farmer = revise(
        desk.farmer, {"protection": "withheld", "public_label": "a farmer"}, by=editor, seen=desk.farmer.revision
    )
    farmer = annotate(farmer, [NoteInput("identity", "Taken to be Asel Bek.")], by=editor, seen=None)
    assert document_of(farmer).notes == ()


def test_a_figure_read_out_of_words_says_so_and_only_a_figure_can(desk, editor):
    claim = revise(desk.claim, {"derived": True}, by=editor, seen=desk.claim.revision)
    assert json.loads(d.encode(document_of(claim)))["figure"]["derived"] is True
    with pytest.raises(Refusal, match="Only a figure"):
        revise(desk.other_claim, {"derived": True}, by=editor, seen=desk.other_claim.revision)


def test_the_words_of_a_figure_stand_in_a_passage_of_the_statement(desk, editor):
    def revised(printed):
        stances = [StanceInput(desk.claim, "affirms", "about", printed)]
        return revise(desk.statement, {}, stances=stances, by=editor, seen=None)

    statement = revised("About 4,000")
    assert document_of(statement).stances[0].printed == "About 4,000"
    with pytest.raises(Refusal, match="is in no passage"):
        revised("hundreds")


def test_words_written_by_an_agency_are_framed_by_it(desk, editor):
    agency = add_outlet(name="Plain Wire", kind="agency", by=editor)
    for written_by, expected in ((agency, agency), (desk.outlet, None), (None, None)):
        framing = record_framing(
            desk.article, claim=desk.claim, part="headline", treatment="relays", written_by=written_by, by=editor
        )
        assert framing.written_by == expected
    record_framing(desk.article, claim=desk.claim, part="headline", treatment="relays", written_by=agency, by=editor)
    document = document_of(desk.article, named={desk.claim.public_id})
    assert document.framings[0].written_by == agency.public_id
    assert ("outlet", agency.public_id) in list(d.references_of(document))
    assert agency in [planned.obj for planned in plan([desk.article]).planned_documents]


@pytest.mark.parametrize(
    ("words", "marked"),
    [("Nobody was asked,", [(0, 17)]), ("said Asel Bek", []), ("was asked,” said", [(0, 10)])],
)
def test_a_passage_knows_which_of_its_words_stand_between_marks(desk, editor, words, marked):
    passage = quote_passage(desk.capture, words, by=editor)
    statement = revise(
        desk.statement, {}, stances=[], appearances=[AppearanceInput(passage, "Asel Bek")], by=editor, seen=None
    )
    [appearance] = document_of(statement).appearances
    assert [(stretch.start, stretch.end) for stretch in appearance.passage.marked] == marked
