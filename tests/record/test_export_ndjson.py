"""/export.ndjson: the log line by line, with its bounds, its sums and its headers."""

import hashlib
import json
import re

import pytest
from django.db import connection, connections
from django.test.utils import CaptureQueriesContext

from record import documents as d
from record.exports import ndjson, stream, take_snapshot
from record.log import Withdrawal, append, head
from record.models import Publication
from tests import record_cast as cast

pytestmark = pytest.mark.django_db
ADDRESS = "/export.ndjson"


def body(response):
    assert response.status_code == 200
    return b"".join(response.streaming_content)


def read(content):
    """First line, entries and last line, once the sum of all but the last has been checked."""
    *lines, last = content.splitlines(keepends=True)
    found = json.loads(last)
    assert found["sha256"] == hashlib.sha256(b"".join(lines)).hexdigest()
    first, *entries = map(json.loads, lines)
    return first, entries, found


def test_it_is_the_whole_log_in_order(client):
    cast.append_history()
    first, entries, last = read(body(client.get(ADDRESS)))
    assert [entry["seq"] for entry in entries] == list(range(1, head().seq + 1))
    assert first["format"] == d.FORMAT
    assert (
        first["head"] == last["head"] == {"seq": head().seq, "link": head().link, "published_at": head().published_at}
    )
    assert (first["as_of"], first["since"], last["count"]) == (None, None, head().seq)


def test_an_entry_has_the_stored_bytes_of_its_document(client):
    cast.append_cast()
    content = body(client.get(ADDRESS))
    assert d.encode(cast.ministry_counts).encode() in content
    _, entries, _ = read(content)
    assert list(entries[0]) == [
        "seq",
        "version",
        "published_at",
        "reason",
        "salt",
        "digest",
        "link",
        "document",
    ]


def test_a_withdrawal_and_an_erased_entry_say_what_they_are_about(client):
    cast.append_history()
    _, entries, _ = read(body(client.get(ADDRESS)))
    empty = [entry for entry in entries if entry["document"] is None]
    assert {(entry["kind"], entry["public_id"]) for entry in empty} == {
        ("statement", "state0000004"),
        ("actor", "actor0000009"),
    }
    assert {entry["salt"] == "" for entry in empty if not entry["reason"]} == {True}


def test_as_of_is_the_log_as_it_ended_there(client):
    cast.append_cast()
    early = body(client.get(f"{ADDRESS}?as_of=21"))
    append([cast.replace(cast.question_why, title="Why?")], reason="Shorter")
    assert body(client.get(f"{ADDRESS}?as_of=21")) == early
    first, entries, _ = read(early)
    assert (first["as_of"], first["head"]["seq"], len(entries)) == (21, 21, 21)
    assert first["head"]["link"] == entries[-1]["link"]


def test_since_is_what_came_after(client):
    cast.append_history()
    _, entries, last = read(body(client.get(f"{ADDRESS}?since=20")))
    assert entries[0]["seq"] == 21 and last["count"] == head().seq - 20
    _, entries, _ = read(body(client.get(f"{ADDRESS}?since=20&as_of=23")))
    assert [entry["seq"] for entry in entries] == [21, 22, 23]


def test_since_begins_with_all_that_was_taken_back_or_erased_up_to_there(client):
    """Whoever has these entries still holds their words: a withdrawal and an erasure reach back to before `since`."""
    cast.append_history()
    erased = [21, *Publication.objects.filter(erased=True).values_list("seq", flat=True)]
    _, entries, last = read(body(client.get(f"{ADDRESS}?since={head().seq}")))
    assert [entry["seq"] for entry in entries] == erased != []
    assert last["count"] == len(erased)
    assert {(entry["document"], entry["salt"], entry["reason"]) for entry in entries} == {(None, "", "")}
    _, entries, _ = read(body(client.get(f"{ADDRESS}?since={erased[0]}")))
    assert [entry["seq"] for entry in entries] == [erased[0], *range(erased[0] + 1, head().seq + 1)]


def test_an_empty_record_is_an_export_without_entries(client):
    first, entries, last = read(body(client.get(ADDRESS)))
    assert (entries, last["count"]) == ([], 0)
    assert first["head"] == {"seq": 0, "link": "", "published_at": None}
    assert read(body(client.get(f"{ADDRESS}?as_of=0&since=0")))[1] == []


@pytest.mark.parametrize("address", ["/export.ndjson", "/export.json"])
@pytest.mark.parametrize(
    ("query", "status", "named"),
    [
        ("as_of=x", 400, "as_of"),
        ("as_of=", 400, "as_of"),
        ("as_of=-1", 400, "as_of"),
        ("as_of=1.0", 400, "as_of"),
        ("as_of=01", 400, "as_of"),
        ("as_of=%D9%A3", 400, "as_of"),
        ("as_of=1%00", 400, "as_of"),
        ("as_of=1&as_of=2", 400, "as_of"),
        ("since=5&as_of=4", 404, "since"),
        ("since=%20", 400, "since"),
        ("sinse=4", 400, "sinse"),
        ("a%00b=1", 400, "query"),
        (f"as_of={'9' * 4000}", 400, "as_of"),
        ("as_of=22", 404, "as_of"),
        ("since=22", 404, "since"),
        (f"as_of={10**30}", 404, "as_of"),
        (f"since={2**63}", 404, "since"),
    ],
)
def test_bounds_that_cannot_be_are_refused_in_words(client, address, query, status, named):
    cast.append_cast()
    response = client.get(f"{address}?{query}")
    assert response.status_code == status
    answer = response.json()
    assert named in (answer["errors"] or answer["sentence"])
    assert response["Access-Control-Allow-Origin"] == "*"


