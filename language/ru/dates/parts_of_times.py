"""Rules of parts of a longer time in Russian: «в начале», «первый квартал», «в ночь на»."""

import re
from datetime import date, timedelta

from ...dates import calendar_units
from ...dates.date_grammar import (
    DIGITS,
    MONTHS,
    TIME_WORDS,
    PartResolver,
    RelativeResolver,
    part_rules,
)
from ...dates.resolutions import (
    Context,
    Resolution,
    days,
    ends_of,
    unit_of,
)
from . import russian_words as words
from .russian_numbers import (
    number_in,
    ordinal_of,
    weekday_of_word,
)


def months_of(season: str) -> tuple[int, int]:
    return next(months for form, months in words.SEASONS.items() if re.fullmatch(form, season, re.IGNORECASE))


def third(match: re.Match[str], edtf: str) -> Resolution | None:
    return calendar_units.third_or_whole(edtf, words.PARTS[match["part"][0].lower()])


def weekday_within(match: re.Match[str], edtf: str) -> Resolution | None:
    return calendar_units.nth_weekday(ordinal_of(match["nth"]), weekday_of_word(match["w"]) or 0, edtf)


def unit_within(match: re.Match[str], edtf: str) -> Resolution | None:
    """“в первом квартале”, “во второй половине”, “за первые три месяца”."""
    word = match["unit"].lower()
    unit = {"кв": "quarter", "по": "half", "не": "week", "ме": "month", "дн": "day", "де": "day"}[word[:2]]
    size = 1 if not match["n"] else int(match["n"]) if match["n"].isdigit() else number_in(match["n"], words.NUMBERS)
    return calendar_units.nth_unit(ordinal_of(match["nth"]), int(size), unit, edtf)


def quarter_alone(match: re.Match[str], day: date, context: Context) -> Resolution | None:
    if not match["unit"].lower().startswith(("квартал", "полугоди")) or match["n"]:
        return None
    unit = "quarter" if match["unit"].lower().startswith("кв") else "half"
    return calendar_units.part_near(ordinal_of(match["nth"]), unit, day, context)


def season_within(match: re.Match[str], edtf: str) -> Resolution | None:
    months = months_of(match["s"])
    first, last = ends_of(edtf)
    winter = months[0] == 12
    if winter and last.year == first.year + 1:
        return Resolution(calendar_units.season_of(first.year, months), "of the northern half of the earth")
    if unit_of(edtf) != "year":
        return None
    others = (calendar_units.season_of(first.year - 1, months),) if winter else ()
    return Resolution(
        calendar_units.season_of(first.year, months), "of the northern half of the earth", not winter, others
    )


def night_before(match: re.Match[str], edtf: str) -> Resolution | None:
    """“в ночь на 5 марта”: from the evening before to that day."""
    if unit_of(edtf) != "day":
        return None
    day = date.fromisoformat(edtf)
    return Resolution(days(day - timedelta(days=1), day), "the night before that day")


_PARTS: list[tuple[str, str, tuple[str, ...], PartResolver, RelativeResolver | None]] = [
    ("third", rf"(?i:{words.PART})", (DIGITS, MONTHS, TIME_WORDS), third, None),
    ("weekday of", rf"(?i:(?P<nth>{words.ORDINAL})\s(?P<w>{words.WEEKDAY}))", (TIME_WORDS,), weekday_within, None),
    (
        "part of a year",
        rf"(?i:(?P<nth>{words.ORDINAL})\s(?:(?P<n>{words.COUNT})\s)?(?P<unit>квартал(?:е|а|у|ом)?|полугоди(?:и|е|я)|половин(?:е|у|а|ы)"
        r"|недел(?:е|ю|я|и|ь)|месяц(?:а|е|ев|ы)?|дн(?:и|ей|я)|день|декад(?:е|у|а|ы)))(?![а-яё])",
        (TIME_WORDS,),
        unit_within,
        quarter_alone,
    ),
    ("season", rf"(?i:(?P<s>{'|'.join(words.SEASONS)}))", (TIME_WORDS,), season_within, None),
    ("night before", r"(?i:в\sночь\sна)", (DIGITS, MONTHS, TIME_WORDS), night_before, None),
]

RULES = part_rules(_PARTS)
