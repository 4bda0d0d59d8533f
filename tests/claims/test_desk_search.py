"""The search of the desk: one box over saved texts and all that is recorded, in any script, for whoever may see it."""

import pytest
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from articles.changes import revise_article
from articles.desk_index import TABLE
from articles.ingest import take_in
from claims.changes import NameInput, add_actor, merge_actors, record_statement, revise
from claims.changes.text_recording import undo_recording
from claims.models import Actor
from tests.desk import TEXT, matter
from tests.withheld import reader_of

pytestmark = pytest.mark.django_db


def found(client, q, **more) -> dict[str, list[str]]:
    """The labels that a search finds, by noun."""
    page = client.get("/admin/search/", {"q": q, **more})
    assert page.status_code == 200
    return {
        section["name"]: ["".join(piece.text for piece in hit.label) for hit, _ in section["hits"]]
        for section in page.context["results"]
    }


@pytest.fixture
def client_of(editor, client):
    client.force_login(editor)
    return client


def test_everything_is_found_by_words_in_any_script_and_follows_every_change(client_of, editor):
    made = matter(editor)
    texts = {"capture": ["River dam will flood three villages"]}
    assert found(client_of, "valley flooded") == texts
    assert found(client_of, '"asked twice"') == texts
    assert found(client_of, "herald") == {"outlet": ["Valley Herald"]}
    assert found(client_of, "министерство") == found(client_of, "ministerstvo") == {"actor": ["Ministry of Water"]}
    assert found(client_of, "4000")["claim"] == ["About 4,000 people must move."]
    assert set(found(client_of, "move")) == {"capture", "statement", "claim", "question"}
    assert found(client_of, "nowhere-at-all") == found(client_of, "?!") == {}
    revise_article(made.article, {"headline": "Плотина"}, by=editor, seen=made.article.revision)
    assert found(client_of, "plotina") == {"article": ["Плотина"]}
    revise(made.statement, {"summary": "Quietly put"}, by=editor, seen=made.statement.revision)
    assert "statement" not in found(client_of, "move")
    twin = add_actor(name="A. Bek", kind="person", names=[NameInput("Асель Бек", "ru")], by=editor)
    merge_actors(twin, into=made.farmer, by=editor, why="one farmer", seen=1)
    assert "Asel Bek" in found(client_of, "асель")["actor"]
    said = record_statement(summary="Unheard of", mode="indirect", speaker_label="reports", by=editor)
    assert found(client_of, "unheard") == {"statement": ["reports: Unheard of"]}
    undo_recording(said, by=editor)
    assert found(client_of, "unheard") == {}
    before = {q: found(client_of, q) for q in ("move", "bek", "dam", "asked")}
    with connection.cursor() as cursor:
        cursor.execute(f"DELETE FROM {TABLE}")
    assert found(client_of, "move") == {}
    call_command("index_captures")
    assert {q: found(client_of, q) for q in before} == before


def test_a_hit_in_a_text_leads_to_its_words_and_long_lists_go_on(client_of, editor):
    made = matter(editor)
    page = client_of.get("/admin/search/", {"q": "nobody asked"})
    [[hit, address]] = page.context["results"][0]["hits"]
    assert (hit.words, hit.occurrence) == ("Nobody", 1)
    assert address.startswith(f"/admin/articles/article/{made.article.pk}/workspace/?capture={made.capture.pk}&words=")
    assert client_of.get(address).status_code == 200
    for number in range(40):
        take_in(text=f"{TEXT} {number}", outlet=made.agency, headline=f"Echo {number}", by=editor)
    first = client_of.get("/admin/search/", {"q": "villages"})
    shown = next(section for section in first.context["results"] if section["name"] == "capture")
    assert (len(shown["hits"]), shown["more"]) == (5, "?q=villages&in=capture")
    one = client_of.get("/admin/search/?q=villages&in=capture")
    more = client_of.get("/admin/search/" + one.context["results"][0]["more"])
    both = [hit.obj.pk for page in (one, more) for hit, _ in page.context["results"][0]["hits"]]
    assert len(both) == len(set(both)) == 41
    with CaptureQueriesContext(connection) as few:
        client_of.get("/admin/search/?q=villages")
    with CaptureQueriesContext(connection) as none:
        client_of.get("/admin/search/?q=nothingofthekind")
    assert len(few) <= len(none) + 8
    assert b"not something that can be searched" in client_of.get("/admin/search/?q=a&in=trace").content


def test_nobody_finds_by_a_name_that_they_may_not_read(editor):
    made = matter(editor)
    withheld = {"protection": Actor.Protection.WITHHELD, "public_label": "a villager"}
    revise(made.farmer, withheld, by=editor, seen=made.farmer.revision)
    blind, seeing = reader_of("reviewer", named=False), reader_of("reviewer", named=True)
    assert set(found(seeing, "bek")) == {"capture", "actor"}
    assert found(blind, "bek") == found(blind, "ase") == found(blind, "бек") == {}
    assert "actor" in found(blind, "villager")
    page = blind.get("/admin/search/?q=villager")
    assert b"a villager" in page.content and b"Bek" not in page.content
    assert Client().get("/admin/search/?q=bek").status_code == 302
