"""All dates of a text, in its order: rules tried at every place, resolved against the article's own date."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime, time

from ..grammars import code_of
from ..windows import Place, occurrences, small_letters, windows_around
from .date_grammar import (
    DAY_AND_MONTH,
    DIGITS,
    FROM_ANOTHER_DATE,
    FULL_DAY,
    MONTH,
    MONTHS,
    RANGES,
    SO_LONG_AGO,
    TIME_WORDS,
    UP_TO_THE_ARTICLE,
    VAGUE,
    YEAR,
    Grammar,
    RelativeResolver,
    Rule,
    grammar_of,
)
from .partial import PartialDate, read_date
from .resolutions import Context, DateInWords, Resolution, interval, point

_LONGEST = 64  # characters of a date, more than any rule reads
_WINDOW = 80  # characters before and after a date in which its clause is looked at
_DIGITS = re.compile("[0-9]+")
_CLAUSE_ENDS = re.compile(r"[.!?;]\s|\n|[”\"]\s")
LONGEST_OTHER = 2000  # characters of a text in a language without rules of ours; a passage is shorter
_HAS_YEAR = re.compile(r"(?<![0-9])(?:1[0-9]|20)[0-9]{2}(?![0-9])")
_HAS_DAY = re.compile(r"(?<![0-9])(?:3[01]|[12][0-9]|0?[1-9])(?![0-9])")
_COUNTED = frozenset((SO_LONG_AGO, UP_TO_THE_ARTICLE, VAGUE, FROM_ANOTHER_DATE))
_OF_DATELINES = "en"  # the language in which a dateline is read that is in none of ours


def read_dates(text: str, *, published: str = "", dateline: str = "", language: str = "en") -> list[DateInWords]:
    """Every date that `text` tells in words or figures, in its order, none overlapping another.

    `published` is the article's partial date, `dateline` its dateline, whose day ("BEIJING, March 29") counts before
    it. Without them what counts from the article's day has an empty `edtf`. Time is linear in the length of the text.
    ValueError if `published` is not a partial date.
    """
    own = own_day(published, dateline, language)
    grammar = grammar_of(language)
    if grammar is None:
        return search_dates(text, own, language)
    found: list[DateInWords] = []
    end, mentioned = 0, ""
    for start, stop, rule, match in matches(text, grammar):
        if start < end:
            continue
        context = Context(tells_future(text, start, stop, grammar), mentioned or exact_day(own))
        resolution = resolve(rule, match, own, context)
        if resolution is None:
            continue
        start, stop = trim_span(text, start, stop, rule.name, grammar)
        date = with_ends(text, start, rule.name, resolution, own, grammar)
        found.append(DateInWords(start, stop, text[start:stop], date.edtf, rule.name, date.why, date.sure, date.others))
        end = stop
        is_mention = rule.absolute is not None or rule.name not in _COUNTED
        if date.edtf and "/" not in date.edtf and is_mention and is_not_after(date.edtf, own):
            mentioned = date.edtf.rstrip("~")
    return found


Match = tuple[int, int, Rule, re.Match[str]]


def matches(text: str, grammar: Grammar) -> list[Match]:
    """(start, end, rule, match) of all rules, the earliest and then the longest first."""
    signs = signs_in(text, grammar)
    windows = {
        needed: windows_around(
            text, sorted(place for sign in needed for place in signs[sign]), before=_LONGEST, after=2 * _LONGEST
        )
        for needed in {rule.signs for rule in grammar.rules}
    }
    hits = [
        (match.start(), match.end(), rule, match)
        for rule in grammar.rules
        for start, end in windows[rule.signs]
        for match in rule.pattern.finditer(text, start, end)
    ]
    return sorted(hits, key=lambda hit: (hit[0], -hit[1]))


def signs_in(text: str, grammar: Grammar) -> dict[str, list[Place]]:
    """Where what dates are made of stands in `text`, by the sign."""
    small = small_letters(text)
    return {
        DIGITS: [match.span() for match in _DIGITS.finditer(text)],
        MONTHS: list(occurrences(small, grammar.months)),
        TIME_WORDS: list(occurrences(small, grammar.time_words)),
    }


def own_day(published: str, dateline: str, language: str = "en") -> PartialDate | None:
    """The article's own date: the day of its dateline if that names one near the day of publication, else this."""
    own = read_date(published) if published else None
    if not dateline:
        return own
    for resolution in days_of_dateline(dateline, own, language):
        if resolution.edtf and resolution.sure:
            day = read_date(resolution.edtf)
            if own is None or own.earliest.toordinal() - 31 <= day.latest.toordinal() <= own.latest.toordinal():
                return day
    return own


def days_of_dateline(dateline: str, own: PartialDate | None, language: str) -> Iterator[Resolution]:
    """The days that a dateline names, with their year or in the year that is nearest to the article's own date."""
    grammar = grammar_of(language) or grammar_of(_OF_DATELINES)
    for rule in grammar.rules if grammar else ():
        match = rule.pattern.search(dateline[:200]) if rule.name in (FULL_DAY, DAY_AND_MONTH) else None
        resolution = None
        if match and rule.absolute:
            resolution = rule.absolute(match)
        elif match and rule.relative and own is not None:
            resolution = rule.relative(match, own.latest, Context())
        if resolution is not None:
            yield resolution


