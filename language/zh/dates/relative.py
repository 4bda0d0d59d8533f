"""Rules of dates in Chinese that count from the article's own day."""

import re
from datetime import date, timedelta

from ...dates import calendar_units, counting, near_the_article
from ...dates.date_grammar import (
    FROM_ANOTHER_DATE,
    MONTH,
    SO_LONG_AGO,
    UP_TO_THE_ARTICLE,
    VAGUE,
    YEAR,
    RelativeResolver,
    relative_rules,
)
from ...dates.resolutions import FUTURE, OPEN, PAST, Context, Fields, Resolution, point
from . import chinese_words as words
from .chinese_numbers import IN_YEAR, QUARTER, number_of, part_of, terms_of

NEAR_THE_ARTICLE = 20  # days before the article in which the bare number of a day is meant


def year_near(match: re.Match[str], day: date, context: Context) -> Resolution | None:
    """今年, 去年3月, 明年3月29日, 今年年底."""
    year = day.year + words.YEARS_NEAR[match["near"]]
    month = number_of(match["m"]) if match["m"] else 0
    number = number_of(match["d"]) if match["d"] else 0
    return part_of(point(year, month, number), match["part"], "counted from the article's own year")


def month_near(match: re.Match[str], day: date, context: Context) -> Resolution | None:
    """上个月, 本月5日, 下月底."""
    near = calendar_units.unit_near("month", words.MONTHS_NEAR[match["near"][0]], day).edtf
    if match["d"]:
        near = point(int(near[:4]), int(near[5:7]), number_of(match["d"]))
    return part_of(near, match["part"], "counted from the article's own month")


def part_of_near_month(match: re.Match[str], day: date, context: Context) -> Resolution | None:
    """3月下旬, 9月底."""
    near = near_the_article.near_month(number_of(match["m"]), day, context)
    return part_of(near.edtf, match["part"], near.why, near.sure)


def week_near(match: re.Match[str], day: date, context: Context) -> Resolution | None:
    """上周, 本周三, 下星期一, 上周末."""
    near = match["near"].rstrip("个個一")
    step = words.MONTHS_NEAR[near[-1]] * len(near)
    edtf = calendar_units.week_near(day, step, match["w"] == "末")
    if match["w"] and match["w"] != "末":
        monday = date.fromisoformat(edtf.partition("/")[0])
        edtf = (monday + timedelta(days=words.WEEKDAYS[match["w"]])).isoformat()
    return Resolution(edtf, "counted from the article's own week")


def day_near(match: re.Match[str], day: date, context: Context) -> Resolution:
    step = words.DAYS_NEAR[match["near"]]
    return Resolution((day + timedelta(days=step)).isoformat(), "counted from the article's own day")


def weekend(match: re.Match[str], day: date, context: Context) -> Resolution:
    return calendar_units.weekend_near(day, context)


def number_near(match: re.Match[str], day: date, context: Context) -> Resolution | None:
    """29日: the last day of that number, which is the way of Chinese newspapers; the next where that is told."""
    made = near_the_article.near_number(Fields(day=number_of(match["d"])), day, context)
    if made is None or not made.edtf or context.tense in (FUTURE, OPEN):
        return made
    back = (day - date.fromisoformat(made.edtf)).days
    return Resolution(made.edtf, made.why, 0 <= back <= NEAR_THE_ARTICLE, made.others)


def time_ago(match: re.Match[str], day: date, context: Context) -> Resolution:
    if match["vague"]:
        return Resolution("", "how many is not said", sure=False)
    return counting.time_away(terms_of(match["terms"]), -1, match["more"] or "", day, context)


def time_later(match: re.Match[str], day: date, context: Context) -> Resolution:
    """两年后: after the article where what is to come is told, else after the date mentioned last."""
    if context.tense in (FUTURE, OPEN):
        made = counting.time_away(terms_of(match["terms"]), 1, "", day, context)
        return Resolution(made.edtf, made.why, sure=False)
    if not context.mentioned:
        return Resolution("", "counted from something that has no date here", sure=False)
    made = counting.counted_from(context.mentioned, terms_of(match["terms"]), 1)
    return Resolution(made.edtf, f"{made.why}, the date mentioned last", sure=False)


def up_to_the_article(match: re.Match[str], day: date, context: Context) -> Resolution:
    if match["vague"]:
        return Resolution("", "how many is not said", sure=False)
    return counting.time_up_to(terms_of(match["terms"]), -1, day)


def from_the_article_on(match: re.Match[str], day: date, context: Context) -> Resolution:
    if match["vague"]:
        return Resolution("", "how many is not said", sure=False)
    made = counting.time_up_to(terms_of(match["terms"]), 1, day)
    return Resolution(made.edtf, made.why, context.tense != PAST)


def part_alone(match: re.Match[str], day: date, context: Context) -> Resolution | None:
    """一季度, 上半年, without their year."""
    part = match["part"]
    unit = "half" if "半年" in part else "quarter"
    count = number_of(part.lstrip("第")[0].replace("首", "一")) if unit == "quarter" else 1 if part[0] == "上" else 2
    return calendar_units.part_near(count, unit, day, context)


def from_another(match: re.Match[str], day: date, context: Context) -> Resolution:
    """当天, 次日, 同年: counted from the date mentioned last; never sure."""
    if not context.mentioned:
        return Resolution("", "counted from something that has no date here", sure=False)
    step = 1 if match[0][0] in "次翌第" else 0
    unit = {"年": "year", "月": "month"}.get(match[0][-1], "day")
    made = counting.counted_from(context.mentioned, ((1.0, unit),), step)
    return Resolution(made.edtf, f"{made.why}, the date mentioned last", sure=False)


