"""Dates made of dates: a part of a longer time ("the last Friday of January"), and ranges, by one rule for any two.

What the rules of a language find is looked through from the end of the text to its beginning, so that a part may be
of a time that is itself made of parts. At each place only the longest composition is kept.
"""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta

from .calendar_units import part_with_fields
from .date_grammar import FROM_DATE_TO_DATE, NUMBER, PART_OF_A_TIME, RANGES, THE_TIME, Grammar, Rule
from .near_the_article import resolve_fields, written_out
from .resolutions import FUTURE, OPEN, Context, Fields, Resolution, ends_of, interval, unit_of

Match = tuple[int, int, Rule, re.Match[str]]
_LEAD = 24  # characters before a date in which the word before it is looked for
_SOME_DAY = date(2001, 1, 1)  # on which a composition is tried, where the article's day is not known
_POSSESSIVE = ("'", "’")
_DEEPEST = 3  # how many dates one is made of, at most


@dataclass(frozen=True)
class Candidate:
    """A date that may stand at text[start:end]; `at` resolves it from the article's day."""

    start: int
    end: int
    name: str
    at: Callable[[date, Context], Resolution | None]
    needs_day: bool
    absolute: bool = False
    inside_only: bool = False
    fields: Fields | None = None
    part: Callable[[str], Resolution | None] | None = None
    depth: int = 1


def candidate(match: Match, span: tuple[int, int]) -> Candidate | None:
    """What a rule has found, at the span that is left of it; None where its numbers are no date."""
    _, _, rule, words = match
    start, end = span
    fields = rule.fields(words) if rule.fields else None
    if rule.fields and fields is None:
        return None
    part = rule.part
    return Candidate(
        start,
        end,
        rule.name,
        resolver(rule, words, fields),
        needs_day=rule.absolute is None and not (fields and fields.year),
        absolute=rule.absolute is not None or bool(fields and fields.year),
        inside_only=rule.inside_only,
        fields=fields,
        part=(lambda edtf: part(words, edtf)) if part else None,
    )


def resolver(rule: Rule, words: re.Match[str], fields: Fields | None) -> Callable[[date, Context], Resolution | None]:
    """How a match is resolved from the article's day."""
    if fields:
        return fields_resolver(fields)
    if absolute := rule.absolute:
        return lambda day, context: absolute(words)
    if relative := rule.relative:
        return lambda day, context: relative(words, day, context)
    return lambda day, context: None


def fields_resolver(fields: Fields) -> Callable[[date, Context], Resolution | None]:
    """How the fields of the calendar that a match names are resolved from the article's day."""
    return lambda day, context: resolve_fields(fields, day, context)


def compose(text: str, found: Iterable[Candidate], grammar: Grammar, day: date | None) -> list[Candidate]:
    """The candidates and all that is made of them, the earliest and then the longest first."""
    ordered = sorted(found, key=lambda one: (one.start, -one.end))
    starting: dict[int, list[Candidate]] = defaultdict(list)
    made: list[Candidate] = []
    for here in reversed(ordered):
        compositions = [
            *join_parts(text, here, starting, grammar, day or _SOME_DAY),
            *times_with_parts(text, here, starting, grammar, day or _SOME_DAY),
        ]
        longest = max(compositions, key=lambda one: one.end, default=None)
        if longest:
            made.append(longest)
            starting[longest.start].append(longest)
        starting[here.start].append(here)
    for here in sorted([*ordered, *made], key=lambda one: one.start):
        made.extend(ranges(text, here, starting, grammar))
    return sorted([*ordered, *made], key=lambda one: (one.start, -one.end))


def join_parts(
    text: str, here: Candidate, starting: dict[int, list[Candidate]], grammar: Grammar, day: date
) -> Iterable[Candidate]:
    """`here` as a part of each time that follows it: “August” of “last year”."""
    if here.name == NUMBER or not (here.part or (here.fields and not here.fields.year)):
        return
    for link in grammar.of:
        between = link.match(text, here.end)
        for whole in starting.get(between.end(), ()) if between else ():
            if whole.depth < _DEEPEST and (made := part_of(here, whole, whole.end, day)):
                yield made


def times_with_parts(
    text: str, whole: Candidate, starting: dict[int, list[Candidate]], grammar: Grammar, day: date
) -> Iterable[Candidate]:
    """A time with the part of it that follows: “next week on Friday”."""
    if not whole.needs_day or whole.fields or whole.inside_only:
        return
    between = grammar.then.match(text, whole.end)
    for part in starting.get(between.end(), ()) if between else ():
        is_owned = text[whole.end : whole.end + 1] in _POSSESSIVE and bool(part.part)
        is_part = is_owned or bool(part.fields and not part.fields.year)
        if is_part and (made := part_of(part, whole, part.end, day)):
            yield replace(made, start=whole.start)


