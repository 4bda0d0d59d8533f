"""Numbers as they are printed: digits with separators, number words, scales, fractions, spoken decimals."""

import re
from dataclasses import dataclass, replace
from decimal import Decimal

from .amount_grammar import NumberWords
from .text_tokens import Tokens

VULGAR = {
    "½": Decimal("0.5"), "¼": Decimal("0.25"), "¾": Decimal("0.75"), "⅓": Decimal(1) / 3, "⅔": Decimal(2) / 3,
    "⅛": Decimal("0.125"), "⅜": Decimal("0.375"), "⅝": Decimal("0.625"), "⅞": Decimal("0.875"), "⅕": Decimal("0.2"),
    "⅖": Decimal("0.4"), "⅗": Decimal("0.6"), "⅘": Decimal("0.8"),
}  # fmt: skip
HYPHENS = frozenset("-‐‑")
_SLASHES = frozenset("/⁄")
TOO_LARGE = Decimal(10) ** 16
_MOST_PARTS = 8  # of a number in words: "three million two hundred thousand and five" has three
# Digits with separators: their form, the marks of thousands in it, whether it can be read in one way only. The groups
# of two are those of South Asia (CLDR, number pattern #,##,##0.###).
_FORMS = [
    (re.compile(pattern), marks, sure)
    for pattern, marks, sure in (
        (r"[0-9]+|\.[0-9]+", "", True),
        (r"[0-9]+\.[0-9]{1,2}|0\.[0-9]+|[0-9]{4,}\.[0-9]+|[0-9]+\.[0-9]{4,}", "", True),
        (r"[1-9][0-9]{0,2}(?:,[0-9]{3})+(?:\.[0-9]+)?", ",", True),
        (r"[1-9][0-9]?(?:,[0-9]{2})+,[0-9]{3}(?:\.[0-9]+)?", ",", True),
        (r"[1-9][0-9]{0,2}(?:\.[0-9]{3}){2,}(?:,[0-9]+)?", ".", True),
        (r"[1-9][0-9]{0,2}(?:'[0-9]{3})+(?:\.[0-9]+)?", "'", True),
        (r"[1-9][0-9]{0,2}(?:[ \u00a0\u2009\u202f][0-9]{3}){2,}", " \u00a0\u2009\u202f", True),
        (r"[1-9][0-9]{0,2}[\u00a0\u2009\u202f][0-9]{3}", "\u00a0\u2009\u202f", True),
        (r"[1-9][0-9]{0,2} [0-9]{3}", " ", False),
        (r"[1-9][0-9]{0,2}\.[0-9]{3}", ".", False),
        (r"[0-9]+,[0-9]{1,2}|0,[0-9]+", "", False),
        (r"[1-9][0-9]{0,2}(?:[ \u00a0\u2009\u202f][0-9]{3})+,[0-9]{1,2}", " \u00a0\u2009\u202f", True),
        (r"[1-9][0-9]{0,2}(?:\.[0-9]{3})+,[0-9]{1,2}", ".", True),
    )
]


@dataclass(frozen=True)
class Number:
    """A number of a text, from one token up to the one before `end`.

    `sure` is false where its separators can be read in two ways, `round` true for a dozen. `scale` is what its scale
    words multiply it by, 1 without any. `plain` are digits and nothing else.
    """

    value: Decimal
    end: int
    sure: bool = True
    round: bool = False
    scale: Decimal = Decimal(1)
    plain: bool = False
    digits: bool = False


@dataclass(frozen=True)
class NoNumber:
    """What begins like a number and is none: a version, a date, words that make no number. It ends before `end`."""

    end: int


def value_of_digits(printed: str) -> tuple[Decimal, bool] | None:
    """(number, whether it is sure) that digits with separators write: "1,500", "5,00,000", "1.500.000", "1,5".

    A point before three digits can be a mark of thousands or of decimals, and is unsure; None where the separators fit
    no number.
    """
    printed = printed.replace("’", "'")
    for form, marks, sure in _FORMS:
        if form.fullmatch(printed):
            return Decimal(printed.translate({ord(mark): None for mark in marks}).replace(",", ".")), sure
    return None


