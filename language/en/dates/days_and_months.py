"""Rules of days, months and weekdays, by the fields of the calendar that words or figures name."""

import re

from ...dates.date_grammar import (
    DAY_AND_MONTH,
    DIGITS,
    FULL_DAY,
    MONTHS,
    NUMBER,
    TIME_WORDS,
    YEARS,
    AbsoluteResolver,
    FieldsReader,
    absolute_rules,
    fields_rules,
)
from ...dates.resolutions import Fields, Resolution, interval, point
from .date_words import (
    CALENDARS,
    DAY,
    DAY_IN_WORDS,
    FULL_MONTH,
    FULL_WEEKDAY,
    MONTH,
    MONTH_WITH_YEAR,
    OTHER_CALENDARS,
    SHORTENED_MONTHS,
    WEEKDAY,
    YEAR,
    number_of,
    weekday_number,
)
from .date_words import MONTHS as MONTH_NUMBERS

# No year that is written otherwise, and no other calendar, follows a day without its year.
NO_OTHER_YEAR = (
    rf"(?!,?\s(?:of\s)?(?:2[1-9]|[3-9][0-9])[0-9]{{2}}\b|,?\s[0-9]{{3,4}}\s(?:{CALENDARS})|\s\(?(?:{CALENDARS}|O\.?S\.?)(?![a-z])"
    rf"|,?\s\(?(?:of|in|by|on|under|according\sto)\sthe\s(?:{OTHER_CALENDARS})\scalendar)"
)


# “29 March, Fri.”: a weekday may follow, at the end of a clause.
WEEKDAY_AFTER = rf"(?:,\s(?P<w2>{WEEKDAY})\b(?=[.,;:)]|$))?"


def day_month(month: str) -> str:
    """The pattern of a day and a month whose names are `month`."""
    return (
        rf"(?:(?P<m>{month})[\s/-](?:the\s)?(?P<d>{DAY})|(?P<d2>{DAY})(?:\s|-|/)?(?:of\s|day\sof\s)?(?P<m2>{month})"
        rf"|(?P<m3>{month})\s(?:the\s)?(?P<d3>(?i:{DAY_IN_WORDS}))"
        r"(?!-|\s[a-z]{3,}ed\b|\s(?:time|ever|half|quarter|of)\b)"
        rf"|(?:the\s)?(?P<d4>(?i:{DAY_IN_WORDS}))\s(?:day\s)?(?:of\s)(?P<m4>{month}))"
    )


DAY_MONTH = day_month(MONTH)


def month_number(word: str) -> int:
    """1 to 12 for a month's name, however shortened or written in capitals."""
    word = word.rstrip(".")
    return MONTH_NUMBERS.get(word) or MONTH_NUMBERS[word.capitalize()]


def day_and_month(match: re.Match[str]) -> tuple[int, int]:
    """The month and the day that DAY_MONTH caught."""
    month = match["m"] or match["m2"] or match["m3"] or match["m4"]
    return month_number(month), number_of(match["d"] or match["d2"] or match["d3"] or match["d4"])


def weekday_fields(word: str | None) -> tuple[int | None, str]:
    """The number and the name of a weekday, if there is one."""
    return (weekday_number(word), word) if word else (None, "")


def full_day(match: re.Match[str]) -> Fields:
    """“March 29, 2019”, “29 March 2019”, “the first of May 2019”, with or without its weekday."""
    return Fields(int(match["y"]), *day_and_month(match), *weekday_fields(match["w"] or match["w2"]))


def day_of_month(match: re.Match[str]) -> Fields:
    """“March 29”, “Friday, 29 March”, “29 March, Fri.”."""
    return Fields(0, *day_and_month(match), *weekday_fields(match["w"] or match["w2"]))


def day_in_figures(match: re.Match[str]) -> Fields | None:
    """“on 8/25”: only where no more than one of the numbers can be the month."""
    first, second = int(match["a"]), int(match["b"])
    if (first, second) == (24, 7) or (first <= 12) == (second <= 12):
        return None
    return Fields(0, *((first, second) if first <= 12 else (second, first)))


def month_of_year(match: re.Match[str]) -> Fields:
    """“2024 August”, “2018 Aug 5”."""
    return Fields(int(match["y"]), month_number(match["m"]), number_of(match["d"]) if match["d"] else 0)


