"""Where words that no longer stand in a text were most likely reworded to. Pure; only ever a proposal to an editor.

Exact anchoring (anchoring.py) comes first and finds everything that stands there verbatim. What is left was reworded or
is gone. The nearest wording is found by seed and extend, as in sequence alignment (Altschul and others, "Basic local
alignment search tool", 1990): words that both have vote for the place where the wording would begin, and the edges of
the best places are moved to the words whose likeness is highest (rapidfuzz, normalised Indel similarity: the share of
characters in the longest common subsequence). Time grows with the length of the text.

Fuzzy anchoring that takes such a place by itself, as annotation clients do, slides to look-alikes. Here a person is
shown both wordings.
"""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from rapidfuzz import fuzz

from .folding import INVISIBLE_CHARACTERS
from .reprints import WORD_PATTERN
from .text import Span, fold, span
from .word_edges import widen_to_words

MIN_LIKENESS = 0.62  # likeness under which the words count as gone: below it most places are another sentence
LIKENESS_TOLERANCE = 0.04  # two places whose likeness differs by less are told apart by what stands around them
MAX_WORDING_LENGTH = 4_000  # code points of words that are looked for
MAX_PLACES_OF_WORD = 40  # places of one word in the text above which it votes for none
REPLACED_WORD_COST = 0.1  # likeness that a replaced word at an edge may cost
_FROM_FIRST_WORD = re.compile(r"\w.*\Z", re.DOTALL)
_TO_LAST_WORD = re.compile(r"\A.*\w", re.DOTALL)
_MARK_PAIRS = ("“”", "‘’", "«»", "‹›", "()", "[]", "「」", "『』", "《》", "（）")
_OPENING_BY_CLOSING = {pair[1]: pair[0] for pair in _MARK_PAIRS} | {'"': '"', "'": "'"}
_CLOSING_BY_OPENING = {pair[0]: pair[1] for pair in _MARK_PAIRS} | {'"': '"', "'": "'", "„": "“"}
MAX_EDGE_SHIFT = 4  # words by which an edge moves to what stood beside the wording before
EDGE_SEARCH_LENGTH = 120  # characters in which these are looked for
MIN_EDGE_REACH = 3  # words by which an edge may move, beside a third of the wording


@dataclass(frozen=True)
class Rewording:
    """A place whose words are like those that were looked for; `likeness` is from 0 to 1."""

    span: Span
    likeness: float


def nearest_wording(text: str, exact: str, prefix: str = "", suffix: str = "") -> Rewording | None:
    """The place in `text` most like the words `exact`, or None where nothing is like them.

    It holds whole words and numbers, with the marks at its edges that `exact` has at its own.

    Of places that are nearly equally like them the one is taken that stands between `prefix` and `suffix`.
    """
    words = fold(exact[: MAX_WORDING_LENGTH + 1]).text.strip().lower()
    if not words or len(exact) > MAX_WORDING_LENGTH:
        return None
    folded = fold(text)
    lowered = folded.text.lower()
    if len(lowered) != len(folded.text):  # a letter that has two in small would shift every place after it
        lowered = folded.text
    likely = sorted(
        (place for place in _candidate_spans(lowered, words) if place[2] >= MIN_LIKENESS), key=lambda place: -place[2]
    )
    if not likely:
        return None
    nearly = [place for place in likely if likely[0][2] - place[2] < LIKENESS_TOLERANCE]
    before, after = fold(prefix).text.lower(), fold(suffix).text.lower()
    start, end, likeness = max(nearly, key=lambda place: (_context_likeness(lowered, place, before, after), place[2]))
    start, end = _align_with_neighbours(lowered, start, end, WORD_PATTERN.findall(before), WORD_PATTERN.findall(after))
    place = folded.span(start, end) or (folded.origin(start), folded.origin(end - 1) + 1)
    return Rewording(span(text, *_extend_over_marks(text, *widen_to_words(text, *place), exact.strip())), likeness)


