"""How exports are handed over: parts, compression, what may be kept and for how long, and readers from other sites."""

import gzip
import json
import os
import time
from urllib.parse import urlsplit

import brotli
import pytest
from django.test import override_settings

from record.exports import FORMATS
from record.exports.downloads import RangeNotSatisfiable, choose_encoding, compressed_chunks, read_range
from record.log import Withdrawal, append, erase, erase_versions, file_cache
from tests import record_cast as cast

pytestmark = pytest.mark.any_database  # how a file is handed over, whatever stands in it

ADDRESS = "/export.ndjson"


@pytest.fixture
def state(tmp_path, settings):
    """A state folder of the test's own, for kept files."""
    settings.STATE_DIR = tmp_path
    return tmp_path / "exports"


def body(response):
    return b"".join(response)


def names(folder):
    return sorted(path.name for path in folder.iterdir()) if folder.exists() else []


# Arithmetic of ranges


@pytest.mark.parametrize(
    ("header", "found"),
    [
        ("bytes=0-0", (0, 1)),
        ("bytes=0-99", (0, 100)),
        ("bytes=0-100", (0, 100)),
        ("bytes=99-", (99, 100)),
        ("bytes=10-19", (10, 20)),
        ("bytes=0-", (0, 100)),
        ("bytes=-1", (99, 100)),
        ("bytes=-100", (0, 100)),
        ("bytes=-1000", (0, 100)),
        (" Bytes= 5-6 ", (5, 7)),
        ("bytes=50-999999999999999999", (50, 100)),
    ],
)
def test_a_range_is_the_first_byte_and_the_one_after_the_last(header, found):
    assert read_range(header, 100) == found


@pytest.mark.parametrize("header", ["bytes=100-", "bytes=100-200", "bytes=999999999999999999-", "bytes=-0"])
def test_a_range_past_the_end_cannot_be_given(header):
    with pytest.raises(RangeNotSatisfiable):
        read_range(header, 100)


def test_an_empty_file_has_no_range():
    for header in ("bytes=0-", "bytes=0-0", "bytes=-1"):
        with pytest.raises(RangeNotSatisfiable):
            read_range(header, 0)


@pytest.mark.parametrize(
    "header",
    [
        "",
        "bytes",
        "bytes=",
        "bytes=-",
        "bytes=2-1",
        "bytes=1-2,4-5",
        "items=0-1",
        "bytes=a-b",
        "bytes=٣-",
        "bytes=--1",
        "bytes=0x10-",
        "bytes=1-2-3",
        f"bytes={'9' * 400}-",
    ],
)
def test_what_is_no_single_range_is_passed_over(header):
    assert read_range(header, 100) is None


# What a reader takes


@pytest.mark.parametrize(
    ("accepts", "encoding"),
    [
        ("", ""),
        ("gzip", "gzip"),
        ("gzip, deflate, br", "br"),
        ("br;q=0, gzip", "gzip"),
        ("br;q=0.5, gzip;q=0.8", "gzip"),
        ("gzip;q=0", ""),
        ("identity, gzip;q=0.1", ""),
        ("*", "br"),
        ("*;q=0", ""),
        ("deflate", ""),
        ("gzip;q=x, br;;", ""),
        ("GZIP", "gzip"),
    ],
)
def test_the_encoding_is_one_that_the_reader_takes(accepts, encoding):
    assert choose_encoding(accepts) == encoding


@pytest.mark.parametrize(("encoding", "read"), [("br", brotli.decompress), ("gzip", gzip.decompress), ("", bytes)])
def test_compressed_bytes_do_not_depend_on_the_chunks(encoding, read):
    text = "".join(chr(0x400 + n * 7919 % 2000) for n in range(400_000)).encode()
    made = [
        b"".join(compressed_chunks((text[n : n + size] for n in range(0, len(text), size)), encoding))
        for size in (1_000, 70_001, 5_000_000)
    ]
    assert read(made[0]) == text
    assert len(set(made)) == 1


@pytest.mark.django_db
@pytest.mark.parametrize(("accepts", "read"), [("br", brotli.decompress), ("gzip", gzip.decompress)])
def test_an_export_is_compressed_for_who_takes_it_and_kept(client, state, accepts, read):
    cast.append_cast()
    plain = client.get(ADDRESS)
    assert "Content-Encoding" not in plain and "Accept-Encoding" in plain["Vary"]
    whole = body(plain)
    answer = client.get(ADDRESS, headers={"Accept-Encoding": accepts})
    assert (answer["Content-Encoding"], read(body(answer))) == (accepts, whole)
    assert answer["ETag"] != plain["ETag"]
    assert [name.rpartition(".")[2] for name in names(state)] == [accepts]
    again = client.get(ADDRESS, headers={"Accept-Encoding": accepts})
    assert read(body(again)) == whole and int(again["Content-Length"]) < len(whole)
    assert client.head(ADDRESS, headers={"Accept-Encoding": accepts})["Content-Length"] == again["Content-Length"]


