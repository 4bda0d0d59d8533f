"""Times counted from a day: “two weeks ago”, “in the last 300 years”, “a week after April 12”; in any language.

So long ago is as exact as the smallest unit that is counted in, as in TIMEX3 (ISO 24617-1).
"""

from datetime import date, timedelta

from .partial import read_date
from .resolutions import (
    DAYS_IN,
    MONTHS_IN,
    UNITS,
    Context,
    Resolution,
    approximate,
    days,
    interval,
    point,
    shift,
    unit_of,
)

Terms = tuple[tuple[float, str], ...]  # how many of which unit: a year and three months is ((1, "year"), (3, "month"))


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
