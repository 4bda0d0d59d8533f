"""Numbers as they are printed: digits with separators, number words, scales, fractions. Linear regular expressions."""

import re
from dataclasses import dataclass
from decimal import Decimal

_SMALL = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
    "eighteen nineteen"
)
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety"
SMALL = {word: number for number, word in enumerate(_SMALL.split())}
TENS = {word: number * 10 for number, word in enumerate(_TENS.split(), start=2)}
SCALES = {
    "hundred": 100, "thousand": 1000, "million": 10**6, "mln": 10**6, "mn": 10**6, "lakh": 10**5, "crore": 10**7,
    "billion": 10**9, "bn": 10**9, "trillion": 10**12, "k": 1000, "m": 10**6, "bln": 10**9,
}  # fmt: skip
ROUND = {"dozen": 12, "score": 20}
PLURALS = {"dozens": 12, "scores": 20, "hundreds": 100, "thousands": 1000, "millions": 10**6, "billions": 10**9}
PLURALS |= {"tens": 10}
FRACTIONS = {"half": 2, "third": 3, "quarter": 4, "fourth": 4, "fifth": 5, "sixth": 6, "seventh": 7, "eighth": 8}
FRACTIONS |= {"ninth": 9, "tenth": 10, "hundredth": 100}

_tens = "|".join(TENS)
_small = "|".join(sorted(SMALL, key=len, reverse=True))
_scale_words = "hundred|thousand|million|mln|mn|lakh|crore|billion|bn|bln|trillion"
_unit = rf"(?:(?:{_tens})(?:[- ](?:{_small}))?|(?:{_small}))"
# "two hundred and forty thousand": at most so many parts, so that no chain of number words is read twice over.
WORDS = rf"(?:{_unit}|an?(?=\s(?:{_scale_words}|dozen|score)\b))"
WORDS += rf"(?:[\s-](?:{_scale_words}|(?:(?:(?<=hundred\s)|(?<=thousand\s)|(?<=million\s))and\s)?{_unit})\b){{0,7}}"
DIGITS = (
    r"[0-9]{1,3}(?:,[0-9]{3}){1,5}(?:\.[0-9]{1,4})?"
    r"|[0-9]{1,3}(?:[ \u00a0\u2009\u202f][0-9]{3}){1,5}(?![0-9])"
    r"|[0-9]{1,3}(?:\.[0-9]{3}){2,5}(?:,[0-9]{1,4})?"
    r"|[0-9]{1,12}(?:[.,][0-9]{1,4})?"
)
NUMBER = (
    rf"(?:(?:{DIGITS})(?:\s?(?:½|¼|¾))?(?:(?:[\s-](?:{_scale_words})|(?:k|K|m|M|bn|mn))\b(?:\s(?:thousand|million|billion)\b)?)?"
    rf"|(?i:(?:a\s)?half\sa\s(?:dozen|million|billion))"
    rf"|(?i:(?:an?|one|two|three|four|five|six)(?:\sand\sa\shalf)?\s(?:dozen|score)\b)"
    rf"|(?i:{WORDS}(?:\sand\sa\shalf(?:\s(?:thousand|million|billion))?)?))"
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


@dataclass(frozen=True)
class Number:
    """A number that was printed; `sure` is false where its separators can be read in two ways."""

    value: Decimal
    sure: bool = True
    round: bool = False  # a dozen, a score


def value_of(printed: str) -> Number | None:
    """The number that the match of NUMBER writes; None where the words make none ("one and")."""
    sure, about = True, False
    whole, part, last = Decimal(0), None, None
    words = printed.lower()
    if words.startswith(("half a", "a half a")):
        scale = (SCALES | ROUND)[words.split()[-1]]
        return Number(Decimal(scale) / 2, True, words.endswith("dozen"))
    if " and a half" in words:
        words, _, after = words.partition(" and a half")
        number = value_of(words + after)
        if number is None:
            return None
        scale = (SCALES | ROUND).get(after.strip() or words.split()[-1], 1)
        return Number(number.value + Decimal(scale) / 2, number.sure, number.round)
    for piece in _PIECE.findall(words):
        if piece[0].isdigit():
            part, sure = digits(piece)
        elif piece in _SIGNS:
            part = (part or 0) + _SIGNS[piece]
        elif piece in ("a", "an"):
            part = Decimal(1)
        elif piece in SMALL or piece in TENS:
            small = SMALL.get(piece, TENS.get(piece))
            if (part is not None and last in SMALL) or (piece in TENS and last in TENS):
                return None
            part = (part or Decimal(0)) + small
        elif piece in ROUND:
            part, about = (part or 1) * ROUND[piece], True
        elif piece == "hundred":
            part = (part if part is not None else Decimal(1)) * 100
        elif piece in SCALES:
            whole, part = whole + (part if part is not None else Decimal(1)) * SCALES[piece], None
        last = piece
    value = whole + (part or Decimal(0))
    return Number(value, sure, about)


def digits(printed: str) -> tuple[Decimal, bool]:
    """The number that digits with separators write: "1,500", "1 500", "1.500.000", "1,5".

    A point or comma before three digits is a thousand mark where commas are used in English; "1.500" can be one and a
    half, and is unsure.
    """
    compact = re.sub(r"\s", "", printed)
    for form, thousands, sure in _FORMS:
        if form.fullmatch(compact):
            return Decimal(compact.replace(thousands, "").replace(",", ".")), sure
    return Decimal(re.sub(r"[^0-9]", "", compact)), False
