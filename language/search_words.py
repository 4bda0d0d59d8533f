"""Words as they are compared and searched, the same on every database. Pure functions.

A word is found by any case, with or without its marks, and in Latin letters whatever its script: Токаев, tokaev and
TÓKAEV are one word, "tokaev". How a word is folded is the rule of names (language/names/folded_words.py): soft hyphens
and other signs that print nothing are no part of it, nor are the vowel points of Arabic and Hebrew; the vowel signs of
Indic scripts are. A number is one word however its thousands are parted: 1,000,000 and 1000000.

A word of a script that puts no spaces between words is cut into its characters, each written `uXXXXXX` by its code
point, so that a part of it is found: neither SQLite's nor PostgreSQL's own reading of scripts and marks plays any part.
What changes here changes the indexes of readers and of the desk: `manage.py record_rebuild` and `index_captures` make
them anew, and `record_verify` says what differs.
"""

import re
import unicodedata
from functools import lru_cache

from .names.folded_words import JOINING, fold_word

# Thousands parted by commas, spaces, apostrophes or points, and lakhs and crores by commas. Runs are bounded: a longer
# one is no number, and would be tried anew at each of its parts.
_NUMBER = (
    r"(?<![\w.,٬])(?:\d{1,3}(?:(?:[,٬]\d{3}){1,8}|(?:['’\u00a0\u2009\u202f]\d{3}){1,8}|(?:[. ]\d{3}){2,8})"
    r"|\d{1,2}(?:,\d{2}){1,8},\d{3})(?!\w|[,٬]\d)"
)
_LETTERS = rf"\w[\w{JOINING}]*"
_WORD = re.compile(rf"{_NUMBER}|{_LETTERS}(?:['’ʼʹ´`]{_LETTERS})*")
_NOT_PLAIN = re.compile(r"[^0-9a-z]+")
# Han, Kana, Bopomofo, Thai, Lao, Myanmar, Khmer.
_UNSPACED_SCRIPT = re.compile(
    "[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u312f\u31a0-\u31bf\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff"
    "\uf900-\ufaff\U0001b000-\U0001b16f\U00020000-\U0003ffff]"
)
MAX_TERM_LENGTH = 60  # letters of one term; what is longer is found by its start
LONGEST_RUN = 2000  # characters of a run of an unspaced script


CACHE_SIZE = 50_000  # words whose terms are kept at hand: the same few thousand make up most of any text


def words_with_terms(text: str) -> list[tuple[int, int, tuple[str, ...]]]:
    """Each word of `text` in order, as (start, end, terms): where it stands in code points, and what it is found by.

    A word has one term, or one a character in scripts without spaces; one of marks alone has none.
    """
    return [(match.start(), match.end(), terms_of(match.group())) for match in _WORD.finditer(text)]


def terms_of(word: str) -> tuple[str, ...]:
    """What a single word is found by."""
    return _cached_terms(word[:LONGEST_RUN])


@lru_cache(CACHE_SIZE)
def _cached_terms(word: str) -> tuple[str, ...]:
    if word.isascii() or not _UNSPACED_SCRIPT.search(word):
        plain = _plain_word(word)
        return (plain,) if plain else ()
    characters = [f"u{ord(c):06x}" for c in unicodedata.normalize("NFKC", word) if _UNSPACED_SCRIPT.match(c)]
    return (*characters, *(plain for part in _UNSPACED_SCRIPT.split(word) if (plain := _plain_word(part))))


def _plain_word(word: str) -> str:
    return _NOT_PLAIN.sub("", fold_word(word[: 4 * MAX_TERM_LENGTH]))[:MAX_TERM_LENGTH]


def searchable_terms(text: str, most: int = 10_000) -> list[str]:
    """The terms of all words of `text`, at most so many; words of unspaced scripts also romanised, after the others."""
    found: list[str] = []
    romanised: list[str] = []
    for match in _WORD.finditer(text):
        word = match.group()
        found += terms_of(word)
        if not word.isascii() and _UNSPACED_SCRIPT.search(word) and (plain := _plain_word(word)):
            romanised.append(plain)
        if len(found) + len(romanised) >= most:
            break
    return (found + romanised)[:most]


def sort_key(text: str, length: int) -> str:
    """What names are sorted by: small Latin letters and digits, at most `length`."""
    return " ".join(_plain_words(text, length))[:length]


def joined_form(text: str) -> str:
    """The whole text as one word: equal for two spellings that differ in case, marks, spaces or punctuation only."""
    return "".join(_plain_words(text, MAX_TERM_LENGTH))[:MAX_TERM_LENGTH]


def _plain_words(text: str, length: int) -> list[str]:
    """The words that the first `length` letters are made of."""
    found, size = [], 0
    for match in _WORD.finditer(text):
        if plain := _plain_word(match.group()):
            found.append(plain)
            size += len(plain)
        if size >= length:
            break
    return found
