"""After which entry of the log the record is read: as it stands now, or as it stood then.

Whatever is read in `record_as_of(seq)` is read as it stood after that entry: the reads of this folder ask for their
rows here, so that no page hands the entry on.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import TypeVar

from django.db.models import Count, Exists, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce
from django.http import QueryDict
from django.utils.translation import gettext as _

from ..documents.entries import EMPTY_HEAD, Head, format_moment
from ..log.public_entries import followed_by_withdrawal, without_taken_back
from ..models import Address, HeldRow, Publication, RecordState
from .query_forms import BadQuery, NoSuchPage

H = TypeVar("H", bound=HeldRow)

_entry: ContextVar[int | None] = ContextVar("entry that the record is read after", default=None)


def moment() -> int | None:
    """The entry after which the record is read, None for now."""
    return _entry.get()


PARAMETER = "at"


def read_moment(query: QueryDict) -> int | None:
    """The entry that a query asks for with `at`, None where it does not. Raises `BadQuery` in words."""
    values = query.getlist(PARAMETER)
    if not values:
        return None
    if len(values) > 1:
        raise BadQuery({PARAMETER: _("This is given more than once: give one entry of the record.")})
    text = values[0].strip()
    if text == "0":
        words = _("Before its first entry the record was empty: entries are counted from 1.")
        raise BadQuery({PARAMETER: words})
    if not (text.isascii() and text.isdigit()) or text.startswith("0"):
        words = _("“%(value)s” is not the number of an entry of the record: these are whole numbers from 1.")
        raise BadQuery({PARAMETER: words % {"value": text[:40]}})
    if len(text) > LONGEST_NUMBER:
        raise NoSuchPage(_("No record is that long: “at” lies beyond its end."))
    return int(text)


LONGEST_NUMBER = 18  # digits


def past_head(seq: int, using: str) -> tuple[Head, int, int]:
    """Where the log ended at an entry, how many of its rows say nothing any more, and how often rows were made anew.

    In one query. What stood then is shown otherwise only when one of the two numbers has changed. Raises `NoSuchPage`
    past the end of the log.
    """
    log = Publication.objects.using(using)
    kept, rewrites = RecordState.objects.values("emptied"), RecordState.objects.values("rewrites")
    # Counted where it is not kept yet, after an upgrade.
    empty = log.filter(document=None).order_by().annotate(any=Value(1)).values("any").annotate(count=Count("*"))
    # Every object's own id is an address of it from its first entry on: where that is not said of the first one, the
    # rows do not know the past yet (record/migrations/0002).
    first = Address.history.filter(owner__in=Publication.objects.filter(seq=1).values("public_id"), valid_from_seq=1)
    rows = log.filter(seq__lte=seq).order_by("-seq")
    rows = rows.annotate(emptied=Coalesce(Subquery(kept), Subquery(empty.values("count"))), knows_past=Exists(first))
    rows = rows.annotate(rewrites=Coalesce(Subquery(rewrites), 0))
    last = rows.values_list("seq", "link", "published_at", "emptied", "knows_past", "rewrites").first()
    head = Head(seq=last[0], link=last[1], published_at=format_moment(last[2])) if last else EMPTY_HEAD
    if head.seq < seq:
        words = _("The record ends at entry %(last)s. Remove “at” to read the current record.")
        raise NoSuchPage(words % {"last": head.seq})
    if last and not last[4]:
        raise NoSuchPage(_("Earlier states of this record are not ready yet after an upgrade. Please try again later."))
    return (head, last[3] or 0, last[5]) if last else (head, 0, 0)


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
