"""Rules of absolute dates: what names its year, its decade or its century itself. Each takes a match."""

import re
from datetime import date

from ...dates.date_grammar import DIGITS, FULL_DAY, TIME_WORDS, AbsoluteResolver, absolute_rules
from ...dates.date_grammar import YEAR as YEAR_ALONE
from ...dates.resolutions import Resolution, approximate, interval, month_of, point, third_of
from .date_words import (
    DASH,
    DAY,
    DECADES,
    FULL_MONTH,
    MONTH,
    MONTHS,
    ORDINALS,
    PART,
    SEASONS,
    WEEKDAY,
    WEEKDAYS,
    YEAR,
    third_named,
)

CENTURY = "|".join(sorted(ORDINALS, key=len, reverse=True))
DAY_MONTH = rf"(?:(?P<m>{MONTH})\s(?:the\s)?(?P<d>{DAY})|(?P<d2>{DAY})\s(?:of\s)?(?P<m2>{MONTH}))"


def month_number(word: str) -> int:
    """1 to 12 for a month's name, however shortened or written in capitals."""
    word = word.rstrip(".")
    return MONTHS.get(word) or MONTHS[word.capitalize()]


def number_of(day: str) -> int:
    return int(day.rstrip("stndrh"))


def day_and_month(match: re.Match[str]) -> tuple[int, int]:
    """The month and the day that DAY_MONTH caught."""
    return month_number(match["m"] or match["m2"]), number_of(match["d"] or match["d2"])


def calendar_date(edtf: str, why: str) -> Resolution | None:
    """A date that is written out; None where there is no such day or time."""
    return Resolution(edtf, why) if edtf else None


def whole_or_third(edtf: str, match: re.Match[str], why: str) -> Resolution:
    """A month or year, or the third of it that the words name."""
    which = third_named(match["part"])
    return Resolution(third_of(edtf, which), f"a third of {edtf}, about") if which else Resolution(edtf, why)


def full_day(match: re.Match[str]) -> Resolution | None:
    """“March 29, 2019”, “29 March 2019”, with or without its weekday."""
    edtf, weekday = point(int(match["y"]), *day_and_month(match)), match["w"]
    if edtf and weekday and date.fromisoformat(edtf).weekday() != WEEKDAYS[weekday.rstrip(".")]:
        return Resolution(edtf, f"that day was no {weekday}", sure=False)
    return calendar_date(edtf, "the day is written out")


def iso_day(match: re.Match[str]) -> Resolution | None:
    return calendar_date(point(int(match["y"]), int(match["mo"]), int(match["d"])), "the day is written out")


def numeric_day(match: re.Match[str]) -> Resolution | None:
    """“29/03/2019”: the day is the number over 12; where both could be the month, the European order, unsure."""
    first, second, year = int(match["a"]), int(match["b"]), int(match["y"])
    european, american = point(year, second, first), point(year, first, second)
    if european and american and european != american:
        return Resolution(european, "day and month could be the other way round", sure=False, others=(american,))
    return calendar_date(european or american, "only one of the numbers can be the month")


def day_range(match: re.Match[str]) -> Resolution | None:
    """“September 2-4, 2019”, “from 2 to 4 September 2019”."""
    year, (month, first) = int(match["y"]), day_and_month(match)
    last_month = month_number(match["em"]) if match["em"] else month
    last = point(year, last_month, number_of(match["e"]))
    return calendar_date(interval(point(year, month, first), last), "both days are written out")


def month_and_year(match: re.Match[str]) -> Resolution:
    return whole_or_third(point(int(match["y"]), month_number(match["m"])), match, "month and year are written out")


def months_of_years(match: re.Match[str]) -> Resolution | None:
    """“between March 2017 and May 2018”, “from March to May 2018”."""
    first = point(int(match["y"] or match["y2"]), month_number(match["m"]))
    last = point(int(match["y2"]), month_number(match["m2"]))
    return calendar_date(interval(first, last), "both months are written out")


