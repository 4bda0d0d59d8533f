"""All amounts of a text, in its order, each with its bounds, unit and what it counts."""

from collections.abc import Iterator
from functools import cache

from .amount_grammar import Grammar, grammar_of
from .amount_types import (
    AT_LEAST,
    DASHES,
    SPELT_OUT,
    UP_TO,
    AmountInWords,
    Bound,
    Outcome,
    make_amount,
    shorten,
)
from .exclusion_rules import is_year
from .noun_phrases import PEOPLE, NounPhrase
from .number_ranges import RangeReader
from .numbers import VULGAR, NoNumber
from .printed_digits import read_digits
from .quantities import Quantity
from .reader_parts import parts_of
from .shares import ShareReader
from .text_tokens import Tokens
from .vague_numbers import VagueReader

_YEAR_LENGTH = 4
_LATE_YEAR = 1900  # from which on numbers of four digits before persons may be years


def read_amounts(text: str, *, language: str = "en") -> list[AmountInWords]:
    """Every amount that `text` tells, in its order, none overlapping another; linear in the length of the text.

    Years, ages, days of a month, times of day, telephone numbers and the numbers of articles, rooms and the like are
    left out, and "one" or "two" before what is pointed at ("one of the women", "the two sides"). In a language without
    a grammar of amounts only percentages and large numbers in digits are found, without what they count, and unsure.
    """
    reader = _reader_of(language)
    if reader:
        return list(reader.read(text))
    tokens = Tokens(text)
    return [
        make_amount(
            tokens, (start, end), (shorten(number), None, None), ("", unit, ""),
            "the digits as printed; the words around them are not read", False,
        )
        for start, end, number, unit in read_digits(tokens)
    ]  # fmt: skip


@cache
def _reader_of(language: str) -> "AmountReader | None":
    grammar = grammar_of(language)
    return AmountReader(grammar) if grammar else None


