"""Rules of dates in Chinese. What is counted is counted by `dates.reckoning`, as in every language."""

import re
from datetime import date, timedelta

from ...dates import reckoning
from ...dates.date_grammar import (
    DAY_AND_MONTH,
    DIGITS,
    FROM_ANOTHER_DATE,
    FULL_DAY,
    MONTH,
    NUMBER,
    SO_LONG_AGO,
    TIME_WORDS,
    UP_TO_THE_ARTICLE,
    VAGUE,
    YEAR,
    AbsoluteResolver,
    FieldsReader,
    RelativeResolver,
    absolute_rules,
    fields_rules,
    relative_rules,
)
from ...dates.resolutions import FUTURE, OPEN, PAST, Context, Fields, Resolution, interval, point
from . import chinese_words as words

NEAR_THE_ARTICLE = 20  # days before the article in which the bare number of a day is meant


def number_of(signs: str) -> int:
    """The number that figures or signs write: 12, 十二, 二十, 二〇一九."""
    if signs.isdecimal():
        return int(signs)
    if not re.search("[十百千]", signs):
        return int("".join(str(words.DIGITS_OF[sign]) for sign in signs))
    total, digit = 0, 0
    for sign in signs:
        if sign in "十百千":
            total += (digit or 1) * {"十": 10, "百": 100, "千": 1000}[sign]
            digit = 0
        else:
            digit = words.DIGITS_OF[sign]
    return total + digit


def terms_of(text: str) -> reckoning.Terms:
    """How many of which unit: 三年, 两个月, 一年半, 半年."""
    term = words.ONE_TERM.search(text)
    if not term:
        return ()
    if term["only"]:
        return ((0.5, "year" if term["only"] == "半年" else "month"),)
    if term["half"]:
        return ((number_of(term["n"]) + 0.5, "year" if term["half"] == "年半" else "month"),)
    return ((float(number_of(term["n2"])), words.UNITS[term["unit"]]),)


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


def part_of(edtf: str, part: str, why: str, sure: bool = True) -> Resolution | None:
    """A year or month, or the part of it that the signs after it name."""
    if not part:
        return Resolution(edtf, why, sure) if edtf else None
    if part in words.PARTS:
        made = reckoning.third_or_whole(edtf, words.PARTS[part])
    elif part[0] in words.SEASONS:
        made = Resolution(
            reckoning.season_of(int(edtf[:4]), words.SEASONS[part[0]]), "of the northern half of the earth"
        )
        sure = sure and part[0] != "冬"
    elif "半年" in part:
        made = reckoning.nth_unit(1 if part[0] == "上" else 2, 1, "half", edtf)
    else:
        made = reckoning.nth_unit(number_of(part.lstrip("第")[0].replace("首", "一")), 1, "quarter", edtf)
    return Resolution(made.edtf, made.why, made.sure and sure) if made else None


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


def year_near(match: re.Match[str], day: date, context: Context) -> Resolution | None:
    """今年, 去年3月, 明年3月29日, 今年年底."""
    year = day.year + words.YEARS_NEAR[match["near"]]
    month = number_of(match["m"]) if match["m"] else 0
    number = number_of(match["d"]) if match["d"] else 0
    return part_of(point(year, month, number), match["part"], "counted from the article's own year")


def month_near(match: re.Match[str], day: date, context: Context) -> Resolution | None:
    """上个月, 本月5日, 下月底."""
    near = reckoning.unit_near("month", words.MONTHS_NEAR[match["near"][0]], day).edtf
    if match["d"]:
        near = point(int(near[:4]), int(near[5:7]), number_of(match["d"]))
    return part_of(near, match["part"], "counted from the article's own month")


def part_of_near_month(match: re.Match[str], day: date, context: Context) -> Resolution | None:
    """3月下旬, 9月底."""
    near = reckoning.near_month(number_of(match["m"]), day, context)
    return part_of(near.edtf, match["part"], near.why, near.sure)


def week_near(match: re.Match[str], day: date, context: Context) -> Resolution | None:
    """上周, 本周三, 下星期一, 上周末."""
    step = words.MONTHS_NEAR[match["near"][-1]] * len(match["near"].rstrip("个個"))
    edtf = reckoning.week_near(day, step, match["w"] == "末")
    if match["w"] and match["w"] != "末":
        monday = date.fromisoformat(edtf.partition("/")[0])
        edtf = (monday + timedelta(days=words.WEEKDAYS[match["w"]])).isoformat()
    return Resolution(edtf, "counted from the article's own week")


