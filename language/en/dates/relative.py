"""Rules of dates that count from the article's own day. Each takes a match, that day, and what stands around it."""

from dataclasses import dataclass
from datetime import date, timedelta

from ...dates.partial import read_date
from ...dates.resolved import Read, about, between, month_of, part, point, shifted
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
    part_of,
)

NEAR, FAR = 130, 200  # days: a day and month without its year is sure if one year is that near and the next that far
LONG_SINCE = 60  # days ahead within which a month without its year may be the one to come


@dataclass(frozen=True)
class Around:
    """What stands around a match: whether its clause tells of the future, and the date mentioned last."""

    future: bool = False
    mentioned: str = ""


def near_day(match, day: date, around: Around) -> Read | None:
    """“September 3”, “on Tuesday, June 20”: the year that brings it nearest, or that has the weekday."""
    month, number = day_and_month(match)
    choices = [date.fromisoformat(d) for y in (-1, 0, 1) if (d := point(day.year + y, month, number))]
    if not choices:
        return None
    choices.sort(key=lambda one: abs(one - day))
    weekday = match["w"]
    if weekday:
        right = [one for one in choices if one.weekday() == WEEKDAYS[weekday.rstrip(".")]]
        if right:
            return Read(right[0].isoformat(), f"the {weekday} of that date nearest to the article")
        return Read(choices[0].isoformat(), f"that day was no {weekday} in any year near", sure=False)
    if abs(choices[0] - day).days <= NEAR and (len(choices) < 2 or abs(choices[1] - day).days >= FAR):
        return Read(choices[0].isoformat(), "the year that brings it nearest to the article")
    ahead = (one for one in choices if (one >= day if around.future else one <= day))
    first = next(ahead, choices[0])
    others = tuple(one.isoformat() for one in choices[:2] if one != first)
    return Read(first.isoformat(), "no year is given, and two are about as near", sure=False, others=others)


def near_days(match, day: date, around: Around) -> Read | None:
    """“September 2-4”, “from September 30 to October 2”, without a year."""
    first = near_day(match, day, around)
    if not first:
        return None
    start = date.fromisoformat(first.edtf)
    month = month_number(match["em"]) if match["em"] else start.month
    end = point(start.year + (month < start.month), month, number_of(match["e"]))
    edtf = between(first.edtf, end) if end else ""
    return Read(edtf, first.why, first.sure) if edtf else None


def weekday(match, day: date, around: Around) -> Read:
    """“on Tuesday”: the last one, the article's own day included; the next one where the clause tells of the future."""
    name = match["w"]
    back = (day.weekday() - WEEKDAYS[name]) % 7
    last = day - timedelta(days=back)
    coming = day + timedelta(days=(7 - back) % 7)
    which = (match["which"] or "").lower().split()
    if "next" in which or "coming" in which:
        coming = coming if coming > day else day + timedelta(days=7)
        later = coming + timedelta(days=7)
        return Read(coming.isoformat(), f"the {name} to come", "coming" in which, (later.isoformat(),))
    if "last" in which or "past" in which or "previous" in which:
        last = last if last < day else day - timedelta(days=7)
        week_before = (last - timedelta(days=7)).isoformat()
        same_week = last.isocalendar()[:2] == day.isocalendar()[:2]
        return Read(last.isoformat(), f"the {name} before the article", not same_week, (week_before,))
    if "this" in which:
        monday = day - timedelta(days=day.weekday())
        return Read((monday + timedelta(days=WEEKDAYS[name])).isoformat(), f"the {name} of the article's week")
    if around.future and back:
        return Read(
            coming.isoformat(), f"the next {name}, as the clause tells of what is to come", False, (last.isoformat(),)
        )
    if not back and around.future:
        return Read(day.isoformat(), f"the article's own day is a {name}, or the one after it is meant", False)
    if not back:
        week = (day - timedelta(days=7)).isoformat()
        return Read(day.isoformat(), f"the article's own day is a {name}", True, (week,))
    return Read(last.isoformat(), f"the last {name} before the article", True)


def named_day(match, day: date, around: Around) -> Read:
    words = match["word"].lower()
    step = {"day before": -2, "day after": 2, "yesterday": -1, "last": -1, "tomorrow": 1}
    count = next((n for key, n in step.items() if key in words), 0)
    return Read((day + timedelta(days=count)).isoformat(), "counted from the article's own day")


