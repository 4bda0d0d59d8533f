"""Which day, month or weekday is meant near the article's own day, by the fields that words name and their tense."""

from collections.abc import Iterable
from datetime import date, timedelta

from .resolutions import (
    FUTURE,
    OPEN,
    PAST,
    Context,
    Fields,
    Resolution,
    month_of,
    point,
    unit_of,
)

NEAR, FAR = 130, 200  # days: a day and month without its year is sure if one year is that near and the next that far
LONG_SINCE = 60  # days ahead within which a month without its year may be the one to come
THIS_MONTH_OR_NEXT = 31  # days within which the month of “Friday the 15th” need not be named
UNNAMED_YEAR = 330  # days after which a writer would have named the year


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
            first = next((choice for choice in right if lies_in(choice, day, context.tense)), right[0])
            agrees = lies_in(first, day, context.tense)
            return Resolution(first.isoformat(), f"the {fields.name} of that date nearest to the article", agrees)
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
    found = [month_of(day.year, day.month + step) for step in range(-6, 7)]
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
        told = context.tense in (PAST, FUTURE) and lies_in(first, day, context.tense)
        sure = not others or (told and abs(first - day).days <= THIS_MONTH_OR_NEXT)
        why = f"the {fields.name} of that number nearest to the article"
        return Resolution(first.isoformat(), why, sure, () if sure else others)
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
        year, sure = (day.year if number > day.month else day.year + 1), number <= day.month
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
        if which == "coming":
            return Resolution(coming.isoformat(), f"the {name} to come", True, (later.isoformat(),))
        if coming.isocalendar()[:2] == day.isocalendar()[:2]:
            return Resolution(later.isoformat(), f"the {name} to come", False, (coming.isoformat(),))
        agrees = is_in_another_week(coming, day)
        return Resolution(coming.isoformat(), f"the {name} to come", agrees, () if agrees else (later.isoformat(),))
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
        agrees = lies_in(there, day, context.tense) and (there != day or context.tense == PAST)
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


def is_in_another_week(coming: date, day: date) -> bool:
    """Whether a day to come lies in a later week than `day` whether a week begins on Sunday or on Monday.

    Only then do “the Friday to come” and “the Friday of next week” mean the same; not within two days.
    """
    sunday = day - timedelta(days=(day.weekday() + 1) % 7)
    return (coming - sunday).days >= 7 and (coming - day).days > 2


def weekday_before_last(number: int, count: int, day: date, name: str) -> Resolution:
    """“two Tuesdays ago”, and with a count below 0 “two Tuesdays from now”."""
    if count > 0:
        back = (day.weekday() - number) % 7 or 7
        there = day - timedelta(days=back + 7 * (count - 1))
    else:
        ahead = (number - day.weekday()) % 7 or 7
        there = day + timedelta(days=ahead + 7 * (-count - 1))
    return Resolution(there.isoformat(), f"the {name}s counted from the article", abs(count) > 1)


def nearest_of_years(choices: Iterable[date], day: date, context: Context) -> Resolution:
    """The one of a named day's dates that is nearest to the article, on the side that the clause tells of.

    Sure where a tense tells the side, and the day is not so far that its year would have been named.
    """
    ordered = sorted(choices, key=lambda choice: abs(choice - day))
    first = next((choice for choice in ordered if lies_in(choice, day, context.tense)), ordered[0])
    sure = context.tense in (PAST, FUTURE) and lies_in(first, day, context.tense)
    sure = sure and abs(first - day).days <= UNNAMED_YEAR
    others = tuple(choice.isoformat() for choice in ordered[:2] if choice != first)
    return Resolution(first.isoformat(), "the named day nearest to the article", sure, () if sure else others)
