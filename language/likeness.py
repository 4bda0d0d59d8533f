"""Which claim a wording bears on: claims in the order of their likeness to it, and none where nothing is near enough.

Words count by how rare they are among the claims that are compared (idf: Spärck Jones, 1972), cut to their stems; what
is shared is measured against the claim and against the wording, and letters are compared by rapidfuzz. A figure that
both name brings them together, two different figures part them.
"""

import re
from collections import defaultdict
from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from functools import lru_cache
from heapq import nlargest
from math import fsum, log
from operator import itemgetter

from anyascii import anyascii
from rapidfuzz import fuzz

from .amounts import AmountInWords, read_amounts
from .grammars import grammar_module
from .names.lists import words_from

NEAR = 0.42  # likeness from which a claim is proposed; under it a new one
MOST = 5
LOOKED_AT = 15
_WORD = re.compile(r"[a-z]+|[0-9]+")
_LETTERS = re.compile(r"[^\W\d_]+")
_STOP = words_from("stop")


@dataclass(frozen=True)
class Wording:
    """A claim as far as it is compared: its text and other wordings of it, its figures."""

    key: Hashable
    texts: tuple[str, ...]
    figures: frozenset[Decimal] = frozenset()
    terms: tuple[frozenset[str], ...] = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "terms", tuple(terms_of(text) for text in self.texts))


@dataclass(frozen=True)
class NearClaim:
    """A claim that is like a wording: the key given in, how much from 0 to 1, and which words they share."""

    key: Hashable
    score: float
    why: str


def nearest(words: str, claims: Iterable[Wording], *, most: int = MOST, least: float = NEAR) -> list[NearClaim]:
    """The claims that `words` may bear on, best first; empty where none is near enough, which proposes a new claim."""
    return ComparedClaims(claims).nearest(words, most=most, least=least)


@dataclass(frozen=True)
class _Words:
    """The terms of a text with what they weigh together, and joined for a comparison of letters."""

    terms: frozenset[str]
    weight: float
    letters: str


class ComparedClaims:
    """Claims made ready once, for many wordings to be compared with. A word tells more, the rarer it is among them."""

    def __init__(self, claims: Iterable[Wording]) -> None:
        self._claims = list(claims)
        self._having: dict[str, list[int]] = {}
        for number, claim in enumerate(self._claims):
            for term in frozenset().union(*claim.terms):
                self._having.setdefault(term, []).append(number)
        weights = {count: self._weigh(count) for count in {0, *map(len, self._having.values())}}
        self._weights = {term: weights[len(having)] for term, having in self._having.items()}
        self._unseen = weights[0]
        self._made: dict[frozenset[str], _Words] = {}

    def nearest(
        self,
        words: str,
        *,
        most: int = MOST,
        least: float = NEAR,
        amounts: Sequence[AmountInWords] | None = None,
        beginning: str = "",
    ) -> list[NearClaim]:
        """As the function `nearest`. Only the LOOKED_AT claims that share most with `words`, or `most` if that is more,
        are compared in full.

        `amounts` are those of `words` if the caller has read them already. `beginning` is the last of `words` where
        somebody still types it (`beginning_of`): any term of a claim that begins so counts as said.
        """
        said = terms_of(words)
        for term in said:
            self._weights.setdefault(term, self._unseen)
        begun = [term for term in self._having if beginning and begins(term, beginning)]
        shared: defaultdict[int, float] = defaultdict(float)
        for term in sorted({*said, *begun}):
            weight = self._weights[term]
            for number in self._having.get(term, ()):
                shared[number] += weight
        found = read_amounts(words) if amounts is None else amounts
        figures = {
            figure for amount in found for figure in (amount.amount, amount.lower, amount.upper) if figure is not None
        }
        most_shared = nlargest(max(LOOKED_AT, most), shared.items(), key=itemgetter(1))
        looked_at = [self._claims[number] for number, _ in most_shared]
        scored = [(claim, *self._score(said, beginning, figures, claim)) for claim in looked_at]
        near = sorted((each for each in scored if each[1] >= least), key=lambda each: -each[1])[:most]
        return [NearClaim(claim.key, min(score, 1.0), self._why(both)) for claim, score, both in near]

    def _score(
        self, said: frozenset[str], beginning: str, figures: set[Decimal], claim: Wording
    ) -> tuple[float, frozenset[str]]:
        """The likeness of a claim in the wording that is nearest, and the terms that both have there."""
        best = 0.0
        shared_best: frozenset[str] = frozenset()
        for terms in claim.terms:
            mine, known = (
                self._ready(finish_last_word(said, beginning, terms) if beginning else said),
                self._ready(terms),
            )
            shared = mine.terms & terms
            if not shared:
                continue
            weight = fsum(map(self._weights.__getitem__, shared))
            score = 0.45 * weight / known.weight + 0.35 * weight / mine.weight
            if score + 0.2 <= best:
                continue  # no letters could bring it nearer
            score = (score + 0.2 * fuzz.ratio(mine.letters, known.letters) / 100) * (0.8 if len(shared) == 1 else 1)
            if score > best:
                best, shared_best = score, shared
        if best and figures and claim.figures:
            best += 0.1 if figures & claim.figures else -0.1
        return round(max(best, 0.0), 3), shared_best

    def _why(self, shared: frozenset[str]) -> str:
        shown = sorted(shared, key=lambda term: (-self._weights[term], term))[:5]
        return f"both say {', '.join(shown)}" if shown else ""

    def _ready(self, terms: frozenset[str]) -> _Words:
        if terms not in self._made:
            self._made[terms] = _Words(terms, fsum(map(self._weights.__getitem__, terms)), " ".join(sorted(terms)))
        return self._made[terms]

    def _weigh(self, count: int) -> float:
        return log(1 + (len(self._claims) + 1) / (count + 0.5))


