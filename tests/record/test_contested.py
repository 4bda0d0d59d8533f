"""When a claim is contested: one rule, by itself and on every page that says it."""

import json

import pytest
from msgspec.structs import replace

from record.documents.contested_claims import (
    contested_claims,
    count_position,
    is_contested,
    label_of_speaker_key,
    speaker_key,
    stances_by_claim,
)
from record.documents.vocabulary import RELATIONS
from record.log import append
from record.models import Position
from tests import record_cast as cast
from tests.public_pages import text_of, texts, tree_of
from tests.record_cast import appearance, append_cast, on, stance, statement

pytestmark = pytest.mark.any_database


def tally(*positions):
    """The tally of (stance, speaker) pairs."""
    found = {}
    for taken, speaker in positions:
        count_position(found, taken, speaker)
    return found


@pytest.mark.parametrize(
    ("positions", "contested"),
    [
        ([("affirms", "a"), ("denies", "b")], True),
        ([("supports", "a"), ("opposes", "b")], True),
        ([("affirms", "a"), ("disputes", "b")], True),
        ([("affirms", "a"), ("qualifies", "b")], True),
        ([("denies", "a"), ("qualifies", "b")], True),
        ([("affirms", "a"), ("denies", "a")], False),
        ([("affirms", "a"), ("qualifies", "a")], False),
        ([("affirms", "a"), ("denies", "a"), ("denies", "b")], True),
        ([("affirms", "a"), ("affirms", "b"), ("denies", "b")], True),
        ([("affirms", "b"), ("denies", "b"), ("qualifies", "a")], True),
        ([("affirms", "a"), ("supports", "b")], False),
        ([("denies", "a"), ("opposes", "b"), ("disputes", "c")], False),
        ([("qualifies", "a"), ("qualifies", "b")], False),
        ([("affirms", "a"), ("silent", "b"), ("declines", "c"), ("relays", "d")], False),
        ([], False),
    ],
)
def test_a_claim_is_contested_where_different_speakers_stand_apart(positions, contested):
    assert is_contested(tally(*positions)) is contested


@pytest.mark.parametrize("kind", RELATIONS)
@pytest.mark.parametrize(
    ("left", "right", "apart"),
    [
        ([("affirms", "a")], [("affirms", "b")], True),
        ([("supports", "a")], [("affirms", "b")], True),
        ([("affirms", "a")], [("affirms", "a")], False),
        ([("affirms", "a"), ("affirms", "b")], [("affirms", "b")], True),
        ([("affirms", "a")], [("denies", "b")], False),
        ([("affirms", "a")], [("qualifies", "b")], False),
        ([("affirms", "a")], [], False),
    ],
)
def test_both_of_two_opposed_claims_are_contested_where_different_speakers_hold_them(kind, left, right, apart):
    one = cast.claim("claim000000a", "a", "A.", relations=(cast.d.Relation(kind=kind, claim="claim000000b"),))
    other = cast.claim("claim000000b", "b", "B.")
    found = contested_claims([one, other], {one.id: tally(*left), other.id: tally(*right)})
    opposed = kind in ("contradicts", "contrary to")
    assert found == ({one.id, other.id} if apart and opposed else set())


def test_a_relation_to_a_merged_claim_is_one_to_what_it_became():
    one = cast.claim("claim000000a", "a", "A.", relations=(cast.d.Relation(kind="contradicts", claim="claim000000o"),))
    other = cast.claim("claim000000b", "b", "B.")
    tallies = {one.id: tally(("affirms", "a")), other.id: tally(("affirms", "b"))}
    resolve = {"claim000000o": other.id}.get
    assert contested_claims([one, other], tallies) == set()
    assert contested_claims([one, other], tallies, lambda key: resolve(key, key)) == {one.id, other.id}


def test_a_label_is_a_speaker_of_its_article_and_the_same_in_it():
    def key(label, article):
        said = statement("state000000a", "So.", speaker_label=label, appearances=[appearance(article)])
        return speaker_key(said, str)

    assert key("local  people", "artic0000001") == key("local people", "artic0000001")
    assert key("local people", "artic0000001") != key("local people", "artic0000002")
    assert key("local people", "artic0000001") != key("a herder", "artic0000001")
    assert label_of_speaker_key(key("local people", "artic0000001")) == "local people"


def test_long_labels_that_begin_alike_are_told_apart_and_shown_cut():
    keys = []
    for end in "ab":
        said = statement(
            "state000000a", "So.", speaker_label="x " * 200 + end, appearances=[appearance("artic0000001")]
        )
        keys.append(speaker_key(said, str))
    assert keys[0] != keys[1]
    assert max(map(len, keys)) <= 160
    assert label_of_speaker_key(keys[0]).endswith("x …") and len(label_of_speaker_key(keys[0])) == 121


