"""How two printed names stand to one another: same, likely, possible or not the same, with the reason.

"Same" says that the two are spellings of one name, in whatever script: not that they are one person, which only an
editor says. Names of persons are compared word by word, names of bodies as sets of words.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import product

from rapidfuzz import fuzz
from rapidfuzz.distance import Levenshtein

from . import chinese, korean, organizations, phonetics, places, russian_cases, transcriptions, unvowelled
from .given_names import are_short_for_one, is_given_name, is_name_in_two_languages, is_one_name, is_short_for
from .lists import words_from
from .spellings import fold
from .structure import Name, fathers_of, is_body, patronymic_stem, take_apart

Pairs = list[tuple[int, int, float]]  # place in the one, place in the other, how alike
SAME, LIKELY, POSSIBLE, NO = "same", "likely", "possible", ""
_ORDER = (SAME, LIKELY, POSSIBLE, NO)
_LONG = 6  # letters of a word in which one inner vowel may differ
_IN_TWO_LANGUAGES = 0.82  # grade of a given name in two languages
_TRANSCRIBED = 0.8  # grade of two words that are one in another language's letters
MAX_LETTERS = 300  # of a name that are compared
MAX_WORDS = 12  # of a name that are compared
_FEW_SIGNS = 2  # in a name that so many Chinese or Korean signs write, its sound says too little
_FAMILY_ENDINGS = ("ov", "ev", "ova", "eva", "ski", "skaia", "enko", "4uk", "baev", "uli", "vili", "dze")
_ENDINGS_OF_GIVEN_NAMES_TOO = ("in", "ina", "ian")
_FAMILY_OF_CHINA = words_from("families_of_china")
_FAMILY_OF_JAPAN = frozenset(phonetics.careful(name) for name in words_from("families_of_japan"))


@dataclass(frozen=True)
class Likeness:
    """`level` is same, likely, possible or empty; `score` from 0 to 1 orders within and across levels."""

    level: str
    score: float
    why: str


def compare(name: str, other: str) -> Likeness:
    """How the names `name` and `other` stand to one another, by their first 300 characters. Symmetric."""
    name, other = name[:MAX_LETTERS], other[:MAX_LETTERS]
    if places.are_one_place(name, other):
        if fold(name) == fold(other):
            return Likeness(SAME, 0.98, "the same name")
        return Likeness(LIKELY, 0.85, "two names of one place or people")
    if _with_umlauts_written_out(name) == _with_umlauts_written_out(other) and fold(name) != fold(other):
        return Likeness(SAME, 0.95, "the same name, umlauts as two letters")
    if is_of_body(name) or is_of_body(other):
        return Likeness(*organizations.compare(name, other))
    remarks = organizations.remark_of(name), organizations.remark_of(other)
    if all(remarks) and remarks[0].isdisjoint(remarks[1]):
        return Likeness(NO, 0.1, "set apart by what stands in brackets")
    if any(remarks) and not all(remarks):
        return _with_remark(compare(*(_REMARK.sub(" ", text) for text in (name, other))))
    first, second = take_apart(name), take_apart(other)
    if first.unvowelled or second.unvowelled:
        return _compare_unvowelled(first, second)
    if first.signs or second.signs:
        return _compare_signs(first, second)
    found = _compare_persons(first, second)
    both_russian = first.russian and second.russian
    if both_russian and found.level in (POSSIBLE, NO) and russian_cases.are_forms_of_one(name, other):
        return Likeness(LIKELY, 0.76, "the same words in another case")
    if (first.whole, second.whole) != (first.words, second.words) and found.level in (POSSIBLE, NO):
        with_particles = _compare_persons(_with_particles(first), _with_particles(second))
        return min(found, with_particles, key=lambda like: (_ORDER.index(like.level), -like.score))
    return found


_UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ø": "oe", "å": "aa"})


@lru_cache(maxsize=4_000)
def _with_umlauts_written_out(name: str) -> str:
    """The fold of a name as those write it who have no umlauts."""
    return fold(unicodedata.normalize("NFC", name).lower().translate(_UMLAUTS))


_REMARK = re.compile(r"\([^()]*\)")


def _with_remark(like: Likeness) -> Likeness:
    """A likeness of two names of which only one has something in brackets."""
    if like.level not in (SAME, LIKELY):
        return like
    return Likeness(LIKELY, min(like.score, 0.72), f"{like.why}; only one has a remark in brackets")


@lru_cache(maxsize=4_000)
def is_of_body(name: str) -> bool:
    """Whether `name` is that of a body, by its words in any language, its legal form, or as an acronym."""
    return (
        is_body(name)
        or bool(organizations.acronym(name))
        or bool(organizations.legal_forms(name))
        or organizations.translate_bodies(name) != name.strip()
    )


def _with_particles(name: Name) -> Name:
    return replace(name, words=name.whole, printed=name.whole_printed)


def _compare_persons(name: Name, other: Name) -> Likeness:
    if not name.words or not other.words:
        return Likeness(NO, 0.0, "")
    if clash := _clash(name, other):
        return Likeness(POSSIBLE if name.words[-1] == other.words[-1] else NO, 0.3, clash)
    if asian := _compare_syllables(name, other):
        return asian
    if len(name.words) == len(other.words) == 1 and chinese.are_two_words(name.printed[0], other.printed[0]):
        return Likeness(NO, 0.2, "other syllables")
    if same_letters := _same_letters(name, other):
        return same_letters
    short, long = sorted((name, other), key=lambda each: len(each.words))
    pairs = _pairs(short, long)
    if len(short.words) == 1:
        return _compare_single(name, other, pairs)
    if len(pairs) == len(short.words):
        return _compare_all_paired(short, long, pairs)
    return _compare_some_paired(name, other, pairs)


def _clash(name: Name, other: Name) -> str:
    """Why two names cannot be of one person: another suffix, patronymic, middle initial, or Mr and Mrs."""
    if name.gender and other.gender and name.gender != other.gender:
        return "one is a man and one a woman"
    if name.suffix and other.suffix and name.suffix != other.suffix:
        return f"“{name.suffix}” is not “{other.suffix}”"
    if name.patronymic and other.patronymic and not _is_one_father(name.patronymic, other.patronymic):
        return "the patronymics differ"
    if min(len(name.words), len(other.words)) < 2:
        return ""
    if name.initials and other.initials:
        return "the initials differ" if name.initials != other.initials else ""
    for short, long in ((name, other), (other, name)):
        middle = [*long.words[1:-1], *([long.patronymic] if long.patronymic else [])]
        if short.initials and middle and not any(_can_begin(word, short.initials[0]) for word in middle):
            return "the initials differ"
    return ""


def _is_one_father(patronymic: str, other: str) -> bool:
    if _grade(patronymic, other):
        return True
    if phonetics.loose(patronymic_stem(patronymic)) == phonetics.loose(patronymic_stem(other)):
        return True
    for father, same in product(fathers_of(patronymic), fathers_of(other)):
        if is_one_name(father, same) or is_name_in_two_languages(father, same):
            return True
    stems = (patronymic_stem(father).replace("h", "g") for father in (patronymic, other))  # Гейдар, Heydər
    return len({phonetics.loose(stem) for stem in stems}) == 1


def _compare_signs(name: Name, other: Name) -> Likeness:
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
        if found == read or (len(read) > 1 and "".join(read) == _plain("".join(words))):
            if few:
                return Likeness(LIKELY, 0.84, f"the same sound{turned}; other short names sound so too")
            return Likeness(SAME, 0.97, f"the same name{turned}")
        if found and chinese.are_read_alike(found, read):
            return Likeness(LIKELY, 0.83, f"the same name as Wade and Giles write it{turned}")
    if len(read) == 1 or not chinese.syllables(latin.printed):
        like = _compare_persons(written, latin)
        return like if like.level != SAME else Likeness(LIKELY, 0.8, like.why)
    alike = read[0] in (found_word[0] for found_word in chinese.syllables(latin.printed))
    return Likeness(POSSIBLE if alike and len(set(read) & set(found)) > 1 else NO, 0.2, "another sound")


def _plain(word: str) -> str:
    return re.sub("[-'’ʼ`´]", "", word)


def _compare_syllables(name: Name, other: Name) -> Likeness | None:
    """Chinese and Korean names in Latin letters, in which each vowel counts; None where they are no such names."""
    some, others = name.printed, other.printed
    if name.initials or other.initials:
        return None
    if korean.may_be_one_name(some, others, name.russian != other.russian):
        if _plain("".join(some)) == _plain("".join(others)):
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


def _same_letters(name: Name, other: Name) -> Likeness | None:
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
            return _same_unless_turned(name, other, turned, a == b)
    return None


def _are_loosely(words: tuple[str, ...], others: tuple[str, ...]) -> bool:
    if len(words) == len(others):
        return all(map(_is_loosely, words, others))
    return "".join(map(phonetics.loose, words)) == "".join(map(phonetics.loose, others))


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
    if turned and not sure and sum(map(is_given_name, name.words)) == 1 and len(name.words) == len(other.words):
        return _with_marks(name, other, f"{why}; the given name seems to stand last in one", 0.78, LIKELY)
    if turned and not sure:
        return Likeness(LIKELY, 0.7, f"{why}; the words are turned round")
    why = f"{why}; {turned}" if turned else why
    if not exact and name.latin and other.latin and not _are_listed_forms(name, other):
        return _with_marks(name, other, f"{why}, if they are transliterated at all", 0.84, LIKELY)
    if name.latin and other.latin and not (_is_transliterated(name) or _is_transliterated(other)):
        letters, other_letters = (sorted(_plain("".join(words.printed))) for words in (name, other))
        if letters != other_letters and not _differ_in_listed_names(name, other):
            return _with_marks(name, other, f"{why}, in another spelling", 0.85, LIKELY)
    return _with_marks(name, other, why, 0.99 if exact else 0.95)


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
    printed = {_plain(word) for word in other.printed}
    return len(name.words) == len(other.words) and all(
        _plain(as_printed) in printed or is_one_name(word, word)
        for word, as_printed in zip(name.words, name.printed, strict=True)
    )


def _with_marks(name: Name, other: Name, why: str, score: float, level: str = SAME) -> Likeness:
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


def _pairs(short: Name, long: Name) -> list[tuple[int, int, float]]:
    """(place in short, place in long, grade) of words that are the same name; the best pairs first, each word once."""
    graded = sorted(
        (
            (_grade_printed(a, b, short.printed[i], long.printed[k]), -abs(i - k), i, k)
            for i, a in enumerate(short.words[:MAX_WORDS])
            for k, b in enumerate(long.words[:MAX_WORDS])
        ),
        reverse=True,
    )
    pairs: list[tuple[int, int, float]] = []
    for grade, _, i, k in graded:
        if grade and not any(i == place or k == other_place for place, other_place, _ in pairs):
            pairs.append((i, k, grade))
    return pairs


def _grade_printed(name: str, other: str, printed: str, other_printed: str) -> float:
    """As `_grade`, and less for words that other languages transcribe so."""
    return _grade(name, other) or (_TRANSCRIBED if transcriptions.are_alike(printed, other_printed) else 0.0)


def _grade(name: str, other: str) -> float:
    """1 for one spelling, less for spellings that transliterations exchange, 0 for two names."""
    if name == other:
        return 1.0
    if _is_loosely(name, other):
        return 0.95
    if is_one_name(name, other):
        return 0.9
    if _one_vowel_apart(name, other):
        return 0.85
    return _IN_TWO_LANGUAGES if is_name_in_two_languages(name, other) else 0.0


def _is_loosely(name: str, other: str) -> bool:
    """Whether two words differ only in vowels that transliterations exchange; not in the first, as Elena and Alena."""
    return phonetics.loose(name) == phonetics.loose(other) and {name[:1], other[:1]} != {"a", "e"}


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


def _compare_all_paired(short: Name, long: Name, pairs: Pairs) -> Likeness:
    """All words of the shorter name stand in the longer one."""
    grades, positions = [grade for *_, grade in pairs], [k for _, k, _ in sorted(pairs)]
    turned = "" if positions == sorted(positions) else "the family name stands first in one"
    if turned and positions not in ([*range(1, len(positions)), 0], [len(positions) - 1, *range(len(positions) - 1)]):
        return Likeness(POSSIBLE, 0.55, "the same words, mixed")
    if len(long.words) > len(short.words):
        if turned or min(grades) == _TRANSCRIBED:
            return Likeness(POSSIBLE, 0.6, "all words of the shorter, and one has more")
        if positions[-1] != len(long.words) - 1:
            return Likeness(LIKELY, 0.7, "all words of the shorter, and one has another last word")
        return Likeness(LIKELY, 0.8, "all words of the shorter, and one has more")
    if min(grades) == _TRANSCRIBED:
        if turned:
            return Likeness(POSSIBLE, 0.6, "alike in another transcription, and turned round")
        return _with_marks(short, long, "the same name in another transcription", 0.79, LIKELY)
    if min(grades) == _IN_TWO_LANGUAGES:
        if turned:
            return Likeness(POSSIBLE, 0.6, "a given name in two languages, and turned round")
        return _with_marks(short, long, "the same name; the given name is in two languages", 0.86, LIKELY)
    if grades.count(0.85) > 1:
        return Likeness(LIKELY, 0.78, "alike, letters aside")
    return _same_unless_turned(short, long, turned, min(grades) == 1.0)


def _compare_some_paired(name: Name, other: Name, pairs: Pairs) -> Likeness:
    """The family names agree and the rest does not."""
    short, long = sorted((name, other), key=lambda each: len(each.words))
    last = (len(short.words) - 1, len(long.words) - 1)
    if any((i, k) == last for i, k, _ in pairs):
        given_names = (name.words[0], other.words[0])
        if is_short_for(*given_names) and len(pairs) == len(short.words) - 1:
            return _with_marks(name, other, "the same family name; one given name is short for the other", 0.81, LIKELY)
        if are_short_for_one(*given_names):
            return Likeness(POSSIBLE, 0.5, "the same family name; the given names may be short for one")
        if len(pairs) == len(short.words) - 1 and _is_half_of_double(short.printed[0], long.printed[0], halves=1):
            return Likeness(LIKELY, 0.76, "the same family name; one gives half of a double given name")
        near = fuzz.ratio(*given_names) / 100
        if near >= 0.75:
            return Likeness(POSSIBLE, 0.5, "the same family name, given names alike")
        return Likeness(NO, 0.2, "the same family name, another given name")
    is_given_alike = len(short.words) == len(long.words) == 2 and (0, 0) in [(i, k) for i, k, _ in pairs]
    if is_given_alike and _is_half_of_double(short.printed[-1], long.printed[-1]):
        return Likeness(LIKELY, 0.74, "the same given name; one gives half of a double family name")
    if len(short.words) == len(long.words) == 2 and _are_of_ukraine(short, long):
        return Likeness(LIKELY, 0.76, "the given name in two languages, and the family name with g or h")
    whole = fuzz.ratio("".join(name.words), "".join(other.words)) / 100
    return Likeness(POSSIBLE if whole >= 0.85 else NO, whole * 0.5, "letters alike")


def _are_of_ukraine(name: Name, other: Name) -> bool:
    """Whether the given name is one in two languages, and the family name too if h stands for g, as in Ukrainian."""
    families = [word.replace("g", "h") for word in (name.printed[-1], other.printed[-1])]
    return (
        name.words[0] != other.words[0]
        and is_name_in_two_languages(name.words[0], other.words[0])
        and transcriptions.are_alike(*families)
    )


def _is_half_of_double(word: str, other: str, halves: int = 2) -> bool:
    """Whether one word is a half, or the first one, of the other ("Anne-Marie", "Smith-Jones")."""
    short, long = sorted((word, other), key=len)
    parts = long.split("-")[:halves] if "-" in long else []
    return len(short) > 2 and phonetics.careful(short) in map(phonetics.careful, parts)


def _compare_single(name: Name, other: Name, pairs: Pairs) -> Likeness:
    """A single word against a name: the family name, with an initial or alone."""
    single, full = (name, other) if len(name.words) == 1 else (other, name)
    if not pairs:
        return Likeness(NO, 0.0, "")
    place = pairs[0][1]
    if len(full.words) == 1:
        return _compare_initials(name, other)
    if single.initials:
        rest = [word for k, word in enumerate(full.words) if k != place]
        rest[1:1] = [*full.initials, *([full.patronymic] if full.patronymic else [])]
        fits = [_can_begin(word, initial) for word, initial in zip(rest, single.initials, strict=False)]
        if all(fits) and pairs[0][2] > _TRANSCRIBED:
            score = 0.85 if len(single.initials) <= len(rest) else 0.76
            return Likeness(LIKELY, score, "the same family name and the initial of the given name")
        if all(fits):
            return Likeness(POSSIBLE, 0.6, "a family name alike and the initial of the given name")
        return Likeness(NO, 0.2, "the same family name, another initial")
    if place == len(full.words) - 1:
        return Likeness(POSSIBLE, 0.6, "the family name alone")
    return Likeness(POSSIBLE, 0.4 if place else 0.5, "one word of the name" if place else "the first name alone")


def _compare_initials(name: Name, other: Name) -> Likeness:
    """Two single words, with initials or without: never surely one name, as initials tell few people apart."""
    if not name.initials and not other.initials:
        return Likeness(LIKELY, 0.75, "the same single name, in any spelling")
    if not name.initials or not other.initials:
        return Likeness(POSSIBLE, 0.6, "the family name alone")
    pairs = zip(name.initials, other.initials, strict=False)
    if not all(_can_begin(initial, other_initial) for initial, other_initial in pairs):
        return Likeness(NO, 0.2, "the same family name, another initial")
    if name.initials == other.initials and name.printed == other.printed and name.latin and other.latin:
        return Likeness(SAME, 0.9, "the same letters")
    if name.initials == other.initials and name.words == other.words:
        return Likeness(LIKELY, 0.86, "the same family name and initials")
    return Likeness(LIKELY, 0.78, "the family name and the initials may be the same")


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
    """Whether the initial may be that of the word, however its first letter is transliterated."""
    return word[:1] == initial or any({word[:1], initial} <= group for group in _EXCHANGED)


def _compare_unvowelled(name: Name, other: Name) -> Likeness:
    """A name in letters without short vowels against one in the same or in Latin letters."""
    if name.unvowelled and other.unvowelled:
        some, others = sorted((name.unvowelled, other.unvowelled), key=len)
        if some == others:
            return Likeness(SAME, 0.97, "the same name")
        if len(some) > 1 and set(some) < set(others) and some[0] == others[0]:
            return Likeness(LIKELY, 0.8, "all words of the shorter, and one has more")
        return Likeness(POSSIBLE if some[-1] == others[-1] else NO, 0.2, "another word")
    words, latin = (name.unvowelled, other) if name.unvowelled else (other.unvowelled, name)
    sounds = [(sound, sound) for sound in latin.words if sound != "bin"]
    if len(latin.printed) == len(latin.words):
        sounds = [(s, p) for s, p in zip(latin.words, latin.printed, strict=True) if s != "bin"]
    orders = [("", sounds), ("; the family name stands first in one", [*sounds[-1:], *sounds[:-1]])]
    for turned, order in orders[: 2 if latin.comma else 1]:
        if len(words) == len(order) and all(
            unvowelled.may_be_written(word, *sound) for word, sound in zip(words, order, strict=True)
        ):
            if len(words) == 1:
                return Likeness(LIKELY, 0.75, "the same single name, vowels left out")
            return _with_marks(Name((), ()), latin, f"the same name, vowels left out{turned}", 0.9)
    joined = "".join(sound for sound, _ in sounds), "".join(printed for _, printed in sounds)
    if len(words) != len(sounds) and min(len(words), len(sounds)) > 1:
        if unvowelled.may_be_written("".join(words), *joined):
            return Likeness(SAME, 0.88, "the same name, vowels left out, spaces aside")
        short, long = sorted((len(words), len(sounds)))
        ends = [(0, 0), (-1, -1)]
        fits = [unvowelled.may_be_written(words[i], *sounds[k]) for i, k in ends]
        if all(fits) and short == 2 and long > 2:
            return Likeness(LIKELY, 0.77, "the first and the last word are the same, and one has more")
    if len(words) > 1 and len(sounds) == 1 and unvowelled.may_be_written(words[-1], *sounds[0]):
        return Likeness(POSSIBLE, 0.55, "the family name alone")
    last = bool(sounds) and unvowelled.may_be_written(words[-1], *sounds[-1])
    if last and latin.initials and len(sounds) == 1:
        return Likeness(POSSIBLE, 0.6, "the same family name, and an initial")
    return Likeness(POSSIBLE if last else NO, 0.3 if last else 0.0, "the family name may be the same")
