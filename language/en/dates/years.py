"""Rules of years, decades and centuries."""

import re

from ...dates.calendar_units import nth_unit
from ...dates.date_grammar import YEAR as YEAR_ALONE
from ...dates.date_grammar import (
    YEARS,
    AbsoluteResolver,
    Rule,
    absolute_rules,
    compile_pattern,
    fields_rules,
)
from ...dates.resolutions import Fields, Resolution, approximate, interval, point
from .date_words import (
    ABOUT,
    AFTER_A_YEAR,
    BEFORE_A_YEAR,
    CALENDARS,
    DAY_IN_WORDS,
    DECADES,
    NOT_OF_A_YEAR,
    OF_A_YEAR,
    ORDINALS,
    PLURALS,
    YEAR,
    YEAR_ENDS,
    YEARS_IN_WORDS,
    year_in_words,
)


def calendar_date(edtf: str, why: str) -> Resolution | None:
    """A date that is written out; None where there is no such day or time."""
    return Resolution(edtf, why) if edtf else None


def year(match: re.Match[str]) -> Resolution:
    """“in 2018”; unsure where the number may count what follows (“in 2000 villages”, “to 2000 dollars”)."""
    edtf, counted = match["y"], (match["counted"] or "").lower()
    if may_count(match["lead"] or "", counted):
        return Resolution(edtf, f"a year, or {edtf} {counted}", sure=False)
    if (match["lead"] or "").lower() in ABOUT:
        return Resolution(approximate(edtf), "about a year", sure=False)
    return Resolution(edtf, "a year")


def may_count(lead: str, following: str) -> bool:
    """Whether the word after a number may be what it counts: a plural, or after most prepositions any noun."""
    if not following or following in AFTER_A_YEAR:
        return False
    is_plural = (following.endswith("s") and not following.endswith("ss")) or following in PLURALS
    return is_plural or (lead.lower() not in BEFORE_A_YEAR and not following.endswith("ed"))


def named_year(match: re.Match[str]) -> Resolution | None:
    """“the 1998 treaty”: sure before what is of a year, and no year before what is not."""
    edtf, counted = match["y"], match["counted"].lower()
    if counted in NOT_OF_A_YEAR:
        return None
    if counted not in OF_A_YEAR:
        return Resolution(edtf, f"a year, or {edtf} {counted}", sure=False)
    return Resolution(edtf, "a year")


def quarter_of_year(match: re.Match[str]) -> Resolution | None:
    """“2016 Q3”."""
    return nth_unit(int(match["q"]), 1, "quarter", match["y"])


def short_year(match: re.Match[str]) -> Resolution:
    number = int(match["y"])
    return Resolution(point(number + (1900 if number > 30 else 2000)), "a year without its century", sure=False)


def spelt_year(match: re.Match[str]) -> Resolution | None:
    """“nineteen ninety-six”, “two thousand and nine”."""
    edtf = point(year_in_words(match["words"]))
    return Resolution(edtf, "a year in words") if edtf else None


def spelt_year_fields(match: re.Match[str]) -> Fields:
    return Fields(year_in_words(match["words"]))


def spelt_year_alone(match: re.Match[str]) -> Resolution | None:
    made = spelt_year(match)
    return Resolution(made.edtf, made.why, sure=False) if made else None


def business_year(match: re.Match[str]) -> Resolution:
    """“fiscal 2018”, “the 2017-18 school year”: the years that it lies in, never sure."""
    first, last = match["y"] or match["y3"], match["y2"] or match["y4"]
    if last:
        edtf = interval(first, first[:2] + last if len(last) == 2 else last)
        return Resolution(edtf, "a year of its own kind, within these", sure=False)
    return Resolution(first, "a year of its own kind, that may begin in another", sure=False)


