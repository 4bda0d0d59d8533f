"""Which texts print the same words: sampled shingles that an index can hold, and the exact measure. Pure functions.

Sampling. A shingle is `WORDS` words running, hashed to 63 bits. Of every `WINDOW` shingles running, the one with the
smallest hash is kept (winnowing: Schleimer, Wilkerson and Aiken, "Winnowing: local algorithms for document
fingerprinting", SIGMOD 2003). What is guaranteed: two texts that share WINDOW + WORDS - 1 = 12 words running share at
least one kept shingle, wherever the run stands in either, so cut and extended reprints are found like whole ones.
Runs of fewer than 5 words are never found. About 2 of WINDOW + 1 = 9 shingles are kept. Sampling by hash modulo p
would be as simple and gives no such guarantee.

Measure. Containment over all shingles, in both directions (Broder, "On the resemblance and containment of documents",
1997): the share of this text that stands in the other, and of the other that stands in this. A cut reprint stands
whole in its original, an extended one contains it; their resemblance (Jaccard) would be low in both cases. What
counts is text outside quotation marks: separate reports of one speech share its words, and are no reprints. Only texts
that hold little else are compared with their quotations, and then must be nearly the same.

Excerpts are too short for sampling: all three words running of each of their lines are kept.

Families. A family is an article with its likely reprints. In it each printing is given the one parent in which the
largest share of it stands among those that were printed before it: the reconstruction of a stemma by the largest
overlap that the dates allow, as in work on text reuse in newspapers (Smith, Cordell and Mullen, "Computational methods
for uncovering reprinted texts in antebellum newspapers", 2015). Credit lines count before dates. These are proposals
with their evidence, never links.
"""

import re
from collections import deque
from collections.abc import Callable, Hashable, Mapping, Sequence, Set
from dataclasses import dataclass, replace
from hashlib import blake2b
from typing import Generic, TypeVar

from .quotation_marks import quoted_spans

SHINGLE_WORDS = 5
WINNOWING_WINDOW = 8
EXCERPT_SHINGLE_WORDS = 3
MAX_SHINGLES = (
    5_000  # shingles of one text, the smallest: a text of 20,000 words and more is sampled more thinly (bottom-k)
)
MIN_RUN_WORDS = 12  # words; shorter runs are not shown to an editor

MIN_REPRINT_SHARE = 0.3  # share of either text
MIN_SHARED_SHINGLES = 15  # shared at least: one sentence alone makes no reprint
MIN_QUOTED_SHARE = 0.9  # share of a text that is hardly more than quotations

# In scripts without spaces a character counts as a word.
WORD_PATTERN = re.compile(
    "[\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]|[^\\W_\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]+"
)


@dataclass(frozen=True)
class SharedText:
    """How much two texts have in common: shares from 0 to 1, and the longest runs of words that both print.

    The shares are those of the text outside quotation marks, unless it is `quoted`, hardly more than quotations. The
    runs are given where the shares are likely those of a reprint.
    """

    of_this_in_other: float
    of_other_in_this: float
    shingles: int
    runs: list[str]
    quoted: bool = False

    @property
    def is_likely_reprint(self) -> bool:
        """Whether one text is likely a reprint of the other, whole, cut, extended or edited."""
        least = MIN_QUOTED_SHARE if self.quoted else MIN_REPRINT_SHARE
        return self.shingles >= MIN_SHARED_SHINGLES and max(self.of_this_in_other, self.of_other_in_this) >= least


def words_of(text: str) -> list[str]:
    """The words of `text` as they are compared: in small letters, without punctuation."""
    return WORD_PATTERN.findall(text.casefold())


def shingles_of(text: str, words: int = SHINGLE_WORDS) -> list[int]:
    """The hashes of all `words` words running in `text`, in order; of the whole text if it is shorter."""
    return _hash_shingles(words_of(text), words, b"text")


def sample_shingles(text: str) -> set[int]:
    """The shingles of a whole text that the index keeps, by winnowing."""
    hashes = shingles_of(text)
    window: deque[int] = deque()  # positions of rising hashes
    kept: set[int] = set()
    for position, value in enumerate(hashes):
        while window and hashes[window[-1]] >= value:  # of equal hashes the last, as in the paper
            window.pop()
        window.append(position)
        if window[0] <= position - WINNOWING_WINDOW:
            window.popleft()
        if position >= WINNOWING_WINDOW - 1 or position == len(hashes) - 1:
            kept.add(hashes[window[0]])
    return kept if len(kept) <= MAX_SHINGLES else set(sorted(kept)[:MAX_SHINGLES])


def excerpt_shingles(text: str) -> set[int]:
    """All three words running within each line of an excerpt, or of the text that an excerpt is looked for in."""
    kept: set[int] = set()
    for line in text.split("\n"):
        words = words_of(line)
        if len(words) >= EXCERPT_SHINGLE_WORDS:
            kept.update(_hash_shingles(words, EXCERPT_SHINGLE_WORDS, b"excerpt"))
    return kept


class ShingledText:
    """A text with all its shingles, made once to be compared many times."""

    def __init__(self, text: str):
        self.text = text
        self.in_order = shingles_of(text)
        self.all = frozenset(self.in_order)
        self.unquoted_shingles = frozenset(_unquoted_shingles(text, self.in_order))