@pytest.mark.parametrize("address", ["/export.ndjson", "/export.json", "/schema.json"])
def test_it_can_only_be_read(client, address):
    for method in ("post", "put", "delete", "patch"):
        assert getattr(client, method)(address).status_code == 405


@pytest.mark.parametrize(
    ("address", "content_type"),
    [("/export.ndjson", "application/x-ndjson"), ("/export.json", "application/json")],
)
def test_its_headers_let_any_page_read_it_and_name_the_download(client, address, content_type):
    cast.append_cast()
    response = client.get(f"{address}?since=3")
    assert response["Content-Type"] == content_type
    assert response["Access-Control-Allow-Origin"] == "*"
    ending = address.rpartition(".")[2]
    assert response["Content-Disposition"] == f'attachment; filename="claimtrack-2020-03-01-21-since-3.{ending}"'
    assert response["Cache-Control"] == "no-cache"
    assert not response.cookies
    b"".join(response.streaming_content)


@pytest.mark.parametrize("address", ["/export.ndjson", "/export.json"])
def test_a_reader_who_has_it_is_told_so(client, address):
    cast.append_cast()
    etag = client.head(address)["ETag"]
    again = client.get(address, headers={"If-None-Match": etag})
    assert (again.status_code, again.content, again["ETag"]) == (304, b"", etag)
    assert client.head(f"{address}?as_of=21")["ETag"] != etag
    append([cast.replace(cast.question_why, title="Why?")], reason="Shorter")
    assert client.get(address, headers={"If-None-Match": etag}).status_code == 200


def test_a_withdrawal_reaches_back_into_what_was_kept(client):
    cast.append_cast()
    etag = client.head(f"{ADDRESS}?as_of=21")["ETag"]
    append([Withdrawal("statement", "state0000003")], reason="Unfounded")
    response = client.get(f"{ADDRESS}?as_of=21", headers={"If-None-Match": etag})
    assert response.status_code == 200 and response["ETag"] != etag
    assert b"never the reason" not in body(response)


@pytest.mark.parametrize("address", ["/export.ndjson", "/export.json"])
def test_head_has_the_headers_and_no_body(client, address):
    cast.append_cast()
    response = client.head(address)
    assert response.status_code == 200 and response.content == b""
    assert response["ETag"] and response["Content-Disposition"]


def test_every_chunk_is_read_by_a_query_of_its_own_and_bounded(monkeypatch):
    cast.append_history()
    whole = b"".join(ndjson.export(take_snapshot(using="default")))
    monkeypatch.setattr(stream, "FIRST_ROWS", 3)
    monkeypatch.setattr(stream, "MAX_ROWS", 7)
    assert b"".join(ndjson.export(take_snapshot(using="default"))) == whole
    with CaptureQueriesContext(connection) as asked:
        chunks = list(ndjson.export(take_snapshot(using="default")))
    counts = [chunk.count(b"\n") for chunk in chunks[1:-1]]
    assert counts == [3, 7, 7, 7, 7]
    assert len(asked) == 1 + len(counts)


def test_a_chunk_ends_where_it_is_full(monkeypatch):
    append([cast.question_moved], reason="First")
    noise = "".join(chr(0x4E00 + n * 7919 % 20000) for n in range(40_000))
    long = [cast.claim(f"clai{n:08d}", f"c-{n}", f"{n} {noise}") for n in range(12)]
    append(long, reason="Long ones")
    append([Withdrawal("claim", long[3].id), Withdrawal("claim", long[9].id)], reason="Gone")
    monkeypatch.setattr(stream, "CHUNK_SIZE", 200_000)
    chunks = list(ndjson.export(take_snapshot(using="default")))
    assert max(map(len, chunks)) < 600_000
    assert len(chunks) > 5
    _, entries, _ = read(b"".join(chunks))
    assert [entry["seq"] for entry in entries] == list(range(1, 16))


@pytest.mark.django_db(transaction=True)
def test_a_reader_who_stops_holds_nothing():
    """Between two chunks there is no transaction open, so that writers and the database's cleaning go on."""
    cast.append_history()
    on = connections["public"]
    content = ndjson.export(take_snapshot())
    next(content), next(content)
    if on.vendor == "postgresql":
        assert re.match("IDLE", on.connection.info.transaction_status.name)
    else:
        assert not on.connection.in_transaction
    append([cast.replace(cast.claim_return, text="In autumn.")], reason="Meanwhile")
    assert len(list(content)) >= 1


def test_what_is_appended_meanwhile_is_not_in_it(monkeypatch):
    cast.append_cast()
    monkeypatch.setattr(stream, "FIRST_ROWS", 2)
    monkeypatch.setattr(stream, "MAX_ROWS", 2)
    content = ndjson.export(take_snapshot(using="default"))
    start = [next(content), next(content)]
    append([cast.replace(cast.question_moved, title="Changed meanwhile?")], reason="Meanwhile")
    _, entries, last = read(b"".join([*start, *content]))
    assert last["count"] == len(entries) == 21
    assert "Changed meanwhile?" not in json.dumps(entries)


@pytest.mark.parametrize("code", [0x09, 0x0A, 0x22, 0x5C, 0x7F, 0x80, 0x2028, 0xFFFF, 0x1F642])
def test_any_sign_in_a_reason_is_written_as_json_writes_it(code):
    reason = f"a{chr(code)}b"
    append([cast.question_moved], reason=reason)
    _, [entry], _ = read(b"".join(ndjson.export(take_snapshot(using="default"))))
    assert entry["reason"] == reason
    assert d.canonical_json(reason) in b"".join(chunk.lines for chunk in stream.lines("", 1, 1, using="default"))
