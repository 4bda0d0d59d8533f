"""Two numbers that belong together: the ends of a range, or what something was and is."""

from dataclasses import replace
from decimal import Decimal

from .amount_types import AT_LEAST, DASHES, SPELT_OUT, UP_TO, Bound, Outcome, join_lines, make_amount, shorten
from .exclusion_rules import is_year
from .noun_phrases import PEOPLE, NounPhrase, counted_after
from .numbers import HYPHENS
from .quantities import Quantity
from .reader_parts import ReaderParts
from .text_tokens import Tokens

_THOUSAND = Decimal(1000)
_MOST_BEFORE_CHANGE = 4  # words between a verb of change and its number


class RangeReader:
    """Reads ranges and changes with the words of one language."""

    def __init__(self, parts: ReaderParts) -> None:
        self._grammar, self._quantities, self._rules = parts.grammar, parts.quantities, parts.rules
        self._bounds, self._units, self._maker = parts.bounds, parts.units, parts.maker

    def second_end(
        self, tokens: Tokens, first: Quantity, opener: int | None, floor: int
    ) -> tuple[Quantity | None, Quantity]:
        """The other end of a range that begins with `first`, and `first` as it is then to be read."""
        second = self._second_of(tokens, first, opener)
        if second is None and opener is not None:
            # "between one hundred and two hundred": not "one hundred and two" hundred
            shorter = self._quantities.read(tokens, first.number_start, floor, join=False)
            if isinstance(shorter, Quantity) and shorter.end < first.end:
                second = self._second_of(tokens, shorter, opener)
                first = shorter if second is not None else first
        return second, first

    def _second_of(self, tokens: Tokens, first: Quantity, opener: int | None) -> Quantity | None:
        """The number behind a joint after `first`, where both can be the ends of a range."""
        ranges, end = self._grammar.ranges, first.end
        counted_end = end
        joint = tokens[end].lower
        if self._is_hanging(tokens, end):
            counted_end, joint = end + 1, tokens[end + 1].lower
        elif not self._is_joint(joint, opener) and not first.unit:
            phrase = counted_after(tokens, end, self._grammar.nouns)
            if not phrase.head or not self._is_joint(tokens[phrase.end].lower, opener) or opener is None:
                return None
            counted_end = phrase.end
            joint = tokens[counted_end].lower
        if not self._is_joint(joint, opener):
            return None
        if joint in ranges.joints and joint in DASHES and tokens.touch(end - 1) != tokens.touch(end):
            return None
        at = counted_end + 1
        if money := self._grammar.nouns.currencies_before.match(tokens, at):
            at = money[1]
        elif first.before and tokens[at].text in self._grammar.nouns.letters_before and tokens.touch(at):
            at += 1  # “between N55,000 and N60,000”
        elif self._grammar.bounds.before.match(tokens, at) or tokens[at].lower in self._grammar.bounds.negations:
            return None
        if tokens[at].lower in DASHES and tokens.touch(at) and not tokens.touch(at - 1):
            at += 1  # the sign of a number below zero
        second = self._quantities.read(tokens, at, counted_end + 1)
        if not isinstance(second, Quantity) or second.start != counted_end + 1:
            return None
        return second if self._are_ends(tokens, first, second, joint) else None

    def _is_hanging(self, tokens: Tokens, end: int) -> bool:
        """Whether a hyphen hangs behind a number whose unit comes with the next: "8- to 16-metre masts"."""
        joint = tokens[end + 1].lower
        is_joint = joint in self._grammar.ranges.alternatives or (
            joint in self._grammar.ranges.joints and joint not in DASHES
        )
        return tokens[end].lower in HYPHENS and tokens.touch(end - 1) and not tokens.touch(end) and is_joint

    def _is_joint(self, word: str, opener: int | None) -> bool:
        ranges = self._grammar.ranges
        return (
            word in ranges.joints or word in ranges.alternatives or (opener is not None and word in ranges.pair_joints)
        )

    def _are_ends(self, tokens: Tokens, first: Quantity, second: Quantity, joint: str) -> bool:
        """Whether two numbers can be the ends of one range: of one unit, the first below the second."""
        if first.unit and first.unit != second.unit and not (first.before and not second.unit):
            return False
        if second.before and not first.before:
            return False
        if is_year(first) and (is_year(second) or second.number.value < 100):
            return False
        if second.negative and not first.negative:
            return False
        if second.value < first.value and self._runs_down(tokens, first):
            return joint not in self._grammar.ranges.alternatives
        low = self._scaled(tokens, first, second)[0]
        if joint in self._grammar.ranges.alternatives and not self._are_near(low, second.value):
            return False
        return low < second.value

    def _runs_down(self, tokens: Tokens, first: Quantity) -> bool:
        """Whether a range may be told from its upper end: "ranged from -18 °C to -34 °C"."""
        ranges, at = self._grammar.ranges, first.start - 1
        return tokens[at].lower in ranges.from_words and tokens[at - 1].lower in ranges.range_words

    @staticmethod
    def _are_near(low: Decimal, high: Decimal) -> bool:
        """Whether "or" may stand between two ends: "five or six", hardly "five or 300"."""
        return low > 0 and high <= low * 5

    def _scaled(self, tokens: Tokens, first: Quantity, second: Quantity) -> tuple[Decimal, bool]:
        """The first number with the scale that only the second has ("1 to 2 million", "30-40,000"), whether sure."""
        value, number = first.value, second.number
        if first.unit and not first.before:
            return value, True
        if first.number.scale == 1 and number.scale > 1 and abs(value) < min(_THOUSAND, number.scale):
            scaled = value * number.scale
            if abs(scaled) < abs(second.value):
                return scaled, True
            return value, False
        printed = tokens[second.number_start].text
        small = first.number.scale == number.scale == 1 and 0 < value < _THOUSAND
        if small and printed.endswith((",000", ",500")) and value * _THOUSAND < second.value:
            return value * _THOUSAND, tokens[first.end].lower in DASHES
        return value, True

    def read(
        self, tokens: Tokens, first: Quantity, second: Quantity, bound: Bound, opener: int | None, floor: int
    ) -> Outcome | None:
        """Two ends of a range; or what a number was and what it is now, each by itself."""
        joint = tokens[second.start - 1].lower
        context = (
            self._change(tokens, first) if opener is None and joint not in self._grammar.ranges.alternatives else ""
        )
        if context == "from":
            return self._former(tokens, first, bound, "the value before it changed")
        if context == "by" and second.unit not in self._grammar.nouns.percents:
            return self._former(tokens, first, bound, "perhaps by how much it changed")
        low, sure = self._scaled(tokens, first, second)
        low, high = sorted((low, second.value))
        second_sure = second.sure or (first.before and second.number.sure)  # "$5-10m" are millions
        sure = sure and first.sure and second_sure and context == ""
        unit, phrase, counted_sure = self._units.unit_and_counted(tokens, second, second.end)
        if not unit and first.unit:
            unit, counted_sure = first.unit, True
        elif not unit and self._units.are_people(tokens, first):
            unit, counted_sure = PEOPLE, False
        is_score = joint in DASHES and second.number.scale == 1 and second.value < _THOUSAND
        is_small = is_score or second.value < SPELT_OUT or is_year(second)
        if not unit and is_small and not bound.modifier and opener is None:
            return Outcome(second.end)
        whole = replace(second, start=first.start)
        if self._rules.counts_nothing(tokens, whole, bare=False, floor=floor) or self._rules.is_dated_by(
            tokens, second
        ):
            return Outcome(second.end)
        start = opener if opener is not None else first.start
        start = min(start, bound.start)
        if tokens[start - 1].lower in self._grammar.ranges.from_words and start - 1 >= floor:
            start -= 1
            if tokens[start - 1].lower in self._grammar.ranges.anywhere and start - 1 >= floor:
                start -= 1
        end = max(second.end, phrase.end)
        if behind := self._maker.bound_behind(tokens, end):
            end = behind[1]
        modifier = "" if bound.modifier in (UP_TO, AT_LEAST) else bound.modifier
        reasons = ["from … to …"] if sure else ["a range, or a change"]
        if not unit:
            reasons.append("what is counted is not clear")
        amount = make_amount(
            tokens, (start, end), (None, shorten(low), shorten(high)), (modifier, unit, phrase.words),
            "; ".join(reasons), sure and counted_sure and bool(unit) and bound.sure,
        )  # fmt: skip
        return Outcome(end, amount)

    def _change(self, tokens: Tokens, first: Quantity) -> str:
        """How a pair of numbers tells of a change: "from" one to the other, "by" one to the other, perhaps so."""
        ranges = self._grammar.ranges
        before = tokens[first.start - 1].lower
        words = [tokens[at].lower for at in range(first.start - 2, first.start - 2 - _MOST_BEFORE_CHANGE, -1)]
        changed = any(word in ranges.changes for word in words)
        if before in ranges.from_words:
            if changed:
                return "from"
            opens = not tokens[first.start - 2].is_word or any(word in ranges.range_words for word in words[:3])
            return "" if opens else "perhaps"
        dashed = tokens[first.end].lower in DASHES
        if not dashed and (before in ranges.changes or (before in ranges.by_words and changed)):
            return "by"
        return ""

    def _former(self, tokens: Tokens, first: Quantity, bound: Bound, why: str) -> Outcome:
        """What a number was before it changed, or how much it did; what it is now is read by itself."""
        second = self._quantities.read(tokens, first.end + 1, first.end + 1)
        unit, phrase = first.unit, NounPhrase(first.end)
        value = first.value
        if isinstance(second, Quantity):
            value = self._scaled(tokens, first, second)[0]
            unit = unit or self._units.unit_and_counted(tokens, second, second.end)[0]
        changed = replace(first, value=value)
        return self._maker.from_quantity(tokens, changed, bound, unit, phrase, None, sure=False, why=why)

    def two_bounds(self, tokens: Tokens, first: Quantity, bound: Bound) -> Outcome | None:
        """ "more than 400 but fewer than 500", "fewer than 30 and more than 20": a range."""
        joint = tokens[first.end].lower
        if joint not in self._grammar.bounds.contrasts and joint not in self._grammar.numbers.joints:
            return None
        found = self._grammar.bounds.before.match(tokens, first.end + 1)
        if found is None or {found[0], bound.modifier} != {AT_LEAST, UP_TO}:
            return None
        second = self._quantities.read(tokens, found[1], found[1])
        if not isinstance(second, Quantity):
            return None
        if bound.modifier == AT_LEAST:
            is_range, (low, scaled) = self._are_ends(tokens, first, second, ""), self._scaled(tokens, first, second)
            high = second.value
        else:
            is_range, low, high, scaled = self._are_ends(tokens, second, first, ""), second.value, first.value, True
        if not is_range:
            return None
        unit, phrase, sure = self._units.unit_and_counted(tokens, second, second.end)
        end = max(second.end, phrase.end)
        amount = make_amount(
            tokens, (bound.start, end), (None, shorten(low), shorten(high)), ("", unit, phrase.words),
            f"“{join_lines(bound.printed)} … {join_lines(tokens.words(first.end + 1, found[1]))}”",
            sure and scaled and first.sure and second.sure and bound.sure and bool(unit),
        )  # fmt: skip
        return Outcome(end, amount)
