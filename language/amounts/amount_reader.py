"""All amounts of a text, in its order, each with its bounds, unit and what it counts."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import Decimal

from ..windows import Place, occurrences, small_letters, windows_around
from .amount_grammar import Grammar, grammar_of
from .noun_phrases import CURRENCIES, PERCENT, counted_after, unit_for
from .numbers import Number, value_of

Match = re.Match[str]
AT_LEAST, UP_TO, ABOUT = "at least", "up to", "about"  # modifiers of a claim
# More than stands in any rule before and after the number: “anywhere in the region of another”, “percent or more”.
_BEFORE_IT, _AFTER_IT = 64, 48
_TOO_LARGE = 10**16
_SPELT_OUT = 13  # the first number that may be printed in digits and count nothing that is named
_DIGITS = re.compile("[0-9]+")
_YEAR = re.compile(r"(?:1[0-9]{3}|20[0-9]{2})")
_PHONE = re.compile(r"[\s()-]{0,2}[0-9]{2,}[\s()-]{0,2}")


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


Reader = Callable[[str, Match, Grammar], AmountInWords | None]


def read_amounts(text: str, *, language: str = "en") -> list[AmountInWords]:
    """Every amount that `text` tells, in its order, none overlapping another; linear in the length of the text.

    Years, ages, days of a month, times of day, telephone numbers and the numbers of articles, rooms and the like are
    left out, and "one" or "two" before what is pointed at ("one of the women", "the two sides"). Nothing is found in a
    language without a grammar of amounts.
    """
    grammar = grammar_of(language)
    if grammar is None:
        return []
    found: list[AmountInWords] = []
    end = 0
    hits = list(matches(text, grammar))
    # Of what only looks like a range ("5 and 7") the second number stands by itself.
    seconds = (
        grammar.amount.match(text, hit.end("range")) for read, hit in hits if read is read_number and hit["range"]
    )
    hits += [(read_number, hit) for hit in seconds if hit]
    for read, match in sorted(hits, key=lambda hit: (hit[1].start(), -hit[1].end())):
        if match.start() < end:
            continue
        amount = read(text, match, grammar)
        if amount is not None:
            found.append(amount)
            end = amount.end
    return found


def matches(text: str, grammar: Grammar) -> Iterator[tuple[Reader, Match]]:
    """(function, match) of all rules, tried only around the signs of numbers."""
    windows = windows_around(text, signs_in(text, grammar), before=_BEFORE_IT, after=_AFTER_IT)
    for pattern, read in rules_of(grammar):
        for start, end in windows:
            for match in pattern.finditer(text, start, end):
                yield read, match


def rules_of(grammar: Grammar) -> tuple[tuple[re.Pattern[str], Reader], ...]:
    """What an amount can look like, each with the function that reads a match of it."""
    return (grammar.amount, read_number), (grammar.share, read_share), (grammar.vague, read_vague)


def signs_in(text: str, grammar: Grammar) -> list[Place]:
    """The places of digits and of words that begin a number or a share, in their order."""
    words = (
        place
        for place in occurrences(small_letters(text), grammar.signs)
        if not (place[0] and text[place[0] - 1].isalnum())
    )
    return sorted((*(match.span() for match in _DIGITS.finditer(text)), *words))


def read_number(text: str, match: Match, grammar: Grammar) -> AmountInWords | None:
    """Digits or number words, with modifier, range, percent sign, currency, unit."""
    first = value_of(match["n"], grammar.numbers)
    second = value_of(match["n2"], grammar.numbers) if match["n2"] else None
    if first is None or (match["n2"] and second is None) or first.value >= _TOO_LARGE:
        return None
    if second is not None and not is_range(match, first, second, grammar):
        # "in 1996 and 12 others": read the first alone, the second comes by itself
        alone = grammar.amount.match(text, match.start(), match.end("n"))
        return read_number(text, alone, grammar) if alone else None
    money, percent = match["money"], bool(match["p1"] or match["p2"])
    if not money and not percent and counts_nothing(text, match, grammar):
        return None
    unit, counted, end = unit_and_counted(text, match, grammar)
    is_small = first.value < _SPELT_OUT or not match["n"][0].isdigit()
    if not counted and not unit and is_small and not modifier_of(match, grammar):
        return None  # "the two sides", "one", a bare small number: nothing is counted
    if is_pointed_at(text, match, grammar):
        return None
    return with_bounds(text, match, (first, second), (unit, counted, end), grammar)


def with_bounds(
    text: str,
    match: Match,
    numbers: tuple[Number, Number | None],
    counted_things: tuple[str, str, int],
    grammar: Grammar,
) -> AmountInWords:
    """The amount with the bounds that its modifier or range sets."""
    (first, second), (unit, counted, end) = numbers, counted_things
    late = match["after"] or ""
    if not late and (behind := grammar.modifier_after.match(text, end)):
        late, end = behind[0], behind.end()
    late = late.strip().lower()
    modifier = grammar.modifiers_after.get(late) or modifier_of(match, grammar)
    printed = match["modifier"].strip() if match["modifier"] else late
    sure, why = first.sure and (second is None or second.sure), []
    if not sure:
        why.append("the separators can be read in two ways")
    amount: Decimal | None = first.value
    lower: Decimal | None = None
    upper: Decimal | None = None
    if second is not None:
        low, high = first.value, second.value
        if low < 1000 and has_scale_behind(match, grammar):
            low *= scale_of(match["n2"], grammar)
        amount, lower, upper = None, low, high
        modifier = "" if modifier in (UP_TO, AT_LEAST) else modifier
        why.append("from … to …")
    elif modifier == AT_LEAST:
        lower = amount
        why.append(f"“{printed}”: a lower bound")
    elif modifier == UP_TO:
        upper = amount
        why.append(f"“{printed}”: an upper bound")
    elif first.round and not modifier:
        modifier = ABOUT
        why.append("a round number")
    else:
        why.append(f"“{match['modifier'].strip()}”" if match["modifier"] else "the number as printed")
    if not unit:
        sure = False
        why.append("what is counted is not clear")
    start, stop = match.start(), max(end, match.end())
    return AmountInWords(
        start, stop, text[start:stop], amount, lower, upper, modifier, unit, counted, "; ".join(why), sure
    )


def modifier_of(match: Match, grammar: Grammar) -> str:
    """The Claim's word for the modifier before the number; "at least" and "up to" win over "an estimated"."""
    if not match["modifier"]:
        return ""
    phrases = map(str.lower, grammar.modifier.findall(match["modifier"]))
    modifiers = [grammar.modifiers[phrase] for phrase in phrases if phrase in grammar.modifiers]
    bounds = (modifier for modifier in modifiers if modifier in (AT_LEAST, UP_TO))
    return next(bounds, modifiers[0] if modifiers else "")


