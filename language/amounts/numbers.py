"""Numbers as they are printed: digits with separators, number words, scales, fractions. Linear regular expressions."""

import re
from dataclasses import dataclass
from decimal import Decimal

from .amount_grammar import NumberWords

DIGITS = (
    r"[0-9]{1,3}(?:,[0-9]{3}){1,5}(?:\.[0-9]{1,4})?"
    r"|[0-9]{1,3}(?:[ \u00a0\u2009\u202f][0-9]{3}){1,5}(?![0-9])"
    r"|[0-9]{1,3}(?:\.[0-9]{3}){2,5}(?:,[0-9]{1,4})?"
    r"|[0-9]{1,12}(?:[.,][0-9]{1,4})?"
)
_PIECE = re.compile(r"[0-9][0-9.,\s\u00a0\u2009\u202f]*(?<=[0-9])|[^\W\d_]+|[½¼¾]")
_SIGNS = {"½": Decimal("0.5"), "¼": Decimal("0.25"), "¾": Decimal("0.75")}
# Digits with separators: their form, the mark of thousands in it, whether it can be read in one way only.
_FORMS = [
    (re.compile(pattern), thousands, sure)
    for pattern, thousands, sure in (
        (r"[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]+)?", ",", True),
        (r"[0-9]{1,3}(?:\.[0-9]{3}){2,}(?:,[0-9]+)?", ".", True),
        (r"[0-9]+,[0-9]{1,2}", " ", False),
        (r"[0-9]{1,3}\.[0-9]{3}", " ", False),
        (r"[0-9]+(?:\.[0-9]+)?", " ", True),
    )
]
_HUNDRED = 100  # the one scale that multiplies inside a part: "two hundred thousand"


@dataclass(frozen=True)
class Number:
    """A number that was printed; `sure` is false where its separators can be read in two ways."""

    value: Decimal
    sure: bool = True
    round: bool = False  # a dozen, a score


def value_of(printed: str, words: NumberWords) -> Number | None:
    """The number that digits and words of a language write; None where the words make none ("one and")."""
    printed = printed.lower()
    scales = {**words.scales, **words.rounds}
    if printed.startswith(words.half_of):
        scale = printed.split()[-1]
        return Number(Decimal(scales[scale]) / 2, True, scale in words.rounds)
    if words.and_a_half in printed:
        before, _, after = printed.partition(words.and_a_half)
        number = value_of(before + after, words)
        if number is None:
            return None
        half = Decimal(scales.get(after.strip() or before.split()[-1], 1)) / 2
        return Number(number.value + half, number.sure, number.round)
    return _sum_of(printed, words)


def _sum_of(printed: str, words: NumberWords) -> Number | None:
    """The number that pieces write one after the other: parts below a thousand, each with the scale behind it."""
    sure, is_round = True, False
    whole, last = Decimal(0), ""
    part: Decimal | None = None
    for piece in _PIECE.findall(printed):
        if piece[0].isdigit():
            part, sure = value_of_digits(piece)
        elif piece in _SIGNS:
            part = (part or 0) + _SIGNS[piece]
        elif piece in words.articles:
            part = Decimal(1)
        elif piece in words.small or piece in words.tens:
            if (part is not None and last in words.small) or (piece in words.tens and last in words.tens):
                return None
            part = (part or Decimal(0)) + (words.small.get(piece) or words.tens.get(piece, 0))
        elif piece in words.rounds:
            part, is_round = (part or 1) * Decimal(words.rounds[piece]), True
        elif words.scales.get(piece) == _HUNDRED:
            part = (part if part is not None else Decimal(1)) * _HUNDRED
        elif piece in words.scales:
            whole, part = whole + (part if part is not None else Decimal(1)) * words.scales[piece], None
        last = piece
    return Number(whole + (part or Decimal(0)), sure, is_round)


def value_of_digits(printed: str) -> tuple[Decimal, bool]:
    """The number that digits with separators write: "1,500", "1 500", "1.500.000", "1,5".

    A point or comma before three digits is a thousand mark where commas are used in English; "1.500" can be one and a
    half, and is unsure.
    """
    compact = re.sub(r"\s", "", printed)
    for form, thousands, sure in _FORMS:
        if form.fullmatch(compact):
            return Decimal(compact.replace(thousands, "").replace(",", ".")), sure
    return Decimal(re.sub(r"[^0-9]", "", compact)), False