def compare_texts(
    this: str | ShingledText, other: str | ShingledText, boilerplate: Set[int] = frozenset()
) -> SharedText:
    """What two texts have in common, leaving out the shingles in `boilerplate`."""
    this = ShingledText(this) if isinstance(this, str) else this
    other = ShingledText(other) if isinstance(other, str) else other
    here, there = this.unquoted_shingles - boilerplate, other.unquoted_shingles - boilerplate
    quoted = min(len(here), len(there)) < MIN_SHARED_SHINGLES
    if quoted:
        here, there = this.all - boilerplate, other.all - boilerplate
    shared = here & there
    of_this, of_other = (len(shared) / len(own) if own else 0.0 for own in (here, there))
    shares = SharedText(of_this, of_other, len(shared), [], quoted)
    if not shares.is_likely_reprint:
        return shares
    return replace(shares, runs=_longest_runs(this.text, this.in_order, (this.all & other.all) - boilerplate))


def _unquoted_shingles(text: str, hashes: list[int]) -> list[int]:
    """Those of the shingles of `text` of which no word stands between quotation marks."""
    places = _word_spans(text, hashes)
    quotations = iter([*quoted_spans(text), (len(text), len(text))])
    start, end = next(quotations)
    free, run = list[int](), 0
    # Each word with the shingle that ends on it; on the first of them none does.
    for at, (first, last) in enumerate(places):
        while end <= first:
            start, end = next(quotations)
        run = 0 if last > start else run + 1
        if run >= SHINGLE_WORDS:
            free.append(hashes[at - SHINGLE_WORDS + 1])
    return free if places else hashes


def _word_spans(text: str, hashes: list[int]) -> list[tuple[int, int]]:
    """The (start, end) of each word; none in a text that is shorter than a shingle, or with a letter that case-folding
    splits."""
    places = [match.span() for match in WORD_PATTERN.finditer(text)]
    return places if len(places) == len(hashes) + SHINGLE_WORDS - 1 else []


def _longest_runs(text: str, hashes: list[int], shared: Set[int], most: int = 5) -> list[str]:
    """The longest runs of at least 12 words of `text` that are covered by `shared` shingles, longest first."""
    places = _word_spans(text, hashes)
    covered = [False, *(shingle in shared for shingle in hashes), False]
    edges = [at for at in range(len(covered) - 1) if covered[at] != covered[at + 1]]
    runs = [(first, end + SHINGLE_WORDS - 2) for first, end in zip(edges[::2], edges[1::2], strict=True)]
    longest = sorted((run for run in runs if run[1] - run[0] + 1 >= MIN_RUN_WORDS), key=lambda run: run[0] - run[1])
    # Without places nothing is lost but the display.
    return [text[places[first][0] : places[last][1]] for first, last in longest[:most]] if places else []


def _hash_shingles(words: list[str], count: int, use: bytes) -> list[int]:
    if not words:
        return []
    return [
        int.from_bytes(blake2b(" ".join(words[at : at + count]).encode(), digest_size=8, person=use).digest()) >> 1
        for at in range(max(1, len(words) - count + 1))
    ]


K = TypeVar("K", bound=Hashable)

MAX_PRINTINGS = 24  # printings that are compared with one another: the comparisons are the square of that
SHARE_TOLERANCE = 0.02  # shares that differ by less are equal: then the earlier printing is the parent


@dataclass(frozen=True)
class FamilyPrinting(Generic[K]):
    """One printing of a family: what names it, and its text."""

    key: K
    text: ShingledText


@dataclass(frozen=True)
class Descent(Generic[K]):
    """A printing and the one that it was likely taken from, if any: `share`, from 0 to 1, of it stands there.

    `ordered` is False where something is alike but nobody knows which was first: then there is no parent.
    """

    key: K
    parent: K | None
    share: float
    ordered: bool


def descents(
    printings: Sequence[FamilyPrinting[K]],
    first: Callable[[K, K], K | None],
    credits: Callable[[K, K], bool] = lambda one, other: False,
) -> list[Descent[K]]:
    """The likely descent of each printing, in their order; at most 24 are compared, the others have none.

    `first` says which of two was printed first, or None; `credits` whether one credits the other.
    """
    printings = printings[:MAX_PRINTINGS]
    shares = {
        (printing.key, other.key): _share_in(printing, other)
        for printing in printings
        for other in printings
        if printing.key != other.key
    }
    return [_descent(printing, printings, shares, first, credits) for printing in printings]


def _share_in(one: FamilyPrinting[K], other: FamilyPrinting[K]) -> float:
    shared = compare_texts(one.text, other.text)
    return shared.of_this_in_other if shared.is_likely_reprint else 0.0


def _descent(
    one: FamilyPrinting[K],
    printings: Sequence[FamilyPrinting[K]],
    shares: Mapping[tuple[K, K], float],
    first: Callable[[K, K], K | None],
    credits: Callable[[K, K], bool],
) -> Descent[K]:
    alike = [
        (shares[one.key, other.key], other.key)
        for other in printings
        if other.key != one.key and max(shares[one.key, other.key], shares[other.key, one.key]) >= MIN_REPRINT_SHARE
    ]
    before = [(share, key) for share, key in alike if first(one.key, key) == key]
    if not before:
        # Something is alike: either this is where it begins, or nobody knows.
        return Descent(one.key, None, 0.0, all(first(one.key, key) is not None for _, key in alike))
    best = max(share for share, _ in before)
    nearest = [(share, key) for share, key in before if best - share < SHARE_TOLERANCE]
    nearest = [(share, key) for share, key in nearest if credits(one.key, key)] or nearest
    share, parent = nearest[0]
    for other_share, other in nearest[1:]:
        if first(parent, other) == other:
            share, parent = other_share, other
    return Descent(one.key, parent, share, True)
