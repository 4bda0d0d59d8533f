"""Rules of dates that name their year, decade or century, and of the fields of the calendar by themselves."""

import re

from ...dates.date_grammar import (
    DAY_AND_MONTH,
    DIGITS,
    FULL_DAY,
    MONTHS,
    NUMBER,
    TIME_WORDS,
    AbsoluteResolver,
    FieldsReader,
    Rule,
    absolute_rules,
    compile_pattern,
    fields_rules,
)
from ...dates.date_grammar import YEAR as YEAR_ALONE
from ...dates.reckoning import nth_unit
from ...dates.resolutions import Fields, Resolution, approximate, interval, point
from .date_words import (
    ABOUT,
    AFTER_A_YEAR,
    BEFORE_A_YEAR,
    CALENDARS,
    DAY,
    DAY_IN_WORDS,
    DECADES,
    ERAS,
    FULL_MONTH,
    FULL_WEEKDAY,
    MONTH,
    MONTH_WITH_YEAR,
    NOT_OF_A_YEAR,
    OF_A_YEAR,
    ORDINALS,
    OTHER_CALENDARS,
    PLURALS,
    WEEKDAY,
    YEAR,
    YEAR_ENDS,
    YEARS_IN_WORDS,
    number_of,
    weekday_number,
    year_in_words,
)
from .date_words import MONTHS as MONTH_NUMBERS

# No year that is written otherwise, and no other calendar, follows a day without its year.
NO_OTHER_YEAR = (
    rf"(?!,?\s(?:of\s)?(?:2[1-9]|[3-9][0-9])[0-9]{{2}}\b|,?\s[0-9]{{3,4}}\s(?:{CALENDARS})|\s\(?(?:{CALENDARS}|O\.?S\.?)(?![a-z])"
    rf"|,?\s\(?(?:of|in|by|on|under|according\sto)\sthe\s(?:{OTHER_CALENDARS})\scalendar)"
)


