"""Two texts laid side by side: what they share, in order, and what only one of them has.

The longest common subsequence, by rapidfuzz's bit-parallel Indel distance (Hyyrö 2004): its cost depends on the length
alone, not on what is compared. Python's own `SequenceMatcher` takes seconds over a few thousand words that repeat.
"""

from collections.abc import Callable, Iterator, Sequence

from rapidfuzz.distance import Indel

# Items of either side: two sides of this length cost at most a tenth of a second and twenty megabytes.
LONGEST = 12_000


def is_short(items: Sequence[object]) -> bool:
    """Whether so many items are compared at all."""
    return len(items) <= LONGEST


def changes(before: Sequence[str], after: Sequence[str]) -> Iterator[tuple[str, int, int, int, int]]:
    """How `after` is made of `before`: `(tag, i1, i2, j1, j2)` as of difflib's `get_opcodes`, in order.

    The tag is "equal", "replace", "delete" or "insert". Two sides of which one is longer than `LONGEST` are one
    replacement.
    """
    if not (is_short(before) and is_short(after)):
        yield "replace", 0, len(before), 0, len(after)
        return
    own = other = end = other_end = 0  # a stretch that is not shared: its start and its end on both sides
    for opcode in Indel.opcodes(before, after):
        tag, i1, i2, j1, j2 = opcode.tag, opcode.src_start, opcode.src_end, opcode.dest_start, opcode.dest_end
        if tag == "equal":
            yield from _unshared(own, end, other, other_end)
            yield tag, i1, i2, j1, j2
            own, other = i2, j2
        end, other_end = i2, j2
    yield from _unshared(own, end, other, other_end)


def _unshared(i1: int, i2: int, j1: int, j2: int) -> Iterator[tuple[str, int, int, int, int]]:
    if i1 < i2 or j1 < j2:
        yield "replace" if i1 < i2 and j1 < j2 else "delete" if i1 < i2 else "insert", i1, i2, j1, j2


def runs(
    before: Sequence[str],
    after: Sequence[str],
    *,
    slight: Callable[[Sequence[str]], bool],
    key: Callable[[str], str] = str,
) -> Iterator[tuple[str, Sequence[str]]]:
    """Two texts as runs of tokens, in the order of reading: "same", "removed" or "added", and the tokens.

    Tokens are the same where their `key` is. What is shared between two changes, and `slight`, belongs to the change.
    """
    removed: list[str] = []
    added: list[str] = []
    for tag, i1, i2, j1, j2 in changes([*map(key, before)], [*map(key, after)]):
        between = (removed or added) and i2 < len(before) and j2 < len(after)
        if tag == "equal" and not (between and slight(before[i1:i2])):
            yield from _changed(removed, added)
            yield "same", before[i1:i2]
            removed, added = [], []
        else:
            removed, added = [*removed, *before[i1:i2]], [*added, *after[j1:j2]]
    yield from _changed(removed, added)


def _changed(removed: Sequence[str], added: Sequence[str]) -> Iterator[tuple[str, Sequence[str]]]:
    yield from ((kind, tokens) for kind, tokens in (("removed", removed), ("added", added)) if tokens)


def likeness(before: Sequence[str], after: Sequence[str]) -> float:
    """How much of the two is shared: 1.0 where they are the same, 0.0 where nothing is or where one is too long."""
    return Indel.normalized_similarity(before, after) if is_short(before) and is_short(after) else 0.0