def iso_day(match: re.Match[str]) -> Fields:
    return Fields(int(match["y"]), int(match["mo"]), int(match["d"]))


def month_and_year(match: re.Match[str]) -> Fields:
    return Fields(int(match["y"]), month_number(match["m"]))


def month_in_numbers(match: re.Match[str]) -> Fields | None:
    month = int(match["mo"])
    return Fields(int(match["y"]), month) if 1 <= month <= 12 else None


def bare_year(match: re.Match[str]) -> Fields:
    return Fields(int(match["y"]))


def bare_month(match: re.Match[str]) -> Fields:
    return Fields(0, month_number(match["m"]))


def bare_weekday(match: re.Match[str]) -> Fields:
    return Fields(0, 0, 0, *weekday_fields(match["w"]))


def bare_number(match: re.Match[str]) -> Fields:
    return Fields(0, 0, number_of(match["d"]))


def numbered_weekday(match: re.Match[str]) -> Fields:
    """“Friday the 15th”."""
    return Fields(0, 0, number_of(match["d"]), *weekday_fields(match["w"]))


def numeric_day(match: re.Match[str]) -> Resolution | None:
    """“29/03/2019”: the day is the number over 12; where both could be the month, the European order, unsure."""
    first, second, year = int(match["a"]), int(match["b"]), int(match["y"])
    short = year < 100
    year += 0 if not short else 2000 if year < 50 else 1900
    european, american = point(year, second, first), point(year, first, second)
    if european and american and european != american:
        return Resolution(european, "day and month could be the other way round", sure=False, others=(american,))
    edtf = european or american
    no_year_first = second > 12 or len(match["a"]) == 1  # else “21/04/16” may begin with its year
    return Resolution(edtf, "only one of the numbers can be the month", not short or no_year_first) if edtf else None


def day_and_short_year(match: re.Match[str]) -> Resolution | None:
    """“14th April 15”, “Aug 96”: the number may be something else, and the century is not said."""
    number = int(match["y"])
    if not match["d"] and number < 32:
        return None  # the day of the month
    day = int(match["d"] or 0)
    edtf = point(number + (2000 if number < 50 else 1900), month_number(match["m"]), day)
    return Resolution(edtf, "a year without its century", sure=False) if edtf else None


def days_of_month(match: re.Match[str]) -> Resolution | None:
    """“March 1, 2 and 3, 2018”: from the first to the last, surely where none between is left out."""
    month, year = month_number(match["m"]), int(match["y"])
    numbers = [number_of(number) for number in re.findall(DAY, match["days"])]
    edtf = interval(point(year, month, numbers[0]), point(year, month, numbers[-1]))
    if not edtf or numbers != sorted(numbers):
        return None
    return Resolution(edtf, "the first and the last of the days", numbers[-1] - numbers[0] == len(numbers) - 1)


