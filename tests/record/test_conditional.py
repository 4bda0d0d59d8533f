"""Conditional requests and the other headers of public answers."""

import pytest
from django.db import connections
from django.test import Client
from django.test.utils import CaptureQueriesContext

from record.api.reads import KINDS_BY_LIST
from record.log import Withdrawal, append, erase_versions
from record.models import Current, Publication
from tests import record_cast as cast
from tests.public_pages import all_pages, headers_of, pages_of_each_kind, twin_of
from tests.record_cast import append_cast, replace

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]


def queries(client, address, **headers):
    with CaptureQueriesContext(connections["public"]) as captured:
        response = client.get(address, headers=headers)
    return response, len(captured)


def test_who_has_the_page_already_is_told_so_with_one_query(client):
    append_cast()
    for address in pages_of_each_kind():
        for each in (address, twin_of(address)):
            etag = client.get(each)["ETag"]
            response, asked = queries(client, each, if_none_match=etag)
            assert (response.status_code, response.content, asked) == (304, b"", 1), each
            assert response["ETag"] == etag


COMPARISONS = (
    "/compare?actor=herders-union&actor=sergei-toqaev",
    "/compare?article=courier-2020-02-03&article=mirror-2020-02-04",
)


def addresses():
    """Pages, comparisons, and what the API answers of one object of each kind."""
    standing = dict(Current.objects.order_by("-publication").values_list("kind", "public_id"))
    found = [*pages_of_each_kind(), *COMPARISONS]
    for name, kind in KINDS_BY_LIST.items():
        found += [f"/api/{name}.json", *([f"/api/{name}/{standing[kind]}.json"] if kind in standing else [])]
    return found


def answers_by_etag(client):
    """The bytes by address and ETag."""
    found = {}
    for address in addresses():
        response = client.get(address)
        if "ETag" in response:
            found[address, response["ETag"]] = response.content
    return found


def test_a_page_whose_etag_is_the_same_is_the_same_whatever_was_published(client):
    append_cast()
    append(
        [cast.topic("topic0000001", "the-valley", "The valley", ["quest0000001", "quest0000002"])], reason="A topic."
    )
    known = answers_by_etag(client)
    fresh = set()
    for act in (
        lambda: append([replace(cast.claim_return, text="They may go home.")], reason="Plainer."),
        lambda: append([replace(cast.claim_dam, text="They were moved for a new dam.")], reason="A plainer wording."),
        lambda: append([replace(cast.minister, name="Sergei Tokayev")], reason="His name."),
        lambda: append([replace(cast.union_disputes, speaker="actor0000002")], reason="The minister said it."),
        # Whom an older version names alone.
        lambda: append([replace(cast.union, name="The union of herders")], reason="Its name."),
        lambda: append([replace(cast.question_why, title="Why the move?")], reason="Shorter."),
        lambda: append([cast.redirect("actor0000004", "herders-union", "actor0000003")], reason="One source."),
        lambda: append([replace(cast.reprint, derived_from=None, derivation="")], reason="A copy no more."),
        lambda: append([cast.redirect("quest0000002", "why-moved", "quest0000001")], reason="One question."),
        lambda: append([Withdrawal("statement", "state0000002")], reason="Not said."),
        lambda: erase_versions(Publication.objects.filter(public_id="claim0000003").values_list("seq", flat=True)),
    ):
        act()
        now = answers_by_etag(client)
        same = now.keys() & known.keys()
        assert {key[0] for key in same if now[key] != known[key]} == set()
        fresh |= {address for address, _ in same}
        known |= now
    parts = (
        "/topics/the-valley",
        "/history",
        "/versions/1",
        "/cite",
        *COMPARISONS,
        "/api/topics.json",
        "/api/outlets/",
    )
    assert [part for part in parts if not any(part in address for address in fresh)] == []


def test_a_publication_leaves_pages_fresh_that_show_nothing_of_it(client):
    append_cast()
    etags = {address: client.get(address)["ETag"] for address in ("/claims/for-the-dam", "/claims/may-return")}
    append([replace(cast.claim_dam, text="They were moved for a new dam.")], reason="A plainer wording.")
    fresh = [client.get(each, headers={"if-none-match": etag}).status_code for each, etag in etags.items()]
    assert fresh == [200, 304]


def test_a_page_changes_with_what_it_shows_of_others(client):
    append_cast()
    said, claim, dam = "/statements/state0000002", "/claims/twelve-thousand-moved", "/claims/may-return"
    etags = {address: client.get(address)["ETag"] for address in (said, claim, dam)}
    again = replace(
        cast.ministry_counts,
        id="state0000020",
        slug="state0000020",
        stances=(cast.stance("claim0000002"),),
        summary="So.",
    )
    append([again], reason="The minister again, to a contrary claim.")
    fresh = [client.get(each, headers={"if-none-match": etag}).status_code for each, etag in etags.items()]
    assert fresh == [200, 200, 304]
    assert [other["name"] for other in client.get(f"{said}.json").json()["beside"]] == ["So."]


