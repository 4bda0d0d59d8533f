"""What the readers of amounts hand to one another: an amount, what came of a place in the text, a bound."""

from dataclasses import dataclass
from decimal import Decimal

from .text_tokens import Tokens

AT_LEAST, UP_TO, ABOUT = "at least", "up to", "about"  # modifiers of a claim
SPELT_OUT = 13  # the first number that may be printed in digits and count nothing that is named
DASHES = frozenset("-–—−‐‑~～")


@dataclass(frozen=True)
class AmountInWords:
    """A figure in a text: `words` == text[start:end] from its modifier to what it counts.

    `amount`, `lower`, `upper`, `modifier`, `unit` and `counted` are those of `Claim`. What is not `sure` is to be
    confirmed by an editor.
    """

    start: int
    end: int
    words: str
    amount: Decimal | None
    lower: Decimal | None
    upper: Decimal | None
    modifier: str
    unit: str
    counted: str
    why: str
    sure: bool


@dataclass(frozen=True)
class Outcome:
    """An amount and the token behind it; no amount where what was read counts nothing."""

    end: int
    amount: AmountInWords | None = None


@dataclass(frozen=True)
class Bound:
    """What stands before a number: the token it begins at, its modifier and how that is printed."""

    start: int
    modifier: str = ""
    printed: str = ""
    sure: bool = True
    opens_range: bool = False


def shorten(value: Decimal) -> Decimal:
    """With four decimals at the most, and none where it is a whole number."""
    short = value.quantize(Decimal("0.0001")).normalize()
    return short.quantize(Decimal(1)) if short == short.to_integral() else short


def join_lines(printed: str) -> str:
    """With single spaces, on one line."""
    return " ".join(printed.split())


def make_amount(
    tokens: Tokens,
    span: tuple[int, int],
    figures: tuple[Decimal | None, Decimal | None, Decimal | None],
    names: tuple[str, str, str],
    why: str,
    sure: bool,
) -> AmountInWords:
    start, end = tokens[span[0]].start, tokens[span[1] - 1].end
    return AmountInWords(start, end, tokens.text[start:end], *figures, *names, why, sure)
