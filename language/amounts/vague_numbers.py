"""Numbers in words that are only bounded: "hundreds of", "several thousand", "a couple of guards"."""

from dataclasses import replace
from decimal import Decimal

from .amount_types import AT_LEAST, DASHES, UP_TO, Outcome, join_lines, make_amount
from .noun_phrases import PEOPLE, counted_after, counted_of, unit_for
from .reader_parts import ReaderParts
from .text_tokens import Tokens


class VagueReader:
    """Reads vague numbers with the words of one language."""

    def __init__(self, parts: ReaderParts) -> None:
        self._grammar, self._quantities, self._rules = parts.grammar, parts.quantities, parts.rules
        self._bounds, self._units, self._maker = parts.bounds, parts.units, parts.maker
        shares = parts.grammar.shares
        self.starters = shares.vague.first_words | shares.vague_before.first_words | shares.couples.first_words

    def read(self, tokens: Tokens, at: int, floor: int) -> Outcome | None:
        """ "hundreds of", "tens of thousands", "several hundred": two of the unit at the least, and no amount."""
        shares, nouns, numbers = self._grammar.shares, self._grammar.nouns, self._grammar.numbers
        about = ""
        if found := shares.vague.match(tokens, at):
            lower, end = Decimal(2) * found[0], found[1]
            linked = tokens[end].lower in nouns.links or end > at + 1
            if tokens[at].lower in shares.needs_link and not linked and self._rules.is_within_sentence(tokens, at):
                return Outcome(end)
        elif before := shares.vague_before.match(tokens, at):
            about, end = before
            if many := shares.vague.match(tokens, end):
                return self._number_of(tokens, at, many[1], Decimal(2) * many[0], "", floor)
            if tokens[end].lower in nouns.links:
                end += 1
            lower, scaled = Decimal(2), False
            while factor := numbers.scales.get(tokens[end].lower) or numbers.rounds.get(tokens[end].lower):
                lower, end, scaled = lower * factor, end + 1, True
            if not scaled:
                return self._couple(tokens, at, floor)
        else:
            return self._couple(tokens, at, floor)
        return self._number_of(tokens, at, end, lower, about, floor)

    def _number_of(self, tokens: Tokens, start: int, end: int, lower: Decimal, about: str, floor: int) -> Outcome:
        """The number in the words from `start` up to `end`, `lower` at the least."""
        if tokens.touch(start - 1) and tokens[start - 1].lower in DASHES:
            return Outcome(end)
        if tokens[start].text[:1].isupper() and self._rules.is_within_sentence(tokens, start):
            return Outcome(end)
        bound = self._bounds.read(tokens, start, floor)
        if bound.modifier == UP_TO:
            return Outcome(end)  # "up to hundreds" bounds nothing
        words = join_lines(tokens.words(start, end))
        unit, counted, stop, is_sure = self._unit(tokens, end)
        modifier = "" if bound.modifier == AT_LEAST else bound.modifier
        if about:
            values: tuple[Decimal | None, Decimal | None, Decimal | None] = (lower, None, None)
            modifier, why = modifier or about, f"“{words}”: two of them, more or less"
        else:
            values, why = (None, lower, None), f"“{words}”: at least two of them"
        amount = make_amount(
            tokens, (bound.start, max(stop, end)), values, (modifier, unit, counted), why, is_sure and bound.sure
        )
        return Outcome(max(stop, end), amount)

    def _couple(self, tokens: Tokens, at: int, floor: int) -> Outcome | None:
        """ "a couple of guards", "a pair of gunmen": two persons, and unsure."""
        found = self._grammar.shares.couples.match(tokens, at)
        if found is None:
            return None
        phrase = counted_after(tokens, found[1], self._grammar.nouns)
        if not self._grammar.nouns.is_person(phrase.head):
            return None
        bound = self._bounds.read(tokens, at, floor)
        bound = replace(bound, modifier=bound.modifier or found[0])
        words = join_lines(tokens.words(at, found[1]))
        return self._maker.from_value(
            tokens, (at, phrase.end), Decimal(2), bound, (PEOPLE, phrase.words), f"“{words}”", sure=False
        )

    def _unit(self, tokens: Tokens, end: int) -> tuple[str, str, int, bool]:
        nouns = self._grammar.nouns
        at = end + 1 if tokens[end].lower in nouns.links else end
        for table in (nouns.currencies_after, nouns.units):
            if found := table.match(tokens, at):
                of = counted_of(tokens, found[1], nouns)
                return found[0], of.words, max(found[1], of.end), True
        phrase = counted_of(tokens, end, nouns) if at > end else counted_after(tokens, end, nouns)
        if not phrase.head and tokens[end].is_word:
            return PEOPLE, "", end + (tokens[end].lower in nouns.leads), False
        return unit_for(phrase.head, nouns), phrase.words, phrase.end, bool(phrase.head)
