"""Cards on other people's pages, and their description by oEmbed."""

import pytest
from django.db import connections
from django.test import Client
from django.test.utils import CaptureQueriesContext
from lxml import etree, html

from record.log import Withdrawal, append
from tests import record_cast as cast
from tests.public_pages import tree_of
from tests.record_cast import append_cast, replace

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]

SAID = "/statements/state0000001"


def asked(address, **parameters):
    return Client().get("/oembed", {"url": f"http://testserver{address}", **parameters})


def test_a_card_holds_the_words_as_text_with_speaker_place_and_link():
    append_cast()
    described = asked(SAID).json()
    card = html.fromstring(described["html"])
    assert card.tag == "blockquote"
    assert card.get("cite") == f"http://testserver{SAID}"
    words = card.find("p")
    assert (words.text_content(), words.find("bdi").get("lang")) == ("“moved at night”", "en")
    text = card.text_content()
    assert (
        "a herder" in text and "printed in Steppe Courier, 3 February 2020" in text and "2 articles, 1 origin" in text
    )
    assert card.xpath("//a/@href") == [f"http://testserver{SAID}"]
    assert card.xpath("//script | //@style | //@onclick") == []


def test_the_description_has_what_oembed_demands_of_rich_content():
    append_cast()
    for address in (SAID, "/claims/for-the-dam", "/questions/how-many-moved"):
        response = asked(address)
        described = response.json()
        assert (described["version"], described["type"]) == ("1.0", "rich")
        assert isinstance(described["width"], int) and isinstance(described["height"], int)
        assert response["Access-Control-Allow-Origin"] == "*"
        tree = etree.fromstring(asked(address, format="xml").content)
        assert {one.tag: one.text for one in tree} == {name: str(value) for name, value in described.items()}


def test_a_card_of_a_claim_counts_its_stances():
    append_cast()
    card = html.fromstring(asked("/claims/for-the-dam").json()["html"])
    assert "affirms: 1, disputes: 1" in card.text_content()


def test_a_card_of_a_question_compares_its_answers_the_contested_first():
    append_cast()
    quiet = cast.claim("claim0000009", "some-stayed", "Some stayed.")
    append([quiet], reason="Nobody speaks to it.")
    with CaptureQueriesContext(connections["public"]) as captured:
        card = Client().get("/questions/how-many-moved/embed")
    assert len(captured) <= 4
    answers = [" ".join(item.text_content().split()) for item in html.fromstring(card.content).xpath("//ol/li")]
    assert answers == [
        "About twelve thousand people were moved. (contested) Held by a herder. Contested by Sergei Toqaev.",
        "At most nine hundred people were moved. (contested) Held by Sergei Toqaev. Contested by a herder.",
        "Some stayed. Nobody on record holds it. Nobody on record contests it.",
    ]
    described = html.fromstring(asked("/questions/how-many-moved").json()["html"])
    assert [" ".join(item.text_content().split()) for item in described.xpath("//ol/li")] == answers
    shared = tree_of(Client().get("/questions/how-many-moved")).xpath('//meta[@property="og:description"]/@content')[0]
    assert "About twelve thousand people were moved. Held by a herder; contested by Sergei Toqaev." in shared


def test_a_card_is_as_narrow_and_as_low_as_the_other_page_wants():
    append_cast()
    described = asked(SAID, maxwidth="300", maxheight="120").json()
    assert (described["width"], described["height"]) == (300, 120)
    assert asked(SAID, maxwidth="5000").json()["width"] == 550


@pytest.mark.parametrize(
    "url",
    [
        "https://elsewhere.example/claims/for-the-dam",
        "http://testserver/claims/none",
        "http://testserver/method",
        "http://testserver/none",
        "http://testserver/claims/for-the-dam/history",
        "javascript:alert(1)",
        "http://[",
        "x",
        "http://testserver/%00",
    ],
)
def test_there_is_no_card_for_other_addresses_and_the_answer_says_so(client, url):
    append_cast()
    response = client.get("/oembed", {"url": url})
    assert response.status_code == 404
    assert response.json()["title"] == "Nothing here"


@pytest.mark.parametrize(
    "query",
    ["", "?url=", "?url=x&format=yaml", "?url=x&maxwidth=a", "?url=x&maxheight=0", "?url=x&url=y", "?url=x&q=1"],
)
def test_a_question_that_cannot_be_understood_is_refused_in_words(client, query):
    response = client.get(f"/oembed{query}")
    assert response.status_code == 400
    assert all(response.json()["errors"].values())


def test_a_card_speaks_the_language_of_the_address_it_was_asked_for():
    append_cast()
    card = html.fromstring(asked(f"/ru{SAID}").json()["html"])
    assert card.get("cite") == f"http://testserver/ru{SAID}"


def test_an_old_address_has_the_card_of_where_it_leads_and_a_withdrawn_one_has_none():
    append_cast()
    append([replace(cast.claim_dam, slug="the-dam")], reason="Shorter.")
    append([Withdrawal("statement", "state0000004")], reason="Nobody said it.")
    assert 'cite="http://testserver/claims/the-dam"' in asked("/claims/for-the-dam").json()["html"]
    gone = asked("/statements/state0000004")
    assert (gone.status_code, gone.json()["sentence"]) == (410, "Nobody said it.")


def test_markup_in_the_words_is_text_in_the_card():
    append_cast()
    append([replace(cast.claim_dam, text='<img src=x onerror="alert(1)">')], reason="Marks.")
    card = html.fromstring(asked("/claims/for-the-dam").json()["html"])
    assert card.xpath("//img") == []
    assert card.find("p/span").text == '<img src=x onerror="alert(1)">'


def test_pages_lead_to_their_description_and_to_the_card(client):
    append_cast()
    tree = tree_of(client.get(SAID))
    (address,) = tree.xpath('//link[@type="application/json+oembed"]/@href')
    assert client.get(address).json()["title"] == f"a herder: {cast.herder_counts.summary}"
    (xml,) = tree.xpath('//link[@type="text/xml+oembed"]/@href')
    assert client.get(xml)["Content-Type"] == "text/xml; charset=utf-8"
    assert "“moved at night”" in client.get(f"{SAID}/embed").content.decode()
    assert not tree_of(client.get("/method")).xpath('//link[@type="application/json+oembed"]')


def test_only_the_card_may_stand_in_a_frame(client):
    append_cast()
    card = client.get(f"{SAID}/embed")
    assert "X-Frame-Options" not in card
    assert "frame-ancestors *" in card["Content-Security-Policy"]
    assert "default-src 'self'" in card["Content-Security-Policy"]
    for address in (SAID, "/", "/method", "/none", "/corrections"):
        response = client.get(address)
        assert response["X-Frame-Options"] == "DENY", address
        assert "frame-ancestors 'none'" in response["Content-Security-Policy"], address
