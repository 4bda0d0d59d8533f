"""What stands before a number: the phrases that make it a bound or an estimate."""

from .amount_grammar import Grammar
from .amount_types import ABOUT, AT_LEAST, SPELT_OUT, UP_TO, Bound
from .quantities import Quantity
from .text_tokens import Tokens

_MOST_MODIFIERS = 4


class BoundReader:
    """Reads bounds with the words of one language."""

    def __init__(self, grammar: Grammar) -> None:
        self._grammar = grammar

    def read(self, tokens: Tokens, start: int, floor: int) -> Bound:
        """The modifier before a number; "at least" and "up to" win over "an estimated"."""
        bounds, nouns = self._grammar.bounds, self._grammar.nouns
        at, first = start, start
        kinds: list[str] = []
        sure, pointed = True, False
        for _ in range(_MOST_MODIFIERS):
            if found := bounds.before.match_before(tokens, at, floor):
                if tokens[found[1]].lower in bounds.upward and tokens[found[1] - 1].lower in bounds.up_verbs:
                    break
                at = first = found[1]
                kinds.append(found[0])
                word, taker = tokens[at].lower, tokens[at - 1].lower
                if word in bounds.prepositions and taker in bounds.takers:
                    sure = False
            elif neutral := bounds.neutral.match_before(tokens, at, floor):
                at = neutral[1]
                pointed = pointed or tokens[at].lower in self._grammar.exclusions.pointers
                if (
                    tokens.words(at, start).lower() not in nouns.determiners
                    and tokens[at].lower not in nouns.determiners
                ) or (at + 1 < start and tokens[at].lower in self._grammar.numbers.articles):
                    first = at
            else:
                break
        sure = sure and not (pointed and kinds and kinds[0] == ABOUT)
        strong = [kind for kind in kinds if kind in (AT_LEAST, UP_TO)]
        modifier = strong[0] if strong else kinds[-1] if kinds else ""
        printed = tokens.words(first, start) if kinds else ""
        if not strong and (verb := bounds.verbs.match_before(tokens, at if not kinds else first, floor)):
            modifier, printed = verb[0], tokens.words(verb[1], start)
            if self._is_negated(tokens, verb[1]):
                modifier = UP_TO if modifier == AT_LEAST else AT_LEAST
        elif strong and self._is_negated(tokens, first):
            modifier = UP_TO if modifier == AT_LEAST else AT_LEAST
            sure = False
        elif not kinds and self._is_negated(tokens, first):
            sure = False
        return Bound(first, modifier, printed, sure)

    def _is_negated(self, tokens: Tokens, start: int) -> bool:
        return tokens[start - 1].lower in self._grammar.bounds.negations

    def range_opener(self, tokens: Tokens, start: int, floor: int) -> int | None:
        """Where "between" or the like begins before a number; None without it."""
        found = self._grammar.ranges.openers.match_before(tokens, start, floor)
        return found[1] if found else None

    def of_time_or_place(self, tokens: Tokens, quantity: Quantity, bound: Bound) -> tuple[Bound, bool]:
        """The bound, without a word that says how long ("over ten years"), and whether it is sure: "under two laws"."""
        bounds, word = self._grammar.bounds, bound.printed.lower()
        if word in bounds.during and quantity.unit in self._grammar.nouns.times:
            if tokens[bound.start - 1].lower in bounds.lasting_before:
                return bound, True
            return Bound(quantity.start), False
        few = not quantity.number.digits and not quantity.unit and abs(quantity.value) < SPELT_OUT
        return bound, not (few and word in bounds.places)
