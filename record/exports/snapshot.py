"""Which part of the log an export holds, and the address under which the same part can be asked for again.

The part that filters choose is the matching statements, and everything that they depend on: every document that is
named by one of the selection is in it too, merged ones by their redirects, so that no reference leads out of it. What
is kept in memory of it is sixteen bytes an entry.
"""

from array import array
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from functools import partial
from heapq import merge
from urllib.parse import urlencode

import msgspec
from django.db import connections
from django.db.models import QuerySet

from ..documents import DOCUMENT_TYPES, FORMAT
from ..documents.entries import EMPTY_HEAD, Head
from ..linked_data.site import Site, published_by, terms
from ..log import head_of
from ..models import Publication
from ..queries.moment import current_condition, moment, newest_condition

FETCH_SIZE = 10_000  # rows read at once while selecting

# One statement, so that it sees one state of the record. Its first row is the head of that state. What is named is
# found by way of `record_current`, whose rows are small; redirects, which have none there, in the log. No document
# names a statement, so that none is found twice.
_SELECT = """
    WITH RECURSIVE chosen(seq) AS MATERIALIZED ({chosen}), needed(id) AS (
        SELECT target FROM record_reference
         WHERE {current_reference} AND seq IN (SELECT seq FROM chosen)
        UNION
        SELECT record_reference.target FROM needed {further}
    )
    SELECT kind, seq FROM (
        SELECT 'head' AS kind, COALESCE(MAX(seq), 0) AS seq, 0 AS place FROM record_publication WHERE {so_far}
        UNION ALL
        SELECT 'statement', seq, seq FROM chosen
        UNION ALL
        SELECT kind, publication_id, publication_id FROM record_current
         WHERE {current} AND public_id IN (SELECT id FROM needed)
        UNION ALL
        SELECT kind, seq, seq FROM record_publication
         WHERE kind = 'redirect' AND {newest} AND public_id IN (SELECT id FROM needed)
    ) found ORDER BY place
"""

_FURTHER_JOIN = {
    "sqlite": "JOIN record_reference ON record_reference.source = needed.id AND {current_reference}",
    # By index for each. PostgreSQL takes those that are needed for many more than they are, and would read all
    # references at every step; OFFSET keeps it from making a join of this.
    "postgresql": "CROSS JOIN LATERAL ("
    "SELECT target FROM record_reference WHERE source = needed.id AND {current_reference} OFFSET 0) record_reference",
}


@dataclass(frozen=True)
class Selection:
    """Standing entries as `seq`s in order, all and by the kind of their documents; `filters` is what was asked for.

    Of what came since an entry, `empty` are the later entries that say nothing, and are in `order` too.
    `undated_count` is how many statements a period left out because nobody knows their date; None without a period.
    """

    filters: dict[str, list[str]]
    order: array
    seqs: dict[str, array]
    empty: array = field(default_factory=partial(array, "Q"))
    undated_count: int | None = None

    def in_order(self) -> Iterator[int]:
        """All entries in `seq` order."""
        return iter(self.order)

    def seqs_of(self, kind: str) -> array:
        """The entries of one kind."""
        return self.seqs.get(kind, array("Q"))


EMPTY_SELECTION = Selection({}, array("Q"), {kind: array("Q") for kind in (*DOCUMENT_TYPES, "redirect")})


def select_entries(
    positions: QuerySet, filters: dict[str, list[str]], *, using: str, before: QuerySet | None = None
) -> tuple[int, Selection]:
    """The selection of the statements of these positions, and the `seq` of the head at which it was made.

    With what stands for the statements of the positions in `before`, which were chosen once. Of the past where it is
    the past that is read (record/queries/moment.py).
    """
    statements = positions.using(using).order_by().values("seq").distinct()
    chosen, parameters = statements.query.get_compiler(using).as_sql()
    if before is not None:
        once, further = before.using(using).order_by().values("statement").query.get_compiler(using).as_sql()
        standing = f"{current_condition('stands')} AND stands.kind = 'statement'"
        chosen += (
            f" UNION SELECT stands.publication_id FROM record_current stands WHERE {standing} "  # noqa: S608
            f"AND stands.public_id IN ({once})"
        )
        parameters = (*parameters, *further)
    reference = current_condition("record_reference")
    sql = _SELECT.format(
        chosen=chosen,
        further=_FURTHER_JOIN[connections[using].vendor].format(current_reference=reference),
        current_reference=reference,
        current=current_condition("record_current"),
        newest=newest_condition("record_publication"),
        so_far="1 = 1" if moment() is None else f"seq <= {moment():d}",
    )
    rows = _rows(sql, parameters, using)
    _, head = next(rows)
    seqs = {kind: array("Q") for kind in (*DOCUMENT_TYPES, "redirect")}
    order = array("Q")
    for kind, seq in rows:
        order.append(seq)
        seqs[kind].append(seq)
    return head, Selection(filters, order, seqs)