def day_month(month: str) -> str:
    """The pattern of a day and a month whose names are `month`."""
    return (
        rf"(?:(?P<m>{month})[\s-](?:the\s)?(?P<d>{DAY})|(?P<d2>{DAY})(?:\s|-)?(?:of\s|day\sof\s)?(?P<m2>{month})"
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
    return Fields(int(match["y"]), *day_and_month(match), *weekday_fields(match["w"]))


def day_of_month(match: re.Match[str]) -> Fields:
    """“March 29”, “Friday, 29 March”."""
    return Fields(0, *day_and_month(match), *weekday_fields(match["w"]))


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


def calendar_date(edtf: str, why: str) -> Resolution | None:
    """A date that is written out; None where there is no such day or time."""
    return Resolution(edtf, why) if edtf else None


def numeric_day(match: re.Match[str]) -> Resolution | None:
    """“29/03/2019”: the day is the number over 12; where both could be the month, the European order, unsure."""
    first, second, year = int(match["a"]), int(match["b"]), int(match["y"])
    short = year < 100
    year += 0 if not short else 2000 if year < 50 else 1900
    european, american = point(year, second, first), point(year, first, second)
    if european and american and european != american:
        return Resolution(european, "day and month could be the other way round", sure=False, others=(american,))
    edtf = european or american
    return Resolution(edtf, "only one of the numbers can be the month", not short) if edtf else None


def days_of_month(match: re.Match[str]) -> Resolution | None:
    """“March 1, 2 and 3, 2018”: from the first to the last, surely where none between is left out."""
    month, year = month_number(match["m"]), int(match["y"])
    numbers = [number_of(number) for number in re.findall(DAY, match["days"])]
    edtf = interval(point(year, month, numbers[0]), point(year, month, numbers[-1]))
    if not edtf or numbers != sorted(numbers):
        return None
    return Resolution(edtf, "the first and the last of the days", numbers[-1] - numbers[0] == len(numbers) - 1)


def year(match: re.Match[str]) -> Resolution:
    """“in 2018”; unsure where the number may count what follows (“in 2000 villages”, “to 2000 dollars”)."""
    edtf, counted = match["y"], (match["counted"] or "").lower()
    if may_count(match["lead"] or "", counted):
        return Resolution(edtf, f"a year, or {edtf} {counted}", sure=False)
    if (match["lead"] or "").lower() in ABOUT:
        return Resolution(approximate(edtf), "about a year", sure=False)
    return Resolution(edtf, "a year")


def may_count(lead: str, following: str) -> bool:
    """Whether the word after a number may be what it counts: a plural, or after most prepositions any noun."""
    if not following or following in AFTER_A_YEAR:
        return False
    is_plural = (following.endswith("s") and not following.endswith("ss")) or following in PLURALS
    return is_plural or (lead.lower() not in BEFORE_A_YEAR and not following.endswith("ed"))


def named_year(match: re.Match[str]) -> Resolution | None:
    """“the 1998 treaty”: sure before what is of a year, and no year before what is not."""
    edtf, counted = match["y"], match["counted"].lower()
    if counted in NOT_OF_A_YEAR:
        return None
    if counted not in OF_A_YEAR:
        return Resolution(edtf, f"a year, or {edtf} {counted}", sure=False)
    return Resolution(edtf, "a year")


def quarter_of_year(match: re.Match[str]) -> Resolution | None:
    """“2016 Q3”."""
    return nth_unit(int(match["q"]), 1, "quarter", match["y"])


def short_year(match: re.Match[str]) -> Resolution:
    number = int(match["y"])
    return Resolution(point(number + (1900 if number > 30 else 2000)), "a year without its century", sure=False)


def spelt_year(match: re.Match[str]) -> Resolution | None:
    """“nineteen ninety-six”, “two thousand and nine”."""
    edtf = point(year_in_words(match["words"]))
    return Resolution(edtf, "a year in words") if edtf else None


def spelt_year_alone(match: re.Match[str]) -> Resolution | None:
    made = spelt_year(match)
    return Resolution(made.edtf, made.why, sure=False) if made else None


def business_year(match: re.Match[str]) -> Resolution:
    """“fiscal 2018”, “the 2017-18 school year”: the years that it lies in, never sure."""
    first, last = match["y"] or match["y3"], match["y2"] or match["y4"]
    if last:
        edtf = interval(first, first[:2] + last if len(last) == 2 else last)
        return Resolution(edtf, "a year of its own kind, within these", sure=False)
    return Resolution(first, "a year of its own kind, that may begin in another", sure=False)


def years(match: re.Match[str]) -> Resolution | None:
    """“from 1996 to 1997”, “1996-97”, “(1644-1911)”."""
    first, last = match["y"], match["y2"]
    edtf = interval(first, first[:2] + last if len(last) == 2 else last)
    return calendar_date("" if edtf == first else edtf, "both years are written out")


def years_or_numbers(match: re.Match[str]) -> Resolution | None:
    """“from 1996 to 1997”; unsure where the numbers may count what follows (“from 1500 to 2000 dollars”)."""
    made = years(match)
    if made and may_count(match["lead"], match["counted"] or ""):
        return Resolution(made.edtf, f"years, or numbers of {match['counted']}", sure=False)
    return made


def decade(match: re.Match[str]) -> Resolution:
    if match["y"]:
        first = int(match["y"])
        if match["y"].endswith("00") and first < 2000:
            decade = interval(point(first), point(first + 9))
            return Resolution(interval(point(first), point(first + 99)), "the century", False, (decade,))
        sure = not match["y"].endswith("00")
    elif match["nought"]:
        first, sure = 2000, True
    else:
        hundred = 1800 if (match["hundred"] or "").lower() == "eighteen" else 1900
        first = hundred + (int(match["short"]) if match["short"] else DECADES[match["word"].lower()])
        sure = bool(match["hundred"]) or (bool(match["short"]) and first >= 1930)
    edtf = interval(point(first), point(first + 9))
    return Resolution(edtf, f"the ten years from {first}", sure, others=() if sure else (point(first),))


def century(match: re.Match[str]) -> Resolution:
    number = int(match["n"]) if match["n"] else ORDINALS[match["word"].lower()]
    if match["era"] or not 11 <= number <= 30:
        return Resolution("", "a century outside the dates that the desk keeps", sure=False)
    first = (number - 1) * 100 + 1
    return Resolution(interval(point(first), point(first + 99)), f"the hundred years from {first}")


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


_FIELDS: list[tuple[str, str, tuple[str, ...], FieldsReader]] = [
    (
        FULL_DAY,
        rf"(?:(?P<w>{WEEKDAY})\.?,?\s(?:the\s)?)?{day_month(MONTH_WITH_YEAR)},?(?:\s|-)(?P<y>{YEAR})"
        rf"(?!\s(?:{CALENDARS})(?![a-z]))(?:\s(?:AD|CE|A\.D\.))?",
        (DIGITS,),
        full_day,
    ),
    (
        FULL_DAY,
        r"(?<![0-9./-])(?P<y>[12][0-9]{3})(?P<sep>[-/.])(?P<mo>[01]?[0-9])(?P=sep)(?P<d>[0-3]?[0-9])(?![0-9-]|[./][0-9])",
        (DIGITS,),
        iso_day,
    ),
    (
        "month and year",
        rf"(?P<m>{MONTH_WITH_YEAR}),?\s(?P<y>{YEAR})(?!\s(?:{CALENDARS})(?![a-z]))",
        (DIGITS,),
        month_and_year,
    ),
    (
        "month and year",
        r"(?<![0-9./-])(?P<mo>0?[1-9]|1[0-2])/(?P<y>(?:19|20)[0-9]{2})(?![0-9./-])",
        (DIGITS,),
        month_in_numbers,
    ),
    (
        DAY_AND_MONTH,
        rf"(?:(?P<w>{WEEKDAY})\.?,?\s(?:the\s)?)?{DAY_MONTH}{NO_OTHER_YEAR}",
        (DIGITS, MONTHS),
        day_of_month,
    ),
    (
        "weekday and number",
        rf"(?P<w>{FULL_WEEKDAY}),?\sthe\s(?P<d>(?:3[01]|[12][0-9]|[1-9])(?:st|nd|rd|th)|(?i:{DAY_IN_WORDS}))(?!-)\b",
        (TIME_WORDS,),
        numbered_weekday,
    ),
]
# What is a date only as an end of a range, or as a part of a longer time.
ORDINAL_ALONE = "ordinal of a day"
_INSIDE: list[tuple[str, str, tuple[str, ...], FieldsReader]] = [
    ("weekday inside", rf"(?P<w>{FULL_WEEKDAY})", (TIME_WORDS,), bare_weekday),
    (
        "month inside",
        rf"(?P<m>{FULL_MONTH}|Jan|Feb|Mar|Apr|Aug|Sept?|Oct|Nov|Dec)(?:\.(?=\s[0-9a-z]))?",
        (MONTHS, DIGITS),
        bare_month,
    ),
    ("year inside", rf"(?P<y>{YEAR})(?!s\b)(?!\s(?:{CALENDARS})(?![a-z]))", (DIGITS,), bare_year),
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
        "some days",
        rf"(?P<m>{MONTH})\s(?P<days>{DAY}(?:,\s{DAY})*,?\s(?:and|&)\s{DAY}),?\s(?P<y>{YEAR})",
        days_of_month,
    ),
    (
        "some days",
        rf"(?P<days>{DAY}(?:,\s{DAY})*,?\s(?:and|&)\s{DAY})\s(?:of\s)?(?P<m>{MONTH}),?\s(?P<y>{YEAR})",
        days_of_month,
    ),
    (
        "from year to year",
        rf"(?:(?P<lead>(?i:from|between))\s(?P<y>{YEAR})\s(?:to|and|until|through)\s(?P<y2>{YEAR}))"
        r"(?:(?=\s(?P<counted>[a-z]+)\b)|)",
        years_or_numbers,
    ),
    (
        "from year to year",
        rf"(?<![0-9-])(?P<y>1[0-9]{{3}}|20[0-9]{{2}})\s?[-–/]\s?(?P<y2>{YEAR}|[0-9]{{2}}(?![0-9-]))",
        years,
    ),
    (
        "year of its own kind",
        rf"(?:(?i:the\s)?(?i:fiscal|financial|tax|budget|marketing|academic|school|crop)(?:\syear)?|FY)\s?(?P<y>{YEAR})"
        rf"(?:[-–/](?P<y2>[0-9]{{2,4}}))?|(?P<y3>{YEAR.partition('(?!')[0]})(?:[-–/](?P<y4>[0-9]{{2,4}}))?\s"
        r"(?:fiscal|financial|tax|budget|academic|school|marketing)\syear",
        business_year,
    ),
    (
        YEAR_ALONE,
        rf"\b(?P<lead>(?i:in|since|until|till|by|before|after|during|from|of|to|through|for|year|throughout|as of"
        rf"|around|all of|and|AD|back in|circa))\s(?P<y>{YEAR})"
        rf"(?!s\b|[-–/][0-9]|\s(?:{CALENDARS}|GMT|UTC|hours|hrs)(?![a-z]))"
        r"(?:(?=\s(?P<counted>[a-z]+)\b)|)",
        year,
    ),
    (YEAR_ALONE, rf"(?<=\()(?P<y>{YEAR})(?=\))(?P<lead>)(?P<counted>)", year),
    (
        YEAR_ALONE,
        rf"\b(?:the|The|its|Its|his|her|their|a)\s(?P<y>{YEAR})\s(?P<counted>[A-Za-z]{{3,}})(?P<lead>)",
        named_year,
    ),
    (YEAR_ALONE, rf"(?<=[Ii]t\swas\s)(?P<y>{YEAR})(?P<lead>)(?P<counted>)(?=\s(?:when|that))", year),
    (
        YEAR_ALONE,
        rf"(?<![\w,;)]\s)(?P<y>{YEAR})(?P<lead>)(?P<counted>)(?=\s(?:was|saw|brought|began|ended|has\sbeen|had\sbeen|turned\sout)\b)",
        year,
    ),
    (YEAR_ALONE, rf"(?P<y>{YEAR})\s(?:AD|CE|A\.D\.)(?P<lead>)(?P<counted>)", year),
    (YEAR_ALONE, r"\b(?i:in|since|of|summer|by|until)\s[’'‘](?P<y>[0-9]{2})(?!s|[0-9])", short_year),
    ("part of a year", rf"(?P<y>{YEAR})[\s-]Q(?P<q>[1-4])", quarter_of_year),
    (
        "year in words",
        rf"(?:(?<=\b[Ii]n\s)|(?<=\bof\s)|(?<=\b[Bb]y\s)|(?<=\b[Ss]ince\s)|(?<=\byear\s))(?P<words>(?i:{YEARS_IN_WORDS}))"
        r"(?!-|\s(?:people|men|women|children|[a-z]+s)\b)",
        spelt_year,
    ),
    (
        "year in words",
        rf"(?P<words>(?i:(?:eighteen|nineteen)\s(?:{YEAR_ENDS})))(?!-|\s(?:[a-z]+s|people|men|women)\b)",
        spelt_year_alone,
    ),
    (
        "decade",
        rf"(?:(?P<y>1[0-9]{{2}}0|20[0-9]0)[’']?s\b|[’'‘](?P<short>[1-9]0)s\b"
        rf"|(?:(?P<hundred>(?i:eighteen|nineteen))[\s-]|(?<=the\s))(?P<word>(?i:{'|'.join(DECADES)}))\b"
        r"|(?P<nought>(?i:noughties)))",
        decade,
    ),
    (
        "century",
        rf"(?:(?P<n>[12]?[0-9])(?:st|nd|rd|th)|(?P<word>(?i:{DAY_IN_WORDS})))[\s-]century\b"
        rf"(?P<era>\s(?:B\.?C\.?E?\.?|AH)(?![a-z]))?",
        century,
    ),
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
# What else than a digit a rule needs to find anything.
_SIGNS = {
    "decade": ("0s", "0’s", "0's", "noughties", *DECADES),
    "century": ("century",),
    "year in words": ("nineteen", "eighteen", "seventeen", "twenty", "two thousand"),
    "year of its own kind": ("fiscal", "financial", "tax", "budget", "marketing", "academic", "school", "crop", "fy"),
    "year of another calendar": (" bc", " b.c", " ah", " a.h", " hijri", " bs", " b.s", "(bc", "(ah"),
    "converted": ("24", "25", *(name.lower() for name in ERAS)),
}
# Times after “mid-”.
_AFTER_A_HYPHEN = tuple(
    Rule(
        f"{name} inside", compile_pattern(pattern, True, hyphens=True), _SIGNS[name], absolute=resolve, inside_only=True
    )
    for name, pattern, resolve in _RULES
    if name in ("decade", "century")
)
RULES = (
    *fields_rules(_FIELDS),
    *absolute_rules(_RULES, _SIGNS),
    *fields_rules(_INSIDE, inside_only=True),
    *_AFTER_A_HYPHEN,
)
