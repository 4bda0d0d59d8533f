"""Units of the calendar and their parts: “last month”, “the first week of October”, “early 2013”; in any language.

A unit of the calendar ("last month") is that unit, as in TIMEX3 (ISO 24617-1). Easter is reckoned by the rule of Meeus
(Astronomical Algorithms, 1991, chapter 8), as first printed in Nature, 20 April 1876.
"""

import calendar
from datetime import date, timedelta

from .near_the_article import written_out
from .resolutions import (
    DAYS_IN,
    FUTURE,
    MONTHS_IN,
    OPEN,
    PAST,
    Context,
    Fields,
    Resolution,
    approximate,
    days,
    ends_of,
    interval,
    month_of,
    point,
    third_of,
    unit_of,
)


def unit_near(unit: str, step: int, day: date) -> Resolution:
    """The week, month, year… `step` units from the article's own."""
    if unit in ("week", "weekend"):
        edtf = week_near(day, step, unit == "weekend")
    elif unit == "fortnight":
        begin, end = sorted((day, day + timedelta(weeks=2 * (step or 1))))
        edtf = days(begin, end)
    elif unit in ("quarter", "half"):
        size = 3 if unit == "quarter" else 6
        number = (day.month - 1) // size + step
        first, last = month_of(day.year, number * size + 1), month_of(day.year, number * size + size)
        edtf = interval(point(*first), point(*last))
    elif unit in ("decade", "century"):
        size, begun = (10, 0) if unit == "decade" else (100, 1)
        start = (day.year - begun) // size * size + begun + step * size
        edtf = interval(point(start), point(start + size - 1))
    elif unit == "day":
        edtf = (day + timedelta(days=step)).isoformat()
    else:
        edtf = point(*(month_of(day.year, day.month + step) if unit == "month" else (day.year + step, 0)))
    sure = unit not in ("weekend", "decade", "fortnight")
    return Resolution(edtf, f"the {unit}, counted from the article's own", sure and bool(edtf))


def week_near(day: date, step: int, weekend: bool) -> str:
    monday = day - timedelta(days=day.weekday()) + timedelta(weeks=step)
    return days(monday + timedelta(days=5) if weekend else monday, monday + timedelta(days=6))


def weekend_near(day: date, context: Context) -> Resolution:
    """“over the weekend”: the last one, or the next where the clause tells of the future."""
    if context.tense == FUTURE:
        return Resolution(week_near(day, 0, True), "the weekend to come", day.weekday() < 5)
    if day.weekday() >= 5:
        return Resolution(week_near(day, 0, True), "the weekend of the article's own day", sure=False)
    return Resolution(week_near(day, -1, True), "the weekend before the article", context.tense == PAST)


def up_to_or_from(edtf: str, which: str, unit: str, day: date) -> Resolution | None:
    """What “earlier this month” (`which` "earlier") leaves of a time that is going on; None if it leaves nothing."""
    first, last = ends_of(edtf)
    if which == "earlier" and first < day:
        return Resolution(days(first, min(day, last)), f"the {unit} up to the article")
    if which == "later" and day < last:
        return Resolution(days(max(day, first), last), f"the {unit} from the article on")
    return None


