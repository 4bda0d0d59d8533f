"""A date as a person types it into a form: “23 Aug 2016”, “23/08/2016”, “yesterday”, or as it is kept."""

import re
from dataclasses import dataclass

from .date_reader import read_dates
from .partial import read_date
from .resolutions import point

_IN_NUMBERS = re.compile(r"(\d{1,2})([./-])(\d{1,2})\2(\d{4})", re.ASCII)
_YEAR_FIRST = re.compile(r"(\d{4})([./])(\d{1,2})(?:\2(\d{1,2}))?", re.ASCII)


@dataclass(frozen=True)
class TypedDate:
    """A partial date (partial.py), and how it was read where it was not typed as it is kept."""

    edtf: str
    why: str = ""


def read_typed_date(text: str, *, published: str = "", language: str = "en") -> TypedDate:
    """The date that an editor has typed. Numbers with the year last are day/month/year, unless there is no such day.

    What counts from another day (“yesterday”, “Tuesday”, “23 August”) counts from `published`, a partial date. Words
    are read in `language` and in English. ValueError with a sentence for an editor where it is no date.
    """
    text = " ".join(text.split())
    rest = text.strip("~ ")
    tilde = "~" if rest != text else ""
    found = _in_numbers(rest) or _in_words(rest, published, language)
    if found and "/" not in found.edtf:
        return TypedDate(found.edtf.rstrip("~") + (tilde or "~" * found.edtf.endswith("~")), found.why)
    return found or TypedDate(read_date(text).edtf)


def _in_numbers(text: str) -> TypedDate | None:
    if match := _YEAR_FIRST.fullmatch(text):
        edtf = point(int(match[1]), int(match[3]), int(match[4] or 0))
        return TypedDate(edtf, "read as year, month, day") if edtf else None
    match = _IN_NUMBERS.fullmatch(text)
    if match is None:
        return None
    first, second, year = int(match[1]), int(match[3]), int(match[4])
    if edtf := point(year, second, first):
        return TypedDate(edtf, "read as day/month/year")
    if edtf := point(year, first, second):
        return TypedDate(edtf, "read as month/day/year: there is no other such day")
    raise ValueError(f"“{text}” is not in the calendar.")


def _in_words(text: str, published: str, language: str) -> TypedDate | None:
    """The date that the whole text tells, counted from `published`; None where it tells none."""
    for code in dict.fromkeys((language.partition("-")[0].lower() or "en", "en")):
        for date in read_dates(text, published=published, language=code):
            if text[: date.start].strip(" ,") or text[date.end :].strip(" ,.") or date.rule == "year":
                continue
            if date.edtf:
                return TypedDate(date.edtf, date.why)
    return None
