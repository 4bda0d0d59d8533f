"""Public documents: which fields of the desk they hold, and which names they never tell."""

import json

import pytest

from articles.changes import quote_passage, revise_article, revise_outlet
from articles.ingest import take_in
from articles.tracked_changes import Refusal
from claims.changes import (
    AppearanceInput,
    IdentifierInput,
    NameInput,
    StanceInput,
    add_actor,
    add_claim,
    record_statement,
    relate_claims,
    revise,
)
from claims.publishing import PublicationRefused, plan, publish, undo_withdrawal, withdraw
from claims.publishing.documents import document_of
from record.documents import decode, encode
from record.models import Publication
from tests.desk import matter

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(editor):
    return matter(editor)


def told(obj):
    return json.loads(encode(document_of(obj)))


# Shapes


def test_a_question_is_public_with_these_fields(desk):
    assert told(desk.question) == {
        "type": "question",
        "id": desk.question.public_id,
        "slug": "how-many-people-must-move",
        "title": "How many people must move?",
        "description": "",
        "position": 0,
    }


def test_a_figure_is_public_with_its_number_its_unit_and_what_is_counted(desk, editor):
    claim = revise(desk.claim, {"lower": "3500.50", "as_of": "2021-05~"}, by=editor, seen=1)
    assert told(claim)["figure"] == {
        "amount": 4000,
        "lower": 3500.5,
        "upper": None,
        "unit": "people",
        "modifier": "about",
        "counted": "people who must move",
        "as_of": {"edtf": "2021-05~", "earliest": "2021-05-01", "latest": "2021-05-31"},
    }
    assert '"amount":4000,' in encode(document_of(claim))


def test_an_actor_is_public_with_all_its_names_and_identifiers(desk, editor):
    revise(desk.ministry, {}, identifiers=[IdentifierInput("Wikidata", "Q42")], by=editor, seen=1)
    document = told(desk.ministry)
    assert [(name["text"], name["language"], name["kind"]) for name in document["names"]] == [
        ("Ministry of Water", "", "primary"),
        ("Министерство воды", "ru-Cyrl", "alias"),
    ]
    assert document["identifiers"] == [{"register": "wikidata", "value": "Q42"}]
    assert (document["withheld"], document["reported_in"]) == (False, None)


def test_an_article_is_public_without_its_text(desk):
    document = told(desk.article)
    assert document["outlet"] == desk.outlet.public_id
    assert document["published"]["edtf"] == "2021-05"
    assert [one["sha256"] for one in document["captures"]] == [desk.capture.sha256]
    assert "Nobody was asked" not in encode(document_of(desk.article))


def test_a_statement_is_public_with_its_stances_and_its_chain(desk):
    document = told(desk.statement)
    assert document["slug"] == desk.statement.public_id
    assert document["stances"] == [{"claim": desk.claim.public_id, "stance": "affirms", "hedge": "about"}]
    appearance = document["appearances"][0]
    assert appearance["passage"]["exact"] == "about 4,000 people must move"
    assert appearance["passage"]["capture"] == desk.capture.sha256
    assert appearance["chain"] == [
        {"actor": None, "outlet": desk.agency.public_id, "label": "", "cue": "reported", "relation": "relays"}
    ]


def test_each_document_is_what_the_record_reads_back(desk):
    for obj in (desk.question, desk.claim, desk.ministry, desk.outlet, desk.article, desk.statement):
        assert decode(encode(document_of(obj))) == document_of(obj)


def test_a_relation_to_a_draft_is_not_told(desk, editor):
    claim = relate_claims(desk.claim, "contradicts", desk.other_claim, by=editor, seen=1)
    assert document_of(claim).relations == ()
    assert len(document_of(claim, named={desk.other_claim.public_id}).relations) == 1


# Withheld names


@pytest.fixture
def nurse(editor):
    """Somebody whose name is known to the desk alone."""
    return add_actor(
        name="Aigul Sarsen",
        kind="person",
        description="Nurse in the valley hospital",
        protection="withheld",
        public_label="a former nurse",
        names=[NameInput("Айгуль Сарсен", "ru-Cyrl")],
        identifiers=[IdentifierInput("wikidata", "Q99")],
        by=editor,
    )


def nurse_says(desk, nurse, editor, text, exact, printed="Ms Sarsen", **values):
    taken = take_in(text=text, outlet=desk.outlet, headline="A talk", by=editor)
    passage = quote_passage(taken.capture, exact, by=editor)
    return record_statement(
        summary="Beds were missing",
        mode="indirect",
        speaker=nurse,
        by=editor,
        stances=[StanceInput(desk.other_claim, "denies")],
        appearances=[AppearanceInput(passage, printed)],
        **values,
    )


def test_a_withheld_actor_is_public_under_its_label_alone(nurse):
    document = told(nurse)
    assert document == {
        "type": "actor",
        "id": nurse.public_id,
        "slug": nurse.public_id,
        "name": "a former nurse",
        "kind": "person",
        "description": "",
        "withheld": True,
        "names": [],
        "identifiers": [],
        "reported_in": None,
    }


def test_the_label_stands_where_a_withheld_name_was_printed(desk, nurse, editor, reviewer):
    text = "In the valley, Aigul Sarsen told us that “beds were missing everywhere” last winter."
    statement = nurse_says(desk, nurse, editor, text, "beds were missing everywhere")
    document = document_of(statement)
    assert document.appearances[0].printed_name == "a former nurse"
    assert (document.appearances[0].passage.prefix, document.appearances[0].passage.suffix) == ("", "")
    publish([statement], by=reviewer, reason="Protected.")
    record = "".join(Publication.objects.values_list("document", flat=True))
    for name in ("Aigul", "Sarsen", "Сарсен", "valley hospital", "Q99"):
        assert name not in record


