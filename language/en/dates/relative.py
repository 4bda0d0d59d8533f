"""Rules of dates that count from the article's own day. Each takes a match, that day, and what stands around it."""

import re
from datetime import date, timedelta

from ...dates.date_grammar import (
    DAY_AND_MONTH,
    DIGITS,
    FROM_ANOTHER_DATE,
    MONTHS,
    SO_LONG_AGO,
    UP_TO_THE_ARTICLE,
    RelativeResolver,
    relative_rules,
)
from ...dates.date_grammar import MONTH as MONTH_ALONE
from ...dates.date_grammar import VAGUE as VAGUE_TIME
from ...dates.partial import read_date
from ...dates.resolutions import Context, Resolution, approximate, interval, month_of, point, shift, third_of
from .absolute import DAY_MONTH, day_and_month, month_number, number_of
from .date_words import (
    COUNT,
    DAY,
    FULL_MONTH,
    FULL_WEEKDAY,
    MONTH,
    NUMBERS,
    PART,
    SEASONS,
    UNIT,
    WEEKDAY,
    WEEKDAYS,
    third_named,
)

NEAR, FAR = 130, 200  # days: a day and month without its year is sure if one year is that near and the next that far
LONG_SINCE = 60  # days ahead within which a month without its year may be the one to come


def near_day(match: re.Match[str], day: date, context: Context) -> Resolution | None:
    """“September 3”, “on Tuesday, June 20”: the year that brings it nearest, or that has the weekday."""
    month, number = day_and_month(match)
    choices = [date.fromisoformat(d) for y in (-1, 0, 1) if (d := point(day.year + y, month, number))]
    if not choices:
        return None
    choices.sort(key=lambda choice: abs(choice - day))
    weekday = match["w"]
    if weekday:
        right = [choice for choice in choices if choice.weekday() == WEEKDAYS[weekday.rstrip(".")]]
        if right:
            return Resolution(right[0].isoformat(), f"the {weekday} of that date nearest to the article")
        return Resolution(choices[0].isoformat(), f"that day was no {weekday} in any year near", sure=False)
    if abs(choices[0] - day).days <= NEAR and (len(choices) < 2 or abs(choices[1] - day).days >= FAR):
        return Resolution(choices[0].isoformat(), "the year that brings it nearest to the article")
    ahead = (choice for choice in choices if (choice >= day if context.future else choice <= day))
    first = next(ahead, choices[0])
    others = tuple(choice.isoformat() for choice in choices[:2] if choice != first)
    return Resolution(first.isoformat(), "no year is given, and two are about as near", sure=False, others=others)


def near_days(match: re.Match[str], day: date, context: Context) -> Resolution | None:
    """“September 2-4”, “from September 30 to October 2”, without a year."""
    first = near_day(match, day, context)
    if not first:
        return None
    start = date.fromisoformat(first.edtf)
    month = month_number(match["em"]) if match["em"] else start.month
    end = point(start.year + (month < start.month), month, number_of(match["e"]))
    edtf = interval(first.edtf, end) if end else ""
    return Resolution(edtf, first.why, first.sure) if edtf else None


def weekday(match: re.Match[str], day: date, context: Context) -> Resolution:
    """“on Tuesday”: the last one, the article's own day included; the next one where the clause tells of the future."""
    name = match["w"]
    back = (day.weekday() - WEEKDAYS[name]) % 7
    last = day - timedelta(days=back)
    coming = day + timedelta(days=(7 - back) % 7)
    which = (match["which"] or "").lower().split()
    if "next" in which or "coming" in which:
        coming = coming if coming > day else day + timedelta(days=7)
        later = coming + timedelta(days=7)
        return Resolution(coming.isoformat(), f"the {name} to come", "coming" in which, (later.isoformat(),))
    if "last" in which or "past" in which or "previous" in which:
        last = last if last < day else day - timedelta(days=7)
        week_before = (last - timedelta(days=7)).isoformat()
        same_week = last.isocalendar()[:2] == day.isocalendar()[:2]
        return Resolution(last.isoformat(), f"the {name} before the article", not same_week, (week_before,))
    if "this" in which:
        monday = day - timedelta(days=day.weekday())
        return Resolution((monday + timedelta(days=WEEKDAYS[name])).isoformat(), f"the {name} of the article's week")
    if context.future and back:
        return Resolution(
            coming.isoformat(), f"the next {name}, as the clause tells of what is to come", False, (last.isoformat(),)
        )
    if not back and context.future:
        return Resolution(day.isoformat(), f"the article's own day is a {name}, or the one after it is meant", False)
    if not back:
        week = (day - timedelta(days=7)).isoformat()
        return Resolution(day.isoformat(), f"the article's own day is a {name}", True, (week,))
    return Resolution(last.isoformat(), f"the last {name} before the article", True)


