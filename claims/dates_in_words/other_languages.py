"""Dates in languages without rules of ours: dateparser, told which language it is, and its findings never sure.

dateparser guesses gladly: it takes "may" and "second" for dates and resolves every weekday into the past. So it is
asked about short texts only, in one language, and what it finds is shown as unsure.
"""

import re
from datetime import UTC, datetime, time

from articles.dates import PartialDate

from .shapes import DateInWords, Read, point

LONGEST = 2000  # characters that are looked through; a passage is shorter
_HAS_YEAR = re.compile(r"(?<![0-9])(?:1[0-9]|20)[0-9]{2}(?![0-9])")
_HAS_DAY = re.compile(r"(?<![0-9])(?:3[01]|[12][0-9]|0?[1-9])(?![0-9])")


def read_others(text: str, own: PartialDate | None, language: str) -> list[DateInWords]:
    """What dateparser finds in the first LONGEST characters of `text`; nothing if it does not know the language."""
    from dateparser.search import search_dates  # half a second to import, and only for these languages

    base = datetime.combine(own.latest, time(), UTC).replace(tzinfo=None) if own else None
    options = {"PREFER_DATES_FROM": "past"} | ({"RELATIVE_BASE": base} if base else {})
    text = text[:LONGEST]
    try:
        hits = search_dates(text, languages=[language.partition("-")[0].lower()], settings=options) or []
    except ValueError:
        return []
    found, at = [], 0
    for words, when in hits:
        start = text.find(words, at)
        if start < 0 or not any(c.isalpha() for c in words):
            continue
        at = start + len(words)
        one = _as_exact_as_said(words, when, own)
        found.append(DateInWords(start, at, words, one.edtf, "dateparser", one.why, False))
    return found


def _as_exact_as_said(words: str, when: datetime, own: PartialDate | None) -> Read:
    """Without a day or a year in the words the result is not dated to the day, unless the article's day is known."""
    year = _HAS_YEAR.search(words)
    day = _HAS_DAY.search(_HAS_YEAR.sub("", words))
    if year and not day:
        return Read(point(when.year, when.month), "month and year, read by dateparser")
    if not year and own is None:
        return Read("", "counted from the article's date, which is not known")
    return Read(point(when.year, when.month, when.day), "read by dateparser")
