"""What the reader of amounts asks of a language: `language/<code>/amounts` gives it as `GRAMMAR`.

All words are in small letters.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from ..grammars import code_of, grammar_module
from .text_tokens import Phrases

Words = frozenset[str]


@dataclass(frozen=True)
class NumberWords:
    """Words that write numbers, with their values.

    `small` and `tens` are added to one another, `scales` multiply what stands before them, `rounds` too and make
    the number a round one (a dozen). `suffixes` are scales that may be joined to digits ("5m"), those in
    `doubtful_suffixes` can also be units, and as `unit_suffixes` are printed they are; `plural_scales` follow
    digits ("10 millions"); `hundreds` are the scales inside a part ("two hundred thousand"). `need_number` begin no
    number by themselves. `articles` stand for one before a scale, `joints` between parts, `links` after a fraction,
    `points` before spoken decimals. `fractions` have the bottom of a fraction as their value.
    """

    small: Mapping[str, int]
    tens: Mapping[str, int]
    scales: Mapping[str, int]
    rounds: Mapping[str, int]
    suffixes: Mapping[str, int]
    doubtful_suffixes: Words
    unit_suffixes: Words
    plural_scales: Mapping[str, int]
    hundreds: Words
    need_number: Words
    articles: Words
    joints: Words
    links: Words
    points: Words
    fractions: Mapping[str, int]


@dataclass(frozen=True)
class Nouns:
    """What stands beside a number: its currency or unit, and the noun phrase that it counts.

    `currencies_before` and `currencies_after` are printed forms with the code of the currency; where several share
    the form it is in `doubtful_currencies`, those of `codes` are printed in capitals; `letters_before` are short
    forms, in the case in which they are printed, that can be something else, `verb_currencies` verbs too. `units`
    are printed forms with the unit as the desk writes it; those of time are in `times`, those for parts of a
    hundred in `percents`. `letter_units` are printed in one case and touch their number ("28C"). `smaller_units`
    have the larger unit to which they may be added, and how many make it ("5 feet 2 inches").

    A noun phrase may begin with `leads` ("more"), be held together by `links` ("of"), have `determiners` behind a
    link, and has ended before `ends` or an adverb; `loose_ends` are cut off its end, `loose_starts` off its
    beginning. `soft_heads` are nouns that may describe the next noun instead ("police cars"); `masses` are counted
    without a plural. What is counted may stand before the number, behind `number_nouns` ("the number of"). The
    functions take one word.
    """

    currencies_before: Phrases[str]
    currencies_after: Phrases[str]
    doubtful_currencies: Words
    codes: Words
    units: Phrases[str]
    times: Words
    percents: Words
    leads: Words
    links: Words
    determiners: Words
    ends: Words
    loose_ends: Words
    loose_starts: Words
    number_nouns: Words
    soft_heads: Words
    without_possessive: Callable[[str], str]
    is_adverb: Callable[[str], bool]
    is_plural: Callable[[str], bool]
    is_person: Callable[[str], bool]
    is_abbreviation: Callable[[str], bool]
    singular_persons: Words
    sole_persons: Words
    letters_before: Mapping[str, str]
    letter_units: Mapping[str, str]
    verb_currencies: Words
    smaller_units: Mapping[str, tuple[str, int]]


@dataclass(frozen=True)
class Bounds:
    """Phrases that make a number a bound or an estimate, with the word that a claim has for them.

    `before` stand before a number, `verbs` too and are no part of the amount ("surpassed"), `after_number` and
    `after_unit` behind it. `neutral` may stand between a bound and its number. `prepositions` are of `before` and
    bound nothing after the words in `takers` ("talks about"). Those of `during` before a span of time bound it only
    after the words of `lasting_before` ("for over ten years"), those of `places` can also say where. `negations`
    turn a verb. `people_after` are said of persons, whom the verbs of `people_before` have as objects too;
    `people_nouns` count persons before a number ("toll"). Before "up to" the `up_verbs` take its first word, one of
    `upward`, to themselves. Two bounds of one number are joined by `contrasts` ("more than 40 but fewer than 50").
    """

    before: Phrases[str]
    verbs: Phrases[str]
    after_number: Phrases[str]
    after_unit: Phrases[str]
    neutral: Phrases[str]
    prepositions: Words
    takers: Words
    during: Words
    lasting_before: Words
    places: Words
    negations: Words
    people_after: Phrases[bool]
    people_before: Words
    people_nouns: Words
    up_verbs: Words
    upward: Words
    contrasts: Words


@dataclass(frozen=True)
class Ranges:
    """Words between two numbers. `openers` begin a range and have their own `pair_joints`; `from_words` do so unless a
    word of `changes` stands before them; `by_words` stand before how much something changed. `range_words` before
    "from" tell of a range, those of `anywhere` belong to it.
    """

    joints: Words
    alternatives: Words
    pair_joints: Words
    openers: Phrases[str]
    from_words: Words
    by_words: Words
    changes: Words
    range_words: Words
    anywhere: Words


@dataclass(frozen=True)
class Shares:
    """Words of shares: `joints` between two numbers ("in every"), `wholes` that follow a half at once ("half the"),
    `not_before` with which a half or a quarter is no share ("the first half"), `vague` words with the number that
    two of them are, `vague_before` that may stand before a scale ("several hundred").
    """

    joints: Phrases[bool]
    halves: Words
    wholes: Words
    not_before: Words
    by_words: Words
    vague: Phrases[int]
    vague_before: Phrases[str]
    needs_link: Words
    couples: Phrases[str]
    measures: Words


@dataclass(frozen=True)
class Exclusions:
    """What a number is when it counts nothing: an age, a day, the number of something.

    `labels` are followed by the number of something, `months` by a day or preceded by it; after `time_words` a
    number like a year is one; `age_before` and `age_after` make it an age, `age_bounds` one of `age_persons`;
    `clock` follows an hour; `ordinals` are joined to digits, `decades` too. After `pointers` a small number word
    counts nothing, after `sequence_words` ("the last") it may not. `since_words` follow a span of time that dates
    something ("ago"). `dimensions` follow a length. `openers` may begin a sentence and are no name before a number.
    """

    labels: Words
    months: Words
    time_words: Words
    age_before: Phrases[bool]
    age_after: Phrases[bool]
    age_bounds: Words
    turned: Words
    clock: Words
    hours: Words
    ordinals: Words
    decades: Words
    pointers: Words
    sequence_words: Words
    since_words: Words
    dimensions: Words
    openers: Words
    unit_numbers: Words
    those: Words
    minus: Words
    strong: Words


@dataclass(frozen=True)
class Grammar:
    """The amounts of one language. Every amount begins with a digit or one of `starters`."""

    numbers: NumberWords
    nouns: Nouns
    bounds: Bounds
    ranges: Ranges
    shares: Shares
    exclusions: Exclusions

    @property
    def starters(self) -> Words:
        words = self.numbers
        return frozenset((*words.small, *words.tens, *words.scales, *words.rounds, *words.fractions, *words.articles))


def grammar_of(language: str) -> Grammar | None:
    """The grammar of a language (a BCP 47 tag); None where there is no folder for it."""
    module = grammar_module(code_of(language), "amounts")
    grammar: Grammar | None = module.GRAMMAR if module else None
    return grammar