def day_by_name(match: re.Match[str], day: date, context: Context) -> Resolution:
    words = match["word"].lower()
    step = {"day before": -2, "day after": 2, "yesterday": -1, "last": -1, "tomorrow": 1}
    count = next((n for key, n in step.items() if key in words), 0)
    return Resolution((day + timedelta(days=count)).isoformat(), "counted from the article's own day")


def time_ago(match: re.Match[str], day: date, context: Context) -> Resolution | None:
    """“two weeks ago”: as exact as the unit that is counted in."""
    count, unit = count_of(match["n"]), match["unit"].lower()
    if count is None:
        return Resolution("", "how many is not said", sure=False)
    if match["half"]:
        return Resolution(
            approximate(month_name(shift(day, -(count * 12 + 6), "month"))), "counted back from the article", False
        )
    there, sure = shift(day, -count, unit), not match["more"]
    why = "counted back from the article" + ("" if sure else f", “{match['more'].strip()}” left aside")
    if unit == "day":
        return Resolution(there.isoformat(), why, sure)
    if unit in ("week", "fortnight"):
        edtf = interval((there - timedelta(days=3)).isoformat(), (there + timedelta(days=3)).isoformat())
    else:
        edtf = month_name(there) if unit == "month" else f"{there.year:04}"
    long_ago = unit in ("year", "decade") and count * (10 if unit == "decade" else 1) >= 20
    return Resolution(approximate(edtf), why, sure and not long_ago)


def time_up_to_the_article(match: re.Match[str], day: date, context: Context) -> Resolution | None:
    """“in the last 300 years”: from so long before the article to its day."""
    count, unit = count_of(match["n"] or "1"), match["unit"].lower()
    if count is None:
        return Resolution("", "how many is not said", sure=False)
    start = shift(day, -count, unit)
    first = {"day": start.isoformat(), "week": start.isoformat(), "fortnight": start.isoformat()}.get(unit)
    first = first or (month_name(start) if unit == "month" and count < 24 else point(start.year))
    return Resolution(interval(approximate(first), day.isoformat()), "the time up to the article") if first else None


def month_name(day: date) -> str:
    return point(day.year, day.month)


def unit_near(match: re.Match[str], day: date, context: Context) -> Resolution | None:
    """“last year”, “this month”, “next week”; with “early”, “late”, “earlier”, “later”."""
    step = {"last": -1, "next": 1, "coming": 1, "the coming": 1}.get(match["which"].lower(), 0)
    unit = match["unit"].lower()
    if unit in ("week", "weekend"):
        edtf = week_near(day, step, unit == "weekend")
    elif unit == "quarter":
        number = (day.month - 1) // 3 + step
        edtf = interval(point(*month_of(day.year, number * 3 + 1)), point(*month_of(day.year, number * 3 + 3)))
    elif unit in ("decade", "century"):
        size, begun = (10, 0) if unit == "decade" else (100, 1)
        start = (day.year - begun) // size * size + begun + step * size
        edtf = interval(point(start), point(start + size - 1))
    else:
        edtf = point(*(month_of(day.year, day.month + step) if unit == "month" else (day.year + step, 0)))
    sure = unit not in ("weekend", "decade")
    return narrow(edtf, (match["part"] or "").lower(), day, sure, unit) if edtf else None


def narrow(edtf: str, which: str, day: date, sure: bool, unit: str) -> Resolution:
    """A unit of the calendar, or the part of it that “earlier”, “later”, “early”, “late” leave."""
    whole = read_date(edtf)
    if which.startswith("earlier") and whole.earliest < day:
        edtf = interval(whole.earliest.isoformat(), min(day, whole.latest).isoformat())
        return Resolution(edtf, f"the {unit} up to the article")
    if which.startswith("later") and day < whole.latest:
        edtf = interval(max(day, whole.earliest).isoformat(), whole.latest.isoformat())
        return Resolution(edtf, f"the {unit} from the article on")
    if third_named(which) and unit in ("month", "year"):
        return Resolution(third_of(edtf, third_named(which)), f"a third of {edtf}, about", sure)
    return Resolution(edtf, f"the {unit}, counted from the article's own", sure)


