"""Reading for exports, in chunks: entries as lines of JSON, which are the stored bytes of the documents put together
by the database, and what stands at a snapshot's head as documents. What these name is looked up a chunk at a time.

Every chunk is a query of its own that has ended before the chunk is given out: a reader who stops reading holds
neither a transaction nor a lock, and costs one chunk of memory.
"""

from bisect import bisect_right
from collections import OrderedDict
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass
from itertools import islice
from typing import Protocol, TypeGuard, TypeVar

import msgspec
from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper

from ..documents import DOCUMENT_TYPES, AnyDocument, Article, Claim, PageDocument, Redirect, decode, references_of
from ..documents.entries import Entry
from ..projections.lookup import chunks
from ..public_entries import WITHDRAWN_CONDITION
from .snapshot import Snapshot

CHUNK_SIZE = 1024 * 1024  # bytes of a chunk, about; a single entry may be longer
FIRST_ROWS, MAX_ROWS = 100, 2000  # rows asked for at once: few in the first chunk, so that it comes quickly


@dataclass(frozen=True, slots=True)
class Chunk:
    """So many whole lines. Each ends in a newline, and holds no other."""

    lines: bytes
    count: int

    @property
    def last_seq(self) -> int:
        """The `seq` of the last line: `{"seq":17,…`."""
        start = self.lines.rfind(b"\n", 0, -1) + 8
        return int(self.lines[start : self.lines.index(b",", start)])

    @property
    def rows_per_chunk(self) -> int:
        """How many rows fill a chunk if they are as long as these."""
        return max(1, min(MAX_ROWS, CHUNK_SIZE * self.count // len(self.lines)))


# The line of one row, as record/documents/entries.py writes it, in three parts: what stands before the document, the
# document, and the bracket behind it; the tests compare them byte by byte. JSON's own escapes are the same in SQLite's
# json_quote, PostgreSQL's to_json and RFC 8785.
def _line_segments(moment: str, reason: str) -> tuple[list[str], list[str], list[str], str]:
    """The pieces before the document, for an entry that has one, for a withdrawal, for what was taken back; and the
    document."""
    start = [
        """'{"seq":'""",
        "seq",
        """',"version":'""",
        "version",
        """',"published_at":"'""",
        moment,
        """'","reason":'""",
    ]
    sums = ["""'","digest":"'""", "digest", """'","link":"'""", "link"]
    named = ["""'","kind":"'""", "kind", """'","public_id":"'""", "public_id", """'","document":'"""]
    salted = [*start, reason, """',"salt":"'""", "salt", *sums]
    empty = [*start, """'"","salt":"'""", *sums, *named]
    document = f"CASE WHEN document IS NULL OR {WITHDRAWN_CONDITION} THEN 'null' ELSE document END"
    return [*salted, """'","document":'"""], [*salted, *named], empty, document


def _join_with_operator(pieces: list[str]) -> str:
    return " || ".join(pieces)


def _join_with_function(pieces: list[str]) -> str:
    """The same by a function, which copies the whole only once; SQLite has it from 3.44 on."""
    return f"concat({', '.join(pieces)})"


def _line_expression(join: Callable[[list[str]], str], moment: str, reason: str) -> str:
    """The whole line with its end, as one value."""
    full, withdrawal, empty, _ = _line_segments(moment, reason)
    withdrawn_line, empty_line = (join([*pieces, "'null}' || char(10)"]) for pieces in (withdrawal, empty))
    line = join([*full, "document", "'}' || char(10)"])
    case = f"CASE WHEN document IS NULL THEN {withdrawn_line} WHEN {WITHDRAWN_CONDITION} THEN {empty_line}"
    return f"{case} ELSE {line} END"


def _segment_expressions(moment: str, reason: str) -> str:
    """The three parts as three values: the database need not copy a long document to put something around it."""
    full, withdrawal, empty, document = _line_segments(moment, reason)
    head = f"CASE WHEN document IS NULL THEN {_join_with_operator(withdrawal)} "
    head += f"WHEN {WITHDRAWN_CONDITION} THEN {_join_with_operator(empty)} ELSE {_join_with_operator(full)} END"
    return f"{head}, {document}, '}}'"


_SQLITE = {"moment": "replace(published_at, ' ', 'T') || 'Z'", "reason": "json_quote(reason)"}
_SQLITE_LINE, _OLDER_SQLITE_LINE = (
    _line_expression(_join_with_function, **_SQLITE),
    _line_expression(_join_with_operator, **_SQLITE),
)
_POSTGRESQL_COLUMNS = _segment_expressions(
    """to_char(published_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"')""", "to_json(reason)::text"
)


def lines(where: str, first: int, last: int, *, using: str) -> Iterator[Chunk]:
    """The entries with `first` <= seq <= `last` that satisfy `where`, in `seq` order; no chunk is empty.

    `where` is SQL of ours, or "" for all.
    """
    condition = f"({where}) AND " if where else ""
    rows = FIRST_ROWS
    while first <= last:
        chunk = _read(f"{condition}seq BETWEEN {int(first)} AND {int(last)}", rows, using)
        if not chunk.count:
            return
        yield chunk
        first, rows = chunk.last_seq + 1, chunk.rows_per_chunk


def selected_lines(where: str, seqs: Iterable[int], *, using: str) -> Iterator[Chunk]:
    """The same of the entries with these numbers, which are in order."""
    condition = f"({where}) AND " if where else ""
    left, rows = iter(seqs), FIRST_ROWS
    asked: list[int] = []
    while asked := asked + list(islice(left, max(0, rows - len(asked)))):
        chunk = _read(f"{condition}seq IN ({','.join(map(str, asked))})", len(asked), using)
        if chunk.count:
            yield chunk
        # What was asked for and did not fit is asked for again.
        asked = asked[bisect_right(asked, chunk.last_seq) :] if len(chunk.lines) >= CHUNK_SIZE else []
        rows = chunk.rows_per_chunk if chunk.count else MAX_ROWS


def _read(condition: str, rows: int, using: str) -> Chunk:
    on = connections[using]
    return (_read_sqlite if on.vendor == "sqlite" else _read_postgresql)(on, condition, rows)


def _read_sqlite(on: BaseDatabaseWrapper, condition: str, rows: int) -> Chunk:
    """Line by line as bytes, which need no decoding, until the chunk is full."""
    version = on.Database.sqlite_version_info  # type: ignore[attr-defined]  # the stubs leave the driver out
    line = _SQLITE_LINE if version >= (3, 44) else _OLDER_SQLITE_LINE
    chosen, size = [], 0
    with closing(on.cursor()) as cursor:
        cursor.execute(
            f"SELECT CAST({line} AS BLOB) FROM record_publication "  # noqa: S608 - all ours
            f"WHERE {condition} ORDER BY seq LIMIT {int(rows)}"
        )
        for (chosen_line,) in cursor:
            chosen.append(chosen_line)
            size += len(chosen_line)
            if size >= CHUNK_SIZE:
                break
    return Chunk(b"".join(chosen), len(chosen))


def _last_seq_query(condition: str, rows: int) -> str:
    """The query for the last entry of a chunk, which has at most so many rows: by sizes that need no reading."""
    sized = (
        f"SELECT seq, coalesce(pg_column_size(document), 0) AS size FROM record_publication "  # noqa: S608
        f"WHERE {condition} ORDER BY seq LIMIT {int(rows)}"
    )
    summed = f"SELECT seq, sum(size) OVER (ORDER BY seq) - size AS before FROM ({sized}) sized"  # noqa: S608
    return f"SELECT max(seq) FROM ({summed}) summed WHERE before < {CHUNK_SIZE}"  # noqa: S608


def _read_postgresql(on: BaseDatabaseWrapper, condition: str, rows: int) -> Chunk:
    """As a COPY, which gives bytes as they are: no line holds a sign that COPY would quote, escape or part by."""
    last = _last_seq_query(condition, rows)
    with (
        on.cursor() as cursor,
        cursor.copy(
            f"COPY (SELECT {_POSTGRESQL_COLUMNS} FROM record_publication "  # noqa: S608
            f"WHERE {condition} AND seq <= ({last}) ORDER BY seq) "
            "TO STDOUT (FORMAT csv, DELIMITER E'\\x02', QUOTE E'\\x01')"
        ) as copy,
    ):
        read = b"".join(copy).replace(b"\x02", b"")
    return Chunk(read, read.count(b"\n"))


CACHE_SIZE = 8 * 1024 * 1024  # bytes of documents that a lookup remembers, as JSON

_decoder = msgspec.json.Decoder(Entry)


def current_condition(seq: int) -> str:
    """The SQL condition that a row of the log stands, not empty, where the log ends at `seq`."""
    stands = f"(superseded_by IS NULL OR superseded_by > {int(seq)})"
    return f"{stands} AND document IS NOT NULL AND NOT {WITHDRAWN_CONDITION}"


def current_lines(snapshot: Snapshot, kind: str) -> Iterator[Chunk]:
    """The entries of the documents of one kind that stand at the head, in `seq` order.

    A `since` leaves out what stood already, a selection what it does not hold.
    """
    stands = current_condition(snapshot.head.seq)
    if snapshot.selection is not None:
        yield from selected_lines(stands, snapshot.selection.seqs_of(kind), using=snapshot.using)
        return
    condition = f"kind = '{kind}' AND {stands}"
    yield from lines(condition, snapshot.first, snapshot.head.seq, using=snapshot.using)


D = TypeVar("D", bound=PageDocument)
D_co = TypeVar("D_co", bound=AnyDocument, covariant=True)


class DocumentEntry(Protocol[D_co]):
    """An entry that holds a document."""

    @property
    def seq(self) -> int: ...

    @property
    def version(self) -> int: ...

    @property
    def published_at(self) -> str: ...

    @property
    def document(self) -> D_co: ...


def has_document(entry: Entry) -> TypeGuard[DocumentEntry[AnyDocument]]:
    """Whether an entry holds a document: it may be withdrawn by now."""
    return entry.document is not None


def holds(entry: DocumentEntry[AnyDocument], shape: type[D]) -> TypeGuard[DocumentEntry[D]]:
    """Whether the document of an entry is of this type."""
    return isinstance(entry.document, shape)


def current_entries(snapshot: Snapshot, kind: str) -> Iterator[list[DocumentEntry[AnyDocument]]]:
    """The same as entries with decoded documents, some at a time; no list is empty."""
    for chunk in current_lines(snapshot, kind):
        entries = [_decoder.decode(line) for line in chunk.lines[:-1].split(b"\n")]
        if stands := [entry for entry in entries if has_document(entry)]:
            yield stands


def current_entries_of(snapshot: Snapshot, shape: type[D]) -> Iterator[list[DocumentEntry[D]]]:
    """The same of one type of documents."""
    kind = next(kind for kind, known in DOCUMENT_TYPES.items() if known is shape)
    for entries in current_entries(snapshot, kind):
        yield [entry for entry in entries if holds(entry, shape)]


def current_documents(snapshot: Snapshot, shape: type[D]) -> Iterator[list[D]]:
    """The same without their entries."""
    for entries in current_entries_of(snapshot, shape):
        yield [entry.document for entry in entries]


class DocumentCache:
    """The documents that others name, as they stood at the head of `snapshot`; redirects are followed.

    `fetch` reads what is wanted next in one query; the oldest are forgotten when there are too many.
    """

    def __init__(self, snapshot: Snapshot):
        self.snapshot = snapshot
        self._kept: OrderedDict[str, tuple[AnyDocument | None, int]] = OrderedDict()
        self._size = 0

    def fetch_named_by(self, documents: Iterable[AnyDocument]) -> None:
        """Makes sure that `get` finds all that these documents name, until the next `fetch`."""
        self.fetch(target for document in documents for _, target in references_of(document))

    def fetch_with_parents(self, documents: Iterable[AnyDocument]) -> None:
        """The same, and for what stands one step further: the questions of their claims, the outlets of articles."""
        near = {target for document in documents for _, target in references_of(document)}
        self.fetch(near)
        found = [self.get(target) for target in near]
        further = {found.question for found in found if isinstance(found, Claim)}
        further |= {found.outlet for found in found if isinstance(found, Article)}
        self.fetch(near | further)

    def fetch(self, ids: Iterable[str]) -> None:
        """Makes sure that `get` finds what stands under these ids, until the next `fetch`."""
        wanted = set(ids)
        asked: set[str] = set()
        while wanted:
            asked |= wanted
            for public_id in wanted & self._kept.keys():
                self._kept.move_to_end(public_id)
            self._read(sorted(wanted - self._kept.keys()))
            found = (self._kept[public_id][0] for public_id in wanted)
            wanted = {document.into for document in found if isinstance(document, Redirect)} - asked
        while self._size > CACHE_SIZE and len(self._kept) > len(asked):
            self._size -= self._kept.popitem(last=False)[1][1]

    def get(self, public_id: str | None) -> AnyDocument | None:
        """What stood under the id or where it led; None where nothing did, and for no id."""
        passed: set[str] = set()
        while public_id and public_id not in passed:
            passed.add(public_id)
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
                    f"WHERE public_id IN ({marks}) AND seq <= {int(seq)} AND {current_condition(seq)}",
                    some,
                )
                found = dict(cursor.fetchall())
                for public_id in some:
                    text = found.get(public_id)
                    self._kept[public_id] = (decode(text) if text else None, len(text or ""))
                    self._size += len(text or "")
