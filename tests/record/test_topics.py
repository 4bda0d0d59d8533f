"""Topics, and what claims are about, for readers: pages and their twins, home, search, feeds, exports, the past."""

import pytest
from django.test import Client

from record import search
from record.exports import FORMATS, take_snapshot
from record.log import append, head
from record.log.verification import faults
from tests import record_cast as cast
from tests.public_pages import texts, tree_of
from tests.record_cast import about, append_cast, append_topic, redirect, replace, topic

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]


def get(path):
    response = Client().get(path)
    assert response.status_code == 200, (path, response.content[:300])
    return response.json()


def found_ids(q, **narrow):
    return [hit.public_id for hit in search.search(q, search.SearchFilter(**narrow), using="default").hits]


def test_a_topic_shows_its_introduction_and_its_questions_in_order_with_what_is_counted():
    append_cast()
    append_topic()
    page = get("/topics/the-valley.json")
    assert (page["title"], page["about"]) == ("The valley of Sary", "What is said of the villages that were emptied.")
    shown = [(question["name"], question["counts"]) for question in page["questions"]]
    assert [name for name, _ in shown] == ["Why were they moved?", "How many villagers were moved?"]
    for question in page["questions"]:
        assert get(f"{question['address']}.json")["counts"] == question["counts"]
    assert texts(tree_of(Client().get("/topics/the-valley")), ".//h3") == [name for name, _ in shown]
    links = texts(tree_of(Client().get("/questions/why-moved")), './/header[@class="page-head"]//a')
    assert "The valley of Sary" in links


def test_a_topic_tells_its_claims_in_short_and_what_was_said_in_order_of_time():
    append_cast()
    append_topic()
    page = get("/topics/the-valley.json")
    leading = page["questions"][0]["claims"][0]
    assert leading["held"]["words"] == "held by Sergei Toqaev; disputed by Herders’ Union"
    rows = {row["question"]["name"]: row["marks"] for row in page["timeline"]["rows"]}
    assert list(rows) == ["Why were they moved?", "How many villagers were moved?"]
    events = page["timeline"]["events"]
    assert [event["date"]["latest"] for event in events] == sorted(event["date"]["latest"] for event in events)
    said = next(event for event in events if event["speaker"] == "Sergei Toqaev")
    assert (said["address"], len(said["questions"])) == ("/statements/state0000002", 2)
    assert said["name"] in texts(tree_of(Client().get("/topics/the-valley")), "timeline__summary")
    assert get(f"/topics/the-valley.json?at={head().seq}")["timeline"] == page["timeline"]


def test_a_question_without_statements_counts_none():
    append_cast()
    append_topic()
    append(
        [cast.question("quest0000003", "what-now", "What now?"), replace(cast.valley, questions=("quest0000003",))],
        reason="New.",
    )
    (question,) = get("/topics/the-valley.json")["questions"]
    assert set(question["counts"].values()) == {0}


def test_a_topic_is_read_as_it_stood(settings):
    settings.RECORD_CHECKS = []  # a mirror has no captures to compare with
    append_cast()
    append_topic()
    before = append([cast.question("quest0000003", "what-now", "What now?")], reason="New.")[0].seq
    append([replace(cast.valley, title="Sary", questions=("quest0000003",))], reason="Otherwise.")
    then = get(f"/topics/the-valley.json?at={before}")
    assert (then["title"], len(then["questions"])) == ("The valley of Sary", 2)
    assert [question["name"] for question in get("/topics/the-valley.json")["questions"]] == ["What now?"]
    assert get(f"/questions/why-moved.json?at={before}")["topics"][0]["name"] == "The valley of Sary"
    assert get("/questions/why-moved.json")["topics"] == []
    assert list(faults()) == []


def test_home_names_topics_where_there_is_more_than_one():
    append_cast()
    append_topic()
    one = Client().get("/").content
    assert get("/home.json")["topics"] == []
    assert b"The valley of Sary" not in one.partition(b"Recent changes")[0]
    append([topic("topic0000002", "dams", "Dams", ["quest0000002"], position=0)], reason="Another.")
    assert [(one["name"], one["questions"]) for one in get("/home.json")["topics"]] == [
        ("Dams", 1),
        ("The valley of Sary", 2),
    ]


