"""The actor page: names in all scripts, positions over time, whom it relays and who relays it."""

import pytest

from record.log import append
from tests import record_cast as cast
from tests.public_pages import text_of, texts, tree_of
from tests.record_cast import append_cast, on, redirect, replace, stance

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]

MINISTER, MINISTRY = "/actors/sergei-toqaev", "/actors/ministry-of-water"


def test_names_stand_in_all_scripts_each_in_its_direction(client):
    append_cast()
    tree = tree_of(client.get(MINISTER))
    assert texts(tree, '//ul[@class="names"]/li') == [
        "Sergei Toqaev main name, English",
        "Сергей Тоқаев also, Kazakh, Cyrillic script",
        "Sergey Tokayev as printed, English, BGN/PCGN 1979",
        "سەرگەي توقايەۆ also, Kazakh, Arabic script",
    ]
    names = tree.xpath('//bdi[contains(@class, "names__text")]')
    assert [(name.get("lang"), name.get("dir")) for name in names][-1] == ("kk-Arab", "rtl")


def test_positions_stand_by_question_and_claim(client):
    append_cast()
    tree = tree_of(client.get(MINISTER))
    assert texts(tree, "positions__question") == ["How many villagers were moved?", "Why were they moved?"]
    assert texts(tree, '//div[@class="positions__claim"]/h4') == [
        "Claim: About twelve thousand people were moved.",
        "Claim: At most nine hundred people were moved.",
        "Claim: They were moved for a dam.",
    ]


def test_a_change_of_position_over_time_is_marked_with_both_wordings(client):
    append_cast()
    later = replace(
        cast.ministry_counts,
        id="state0000007",
        slug="state0000007",
        said_on=on("2020-04-01"),
        summary="He no longer rules it out.",
        stances=(stance("claim0000001", "qualifies"),),
    )
    append([later], reason="The minister again.")
    positions = texts(tree_of(client.get(MINISTER)), '(//div[@class="positions__claim"])[1]//li[@class="position"]')
    assert "1 April 2020" in positions[0]
    assert "qualifies changed: before, denies" in positions[0]
    assert "He no longer rules it out." in positions[0]
    assert "5 February 2020 denies" in positions[1]


def test_changes_of_position_stand_first_with_both_wordings_and_both_dates(client):
    append_cast()
    later = replace(
        cast.ministry_counts,
        id="state0000007",
        slug="state0000007",
        said_on=on("2020-04-01"),
        role="former minister",
        summary="He no longer rules it out.",
        stances=(stance("claim0000001", "qualifies"),),
    )
    append([later], reason="The minister again.")
    tree = tree_of(client.get(MINISTER))
    turn = texts(tree, '//article[@class="position-change"]//div[@class="pair__side"]')
    assert turn[0].startswith("before, 5 February 2020 denies Fewer than nine hundred")
    assert turn[1].startswith("then, 1 April 2020 qualifies He no longer rules it out.")
    assert "Valley Wire: fewer than 900" in turn[0]
    assert texts(tree, '//section[@aria-labelledby="roles-title"]//li') == [
        "former minister 1 April 2020, 1 statement",
        "minister of water 5 February 2020, 1 statement",
    ]
    assert not tree_of(client.get(MINISTRY)).xpath('//article[@class="position-change"]')


def test_a_reader_goes_on_to_compare_and_to_search_in_the_statements(client):
    append_cast()
    ways = tree_of(client.get(MINISTER)).xpath('//p[@class="page-links"]/a/@href')
    assert ways == ["/compare?actor=sergei-toqaev", "/search?actor=sergei-toqaev"]
    assert texts(tree_of(client.get(ways[1])), "hit__name") == [
        "Fewer than nine hundred people were moved, and for a dam."
    ]
    assert not tree_of(client.get(MINISTRY)).xpath('//p[@class="page-links"]')


def test_the_page_says_whom_an_actor_relays_and_through_whom_it_is_known(client):
    append_cast()
    assert "Sergei Toqaev 1 statement" in text_of(
        tree_of(client.get(MINISTRY)), '//section[@aria-labelledby="relays-title"]'
    )
    tree = tree_of(client.get(MINISTER))
    said = "Fewer than nine hundred people were moved, and for a dam."
    assert texts(tree, '//section[@aria-labelledby="relayed-title"]/ul/li') == [
        f"{name} 1 statement {said}" for name in ("Ministry of Water", "Valley Wire")
    ]
    assert not tree.xpath("//summary//a"), "a link in a summary cannot be told from what opens it"


def test_an_unnamed_source_belongs_to_the_article_that_reports_it(client):
    append_cast()
    page = text_of(tree_of(client.get("/actors/a-herder")), "page-head")
    assert "this article reports without a name: Villages emptied at night (Steppe Courier)" in page


def test_a_withheld_name_is_a_label_and_says_so(client):
    append_cast()
    assert "The name of this actor is withheld." in text_of(tree_of(client.get("/actors/a-herder")), "note")


def test_a_statement_without_a_stance_still_counts_among_the_statements(client):
    append_cast()
    append([replace(cast.union_disputes, stances=())], reason="It bears on no claim.")
    page = client.get("/actors/herders-union.json").json()
    assert list(page["statements"]) == ["state0000003"]
    assert page["questions"] == []
    assert "The dam was never the reason." in client.get("/actors/herders-union").content.decode()


def test_an_old_address_of_a_renamed_actor_redirects(client):
    append_cast()
    append([replace(cast.ministry, slug="water-ministry", name="Water Ministry")], reason="Its new name.")
    response = client.get(MINISTRY)
    assert (response.status_code, response["Location"]) == (301, "/actors/water-ministry")
    assert client.get(f"{MINISTRY}.json")["Location"] == "/actors/water-ministry.json"
    assert client.get(f"{MINISTRY}/history")["Location"] == "/actors/water-ministry/history"


def test_an_old_address_of_a_merged_actor_redirects(client):
    append_cast()
    append([redirect("actor0000004", "herders-union", "actor0000001")], reason="The same body.")
    response = client.get("/actors/herders-union")
    assert (response.status_code, response["Location"]) == (301, MINISTRY)
    page = client.get(f"{MINISTRY}.json").json()
    assert [statement["summary"] for statement in page["statements"].values()] == ["The dam was never the reason."]


def test_an_actor_is_found_by_its_public_id(client):
    append_cast()
    assert client.get("/actors/actor0000002")["Location"] == MINISTER
