"""Shares as percentages: "one in six", "two thirds of the women", "half a percent"."""

from dataclasses import replace
from decimal import Decimal

from .amount_types import DASHES, Bound, Outcome, join_lines, make_amount, shorten
from .exclusion_rules import is_year
from .noun_phrases import PERCENT, NounPhrase, counted_after, counted_of
from .quantities import Quantity
from .reader_parts import ReaderParts
from .text_tokens import Tokens


class ShareReader:
    """Reads shares with the words of one language."""

    def __init__(self, parts: ReaderParts) -> None:
        self._starters = parts.grammar.starters
        self._grammar, self._quantities, self._rules = parts.grammar, parts.quantities, parts.rules
        self._bounds, self._units, self._maker = parts.bounds, parts.units, parts.maker

    def read(self, tokens: Tokens, at: int, floor: int) -> Outcome | None:
        """ "one in six", "two thirds of", "half of": a share as a percentage."""
        if not (tokens[at].is_number or tokens[at].lower in self._starters):
            return None
        return self._ratio(tokens, at, floor) or self._fraction(tokens, at, floor)

    def _ratio(self, tokens: Tokens, at: int, floor: int) -> Outcome | None:
        """ "one in six", "two out of five hundred"."""
        words = self._grammar.numbers
        if tokens[at].is_number and not (tokens[at + 1].is_word or tokens[at + 1].lower in DASHES):
            return None
        top = self._quantities.read(tokens, at, floor)
        if not isinstance(top, Quantity) or top.unit or top.start != at or top.number.value != int(top.number.value):
            return None
        between = self._persons_between(tokens, top)
        joint = self._grammar.shares.joints.match(tokens, between.end)
        if joint is None:
            return None
        bottom = self._quantities.read(tokens, joint[1], joint[1])
        if not isinstance(bottom, Quantity) or bottom.number_start != joint[1] or bottom.money:
            return None
        low, high = top.number.value, bottom.number.value
        if (
            not 0 < low < high
            or (is_year(bottom) and high % 500)
            or bottom.number.round
            or tokens[at].lower in words.articles
        ):
            return None
        in_one_word, linked = joint[1] - between.end == 1, tokens[between.end].lower in self._grammar.nouns.links
        if bottom.unit or (in_one_word and linked and high not in (10, 100)):
            return None
        few = low < 10 and (high in (10, 100, 1000) or high < 10)
        sure = not in_one_word or (not linked and (low == 1 or few))
        if in_one_word and low > 20:
            return None
        if between.words:
            if counted_after(tokens, bottom.end, self._grammar.nouns).head:
                return None
            bound = self._bounds.read(tokens, at, floor)
            return self._share_of(
                tokens, (at, bottom.end), low / high, bound, replace(between, end=bottom.end), sure=False
            )
        if self._rules.counts_nothing(tokens, replace(top, end=joint[1]), bare=False, floor=floor):
            return None
        phrase = counted_of(tokens, bottom.end, self._grammar.nouns)
        if not phrase.words:
            phrase = counted_after(tokens, bottom.end, self._grammar.nouns)
        bound = self._bounds.read(tokens, at, floor)
        return self._share_of(tokens, (at, bottom.end), low / high, bound, phrase, sure=sure and bool(phrase.head))

    def _persons_between(self, tokens: Tokens, top: Quantity) -> NounPhrase:
        """The persons in "one person in five"; empty where the number is followed by none."""
        nouns = self._grammar.nouns
        at = top.end
        if tokens[at].lower in nouns.singular_persons and top.value == 1:
            return NounPhrase(at + 1, tokens[at].text, tokens[at].lower)
        if tokens[at].is_word and nouns.is_person(tokens[at].lower):
            return NounPhrase(at + 1, tokens[at].text, tokens[at].lower)
        return NounPhrase(at)

    def _fraction(self, tokens: Tokens, at: int, floor: int) -> Outcome | None:
        """ "two thirds of the women", "half the boats", "more than half", "half an hour", "a quarter of a percent"."""
        shares, nouns, words = self._grammar.shares, self._grammar.nouns, self._grammar.numbers
        top, after = Decimal(1), at
        number_end = 0
        if tokens[at].lower in words.articles or tokens[at].lower in words.small:
            top = Decimal(words.small.get(tokens[at].lower, 1))
            after = at + 2 if tokens[at + 1].lower in DASHES else at + 1
        elif tokens[at].is_number:
            if tokens[at + 1].is_word or tokens[at + 1].is_number:
                return None  # no "2/3"
            read = self._quantities.read(tokens, at, floor)
            if not isinstance(read, Quantity) or read.end != at + 3 or read.unit or not 0 < read.number.value < 1:
                return None
            top, number_end = read.number.value, read.end
        bottom = Decimal(words.fractions.get(tokens[after].lower, 0)) if not number_end else Decimal(1)
        if not bottom or top >= bottom:
            return None
        is_half = tokens[after].lower in shares.halves
        if after == at and not is_half and not number_end:
            return None
        end = number_end or after + 1
        if tokens[at - 1].lower in shares.not_before and floor <= at - 1:
            return None
        if self._is_scaled_fraction(tokens, at, floor):
            return None
        if measured := self._measured_fraction(tokens, at, end, top / bottom, floor):
            return measured
        if both := self._range_of_fractions(tokens, at, end, top / bottom, floor):
            return both
        bound = self._bounds.read(tokens, at, floor)
        follows, compares = tokens[end].lower, False
        if follows in nouns.links:
            if tokens[end + 1].is_number and tokens[end + 1].text.isdigit() and len(tokens[end + 1].text) == 4:
                return None
            phrase = counted_of(tokens, end, nouns)
            if not phrase.words:
                phrase = replace(self._units.counted_in_whole(tokens, end + 1), end=end)
        elif is_half and follows in shares.wholes:
            phrase = counted_after(tokens, end + 1, nouns)
            compares = tokens[end + 1].lower in shares.measures
        elif bound.modifier or (tokens[at - 1].lower in shares.by_words and (after > at or is_half)):
            if tokens[end].is_word and tokens[end].lower not in nouns.ends:
                return None
            phrase = NounPhrase(end)
        else:
            return None
        if tokens[end].lower in DASHES and tokens.touch(end - 1):
            return None
        return self._share_of(tokens, (at, end), top / bottom, bound, phrase, sure=bool(phrase.words) and not compares)

    def _range_of_fractions(self, tokens: Tokens, at: int, end: int, low: Decimal, floor: int) -> Outcome | None:
        """ "between a third and a half of the patients"."""
        ranges, words = self._grammar.ranges, self._grammar.numbers
        opener = self._bounds.range_opener(tokens, at, floor)
        joint = tokens[end].lower
        if joint not in (ranges.pair_joints if opener is not None else ranges.joints):
            return None
        first, here = Decimal(1), end + 1
        if tokens[here].lower in words.articles or tokens[here].lower in words.small:
            first = Decimal(words.small.get(tokens[here].lower, 1))
            here = here + 2 if tokens[here + 1].lower in DASHES else here + 1
        high = first / words.fractions.get(tokens[here].lower, 10**6)
        if not low < high < 1:
            return None
        phrase = counted_of(tokens, here + 1, self._grammar.nouns)
        stop = max(here + 1, phrase.end)
        start = at if opener is None else opener
        amount = make_amount(
            tokens, (start, stop), (None, shorten(100 * low), shorten(100 * high)), ("", PERCENT, phrase.words),
            "a range of shares, in percent", bool(phrase.words),
        )  # fmt: skip
        return Outcome(stop, amount)

    def _is_scaled_fraction(self, tokens: Tokens, at: int, floor: int) -> bool:
        """Whether a number begins here that is read as such: "half a million"."""
        read = self._quantities.read(tokens, at, floor)
        return isinstance(read, Quantity) and read.number.scale > 1

    def _measured_fraction(self, tokens: Tokens, at: int, end: int, fraction: Decimal, floor: int) -> Outcome | None:
        """ "half an hour", "half a percent", "a tenth of a percentage point", "half of one percent"."""
        nouns, numbers = self._grammar.nouns, self._grammar.numbers
        here = end + 1 if tokens[end].lower in nouns.links else end
        word = tokens[here].lower
        if word in numbers.articles or numbers.small.get(word) == 1 or (here > end and tokens[here].text == "1"):
            here += 1
        elif here > end:
            return None
        unit = nouns.units.match(tokens, here) or nouns.currencies_after.match(tokens, here)
        if unit is None or (here == end and unit[0] not in nouns.percents):
            return None
        if unit[0] in nouns.times and tokens[unit[1]].lower in self._grammar.exclusions.since_words:
            return Outcome(unit[1])  # "half a year ago"
        bound = self._bounds.read(tokens, at, floor)
        of = counted_of(tokens, unit[1], nouns)
        words = join_lines(tokens.words(at, unit[1]))
        return self._maker.from_value(
            tokens, (at, max(unit[1], of.end)), fraction, bound, (unit[0], of.words), f"“{words}”", sure=True
        )

    def _share_of(
        self, tokens: Tokens, span: tuple[int, int], share: Decimal, bound: Bound, phrase: NounPhrase, *, sure: bool
    ) -> Outcome:
        end = max(span[1], phrase.end)
        words = join_lines(tokens.words(*span))
        return self._maker.from_value(
            tokens,
            (span[0], end),
            100 * share,
            bound,
            (PERCENT, phrase.words),
            f"“{words}”: a share, in percent",
            sure=sure,
        )