def ago(match, day: date, around: Around) -> Read | None:
    """“two weeks ago”: as exact as the unit that is counted in."""
    count, unit = count_of(match["n"]), match["unit"].lower()
    if count is None:
        return Read("", "how many is not said", sure=False)
    if match["half"]:
        return Read(about(month_name(shifted(day, -(count * 12 + 6), "month"))), "counted back from the article", False)
    there, sure = shifted(day, -count, unit), not match["more"]
    why = "counted back from the article" + ("" if sure else f", “{match['more'].strip()}” left aside")
    if unit == "day":
        return Read(there.isoformat(), why, sure)
    if unit in ("week", "fortnight"):
        edtf = between((there - timedelta(days=3)).isoformat(), (there + timedelta(days=3)).isoformat())
    else:
        edtf = month_name(there) if unit == "month" else f"{there.year:04}"
    long_ago = unit in ("year", "decade") and count * (10 if unit == "decade" else 1) >= 20
    return Read(about(edtf), why, sure and not long_ago)


def reaching_back(match, day: date, around: Around) -> Read | None:
    """“in the last 300 years”: from so long before the article to its day."""
    count, unit = count_of(match["n"] or "1"), match["unit"].lower()
    if count is None:
        return Read("", "how many is not said", sure=False)
    start = shifted(day, -count, unit)
    first = {"day": start.isoformat(), "week": start.isoformat(), "fortnight": start.isoformat()}.get(unit)
    first = first or (month_name(start) if unit == "month" and count < 24 else point(start.year))
    return Read(between(about(first), day.isoformat()), "the time up to the article") if first else None


def month_name(day: date) -> str:
    return point(day.year, day.month)


def unit_near(match, day: date, around: Around) -> Read | None:
    """“last year”, “this month”, “next week”; with “early”, “late”, “earlier”, “later”."""
    step = {"last": -1, "next": 1, "coming": 1, "the coming": 1}.get(match["which"].lower(), 0)
    unit = match["unit"].lower()
    if unit in ("week", "weekend"):
        edtf = week_near(day, step, unit == "weekend")
    elif unit == "quarter":
        number = (day.month - 1) // 3 + step
        edtf = between(point(*month_of(day.year, number * 3 + 1)), point(*month_of(day.year, number * 3 + 3)))
    elif unit in ("decade", "century"):
        size, begun = (10, 0) if unit == "decade" else (100, 1)
        start = (day.year - begun) // size * size + begun + step * size
        edtf = between(point(start), point(start + size - 1))
    else:
        edtf = point(*(month_of(day.year, day.month + step) if unit == "month" else (day.year + step, 0)))
    sure = unit not in ("weekend", "decade")
    return narrowed(edtf, (match["part"] or "").lower(), day, sure, unit) if edtf else None


def narrowed(edtf: str, which: str, day: date, sure: bool, unit: str) -> Read:
    """A unit of the calendar, or the part of it that “earlier”, “later”, “early”, “late” leave."""
    whole = read_date(edtf)
    if which.startswith("earlier") and whole.earliest < day:
        edtf = between(whole.earliest.isoformat(), min(day, whole.latest).isoformat())
        return Read(edtf, f"the {unit} up to the article")
    if which.startswith("later") and day < whole.latest:
        edtf = between(max(day, whole.earliest).isoformat(), whole.latest.isoformat())
        return Read(edtf, f"the {unit} from the article on")
    if part_of(which) and unit in ("month", "year"):
        return Read(part(edtf, part_of(which)), f"a third of {edtf}, about", sure)
    return Read(edtf, f"the {unit}, counted from the article's own", sure)


def week_near(day: date, step: int, weekend: bool) -> str:
    monday = day - timedelta(days=day.weekday()) + timedelta(weeks=step)
    first = monday + timedelta(days=5) if weekend else monday
    return between(first.isoformat(), (monday + timedelta(days=6)).isoformat())


def month_alone(match, day: date, around: Around) -> Read | None:
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
    elif around.future:
        year, sure = last + 1, False
    else:
        year = last
        sure = (date(last + 1, number, 1) - day).days > LONG_SINCE
    edtf = point(year, number)
    if not edtf:
        return None
    other = point(year - 1 if which in ("last", "next") or year > last else year + 1, number)
    why = "the last one" if year <= last else "the one to come"
    edtf = part(edtf, part_of(match["part"]))
    return Read(edtf, f"{why}, seen from the article", sure, () if sure else (other,))


def season_near(match, day: date, around: Around) -> Read:
    """“last summer”: the seasons of the northern half of the earth; never sure."""
    first, last = SEASONS[match["s"].lower()]
    step = {"last": -1, "next": 1}.get(match["which"].lower(), 0)
    over, ahead = day > date(day.year, min(last, 12), 28), day < date(day.year, first, 1)
    if (step == -1 and over) or (step == 1 and ahead):
        step = 0
    start = day.year + step - (first == 12 and step == 0 and day.month < 3)
    edtf = about(between(point(start, first), point(*month_of(start, last))))
    return Read(edtf, "of the northern half of the earth", sure=False)


