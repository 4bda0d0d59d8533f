"""How alike two words of names are: one spelling, spellings that transliterations exchange, or two names."""

import re

from rapidfuzz.distance import Levenshtein

from . import phonetics, transcriptions
from .given_names import is_name_in_two_languages, is_one_name
from .structure import Name

Pairs = list[tuple[int, int, float]]  # place in the one, place in the other, how alike
_LONG = 6  # letters of a word in which one inner vowel may differ
IN_TWO_LANGUAGES = 0.82  # grade of a given name in two languages
TRANSCRIBED = 0.8  # grade of two words that are one in another language's letters
MAX_WORDS = 12  # of a name that are compared
_EXCHANGED_VOWELS = ({"i", "e"}, {"e", "a"}, {"o", "u"}, {"i", "u"})
_EXCHANGED_INITIALS = (
    {"k", "q", "c"},
    {"j", "z", "d"},
    {"i", "y", "j", "e"},
    {"v", "w"},
    {"h", "k", "x"},
    {"6", "s"},
    {"4", "c", "t"},
)


def pairs_of(short: Name, long: Name) -> Pairs:
    """(place in short, place in long, grade) of words that are the same name; the best pairs first, each word once."""
    graded = sorted(
        (
            (grade_printed(a, b, short.printed[i], long.printed[k]), -abs(i - k), i, k)
            for i, a in enumerate(short.words[:MAX_WORDS])
            for k, b in enumerate(long.words[:MAX_WORDS])
        ),
        reverse=True,
    )
    pairs: Pairs = []
    for grade, _, i, k in graded:
        if grade and not any(i == place or k == other_place for place, other_place, _ in pairs):
            pairs.append((i, k, grade))
    return pairs


def grade_printed(name: str, other: str, printed: str, other_printed: str) -> float:
    """As `grade_of`, and less for words that other languages transcribe so."""
    return grade_of(name, other) or (TRANSCRIBED if transcriptions.are_alike(printed, other_printed) else 0.0)


def grade_of(name: str, other: str) -> float:
    """1 for one spelling, less for spellings that transliterations exchange, 0 for two names."""
    if name == other:
        return 1.0
    if is_loosely(name, other):
        return 0.95
    if is_one_name(name, other):
        return 0.9
    if _one_vowel_apart(name, other):
        return 0.85
    return IN_TWO_LANGUAGES if is_name_in_two_languages(name, other) else 0.0


def is_loosely(name: str, other: str) -> bool:
    """Whether two words differ only in vowels that transliterations exchange; not in the first, as Elena and Alena."""
    return phonetics.loose(name) == phonetics.loose(other) and {name[:1], other[:1]} != {"a", "e"}


def _one_vowel_apart(name: str, other: str) -> bool:
    """Whether one inner vowel is another that transliterations write for it, or is left out, in a word long enough."""
    short = min(len(name), len(other))
    if (
        name[:1] != other[:1]
        or name[-1:] != other[-1:]
        or short < 5
        or phonetics.skeleton(name) != phonetics.skeleton(other)
    ):
        return False
    edits = list(Levenshtein.editops(name, other))
    if len(edits) != 1:
        return False
    [edit] = edits
    if edit.tag != "replace":
        return short >= _LONG
    exchanged = {name[edit.src_pos], other[edit.dest_pos]}
    return exchanged == {"i", "e"} and name[-1:] not in "aeiou" if short < _LONG else exchanged in _EXCHANGED_VOWELS


def can_begin(word: str, initial: str) -> bool:
    """Whether the initial may be that of the word, however its first letter is transliterated."""
    return word[:1] == initial or any({word[:1], initial} <= group for group in _EXCHANGED_INITIALS)


def plain(word: str) -> str:
    return re.sub("[-'’ʼ`´]", "", word)
