"""The claim page: stances with their statements, origins, relations, framings, pages."""

import pytest

from record.log import append
from tests import record_cast as cast
from tests.public_pages import text_of, texts, tree_of
from tests.record_cast import append_cast, replace, stance

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]

MANY = "/claims/twelve-thousand-moved"


def test_who_holds_it_and_who_contests_it_stand_beside_each_other_with_their_words(client):
    append_cast()
    tree = tree_of(client.get(MANY))
    sides = texts(tree, '//div[@class="answer__sides"]/section')
    assert [side.partition(" “")[0].partition(" Valley")[0] for side in sides] == [
        "Holds it 1 a herder affirms (hedge as printed: about)",
        "Contests it 1 Sergei Toqaev, minister of water denies",
    ]
    assert "“moved at night”" in sides[0] and "Valley Wire: fewer than 900" in sides[1]
    assert not tree.xpath('//h2[@id="statements-title"]'), "nothing is said twice"


def test_silence_and_refusals_stand_below_the_sides_with_the_passage_that_shows_them(client):
    append_cast()
    quiet = [
        replace(
            cast.union_disputes,
            id=f"state000002{number}",
            slug=f"quiet-{number}",
            stances=(stance("claim0000001", taken),),
        )
        for number, taken in enumerate(["silent", "declines"])
    ]
    append([quiet[0], replace(quiet[1], speaker="actor0000001")], reason="They did not say.")
    below = texts(tree_of(client.get(MANY)), "claimsides__rest")
    assert [words.partition(" River")[0] for words in below] == [
        "Would not comment 1 Ministry of Water declines to comment",
        "Silent on it 1 Herders’ Union silent",
    ]


def test_a_figure_says_what_is_counted_and_for_when(client):
    append_cast()
    facts = texts(tree_of(client.get(MANY)), '//dl[@class="figureline"]/div')
    assert facts == [
        "Figure about 12,000 people",
        "What is counted villagers moved from the valley",
        "As of June 2019",
    ]


def test_origins_are_listed_with_the_articles_that_rest_on_them(client):
    append_cast()
    origins = texts(tree_of(client.get(MANY)), '//ul[@class="origins"]/li')
    assert origins == [
        "The account of Ministry of Water 2 articles Valley Wire, 5 February 2020 "
        "River Mirror, February 2020 credits the article above",
        "Reported in Steppe Courier: Villages emptied at night, 3 February 2020 2 articles "
        "River Mirror, 4 February 2020 the same text as the article above",
    ]


def test_relations_are_read_from_both_ends(client):
    append_cast()
    narrower = replace(cast.claim_dam, relations=(cast.d.Relation(kind="narrows", claim="claim0000001"),))
    append([narrower], reason="A relation.")
    relations = {
        address: texts(tree_of(client.get(address)), '//section[@aria-labelledby="relations-title"]//li')
        for address in (MANY, "/claims/nine-hundred-moved", "/claims/for-the-dam")
    }
    assert set(relations[MANY]) == {
        "≠ This is contrary to the claim At most nine hundred people were moved. Held by Sergei Toqaev; "
        "denied by a herder.",
        "This is broader than the claim They were moved for a dam. Held by Sergei Toqaev; disputed by Herders’ Union.",
    }
    held = "About twelve thousand people were moved. Held by a herder; denied by Sergei Toqaev."
    assert relations["/claims/nine-hundred-moved"] == [f"≠ This is contrary to the claim {held}"]
    assert relations["/claims/for-the-dam"] == [f"This narrows the claim {held}"]


def test_the_outlets_own_voice_stands_apart_from_what_its_sources_say(client):
    append_cast()
    framings = texts(tree_of(client.get(MANY)), '//section[@aria-labelledby="framings-title"]//li')
    assert framings == ["Steppe Courier endorses it in the headline of Villages emptied at night: emptied"]


def test_a_claim_that_nobody_speaks_to_says_that_nothing_is_recorded(client):
    append([cast.question_moved, cast.claim_many], reason="A start.")
    assert "No statement on this claim is recorded here." in text_of(tree_of(client.get(MANY)), "empty")


def test_many_statements_come_in_pages_and_none_is_lost_or_shown_twice(client):
    append_cast()
    more = [
        replace(cast.union_disputes, id=f"state00{number:05d}", slug=f"state00{number:05d}")
        for number in range(1000, 1230)
    ]
    append(more, reason="Many.")
    seen = []
    address = "/claims/for-the-dam"
    while address:
        tree = tree_of(client.get(address))
        seen += tree.xpath('//span[@class="statement__summary"]/a/@href')
        further = tree.xpath('//a[@rel="next"]/@href')
        address = further[0] if further else None
    assert len(seen) == len(set(seen)) == 232


def test_the_twin_has_the_figure_as_numbers(client):
    append_cast()
    figure = client.get("/claims/nine-hundred-moved.json").json()["figure"]
    assert (figure["amount"], figure["lower"], figure["upper"]) == (None, 850.5, 900)
