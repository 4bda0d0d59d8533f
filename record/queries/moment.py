"""The moment that a request asks for, `?at=SEQ`: reading it, and where the log ended then.

How the record is read as it stood after an entry: record/point_in_time.py, whose names are at hand here too.
"""

from datetime import UTC, datetime

from django.db import connections
from django.http import QueryDict
from django.utils.translation import gettext as _

from ..documents.entries import EMPTY_HEAD, Head, format_moment
from ..models import Publication, RecordState
from ..point_in_time import (
    current_condition,
    current_rows,
    entered_condition,
    moment,
    newest_condition,
    newest_rows,
    record_as_of,
    rows_so_far,
)
from .prepared import read_row
from .query_forms import BadQuery, NoSuchPage

__all__ = [
    "PARAMETER",
    "current_condition",
    "current_rows",
    "emptied_rows",
    "entered_condition",
    "entry_at",
    "moment",
    "newest_condition",
    "newest_rows",
    "past_head",
    "read_head",
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


# Every object's own id is an address of it from its first entry on: where that is not said of the first one, the rows
# do not know the past yet (record/migrations/0002).
_PAST_SQL = """
    SELECT log.seq, log.link, log.published_at, state.emptied, COALESCE(state.rewrites, 0),
           EXISTS (SELECT 1 FROM record_address own JOIN record_publication first ON first.public_id = own.owner
                    WHERE first.seq = 1 AND own.valid_from_seq = 1)
      FROM record_publication log LEFT JOIN record_recordstate state ON state.id = 1
     WHERE log.seq <= %s ORDER BY log.seq DESC LIMIT 1
"""


def past_head(seq: int, using: str) -> tuple[Head, int, int]:
    """Where the log ended at an entry, how many of its rows say nothing any more, and how often rows were made anew.

    In one query. What stood then is shown otherwise only when one of the two numbers has changed. Raises `NoSuchPage`
    past the end of the log.
    """
    last = read_row(using, _PAST_SQL, [seq])
    head = read_head(*last[:3]) if last else EMPTY_HEAD
    if head.seq < seq:
        words = _("The record ends at entry %(last)s. Remove “at” to read the current record.")
        raise NoSuchPage(words % {"last": head.seq})
    if last and not last[5]:
        raise NoSuchPage(_("Earlier states of this record are not ready yet after an upgrade. Please try again later."))
    return (head, emptied_rows(using) if last[3] is None else last[3], last[4]) if last else (head, 0, 0)


# Moments of entries never go back, and no number is left out: the place is found by halves, by the primary key.
_ENTRY_AT_SQL = """
    WITH RECURSIVE search(low, high) AS (
        SELECT CAST(0 AS bigint), CAST(COALESCE(MAX(seq), 0) AS bigint) FROM record_publication
        UNION ALL
        SELECT CASE WHEN log.published_at <= %s THEN log.seq ELSE search.low END,
               CASE WHEN log.published_at <= %s THEN search.high ELSE log.seq - 1 END
          FROM search JOIN record_publication log ON log.seq = (search.low + search.high + 1) / 2
         WHERE search.low < search.high)
    SELECT MAX(low) FROM search
"""


def entry_at(moment: datetime, using: str) -> int:
    """The last entry of the log that was published at a moment or before it, 0 where none was; in one query."""
    on = connections[using]
    with on.cursor() as cursor:
        cursor.execute(_ENTRY_AT_SQL, [on.ops.adapt_datetimefield_value(moment)] * 2)
        return cursor.fetchone()[0]


def emptied_rows(using: str) -> int:
    """How many rows of the log say nothing any more: what is kept of it, or counted where nothing is kept yet."""
    kept = RecordState.objects.using(using).values_list("emptied", flat=True).first()
    return Publication.objects.using(using).filter(document=None).count() if kept is None else kept


def read_head(seq: int, link: str, at: datetime | str) -> Head:
    """An entry of the log as SQL gives it, a moment as text by SQLite."""
    published = at if isinstance(at, datetime) else datetime.fromisoformat(at).replace(tzinfo=UTC)
    return Head(seq=seq, link=link, published_at=format_moment(published))