def has_scale_behind(match: Match, grammar: Grammar) -> bool:
    """Whether the second number has a scale that the first leaves out: “1 to 2 million”."""
    return bool(grammar.scale.search(match["n2"])) and not grammar.scale.search(match["n"])


def scale_of(printed: str, grammar: Grammar) -> Decimal:
    """What the words behind the first word of a number multiply it by; 1 if they do not."""
    words = printed.split()
    number = value_of(printed, grammar.numbers)
    first = value_of(words[0], grammar.numbers) if words else None
    return number.value / first.value if number and first and first.value else Decimal(1)


def is_range(match: Match, first: Number, second: Number, grammar: Grammar) -> bool:
    """Whether two numbers are the ends of one range: “between” or “from” with its own joint, or a dash or “to”."""
    if not match["range"]:
        return False
    opener = " ".join((match["between"] or "").lower().split())
    if match["range"].strip() in grammar.pair_joints and opener not in grammar.pair_openers:
        return False
    scaled = has_scale_behind(match, grammar) and first.value < 1000
    return first.value * (scale_of(match["n2"], grammar) if scaled else 1) < second.value


def counts_nothing(text: str, match: Match, grammar: Grammar) -> bool:
    """Whether the number is a year, an age, a day, a time, a telephone number or the number of something."""
    rules, printed, is_bare = grammar.exclusions, match["n"], not match["modifier"]
    before, after = text[max(0, match.start() - 16) : match.start("n")], text[match.end() : match.end() + 24]
    year = _YEAR.fullmatch(printed)
    if is_bare and rules.before.search(before):
        time = rules.time_before.search(before)
        if not time or (year and not rules.plural_after.match(after)):
            return True
    after_first = text[match.end("n") : match.end("n") + 24]
    return bool(
        (year and is_bare and (match["range"] or not counted_after(text, match.end(), grammar.nouns)[2]))
        or (rules.turns_before.search(before) and len(printed) < 4 and rules.turns_after.match(after))
        or (not match["after"] and (rules.after.match(after) or rules.after.match(after_first)))
        or (rules.age_before.search(before) and rules.age_after.match(after))
        or (printed.isdigit() and (_PHONE.match(after) or printed.startswith("0") or len(printed) > 9))
    )


