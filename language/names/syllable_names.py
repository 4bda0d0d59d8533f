"""Chinese and Korean names in Latin letters, syllable by syllable."""

from rapidfuzz import fuzz

from . import chinese, korean
from .given_names import is_given_name
from .name_likeness import LIKELY, NO, POSSIBLE, Likeness
from .structure import Name
from .word_grades import plain


def compare_syllables(name: Name, other: Name) -> Likeness | None:
    """Chinese and Korean names in Latin letters, in which each vowel counts; None where they are no such names."""
    some, others = name.printed, other.printed
    if name.initials or other.initials:
        return None
    if korean.may_be_one_name(some, others, name.russian != other.russian):
        if plain("".join(some)) == plain("".join(others)):
            return None
        return Likeness(LIKELY, 0.82, "the same Korean name, written otherwise")
    if korean.are_two_names(some, others):
        return Likeness(POSSIBLE if name.words[0] == other.words[0] else NO, 0.2, "another Korean name")
    first, second = chinese.syllables(some, name.russian), chinese.syllables(others, other.russian)
    if not first or not second or any(len(word) > 3 and is_given_name(word) for word in (*name.words, *other.words)):
        return None
    flat = [tuple(syllable for word in words for syllable in word) for words in (first, second)]
    turned = tuple(syllable for word in (second[-1], *second[:-1]) for syllable in word)
    if flat[0] in (flat[1], turned):
        return None
    for row in (flat[1], turned):
        if chinese.are_read_alike(flat[0], row, (name.russian, other.russian)):
            if name.russian != other.russian:
                return Likeness(LIKELY, 0.83, "the same name, as Russian writes it")
            sure = chinese.is_of_giles(flat[0]) or chinese.is_of_giles(row) or "-" in "".join((*some, *others))
            if sure:
                return Likeness(LIKELY, 0.83, "the same name as Wade and Giles write it")
            return Likeness(POSSIBLE, 0.5, "the same name if Wade's and Giles's letters are meant")
    if first[0] == second[0] and fuzz.ratio("".join(flat[0]), "".join(flat[1])) >= 85:
        return Likeness(POSSIBLE, 0.45, "the same family name, given names alike")
    return Likeness(NO, 0.2, "other syllables")
