"""Numbers in a language that has no rules here: only what the digits say by themselves, and never sure."""

from collections.abc import Iterator
from decimal import Decimal

from .noun_phrases import PERCENT
from .numbers import HYPHENS, value_of_digits
from .text_tokens import Tokens

_PERCENT_SIGNS = frozenset("%٪％")
_TELEPHONE = 9  # digits without marks that may be a telephone number
_LARGE = 10_000  # below it digits without marks may be a year or a day


def read_digits(tokens: Tokens) -> Iterator[tuple[int, int, Decimal, str]]:
    """(first token, token behind it, number, "%" or no unit) of percentages and of large or grouped numbers.

    A word behind a number may be a month, a scale or anything else: "26 марта" is a day, and is left out.
    """
    for at in range(len(tokens)):
        token = tokens[at]
        read = value_of_digits(token.text) if token.is_number else None
        if read is None or _is_attached(tokens, at):
            continue
        number, end = read[0], at + 1
        if tokens[end].lower in _PERCENT_SIGNS:
            yield at, end + 1, number, PERCENT
        elif _is_count(token.text, number):
            yield at, end, number, ""


def _is_count(printed: str, number: Decimal) -> bool:
    """Whether a number is large enough to be no day and no year, and too short to be a telephone number."""
    grouped = not printed.isdigit()
    return (
        number == int(number) and (number >= _LARGE or (grouped and number >= 1000)) and len(printed) < 12 + 8 * grouped
    )


def _is_attached(tokens: Tokens, at: int) -> bool:
    """Whether a letter or a sign touches the number, which is then part of a name, a date or an address."""
    before, behind = tokens[at - 1], tokens[at + 1]
    return (tokens.touch(at - 1) and (before.is_word or before.lower in HYPHENS | {"/", ":", ".", "+", "="})) or (
        tokens.touch(at) and (behind.is_word or behind.lower in HYPHENS | {"/", ":"})
    )
