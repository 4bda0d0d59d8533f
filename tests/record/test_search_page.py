"""The search page: marked hits, kinds, pages by cursor, and what is said where nothing is found."""

import pytest

from record.log import append
from tests import record_cast as cast
from tests.public_pages import text_of, texts, tree_of
from tests.record_cast import append_cast, replace

pytestmark = pytest.mark.django_db


def test_a_name_is_found_in_any_script_and_marked_as_it_stands(client):
    append_cast()
    tree = tree_of(client.get("/search", {"q": "Тоқаев"}))
    assert texts(tree, '(//li[@class="hit"])[1]//p[@class="hit__name"]//mark') == ["Toqaev"]
    assert texts(tree, "hit__kind")[0] == "actor"


def test_a_statement_says_whose_it_is(client):
    append_cast()
    tree = tree_of(client.get("/search", {"q": "dam", "kind": "statement"}))
    assert set(texts(tree, "hit__kind")) == {
        "statement · Herders’ Union",
        "statement · Sergei Toqaev · 5 February 2020",
    }


def test_kinds_limit_what_is_found(client):
    append_cast()
    kinds = {hit["kind"] for hit in client.get("/search.json?q=moved&kind=claim&kind=question").json()["hits"]}
    assert kinds == {"claim", "question"}


def test_without_a_query_the_page_only_asks(client):
    tree = tree_of(client.get("/search"))
    assert tree.xpath('//ol[@class="hits"]') == []
    assert tree.xpath('//main//input[@name="q"]')


def test_what_is_not_found_is_said_with_advice(client):
    append_cast()
    tree = tree_of(client.get("/search", {"q": "zebra <b>"}))
    assert "No results for “zebra <b>”." in text_of(tree, "empty")


def test_what_is_not_found_leads_on_to_what_is(client):
    append_cast()
    help = client.get("/search.json?q=dam zzyzx&kind=outlet&since=2020").json()["help"]
    assert [(each["value"], each["address"]) for each in help["filters"]] == [
        ("outlets", "/search?q=dam+zzyzx&since=2020"),
        ("2020", "/search?q=dam+zzyzx&kind=outlet"),
    ]
    assert [each["words"] for each in help["single"]] == ["dam"]
    assert help["absent"] == ["zzyzx"]
    near = client.get("/search.json?q=tokaeyv zzyzx").json()["help"]["near"]
    assert [name["address"] for name in near] == ["/actors/sergei-toqaev"]


def test_kinds_without_words_lead_to_their_lists(client):
    append_cast()
    page = client.get("/search.json?kind=actor&kind=claim").json()
    assert (page["help"], [each["address"] for each in page["lists"]]) == (None, ["/claims", "/actors"])
    assert tree_of(client.get("/search?kind=actor")).xpath('//main//a[@href="/actors"]')
    assert [each["kind"] for each in client.get("/search.json").json()["lists"]] == [
        "question",
        "claim",
        "actor",
        "outlet",
        "article",
    ]


def test_many_hits_go_on_from_a_cursor_and_none_comes_twice(client):
    append_cast()
    more = [
        replace(cast.union_disputes, id=f"state00{number:05d}", slug=f"state00{number:05d}")
        for number in range(1000, 1050)
    ]
    append(more, reason="Many.")
    address, seen = "/search.json?q=reason&kind=statement", []
    while address:
        page = client.get(address).json()
        seen += [hit["id"] for hit in page["hits"]]
        address = page["next"].replace("/search?", "/search.json?")
    assert len(seen) == len(set(seen)) == 51


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ("q=a&q=b", "q"),
        ("q=a&kind=person", "kind"),
        ("q=a&after=9.9", "after"),
        (f"q={'a' * 201}", "q"),
        ("q=a&page=2", "page"),
    ],
)
def test_a_query_that_cannot_be_answered_is_refused_by_the_name_of_its_field(client, query, field):
    response = client.get(f"/search?{query}")
    assert response.status_code == 400
    assert text_of(__import__("lxml.html").html.fromstring(response.content), "errors").startswith(field)
    assert list(client.get(f"/search.json?{query}").json()["errors"]) == [field]


@pytest.mark.parametrize(
    "words", ['"', "*", "a OR b", "NEAR(a b)", "'; DROP TABLE", "a:b", "(((", "-", "&|!", "٪", "😀"]
)
def test_no_words_make_search_stumble(client, words):
    append_cast()
    assert client.get("/search", {"q": words}).status_code == 200
