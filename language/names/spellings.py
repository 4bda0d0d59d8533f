"""Names in every spelling and script: what they are compared by, and where they occur in a text. Pure functions.

Withheld names are looked for by `claims.privacy`, which knows cases and transcriptions too.

Likeness never merges anybody here: two names are the same if their folds are equal, and only an editor says that two
different ones belong to the same actor.
"""

import unicodedata

from .folded_words import Words

FOLDED_LENGTH = 300  # code points of a fold that are kept and compared

# A name this long is looked for inside words too ("withjohnsmith" in an address); a shorter one only from the
# beginning of a word, and one of up to four letters only as whole words: "Li" must not be found in "lively".
FOUND_ANYWHERE, FOUND_WITH_ENDING = 8, 5


def fold(name: str) -> str:
    """What any spelling of `name` is compared by: NFKC, romanised by anyascii, small letters and digits alone.

    "Қасым-Жомарт Тоқаев" and "Qasym Zhomart Toqaev" have the same fold, "习近平" and "Xi Jinping" too. At most 300
    characters. A name without any letter or digit folds to itself in small letters, so that no fold is empty but
    that of an empty name.
    """
    return (_words(name).folded or "".join(name.casefold().split()))[:FOLDED_LENGTH]


def spellings(name: str) -> set[str]:
    """The folds by which `name` can occur in a text: as it is, and with its last word first ("Smith, John")."""
    folded = words_of(name)
    return {fold(name), ("".join(folded[-1:] + folded[:-1]) or fold(name))[:FOLDED_LENGTH]} - {""}


def words_of(name: str) -> list[str]:
    """The folds of the single words of `name`, in order."""
    return _words(name).folds


class FoldedNames:
    """A text folded once, in which many names can be looked for."""

    def __init__(self, text: str):
        words = _words(text)
        self._text, self._starts = words.folded, words.at
        self._ends = {*words.at[1:], len(words.folded)}

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


def _words(text: str) -> Words:
    return Words(text if text.isascii() else unicodedata.normalize("NFKC", text))
