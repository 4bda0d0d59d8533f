"""The parts of a printed name: titles and roles apart, the words that name, initials, patronymics, suffixes."""

import re
from dataclasses import dataclass
from functools import lru_cache
from itertools import dropwhile

from . import phonetics, unvowelled
from .common import common_words
from .folded_words import is_cyrillic, is_latin
from .lists import words_from

TITLES = frozenset(phonetics.romanise(title).lower().strip("'") for title in words_from("titles"))
_COMMON = common_words()
SUFFIXES: dict[str, str] = _COMMON.SUFFIXES
_DEGREES: frozenset[str] = _COMMON.DEGREES
_SAINT: dict[str, str] = _COMMON.SAINT
_PARTICLES = words_from("particles")
_TITLES_BEHIND = tuple(sorted(words_from("words_after_names"), key=len, reverse=True))
CHILD = "bin"  # before the father's name
_BIN = {"ibn": CHILD, "ben": CHILD}
_ABD = re.compile(
    r"\b(?P<first>abd)(?:[ -]?(?:al|el|ul|ar|er|ur|as|es|us|ash|esh|an))?[ -](?=\w)|\babd[eua]l[ -]?(?=\w{3})"
    r"|\babd[eua](?P<joined>[rsnzdt])(?=(?P=joined)\w)"
)
_DIN = re.compile(r"[ -]?\b(?:al|el|ad|ed|ud|id|ul)[ -]?d[ie]+ne?\b|(?<=\w)(?:ed|ud|ad|eld|uld)d?[ie]+ne?\b")
_PATRONYMIC = re.compile(
    r"\w{3,}?(?P<ending>ovi4|evi4|avi4|iovi4|ovna|evna|ivna|avna|vi4na|ini4na|i4na|uli|kizi|kyzy|oglu|ogli|zada|uulu|kizi|kyzi|i4)$"
)
_JOINED_INITIALS = re.compile(r"^\s*(?P<letters>[B-DF-HJ-NP-TV-XZ][A-Z]|[A-Z][B-DF-HJ-NP-TV-XZ]) (?=\w*[a-z])")
_ENDINGS_OF_FATHERS = (*"aio", "ai", "ei", "ii")  # of given names before the ending of a patronymic
_GREEK_U = re.compile("ού|Ου|Ού|ΟΥ")
_OWN_LETTERS = str.maketrans("əƏ", "aA")  # which anyascii reads as e, and other languages write with a
_WORDS_FOR_CHILD = words_from("words_for_child")
_SHORTEST_NAMES, _LONGEST_FAMILY_OF_CHINA = ("i", "u", "e"), 5
_WORD = re.compile(r"[^\W_]+(?:['’ʼ`´-][^\W_]+)*\.?")
_CUT_PARTICLES = {"d": "de", "l": "la", "dell": "della", "dall": "dalla"}  # before a vowel: D'Amico
_CUT_PARTICLE = re.compile(r"\b(d|l|dell|dall)['’](?=\w)")
_BODIES_OF_OTHERS = "министерств|правительств|комитет|партия|министрлі|үкімет"
BODY = re.compile(rf"\b(?:{_COMMON.BODY}|{_BODIES_OF_OTHERS})", re.IGNORECASE)


@dataclass(frozen=True)
class Name:
    """A printed name taken apart. `words` are careful spellings without titles; `printed` the same as printed.

    `whole` and `whole_printed` are the same with the particles that `words` leave out, as in "Marine Le Pen".
    """

    words: tuple[str, ...]
    printed: tuple[str, ...]
    initials: tuple[str, ...] = ()  # single letters beside at least one word
    patronymic: str = ""
    suffix: str = ""
    gender: str = ""  # as a title says: "m" or "f"
    comma: bool = False  # "Smith, John"
    unvowelled: tuple[str, ...] = ()  # words in letters without short vowels
    syllables: bool = False
    russian: bool = False  # in Cyrillic letters
    latin: bool = False  # in Latin letters
    signs: str = ""  # the name in its own Chinese or Korean signs
    whole: tuple[str, ...] = ()
    whole_printed: tuple[str, ...] = ()


