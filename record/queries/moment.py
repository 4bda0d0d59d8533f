"""The moment that a request asks for, `?at=SEQ`: reading it, and where the log ended then.

How the record is read as it stood after an entry: record/point_in_time.py, whose names are at hand here too.
"""

from django.db.models import Count, Exists, Subquery, Value
from django.db.models.functions import Coalesce
from django.http import QueryDict
from django.utils.translation import gettext as _

from ..documents.entries import EMPTY_HEAD, Head, format_moment
from ..models import Address, Publication, RecordState
from ..point_in_time import (
    current_condition,
    current_rows,
    moment,
    newest_condition,
    newest_rows,
    record_as_of,
    rows_so_far,
)
from .query_forms import BadQuery, NoSuchPage

__all__ = [
    "PARAMETER",
    "current_condition",
    "current_rows",
    "moment",
    "newest_condition",
    "newest_rows",
    "past_head",
    "read_moment",
    "record_as_of",
    "rows_so_far",
]

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
