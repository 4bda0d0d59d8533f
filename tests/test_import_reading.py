"""What is read from an export before anything is believed: cut or changed anywhere, it is refused with the place."""

import io
import random
import re

import pytest

from record.exports import FORMATS, snapshot
from record.imports import ImportRefused
from record.imports.reading import read
from record.imports.spool import Spool

from . import record_cast as cast

CUTS, FLIPS = 1000, 200
PLACE = re.compile(r"line \d+|byte \d+|is empty|entries end at \d+|last entry")


def verify(content):
    """Reads the file to its end as an import into an empty record does; returns how many entries it has."""
    with Spool() as spool:
        spool.fill(read(io.BytesIO(content)), "", "", lambda doing, done, total: None)
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
        found = b"".join(FORMATS[request.param](snapshot(using="default")))
        transaction.set_rollback(True)
    return found


def test_a_whole_file_is_read_to_its_end(content):
    assert verify(content) == 31


def test_a_file_cut_at_a_thousand_places_is_refused_with_the_place(content):
    places = random.Random(3).sample(range(len(content)), CUTS - 3)
    for cut in [0, len(content) - 1, len(content) - 2, *places]:
        assert PLACE.search(sentence := refusal(content[:cut])), sentence


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
