"""The tables of amounts in words: how each case is read, and what came of it."""

import tomllib
from collections import Counter
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

from language.amounts import read_amounts

CASES = Path(__file__).parent / "cases"
NEAR = Fraction(1, 10_000)  # how far a number that is no decimal may be from what was read, as a share of it


def cases():
    """(marked text, what is right) of each case of one amount; the second is empty where the text tells none."""
    return tomllib.loads((CASES / "amounts.toml").read_text(encoding="utf-8"))["cases"]


def sentences(name):
    """(text, all amounts that it tells) of each sentence of a table."""
    table = tomllib.loads((CASES / name).read_text(encoding="utf-8"))["sentences"]
    return [(text, right) for text, right, *_ in table]


def figures(right):
    """(amount, lower, upper, modifier, unit), and what is counted or None where that is not asked."""
    fields = right.split("|")
    numbers = tuple(Decimal(number) if number else None for number in fields[:3])
    return (*numbers, *fields[3:5]), fields[5] if len(fields) > 5 else None


def outcome(marked, right):
    """sure (and right), unsure (right, shown as unsure), wrong (shown as sure) or missed, and what was read."""
    text = marked.replace("[", "").replace("]", "")
    found = read_amounts(text)
    if not right:
        return ("wrong" if any(amount.sure for amount in found) else "missed" if found else "sure"), found
    start, end = marked.index("["), marked.index("]") - 1
    there = [amount for amount in found if amount.start < end and start < amount.end]
    if not there:
        return "missed", found
    wanted, counted = figures(right)
    amount = there[0]
    read = (amount.amount, amount.lower, amount.upper, amount.modifier, amount.unit)
    if read == wanted and counted in (None, amount.counted) and len(there) == 1 and amount.start == start:
        return ("sure" if amount.sure else "unsure"), there
    return ("wrong" if any(amount.sure for amount in there) else "missed"), there


def outcome_of_sentence(text, right):
    """As `outcome`, of all amounts of a sentence: it is right if they are, and nothing else is read."""
    found = read_amounts(text)
    left, every_one, all_sure = list(found), True, True
    for wanted in filter(None, right.split("; ")):
        fields = wanted.split("|")
        same = next((amount for amount in left if is_same(amount, fields)), None)
        if same is not None:
            left.remove(same)
            all_sure = all_sure and (same.sure or fields[-1] == "earlier")
        elif fields[-1] != "earlier":
            every_one = False
    if any(amount.sure for amount in left):
        return "wrong", found
    if not every_one or left:
        return "missed", found
    return ("sure" if all_sure else "unsure"), found


def is_same(amount, fields):
    """Whether an amount is the one that the fields of a table name. A bound has no amount there."""
    read = [amount.amount, amount.lower, amount.upper]
    if amount.lower is not None or amount.upper is not None:
        read[0] = None
    for number, field in zip(read, fields[:3], strict=True):
        if (number is None) != (field == ""):
            return False
        if number is not None:
            right, value = Fraction(field), Fraction(number)
            if fields[-1] == "change":
                right, value = abs(right), abs(value)
            if abs(value - right) > NEAR * max(1, abs(right)):
                return False
    unit, counted = fields[3], fields[4]
    if unit:
        return amount.unit == unit
    return not counted or amount.counted == counted or amount.unit in counted.split()


def outcomes():
    """((text, what is right), what came of it, what was read) of every case of both tables."""
    for case in cases():
        yield (case, *outcome(*case))
    for name in ("amounts.toml", "amounts_unseen.toml"):
        for case in sentences(name):
            yield (case, *outcome_of_sentence(*case))


def rates():
    """How many cases came out how."""
    return Counter(came for _, came, _ in outcomes())