def test_where_merged_claims_meet_the_stance_towards_the_one_that_stands_counts():
    said = statement("state000000a", "So.", stances=[stance("claim000000o", "denies"), stance("claim000000b")])
    taken = stances_by_claim(said, lambda key: {"claim000000o": "claim000000b"}.get(key, key))
    assert {claim: one.stance for claim, one in taken.items()} == {"claim000000b": "affirms"}


# On the pages.


def marked(client) -> dict[str, set[bool]]:
    """Of each claim of the cast, what every page and twin that says so says of it: contested or not."""
    said = {}

    def say(claim, contested):
        said.setdefault(claim, set()).add(contested)

    home = client.get("/home.json").json()
    for question in home["questions"]:
        page = client.get(f"{question['address']}.json").json()
        assert page["contested"] == question["contested"]
        disputed = {one["claim"]["id"] for one in home["disputed"] if one["question"]["id"] == question["id"]}
        assert disputed <= {claim["id"] for claim in page["claims"] if claim["contested"]}
        narrowed = client.get(f"{question['address']}.json?stance=silent").json()
        for claim in (*page["claims"], *narrowed["claims"]):
            say(claim["id"], claim["contested"])
        for claim in page["claims"]:
            say(claim["id"], client.get(f"{claim['address']}.json").json()["contested"])
            card = text_of(tree_of(client.get(f"{claim['address']}/embed")), "//blockquote/p")
            say(claim["id"], card.startswith("Contested claim:"))
            heading = text_of(tree_of(client.get(claim["address"])), '//header[@class="page-head"]/p[1]')
            say(claim["id"], heading.endswith("contested"))
    return said


@pytest.mark.django_db
def test_all_pages_say_the_same_of_a_claim(client):
    append_cast()
    assert marked(client) == {
        "claim0000001": {True},
        "claim0000002": {True},
        "claim0000003": {True},
        "claim0000004": {False},
    }


@pytest.mark.django_db
def test_claims_of_two_questions_that_are_contrary_are_contested_on_both_pages(client):
    append_cast()
    spring = replace(cast.claim_return, relations=(cast.d.Relation(kind="contradicts", claim="claim0000003"),))
    never = statement("state0000008", "They may.", speaker="actor0000004", stances=[stance("claim0000004")])
    dam = replace(cast.claim_dam, question="quest0000001")
    append([spring, dam, never], reason="Moved to the other question.")
    assert marked(client)["claim0000004"] == {True}
    append([replace(spring, relations=(cast.d.Relation(kind="supersedes", claim="claim0000003"),))], reason="No.")
    assert marked(client)["claim0000004"] == {False}


@pytest.mark.django_db
def test_one_actor_that_changed_its_mind_does_not_contest_a_claim(client):
    append_cast()
    now = statement("state0000008", "They may not.", speaker="actor0000004", stances=[stance("claim0000004", "denies")])
    before = replace(now, id="state0000009", slug="state0000009", stances=(stance("claim0000004"),))
    append([now, before], reason="Two minds.")
    assert marked(client)["claim0000004"] == {False}
    append([replace(before, speaker="actor0000003")], reason="It was the herder.")
    assert marked(client)["claim0000004"] == {True}
    append([cast.redirect("actor0000003", "a-herder", "actor0000004")], reason="One and the same.")
    assert marked(client)["claim0000004"] == {False}


@pytest.mark.django_db
def test_two_labels_of_one_article_contest_a_claim_and_one_label_does_not(client):
    append_cast()
    said = [
        statement(
            f"state000001{number}",
            "So.",
            speaker_label=label,
            stances=[stance("claim0000004", taken)],
            appearances=[appearance("artic0000001")],
        )
        for number, (label, taken) in enumerate([("a driver", "affirms"), ("a driver", "denies")])
    ]
    append(said, reason="A driver.")
    assert marked(client)["claim0000004"] == {False}
    append([replace(said[1], speaker_label="another driver")], reason="There were two.")
    assert marked(client)["claim0000004"] == {True}


