"""What one printing of a text has that another has not, so that an editor can read it. Pure.

Words are compared without regard to typography (text.fold) and case. A few words that two quite different sentences
happen to share are not shown as common, because such confetti cannot be read.
"""

import re
from dataclasses import dataclass

from language.difference import is_short, runs

from .text import fold

MIN_COMMON_WORDS = 3  # words running that both print; fewer between two changes belong to the change
STRETCH_KINDS = {"same": "same", "removed": "only here", "added": "only there"}
SHOWN_CONTEXT_WORDS = 12  # words shown on either side of a change; what lies between is counted

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
    words = _WORD.findall(here), _WORD.findall(there)
    if not all(map(is_short, words)):
        return None
    key = str.strip if exactly else lambda word: fold(word).text.strip().casefold()
    found = runs(*words, slight=lambda shared: len(shared) < MIN_COMMON_WORDS, key=key)
    return _shorten_common_parts([Stretch(STRETCH_KINDS[kind], "".join(tokens), len(tokens)) for kind, tokens in found])


def _shorten_common_parts(stretches: list[Stretch]) -> list[Stretch]:
    shown = []
    for at, stretch in enumerate(stretches):
        words = _WORD.findall(stretch.text) if stretch.kind == "same" else []
        before, after = (SHOWN_CONTEXT_WORDS if at else 0), (SHOWN_CONTEXT_WORDS if at < len(stretches) - 1 else 0)
        if len(words) <= before + after + 2:
            shown.append(stretch)
            continue
        head, tail = words[:before], words[len(words) - after :]
        left_out = len(words) - len(head) - len(tail)
        shown += [Stretch("same", "".join(head), len(head))] if head else []
        shown.append(Stretch("skipped", "", left_out))
        shown += [Stretch("same", "".join(tail), len(tail))] if tail else []
    return shown
