"""The tables of names: pairs that are one name and pairs that are two, half of each held out."""

from pathlib import Path

from language.names.name_pairs import SAME, compare

TABLES = Path(__file__).parent / "cases"


def pairs(table):
    """The pairs of tests/cases/names_TABLE.txt."""
    lines = (TABLES / f"names_{table}.txt").read_text(encoding="utf-8").splitlines()
    return [tuple(name.strip() for name in line.split("|")) for line in lines if line and not line.startswith("#")]


def halves(table):
    """(looked at while the rules were written, held out)."""
    found = pairs(table)
    return found[::2], found[1::2]


def measured(same, different):
    """(precision, recall) of "same" over pairs that are one name and pairs that are two."""
    right = sum(compare(*pair).level == SAME for pair in same)
    wrong = sum(compare(*pair).level == SAME for pair in different)
    return right / (right + wrong), right / len(same)
