"""Editors' notes: shown in their own voice wherever the thing is shown, on pages, cards, in files and in search."""

import csv
import io
import json

import pytest

from record.log import append
from tests import record_cast as cast
from tests.public_pages import text_of, texts, tree_of
from tests.record_cast import append_cast, replace

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]

NOTED = {
    "question": (cast.question_moved, "wording", "Asked in 2020."),
    "claim": (cast.claim_many, "figure", "As printed; the valley has fewer people."),
    "actor": (cast.herder, "identity", "Taken for one person, by age and village."),
    "article": (cast.original, "date", "Dated by the paper's archive."),
    "outlet": (cast.courier, "other", "Its site has moved."),
    "statement": (cast.herder_counts, "date", "Inferred from the report of the third."),
}
WORDS = {
    "identity": "Editors’ note on who it is:",
    "date": "Editors’ note on the date:",
    "figure": "Editors’ note on the figure:",
    "wording": "Editors’ note on the wording:",
    "other": "Editors’ note:",
}


@pytest.fixture(autouse=True)
def noted():
    append_cast()
    append(
        [replace(document, notes=(cast.d.Note(about=about, text=text),)) for document, about, text in NOTED.values()],
        reason="Notes.",
    )


def said(kind: str) -> str:
    _, about, text = NOTED[kind]
    return f"{WORDS[about]} {text}"


@pytest.mark.parametrize("kind", NOTED)
def test_a_note_stands_on_the_page_of_what_it_is_about_and_in_its_twin(client, kind):
    document, about, text = NOTED[kind]
    address = f"/{kind}s/{document.slug}"
    assert said(kind) in texts(tree_of(client.get(address)), '//header[@class="page-head"]/p')
    assert client.get(f"{address}.json").json()["notes"] == [{"about": about, "text": text}]


@pytest.mark.parametrize(
    "address",
    [
        "/questions/how-many-moved",
        "/claims/twelve-thousand-moved",
        "/actors/a-herder",
        "/articles/courier-2020-02-03",
        "/compare?actor=sergei-toqaev&actor=a-herder",
    ],
)
def test_the_note_of_a_statement_stands_wherever_the_statement_is_shown(client, address):
    assert said("statement") in texts(tree_of(client.get(address)), "editnote")


def test_where_there_is_no_room_a_sign_tells_that_there_is_a_note(client):
    tree = tree_of(client.get("/questions/how-many-moved"))
    places = (
        "//summary",
        '//div[@class="lane__figure"]',
        '//ol[@class="timeline"]',
        '//th[@class="comparison__claim"]',
    )
    for place in places:
        titles = tree.xpath(f'{place}//span[@class="editnote__sign"]/@title')
        assert titles and set(titles) <= {said("statement"), said("claim")}, place


@pytest.mark.parametrize("kind", ["question", "claim", "statement"])
def test_a_card_has_the_note(client, kind):
    document, _, _ = NOTED[kind]
    card = tree_of(client.get(f"/{kind}s/{document.slug}/embed"))
    assert said(kind) in texts(card, "//blockquote/p")


@pytest.mark.parametrize("kind", NOTED)
def test_a_note_is_found(client, kind):
    document, _, text = NOTED[kind]
    found = client.get("/search.json", {"q": f'"{text}"'}).json()["hits"]
    assert [hit["id"] for hit in found] == [document.id]


@pytest.mark.parametrize(
    ("address", "kind"),
    [
        ("/export/claims.csv", "claim"),
        ("/export/actors.csv", "actor"),
        ("/export/articles.csv", "article"),
        ("/export.csv", "statement"),
    ],
)
def test_notes_are_a_column_of_the_tables(client, address, kind):
    document, about, text = NOTED[kind]
    body = b"".join(client.get(address)).decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(body)))
    assert {row["notes"] for row in rows if row[f"{kind}_id"] == document.id} == {f"{about}: {text}"}
    assert {row["notes"] for row in rows if row[f"{kind}_id"] != document.id} == {""}


def test_notes_are_in_the_linked_data(client):
    graph = json.loads(b"".join(client.get("/export.jsonld")))["@graph"]
    notes = {(note["aboutField"], note["text"]) for node in graph for note in node.get("notes", [])}
    assert notes == {(about, text) for _, about, text in NOTED.values()}


def test_the_history_tells_of_a_note_as_an_addition(client):
    document = NOTED["statement"][0]
    (version, _) = client.get(f"/statements/{document.slug}/history.json").json()["versions"]
    assert version["changed"] == ["notes"]
    assert text_of(tree_of(client.get("/corrections")), "empty__line") == "Nothing has been corrected yet."


def test_markup_in_a_note_is_text(client):
    append([replace(cast.claim_dam, notes=(cast.d.Note(about="other", text="<b>x</b> & “y”"),))], reason="Marks.")
    assert "Editors’ note: <b>x</b> & “y”" in texts(tree_of(client.get("/claims/for-the-dam")), "editnote")
