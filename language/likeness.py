"""Which claim a wording bears on: claims in the order of their likeness to it, and none where nothing is near enough.

Words count by how rare they are among all claims (idf: Spärck Jones, 1972), cut to their stems; a word that may stand
for another, or is spelt nearly like it, counts in its place for less. What is shared is measured against the claim and
against the wording, and letters are compared by rapidfuzz. A number or a name that both have brings them together,
different ones part them.
"""

import re
from collections import defaultdict
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cache, lru_cache
from heapq import nlargest
from math import fsum, log
from operator import itemgetter
from pathlib import Path

from anyascii import anyascii
from rapidfuzz import fuzz

from .amounts import AmountInWords, read_amounts
from .grammars import grammar_module
from .names.lists import words_from

SAME, PERHAPS = "same", "perhaps"  # grades of what is found; nothing found says that the claim is new
MIN_SAME_LIKENESS = 0.72
NEAR = 0.36  # likeness from which a claim is proposed; under it a new one
MOST = 5
LOOKED_AT = 20
SYNONYM_WEIGHT, SPELLING_WEIGHT = 0.7, 0.8  # what a word counts for another one that may stand for it
MIN_SPELLING_RATIO = 84  # of 100, from which two long words count as one word in two spellings
MIN_SPELLING_LENGTH = 6
MIN_REST_LENGTH = 5  # letters of a word behind its prefix
NUMBER_PENALTY, NAME_PENALTY = 0.2, 0.12
_WORD = re.compile(r"[a-z]+|[0-9]+")
_IDEOGRAPHS = re.compile(r"[\u3040-\u30ff\u3400-\u9fff]+")
_THOUSANDS = re.compile(r"(?<=\d),(?=\d{3}(?!\d))")
_NAME = re.compile(r"(?<=[\w,;:’')”] )[^\W\d_a-z][\w’'-]+")
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

    @property
    def grade(self) -> str:
        """“same” where the two hardly differ, else “perhaps”: to be chosen by an editor in either case."""
        return SAME if self.score >= MIN_SAME_LIKENESS else PERHAPS


