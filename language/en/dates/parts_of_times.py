"""Rules of parts of a longer time that follows: “the last Friday of”, “the second half of”, “two weeks after”."""

import re
from datetime import date

from ...dates import calendar_units, counting, near_the_article
from ...dates.date_grammar import DIGITS, PartResolver, RelativeResolver, Rule, part_rules
from ...dates.resolutions import Context, Resolution, ends_of, interval, unit_of
from .date_words import (
    FULL_WEEKDAY,
    ORDINAL,
    PART,
    SEASONS,
    TERMS,
    UNIT_SIGNS,
    WEEKDAY_SIGNS,
    count_of,
    number_of,
    terms_of,
    third_named,
    unit_named,
    weekday_number,
)

_LAST = ("last", "final", "closing")


def place_of(words: str) -> int:
    """1 for “first”, -1 for “last”."""
    words = words.lower()
    return -1 if words in _LAST else 1 if words == "opening" else number_of(words)


def early_or_late(match: re.Match[str], edtf: str) -> Resolution | None:
    """“early”, “mid-”, “the end of”, and “the mid-to-late”."""
    return calendar_units.third_or_whole(edtf, third_named(match["part"]))


def weekday_of(match: re.Match[str], edtf: str) -> Resolution | None:
    return calendar_units.nth_weekday(place_of(match["nth"]), weekday_number(match["w"]), edtf)


def unit_in(match: re.Match[str], edtf: str) -> Resolution | None:
    """“the first week of”, “the last four months of”, “the second half of”."""
    if match["many"] and not match["n"]:
        return Resolution(edtf, f"some {match['unit']}s of it", sure=False)
    size = int(count_of(match["n"]) or 1) if match["n"] else 1
    return calendar_units.nth_unit(place_of(match["nth"]), size, unit_named(match["unit"]), edtf)


def quarter_alone(match: re.Match[str], day: date, context: Context) -> Resolution | None:
    if unit_named(match["unit"]) != "quarter" or match["n"] or place_of(match["nth"]) not in (1, 2, 3, 4):
        return None
    return calendar_units.part_near(place_of(match["nth"]), "quarter", day, context)


def short_quarter(match: re.Match[str], edtf: str) -> Resolution | None:
    unit = "quarter" if match["unit"] == "Q" else "half"
    return (
        calendar_units.nth_unit(int(match["nth"]), 1, unit, edtf)
        if int(match["nth"]) < 3 or unit == "quarter"
        else None
    )


def short_quarter_alone(match: re.Match[str], day: date, context: Context) -> Resolution | None:
    return calendar_units.part_near(int(match["nth"]), "quarter" if match["unit"] == "Q" else "half", day, context)


def week_of(match: re.Match[str], edtf: str) -> Resolution | None:
    return calendar_units.week_of(edtf, unit_named(match["unit"]) == "weekend")


def season_of(match: re.Match[str], edtf: str) -> Resolution | None:
    """“summer 2018”; the winter of a year can begin or end in it, unless both years are named."""
    months = SEASONS[match["s"].lower()]
    first, last = ends_of(edtf)
    why = "of the northern half of the earth"
    if months[0] == 12 and last.year == first.year + 1:
        return Resolution(calendar_units.season_of(first.year, months), why)
    if unit_of(edtf) != "year":
        return None
    if months[0] == 12:
        return Resolution(
            calendar_units.season_of(first.year, months),
            why,
            False,
            (calendar_units.season_of(first.year - 1, months),),
        )
    return Resolution(calendar_units.season_of(first.year, months), why)


def counted_from(match: re.Match[str], edtf: str) -> Resolution | None:
    """“two weeks after”, “the day before”, “a week from”."""
    terms = terms_of(match["terms"]) if match["terms"] else ((1.0, "day"),)
    sign = -1 if match["way"].lower() in ("before", "prior to", "ahead of") else 1
    made = counting.counted_from(edtf, terms, sign)
    if match["length"] and made.edtf:
        ends = sorted((edtf, made.edtf))
        return Resolution(interval(*ends), f"{made.why}, to there", made.sure)
    return made