def test_topics_are_found_and_claims_by_the_names_of_what_they_are_about_in_any_script():
    append_cast()
    assert found_ids("су министрлігі", kinds=["claim"]) == found_ids("сарыдала") == []
    append_topic()
    assert found_ids("valley of sary")[0] == "topic0000001"
    assert found_ids("emptied", kinds=["topic"]) == ["topic0000001"]
    assert found_ids("сарыдала") == ["claim0000003"]
    for name in ("水利部", "су министрлігі", "Ministry of Water"):
        assert found_ids(name, kinds=["claim"]) == ["claim0000003"], name
    assert found_ids("水利部 dam", kinds=["claim"]) == ["claim0000003"]
    assert [hit["name"] for hit in get("/search.json?q=sary&kind=topic")["hits"]] == ["The valley of Sary"]
    assert "The valley of Sary" in [one["name"] for one in get("/suggest.json?q=valley")["suggestions"]]


def test_an_actor_shows_what_is_said_of_it_and_of_what_was_merged_into_it():
    append_cast()
    assert get("/actors/ministry-of-water.json")["claims_about"] == []
    append_topic()
    (said,) = get("/actors/ministry-of-water.json")["claims_about"]
    assert said["claim"]["name"] == "They were moved for a dam."
    assert said["held"]["words"] == get("/claims/for-the-dam.json")["held"]["words"]
    page = tree_of(Client().get("/actors/ministry-of-water"))
    assert "They were moved for a dam." in texts(page, './/section[@id="about"]')[0]
    seq = append([redirect("actor0000001", "ministry-of-water", "actor0000004")], reason="The same.")[0].seq
    assert [one["claim"]["id"] for one in get("/actors/herders-union.json")["claims_about"]] == ["claim0000003"]
    assert get(f"/actors/herders-union.json?at={seq - 1}")["claims_about"] == []
    assert get("/claims/for-the-dam.json")["subjects"][0]["actor"]["name"] == "Herders’ Union"
    assert found_ids("herders", kinds=["claim"]) == ["claim0000003"]


def test_what_is_most_spoken_to_is_said_first_and_the_rest_is_a_search_away():
    append_cast()
    claims = [
        cast.claim(f"claim00001{n:02d}", f"claim-{n}", f"Claim {n}.", subjects=(about("actor0000001"),))
        for n in range(12)
    ]
    append_topic()
    append(claims, reason="Much is said.")
    page = get("/actors/ministry-of-water.json")
    assert len(page["claims_about"]) == 12
    assert page["claims_about"][0]["claim"]["id"] == "claim0000003"
    assert len(get(page["more_about"].replace("/search", "/search.json"))["hits"]) == 13


def test_a_claim_shows_what_it_is_about():
    append_cast()
    append_topic()
    actor, place = get("/claims/for-the-dam.json")["subjects"]
    assert (actor["actor"]["address"], actor["names"]) == ("/actors/ministry-of-water", [])
    assert (place["kind"], [name["text"] for name in place["names"]]) == ("place", ["Sary Valley", "Сарыдала"])
    shown = texts(tree_of(Client().get("/claims/for-the-dam")), './/section[@aria-labelledby="subjects-title"]')
    assert shown == ["What it is about Ministry of Water Sary Valley · Сарыдала place"]


def test_the_feed_of_a_topic_tells_of_what_is_said_under_its_questions():
    append_cast()
    append_topic()
    append([replace(cast.union_disputes, summary="The dam was no reason at all.")], reason="Plainer.")
    assert "The dam was no reason at all." in Client().get("/topics/the-valley/feed").content.decode()
    changed = get("/topics/the-valley/history.json")
    assert changed["title"]


def test_exports_hold_topics_and_what_claims_are_about():
    append_cast()
    append_topic()

    def written(name):
        return b"".join(FORMATS[name](take_snapshot(using="default"))).decode("utf-8-sig")

    rows = written("topic_questions.csv").splitlines()
    assert [row.split(",")[1:4] for row in rows[1:]] == [
        ["quest0000002", "Why were they moved?", "1"],
        ["quest0000001", "How many villagers were moved?", "2"],
    ]
    assert "actor: Ministry of Water | place: Sary Valley [en], Сарыдала [kk-Cyrl]" in written("claims.csv")
    assert '"@type":"Collection","name":"The valley of Sary"' in written("jsonld")
    assert '"alternateName":[{"@value":"Сарыдала","@language":"kk-Cyrl"}]' in written("jsonld")
    assert '"topics":[\n' in written("json")
    assert [item["document"]["title"] for item in get("/api/topics.json")["items"]] == ["The valley of Sary"]
    assert "/topics/the-valley" in Client().get("/sitemap-1.xml").content.decode()
