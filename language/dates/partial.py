"""Partial dates: a subset of EDTF (ISO 8601-2:2019) with the first and the last day that each can mean.

    2019            a year              2019-09         a month            2019-09-03      a day
    2019-09~        approximately       2018/2019-03    from … to …

Unlike the `edtf` package, "approximately" does not widen the interval: it is a remark for the reader, and a
filter for 2019 must not find what is dated 2018~.
"""

import calendar
import re
from dataclasses import dataclass
from datetime import date

_POINT = re.compile(r"(?P<year>[0-9]{4})(?:-(?P<month>[0-9]{2})(?:-(?P<day>[0-9]{2}))?)?(?P<approximate>~?)", re.ASCII)


@dataclass(frozen=True)
class PartialDate:
    """One partial date: `edtf` as written, and the days between which it lies (both included)."""

    edtf: str
    earliest: date
    latest: date

    @property
    def approximate(self) -> bool:
        return "~" in self.edtf

    @property
    def precision(self) -> str:
        """day, month, year or interval."""
        return "interval" if "/" in self.edtf else {4: "year", 7: "month", 10: "day"}[len(self.edtf.rstrip("~"))]


def read_date(text: str) -> PartialDate:
    """The partial date that `text` writes; ValueError with a sentence for an editor if it writes none.

    The two ends of an interval may be known to different precision: 2019-03/2019 is from March to December 2019.
    """
    text = text.strip()
    first, slash, last = text.partition("/")
    start_earliest, start_latest = _read_point(first, text)
    if not slash:
        return PartialDate(text, start_earliest, start_latest)
    _, end_latest = _read_point(last, text)
    if end_latest < start_earliest:
        raise ValueError(f"“{text}” ends before it starts.")
    return PartialDate(text, start_earliest, end_latest)


def _read_point(point: str, whole: str) -> tuple[date, date]:
    if not (match := _POINT.fullmatch(point)):
        raise ValueError(
            f"“{whole[:40]}” is not a date: write 2019, 2019-09 or 2019-09-03, with ~ after it for “about”."
        )
    year, month, day = int(match["year"]), match["month"], match["day"]
    try:
        if day:
            exact = date(year, int(month), int(day))
            return exact, exact
        if month:
            return date(year, int(month), 1), date(year, int(month), calendar.monthrange(year, int(month))[1])
        return date(year, 1, 1), date(year, 12, 31)
    except ValueError:
        raise ValueError(f"“{whole}” is not in the calendar.") from None
