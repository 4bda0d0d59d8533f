"""The compare page: two actors or two articles side by side, and with whom one can be compared."""

import pytest
from django.db import connections
from django.test import Client
from django.test.utils import CaptureQueriesContext

from record.log import Withdrawal, append
from record.presenters.pairs import meeting_code
from tests import record_cast as cast
from tests.public_pages import text_of, texts, tree_of
from tests.record.test_query_counts import thirty
from tests.record_cast import append_cast, on, redirect, replace, stance

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]

ACTORS = "/compare?actor=sergei-toqaev&actor=a-herder"
ARTICLES = "/compare?article=courier-2020-02-03&article=mirror-2020-02-04"


@pytest.mark.parametrize(
    ("left", "right", "found"),
    [
        ({"affirms"}, {"denies"}, "contrast"),
        ({"opposes"}, {"supports"}, "contrast"),
        ({"affirms"}, {"affirms"}, "agree"),
        ({"denies"}, {"disputes"}, "agree"),
        ({"affirms"}, {"silent"}, "apart"),
        ({"silent"}, {"silent"}, "apart"),
        ({"affirms", "denies"}, {"denies"}, "apart"),
        ({"affirms", "denies"}, {"affirms", "denies"}, "apart"),
    ],
)
def test_two_sides_contradict_agree_or_do_neither(left, right, found):
    assert meeting_code(left, right) == found == meeting_code(right, left)


def test_two_actors_stand_side_by_side_on_every_claim_to_which_both_speak(client):
    append_cast()
    tree = tree_of(client.get(ACTORS))
    assert texts(tree, '//section[@aria-labelledby="contrast"]//h3') == [
        "Claim: About twelve thousand people were moved.",
        "Claim: At most nine hundred people were moved.",
    ]
    first = texts(tree, '(//section[@aria-labelledby="contrast-1"]//div[@class="pair__side"])')
    assert first[0].startswith("Sergei Toqaev denies")
    assert first[1].startswith("a herder affirms (hedge as printed: about)")
    assert "dam" not in " ".join(texts(tree, "//h3")), "the herder says nothing of the dam"
    assert not tree.xpath('//*[@aria-labelledby="beside"]'), "nor anything else on that question"
    assert texts(tree, '//ul[@class="tallyline"]/li') == [
        "They contradict each other 2 claims",
        "In one alone 1 statement",
        "They agree 0 claims",
    ]
    assert texts(tree, '//section[@aria-labelledby="alone"]//div[@class="pair__side"]') == [
        "Only Sergei Toqaev Fewer than nine hundred people were moved, and for a dam. 5 February 2020 "
        "affirms (hedge as printed: as is known) They were moved for a dam.",
        "Only a herder Nothing.",
    ]


def test_answers_to_one_question_with_other_claims_stand_beside_one_another(client):
    append_cast()
    rival = cast.claim("claim0000008", "for-the-army", "They were moved for the army.", about="quest0000002")
    contends = (cast.d.Relation(kind="contrary to", claim="claim0000008"),)
    append([rival, replace(cast.claim_dam, relations=contends)], reason="Two answers.")
    append([replace(cast.union_disputes, stances=(stance("claim0000008"),))], reason="It says so.")
    tree = tree_of(client.get("/compare?actor=sergei-toqaev&actor=herders-union"))
    halves = texts(tree, '//section[@aria-labelledby="beside-1"]//div[@class="pair__side"]')
    assert halves[0].startswith(
        "Sergei Toqaev Claim: They were moved for a dam. is incompatible with They were moved for the army. affirms"
    )
    assert halves[1].startswith(
        "Herders’ Union Claim: They were moved for the army. is incompatible with They were moved for a dam. affirms"
    )
    assert not texts(tree, "empty__line")


def test_an_actor_stands_where_it_stood_last(client):
    append_cast()
    later = replace(
        cast.ministry_counts,
        id="state0000007",
        slug="state0000007",
        said_on=on("2020-04-01"),
        stances=(stance("claim0000001"),),
    )
    append([later], reason="He has changed his mind.")
    page = client.get(ACTORS.replace("?", ".json?")).json()
    assert {one["code"]: [pair["claim"]["id"] for pair in one["pairs"]] for one in page["meetings"]} == {
        "contrast": ["claim0000002"],
        "agree": ["claim0000001"],
        "apart": [],
    }
    agreed = page["meetings"][1]["pairs"][0]
    assert [(entry["stance"], entry["changed"]) for entry in agreed["left"]] == [("affirms", True), ("denies", False)]


def test_two_articles_show_what_both_print_and_where_the_words_differ(client):
    append_cast()
    tree = tree_of(client.get(ARTICLES))
    assert "River Mirror: Villages “emptied at night”, 4 February 2020 is the same text as Steppe Courier" in text_of(
        tree, "note"
    )
    halves = texts(tree, '//section[@aria-labelledby="alone"]//div[@class="pair__side"]')
    assert halves[0] == "Only in Steppe Courier Nothing." and halves[1].startswith("Only in River Mirror ")
    assert texts(tree, "//main//h2")[-1] == "The same in both", "what is equal comes last, folded"
    assert "“moved at night”" in text_of(tree, '//section[@aria-labelledby="alike"]/details/article')


def test_how_one_article_alone_presents_a_claim_is_told(client):
    append_cast()
    (framed,) = client.get(ARTICLES.replace("?", ".json?")).json()["framed"]
    assert (framed["differs"], len(framed["left"]), framed["right"]) == (True, 1, [])
    assert "Nothing on record on how it presents this claim." in text_of(
        tree_of(client.get(ARTICLES)), '//section[@aria-labelledby="presented"]'
    )


