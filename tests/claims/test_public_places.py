"""From the original to the reader: where words stand, what the text was read from, and how that is cited."""

import csv
import io
import json

import pytest

from articles import originals
from articles.changes import quote_passage
from articles.ingest import ReadFrom, take_in
from articles.models import Article, Capture, Original
from articles.reading import ArticleReading, Place
from claims.changes import AppearanceInput, StanceInput, add_actor, record_statement
from claims.imports.record.adoption import adopt_record
from claims.models import Statement
from claims.publishing import publish
from claims.publishing.documents import document_of
from record.documents import encode
from record.models import Current
from tests.claims.test_adoption import empty_desk
from tests.desk import matter

TALK = "Hill: Nobody was asked about the dam.\nBek: We heard of it in the news."
PAPER = "The ministry was warned twice.\n\nIt did not answer the letters."


pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(editor):
    return matter(editor)


def said(desk, editor, text, places, exact, **values):
    original = originals.keep_original(text.encode(), name="talk.vtt", method=Original.Method.UPLOADED, by=editor)
    reading = ArticleReading(text, [], [], reader="reader 2.1", places=places)
    kept = text.replace("the letters", "letters")
    taken = take_in(text=kept, outlet=desk.outlet, by=editor, read_from=ReadFrom(original, reading), **values)
    passage = quote_passage(taken.capture, exact, by=editor)
    return record_statement(
        summary="Nobody was asked.", mode="indirect", speaker=desk.farmer, by=editor,
        appearances=[AppearanceInput(passage, "Bek")], stances=[StanceInput(desk.claim, "affirms")],
    )  # fmt: skip


@pytest.fixture
def talk(desk, editor):
    places = [Place(0, 37, begins_at=751.5, ends_at=755, speaker="Hill"), Place(38, 70, begins_at=755.25)]
    return said(desk, editor, TALK, places, "Nobody was asked about the dam", headline="A talk")


@pytest.fixture
def paper(desk, editor):
    return said(
        desk, editor, PAPER, [Place(0, 30, page=4), Place(32, 62, page=5)], "did not answer", headline="A paper"
    )


def test_readers_see_page_or_time_and_what_the_text_was_read_from(talk, paper, editor, reviewer, client):
    original = Original.objects.get(captures__edit_count=1)
    publish([talk, paper], by=reviewer, reason="First.")
    page = client.get(f"/statements/{talk.public_id}").content.decode()
    assert "at 00:12:31, <bdi>Hill</bdi> speaking" in page
    assert "page 5" in client.get(f"/statements/{paper.public_id}").content.decode()
    article = paper.appearances.get().passage.capture.article
    page = client.get(f"/articles/{article.slug}").content.decode()
    assert "Read by reader 2.1. Changed by hand in 1 place." in page and original.sha256[:16] in page
    twin = client.get(f"/articles/{article.slug}.json").json()
    assert twin["captures"][0]["original"] == {"sha256": original.sha256, "media_type": "text/plain", "removed": False}
    assert twin["passages"][0]["printing"]["place"]["page"] == 5
    # How it is cited, and what tables and annotations say of it.
    _page, cited = client.get(f"/statements/{paper.public_id}/cite.csl.json").json()
    assert (cited["locator"], cited["label"]) == ("5", "page")
    assert "at 00:12:31" in client.get(f"/statements/{talk.public_id}/cite").content.decode()
    rows = csv.DictReader(io.StringIO(client.get("/export.csv").getvalue().decode("utf-8-sig")))
    places = {row["headline"]: (row["original_page"], row["begins_at"], row["turn"]) for row in rows}
    assert places == {"A paper": ("5", "", ""), "A talk": ("", "751.5", "Hill")}
    annotated = json.loads(client.get("/annotations.jsonld").getvalue())["first"]["items"]
    fragments = {one["value"] for item in annotated for one in item["target"]["selector"] if "value" in one}
    assert fragments == {"page=5", "t=751.5,755"}


def test_a_speaker_whose_name_is_withheld_is_in_no_place(talk, editor):
    nurse = add_actor(name="Aigul Sarsen", kind="person", protection="withheld", public_label="a nurse", by=editor)
    Capture.objects.update(places=[[0, 37, None, 751.5, 755, "Sarsen, Aigul"], [38, 70, None, None, None, nurse.name]])
    place = document_of(talk).appearances[0].passage.place
    assert (str(place.begins_at), place.speaker) == ("751.5", "")


def test_an_adopted_record_says_the_same_again(talk, paper, reviewer, client):
    publish([talk, paper], by=reviewer, reason="First.")
    export = client.get("/export.ndjson").getvalue()
    empty_desk()
    adopt_record(io.BytesIO(export))
    texts = Current.objects.filter(kind__in=("article", "statement")).values_list("public_id", "publication__document")
    desk = {obj.public_id: obj for model in (Article, Statement) for obj in model.objects.all()}
    assert len(texts) == 4
    assert {public_id: encode(document_of(desk[public_id])) for public_id, _ in texts} == dict(texts)
    assert set(Original.objects.values_list("place", "media_type")) == {("elsewhere", "text/plain")}
