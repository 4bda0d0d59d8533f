"""`/export.ndjson`: the log line by line.

A first line with the format, the head, the bounds asked for and the terms of use; one entry a line in `seq` order,
every version and every withdrawal; a last line with the count, the head and the SHA-256 of all bytes before it.
Without its last line a file is not whole.

With `since` the entries that were erased and lie at or before it come first: their erasure may be news. With filters
the entries are those of the selection.
"""

import hashlib
from collections.abc import Iterator

import msgspec

from .snapshot import Snapshot
from .stream import lines, picked

CONTENT_TYPE = "application/x-ndjson"


def export(snapshot: Snapshot) -> Iterator[bytes]:
    """The snapshot as bytes, in chunks."""
    sha256, count = hashlib.sha256(), 0
    start = snapshot.about() + b"}\n"
    sha256.update(start)
    yield start
    for chunk in entries(snapshot):
        sha256.update(chunk)
        count += chunk.count(b"\n")
        yield chunk
    last = {"count": count, "head": snapshot.head, "sha256": sha256.hexdigest()}
    yield msgspec.json.encode(last) + b"\n"


def entries(snapshot: Snapshot) -> Iterator[bytes]:
    """The lines of the entries, in chunks."""
    if snapshot.selection is not None:
        yield from picked("", snapshot.selection.in_order(), using=snapshot.using)
        return
    yield from erased_before(snapshot)
    yield from lines("", snapshot.first, snapshot.head.seq, using=snapshot.using)


def erased_before(snapshot: Snapshot) -> Iterator[bytes]:
    """What `since` would pass over although a mirror must hear of it: every erased entry up to there, emptied.

    All of them every time: which of them a reader has heard of is not known here.
    """
    if snapshot.since:
        yield from lines("document IS NULL AND erased", 1, snapshot.since, using=snapshot.using)
