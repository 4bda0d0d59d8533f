"""A text as words with places, and the fold of each: romanised by anyascii, small letters and digits alone.

This is the home of the one rule by which spellings are made alike: names are compared by these folds, withheld names
looked for by them, and the public search finds words by them (language/search_words.py).
"""

import re
import unicodedata
from functools import lru_cache

from anyascii import anyascii

# Scripts that are written without spaces, or with endings joined to names: each of their characters is a word.
UNSPACED = "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af\uf900-\ufaff"
HAN = "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
HANGUL = "\uac00-\ud7af"
# Vowel points of Hebrew and Arabic, and the stroke that draws Arabic letters out: one spelling has them, the next not.
POINTS = "\u0591-\u05c7\u0610-\u061a\u0640\u064b-\u065f\u0670"
_IS_POINT = re.compile(f"[{POINTS}]")


def _joining_characters() -> str:
    """Marks, and signs that are not seen: both belong to the word in which they stand."""
    ranges: list[tuple[int, int]] = []
    first = last = 0
    for code in range(0x300, 0x10000):
        if unicodedata.category(chr(code)) not in ("Mn", "Mc", "Me", "Cf"):
            continue
        if last == code - 1:
            last = code
            continue
        ranges += [(first, last)] if first else []
        first = last = code
    ranges += [(0xAD, 0xAD), (first, last), (0x1F3FB, 0x1F3FF), (0xE0001, 0xE01EF)]
    return "".join(f"{re.escape(chr(a))}-{re.escape(chr(b))}" for a, b in ranges)


JOINING = _joining_characters()  # for a class of characters in a pattern
_WORD = re.compile(rf"[{UNSPACED}][{JOINING}]*|[^\W_{UNSPACED}](?:[^\W_{UNSPACED}]|[{JOINING}\u0640])*")


@lru_cache(maxsize=20_000)
def letters_of(character: str) -> str:
    """What one character gives to the fold of its word."""
    if _IS_POINT.match(character) or unicodedata.category(character) == "Cf":
        return ""
    mark = unicodedata.category(character)[0] == "M"
    if mark and not character.isprintable():
        return ""
    return "".join(letter for letter in anyascii(character).casefold() if letter.isalnum())


@lru_cache(maxsize=100_000)
def fold_word(word: str) -> str:
    """The fold of one word."""
    if word.isascii():
        return word.lower()
    return "".join(letters_of(character) for character in unicodedata.normalize("NFKC", word))


class Words:
    """The words of a text, in order: `starts` and `ends` in the text, `words` as they stand, `folds` of each.

    `folded` is all folds in one, `at` the place in it at which each word begins.
    """

    def __init__(self, text: str) -> None:
        self.text = text
        self.starts: list[int] = []
        self.ends: list[int] = []
        self.words: list[str] = []
        self.folds: list[str] = []
        self.at: list[int] = []
        length = 0
        for match in _WORD.finditer(text):
            word = match[0]
            folded = word.lower() if word.isascii() else fold_word(word)
            if not folded:
                continue
            self.starts.append(match.start())
            self.ends.append(match.end())
            self.words.append(word)
            self.folds.append(folded)
            self.at.append(length)
            length += len(folded)
        self.folded = "".join(self.folds)

    def __len__(self) -> int:
        return len(self.words)

    def gap(self, number: int) -> str:
        """What stands between a word and the next."""
        return self.text[self.ends[number] : self.starts[number + 1]]

    def place(self, number: int, letters: int, *, end: bool = False) -> int:
        """The place in the text at which a word has given so many letters of its fold."""
        if not letters:
            return self.starts[number]
        if letters >= len(self.folds[number]):
            return self.ends[number]
        letters_before = 0
        for offset, character in enumerate(self.words[number]):
            if not end and letters_before >= letters:
                return self.starts[number] + offset
            letters_before += len("".join(letters_of(c) for c in unicodedata.normalize("NFKC", character)))
            if end and letters_before >= letters:
                return self.starts[number] + offset + 1
            if letters_before > letters:
                return self.starts[number] + offset
        return self.ends[number]


def words_in(name: str) -> list[str]:
    """The words of a name, as they stand."""
    return Words(name).words


def is_han(text: str) -> bool:
    """Whether `text` holds Chinese characters."""
    return bool(re.search(f"[{HAN}]", text))


def is_hangul(text: str) -> bool:
    """Whether `text` holds Korean syllables."""
    return bool(re.search(f"[{HANGUL}]", text))


def is_cyrillic(text: str) -> bool:
    """Whether `text` holds Cyrillic letters."""
    return bool(re.search("[\u0400-\u052f]", text))


def is_arabic(text: str) -> bool:
    """Whether `text` holds Arabic letters."""
    return bool(re.search("[\u0620-\u06ff]", text))


def is_latin(text: str) -> bool:
    """Whether `text` holds Latin letters."""
    return bool(re.search("[A-Za-z\u00c0-\u024f\u1e00-\u1eff]", text))
