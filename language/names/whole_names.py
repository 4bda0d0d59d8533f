"""Names all of whose words agree: in what order they stand, and whether a spelling or a mark sets them apart."""

import re
from collections.abc import Iterator

from . import korean, phonetics
from .given_names import is_given_name, is_name_in_two_languages, is_one_name
from .lists import words_from
from .name_likeness import LIKELY, SAME, Likeness
from .structure import Name
from .word_grades import is_loosely, plain

_FAMILY_ENDINGS = ("ov", "ev", "ova", "eva", "ski", "skaia", "enko", "4uk", "baev", "uli", "vili", "dze")
_ENDINGS_OF_GIVEN_NAMES_TOO = ("in", "ina", "ian")
_FAMILY_OF_CHINA = words_from("families_of_china")
_FAMILY_OF_JAPAN = frozenset(phonetics.careful(name) for name in words_from("families_of_japan"))


def same_letters(name: Name, other: Name) -> Likeness | None:
    """Names whose letters are the same when spaces are left out: in order, or with the family name first."""
    syllables, lengths = name.syllables or other.syllables, {len(name.words), len(other.words)}
    for turned, words in (("", other.words), *_turns(other)):
        a, b = "".join(name.words), "".join(words)
        if lengths == {1} and not syllables and len(a) < 5:
            continue
        if a == b or (len(a) > 6 and _are_loosely(name.words, words)):
            if lengths == {1} and (name.initials or other.initials):
                continue
            if lengths == {1} and not syllables:
                return Likeness(LIKELY, 0.8, "the same single name, in any spelling")
            if 1 in lengths and not syllables:
                return Likeness(LIKELY, 0.85, "the same letters, spaces aside")
            return same_unless_turned(name, other, turned, a == b)
    return None


def _are_loosely(words: tuple[str, ...], others: tuple[str, ...]) -> bool:
    if len(words) == len(others):
        return all(map(is_loosely, words, others))
    return "".join(map(phonetics.loose, words)) == "".join(map(phonetics.loose, others))


def _turns(name: Name) -> Iterator[tuple[str, tuple[str, ...]]]:
    words = name.words
    if len(words) > 1:
        yield "the family name stands first in one", (words[-1], *words[:-1])
        if len(words) > 2 or name.syllables:
            yield "the family name stands first in one", (*words[1:], words[0])


def same_unless_turned(name: Name, other: Name, turned: str, exact: bool) -> Likeness:
    """Same, unless only the order or a mark that one of them lacks stands against it."""
    why = "the same name" if exact else "the same name, vowels transliterated differently"
    sure = name.comma != other.comma or name.syllables != other.syllables or _family_known(name) or _family_known(other)
    if turned and not sure and sum(map(is_given_name, name.words)) == 1 and len(name.words) == len(other.words):
        return with_marks(name, other, f"{why}; the given name seems to stand last in one", 0.78, LIKELY)
    if turned and not sure:
        return Likeness(LIKELY, 0.7, f"{why}; the words are turned round")
    why = f"{why}; {turned}" if turned else why
    if not exact and name.latin and other.latin and not _are_listed_forms(name, other):
        return with_marks(name, other, f"{why}, if they are transliterated at all", 0.84, LIKELY)
    if name.latin and other.latin and not (_is_transliterated(name) or _is_transliterated(other)):
        letters, other_letters = (sorted(plain("".join(words.printed))) for words in (name, other))
        if letters != other_letters and not _differ_in_listed_names(name, other):
            return with_marks(name, other, f"{why}, in another spelling", 0.85, LIKELY)
    return with_marks(name, other, why, 0.99 if exact else 0.95)


def _is_transliterated(name: Name) -> bool:
    """Whether a name in Latin letters seems to be from a language of others, so that its spelling varies.

    The spelling of other names is their own: Meyer is not Meier, nor Smyth Smith.
    """
    return bool(
        name.patronymic
        or name.whole != name.words
        or any(word.endswith(_FAMILY_ENDINGS) for word in name.words)
        or any(_TRANSLITERATED.search(word) for word in name.printed)
    )


# Letters and endings that English and its neighbours do not have, and transliterations do.
_TRANSLITERATED = re.compile(
    "q(?!u)|kh|zh|dzh|dj|gh(?=[aeiou])|^x|(?:bek|bai|bay|baev|uly|yan|ian|shvili|adze|enko|gul|qizi|skaya|skij|skyy?|ullah|v[iy]ch|aya|aia|nyy)$"
)


def _are_listed_forms(name: Name, other: Name) -> bool:
    """Whether each word of the one is in the other, or another spelling of it that the list of given names knows.

    Within the Latin script vowels tell many names apart: Karen and Karan, Becker and Backer.
    """
    return all(any(word == form or is_one_name(word, form) for form in other.words) for word in name.words)


def _differ_in_listed_names(name: Name, other: Name) -> bool:
    """Whether the words that are printed otherwise are given names whose transliterations the list knows."""
    printed = {plain(word) for word in other.printed}
    return len(name.words) == len(other.words) and all(
        plain(as_printed) in printed or is_one_name(word, word)
        for word, as_printed in zip(name.words, name.printed, strict=True)
    )


def with_marks(name: Name, other: Name, why: str, score: float, level: str = SAME) -> Likeness:
    if bool(name.suffix) != bool(other.suffix):
        return Likeness(LIKELY, min(score, 0.75), f"{why}; only one says “{name.suffix or other.suffix}”")
    if bool(name.initials) != bool(other.initials):
        return Likeness(
            LIKELY, min(score, 0.85), f"{why}; only one has the initial {(name.initials or other.initials)[0].upper()}."
        )
    if bool(name.patronymic) != bool(other.patronymic):
        why += "; one with the patronymic"
    return Likeness(level, score, why)


def _family_known(name: Name) -> bool:
    """Whether the words tell which of them is the family name, so that their order says nothing."""
    if sum(word.endswith(_FAMILY_ENDINGS) and len(word) > 4 for word in name.words) == 1:
        return True
    if len(name.words) != 2:
        return False
    asian = [
        sound in _FAMILY_OF_CHINA or korean.is_family(printed)
        for sound, printed in zip(name.words, name.printed, strict=True)
    ]
    if sum(asian) == 1 or sum(word in _FAMILY_OF_JAPAN for word in name.words) == 1:
        return True
    # Putin Vladimir, but not Justin Thomas.
    return any(
        family.endswith(_ENDINGS_OF_GIVEN_NAMES_TOO)
        and not is_given_name(family)
        and is_name_in_two_languages(given, given)
        for family, given in (name.words, name.words[::-1])
    )