class NumberReader:
    """Reads numbers with the words of one language; every method takes the place of a token, and looks at few more."""

    def __init__(self, words: NumberWords) -> None:
        self._words = words
        self._multipliers = {**words.scales, **words.rounds}

    def read(self, tokens: Tokens, at: int, *, join: bool = True) -> Number | NoNumber | None:
        """The number that begins at `at`; None where none begins. Without `join` no "and" stands within it."""
        token = tokens[at]
        if token.is_number or token.lower in VULGAR:
            return self._with_digits(tokens, at)
        if token.lower in self._multipliers and tokens[at - 1].is_number:
            return NoNumber(at + 1)  # of a number that was left out
        return self._fraction_of_scale(tokens, at) or self._in_words(tokens, at, join)

    def _with_digits(self, tokens: Tokens, at: int) -> Number | NoNumber:
        token, end = tokens[at], at + 1
        if token.is_number:
            read = value_of_digits(token.text)
            if read is None:
                return NoNumber(end)
            value, sure = read
        else:
            value, sure = VULGAR[token.lower], True
        plain = token.text.isdigit() and token.text.isascii()
        if tokens[end].lower in VULGAR and token.is_number:
            value, end, plain = value + VULGAR[tokens[end].lower], end + 1, False
        elif fraction := self._printed_fraction(tokens, end):
            value, end, plain = value + fraction, end + 3, False
        elif fraction := self._printed_fraction(tokens, at):
            value, end, plain = fraction, at + 3, False
        number = self._with_half(tokens, Number(value, end, sure, plain=plain, digits=True))
        scaled = self._with_scales(tokens, number)
        if scaled.scale != 1 and not sure:
            if "." in token.text:
                scaled = replace(scaled, value=Decimal(token.text) * scaled.scale, sure=True)
            elif re.fullmatch("[0-9]+,[0-9]{1,2}", token.text):
                scaled = replace(scaled, sure=True)
        return self._with_smaller_parts(tokens, scaled)

    def _printed_fraction(self, tokens: Tokens, at: int) -> Decimal | None:
        """The value of "3/4" at `at`, where nothing is attached to it."""
        if tokens[at + 1].lower not in _SLASHES:
            return None
        top, bottom = tokens[at], tokens[at + 2]
        if not (top.text.isdigit() and bottom.text.isdigit()):
            return None
        if not (tokens.touch(at) and tokens.touch(at + 1)) or tokens[at + 3].lower == "/":
            return None
        low, high = int(top.text), int(bottom.text)
        return Decimal(low) / high if 0 < low < high <= 10 else None

    def _with_half(self, tokens: Tokens, number: Number) -> Number:
        """With "and a half" or "and three quarters" behind it."""
        words, end = self._words, number.end
        if tokens[end].lower in HYPHENS and tokens.touch(end - 1) and tokens.touch(end):
            end += 1
        if tokens[end].lower not in words.joints:
            return number
        if tokens[end + 1].lower in HYPHENS and tokens.touch(end):
            end += 1
        top, after = self._top(tokens, end + 1)
        bottom = words.fractions.get(tokens[after].lower)
        if top is None or bottom is None or top >= bottom or tokens[after + 1].lower in words.links:
            return number
        return replace(number, value=number.value + number.scale * top / bottom, end=after + 1, plain=False)

    def _top(self, tokens: Tokens, at: int) -> tuple[Decimal | None, int]:
        """The number above the line of a fraction in words, and where its bottom stands."""
        word = tokens[at].lower
        top = Decimal(1) if word in self._words.articles else None
        if top is None and word in self._words.small:
            top = Decimal(self._words.small[word])
        return top, at + 2 if tokens[at + 1].lower in HYPHENS else at + 1

    def _with_scales(self, tokens: Tokens, number: Number) -> Number:
        """Multiplied by the scale words that follow one another: "lakh crore", "hundred million"."""
        words, end, scale, is_round = self._words, number.end, Decimal(1), number.round
        touches = number.digits and tokens.touch(end - 1) and tokens[end].text not in words.unit_suffixes
        if touches and tokens[end].lower in words.suffixes:
            scale, end = Decimal(words.suffixes[tokens[end].lower]), end + 1
        while True:
            at = end + 1 if tokens[end].lower in HYPHENS and tokens.touch(end) and tokens.touch(end - 1) else end
            word = tokens[at].lower
            factor = self._multipliers.get(word) or (words.plural_scales.get(word) if number.digits else None)
            if factor is None or scale * factor >= TOO_LARGE:
                break
            scale, end, is_round = scale * factor, at + 1, is_round or word in words.rounds
        if scale == 1:
            return number
        plain = replace(
            number, value=number.value * scale, end=end, round=is_round, scale=scale * number.scale, plain=False
        )
        return self._with_half(tokens, plain)

    def _with_smaller_parts(self, tokens: Tokens, number: Number) -> Number:
        """With parts of a smaller scale behind it: "5 crore 40 lakh"."""
        for _ in range(_MOST_PARTS):
            if number.scale == 1 or not tokens[number.end].is_number:
                break
            read = value_of_digits(tokens[number.end].text)
            if read is None or not read[1]:
                break
            part = self._with_scales(tokens, Number(read[0], number.end + 1, digits=True))
            if part.scale == 1 or part.value >= number.scale:
                break
            number = replace(number, value=number.value + part.value, end=part.end, scale=part.scale)
        return number

    def _fraction_of_scale(self, tokens: Tokens, at: int) -> Number | None:
        """ "half a million", "a quarter of a million", "half million", "three quarters of a million"."""
        words = self._words
        top, after = (Decimal(1), at) if tokens[at].lower in words.fractions else self._top(tokens, at)
        bottom = words.fractions.get(tokens[after].lower)
        if top is None or bottom is None or top >= bottom:
            return None
        end, steps = after + 1, 0
        for skipped in (HYPHENS, words.links, words.articles, HYPHENS):
            if tokens[end].lower in skipped:
                end, steps = end + 1, steps + 1
        scale = Decimal(1)
        first = end
        while factor := self._multipliers.get(tokens[end].lower):
            scale, end = scale * factor, end + 1
        if scale == 1 or scale >= TOO_LARGE:
            return None
        is_round = tokens[first].lower in words.rounds
        return Number(scale * top / bottom, end, round=is_round, scale=scale)

    def _in_words(self, tokens: Tokens, at: int, join: bool) -> Number | NoNumber | None:
        """Parts that become smaller, each a number below a thousand with its scales."""
        words = self._words
        part = self._part(tokens, at, join)
        if part is None:
            return None
        number, limit = part, part.scale
        for _ in range(_MOST_PARTS):
            if limit == 1:
                break
            here = number.end
            if tokens[here].lower in words.joints:
                if not join:
                    break
                here += 1
            elif tokens[here].lower in HYPHENS:
                here += 1
            more = self._part(tokens, here, join) if tokens[here].lower not in words.articles else None
            if more is None or more.value >= limit or more.round:
                break
            number = replace(number, value=number.value + more.value, end=more.end, scale=max(more.scale, Decimal(1)))
            limit = more.scale
        if self._goes_on(tokens, number.end):
            end = number.end
            while self._goes_on(tokens, end):
                end += 1
            return NoNumber(end)
        return number

    def _goes_on(self, tokens: Tokens, end: int) -> bool:
        """Whether number words follow that make no number with those before: "nineteen ninety-six"."""
        here = end + 1 if tokens[end].lower in HYPHENS and tokens.touch(end) else end
        word = tokens[here].lower
        return word in self._words.small or word in self._words.tens or word in self._words.scales

    def _part(self, tokens: Tokens, at: int, join: bool) -> Number | None:
        """A number below a thousand, with the decimals that are spoken and the scales behind it."""
        words = self._words
        below = self._below_hundred(tokens, at)
        word = tokens[at].lower
        if below is None:
            if word in words.articles and self._multipliers.get(tokens[at + 1].lower):
                below = Number(Decimal(1), at + 1)
            elif word in self._multipliers and word not in words.need_number:
                below = Number(Decimal(1), at)
            else:
                return None
        number = self._with_spoken_decimals(tokens, below) or self._with_half(tokens, below)
        if number is below and tokens[number.end].lower in words.hundreds:
            number = replace(number, value=number.value * 100, end=number.end + 1, scale=Decimal(100))
            here = number.end
            if (tokens[here].lower in words.joints and join) or tokens[here].lower in HYPHENS:
                here += 1
            more = self._below_hundred(tokens, here)
            if more and not (here > number.end and tokens[more.end].lower in words.hundreds):
                number = Number(number.value + more.value, more.end)
        scaled = self._with_scales(tokens, number)
        if scaled.end == number.end:
            return number
        return replace(scaled, scale=scaled.scale / number.scale if number.scale == 100 else scaled.scale)

    def _with_spoken_decimals(self, tokens: Tokens, number: Number) -> Number | None:
        """ "one point two five": the digits behind the word for the point."""
        if tokens[number.end].lower not in self._words.points:
            return None
        digits, end = "", number.end + 1
        while len(digits) < 6 and (value := self._words.small.get(tokens[end].lower, 10)) < 10:
            digits, end = digits + str(value), end + 1
        if not digits:
            below = self._below_hundred(tokens, end)
            if below is None:
                return None
            digits, end = f"{below.value:f}", below.end
        return replace(number, value=number.value + Decimal(f"0.{digits}"), end=end)

    def _below_hundred(self, tokens: Tokens, at: int) -> Number | None:
        words = self._words
        word = tokens[at].lower
        if word in words.small:
            return Number(Decimal(words.small[word]), at + 1)
        if word not in words.tens:
            return None
        value, end = words.tens[word], at + 1
        here = end + 1 if tokens[end].lower in HYPHENS and tokens.touch(end) else end
        unit = words.small.get(tokens[here].lower, 0)
        if 0 < unit < 10:
            value, end = value + unit, here + 1
        return Number(Decimal(value), end)
