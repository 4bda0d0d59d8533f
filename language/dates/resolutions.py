"""What the reader of dates hands over, and what it resolves against."""

import calendar
from dataclasses import dataclass
from datetime import date, timedelta

from .partial import read_date


@dataclass(frozen=True)
class DateInWords:
    """A date in a text: `words` == text[start:end], and the partial date that they stand for (partial.py).

    `edtf` is empty where the words tell no more than an order of events ("in recent months"). `others` are readings
    that the words allow as well. What is not `sure` is to be confirmed by an editor.
    """

    start: int
    end: int
    words: str
    edtf: str
    rule: str
    why: str
    sure: bool
    others: tuple[str, ...] = ()

    @property
    def precision(self) -> str:
        """day, month, year, interval, or empty."""
        return read_date(self.edtf).precision if self.edtf else ""


@dataclass(frozen=True)
class Resolution:
    """What one rule makes of a match: the date, why, whether it is sure, other readings."""

    edtf: str
    why: str
    sure: bool = True
    others: tuple[str, ...] = ()


PAST, FUTURE, OPEN, UNCLEAR = "past", "future", "open", "unclear"


@dataclass(frozen=True)
class Context:
    """What stands around a match: which time its clause tells of, and the date mentioned last.

    `tense` is PAST or FUTURE where the clause can only tell of what was or is to come, OPEN where it may be either and
    is more likely to come ("agreed to meet on Monday"), UNCLEAR where it was more likely ("was forced to leave on
    Monday"), and empty where it has no word that shows.
    """

    tense: str = ""
    mentioned: str = ""
    is_mentioned: bool = False  # by a date of the text, and not by the article's own day alone


@dataclass(frozen=True)
class Fields:
    """The fields of the calendar that words name: 0 for a year, month or day, and None for a weekday, not named.

    `weekday` counts from 0, Monday. `name` is the weekday as written.
    """

    year: int = 0
    month: int = 0
    day: int = 0
    weekday: int | None = None
    name: str = ""


def point(year: int, month: int = 0, day: int = 0) -> str:
    """The partial date of these numbers; empty if they are in no calendar, or in no year from 1000 to 9999."""
    if not (1000 <= year <= 9999 and 0 <= month <= 12) or (
        day and (not month or day > calendar.monthrange(year, month)[1])
    ):
        return ""
    return f"{year:04}" + (f"-{month:02}" if month else "") + (f"-{day:02}" if day else "")


def interval(first: str, last: str) -> str:
    """The interval from `first` to `last`; the one date where both are the same, empty where it would turn round."""
    if first == last:
        return first
    try:
        return read_date(f"{first}/{last}").edtf
    except ValueError:
        return ""


def approximate(edtf: str) -> str:
    """`edtf` marked as approximate, at both ends of an interval."""
    return "/".join(f"{end.rstrip('~')}~" for end in edtf.split("/")) if edtf else ""


# The units that times are counted in, by the names that the rules of every language give them.
DAY, WEEK = "day", "week"
MONTH, YEAR = "month", "year"
FORTNIGHT, QUARTER, HALF, DECADE, CENTURY = "fortnight", "quarter", "half", "decade", "century"
DAYS_IN = {DAY: 1, WEEK: 7, FORTNIGHT: 14}
MONTHS_IN = {MONTH: 1, QUARTER: 3, HALF: 6, YEAR: 12, DECADE: 120, CENTURY: 1200}
UNITS = (DAY, WEEK, FORTNIGHT, MONTH, QUARTER, HALF, YEAR, DECADE, CENTURY)


def month_of(year: int, month: int) -> tuple[int, int]:
    """The year and month that `month` months count to, where `month` may lie outside 1 to 12."""
    return year + (month - 1) // 12, (month - 1) % 12 + 1


def shift(day: date, count: int, unit: str) -> date:
    """`day` moved by `count` days, weeks, months, years, decades; ValueError or OverflowError outside the calendar."""
    if unit in DAYS_IN:
        return day + timedelta(days=count * DAYS_IN[unit])
    months = count * MONTHS_IN[unit]
    year, month = month_of(day.year, day.month + months)
    return date(year, month, min(day.day, calendar.monthrange(year, month)[1]))


def ends_of(edtf: str) -> tuple[date, date]:
    """The first and the last day of a partial date."""
    whole = read_date(edtf)
    return whole.earliest, whole.latest


def days(first: date, last: date) -> str:
    """The interval from one day to another."""
    return interval(first.isoformat(), last.isoformat())


def unit_of(edtf: str) -> str:
    """day, month or year for a single date, without its “about”; else empty."""
    return {4: "year", 7: "month", 10: "day"}.get(len(edtf.rstrip("~")), "") if "/" not in edtf else ""


def third_of(edtf: str, which: str) -> str:
    """The early, mid or late third of a month, a year or more, as an approximate interval; all of it for none."""
    if not which:
        return edtf
    whole, number = read_date(edtf), ("early", "mid", "late").index(which)
    first, last = whole.earliest, whole.latest
    if len(edtf) == 7:
        ends = [point(first.year, first.month, day) for day in ((1, 10), (11, 20), (21, last.day))[number]]
    elif len(edtf) == 4:
        ends = [point(first.year, month) for month in ((1, 4), (5, 8), (9, 12))[number]]
    else:
        size = last.year - first.year + 1
        cuts = [0, size * 4 // 10, size * 7 // 10, size]
        ends = [point(first.year + cuts[number]), point(first.year + cuts[number + 1] - 1)]
    return approximate(interval(*ends))
