"""Names of persons in letters, word by word."""

from itertools import product

from rapidfuzz import fuzz

from . import chinese, phonetics, transcriptions
from .given_names import are_short_for_one, is_name_in_two_languages, is_one_name, is_short_for
from .name_likeness import LIKELY, NO, POSSIBLE, SAME, Likeness
from .structure import CHILD, Name, fathers_of, patronymic_stem
from .syllable_names import compare_syllables
from .whole_names import same_letters, same_unless_turned, with_marks
from .word_grades import IN_TWO_LANGUAGES, TRANSCRIBED, Pairs, can_begin, grade_of, pairs_of


def compare_persons(name: Name, other: Name) -> Likeness:
    if not name.words or not other.words:
        return Likeness(NO, 0.0, "")
    if clash := _clash(name, other):
        return Likeness(POSSIBLE if name.words[-1] == other.words[-1] else NO, 0.3, clash)
    if asian := compare_syllables(name, other):
        return asian
    if len(name.words) == len(other.words) == 1 and chinese.are_two_words(name.printed[0], other.printed[0]):
        return Likeness(NO, 0.2, "other syllables")
    if found := same_letters(name, other):
        return found
    short, long = sorted((name, other), key=lambda each: len(each.words))
    pairs = pairs_of(short, long)
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
        opens = long.words[1:] == short.words  # “K. Anil Rao” for “Kalpana Anil Rao”
        middle = [*long.words[not opens : -1], *([long.patronymic] if long.patronymic else [])]
        if short.initials and middle and not any(can_begin(word, short.initials[0]) for word in middle):
            return "the initials differ"
    return ""


def _is_one_father(patronymic: str, other: str) -> bool:
    if grade_of(patronymic, other):
        return True
    if phonetics.loose(patronymic_stem(patronymic)) == phonetics.loose(patronymic_stem(other)):
        return True
    for father, same in product(fathers_of(patronymic), fathers_of(other)):
        if is_one_name(father, same) or is_name_in_two_languages(father, same):
            return True
    stems = (patronymic_stem(father).replace("h", "g") for father in (patronymic, other))  # Гейдар, Heydər
    return len({phonetics.loose(stem) for stem in stems}) == 1


def _compare_all_paired(short: Name, long: Name, pairs: Pairs) -> Likeness:
    """All words of the shorter name stand in the longer one."""
    grades, positions = [grade for *_, grade in pairs], [k for _, k, _ in sorted(pairs)]
    turned = "" if positions == sorted(positions) else "the family name stands first in one"
    if turned and positions not in ([*range(1, len(positions)), 0], [len(positions) - 1, *range(len(positions) - 1)]):
        return Likeness(POSSIBLE, 0.55, "the same words, mixed")
    if len(long.words) > len(short.words):
        if turned or min(grades) == TRANSCRIBED:
            return Likeness(POSSIBLE, 0.6, "all words of the shorter, and one has more")
        if positions[0] and _is_child_of(long, positions[0]):
            return Likeness(POSSIBLE, 0.5, "the one may be a child of the other")
        is_last_other = positions[-1] != len(long.words) - 1
        if is_last_other and (min(grades) < 1 or len(long.words) > len(short.words) + 1):
            return Likeness(POSSIBLE, 0.5, "alike, and one goes on with other words")
        if is_last_other:
            return Likeness(LIKELY, 0.7, "all words of the shorter, and one has another last word")
        return Likeness(LIKELY, 0.8, "all words of the shorter, and one has more")
    if min(grades) == TRANSCRIBED:
        if turned:
            return Likeness(POSSIBLE, 0.6, "alike in another transcription, and turned round")
        return with_marks(short, long, "the same name in another transcription", 0.79, LIKELY)
    if min(grades) == IN_TWO_LANGUAGES:
        if turned:
            return Likeness(POSSIBLE, 0.6, "a given name in two languages, and turned round")
        return with_marks(short, long, "the same name; the given name is in two languages", 0.86, LIKELY)
    if grades.count(0.85) > 1:
        return Likeness(LIKELY, 0.78, "alike, letters aside")
    return same_unless_turned(short, long, turned, min(grades) == 1.0)


def _is_child_of(name: Name, place: int) -> bool:
    """Whether “bin” stands before the word at this place: Ahmad bin Yusuf is not Yusuf."""
    before = name.whole[: name.whole.index(name.words[place])] if name.words[place] in name.whole else ()
    return before[-1:] == (CHILD,)


def _compare_some_paired(name: Name, other: Name, pairs: Pairs) -> Likeness:
    """The family names agree and the rest does not."""
    short, long = sorted((name, other), key=lambda each: len(each.words))
    last = (len(short.words) - 1, len(long.words) - 1)
    if any((i, k) == last for i, k, _ in pairs):
        given_names = (name.words[0], other.words[0])
        if is_short_for(*given_names) and len(pairs) == len(short.words) - 1:
            return with_marks(name, other, "the same family name; one given name is short for the other", 0.81, LIKELY)
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
        rest = [part for k in range(len(full.words)) if k != place for part in _parts_of(full, k)]
        rest[1:1] = [*full.initials, *([full.patronymic] if full.patronymic else [])]
        fits = [can_begin(word, initial) for word, initial in zip(rest, single.initials, strict=False)]
        if all(fits) and pairs[0][2] > TRANSCRIBED:
            score = 0.85 if len(single.initials) <= len(rest) else 0.76
            return Likeness(LIKELY, score, "the same family name and the initial of the given name")
        if all(fits):
            return Likeness(POSSIBLE, 0.6, "a family name alike and the initial of the given name")
        return Likeness(NO, 0.2, "the same family name, another initial")
    if place == len(full.words) - 1:
        return Likeness(POSSIBLE, 0.6, "the family name alone")
    return Likeness(POSSIBLE, 0.4 if place else 0.5, "one word of the name" if place else "the first name alone")


def _parts_of(name: Name, place: int) -> list[str]:
    """A word of a name, or the halves of a double one, each of which has an initial: J.-P. for Jean-Pierre."""
    parts = name.printed[place].split("-") if len(name.printed) == len(name.words) else []
    return list(map(phonetics.careful, parts)) if len(parts) > 1 and all(parts) else [name.words[place]]


def _compare_initials(name: Name, other: Name) -> Likeness:
    """Two single words, with initials or without: never surely one name, as initials tell few people apart."""
    if not name.initials and not other.initials:
        return Likeness(LIKELY, 0.75, "the same single name, in any spelling")
    if not name.initials or not other.initials:
        return Likeness(POSSIBLE, 0.6, "the family name alone")
    pairs = zip(name.initials, other.initials, strict=False)
    if not all(can_begin(initial, other_initial) for initial, other_initial in pairs):
        return Likeness(NO, 0.2, "the same family name, another initial")
    if name.initials == other.initials and name.printed == other.printed and name.latin and other.latin:
        return Likeness(SAME, 0.9, "the same letters")
    if name.initials == other.initials and name.words == other.words:
        return Likeness(LIKELY, 0.86, "the same family name and initials")
    return Likeness(LIKELY, 0.78, "the family name and the initials may be the same")
