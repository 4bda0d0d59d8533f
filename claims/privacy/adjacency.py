"""Which words of a text stand beside one another, so that they may be one name."""

import re
from collections.abc import Iterable

from .patterns import PARTICLES
from .tokens import Words


def runs_of(words: Words, hits) -> Iterable[list[tuple[int, int, int]]]:
    """The hits of one name in groups of words that stand beside one another."""
    run: list[tuple[int, int, int]] = []
    for hit in hits:
        again = any(hit[1] == place and hit[0] != number for number, place, _ in run)
        if run and (again or not _beside(words, run[-1][0], hit[0])):
            yield run
            run = []
        run.append(hit)
    if run:
        yield run


_BETWEEN = re.compile(r"[\s.,'’·\-_+/()\"“”«»]{0,4}")
_PATRONYMIC = re.compile("(?:[oe]vi4|[oe]vich|ich|[oe]vna|ichna)(?:a|u|y|e|em|om|oy|oi)?$|ovn[yueo]|evn[yueo]")


def _beside(words: Words, first: int, last: int) -> bool:
    """Whether two words stand beside each other, initials, particles and a patronymic aside."""
    if last - first > 3:
        return False
    for number in range(first, last):
        gap = words.gap(number)
        if not _BETWEEN.fullmatch(gap) or "\n\n" in gap:
            return False
        if gap.strip() in (".", ",") and words.folds[number] == "s":
            return False
    inner = range(first + 1, last)
    return all(
        len(words.folds[number]) <= 2
        or words.folds[number] in PARTICLES
        or words.words[number] in PARTICLES
        or (words.words[number][0].isupper() and bool(_PATRONYMIC.search(words.folds[number])))
        for number in inner
    ) and not any(
        words.gap(number).strip().startswith((".", ",")) and len(words.folds[number]) > 2 and inner
        for number in range(first, last)
    )


def touching(words: Words, first: int, length: int) -> bool:
    return all(
        not words.gap(number).strip() and len(words.gap(number)) < 2 for number in range(first, first + length - 1)
    )


def near(words: Words, first: int, length: int) -> bool:
    """Whether so many words stand beside each other, a space, comma or hyphen between."""
    return all(words.gap(number) in (" ", "-", "‐", ", ", "\u00a0") for number in range(first, first + length - 1))
