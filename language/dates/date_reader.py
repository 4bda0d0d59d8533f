"""All dates of a text, in its order: rules tried at every place, resolved against the article's own date."""

import re
from datetime import UTC, datetime, time

from ..en.dates import absolute, relative
from ..en.dates.date_words import BEGINS, DIGITS, FUTURE, MONTHS_WRITTEN_OUT, ONE_END, SINCE, TIME_WORDS
from ..windows import Place, around, occurrences, small_letters
from .partial import PartialDate, read_date
from .resolved import DateInWords, Read, between, point

_BOUND = r"(?<![\w-])(?:{})(?![\w-])"
ABSOLUTE = [(name, re.compile(_BOUND.format(pattern)), read) for name, pattern, read in absolute.RULES]
RELATIVE = [(name, re.compile(_BOUND.format(pattern)), read) for name, pattern, read in relative.RULES]
_LEADING = re.compile(
    r"(?:in|since|until|till|by|before|after|during|of|to|through|throughout|for|as of|around|from|on)\s(?=\S)"
    r"|(?:the|its|his|her|their)\s(?=[0-9]{4}\b)",
    re.IGNORECASE,
)
_TRAILING = re.compile(r"(?<=[0-9]{4})\s[a-z]+$")
_RANGES = ("from day to day", "from month to month", "from year to year", "up to the article")
_LONGEST = 64  # characters of a date, more than any rule reads
_WINDOW = 80  # characters before and after a date in which its clause is looked at
_CLAUSE_ENDS = re.compile(r"[.!?;]\s|\n|[”\"]\s")
LONGEST_OTHER = 2000  # characters of a text in a language without rules of ours; a passage is shorter
_HAS_YEAR = re.compile(r"(?<![0-9])(?:1[0-9]|20)[0-9]{2}(?![0-9])")
_HAS_DAY = re.compile(r"(?<![0-9])(?:3[01]|[12][0-9]|0?[1-9])(?![0-9])")
_COUNTED = frozenset(("so long ago", "up to the article", "vague", "counted from another date"))


def read_dates(text: str, *, published: str = "", dateline: str = "", language: str = "en") -> list[DateInWords]:
    """Every date that `text` tells in words or figures, in its order, none overlapping another.

    `published` is the article's partial date, `dateline` its dateline, whose day ("BEIJING, March 29") counts before
    it. Without them what counts from the article's day has an empty `edtf`. Time is linear in the length of the text.
    ValueError if `published` is not a partial date.
    """
    own = own_day(published, dateline)
    if language.partition("-")[0].lower() != "en":
        return read_others(text, own, language)
    found, end, mentioned = [], 0, ""
    for start, stop, name, match, read in matches(text):
        if start < end:
            continue
        clause = relative.Around(future=tells_future(text, start, stop), mentioned=mentioned or exact(own))
        one = read(match) if (absolute := (name, read) in _ABSOLUTE_NAMES) else against(read, match, own, clause)
        if one is None:
            continue
        start, stop = trimmed(text, start, stop, name)
        one = with_ends(text, start, name, one, own)
        found.append(DateInWords(start, stop, text[start:stop], one.edtf, name, one.why, one.sure, one.others))
        end = stop
        if one.edtf and "/" not in one.edtf and (absolute or name not in _COUNTED) and not_after(one.edtf, own):
            mentioned = one.edtf.rstrip("~")
    return found


_ABSOLUTE_NAMES = {(name, read) for name, _, read in ABSOLUTE}


def matches(text: str):
    """(start, end, rule, match, function) of all rules, the earliest and then the longest first."""
    found = signs(text)
    windows = {
        kinds: around(
            text, sorted(place for kind in kinds for place in found[kind]), before=_LONGEST, after=2 * _LONGEST
        )
        for kinds in _NEEDED
    }
    hits = [
        (match.start(), match.end(), name, match, read)
        for (name, pattern, read), needed in zip((*ABSOLUTE, *RELATIVE), _NEEDS, strict=True)
        for start, end in windows[needed]
        for match in pattern.finditer(text, start, end)
    ]
    return sorted(hits, key=lambda hit: (hit[0], -hit[1]))


_NEEDS = [absolute.WITHOUT_DIGITS.get(name, ("digits",)) for name, *_ in ABSOLUTE]
_NEEDS += [relative.WITHOUT_TIME_WORDS.get(name, ("time words",)) for name, *_ in RELATIVE]
_NEEDED = frozenset(_NEEDS)


def signs(text: str) -> dict[str, list[Place]]:
    """The places of what dates are made of, by kind."""
    small = small_letters(text)
    return {
        "digits": [match.span() for match in DIGITS.finditer(text)],
        "months": list(occurrences(small, MONTHS_WRITTEN_OUT)),
        "time words": list(occurrences(small, TIME_WORDS)),
    }


