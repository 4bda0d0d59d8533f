"""What the reader of dates asks of a language: `language/<code>/dates` gives it as `GRAMMAR`."""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from ..grammars import code_of, grammar_module
from .resolutions import Context, Resolution

AbsoluteResolver = Callable[[re.Match[str]], Resolution | None]
RelativeResolver = Callable[[re.Match[str], date, Context], Resolution | None]

# The names of rules that the reader treats in a way of their own.
FULL_DAY, DAY_AND_MONTH, MONTH, YEAR = "day, month and year", "day and month", "month", "year"
SO_LONG_AGO, UP_TO_THE_ARTICLE, FROM_ANOTHER_DATE, VAGUE = (
    "so long ago",
    "up to the article",
    "counted from another date",
    "vague",
)
RANGES = frozenset(("from day to day", "from month to month", "from year to year", UP_TO_THE_ARTICLE))

# What a rule can need, to find anything: the reader tries it around these signs only.
DIGITS, MONTHS, TIME_WORDS = "digits", "months", "time words"


@dataclass(frozen=True)
class Rule:
    """A kind of date in words: what it looks like, and how a match is resolved: by itself, or from an article's day."""

    name: str
    pattern: re.Pattern[str]
    signs: tuple[str, ...]
    absolute: AbsoluteResolver | None = None
    relative: RelativeResolver | None = None


@dataclass(frozen=True)
class Grammar:
    """The dates of one language. The order of `rules` decides between matches of one length at one place.

    `months` and `time_words` are in small letters, as they are looked for. `lead` matches the words before a date that
    belong to its rule and not to the date ("in 2017"), `trail` those after a year. `future` is found in a clause about
    what is to come; `since` and `one_end` end where a date begins. The words that `one_end` catches in its first group
    tell the beginning of a time if they are in `beginnings`, and surely if they are in `sure_beginnings`.
    """

    rules: tuple[Rule, ...]
    months: tuple[str, ...]
    time_words: tuple[str, ...]
    lead: re.Pattern[str]
    trail: re.Pattern[str]
    future: re.Pattern[str]
    since: re.Pattern[str]
    one_end: re.Pattern[str]
    beginnings: frozenset[str]
    sure_beginnings: frozenset[str]


def grammar_of(language: str) -> Grammar | None:
    """The grammar of a language (a BCP 47 tag); None where there is no folder for it."""
    module = grammar_module(code_of(language), "dates")
    grammar: Grammar | None = module.GRAMMAR if module else None
    return grammar


def absolute_rules(
    rules: Iterable[tuple[str, str, AbsoluteResolver]], signs: Mapping[str, tuple[str, ...]]
) -> tuple[Rule, ...]:
    """Rules of (name, pattern, resolver) for dates that name their year; they need digits, or the `signs` of a name."""
    return tuple(
        Rule(name, _as_words(pattern), signs.get(name, (DIGITS,)), absolute=resolve) for name, pattern, resolve in rules
    )


def relative_rules(
    rules: Iterable[tuple[str, str, RelativeResolver]], signs: Mapping[str, tuple[str, ...]]
) -> tuple[Rule, ...]:
    """As `absolute_rules`, for dates counted from the article's day; they need words of time, or the `signs`."""
    return tuple(
        Rule(name, _as_words(pattern), signs.get(name, (TIME_WORDS,)), relative=resolve)
        for name, pattern, resolve in rules
    )


def _as_words(pattern: str) -> re.Pattern[str]:
    return re.compile(rf"(?<![\w-])(?:{pattern})(?![\w-])")
