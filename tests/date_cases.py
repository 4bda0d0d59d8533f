"""The tables of dates in words: how each case is read, and what came of it."""

import re
import tomllib
from collections import Counter
from pathlib import Path

from language.dates import read_dates

CASES = Path(__file__).parent / "cases"
MARK = re.compile(r"[\[\]]")


def groups(*names):
    """The groups of sentences of some tables."""
    return [group for name in names for group in tomllib.loads((CASES / name).read_text(encoding="utf-8"))["groups"]]


def cases(*names):
    """(marked text, the article's date, what is right) of each English case of the tables, or of dates.toml."""
    chosen = groups(*names or ("dates.toml",))
    return [(text, one["on"], right) for one in chosen if "language" not in one for text, right in one["cases"]]


def all_cases():
    """(marked text, the article's date, what is right, language) of each case of dates.toml and dates_kinds.toml."""
    chosen = groups("dates.toml", "dates_kinds.toml")
    return [(text, one["on"], right, one.get("language", "en")) for one in chosen for text, right in one["cases"]]


def unseen_cases(name="dates_unseen"):
    """The cases of tests/cases/NAME.toml, which were made by someone who had not seen the reader."""
    return tomllib.loads((CASES / f"{name}.toml").read_text(encoding="utf-8"))["case"]


def outcome(marked, on, right, language="en"):
    """right, unsure (shown as such), wrong (taken silently) or missed, and what was read."""
    text = MARK.sub("", marked)
    found = read_dates(text, published=on, language=language)
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


def unseen_outcome(case):
    """sure or unsure where all dates of a text are read right; wrong where what is wrong is sure, else missed."""
    found = read_dates(case["text"], published=case["article"], language=case.get("language", "en"))
    values = sorted(one.edtf for one in found if one.edtf)
    if any(one.sure and one.edtf not in case["expect"] for one in found):
        return "wrong"
    if values != sorted(case["expect"]):
        return "missed"
    return "sure" if all(one.sure for one in found if one.edtf) else "unsure"


def rates():
    """How many cases of dates.toml came out how."""
    return Counter(outcome(*case)[0] for case in cases())


def all_rates():
    """How many of all cases are read right and surely (sure), right and shown as unsure, wrong but sure, or missed."""
    counted = Counter(unseen_outcome(case) for case in unseen_cases())
    for marked, on, right, language in all_cases():
        came, found = outcome(marked, on, right, language)
        if came == "right":
            counted["sure"] += 1
        elif came == "unsure" and [one.edtf for one in found] == [right]:
            counted["unsure"] += 1
        else:
            counted["wrong" if came == "wrong" else "missed"] += 1
    return counted
