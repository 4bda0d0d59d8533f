"""Which of several printings of one text comes from which. Pure functions; proposals with their evidence, never links.

A family is an article with its likely reprints. In it each printing is given the one parent in which the largest share
of it stands among those that were printed before it: the reconstruction of a stemma by the largest overlap that the
dates allow, as in work on text reuse in newspapers (Smith, Cordell and Mullen, "Computational methods for uncovering
reprinted texts in antebellum newspapers", 2015). Credit lines count before dates.
"""

from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass

from .reprints import LIKELY, Shingled, compare

MOST = 24  # printings that are compared with one another: the comparisons are the square of that
NEARLY = 0.02  # shares that differ by less are equal: then the earlier printing is the parent


@dataclass(frozen=True)
class Printing:
    """One printing of a family: what names it, and its text."""

    key: Hashable
    text: Shingled


@dataclass(frozen=True)
class Descent:
    """A printing and the one that it was likely taken from, if any: `share`, from 0 to 1, of it stands there.

    `ordered` is False where something is alike but nobody knows which was first: then there is no parent.
    """

    key: Hashable
    parent: Hashable | None
    share: float
    ordered: bool


def descents(
    printings: Sequence[Printing],
    first: Callable[[Hashable, Hashable], Hashable | None],
    credits: Callable[[Hashable, Hashable], bool] = lambda one, other: False,
) -> list[Descent]:
    """The likely descent of each printing, in their order; at most 24 are compared, the others have none.

    `first` says which of two was printed first, or None; `credits` whether one credits the other.
    """
    printings = printings[:MOST]
    shares = {
        (one.key, other.key): _share(one, other) for one in printings for other in printings if one.key != other.key
    }
    return [_descent(one, printings, shares, first, credits) for one in printings]


def _share(one: Printing, other: Printing) -> float:
    shared = compare(one.text, other.text)
    return shared.of_this_in_other if shared.likely else 0.0


def _descent(one: Printing, printings, shares, first, credits) -> Descent:
    alike = [
        (shares[one.key, other.key], other.key)
        for other in printings
        if other.key != one.key and max(shares[one.key, other.key], shares[other.key, one.key]) >= LIKELY
    ]
    before = [(share, key) for share, key in alike if first(one.key, key) == key]
    if not before:
        # Something is alike: either this is where it begins, or nobody knows.
        return Descent(one.key, None, 0.0, all(first(one.key, key) is not None for _, key in alike))
    best = max(share for share, _ in before)
    nearest = [(share, key) for share, key in before if best - share < NEARLY]
    nearest = [(share, key) for share, key in nearest if credits(one.key, key)] or nearest
    share, parent = nearest[0]
    for other_share, other in nearest[1:]:
        if first(parent, other) == other:
            share, parent = other_share, other
    return Descent(one.key, parent, share, True)