def part_of(part: Candidate, whole: Candidate, end: int, day: date) -> Candidate | None:
    """The date that `part` of `whole` is, if that has such a part."""

    def at(day: date, context: Context) -> Resolution | None:
        time = whole.at(day, context)
        if time is None or not time.edtf:
            return time
        made = part.part(time.edtf) if part.part else part_with_fields(part.fields or Fields(), time.edtf)
        if made is None:
            return None
        why = made.why if whole.absolute else f"{made.why}; {time.why}"
        return Resolution(made.edtf, why, made.sure and time.sure, made.others)

    try:
        tried = at(day, Context())
        if not tried or not tried.edtf:
            return None
    except (ValueError, OverflowError):
        return None
    return Candidate(
        part.start, end, PART_OF_A_TIME, at, whole.needs_day, whole.absolute, depth=max(part.depth, whole.depth) + 1
    )


def ranges(text: str, first: Candidate, starting: dict[int, list[Candidate]], grammar: Grammar) -> Iterable[Candidate]:
    """The longest range that begins with `first`."""
    if first.name in RANGES or first.name == THE_TIME or not (between := grammar.join.match(text, first.end)):
        return
    if first.fields is None and any(other.fields and other.end == first.end for other in starting[first.start]):
        return  # “from December”, which is counted from the article where its end names no year
    before = text[max(0, first.start - _LEAD) : first.start]
    lead = grammar.between.search(before) or grammar.from_.search(before)
    is_list = between.groupdict().get("and") and not (lead and grammar.between.search(before))
    start = first.start - (len(before) - lead.start() if lead else 0)
    if grammar.moved.search(text, max(0, start - 2 * _LEAD), start):
        return
    possible = (end_with_year(text, last, starting, grammar) for last in starting.get(between.end(), ()))
    ends = [last for last in possible if last.name not in RANGES and fits(first, last, lead)]
    ends = [last for last in ends if not is_list or are_consecutive_months(first.fields, last.fields)]
    if ends:
        last = max(ends, key=lambda one: (one.end, one.fields is not None, one.part is None))
        yield range_of(first, last, start)


def are_consecutive_months(first: Fields | None, last: Fields | None) -> bool:
    """Whether two months that are named together (“in February and March”) make one time."""
    if not first or not last or first.day or last.day or first.year:
        return False
    return bool(first.month) and last.month == first.month % 12 + 1


def end_with_year(text: str, last: Candidate, starting: dict[int, list[Candidate]], grammar: Grammar) -> Candidate:
    """The end of a range with the year that follows it: “September 2-4, 2019”."""
    fields = last.fields
    if fields and fields.day and not fields.year and (between := grammar.of[0].match(text, last.end)):
        for year in starting.get(between.end(), ()):
            if year.fields and year.fields.year and not year.fields.month:
                dated = replace(fields, year=year.fields.year)
                at = fields_resolver(dated)
                return replace(last, end=year.end, fields=dated, at=at, needs_day=False, absolute=True)
    return last


def fits(first: Candidate, last: Candidate, lead: re.Match[str] | None) -> bool:
    """Whether two dates may be the ends of a range: two bare months may, two bare numbers may not."""
    if first.fields and last.fields:
        one, other = first.fields, last.fields
        if not (one.month or other.month) and (one.day or other.day):
            return not (first.inside_only or last.inside_only)
        if (one.day and not one.month and not other.day) or (other.day and not other.month and not one.day):
            return False
        if not (one.month or one.day or other.month or other.day) and one.year and other.year:
            return False
        if first.inside_only and last.inside_only:
            return bool(one.month and other.month) or bool(lead and (one.month or other.month))
        if (one.weekday is None) != (other.weekday is None) and not (one.day and other.day):
            return False
    if (first.fields is None and is_bare_number(last)) or (last.fields is None and is_bare_number(first)):
        return False
    return not (first.part and not first.fields) or first.depth > 1 or not first.inside_only


def is_bare_number(end: Candidate) -> bool:
    """Whether an end of a range is the bare number of a day, which needs the month of the other end."""
    return end.inside_only and bool(end.fields and end.fields.day and not end.fields.month)