def third_or_whole(edtf: str, which: str) -> Resolution | None:
    """“early”, “mid” or “late” in a month, a year or a longer time; None in what has no such parts."""
    if not which or not edtf:
        return Resolution(edtf, "") if edtf else None
    first, last = ends_of(edtf)
    if unit_of(edtf) in ("month", "year"):
        return Resolution(third_of(edtf.rstrip("~"), which), f"a third of {edtf}, about", sure=False)
    if last.year - first.year >= 9 and "-" not in edtf:
        return Resolution(third_of(edtf, which), f"a third of {edtf}, about", sure=False)
    length = (last - first).days + 1
    if length < 7 or length > 190:
        return None
    cuts = [first + timedelta(days=length * number // 3) for number in range(3)] + [last + timedelta(days=1)]
    number = ("early", "mid", "late").index(which)
    return Resolution(
        approximate(days(cuts[number], cuts[number + 1] - timedelta(days=1))), f"a third of {edtf}", False
    )


def nth_weekday(count: int, number: int, edtf: str) -> Resolution | None:
    """“the last Friday of January 2019” (`count` -1): that weekday of a month, quarter or year."""
    first, last = ends_of(edtf)
    if not 27 <= (last - first).days <= 366:
        return None
    found = first + timedelta(days=(number - first.weekday()) % 7)
    choices = [found + timedelta(weeks=week) for week in range(54) if found + timedelta(weeks=week) <= last]
    if not -len(choices) <= count - (count > 0) < len(choices):
        return None
    return Resolution(choices[count - (count > 0)].isoformat(), f"counted within {edtf}")


def nth_unit(count: int, size: int, unit: str, edtf: str) -> Resolution | None:
    """“the first week of October”, “the last four months of 2017”: the `count`th `size` units of a longer time.

    Weeks of a month are counted from its first day or back from its last, and about.
    """
    first, last = ends_of(edtf)
    length = (last - first).days + 1
    if unit in DAYS_IN:
        step = DAYS_IN[unit] * size
        if step >= length or step * abs(count) > length + 6:
            return None
        start = first + timedelta(days=step * (count - 1)) if count > 0 else last + timedelta(days=step * count + 1)
        end = start + timedelta(days=step - 1)
        found = days(max(start, first), min(end, last))
        if unit == "day" or size > 1:
            return Resolution(found, f"counted within {edtf}")
        return Resolution(approximate(found), f"counted within {edtf}, about", sure=False)
    if unit == "weekend":
        saturdays = [
            first + timedelta(days=n) for n in range(min(length, 400)) if (first + timedelta(n)).weekday() == 5
        ]
        index = count - 1 if count > 0 else count
        if length > 100 or not -len(saturdays) <= index < len(saturdays):
            return None
        return Resolution(days(saturdays[index], saturdays[index] + timedelta(days=1)), f"counted within {edtf}")
    if unit == "half" and unit_of(edtf) == "month" and abs(count) < 3:
        middle = first + timedelta(days=14)
        halves = (days(first, middle), days(middle + timedelta(days=1), last))
        return Resolution(halves[count - (count > 0)], f"half of {edtf}, about", sure=False)
    step = MONTHS_IN[unit] * size
    months = (last.year - first.year) * 12 + last.month - first.month + 1
    starts_a_month = first.day == 1 and last.day == calendar.monthrange(last.year, last.month)[1]
    if not starts_a_month or step >= months or step * abs(count) > months:
        return None
    skipped = step * (count - 1) if count > 0 else months + step * count
    begun, ended = month_of(first.year, first.month + skipped), month_of(first.year, first.month + skipped + step - 1)
    if unit in ("year", "decade") and begun[1] == 1:
        return Resolution(interval(point(begun[0]), point(ended[0])), f"counted within {edtf}")
    return Resolution(interval(point(*begun), point(*ended)), f"counted within {edtf}")


def part_near(count: int, unit: str, day: date, context: Context) -> Resolution:
    """“the third quarter” without its year: the last one that has ended, or the next where that is told; never sure."""
    year = day.year
    found = nth_unit(count, 1, unit, point(year))
    if found and context.tense not in (FUTURE, OPEN) and ends_of(found.edtf)[0] > day:
        found = nth_unit(count, 1, unit, point(year - 1))
    elif found and context.tense in (FUTURE, OPEN) and ends_of(found.edtf)[1] < day:
        found = nth_unit(count, 1, unit, point(year + 1))
    return Resolution(found.edtf if found else "", "no year is given", sure=False)


def part_with_fields(fields: Fields, edtf: str) -> Resolution | None:
    """“August of last year”, “Thursday of next week”, “the 20th of next month”: the day or month within a whole."""
    unit = unit_of(edtf) if "~" not in edtf else ""
    if unit == "year" and fields.month and not fields.year:
        return written_out(Fields(int(edtf), fields.month, fields.day, fields.weekday, fields.name))
    if unit == "month" and fields.day and not fields.month:
        year, month = map(int, edtf.split("-"))
        return written_out(Fields(year, month, fields.day, fields.weekday, fields.name))
    if fields.weekday is not None and not fields.day and not fields.month and "/" in edtf:
        first, last = ends_of(edtf)
        there = first + timedelta(days=(fields.weekday - first.weekday()) % 7)
        if (last - first).days <= 6 and there <= last:
            return Resolution(there.isoformat(), f"the {fields.name} of that week")
    return None


def week_of(edtf: str, weekend: bool) -> Resolution | None:
    """“the week of October 6”: from Monday to Sunday; “the weekend of March 2-3”: the days, or their weekend."""
    first, last = ends_of(edtf)
    if (last - first).days > 3:
        return None
    is_whole = weekend or first.weekday() == 0  # else the week may be thought to begin on that day, or on Sunday
    return Resolution(week_near(first, 0, weekend), f"the week in which {first.isoformat()} lies", is_whole)


def season_of(year: int, months: tuple[int, int]) -> str:
    """A season as months of the northern half of the earth; a winter begins in its year."""
    return approximate(interval(point(year, months[0]), point(*month_of(year, months[1]))))


def season_near(months: tuple[int, int], which: str, day: date, context: Context) -> Resolution:
    """“last summer”: the seasons of the northern half of the earth; never sure."""
    first, last = months
    step = {"last": -1, "next": 1}.get(which, 0)
    over, ahead = day > date(day.year, min(last, 12), 28), day < date(day.year, first, 1)
    if (step == -1 and over) or (step == 1 and ahead):
        step = 0
    if not which and context.tense in (FUTURE, OPEN) and over:
        step = 1
    if not which and context.tense not in (FUTURE, OPEN) and ahead:
        step = -1
    start = day.year + step - (first == 12 and step == 0 and day.month < 3)
    return Resolution(season_of(start, months), "of the northern half of the earth", sure=False)


def easter(year: int) -> date:
    """Easter Sunday of the Western churches."""
    golden, century, rest = year % 19, year // 100, year % 100
    moon = (19 * golden + century - century // 4 - (century - (century + 8) // 25 + 1) // 3 + 15) % 30
    sunday = (32 + 2 * (century % 4) + 2 * (rest // 4) - moon - rest % 4) % 7
    late = (golden + 11 * moon + 22 * sunday) // 451
    month, day = divmod(moon + sunday - 7 * late + 114, 31)
    return date(year, month, day + 1)