def test_of_very_many_statements_on_a_claim_the_newest_are_shown_and_the_others_counted(client):
    append_cast()
    again = [
        replace(
            cast.ministry_counts, id=f"state00001{day:02d}", slug=f"state00001{day:02d}", said_on=on(f"2020-05-{day}")
        )
        for day in range(10, 22)
    ]
    append(again, reason="Again and again.")
    page = client.get(ACTORS.replace("?", ".json?")).json()
    pair = page["meetings"][0]["pairs"][0]
    assert (len(pair["left"]), pair["more"]) == (3, {"left": 10, "right": 0})
    assert "10 earlier statements on this claim" in text_of(
        tree_of(client.get(ACTORS)), '//section[@aria-labelledby="contrast-1"]'
    )


def test_one_alone_is_offered_those_that_share_most_claims_first(client):
    append_cast()
    tree = tree_of(client.get("/compare?actor=sergei-toqaev"))
    assert texts(tree, '//ul[@class="choice-list"]/li') == [
        "a herder 2 claims in common",
        "Herders’ Union 1 claim in common",
    ]
    assert tree.xpath('//ul[@class="choice-list"]//a/@href')[0] == ACTORS
    articles = client.get("/compare.json?article=wire-2020-02-05").json()["choices"]
    assert [(one["outlet"]["name"], one["count"]) for one in articles] == [
        ("River Mirror", 3),
        ("River Mirror", 3),
        ("Steppe Courier", 2),
    ]


def test_without_anything_the_page_offers_whom_to_begin_with(client):
    append_cast()
    tree = tree_of(client.get("/compare"))
    assert texts(tree, '//section[@aria-labelledby="actors-title"]//li')[0] == "Sergei Toqaev 3 claims"
    assert texts(tree, '//section[@aria-labelledby="families-title"]//li') == [
        "River Mirror: Villages “emptied at night”, 4 February 2020 the same text as "
        "Steppe Courier: Villages emptied at night, 3 February 2020. Compare the two"
    ]
    assert "/compare?article=courier-2020-02-03" in tree.xpath('//ul[@class="choice-list"]//a/@href')


def test_two_who_share_nothing_are_told_so(client):
    append_cast()
    tree = tree_of(client.get("/compare?actor=herders-union&actor=a-herder"))
    assert "There is no claim on record that both address." in text_of(tree, "empty")


@pytest.mark.parametrize(
    ("query", "status", "sentence"),
    [
        ("actor=sergei-toqaev&actor=nobody", 400, "No actor has the address “nobody”."),
        ("actor=sergei-toqaev&actor=courier-2020-02-03", 400, "No actor has the address"),
        ("actor=nobody", 400, "No actor has the address “nobody”."),
        ("article=wire-2020-02-05&article=x", 400, "No article has the address “x”."),
        ("actor=sergei-toqaev&actor=sergei-toqaev", 400, "Both lead to Sergei Toqaev"),
        ("actor=sergei-toqaev&actor=actor0000002", 400, "Both lead to Sergei Toqaev"),
        ("actor=a&actor=b&actor=c", 400, "This page compares two"),
        ("actor=sergei-toqaev&article=wire-2020-02-05", 400, "Choose one kind"),
        ("actor=", 400, "This is empty"),
        ("actor=sergei-toqaev&claim=x", 400, "knows no parameter of that name"),
        ("actor=%00", 400, "control character"),
        ("actor=" + "9" * 300, 400, "No actor has the address"),
        ("actor=%E2%80%AE%D9%80&actor=%27%22", 400, "No actor has the address"),
        ("actor=herders-union&actor=sergei-toqaev", 410, "Nobody said so"),
    ],
)
def test_what_cannot_be_compared_is_told_in_words(client, query, status, sentence):
    append_cast()
    if status == 410:
        gone = [Withdrawal("statement", "state0000003"), Withdrawal("actor", "actor0000004")]
        append(gone, reason="Nobody said so.")
    for address in (f"/compare?{query}", f"/compare.json?{query}"):
        response = client.get(address)
        assert response.status_code == status
        assert sentence in response.content.decode().replace("&#34;", '"')


def test_a_wrong_second_leads_back_to_the_choice(client):
    append_cast()
    page = client.get("/compare?actor=sergei-toqaev&actor=nobody").content.decode()
    assert 'href="/compare?actor=sergei-toqaev"' in page


def test_old_addresses_and_merged_actors_are_compared_as_what_they_are_now(client):
    append_cast()
    append([replace(cast.minister, slug="toqaev", name="S. Toqaev")], reason="Shorter.")
    assert client.get(f"{ACTORS.replace('?', '.json?')}").json()["left"]["name"] == "S. Toqaev"
    append([redirect("actor0000003", "a-herder", "actor0000004")], reason="The same.")
    page = client.get(ACTORS.replace("?", ".json?")).json()
    assert page["right"]["name"] == "Herders’ Union"
    assert {pair["claim"]["id"] for one in page["meetings"] for pair in one["pairs"]} >= {
        "claim0000001",
        "claim0000002",
    }


def test_comparing_costs_at_most_six_queries_and_as_many_with_thirty_actors():
    append_cast()

    def count(address):
        with CaptureQueriesContext(connections["public"]) as captured:
            assert Client().get(address).status_code == 200
        return len(captured)

    addresses = ["/compare", "/compare?actor=sergei-toqaev", "/compare?article=wire-2020-02-05", ACTORS, ARTICLES]
    few = [count(address) for address in addresses]
    assert max(few) <= 6
    append(thirty(), reason="Many speak.")
    assert [count(address) for address in addresses] == few
