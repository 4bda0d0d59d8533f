"""Which claim a wording bears on: claims in the order of their likeness to it, and none where nothing is near enough.

Words count by how rare they are among the claims that are compared (idf: Spärck Jones, 1972), cut to their stems; what
is shared is measured against the claim and against the wording, and letters are compared by rapidfuzz. A figure that
both name brings them together, two different figures part them.
"""

import re
from collections import Counter
from collections.abc import Hashable, Iterable
from dataclasses import dataclass, field
from decimal import Decimal
from functools import lru_cache
from math import log

from anyascii import anyascii
from rapidfuzz import fuzz

from ..amounts import read_amounts
from .lists import words_from

NEAR = 0.42  # likeness from which a claim is proposed; under it a new one
NEARER = 0.03  # what is added for a claim of the question at hand
MOST = 5
_WORD = re.compile(r"[a-z]+|[0-9]+")
_STOP = words_from("stop")


@dataclass(frozen=True)
class Wording:
    """A claim as far as it is compared: its text and other wordings of it, its figures, whether it is at hand."""

    key: Hashable
    texts: tuple[str, ...]
    figures: frozenset[Decimal] = frozenset()
    at_hand: bool = False
    terms: tuple[frozenset[str], ...] = field(init=False)

    def __post_init__(self):
        object.__setattr__(self, "terms", tuple(terms_of(text) for text in self.texts))


@dataclass(frozen=True)
class Near:
    """A claim that is like a wording: the key given in, how much from 0 to 1, and which words they share."""

    key: Hashable
    score: float
    why: str


def nearest(words: str, claims: Iterable[Wording], *, most: int = MOST, least: float = NEAR) -> list[Near]:
    """The claims that `words` may bear on, best first; empty where none is near enough, which proposes a new claim."""
    claims = list(claims)
    said = terms_of(words)
    if not said or not claims:
        return []
    weights = _Weights(claims)
    figures = {one for read in read_amounts(words) for one in (read.amount, read.lower, read.upper) if one is not None}
    found = [near for one in claims if (near := _near(said, figures, one, weights)).score >= least]
    return sorted(found, key=lambda one: -one.score)[:most]


class _Weights:
    """How much a word tells: the rarer among the claims, the more."""

    def __init__(self, claims: list[Wording]):
        counted = Counter(term for one in claims for term in frozenset().union(*one.terms))
        self._all = len(claims)
        self._counted = counted

    def of(self, term: str) -> float:
        return log(1 + (self._all + 1) / (self._counted[term] + 0.5))

    def sum(self, terms: Iterable[str]) -> float:
        return sum(self.of(term) for term in terms)


def _near(said: frozenset[str], figures: set[Decimal], one: Wording, weights: _Weights) -> Near:
    best, shared_best = 0.0, frozenset()
    for terms in one.terms:
        shared = said & terms
        if not shared:
            continue
        weight = weights.sum(shared)
        of_claim, of_words = weight / weights.sum(terms), weight / weights.sum(said)
        letters = fuzz.token_sort_ratio(" ".join(sorted(said)), " ".join(sorted(terms))) / 100
        score = 0.45 * of_claim + 0.35 * of_words + 0.2 * letters
        if len(shared) == 1:
            score *= 0.8
        if score > best:
            best, shared_best = score, shared
    if best and figures and one.figures:
        best += 0.1 if figures & one.figures else -0.1
    if best and one.at_hand:
        best += NEARER
    shown = ", ".join(sorted(shared_best, key=weights.of, reverse=True)[:5])
    return Near(one.key, round(min(max(best, 0.0), 1.0), 3), f"both say {shown}" if shown else "")


def terms_of(text: str) -> frozenset[str]:
    """The stems of the telling words of a text, in any script."""
    return frozenset(
        _stem(word) for word in _WORD.findall(anyascii(text).lower().replace("'", "")) if word not in _STOP
    )


_ENDINGS = ("ization", "isation", "ations", "ation", "ments", "ment", "ness", "ings", "ing", "ions", "ion", "ities",
            "ity", "ists", "ist", "ism", "ers", "er", "ors", "ed", "es", "ly", "al", "s", "e", "y")  # fmt: skip
_IRREGULAR = {
    "centre": "center", "centres": "center", "centers": "center", "held": "hold", "kept": "keep", "built": "build",
    "shot": "shoot", "sent": "send", "took": "take", "taken": "take", "gave": "give", "given": "give", "led": "lead",
    "lives": "live", "life": "live", "men": "man", "women": "woman", "children": "child", "said": "say", "told": "tell",
    "million": "million", "millions": "million", "hundreds": "hundred", "thousands": "thousand", "made": "make",
    "beijing": "china", "chinese": "china", "chinas": "china", "kazakhs": "kazakh", "kazakhstans": "kazakhstan",
    "kilometers": "kilometre", "kilometres": "kilometre", "fell": "fall", "grew": "grow", "killed": "kill", "dead": "die",
    "died": "die", "deaths": "die", "death": "die", "reeducation": "educat", "one": "1", "sixteen": "16", "uyghurs":
    "uyghur", "uighurs": "uyghur", "uighur": "uyghur", "forced": "force", "forcibly": "force", "threatened": "threat",
    "back": "return", "returned": "return",
}  # fmt: skip


@lru_cache(maxsize=20_000)
def _stem(word: str) -> str:
    """A word without its ending: rough, the same for claim and wording."""
    if word in _IRREGULAR:
        return _IRREGULAR[word]
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= 4:
            return word.removesuffix(ending)
    return word
