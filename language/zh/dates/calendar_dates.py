"""Rules of dates in Chinese that name days, months, years or longer times of the calendar."""

import re

from ...dates.date_grammar import (
    DAY_AND_MONTH,
    DIGITS,
    FULL_DAY,
    MONTH,
    NUMBER,
    TIME_WORDS,
    YEAR,
    AbsoluteResolver,
    FieldsReader,
    absolute_rules,
    fields_rules,
)
from ...dates.resolutions import Fields, Resolution, interval, point
from . import chinese_words as words
from .chinese_numbers import IN_YEAR, number_of, part_of


def full_day(match: re.Match[str]) -> Fields:
    return Fields(number_of(match["y"]), number_of(match["m"]), number_of(match["d"]))


def day_and_month(match: re.Match[str]) -> Fields:
    return Fields(0, number_of(match["m"]), number_of(match["d"]))


def month_and_year(match: re.Match[str]) -> Fields:
    return Fields(number_of(match["y"]), number_of(match["m"]))


def year_alone(match: re.Match[str]) -> Fields:
    return Fields(number_of(match["y"]))


def bare_day(match: re.Match[str]) -> Fields:
    return Fields(0, 0, number_of(match["d"]))


def month_alone(match: re.Match[str]) -> Fields:
    return Fields(0, number_of(match["m"]))


def weekday_alone(match: re.Match[str]) -> Fields:
    return Fields(weekday=words.WEEKDAYS[match["w"]], name=match[0])


def part_of_year(match: re.Match[str]) -> Resolution | None:
    return part_of(point(number_of(match["y"])), match["part"], "a year")


def part_of_month(match: re.Match[str]) -> Resolution | None:
    return part_of(point(number_of(match["y"]), number_of(match["m"])), match["part"], "a month")


