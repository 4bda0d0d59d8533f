"""After which entry of the log the record is read: as it stands now, or as it stood then.

Whatever is read in `record_as_of(seq)` is read as it stood after that entry: named reads and the search ask for their
rows here, so that no page hands the entry on.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import TypeVar

from django.db.models import Q, QuerySet

from .models import HeldRow, Publication
from .public_entries import followed_by_withdrawal, without_taken_back

H = TypeVar("H", bound=HeldRow)

_entry: ContextVar[int | None] = ContextVar("entry that the record is read after", default=None)


def moment() -> int | None:
    """The entry after which the record is read, None for now."""
    return _entry.get()


@contextmanager
def record_as_of(seq: int | None) -> Iterator[None]:
    """Reads inside are of the record as it stood after an entry that the log has; None is now."""
    before = _entry.set(seq)
    try:
        yield
    finally:
        _entry.reset(before)


def current_rows(model: type[H]) -> QuerySet[H]:
    """The rows of a projection that hold at the moment that is read."""
    if (seq := moment()) is None:
        return model.objects.all()
    return model.history.filter(Q(valid_before_seq=None) | Q(valid_before_seq__gt=seq), valid_from_seq__lte=seq)


def current_condition(alias: str) -> str:
    """`current_rows` as SQL: what must be true of a row of a projection that the query calls `alias`."""
    if (seq := moment()) is None:
        return f"{alias}.valid_before_seq IS NULL"
    since, until = f"{alias}.valid_from_seq <= {seq:d}", f"{alias}.valid_before_seq > {seq:d}"
    return f"({since} AND ({alias}.valid_before_seq IS NULL OR {until}))"


def entered_condition(alias: str, column: str) -> str:
    """Follows from `current_condition` where `column` has the entry at which what a row tells of stands.

    Said all the same, an index by entry leads past all that came later.
    """
    return "1 = 1" if (seq := moment()) is None else f"{alias}.{column} <= {seq:d}"


def rows_so_far(rows: QuerySet[Publication]) -> QuerySet[Publication]:
    """Of these rows of the log those that were there already."""
    return rows if (seq := moment()) is None else rows.filter(seq__lte=seq)


def newest_rows(rows: QuerySet[Publication]) -> QuerySet[Publication]:
    """Of these rows of the log the newest version of each object, withdrawals included.

    Of the past those alone that are given out still.
    """
    if (seq := moment()) is None:
        return rows.filter(superseded_by=None)
    return without_taken_back(rows.filter(Q(superseded_by=None) | Q(superseded_by__gt=seq), seq__lte=seq))


def newest_condition(alias: str) -> str:
    """`newest_rows` as SQL: what must be true of a row of the log that the query calls `alias`."""
    if (seq := moment()) is None:
        return f"{alias}.superseded_by IS NULL"
    followed = f"({alias}.superseded_by IS NULL OR {alias}.superseded_by > {seq:d})"
    return f"({alias}.seq <= {seq:d} AND {followed} AND NOT {followed_by_withdrawal(alias)})"
