"""How dates are counted, in any language: what the rules of a language hand over are numbers, units and fields.

Times are counted as in TIMEX3 (ISO 24617-1): a unit of the calendar ("last month") is that unit; so long ago is as
exact as the smallest unit that is counted in. Easter is reckoned by the rule of Meeus (Astronomical Algorithms, 1991,
chapter 8), as first printed in Nature, 20 April 1876.
"""

import calendar
from collections.abc import Iterable
from datetime import date, timedelta

from .partial import read_date
from .resolutions import (
    DAYS_IN,
    FUTURE,
    MONTHS_IN,
    OPEN,
    PAST,
    UNITS,
    Context,
    Fields,
    Resolution,
    approximate,
    days,
    ends_of,
    interval,
    month_of,
    point,
    shift,
    third_of,
    unit_of,
)

NEAR, FAR = 130, 200  # days: a day and month without its year is sure if one year is that near and the next that far
LONG_SINCE = 60  # days ahead within which a month without its year may be the one to come
UNNAMED_YEAR = 330  # days after which a writer would have named the year

Terms = tuple[tuple[float, str], ...]  # how many of which unit: a year and three months is ((1, "year"), (3, "month"))


def resolve_fields(fields: Fields, day: date | None, context: Context) -> Resolution | None:
    """The date that has these fields: the one that they give, or the likeliest near the article's day."""
    if fields.year:
        return written_out(fields)
    if day is None:
        return None
    if fields.month and fields.day:
        return near_day(fields, day, context)
    if fields.month:
        return near_month(fields.month, day, context)
    if fields.day:
        return near_number(fields, day, context)
    return near_weekday(fields, "", day, context) if fields.weekday is not None else None


def written_out(fields: Fields) -> Resolution | None:
    """A year, month or day whose year is named; unsure where its weekday is another."""
    edtf = point(fields.year, fields.month, fields.day)
    if not edtf:
        return None
    if fields.weekday is not None and (not fields.day or date.fromisoformat(edtf).weekday() != fields.weekday):
        return Resolution(edtf, f"that day was no {fields.name}", sure=False)
    return Resolution(edtf, f"the {unit_of(edtf)} is written out")


def near_day(fields: Fields, day: date, context: Context) -> Resolution | None:
    """“September 3”, “on Tuesday, June 20”: the year that brings it nearest, or that has the weekday."""
    years = (day.year + step for step in (-1, 0, 1))
    choices = [date.fromisoformat(edtf) for year in years if (edtf := point(year, fields.month, fields.day))]
    if not choices:
        return None
    choices.sort(key=lambda choice: abs(choice - day))
    if fields.weekday is not None:
        right = [choice for choice in choices if choice.weekday() == fields.weekday]
        if right:
            agrees = lies_in(right[0], day, context.tense)
            return Resolution(right[0].isoformat(), f"the {fields.name} of that date nearest to the article", agrees)
        return Resolution(choices[0].isoformat(), f"that day was no {fields.name} in any year near", sure=False)
    return nearest(choices, day, context)


def nearest(choices: list[date], day: date, context: Context) -> Resolution:
    """The one of some days, the nearest first, that lies where the clause tells: before the article or after it."""
    first = next((choice for choice in choices if lies_in(choice, day, context.tense)), choices[0])
    others = tuple(choice.isoformat() for choice in choices[:2] if choice != first)
    if context.tense in (PAST, FUTURE):
        sure = lies_in(first, day, context.tense) and abs(first - day).days <= UNNAMED_YEAR
        why = "the last one before the article" if context.tense == PAST else "the next one after the article"
        return Resolution(first.isoformat(), why, sure, () if sure else others)
    if context.tense == OPEN:
        ahead = min((choice for choice in choices if choice >= day), default=choices[0])
        others = tuple(choice.isoformat() for choice in choices[:2] if choice != ahead)
        return Resolution(ahead.isoformat(), "the next one after the article, or the last before it", False, others)
    if abs(choices[0] - day).days <= NEAR and (len(choices) < 2 or abs(choices[1] - day).days >= FAR):
        return Resolution(choices[0].isoformat(), "the year that brings it nearest to the article", choices[0] <= day)
    past = next((choice for choice in choices if choice <= day), choices[0])
    others = tuple(choice.isoformat() for choice in choices[:2] if choice != past)
    return Resolution(past.isoformat(), "no year is given, and two are about as near", False, others)


def lies_in(choice: date, day: date, tense: str) -> bool:
    return choice <= day if tense == PAST else choice >= day if tense == FUTURE else True