def so_long_before(match: re.Match[str], edtf: str) -> Resolution | None:
    """“ten years ago today”, “a year ago this month”: as exact as the day or month that follows."""
    terms, unit = terms_of(match["terms"]), unit_of(edtf)
    if "~" in edtf or unit not in ("day", "month") or (unit == "month" and counting.smallest_unit(terms) != "year"):
        return None
    there = counting.shift_terms(ends_of(edtf)[0], terms, -1)
    return Resolution(there.isoformat()[: len(edtf)], f"counted back from {edtf}")


def eve_of(match: re.Match[str], edtf: str) -> Resolution | None:
    return counting.counted_from(edtf, ((1.0, "day"),), -1)


def weekday_from(match: re.Match[str], edtf: str) -> Resolution | None:
    """“the Friday after Christmas”, “the Monday before May 3”."""
    if unit_of(edtf) != "day":
        return None
    first, _ = ends_of(edtf)
    sign = 1 if match["way"].lower() == "before" else -1
    made = near_the_article.weekday_before_last(weekday_number(match["w"]), sign, first, match["w"])
    return Resolution(made.edtf, f"the {match['w']} {match['way']} {edtf}")


def whole_of(match: re.Match[str], edtf: str) -> Resolution | None:
    return Resolution(edtf, "the whole of it") if unit_of(edtf) in ("month", "year") else None


# Right before the date from which is counted.
_AROUND = ("before", "after", "from", "prior to", "following", "ahead of")
NTH = rf"(?P<nth>(?i:{ORDINAL}|last|final|closing|opening))"
_PARTS: list[tuple[str, str, tuple[str, ...], PartResolver, RelativeResolver | None]] = [
    (
        "third",
        rf"(?P<part>(?i:{PART}))",
        ("early", "mid", "late", "beginning", "start", "middle", "end", "close"),
        early_or_late,
        None,
    ),
    ("weekday of", rf"(?:(?i:the)\s)?{NTH}\s(?P<w>{FULL_WEEKDAY})", WEEKDAY_SIGNS, weekday_of, None),
    (
        "part of a year",
        rf"(?:(?i:the)\s)?{NTH}[\s-](?:(?P<n>(?i:two|three|four|five|six|seven|eight|nine|ten|[0-9]{{1,2}}))\s)?"
        r"(?P<unit>(?i:day|week-?end|week|fortnight|month|quarter|qtr|half|year|decade))(?P<many>s)?",
        (*UNIT_SIGNS, "half"),
        unit_in,
        quarter_alone,
    ),
    ("part of a year", r"(?P<unit>[QH])(?P<nth>[1-4])", (DIGITS,), short_quarter, short_quarter_alone),
    (
        "week of",
        r"(?:(?i:the)\s)?(?P<unit>(?i:week-?end|week))\sof",
        ("week of", "weekend of", "week-end of"),
        week_of,
        None,
    ),
    (
        "season",
        rf"(?P<s>(?i:{'|'.join(SEASONS)}))",
        tuple(SEASONS),
        season_of,
        None,
    ),
    (
        "counted from a date",
        rf"(?:(?P<length>(?i:for)\s)?(?P<terms>(?i:{TERMS}))|(?i:the\s)?(?i:day))\s"
        r"(?P<way>(?i:before|after|from|prior to|following|ahead of))",
        _AROUND,
        counted_from,
        None,
    ),
    (
        "so long ago",
        rf"(?P<terms>(?i:{TERMS}))\sago(?=\s(?:on\s)?(?:today|tomorrow|yesterday|this\s(?:week|month)|{FULL_WEEKDAY})\b)",
        ("ago",),
        so_long_before,
        None,
    ),
    ("counted from a date", r"(?i:(?:on\s)?the\seve\sof)", ("eve of",), eve_of, None),
    (
        "weekday from a date",
        rf"(?:(?i:the)\s)?(?P<w>{FULL_WEEKDAY})\s(?P<way>(?i:before|after|following))",
        WEEKDAY_SIGNS,
        weekday_from,
        None,
    ),
    ("whole of", r"(?i:the\s)?(?i:month|year|whole)\sof", ("month of", "year of", "whole of"), whole_of, None),
]
RULES: tuple[Rule, ...] = part_rules(_PARTS)
