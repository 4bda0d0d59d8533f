"""The tables of names: pairs that are one name and pairs that are two, half of each held out, and pairs by kind."""

import tomllib
from pathlib import Path

from language.names.name_likeness import LIKELY, NO, POSSIBLE, SAME
from language.names.name_pairs import compare

LEVELS = (NO, POSSIBLE, LIKELY, SAME)
TABLES = Path(__file__).parent / "cases"


def pairs(table):
    """The pairs of tests/cases/names_TABLE.txt."""
    lines = (TABLES / f"names_{table}.txt").read_text(encoding="utf-8").splitlines()
    return [tuple(name.strip() for name in line.split("|")) for line in lines if line and not line.startswith("#")]


def unseen_pairs(name="name_pairs"):
    """(kind, expected, name, other) of tests/cases/NAME.toml, which was made without sight of the rules."""
    table = tomllib.loads((TABLES / f"{name}.toml").read_text(encoding="utf-8"))
    return [
        (kind, expected, *pair)
        for kind, levels in table.items()
        for expected, level_pairs in levels.items()
        for pair in level_pairs
    ]


def recall_at_precision(same, different, precision=0.99):
    """The share of pairs of one name that stand above the lowest score down to which so many pairs are right."""
    ranked = sorted([(_rank(pair), True) for pair in same] + [(_rank(pair), False) for pair in different], reverse=True)
    right, recall = 0, 0.0
    for count, (place, is_right) in enumerate(ranked, 1):
        right += is_right
        last_of_its_place = count == len(ranked) or ranked[count][0] != place
        if last_of_its_place and right / count >= precision:
            recall = right / len(same)
    return recall


def _rank(pair):
    found = compare(*pair)
    return LEVELS.index(found.level), found.score


def halves(table):
    """(looked at while the rules were written, held out)."""
    found = pairs(table)
    return found[::2], found[1::2]


def measured(same, different):
    """(precision, recall) of "same" over pairs that are one name and pairs that are two."""
    right = sum(compare(*pair).level == SAME for pair in same)
    wrong = sum(compare(*pair).level == SAME for pair in different)
    return right / (right + wrong), right / len(same)
