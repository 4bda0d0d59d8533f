"""All dates of a text, in its order: rules tried at every place, resolved against the article's own date."""

import re
from collections.abc import Iterator
from datetime import date

from ..windows import Place, occurrences, small_letters, windows_around
from .compositions import Candidate, Match, candidate, compose
from .date_grammar import (
    DAY_AND_MONTH,
    DIGITS,
    FROM_ANOTHER_DATE,
    FROM_DATE_TO_DATE,
    FULL_DAY,
    MONTH,
    MONTHS,
    RANGES,
    SO_LONG_AGO,
    TIME_WORDS,
    UP_TO_THE_ARTICLE,
    VAGUE,
    YEAR,
    YEARS,
    Grammar,
    grammar_of,
)
from .other_languages import search_dates
from .partial import PartialDate, read_date
from .resolutions import FUTURE, PAST, Context, DateInWords, Resolution, interval

_LONGEST = 64  # characters of a date, more than any rule reads
_WINDOW = 80  # characters before and after a date in which its clause is looked at
_DIGITS = re.compile("[0-9]+")
_DIGITS_OF_A_YEAR = 4
_CLAUSE_ENDS = re.compile(r"[.!?;]\s|\n|[”\"]\s|[。！？；]")
_COUNTED = frozenset((SO_LONG_AGO, UP_TO_THE_ARTICLE, VAGUE, FROM_ANOTHER_DATE))
_NUMBERS = frozenset((YEAR, "from year to year"))  # dates that may be numbers of something else
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
    for here in candidates(text, grammar, own):
        start, stop = here.start, here.end
        if start < end or here.inside_only or is_no_date(text, here, grammar):
            continue
        context = Context(tense_around(text, start, stop, grammar), mentioned or exact_day(own), bool(mentioned))
        resolution = resolve(here, own, context)
        if resolution is None:
            continue
        found_date = in_doubt(text, here, resolution, own, context, grammar)
        read = with_ends(text, start, stop, here.name, found_date, own, grammar)
        found.append(DateInWords(start, stop, text[start:stop], read.edtf, here.name, read.why, read.sure, read.others))
        end = stop
        is_mention = here.absolute or here.name not in _COUNTED
        if read.edtf and "/" not in read.edtf and is_mention and is_not_after(read.edtf, own):
            mentioned = read.edtf.rstrip("~")
    return found


def candidates(text: str, grammar: Grammar, own: PartialDate | None) -> list[Candidate]:
    """All that may be dates in `text`, and what is made of them, the earliest and then the longest first."""
    found = (
        candidate(match, trim_span(text, match[0], match[1], match[2].name, grammar))
        for match in matches(text, grammar)
    )
    return compose(text, filter(None, found), grammar, own.latest if own else None)


def is_no_date(text: str, here: Candidate, grammar: Grammar) -> bool:
    """Whether the words before or after make something else of a date: “every Friday”, “Friday prayers”."""
    before = text[max(0, here.start - 24) : here.start]
    if here.absolute:
        return here.name in _NUMBERS and bool(grammar.number_before.search(before))
    if grammar.no_date_before.search(before) or grammar.no_date_after.match(text, here.end):
        return True
    is_word = " " not in text[here.start : here.end]
    return is_word and bool(grammar.name_before.search(before) and grammar.name_after.match(text, here.end))


def in_doubt(
    text: str, here: Candidate, read: Resolution, own: PartialDate | None, context: Context, grammar: Grammar
) -> Resolution:
    """The date, not sure where it contradicts its clause (a day to come that was), or may be a name."""
    if not read.edtf or not read.sure:
        return Resolution(read.edtf, read.why, False, read.others)
    if context.tense == PAST and not is_not_after(read.edtf, own):
        return Resolution(read.edtf, f"{read.why}; told as past, but after the article", False, read.others)
    if grammar.or_after.match(text, here.end) or grammar.or_before.search(text, max(0, here.start - 24), here.start):
        return Resolution(read.edtf, f"{read.why}; or another date", False, read.others)
    if here.name == FROM_DATE_TO_DATE and not here.absolute and context.tense != FUTURE and is_going_on(read.edtf, own):
        return Resolution(read.edtf, f"{read.why}; it would end after the article", False, read.others)
    if not here.absolute and grammar.doubt_after.match(text, here.end):
        return Resolution(read.edtf, f"{read.why}; or the name of something longer ago", False, read.others)
    return read


