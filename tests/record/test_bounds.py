"""What a document has very many of is shown in part, with a way to the rest."""

import pytest

from record.log import append
from record.queries.question_documents import MOST_STATEMENTS
from tests import record_cast as cast
from tests.public_pages import text_of, texts, tree_of

pytestmark = pytest.mark.django_db


def test_a_statement_that_was_printed_very_often_is_shown_page_by_page(client):
    cast.append_cast()
    printed = [cast.appearance("artic0000001", f"words number {number}") for number in range(60)]
    said = cast.statement(
        "state0000999", "Said once.", stances=[cast.stance("claim0000001", "affirms")], appearances=printed
    )
    append([said], reason="Printed often")
    pages = [client.get(f"/statements/state0000999.json?page={number}").json() for number in (1, 2, 3)]
    shown = [[printing["exact"] for printing in page["printings"]] for page in pages]
    assert sorted(words for part in shown for words in part) == sorted(f"words number {number}" for number in range(60))
    assert [len(part) for part in shown] == [24, 24, 12]
    assert [page["paging"]["next"] for page in pages] == [2, 3, None]
    assert client.get("/statements/state0000999.json?page=4").status_code == 404
    among_others = str(client.get("/claims/claim0000001.json", follow=True).json())
    assert "words number 11" in among_others
    assert "words number 12" not in among_others
    assert "'more_printings': 48" in among_others


def test_a_question_with_many_statements_shows_less_of_each_and_leads_to_the_rest(client):
    cast.append_cast()
    said = "long words " * 200
    claims = [cast.claim(f"claim0{number:06}", f"more-{number}", f"Claim {number}.") for number in range(60, 110)]
    speakers = [cast.actor(f"actor0{number:06}", f"more-{number}", f"Speaker {number}") for number in range(60, 110)]
    statements = [
        cast.statement(
            f"state0{number:06}",
            f"Said {number}.",
            speaker=speakers[number - 60].id,
            stances=[cast.stance("claim0000001", "affirms"), cast.stance(claims[number - 60].id, "denies")],
            appearances=[cast.appearance("artic0000001", f"{part} {said}") for part in range(6)],
            words=said,
            language="en",
        )
        for number in range(60, 110)
    ]
    append([*claims, *speakers, *statements[:3]], reason="Few")
    few = client.get("/questions/how-many-moved.json").json()
    assert len(few["statements"]["state0000060"]["printings"]) == 6
    assert not few["cut"]
    append(statements[3:], reason="Many")
    page = client.get("/questions/how-many-moved").content
    twin = client.get("/questions/how-many-moved.json")
    many = twin.json()
    assert len(page) <= 150_000
    assert len(twin.content) <= 400_000
    assert many["cut"]
    shown = many["statements"]["state0000060"]
    assert (len(shown["printings"]), shown["more_printings"], shown["support"]["articles"]) == (1, 5, 1)
    compared = len(many["claims"]) + len(many["further"])
    assert many["more_claims"] == many["counts"]["claims"] - compared > 0
    assert b'href="/claims?question=how-many-moved"' in page
    listed = client.get("/claims.json?question=how-many-moved")
    assert listed.status_code == 200
    assert listed.json()["entries"]
    affirmed = cast.statement(
        "state0000999", "All of it.", speaker=speakers[0].id, stances=[cast.stance(claim.id) for claim in claims[1:]]
    )
    append([affirmed], reason="Contested")
    tree = tree_of(client.get("/questions/how-many-moved"))
    assert len(many["claims"]) < len(claims) - 1
    assert f" {many['contested'] + len(claims) - 1} contested" in texts(tree, "facts")[0]
    rest = text_of(tree, '//section[@class="short"]/p[a[@href="#further"]]')
    assert rest.endswith(f" {len(many['further']) + many['more_claims']}")


def test_no_table_is_made_of_a_part_of_a_question(client):
    cast.append_cast()
    asked = cast.question("quest0000009", "parts", "What of the parts?")
    claims = [cast.claim(f"claim00009{n:02}", f"part-{n}", f"Part {n}.", about="quest0000009") for n in range(2)]

    def say(number):
        stances = [cast.stance(claim.id, "affirms" if number % 2 else "denies") for claim in claims]
        return cast.statement(f"state0001{number:03}", f"Said {number}.", stances=stances, language="en")

    append([asked, *claims, *map(say, range(10))], reason="Few")
    address = "/questions/parts"
    assert client.get(f"{address}.json").json()["has_table"]
    append([say(number) for number in range(10, MOST_STATEMENTS + 2)], reason="Many")
    whole = client.get(f"{address}.json").json()
    assert whole["cut"] and not whole["has_table"]
    assert b"table-title" not in client.get(address).content


def test_a_question_with_very_many_statements_says_that_its_time_line_and_its_sources_are_a_part(client):
    cast.append_cast()
    numbers = range(100, 205)
    articles = [
        cast.article(f"artic0{number:06}", f"more-{number}", "More", printed_by="outle0000001") for number in numbers
    ]
    statements = [
        cast.statement(
            f"state0{number:06}",
            f"Said {number}.",
            stances=[cast.stance("claim0000001", "affirms")],
            appearances=[cast.appearance(f"artic0{number:06}", "long words")],
        )
        for number in numbers
    ]
    append([*articles, *statements], reason="Many")
    tree = tree_of(client.get("/questions/how-many-moved"))
    assert text_of(tree, '//section[@aria-labelledby="timeline-title"]/p[1]') == (
        "Only a part of the statements is listed here."
    )
    assert text_of(tree, '//h2[@id="origins-title"]/span') in texts(tree, "facts")[0]
    assert "Only a part of them is listed here" in text_of(tree, '//*[@id="origins"]/p[1]')
