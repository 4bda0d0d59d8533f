"""Finding the passages of one text of an article in another text of it. Pure functions.

What may be known of a passage: its words, what stands around them, and that it comes after one passage and before
another. An excerpt keeps no more than that. A place is a passage's only where the words stand whole and what stands
around them agrees (passage_context.py); what is in doubt has no place, and a person decides.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from .folding import FoldedText
from .passage_context import Context, context_around, has_gaps, is_distinctive, is_negated
from .text import MAX_PLACES, Placement, QuoteNotFound, Span, fold, occurrences, span


class Quote(Protocol):
    """What is looked for: a passage, or anything that has its words and what stands around them."""

    @property
    def exact(self) -> str: ...
    @property
    def prefix(self) -> str: ...
    @property
    def suffix(self) -> str: ...


@dataclass(frozen=True)
class KnownQuote:
    """Words of a text with all that is known around them; `turn` of `times` places that look the same there."""

    exact: str
    prefix: str
    suffix: str
    turn: int = 0
    times: int = 0


def known_quotes(text: str, passages: Sequence[Placement], *, whole: bool) -> list[KnownQuote]:
    """The words of `passages` of `text` as they are looked for elsewhere.

    An excerpt (not `whole`) is known from gap to gap. If it marks no gaps, it is known line by line, and the lines
    beside it are known too where the same words stand in several lines alike.
    """
    folded = fold(text)
    by_line = not whole and not has_gaps(text)
    return [
        _known_quote(text, passage.start, passage.end, folded, whole=whole, by_line=by_line) for passage in passages
    ]


def _known_quote(text: str, start: int, end: int, folded: FoldedText, *, whole: bool, by_line: bool) -> KnownQuote:
    exact, before, after = text[start:end], text[:start], text[end:]
    if by_line:
        line = KnownQuote(exact, before.rpartition("\n")[2], after.partition("\n")[0])
        if len(_agreeing_occurrences(text, exact, context_around(line.prefix, line.suffix), folded)) < 2:
            return line
    if not whole:
        around = context_around(before, after)
        return KnownQuote(exact, around.before, around.after)
    around = context_around("\n" + before, after + "\n")  # the edges of a whole text are those of a paragraph
    alike = [place for place in _whole_word_places(text, exact, folded) if around.agrees_at(text, *place)]
    return KnownQuote(exact, around.before, around.after, sum(place < (start, end) for place in alike), len(alike))


def anchor_quotes(text: str, quotes: Sequence[Quote]) -> list[Span | None]:
    """Where each of `quotes`, given in the order of the text they come from, stands in `text`; None where in doubt.

    Only places at which the words stand whole count, and of these only those whose surroundings agree with what is
    known. Where several are left, order tells: the same words take theirs in turn, or one place is left between the
    nearest neighbours. Where nothing is known around the words, as in an excerpt, a few words need a neighbour that
    stands on its right side. No two quotes get the same place, and none is guessed.
    """
    folded = fold(text)
    around = [context_around(quote.prefix, quote.suffix) for quote in quotes]
    places = [
        _agreeing_occurrences(text, quote.exact, known, folded) for quote, known in zip(quotes, around, strict=True)
    ]
    found: list[Span | None] = [
        _sole_candidate(text, quote, candidates) for quote, candidates in zip(quotes, places, strict=True)
    ]
    for index, quote in enumerate(quotes):
        if not around[index] and not is_distinctive(quote.exact) and not _is_in_order(index, places):
            found[index], places[index] = None, []
    _drop_contended_spans(found)
    for index, candidates in enumerate(places):
        # Of a whole text all is known that order could tell, and more.
        if found[index] is None and candidates and not getattr(quotes[index], "times", 0):
            found[index] = _span_between_neighbours(text, index, candidates, places, found)
    return found


def _whole_word_places(text: str, exact: str, folded: FoldedText, *, spaced: bool = False) -> list[tuple[int, int]]:
    try:
        return occurrences(text, exact, folded, spaced=spaced)
    except QuoteNotFound:
        return []


def _agreeing_occurrences(text: str, exact: str, known: Context, folded: FoldedText) -> list[tuple[int, int]]:
    # Where the words on both sides are known, "million" after "5" is one of them.
    places = _whole_word_places(text, exact, folded, spaced=not (known.left_side.words and known.right_side.words))
    if len(places) > MAX_PLACES:
        return []
    if not known:
        return [place for place in places if not is_negated(text, *place)]
    return [place for place in places if known.agrees_at(text, *place)]


def _sole_candidate(text: str, quote: Quote, candidates: list[tuple[int, int]]) -> Span | None:
    """The place of a quote that is not left to order: the only one, or its own among as many as looked the same."""
    alone = len(candidates) == max(1, getattr(quote, "times", 0))
    return span(text, *candidates[getattr(quote, "turn", 0)]) if alone else None


def _is_in_order(index: int, places: list[list[tuple[int, int]]]) -> bool:
    """Whether the one place of a short quote stands where another quote lets it: after one before it, or before."""
    if len(places[index]) != 1:
        return True
    [own] = places[index]
    return any(place < own for candidates in places[:index] for place in candidates) or any(
        place > own for candidates in places[index + 1 :] for place in candidates
    )


def _drop_contended_spans(found: list[Span | None]) -> None:
    """Leaves a place to nobody that several quotes would have: which of them stands there is in doubt."""
    times = Counter((place.start, place.end) for place in found if place)
    for index, place in enumerate(found):
        if place and times[place.start, place.end] > 1:
            found[index] = None


def _span_between_neighbours(
    text: str,
    index: int,
    candidates: list[tuple[int, int]],
    places: list[list[tuple[int, int]]],
    found: list[Span | None],
) -> Span | None:
    """The place that order leaves for an ambiguous quote; the same words several times in a row take theirs in turn."""
    low = max((place.start for place in found[:index] if place), default=-1)
    high = min((place.start for place in found[index + 1 :] if place), default=len(text) + 1)
    taken = {(place.start, place.end) for place in found if place}
    left = [place for place in candidates if low <= place[0] <= high and place not in taken]
    until = next((other for other in range(index + 1, len(found)) if found[other]), len(found))
    since = next((other for other in range(index - 1, -1, -1) if found[other] and places[other] != candidates), -1)
    waiting = sum(1 for other in range(since + 1, until) if found[other] is None and places[other] == candidates)
    return span(text, *left[0]) if left and len(left) == waiting else None