def year(match: re.Match[str]) -> Resolution:
    edtf, counted = match["y"], match["counted"]
    if counted and not third_named(match["part"]):
        return Resolution(edtf, f"a year, or {edtf} {counted}", sure=False)
    return whole_or_third(edtf, match, "a year")


def years(match: re.Match[str]) -> Resolution | None:
    """“from 1996 to 1997”, “1996-97”, “(1644-1911)”."""
    first, last = match["y"], match["y2"]
    edtf = interval(first, first[:2] + last if len(last) == 2 else last)
    return calendar_date("" if edtf == first else edtf, "both years are written out")


def decade(match: re.Match[str]) -> Resolution:
    if match["y"]:
        first, sure = int(match["y"]), not match["y"].endswith("00")
    else:
        first = 1900 + (int(match["short"]) if match["short"] else DECADES[match["word"].lower()])
        sure = bool(match["short"]) and first >= 1930
    edtf = third_of(interval(point(first), point(first + 9)), third_named(match["part"]))
    return Resolution(edtf, f"the ten years from {first}", sure, others=() if sure else (point(first),))


def century(match: re.Match[str]) -> Resolution:
    number = int(match["n"]) if match["n"] else ORDINALS[match["word"].lower()]
    if not 11 <= number <= 30:
        return Resolution("", "a century outside the dates that the desk keeps", sure=False)
    first = (number - 1) * 100 + 1
    edtf = interval(point(first), point(first + 99))
    return Resolution(third_of(edtf, third_named(match["part"])), f"the hundred years from {first}")


def season(match: re.Match[str]) -> Resolution:
    """“summer 2018”; the winter of a year can begin or end in it."""
    first, last = SEASONS[match["s"].lower()]
    year = int(match["y"])
    edtf = interval(point(year, first), point(*month_of(year, last)))
    why = "of the northern half of the earth"
    if first == 12 and not match["y2"]:
        winter_before = approximate(interval(point(year - 1, 12), point(year, 2)))
        return Resolution(approximate(edtf), why, sure=False, others=(winter_before,))
    return Resolution(approximate(edtf), why)


def fraction(match: re.Match[str]) -> Resolution:
    """“the first quarter of 2019”, “Q3 2018”, “the second half of 2018”."""
    number = int(match["q"]) if match["q"] else ORDINALS[match["nth"].lower()]
    size = 6 if (match["of"] or "").lower() == "half" else 3
    year = int(match["y"])
    if number * size > 12:
        return Resolution("", "a year has no such part", sure=False)
    return Resolution(interval(point(year, (number - 1) * size + 1), point(year, number * size)), "calendar months")


def day_first_range(match: re.Match[str]) -> Resolution | None:
    """“2-4 September 2019”, “2 August to 4 September 2019”."""
    year, last = int(match["y"]), month_number(match["m2"])
    first = month_number(match["m"]) if match["m"] else last
    days = point(year, first, number_of(match["d2"])), point(year, last, number_of(match["e"]))
    return calendar_date(interval(*days), "both days are written out")


