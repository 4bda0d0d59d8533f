"""`/export.ndjson`: the log line by line.

A first line with the format, the head, the bounds asked for and the terms of use; one entry a line in `seq` order,
every version and every withdrawal; a last line with the count, the head and the SHA-256 of all bytes before it.
Without its last line a file is not whole.

With `since` the entries that were erased and lie at or before it come first: their erasure may be news. With filters
the entries are those of the selection; with both, those that the selection did not hold at `since`, and withdrawals.
"""

import hashlib
from collections.abc import Iterator

import msgspec
from django.db import connections

from ..documents.entries import LastLine
from .snapshot import Snapshot
from .stream import Chunk, lines, selected_lines

CONTENT_TYPE = "application/x-ndjson"


def export(snapshot: Snapshot) -> Iterator[bytes]:
    """The snapshot as bytes, in chunks."""
    sha256, count = hashlib.sha256(), 0
    start = snapshot.opening_json() + b"}\n"
    sha256.update(start)
    yield start
    for chunk in entries(snapshot):
        sha256.update(chunk.lines)
        count += chunk.count
        yield chunk.lines
    yield msgspec.json.encode(LastLine(count=count, head=snapshot.head, sha256=sha256.hexdigest())) + b"\n"


def entries(snapshot: Snapshot) -> Iterator[Chunk]:
    """The lines of the entries, in chunks."""
    yield from erased_entries_before(snapshot)
    if snapshot.selection is not None:
        yield from selected_lines("", snapshot.selection.in_order(), using=snapshot.using)
        return
    yield from lines("", snapshot.first, snapshot.head.seq, using=snapshot.using)


def erased_entries_before(snapshot: Snapshot) -> Iterator[Chunk]:
    """What `since` would pass over although a mirror must hear of it: every entry up to there that is given out empty.

    All of them every time: which of them a reader has heard of is not known here. What a withdrawal has taken back is
    among them, so that a mirror which took the whole record gives out the same.
    """
    if snapshot.since:
        with connections[snapshot.using].cursor() as cursor:
            cursor.execute(_ERASED_BEFORE_SQL, [snapshot.since])
            emptied = [seq for (seq,) in cursor.fetchall()]
        yield from selected_lines("", emptied, using=snapshot.using)


# By index: the few withdrawals lead to what they took back. Asked alone, because PostgreSQL, which takes them for many,
# would read the whole log to find them again.
_ERASED_BEFORE_SQL = """
    SELECT seq FROM (
        SELECT seq FROM record_publication WHERE document IS NULL AND erased
        UNION
        SELECT earlier.seq FROM record_publication withdrawal JOIN record_publication earlier
            ON earlier.public_id = withdrawal.public_id AND earlier.version < withdrawal.version
        WHERE withdrawal.document IS NULL AND NOT withdrawal.erased AND earlier.document IS NOT NULL
    ) emptied WHERE seq <= %s ORDER BY seq
"""
