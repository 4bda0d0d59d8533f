"""Rules of days that have a name: Christmas, Good Friday, Labor Day."""

import re
from collections.abc import Callable
from datetime import date, timedelta

from ...dates import calendar_units, near_the_article
from ...dates.date_grammar import Rule, compile_pattern
from ...dates.resolutions import FUTURE, PAST, Context, Resolution, unit_of
from .named_day_words import BY_DATE, BY_EASTER, BY_WEEKDAY, DOUBTFUL, NAMED_DATES, OTHERWISE_ELSEWHERE


def dates_of(name: str) -> Callable[[int], date]:
    """A function that says on which day of a year a named day is."""
    if name in BY_DATE:
        month, number = BY_DATE[name]
        return lambda year: date(year, month, number)
    if name in BY_EASTER:
        return lambda year: calendar_units.easter(year) + timedelta(days=BY_EASTER[name])
    month, count, weekday, after = BY_WEEKDAY[name]

    def of_month(year: int) -> date:
        made = calendar_units.nth_weekday(count, weekday, f"{year:04}-{month:02}")
        return date.fromisoformat(made.edtf if made else f"{year:04}-{month:02}-01") + timedelta(days=after)

    return of_month


def name_of(match: re.Match[str]) -> str:
    return " ".join(match["name"].lower().replace("’", "'").split())


def in_year(match: re.Match[str], edtf: str) -> Resolution | None:
    """“Christmas 2014”, “Good Friday last year”."""
    if unit_of(edtf) != "year" or "~" in edtf:
        return None
    name = name_of(match)
    return Resolution(dates_of(name)(int(edtf)).isoformat(), "the day of that name", name not in OTHERWISE_ELSEWHERE)


def nearest_day(match: re.Match[str], day: date, context: Context) -> Resolution | None:
    """The day of that name nearest to the article."""
    name, which = name_of(match), (match["which"] or "").lower()
    tense = {"last": PAST, "next": FUTURE}.get(which, context.tense)
    context = Context(tense, context.mentioned, context.is_mentioned)
    choices = [dates_of(name)(day.year + step) for step in (-1, 0, 1)]
    made = near_the_article.nearest_of_years(choices, day, context)
    return Resolution(made.edtf, made.why, made.sure and name not in DOUBTFUL, made.others)


def known_date(match: re.Match[str]) -> Resolution | None:
    return Resolution(NAMED_DATES[" ".join(match[0].lower().split())], "a day known by this name")


_NAMES = "|".join(
    re.escape(name).replace(r"\ ", r"\s").replace("'", "[’']")
    for name in sorted((*BY_DATE, *BY_EASTER, *BY_WEEKDAY), key=len, reverse=True)
)
_KNOWN = "|".join(re.escape(name).replace(r"\ ", r"\s") for name in NAMED_DATES)
_SIGNS = tuple({max(re.findall("[a-z]+", name), key=len) for name in (*BY_DATE, *BY_EASTER, *BY_WEEKDAY)})
_CAPITAL = r"(?=[A-Z0-9])"
RULES = (
    Rule(
        "named day",
        compile_pattern(
            rf"(?:(?P<which>(?i:last|next|this))\s)?{_CAPITAL}(?P<name>(?i:{_NAMES}))(?!\s(?:Agreement|Accord|Island|Tree|Party|party|tree|trees|sales))",
            True,
        ),
        _SIGNS,
        relative=nearest_day,
        part=in_year,
    ),
    Rule("known day", compile_pattern(rf"(?i:{_KNOWN})", True), ("11",), absolute=known_date),
)
