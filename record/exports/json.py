"""`/export.json`: the log as one document, grouped by what its entries are.

Current documents by kind, redirects, the withdrawals that stand, and every older version; with `since` also what was
erased up to there. Within a group the order is that of `seq`. The SHA-256 of all bytes before its comma comes last,
and then the closing bracket: a broken download is not JSON.
"""

import hashlib
from collections.abc import Iterator

from ..log.public_entries import TAKEN_BACK
from .ndjson import erased_before
from .snapshot import Snapshot
from .stream import Chunk, lines, picked, standing_lines

CONTENT_TYPE = "application/json"
GROUPS = {
    "questions": "question",
    "claims": "claim",
    "actors": "actor",
    "outlets": "outlet",
    "articles": "article",
    "statements": "statement",
    "redirects": "redirect",
}


def export(snapshot: Snapshot) -> Iterator[bytes]:
    """The snapshot as bytes, in chunks."""
    sha256 = hashlib.sha256()
    for part in _body(snapshot):
        sha256.update(part)
        yield part
    yield b',\n"sha256":"%b"}\n' % sha256.hexdigest().encode()


def _body(snapshot: Snapshot) -> Iterator[bytes]:
    yield snapshot.about()
    for group, chunks in groups(snapshot).items():
        opening = f',\n"{group}":['.encode()
        for chunk in chunks:
            yield opening + b"\n" + chunk.lines[:-1].replace(b"\n", b",\n")
            opening = b","
        yield b"]" if opening == b"," else opening + b"]"


def groups(snapshot: Snapshot) -> dict[str, Iterator[Chunk]]:
    """The lines of every group, read when they are asked for."""
    found = {group: standing_lines(snapshot, kind) for group, kind in GROUPS.items()}
    found["withdrawn"] = withdrawn(snapshot)
    found["superseded"] = superseded(snapshot)
    if snapshot.since is not None:
        found["erased"] = erased_before(snapshot)
    return found


def withdrawn(snapshot: Snapshot) -> Iterator[Chunk]:
    """The entries that stand at the head and are empty, whatever has become of them since."""
    last = int(snapshot.head.seq)
    # The inner query finds by index the few rows among which the empty ones are.
    few = "SELECT seq FROM record_publication WHERE document IS NULL"
    few += f" UNION SELECT seq FROM record_publication WHERE superseded_by > {last}"  # noqa: S608 - a number
    stands = f"(superseded_by IS NULL OR superseded_by > {last})"
    empty = f"seq IN ({few}) AND {stands} AND (document IS NULL OR {TAKEN_BACK})"
    if snapshot.selection is not None:
        return picked(empty, snapshot.selection.in_order(), using=snapshot.using)
    return lines(empty, snapshot.first, last, using=snapshot.using)


def superseded(snapshot: Snapshot) -> Iterator[Chunk]:
    """The older versions; a selection holds none."""
    if snapshot.selection is not None:
        return iter(())
    last = int(snapshot.head.seq)
    older = f"superseded_by IS NOT NULL AND superseded_by <= {last}"
    return lines(older, snapshot.first, last, using=snapshot.using)
