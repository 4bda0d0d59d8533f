"""The article page: passages in their order, chains, derivation both ways, framings; never the full text."""

from importlib import import_module

import pytest
from msgspec.structs import replace

from record.log import append
from tests import record_cast as cast
from tests.public_pages import text_of, texts, tree_of
from tests.record_cast import append_cast

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]

ORIGINAL, REPRINT = "/articles/courier-2020-02-03", "/articles/mirror-2020-02-04"


def test_passages_stand_in_the_order_of_the_text_with_chain_and_stances(client):
    append_cast()
    early = cast.appearance("artic0000001", "left at dawn")
    early = replace(early, passage=replace(early.passage, start=3, end=15))
    append([replace(cast.union_disputes, appearances=(early,))], reason="Another passage.")
    tree = tree_of(client.get(ORIGINAL))
    assert texts(tree, "insentence") == [
        "we were Steppe Courier: left at dawn , he said …",
        "… we were “moved at night” , he said …",
    ]
    assert texts(tree, "passage__who")[1] == "a herder"
    assert texts(tree, "passage__chain")[1] == "(cue: said) These words in the article"
    assert texts(tree, '(//ul[contains(@class, "passage__stances")])[2]/li') == [
        "affirms (hedge as printed: about) About twelve thousand people were moved.",
        "denies At most nine hundred people were moved.",
    ]


def test_derivation_is_read_both_ways(client):
    append_cast()
    assert "The same text as Villages emptied at night (Steppe Courier, 3 February 2020)" in text_of(
        tree_of(client.get(REPRINT)), "page-head"
    )
    taken_over = text_of(tree_of(client.get(ORIGINAL)), '//section[@aria-labelledby="derived-title"]')
    assert "River Mirror: Villages “emptied at night”, 4 February 2020. The same text as this article." in taken_over
    assert "1 of the 1 statement recorded here is there too." in taken_over


def test_the_original_and_the_archived_copy_are_linked(client):
    archived = replace(cast.capture(), archive_url="https://archive.example/1")
    append_cast()
    append([replace(cast.original, captures=(archived,))], reason="An archived copy.")
    tree = tree_of(client.get(ORIGINAL))
    assert tree.xpath('//p[@class="page-links external"]/a/@href') == [
        "https://courier-2020-02-03.example/1",
        "https://archive.example/1",
    ]


def test_framings_say_how_the_outlet_itself_treats_a_claim(client):
    append_cast()
    framings = text_of(tree_of(client.get(ORIGINAL)), '//section[@aria-labelledby="framings-title"]//li')
    assert framings == "The headline endorses About twelve thousand people were moved. – emptied"


def test_an_article_without_a_headline_is_called_by_its_site_and_day(client):
    append_cast()
    append([replace(cast.original, headline="")], reason="It has none.")
    assert text_of(tree_of(client.get(ORIGINAL)), "//h1") == "courier-2020-02-03.example (2020-02-03)"


def test_an_article_from_which_nothing_is_quoted_says_so(client):
    append([cast.courier, replace(cast.original, framings=())], reason="An article.")
    assert "No statement from this article" in text_of(tree_of(client.get(ORIGINAL)), "empty")


def test_the_headline_says_its_language(client):
    append_cast()
    (headline,) = tree_of(client.get("/articles/mirror-2020-02-06")).xpath("//h1/bdi")
    assert (headline.get("lang"), headline.get("dir")) == ("kk-Cyrl", "ltr")


def test_two_articles_of_the_same_text_say_so_first_and_lead_to_their_comparison(client):
    append_cast()
    for address, said in ((REPRINT, "The same text as"), (ORIGINAL, "The same text was printed by River Mirror")):
        head = tree_of(client.get(address)).xpath('//header[@class="page-head"]')[0]
        assert said in " ".join(head.text_content().split())
        compare = head.xpath('.//a[text()="Compare the two"]/@href')[0]
        assert client.get(compare).status_code == 200
    assert "1 of the 2 statements recorded here are there too." in text_of(tree_of(client.get(REPRINT)), "derivation")


def test_copies_of_one_article_name_one_another(client):
    append_cast()
    copy = replace(cast.reprint, id="artic0000009", slug="wire-copy", outlet="outle0000002", derivation="excerpt")
    append([copy], reason="One more copy.")
    siblings = text_of(tree_of(client.get(REPRINT)), '//section[@aria-labelledby="siblings-title"]')
    assert "Valley Wire: Villages “emptied at night”, 4 February 2020. An excerpt of Steppe Courier" in siblings


def test_passages_that_name_a_merged_article_still_stand(client):
    append_cast()
    append([replace(cast.union_disputes, appearances=(at_place(3),))], reason="Another article.")
    append([cast.redirect("artic0000003", "wire-2020-02-05", "artic0000004")], reason="The same article.")
    quotes = texts(tree_of(client.get("/articles/mirror-2020-02-06")), "report")
    assert sorted(quotes) == [
        "River Mirror: fewer than 900",
        "River Mirror: w",
        "River Mirror: ешкім білмейді",
        "Valley Wire: тоғыз жүзден аз",
    ]


@pytest.mark.parametrize(("bound", "most"), [("PASSAGES_AT_ONCE", 4), ("CHARACTERS_AT_ONCE", 20)])
def test_very_many_passages_or_long_ones_go_on_in_the_order_of_the_text(client, monkeypatch, bound, most):
    monkeypatch.setattr(import_module("record.pages.article"), bound, most)
    append_cast()
    places = [90, 3, 70, 3, 50, 20, 8, 110, 60]
    many = [
        replace(cast.union_disputes, id=public_id, slug=public_id, appearances=(at_place(start),))
        for public_id, start in zip((f"state00{number:05d}" for number in range(1000, 1009)), places, strict=True)
    ]
    append(many, reason="A long report.")
    address, starts, pages = "/articles/wire-2020-02-05.json", [], 0
    while address:
        page = client.get(address).json()
        starts += [passage["start"] for passage in page["passages"]]
        address, pages = page["next"].replace("?", ".json?"), pages + 1
    assert (starts, pages > 1) == (sorted([*places, 40]), True)


def at_place(start):
    printed = cast.appearance("artic0000003", "w")
    return replace(printed, passage=replace(printed.passage, start=start, end=start + 1))


@pytest.mark.parametrize(
    ("after", "status"),
    [
        ("x", 400),
        ("1.2.state0000001", 400),
        ("1.2.state0000001.1.1", 400),
        ("99999999999.1.state0000001.0", 400),
        ("1.1.state0000001.0&after=1.1.state0000001.0", 400),
        ("9999999999.1.state0000001.0", 404),
    ],
)
def test_a_cursor_that_no_page_gave_is_refused_in_words(client, after, status):
    append_cast()
    assert client.get(f"{ORIGINAL}?after={after}").status_code == status
