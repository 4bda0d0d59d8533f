"""`/export.json`: the log as one document, grouped by what its entries are.

Current documents by kind, redirects, the withdrawals that stand, and every older version; with `since` also what was
erased up to there. Within a group the order is that of `seq`. The SHA-256 of all bytes before its comma comes last,
and then the closing bracket: a broken download is not JSON.
"""

import hashlib
from collections.abc import Iterator

from ..public_entries import WITHDRAWN_CONDITION
from .ndjson import erased_entries_before
from .snapshot import Snapshot
from .stream import Chunk, current_lines, lines, selected_lines

CONTENT_TYPE = "application/json"
KINDS_BY_GROUP = {
    "questions": "question",
    "topics": "topic",
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
    yield snapshot.opening_json()
    for group, chunks in group_lines(snapshot).items():
        opening = f',\n"{group}":['.encode()
        for chunk in chunks:
            yield opening + b"\n" + chunk.lines[:-1].replace(b"\n", b",\n")
            opening = b","
        yield b"]" if opening == b"," else opening + b"]"


def group_lines(snapshot: Snapshot) -> dict[str, Iterator[Chunk]]:
    """The lines of every group, read when they are asked for."""
    found = {group: current_lines(snapshot, kind) for group, kind in KINDS_BY_GROUP.items()}
    found["withdrawn"] = withdrawn_lines(snapshot)
    found["superseded"] = superseded_lines(snapshot)
    if snapshot.since is not None:
        found["erased"] = erased_entries_before(snapshot)
    return found


def withdrawn_lines(snapshot: Snapshot) -> Iterator[Chunk]:
    """The entries that stand at the head and are empty, whatever has become of them since."""
    last = int(snapshot.head.seq)
    # The inner query finds by index the few rows among which the empty ones are.
    few = "SELECT seq FROM record_publication WHERE document IS NULL"
    few += f" UNION SELECT seq FROM record_publication WHERE superseded_by > {last}"  # noqa: S608 - a number
    stands = f"(superseded_by IS NULL OR superseded_by > {last})"
    empty = f"seq IN ({few}) AND {stands} AND (document IS NULL OR {WITHDRAWN_CONDITION})"
    if snapshot.selection is not None:
        return selected_lines(empty, snapshot.selection.in_order(), using=snapshot.using)
    return lines(empty, snapshot.first, last, using=snapshot.using)


def superseded_lines(snapshot: Snapshot) -> Iterator[Chunk]:
    """The older versions; a selection holds none, but for those later ones that are empty."""
    last = int(snapshot.head.seq)
    older = f"superseded_by IS NOT NULL AND superseded_by <= {last}"
    if snapshot.selection is not None:
        return selected_lines(older, snapshot.selection.empty, using=snapshot.using)
    return lines(older, snapshot.first, last, using=snapshot.using)
