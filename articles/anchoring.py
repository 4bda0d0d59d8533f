"""Finding the passages of one text of an article in another text of it. Pure functions.

What may be known of a passage: its words, what stands around them, and that it comes after one passage and before
another. An excerpt keeps no more than that.
"""

from collections.abc import Sequence
from typing import Protocol

from .text import QuoteIsAmbiguous, QuoteNotFound, Span, fold, locate, occurrences, span


class Quote(Protocol):
    """What is looked for: a passage, or anything that has its words and what stands around them."""

    exact: str
    prefix: str
    suffix: str


def anchor(text: str, quotes: Sequence[Quote]) -> list[Span | None]:
    """Where each of `quotes`, given in the order of the text they come from, stands in `text`; None where it does not.

    Words that stand there once are found first. Words that stand there several times are placed by prefix and suffix,
    and where these do not tell by order: between the nearest neighbours found already, if only one place is
    left there. What is still ambiguous is None: nothing is guessed. No two quotes get the same place.
    """
    folded = fold(text)
    places: list[list[tuple[int, int]]] = []
    found: list[Span | None] = []
    for quote in quotes:
        try:
            places.append(occurrences(text, quote.exact, folded))
            once = len(places[-1]) == 1
            found.append(span(text, *places[-1][0]) if once else locate(text, quote.exact, quote.prefix, quote.suffix))
        except QuoteNotFound:
            places.append([])
            found.append(None)
        except QuoteIsAmbiguous:
            found.append(None)
    _leave_one_per_place(found)
    for index, candidates in enumerate(places):
        if found[index] is None and candidates:
            found[index] = _between_neighbours(text, index, candidates, places, found)
    return found


def _leave_one_per_place(found: list[Span | None]) -> None:
    taken = set()
    for index, place in enumerate(found):
        if place and (place.start, place.end) in taken:
            found[index] = None
        elif place:
            taken.add((place.start, place.end))


def _between_neighbours(text, index, candidates, places, found) -> Span | None:
    """The place that order leaves for an ambiguous quote; the same words several times in a row take theirs in turn."""
    low = max((place.start for place in found[:index] if place), default=-1)
    high = min((place.start for place in found[index + 1 :] if place), default=len(text) + 1)
    taken = {(place.start, place.end) for place in found if place}
    left = [place for place in candidates if low <= place[0] <= high and place not in taken]
    until = next((other for other in range(index + 1, len(found)) if found[other]), len(found))
    since = next((other for other in range(index - 1, -1, -1) if found[other] and places[other] != candidates), -1)
    waiting = sum(1 for other in range(since + 1, until) if found[other] is None and places[other] == candidates)
    return span(text, *left[0]) if left and len(left) == waiting else None