def beginning_of(typed: str) -> str:
    """The last word of what somebody types, as far as it stands there; empty after a space or a mark."""
    words = _WORD.findall(anyascii(typed).lower()) if typed[-1:].isalnum() else []
    return words[-1] if words else ""


def finish_last_word(said: frozenset[str], beginning: str, terms: frozenset[str]) -> frozenset[str]:
    """What somebody says whose last word is only begun, read as `terms` would finish it."""
    begun = {term for term in terms if begins(term, beginning)}
    return (said - {_stem(beginning)}) | begun if begun else said


def begins(term: str, beginning: str) -> bool:
    """Whether a word with the stem `term` may be what is begun; its ending may have begun already."""
    return term.startswith(beginning) or (len(term) >= 4 and beginning.startswith(term))


@lru_cache(maxsize=4_000)
def terms_of(text: str) -> frozenset[str]:
    """The stems of the telling words of a text, in any script."""
    return frozenset(map(_stem, _telling_words(text)))


def forms_of(text: str) -> set[str]:
    """The telling words of a text as they stand there, and their stems.

    A text that shares a term with it holds the first letters of one of them, small or capital.
    """
    forms = {form for word in _telling_words(text) for form in (word, _stem(word))}
    # Letters beside a to z have no small form for every database.
    other = {
        form for word in _LETTERS.findall(text) if not word.isascii() for form in (word.lower(), word.capitalize())
    }
    return forms | other


def _telling_words(text: str) -> list[str]:
    return [word for word in _WORD.findall(anyascii(text).lower().replace("'", "")) if word not in _STOP]


_STEMS = grammar_module("en", "likeness")  # claims are compared in Latin letters and by the endings of English
_ENDINGS: tuple[str, ...] = _STEMS.ENDINGS if _STEMS else ()
_IRREGULAR: dict[str, str] = _STEMS.IRREGULAR if _STEMS else {}


@lru_cache(maxsize=4_000)
def _stem(word: str) -> str:
    """A word without its ending: rough, the same for claim and wording."""
    endings = (end for end in _ENDINGS if word.endswith(end) and len(word) - len(end) >= 4)
    return _IRREGULAR.get(word) or word.removesuffix(next(endings, ""))
