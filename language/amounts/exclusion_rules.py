"""Whether a number counts nothing: a year, an age, a day, a time, a telephone number, a label or a name."""

import re
from decimal import Decimal

from .amount_grammar import Grammar
from .noun_phrases import counted_after, is_foreign
from .numbers import HYPHENS
from .quantities import Quantity
from .text_tokens import END, Tokens

_ATTACHED_BEFORE = frozenset("#§/_@=&:.\\^*’'×")
_ATTACHED_BEHIND = frozenset("/:_@=&\\^*×°")
_SENTENCE_ENDS = frozenset('.!?:;“”"‘()[]–—•…')
_DASHES = frozenset("–—")
_CHAIN = 8  # tokens between the first day of a row of days and their month
FIRST_YEAR, LAST_YEAR = 1000, 2100


def is_year(quantity: Quantity) -> bool:
    """Whether the number is printed like a year."""
    value = quantity.number.value
    return quantity.number.plain and FIRST_YEAR <= value <= LAST_YEAR and value == int(value)


class ExclusionRules:
    """The rules with the words of one language; each looks at a few tokens around the number."""

    def __init__(self, grammar: Grammar) -> None:
        self._grammar = grammar
        self._words = grammar.exclusions

    def counts_nothing(
        self, tokens: Tokens, quantity: Quantity, *, bare: bool, floor: int, is_range: bool = False
    ) -> bool:
        """Whether the number is no amount, whatever it is said to be of. `bare` numbers have no bound before them."""
        return (
            self._is_attached(tokens, quantity)
            or (not quantity.unit and is_foreign(tokens, quantity.end))
            or (bare and not quantity.money and self._has_label(tokens, quantity, floor))
            or self._is_day(tokens, quantity, floor)
            or self._is_time(tokens, quantity)
            or self._is_age(tokens, quantity, bare)
            or self.is_telephone(tokens, quantity)
            or self._is_name(tokens, quantity)
            or (not quantity.unit and bare and not is_range and self._is_pointed_at(tokens, quantity))
        )

    def _is_attached(self, tokens: Tokens, quantity: Quantity) -> bool:
        """Something without a space beside the number makes it part of a name, a date or an address."""
        first, end, words = quantity.start, quantity.end, self._words
        before, behind = tokens[first - 1], tokens[end]
        if tokens.touch(first - 1):
            if before.is_word or before.is_number or before.lower in _ATTACHED_BEFORE:
                return not (before.lower in "'’" and tokens[first - 2].end != before.start)
            if before.lower in HYPHENS or before.lower in _DASHES:
                if tokens.touch(first - 2) and (tokens[first - 2].is_word and before.lower in HYPHENS):
                    return True
                if tokens[first - 2].is_number and tokens.touch(first - 2):
                    return True
            if before.lower == "+" and not quantity.unit:
                return True
        if not tokens.touch(end - 1):
            return False
        if behind.is_word:
            return True
        if behind.lower == "°":
            return True
        if behind.lower in _ATTACHED_BEHIND and not quantity.money:
            return tokens.touch(end)
        if behind.lower in "'’" and tokens[end + 1].lower in words.decades:
            return True
        if behind.lower in HYPHENS and tokens.touch(end):
            following = tokens[end + 1]
            return following.is_word and not (
                following.lower in words.strong or self._grammar.bounds.after_number.match(tokens, end) is not None
            )
        return behind.lower in (",", ".") and tokens[end + 1].is_number and tokens.touch(end)

    def _has_label(self, tokens: Tokens, quantity: Quantity, floor: int) -> bool:
        """Whether what stands before the number is a thing with a number: "Article 35", "rooms 4, 5 and 6"."""
        at = quantity.start - 1
        before = tokens[at]
        if before.lower == "." and tokens.touch(at - 1):
            return f"{tokens[at - 1].lower}." in self._words.labels
        while (
            before.lower in (",", "-", "–", *self._grammar.numbers.joints) and tokens[at - 1].is_number and at > floor
        ):
            if quantity.start - at > _CHAIN:
                return False
            at -= 2
            before = tokens[at]
        if before.lower in self._grammar.nouns.links and tokens[at - 1].text.istitle():
            return tokens[at - 1].lower in self._words.labels and not quantity.unit
        return before.is_word and before.lower in self._words.labels and at + 1 >= floor

    def _is_day(self, tokens: Tokens, quantity: Quantity, floor: int) -> bool:
        """A day of a month, in a row of days too, or its month's year."""
        words, number = self._words, quantity.number
        if quantity.unit or not number.digits or number.value > LAST_YEAR or number.value != int(number.value):
            return False
        joints = {",", "-", "–", "—", "/", *self._grammar.numbers.joints, *self._grammar.ranges.joints}
        if number.value <= 31 or is_year(quantity):
            at = quantity.start - 1
            for _ in range(_CHAIN):
                if tokens[at].lower in (*joints, ".") or (tokens[at].is_number and tokens[at + 1].lower in joints):
                    at -= 1
                    continue
                break
            if tokens[at].lower in words.months and tokens[at].text[:1].isupper():
                return True
        if number.value > 31:
            return False
        at = quantity.end
        for _ in range(_CHAIN):
            if tokens[at].lower in joints or (tokens[at].is_number and tokens[at - 1].lower in joints):
                at += 1
                continue
            if tokens[at].lower in words.ordinals and tokens.touch(at - 1):
                return True
            break
        if tokens[at].lower == "." and tokens.touch(at - 1):
            at += 1
        return tokens[at].lower in words.months and (
            tokens[at].text[:1].isupper() or counted_after(tokens, at, self._grammar.nouns).head == tokens[at].lower
        )

    def _is_time(self, tokens: Tokens, quantity: Quantity) -> bool:
        words, end, number = self._words, quantity.end, quantity.number
        if quantity.money or number.scale != 1:
            return False
        if tokens[end].lower in words.clock and not quantity.unit:
            return True
        printed = tokens[quantity.number_start].text
        return (
            printed.isdigit() and len(printed) == 4 and (printed.startswith("0") or printed.endswith("00"))
            and tokens[number.end].lower in words.hours
            and tokens[quantity.start - 1].lower in words.time_words
        )  # fmt: skip

    def _is_age(self, tokens: Tokens, quantity: Quantity, bare: bool) -> bool:
        """ "34 years old", "aged 34", "the nurse, 34, was freed", "Aida Bek (34)", "children under 5"."""
        words, end, number = self._words, quantity.number.end, quantity.number
        if quantity.money or number.value >= 130 or number.scale != 1:
            return False
        if words.age_after.match(tokens, end) or words.age_after.match(tokens, quantity.end):
            return True
        if words.age_before.match_before(tokens, quantity.start):
            return True
        if quantity.unit:
            return False
        before, behind = tokens[quantity.start - 1], tokens[end]
        if before.lower == "," and (behind.lower in (",", ")") or behind is END or behind.lower == "."):
            return tokens[quantity.start - 2].is_word
        if before.lower == "(" and behind.lower == ")":
            return tokens[quantity.start - 2].text[:1].isupper()
        if before.lower in words.turned and (behind.lower in ",." or behind.lower in self._grammar.numbers.joints):
            return bare and number.digits
        if before.lower in words.age_bounds and not counted_after(tokens, end, self._grammar.nouns).words:
            noun = tokens[quantity.start - 2].lower
            return self._grammar.nouns.is_person(noun) or noun in self._words.those
        return behind.lower in words.decades and tokens.touch(end - 1)

    def is_telephone(self, tokens: Tokens, quantity: Quantity) -> bool:
        """Whether digits belong to a number that is called: long ones, or several in a row."""
        if quantity.unit or not quantity.number.digits:
            return False
        printed = tokens[quantity.number_start].text
        digits = [letter for letter in printed if letter.isdigit()]
        if printed.isdigit() and (len(printed) > 9 or (printed.startswith("0") and len(printed) > 1)):
            return True
        first, end = quantity.number_start, quantity.number.end
        before = tokens[first - 1].lower
        if before == "+" and not tokens[first - 2].is_number and tokens.touch(first - 1) and len(digits) < 12:
            return True
        if before == "(" and tokens[end].lower == ")" and tokens[end + 1].is_number:
            return True
        at = end
        while tokens[at].lower in ("-", "‑", ".", "(", ")") and at - end < 3:
            at += 1
        follows = tokens[at].is_number and len(tokens[at].text) >= 2 and (tokens.touch(at - 1) or at == end)
        return follows and bool(re.fullmatch("[0-9 .-]+", tokens[at].text)) and self._is_row(tokens, end, at, quantity)

    @staticmethod
    def _is_row(tokens: Tokens, end: int, at: int, quantity: Quantity) -> bool:
        """Whether numbers that follow one another are no range: "555-1234", "701 555 12 34"."""
        if at == end:
            return tokens[at].text.isdigit() and (tokens[at + 1].is_number or tokens[quantity.start - 1].lower == "+")
        low, high = quantity.number.value, tokens[at].text
        return high.isdigit() and (Decimal(high) <= low or (len(high) > 3 and at - end == 1 and low < 1000))

    def _is_name(self, tokens: Tokens, quantity: Quantity) -> bool:
        """Number words with a capital inside a sentence: "Five Eyes"."""
        number = quantity.number
        if number.digits or quantity.unit:
            return False
        first = quantity.number_start
        return tokens[first].text[:1].isupper() and self.is_within_sentence(tokens, first)

    @staticmethod
    def is_within_sentence(tokens: Tokens, at: int) -> bool:
        """Whether something of the same sentence stands before the token at `at`."""
        before = tokens[at - 1]
        return before.kind != "gap" and before.lower not in _SENTENCE_ENDS and before.lower not in ("'", "’", "-")

    def has_name_before(self, tokens: Tokens, quantity: Quantity) -> bool:
        """Whether a name stands right before the number, which may be a part of it: "Boeing 737 planes"."""
        before = tokens[quantity.start - 1]
        return (
            before.is_word
            and before.text[:1].isupper()
            and before.lower not in self._words.openers
            and before.lower not in self._grammar.bounds.people_before
            and self._grammar.nouns.without_possessive(before.lower) == before.lower
            and not self._grammar.nouns.is_adverb(before.lower)
        )

    def _is_pointed_at(self, tokens: Tokens, quantity: Quantity) -> bool:
        """ "the two sides", "these three men", "one former guard": a small number word that points."""
        word, numbers = tokens[quantity.number_start].lower, self._grammar.numbers
        if quantity.number.digits or quantity.number.end - quantity.number_start > 1:
            return False
        if word in self._words.unit_numbers:
            following = tokens[quantity.number.end].lower
            if following in self._grammar.nouns.sole_persons:
                return False
            return quantity.number.value != 0 or not self._grammar.nouns.is_plural(following)
        return word in numbers.small and tokens[quantity.start - 1].lower in self._words.pointers

    def is_dated_by(self, tokens: Tokens, quantity: Quantity) -> bool:
        """Whether a span of time dates something: "three years ago"."""
        return quantity.unit in self._grammar.nouns.times and tokens[quantity.end].lower in self._words.since_words