def near_number(fields: Fields, day: date, context: Context) -> Resolution | None:
    """“the 15th”, “Friday the 15th”: in the month that brings it nearest, or in which it has the weekday."""
    found = [month_of(day.year, day.month + step) for step in range(-3, 4)]
    choices = [date.fromisoformat(edtf) for place in found if (edtf := point(*place, fields.day))]
    if fields.weekday is not None:
        choices = [choice for choice in choices if choice.weekday() == fields.weekday]
    if not choices:
        return Resolution("", "no such day is near the article", sure=False)
    choices.sort(key=lambda choice: abs(choice - day))
    wanted = context.tense or PAST
    first = next((choice for choice in choices if lies_in(choice, day, wanted)), choices[0])
    others = tuple(choice.isoformat() for choice in choices[:2] if choice != first)
    if fields.weekday is not None:
        return Resolution(first.isoformat(), f"the {fields.name} of that number nearest to the article", not others)
    return Resolution(first.isoformat(), "only the number of the day is given", False, others)


def near_month(number: int, day: date, context: Context, which: str = "") -> Resolution:
    """“in October”, “last May”: the last one, or the next where the clause tells of the future.

    `which` is last, this, next or empty.
    """
    last = day.year if number <= day.month else day.year - 1
    ahead, behind = number > day.month, number < day.month
    if which == "this":
        year, sure = day.year, not ((context.tense == PAST and ahead) or (context.tense == FUTURE and behind))
    elif which == "next":
        year, sure = (day.year if number > day.month else day.year + 1), False
    elif which == "last":
        year, sure = (last if number != day.month else day.year - 1), number >= day.month
    elif number == day.month:
        year, sure = day.year, context.tense != OPEN
    elif context.tense == FUTURE:
        year, sure = last + 1, True
    elif context.tense == OPEN:
        year, sure = last + 1, False
    else:
        days_ahead = (date(last + 1, number, 1) - day).days
        year, sure = last, context.tense == PAST or days_ahead > LONG_SINCE
    other = point(year - 1 if which in ("last", "next") or year > last else year + 1, number)
    why = "the last one" if year <= last else "the one to come"
    return Resolution(point(year, number), f"{why}, seen from the article", sure, () if sure else (other,))


def near_weekday(fields: Fields, which: str, day: date, context: Context) -> Resolution:
    """“on Tuesday”: the last one, the article's own day included; the next one where the clause tells of the future.

    `which` is last, past, this, next, coming or empty.
    """
    name, number = fields.name, fields.weekday or 0
    back = (day.weekday() - number) % 7
    last, coming = day - timedelta(days=back), day + timedelta(days=(7 - back) % 7)
    if which in ("next", "coming"):
        coming = coming if coming > day else day + timedelta(days=7)
        later = coming + timedelta(days=7)
        if which == "next" and coming.isocalendar()[:2] == day.isocalendar()[:2]:
            coming, later = later, coming
        return Resolution(coming.isoformat(), f"the {name} to come", which == "coming", (later.isoformat(),))
    if which == "last":
        last = last if last < day else day - timedelta(days=7)
        before = last - timedelta(days=7)
        if last.isocalendar()[:2] == day.isocalendar()[:2]:
            return Resolution(before.isoformat(), f"the {name} of the week before", False, (last.isoformat(),))
        return Resolution(last.isoformat(), f"the {name} before the article", True, (before.isoformat(),))
    if which == "past":
        last = last if last < day else day - timedelta(days=7)
        return Resolution(last.isoformat(), f"the {name} before the article")
    if which == "this":
        there = day - timedelta(days=day.weekday() - number)
        agrees = lies_in(there, day, context.tense)
        others = () if agrees else ((coming if context.tense == FUTURE else last).isoformat(),)
        return Resolution(there.isoformat(), f"the {name} of the article's week", agrees, others)
    if context.tense in (FUTURE, OPEN) and back:
        sure, why = context.tense == FUTURE, f"the next {name}, as the clause tells of what is to come"
        return Resolution(coming.isoformat(), why, sure, () if sure else (last.isoformat(),))
    if not back and context.tense in (FUTURE, OPEN):
        return Resolution(day.isoformat(), f"the article's own day is a {name}, or the one after it is meant", False)
    sure = context.tense == PAST
    if not back:
        week = (day - timedelta(days=7)).isoformat()
        return Resolution(day.isoformat(), f"the article's own day is a {name}", sure, (week,))
    return Resolution(last.isoformat(), f"the last {name} before the article", sure)


def weekday_before_last(number: int, count: int, day: date, name: str) -> Resolution:
    """“two Tuesdays ago”, and with a count below 0 “two Tuesdays from now”."""
    if count > 0:
        back = (day.weekday() - number) % 7 or 7
        there = day - timedelta(days=back + 7 * (count - 1))
    else:
        ahead = (number - day.weekday()) % 7 or 7
        there = day + timedelta(days=ahead + 7 * (-count - 1))
    return Resolution(there.isoformat(), f"the {name}s counted from the article", abs(count) > 1)


