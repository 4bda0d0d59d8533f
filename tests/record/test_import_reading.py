"""What is read from an export before anything is believed: cut or changed anywhere, it is refused with the place."""

import hashlib
import io
import json
import random
import re

import pytest

from record.exports import FORMATS, take_snapshot
from record.imports import ImportRefused
from record.imports.export_reader import read_export
from record.imports.log_import import Spool
from tests import record_cast as cast

# For `content`: databases are made only for tests that say so.
pytestmark = [pytest.mark.django_db, pytest.mark.any_database]

CUTS, FLIPS = 1000, 200
PLACE = re.compile(r"line \d+|byte \d+|is empty|entries end at \d+|last entry")


def verify(content):
    """Reads the file to its end as an import into an empty record does; returns how many entries it has."""
    with Spool() as spool:
        spool.fill(read_export(io.BytesIO(content)), "", "", lambda doing, done, total: None)
        return sum(1 for _ in spool.entries())


def refusal(content):
    with pytest.raises(ImportRefused) as error:
        verify(content)
    return error.value.sentence


@pytest.fixture(scope="module", params=["json", "ndjson"])
def content(request, django_db_setup, django_db_blocker):
    """A whole export of a record in which everything has happened that can."""
    from django.db import transaction

    with django_db_blocker.unblock(), transaction.atomic():
        cast.append_history()
        found = b"".join(FORMATS[request.param](take_snapshot(using="default")))
        transaction.set_rollback(True)
    return found


def test_a_whole_file_is_read_to_its_end(content):
    assert verify(content) == 31


def test_a_file_cut_at_a_thousand_places_is_refused_with_the_place(content):
    places = random.Random(3).sample(range(len(content)), CUTS - 3)
    for cut in [0, len(content) - 1, len(content) - 2, *places]:
        assert PLACE.search(sentence := refusal(content[:cut])), sentence


def test_a_line_of_any_length_up_to_the_longest_is_read(content, monkeypatch):
    longest = max(content.splitlines(keepends=True), key=len)
    monkeypatch.setattr("record.imports.export_reader.LONGEST_LINE", len(longest))
    assert verify(content) == 31
    monkeypatch.setattr("record.imports.export_reader.LONGEST_LINE", len(longest) - 1)
    assert f"is longer than {len(longest) - 1} bytes" in refusal(content)


def test_a_file_cut_after_any_line_is_refused(content):
    lines = content.splitlines(keepends=True)
    for number in range(1, len(lines)):
        refusal(b"".join(lines[:number]))


def test_two_hundred_flipped_bits_are_refused_with_the_place(content):
    rng = random.Random(4)
    for _ in range(FLIPS):
        changed = bytearray(content)
        changed[rng.randrange(len(changed))] ^= 1 << rng.randrange(8)
        assert PLACE.search(sentence := refusal(bytes(changed))), sentence


def test_a_line_left_out_moved_or_twice_is_refused(content):
    lines = content.splitlines(keepends=True)
    for number in range(1, len(lines) - 1):
        refusal(b"".join([*lines[:number], *lines[number + 1 :]]))
        refusal(b"".join([*lines[:number], lines[number], lines[number], *lines[number + 1 :]]))
        if lines[number] != lines[number + 1]:
            refusal(b"".join([*lines[:number], lines[number + 1], lines[number], *lines[number + 2 :]]))


@pytest.mark.parametrize(
    ("content", "match"),
    [
        (b"", "empty"),
        (b"\n", "empty"),
        (b"\x00\x01\x02", "export"),
        (b"\xff\xfe{\x00", "export"),
        (b"[]", "export"),
        (b'{"a":1}', "format"),
        (b'{"format":"claimtrack/99","new":true}\n', "claimtrack/99, which is newer than this program"),
        (b'{"format":"claimtrack/99",\n"questions":[]}\n', "claimtrack/99, which is newer than this program"),
        (b'{"format":"claimtrack/0"}\n', "The format is “claimtrack/0”"),
        (b'{"format":"another/2"}\n', "The format is “another/2”"),
        (b"id,text\n1,hello\n", "export"),
        (b"PK\x03\x04" + b"\x00" * 50, "export"),
        (b"{" * 100_000, "export"),
    ],
)
def test_what_is_no_export_is_refused(content, match):
    assert match in refusal(content)


# What a careful forger writes: all sums of the bytes are right again, and one thing is not.


class File:
    """An export in parts that can be changed: what its first line says, its entries (by group in JSON), its end."""

    def __init__(self, content):
        first, *lines = content.splitlines(keepends=True)
        self.groups = None if first.endswith(b"}\n") else {}
        self.opening = json.loads(first if self.groups is None else first[:-2] + b"}")
        if self.groups is None:
            *self.entries, last = [line[:-1] for line in lines]
            self.closing = json.loads(last)
            return
        for line in lines[:-1]:
            if line.startswith(b'"'):
                entries = self.groups[line.split(b'"')[1].decode()] = []
            else:
                entries.append(line.removesuffix(b",\n").removesuffix(b"]"))

    def written(self):
        first = json.dumps(self.opening, separators=(",", ":")).encode()
        if self.groups is None:
            body = b"".join(line + b"\n" for line in [first, *self.entries])
            closing = {"sha256": hashlib.sha256(body).hexdigest(), **self.closing}
            closing = {name: closing[name] for name in ("count", "head", "sha256")}
            return body + json.dumps(closing, separators=(",", ":")).encode() + b"\n"
        lists = [
            f'"{group}":['.encode() + (b"\n" if entries else b"") + b",\n".join(entries) + b"]"
            for group, entries in self.groups.items()
        ]
        body = first[:-1] + b",\n" + b",\n".join(lists)
        return body + b',\n"sha256":"%b"}\n' % hashlib.sha256(body).hexdigest().encode()


