"""How two printed names stand to one another: same, likely, possible or not the same, with the reason.

"Same" says that the two are spellings of one name, in whatever script: not that they are one person, which only an
editor says. Names of persons are compared word by word, names of bodies as sets of words.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from rapidfuzz import fuzz
from rapidfuzz.distance import Levenshtein

from . import organizations, phonetics
from .given_names import is_one_name, is_short_for
from .lists import words_from
from .structure import Name, is_body, take_apart

Pairs = list[tuple[int, int, float]]  # place in the one, place in the other, how alike
SAME, LIKELY, POSSIBLE, NO = "same", "likely", "possible", ""
_LONG = 6  # letters of a word in which one inner vowel may differ
_FAMILY_ENDINGS = (
    "ov",
    "ev",
    "ova",
    "eva",
    "in",
    "ina",
    "ski",
    "skaia",
    "enko",
    "ian",
    "4uk",
    "baev",
    "uli",
    "vili",
    "dze",
)
_FAMILY_OF_CHINA = words_from("families_of_china")


@dataclass(frozen=True)
class Likeness:
    """`level` is same, likely, possible or empty; `score` from 0 to 1 orders within and across levels."""

    level: str
    score: float
    why: str


def compare(name: str, other: str) -> Likeness:
    """How the names `name` and `other` stand to one another. Symmetric."""
    if is_body(name) or is_body(other) or organizations.acronym(name) or organizations.acronym(other):
        return Likeness(*organizations.compare(name, other))
    first, second = take_apart(name), take_apart(other)
    if first.arabic or second.arabic:
        return _compare_arabic(first, second)
    return _compare_persons(first, second, phonetics.of_hangul(name) != phonetics.of_hangul(other))


def _compare_persons(name: Name, other: Name, korean: bool) -> Likeness:
    if not name.words or not other.words:
        return Likeness(NO, 0.0, "")
    if korean:
        name, other = _read_korean(name), _read_korean(other)
    if clash := _clash(name, other):
        return Likeness(POSSIBLE if name.words[-1] == other.words[-1] else NO, 0.3, clash)
    if same_letters := _same_letters(name, other):
        return same_letters
    short, long = sorted((name.words, other.words), key=len)
    pairs = _pairs(short, long)
    if len(short) == 1:
        return _compare_single(name, other, pairs)
    if len(pairs) == len(short):
        return _compare_all_paired(name, other, pairs, len(long) > len(short))
    return _compare_some_paired(name, other, pairs)


def _clash(name: Name, other: Name) -> str:
    """Why two names cannot be of one person: another suffix, patronymic or middle initial."""
    if name.suffix and other.suffix and name.suffix != other.suffix:
        return f"“{name.suffix}” is not “{other.suffix}”"
    if name.patronymic and other.patronymic and _grade(name.patronymic, other.patronymic) == 0:
        return "the patronymics differ"
    both = name.initials and other.initials and min(len(name.words), len(other.words)) > 1
    return "the initials differ" if both and name.initials != other.initials else ""


def _same_letters(name: Name, other: Name) -> Likeness | None:
    """Names whose letters are the same when spaces are left out: in order, or with the family name first."""
    syllables, lengths = name.syllables or other.syllables, {len(name.words), len(other.words)}
    for turned, words in (("", other.words), *_turns(other)):
        a, b = "".join(name.words), "".join(words)
        if lengths == {1} and not syllables and len(a) < 5:
            continue
        if a == b or (len(a) > 6 and _loose_letters(name.words) == _loose_letters(words)):
            if lengths == {1} and not syllables:
                return Likeness(LIKELY, 0.8, "the same single name, in any spelling")
            if 1 in lengths and not syllables:
                return Likeness(LIKELY, 0.85, "the same letters, spaces aside")
            return _same_unless_turned(name, other, turned, a == b)
    return None


def _loose_letters(words: tuple[str, ...]) -> str:
    return "".join(phonetics.loose(word) for word in words)


def _turns(name: Name) -> Iterator[tuple[str, tuple[str, ...]]]:
    words = name.words
    if len(words) > 1:
        yield "the family name stands first in one", (words[-1], *words[:-1])
        if len(words) > 2 or name.syllables:
            yield "the family name stands first in one", (*words[1:], words[0])


def _same_unless_turned(name: Name, other: Name, turned: str, exact: bool) -> Likeness:
    """Same, unless only the order or a mark that one of them lacks stands against it."""
    why = "the same name" if exact else "the same name, vowels transliterated differently"
    sure = name.comma != other.comma or name.syllables != other.syllables or _family_known(name) or _family_known(other)
    if turned and not sure:
        return Likeness(LIKELY, 0.85, f"{why}; the words are turned round")
    return _with_marks(name, other, f"{why}; {turned}" if turned else why, 0.99 if exact else 0.95)


def _with_marks(name: Name, other: Name, why: str, score: float) -> Likeness:
    if bool(name.suffix) != bool(other.suffix):
        return Likeness(LIKELY, 0.75, f"{why}; only one says “{name.suffix or other.suffix}”")
    if bool(name.initials) != bool(other.initials):
        return Likeness(
            LIKELY, 0.85, f"{why}; only one has the initial {(name.initials or other.initials)[0].upper()}."
        )
    if bool(name.patronymic) != bool(other.patronymic):
        why += "; one with the patronymic"
    return Likeness(SAME, score, why)


def _family_known(name: Name) -> bool:
    """Whether the words tell which of them is the family name, so that their order says nothing."""
    return sum(word.endswith(_FAMILY_ENDINGS) for word in name.words) == 1 or (
        len(name.words) == 2 and sum(word in _FAMILY_OF_CHINA for word in name.words) == 1
    )


def _pairs(short: Sequence[str], long: Sequence[str]) -> list[tuple[int, int, float]]:
    """(place in short, place in long, grade) of words that are the same name; the best pairs first, each word once."""
    graded = sorted(
        ((_grade(a, b), -abs(i - k), i, k) for i, a in enumerate(short) for k, b in enumerate(long)), reverse=True
    )
    pairs: list[tuple[int, int, float]] = []
    for grade, _, i, k in graded:
        if grade and not any(i == place or k == other_place for place, other_place, _ in pairs):
            pairs.append((i, k, grade))
    return pairs


def _grade(name: str, other: str) -> float:
    """1 for one spelling, less for spellings that transliterations exchange, 0 for two names."""
    if name == other:
        return 1.0
    if phonetics.loose(name) == phonetics.loose(other):
        return 0.95
    return 0.9 if is_one_name(name, other) else 0.85 if _one_vowel_apart(name, other) else 0.0


_EXCHANGED_VOWELS = ({"i", "e"}, {"e", "a"}, {"o", "u"}, {"i", "u"})


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


def _compare_all_paired(name: Name, other: Name, pairs: Pairs, left: bool) -> Likeness:
    grades, positions = [grade for *_, grade in pairs], [k for _, k, _ in sorted(pairs)]
    if left:
        return Likeness(LIKELY, 0.8, "all words of the shorter, and one has more")
    if grades.count(0.85) > 1:
        return Likeness(LIKELY, 0.8, "alike, letters aside")
    turned = "" if positions == sorted(positions) else "the family name stands first in one"
    return _same_unless_turned(name, other, turned, min(grades) == 1.0)


def _compare_some_paired(name: Name, other: Name, pairs: Pairs) -> Likeness:
    """The family names agree and the rest does not."""
    last = (len(min(name.words, other.words, key=len)) - 1, len(max(name.words, other.words, key=len)) - 1)
    if any((i, k) == last for i, k, _ in pairs):
        given_names = (name.words[0], other.words[0])
        if is_short_for(*given_names):
            return Likeness(LIKELY, 0.8, "the same family name; one given name is short for the other")
        near = fuzz.ratio(*given_names) / 100
        if near >= 0.75:
            return Likeness(POSSIBLE, 0.5, "the same family name, given names alike")
        return Likeness(NO, 0.2, "the same family name, another given name")
    whole = fuzz.ratio("".join(name.words), "".join(other.words)) / 100
    return Likeness(POSSIBLE if whole >= 0.85 else NO, whole * 0.5, "letters alike")


def _compare_single(name: Name, other: Name, pairs: Pairs) -> Likeness:
    """A single word against a name: the family name, with an initial or alone."""
    single, full = (name, other) if len(name.words) == 1 else (other, name)
    if not pairs:
        return Likeness(NO, 0.0, "")
    place = pairs[0][1]
    if single.initials and len(full.words) > 1:
        rest = (word for k, word in enumerate(full.words) if k != place)
        if any(_can_begin(word, single.initials[0]) for word in rest):
            return Likeness(LIKELY, 0.85, "the same family name and the initial of the given name")
        return Likeness(NO, 0.2, "the same family name, another initial")
    if len(full.words) == 1:
        if name.initials and other.initials:
            return Likeness(SAME, 0.9, "the same family name and initials")
        return Likeness(LIKELY, 0.75, "the same single name, in any spelling")
    if place == len(full.words) - 1:
        return Likeness(POSSIBLE, 0.6, "the family name alone")
    return Likeness(POSSIBLE, 0.4 if place else 0.5, "one word of the name" if place else "the first name alone")


_EXCHANGED = (
    {"k", "q", "c"},
    {"j", "z", "d"},
    {"i", "y", "j", "e"},
    {"v", "w"},
    {"h", "k", "x"},
    {"6", "s"},
    {"4", "c", "t"},
)


def _can_begin(word: str, initial: str) -> bool:
    return word[0] == initial or any({word[0], initial} <= group for group in _EXCHANGED)


def _read_korean(name: Name) -> Name:
    words = tuple(phonetics.careful(word) for word in phonetics.korean(name.printed))
    return name if name.syllables else replace(name, words=words)


def _compare_arabic(name: Name, other: Name) -> Likeness:
    """A name in letters without short vowels against one in others."""
    if name.arabic and other.arabic:
        same = [word.removeprefix("ال") for word in name.arabic] == [word.removeprefix("ال") for word in other.arabic]
        return Likeness(SAME, 0.95, "the same name") if same else Likeness(NO, 0.0, "")
    arabic, latin = (name.arabic, other.words) if name.arabic else (other.arabic, name.words)
    words = _glue_words(arabic)
    latin = tuple(word for word in latin if word != "bin")
    if len(words) != len(latin):
        pattern = "".join(phonetics.arabic_pattern(word).pattern for word in words)
        whole = re.fullmatch(pattern, "".join(latin)) if len(latin) > 1 else None
        return Likeness(SAME, 0.9, "the same name, short vowels left out") if whole else Likeness(NO, 0.0, "")
    fits = [bool(phonetics.arabic_pattern(word).fullmatch(sound)) for word, sound in zip(words, latin, strict=True)]
    if all(fits):
        level = SAME if len(words) > 1 else LIKELY
        return Likeness(level, 0.9, "the same name, short vowels left out")
    return Likeness(POSSIBLE if fits[-1] else NO, 0.3 if fits[-1] else 0.0, "the family name may be the same")


def _glue_words(words: tuple[str, ...]) -> tuple[str, ...]:
    """“عبد الفتاح” as one word, as Latin letters have it after `parts`."""
    glued: list[str] = []
    for word in words:
        if glued and glued[-1] == "عبد":
            glued[-1] += "ل" + word[2:] if word.startswith("ال") else word
        else:
            glued.append(word)
    return tuple(glued)