def week_near(day: date, step: int, weekend: bool) -> str:
    monday = day - timedelta(days=day.weekday()) + timedelta(weeks=step)
    first = monday + timedelta(days=5) if weekend else monday
    return interval(first.isoformat(), (monday + timedelta(days=6)).isoformat())


def month_alone(match: re.Match[str], day: date, context: Context) -> Resolution | None:
    """“in October”, “last May”, “late August”: the last one, or the next where the clause tells of the future."""
    number = month_number(match["m"])
    which = (match["which"] or "").lower()
    last = day.year if number <= day.month else day.year - 1
    if which == "this":
        year, sure = day.year, True
    elif which == "next":
        year, sure = (day.year if number > day.month else day.year + 1), False
    elif which == "last":
        year, sure = (last if number != day.month else day.year - 1), number > day.month
    elif number == day.month:
        year, sure = day.year, True
    elif context.future:
        year, sure = last + 1, False
    else:
        year = last
        sure = (date(last + 1, number, 1) - day).days > LONG_SINCE
    edtf = point(year, number)
    if not edtf:
        return None
    other = point(year - 1 if which in ("last", "next") or year > last else year + 1, number)
    why = "the last one" if year <= last else "the one to come"
    edtf = third_of(edtf, third_named(match["part"]))
    return Resolution(edtf, f"{why}, seen from the article", sure, () if sure else (other,))


def season_near(match: re.Match[str], day: date, context: Context) -> Resolution:
    """“last summer”: the seasons of the northern half of the earth; never sure."""
    first, last = SEASONS[match["s"].lower()]
    step = {"last": -1, "next": 1}.get(match["which"].lower(), 0)
    over, ahead = day > date(day.year, min(last, 12), 28), day < date(day.year, first, 1)
    if (step == -1 and over) or (step == 1 and ahead):
        step = 0
    start = day.year + step - (first == 12 and step == 0 and day.month < 3)
    edtf = approximate(interval(point(start, first), point(*month_of(start, last))))
    return Resolution(edtf, "of the northern half of the earth", sure=False)


def day_from_another(match: re.Match[str], day: date, context: Context) -> Resolution | None:
    """“a day earlier”, “two years later”, “the same day”: counted from the date mentioned last; never sure."""
    if not context.mentioned:
        return Resolution("", "counted from something that has no date here", sure=False)
    words = match[0].lower()
    sign = 1 if any(w in words for w in ("later", "after", "following", "next")) else -1
    sign = 0 if "same" in words else sign
    count, unit = count_of(match["n"] or "1"), (match["unit"] or match["unit2"] or match["unit3"]).lower()
    if count is None:
        return Resolution("", "how many is not said", sure=False)
    base = read_date(context.mentioned)
    size = {4: "year", 7: "month"}.get(len(context.mentioned.rstrip("~")), "day")
    why = f"counted from {context.mentioned}, the date mentioned last"
    order = ["day", "week", "fortnight", "month", "year", "decade"]
    if "/" in context.mentioned or order.index(unit) < order.index(size):
        return Resolution("", f"{why}, which is not known to the {unit}", sure=False)
    there = shift(base.earliest, sign * count, unit)
    year = point(there.year)
    edtf = {"month": month_name(there), "year": year, "decade": year}.get(unit, there.isoformat())
    return Resolution(edtf, why, sure=False)


def vague_time(match: re.Match[str], day: date, context: Context) -> Resolution:
    return Resolution("", f"“{match[0]}” tells no date, only that it is near the article's", sure=False)


def count_of(words: str) -> int | None:
    """The number that a word or digits write; None for “several”, “a few”."""
    words = words.lower().replace(",", "")
    return int(words) if words.isdigit() else NUMBERS.get(words)