@pytest.mark.django_db
def test_what_is_compressed_already_is_left_as_it_is(client, state):
    cast.append_cast()
    answer = client.get("/export.xlsx", headers={"Accept-Encoding": "br"})
    assert "Content-Encoding" not in answer and body(answer)[:2] == b"PK"
    assert len(names(state)) == 1


# Parts


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["/export.ndjson", "/export.json", "/export.csv"])
def test_a_download_that_broke_off_goes_on_where_it_did(client, state, address):
    cast.append_cast()
    answer = client.get(address)
    whole, etag = body(answer), answer["ETag"]
    assert answer["Accept-Ranges"] == "bytes"
    rest = client.get(address, headers={"Range": "bytes=1000-", "If-Range": etag})
    assert (rest.status_code, body(rest)) == (206, whole[1000:])
    assert rest["Content-Range"] == f"bytes 1000-{len(whole) - 1}/{len(whole)}"
    assert int(rest["Content-Length"]) == len(whole) - 1000 and rest["ETag"] == etag
    middle = client.get(address, headers={"Range": "bytes=5-9"})
    assert (middle.status_code, body(middle)) == (206, whole[5:10])


@pytest.mark.django_db
def test_parts_of_different_states_are_never_mixed(client, state):
    cast.append_cast()
    etag = client.head(ADDRESS)["ETag"]
    append([cast.replace(cast.question_why, title="Why?")], reason="Shorter")
    for stale in (etag, f"W/{client.head(ADDRESS)['ETag']}", "Sun, 01 Mar 2020 09:30:00 GMT"):
        answer = client.get(ADDRESS, headers={"Range": "bytes=1000-", "If-Range": stale})
        assert answer.status_code == 200
        assert body(answer).startswith(b'{"format"')


@pytest.mark.django_db
def test_a_range_past_the_end_is_refused_with_the_size(client, state):
    cast.append_cast()
    size = len(body(client.get(ADDRESS)))
    answer = client.get(ADDRESS, headers={"Range": f"bytes={size}-"})
    assert (answer.status_code, answer["Content-Range"], answer.content) == (416, f"bytes */{size}", b"")


@pytest.mark.django_db
@pytest.mark.parametrize("query", ["since=3", "stance=denies"])
def test_only_whole_snapshots_are_given_in_parts(client, state, query):
    cast.append_cast()
    answer = client.get(f"{ADDRESS}?{query}", headers={"Range": "bytes=1-2"})
    assert (answer.status_code, answer["Accept-Ranges"]) == (200, "none")
    body(answer)
    assert names(state) == []


@pytest.mark.django_db
def test_where_nothing_can_be_kept_the_whole_is_given(client, state, settings):
    cast.append_cast()
    whole = body(client.get(ADDRESS))
    settings.EXPORTS_GB = 0
    assert body(client.get(ADDRESS, headers={"Range": "bytes=1-2"})) == whole
    settings.EXPORTS_GB = 1
    state.write_text("a file where the folder should be")
    assert body(client.get(ADDRESS, headers={"Range": "bytes=1-2", "Accept-Encoding": "gzip"}))[:2] == b"\x1f\x8b"


# What is kept


@pytest.mark.django_db
def test_a_reader_who_stops_leaves_no_file(client, state):
    cast.append_cast()
    answer = client.get(ADDRESS, headers={"Accept-Encoding": "br"})
    next(iter(answer))
    answer.close()
    assert names(state) == []


@pytest.mark.django_db
def test_files_of_an_older_state_are_removed_when_another_is_kept(client, state):
    cast.append_cast()
    body(client.get(ADDRESS, headers={"Accept-Encoding": "br"}))
    [old] = names(state)
    append([Withdrawal("statement", "state0000003")], reason="Unfounded")
    body(client.get(ADDRESS, headers={"Accept-Encoding": "br"}))
    assert len(names(state)) == 1 and old not in names(state)


@pytest.mark.django_db(transaction=True)
def test_an_erasure_removes_every_kept_file(client, state):
    cast.append_history()
    for erasing in (
        lambda: erase("state0000003", reason="On request"),
        lambda: erase_versions([15]),
    ):
        body(client.get(ADDRESS, headers={"Accept-Encoding": "br"}))
        assert len(names(state)) == 1
        erasing()
        assert names(state) == []


