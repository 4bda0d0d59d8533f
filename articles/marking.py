"""A text cut where passages begin and end, so that a page can mark them. Pure."""

from dataclasses import dataclass
from itertools import pairwise


@dataclass(frozen=True)
class Piece:
    """Some characters of a text and the passages that cover all of them; `opens` are those that begin here."""

    text: str
    passages: tuple
    opens: tuple


def pieces(text: str, passages) -> list[Piece]:
    """`text` in pieces, in order and complete, cut at every `start` and `end` of `passages`; these may overlap."""
    passages = sorted(passages, key=lambda passage: (passage.start, passage.end))
    cuts = sorted({0, len(text), *(passage.start for passage in passages), *(passage.end for passage in passages)})
    return [
        Piece(
            text[start:end],
            tuple(passage for passage in passages if passage.start <= start and end <= passage.end),
            tuple(passage for passage in passages if passage.start == start),
        )
        for start, end in pairwise(cuts)
    ]