def years(match: re.Match[str]) -> Resolution | None:
    first = number_of(match["y"])
    last = number_of(match["y2"])
    edtf = interval(point(first), point(last if last > 99 else first // 100 * 100 + last))
    return Resolution(edtf, "both years are written out") if edtf else None


def decade(match: re.Match[str]) -> Resolution | None:
    """1990年代, 20世纪90年代, 上世纪九十年代, 九十年代."""
    sure = True
    if match["y"]:
        first = int(match["y"])
    else:
        number = number_of(match["n"])
        century = match["century"] or ""
        sure = bool(century)
        if re.match(r"[0-9一二十]", century):
            first = (number_of(re.split("世", century)[0]) - 1) * 100 + number
        else:
            first = (2000 if century[:1] in ("本", "这") else 1900) + number
    edtf = interval(point(first), point(first + 9))
    return part_of(edtf, match["part"], f"the ten years from {first}", sure)


def century(match: re.Match[str]) -> Resolution | None:
    number = {"上": 20, "上个": 20, "本": 21}.get(match["n"]) or number_of(match["n"])
    if not 11 <= number <= 30:
        return Resolution("", "a century outside the dates that the desk keeps", sure=False)
    first = (number - 1) * 100 + 1
    return part_of(interval(point(first), point(first + 99)), match["part"], f"the hundred years from {first}")


def short_year(match: re.Match[str]) -> Resolution:
    year = number_of(match["y"])
    month = number_of(match["m"]) if match["m"] else 0
    return Resolution(point(year + (2000 if year < 50 else 1900), month), "a year without its century", sure=False)


def year_of_era(match: re.Match[str]) -> Resolution:
    """民国三十八年: converted to the common calendar, and shown as converted."""
    count = 1 if match["n"] == "元" else number_of(match["n"])
    year = words.ERAS[match["era"]] + count
    month = number_of(match["m"]) if match["m"] else 0
    return Resolution(point(year, month), f"converted: year {count} of an era", sure=False)


def another_calendar(match: re.Match[str]) -> Resolution:
    return Resolution("", "of another calendar, which is not converted", sure=False)


# A day may stand without its sign at the end of a clause, or as the first end of a range.
_DAY_ENDS = r"(?:\s?[日号號]|(?![0-9])(?=$|[。，,；;、\n]|\s?[至到~-]\s?[0-9一二三四五六七八九十]))"
_FIELDS: list[tuple[str, str, tuple[str, ...], FieldsReader]] = [
    (
        FULL_DAY,
        rf"(?P<y>{words.YEAR})\s?年\s?(?P<m>{words.MONTH})\s?月\s?(?P<d>{words.DAY}){_DAY_ENDS}",
        (TIME_WORDS,),
        full_day,
    ),
    (
        FULL_DAY,
        r"(?<![0-9./-])(?P<y>[12][0-9]{3})([-./])(?P<m>[01]?[0-9])\2(?P<d>[0-3]?[0-9])(?![0-9./-])",
        (DIGITS,),
        full_day,
    ),
    (
        "month and year",
        rf"(?P<y>{words.YEAR})\s?年\s?(?P<m>{words.MONTH})\s?{words.IS_MONTH}",
        (TIME_WORDS,),
        month_and_year,
    ),
    (
        DAY_AND_MONTH,
        rf"(?<!年)(?<!年\s)(?<![一二十个個])(?P<m>{words.MONTH})\s?月\s?(?P<d>{words.DAY}){_DAY_ENDS}",
        (TIME_WORDS,),
        day_and_month,
    ),
    (
        MONTH,
        rf"(?<!年)(?<!年\s)(?<![第一二十个個])(?P<m>{words.MONTH})\s?{words.IS_MONTH}(?!\s?{words.DAY}\s?[日号號])",
        (TIME_WORDS,),
        month_alone,
    ),
    (YEAR, rf"(?P<y>{words.YEAR})\s?年(?!代|来|來|前|多|以上|级|級|间|間)度?", (TIME_WORDS,), year_alone),
    (
        "weekday",
        rf"(?<![上本这這下每逢一两三四五个個])(?:{words.WEEK})(?P<w>[一二三四五六日天])(?![个個次天些])",
        (TIME_WORDS,),
        weekday_alone,
    ),
]
_INSIDE: list[tuple[str, str, tuple[str, ...], FieldsReader]] = [
    (NUMBER, rf"(?P<d>{words.DAY})[日号號]?", (DIGITS, TIME_WORDS), bare_day),
    # “星期三至四”, “3-5月”: the ends of a range share their sign.
    (
        "weekday inside",
        r"(?<=[至到])(?P<w>[一二三四五六日])(?![0-9一二三四五六七八九十月日号號年个個])",
        (TIME_WORDS,),
        weekday_alone,
    ),
    (
        "month inside",
        rf"(?<![0-9{words.SIGNS}第年.])(?P<m>{words.MONTH})(?=\s?[至到~～–-]\s?{words.MONTH}\s?{words.IS_MONTH})",
        (TIME_WORDS,),
        month_alone,
    ),
]
_ABSOLUTE: list[tuple[str, str, AbsoluteResolver]] = [
    ("part of a year", rf"(?P<y>{words.YEAR})年(?:的)?(?P<part>{words.PART}|{IN_YEAR})(?!国|國|央|共)", part_of_year),
    (
        "part of a month",
        rf"(?P<y>{words.YEAR})年(?P<m>{words.MONTH})月份?(?P<part>{words.PART})(?!国|國|央|共)",
        part_of_month,
    ),
    ("from year to year", rf"(?P<y>{words.YEAR})年?\s?(?:[-–—~～至到])\s?(?P<y2>{words.YEAR}|[0-9]{{2}})年", years),
    (
        "decade",
        rf"(?:(?P<y>(?:1[0-9]|20)[0-9]0)|(?P<century>(?:[0-9一二十]{{1,3}}|上个?|本|这个)世[纪紀])?(?P<n>[1-9]0|[二三四五六七八九]十))年代"
        rf"(?P<part>{words.PART})?",
        decade,
    ),
    (
        "century",
        rf"(?<!公元前)(?P<n>[12]?[0-9]|[一二]?十?[一二三四五六七八九]|上个?|本)世[纪紀](?P<part>{words.PART})?(?![0-9二三四五六七八九]+十?0?年代)",
        century,
    ),
    ("short year", rf"(?<![0-9第])(?P<y>[0-9]{{2}})年(?:(?P<m>{words.MONTH})月)(?![个個])", short_year),
    (
        "year of an era",
        rf"(?P<era>{'|'.join(words.ERAS)})(?P<n>元|{words.NUMBER})年(?:(?P<m>{words.MONTH})月)?",
        year_of_era,
    ),
    (
        "another calendar",
        rf"(?:农历|農曆|阴历|陰曆|旧历|舊曆|回历|佛历|伊斯兰历|藏历)(?:{words.YEAR}年)?(?:(?:{words.MONTH}|正|腊|臘|闰[一二三四五六七八九])月)?(?:初?{words.DAY}[日号號]?)?"
        rf"|(?:佛历|回历|公元前)[0-9]{{1,4}}年(?:(?:{words.MONTH})月)?|(?:公元前)[0-9一二十]+世[纪紀]",
        another_calendar,
    ),
]

RULES = (
    *fields_rules(_FIELDS, spaced=False),
    *absolute_rules(_ABSOLUTE, {name: (DIGITS, TIME_WORDS) for name, _, _ in _ABSOLUTE}, spaced=False),
)
INSIDE = fields_rules(_INSIDE, inside_only=True, spaced=False)
