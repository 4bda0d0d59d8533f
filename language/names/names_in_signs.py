"""Names of which at least one is in Chinese or Korean signs."""

from . import chinese, korean, phonetics
from .name_likeness import LIKELY, NO, POSSIBLE, SAME, Likeness
from .persons import compare_persons
from .structure import Name
from .word_grades import plain

_FEW_SIGNS = 2  # in a name that so many Chinese or Korean signs write, its sound says too little


def compare_signs(name: Name, other: Name) -> Likeness:
    """Names of which at least one is in Chinese or Korean signs: compared in these signs, if both are."""
    if name.signs and other.signs:
        signs, others = chinese.simplify_signs(name.signs), chinese.simplify_signs(other.signs)
        if signs == others:
            return Likeness(SAME, 0.99, "the same signs")
        if not phonetics.of_hangul(signs + others) and chinese.readings(signs) == chinese.readings(others):
            return Likeness(POSSIBLE, 0.4, "read alike, and written with other signs")
        return Likeness(NO, 0.1, "written with other signs")
    written, latin = (name, other) if name.signs else (other, name)
    few = len(written.signs) <= _FEW_SIGNS
    if phonetics.of_hangul(written.signs):
        if not korean.may_be_written(written.signs, latin.printed):
            return Likeness(NO, 0.1, "")
        read = tuple(phonetics.careful(word) for word in phonetics.korean(latin.printed))
        exact = "".join(read) == "".join(phonetics.careful(word) for word in written.printed)
        if exact and not few:
            return Likeness(SAME, 0.93, "the same name, as Hangul is read")
        return Likeness(LIKELY, 0.84, "the signs may be written so in Latin letters")
    if not latin.printed:
        return Likeness(NO, 0.0, "")
    read = chinese.readings(written.signs)
    orders = [latin.printed, (latin.printed[-1], *latin.printed[:-1])]
    for turned, words in zip(("", "; the family name stands first in one"), orders, strict=True):
        found = tuple(syllable for word in chinese.syllables(words, latin.russian) for syllable in word)
        if found and latin.russian and chinese.are_read_alike(found, read, (True, False)):
            return Likeness(LIKELY, 0.83, f"the same name, as Russian writes it{turned}")
        if found == read or (len(read) > 1 and "".join(read) == plain("".join(words))):
            if few:
                return Likeness(LIKELY, 0.84, f"the same sound{turned}; other short names sound so too")
            return Likeness(SAME, 0.97, f"the same name{turned}")
        if found and chinese.are_read_alike(found, read):
            return Likeness(LIKELY, 0.83, f"the same name as Wade and Giles write it{turned}")
    if len(read) == 1 or not chinese.syllables(latin.printed):
        like = compare_persons(written, latin)
        return like if like.level != SAME else Likeness(LIKELY, 0.8, like.why)
    alike = read[0] in (found_word[0] for found_word in chinese.syllables(latin.printed))
    return Likeness(POSSIBLE if alike and len(set(read) & set(found)) > 1 else NO, 0.2, "another sound")
