"""Names in every spelling and script: what they are compared by, and where they occur in a text. Pure functions.

Withheld names are looked for by `claims.privacy`, which knows cases and transcriptions too.

Likeness never merges anybody here: two names are the same if their folds are equal, and only an editor says that two
different ones belong to the same actor.
"""

import re
import unicodedata

from anyascii import anyascii

FOLDED_LENGTH = 300  # code points of a fold that are kept and compared

# Scripts that are written without spaces, or with endings joined to names: each of their characters begins a word.
_UNSPACED = "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af\uf900-\ufaff"
_WORD = re.compile(rf"[{_UNSPACED}]|(?:(?![{_UNSPACED}])[^\W_])+")
# Vowel points of Hebrew and Arabic, which one spelling writes and the next leaves out.
_POINTS = re.compile("[\u0591-\u05c7\u0610-\u061a\u064b-\u065f\u0670]")

# A name this long is looked for inside words too ("withjohnsmith" in an address); a shorter one only from the
# beginning of a word, and one of up to four letters only as whole words: "Li" must not be found in "lively".
FOUND_ANYWHERE, FOUND_WITH_ENDING = 8, 5


def fold(name: str) -> str:
    """What any spelling of `name` is compared by: NFKC, romanised by anyascii, small letters and digits alone.

    "Қасым-Жомарт Тоқаев" and "Qasym Zhomart Toqaev" have the same fold, "习近平" and "Xi Jinping" too. At most 300
    characters. A name without any letter or digit folds to itself in small letters, so that no fold is empty but
    that of an empty name.
    """
    folded = "".join(_letters(word) for word in _words(name)) or "".join(name.casefold().split())
    return folded[:FOLDED_LENGTH]


def spellings(name: str) -> set[str]:
    """The folds by which `name` can occur in a text: as it is, and with its last word first ("Smith, John")."""
    folded = [_letters(word) for word in _words(name)]
    return {fold(name), ("".join(folded[-1:] + folded[:-1]) or fold(name))[:FOLDED_LENGTH]} - {""}


def words_of(name: str) -> list[str]:
    """The folds of the single words of `name`, in order."""
    return [folded for word in _words(name) if (folded := _letters(word))]


class Folded:
    """A text folded once, in which many names can be looked for."""

    def __init__(self, text: str):
        starts, parts, length = [], [], 0
        for word in _words(text):
            letters = _letters(word)
            starts.append(length)
            parts.append(letters)
            length += len(letters)
        self._text = "".join(parts)
        self._starts = starts
        self._ends = {*starts[1:], length}

    def holds(self, folded: str) -> bool:
        """Whether the name with this fold occurs: across hyphens and spaces, in any script, with any ending."""
        if not folded or folded not in self._text:
            return False
        if len(folded) >= FOUND_ANYWHERE:
            return True
        return any(
            self._text.startswith(folded, start)
            and (len(folded) >= FOUND_WITH_ENDING or start + len(folded) in self._ends)
            for start in self._starts
        )


def _words(text: str) -> list[str]:
    if text.isascii():
        return _WORD.findall(text)
    text = _POINTS.sub("", unicodedata.normalize("NFKC", text))
    # A mark ends a word for `re`, and a joiner does: both belong to the word that they stand in.
    marks = {c: anyascii(c) if c.isprintable() else "" for c in set(text) if unicodedata.category(c)[0] == "M"}
    joiners = {c: "" for c in set(text) if unicodedata.category(c) == "Cf"}
    return _WORD.findall(text.translate(str.maketrans(marks | joiners)))


def _letters(word: str) -> str:
    if word.isascii() and word.isalnum():
        return word.lower()
    return "".join(c for c in anyascii(word).casefold() if c.isalnum())
