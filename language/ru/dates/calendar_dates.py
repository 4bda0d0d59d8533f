"""Rules of dates in Russian that name days, months, years or longer times of the calendar."""

import re

from ...dates.date_grammar import (
    DAY_AND_MONTH,
    DIGITS,
    FULL_DAY,
    MONTHS,
    NUMBER,
    TIME_WORDS,
    YEAR,
    AbsoluteResolver,
    FieldsReader,
    absolute_rules,
    fields_rules,
)
from ...dates.resolutions import (
    Fields,
    Resolution,
    interval,
    point,
)
from . import russian_words as words
from .russian_numbers import (
    day_of_word,
    month_of_word,
    roman,
    weekday_of_word,
)


def full_day(match: re.Match[str]) -> Fields:
    weekday = weekday_of_word(match["w"])
    return Fields(int(match["y"]), month_of_word(match["m"]), day_of_word(match["d"]), weekday, match["w"] or "")


def day_and_month(match: re.Match[str]) -> Fields:
    weekday = weekday_of_word(match["w"])
    return Fields(0, month_of_word(match["m"]), day_of_word(match["d"]), weekday, match["w"] or "")


def iso_day(match: re.Match[str]) -> Fields:
    return Fields(int(match["y"]), int(match["mo"]), int(match["d"]))


def numeric_day(match: re.Match[str]) -> Fields:
    """«31.10.1974», «в пятницу, 18.07.2014»."""
    return Fields(int(match["y"]), int(match["mo"]), int(match["d"]), weekday_of_word(match["w"]), match["w"] or "")


def short_numeric_day(match: re.Match[str]) -> Resolution | None:
    """«18.07.14»: its century is not said."""
    year = int(match["y"])
    edtf = point(year + (2000 if year < 50 else 1900), int(match["mo"]), int(match["d"]))
    return Resolution(edtf, "a year without its century", sure=False) if edtf else None


def month_and_year(match: re.Match[str]) -> Fields:
    return Fields(int(match["y"]), month_of_word(match["m"]))


def bare_month(match: re.Match[str]) -> Fields:
    return Fields(0, month_of_word(match["m"]))


def bare_day(match: re.Match[str]) -> Fields:
    return Fields(0, 0, day_of_word(match["d"]))


def bare_year(match: re.Match[str]) -> Fields:
    return Fields(int(match["y"]))


def weekday_fields(match: re.Match[str]) -> Fields:
    return Fields(weekday=weekday_of_word(match["w"]), name=match["w"])


def years(match: re.Match[str]) -> Resolution | None:
    first, last = match["y"], match["y2"]
    edtf = interval(first, first[:2] + last if len(last) == 2 else last)
    return Resolution(edtf, "both years are written out") if edtf and edtf != first else None


def spelt_year(match: re.Match[str]) -> Resolution:
    """“в две тысячи восьмом году”."""
    return Resolution(point(2000 + day_of_word(match["n"])), "a year in words")


def decade(match: re.Match[str]) -> Resolution:
    """“1990-е”, “в 90-х годах”, “в девяностые”."""
    if match["y"]:
        first = int(match["y"])
    elif match["short"]:
        first = 1900 + int(match["short"]) if match["short"] != "00" else 2000
    else:
        first = 1900 + next(number for form, number in words.DECADES.items() if match["word"].lower().startswith(form))
    sure = (bool(match["y"]) and not match["y"].endswith("00")) or (bool(match["short"]) and first >= 1930)
    return Resolution(interval(point(first), point(first + 9)), f"the ten years from {first}", sure)


def century(match: re.Match[str]) -> Resolution:
    number = roman(match["n"])
    if match["era"] or not 11 <= number <= 30:
        return Resolution("", "a century outside the dates that the desk keeps", sure=False)
    first = (number - 1) * 100 + 1
    return Resolution(interval(point(first), point(first + 99)), f"the hundred years from {first}")


def another_calendar(match: re.Match[str]) -> Resolution:
    return Resolution("", "of another calendar, which is not converted", sure=False)