def day_near(match: re.Match[str], day: date, context: Context) -> Resolution:
    step = words.DAYS_NEAR[match["near"]]
    return Resolution((day + timedelta(days=step)).isoformat(), "counted from the article's own day")


def weekend(match: re.Match[str], day: date, context: Context) -> Resolution:
    return reckoning.weekend_near(day, context)


def number_near(match: re.Match[str], day: date, context: Context) -> Resolution | None:
    """29日: the last day of that number, which is the way of Chinese newspapers; the next where that is told."""
    made = reckoning.near_number(Fields(day=number_of(match["d"])), day, context)
    if made is None or not made.edtf or context.tense in (FUTURE, OPEN):
        return made
    back = (day - date.fromisoformat(made.edtf)).days
    return Resolution(made.edtf, made.why, 0 <= back <= NEAR_THE_ARTICLE, made.others)


def time_ago(match: re.Match[str], day: date, context: Context) -> Resolution:
    if match["vague"]:
        return Resolution("", "how many is not said", sure=False)
    return reckoning.time_away(terms_of(match["terms"]), -1, match["more"] or "", day, context)


def time_later(match: re.Match[str], day: date, context: Context) -> Resolution:
    """两年后: after the article where what is to come is told, else after the date mentioned last."""
    if context.tense in (FUTURE, OPEN):
        made = reckoning.time_away(terms_of(match["terms"]), 1, "", day, context)
        return Resolution(made.edtf, made.why, sure=False)
    if not context.mentioned:
        return Resolution("", "counted from something that has no date here", sure=False)
    made = reckoning.counted_from(context.mentioned, terms_of(match["terms"]), 1)
    return Resolution(made.edtf, f"{made.why}, the date mentioned last", sure=False)


def up_to_the_article(match: re.Match[str], day: date, context: Context) -> Resolution:
    if match["vague"]:
        return Resolution("", "how many is not said", sure=False)
    return reckoning.time_up_to(terms_of(match["terms"]), -1, day)


def from_the_article_on(match: re.Match[str], day: date, context: Context) -> Resolution:
    if match["vague"]:
        return Resolution("", "how many is not said", sure=False)
    made = reckoning.time_up_to(terms_of(match["terms"]), 1, day)
    return Resolution(made.edtf, made.why, context.tense != PAST)


def part_alone(match: re.Match[str], day: date, context: Context) -> Resolution | None:
    """一季度, 上半年, without their year."""
    part = match["part"]
    unit = "half" if "半年" in part else "quarter"
    count = number_of(part.lstrip("第")[0].replace("首", "一")) if unit == "quarter" else 1 if part[0] == "上" else 2
    return reckoning.part_near(count, unit, day, context)


def from_another(match: re.Match[str], day: date, context: Context) -> Resolution:
    """当天, 次日, 同年: counted from the date mentioned last; never sure."""
    if not context.mentioned:
        return Resolution("", "counted from something that has no date here", sure=False)
    step = 1 if match[0][0] in "次翌第" else 0
    unit = {"年": "year", "月": "month"}.get(match[0][-1], "day")
    made = reckoning.counted_from(context.mentioned, ((1.0, unit),), step)
    return Resolution(made.edtf, f"{made.why}, the date mentioned last", sure=False)


def named_day(match: re.Match[str], day: date, context: Context) -> Resolution:
    """国庆节, 去年元旦, 2018年圣诞节."""
    month, number = words.NAMED_DAYS[match["name"]]
    if match["y"] or match["near"]:
        year = number_of(match["y"]) if match["y"] else day.year + words.YEARS_NEAR[match["near"]]
        return Resolution(point(year, month, number), "the day of that name")
    choices = [date(day.year + step, month, number) for step in (-1, 0, 1) if 0 < day.year + step < 10000]
    return reckoning.nearest_of_years(choices, day, context)


def nth_of_month(match: re.Match[str], day: date, context: Context) -> Resolution | None:
    """三月第一个星期一, 十月的最后一周."""
    month = number_of(match["m"])
    if match["y"]:
        whole = Resolution(point(number_of(match["y"]), month), "")
    elif match["near"]:
        whole = Resolution(point(day.year + words.YEARS_NEAR[match["near"]], month), "")
    else:
        whole = reckoning.near_month(month, day, context)
    if not whole.edtf:
        return None
    count = -1 if match["nth"].startswith("最") else number_of(match["nth"][1])
    if match["w"]:
        made = reckoning.nth_weekday(count, words.WEEKDAYS[match["w"]], whole.edtf)
    else:
        made = reckoning.nth_unit(count, 1, "week", whole.edtf)
    return Resolution(made.edtf, made.why, made.sure and whole.sure, made.others) if made else None


