"""A number with its sign and its currency or unit: "minus 5 percent", "Rs 40 crore", "3m wide"."""

import re
from dataclasses import dataclass, replace
from decimal import Decimal

from .amount_grammar import Grammar
from .noun_phrases import is_foreign
from .numbers import HYPHENS, TOO_LARGE, NoNumber, Number, NumberReader
from .text_tokens import END, Tokens

_COMMA_DECIMAL = re.compile("[0-9]+,[0-9]{1,2}")
_MINUS = frozenset("-−–‑")
_OPEN = frozenset("([{“\"‘'«/:;,")


@dataclass(frozen=True)
class Quantity:
    """A number from token `start` up to the one before `end`. `number_start` is where the number itself begins.

    `unit` is empty where none of the units and currencies is printed beside it; `before` is true where the currency
    stands before it.
    """

    start: int
    number_start: int
    end: int
    number: Number
    value: Decimal
    unit: str = ""
    sure: bool = True
    money: bool = False
    before: bool = False
    negative: bool = False


class QuantityReader:
    """Reads numbers with what belongs to them, with the words of one language."""

    def __init__(self, grammar: Grammar) -> None:
        self._grammar = grammar
        self._numbers = NumberReader(grammar.numbers)

    def read(self, tokens: Tokens, at: int, floor: int, *, join: bool = True) -> Quantity | NoNumber | None:
        """The quantity whose number begins at `at`; what stands before `floor` belongs to another."""
        if one_unit := self._one_unit(tokens, at):
            return one_unit
        number = self._numbers.read(tokens, at, join=join)
        if number is None or isinstance(number, NoNumber):
            return number
        if abs(number.value) >= TOO_LARGE:
            return NoNumber(number.end)
        start, currency, negative = self._before(tokens, at, floor)
        has_comma = _COMMA_DECIMAL.fullmatch(tokens[at].text) is not None
        quantity = Quantity(
            start, at, number.end, number, -number.value if negative else number.value, negative=negative,
            sure=(number.sure or has_comma) and not self._is_margin(tokens, start),
        )  # fmt: skip
        quantity = self._with_unit(tokens, quantity, currency)
        if not number.digits and self._is_idle_scale(tokens, at, quantity):
            quantity = replace(quantity, sure=False)
        if has_comma and not number.sure and not quantity.unit:
            quantity = replace(quantity, sure=False)  # "19,5 percent" is sure, "1,5 people" are not
        return quantity

    def _is_idle_scale(self, tokens: Tokens, at: int, quantity: Quantity) -> bool:
        """Whether a scale has no number of its own: "billion-dollar firms", "a million-dollar question"."""
        numbers = self._grammar.numbers
        if tokens[at].lower in numbers.scales:
            return True
        end = quantity.number.end
        return tokens[at].lower in numbers.articles and tokens[end].lower in HYPHENS and quantity.end > end

    def _one_unit(self, tokens: Tokens, at: int) -> Quantity | None:
        """ "an hour and a half", and "a tonne of ivory", which may be no measure: "a mile of fans"."""
        nouns = self._grammar.nouns
        if tokens[at].lower not in self._grammar.numbers.articles:
            return None
        found = nouns.units.match(tokens, at + 1)
        if found is None:
            return self._one_of_money(tokens, at)
        end = self._with_half_unit(tokens, found[1])
        if end > found[1]:
            return Quantity(at, at, end, Number(Decimal("1.5"), end), Decimal("1.5"), found[0])
        if found[0] in nouns.times or found[0] in nouns.percents or tokens[end].lower not in nouns.links:
            return None
        return Quantity(at, at, end, Number(Decimal(1), end), Decimal(1), found[0], sure=False)

    def _one_of_money(self, tokens: Tokens, at: int) -> Quantity | None:
        """ "a dollar" before its cents: "a dollar and 42 cents"."""
        nouns = self._grammar.nouns
        found = nouns.currencies_after.match(tokens, at + 1)
        words = self._grammar.numbers
        if found is None or tokens[found[1]].lower not in words.joints or tokens[found[1] + 1].lower in words.articles:
            return None
        cents = self.read(tokens, found[1] + 1, found[1] + 1)
        if not isinstance(cents, Quantity) or nouns.smaller_units.get(cents.unit, ("", 0))[0] != found[0]:
            return None
        return Quantity(at, at, found[1], Number(Decimal(1), found[1]), Decimal(1), found[0], money=True)

    def _before(self, tokens: Tokens, at: int, floor: int) -> tuple[int, str | None, bool]:
        """Where the quantity begins, its currency, whether it is below zero."""
        nouns, start, currency = self._grammar.nouns, at, None
        if found := nouns.currencies_before.match_before(tokens, at, floor):
            code, place = found
            if place < at - 1 and tokens[place].is_word and len(tokens[place].text) == 1 and not tokens.touch(place):
                code, place = nouns.currencies_before.match_before(tokens, at, at - 1) or found  # "A $5 note"
            small_code = tokens[place].lower in nouns.codes and not tokens[place].text.isupper()
            if not small_code and not (tokens[place].is_word and tokens.touch(place - 1)):
                currency, start = code, place
        elif self._is_letter_of_money(tokens, at, floor):
            currency, start = nouns.letters_before[tokens[at - 1].text], at - 1
        if tokens[start - 1].lower in self._grammar.exclusions.minus and start - 1 >= floor:
            both = tokens[start - 2].lower in self._grammar.ranges.alternatives  # "plus or minus"
            return (start, currency, False) if both else (start - 1, currency, True)
        if self._is_minus(tokens, start - 1, floor):
            start, negative = start - 1, True
            if currency is None and (found := nouns.currencies_before.match_before(tokens, start, floor)):
                currency, start = found[0], found[1]
            return start, currency, negative
        return start, currency, False

    def _is_margin(self, tokens: Tokens, start: int) -> bool:
        """Whether what stands before a number goes both ways: "±3", "plus or minus 3"."""
        before = tokens[start - 1].lower
        return before == "±" or before in self._grammar.exclusions.minus

    def _is_letter_of_money(self, tokens: Tokens, at: int, floor: int) -> bool:
        """Whether a letter that stands for a currency touches a number of thousands: "N3.2 billion"."""
        if at - 1 < floor or tokens[at - 1].text not in self._grammar.nouns.letters_before or not tokens.touch(at - 1):
            return False
        number = self._numbers.read(tokens, at)
        return isinstance(number, Number) and (number.scale >= 1000 or "," in tokens[at].text)

    def _is_minus(self, tokens: Tokens, at: int, floor: int) -> bool:
        """Whether the sign at `at` touches the number behind it and nothing before it but a mark that opens."""
        if at < floor or tokens[at].lower not in _MINUS or not tokens.touch(at):
            return False
        before = tokens[at - 1]
        if not tokens.touch(at - 1):
            return not before.is_number
        money = not before.is_word and self._grammar.nouns.currencies_before.match_before(tokens, at, floor)
        return before is END or before.lower in _OPEN or bool(money)

    def _with_unit(self, tokens: Tokens, quantity: Quantity, currency: str | None) -> Quantity:
        nouns, words, end = self._grammar.nouns, self._grammar.numbers, quantity.number.end
        if currency is not None:
            return self._with_money(tokens, quantity, currency)
        here, joined = end, False
        if tokens[end].lower in HYPHENS and tokens.touch(end - 1) and tokens.touch(end):
            here, joined = end + 1, True
        suffix = tokens[end - 1]
        doubtful = quantity.number.digits and suffix.lower in words.doubtful_suffixes and tokens.touch(end - 2)
        if doubtful:
            quantity = self._with_doubtful_suffix(tokens, quantity)
            if quantity.unit:
                return quantity
        if tokens[end].text in nouns.letter_units and quantity.number.digits and tokens.touch(end - 1):
            return replace(quantity, end=end + 1, unit=nouns.letter_units[tokens[end].text])
        found = nouns.currencies_after.match(tokens, here)
        if found and tokens[here].lower in nouns.codes and not tokens[here].text.isupper():
            found = None
        if found and not tokens[here].is_word and tokens[found[1]].is_number:
            found = None  # the sign belongs to the next number
        if found and not self._is_verb(tokens, quantity, here, found[1]):
            return self._with_currency_after(tokens, quantity, found[0], found[1], joined)
        more = here + 1 if tokens[here].lower in nouns.leads and not joined else here
        for place in (here, more):
            found = nouns.units.match(tokens, place)
            if found and not self._is_no_unit(tokens, place, found[0]):
                unit, end = found
                if joined and unit in nouns.times:
                    break
                end = self._with_half_unit(tokens, end)
                value = quantity.value
                if end > found[1]:
                    value += Decimal("0.5") * (-1 if quantity.negative else 1)
                hyphen = tokens[end].lower in HYPHENS and tokens[end + 1].is_number  # "5-foot-2"
                attached = tokens.touch(end - 1) and (tokens[end].is_word or (hyphen and tokens.touch(end)))
                return replace(quantity, end=end, unit=unit, value=value, sure=quantity.sure and not attached)
        return quantity

    def _is_verb(self, tokens: Tokens, quantity: Quantity, at: int, end: int) -> bool:
        """Whether the word for a currency may be a verb: "five million won the draw"."""
        nouns = self._grammar.nouns
        if end - at > 1 or tokens[at].lower not in nouns.verb_currencies:
            return False
        following = tokens[end]
        return quantity.number.scale < 1000 or (
            following.is_word and (following.lower in nouns.determiners or following.lower not in nouns.ends)
        )

    def _is_no_unit(self, tokens: Tokens, at: int, unit: str) -> bool:
        """A single letter that is no sign of a unit as it is printed: "5G"."""
        token = tokens[at]
        return len(token.text) == 1 and token.is_word and not (token.text.islower() and tokens[at - 1].is_number)

    def _with_half_unit(self, tokens: Tokens, end: int) -> int:
        """Behind "and a half" after a unit: "an hour and a half"."""
        words = self._grammar.numbers
        joint, article, half, link = (tokens[end + number].lower for number in range(4))
        is_half = joint in words.joints and article in words.articles and words.fractions.get(half) == 2
        return end + 3 if is_half and link not in words.links else end

    def _with_money(self, tokens: Tokens, quantity: Quantity, currency: str) -> Quantity:
        """With the currency before it; a word for it may follow once more."""
        nouns, end = self._grammar.nouns, quantity.number.end
        sure = bool(currency) and tokens[quantity.number_start - 1].text not in nouns.letters_before
        if found := nouns.currencies_after.match(tokens, end):
            code = found[0]
            if not currency or code == currency or code[-1:] == "D":
                currency, end = code if code != currency else currency, found[1]
        return replace(
            quantity,
            end=end,
            unit=currency or tokens[quantity.number_start - 1].text,
            money=True,
            before=True,
            sure=quantity.sure and sure,
        )

    def _with_currency_after(self, tokens: Tokens, quantity: Quantity, code: str, end: int, joined: bool) -> Quantity:
        nouns = self._grammar.nouns
        name = tokens[end - 1].lower
        doubtful = name in nouns.doubtful_currencies and end - (quantity.number.end + joined) == 1
        if doubtful and quantity.number.scale >= 1000:
            doubtful = code == name
        return replace(quantity, end=end, unit=code, money=True, sure=quantity.sure and not doubtful)

    def _with_doubtful_suffix(self, tokens: Tokens, quantity: Quantity) -> Quantity:
        """ "3m wide" are metres, "3m people" millions; where neither is said the number is unsure."""
        number, end = quantity.number, quantity.number.end
        nouns, exclusions = self._grammar.nouns, self._grammar.exclusions
        following = tokens[end + 1] if tokens[end].lower == "+" else tokens[end]
        if tokens[end - 1].text.islower() and (
            following.lower in exclusions.dimensions
            or (following.lower in HYPHENS and tokens[end + 1].lower in exclusions.dimensions)
        ):
            small = number.value / number.scale
            found = nouns.units.match(tokens, end - 1)
            if found:
                plain = replace(quantity, number=replace(number, value=small, scale=Decimal(1)))
                return replace(plain, value=-small if quantity.negative else small, unit=found[0], end=end)
        if nouns.currencies_after.match(tokens, end):
            return quantity
        if following.is_word and following.lower not in nouns.ends and not is_foreign(tokens, end):
            return quantity
        return replace(quantity, sure=False)
