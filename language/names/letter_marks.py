"""Marks on Latin letters that tell two names apart which fold to one, or nearly so: Hùng and Hưng, Müller and Möller.

Newspapers leave marks out, so that a name without any says nothing; where both are printed with marks, these count.
"""

import re
import unicodedata

from .lists import words_from

_FAMILIES_OF_VIETNAM = words_from("families_of_vietnam")
_WORD = re.compile(r"[^\W\d_]+")


def are_told_apart(name: str, other: str) -> bool:
    """Whether two names, both printed with marks, have other marks or other marked letters in the same place."""
    words, others = (_words_of(text) for text in (name, other))
    if not (_has_marks(words) and _has_marks(others)):
        return False
    if _is_vietnamese(words) and _is_vietnamese(others):
        marks, other_marks = (dict(map(_letters_and_marks, each)) for each in (words, others))
        return any(marks[letters] != other_marks[letters] for letters in marks.keys() & other_marks.keys())
    return any(
        len(word) == len(same) and any(map(_are_marked_otherwise, word, same))
        for word, same in zip(words, others, strict=False)
    )


def _words_of(name: str) -> list[str]:
    return _WORD.findall(unicodedata.normalize("NFC", name).casefold())


def _has_marks(words: list[str]) -> bool:
    return not "".join(words).isascii()


def _is_vietnamese(words: list[str]) -> bool:
    """Whether a family name of Vietnam stands at one of the ends."""
    ends = [_letters_and_marks(word)[0] for word in (words[0], words[-1])]
    return len(words) > 1 and not _FAMILIES_OF_VIETNAM.isdisjoint(ends)


def _letters_and_marks(word: str) -> tuple[str, tuple[str, ...]]:
    """The bare letters of a word and its marks: tones stand on one vowel or the next, as in Hoà and Hòa."""
    parts = unicodedata.normalize("NFD", word.replace("đ", "d\u0335"))
    marks = sorted(part for part in parts if unicodedata.combining(part))
    return "".join(part for part in parts if not unicodedata.combining(part)), tuple(marks)


def _are_marked_otherwise(letter: str, other: str) -> bool:
    """Whether both letters have marks and are not one letter."""
    bare, other_bare = (unicodedata.normalize("NFD", each) for each in (letter, other))
    return len(bare) > 1 and len(other_bare) > 1 and bare[0] != other_bare[0]