def vague_time(match: re.Match[str], day: date, context: Context) -> Resolution:
    return Resolution("", f"“{match[0]}” tells no date, only that it is near the article's", sure=False)


# A day may stand without its sign at the end of a clause, or as the first end of a range.
_DAY_ENDS = r"(?:[日号號]|(?![0-9])(?=$|[。，,；;、\n]|\s?[至到~-]\s?[0-9一二三四五六七八九十]))"
_QUARTER = "第?[一二三四1-4]季度|首季度?|上半年|下半年"
_NAMED = "|".join(sorted(words.NAMED_DAYS, key=len, reverse=True))
_IN_YEAR = rf"{_QUARTER}|[春夏秋冬](?:天|季)|春(?!节|節)|夏|秋|冬"
_FIELDS: list[tuple[str, str, tuple[str, ...], FieldsReader]] = [
    (FULL_DAY, rf"(?P<y>{words.YEAR})年(?P<m>{words.MONTH})月(?P<d>{words.DAY}){_DAY_ENDS}", (TIME_WORDS,), full_day),
    (
        FULL_DAY,
        r"(?<![0-9./-])(?P<y>[12][0-9]{3})([-./])(?P<m>[01]?[0-9])\2(?P<d>[0-3]?[0-9])(?![0-9./-])",
        (DIGITS,),
        full_day,
    ),
    ("month and year", rf"(?P<y>{words.YEAR})年(?P<m>{words.MONTH}){words.IS_MONTH}", (TIME_WORDS,), month_and_year),
    (
        DAY_AND_MONTH,
        rf"(?<!年)(?<![一二十个個])(?P<m>{words.MONTH})月(?P<d>{words.DAY}){_DAY_ENDS}",
        (TIME_WORDS,),
        day_and_month,
    ),
    (
        MONTH,
        rf"(?<!年)(?<![第一二十个個])(?P<m>{words.MONTH}){words.IS_MONTH}(?!{words.DAY}[日号號])",
        (TIME_WORDS,),
        month_alone,
    ),
    (YEAR, rf"(?P<y>{words.YEAR})年(?!代|来|來|前|多|以上|级|級|间|間)度?", (TIME_WORDS,), year_alone),
    (
        "weekday",
        rf"(?<![上本这這下每逢一两三四五个個])(?:{words.WEEK})(?P<w>[一二三四五六日天])(?![个個次天些])",
        (TIME_WORDS,),
        weekday_alone,
    ),
]
_INSIDE: list[tuple[str, str, tuple[str, ...], FieldsReader]] = [
    (NUMBER, rf"(?P<d>{words.DAY})[日号號]?", (DIGITS, TIME_WORDS), bare_day),
]
_ABSOLUTE: list[tuple[str, str, AbsoluteResolver]] = [
    ("part of a year", rf"(?P<y>{words.YEAR})年(?:的)?(?P<part>{words.PART}|{_IN_YEAR})(?!国|國|央|共)", part_of_year),
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
_RELATIVE: list[tuple[str, str, RelativeResolver]] = [
    (
        YEAR,
        rf"(?P<near>{'|'.join(words.YEARS_NEAR)})(?:的)?(?:(?P<m>{words.MONTH})月份?(?:(?P<d>{words.DAY})[日号號])?)?(?P<part>{words.PART}|{_IN_YEAR})?(?!来|來)",
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
        rf"(?P<near>上上|上个?|上個|本|这个?|這個?|下下|下个?|下個)(?:{words.WEEK})(?P<w>[一二三四五六日天末])?",
        week_near,
    ),
    ("weekend", r"(?<![上本这這下每])(?:周末|週末)", weekend),
    ("day", rf"(?P<near>{'|'.join(sorted(words.DAYS_NEAR, key=len, reverse=True))})", day_near),
    ("number of the day", rf"(?<![月0-9第每个個{words.SIGNS}])(?P<d>{words.DAY}){words.IS_DAY}", number_near),
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
    ("part of a year", rf"(?<![年度])(?P<part>{_QUARTER})", part_alone),
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
RULES = (
    *fields_rules(_FIELDS, spaced=False),
    *absolute_rules(_ABSOLUTE, {name: (DIGITS, TIME_WORDS) for name, _, _ in _ABSOLUTE}, spaced=False),
    *relative_rules(_RELATIVE, {}, spaced=False),
    *fields_rules(_INSIDE, inside_only=True, spaced=False),
)
