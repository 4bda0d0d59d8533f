"""How sure a proposal is: the share of proposals like it that were right where that is known.

The odds of the words of evidence (see confidence.py) are multiplied as if they did not depend on one another (naive
Bayes); what the product is worth is read from a table made by isotonic regression, the pool-adjacent-violators
algorithm of Ayer et al. (1955), as Zadrozny and Elkan (KDD 2002) calibrate such classifiers. `benchmarks/calibrate.py`
makes the table, confidence.txt of the language's folder.
"""

import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import accumulate

ROUNDING = 1e-3  # of the scores in the table
UNKNOWN = 0.5  # where there is no table


@dataclass
class Calibration:
    """What a language's table says: the (right, all) of each word of evidence, and the worth of scores.

    `steps` holds (least score, probability), rising; a score below the first is worth what the first is.
    """

    counts: dict[str, tuple[int, int]] = field(default_factory=dict)
    steps: list[tuple[float, float]] = field(default_factory=list)
    known: dict[tuple[str, ...], float] = field(default_factory=dict)  # probabilities worked out before

    def score(self, evidence: Iterable[str]) -> float:
        """The sum of the log odds of each word of evidence, with one right and one wrong added (Laplace)."""
        total = 0.0
        for word in evidence:
            right, seen = self.counts.get(word, (0, 0))
            total += math.log((right + 1) / (seen - right + 1))
        return total

    def probability(self, evidence: tuple[str, ...]) -> float:
        """How often proposals with this evidence are right; between 0 and 1."""
        if evidence not in self.known:
            self.known[evidence] = self.worth(evidence)
        return self.known[evidence]

    def worth(self, evidence: Iterable[str]) -> float:
        score, found = self.score(evidence), self.steps[0][1] if self.steps else UNKNOWN
        for least, worth in self.steps:
            if score < least - ROUNDING:
                break
            found = worth
        return found


def read_calibration(lines: Iterable[tuple[str, str]]) -> Calibration:
    """The calibration of a table's (section, line): [evidence] word right all, [steps] score probability."""
    found = Calibration()
    for section, line in lines:
        first, *numbers = line.split()
        if section == "steps":
            found.steps.append((float(first), float(numbers[0])))
        else:
            found.counts[first] = (int(numbers[0]), int(numbers[1]))
    return found


def pool_adjacent_violators(values: Sequence[tuple[float, bool]]) -> list[tuple[float, float]]:
    """(least score, share of right ones) of each step of the best rising fit to (score, right)."""
    blocks: list[tuple[float, int, int]] = []  # least score, right, all
    for score, right in sorted(values):
        if blocks and blocks[-1][0] == score:
            least, had, seen = blocks.pop()
            blocks.append((least, had + right, seen + 1))
        else:
            blocks.append((score, int(right), 1))
        while len(blocks) > 1 and blocks[-2][1] * blocks[-1][2] >= blocks[-1][1] * blocks[-2][2] and blocks[-1][2]:
            last, before = blocks.pop(), blocks.pop()
            blocks.append((before[0], before[1] + last[1], before[2] + last[2]))
    shares = accumulate(
        ((right + 1) / (seen + 2) for _, right, seen in blocks), max
    )  # rising, after Laplace's rule too
    return [(least, share) for (least, _, _), share in zip(blocks, shares, strict=True)]


def table_lines(calibration: Calibration) -> Iterator[str]:
    """The lines that `read_calibration` reads."""
    yield "[evidence]"
    yield from (f"{word} {right} {seen}" for word, (right, seen) in sorted(calibration.counts.items()))
    yield "[steps]"
    yield from (f"{score:.4f} {worth:.3f}" for score, worth in calibration.steps)
