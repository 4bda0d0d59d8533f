#!/usr/bin/env python3
"""How well attributions are suggested in whole articles of ten kinds of press, annotated by hand: tests/cases/presses.

    benchmarks/presses.py [dev|held|short] [--wrong] [--least 0.33]

Figures of each article and of all: precision and recall (a proposal covers more than 0.3 of a content), F1, the share
of those with the right speaker, F1 of triples (half of the words and the right speaker), how many of those shown as
sure are right, and how many right ones are shown as sure. --wrong lists what is wrong, of the half `dev` alone.
"""

import argparse
import pathlib
import sys
from collections import Counter

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent))

from language.attributions.proposals import LEAST
from tests.press_cases import HALVES, WORD, articles, rates, score


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("halves", nargs="*", metavar="half", help="dev, held, short; all without it")
    parser.add_argument("--wrong", action="store_true", help="list what is wrong in dev; of held only how many by kind")
    parser.add_argument("--least", type=float, default=LEAST, help="confidence from which proposals count: the desk's")
    options = parser.parse_args()
    for half in options.halves or HALVES:
        if half not in HALVES:
            parser.error(f"{half}: the halves are {', '.join(HALVES)}.")
        measure(half, options)


def measure(half, options):
    everything, kinds = Counter(), Counter()
    names = list(rates(Counter()))
    print(f"{half:12} {'gold':>5} {'props':>5} " + " ".join(f"{name:>11}" for name in names))
    for article in articles(half):
        count, wrong = score(article, options.least)
        everything.update(count)
        kinds.update((kind, article.name) for kind, _, _ in wrong)
        print_rates(article.name, count)
        if options.wrong and half == "dev":
            for kind, attribution, prediction in wrong:
                print(f"    {kind}: {describe(article.text, attribution)}")
                print(f"        proposed: {describe_prediction(article.text, prediction)}")
    print_rates("all", everything)
    for kind in sorted({kind for kind, _ in kinds}):
        by_press = ", ".join(f"{name} {count}" for (which, name), count in sorted(kinds.items()) if which == kind)
        print(f"  {kind}: {by_press}")


def print_rates(name, count):
    figures = " ".join(f"{figure:11.3f}" for figure in rates(count).values())
    print(f"{name:12} {count['gold']:5} {count['proposed']:5} {figures}")


def describe(text, attribution):
    if attribution is None:
        return "-"
    source, content = (" | ".join(text[a:b] for a, b in spans) for spans in (attribution.source, attribution.content))
    return f"{source}{f' ({attribution.name})' * bool(attribution.name)}: {content[:100]!r}"


def describe_prediction(text, prediction):
    if prediction is None:
        return "-"
    words = [match.group() for match in WORD.finditer(text)]
    content = " ".join(words[i] for i in sorted(prediction.content))
    return f"{prediction.speaker or 'nobody'} {prediction.confidence:.2f} ({prediction.rule}): {content[:100]!r}"


if __name__ == "__main__":
    main()