def named_day(match: re.Match[str], day: date, context: Context) -> Resolution:
    """国庆节, 去年元旦, 2018年圣诞节."""
    month, number = words.NAMED_DAYS[match["name"]]
    if match["y"] or match["near"]:
        year = number_of(match["y"]) if match["y"] else day.year + words.YEARS_NEAR[match["near"]]
        return Resolution(point(year, month, number), "the day of that name")
    choices = [date(day.year + step, month, number) for step in (-1, 0, 1) if 0 < day.year + step < 10000]
    return near_the_article.nearest_of_years(choices, day, context)


def nth_of_month(match: re.Match[str], day: date, context: Context) -> Resolution | None:
    """三月第一个星期一, 十月的最后一周."""
    month = number_of(match["m"])
    if match["y"]:
        whole = Resolution(point(number_of(match["y"]), month), "")
    elif match["near"]:
        whole = Resolution(point(day.year + words.YEARS_NEAR[match["near"]], month), "")
    else:
        whole = near_the_article.near_month(month, day, context)
    if not whole.edtf:
        return None
    count = -1 if match["nth"].startswith("最") else number_of(match["nth"][1])
    if match["w"]:
        made = calendar_units.nth_weekday(count, words.WEEKDAYS[match["w"]], whole.edtf)
    else:
        made = calendar_units.nth_unit(count, 1, "week", whole.edtf)
    return Resolution(made.edtf, made.why, made.sure and whole.sure, made.others) if made else None


def vague_time(match: re.Match[str], day: date, context: Context) -> Resolution:
    return Resolution("", f"“{match[0]}” tells no date, only that it is near the article's", sure=False)


_NAMED = "|".join(sorted(words.NAMED_DAYS, key=len, reverse=True))
_RELATIVE: list[tuple[str, str, RelativeResolver]] = [
    (
        YEAR,
        rf"(?P<near>{'|'.join(words.YEARS_NEAR)})(?:的)?(?:(?P<m>{words.MONTH})月份?(?:(?P<d>{words.DAY})[日号號])?)?(?P<part>{words.PART}|{IN_YEAR})?(?!来|來)",
        year_near,
    ),
    (
        MONTH,
        rf"(?P<near>上个?|上個|本|这个|這個|下个?|下個)月份?(?:(?P<d>{words.DAY})[日号號])?(?P<part>{words.PART})?(?!国|國)",
        month_near,
    ),
    (
        MONTH,
        rf"(?<!年)(?<![第一二十个個])(?P<m>{words.MONTH})月份?(?P<part>上旬|中旬|下旬|初|底|末)",
        part_of_near_month,
    ),
    (
        "week",
        rf"(?P<near>上上|上个?|上個|本|这[个一]?|這[個一]?|下下|下个?|下個)(?:{words.WEEK})(?P<w>[一二三四五六日天末])?",
        week_near,
    ),
    ("weekend", r"(?<![上本这這下每])(?:周末|週末)", weekend),
    ("day", rf"(?P<near>{'|'.join(sorted(words.DAYS_NEAR, key=len, reverse=True))})", day_near),
    ("number of the day", rf"(?<!月\s)(?<![月0-9第每个個{words.SIGNS}])(?P<d>{words.DAY}){words.IS_DAY}", number_near),
    (
        SO_LONG_AGO,
        rf"(?:(?P<terms>{words.TERM})|(?P<vague>(?:{words.VAGUE}|{words.NUMBER}多)(?:{words.UNIT})))(?P<more>多)?(?:之前|以前|前)",
        time_ago,
    ),
    ("so long from now", rf"(?P<terms>{words.TERM})(?:之后|以后|之後|以後|后|後)", time_later),
    (
        UP_TO_THE_ARTICLE,
        rf"(?:过去|過去|最近|近)的?(?:(?P<terms>{words.TERM})|(?P<vague>(?:{words.VAGUE})(?:{words.UNIT})))(?:里|中|间|來|来|以来)?",
        up_to_the_article,
    ),
    (
        "from the article on",
        rf"(?:未来|未來|今后|今後|接下来)的?(?:(?P<terms>{words.TERM})|(?P<vague>(?:{words.VAGUE})(?:{words.UNIT})))(?:里|中|内|间)?",
        from_the_article_on,
    ),
    ("part of a year", rf"(?<![年度])(?P<part>{QUARTER})", part_alone),
    (
        "named day",
        rf"(?:(?:(?P<y>{words.YEAR})年|(?P<near>{'|'.join(words.YEARS_NEAR)}))的?)?(?P<name>{_NAMED})(?!路|街|广场|中学)",
        named_day,
    ),
    (
        "weekday of",
        rf"(?:(?P<y>{words.YEAR})年|(?P<near>{'|'.join(words.YEARS_NEAR)}))?(?P<m>{words.MONTH})月的?"
        rf"(?P<nth>第[一二三四五]|最后一|最後一)[个個]?(?:{words.WEEK})(?P<w>[一二三四五六日天])?",
        nth_of_month,
    ),
    (FROM_ANOTHER_DATE, r"(?:当|當|同|次|翌)[天日年月]|第二天|次年|翌年", from_another),
    (VAGUE, r"近年|近年来|近年來|近来|近來|最近|日前|近日|不久前|近期|此前|多年来|长期以来|早些时候", vague_time),
]

RULES = relative_rules(_RELATIVE, {}, spaced=False)
