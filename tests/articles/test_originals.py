"""Originals: the bytes as they came, privately, and what the captures that were read from them say of it."""

import hashlib
import os
import stat
from datetime import timedelta
from itertools import pairwise
from pathlib import Path

import pytest
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from articles import originals
from articles.changes import add_outlet
from articles.edits import edits_between, move_places
from articles.ingest import ReadFrom, take_in
from articles.models import Capture, Original, Trace
from articles.passage_places import PassagePlace, place_of_span
from articles.reading import ArticleReading, Place
from articles.tracked_changes import Refusal

BYTES = b"Bridge closed\n\nThe bridge was closed, the road ofice said."
READING = ArticleReading(BYTES.decode(), [], [], "plain 1", [Place(0, 15, page=1), Place(15, 58, page=2)])


@pytest.fixture
def original(editor):
    return originals.keep_original(BYTES, name="a/bridge.txt", method=Original.Method.UPLOADED, by=editor)


@pytest.fixture
def outlet(editor):
    return add_outlet(name="Valley Herald", by=editor)


def path_of(original):
    return Path(originals.original_store().path(originals.stored_name(original.sha256)))


def test_the_bytes_are_kept_as_they_came_where_nobody_else_may_read_them(original, editor):
    path = path_of(original)
    assert (path.read_bytes(), path.name) == (BYTES, hashlib.sha256(BYTES).hexdigest())
    assert [stat.S_IMODE(part.stat().st_mode) for part in (path, path.parent)] == [0o600, 0o700]
    assert os.listdir(path.parent) == [path.name]
    assert (original.name, original.size, original.media_type) == ("bridge.txt", len(BYTES), "text/plain")
    assert originals.keep_original(BYTES, name="again.txt", method=Original.Method.PASTED, by=None) == original
    assert originals.read_original(original) == BYTES
    with pytest.raises(ValueError, match="no address"):
        originals.original_store().url(originals.stored_name(original.sha256))


def test_bytes_that_are_lost_or_changed_are_not_given_out(original):
    path_of(original).write_bytes(b"other words")
    with pytest.raises(originals.OriginalIsLost, match="not the bytes that came in"):
        originals.read_original(original)
    path_of(original).unlink()
    with pytest.raises(originals.OriginalIsLost, match="No such file"):
        originals.read_original(original)


def test_beyond_the_limit_nothing_is_taken_in(original, settings):
    Original.objects.update(size=settings.ORIGINALS_GB * originals.GIGABYTE)
    with pytest.raises(Refusal, match="20 GB are the most"):
        originals.keep_original(b"more", name="", method=Original.Method.PASTED, by=None)
    assert Original.objects.count() == 1


def test_a_capture_says_what_it_was_read_from_and_what_was_changed_by_hand(original, outlet, editor):
    text = BYTES.decode().replace("ofice", "office")
    taken = take_in(text=text, outlet=outlet, by=editor, read_from=ReadFrom(original, READING))
    capture = Capture.objects.get(pk=taken.capture.pk)
    assert (capture.original, capture.method, capture.reader) == (original, "uploaded", "plain 1")
    assert (capture.edit_count, capture.text_of_reader) == (1, BYTES.decode())
    (start, end, new_start, new_end), *_ = capture.edits
    assert (capture.text_of_reader[start:end], capture.text[new_start:new_end]) == ("ofice", "office")
    assert capture.text[capture.places[1][0] : capture.places[1][1]] == "The bridge was closed, the road office said."
    said = capture.text.index("the road office")
    assert place_of_span(capture.places, said, said + 8) == PassagePlace(page=2)
    assert place_of_span(capture.places, 5, said) == PassagePlace(page=1, last_page=2)
    assert not originals.discard_original(original)


def test_a_text_that_was_here_before_learns_what_it_comes_from(original, outlet, editor):
    before = take_in(text=BYTES.decode(), outlet=outlet, by=editor).capture
    assert (before.original, before.method) == (None, "pasted")
    again = take_in(text=BYTES.decode(), outlet=outlet, by=editor, read_from=ReadFrom(original, READING))
    assert not again.new_capture
    capture = Capture.objects.get(pk=before.pk)
    assert (capture.original, capture.reader, capture.method, capture.edit_count) == (original, "plain 1", "pasted", 0)
    assert Trace.objects.filter(changes={"original": [None, original.sha256]}).exists()


def test_what_nobody_took_a_text_from_and_what_was_removed_is_swept(
    original, outlet, editor, django_capture_on_commit_callbacks
):
    taken = originals.keep_original(b"kept", name="", method=Original.Method.PASTED, by=editor)
    take_in(text="kept", outlet=outlet, by=editor, read_from=ReadFrom(taken, ArticleReading("kept", [], [])))
    orphan = Path(originals.original_store().path(originals.stored_name("0" * 64)))
    orphan.parent.mkdir(exist_ok=True)
    orphan.write_bytes(b"of a transaction that was undone")
    assert originals.sweep() == 0
    os.utime(orphan, (0, 0))
    Original.objects.update(taken_at=timezone.now() - timedelta(days=31))
    with django_capture_on_commit_callbacks(execute=True):
        assert originals.sweep() == 2
    assert (orphan.exists(), path_of(original).exists(), path_of(taken).exists()) == (False, False, True)
    originals.remove_original(taken)  # and killed before the bytes are removed
    assert originals.sweep() == 1
    assert not path_of(taken).exists()
    with pytest.raises(Refusal, match="was removed"):
        originals.keep_original(b"kept", name="", method=Original.Method.PASTED, by=editor)


# Edits


WORDS = st.lists(st.sampled_from(["dam", "will", "4,000", "people", "\n", "\n\n", " ", "“no”", "долина"]), max_size=14)


@given(WORDS, WORDS)
def test_edits_lead_from_the_text_of_the_reader_to_the_one_that_is_kept(before, after):
    old, new = "".join(before), "".join(after)
    edits = edits_between(old, new)
    made, at = "", 0
    for start, end, new_start, new_end in edits:
        made += old[at:start]
        assert len(made) == new_start
        made, at = made + new[new_start:new_end], end
    assert made + old[at:] == new
    half = len(old) // 2
    rows = move_places([Place(0, half, page=1), Place(half, len(old), page=2)], edits)
    assert all(0 <= row[0] < row[1] <= len(new) for row in rows)
    assert all(first[1] <= second[0] for first, second in pairwise(rows))
