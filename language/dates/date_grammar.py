"""What the reader of dates asks of a language: `language/<code>/dates` gives it as `GRAMMAR`."""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from ..grammars import code_of, grammar_module
from .resolutions import Context, Fields, Resolution

AbsoluteResolver = Callable[[re.Match[str]], Resolution | None]
RelativeResolver = Callable[[re.Match[str], date, Context], Resolution | None]
FieldsReader = Callable[[re.Match[str]], Fields | None]
PartResolver = Callable[[re.Match[str], str], Resolution | None]

# The names of rules that the reader treats in a way of their own.
FULL_DAY, DAY_AND_MONTH, MONTH, YEAR = "day, month and year", "day and month", "month", "year"
SO_LONG_AGO, UP_TO_THE_ARTICLE, FROM_ANOTHER_DATE, VAGUE = (
    "so long ago",
    "up to the article",
    "counted from another date",
    "vague",
)
FROM_DATE_TO_DATE, PART_OF_A_TIME = "from date to date", "part of a time"
NUMBER = "number of a day"  # the bare number of a day: an end of a range, and no part of a time
THE_TIME = "the month"  # “the month” in “the end of the month”: never an end of a range
RANGES = frozenset((FROM_DATE_TO_DATE, "from year to year", UP_TO_THE_ARTICLE))

# What a rule can need, to find anything: the reader tries it around these signs only, or around words of its own.
DIGITS, MONTHS, TIME_WORDS = "digits", "months", "time words"
YEARS = "digits of a year"  # four in a row


@dataclass(frozen=True)
class Rule:
    """A kind of date in words: what it looks like, and how a match is resolved: by itself, or from an article's day.

    `fields` reads the fields of the calendar that a match names: such a date may be an end of a range, and part of a
    longer time ("August" of "last year"). `part` makes a date of a match and the longer time that follows it.
    """

    name: str
    pattern: re.Pattern[str]
    signs: tuple[str, ...]
    absolute: AbsoluteResolver | None = None
    relative: RelativeResolver | None = None
    fields: FieldsReader | None = None
    part: PartResolver | None = None
    inside_only: bool = False  # no date by itself, as the bare number of a day is none


@dataclass(frozen=True)
class Grammar:
    """The dates of one language. The order of `rules` decides between matches of one length at one place.

    `months` and `time_words` are in small letters, as they are looked for. `lead` matches the words before a date that
    belong to its rule and not to the date ("in 2017"), `trail` those after a year. `tense` says of the text before and
    after a date, within its sentence, which time it tells of (`Context`). `since` and `one_end` end where a date
    begins, `since_after` and `one_end_after` begin where it ends. The words that `one_end` catches in its first group
    tell the beginning of a time if they are in `beginnings`, and surely if they are in `sure_beginnings`.

    `of` are what may stand between a part and its longer time, `then` what stands between a time and its part ("next
    week on Friday"). `join` stands between the ends of a range, its group "and" only where `between` stood before the
    first; `from_` may stand there for all. `moved` ends before a date that is moved to another, which is no range.
    `no_date_before` ends before, and `no_date_after` begins after, what is no date, as "every" before a weekday;
    `doubt_after` begins after a date that may be the name of something long past. `number_before` ends before a
    number that is no year ("act 2012-14"); `or_before` and `or_after` stand between dates of which only one is meant;
    between `name_before` and `name_after` stands a person's name ("Sunday Adeoti").
    """

    rules: tuple[Rule, ...]
    months: tuple[str, ...]
    time_words: tuple[str, ...]
    lead: re.Pattern[str]
    trail: re.Pattern[str]
    tense: Callable[[str, str], str]
    since: re.Pattern[str]
    since_after: re.Pattern[str]
    one_end: re.Pattern[str]
    one_end_after: re.Pattern[str]
    beginnings: frozenset[str]
    sure_beginnings: frozenset[str]
    of: tuple[re.Pattern[str], ...]
    then: re.Pattern[str]
    join: re.Pattern[str]
    between: re.Pattern[str]
    from_: re.Pattern[str]
    moved: re.Pattern[str]
    no_date_before: re.Pattern[str]
    no_date_after: re.Pattern[str]
    doubt_after: re.Pattern[str]
    or_before: re.Pattern[str]
    or_after: re.Pattern[str]
    number_before: re.Pattern[str]
    name_before: re.Pattern[str]
    name_after: re.Pattern[str]

    @cached_property
    def own_signs(self) -> frozenset[str]:
        """The words that single rules need."""
        return frozenset(sign for rule in self.rules for sign in rule.signs) - {DIGITS, YEARS, MONTHS, TIME_WORDS}


def grammar_of(language: str) -> Grammar | None:
    """The grammar of a language (a BCP 47 tag); None where there is no folder for it."""
    module = grammar_module(code_of(language), "dates")
    grammar: Grammar | None = module.GRAMMAR if module else None
    return grammar


def absolute_rules(
    rules: Iterable[tuple[str, str, AbsoluteResolver]], signs: Mapping[str, tuple[str, ...]], *, spaced: bool = True
) -> tuple[Rule, ...]:
    """Rules of (name, pattern, resolver) for dates that name their year; they need digits, or the `signs` of a name.

    `spaced` is whether words of the language stand between spaces.
    """
    return tuple(
        Rule(name, compile_pattern(pattern, spaced), signs.get(name, (DIGITS,)), absolute=resolve)
        for name, pattern, resolve in rules
    )


def relative_rules(
    rules: Iterable[tuple[str, str, RelativeResolver]], signs: Mapping[str, tuple[str, ...]], *, spaced: bool = True
) -> tuple[Rule, ...]:
    """As `absolute_rules`, for dates counted from the article's day; they need words of time, or the `signs`."""
    return tuple(
        Rule(name, compile_pattern(pattern, spaced), signs.get(name, (TIME_WORDS,)), relative=resolve)
        for name, pattern, resolve in rules
    )


def fields_rules(
    rules: Iterable[tuple[str, str, tuple[str, ...], FieldsReader]], *, inside_only: bool = False, spaced: bool = True
) -> tuple[Rule, ...]:
    """Rules of (name, pattern, signs, reader) for dates by the fields of the calendar that they name."""
    return tuple(
        Rule(name, compile_pattern(pattern, spaced, hyphens=True), signs, fields=read, inside_only=inside_only)
        for name, pattern, signs, read in rules
    )


def part_rules(
    rules: Iterable[tuple[str, str, tuple[str, ...], PartResolver, RelativeResolver | None]], *, spaced: bool = True
) -> tuple[Rule, ...]:
    """Rules of (pattern, signs, resolver, resolver without the longer time) for parts of a time that follows."""
    return tuple(
        Rule(
            name,
            compile_pattern(pattern, spaced, hyphens=True),
            signs,
            relative=alone,
            part=part,
            inside_only=alone is None,
        )
        for name, pattern, signs, part, alone in rules
    )


def compile_pattern(pattern: str, spaced: bool, *, hyphens: bool = False) -> re.Pattern[str]:
    """The pattern of a rule: where words stand between spaces, of whole words, else of whole numbers.

    `hyphens` is whether a hyphen may stand before and after: "mid-July", "March 2-5". Without them a match does not
    begin within a figure ("3 1/2 years ago").
    """
    edge = "[0-9]" if not spaced else r"\w" if hyphens else r"[\w-]"
    figure = r"(?<![0-9][./,])" if spaced and not hyphens else ""
    return re.compile(rf"(?<!{edge}){figure}(?:{pattern})(?!{edge})")
