"""Pages that mark what is new since an entry that the reader's link names."""

import pytest
from django.conf import settings
from django.db import connections
from django.test import override_settings
from django.test.utils import CaptureQueriesContext

from record.log import Withdrawal, append
from record.queries.querysets import head
from tests import record_cast as cast
from tests.public_pages import headers_of, text_of, texts, tree_of
from tests.record.test_query_counts import thirty
from tests.record_cast import append_cast, append_topic, on, replace, stance

pytestmark = pytest.mark.django_db

QUESTION, CLAIM, ACTOR = "/questions/how-many-moved", "/claims/twelve-thousand-moved", "/actors/sergei-toqaev"


def later():
    """One statement and one correction on the question about how many were moved."""
    new = replace(
        cast.ministry_counts,
        id="state0000009",
        slug="state0000009",
        said_on=on("2020-06-01"),
        summary="He says so again.",
    )
    corrected = replace(cast.herder_counts, stances=(stance("claim0000001", "denies"), *cast.herder_counts.stances[1:]))
    append([new, corrected], reason="He spoke again; the herder was misread.")


def offered(client, page):
    """The link that marks what is new, as the page offers it."""
    (address,) = tree_of(client.get(page)).xpath('//a[contains(@href, "new_since=")]/@href')
    return address


@pytest.mark.parametrize("page", [QUESTION, CLAIM])
def test_the_link_that_a_page_offers_marks_what_was_published_after_it(client, page):
    append_cast()
    address = offered(client, page)
    nothing = tree_of(client.get(address))
    assert "Nothing is new or changed here since" in text_of(nothing, "since")
    assert not texts(nothing, "newmark")
    later()
    tree = tree_of(client.get(address))
    assert text_of(tree, "since").startswith("1 statement and 1 correction since ")
    listed = texts(tree, '//div[contains(@class, "since")]//li')
    assert sorted(listed) == sorted(["He says so again. new", f"{cast.herder_counts.summary} corrected What changed"])
    assert len(texts(tree, "newmark")) > len(listed), "and where they stand on the page"
    twin = client.get(address.replace("?", ".json?")).json()["new"]
    assert twin["marks"] == {"state0000009": "new", "state0000001": "corrected"}
    assert twin["words"] == "1 statement and 1 correction"
    assert "new" not in client.get(f"{page}.json").json()


def test_topic_actor_and_home_mark_too_and_home_counts_withdrawals(client):
    append_cast()
    append_topic()
    addresses = [offered(client, page) for page in ("/topics/the-valley", ACTOR, "/")]
    later()
    append([Withdrawal("statement", "state0000004")], reason="Nobody said it.")
    topic, actor, home = (text_of(tree_of(client.get(address)), "since") for address in addresses)
    assert topic.startswith("1 statement and 1 correction since ")
    assert actor.startswith("1 statement since ") and "Corrections" in actor
    assert home.startswith("1 statement, 1 correction and 1 withdrawal since ")
    assert cast.nobody_knows.summary not in home


def test_such_a_page_is_kept_from_search_engines_and_names_the_page_without_marks(client):
    append_cast()
    response = client.get(f"{QUESTION}?new_since=1")
    assert response["X-Robots-Tag"] == "noindex"
    assert tree_of(response).xpath('//link[@rel="canonical"]/@href') == [f"http://testserver{QUESTION}"]
    assert "X-Robots-Tag" not in client.get(QUESTION)
    assert f"{QUESTION}.csv" in tree_of(response).xpath("//a/@href"), "tables are taken without marks"


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ("new_since=999999", "The record ends at entry"),
        ("new_since=" + "9" * 18, "The record ends at entry"),
        ("new_since=" + "9" * 200, "is not the number of an entry"),
        ("new_since=0", "is not the number of an entry"),
        ("new_since=x", "is not the number of an entry"),
        ("new_since=1&new_since=2", "more than once"),
        ("new_since=1&at=2", "marks nothing as new"),
    ],
)
def test_an_entry_that_cannot_be_is_refused_in_words(client, query, sentence):
    append_cast()
    for address in (f"{QUESTION}?{query}", f"{QUESTION}.json?{query}"):
        response = client.get(address)
        assert response.status_code == 400 and sentence in response.content.decode()
    assert client.get("/method?new_since=1").status_code == 400


def test_very_many_changes_are_said_to_be_more_and_cost_no_more(client):
    append_cast()
    append_topic()
    seq = head().seq
    addresses = [f"{page}?new_since={seq}" for page in (QUESTION, CLAIM, ACTOR, "/topics/the-valley", "/")]

    def count(address):
        with CaptureQueriesContext(connections["public"]) as captured:
            assert client.get(address).status_code == 200
        return len(captured)

    later()
    few = [count(address) for address in addresses]
    append(thirty(), reason="Many speak.")
    assert [count(address) for address in addresses] == few
    assert max(few) <= 10
    more = [replace(each, id=f"m{each.id[1:]}", slug=f"m{each.slug[1:]}") for each in thirty()]
    append(more, reason="And more.")
    assert text_of(tree_of(client.get(addresses[-1])), "since").startswith("More than ")


def test_it_is_not_among_the_kept_pages_and_a_reader_who_has_it_is_told_so(client, tmp_path):
    append_cast()
    backend = "django.core.cache.backends.filebased.FileBasedCache"
    with override_settings(CACHES=settings.CACHES | {"pages": {"BACKEND": backend, "LOCATION": tmp_path}}):
        plain = client.get(QUESTION)
        kept = sorted(tmp_path.iterdir())
        marked = client.get(f"{QUESTION}?new_since=1")
        assert sorted(tmp_path.iterdir()) == kept
        assert b"newmark" in marked.content and client.get(QUESTION).content == plain.content
        assert headers_of(client.get(QUESTION)) == headers_of(plain)
        again = client.get(f"{QUESTION}?new_since=1", headers={"If-None-Match": marked["ETag"]})
        assert again.status_code == 304
        later()
        assert client.get(f"{QUESTION}?new_since=1", headers={"If-None-Match": marked["ETag"]}).status_code == 200