def range_of(first: Candidate, last: Candidate, start: int) -> Candidate:
    """From `first` to `last`; what one of them leaves out (the year, the month) is taken from the other."""
    one, other = first.fields, last.fields
    both = complete(one, other) if one and other else None
    needs_day = not both[1].year if both else first.needs_day or last.needs_day

    def at(day: date, context: Context) -> Resolution | None:
        if both:
            ends = resolve_ends(*both, day, context)
        else:
            ends = first.at(day, context), last.at(day, context)
            ends = with_year_of(one, ends[0], ends[1], before=True), with_year_of(other, ends[1], ends[0], before=False)
            ends = ends[0], first_after(other, ends[1], ends[0], is_counted=one is None)
        weekdays = bool(one and one.weekday is not None and not one.day and both is None)
        return join_ends(*ends, weekdays=weekdays, ahead=context.tense == FUTURE)

    return Candidate(start, last.end, FROM_DATE_TO_DATE, at, needs_day, not needs_day, depth=first.depth + last.depth)


def complete(first: Fields, last: Fields) -> tuple[Fields, Fields] | None:
    """Both ends with the month and the year of the other, where they name none; None for weekdays alone."""
    if not (first.month or first.year or last.month or last.year):
        return None
    if (first.weekday is not None and not first.day) or (last.weekday is not None and not last.day):
        return None
    first = replace(first, month=first.month or (last.month if first.day else 0))
    last = replace(last, month=last.month or (first.month if last.day else 0))
    if last.year and not first.year:
        first = replace(first, year=last.year)
        if (first.month, first.day) > (last.month or 12, last.day or 31):
            first = replace(first, year=last.year - 1)
    elif first.year and not last.year:
        last = replace(last, year=first.year + ((last.month, last.day or 31) < (first.month, first.day)))
    return first, last


def resolve_ends(
    first: Fields, last: Fields, day: date, context: Context
) -> tuple[Resolution | None, Resolution | None]:
    """Both ends of a range without a year: the one resolved from the article's day, the other from that end."""
    if first.year:
        return written_out(first), written_out(last)
    if context.tense in (FUTURE, OPEN):
        begun = resolve_fields(first, day, context)
        if begun and begun.edtf:
            there = ends_of(begun.edtf)[0]
            year = there.year + ((last.month, last.day or 31) < (first.month, first.day))
            return begun, written_out(replace(last, year=year))
        return begun, None
    ended = resolve_fields(last, day, context)
    if ended and ended.edtf:
        there = ends_of(ended.edtf)[0]
        year = there.year - ((first.month, first.day) > (last.month, last.day or 31))
        return written_out(replace(first, year=year)), ended
    return None, ended


def with_year_of(
    fields: Fields | None, own: Resolution | None, other: Resolution | None, *, before: bool
) -> Resolution | None:
    """An end of a range that names a month, in the year of the other end: “from March to May last year”."""
    if not fields or fields.year or not fields.month or not other or not other.edtf:
        return own
    first, last = ends_of(other.edtf)
    year = last.year if before else first.year
    if before and (fields.month, fields.day) > (last.month, last.day):
        year -= 1
    if not before and (fields.month, fields.day or 31) < (first.month, first.day):
        year += 1
    return written_out(replace(fields, year=year))


def first_after(
    fields: Fields | None, own: Resolution | None, begun: Resolution | None, *, is_counted: bool
) -> Resolution | None:
    """A weekday that ends a range whose beginning is counted otherwise: “from next Tuesday to Friday”."""
    if (
        not is_counted
        or not fields
        or fields.weekday is None
        or fields.day
        or not begun
        or unit_of(begun.edtf) != "day"
    ):
        return own
    first = ends_of(begun.edtf)[0]
    there = first + timedelta(days=(fields.weekday - first.weekday()) % 7)
    return Resolution(there.isoformat(), f"the {fields.name} after it", begun.sure) if there > first else own


def join_ends(
    first: Resolution | None, last: Resolution | None, *, weekdays: bool, ahead: bool = False
) -> Resolution | None:
    """The time from one date to another; the ends of weekdays are put in order by a week, `ahead` or back."""
    if first is None or last is None:
        return None
    if not first.edtf or not last.edtf:
        return Resolution("", first.why if not first.edtf else last.why, sure=False)
    begin, end = first.edtf.partition("/")[0], last.edtf.rpartition("/")[2]
    sure = first.sure and last.sure
    if weekdays and unit_of(begin) == unit_of(end) == "day" and begin > end:
        if ahead:
            end = (date.fromisoformat(end) + timedelta(days=7)).isoformat()
        else:
            begin, sure = (date.fromisoformat(begin) - timedelta(days=7)).isoformat(), False
    made = interval(begin, end)
    if not made or made == begin:
        return None
    why = first.why if first.why == last.why else f"{first.why}; {last.why}"
    return Resolution(made, why, sure)