@lru_cache(maxsize=4_000)
def take_apart(name: str) -> Name:
    """The parts of a person's name in any script."""
    if unvowelled.is_read_so(name):
        return Name((), (), unvowelled=unvowelled.words_of(name))
    syllables, comma = phonetics.of_syllables(name), False
    signs = _signs_of(name) if syllables else ""
    name = signs or name
    plain = re.sub(
        r"\([^)]*\)|[\"“”]",
        " ",
        phonetics.romanise(_GREEK_U.sub("ου", name).replace("ου", "u").translate(_OWN_LETTERS)),
    )
    if joined := _JOINED_INITIALS.match(plain):
        letters = joined["letters"]
        if letters.lower() not in TITLES:
            plain = f"{letters[0]}. {letters[1]}. {plain[joined.end() :]}"
    latin = plain.lower()
    first, _, rest = latin.partition(",")
    if any(word.strip(".") not in SUFFIXES and word.strip(".") not in _DEGREES for word in _WORD.findall(rest)):
        comma = " of " not in f" {first} " and sum(word not in _PARTICLES for word in _WORD.findall(first)) <= 2
        latin = f"{rest} {first}" if comma else rest
    printed = _WORD.findall(
        _CUT_PARTICLE.sub(lambda match: f"{_CUT_PARTICLES[match[1]]} ", _DIN.sub("uddin", _ABD.sub("abdul", latin)))
    )
    printed = [word for word in printed if word.strip(".") not in _DEGREES or len(printed) < 3]
    suffix = next((SUFFIXES[bare] for word in printed[1:] if (bare := word.strip(".")) in SUFFIXES), "")
    printed = [word for place, word in enumerate(printed) if not place or word.strip(".") not in SUFFIXES]
    printed = _join_patronymics(printed)
    titled, gender = False, ""
    while len(printed) > 1 and (_is_title(printed[0]) or (titled and printed[0] in _COMMON.BETWEEN_TITLE_AND_NAME)):
        titled = True
        title = printed.pop(0).rstrip(".")
        gender = gender or ("m" if title in _COMMON.MEN else "f" if title in _COMMON.WOMEN else "")
    words, kept, initials, patronymic = [], [], [], ""
    whole: list[tuple[str, str]] = []
    for index, word in enumerate(printed):
        bare = _SAINT.get(word.rstrip("."), word.rstrip("."))
        *before, last = bare.split("-")
        pieces = (*dropwhile(_PARTICLES.__contains__, before), last)
        sound = phonetics.careful(_BIN.get(bare, "".join(pieces)))
        single = len(bare) == 1 or (word.endswith(".") and len(bare) <= 2)
        if bare in _SHORTEST_NAMES and index and word == bare and len(printed[index - 1]) <= _LONGEST_FAMILY_OF_CHINA:
            single = False  # Ван И
        if single and not syllables and len(printed) > 1:
            if bare not in _PARTICLES or word.endswith("."):
                initials.append(bare[0])
            else:
                whole.append((bare, bare))
            continue
        articles = [] if syllables else before[: len(before) - len(pieces) + 1]
        whole += [(_article(article), article) for article in articles]
        if bare in _PARTICLES and len(printed) > 2 and not syllables:
            whole.append((_article(bare), bare))
        elif index and len(printed) > 2 and not patronymic and _PATRONYMIC.search(sound) and not syllables:
            patronymic = sound
        else:
            words.append(sound)
            kept.append("-".join(pieces))
            whole.append((_article(bare) if bare in _PARTICLES else sound, "-".join(pieces)))
    return Name(
        tuple(words),
        tuple(kept),
        tuple(initials),
        patronymic,
        suffix,
        gender,
        comma,
        syllables=syllables,
        russian=is_cyrillic(name),
        latin=is_latin(name),
        signs=signs,
        whole=tuple(sound for sound, _ in whole),
        whole_printed=tuple(bare for _, bare in whole),
    )


_ARTICLES = words_from("arabic_articles")


def _join_patronymics(printed: list[str]) -> list[str]:
    """“Tofig oglu” as one word, a patronymic."""
    joined: list[str] = []
    for word in printed:
        if word in _WORDS_FOR_CHILD and len(joined) > 1:
            joined[-1] += word
        else:
            joined.append(word)
    return joined


def begins_with_particle(parts: Name) -> bool:
    """Whether a family name stands alone with its particle: "Le Pen", "St. John"."""
    first = parts.whole_printed[0] if parts.whole_printed else ""
    return first in _PARTICLES or first in _SAINT.values()


def _article(particle: str) -> str:
    """A particle as it is compared: the Arabic article has many forms, and the son's word two."""
    return "al" if particle in _ARTICLES else _BIN.get(particle, particle)


def _signs_of(name: str) -> str:
    """A name in Chinese or Korean signs without spaces, and without the office or "Mr" that stands behind it."""
    signs = "".join(name.split())
    if len(signs) < 40:
        for title in _TITLES_BEHIND:
            if signs.endswith(title) and len(signs) - len(title) > 1:
                return signs.removesuffix(title)
    return signs


def _is_title(word: str) -> bool:
    return word.rstrip(".") in TITLES or ("-" in word and all(part in TITLES for part in word.rstrip(".").split("-")))


def patronymic_stem(patronymic: str) -> str:
    """The father's name in a patronymic, in careful spelling: Nikolaevich and Mykolayovych have nikola and mikola."""
    match = _PATRONYMIC.search(patronymic)
    return (patronymic[: match.start("ending")] if match else patronymic).rstrip("aeiou")


def fathers_of(patronymic: str) -> set[str]:
    """The given names that a patronymic may be made of."""
    stem = patronymic_stem(patronymic)
    return {stem, *(f"{stem}{ending}" for ending in _ENDINGS_OF_FATHERS)}


@lru_cache(maxsize=4_000)
def is_body(name: str) -> bool:
    """Whether `name` is that of a body, an outlet or a group rather than of a person."""
    return bool(BODY.search(name))
