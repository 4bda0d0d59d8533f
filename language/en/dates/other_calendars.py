"""Rules of dates in other calendars: converted, and shown as converted, or left unread."""

import re

from ...dates.date_grammar import (
    YEARS,
    AbsoluteResolver,
    absolute_rules,
)
from ...dates.resolutions import Resolution, point
from .date_words import (
    ERAS,
    OTHER_CALENDARS,
)
from .days_and_months import DAY_MONTH, day_and_month


def buddhist_day(match: re.Match[str]) -> Resolution | None:
    """“3 May 2562 BE”: converted to the common calendar, and shown as converted."""
    year = int(match["y"]) - 543
    month, number = day_and_month(match) if match["date"] else (0, 0)
    edtf = point(year, month, number)
    return Resolution(edtf, f"converted: the Buddhist year {match['y']}", sure=False) if edtf else None


def year_of_era(match: re.Match[str]) -> Resolution:
    """“Reiwa 2”: converted to the common calendar, and shown as converted."""
    return Resolution(
        point(ERAS[match["era"]] + int(match["n"])), f"converted: year {match['n']} of an era", sure=False
    )


def another_calendar(match: re.Match[str]) -> Resolution:
    return Resolution("", "of another calendar, which is not converted", sure=False)


_RULES: list[tuple[str, str, AbsoluteResolver]] = [
    (
        "converted",
        rf"(?P<date>{DAY_MONTH},?\s)?(?P<y>2[45][0-9]{{2}})\s(?:\(?B\.?E\.?(?![a-z])\)?|(?:of\sthe\s)?(?i:Buddhist\s(?:era|calendar)))",
        buddhist_day,
    ),
    ("converted", rf"(?P<era>{'|'.join(ERAS)})\s(?P<n>[0-9]{{1,3}})", year_of_era),
    (
        "year of another calendar",
        rf"(?:{DAY_MONTH},?\s)?(?:(?:in|year|of)\s)?(?:[0-9]{{1,4}}\s\(?(?:B\.?C\.?(?:E\.?)?|A\.?H\.?|Hijri)"
        r"|[12][0-9]{3}\s\(?B\.?S\.?)(?![A-Za-z])\)?",
        another_calendar,
    ),
    (
        "another calendar",
        rf"{DAY_MONTH}(?:,?\s(?:of\s)?(?:2[1-9]|[3-9][0-9])[0-9]{{2}}\b|\s\(?O\.?S\.?\)?"
        rf"|,?\s\(?(?:of|in|by|on|under|according\sto)\sthe\s(?:{OTHER_CALENDARS})\scalendar\)?)",
        another_calendar,
    ),
]
_SIGNS = {
    "another calendar": (YEARS, "calendar", "o.s", " os", "(os"),
    "year of another calendar": (" bc", " b.c", " ah", " a.h", " hijri", " bs", " b.s", "(bc", "(ah"),
    "converted": ("24", "25", *(name.lower() for name in ERAS)),
}
RULES = absolute_rules(_RULES, _SIGNS)
