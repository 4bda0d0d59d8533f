"""The unit of a number and what it counts."""

from dataclasses import replace

from .amount_grammar import Grammar
from .exclusion_rules import is_year
from .noun_phrases import PEOPLE, NounPhrase, counted_after, counted_of, unit_for
from .quantities import Quantity, QuantityReader
from .text_tokens import Tokens

_MOST_BEFORE_NUMBER = 12  # words between a noun that counts persons and the number
_CLAUSE_ENDS = frozenset(".;:!?")


class UnitReader:
    """Reads units with the words of one language."""

    def __init__(self, grammar: Grammar, quantities: QuantityReader) -> None:
        self._grammar = grammar
        self._quantities = quantities

    def unit_and_counted(self, tokens: Tokens, quantity: Quantity, at: int) -> tuple[str, NounPhrase, bool]:
        """(unit, what is counted, whether that is sure) of a number."""
        nouns, end = self._grammar.nouns, quantity.end
        if quantity.money:
            return quantity.unit, NounPhrase(end), True
        if quantity.unit:
            of = counted_of(tokens, end, nouns)
            if not of.words and tokens[end].lower in nouns.links:
                of = replace(self.counted_in_whole(tokens, end + 1), end=end)
            return quantity.unit, of, True
        if tokens[at].lower in nouns.links and (whole := self._whole(tokens, at + 1)):
            return whole, NounPhrase(end), False
        if (
            tokens[at].lower in nouns.links
            and tokens[at + 1].lower in self._grammar.exclusions.those | nouns.determiners
        ):
            phrase = counted_of(tokens, at, nouns)
            is_pronoun = tokens[at + 1].lower in self._grammar.exclusions.those - nouns.determiners
            if is_pronoun or not phrase.head:
                return "", NounPhrase(end), False
            return unit_for(phrase.head, nouns), phrase, bool(phrase.head) and phrase.sure
        late_unit = nouns.units.match(tokens, at) if at > end else None  # "20 or so km"
        if late_unit:
            return late_unit[0], NounPhrase(late_unit[1]), True
        phrase = counted_after(tokens, at, nouns)
        if phrase.head:
            return unit_for(phrase.head, nouns), phrase, phrase.sure
        if abs(quantity.value) == 1 and tokens[at].lower in nouns.singular_persons:
            return PEOPLE, NounPhrase(at + 1, tokens[at].text), True
        if found := self._grammar.bounds.people_after.match(tokens, at):
            return PEOPLE, NounPhrase(end), found[0]
        if not phrase.words and self.are_people(tokens, quantity):
            return PEOPLE, NounPhrase(end), False
        if not phrase.words and (subject := self._subject(tokens, quantity)):
            return unit_for(subject.head, nouns), replace(subject, end=end), False
        return "", phrase, False

    def _whole(self, tokens: Tokens, at: int) -> str:
        """The unit of the number at `at`, of which a part is counted: "10 of the 12 jurors"."""
        here = at + 1 if tokens[at].lower in self._grammar.nouns.determiners else at
        if (
            tokens[here].lower in self._grammar.numbers.articles
            or tokens[here].lower in self._grammar.numbers.fractions
        ):
            return ""
        whole = self._quantities.read(tokens, here, here)
        if not isinstance(whole, Quantity) or is_year(whole):
            return ""
        return whole.unit or unit_for(counted_after(tokens, whole.end, self._grammar.nouns).head, self._grammar.nouns)

    def counted_in_whole(self, tokens: Tokens, at: int) -> NounPhrase:
        """What the number at `at` counts, of which there is a share: "20 percent of its 4,500 staff"."""
        here = at + 1 if tokens[at].lower in self._grammar.nouns.determiners else at
        whole = self._quantities.read(tokens, here, here)
        if not isinstance(whole, Quantity) or whole.unit or is_year(whole):
            return NounPhrase(at)
        return counted_after(tokens, whole.end, self._grammar.nouns)

    def _subject(self, tokens: Tokens, quantity: Quantity) -> NounPhrase | None:
        """What "the number of beds" before the number counts, in its clause."""
        nouns = self._grammar.nouns
        for at in range(quantity.start - 2, max(quantity.start - 1 - _MOST_BEFORE_NUMBER, -1), -1):
            token = tokens[at]
            if token.kind == "gap" or token.lower in _CLAUSE_ENDS:
                return None
            if token.lower in nouns.number_nouns and tokens[at + 1].lower in nouns.links:
                phrase = counted_of(tokens, at + 1, nouns)
                return phrase if phrase.head else None
        return None

    def are_people(self, tokens: Tokens, quantity: Quantity) -> bool:
        """Whether a verb before the number has persons as its object, or a noun there counts them."""
        bounds = self._grammar.bounds
        for at in range(quantity.start - 1, max(quantity.start - 1 - _MOST_BEFORE_NUMBER, -1), -1):
            token = tokens[at]
            if token.lower in bounds.people_nouns or (at == quantity.start - 1 and token.lower in bounds.people_before):
                return True
            if token.kind == "gap" or token.lower in _CLAUSE_ENDS:
                return False
        return False

    def with_smaller_unit(self, tokens: Tokens, first: Quantity) -> Quantity | None:
        """ "5 feet 2 inches", "two years and six months", in the larger unit."""
        if not first.unit:
            return None
        at = first.end + 1 if tokens[first.end].lower in self._grammar.numbers.joints else first.end
        second = self._quantities.read(tokens, at, at)
        if not isinstance(second, Quantity) or second.start != at or second.value < 0:
            return None
        larger, count = self._grammar.nouns.smaller_units.get(second.unit, ("", 0))
        if larger != first.unit or second.value >= count:
            return None
        return replace(first, value=first.value + second.value / count, end=second.end, sure=first.sure and second.sure)