def from_another(match, day: date, around: Around) -> Read | None:
    """“a day earlier”, “two years later”, “the same day”: counted from the date mentioned last; never sure."""
    if not around.mentioned:
        return Read("", "counted from something that has no date here", sure=False)
    words = match[0].lower()
    sign = 1 if any(w in words for w in ("later", "after", "following", "next")) else -1
    sign = 0 if "same" in words else sign
    count, unit = count_of(match["n"] or "1"), (match["unit"] or match["unit2"] or match["unit3"]).lower()
    if count is None:
        return Read("", "how many is not said", sure=False)
    base = read_date(around.mentioned)
    size = {4: "year", 7: "month"}.get(len(around.mentioned.rstrip("~")), "day")
    why = f"counted from {around.mentioned}, the date mentioned last"
    order = ["day", "week", "fortnight", "month", "year", "decade"]
    if "/" in around.mentioned or order.index(unit) < order.index(size):
        return Read("", f"{why}, which is not known to the {unit}", sure=False)
    there = shifted(base.earliest, sign * count, unit)
    year = point(there.year)
    edtf = {"month": month_name(there), "year": year, "decade": year}.get(unit, there.isoformat())
    return Read(edtf, why, sure=False)


def recent(match, day: date, around: Around) -> Read:
    return Read("", f"“{match[0]}” tells no date, only that it is near the article's", sure=False)


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
RULES = [
    (
        "from day to day",
        rf"(?:(?i:from|between)\s)?(?P<m>{MONTH})\s(?P<d>{DAY})(?:\s?[-–—]\s?|\s(?:to|and|until|through)\s)"
        rf"(?:(?P<em>{MONTH})\s)?(?P<e>{DAY})(?P<d2>)(?P<m2>)(?P<w>)",
        near_days,
    ),
    ("day and month", rf"(?:(?P<w>{WEEKDAY})\.?,?\s(?:the\s)?)?{DAY_MONTH}", near_day),
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
        named_day,
    ),
    (
        "so long ago",
        rf"{MORE}(?i:(?P<n>{COUNT}|{VAGUE})(?P<half>\sand\sa\shalf)?\s(?P<unit>{UNIT})s?\sago)",
        ago,
    ),
    (
        "up to the article",
        rf"(?i:(?:in|over|for|during|within)\sthe\s(?:last|past)\s(?:(?P<n>{COUNT}|{VAGUE})\s)?(?P<unit>{UNIT})s?)",
        reaching_back,
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
        "month",
        rf"(?:(?P<part>(?i:{PART}))[\s-])?(?P<which>(?i:last|this|next))\s(?P<m>{FULL_MONTH})(?!,?\s[0-9])",
        month_alone,
    ),
    ("month", rf"(?P<part>(?i:{PART}))[\s-](?P<m>{FULL_MONTH})(?P<which>)(?!,?\s[0-9])", month_alone),
    (
        "month",
        rf"(?i:\b(?:in|since|until|till|by|during|of|before|after|from|through|throughout))\s(?P<m>{FULL_MONTH})"
        r"(?P<which>)(?P<part>)(?!,?\s[0-9A-Z])",
        month_alone,
    ),
    ("season", rf"(?i:(?P<which>last|this|next)\s(?P<s>{'|'.join(SEASONS)}))(?!\s(?:[0-9]|of\s[0-9]))", season_near),
    (
        "counted from another date",
        rf"(?i:(?P<n>{COUNT}|{VAGUE})\s(?P<unit>{UNIT})s?\s(?:earlier|later|before|after|afterwards)"
        rf"|the\s(?:same|next|following|previous)\s(?P<unit2>{UNIT})|the\s(?P<unit3>day)\s(?:before|after))",
        from_another,
    ),
    (
        "vague",
        r"(?i:(?:in\s)?(?:recent|the coming|coming|past)\s(?:days|weeks|months|years|decades)|recently|lately"
        r"|these days|(?:in\s)?the past|not long ago|long ago|years ago|decades ago|for years|for decades|for months"
        r"|(?:the\s)?early hours)",
        recent,
    ),
]
# What else than a word of time a rule needs to find anything.
WITHOUT_TIME_WORDS = {"from day to day": ("digits",), "day and month": ("digits",), "month": ("months",)}
