"""Home: the questions, what is contested in them, and what has changed lately."""

import pytest

from record.log import Withdrawal, append
from tests import record_cast as cast
from tests.public_pages import text_of, texts, tree_of
from tests.record_cast import append_cast, replace

pytestmark = pytest.mark.django_db


def test_an_empty_record_says_that_it_is_empty(client):
    tree = tree_of(client.get("/"))
    assert "Nothing has been published yet." in text_of(tree, "empty")
    assert client.get("/home.json").json()["questions"] == []


def test_each_question_tells_its_claims_actors_articles_and_origins(client):
    append_cast()
    tree = tree_of(client.get("/"))
    assert texts(tree, '//li[@class="questions__item"]//h3') == [
        "How many villagers were moved?",
        "Why were they moved?",
    ]
    facts = texts(tree, '//li[@class="questions__item"]/p[contains(@class, "facts")]')
    assert facts[0] == "2 claims, 2 contested 2 actors and sources 4 articles, 2 origins"
    assert facts[1] == "2 claims, 1 contested 3 actors and sources 3 articles, 3 origins"


def test_contested_claims_stand_under_their_question_with_the_stances_taken(client):
    append_cast()
    tree = tree_of(client.get("/"))
    assert texts(tree, '(//ul[@class="questions__claims"])[2]/li/a') == ["They were moved for a dam."]
    assert texts(tree, '(//ul[@class="questions__claims"])[2]//ul/li') == ["affirms 1", "disputes 1"]


def test_questions_come_in_the_order_the_desk_gave_them(client):
    append_cast()
    append([replace(cast.question_why, position=0)], reason="First things first.")
    questions = client.get("/home.json").json()["questions"]
    assert [question["name"] for question in questions] == ["Why were they moved?", "How many villagers were moved?"]


def test_what_changed_lately_comes_with_its_reason_newest_first(client):
    append_cast()
    append([replace(cast.claim_dam, text="They were moved for a new dam.")], reason="A plainer wording.")
    append([Withdrawal("statement", "state0000003")], reason="The union never said so.")
    tree = tree_of(client.get("/"))
    assert texts(tree, "recent__reason") == ["The union never said so.", "A plainer wording.", "First publication"]
    changes = texts(tree, "recent__changes")
    assert changes[0] == "withdrawn statement entry 23"
    assert changes[1] == "changed claim They were moved for a new dam."


def test_older_versions_and_withdrawn_things_have_no_link_in_the_list_of_changes(client):
    append_cast()
    append([replace(cast.claim_dam, text="They were moved for a new dam.")], reason="A plainer wording.")
    acts = client.get("/home.json").json()["lately"]
    named = {change["name"]: change["address"] for act in acts for change in act["changes"]}
    assert named["They were moved for a dam."] == ""
    assert named["They were moved for a new dam."] == "/claims/for-the-dam"


def test_a_question_without_claims_is_shown(client):
    append([cast.question_moved], reason="A start.")
    assert text_of(tree_of(client.get("/")), '//li[@class="questions__item"]/p[contains(@class, "facts")]') == (
        "0 claims 0 actors and sources 0 articles, 0 origins"
    )
