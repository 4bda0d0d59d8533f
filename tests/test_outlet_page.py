"""The outlet page: its articles, whose words it carries, and through whom they reach it."""

import pytest

from record.log import append

from . import record_cast as cast
from .public_pages import text_of, texts, tree_of
from .record_cast import append_cast, article, on

pytestmark = pytest.mark.django_db

MIRROR = "/outlets/river-mirror"


def test_articles_come_newest_first_with_what_they_derive_from(client):
    append_cast()
    articles = texts(tree_of(client.get(MIRROR)), '//section[@aria-labelledby="articles-title"]//li')
    assert articles == [
        "February 2020 Су министрлігі: тоғыз жүзден аз",
        "4 February 2020 Villages “emptied at night” the same text as Villages emptied at night",
    ]


def test_it_tells_whose_words_it_carries_and_through_whom(client):
    append_cast()
    tree = tree_of(client.get(MIRROR))
    carried = texts(tree, '//section[@aria-labelledby="carried-title"]//li')
    assert [line.partition("\n")[0].split(" ")[0] for line in carried] == ["a", "Herders’", "local", "Sergei"]
    sources = texts(tree, '//section[@aria-labelledby="sources-title"]//li')
    assert set(sources) == {
        "local radio 1 statement",
        "Ministry of Water 1 statement",
        "Steppe Courier 1 statement",
        "Valley Wire 1 statement",
    }


def test_state_control_and_homepage_are_told(client):
    append_cast()
    assert "controlled by a state" in text_of(tree_of(client.get("/outlets/valley-wire")), "head")
    page = tree_of(client.get("/outlets/steppe-courier"))
    assert page.xpath('//p[@class="outward"]/a/@href') == ["https://courier.example/"]


def test_an_outlet_that_has_printed_nothing_on_record_says_so(client):
    append([cast.courier], reason="An outlet.")
    assert texts(tree_of(client.get("/outlets/steppe-courier")), "empty__line") == [
        "No article of this outlet is recorded here.",
        "No statement printed here is recorded.",
    ]


def test_many_articles_come_in_pages_and_none_is_lost(client):
    append_cast()
    more = [
        article(
            f"artic00{number:05d}",
            f"courier-{number}",
            f"No. {number}",
            printed_by="outle0000001",
            published=on("2021-01-01"),
        )
        for number in range(1000, 1150)
    ]
    append(more, reason="A year of papers.")
    first, second = (client.get(f"/outlets/steppe-courier.json?page={page}").json() for page in (1, 2))
    addresses = [one["address"] for page in (first, second) for one in page["articles"]]
    assert len(addresses) == len(set(addresses)) == 151
    assert client.get("/outlets/steppe-courier?page=3").status_code == 404
