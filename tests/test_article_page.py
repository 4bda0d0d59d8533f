"""The article page: passages in their order, chains, derivation both ways, framings; never the full text."""

import pytest
from msgspec.structs import replace

from record.log import append

from . import record_cast as cast
from .public_pages import text_of, texts, tree_of
from .record_cast import append_cast

pytestmark = pytest.mark.django_db

ORIGINAL, REPRINT = "/articles/courier-2020-02-03", "/articles/mirror-2020-02-04"


def test_passages_stand_in_the_order_of_the_text_with_chain_and_stances(client):
    append_cast()
    early = cast.appearance("artic0000001", "left at dawn")
    early = replace(early, passage=replace(early.passage, start=3, end=15))
    append([replace(cast.union_disputes, appearances=(early,))], reason="Another passage.")
    tree = tree_of(client.get(ORIGINAL))
    assert texts(tree, '//li[@class="passage"]/blockquote') == ["“left at dawn”", "“moved at night”"]
    assert texts(tree, "passage__chain")[1] == "a herder (“said”), printed in Steppe Courier"
    assert texts(tree, '(//ul[contains(@class, "passage__stances")])[2]/li') == [
        "affirms hedged: “about” About twelve thousand people were moved.",
        "denies At most nine hundred people were moved.",
    ]


def test_derivation_is_read_both_ways(client):
    append_cast()
    assert "The same text as Villages emptied at night (Steppe Courier, 3 February 2020)" in text_of(
        tree_of(client.get(REPRINT)), "head"
    )
    taken_over = text_of(tree_of(client.get(ORIGINAL)), '//section[@aria-labelledby="derived-title"]')
    assert "River Mirror: Villages “emptied at night” verbatim, 4 February 2020" in taken_over


def test_the_original_and_the_archived_copy_are_linked(client):
    archived = replace(cast.capture(), archive_url="https://archive.example/1")
    append_cast()
    append([replace(cast.original, captures=(archived,))], reason="An archived copy.")
    tree = tree_of(client.get(ORIGINAL))
    assert tree.xpath('//p[@class="outward"]/a/@href') == ["https://courier-2020-02-03.example/1"]
    assert tree.xpath('//a[text()="Archived copy"]/@href') == ["https://archive.example/1"]


def test_framings_say_how_the_outlet_itself_treats_a_claim(client):
    append_cast()
    framings = text_of(tree_of(client.get(ORIGINAL)), '//section[@aria-labelledby="framings-title"]//li')
    assert framings == "The headline endorses About twelve thousand people were moved.: “emptied”"


def test_an_article_without_a_headline_is_called_by_its_address(client):
    append_cast()
    append([replace(cast.original, headline="")], reason="It has none.")
    assert text_of(tree_of(client.get(ORIGINAL)), "//h1") == "https://courier-2020-02-03.example/1"


def test_an_article_from_which_nothing_is_quoted_says_so(client):
    append([cast.courier, replace(cast.original, framings=())], reason="An article.")
    assert "No statement from this article" in text_of(tree_of(client.get(ORIGINAL)), "empty")


def test_the_headline_says_its_language(client):
    append_cast()
    (headline,) = tree_of(client.get("/articles/mirror-2020-02-06")).xpath("//h1/bdi")
    assert (headline.get("lang"), headline.get("dir")) == ("kk-Cyrl", "ltr")