def test_words_around_a_quotation_that_tell_no_name_are_kept(desk, nurse, editor):
    text = "A woman told us that “beds were missing everywhere” last winter."
    statement = nurse_says(desk, nurse, editor, text, "beds were missing everywhere", printed="a woman")
    passage = document_of(statement).appearances[0].passage
    assert passage.prefix != ""
    assert (passage.before, passage.after) == ("", "")  # what else the sentence says may describe her


def test_the_rest_of_the_sentence_is_published_as_far_as_the_site_quotes_it(desk, nurse, editor, settings):
    text = "Snow fell. The ministry’s man in the valley told us that “beds were missing” in four wards. Nobody knew."
    statement = nurse_says(desk, desk.ministry, editor, text, "beds were missing", printed="")

    def around():
        passage = document_of(statement).appearances[0].passage
        return passage.before, passage.after

    assert around() == ("The ministry’s man in the valley told us that “", "” in four wards.")
    settings.CONTEXT_LENGTH = 15
    assert around() == ("… told us that “", "” in four …")
    settings.CONTEXT_LENGTH = 0
    assert around() == ("", "")
    settings.CONTEXT_LENGTH = 15
    named = text.replace("The ministry’s man", "Aigul Sarsen")
    # Nor where the name stands in what is left out.
    statement = nurse_says(desk, desk.ministry, editor, named, "beds were missing", printed="")
    assert around() == ("", "")


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("summary", "Sarsen, Aigul: beds were missing"),
        ("role", "colleague of Айгуль Сарсен"),
        ("venue", "at Ms Sarsen's house"),
        ("words", "I am Aigul-Sarsen and beds were missing"),
        ("translation", "Aigul Sarsen: beds were missing"),
    ],
)
def test_a_statement_that_tells_a_withheld_name_is_not_published(desk, nurse, editor, reviewer, field, value):
    text = "She told us that “beds were missing everywhere” last winter."
    statement = nurse_says(desk, nurse, editor, text, "beds were missing everywhere")
    statement = revise(statement, {field: value}, by=editor, seen=1)
    with pytest.raises(PublicationRefused) as refused:
        publish([statement], by=reviewer, reason="No.")
    assert refused.value.field == field
    assert "withheld name (that of “a former nurse”)" in refused.value.sentence
    assert Publication.objects.count() == 0


def test_a_quotation_that_tells_a_withheld_name_is_not_published(desk, nurse, editor, reviewer):
    statement = nurse_says(desk, nurse, editor, "“I, Aigul Sarsen, saw it,” she said.", "I, Aigul Sarsen, saw it")
    with pytest.raises(PublicationRefused, match="appearances passage exact"):
        publish([statement], by=reviewer, reason="No.")


def test_no_other_document_tells_a_withheld_name(desk, nurse, editor, reviewer):
    claim = add_claim(question=desk.question, text="Aigul Sarsen was asked.", kind="fact", by=editor)
    with pytest.raises(PublicationRefused) as refused:
        publish([claim], by=reviewer, reason="No.")
    assert {one.field for one in refused.value.refusals} == {"text", "slug"}
    article = revise_article(desk.article, {"headline": "Aigul Sarsen speaks"}, by=editor, seen=None)
    assert [one.field for one in plan([article]).refusals] == ["headline"]
    outlet = revise_outlet(desk.outlet, {"owner": "Айгуль Сарсен"}, by=editor, seen=1)
    assert [one.field for one in plan([outlet]).refusals] == ["owner"]


def test_a_public_reason_does_not_tell_a_withheld_name(desk, nurse, reviewer):
    with pytest.raises(Refusal, match="reveals a withheld name"):
        publish([desk.claim], by=reviewer, reason="As Aigul Sarsen asked.")


def test_the_plan_says_that_a_name_was_public_and_publishing_erases_it_from_the_log(desk, editor, reviewer):
    publish([desk.farmer], by=reviewer, reason="Named.")
    hidden = revise(desk.farmer, {"protection": "withheld", "public_label": "a farmer"}, by=editor, seen=1)
    made = plan([hidden], by=reviewer)
    assert made.refusals == []
    assert "Readers have seen the name" in made.warnings[0].sentence
    publish([hidden], by=reviewer, reason="Now withheld.")
    assert Publication.objects.get(public_id=hidden.public_id, version=1).erased
    assert decode(Publication.objects.get(public_id=hidden.public_id, superseded_by=None).document).name == "a farmer"


def test_forgetting_a_name_leaves_what_was_withdrawn_as_it_is(desk, editor, reviewer):
    publish([desk.claim, desk.farmer], by=reviewer, reason="First.")
    withdraw([desk.claim], by=reviewer, reason="Wrong.")
    undo_withdrawal([desk.claim], by=reviewer, reason="Right.")
    hidden = revise(desk.farmer, {"protection": "withheld", "public_label": "a farmer"}, by=editor, seen=1)
    publish([hidden], by=reviewer, reason="Now withheld.")
    versions = Publication.objects.filter(public_id__in=[desk.claim.public_id, hidden.public_id])
    assert [(one.reason, one.erased) for one in versions.exclude(kind="question").order_by("kind", "version")] == [
        ("", True),
        ("Now withheld.", False),
        ("First.", False),
        ("Wrong.", False),
        ("Right.", False),
    ]


def test_a_document_that_names_nobody_withheld_is_not_searched_for_names(desk, django_assert_num_queries):
    with django_assert_num_queries(2):  # withheld names, and the notes on the question
        document_of(desk.question)
