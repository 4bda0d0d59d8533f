"""What stands at a snapshot's head, as documents: for the formats that say something of documents, not of the log.

Read in chunks like everything else here; what a document names is looked up for a chunk at a time.
"""

from collections import OrderedDict
from collections.abc import Iterable, Iterator

import msgspec
from django.db import connections

from ..documents import AnyDocument, Article, Claim, Redirect, decode, names
from ..entries import Entry
from ..projections.lookup import chunks
from ..served import TAKEN_BACK
from .snapshot import Snapshot
from .stream import Chunk, lines, picked

KEPT = 8 * 1024 * 1024  # bytes of documents that a lookup remembers, as JSON

_decoder = msgspec.json.Decoder(Entry)


def standing_at(seq: int) -> str:
    """The SQL condition that a row of the log stands, not empty, where the log ends at `seq`."""
    stands = f"(superseded_by IS NULL OR superseded_by > {int(seq)})"
    return f"{stands} AND document IS NOT NULL AND NOT {TAKEN_BACK}"


def standing_lines(snapshot: Snapshot, kind: str) -> Iterator[Chunk]:
    """The entries of the documents of one kind that stand at the head, in `seq` order.

    A `since` leaves out what stood already, a selection what it does not hold.
    """
    stands = standing_at(snapshot.head.seq)
    if snapshot.selection is not None:
        yield from picked(stands, snapshot.selection.of(kind), using=snapshot.using)
        return
    condition = f"kind = '{kind}' AND {stands}"
    yield from lines(condition, snapshot.first, snapshot.head.seq, using=snapshot.using)


def standing(snapshot: Snapshot, kind: str) -> Iterator[list[Entry]]:
    """The same as entries with decoded documents, some at a time; no list is empty."""
    for chunk in standing_lines(snapshot, kind):
        entries = [_decoder.decode(line) for line in chunk.lines[:-1].split(b"\n")]
        if stands := [entry for entry in entries if entry.document is not None]:  # it may be withdrawn by now
            yield stands


class Named:
    """The documents that others name, as they stood at the head of `snapshot`; redirects are followed.

    `fetch` reads what is wanted next in one query; the oldest are forgotten when there are too many.
    """

    def __init__(self, snapshot: Snapshot):
        self.snapshot = snapshot
        self._kept: OrderedDict[str, tuple[AnyDocument | None, int]] = OrderedDict()
        self._size = 0

    def fetch_named_by(self, documents: Iterable[AnyDocument]) -> None:
        """Makes sure that `get` finds all that these documents name, until the next `fetch`."""
        self.fetch(target for document in documents for _, target in names(document))

    def fetch_beyond(self, documents: Iterable[AnyDocument]) -> None:
        """The same, and for what stands one step further: the questions of their claims, the outlets of articles."""
        near = {target for document in documents for _, target in names(document)}
        self.fetch(near)
        found = [self.get(target) for target in near]
        further = {found.question for found in found if isinstance(found, Claim)}
        further |= {found.outlet for found in found if isinstance(found, Article)}
        self.fetch(near | further)

    def fetch(self, ids: Iterable[str]) -> None:
        """Makes sure that `get` finds what stands under these ids, until the next `fetch`."""
        wanted, asked = set(ids), set()
        while wanted:
            asked |= wanted
            for public_id in wanted & self._kept.keys():
                self._kept.move_to_end(public_id)
            self._read(sorted(wanted - self._kept.keys()))
            found = (self._kept[public_id][0] for public_id in wanted)
            wanted = {document.into for document in found if isinstance(document, Redirect)} - asked
        while self._size > KEPT and len(self._kept) > len(asked):
            self._size -= self._kept.popitem(last=False)[1][1]

    def get(self, public_id: str | None) -> AnyDocument | None:
        """What stood under the id or where it led; None where nothing did, and for no id."""
        seen = set()
        while public_id and public_id not in seen:
            seen.add(public_id)
            document = self._kept[public_id][0]
            if not isinstance(document, Redirect):
                return document
            public_id = document.into
        return None

    def _read(self, ids: list[str]) -> None:
        seq = self.snapshot.head.seq
        with connections[self.snapshot.using].cursor() as cursor:
            for some in chunks(ids):
                marks = ", ".join(["%s"] * len(some))
                cursor.execute(
                    "SELECT public_id, document FROM record_publication "  # noqa: S608 - all ours
                    f"WHERE public_id IN ({marks}) AND seq <= {int(seq)} AND {standing_at(seq)}",
                    some,
                )
                found = dict(cursor.fetchall())
                for public_id in some:
                    text = found.get(public_id)
                    self._kept[public_id] = (decode(text) if text else None, len(text or ""))
                    self._size += len(text or "")