def own_day(published: str, dateline: str) -> PartialDate | None:
    """The article's own date: the day of its dateline if that names one near the day of publication, else this."""
    own = read_date(published) if published else None
    if not dateline:
        return own
    day = own.latest if own else None
    for name, pattern, read in (*ABSOLUTE, *RELATIVE):
        if name not in ("day, month and year", "day and month") or (day is None and name == "day and month"):
            continue
        match = pattern.search(dateline[:200])
        one = match and (read(match) if (name, read) in _ABSOLUTE_NAMES else read(match, day, relative.Around()))
        if one and one.edtf and one.sure:
            there = read_date(one.edtf)
            if own is None or own.earliest.toordinal() - 31 <= there.latest.toordinal() <= own.latest.toordinal():
                return there
    return own


def exact(own: PartialDate | None) -> str:
    """The article's day, if it is known to the day."""
    return own.edtf if own and own.earliest == own.latest and not own.approximate else ""


def not_after(edtf: str, own: PartialDate | None) -> bool:
    return own is None or read_date(edtf).earliest <= own.latest


def against(read, match, own: PartialDate | None, around: relative.Around) -> Read | None:
    """What a relative rule makes of a match; of both ends of the article's date where its day is not known."""
    if own is None:
        return Read("", "counted from the article's date, which is not known", sure=False)
    try:
        one, other = read(match, own.earliest, around), read(match, own.latest, around)
    except (ValueError, OverflowError):
        return Read("", "counted out of the calendar", sure=False)
    if one is None or other is None:
        return one or other
    if one.edtf == other.edtf:
        return one if not own.approximate else Read(one.edtf, one.why, False, one.others)
    if not one.edtf or not other.edtf:
        return Read("", one.why, sure=False)
    hull = between(read_date(one.edtf).earliest.isoformat(), read_date(other.edtf).latest.isoformat())
    return Read(common(hull), f"{one.why}; the article's day is not known", sure=False)


def common(interval: str) -> str:
    """The month or year in which both ends of an interval lie, or the interval."""
    first, _, last = interval.partition("/")
    return next((first[:length] for length in (10, 7, 4) if first[:length] == last[:length]), interval)


def tells_future(text: str, start: int, end: int) -> bool:
    """Whether the clause around text[start:end] tells of what is to come."""
    before = _CLAUSE_ENDS.split(text[max(0, start - _WINDOW) : start])[-1]
    after = _CLAUSE_ENDS.split(text[end : end + _WINDOW])[0]
    return bool(FUTURE.search(before) or FUTURE.search(after))


def trimmed(text: str, start: int, end: int, name: str) -> tuple[int, int]:
    """The span without the preposition before a date and the noun after it, which the rules look at."""
    if name in _RANGES:
        return start, end
    lead = _LEADING.match(text, start, end)
    if name in ("year", "month") and lead:
        start = lead.end()
    tail = _TRAILING.search(text, start, end) if name == "year" else None
    return start, tail.start() if tail else end


def with_ends(text: str, start: int, name: str, one: Read, own: PartialDate | None) -> Read:
    """“since 2017” reaches up to the article; “until Friday”, “by 2020” tell one end only, and are unsure."""
    if not one.edtf or name in _RANGES:
        return one
    before = text[max(0, start - 24) : start]
    if SINCE.search(before):
        edtf = between(one.edtf.partition("/")[0], exact(own)) if exact(own) else ""
        if edtf:
            return Read(edtf, f"{one.why}; from then to the article", one.sure, one.others)
        return Read(one.edtf, f"{one.why}; the beginning, the end is not told", False, one.others)
    end = ONE_END.search(before)
    if end:
        which = "beginning" if end[1].lower() in (*BEGINS, "after") else "end"
        sure = one.sure and end[1].lower() in BEGINS
        return Read(one.edtf, f"{one.why}; “{end[1]}”: the {which} of a time", sure, one.others)
    return one


def read_others(text: str, own: PartialDate | None, language: str) -> list[DateInWords]:
    """What dateparser, told which language it is, finds in the first LONGEST_OTHER characters of `text`, never sure;
    nothing if it does not know the language.

    dateparser guesses gladly: it takes "may" and "second" for dates and resolves every weekday into the past. So it is
    asked about short texts only, in one language, and what it finds is shown as unsure.
    """
    from dateparser.search import search_dates  # half a second to import, and only for these languages

    options, text = {"PREFER_DATES_FROM": "past"}, text[:LONGEST_OTHER]
    if own:
        options["RELATIVE_BASE"] = datetime.combine(own.latest, time(), UTC).replace(tzinfo=None)
    try:
        hits = search_dates(text, languages=[language.partition("-")[0].lower()], settings=options) or []
    except ValueError:
        return []
    found, at = [], 0
    for words, when in hits:
        start = text.find(words, at)
        if start >= 0 and any(c.isalpha() for c in words):
            at = start + len(words)
            one = _as_exact_as_said(words, when, own)
            found.append(DateInWords(start, at, words, one.edtf, "dateparser", one.why, False))
    return found


def _as_exact_as_said(words: str, when: datetime, own: PartialDate | None) -> Read:
    """Without a day or a year in the words the result is not dated to the day, unless the article's day is known."""
    year, day = _HAS_YEAR.search(words), _HAS_DAY.search(_HAS_YEAR.sub("", words))
    if year and not day:
        return Read(point(when.year, when.month), "month and year, read by dateparser")
    if not year and own is None:
        return Read("", "counted from the article's date, which is not known")
    return Read(point(when.year, when.month, when.day), "read by dateparser")