_BEFORE_A_WEEKDAY = ("в", "во", "на", "с", "со", "до", "к", "по", "после", "утром", "вечером")
AT = "(?:" + "|".join(rf"(?<=\b{word}\s)" for word in _BEFORE_A_WEEKDAY) + ")"
_FIELDS: list[tuple[str, str, tuple[str, ...], FieldsReader]] = [
    (
        FULL_DAY,
        rf"(?i:(?:(?P<w>{words.WEEKDAY}),?\s)?(?P<d>{words.DAY}|{words.DAY_IN_WORDS})\s?(?P<m>{words.MONTH}),?\s?"
        rf"(?P<y>{words.YEAR})(?:{words.OF_YEAR})?)",
        (DIGITS,),
        full_day,
    ),
    (
        FULL_DAY,
        r"(?<![0-9.])(?P<y>[12][0-9]{3})([-./])(?P<mo>[01]?[0-9])\2(?P<d>[0-3]?[0-9])(?![0-9])",
        (DIGITS,),
        iso_day,
    ),
    (
        FULL_DAY,
        rf"(?i:(?:(?P<w>{words.WEEKDAY}),?\s)?)(?<![0-9.])(?P<d>[0-3]?[0-9])(?P<sep>[./])(?P<mo>[01]?[0-9])(?P=sep)"
        r"(?P<y>[12][0-9]{3})(?![0-9])",
        (DIGITS,),
        numeric_day,
    ),
    (
        DAY_AND_MONTH,
        rf"(?i:(?:(?P<w>{words.WEEKDAY}),?\s)?(?P<d>{words.DAY}|{words.DAY_IN_WORDS})\s(?P<m>{words.MONTH}))"
        rf"(?!,?\s[0-9]{{3,4}}\s?(?:г\.|год)|\s\(?(?:по\s(?:старому|юлианск|лунн|мусульманск|иранск)|до\sн))",
        (MONTHS,),
        day_and_month,
    ),
    (
        "month and year",
        rf"(?i:(?P<m>{words.MONTH})\s(?P<y>{words.YEAR})(?:{words.OF_YEAR})?)",
        (DIGITS,),
        month_and_year,
    ),
    ("weekday", rf"(?i:{AT}(?P<w>{words.WEEKDAY}))", (TIME_WORDS,), weekday_fields),
    (YEAR, rf"(?i:(?P<y>{words.YEAR}){words.OF_YEAR})(?!\sдо\sн|\sназад)", (DIGITS,), bare_year),
    (YEAR, rf"(?i:(?<=\bв\s)(?P<y>{words.YEAR})-м(?![а-яё]))", (DIGITS,), bare_year),
]
_INSIDE: list[tuple[str, str, tuple[str, ...], FieldsReader]] = [
    ("month inside", rf"(?i:(?P<m>{words.FULL_MONTH}))", (MONTHS,), bare_month),
    (NUMBER, rf"(?P<d>{words.DAY})", (DIGITS,), bare_day),
    ("year inside", rf"(?P<y>{words.YEAR})", (DIGITS,), bare_year),
]
_ABSOLUTE: list[tuple[str, str, AbsoluteResolver]] = [
    (
        "short numeric day",
        rf"(?i:(?:{words.WEEKDAY},?\s)?)(?<![0-9.])(?P<d>[0-3]?[0-9])\.(?P<mo>[01][0-9])\.(?P<y>[0-9]{{2}})(?![0-9]|\.[0-9])",
        short_numeric_day,
    ),
    (
        "from year to year",
        rf"(?i:(?:с|между)\s(?P<y>{words.YEAR})(?:{words.OF_YEAR})?\s(?:по|до|и)\s(?P<y2>{words.YEAR})(?:{words.OF_YEAR})?)",
        years,
    ),
    (
        "from year to year",
        rf"(?i:(?P<y>1[0-9]{{3}}|20[0-9]{{2}})\s?[-–—/]\s?(?P<y2>{words.YEAR}|[0-9]{{2}})(?:{words.OF_YEAR}))",
        years,
    ),
    (
        "year in words",
        rf"(?i:две\sтысячи\s(?P<n>(?:{'|'.join(sorted(words.ONES, key=len, reverse=True))})"
        r"(?:ого|его|ем|ом|ый|ий|ой))\sгод[ау]?)",
        spelt_year,
    ),
    (
        "decade",
        r"(?i:(?:(?P<y>1[0-9]{2}0|20[0-9]0)|(?<!\d)(?P<short>[0-9]0))-?(?:х|е)(?:\sгод(?:ах|ов|ы))?(?:\sпрошлого\sвека|\sХ?X?X?\sвека)?"
        rf"|(?P<word>(?:{'|'.join(words.DECADES)})(?:ые|ых))(?:\sгод(?:ах|ов|ы))?)",
        decade,
    ),
    (
        "century",
        r"(?i:(?P<n>[XVIХ]{1,5}|[12]?[0-9])(?:-?(?:й|м|го))?\s(?:век(?:е|а|у)?|столети(?:и|е|я)))(?P<era>\sдо\sн)?",
        century,
    ),
    (
        "another calendar",
        rf"(?i:(?:{words.DAY}\s(?:{words.MONTH}),?\s)?(?:в\s)?[0-9]{{1,4}}{words.OF_YEAR}\sдо\sн\.?\s?э\.?"
        rf"|{words.DAY}\s(?:{words.MONTH})(?:\s[0-9]{{4}}(?:{words.OF_YEAR})?)?,?\s\(?по\s(?:старому\sстилю|(?:юлианск|лунн|мусульманск|иранск)[а-яё]+\s(?:календарю|стилю))\)?"
        rf"|{words.DAY}\s(?:{words.MONTH})\s(?:2[1-9]|[3-9][0-9])[0-9]{{2}}(?:{words.OF_YEAR})?)",
        another_calendar,
    ),
]

RULES = (
    *fields_rules(_FIELDS),
    *absolute_rules(
        _ABSOLUTE, {"decade": (DIGITS, TIME_WORDS), "century": (TIME_WORDS,), "year in words": (TIME_WORDS,)}
    ),
)
INSIDE = fields_rules(_INSIDE, inside_only=True)