def is_going_on(edtf: str, own: PartialDate | None) -> bool:
    """Whether a time ends after the article's day."""
    return own is not None and read_date(edtf).latest > own.latest


def matches(text: str, grammar: Grammar) -> list[Match]:
    """(start, end, rule, match) of all rules, the earliest and then the longest first."""
    signs = signs_in(text, grammar)
    windows = {
        needed: windows_around(
            text, sorted(place for sign in needed for place in signs[sign]), before=_LONGEST, after=_LONGEST
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
    digits = [match.span() for match in _DIGITS.finditer(text)]
    return {
        DIGITS: digits,
        YEARS: [(start, end) for start, end in digits if end - start == _DIGITS_OF_A_YEAR],
        MONTHS: list(occurrences(small, grammar.months)),
        TIME_WORDS: list(occurrences(small, grammar.time_words)),
        **{word: list(occurrences(small, (word,))) for word in grammar.own_signs},
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
        found = candidate((match.start(), match.end(), rule, match), match.span()) if match else None
        if found and (own is not None or not found.needs_day):
            resolution = found.at(own.latest if own else date.min, Context())
            if resolution is not None:
                yield resolution


def exact_day(own: PartialDate | None) -> str:
    """The article's day, if it is known to the day."""
    return own.edtf if own and own.earliest == own.latest and not own.approximate else ""


def is_not_after(edtf: str, own: PartialDate | None) -> bool:
    """Whether a date may lie before the article's own, or on it."""
    return own is None or read_date(edtf).earliest <= own.latest


def resolve(here: Candidate, own: PartialDate | None, context: Context) -> Resolution | None:
    """A candidate resolved; from both ends of the article's date where its day is not known."""
    if here.needs_day and own is None:
        return Resolution("", "counted from the article's date, which is not known", sure=False)
    if not here.needs_day or own is None:
        return here.at(date.min, context)
    try:
        known = own.earliest == own.latest
        context = context if known else Context("", context.mentioned, context.is_mentioned)
        early, late = here.at(own.earliest, context), here.at(own.latest, context)
    except (ValueError, OverflowError):
        return Resolution("", "counted out of the calendar", sure=False)
    if early is None or late is None:
        return early or late
    if early.edtf == late.edtf:
        return late if not own.approximate else Resolution(late.edtf, late.why, False, late.others)
    if not early.edtf or not late.edtf:
        return Resolution("", early.why, sure=False)
    hull = interval(read_date(early.edtf).earliest.isoformat(), read_date(late.edtf).latest.isoformat())
    return Resolution(common_unit(hull), f"{early.why}; the article's day is not known", sure=False)


def common_unit(edtf: str) -> str:
    """The month or year in which both ends of an interval lie, or the interval."""
    first, _, last = edtf.partition("/")
    return next((first[:length] for length in (10, 7, 4) if first[:length] == last[:length]), edtf)


def tense_around(text: str, start: int, end: int, grammar: Grammar) -> str:
    """Which time the sentence around text[start:end] tells of."""
    before = _CLAUSE_ENDS.split(text[max(0, start - _WINDOW) : start])[-1]
    after = _CLAUSE_ENDS.split(text[end : end + _WINDOW])[0]
    return grammar.tense(before, after)


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
    text: str, start: int, stop: int, name: str, read: Resolution, own: PartialDate | None, grammar: Grammar
) -> Resolution:
    """“since 2017” reaches up to the article; “until Friday”, “by 2020” tell one end only, and are unsure."""
    if not read.edtf or name in RANGES:
        return read
    before = text[max(0, start - 24) : start]
    if grammar.since.search(before) or grammar.since_after.match(text, stop):
        edtf = interval(read.edtf.partition("/")[0], exact_day(own)) if exact_day(own) else ""
        if edtf:
            return Resolution(edtf, f"{read.why}; from then to the article", read.sure, read.others)
        return Resolution(read.edtf, f"{read.why}; the beginning, the end is not told", False, read.others)
    end = grammar.one_end.search(before) or grammar.one_end_after.match(text, stop)
    if end:
        word = end[1].lower()
        which = "beginning" if word in grammar.beginnings else "end"
        sure = read.sure and word in grammar.sure_beginnings
        return Resolution(read.edtf, f"{read.why}; “{end[1]}”: the {which} of a time", sure, read.others)
    return read
