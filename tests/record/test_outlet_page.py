"""The outlet page: its articles, whose words it carries, and through whom they reach it."""

from importlib import import_module

import pytest

from record.log import append
from tests import record_cast as cast
from tests.public_pages import text_of, texts, tree_of
from tests.record_cast import append_cast, article, on, replace

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]

MIRROR = "/outlets/river-mirror"


def test_articles_come_newest_first_with_what_they_derive_from(client):
    append_cast()
    articles = texts(tree_of(client.get(MIRROR)), '//section[@aria-labelledby="articles-title"]//li')
    assert articles == [
        "February 2020 Су министрлігі: тоғыз жүзден аз credits Valley Wire",
        "4 February 2020 Villages “emptied at night” the same text as Villages emptied at night (Steppe Courier)",
    ]


def test_it_tells_whose_words_it_carries_and_through_whom(client):
    append_cast()
    tree = tree_of(client.get(MIRROR))
    carried = texts(tree, '//section[@aria-labelledby="quoted-title"]//p[@class="quoted-speakers__name"]')
    assert carried == [
        f"{name} 1 statement" for name in ("a herder", "Herders’ Union", "local people", "Sergei Toqaev")
    ]
    sources = texts(tree, '//section[@aria-labelledby="sources-title"]//li')
    assert set(sources) == {
        "local radio 1 statement",
        "Ministry of Water 1 statement",
        "Steppe Courier 1 statement",
        "Valley Wire 1 statement",
    }


def test_state_control_and_homepage_are_told(client):
    append_cast()
    assert "controlled by a state" in text_of(tree_of(client.get("/outlets/valley-wire")), "page-head")
    page = tree_of(client.get("/outlets/steppe-courier"))
    assert page.xpath('//p[@class="external"]/a/@href') == ["https://courier.example/"]


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
    address, seen = "/outlets/steppe-courier.json", []
    while address:
        page = client.get(address).json()
        seen += [(one["published"]["latest"], one["id"]) for one in page["articles"]]
        address = page["more_articles"].replace("?", ".json?")
    assert len(seen) == len(set(seen)) == 151
    assert seen == sorted(seen, reverse=True)


def test_many_statements_go_on_from_an_entry_and_none_is_lost(client, monkeypatch):
    monkeypatch.setattr(import_module("record.pages.article"), "LISTED_AT_ONCE", 7)
    append_cast()
    ids = [f"state00{number:05d}" for number in range(1000, 1020)]
    append([replace(cast.union_disputes, id=one, slug=one) for one in ids], reason="Many.")
    address, seen, pages = f"{MIRROR}.json", [], 0
    while address:
        page = client.get(address).json()
        seen += [one["id"] for speaker in page["speakers"] for one in speaker["statements"]]
        address, pages = page["more_statements"].replace("?", ".json?"), pages + 1
    assert (len(seen), len(set(seen)), pages) == (24, 24, 4)
    last = tree_of(client.get(f"{MIRROR}?before=24"))
    assert not last.xpath('//*[@aria-labelledby="articles-title"]'), "one list at a time"


def test_it_says_from_whom_it_takes_over_and_who_takes_over_from_it(client):
    append_cast()
    takes = text_of(tree_of(client.get(MIRROR)), '//section[@aria-labelledby="reprints-title"]')
    assert takes == (
        "Whom it reprints Steppe Courier 1 article Villages “emptied at night” the same text as "
        "Villages emptied at night credits Valley Wire 1 article"
    )
    taken = text_of(tree_of(client.get("/outlets/steppe-courier")), '//section[@aria-labelledby="reprinted-by-title"]')
    assert taken.startswith("Who reprints it River Mirror 1 article Villages “emptied at night” the same text")


def test_it_says_how_it_treats_claims_in_its_own_voice(client):
    append_cast()
    frames = text_of(
        tree_of(client.get("/outlets/steppe-courier")), '//section[@aria-labelledby="outlet-framings-title"]'
    )
    assert frames.endswith(
        "About twelve thousand people were moved. endorses in the headline of Villages emptied at night: emptied"
    )


@pytest.mark.parametrize(
    ("query", "status"),
    [
        ("before=0", 400),
        ("before=x", 400),
        ("before=" + "9" * 19, 400),
        ("before=1", 404),
        ("after=artic0000001", 400),
        ("after=2020-02-03.artic0000001&before=3", 400),
        ("after=.000000000000", 404),
        ("after=9999-99-99.artic0000001", 200),
        ("before=" + "9" * 18, 200),
        ("page=2", 400),
    ],
)
def test_a_cursor_is_checked_before_it_is_used(client, query, status):
    append_cast()
    assert client.get(f"{MIRROR}?{query}").status_code == status