def exact_day(own: PartialDate | None) -> str:
    """The article's day, if it is known to the day."""
    return own.edtf if own and own.earliest == own.latest and not own.approximate else ""


def is_not_after(edtf: str, own: PartialDate | None) -> bool:
    """Whether a date may lie before the article's own, or on it."""
    return own is None or read_date(edtf).earliest <= own.latest


def resolve(rule: Rule, match: re.Match[str], own: PartialDate | None, context: Context) -> Resolution | None:
    """What a rule makes of its match."""
    if rule.absolute is not None:
        return rule.absolute(match)
    return resolve_relative(rule.relative, match, own, context) if rule.relative is not None else None


def resolve_relative(
    relative: RelativeResolver, match: re.Match[str], own: PartialDate | None, context: Context
) -> Resolution | None:
    """What a relative rule makes of a match; of both ends of the article's date where its day is not known."""
    if own is None:
        return Resolution("", "counted from the article's date, which is not known", sure=False)
    try:
        early, late = relative(match, own.earliest, context), relative(match, own.latest, context)
    except (ValueError, OverflowError):
        return Resolution("", "counted out of the calendar", sure=False)
    if early is None or late is None:
        return early or late
    if early.edtf == late.edtf:
        return early if not own.approximate else Resolution(early.edtf, early.why, False, early.others)
    if not early.edtf or not late.edtf:
        return Resolution("", early.why, sure=False)
    hull = interval(read_date(early.edtf).earliest.isoformat(), read_date(late.edtf).latest.isoformat())
    return Resolution(common_unit(hull), f"{early.why}; the article's day is not known", sure=False)


def common_unit(edtf: str) -> str:
    """The month or year in which both ends of an interval lie, or the interval."""
    first, _, last = edtf.partition("/")
    return next((first[:length] for length in (10, 7, 4) if first[:length] == last[:length]), edtf)


def tells_future(text: str, start: int, end: int, grammar: Grammar) -> bool:
    """Whether the clause around text[start:end] tells of what is to come."""
    before = _CLAUSE_ENDS.split(text[max(0, start - _WINDOW) : start])[-1]
    after = _CLAUSE_ENDS.split(text[end : end + _WINDOW])[0]
    return bool(grammar.future.search(before) or grammar.future.search(after))


def trim_span(text: str, start: int, end: int, name: str, grammar: Grammar) -> tuple[int, int]:
    """The span without the preposition before a date and the noun after it, which the rules look at."""
    if name in RANGES:
        return start, end
    lead = grammar.lead.match(text, start, end)
    if name in (YEAR, MONTH) and lead:
        start = lead.end()
    trail = grammar.trail.search(text, start, end) if name == YEAR else None
    return start, trail.start() if trail else end


def with_ends(
    text: str, start: int, name: str, date: Resolution, own: PartialDate | None, grammar: Grammar
) -> Resolution:
    """“since 2017” reaches up to the article; “until Friday”, “by 2020” tell one end only, and are unsure."""
    if not date.edtf or name in RANGES:
        return date
    before = text[max(0, start - 24) : start]
    if grammar.since.search(before):
        edtf = interval(date.edtf.partition("/")[0], exact_day(own)) if exact_day(own) else ""
        if edtf:
            return Resolution(edtf, f"{date.why}; from then to the article", date.sure, date.others)
        return Resolution(date.edtf, f"{date.why}; the beginning, the end is not told", False, date.others)
    end = grammar.one_end.search(before)
    if end:
        word = end[1].lower()
        which = "beginning" if word in grammar.beginnings else "end"
        sure = date.sure and word in grammar.sure_beginnings
        return Resolution(date.edtf, f"{date.why}; “{end[1]}”: the {which} of a time", sure, date.others)
    return date


def search_dates(text: str, own: PartialDate | None, language: str) -> list[DateInWords]:
    """What dateparser, told which language it is, finds in the first LONGEST_OTHER characters of `text`, never sure;
    nothing if it does not know the language.

    dateparser guesses gladly: it takes "may" and "second" for dates and resolves every weekday into the past. So it is
    asked about short texts only, in one language, and what it finds is shown as unsure.
    """
    from dateparser import search  # half a second to import, and only for these languages

    options: dict[str, object] = {"PREFER_DATES_FROM": "past"}
    text = text[:LONGEST_OTHER]
    if own:
        options["RELATIVE_BASE"] = datetime.combine(own.latest, time(), UTC).replace(tzinfo=None)
    try:
        hits = search.search_dates(text, languages=[code_of(language)], settings=options) or []
    except ValueError:
        return []
    found: list[DateInWords] = []
    at = 0
    for words, when in hits:
        start = text.find(words, at)
        if start >= 0 and any(c.isalpha() for c in words):
            at = start + len(words)
            date = _as_exact_as_printed(words, when, own)
            found.append(DateInWords(start, at, words, date.edtf, "dateparser", date.why, False))
    return found


def _as_exact_as_printed(words: str, when: datetime, own: PartialDate | None) -> Resolution:
    """Without a day or a year in the words the result is not dated to the day, unless the article's day is known."""
    year, day = _HAS_YEAR.search(words), _HAS_DAY.search(_HAS_YEAR.sub("", words))
    if year and not day:
        return Resolution(point(when.year, when.month), "month and year, read by dateparser")
    if not year and own is None:
        return Resolution("", "counted from the article's date, which is not known")
    return Resolution(point(when.year, when.month, when.day), "read by dateparser")
