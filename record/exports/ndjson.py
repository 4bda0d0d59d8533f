"""`/export.ndjson`: the log line by line.

A first line with the format, the head and the bounds asked for; one entry a line in `seq` order, every version and
every withdrawal; a last line with the count, the head and the SHA-256 of all bytes before it. Without its last line
a file is not whole.
"""

import hashlib
from collections.abc import Iterator

import msgspec

from .snapshot import Snapshot
from .stream import lines

CONTENT_TYPE = "application/x-ndjson"


def export(snapshot: Snapshot) -> Iterator[bytes]:
    """The snapshot as bytes, in chunks."""
    sha256 = hashlib.sha256()
    start = snapshot.about() + b"}\n"
    sha256.update(start)
    yield start
    for chunk in lines("", snapshot.first, snapshot.head.seq, using=snapshot.using):
        sha256.update(chunk)
        yield chunk
    last = {"count": snapshot.count, "head": snapshot.head, "sha256": sha256.hexdigest()}
    yield msgspec.json.encode(last) + b"\n"
