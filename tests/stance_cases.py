"""The tables of sentences with the stance they take towards a claim, and how many are read right."""

import tomllib
from collections import Counter
from pathlib import Path

from language.stances import stance_towards

CASES = Path(__file__).parent / "cases"
OPEN = "nothing"


def cases(name):
    """(sentence, speaker, claim, the answers that are right) of a table."""
    for case in tomllib.loads((CASES / f"{name}.toml").read_text(encoding="utf-8"))["case"]:
        right = [answer.replace(OPEN, "") for answer in (case["expect"], *case.get("also", ()))]
        yield case["sentence"], case["speaker"], case["claim"], right


def rates(name):
    """How many are right, wrong, and left open though something is said."""
    counted = Counter()
    for sentence, speaker, claim, right in cases(name):
        answer = stance_towards(claim, sentence, speaker=speaker)
        counted["right" if answer in right else "wrong" if answer else "missed"] += 1
    return counted
