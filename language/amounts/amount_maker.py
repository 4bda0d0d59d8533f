"""An amount made of a number, what stands before it and behind it, and what it counts."""

from decimal import Decimal

from .amount_grammar import Grammar
from .amount_types import ABOUT, AT_LEAST, UP_TO, Bound, Outcome, join_lines, make_amount, shorten
from .noun_phrases import NounPhrase
from .quantities import Quantity
from .text_tokens import Tokens


class AmountMaker:
    """Makes amounts with the words of one language that may stand behind them."""

    def __init__(self, grammar: Grammar) -> None:
        self._grammar = grammar

    def bound_behind(self, tokens: Tokens, end: int, *, after_number: bool = False) -> tuple[str, int] | None:
        """(modifier, place behind it) of words like "or more" at `end`, behind a number or behind its unit."""
        bounds = self._grammar.bounds
        found = (bounds.after_number if after_number else bounds.after_unit).match(tokens, end)
        following = bounds.before.match(tokens, found[1] - 1) if found else None
        if found and following and following[1] > found[1]:
            return None  # "12 guns and more than 1,000 men"
        return found

    def from_quantity(
        self,
        tokens: Tokens,
        quantity: Quantity,
        bound: Bound,
        unit: str,
        phrase: NounPhrase,
        late: tuple[str, int] | None,
        *,
        sure: bool,
        why: str = "",
    ) -> Outcome:
        """The amount with the bounds that its modifier sets."""
        end = max(quantity.end, phrase.end, late[1] if late else 0)
        printed = tokens.words(quantity.end, late[1]) if late else ""
        if not late and (behind := self.bound_behind(tokens, end)):
            late, printed, end = behind, tokens.words(end, behind[1]), behind[1]
        modifier = late[0] if late else bound.modifier
        if bound.modifier in (AT_LEAST, UP_TO) and modifier == ABOUT:
            modifier, printed = bound.modifier, bound.printed  # "up to 1.8 million or so"
        printed = printed or bound.printed
        value = shorten(quantity.value)
        lower = upper = None
        reasons = [why] if why else []
        if not quantity.sure:
            reasons.append("the number can be read in two ways")
        if modifier == AT_LEAST:
            lower = value
            reasons.append(f"“{join_lines(printed)}”: a lower bound")
        elif modifier == UP_TO:
            upper = value
            reasons.append(f"“{join_lines(printed)}”: an upper bound")
        elif quantity.number.round and not modifier:
            modifier = ABOUT
            reasons.append("a round number")
        else:
            reasons.append(f"“{join_lines(printed)}”" if printed else "the number as printed")
        if not unit:
            reasons.append("what is counted is not clear")
        is_sure = sure and quantity.sure and bound.sure and bool(unit)
        amount = make_amount(
            tokens,
            (bound.start, end),
            (value, lower, upper),
            (modifier, unit, phrase.words),
            "; ".join(reasons),
            is_sure,
        )
        return Outcome(end, amount)

    def from_value(
        self,
        tokens: Tokens,
        span: tuple[int, int],
        value: Decimal,
        bound: Bound,
        names: tuple[str, str],
        why: str,
        *,
        sure: bool,
    ) -> Outcome:
        """The amount of a share or of words like "a pair of", from one token up to another."""
        value, end, modifier = shorten(value), span[1], bound.modifier
        if behind := self.bound_behind(tokens, end):
            modifier, end = behind[0], behind[1]
        lower, upper = (value if modifier == kind else None for kind in (AT_LEAST, UP_TO))
        amount = make_amount(
            tokens,
            (min(bound.start, span[0]), end),
            (value, lower, upper),
            (modifier, *names),
            why,
            sure and bound.sure,
        )
        return Outcome(end, amount)
