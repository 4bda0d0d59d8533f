"""What one printing of a text has that another has not, so that an editor can read it. Pure.

Words are compared without regard to typography (text.fold) and case. The difference is the longest common subsequence
of words (rapidfuzz's bit-parallel Indel; Hyyrö 2004). A few words that two quite different sentences happen to share
are not shown as common, because such confetti cannot be read.
"""

import re
from dataclasses import dataclass

from rapidfuzz.distance import Indel

from .text import fold

LONGEST = 12_000  # words of either text: the comparison takes their product in bits
SHORTEST_COMMON = 3  # words running that both print; fewer between two changes belong to the change
SHOWN_AROUND = 12  # words shown on either side of a change; what lies between is counted

_WORD = re.compile(r"\S+\s*")


@dataclass(frozen=True)
class Stretch:
    """Words running: "same", "only here", "only there", or "skipped" with the number of words in `count`."""

    kind: str
    text: str
    count: int


def readable_difference(here: str, there: str, *, exactly: bool = False) -> list[Stretch] | None:
    """The difference of two texts as stretches in the order of reading, long common parts cut short.

    With `exactly`, words that differ in typography or case alone differ too. None where a text is longer than 12,000
    words.
    """
    one, other = _WORD.findall(here), _WORD.findall(there)
    if max(len(one), len(other)) > LONGEST:
        return None
    return _cut_short(list(_stretches(one, other, str.strip if exactly else _key)))


def _stretches(one: list[str], other: list[str], key):
    changed: tuple[list, list] = ([], [])
    for tag, a, b, c, d in Indel.opcodes([key(word) for word in one], [key(word) for word in other]):
        between_changes = any(changed) and b < len(one) and d < len(other)
        if tag == "equal" and not (between_changes and b - a < SHORTEST_COMMON):
            yield from _changes(changed)
            changed = ([], [])
            yield Stretch("same", "".join(one[a:b]), b - a)
        else:
            changed[0].extend(one[a:b])
            changed[1].extend(other[c:d])
    yield from _changes(changed)


def _changes(changed):
    for kind, words in zip(("only here", "only there"), changed, strict=True):
        if words:
            yield Stretch(kind, "".join(words), len(words))


def _cut_short(stretches: list[Stretch]) -> list[Stretch]:
    shown = []
    for at, stretch in enumerate(stretches):
        words = _WORD.findall(stretch.text) if stretch.kind == "same" else []
        before, after = (SHOWN_AROUND if at else 0), (SHOWN_AROUND if at < len(stretches) - 1 else 0)
        if len(words) <= before + after + 2:
            shown.append(stretch)
            continue
        head, tail = words[:before], words[len(words) - after :]
        left_out = len(words) - len(head) - len(tail)
        shown += [Stretch("same", "".join(head), len(head))] if head else []
        shown.append(Stretch("skipped", "", left_out))
        shown += [Stretch("same", "".join(tail), len(tail))] if tail else []
    return shown


def _key(word: str) -> str:
    return fold(word).text.strip().casefold()
