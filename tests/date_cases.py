"""The table of dates in words: how each case is read, and what came of it."""

import re
import tomllib
from collections import Counter
from pathlib import Path

from language.dates import read_dates

TABLE = Path(__file__).parent / "cases" / "dates.toml"
MARK = re.compile(r"[\[\]]")


def cases():
    """(marked text, the article's date, what is right) of each case."""
    table = tomllib.loads(TABLE.read_text(encoding="utf-8"))
    return [(text, group["on"], right) for group in table["groups"] for text, right in group["cases"]]


def outcome(marked, on, right):
    """right, unsure (shown as such), wrong (taken silently) or missed, and what was read."""
    text = MARK.sub("", marked)
    found = read_dates(text, published=on)
    if "[" not in marked:
        return ("wrong", found) if any(one.sure for one in found) else ("unsure" if found else "right", found)
    start, end = marked.index("["), marked.rindex("]") - len(MARK.findall(marked)) + 1
    there = [one for one in found if one.start < end and start < one.end]
    if not there:
        return "missed", found
    if all(one.edtf == right and (one.sure or not right) for one in there):
        return "right", there
    if any(one.sure for one in there):
        return "wrong", there
    return ("right" if not right else "unsure"), there


def rates():
    """How many cases came out how."""
    return Counter(outcome(*case)[0] for case in cases())
