"""How well passages are found again when an article is captured again, on real texts with seeded edits.

    python benchmarks/anchoring.py FOLDER [--cases 7000]

FOLDER holds articles as text files. Passages of 4 to 40 words are drawn from them. In the later text a third of the
passages stand as they were (other quotation marks, dashes and spaces; other paragraphs may have moved or gone), a third
were edited (one word in eight, at least one, replaced, dropped or put in), and a third are gone, while the rest of the
article stands, with other passages that share some of its words.

The peer is what is published of the Hypothesis client on 7,168 cases of its own kind: all verbatim quotes found, 91.6 %
of the edited ones, 2.4 % of the absent ones anchored falsely. The cases are not the same, so the figures stand side by
side and are no race. claimtrack never moves a passage to other words by itself: an edited one counts as found when the
wording proposed to the editor overlaps the true one by half of both.
"""

import argparse
import os
import random
import sys
from collections import Counter
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "claimtrack.settings")

import django

django.setup()

from articles.anchoring import anchor_quotes  # noqa: E402
from articles.rewording import nearest_wording  # noqa: E402
from articles.text import TextIsBroken, settle, span  # noqa: E402

TYPOGRAPHY = str.maketrans({"“": '"', "”": '"', '"': "“", "'": "’", "’": "'", "—": "-", "–": "-", " ": "\u00a0"})


class Case:
    """One passage of one text, and the later text with the place where it truly stands, if it does."""

    def __init__(self, chance: random.Random, text: str, vocabulary: list[str], kind: str):
        paragraphs = [one for one in text.split("\n") if len(one.split()) >= 12]
        paragraph = chance.choice(paragraphs)
        words = paragraph.split(" ")
        length = min(chance.randint(4, 40), len(words) - 2)
        first = chance.randint(0, len(words) - length)
        exact = " ".join(words[first : first + length])
        start = text.index(paragraph) + len(" ".join(words[:first])) + (first > 0)
        self.quote = span(text, start, start + len(exact))
        now = {"verbatim": exact, "edited": self.edited(chance, exact, vocabulary), "absent": ""}[kind]
        before, after = text[:start], text[start + len(exact) :]
        if kind == "absent":  # the whole paragraph is gone
            before, after = text[: text.index(paragraph)], text[text.index(paragraph) + len(paragraph) :]
        if chance.random() < 0.3:
            before = "\n".join(before.split("\n")[chance.randint(0, 3) :])
        if kind == "verbatim" and chance.random() < 0.5:
            before, now, after = (part.translate(TYPOGRAPHY) for part in (before, now, after))
        self.text = before + now + after
        self.truth = (len(before), len(before) + len(now)) if now else None

    @staticmethod
    def edited(chance, exact, vocabulary):
        words = exact.split(" ")
        for _ in range(max(1, len(words) // 8)):
            at = chance.randrange(len(words))
            act = chance.choice(["replace", "drop", "put in"]) if len(words) > 4 else "replace"
            words[at : at + 1] = {
                "replace": [chance.choice(vocabulary)],
                "drop": [],
                "put in": [chance.choice(vocabulary), words[at]],
            }[act]
        return " ".join(words)


def read(path: Path) -> str:
    """The settled text, or nothing where it is broken: such a file would not be taken in."""
    try:
        return settle(path.read_text())
    except (TextIsBroken, UnicodeDecodeError):
        return ""


def overlaps(found: tuple[int, int], truth: tuple[int, int] | None) -> bool:
    if truth is None:
        return False
    shared = min(found[1], truth[1]) - max(found[0], truth[0])
    return shared >= 0.5 * (found[1] - found[0]) and shared >= 0.5 * (truth[1] - truth[0])


def main():
    options = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    options.add_argument("folder", type=Path)
    options.add_argument("--cases", type=int, default=7_000)
    options = options.parse_args()
    texts = [text for path in sorted(options.folder.glob("**/*.txt")) if (text := read(path))]
    texts = [text for text in texts if sum(len(line.split()) >= 12 for line in text.split("\n")) >= 5]
    if not texts:
        sys.exit(f"No articles of five paragraphs (*.txt) in {options.folder}.")
    vocabulary = sorted({word for text in texts for word in text.split()})
    chance = random.Random(1)
    fared: dict[str, Counter] = {kind: Counter() for kind in ("verbatim", "edited", "absent")}
    edges: Counter = Counter()
    for number in range(options.cases):
        kind = list(fared)[number % 3]
        case = Case(chance, chance.choice(texts), vocabulary, kind)
        fared[kind]["cases"] += 1
        [place] = anchor_quotes(case.text, [case.quote])
        if place:
            fared[kind]["moved rightly" if overlaps((place.start, place.end), case.truth) else "moved wrongly"] += 1
            continue
        nearest = nearest_wording(case.text, case.quote.exact, case.quote.prefix, case.quote.suffix)
        if nearest is None:
            fared[kind]["nothing proposed"] += 1
        elif overlaps((nearest.span.start, nearest.span.end), case.truth):
            fared[kind]["proposed rightly"] += 1
            true, exact = case.text[slice(*case.truth)], nearest.span.exact
            for where, at in (("closing", -1), ("opening", 0)):
                # Marks that both wordings have; one that the edit put in at an edge is no mark of the wording.
                if true[at] == case.quote.exact[at] and not (true[at].isalnum() or true[at].isspace()):
                    edges[f"{where} marks"] += 1
                    edges[f"{where} marks kept"] += true[at] == exact[at]
        else:
            fared[kind]["proposed wrongly"] += 1
    print(f"{len(texts)} texts, {options.cases} passages")
    for where in ("closing", "opening"):
        print(f"{edges[f'{where} marks kept']} of {edges[f'{where} marks']} {where} marks of proposed wordings kept")
    for kind, counts in fared.items():
        of = counts.pop("cases")
        print(
            f"{kind:9}"
            + ", ".join(f"{what} {count} ({100 * count / of:.1f} %)" for what, count in sorted(counts.items()))
        )


if __name__ == "__main__":
    main()
