"""Lists that can be walked: letters, filters, counts, cursors; what they cost is bounded by an index."""

import pytest
from django.db import connection, connections
from django.test.utils import CaptureQueriesContext

from record.log import append
from record.pages import lists
from record.queries import list_pages
from record.queries.list_pages import Selection
from tests import record_cast as cast
from tests.public_pages import texts, tree_of
from tests.record_cast import append_cast, append_topic

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]

NAMES = ("Абай", "Ábel", "amal", "王毅", "Zed", "7 Days", "…")


def named_actors(number=0):
    """Actors with names in several scripts, and so many more."""
    kinds = ("person", "state", "group")
    odd = [
        cast.actor(f"oddac{at:07d}", f"odd-{at}", name, kind=kinds[at % 3], names=()) for at, name in enumerate(NAMES)
    ]
    more = [cast.actor(f"manya{at:07d}", f"many-{at}", f"Many {at:03d}", names=()) for at in range(number)]
    return [*odd, *more]


def names_in(client, address):
    return [entry["name"] for entry in client.get(address).json()["entries"]]


def test_names_of_every_script_stand_under_the_letter_that_they_fold_to(client):
    append(named_actors(), reason="Names.")
    page = client.get("/actor-list.json").json()
    assert [letter["letter"] for letter in page["letters"]] == ["A", "W", "Z", "0–9"]
    assert names_in(client, "/actor-list.json?letter=a") == ["Абай", "Ábel", "amal"]
    assert names_in(client, "/actor-list.json?letter=w") == ["王毅"]
    assert set(names_in(client, "/actor-list.json?letter=0-9")) == {"7 Days", "…"}
    assert names_in(client, "/actor-list.json?kind=state&letter=a") == ["Ábel"]
    assert (page["total"], page["found"], page["applied"]) == (7, None, [])


def test_a_cursor_leads_through_the_whole_list_once(client):
    append(named_actors(60), reason="Names.")
    seen, address = [], "/actors"
    while address:
        page = client.get(address.replace("/actors", "/actor-list.json")).json()
        seen += [entry["name"] for entry in page["entries"]]
        assert len(page["entries"]) <= 25
        address = page["next"]
    assert len(seen) == len(set(seen)) == 67
    assert client.get("/actors?after=zzz.zzzzzzzzzzzz").status_code == 404


def test_lists_are_narrowed_by_what_they_know(client):
    append_cast()
    append_topic()
    total = {kind: client.get(address).json()["total"] for kind, address in (("claim", "/claims.json"),)}
    contested = client.get("/claims.json?contested=yes").json()
    assert 0 < contested["found"] == len(contested["entries"]) < total["claim"]
    assert all(entry["contested"] and entry["held"]["words"] for entry in contested["entries"])
    assert names_in(client, "/articles.json?outlet=river-mirror&until=2020-02-04") != []
    assert names_in(client, "/articles.json?since=2031") == []
    assert client.get("/questions.json?topic=no-such-topic").status_code == 400
    assert client.get("/claims.json?question=how-many-moved&kind=figure").json()["found"] > 0
    page = tree_of(client.get("/claims?kind=figure&question=how-many-moved"))
    assert texts(page, '//ul[@class="applied"]/li/a/bdi') == ["figure", "How many villagers were moved?"] or texts(
        page, '//ul[@class="applied"]/li/a/bdi'
    ) == ["How many villagers were moved?", "figure"]


def test_an_actor_who_makes_no_statement_is_said_to_make_none(client):
    append_cast()
    append(named_actors(), reason="Names.")
    facts = texts(tree_of(client.get("/actors?letter=z")), "facts")
    assert facts == ["state no statements on record"]
    assert "statement" in texts(tree_of(client.get("/actors?letter=s")), "facts")[0]
    assert not any("makes no statement" in each for each in texts(tree_of(client.get("/outlets")), "facts"))


def test_the_list_of_articles_says_which_one_is_the_text_of_which(client, monkeypatch):
    append_cast()
    monkeypatch.setattr(lists, "PAGE_SIZE", 2)  # the original stands on another page than its reprint
    address = client.get("/articles.json").json()["next"]
    tree = tree_of(client.get(address))
    entry = next(each for each in texts(tree, "listing__entry") if "emptied at night” the same text as" in each)
    assert "the same text as Villages emptied at night (Steppe Courier)" in entry
    rows = client.get(address.replace("/articles", "/articles.csv")).content.decode().splitlines()
    assert any("verbatim,Villages emptied at night" in row for row in rows)


def test_countries_are_named_in_the_language_of_the_page_and_what_is_no_code_is_given_as_it_is(client):
    append([cast.outlet("outle0000011", "one", "One", country="KG")], reason="An outlet.")
    append([cast.outlet("outle0000012", "two", "Two", country="Steppe")], reason="Another one.")
    assert [entry["about"] for entry in client.get("/outlets.json").json()["entries"]] == ["Kyrgyzstan", "Steppe"]
    facts = [texts(tree_of(client.get(address)), "facts")[0] for address in ("/outlets/one", "/ru/outlets/one")]
    assert [each.split()[0] for each in facts] == ["Kyrgyzstan", "Киргизия"]
    assert client.get("/outlets/one.json").json()["country"] == "KG"
    assert "Kyrgyzstan" in texts(tree_of(client.get("/outlets/one/versions/1")), "//main")[0]


def test_a_list_of_the_past_has_what_stood_then_and_says_what_it_cannot_count(client):
    rows = append_cast()
    append(named_actors(), reason="Names.")
    then = client.get(f"/actor-list.json?at={rows[-1].seq}").json()
    assert "Zed" not in [entry["name"] for entry in then["entries"]]
    assert all(entry["counts"] is None for entry in then["entries"])
    assert client.get(f"/claims?contested=yes&at={rows[-1].seq}").status_code == 400


def test_what_no_index_has_is_looked_for_in_bounded_steps(client, monkeypatch):
    append(
        [cast.question(), *(cast.claim(f"claim{at:07d}", f"c-{at}", f"Claim {at:03d}.") for at in range(30))],
        reason="C.",
    )
    monkeypatch.setattr(list_pages, "MOST_SCANNED", 20)
    page = client.get("/claims?contested=yes")
    assert texts(tree_of(page), "empty__line") == ["None among those looked through so far."]
    address = client.get("/claims.json?contested=yes").json()["next"]
    assert client.get(address.replace("/claims", "/claims.json")).json()["next"] == ""


SELECTIONS = (
    Selection("actor", "name", letter="m"),
    Selection("actor", "name", facet="person"),
    Selection("question", "place"),
    Selection("claim", "place", parent="quest0000001", contested=True),
    Selection("article", "place"),
)


@pytest.mark.parametrize("selection", SELECTIONS, ids=str)
def test_every_order_is_read_from_an_index(selection):
    append_cast()
    with CaptureQueriesContext(connections["public"]) as captured:
        list_pages.list_page(selection, ("m", "manya0000001"), 25)
        list_pages.letters_and_facets("actor")
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET LOCAL enable_seqscan = off")
        for query in captured:
            explain = "EXPLAIN QUERY PLAN " if connection.vendor == "sqlite" else "EXPLAIN "
            cursor.execute(explain + query["sql"].replace("%", "%%"))
            plan = "\n".join(str(row) for row in cursor.fetchall())
            assert "current_by_" in plan, plan
            assert "Seq Scan on record_current" not in plan, plan
            assert "USE TEMP B-TREE FOR ORDER BY" not in plan, plan
            assert "Sort Key" not in plan, plan
