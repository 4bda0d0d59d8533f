"""The table of amounts in words: how each case is read, and what came of it."""

import tomllib
from collections import Counter
from decimal import Decimal
from pathlib import Path

from language.amounts import read_amounts

TABLE = Path(__file__).parent / "cases" / "amounts.toml"


def cases():
    """(marked text, what is right) of each case; the second is empty where the text tells no amount."""
    return tomllib.loads(TABLE.read_text(encoding="utf-8"))["cases"]


def figures(right):
    """(amount, lower, upper, modifier, unit), and what is counted or None where that is not asked."""
    fields = right.split("|")
    numbers = tuple(Decimal(one) if one else None for one in fields[:3])
    return (*numbers, *fields[3:5]), fields[5] if len(fields) > 5 else None


def outcome(marked, right):
    """right, unsure (shown as such), wrong (taken silently) or missed, and what was read."""
    text = marked.replace("[", "").replace("]", "")
    found = read_amounts(text)
    if not right:
        return ("wrong" if any(one.sure for one in found) else "unsure" if found else "right"), found
    start, end = marked.index("["), marked.index("]") - 1
    there = [one for one in found if one.start < end and start < one.end]
    if not there:
        return "missed", found
    wanted, counted = figures(right)
    one = there[0]
    read = (one.amount, one.lower, one.upper, one.modifier, one.unit)
    if read == wanted and counted in (None, one.counted) and len(there) == 1 and one.start == start:
        return "right", there
    return ("wrong" if any(one.sure for one in there) else "unsure"), there


def rates():
    """How many cases came out how."""
    return Counter(outcome(*case)[0] for case in cases())