def is_pointed_at(text: str, match: Match, grammar: Grammar) -> bool:
    """“the two sides”, “these three men”, “one former guard”: a small number word that points, and counts nothing."""
    if match["modifier"] or match["range"]:
        return False
    word, before = match["n"].lower(), text[max(0, match.start() - 8) : match.start()].lower()
    return word in grammar.exclusions.numbers or (
        word in grammar.numbers.small and bool(grammar.exclusions.pointer.search(before))
    )


def unit_and_counted(text: str, match: Match, grammar: Grammar) -> tuple[str, str, int]:
    """(unit, what is counted, where it ends) after a number."""
    end, money, nouns = match.end(), match["money"], grammar.nouns
    percent = match["p1"] or match["p2"]
    if money:
        return CURRENCIES[money] or money, "", end
    unit = None if percent else nouns.unit.match(text, end)
    if unit or percent:
        end = unit.end() if unit else end
        stop, counted = end, ""
        if link := nouns.link.match(text, end):
            stop, counted, _ = counted_after(text, link.end() - 1, nouns)
        name = nouns.units[" ".join(unit["unit"].lower().split())] if unit else PERCENT
        return name, counted, max(stop, end)
    stop, counted, head = counted_after(text, end, nouns)
    return unit_for(head, nouns), counted, max(end, stop)


def read_share(text: str, match: Match, grammar: Grammar) -> AmountInWords | None:
    """“one in six”, “two thirds of”, “half of”: a share as a percentage."""
    fraction = fraction_of(match, grammar)
    if fraction is None:
        return None
    top, bottom = fraction
    if not bottom or top >= bottom:
        return None
    link = grammar.nouns.link.match(text, match.end())
    start = link.end() - 1 if link else match.end() - 1 if match["half"] else match.end()
    stop, counted, _ = counted_after(text, start, grammar.nouns)
    amount = (100 * top / bottom).quantize(Decimal("0.0001")).normalize()
    amount = amount.quantize(Decimal(1)) if amount == amount.to_integral() else amount
    modifier, words = modifier_of(match, grammar), match[0].strip()
    lower, upper = (amount if modifier == bound else None for bound in (AT_LEAST, UP_TO))
    stop = max(stop, match.start() + len(words))
    return AmountInWords(
        match.start(), stop, text[match.start() : stop], amount, lower, upper, modifier, PERCENT, counted,
        f"“{words}”: a share, in percent", bool(counted),
    )  # fmt: skip


def fraction_of(match: Match, grammar: Grammar) -> tuple[Decimal, Decimal] | None:
    """The numbers above and below the line of the fraction that a share writes."""
    numbers = grammar.numbers
    if match["half"]:
        return Decimal(1), Decimal(2)
    if match["top_in"]:
        top, bottom = value_of(match["top_in"], numbers), value_of(match["bottom_in"], numbers)
        return (top.value, bottom.value) if top and bottom else None
    top = value_of(match["top"], numbers)
    return (top.value, Decimal(numbers.fractions[match["bottom"].lower()])) if top else None


def read_vague(text: str, match: Match, grammar: Grammar) -> AmountInWords | None:
    """“hundreds of”, “tens of thousands”: two of the unit at the least, and no amount."""
    modifier, nouns = modifier_of(match, grammar), grammar.nouns
    if modifier == UP_TO:
        return None  # "up to hundreds" bounds nothing
    words = match["word"].lower()
    lower = Decimal(2)
    for word in words.split():
        lower *= grammar.numbers.multiples.get(word, 1)
    stop, counted, head = counted_after(text, match.end(), nouns)
    unit = nouns.units.get(counted.lower()) or unit_for(head, nouns)
    return AmountInWords(
        match.start(), max(stop, match.end()), text[match.start() : max(stop, match.end())], None, lower, None,
        "" if modifier == AT_LEAST else modifier, unit, counted, f"“{words}”: at least two of them", bool(unit),
    )  # fmt: skip