def years(match: re.Match[str]) -> Resolution | None:
    """“from 1996 to 1997”, “1996-97”, “(1644-1911)”."""
    first, last = match["y"], match["y2"]
    edtf = interval(first, first[:2] + last if len(last) == 2 else last)
    return calendar_date("" if edtf == first else edtf, "both years are written out")


def years_or_numbers(match: re.Match[str]) -> Resolution | None:
    """“from 1996 to 1997”; unsure where the numbers may count what follows (“from 1500 to 2000 dollars”)."""
    made = years(match)
    if made and may_count(match["lead"], match["counted"] or ""):
        return Resolution(made.edtf, f"years, or numbers of {match['counted']}", sure=False)
    return made


def decade(match: re.Match[str]) -> Resolution:
    if match["y"]:
        first = int(match["y"])
        if match["y"].endswith("00") and first < 2000:
            decade = interval(point(first), point(first + 9))
            return Resolution(interval(point(first), point(first + 99)), "the century", False, (decade,))
        sure = not match["y"].endswith("00")
    elif match["nought"]:
        first, sure = 2000, True
    else:
        hundred = 1800 if (match["hundred"] or "").lower() == "eighteen" else 1900
        first = hundred + (int(match["short"]) if match["short"] else DECADES[match["word"].lower()])
        sure = bool(match["hundred"]) or (bool(match["short"]) and first >= 1930)
    edtf = interval(point(first), point(first + 9))
    return Resolution(edtf, f"the ten years from {first}", sure, others=() if sure else (point(first),))


def century(match: re.Match[str]) -> Resolution:
    number = int(match["n"]) if match["n"] else ORDINALS[match["word"].lower()]
    if match["era"] or not 11 <= number <= 30:
        return Resolution("", "a century outside the dates that the desk keeps", sure=False)
    first = (number - 1) * 100 + 1
    return Resolution(interval(point(first), point(first + 99)), f"the hundred years from {first}")


