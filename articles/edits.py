"""What an editor changed by hand in the text that a reader made, and where its places stand then. Pure functions."""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from typing import Any

from language.difference import changes

from .reading import Place

Edit = tuple[int, int, int, int]  # [start, end) in the reader's text, [start, end) in the edited one, in code points

_TOKEN = re.compile(r"\s+|\w+|[^\w\s]")


def edits_between(before: str, after: str) -> list[Edit]:
    """The stretches in which `after` differs from `before`, in order, each of whole words: one change by hand each."""
    if before == after:
        return []
    edits: list[Edit] = []
    for edit in _finer_edits(before, after, before.splitlines(keepends=True), after.splitlines(keepends=True)):
        start, end, new_start, new_end = edit
        words = _TOKEN.findall(before[start:end]), _TOKEN.findall(after[new_start:new_end])
        for i1, i2, j1, j2 in _finer_edits(before[start:end], after[new_start:new_end], *words):
            edits.append((start + i1, start + i2, new_start + j1, new_start + j2))
    return _joined(edits, before)


def _finer_edits(before: str, after: str, tokens: Sequence[str], other: Sequence[str]) -> Iterator[Edit]:
    starts, other_starts = _starts(tokens), _starts(other)
    for tag, i1, i2, j1, j2 in changes(tokens, other):
        if tag != "equal":
            yield starts[i1], starts[i2], other_starts[j1], other_starts[j2]


def _starts(tokens: Sequence[str]) -> list[int]:
    starts = [0]
    for token in tokens:
        starts.append(starts[-1] + len(token))
    return starts


def _joined(edits: list[Edit], before: str) -> list[Edit]:
    """The edits, with those made one that only a space or less lies between."""
    joined: list[Edit] = []
    for edit in edits:
        if joined and not before[joined[-1][1] : edit[0]].strip(" "):
            joined[-1] = (joined[-1][0], edit[1], joined[-1][2], edit[3])
        else:
            joined.append(edit)
    return joined


def move_places(places: Sequence[Place], edits: Sequence[Edit]) -> list[list[Any]]:
    """The places of a reader's text in the edited one, as rows [start, end, page, begins at, ends at, speaker].

    What is left without a character is left out.
    """
    starts = [edit[0] for edit in edits]

    def moved(position: int, *, is_end: bool) -> int:
        at = bisect_right(starts, position - is_end) - 1
        if at < 0:
            return position
        _, end, new_start, new_end = edits[at]
        if position >= end:
            return position + new_end - end
        return new_start if position == edits[at][0] else new_end

    rows: list[list[Any]] = [
        [
            moved(place.start, is_end=False),
            moved(place.end, is_end=True),
            place.page,
            place.begins_at,
            place.ends_at,
            place.speaker,
        ]
        for place in places
    ]
    return [row for row in rows if row[0] < row[1]]