_RULES: list[tuple[str, str, AbsoluteResolver]] = [
    (FULL_DAY, rf"(?:(?P<w>{WEEKDAY})\.?,?\s)?{DAY_MONTH},?\s(?P<y>{YEAR})", full_day),
    ("day in numbers", r"(?<![0-9-])(?P<y>[12][0-9]{3})-(?P<mo>[01][0-9])-(?P<d>[0-3][0-9])(?![0-9-])", iso_day),
    (
        "day in numbers",
        r"(?<![0-9./])(?P<a>[0-9]{1,2})(?P<sep>[./])(?P<b>[0-9]{1,2})(?P=sep)(?P<y>[12][0-9]{3})(?![0-9./]*[0-9])",
        numeric_day,
    ),
    (
        "from day to day",
        rf"(?:(?i:from|between)\s)?(?P<m>{MONTH})\s(?P<d>{DAY})(?:{DASH}|\sand\s)(?:(?P<em>{MONTH})\s)?(?P<e>{DAY}),?\s"
        rf"(?P<y>{YEAR})(?P<d2>)(?P<m2>)",
        day_range,
    ),
    (
        "from day to day",
        rf"(?:(?i:from|between)\s)?(?P<d2>{DAY})(?:\s(?P<m>{MONTH}))?(?:{DASH}|\sand\s)(?P<e>{DAY})\s"
        rf"(?P<m2>{MONTH}),?\s(?P<y>{YEAR})(?P<d>)(?P<em>)",
        day_first_range,
    ),
    ("month and year", rf"(?:(?P<part>(?i:{PART}))[\s-])?(?P<m>{MONTH}),?\s(?:of\s)?(?P<y>{YEAR})", month_and_year),
    (
        "from month to month",
        rf"(?:(?i:from|between)\s)?(?P<m>{FULL_MONTH})(?:,?\s(?P<y>{YEAR}))?(?:{DASH}|\sand\s)"
        rf"(?P<m2>{FULL_MONTH}),?\s(?P<y2>{YEAR})",
        months_of_years,
    ),
    (
        "from year to year",
        rf"(?:(?i:from|between)\s(?P<y>{YEAR})\s(?:to|and|until|through)\s(?P<y2>{YEAR}))",
        years,
    ),
    (
        "from year to year",
        rf"(?<![0-9-])(?P<y>1[0-9]{{3}}|20[0-9]{{2}})[-–/](?P<y2>{YEAR}|[0-9]{{2}}(?![0-9-]))",
        years,
    ),
    (
        YEAR_ALONE,
        rf"(?P<part>(?i:(?:{PART})\s?-?))\s?(?P<y>{YEAR})(?P<counted>)(?!s)",
        year,
    ),
    (
        YEAR_ALONE,
        rf"\b(?i:in|since|until|till|by|before|after|during|from|of|to|through|for|year|throughout|late|as of|around)\s"
        rf"(?P<y>{YEAR})(?!s\b|[-–/][0-9])(?:\s(?P<counted>(?!(?:was|is|has|his|its|this|as|across|thus|plus|was)\b)"
        rf"[a-z]+s\b))?(?P<part>)",
        year,
    ),
    (YEAR_ALONE, rf"(?<=\()(?P<y>{YEAR})(?=\))(?P<counted>)(?P<part>)", year),
    (YEAR_ALONE, rf"\b(?:the|The|its|Its|his|her|their)\s(?P<y>{YEAR})(?P<part>)\s(?P<counted>[a-z]{{3,}})", year),
    (
        "decade",
        rf"(?:(?P<part>(?i:{PART}))[\s-](?:the\s)?)?(?:(?P<y>1[0-9]{{2}}0|20[0-9]0)[’']?s\b|[’'‘](?P<short>[1-9]0)s\b"
        rf"|(?<=the\s)(?P<word>(?i:{'|'.join(DECADES)}))\b)",
        decade,
    ),
    (
        "century",
        rf"(?:(?P<part>(?i:{PART}))[\s-](?:the\s)?)?(?:(?P<n>[12]?[0-9])(?:st|nd|rd|th)|(?P<word>(?i:{CENTURY})))"
        r"[\s-]century\b",
        century,
    ),
    ("season", rf"(?P<s>(?i:{'|'.join(SEASONS)}))(?:\sof)?,?\s(?P<y>{YEAR})(?P<y2>[-–/][0-9]{{2,4}})?", season),
    (
        "part of a year",
        rf"(?:(?:the\s)?(?P<nth>(?i:first|second|third|fourth))\s(?P<of>(?i:quarter|half))\sof|\bQ(?P<q>[1-4])(?:\sof)?)"
        rf"\s(?P<y>{YEAR})",
        fraction,
    ),
]
# What else than a digit a rule needs to find anything.
_SIGNS = {"decade": (DIGITS, TIME_WORDS), "century": (TIME_WORDS,)}
RULES = absolute_rules(_RULES, _SIGNS)
