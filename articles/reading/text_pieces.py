"""A text put together of pieces that know where they come from."""

from collections.abc import Iterable
from dataclasses import replace

from ..text import settle
from .article_reading import Place

Piece = tuple[str, Place | None]


def text_of_pieces(paragraphs: Iterable[Iterable[Piece]]) -> tuple[str, list[Place]]:
    """The settled text of paragraphs, a blank line between two, and the places of their pieces as they stand in it.

    White space around a piece belongs to no place. Raises `TextIsBroken` as `settle` does.
    """
    parts, places, at = list[str](), list[Place](), 0
    for paragraph in paragraphs:
        pieces = [(settle(words), place) for words, place in paragraph]
        while pieces and not pieces[0][0].strip():
            pieces = pieces[1:]
        if not pieces:
            continue
        pieces[0] = (pieces[0][0].lstrip(), pieces[0][1])
        pieces[-1] = (pieces[-1][0].rstrip(), pieces[-1][1])
        if parts:
            parts.append("\n\n")
            at += 2
        for words, place in pieces:
            start = at + len(words) - len(words.lstrip())
            end = at + len(words.rstrip())
            if place is not None and end > start:
                last = places[-1] if places else None
                if last and replace(place, start=last.start, end=last.end) == last and start - last.end <= 2:
                    places[-1] = replace(last, end=end)
                else:
                    places.append(replace(place, start=start, end=end))
            parts.append(words)
            at += len(words)
    return "".join(parts), places
