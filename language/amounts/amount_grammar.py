"""What the reader of amounts asks of a language: `language/<code>/amounts` gives it as `GRAMMAR`."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from ..grammars import code_of, grammar_module


@dataclass(frozen=True)
class NumberWords:
    """Words that write numbers, in small letters, with their values.

    `small` and `tens` are added to one another, `scales` multiply what stands before them, `rounds` too and make the
    number a round one (a dozen). `articles` stand for one before a scale. `half_of` begins half of a scale ("half a
    million"), `and_a_half` stands after a number or a scale, with its spaces. `fractions` have the bottom of a fraction
    as their value, `multiples` how many the words of a vague number are at the least ("dozens").
    """

    small: Mapping[str, int]
    tens: Mapping[str, int]
    scales: Mapping[str, int]
    rounds: Mapping[str, int]
    articles: frozenset[str]
    half_of: tuple[str, ...]
    and_a_half: str
    fractions: Mapping[str, int]
    multiples: Mapping[str, int]


@dataclass(frozen=True)
class Nouns:
    """What stands after a number: its unit and the noun phrase that it counts.

    `units` are printed forms, in small letters, with the unit as the desk writes it; `unit` finds one of them after a
    number, in its group `unit`. A noun phrase may begin with `leads` ("more"), be held together by `links` ("of"), and
    has ended before `ends` or an adverb; `loose_ends` are cut off its end. `link` matches a link with the space before
    it. The functions take a word in small letters.
    """

    units: Mapping[str, str]
    unit: re.Pattern[str]
    leads: frozenset[str]
    links: frozenset[str]
    link: re.Pattern[str]
    ends: frozenset[str]
    loose_ends: frozenset[str]
    without_possessive: Callable[[str], str]
    is_adverb: Callable[[str], bool]
    is_plural: Callable[[str], bool]
    is_person: Callable[[str], bool]


@dataclass(frozen=True)
class Exclusions:
    """What a number is when it counts nothing: an age, a day, the number of something.

    `before` and `after` are found where a number is none that counts; `time_before` those of `before` after which a
    number may count still, if it is no year or a plural follows (`plural_after`). `turns_before` with `turns_after`,
    and `age_before` with `age_after`, make it an age. `numbers` count nothing by themselves ("one"), no small number
    does where `pointer` stands before it ("the two sides").
    """

    before: re.Pattern[str]
    time_before: re.Pattern[str]
    plural_after: re.Pattern[str]
    after: re.Pattern[str]
    turns_before: re.Pattern[str]
    turns_after: re.Pattern[str]
    age_before: re.Pattern[str]
    age_after: re.Pattern[str]
    numbers: frozenset[str]
    pointer: re.Pattern[str]


@dataclass(frozen=True)
class Grammar:
    """The amounts of one language.

    `amount` matches a number with what belongs to it, in the groups between, modifier, money, n, p1 (percent), range,
    n2, p2 and after; `share` a share, in top_in and bottom_in ("one in six"), top and bottom ("two thirds"), half;
    `vague` a number that is only bounded ("dozens"), in its group word; both have the group modifier. `signs` are words
    in small letters: every match holds one of them or a digit.

    `modifiers` are phrases in small letters with the word that a claim has for them, `modifier` finds them;
    `modifiers_after` those that may follow a number, `modifier_after` finds them behind a unit. Two numbers joined by a
    word of `pair_joints` are the ends of a range only after one of `pair_openers`.
    """

    numbers: NumberWords
    nouns: Nouns
    exclusions: Exclusions
    amount: re.Pattern[str]
    share: re.Pattern[str]
    vague: re.Pattern[str]
    signs: tuple[str, ...]
    scale: re.Pattern[str]
    modifiers: Mapping[str, str]
    modifier: re.Pattern[str]
    modifiers_after: Mapping[str, str]
    modifier_after: re.Pattern[str]
    pair_joints: frozenset[str]
    pair_openers: frozenset[str]


def grammar_of(language: str) -> Grammar | None:
    """The grammar of a language (a BCP 47 tag); None where there is no folder for it."""
    module = grammar_module(code_of(language), "amounts")
    grammar: Grammar | None = module.GRAMMAR if module else None
    return grammar