_RULES: list[tuple[str, str, AbsoluteResolver]] = [
    (
        "from year to year",
        rf"(?:(?P<lead>(?i:from|between))\s(?P<y>{YEAR})\s(?:to|and|until|through)\s(?P<y2>{YEAR}))"
        r"(?:(?=\s(?P<counted>[a-z]+)\b)|)",
        years_or_numbers,
    ),
    (
        "from year to year",
        rf"(?<![0-9-])(?P<y>1[0-9]{{3}}|20[0-9]{{2}})\s?[-–/]\s?(?P<y2>{YEAR}|[0-9]{{2}}(?![0-9/-]))",
        years,
    ),
    (
        "year of its own kind",
        rf"(?:(?i:the\s)?(?i:fiscal|financial|tax|budget|marketing|academic|school|crop)(?:\syear)?|FY)\s?(?P<y>{YEAR})"
        rf"(?:[-–/](?P<y2>[0-9]{{2,4}}))?|(?P<y3>{YEAR.partition('(?!')[0]})(?:[-–/](?P<y4>[0-9]{{2,4}}))?\s"
        r"(?:fiscal|financial|tax|budget|academic|school|marketing)\syear",
        business_year,
    ),
    (
        YEAR_ALONE,
        rf"\b(?P<lead>(?i:in|since|until|till|by|before|after|during|from|of|to|through|for|year|throughout|as of"
        rf"|around|all of|and|AD|back in|circa))\s(?P<y>{YEAR})"
        rf"(?!s\b|[-–/][0-9]|\s(?:{CALENDARS}|GMT|UTC|hours|hrs)(?![a-z]))"
        r"(?:(?=\s(?P<counted>[a-z]+)\b)|)",
        year,
    ),
    (YEAR_ALONE, rf"(?<=\()(?P<y>{YEAR})(?=\))(?P<lead>)(?P<counted>)", year),
    (
        YEAR_ALONE,
        rf"\b(?:the|The|its|Its|his|her|their|a)\s(?P<y>{YEAR})\s(?P<counted>[A-Za-z]{{3,}})(?P<lead>)",
        named_year,
    ),
    (YEAR_ALONE, rf"(?<=[Ii]t\swas\s)(?P<y>{YEAR})(?P<lead>)(?P<counted>)(?=\s(?:when|that))", year),
    (
        YEAR_ALONE,
        rf"(?<![\w,;)]\s)(?P<y>{YEAR})(?P<lead>)(?P<counted>)(?=\s(?:was|saw|brought|began|ended|has\sbeen|had\sbeen|turned\sout)\b)",
        year,
    ),
    (YEAR_ALONE, rf"(?P<y>{YEAR})\s(?:AD|CE|A\.D\.)(?P<lead>)(?P<counted>)", year),
    ("part of a year", rf"(?P<y>{YEAR})[\s-]Q(?P<q>[1-4])", quarter_of_year),
    (
        "year in words",
        rf"(?:(?<=\b[Ii]n\s)|(?<=\bof\s)|(?<=\b[Bb]y\s)|(?<=\b[Ss]ince\s)|(?<=\byear\s))(?P<words>(?i:{YEARS_IN_WORDS}))"
        r"(?!-|\s(?:people|men|women|children|[a-z]+s)\b)",
        spelt_year,
    ),
    (
        "year in words",
        rf"(?P<words>(?i:(?:eighteen|nineteen)\s(?:{YEAR_ENDS})))(?!-|\s(?:[a-z]+s|people|men|women)\b)",
        spelt_year_alone,
    ),
    (
        "decade",
        rf"(?:(?P<y>1[0-9]{{2}}0|20[0-9]0)[’']?s\b|(?:[’'‘]|(?<=[Tt]he\s))(?P<short>[1-9]0)[’']?s\b"
        rf"|(?:(?P<hundred>(?i:eighteen|nineteen))[\s-]|(?<=the\s))(?P<word>(?i:{'|'.join(DECADES)}))\b"
        r"|(?P<nought>(?i:noughties)))",
        decade,
    ),
    (
        "century",
        rf"(?:(?P<n>[12]?[0-9])(?:st|nd|rd|th)|(?P<word>(?i:{DAY_IN_WORDS})))[\s-]century\b"
        rf"(?P<era>\s(?:B\.?C\.?E?\.?|AH)(?![a-z]))?",
        century,
    ),
]
# What else than a digit a rule needs to find anything.
_SIGNS = {
    YEAR_ALONE: (YEARS,),
    "from year to year": (YEARS,),
    "part of a year": (YEARS,),
    "decade": ("0s", "0’s", "0's", "noughties", *DECADES),
    "century": ("century",),
    "year in words": ("nineteen", "eighteen", "seventeen", "twenty", "two thousand"),
    "year of its own kind": ("fiscal", "financial", "tax", "budget", "marketing", "academic", "school", "crop", "fy"),
}
# Times after “mid-”.
_AFTER_A_HYPHEN = tuple(
    Rule(
        f"{name} inside", compile_pattern(pattern, True, hyphens=True), _SIGNS[name], absolute=resolve, inside_only=True
    )
    for name, pattern, resolve in _RULES
    if name in ("decade", "century")
)
# Years in words as parts of a date: “7 February, two thousand and eighteen”, “June of nineteen ninety-nine”.
_YEAR_INSIDE = fields_rules(
    [("year inside", rf"(?P<words>(?i:{YEARS_IN_WORDS}))", _SIGNS["year in words"], spelt_year_fields)],
    inside_only=True,
)
_SHORT_YEARS: list[tuple[str, str, AbsoluteResolver]] = [
    (YEAR_ALONE, r"\b(?i:in|since|of|summer|by|until)\s[’'‘](?P<y>[0-9]{2})(?!s|[0-9])", short_year),
]
RULES = (*absolute_rules(_RULES, _SIGNS), *absolute_rules(_SHORT_YEARS, {}))
INSIDE = (*_AFTER_A_HYPHEN, *_YEAR_INSIDE)