def shift_terms(day: date, terms: Terms, sign: int) -> date:
    """`day` moved by all of `terms`, the longest unit first; a half of a unit as the next smaller ones."""
    for count, unit in sorted(terms, key=lambda term: -UNITS.index(term[1])):
        if unit in DAYS_IN:
            day += timedelta(days=sign * int(count * DAYS_IN[unit]))
        else:
            day = shift(day, sign * int(count * MONTHS_IN[unit]), "month")
            day += timedelta(days=sign * int(count * MONTHS_IN[unit] % 1 * 30))
    return day


def smallest_unit(terms: Terms) -> str:
    """The smallest unit that is counted in; a half of a unit is counted in the next smaller."""
    units = []
    for count, unit in terms:
        if count % 1 and unit in ("year", "decade", "century"):
            unit = "month" if unit == "year" else "year"
        elif count % 1 and unit == "month":
            unit = "month"
        units.append("month" if unit in ("quarter", "half") else unit)
    return min(units, key=UNITS.index)


def as_exact_as(there: date, unit: str) -> str:
    """The day, or the time around it that is as exact as a count of a unit."""
    if unit == "day":
        return there.isoformat()
    if unit in ("week", "fortnight"):
        return approximate(days(there - timedelta(days=3), there + timedelta(days=3)))
    return approximate(point(there.year, there.month) if unit == "month" else point(there.year))


def time_away(terms: Terms, sign: int, qualifier: str, day: date, context: Context) -> Resolution:
    """“two weeks ago” (`sign` -1), “two weeks from now” (1): as exact as the unit that is counted in."""
    there, unit = shift_terms(day, terms, sign), smallest_unit(terms)
    why = f"counted {'back' if sign < 0 else 'on'} from the article"
    if qualifier:
        why += f", “{qualifier}” left aside"
    sure = not qualifier and not (unit == "day" and terms[0][0] >= 50)
    years = sum(count * {"year": 1, "decade": 10, "century": 100}.get(unit, 0) for count, unit in terms)
    half_a_day = any(count % 1 and unit in DAYS_IN for count, unit in terms)
    return Resolution(as_exact_as(there, unit), why, sure and years < 20 and not half_a_day)


def time_up_to(terms: Terms, sign: int, day: date) -> Resolution:
    """“in the last 300 years” (`sign` -1): from so long before the article to its day; “the next two weeks” (1)."""
    there = shift_terms(day, terms, sign)
    count, unit = terms[0]
    if smallest_unit(terms) in DAYS_IN:
        end = there.isoformat()
    else:
        by_month = (smallest_unit(terms) == "month" and count < 24) or unit in ("quarter", "half")
        end = point(there.year, there.month) if by_month else point(there.year)
    if sign < 0:
        return Resolution(interval(approximate(end), day.isoformat()), "the time up to the article")
    return Resolution(interval(day.isoformat(), approximate(end)), "the time from the article on")


def counted_from(edtf: str, terms: Terms, sign: int) -> Resolution:
    """“two weeks after April 12”: counted from another date, if that is known to the unit that is counted in."""
    size, unit = unit_of(edtf), smallest_unit(terms)
    unit = {"week": "day", "fortnight": "day", "decade": "year", "century": "year"}.get(unit, unit)
    why = f"counted from {edtf}"
    if not size or UNITS.index(unit) < UNITS.index(size):
        return Resolution("", f"{why}, which is not known to the {unit}", sure=False)
    there = shift_terms(read_date(edtf).earliest, terms, sign)
    exact = {"year": point(there.year), "month": point(there.year, there.month)}.get(unit, there.isoformat())
    if "~" in edtf:
        return Resolution(approximate(exact), why, False)
    return Resolution(exact, why, size == unit)


def unit_near(unit: str, step: int, day: date) -> Resolution:
    """The week, month, year… `step` units from the article's own."""
    if unit in ("week", "weekend", "fortnight"):
        edtf = week_near(day, step, unit == "weekend")
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
    return Resolution(week_near(first, 0, weekend), f"the week in which {first.isoformat()} lies", weekend)


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


def nearest_of_years(choices: Iterable[date], day: date, context: Context) -> Resolution:
    """The one of a named day's dates that is nearest to the article; sure within a month and a half."""
    ordered = sorted(choices, key=lambda choice: abs(choice - day))
    first = next((choice for choice in ordered if lies_in(choice, day, context.tense)), ordered[0])
    sure = context.tense in (PAST, FUTURE) and abs(first - day).days <= NEAR
    others = tuple(choice.isoformat() for choice in ordered[:2] if choice != first)
    return Resolution(first.isoformat(), "the named day nearest to the article", sure, () if sure else others)
