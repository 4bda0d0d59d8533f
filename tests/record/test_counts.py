"""Every count has one rule: what one page counts, every other page that counts it counts alike."""

import re
from collections import Counter
from io import BytesIO
from pathlib import Path

import pytest

from record.imports import import_record
from record.log import append
from tests import record_cast as cast
from tests.generated_records import publish
from tests.public_pages import text_of, texts, tree_of
from tests.record_cast import append_cast, on, replace, stance, statement

pytestmark = pytest.mark.django_db

DEMONSTRATION = (Path(__file__).parents[1] / "kept_exports" / "demonstration.ndjson").read_bytes()


def records():
    yield "the cast", append_cast
    yield "the demonstration", lambda: import_record(BytesIO(DEMONSTRATION))  # of which the first questions say it
    for seed in (3, 5, 8):
        yield f"made with {seed}", lambda seed=seed: publish(seed)


def numbers_in(words: str) -> list[int]:
    return [int(number.replace(",", "")) for number in re.findall(r"[0-9][0-9,]*", words)]


def facts_of(client, address: str) -> list[int]:
    """The numbers in the line of facts under the title of a page."""
    return numbers_in(
        text_of(tree_of(client.get(address)), '//header[@class="page-head"]/p[contains(@class, "facts")]')
    )


def differing(client, questions=4) -> list[tuple]:
    """Every count that two pages of some questions do not tell alike: where, what the one tells, what the other."""
    found = []

    def same(where, left, right):
        if left != right:
            found.append((where, left, right))

    home = client.get("/home.json").json()
    listed = {part["claim"]["id"]: part for part in home["disputed"]}
    for question in home["questions"][:questions]:
        address = question["address"]
        page = client.get(f"{address}.json").json()
        counts = page["counts"]
        contested = [page["contested"]] if page["contested"] else []
        same(address, question["counts"], counts)
        same(f"{address} claims", counts["claims"], len(page["claims"]))
        same(f"{address} rows", counts["actors"], len(page["rows"]))
        same(f"{address} statements", counts["statements"], len(page["statements"]))
        same(f"{address} behind", (counts["articles"], counts["origins"]), tuple(page["support"].values()))
        same(f"{address} tree", counts["origins"], len(page["origins"]))
        shown = [counts["claims"], *contested, counts["actors"], counts["articles"], counts["origins"]]
        same(f"{address} in words", shown, facts_of(client, address)[: len(shown)])  # the period follows
        card = client.get(f"{address}/embed").content.decode()
        if counts["articles"]:
            same(
                f"{address} card",
                f"{counts['articles']} article" in card and f"{counts['origins']} origin" in card,
                True,
            )
        speakers = len([row for row in page["rows"] if any(row["cells"])])
        same(f"{address} speakers", counts["actors"], speakers)
        for column in page["claims"]:
            stated = client.get(f"{column['address']}.json").json()
            where = column["address"]
            same(f"{where} stances", column["stances"], stated["stances"])
            same(f"{where} behind", column["support"], stated["support"])
            same(f"{where} contested", column["contested"], stated["contested"])
            same(f"{where} held", column["held"], stated["held"])
            same(f"{where} tree", stated["support"]["origins"], len(stated["origins"]))
            taken = Counter(position["stance"] for position in stated["positions"])
            same(f"{where} positions", stated["stances"], dict(taken))
            same(f"{where} in words", list(stated["support"].values()), facts_of(client, where))
            if column["id"] in listed:
                same(f"{where} on home", listed[column["id"]]["stances"], stated["stances"])
        for public_id, said in page["statements"].items():
            alone = client.get(f"/statements/{public_id}.json")
            if alone.status_code == 200:
                same(f"{public_id} behind", said["support"], alone.json()["support"])
                same(f"{public_id} tree", alone.json()["support"]["origins"], len(alone.json()["origins"]))
    return found


@pytest.mark.parametrize("made", [pytest.param(made, id=name.replace(" ", "-")) for name, made in records()])
def test_every_count_is_the_same_on_every_page(client, made):
    made()
    assert client.get("/home.json").json()["questions"]
    assert differing(client) == []


def test_counts_of_a_question_stay_whole_while_filters_narrow_it(client):
    append_cast()
    address = "/questions/how-many-moved"
    whole, narrowed = (client.get(f"{address}.json{query}").json() for query in ("", "?actor=a-herder"))
    assert narrowed["counts"] == whole["counts"]
    assert (len(narrowed["rows"]), narrowed["support"]) == (1, {"articles": 2, "origins": 1})
    page = tree_of(client.get(f"{address}?actor=a-herder"))
    left = page.xpath('//p[@class="facts"]/span[.="Results:"]/following-sibling::span')
    assert [span.text_content() for span in left] == ["1 actor or source", "2 articles, 1 origin"]


def test_counts_of_a_claim_are_those_of_all_pages_of_its_list(client):
    append_cast()
    more = [
        replace(cast.union_disputes, id=f"state00{number:05d}", slug=f"state00{number:05d}")
        for number in range(1000, 1150)
    ]
    append(more, reason="Many.")
    pages = [client.get(f"/claims/for-the-dam.json?page={number}").json() for number in (1, 2)]
    assert [page["stances"] for page in pages] == [{"affirms": 1, "disputes": 151}] * 2
    assert pages[0]["support"] == pages[1]["support"] == {"articles": 3, "origins": 2}
    tree = tree_of(client.get("/claims/for-the-dam?page=2"))
    assert texts(tree, "//header//ul[@class='tally']/li") == ["affirms 1", "disputes 151"]
    assert text_of(tree, '//h2[@id="statements-title"]') == "All statements on it, newest first 152"


def test_claims_of_a_merged_question_count_under_what_it_became(client):
    append_cast()
    append([cast.redirect("quest0000002", "why-moved", "quest0000001")], reason="One question.")
    (question,) = client.get("/home.json").json()["questions"]
    assert question["counts"]["claims"] == 4
    assert differing(client) == []


def test_a_source_that_nobody_names_is_counted_once_on_home_too(client):
    append_cast()
    again = [
        statement(
            f"state000001{number}",
            "So.",
            speaker_label="local people",
            said_on=on("2020-02-01"),
            stances=[stance("claim0000003")],
            appearances=[cast.appearance(article)],
        )
        for number, article in enumerate(["artic0000004", "artic0000001"])
    ]
    append(again, reason="Local people, of two articles.")
    counts = {one["address"]: one["counts"]["actors"] for one in client.get("/home.json").json()["questions"]}
    assert counts["/questions/why-moved"] == 4
    assert differing(client) == []
