"""Every table of a page as CSV, from where it stands."""

import csv
import io

import pytest

from record import documents as d
from record.documents.addresses import twin_path
from record.log import append
from record.presenters.page_tables import PAGE_TABLES, table_suffixes
from record.queries.querysets import head
from tests import record_cast as cast
from tests.public_pages import addresses_of, page_names, tree_of
from tests.record.test_query_counts import thirty
from tests.record_cast import append_history, append_topic, replace

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]

QUESTION = "/questions/how-many-moved"
COMPARED = "/compare?actor=sergei-toqaev&actor=a-herder"


def rows_of(client, address):
    response = client.get(address)
    assert (response.status_code, response["Content-Type"]) == (200, "text/csv; charset=utf-8"), address
    return list(csv.DictReader(io.StringIO(response.content.decode("utf-8-sig"))))


def pages(client):
    """Every page of the cast that has tables, by its kind."""
    for name in page_names():
        kind = name.rpartition("_")[2]
        if kind in PAGE_TABLES and kind not in ("compare", "search"):
            yield from ((kind, address) for address in addresses_of(name))
    yield "search", "/search?q=moved"
    yield "compare", COMPARED
    yield "compare", "/compare?article=courier-2020-02-03&article=mirror-2020-02-04"


def test_every_table_of_every_page_is_read_and_its_rows_lead_to_what_they_are_about(client):
    append_history()
    append_topic()
    relations = (d.Relation(kind="contrary to", claim="claim0000001"),)
    append([replace(cast.claim_return, relations=relations)], reason="They cannot both stand.")
    seen = set()
    for kind, page in pages(client):
        path, _, query = page.partition("?")
        for name, suffix in table_suffixes(PAGE_TABLES[kind]).items():
            if (kind, name) in seen and kind != "compare":
                continue
            twin = twin_path(path).removesuffix(".json")
            rows = rows_of(client, f"{twin}{suffix}?{query}".rstrip("?"))
            seen |= {(kind, name)} if rows else set()
            links = {row["permanent_link"] for row in rows if row["permanent_link"]}
            for link in sorted(links)[:2]:
                assert link.startswith("http://testserver/") and "?at=" in link
                response = client.get(link.removeprefix("http://testserver"))
                if kind not in ("history", "corrections"):  # where what is gone is told too
                    assert response.status_code in (200, 301), link
    assert seen == {(kind, name) for kind in PAGE_TABLES for name in table_suffixes(PAGE_TABLES[kind])}


def test_the_page_leads_to_its_tables_with_the_same_filters_and_moment(client):
    append_history()
    seq = head().seq
    page = tree_of(client.get(f"/ru{QUESTION}?stance=denies&at={seq}"))
    addresses = page.xpath('//p[@class="as-csv"]/a/@href')
    suffixes = (".answers.csv", ".csv", ".figures.csv", ".timeline.csv", ".sources.csv")
    assert addresses == [f"{QUESTION}{suffix}?stance=denies&at={seq}" for suffix in suffixes]
    rows = rows_of(client, addresses[1])
    assert rows and {row["stance"] for row in rows} == {"denies"}
    assert {row["permanent_link"].rpartition("=")[2] for row in rows} == {str(seq)}
    assert client.get(f"{QUESTION}.csv?stance=x").status_code == 400
    assert client.get(f"{QUESTION}.nothing.csv").status_code == 404


def test_what_is_most_disputed_is_taken_along_with_both_sides(client):
    append_history()
    rows = rows_of(client, "/home.disputed.csv")
    page = client.get("/home.json").json()["disputed"]
    assert rows and [row["claim"] for row in rows] == [part["claim"]["name"] for part in page]
    assert rows[0]["holds"] == page[0]["holds"]["names"] and rows[0]["contests"] == page[0]["contests"]["names"]
    assert f"/home.disputed.csv?at={head().seq}" in str(client.get(f"/?at={head().seq}").content)


def test_every_article_under_an_origin_is_a_row_that_says_how_deep_it_lies(client):
    append_history()

    def articles(branches, level=0):
        for branch in branches:
            yield branch["name"], level
            yield from articles(branch["branches"], level + 1)

    origins = client.get(f"{QUESTION}.json").json()["origins"]
    expected = [(origin["name"], *pair) for origin in origins for pair in articles(origin["branches"])]
    rows = rows_of(client, f"{QUESTION}.sources.csv")
    assert [(row["origin"], row["article"], int(row["level"])) for row in rows] == expected
    assert {level for *_, level in expected} == {0, 1}


def test_what_could_be_a_formula_is_text(client):
    append_history()
    append([replace(cast.herder_counts, summary='=HYPERLINK("x")')], reason="Odd.")
    assert '\'=HYPERLINK("x")' in {row["summary"] for row in rows_of(client, f"{QUESTION}.csv")}


def test_a_list_that_goes_on_names_its_next_part(client):
    append_history()
    append(thirty(), reason="Many speak.")
    first = client.get("/claims/twelve-thousand-moved.csv")
    assert first["Link"].startswith('</claims/twelve-thousand-moved.csv?page=2>; rel="next"')
    assert rows_of(client, "/claims/twelve-thousand-moved.csv?page=2")
    assert client.get("/corrections.csv?before=1").status_code == 404
    for _kept in range(2):
        listed = client.get("/actor-list.csv?kind=person")
        assert listed["Link"].startswith("</actor-list.csv?kind=person&after=") and 'rel="next"' in listed["Link"]
    found = client.get(f"/search.csv?q=moved&at={head().seq}")
    assert [link.rpartition("; ")[2] for link in found["Link"].split(", ")] == ['rel="next"', 'rel="original timegate"']


def test_lists_and_search_results_are_taken_along_as_they_were_narrowed(client):
    append_history()
    seq = head().seq
    page = tree_of(client.get(f"/claims?kind=figure&at={seq}"))
    (address,) = page.xpath('//p[@class="as-csv"]/a/@href')
    assert address == f"/claims.csv?kind=figure&at={seq}"
    rows = rows_of(client, address)
    assert [row["name"] for row in rows] == [cast.claim_many.text]
    assert rows[0]["under"] == "How many villagers were moved?" and "held by" in rows[0]["held"]
    assert {row["kind"] for row in rows_of(client, "/search.csv?q=moved&kind=claim")} == {"claim"}
    assert client.get("/claims.csv?kind=x").status_code == 400