@dataclass(frozen=True)
class Rarity:
    """In how many of `total` claims each term stands."""

    total: int
    counts: Mapping[str, float]

    def weight(self, term: str) -> float:
        return log(1 + (self.total + 1) / (self.counts.get(term, 0) + 0.5))

    @classmethod
    def from_claims(cls, claims: Sequence[Wording]) -> "Rarity":
        """That of the terms of these claims."""
        counts: defaultdict[str, float] = defaultdict(float)
        for claim in claims:
            for term in frozenset().union(*claim.terms):
                counts[term] += 1
        return cls(len(claims), counts)


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
    """Claims made ready once, for many wordings to be compared with. A word tells more, the rarer it is: `rarity` says
    so for all claims that there are, where these are only some of them."""

    def __init__(self, claims: Iterable[Wording], rarity: Rarity | None = None) -> None:
        self._claims = list(claims)
        self._rarity = rarity or Rarity.from_claims(self._claims)
        self._having: dict[str, list[int]] = {}
        for number, claim in enumerate(self._claims):
            for term in frozenset().union(*claim.terms):
                self._having.setdefault(term, []).append(number)
        self._weights: dict[str, float] = {}
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
        begun = [term for term in self._having if beginning and begins(term, beginning)]
        shared: defaultdict[int, float] = defaultdict(float)
        for term in sorted({*said, *begun}):
            for number in self._having.get(term, ()):
                shared[number] += self._weigh(term)
        for term in sorted(said):
            for other in synonyms_of(term) - said:
                for number in self._having.get(other, ()):
                    shared[number] += SYNONYM_WEIGHT * min(self._weigh(term), self._weigh(other))
        found = read_amounts(words) if amounts is None else amounts
        figures = {
            figure for amount in found for figure in (amount.amount, amount.lower, amount.upper) if figure is not None
        }
        asked = _Asked(said, beginning, frozenset(figures) | numbers_in(words), names_in(words))
        most_shared = nlargest(max(LOOKED_AT, most), shared.items(), key=itemgetter(1))
        looked_at = [self._claims[number] for number, _ in most_shared]
        scored = [(claim, *self._score(asked, claim)) for claim in looked_at]
        near = sorted((each for each in scored if each[1] >= least), key=lambda each: -each[1])[:most]
        return [NearClaim(claim.key, min(score, 1.0), self._why(both)) for claim, score, both in near]

    def _score(self, asked: "_Asked", claim: Wording) -> tuple[float, frozenset[str]]:
        """The likeness of a claim in the wording that is nearest, and the terms that both have there."""
        best = 0.0
        shared_best: frozenset[str] = frozenset()
        for text, terms in zip(claim.texts, claim.terms, strict=True):
            said = finish_last_word(asked.terms, asked.beginning, terms) if asked.beginning else asked.terms
            mine, known = self._ready(said), self._ready(terms)
            matched = _matches(mine.terms, known.terms)
            if not matched or not known.weight or not mine.weight:
                continue
            of_claim, of_said = self._covered(matched, 1), self._covered(matched, 0)
            score = 0.45 * of_claim / known.weight + 0.35 * of_said / mine.weight
            if score + 0.2 <= best:
                continue  # no letters could bring it nearer
            score = (score + 0.2 * fuzz.ratio(mine.letters, known.letters) / 100) * (0.8 if len(matched) == 1 else 1)
            score -= asked.name_penalty(names_in(text), known.terms)
            if score > best:
                best, shared_best = score, mine.terms & known.terms
        numbers = claim.figures | numbers_in(claim.texts[0])
        if best and asked.numbers and numbers:
            best += 0.05 if asked.numbers & numbers else -NUMBER_PENALTY
        return round(max(best, 0.0), 3), shared_best

    def _covered(self, matched: Mapping[tuple[str, str], float], side: int) -> float:
        """What the terms of one side weigh, each as far as the other side has it."""
        best: dict[str, float] = {}
        for pair, degree in matched.items():
            best[pair[side]] = max(best.get(pair[side], 0.0), degree)
        return fsum(self._weigh(term) * degree for term, degree in best.items())

    def _why(self, shared: frozenset[str]) -> str:
        shown = sorted(shared, key=lambda term: (-self._weigh(term), term))[:5]
        return f"both say {', '.join(shown)}" if shown else ""

    def _ready(self, terms: frozenset[str]) -> _Words:
        if terms not in self._made:
            self._made[terms] = _Words(terms, fsum(map(self._weigh, terms)), " ".join(sorted(terms)))
        return self._made[terms]

    def _weigh(self, term: str) -> float:
        if term not in self._weights:
            self._weights[term] = self._rarity.weight(term)
        return self._weights[term]


@dataclass(frozen=True)
class _Asked:
    """A wording for which claims are looked for."""

    terms: frozenset[str]
    beginning: str
    numbers: frozenset[Decimal]
    names: frozenset[str]

    def name_penalty(self, names: frozenset[str], terms: frozenset[str]) -> float:
        """What it costs that each side has a name that the other does not have."""
        mine, theirs = self.names - terms, names - self.terms
        return NAME_PENALTY if mine and theirs else 0.0


def _matches(said: frozenset[str], known: frozenset[str]) -> dict[tuple[str, str], float]:
    """Pairs of terms, one of each side, with the degree from 0 to 1 to which one stands for the other."""
    found = {(term, term): 1.0 for term in said & known}
    missing = known - said
    long = [other for other in missing if len(other) >= MIN_SPELLING_LENGTH]
    for term in said - known:
        for other in synonyms_of(term) & missing:
            found[term, other] = SYNONYM_WEIGHT
        if len(term) >= MIN_SPELLING_LENGTH:
            for other in long:
                if term[0] == other[0] and fuzz.ratio(term, other) >= MIN_SPELLING_RATIO:
                    found[term, other] = max(found.get((term, other), 0.0), SPELLING_WEIGHT)
    return found


@lru_cache(maxsize=4_000)
def numbers_in(text: str) -> frozenset[Decimal]:
    """The numbers that stand in a text in digits."""
    return frozenset(map(Decimal, re.findall(r"(?<![\w.])[0-9]+(?:\.[0-9]+)?(?![\w])", _THOUSANDS.sub("", text))))