@pytest.mark.django_db
def test_who_holds_a_claim_is_told_by_where_each_stood_last_with_three_names_at_most(client):
    append_cast()
    said = [
        statement(
            f"state000002{number}",
            "They may.",
            speaker=f"actor000000{number}",
            said_on=on(f"2020-04-0{number}"),
            stances=[stance("claim0000004")],
        )
        for number in range(1, 5)
    ]
    changed = replace(said[3], id="state0000030", slug="state0000030", said_on=on("2020-05-01"))
    append([*said, replace(changed, stances=(stance("claim0000004", "disputes"),))], reason="Many.")
    page = client.get("/claims/may-return.json").json()
    held = "held by a herder, Sergei Toqaev and Ministry of Water; disputed by Herders’ Union"
    assert page["held"]["words"] == held
    assert page["title"] == f"Claim: The villagers may return in spring — {held}"
    fifth = cast.actor("actor0000005", "mayor", "The mayor")
    append([fifth, replace(said[0], id="state0000031", slug="state0000031", speaker=fifth.id)], reason="One more.")
    held = client.get("/claims/may-return.json").json()["held"]
    assert held["words"].startswith("held by a herder, Sergei Toqaev, Ministry of Water and 1 more;")
    assert [(voice["stance"], voice["speakers"]) for voice in held["voices"]] == [("affirms", 4), ("disputes", 1)]


@pytest.mark.django_db
def test_the_speaker_of_a_position_follows_merges_and_rebuilds():
    append_cast()
    assert set(Position.objects.filter(actor="").values_list("speaker", flat=True)) == {"artic0000004 local people"}
    named = Position.objects.exclude(actor="").values_list("actor", "speaker")
    assert all(actor == speaker for actor, speaker in named)
    append([cast.redirect("artic0000004", "mirror-2020-02-06", "artic0000003")], reason="The same text.")
    assert Position.objects.get(actor="").speaker == "artic0000003 local people"


@pytest.mark.django_db
def test_home_does_not_say_that_every_question_has_competing_answers(client):
    append_cast()
    words = text_of(tree_of(client.get("/")), '//div[@class="hero__side"]/p')
    assert "competing" not in words and words.startswith("Under each question are the claims that answer it.")


# A claim is a claim everywhere.

HELD = "held by Sergei Toqaev; disputed by Herders’ Union"
TITLE = f"Claim: They were moved for a dam — {HELD}"


@pytest.mark.django_db
def test_nothing_that_is_called_by_a_claim_gives_its_words_alone(client):
    append_cast()
    address = "/claims/for-the-dam"
    head = tree_of(client.get(address)).find("head")
    said = {one.get("property") or one.get("name"): one.get("content") for one in head.iter("meta")}
    assert head.findtext("title").startswith(TITLE)
    assert said["og:title"] == TITLE
    assert said["og:description"] == said["description"]
    assert f"A claim, {HELD}: " in said["description"]
    linked = json.loads(head.xpath('//script[@type="application/ld+json"]/text()')[0])
    assert (linked["name"], linked["text"]) == (TITLE, "They were moved for a dam.")
    described = client.get(f"/oembed?url=http://testserver{address}").json()
    assert described["title"] == TITLE
    assert f"Held by {HELD.removeprefix('held by ')}." in described["html"]
    assert "<strong>Contested claim:</strong>" in described["html"]
    for page in ("history", "versions/1", "cite"):
        assert TITLE in client.get(f"{address}/{page}.json").json()["title"]
        crumb = text_of(tree_of(client.get(f"{address}/{page}")), "crumbs")
        assert crumb == "Claim: They were moved for a dam."
    assert TITLE.encode() in client.get(f"{address}/cite.csl.json").content
    assert TITLE in client.get(f"{address}/feed").content.decode()
    (hit,) = client.get("/search.json?q=dam&kind=claim").json()["hits"]
    assert hit["held"] == HELD
    shown = tree_of(client.get("/search?q=dam&kind=claim"))
    assert text_of(shown, "hit__name") == "Claim: They were moved for a dam."
    assert text_of(shown, "holders") == "Held by Sergei Toqaev; disputed by Herders’ Union."


@pytest.mark.django_db
def test_the_heading_of_a_claim_is_followed_at_once_by_who_says_so(client):
    append_cast()
    tree = tree_of(client.get("/claims/may-return"))
    assert text_of(tree, "//h1") == "Claim: The villagers may return in spring."
    assert text_of(tree, "//h1/following-sibling::*[1]") == "Nobody on record affirms it."


@pytest.mark.parametrize("claim", ["for-the-dam", "twelve-thousand-moved"])
@pytest.mark.django_db
def test_no_heading_on_any_page_is_the_words_of_a_claim_alone(client, claim):
    append_cast()
    words = {claim.text for claim in (cast.claim_dam, cast.claim_many, cast.claim_few, cast.claim_return)}
    addresses = ["/", "/actors/sergei-toqaev", "/outlets/steppe-courier", "/questions/why-moved", f"/claims/{claim}"]
    addresses += [
        f"/claims/{claim}/history",
        "/compare?actor=sergei-toqaev&actor=a-herder",
        "/articles/wire-2020-02-05",
    ]
    for address in addresses:
        tree = tree_of(client.get(address))
        assert {"title", *words} & set(texts(tree, "//h1 | //h2 | //h3 | //h4 | //title")) == set(), address