_FIELDS: list[tuple[str, str, tuple[str, ...], FieldsReader]] = [
    (
        FULL_DAY,
        rf"(?:(?P<w>{WEEKDAY})\.?,?\s(?:the\s)?)?{day_month(MONTH_WITH_YEAR)},?[\s/-](?P<y>{YEAR})"
        rf"(?!\s(?:{CALENDARS})(?![a-z]))(?:\s(?:AD|CE|A\.D\.))?{WEEKDAY_AFTER}",
        (YEARS,),
        full_day,
    ),
    (
        FULL_DAY,
        r"(?<![0-9./-])(?P<y>[12][0-9]{3})(?P<sep>[-/.])(?P<mo>[01]?[0-9])(?P=sep)(?P<d>[0-3]?[0-9])(?![0-9-]|[./][0-9])",
        (YEARS,),
        iso_day,
    ),
    (
        "month and year",
        rf"(?P<m>{MONTH_WITH_YEAR}),?\s(?P<y>{YEAR})(?!\s(?:{CALENDARS})(?![a-z]))",
        (YEARS,),
        month_and_year,
    ),
    (
        "month and year",
        r"(?<![0-9./-])(?P<mo>0?[1-9]|1[0-2])/(?P<y>(?:19|20)[0-9]{2})(?![0-9/-]|\.[0-9])",
        (YEARS,),
        month_in_numbers,
    ),
    (
        DAY_AND_MONTH,
        rf"(?:(?P<w>{WEEKDAY})\.?,?\s(?:the\s)?)?{DAY_MONTH}{NO_OTHER_YEAR}"
        rf"{WEEKDAY_AFTER}",
        (DIGITS, MONTHS),
        day_of_month,
    ),
    (
        "weekday and number",
        rf"(?P<w>{FULL_WEEKDAY}),?\sthe\s(?P<d>(?:3[01]|[12][0-9]|[1-9])(?:st|nd|rd|th)|(?i:{DAY_IN_WORDS}))(?!-)\b",
        (TIME_WORDS,),
        numbered_weekday,
    ),
    (
        "weekday and number",
        rf"(?P<w>{WEEKDAY})\.?,?\s(?:the\s)?(?P<d>(?:3[01]|[12][0-9]|[1-9])(?:st|nd|rd|th))(?![-\s](?:century|anniversary|[A-Z]))",
        (DIGITS,),
        numbered_weekday,
    ),
    (
        DAY_AND_MONTH,
        r"(?<=\b(?i:on|by)\s)(?P<a>[0-3]?[0-9])/(?P<b>[0-3]?[0-9])(?![0-9/%-]|\.[0-9])",
        (DIGITS,),
        day_in_figures,
    ),
    (
        "month and year",
        rf"(?P<y>{YEAR})(?:[/-]|\s(?!May|March|Mar\b))(?P<m>{FULL_MONTH}|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)"
        rf"(?:\.|\b)(?:\s(?P<d>{DAY})(?!,?\s{YEAR}))?(?!,?\s?[0-9])",
        (YEARS,),
        month_of_year,
    ),
]
# What is a date only as an end of a range, or as a part of a longer time.
ORDINAL_ALONE = "ordinal of a day"
_INSIDE: list[tuple[str, str, tuple[str, ...], FieldsReader]] = [
    ("weekday inside", rf"(?P<w>{FULL_WEEKDAY})", (TIME_WORDS,), bare_weekday),
    (
        "month inside",
        rf"(?P<m>{FULL_MONTH}|Jan|Feb|Mar|Apr|Aug|Sept?|Oct|Nov|Dec)(?:\.(?=\s[0-9a-z]))?",
        (MONTHS, DIGITS, *SHORTENED_MONTHS),
        bare_month,
    ),
    ("year inside", rf"(?P<y>{YEAR})(?!s\b)(?!\s(?:{CALENDARS})(?![a-z]))", (YEARS,), bare_year),
    (
        ORDINAL_ALONE,
        rf"(?:the\s)?(?P<d>(?:3[01]|[12][0-9]|[1-9])(?:st|nd|rd|th)|(?i:{DAY_IN_WORDS}))(?:\sday)?",
        (DIGITS, TIME_WORDS),
        bare_number,
    ),
    (NUMBER, rf"(?P<d>{DAY})", (DIGITS,), bare_number),
]

_RULES: list[tuple[str, str, AbsoluteResolver]] = [
    (
        "day in numbers",
        r"(?<![0-9./-])(?P<a>[0-9]{1,2})(?P<sep>[./-])(?P<b>[0-9]{1,2})(?P=sep)(?P<y>[12][0-9]{3})(?![0-9./]*[0-9])",
        numeric_day,
    ),
    (
        "day in numbers",
        r"(?<![0-9./-])(?P<a>[0-9]{1,2})/(?P<b>[0-9]{1,2})/(?P<y>[0-9]{2})(?![0-9./]*[0-9])",
        numeric_day,
    ),
    (
        "day and short year",
        rf"(?:(?P<d>[0-3]?[0-9])(?:st|nd|rd|th)?\s(?:of\s)?)?(?P<m>{MONTH}),?\s[’']?(?P<y>[0-9]{{2}})(?=[.,;)]|$)(?![.,][0-9])",
        day_and_short_year,
    ),
    (
        "some days",
        rf"(?P<m>{MONTH})\s(?P<days>{DAY}(?:,\s{DAY})*,?\s(?:and|&)\s{DAY}),?\s(?P<y>{YEAR})",
        days_of_month,
    ),
    (
        "some days",
        rf"(?P<days>{DAY}(?:,\s{DAY})*,?\s(?:and|&)\s{DAY})\s(?:of\s)?(?P<m>{MONTH}),?\s(?P<y>{YEAR})",
        days_of_month,
    ),
]
RULES = (*fields_rules(_FIELDS), *absolute_rules(_RULES, {"some days": (YEARS,)}))
INSIDE = fields_rules(_INSIDE, inside_only=True)