VAGUE = "several|a few|many|some|a number of"
MORE = (
    r"(?P<more>(?:just |a little |well )?"
    r"(?:more than|over|nearly|almost|about|around|some|less than|under|roughly)\s)?"
)
QUALIFIED = rf"(?:(?P<part>(?i:earlier|later|{PART}))[\s-](?:in\s)?(?:the\s)?)?"
_RULES: list[tuple[str, str, RelativeResolver]] = [
    (
        "from day to day",
        rf"(?:(?i:from|between)\s)?(?P<m>{MONTH})\s(?P<d>{DAY})(?:\s?[-–—]\s?|\s(?:to|and|until|through)\s)"
        rf"(?:(?P<em>{MONTH})\s)?(?P<e>{DAY})(?P<d2>)(?P<m2>)(?P<w>)",
        near_days,
    ),
    (DAY_AND_MONTH, rf"(?:(?P<w>{WEEKDAY})\.?,?\s(?:the\s)?)?{DAY_MONTH}", near_day),
    (
        "weekday",
        rf"(?:(?P<which>(?i:last|this past|this coming|this|next|the previous|the coming|past|coming))\s)?"
        rf"(?P<w>{FULL_WEEKDAY})(?!\s(?:Times|Telegraph|Express|Mail|Mirror|Post|Star|Herald|Night|School|People))\b",
        weekday,
    ),
    (
        "day",
        r"(?P<word>(?i:the day before yesterday|the day after tomorrow|yesterday|tomorrow|today|tonight|last night"
        r"|this (?:morning|afternoon|evening)))",
        day_by_name,
    ),
    (
        SO_LONG_AGO,
        rf"{MORE}(?i:(?P<n>{COUNT}|{VAGUE})(?P<half>\sand\sa\shalf)?\s(?P<unit>{UNIT})s?\sago)",
        time_ago,
    ),
    (
        UP_TO_THE_ARTICLE,
        rf"(?i:(?:in|over|for|during|within)\sthe\s(?:last|past)\s(?:(?P<n>{COUNT}|{VAGUE})\s)?(?P<unit>{UNIT})s?)",
        time_up_to_the_article,
    ),
    (
        "week, month or year",
        rf"{QUALIFIED}(?i:(?P<which>last|this|next|the coming|coming)\s"
        r"(?P<unit>weekend|week|month|year|quarter|decade|century))",
        unit_near,
    ),
    (
        "week, month or year",
        r"(?P<part>(?i:earlier|later|beginning of|start of|middle of|end of))\s(?:in\s|on\s)?(?P<which>the)\s"
        r"(?P<unit>(?i:month|year|week))(?!\s[0-9])",
        unit_near,
    ),
    (
        MONTH_ALONE,
        rf"(?:(?P<part>(?i:{PART}))[\s-])?(?P<which>(?i:last|this|next))\s(?P<m>{FULL_MONTH})(?!,?\s[0-9])",
        month_alone,
    ),
    (MONTH_ALONE, rf"(?P<part>(?i:{PART}))[\s-](?P<m>{FULL_MONTH})(?P<which>)(?!,?\s[0-9])", month_alone),
    (
        MONTH_ALONE,
        rf"(?i:\b(?:in|since|until|till|by|during|of|before|after|from|through|throughout))\s(?P<m>{FULL_MONTH})"
        r"(?P<which>)(?P<part>)(?!,?\s[0-9A-Z])",
        month_alone,
    ),
    ("season", rf"(?i:(?P<which>last|this|next)\s(?P<s>{'|'.join(SEASONS)}))(?!\s(?:[0-9]|of\s[0-9]))", season_near),
    (
        FROM_ANOTHER_DATE,
        rf"(?i:(?P<n>{COUNT}|{VAGUE})\s(?P<unit>{UNIT})s?\s(?:earlier|later|before|after|afterwards)"
        rf"|the\s(?:same|next|following|previous)\s(?P<unit2>{UNIT})|the\s(?P<unit3>day)\s(?:before|after))",
        day_from_another,
    ),
    (
        VAGUE_TIME,
        r"(?i:(?:in\s)?(?:recent|the coming|coming|past)\s(?:days|weeks|months|years|decades)|recently|lately"
        r"|these days|(?:in\s)?the past|not long ago|long ago|years ago|decades ago|for years|for decades|for months"
        r"|(?:the\s)?early hours)",
        vague_time,
    ),
]
# What else than a word of time a rule needs to find anything.
_SIGNS = {"from day to day": (DIGITS,), DAY_AND_MONTH: (DIGITS,), MONTH_ALONE: (MONTHS,)}
RULES = relative_rules(_RULES, _SIGNS)
