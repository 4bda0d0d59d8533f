"""The table of the log: what was added, changed, merged and withdrawn, and when."""

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from itertools import islice

from django.db import connections
from django.utils.translation import gettext_lazy as _

from ..documents import DOCUMENT_TYPES
from ..linked_data.site import Site
from ..point_in_time import current_condition, record_as_of
from ..public_entries import WITHDRAWN_CONDITION
from .columns import Cell, Column, LogTable
from .snapshot import Snapshot

ROWS_AT_ONCE = 2000
CHANGES_OF_DOCUMENTS = ("added", "changed", "corrected", "merged", "withdrawn", "emptied")

_SQL = f"""
    SELECT seq, kind, public_id, version, published_at,
           CASE WHEN document IS NULL AND NOT erased THEN 'withdrawn'
                WHEN document IS NULL OR {WITHDRAWN_CONDITION} THEN 'emptied'
                WHEN kind = 'redirect' THEN 'merged' WHEN version = 1 THEN 'added'
                WHEN EXISTS (SELECT 1 FROM record_correction c WHERE c.seq = record_publication.seq) THEN 'corrected'
                ELSE 'changed' END,
           CASE WHEN document IS NOT NULL AND {WITHDRAWN_CONDITION} THEN '' ELSE reason END,
           (SELECT label FROM record_current n WHERE n.public_id = record_publication.public_id AND {{n}})
      FROM record_publication WHERE {{where}} ORDER BY seq LIMIT {ROWS_AT_ONCE}
"""  # noqa: S608 - all ours


def _rows(snapshot: Snapshot, site: Site) -> Iterator[list[list[Cell]]]:
    """The entries up to the head; where filters choose a part, all that became of what they choose."""
    for condition in _conditions(snapshot):
        last = snapshot.first - 1
        while rows := _read(f"{condition}seq > {last} AND seq <= {snapshot.head.seq}", snapshot):
            yield [
                [seq, public_id, kind, version, _moment(at), change, label, reason, site.identity(public_id)]
                for seq, kind, public_id, version, at, change, reason, label in rows
            ]
            last = rows[-1][0]


def _conditions(snapshot: Snapshot) -> Iterable[str]:
    """What to ask for, one after the other."""
    if snapshot.selection is None:
        yield ""
        return
    left = snapshot.selection.in_order()
    while some := ",".join(map(str, islice(left, ROWS_AT_ONCE))):
        if snapshot.since is not None:
            yield f"seq IN ({some}) AND "
        else:
            yield f"public_id IN (SELECT public_id FROM record_publication WHERE seq IN ({some})) AND "  # noqa: S608


def _read(where: str, snapshot: Snapshot) -> list[tuple]:
    with record_as_of(snapshot.head.seq), connections[snapshot.using].cursor() as cursor:
        cursor.execute(_SQL.format(where=where, n=current_condition("n")))
        return cursor.fetchall()


def _moment(at: datetime | str) -> datetime:
    """SQLite gives a text."""
    return at.astimezone(UTC) if isinstance(at, datetime) else datetime.fromisoformat(at).replace(tzinfo=UTC)


CHANGES = LogTable(
    "changes",
    _("One row for each entry of the log: what was added, changed, merged or withdrawn, when and why."),
    (
        Column("seq", _("the number of the entry"), "integer"),
        Column("id", _("what the entry is about")),
        Column("kind", _("what that is; a redirect is what was merged"), choices=(*DOCUMENT_TYPES, "redirect")),
        Column("version", _("which version of it, from 1"), "integer"),
        Column("recorded_at", _("when the entry was published (UTC)"), "datetime"),
        Column(
            "change",
            _("what happened; “emptied” is a version whose words were withdrawn or erased later"),
            choices=CHANGES_OF_DOCUMENTS,
        ),
        Column("label", _("what it is called now; empty where it no longer stands")),
        Column("reason", _("why, in the editors’ words")),
        Column("url", _("the address that leads to it for ever")),
    ),
    ("seq",),
    _rows,
)
