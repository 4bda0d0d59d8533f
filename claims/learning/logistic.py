"""Logistic regression in plain Python: small, penalised, and the same on every run. Pure.

Coordinate descent with a bound on the curvature (Böhning and Lindsay, 1988): each step is exact enough never to make
the penalised likelihood worse, needs no step size and no chance.
"""

from collections import Counter
from collections.abc import Sequence
from math import exp

Features = dict[str, float]

PENALTY = 2.0  # the strength of the pull of every weight towards where it starts
STARTS = {"trust": 2.0}  # what is believed before any decision: the rules' own confidence. All other weights start at 0
SWEEPS = 40
SEEN = 5  # how often a feature has to occur to get a weight
FOLDS = 5


def train(rows: Sequence[Features], useful: Sequence[bool]) -> dict[str, float]:
    """A weight for every feature that occurs at least `SEEN` times. Time is rows x features x `SWEEPS`."""
    seen = Counter(name for row in rows for name in row)
    columns = {name: [] for name in sorted(seen) if seen[name] >= SEEN}
    for number, row in enumerate(rows):
        for name, value in row.items():
            if name in columns and value:
                columns[name].append((number, value))
    weights = {name: STARTS.get(name, 0.0) for name in columns}
    margins = [sum(weights.get(name, 0.0) * value for name, value in row.items()) for row in rows]
    for _ in range(SWEEPS):
        for name, column in columns.items():
            penalty = 0.01 if name == "always" else PENALTY
            away = weights[name] - STARTS.get(name, 0.0)
            slope = sum(value * (useful[n] - squash(margins[n])) for n, value in column) - penalty * away
            step = slope / (sum(value * value for _, value in column) / 4 + penalty)
            weights[name] += step
            for n, value in column:
                margins[n] += step * value
    return weights


def squash(margin: float) -> float:
    """The logistic function, for any number."""
    return 1 / (1 + exp(-max(-50.0, min(50.0, margin))))


def likelihood(weights: dict[str, float], row: Features) -> float:
    """How likely this desk is to use the proposal with these features, from 0 to 1."""
    return squash(sum(weights.get(name, 0.0) * value for name, value in row.items()))


def held_out(rows: Sequence[Features], useful: Sequence[bool], groups: Sequence) -> list[float]:
    """For every row the likelihood that a model gives it which has not seen it, nor any row of its group.

    `groups` (one article's rows, say) are dealt to `FOLDS` parts in turn; with fewer groups the rows are dealt.
    """
    names = sorted(set(groups))
    if len(names) < FOLDS:
        parts = [number % FOLDS for number in range(len(rows))]
    else:
        dealt = {name: number % FOLDS for number, name in enumerate(names)}
        parts = [dealt[group] for group in groups]
    answers = [0.0] * len(rows)
    for part in range(FOLDS):
        known = [number for number, one in enumerate(parts) if one != part]
        weights = train([rows[n] for n in known], [useful[n] for n in known])
        for number, one in enumerate(parts):
            if one == part:
                answers[number] = likelihood(weights, rows[number])
    return answers


def in_order(answers: Sequence[float], useful: Sequence[bool]) -> float:
    """Share of pairs of a useful and a useless one that stand in the right order (the area under the ROC curve).

    Ties count half. 0.5 is chance, and what is told where one of the two is missing.
    """
    ranked = sorted(zip(answers, useful, strict=True))
    right, below, place = 0.0, 0, 0
    while place < len(ranked):
        level = [one for answer, one in ranked[place:] if answer == ranked[place][0]]
        good = sum(level)
        right += good * (below + (len(level) - good) / 2)
        below += len(level) - good
        place += len(level)
    pairs = below * (len(ranked) - below)
    return right / pairs if pairs else 0.5


def threshold(answers: Sequence[float], useful: Sequence[bool], *, lost: float) -> float:
    """The likelihood under which at most the share `lost` of the useful ones lies, never above one half."""
    kept = sorted(answer for answer, good in zip(answers, useful, strict=True) if good)
    return min(0.5, kept[int(lost * len(kept))]) if kept else 0.0