def _align_with_neighbours(text: str, start: int, end: int, before: list[str], after: list[str]) -> tuple[int, int]:
    """`start` and `end` moved by a few words to where the words that stood before and after still stand, if they do."""
    low, high = max(0, start - EDGE_SEARCH_LENGTH), end + EDGE_SEARCH_LENGTH
    edges = [
        (low + first, low + last) for first, last in (match.span() for match in WORD_PATTERN.finditer(text[low:high]))
    ]
    words = [text[first:last] for first, last in edges]
    first = next(index for index, edge in enumerate(edges) if edge[1] > start)
    last = next(index for index in reversed(range(len(edges))) if edges[index][0] < end)
    near = sorted(range(-MAX_EDGE_SHIFT, MAX_EDGE_SHIFT + 1), key=abs)
    ends = [last + by for by in near if first <= last + by < len(edges)]
    last = next((at for at in ends if after[:2] and words[at + 1 : at + 3] == after[:2]), last)
    starts = [first + by for by in near if 0 <= first + by <= last]
    first = next((at for at in starts if before[-2:] and words[max(0, at - 2) : at] == before[-2:]), first)
    return edges[first][0], edges[last][1]


def _extend_over_marks(text: str, start: int, end: int, exact: str) -> tuple[int, int]:
    """`start` and `end`, which are edges of words, moved out over the marks that belong to the wording.

    Those are marks such as `exact` has at that edge, as far as white space, and a mark that closes or opens what was
    opened or is closed inside.
    """
    before, after = _FROM_FIRST_WORD.sub("", exact), _TO_LAST_WORD.sub("", exact)
    while end < len(text) and _is_mark_of_wording(text, end, after, _OPENING_BY_CLOSING, text[start:end]):
        end += 1
    while start and _is_mark_of_wording(text, start - 1, before, _CLOSING_BY_OPENING, text[start:end]):
        start -= 1
    return start, end


def _is_mark_of_wording(text: str, at: int, edge: str, pairs: dict[str, str], inside: str) -> bool:
    mark = text[at]
    if mark.isspace() or mark.isalnum() or mark in INVISIBLE_CHARACTERS:
        return False
    if mark in pairs:
        unpaired = inside.count(pairs[mark]) > (inside.count(mark) if pairs[mark] != mark else 0)
        return unpaired or any(kept in pairs for kept in edge)
    return any(kept not in pairs for kept in edge)


def _candidate_spans(text: str, words: str, most: int = 3) -> Iterator[tuple[int, int, float]]:
    """(start, end, likeness) of the places for which most words of the wording vote, edges fitted."""
    edges, wanted = [match.span() for match in WORD_PATTERN.finditer(text)], WORD_PATTERN.findall(words)
    places: dict[str, list[int]] = {word: [] for word in wanted}
    for index, (start, end) in enumerate(edges):
        if text[start:end] in places:
            places[text[start:end]].append(index)
    votes = Counter(
        index - offset
        for offset, word in enumerate(wanted)
        if len(places[word]) <= MAX_PLACES_OF_WORD
        for index in places[word]
    )
    # Words that were put in or left out shift the votes after them, by less than a third of the wording.
    width = max(3, len(wanted) // 3)
    bins: Counter = Counter()
    for start, count in votes.items():
        bins[start // width] += count
        bins[start // width - 1] += count
    chosen: list[int] = []
    for bin_, _ in bins.most_common(4 * most):
        if len(chosen) < most and all(abs(bin_ - other) > 1 for other in chosen):
            chosen.append(bin_)
            start = max(range(bin_ * width, (bin_ + 2) * width), key=lambda at: votes[at])
            yield _fit_span(text, words, edges, start, len(wanted), width)


def _fit_span(text: str, words: str, edges: list, first: int, count: int, width: int) -> tuple[int, int, float]:
    """The words around number `first` to `first + count` that are most like `words`.

    An edge that is wrong costs likeness at that edge alone, so each is moved by itself; twice, because the first was
    moved while the other was still wrong.
    """

    def like(first: int, last: int) -> float:
        return fuzz.ratio(words, text[edges[first][0] : edges[last][1]]) / 100 if first <= last else 0.0

    top = len(edges) - 1
    first = voted = min(max(first, 0), top)
    last = min(first + count - 1, top)
    reach = width + MIN_EDGE_REACH
    for _ in range(2):
        last = max(range(max(last - reach, 0), min(last + reach, top) + 1), key=lambda at: like(first, at))
        first = max(range(max(first - reach, 0), min(first + reach, top) + 1), key=lambda at: like(at, last))
    # A first or last word that was replaced is like nothing, and would be left out.
    if like(voted, min(voted + count - 1, top)) > like(first, last) - REPLACED_WORD_COST:
        first, last = voted, min(voted + count - 1, top)
    return (edges[first][0], edges[last][1], like(first, last))


def _context_likeness(text: str, place: tuple[int, int, float], before: str, after: str) -> float:
    start, end, _ = place
    return fuzz.ratio(before, text[max(0, start - len(before)) : start]) + fuzz.ratio(
        after, text[end : end + len(after)]
    )
