"""Every public page asks the same number of questions, however much it shows; the list is that of the URLconf."""

import pytest
from django.db import connections
from django.test import Client
from django.test.utils import CaptureQueriesContext

from record.log import append
from tests import record_cast as cast
from tests.public_pages import pages_of_each_kind, twin_of
from tests.record_cast import appearance, append_cast, append_topic, on, replace, stance, statement, step

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]

MOST = 7
SEARCHES = (
    "/search?q=moved",
    "/search?q=sergei%20moved",
    "/search?q=toqaev&kind=statement",
    "/search?q=moved&actor=toqaev&outlet=mirror&stance=denies&since=2020",
    "/search?q=tokaeyv%20zzz",
    "/compare?actor=sergei-toqaev&actor=a-herder",
    "/compare?article=courier-2020-02-03&article=mirror-2020-02-04",
)


def thirty():
    """Thirty actors who each speak to every claim, in thirty articles, through a chain of two."""
    documents = []
    for number in range(30):
        actor, article = f"actor{number:07d}x"[-12:], f"artic{number:07d}x"[-12:]
        documents += [
            cast.actor(actor, f"speaker-{number}", f"Sergei {number}", names=(cast.name(f"Speaker {number}", "en"),)),
            cast.article(
                article, f"article-{number}", f"No. {number}", printed_by="outle0000001", published=on("2020-05-01")
            ),
            statement(
                f"state{number:07d}x"[-12:],
                f"Saying {number} of those who were moved.",
                speaker=actor,
                said_on=on("2020-04-01"),
                stances=[stance(f"claim000000{claim}", "affirms") for claim in (1, 2, 3, 4)],
                appearances=[
                    appearance(article, chain=[step(actor="actor0000001"), step(outlet="outle0000002")]),
                    appearance("artic0000001", f"words {number}", chain=[step(actor="actor0000002")]),
                ],
            ),
        ]
    return documents


def count(address):
    with CaptureQueriesContext(connections["public"]) as captured:
        response = Client().get(address)
    assert response.status_code == 200, address
    return len(captured)


def counted():
    """The number of queries of every page of the cast, by address."""
    return {each: count(each) for address in [*pages_of_each_kind(), *SEARCHES] for each in (address, twin_of(address))}


def test_pages_ask_as_often_with_thirty_statements_as_with_few_and_at_most_seven_times():
    append_cast()
    append_topic()
    few = counted()
    append(thirty(), reason="Many speak.")
    assert count("/questions/how-many-moved") == few["/questions/how-many-moved"]
    many = counted()
    assert {address: number for address, number in many.items() if number > MOST} == {}
    assert {address: (few[address], many[address]) for address in few if few[address] != many[address]} == {}


def test_one_statement_costs_as_much_as_four():
    one = [
        document
        for document in cast.CAST
        if not isinstance(document, cast.d.Statement) or document.id == "state0000002"
    ]
    append(one, reason="One.")
    alone = count("/questions/how-many-moved"), count("/claims/twelve-thousand-moved"), count("/actors/sergei-toqaev")
    append(cast.CAST, reason="All.")
    append(thirty(), reason="Many.")
    assert alone == (
        count("/questions/how-many-moved"),
        count("/claims/twelve-thousand-moved"),
        count("/actors/sergei-toqaev"),
    )


def test_filters_cost_nothing_more():
    append_cast()
    query = "?actor=a-herder&stance=denies&outlet=river-mirror&language=en&since=2020&until=2020&kind=unnamed"
    assert count(f"/questions/how-many-moved{query}") <= MOST


def test_what_was_merged_costs_one_query_more_at_most():
    append_cast()
    before = count("/questions/why-moved")
    append([cast.redirect("actor0000004", "herders-union", "actor0000001")], reason="The same body.")
    assert count("/questions/why-moved") <= before + 1


def test_thirty_actors_and_twelve_claims_stand_on_one_page():
    claims = [cast.claim(f"claim00001{number:02d}", f"claim-{number}", f"Claim {number}.") for number in range(12)]
    speakers = [cast.actor(f"actor00001{number:02d}", f"actor-{number}", f"Actor {number}") for number in range(30)]
    statements = [
        statement(
            f"state00001{number:02d}",
            f"All of it, says {number}.",
            speaker=speaker.id,
            stances=[stance(claim.id) for claim in claims],
            appearances=[appearance("artic0000001")],
        )
        for number, speaker in enumerate(speakers)
    ]
    append(
        [cast.question_moved, *claims, cast.courier, cast.original.__class__(**plain(cast.original)), *speakers],
        reason="A.",
    )
    append(statements, reason="B.")
    page = Client().get("/questions/how-many-moved.json").json()
    assert (len(page["rows"]), len(page["claims"])) == (30, 12)
    assert all(len(cell) == 1 for row in page["rows"] for cell in row["cells"])
    assert count("/questions/how-many-moved") <= MOST


def plain(article):
    """The article without framings, whose claim is not published here."""
    return {field: getattr(replace(article, framings=()), field) for field in article.__struct_fields__}