def test_two_addresses_never_share_an_etag(client):
    append_cast()
    addresses = [each for address in all_pages() for each in (address, twin_of(address))]
    addresses += ["/questions/how-many-moved?stance=denies", "/questions/how-many-moved?stance=affirms"]
    assert len({client.get(address)["ETag"] for address in addresses}) == len(addresses)


def test_several_etags_weak_or_strong_are_understood_and_nonsense_is_not_an_error(client):
    append_cast()
    etag = client.get("/method")["ETag"]
    assert client.get("/method", headers={"if-none-match": f'"other", {etag}'}).status_code == 304
    for nonsense in ("*", '"', "W/", "\x7f", '"a" "b'):
        assert client.get("/method", headers={"if-none-match": nonsense}).status_code == 200, nonsense


def test_what_does_not_exist_is_never_fresh(client):
    response = client.get("/claims/none", headers={"if-none-match": "*"})
    assert response.status_code == 404
    assert "ETag" not in response


def test_head_answers_as_get_does_without_a_body(client):
    append_cast()
    for address in pages_of_each_kind():
        got, head = client.get(address), client.head(address)
        assert (head.status_code, head.content) == (200, b""), address
        assert headers_of(head) == headers_of(got)


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE", "TRACE", "PROPFIND"])
def test_what_is_public_can_only_be_read(method):
    client = Client(enforce_csrf_checks=True)
    for address in ("/method", "/id/actor0000001", "/export.csv", "/api/claims.json", "/schema.json", "/feed"):
        response = client.generic(method, address)
        assert (response.status_code, response["Allow"]) == (405, "GET, HEAD, OPTIONS"), address
    assert "Pages can only be read" in client.generic(method, "/method").content.decode()


def test_a_page_of_another_site_may_ask_for_all_that_is_public(client):
    """Before it sends headers of its own, and where it is refused or led on."""
    append_cast()
    asked = {"Origin": "https://a.example", "Access-Control-Request-Method": "GET"}
    addresses = ["/export.ndjson", "/schema.json", "/id/claim0000001", "/feed", "/oembed", "/claims/for-the-dam", "/no"]
    for address in addresses:
        answer = client.options(address, headers=asked)
        assert (answer.status_code, answer.content, "Content-Length" in answer) == (204, b"", False), address
        assert "GET" in answer["Access-Control-Allow-Methods"]
        allowed = answer["Access-Control-Allow-Headers"].split(", ")
        assert {"Range", "If-Range", "If-None-Match", "Accept-Datetime"} <= set(allowed)
        for response in (answer, client.get(address), client.post(address)):
            assert response["Access-Control-Allow-Origin"] == "*", address
        assert "ETag" in response["Access-Control-Expose-Headers"], address
    assert "Access-Control-Allow-Origin" not in client.get("/admin/login/")


def test_what_follows_readers_is_no_part_of_an_address(client):
    append_cast()
    plain = client.get("/claims/for-the-dam?at=20")
    for query in ("at=20&utm_source=x&utm_medium=%3D", "fbclid=a&at=20", "gclid=1&_=2&at=20", "%75tm_x&at=20"):
        followed = client.get(f"/claims/for-the-dam?{query}")
        assert (followed.status_code, followed["ETag"], followed.content) == (200, plain["ETag"], plain.content), query
    assert client.get("/export.csv?_=17").status_code == 200
    assert client.get("/ru/export.csv?_=17")["Location"] == "/export.csv"
    for unknown in ("utmsource=1", "__=1", "clid=2", "UTM_X=2"):
        response = client.get(f"/method?{unknown}")
        assert response.status_code == 400 and "knows no parameter" in response.content.decode(), unknown


def test_every_public_answer_is_checked_again_bears_no_cookie_and_is_guarded(client):
    append_cast()
    failures = ["/none", "/claims/none", "/method?x=1", "/actors/actor0000002"]
    for address in [*all_pages(), *map(twin_of, pages_of_each_kind()), *failures]:
        response = client.get(address, headers={"cookie": f"sessionid={'a' * 32}; csrftoken={'b' * 32}"})
        assert response["Cache-Control"] == "no-cache", address
        assert not response.cookies, address
        assert "Cookie" not in response.get("Vary", ""), address
        assert "default-src 'self'" in response["Content-Security-Policy"], address
        assert response["X-Content-Type-Options"] == "nosniff", address
        assert response["Referrer-Policy"] == "same-origin", address