def test_the_oldest_files_are_removed_when_all_are_too_large(state, settings, monkeypatch):
    monkeypatch.setattr(file_cache, "MAX_WRITERS", 2)
    settings.EXPORTS_GB = 1 / 1024**2  # 1,024 bytes
    for number in range(4):
        file_cache.keep(f"a-{number}~s~", [b"x" * 400]).close()
    assert names(state) == ["a-2~s~", "a-3~s~"]
    file_cache.keep("b-1~s~", [b"x" * 5000]).close()
    assert names(state) == ["b-1~s~"]


def test_a_file_that_nobody_finishes_is_removed_in_the_end(state, monkeypatch):
    unfinished = file_cache.keep_while_streaming("a-1~s~", [b"x", b"y"])
    next(unfinished)
    assert len(names(state)) == 1
    monkeypatch.setattr(file_cache, "ABANDONED_AFTER", -1)
    file_cache.keep("a-2~s~", [b"x"]).close()
    assert names(state) == ["a-2~s~"]
    assert list(unfinished) == [b"y"]
    assert names(state) == ["a-2~s~"]


def test_a_file_that_is_being_written_is_left_alone_and_no_more_than_a_few_are(state, monkeypatch):
    monkeypatch.setattr(file_cache, "MAX_WRITERS", 2)
    writing = [file_cache.keep_while_streaming(f"a-{number}~s~", [b"x", b"y"]) for number in range(3)]
    assert [next(one) for one in writing] == [b"x"] * 3
    assert len(names(state)) == 2
    assert [list(one) for one in writing] == [[b"y"]] * 3
    assert names(state) == ["a-0~s~", "a-1~s~"]


def test_a_file_that_broke_off_an_hour_ago_makes_room(state, monkeypatch):
    monkeypatch.setattr(file_cache, "MAX_WRITERS", 1)
    unfinished = file_cache.keep_while_streaming("a-1~s~", [b"x", b"y"])
    next(unfinished)
    [path] = state.iterdir()
    for age, left in ((3500, [path.name]), (3700, [])):
        os.utime(path, (time.time() - age, time.time() - age))
        file_cache.keep("a-2~s~", [b"x"])
        assert [name for name in names(state) if name.endswith(".part")] == left
    unfinished.close()


def test_nothing_is_kept_where_no_space_is_given(state, settings):
    settings.EXPORTS_GB = 0
    assert file_cache.keep("a-1~s~", [b"x"]) is None
    assert list(file_cache.keep_while_streaming("a-1~s~", [b"x", b"y"])) == [b"x", b"y"]
    assert names(state) == []


def test_files_of_the_same_state_stay_and_those_of_another_go(state):
    for key in ("json-10~one~", "ndjson-10~one~", "json-9~one~", "json-9~two~"):
        file_cache.keep(key, [b"x"]).close()
        file_cache.keep(key, [b"x"]).close()
    assert names(state) == ["json-9~two~"]
    for key in ("json-10~one~br", "ndjson-10~one~", "json-9~one~"):
        file_cache.keep(key, [b"x"]).close()
    assert names(state) == ["json-10~one~br", "json-9~one~", "ndjson-10~one~"]


@pytest.mark.parametrize(("first", "end"), [(0, 10), (0, 4), (0, 5), (3, 9), (4, 8), (9, 10), (5, 5), (6, 100)])
def test_a_part_of_a_file_is_read_in_blocks_to_its_end_and_no_further(state, monkeypatch, first, end):
    monkeypatch.setattr(file_cache, "BLOCK", 4)
    content = b"0123456789"
    file = file_cache.keep("a-1~s~", [content[:3], content[3:]])
    assert file_cache.size_of(file) == 10
    part = file_cache.FileRange(file, first, end)
    blocks = list(part)
    assert b"".join(blocks) == content[first:end]
    assert all(0 < len(block) <= 4 for block in blocks)
    part.close()
    assert file.closed


def test_a_full_disk_ends_the_keeping_and_not_the_export(state, monkeypatch):
    def full(file, chunk):
        raise OSError(28, "No space left on device")

    class Full:
        name = str(state / "x.part")
        write, close = full, lambda self: None

    monkeypatch.setattr(file_cache, "_new_file", lambda key: Full())
    assert list(file_cache.keep_while_streaming("a", [b"1", b"2"])) == [b"1", b"2"]
    assert file_cache.keep("a", [b"1", b"2"]) is None


# What readers may keep


def memento(response):
    """The address under which the bytes never change, without the site's."""
    [address] = [
        link.strip().partition(">")[0][1:] for link in response["Link"].split(",") if link.endswith('rel="memento"')
    ]
    parts = urlsplit(address)
    return f"{parts.path}?{parts.query}"


