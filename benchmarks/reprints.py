"""How many reprints the sampled shingles find, beside MinHash bands, on made-up articles; and on texts of a folder.

    python benchmarks/reprints.py [--articles 2000] [--folder FOLDER]

Pure functions only: the index is a dictionary. Articles are prose drawn as words are in language (Zipf), every outlet
with a formula at the end, some with long quotations that others print too. Reprints of six kinds are looked for among
them: verbatim, cut from the end, extended, headline changed with a new first paragraph, one word in twelve replaced
by a synonym, and two articles merged. The peer is MinHash with banding (Broder 1997; Leskovec, Rajaraman and Ullman,
"Mining of massive datasets", chapter 3) by rensa: 128 permutations, 32 bands, proposed at an estimated Jaccard of 0.5
and, in a second row, with every candidate of a band measured exactly as claimtrack does. With --folder, every pair of
its texts (*.txt) is compared, to see what is proposed among articles of which none is a reprint, or which are known.
"""

import argparse
import random
import sys
from collections import Counter, defaultdict
from itertools import combinations
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from rensa import RMinHash, RMinHashLSH

from articles.reprints import ShingledText, compare_texts, sample_shingles, words_of

KINDS = ("verbatim", "cut", "extended", "headline", "synonyms", "merged")
OUTLETS = 20
PERMUTATIONS, BANDS, SEED = 128, 32, 1


class Press:
    """Makes articles and reprints of them; the same seed makes the same ones."""

    def __init__(self, seed=1):
        self.chance = random.Random(seed)
        self.words = [f"{a}{b}{c}" for a in "bcdfghklmnprstvz" for b in "aeiou" for c in range(250)]
        total, self.weights = 0.0, []
        for rank in range(1, len(self.words) + 1):
            total += 1 / rank
            self.weights.append(total)
        self.formulas = [self.prose(50) for _ in range(OUTLETS)]
        self.quotations = [self.prose(60) for _ in range(30)]

    def prose(self, length):
        drawn = self.chance.choices(self.words, cum_weights=self.weights, k=length)
        return "\n\n".join(" ".join(drawn[at : at + 40]) + "." for at in range(0, length, 40))

    def article(self):
        quoted = f"\n\n“{self.chance.choice(self.quotations)}”" if self.chance.random() < 0.3 else ""
        return f"{self.prose(self.chance.randint(250, 600))}{quoted}\n\n{self.chance.choice(self.formulas)}"

    def reprint(self, kind, text, other):
        words = text.split(" ")
        if kind == "cut":
            return " ".join(words[: len(words) // self.chance.randint(2, 3)])
        if kind == "extended":
            return f"{text}\n\n{self.prose(self.chance.randint(len(words) // 2, 2 * len(words)))}"
        if kind == "headline":
            return f"{self.prose(12)}\n\n{self.prose(40)}\n\n{' '.join(words[20:])}"
        if kind == "synonyms":
            return " ".join(self.chance.choice(self.words) if self.chance.random() < 1 / 12 else word for word in words)
        return f"{text}\n\n{other}" if kind == "merged" else text


class Sampled:
    """claimtrack: winnowed shingles in an index, then containment."""

    name = "claimtrack"

    def __init__(self, texts):
        self.texts = [ShingledText(text) for text in texts]
        self.index = defaultdict(list)
        for number, text in enumerate(texts):
            for value in sample_shingles(text):
                if len(self.index[value]) < 32:
                    self.index[value].append(number)

    def found(self, text):
        counts = Counter(number for value in sample_shingles(text) for number in self.index.get(value, ()))
        this = ShingledText(text)
        return {
            number for number, _ in counts.most_common(20) if compare_texts(this, self.texts[number]).is_likely_reprint
        }


class Banded:
    """MinHash bands; what shares a band is proposed by the estimate, or measured exactly."""

    def __init__(self, texts, exact):
        self.name = f"MinHash, {BANDS} bands, {'measured exactly' if exact else 'estimate of 0.5'}"
        self.exact = exact
        self.texts = [ShingledText(text) for text in texts] if exact else []
        self.signatures = [self.signature(text) for text in texts]
        self.bands = RMinHashLSH(0.5, PERMUTATIONS, BANDS)
        for number, signature in enumerate(self.signatures):
            self.bands.insert(number, signature)

    @staticmethod
    def signature(text):
        words = words_of(text)
        made = RMinHash(PERMUTATIONS, SEED)
        made.update([" ".join(words[at : at + 5]) for at in range(max(1, len(words) - 4))])
        return made

    def found(self, text):
        signature = self.signature(text)
        candidates = self.bands.query(signature)
        if self.exact:
            this = ShingledText(text)
            return {number for number in candidates if compare_texts(this, self.texts[number]).is_likely_reprint}
        return {number for number in candidates if signature.jaccard(self.signatures[number]) >= 0.5}


def measure(finder, queries):
    """Recall by kind, and precision over all that is proposed."""
    recall, right, wrong = defaultdict(list), 0, 0
    for kind, text, originals in queries:
        found = finder.found(text)
        recall[kind].append(len(found & originals) / len(originals))
        right += len(found & originals)
        wrong += len(found - originals)
    shown = ", ".join(f"{kind} {sum(recall[kind]) / len(recall[kind]):.3f}" for kind in KINDS)
    everything = [value for kind in KINDS for value in recall[kind]]
    precision = right / (right + wrong) if right + wrong else 1.0
    print(f"{finder.name}: recall {sum(everything) / len(everything):.3f} ({shown}), precision {precision:.3f}")


def main():
    options = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    options.add_argument("--articles", type=int, default=2_000)
    options.add_argument("--folder", type=Path)
    options = options.parse_args()
    press = Press()
    texts = [press.article() for _ in range(options.articles)]
    queries = []
    for number in range(len(KINDS) * 50):
        kind, one, other = KINDS[number % len(KINDS)], *press.chance.sample(range(len(texts)), 2)
        text = press.reprint(kind, texts[one], texts[other])
        queries.append((kind, text, {one, other} if kind == "merged" else {one}))
    queries += [("new", press.article(), {-1}) for _ in range(100)]
    print(f"{len(texts)} articles, {len(queries) - 100} reprints and 100 new articles looked for")
    for finder in (Sampled(texts), Banded(texts, exact=False), Banded(texts, exact=True)):
        measure(finder, queries)
    if options.folder:
        named = [
            (path.name, ShingledText(path.read_text(errors="replace")))
            for path in sorted(options.folder.rglob("*.txt"))
        ]
        pairs = [(one, other, compare_texts(a, b)) for (one, a), (other, b) in combinations(named, 2)]
        likely = [pair for pair in pairs if pair[2].is_likely_reprint]
        print(f"{options.folder.name}: {len(likely)} of {len(pairs)} pairs proposed")
        for one, other, shares in likely:
            print(f"    {one} {shares.of_this_in_other:.0%}, {other} {shares.of_other_in_this:.0%}")


if __name__ == "__main__":
    main()
