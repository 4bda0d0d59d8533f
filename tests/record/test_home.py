"""Home: the questions, what is contested in them, and what has changed lately."""

import pytest
from django.db import connections
from django.test.utils import CaptureQueriesContext

from record.linked_data.publisher import Publisher
from record.log import Withdrawal, append, head
from record.queries import counts
from tests import record_cast as cast
from tests.public_pages import text_of, texts, tree_of
from tests.record_cast import append_cast, append_topic, replace

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]


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


def test_what_is_most_disputed_stands_first_with_who_holds_it_and_who_contests_it(client):
    append_cast()
    tree = tree_of(client.get("/"))
    assert texts(tree, '//ul[@class="disputes"]/li') == [
        "How many villagers were moved? Claim: About twelve thousand people were moved. "
        "Holds it a herder Contests it Sergei Toqaev",
        "Why were they moved? Claim: They were moved for a dam. Holds it Sergei Toqaev Contests it Herders’ Union",
    ]
    stances = client.get("/home.json").json()["disputed"][1]["stances"]
    assert stances == {"affirms": 1, "disputes": 1}


def test_both_sides_are_named_where_only_a_contrary_claim_contests(client):
    append_cast()
    held = [cast.stance("claim0000001")]
    append([replace(cast.herder_counts, stances=tuple(held))], reason="It denies nothing.")
    other = statement_of("state0000091", "At most nine hundred.", "actor0000004", "claim0000002")
    kept = [said for said in cast.CAST if isinstance(said, cast.d.Statement) and said.id != "state0000001"]
    append([replace(said, stances=()) for said in kept], reason="Nobody else takes a stance.")
    append([other], reason="Another holds the contrary.")
    then = head().seq
    append([cast.question("quest0000009", "later", "What later?")], reason="Later.")
    for address in ("/", f"/?at={then}"):
        (dispute,) = texts(tree_of(client.get(address)), '//ul[@class="disputes"]/li')
        assert dispute == (
            "How many villagers were moved? Claim: About twelve thousand people were moved. Holds it a herder "
            "Contests it Herders’ Union Contrary claim: At most nine hundred people were moved."
        )
    append([replace(other, speaker="actor0000003")], reason="It was the herder too.")
    assert client.get("/home.json").json()["disputed"] == []


def statement_of(public_id, summary, speaker, claim):
    return cast.statement(public_id, summary, speaker=speaker, stances=[cast.stance(claim)])


def test_home_says_in_the_words_of_the_site_what_it_is_about(client, settings):
    append_cast()
    settings.PUBLISHER = Publisher(texts={"description": {"ru": "О долине.\n\nИ о плотине."}})
    (about,) = tree_of(client.get("/")).xpath('//div[@class="hero__side"]/p[@lang="ru"]')
    assert about.text_content() == "О долине."


def test_questions_stand_under_their_topics_and_the_others_below(client):
    append_cast()
    append_topic()
    append([cast.topic("topic0000002", "dams", "Dams", ["quest0000002"], position=0)], reason="Another.")
    append([cast.question("quest0000003", "what-now", "What now?")], reason="Under none.")
    tree = tree_of(client.get("/"))
    assert texts(tree, '//li[@class="topics__item"]//li/a') == [
        "Why were they moved?",
        "How many villagers were moved?",
        "Why were they moved?",
    ]
    assert texts(tree, '//li[@class="questions__item"]//h3') == ["What now?"]


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


# However many questions there are.


def many_questions(count):
    """So many questions; under the last one a contested claim."""
    asked = [
        cast.question(f"quest{number:07d}", f"question-{number}", f"Question {number}?", position=number)
        for number in range(count)
    ]
    disputed = cast.claim("claim0000009", "disputed", "Disputed.", about=asked[-1].id)
    said = [
        cast.statement(
            f"state900000{number}", f"Said {number}.", speaker=speaker, stances=[cast.stance(disputed.id, taken)]
        )
        for number, (speaker, taken) in enumerate([("actor0000001", "affirms"), ("actor0000002", "denies")])
    ]
    return [*asked, disputed, cast.ministry, cast.minister, *said]


def names_of(client, address):
    content = client.get(address).json()
    return [question["name"] for question in content["questions"]], content["next"]


def test_home_shows_the_most_contested_of_many_questions_and_leads_through_all(client):
    append(many_questions(40), reason="Many")
    append([cast.question("quest0000007", "question-7", "Question 7, again?", position=7)], reason="Plainer")
    names, following = names_of(client, "/home.json")
    assert (len(names), names[:2]) == (20, ["Question 39?", "Question 7, again?"])
    listed = []
    while following:
        more, following = names_of(client, following.replace("/?", "/home.json?"))
        listed += more
    assert listed[:2] + listed[-1:] == ["Question 0?", "Question 1?", "Question 39?"] and len(listed) == 40
    assert client.get("/?after=0000000039.quest0000039").status_code == 404
    assert client.get("/?after=later").status_code == 400


def test_home_asks_as_often_of_many_questions_as_of_few(client):
    def count(address):
        with CaptureQueriesContext(connections["public"]) as captured:
            assert client.get(address).status_code == 200
        return len(captured)

    append(many_questions(2), reason="Few")
    few, then = count("/"), head().seq
    append(many_questions(40), reason="Many")
    assert count("/") == few == count(f"/?at={then}")


def test_of_the_past_no_more_is_counted_than_can_be(client, monkeypatch):
    append_cast()
    then = head().seq
    addresses = ("/home.json", "/questions/how-many-moved.json", "/claims/twelve-thousand-moved.json", "/data.json")
    assert [client.get(f"{address}?at={then}").json()["at_least"] for address in addresses] == [False] * 4
    monkeypatch.setattr(counts, "MAX_ROWS", 1)
    assert [client.get(address).json()["at_least"] for address in addresses] == [False] * 4
    assert [client.get(f"{address}?at={then}").json()["at_least"] for address in addresses] == [True] * 4
    assert "at least these" in client.get(f"/?at={then}").content.decode()
