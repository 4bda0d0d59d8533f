"""All amounts of a text, in its order, each with its bounds, unit and what it counts."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cache

from .amount_grammar import Grammar, grammar_of
from .exclusion_rules import ExclusionRules, is_year
from .noun_phrases import PEOPLE, PERCENT, NounPhrase, counted_after, counted_of, unit_for
from .numbers import NoNumber
from .printed_digits import read_digits
from .quantities import Quantity, QuantityReader
from .text_tokens import Tokens

AT_LEAST, UP_TO, ABOUT = "at least", "up to", "about"  # modifiers of a claim
_SPELT_OUT = 13  # the first number that may be printed in digits and count nothing that is named
_MOST_MODIFIERS = 4
_MOST_BEFORE_NUMBER = 12  # words between a noun that counts persons and the number
_MOST_BEFORE_CHANGE = 4  # words between a verb of change and its number
_CLAUSE_ENDS = frozenset(".;:!?")
_DASHES = frozenset("-–—−‐‑")


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


def read_amounts(text: str, *, language: str = "en") -> list[AmountInWords]:
    """Every amount that `text` tells, in its order, none overlapping another; linear in the length of the text.

    Years, ages, days of a month, times of day, telephone numbers and the numbers of articles, rooms and the like are
    left out, and "one" or "two" before what is pointed at ("one of the women", "the two sides"). In a language without
    a grammar of amounts only percentages and large numbers in digits are found, without what they count, and unsure.
    """
    reader = _reader_of(language)
    if reader:
        return list(reader.read(text))
    tokens = Tokens(text)
    return [
        _amount(
            tokens, (start, end), (_shortened(number), None, None), ("", unit, ""),
            "the digits as printed; the words around them are not read", False,
        )
        for start, end, number, unit in read_digits(tokens)
    ]  # fmt: skip


@cache
def _reader_of(language: str) -> "AmountReader | None":
    grammar = grammar_of(language)
    return AmountReader(grammar) if grammar else None


class AmountReader:
    """Reads amounts with the words of one language."""

    def __init__(self, grammar: Grammar) -> None:
        self._grammar = grammar
        self._starters = grammar.starters
        self._quantities = QuantityReader(grammar)
        self._rules = ExclusionRules(grammar)

    def read(self, text: str) -> Iterator[AmountInWords]:
        tokens = Tokens(text)
        at = floor = 0
        while at < len(tokens):
            token = tokens[at]
            found = None
            if token.is_number or token.lower in self._starters or token.kind == "sign":
                found = self._share(tokens, at, floor) or self._number(tokens, at, floor)
            if found is None and token.is_word:
                found = self._vague(tokens, at, floor)
            if found is None:
                at += 1
                continue
            if found.amount is not None:
                yield found.amount
                floor = found.end
            at = max(found.end, at + 1)

    # What stands before

    def _bound(self, tokens: Tokens, start: int, floor: int) -> Bound:
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

    def _range_opener(self, tokens: Tokens, start: int, floor: int) -> int | None:
        found = self._grammar.ranges.openers.match_before(tokens, start, floor)
        return found[1] if found else None

    # Numbers

    def _number(self, tokens: Tokens, at: int, floor: int) -> Outcome | None:
        """Digits or number words, with modifier, range, percent sign, currency, unit."""
        quantity = self._quantities.read(tokens, at, floor)
        if quantity is None:
            return None
        if isinstance(quantity, NoNumber):
            return Outcome(quantity.end)
        opener = self._range_opener(tokens, quantity.start, floor)
        second, quantity = self._second(tokens, quantity, opener, floor)
        bound = self._bound(tokens, opener if opener is not None else quantity.start, floor)
        bare = not bound.modifier and second is None
        if self._rules.counts_nothing(tokens, quantity, bare=bare, floor=floor):
            return self._left_out(tokens, quantity, second)
        if second is not None:
            return self._range(tokens, quantity, second, bound, opener, floor)
        if bound.modifier == AT_LEAST and (both := self._two_bounds(tokens, quantity, bound)):
            return both
        if self._is_small_score(tokens, quantity):
            return Outcome(tokens_behind_score(tokens, quantity))
        return self._single(tokens, quantity, bound, floor)

    def _left_out(self, tokens: Tokens, quantity: Quantity, second: Quantity | None) -> Outcome:
        """Behind the number, and behind those that a dash or nothing joins to it: of a telephone, of two days."""
        end = quantity.end if second is None else second.end
        while tokens[end].is_number or (tokens[end].lower in _DASHES and tokens[end + 1].is_number):
            end += 1
        return Outcome(end)

    def _is_small_score(self, tokens: Tokens, quantity: Quantity) -> bool:
        """ "3-1", "51–49": numbers that a dash joins and that make no range."""
        end = quantity.end
        return (
            not quantity.unit and tokens[end].lower in _DASHES and tokens.touch(end - 1) and tokens.touch(end)
            and tokens[end + 1].is_number
        )  # fmt: skip

    def _two_bounds(self, tokens: Tokens, first: Quantity, bound: Bound) -> Outcome | None:
        """ "more than 400 but fewer than 500": a range."""
        if tokens[first.end].lower not in self._grammar.bounds.contrasts:
            return None
        found = self._grammar.bounds.before.match(tokens, first.end + 1)
        if found is None or found[0] != UP_TO:
            return None
        second = self._quantities.read(tokens, found[1], found[1])
        if not isinstance(second, Quantity) or not self._are_ends(tokens, first, second, ""):
            return None
        unit, phrase, sure = self._unit_and_counted(tokens, second, second.end)
        low, scaled = self._scaled(tokens, first, second)
        end = max(second.end, phrase.end)
        amount = _amount(
            tokens, (bound.start, end), (None, _shortened(low), _shortened(second.value)), ("", unit, phrase.words),
            f"“{_in_line(bound.printed)} … {_in_line(tokens.words(first.end + 1, found[1]))}”",
            sure and scaled and first.sure and second.sure and bool(unit),
        )  # fmt: skip
        return Outcome(end, amount)

    def _single(self, tokens: Tokens, quantity: Quantity, bound: Bound, floor: int) -> Outcome:
        words, end = self._grammar.exclusions, quantity.end
        late = self._grammar.bounds.after_number.match(tokens, end)
        counted_at = late[1] if late else end
        if tokens[end].lower in _DASHES and tokens[end + 1].lower in words.strong:
            return self._made(tokens, quantity, bound, PEOPLE, NounPhrase(end + 2), None, sure=False)
        if tokens[end].lower in self._grammar.numbers.fractions and not quantity.unit:
            return Outcome(end + 1)  # "two halves"
        unit, phrase, sure = self._unit_and_counted(tokens, quantity, counted_at)
        if added := self._with_smaller_unit(tokens, quantity):
            quantity, phrase = added, NounPhrase(added.end)
        if self._rules.is_dated_by(tokens, quantity):
            return Outcome(end)
        if not unit and not self._may_stand_alone(tokens, quantity, bound, phrase, late is not None):
            return Outcome(max(end, quantity.end))
        if is_year(quantity) and not quantity.unit:
            if not phrase.head or self._is_dated(tokens, quantity):
                return Outcome(end)
            value = quantity.number.value
            is_bound = bool(bound.modifier) and bound.printed.lower() not in self._grammar.bounds.prepositions
            sure = sure and (is_bound or (unit == PEOPLE and (bool(bound.modifier) or value < 1900)))
        if not bound.modifier and not quantity.money and self._rules.has_name_before(tokens, quantity):
            sure = False
        bound, bound_sure = self._bound_of_time_or_place(tokens, quantity, bound)
        sure = sure and bound_sure
        if quantity.unit in self._grammar.nouns.times and tokens[quantity.number_start].lower in words.unit_numbers:
            sure = sure and quantity.number.scale != 1  # "one day it rained"
        if phrase.head and self._is_title(tokens, quantity, phrase):
            sure = False
        if tokens[quantity.start - 1].lower in self._grammar.ranges.alternatives and floor < quantity.start - 1:
            sure = sure and not self._is_number_word(tokens, quantity.start - 2)
        if not phrase.head and not quantity.unit and tokens[end].is_word and tokens[end].text[:1].isupper():
            return Outcome(end)  # "10 Downing Street"
        if tokens[quantity.start - 1].lower in words.sequence_words:
            if not phrase.head and not quantity.unit:
                return Outcome(end)
            sure = False
        if tokens[quantity.start - 1].lower in self._grammar.ranges.from_words and floor == quantity.start - 1 > 0:
            sure = False  # "to 2.1% from 2.6%"
        return self._made(tokens, quantity, bound, unit, phrase, late, sure=sure)

    def _is_number_word(self, tokens: Tokens, at: int) -> bool:
        return tokens[at].is_number or tokens[at].lower in self._grammar.numbers.small

    def _is_title(self, tokens: Tokens, quantity: Quantity, phrase: NounPhrase) -> bool:
        """Whether words with capitals follow that may be a name: "12 Angry Men", "Three Gorges"."""
        unit_is_thing = not self._grammar.nouns.is_person(phrase.head)
        words = [tokens[at] for at in range(quantity.end, phrase.end)]
        return all(word.text[:1].isupper() for word in words[:2]) and (len(words) > 1 or unit_is_thing)

    def _bound_of_time_or_place(self, tokens: Tokens, quantity: Quantity, bound: Bound) -> tuple[Bound, bool]:
        """The bound, without a word that says how long ("over ten years"), and whether it is sure: "under two laws"."""
        bounds, word = self._grammar.bounds, bound.printed.lower()
        if word in bounds.during and quantity.unit in self._grammar.nouns.times:
            if tokens[bound.start - 1].lower in bounds.lasting_before:
                return bound, True
            return Bound(quantity.start), False
        few = not quantity.number.digits and not quantity.unit and abs(quantity.value) < _SPELT_OUT
        return bound, not (few and word in bounds.places)

    def _with_smaller_unit(self, tokens: Tokens, first: Quantity) -> Quantity | None:
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

    def _may_stand_alone(
        self, tokens: Tokens, quantity: Quantity, bound: Bound, phrase: NounPhrase, late: bool
    ) -> bool:
        """Whether a number without a unit is an amount at all: "the two sides", "one", a bare small number are none."""
        is_small = abs(quantity.value) < _SPELT_OUT or not quantity.number.digits
        if is_small and quantity.number.scale >= 100:
            is_small = False
        if is_year(quantity):
            return False
        return bool(phrase.words) or not is_small or bool(bound.modifier) or late

    def _is_dated(self, tokens: Tokens, quantity: Quantity) -> bool:
        """Whether a number like a year is one: "the 1967 borders", "in 2017 police said"."""
        before = tokens[quantity.start - 1].lower
        words = self._grammar.exclusions
        return before in words.time_words or before in words.pointers or before.endswith("'s")

    def _unit_and_counted(self, tokens: Tokens, quantity: Quantity, at: int) -> tuple[str, NounPhrase, bool]:
        """(unit, what is counted, whether that is sure) of a number."""
        nouns, end = self._grammar.nouns, quantity.end
        if quantity.money:
            return quantity.unit, NounPhrase(end), True
        if quantity.unit:
            of = counted_of(tokens, end, nouns)
            if not of.words and tokens[end].lower in nouns.links:
                of = replace(self._counted_in_whole(tokens, end + 1), end=end)
            return quantity.unit, of, True
        if tokens[at].lower in nouns.links and (whole := self._whole(tokens, at + 1)):
            return whole, NounPhrase(end), False
        if (
            tokens[at].lower in nouns.links
            and tokens[at + 1].lower in self._grammar.exclusions.those | nouns.determiners
        ):
            phrase = counted_of(tokens, at, nouns)
            if tokens[at + 1].lower in self._grammar.exclusions.those and not phrase.head:
                return "", NounPhrase(end), False
            return unit_for(phrase.head, nouns), phrase, bool(phrase.head) and phrase.sure
        phrase = counted_after(tokens, at, nouns)
        if phrase.head:
            return unit_for(phrase.head, nouns), phrase, phrase.sure
        if abs(quantity.value) == 1 and tokens[at].lower in nouns.singular_persons:
            return PEOPLE, NounPhrase(at + 1, tokens[at].text), True
        if found := self._grammar.bounds.people_after.match(tokens, at):
            return PEOPLE, NounPhrase(end), found[0]
        if not phrase.words and self._people_are_counted(tokens, quantity):
            return PEOPLE, NounPhrase(end), False
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

    def _counted_in_whole(self, tokens: Tokens, at: int) -> NounPhrase:
        """What the number at `at` counts, of which there is a share: "20 percent of its 4,500 staff"."""
        here = at + 1 if tokens[at].lower in self._grammar.nouns.determiners else at
        whole = self._quantities.read(tokens, here, here)
        if not isinstance(whole, Quantity) or whole.unit or is_year(whole):
            return NounPhrase(at)
        return counted_after(tokens, whole.end, self._grammar.nouns)

    def _people_are_counted(self, tokens: Tokens, quantity: Quantity) -> bool:
        """Whether a verb before the number has persons as its object, or a noun there counts them."""
        bounds = self._grammar.bounds
        for at in range(quantity.start - 1, max(quantity.start - 1 - _MOST_BEFORE_NUMBER, -1), -1):
            token = tokens[at]
            if token.lower in bounds.people_nouns or (at == quantity.start - 1 and token.lower in bounds.people_before):
                return True
            if token.kind == "gap" or token.lower in _CLAUSE_ENDS:
                return False
        return False

    def _made(
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
        if not late and (behind := self._grammar.bounds.after_unit.match(tokens, end)):
            late, printed, end = behind, tokens.words(end, behind[1]), behind[1]
        modifier = late[0] if late else bound.modifier
        printed = printed or bound.printed
        value = _shortened(quantity.value)
        lower = upper = None
        reasons = [why] if why else []
        if not quantity.sure:
            reasons.append("the number can be read in two ways")
        if modifier == AT_LEAST:
            lower = value
            reasons.append(f"“{_in_line(printed)}”: a lower bound")
        elif modifier == UP_TO:
            upper = value
            reasons.append(f"“{_in_line(printed)}”: an upper bound")
        elif quantity.number.round and not modifier:
            modifier = ABOUT
            reasons.append("a round number")
        else:
            reasons.append(f"“{_in_line(printed)}”" if printed else "the number as printed")
        if not unit:
            reasons.append("what is counted is not clear")
        is_sure = sure and quantity.sure and bound.sure and bool(unit)
        amount = _amount(
            tokens,
            (bound.start, end),
            (value, lower, upper),
            (modifier, unit, phrase.words),
            "; ".join(reasons),
            is_sure,
        )
        return Outcome(end, amount)

    # Ranges

    def _second(
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
        ranges, end = self._grammar.ranges, first.end
        counted_end = end
        joint = tokens[end].lower
        if not self._is_joint(joint, opener) and not first.unit:
            phrase = counted_after(tokens, end, self._grammar.nouns)
            if not phrase.head or not self._is_joint(tokens[phrase.end].lower, opener) or opener is None:
                return None
            counted_end = phrase.end
            joint = tokens[counted_end].lower
        if not self._is_joint(joint, opener):
            return None
        if joint in ranges.joints and joint in _DASHES and tokens.touch(end - 1) != tokens.touch(end):
            return None
        at = counted_end + 1
        for _ in range(2):
            if self._grammar.nouns.currencies_before.match(tokens, at) and not tokens[at].is_number:
                found = self._grammar.nouns.currencies_before.match(tokens, at)
                at = found[1] if found else at
            elif self._grammar.bounds.before.match(tokens, at) or tokens[at].lower in self._grammar.bounds.negations:
                return None
        second = self._quantities.read(tokens, at, counted_end + 1)
        if not isinstance(second, Quantity) or second.start != counted_end + 1:
            return None
        return second if self._are_ends(tokens, first, second, joint) else None

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
        low = self._scaled(tokens, first, second)[0]
        if joint in self._grammar.ranges.alternatives and not self._are_near(low, second.value):
            return False
        return low < second.value

    @staticmethod
    def _are_near(low: Decimal, high: Decimal) -> bool:
        return low > 0 and high <= low * 5

    def _scaled(self, tokens: Tokens, first: Quantity, second: Quantity) -> tuple[Decimal, bool]:
        """The first number with the scale that only the second has ("1 to 2 million", "30-40,000"), whether sure."""
        value, number = first.value, second.number
        if first.unit and not first.before:
            return value, True
        if first.number.scale == 1 and number.scale > 1 and abs(value) < 1000:
            scaled = value * number.scale
            if abs(scaled) < abs(second.value):
                return scaled, True
            return value, False
        printed = tokens[second.number_start].text
        small = first.number.scale == number.scale == 1 and 0 < value < 1000
        if small and printed.endswith((",000", ",500")) and value * 1000 < second.value:
            return value * 1000, tokens[first.end].lower in _DASHES
        return value, True

    def _range(
        self, tokens: Tokens, first: Quantity, second: Quantity, bound: Bound, opener: int | None, floor: int
    ) -> Outcome | None:
        """Two ends of a range; or what a number was and what it is now, each by itself."""
        joint = tokens[second.start - 1].lower
        context = (
            self._change(tokens, first) if opener is None and joint not in self._grammar.ranges.alternatives else ""
        )
        if context == "from":
            return self._former(tokens, first, bound, "the value before it changed")
        if context == "by" and not first.unit and second.unit not in self._grammar.nouns.percents:
            return self._former(tokens, first, bound, "perhaps by how much it changed")
        low, sure = self._scaled(tokens, first, second)
        second_sure = second.sure or (first.before and second.number.sure)  # "$5-10m" are millions
        sure = sure and first.sure and second_sure and context == ""
        unit, phrase, counted_sure = self._unit_and_counted(tokens, second, second.end)
        if not unit and first.unit:
            unit, counted_sure = first.unit, True
        elif not unit and self._people_are_counted(tokens, first):
            unit, counted_sure = PEOPLE, False
        dashed = joint in _DASHES and not unit
        is_small = dashed or second.value < _SPELT_OUT or is_year(second)
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
        if behind := self._grammar.bounds.after_unit.match(tokens, end):
            end = behind[1]
        modifier = "" if bound.modifier in (UP_TO, AT_LEAST) else bound.modifier
        if not modifier and (first.number.round or second.number.round):
            modifier = ""
        reasons = ["from … to …"] if sure else ["a range, or a change"]
        if not unit:
            reasons.append("what is counted is not clear")
        amount = _amount(
            tokens, (start, end), (None, _shortened(low), _shortened(second.value)), (modifier, unit, phrase.words),
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
        dashed = tokens[first.end].lower in _DASHES
        if not dashed and (before in ranges.changes or (before in ranges.by_words and not first.unit and changed)):
            return "by"
        return ""

    def _former(self, tokens: Tokens, first: Quantity, bound: Bound, why: str) -> Outcome:
        """What a number was before it changed, or how much it did; what it is now is read by itself."""
        second = self._quantities.read(tokens, first.end + 1, first.end + 1)
        unit, phrase = first.unit, NounPhrase(first.end)
        value = first.value
        if isinstance(second, Quantity):
            value = self._scaled(tokens, first, second)[0]
            unit = unit or self._unit_and_counted(tokens, second, second.end)[0]
        changed = replace(first, value=value)
        return self._made(tokens, changed, bound, unit, phrase, None, sure=False, why=why)

    # Shares

    def _share(self, tokens: Tokens, at: int, floor: int) -> Outcome | None:
        """ "one in six", "two thirds of", "half of": a share as a percentage."""
        if not (tokens[at].is_number or tokens[at].lower in self._starters):
            return None
        return self._ratio(tokens, at, floor) or self._fraction(tokens, at, floor)

    def _ratio(self, tokens: Tokens, at: int, floor: int) -> Outcome | None:
        """ "one in six", "two out of five hundred"."""
        words = self._grammar.numbers
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
            bound = self._bound(tokens, at, floor)
            return self._share_of(
                tokens, (at, bottom.end), low / high, bound, replace(between, end=bottom.end), sure=False
            )
        if self._rules.counts_nothing(tokens, replace(top, end=joint[1]), bare=False, floor=floor):
            return None
        phrase = counted_of(tokens, bottom.end, self._grammar.nouns)
        if not phrase.words:
            phrase = counted_after(tokens, bottom.end, self._grammar.nouns)
        bound = self._bound(tokens, at, floor)
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
            after = at + 2 if tokens[at + 1].lower in _DASHES else at + 1
        elif tokens[at].is_number:
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
        if self._quantities.read(tokens, at, floor) and self._is_scaled_fraction(tokens, at, floor):
            return None
        if measured := self._measured_fraction(tokens, at, end, top / bottom, floor):
            return measured
        if both := self._range_of_fractions(tokens, at, end, top / bottom, floor):
            return both
        bound = self._bound(tokens, at, floor)
        follows, compares = tokens[end].lower, False
        if follows in nouns.links:
            if tokens[end + 1].is_number and tokens[end + 1].text.isdigit() and len(tokens[end + 1].text) == 4:
                return None
            phrase = counted_of(tokens, end, nouns)
            if not phrase.words:
                phrase = replace(self._counted_in_whole(tokens, end + 1), end=end)
        elif is_half and follows in shares.wholes:
            phrase = counted_after(tokens, end + 1, nouns)
            compares = tokens[end + 1].lower in shares.measures
        elif bound.modifier or (tokens[at - 1].lower in shares.by_words and (after > at or is_half)):
            if tokens[end].is_word and tokens[end].lower not in nouns.ends:
                return None
            phrase = NounPhrase(end)
        else:
            return None
        if tokens[end].lower in _DASHES and tokens.touch(end - 1):
            return None
        return self._share_of(tokens, (at, end), top / bottom, bound, phrase, sure=bool(phrase.words) and not compares)

    def _range_of_fractions(self, tokens: Tokens, at: int, end: int, low: Decimal, floor: int) -> Outcome | None:
        """ "between a third and a half of the patients"."""
        ranges, words = self._grammar.ranges, self._grammar.numbers
        opener = self._range_opener(tokens, at, floor)
        joint = tokens[end].lower
        if joint not in (ranges.pair_joints if opener is not None else ranges.joints):
            return None
        first, here = Decimal(1), end + 1
        if tokens[here].lower in words.articles or tokens[here].lower in words.small:
            first = Decimal(words.small.get(tokens[here].lower, 1))
            here = here + 2 if tokens[here + 1].lower in _DASHES else here + 1
        high = first / words.fractions.get(tokens[here].lower, 10**6)
        if not low < high < 1:
            return None
        phrase = counted_of(tokens, here + 1, self._grammar.nouns)
        stop = max(here + 1, phrase.end)
        start = at if opener is None else opener
        amount = _amount(
            tokens, (start, stop), (None, _shortened(100 * low), _shortened(100 * high)), ("", PERCENT, phrase.words),
            "a range of shares, in percent", bool(phrase.words),
        )  # fmt: skip
        return Outcome(stop, amount)

    def _is_scaled_fraction(self, tokens: Tokens, at: int, floor: int) -> bool:
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
        number = self._quantities.read(tokens, at, floor)
        bound = self._bound(tokens, at, floor)
        of = counted_of(tokens, unit[1], nouns)
        words = _in_line(tokens.words(at, unit[1]))
        del number
        return self._with_value(
            tokens, (at, max(unit[1], of.end)), fraction, bound, (unit[0], of.words), f"“{words}”", sure=True
        )

    def _share_of(
        self, tokens: Tokens, span: tuple[int, int], share: Decimal, bound: Bound, phrase: NounPhrase, *, sure: bool
    ) -> Outcome:
        end = max(span[1], phrase.end)
        words = _in_line(tokens.words(*span))
        return self._with_value(
            tokens,
            (span[0], end),
            100 * share,
            bound,
            (PERCENT, phrase.words),
            f"“{words}”: a share, in percent",
            sure=sure,
        )

    def _with_value(
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
        value, end, modifier = _shortened(value), span[1], bound.modifier
        if behind := self._grammar.bounds.after_unit.match(tokens, end):
            modifier, end = behind[0], behind[1]
        lower, upper = (value if modifier == kind else None for kind in (AT_LEAST, UP_TO))
        amount = _amount(
            tokens,
            (min(bound.start, span[0]), end),
            (value, lower, upper),
            (modifier, *names),
            why,
            sure and bound.sure,
        )
        return Outcome(end, amount)

    # Numbers that are only bounded

    def _vague(self, tokens: Tokens, at: int, floor: int) -> Outcome | None:
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
                return self._vague_from(tokens, at, many[1], Decimal(2) * many[0], "", floor)
            if tokens[end].lower in nouns.links:
                end += 1
            lower, scaled = Decimal(2), False
            while factor := numbers.scales.get(tokens[end].lower) or numbers.rounds.get(tokens[end].lower):
                lower, end, scaled = lower * factor, end + 1, True
            if not scaled:
                return self._couple(tokens, at, floor)
        else:
            return self._couple(tokens, at, floor)
        return self._vague_from(tokens, at, end, lower, about, floor)

    def _vague_from(self, tokens: Tokens, start: int, end: int, lower: Decimal, about: str, floor: int) -> Outcome:
        """The number in the words from `start` up to `end`, `lower` at the least."""
        if tokens.touch(start - 1) and tokens[start - 1].lower in _DASHES:
            return Outcome(end)
        if tokens[start].text[:1].isupper() and self._rules.is_within_sentence(tokens, start):
            return Outcome(end)
        bound = self._bound(tokens, start, floor)
        if bound.modifier == UP_TO:
            return Outcome(end)  # "up to hundreds" bounds nothing
        words = _in_line(tokens.words(start, end))
        unit, counted, stop, is_sure = self._unit_of_vague(tokens, end)
        modifier = "" if bound.modifier == AT_LEAST else bound.modifier
        if about:
            values: tuple[Decimal | None, Decimal | None, Decimal | None] = (lower, None, None)
            modifier, why = modifier or about, f"“{words}”: two of them, more or less"
        else:
            values, why = (None, lower, None), f"“{words}”: at least two of them"
        amount = _amount(
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
        bound = self._bound(tokens, at, floor)
        bound = replace(bound, modifier=bound.modifier or found[0])
        words = _in_line(tokens.words(at, found[1]))
        return self._with_value(
            tokens, (at, phrase.end), Decimal(2), bound, (PEOPLE, phrase.words), f"“{words}”", sure=False
        )

    def _unit_of_vague(self, tokens: Tokens, end: int) -> tuple[str, str, int, bool]:
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


def tokens_behind_score(tokens: Tokens, quantity: Quantity) -> int:
    """The token behind numbers that dashes join."""
    end = quantity.end
    while tokens[end].lower in _DASHES and tokens[end + 1].is_number and tokens.touch(end):
        end += 2
    return end


def _shortened(value: Decimal) -> Decimal:
    """With four decimals at the most, and none where it is a whole number."""
    short = value.quantize(Decimal("0.0001")).normalize()
    return short.quantize(Decimal(1)) if short == short.to_integral() else short


def _in_line(printed: str) -> str:
    return " ".join(printed.split())


def _amount(
    tokens: Tokens,
    span: tuple[int, int],
    figures: tuple[Decimal | None, Decimal | None, Decimal | None],
    names: tuple[str, str, str],
    why: str,
    sure: bool,
) -> AmountInWords:
    start, end = tokens[span[0]].start, tokens[span[1] - 1].end
    return AmountInWords(start, end, tokens.text[start:end], *figures, *names, why, sure)
