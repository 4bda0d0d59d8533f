"""Every page has a twin in JSON, made of the same plain data."""

import json
import re

import pytest

from tests import record_cast as cast
from tests.public_pages import all_pages, pages_of_each_kind, tree_of, twin_of
from tests.record_cast import append_cast, append_topic

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]

# Where a printing is named by its outlet, the link leads to the article; a choice leads to the comparison.
UNLINKED = {"outlet", "beginnings", "choices"}
# Forms; and printings are named by outlet and date.
ELSEWHERE = {"filters", "kinds", "article", "articles", "branches", "origin"}


def test_every_page_has_a_twin_that_says_its_format_and_the_head_it_was_made_from(client):
    links = {row.seq: row.link for row in append_cast()}
    for address in all_pages():
        response = client.get(twin_of(address))
        assert (response.status_code, response["Content-Type"]) == (200, "application/json"), address
        twin = response.json()
        assert twin["format"] == "claimtrack-page/1"
        head = twin["head"]
        assert head == {"seq": head["seq"], "link": links[head["seq"]], "published_at": "2020-03-01T09:30:00Z"}
        assert {"page", "title", "description"} <= set(twin), address


def test_every_page_names_its_twin_and_its_own_address_in_its_head(client):
    append_cast()
    for address in [*pages_of_each_kind(), "/questions/how-many-moved?stance=denies", "/search?q=dam"]:
        tree = tree_of(client.get(address))
        assert tree.xpath('//link[@rel="alternate"][@type="application/json"]/@href') == [twin_of(address)]
        (canonical,) = tree.xpath('//link[@rel="canonical"]/@href')
        assert canonical == f"http://testserver{address.partition('?')[0]}"


def addresses_in(value):
    """Every address in a twin."""
    if isinstance(value, dict):
        for key, inner in value.items():
            if key == "address" and inner:
                yield inner
            if key not in UNLINKED:
                yield from addresses_in(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from addresses_in(inner)


def test_what_a_twin_links_to_the_page_links_to(client):
    append_cast()
    append_topic()
    for address in pages_of_each_kind():
        tree = tree_of(client.get(address))
        linked = set(tree.xpath("//@href")) | set(tree.xpath("//form/@action")) | {address}
        twin = client.get(twin_of(address)).json()
        assert set(addresses_in(twin)) <= linked, address


def words_in(value, key=""):
    """Every text of a twin that people wrote, and not what only programs read."""
    if isinstance(value, dict):
        for name, inner in value.items():
            if name not in ELSEWHERE:
                yield from words_in(inner, name)
    elif isinstance(value, list):
        for inner in value:
            yield from words_in(inner, key)
    elif isinstance(value, str) and key in (
        "name",
        "summary",
        "exact",
        "hedge",
        "printed_name",
        "cue",
        "reason",
        "text",
    ):
        yield value


def test_what_people_wrote_stands_in_the_page_as_in_its_twin(client):
    append_cast()
    for address in pages_of_each_kind():
        if re.fullmatch(r"/(search|method|data)|/(articles|outlets)/[^/]+", address):
            continue
        page = " ".join(tree_of(client.get(address)).text_content().split())
        for words in words_in(client.get(twin_of(address)).json()):
            assert " ".join(words.split()) in page, (address, words)


def test_a_filtered_page_and_its_twin_show_the_same_rows(client):
    append_cast()
    query = "?stance=denies&actor=a-herder"
    twin = client.get(f"/questions/how-many-moved.json{query}").json()
    assert [row["speaker"]["name"] for row in twin["rows"]] == ["a herder"]
    tree = tree_of(client.get(f"/questions/how-many-moved{query}"))
    assert tree.xpath('//th[@class="comparison__actor"]/a/bdi/text()') == ["a herder"]


def test_a_twin_may_be_read_by_any_page(client):
    assert client.get("/home.json")["Access-Control-Allow-Origin"] == "*"


def test_figures_keep_every_digit(client):
    append_cast()
    text = client.get("/claims/nine-hundred-moved.json").content.decode()
    assert '"lower":850.5,"upper":900' in text


def test_what_cannot_be_answered_is_json_for_those_who_asked_for_json(client):
    for address, status in (("/claims/none.json", 404), ("/method.json?x=1", 400), ("/nowhere.json", 404)):
        response = client.get(address)
        assert (response.status_code, response["Content-Type"]) == (status, "application/json"), address
        assert json.loads(response.content)["status"] == status


def test_the_cast_is_whole():
    assert len(cast.CAST) == 21