@lru_cache(maxsize=4_000)
def names_in(text: str) -> frozenset[str]:
    """The stems of words with a capital inside a text: what opens it has one in any case."""
    return frozenset(filter(None, map(stem_of, _NAME.findall(text))))


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
    """The stems of the telling words of a text, in any script; of a word with a prefix that of the word alone too."""
    return frozenset(term for word in _telling_words(text) for term in _terms_of_word(word))


def _terms_of_word(word: str) -> Iterable[str]:
    yield _stem(word)
    rest = next((word.removeprefix(prefix) for prefix in _DETACHABLE if word.startswith(prefix)), "")
    if len(rest) >= MIN_REST_LENGTH:
        yield _stem(rest)


@cache
def _synonym_groups() -> tuple[Mapping[str, frozenset[int]], list[frozenset[str]]]:
    """The groups of stems that may stand for one another, and in which of them each is."""
    path = Path(_STEMS.__file__).with_name("synonyms.txt") if _STEMS and _STEMS.__file__ else None
    lines = path.read_text(encoding="utf-8").splitlines() if path and path.is_file() else []
    groups = [frozenset(map(_stem, line.split())) for line in lines if line and line[0] not in "#["]
    numbers: defaultdict[str, set[int]] = defaultdict(set)
    for number, group in enumerate(groups):
        for term in group:
            numbers[term].add(number)
    return {term: frozenset(found) for term, found in numbers.items()}, groups


@lru_cache(maxsize=4_000)
def synonyms_of(term: str) -> frozenset[str]:
    """The stems of words that may stand for one with this stem, itself left out."""
    numbers, groups = _synonym_groups()
    return frozenset().union(*(groups[number] for number in numbers.get(term, ()))) - {term}


def stem_of(word: str) -> str:
    """The stem of one word; empty where it tells nothing: a mark, an article, a preposition."""
    words = _telling_words(word)
    return _stem("".join(words)) if words else ""


def telling_stems(text: str) -> frozenset[str]:
    """The stems of the words of a name or a text, as `stem_of` gives them."""
    return frozenset(filter(None, map(stem_of, text.split())))


def _telling_words(text: str) -> list[str]:
    ideographs = [pair for run in _IDEOGRAPHS.findall(text) for pair in _pairs(run)]
    plain = anyascii(_IDEOGRAPHS.sub(" ", text)).lower().replace("'", "")
    words = [word for word in _WORD.findall(_HYPHEN.sub(r"\1", _THOUSANDS.sub("", plain))) if word not in _STOP]
    return [*words, *ideographs]


def _pairs(run: str) -> list[str]:
    """What a run of signs without spaces is found by: each two that stand side by side."""
    return [run[place : place + 2] for place in range(max(len(run) - 1, 1))]


_STEMS = grammar_module("en", "likeness")  # claims are compared in Latin letters and by the endings of English
_ENDINGS: tuple[str, ...] = _STEMS.ENDINGS if _STEMS else ()
_IRREGULAR: dict[str, str] = _STEMS.IRREGULAR if _STEMS else {}
_VERB_BASES: dict[str, str] = _STEMS.bases_of_verbs() if _STEMS else {}
_PREFIXES: tuple[str, ...] = _STEMS.PREFIXES if _STEMS else ()
_DETACHABLE: tuple[str, ...] = _STEMS.DETACHABLE if _STEMS else ()
_HYPHEN = re.compile(rf"\b({'|'.join(_PREFIXES)})-(?=[a-z])")  # of “re-education”, which is one word


@lru_cache(maxsize=4_000)
def _stem(word: str) -> str:
    """A word without its ending: rough, the same for claim and wording."""
    if word in _IRREGULAR or not word.isalpha():
        return _IRREGULAR.get(word, word)
    word = _VERB_BASES.get(word, word)
    endings = (end for end in _ENDINGS if word.endswith(end) and len(word) - len(end) >= (3 if end == "s" else 4))
    stem = word.removesuffix(next(endings, ""))
    return stem[:-1] if len(stem) > 3 and stem[-1] == stem[-2] else stem  # "banned" is "ban", and "full" is "ful"
