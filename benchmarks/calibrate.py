#!/usr/bin/env python3
"""Make the table that confidence of suggested attributions is read from (language/attributions/calibration.py).

    benchmarks/calibrate.py [--stances FILE] [--write]

Reads the cases and invented articles of tests/cases, which were written for this project, by hand and mostly without
sight of the rules; with --stances also a table of sentences with a `speaker` each. Counts how often proposals with each
word of evidence were right, fits the steps and prints the table with how far it is from what it was made of; --write
puts it into language/en/attributions/confidence.txt. Annotated corpora whose licence does not allow it are no source:
measure with them (benchmarks/attributions.py), do not fit to them.
"""

import argparse
import sys
import tomllib
from collections import defaultdict
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from articles.reading import clutter_spans  # noqa: E402
from language.attributions import suggest  # noqa: E402
from language.attributions.calibration import Calibration, pool_adjacent_violators, table_lines  # noqa: E402
from tests.attribution_cases import articles, cases, matched, same_speaker  # noqa: E402
from tests.press_cases import HALF, WORD, matches, predictions  # noqa: E402
from tests.press_cases import articles as press_articles  # noqa: E402

STANCES = ROOT / "tests" / "cases" / "stances_unseen.toml"
TABLE = ROOT / "language" / "en" / "attributions" / "confidence.txt"


def judged(stances):
    """(evidence, right) of each proposal."""
    for text, expected, _ in (*cases(), *articles()):
        yield from ((proposal.evidence, right) for right, proposal in matched(text, expected)[0])
    for article in press_articles("dev"):
        yield from judged_in_press(article)
    if stances is not None:
        for case in tomllib.loads(stances.read_text(encoding="utf-8"))["case"]:
            for proposal in suggest(case["sentence"]):
                printed = " ".join(case["sentence"][start:end] for start, end in proposal.source)
                yield (
                    proposal.evidence,
                    any(same_speaker(case["speaker"], name) for name in (proposal.speaker, printed)),
                )


def judged_in_press(article):
    """(evidence, right) of each proposal of a whole article; those that its marks call optional are left out."""
    words = [match.span() for match in WORD.finditer(article.text)]
    proposals = suggest(article.text, clutter=clutter_spans(article.text))
    proposed = [next(predictions([proposal], words)) for proposal in proposals]
    found = matches(article.attributions, proposed, article.text, words)
    for j, proposal in enumerate(proposals):
        if j not in found:
            yield proposal.evidence, False
        elif not article.attributions[found[j][0]].is_optional:
            yield proposal.evidence, found[j][1] and found[j][2] >= HALF


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--stances", type=Path, help="default: that of tests/cases, if there")
    parser.add_argument("--write", action="store_true")
    options = parser.parse_args()
    if options.stances is None and STANCES.exists():
        options.stances = STANCES
    seen = list(judged(options.stances))
    counts = defaultdict(lambda: (0, 0))
    for evidence, right in seen:
        for word in evidence:
            counts[word] = (counts[word][0] + right, counts[word][1] + 1)
    calibration = Calibration(dict(counts))
    steps = pool_adjacent_violators([(round(calibration.score(evidence), 4), right) for evidence, right in seen])
    calibration.steps = [(round(score, 4), worth) for score, worth in steps]
    table = "\n".join(table_lines(calibration))
    print(table)
    brier = sum((calibration.probability(evidence) - right) ** 2 for evidence, right in seen) / len(seen)
    print(f"\n{len(seen)} proposals, {sum(right for _, right in seen)} right, Brier score {brier:.3f}")
    if options.write:
        head = (
            "# What the evidence for a proposal is worth: made by benchmarks/calibrate.py of the cases in tests/cases\n"
            "# (attributions.toml, attribution_texts.toml, presses/dev, stances_unseen.toml). Not to be edited.\n"
            f"# {len(seen)} proposals.\n"
        )
        TABLE.write_text(f"{head}{table}\n", encoding="utf-8")


if __name__ == "__main__":
    main()