class AmountReader:
    """Reads amounts with the words of one language."""

    def __init__(self, grammar: Grammar) -> None:
        parts = parts_of(grammar)
        self._grammar, self._quantities, self._rules = grammar, parts.quantities, parts.rules
        self._bounds, self._units, self._maker = parts.bounds, parts.units, parts.maker
        self._ranges, self._shares, self._vague = RangeReader(parts), ShareReader(parts), VagueReader(parts)
        self._starters = grammar.starters | frozenset(VULGAR)

    def read(self, text: str) -> Iterator[AmountInWords]:
        """Every amount of the text, in its order."""
        tokens = Tokens(text)
        at = floor = 0
        while at < len(tokens):
            token = tokens[at]
            found = None
            if token.kind == "number" or token.lower in self._starters:
                found = self._shares.read(tokens, at, floor) or self._number(tokens, at, floor)
            if found is None and token.lower in self._vague.starters:
                found = self._vague.read(tokens, at, floor)
            if found is None:
                at += 1
                continue
            if found.amount is not None:
                yield found.amount
                floor = found.end
            at = max(found.end, at + 1)

    def _number(self, tokens: Tokens, at: int, floor: int) -> Outcome | None:
        """Digits or number words, with modifier, range, percent sign, currency, unit."""
        quantity = self._quantities.read(tokens, at, floor)
        if quantity is None:
            return None
        if isinstance(quantity, NoNumber):
            return Outcome(quantity.end)
        opener = self._bounds.range_opener(tokens, quantity.start, floor)
        second, quantity = self._ranges.second_end(tokens, quantity, opener, floor)
        bound = self._bounds.read(tokens, opener if opener is not None else quantity.start, floor)
        bare = not bound.modifier
        if self._rules.counts_nothing(tokens, quantity, bare=bare, is_range=second is not None, floor=floor):
            return self._left_out(tokens, quantity, second)
        if second is not None:
            return self._ranges.read(tokens, quantity, second, bound, opener, floor)
        if bound.modifier in (AT_LEAST, UP_TO) and (both := self._ranges.two_bounds(tokens, quantity, bound)):
            return both
        if self._is_small_score(tokens, quantity):
            return Outcome(tokens_behind_score(tokens, quantity))
        return self._single(tokens, quantity, bound, floor)

    def _left_out(self, tokens: Tokens, quantity: Quantity, second: Quantity | None) -> Outcome:
        """Behind the number, and behind those that a dash or nothing joins to it: of a telephone, of two days."""
        end = quantity.end if second is None else second.end
        in_row = self._rules.is_telephone(tokens, quantity)
        while (in_row and tokens[end].is_number) or (tokens[end].lower in DASHES and tokens[end + 1].is_number):
            end += 1 if tokens[end].is_number else 2
        return Outcome(end)

    def _is_small_score(self, tokens: Tokens, quantity: Quantity) -> bool:
        """ "3-1", "51–49": numbers that a dash joins and that make no range."""
        end = quantity.end
        return (
            not quantity.unit and tokens[end].lower in DASHES and tokens.touch(end - 1) and tokens.touch(end)
            and tokens[end + 1].is_number
        )  # fmt: skip

    def _single(self, tokens: Tokens, quantity: Quantity, bound: Bound, floor: int) -> Outcome:
        """A number by itself, with what it counts."""
        end = quantity.end
        late = self._maker.bound_behind(tokens, end, after_number=True)
        strong = end + 1 if tokens[end].lower in DASHES else end
        if tokens[strong].lower in self._grammar.exclusions.strong:
            return self._maker.from_quantity(tokens, quantity, bound, PEOPLE, NounPhrase(strong + 1), None, sure=False)
        if tokens[end].lower in self._grammar.numbers.fractions and not quantity.unit:
            return Outcome(end + 1)  # "two halves"
        unit, phrase, sure = self._units.unit_and_counted(tokens, quantity, late[1] if late else end)
        if added := self._units.with_smaller_unit(tokens, quantity):
            quantity, phrase = added, NounPhrase(added.end)
        is_bound = bool(bound.modifier) or late is not None
        if self._rules.is_dated_by(tokens, quantity) or (
            not quantity.unit and not self._is_count(tokens, quantity, phrase, is_bound=is_bound, unit=unit)
        ):
            return Outcome(quantity.end)
        sure = sure and self._is_sure(tokens, quantity, bound, phrase, floor)
        bound, bound_sure = self._bounds.of_time_or_place(tokens, quantity, bound)
        return self._maker.from_quantity(tokens, quantity, bound, unit, phrase, late, sure=sure and bound_sure)

    def _is_count(self, tokens: Tokens, quantity: Quantity, phrase: NounPhrase, *, is_bound: bool, unit: str) -> bool:
        """Whether a number that is none of a measure or of money counts anything.

        A year does not, nor "10 Downing Street", "the last 747", "the two sides" or a bare small number.
        """
        if is_year(quantity) and (not phrase.head or self._is_dated(tokens, quantity)):
            return False
        if not phrase.head:
            following, before = tokens[quantity.end], tokens[quantity.start - 1].lower
            names = following.is_word and following.text[:1].isupper()
            if names or before in self._grammar.exclusions.sequence_words:
                return False
        is_large = quantity.number.scale >= 100 or (quantity.number.digits and abs(quantity.value) >= SPELT_OUT)
        link, whole = tokens[quantity.end].lower, tokens[quantity.end + 1].lower
        is_part = link in self._grammar.nouns.links and whole in self._grammar.exclusions.those  # "12 of them"
        return bool(unit or phrase.words) or is_large or is_bound or is_part

    def _is_sure(self, tokens: Tokens, quantity: Quantity, bound: Bound, phrase: NounPhrase, floor: int) -> bool:
        """Whether the number can be nothing else: part of a name, a year, a former value, half of "two or 300"."""
        words, ranges, nouns = self._grammar.exclusions, self._grammar.ranges, self._grammar.nouns
        at = quantity.start - 1
        before = tokens[at].lower
        is_one_day = quantity.unit in nouns.times and tokens[quantity.number_start].lower in words.unit_numbers
        return not (
            (is_year(quantity) and not quantity.unit and self._may_be_year(quantity, bound, phrase))
            or (not bound.modifier and not quantity.money and self._rules.has_name_before(tokens, quantity))
            or (is_one_day and quantity.value == 1)
            or (phrase.head and self._is_title(tokens, quantity, phrase))
            or (phrase.head and self._is_doubtful(tokens, quantity))
            or (before in ranges.alternatives and floor < at and self._is_number_word(tokens, at - 1))
            or before in words.sequence_words
            or (tokens[at].is_number and len(before) != _YEAR_LENGTH)  # "12 3456 boats"
            or (before in ranges.from_words and floor == at > 0)  # "to 2.1% from 2.6%"
            or (before in ranges.from_words and tokens[quantity.end].lower in ranges.joints)  # "from 15 years to 12"
        )

    def _may_be_year(self, quantity: Quantity, bound: Bound, phrase: NounPhrase) -> bool:
        """ "2011 protesters" may be those of a year, and "below 2005 levels" is."""
        if bound.modifier and bound.printed.lower() not in self._grammar.bounds.prepositions:
            return False
        is_people = self._grammar.nouns.is_person(phrase.head.lower())
        return not (is_people and (bound.modifier or quantity.number.value < _LATE_YEAR))

    def _is_number_word(self, tokens: Tokens, at: int) -> bool:
        return tokens[at].is_number or tokens[at].lower in self._grammar.numbers.small

    @staticmethod
    def _is_doubtful(tokens: Tokens, quantity: Quantity) -> bool:
        """Whether a number does not go with a noun in the plural: "10 to 1 odds", "330 M people", "5/10 women"."""
        following = tokens[quantity.end]
        is_part = (
            0 < abs(quantity.value) <= 1 and quantity.number.digits and "." not in tokens[quantity.number_start].text
        )
        return is_part or (following.is_word and len(following.text) == 1)

    def _is_title(self, tokens: Tokens, quantity: Quantity, phrase: NounPhrase) -> bool:
        """Whether words with capitals follow that may be a name: "12 Angry Men", "Three Gorges"."""
        unit_is_thing = phrase.head.islower() and not self._grammar.nouns.is_person(phrase.head)
        words = [tokens[at] for at in range(quantity.end, phrase.end)]
        return all(word.text[:1].isupper() for word in words[:2]) and (len(words) > 1 or unit_is_thing)

    def _is_dated(self, tokens: Tokens, quantity: Quantity) -> bool:
        """Whether a number like a year is one: "the 1967 borders", "in 2017 police said"."""
        before = tokens[quantity.start - 1].lower
        words = self._grammar.exclusions
        return before in words.time_words or before in words.pointers or before.endswith("'s")


def tokens_behind_score(tokens: Tokens, quantity: Quantity) -> int:
    """The token behind numbers that dashes join."""
    end = quantity.end
    while tokens[end].lower in DASHES and tokens[end + 1].is_number and tokens.touch(end):
        end += 2
    return end