def entries_since(selection: Selection, earlier: Selection, since: int, head: int, *, using: str) -> Selection:
    """What is in a selection and was not in the one of an earlier entry, and all later entries that say nothing.

    Which of them stood in the selection is part of what was taken back.
    """
    emptied = Publication.objects.using(using).filter(document=None, seq__gt=since, seq__lte=head)
    empty = array("Q", emptied.order_by("seq").values_list("seq", flat=True))
    order = array("Q", merge(_without(selection.order, earlier.order), empty))
    seqs = {kind: array("Q", _without(entries, earlier.seqs[kind])) for kind, entries in selection.seqs.items()}
    return Selection(selection.filters, order, seqs, empty, selection.undated_count)


def _without(entries: array, others: array) -> Iterator[int]:
    """The entries that are not among others; both in order."""
    left = iter(others)
    other = next(left, None)
    for entry in entries:
        while other is not None and other < entry:
            other = next(left, None)
        if entry != other:
            yield entry


def _rows(sql: str, parameters: tuple[str | int, ...], using: str) -> Iterator[tuple[str, int]]:
    """The rows of a query, some at a time; PostgreSQL hands them over as a COPY, which holds none of them."""
    on = connections[using]
    with on.cursor() as cursor:
        if on.vendor == "postgresql":
            with cursor.copy(f"COPY ({cursor.mogrify(sql, parameters)}) TO STDOUT") as copy:
                for kind, seq in copy.rows():
                    yield kind, int(seq)
        else:
            cursor.execute(sql, parameters)
            while some := cursor.fetchmany(FETCH_SIZE):
                yield from some


class BeyondLogEnd(Exception):
    """What is asked for lies beyond the end of the log."""


@dataclass(frozen=True)
class Snapshot:
    """The entries after `since` and up to `head`; `as_of` and `since` are what was asked for, None where it was not.

    `head` is where the log ended at `as_of`, or now. With a `selection` it holds those standing entries alone.
    `using` is the connection that is read. `recorded_since` is the day that was asked for, from which `since`
    follows; None where an entry was asked for too.
    """

    head: Head
    as_of: int | None = None
    since: int | None = None
    using: str = "public"
    selection: Selection | None = None
    recorded_since: date | None = None

    @property
    def query(self) -> str:
        """What was asked for, as a query that gives the same again."""
        asked: dict[str, object] = {"as_of": self.head.seq}
        if self.recorded_since is not None:
            asked["recorded_since"] = self.recorded_since.isoformat()
        elif self.since is not None:
            asked["since"] = self.since
        return urlencode(asked | (self.selection.filters if self.selection else {}), doseq=True)

    @property
    def query_note(self) -> str:
        """The query, and how many statements its filters left out without having looked at them."""
        left_out = "" if self.undated_count is None else f" (undated statements left out: {self.undated_count})"
        return self.query + left_out

    @property
    def undated_count(self) -> int | None:
        """How many statements a period left out because nobody knows their date; None where no period was asked for."""
        return self.selection.undated_count if self.selection else None

    @property
    def first(self) -> int:
        """The first `seq` of the export; greater than the last where it is empty."""
        return (self.since or 0) + 1

    def opening_json(self) -> bytes:
        """Format, head, bounds, terms, publisher and filters as JSON, without its closing brace."""
        fields = {"format": FORMAT, "head": self.head, "as_of": self.as_of, "since": self.since, "terms": terms()}
        if known := published_by():
            fields["publisher"] = known
        if self.selection is not None:
            fields["filters"] = self.selection.filters
        if self.undated_count is not None:
            fields["undated_left_out"] = self.undated_count
        return msgspec.json.encode(fields)[:-1]


def take_snapshot(as_of: int | None = None, since: int | None = None, *, using: str = "public") -> Snapshot:
    """The snapshot of the log that is asked for. Raises `Ahead`, in a sentence; `since` lies at or before `as_of`."""
    publications = Publication.objects.using(using)
    now = head_of(publications)
    for name, seq in (("as_of", as_of), ("since", since)):
        if seq is not None and seq > now.seq:
            raise BeyondLogEnd(f"The record ends at {now.seq}: {name} lies beyond it.")
    if as_of is not None:
        now = head_of(publications.filter(seq=as_of)) if as_of else EMPTY_HEAD
    return Snapshot(now, as_of, since, using)


def identity_of(snapshot: Snapshot, path: str, site: Site) -> str:
    """The address of `path` with the filters and the bounds that were asked for."""
    asked = dict(snapshot.selection.filters) if snapshot.selection else {}
    asked |= {
        name: [str(seq)] for name, seq in (("as_of", snapshot.as_of), ("since", snapshot.since)) if seq is not None
    }
    return site.address_for(path) + (f"?{urlencode(asked, doseq=True)}" if asked else "")