@pytest.mark.django_db
def test_bytes_have_an_address_that_names_their_state_and_may_be_kept_by_their_reader(client, state):
    cast.append_cast()
    now = client.get(f"{ADDRESS}?as_of=21")
    assert now["Cache-Control"] == "no-cache"
    lasting = client.get(memento(now))
    assert set(lasting["Cache-Control"].split(", ")) == {"private", "immutable", "max-age=31536000"}
    assert body(lasting) == body(now) and lasting["ETag"] == now["ETag"]
    append([cast.replace(cast.question_why, title="Why?")], reason="Shorter")
    assert body(client.get(memento(now))) == body(client.get(f"{ADDRESS}?as_of=21"))


@pytest.mark.django_db
def test_what_was_withdrawn_is_not_given_out_at_its_lasting_address(client, state):
    cast.append_cast()
    address = memento(client.get(ADDRESS))
    append([Withdrawal("statement", "state0000003")], reason="Unfounded")
    answer = client.get(address)
    assert answer.status_code == 404 and "withdrawn or erased" in answer.json()["sentence"]
    assert "immutable" not in answer["Cache-Control"]
    assert b"never the reason" not in body(client.get(memento(client.get(f"{ADDRESS}?as_of=21"))))


@pytest.mark.django_db
def test_other_terms_are_other_bytes(client, state):
    cast.append_cast()
    etag = client.head(ADDRESS)["ETag"]
    with override_settings(TERMS="Free.", TERMS_URL="https://terms.example/1"):
        answer = client.get(ADDRESS, headers={"If-None-Match": etag})
        assert answer.status_code == 200
        assert json.loads(body(answer).splitlines()[0])["terms"] == {
            "words": "Free.",
            "address": "https://terms.example/1",
        }
        assert '<https://terms.example/1>; rel="license"' in answer["Link"]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("query", "named"),
    [("state=1", "state"), ("state=1&since=2", "state"), ("as_of=3&state=1&state=2", "state"), ("state=", "state")],
)
def test_a_state_goes_with_one_place_in_the_record(client, query, named):
    cast.append_cast()
    answer = client.get(f"{ADDRESS}?{query}")
    assert answer.status_code == 400 and named in answer.json()["errors"]


# Every format alike


@pytest.mark.django_db
@pytest.mark.parametrize("form", FORMATS.values(), ids=FORMATS)
def test_every_format_is_served_with_its_type_name_and_headers_and_known_again(client, state, form):
    cast.append_cast()
    answer = client.get(f"/{form.address}")
    assert (answer.status_code, answer["Content-Type"]) == (200, form.media_type)
    assert answer["Content-Disposition"].endswith(f'-2020-03-01-21.{form.extension}"')
    assert answer["Cache-Control"] == "no-cache" and not answer.cookies
    assert len(body(answer)) > 50
    head = client.head(f"/{form.address}")
    assert (head.status_code, head.content, head["ETag"]) == (200, b"", answer["ETag"])
    for known in (answer["ETag"], f"W/{answer['ETag'].removeprefix('W/')}", f'"x", {answer["ETag"]}'):
        again = client.get(f"/{form.address}", headers={"If-None-Match": known})
        assert (again.status_code, again.content, again["ETag"]) == (304, b"", answer["ETag"])


@pytest.mark.django_db
@pytest.mark.parametrize("form", FORMATS.values(), ids=FORMATS)
def test_every_format_tells_its_length_has_parts_and_is_the_same_when_made_again(client, state, form):
    cast.append_cast()
    head = client.head(f"/{form.address}")
    whole = body(client.get(f"/{form.address}"))
    assert int(head["Content-Length"]) == len(whole) and head["Accept-Ranges"] == "bytes"
    file_cache.forget()
    rest = client.get(f"/{form.address}", headers={"Range": "bytes=40-", "If-Range": head["ETag"]})
    assert (rest.status_code, body(rest)) == (206, whole[40:])


@pytest.mark.django_db
def test_head_tells_no_length_where_nobody_knows_it(client, state):
    cast.append_cast()
    assert "Content-Length" not in client.head("/export.csv?stance=denies")
    assert "Content-Length" not in client.get(
        "/schema.json", headers={"If-None-Match": client.head("/schema.json")["ETag"]}
    )


@pytest.mark.django_db
def test_downloads_are_called_by_what_they_hold_their_day_and_their_last_entry(client):
    cast.append_cast()
    called = {
        address: client.head(address)["Content-Disposition"].partition("=")[2].strip('"')
        for address in (
            "/export.csv",
            "/export/claims.csv?as_of=9",
            "/export.json?since=3",
            "/export.csv?stance=denies",
        )
    }
    assert list(called.values()) == [
        "claimtrack-2020-03-01-21.csv",
        "claimtrack-claims-2020-03-01-9.csv",
        "claimtrack-2020-03-01-21-since-3.json",
        "claimtrack-2020-03-01-21-filtered.csv",
    ]
