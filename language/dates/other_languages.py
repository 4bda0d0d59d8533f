"""Dates in a language without rules of our own, by dateparser: never sure, never more exact than the words."""

import re
from datetime import date, datetime, time

from ..grammars import code_of
from .counting import as_exact_as
from .partial import PartialDate
from .resolutions import DateInWords, Resolution, point

LONGEST_OTHER = 2000  # characters of a text in a language without rules of ours; a passage is shorter
_YEAR = re.compile(r"(?<!\d)(?:1[0-9]|20)[0-9]{2}(?!\d)")
_NUMBER = re.compile(r"\d+")
_FAR = 150  # years from the article to the farthest date that is believed without its year


def search_dates(text: str, own: PartialDate | None, language: str) -> list[DateInWords]:
    """What dateparser, told which language it is, finds in the first LONGEST_OTHER characters of `text`, never sure;
    nothing if it does not know the language.

    dateparser guesses gladly: it takes "may" and "second" for dates and resolves every weekday into the past. So it is
    asked about short texts only, in one language, and each find is held against its own words.
    """
    from dateparser import search  # half a second to import, and only for these languages

    text = text[:LONGEST_OTHER]
    try:
        hits = search.search_dates(text, languages=[code_of(language)], settings=options(own, "past")) or []
    except ValueError:
        return []
    found: list[DateInWords] = []
    at = 0
    for words, when in hits:
        start = text.find(words, at)
        if start >= 0 and any(c.isalpha() for c in words):
            at = start + len(words)
            if read := as_exact_as_the_words(words, when.date(), own, language):
                found.append(DateInWords(start, at, words, read.edtf, "dateparser", read.why, False))
    return found


def options(own: PartialDate | None, prefer: str) -> dict[str, object]:
    """The settings of dateparser: the article's day, and the side of it on which a date without its year lies."""
    base = {"RELATIVE_BASE": datetime.combine(own.latest, time())} if own else {}
    return {"PREFER_DATES_FROM": prefer, **base}


def as_exact_as_the_words(words: str, hit: date, own: PartialDate | None, language: str) -> Resolution | None:
    """The day, month or year that dateparser sees in `words`; None where it lies beyond them.

    A day needs a number of a day in the words, or a word that counts from the article's day. A date that is the same
    whichever side of the article is asked for is as the words say; else it lies before the article, or on its day.
    """
    from dateparser.date import DateDataParser

    sides = []
    for prefer in ("past", "future"):
        data = DateDataParser(languages=[code_of(language)], settings=options(own, prefer)).get_date_data(words)
        # Beside other words ("am 3. September in") a date is found that is not read alone.
        sides.append(
            (data.date_obj.date() if data.date_obj else hit, (data.period or "day") if data.date_obj else "day")
        )
    (there, period), (ahead, _) = sides
    year = _YEAR.search(words)
    if year:
        if there.year != int(year[0]):
            return None
    elif own is None:
        return Resolution("", "counted from the article's date, which is not known")
    elif (there > own.latest and there != ahead) or abs(there.year - own.latest.year) > _FAR:
        return None
    numbers = {int(number) for number in _NUMBER.findall(_YEAR.sub("", words))}
    days_away = abs((own.latest - there).days) if own and not year else -1
    is_day_named = there.day in numbers or (not year and (not numbers or days_away in numbers))
    return exact(there, period, is_day_named)


def exact(there: date, period: str, is_day_named: bool) -> Resolution:
    """A date to its day only if the words hold the number of that day, or if they count days from the article's."""
    if period == "year":
        return Resolution(point(there.year), "a year, read by dateparser")
    if period == "week":
        return Resolution(as_exact_as(there, "week"), "about a week, read by dateparser")
    if period == "month" or not is_day_named:
        return Resolution(point(there.year, there.month), "a month, read by dateparser")
    return Resolution(point(there.year, there.month, there.day), "read by dateparser")
