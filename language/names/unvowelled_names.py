"""Names of which at least one is in letters without short vowels."""

from . import unvowelled
from .name_likeness import LIKELY, NO, POSSIBLE, SAME, Likeness
from .structure import Name
from .whole_names import with_marks


def compare_unvowelled(name: Name, other: Name) -> Likeness:
    """A name in letters without short vowels against one in the same or in Latin letters."""
    if name.unvowelled and other.unvowelled:
        some, others = sorted((name.unvowelled, other.unvowelled), key=len)
        if some == others:
            return Likeness(SAME, 0.97, "the same name")
        if len(some) > 1 and set(some) < set(others) and some[0] == others[0]:
            return Likeness(LIKELY, 0.8, "all words of the shorter, and one has more")
        return Likeness(POSSIBLE if some[-1] == others[-1] else NO, 0.2, "another word")
    words, latin = (name.unvowelled, other) if name.unvowelled else (other.unvowelled, name)
    sounds = [(sound, sound) for sound in latin.words if sound != "bin"]
    if len(latin.printed) == len(latin.words):
        sounds = [(s, p) for s, p in zip(latin.words, latin.printed, strict=True) if s != "bin"]
    orders = [("", sounds), ("; the family name stands first in one", [*sounds[-1:], *sounds[:-1]])]
    for turned, order in orders[: 2 if latin.comma else 1]:
        if len(words) == len(order) and all(
            unvowelled.may_be_written(word, *sound) for word, sound in zip(words, order, strict=True)
        ):
            if len(words) == 1:
                return Likeness(LIKELY, 0.75, "the same single name, vowels left out")
            return with_marks(Name((), ()), latin, f"the same name, vowels left out{turned}", 0.9)
    joined = "".join(sound for sound, _ in sounds), "".join(printed for _, printed in sounds)
    if len(words) != len(sounds) and min(len(words), len(sounds)) > 1:
        if unvowelled.may_be_written("".join(words), *joined):
            return Likeness(SAME, 0.88, "the same name, vowels left out, spaces aside")
        short, long = sorted((len(words), len(sounds)))
        ends = [(0, 0), (-1, -1)]
        fits = [unvowelled.may_be_written(words[i], *sounds[k]) for i, k in ends]
        if all(fits) and short == 2 and long > 2:
            return Likeness(LIKELY, 0.77, "the first and the last word are the same, and one has more")
    if len(words) > 1 and len(sounds) == 1 and unvowelled.may_be_written(words[-1], *sounds[0]):
        return Likeness(POSSIBLE, 0.55, "the family name alone")
    last = bool(sounds) and unvowelled.may_be_written(words[-1], *sounds[-1])
    if last and latin.initials and len(sounds) == 1:
        return Likeness(POSSIBLE, 0.6, "the same family name, and an initial")
    return Likeness(POSSIBLE if last else NO, 0.3 if last else 0.0, "the family name may be the same")