def opening(**values):
    def change(file):
        head = values.get("head", {})
        file.opening = file.opening | values | {"head": file.opening["head"] | head}
        if file.groups is None:
            file.closing = {"count": file.closing["count"], "head": file.opening["head"]}

    return change


@pytest.fixture
def file(content):
    file = File(content)
    if file.groups is None:
        del file.closing["sha256"]
    assert file.written() == content
    return file


@pytest.mark.parametrize(
    ("change", "match"),
    [
        (opening(head={"link": "0" * 64}), "The last entry's link is not that of the head"),
        (opening(head={"published_at": "2031-01-01T00:00:00Z"}), "The last entry's moment is not that of the head"),
        (opening(head={"seq": 32}), "The entries end at 31, but the file says that they end at 32"),
        (opening(head={"seq": 30}), "that they end at 30"),
        (opening(head={"seq": 0}), "line 1: the head is not that of any record"),
        (opening(head={"link": ""}), "line 1: the head is not that of any record"),
        (opening(head={"published_at": None}), "line 1: the head is not that of any record"),
        (opening(head={"seq": 0, "link": ""}), "line 1: the head is not that of any record"),
        (opening(head={"seq": 0, "published_at": None}), "line 1: the head is not that of any record"),
        (opening(as_of=30), "line 1: the head is 31, but as_of says 30"),
        (opening(since=-1), "line 1: since is -1"),
        (opening(since=32), "line 1: since is 32"),
        (opening(format="claimtrack/9999999999"), "The format is “claimtrack/9999999999”"),
    ],
)
def test_a_head_that_the_entries_do_not_have_is_refused(file, change, match):
    change(file)
    # JSON that goes on from an entry has one group more.
    if file.groups is not None and file.opening["since"] is not None:
        file.groups["erased"] = []
    assert match in refusal(file.written())


def test_the_head_may_say_what_was_asked_for(file):
    opening(as_of=31)(file)
    assert verify(file.written()) == 31


@pytest.mark.parametrize("entry", [1, 2, 16, 30, 31])
def test_a_link_that_does_not_follow_is_refused(file, entry):
    """Also that of the last entry, when the head says the same."""
    forged = b'"link":"' + b"5" * 64 + b'"'
    entries = [file.entries] if file.groups is None else file.groups.values()
    for lines in entries:
        lines[:] = [
            re.sub(rb'"link":"[0-9a-f]{64}"', forged, line) if b'{"seq":%d,' % entry in line else line for line in lines
        ]
    if entry == 31:
        opening(head={"link": "5" * 64})(file)
    assert f"the link of entry {entry} does not follow" in refusal(file.written())


@pytest.mark.parametrize(
    ("change", "match"),
    [
        ({"count": 30}, "says that there are 30 entries; the file has 31"),
        ({"head": {"seq": 31, "link": "0" * 64, "published_at": "2031-01-01T00:00:00Z"}}, "names another head"),
        ({"sha256": "0" * 64}, "do not have the SHA-256"),
    ],
)
def test_a_last_line_that_says_something_else_is_refused(content, change, match):
    file = File(content)
    if file.groups is None:
        file.closing = {name: value for name, value in file.closing.items() if name != "sha256"} | change
        assert match in refusal(file.written())


def test_another_spelling_of_the_last_line_is_refused(content, file):
    *lines, last = content.splitlines(keepends=True)
    sentence = refusal(b"".join([*lines, last.replace(b":", b": ", 1)]))
    assert ("is not written as" if file.groups is None else "SHA-256") in sentence


def test_another_spelling_of_the_first_line_is_refused(content):
    assert "line 1 is not written as" in refusal(content.replace(b":", b": ", 1))


def test_a_first_line_that_breaks_off_is_refused(content):
    sentence = refusal(content.partition(b"\n")[0])
    assert "line 1, " in sentence and "it was cut off" in sentence


@pytest.mark.parametrize(
    ("origin", "group"),
    [
        ("claims", "questions"),
        ("questions", "claims"),
        ("statements", "outlets"),
        ("withdrawn", "questions"),
        ("questions", "withdrawn"),
        ("actors", "withdrawn"),
    ],
)
def test_an_entry_of_another_kind_is_refused(file, origin, group):
    if file.groups is not None:
        file.groups[group] = [file.groups[origin].pop(0)]
        assert f"does not belong among {group}" in refusal(file.written())


def test_entries_of_a_group_are_in_order(file):
    if file.groups is not None:
        file.groups["claims"].reverse()
        assert "claims are in order" in refusal(file.written())


@pytest.mark.parametrize("group", ["erased", "claims"])
def test_only_what_was_erased_may_come_from_before(content, group):
    """A file that goes on from entry 30 has of those before it only the erased ones, in a group of their own."""
    file = File(content)
    if file.groups is None:
        return
    opening(since=30)(file)
    [last] = [line for lines in file.groups.values() for line in lines if b'{"seq":31,' in line]
    home = next(name for name, lines in file.groups.items() if last in lines)
    entry = file.groups["claims"][0]
    file.groups = {name: [last] if name == home else [] for name in [*file.groups, "erased"]}
    file.groups[group] = [entry, *file.groups[group]]
    assert f"does not belong among {group}" in refusal(file.written())
