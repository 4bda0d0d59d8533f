"""The parts of a printed name: titles and roles apart, the words that name, initials, patronymics, suffixes."""

import re
from dataclasses import dataclass
from functools import lru_cache
from itertools import dropwhile

from . import phonetics
from .common import common_words
from .lists import words_from

TITLES = words_from("titles")
_COMMON = common_words()
SUFFIXES: frozenset[str] = _COMMON.SUFFIXES
_PARTICLES = words_from("particles")
_BIN = {"ibn": "bin", "ben": "bin"}
_ABD = re.compile(
    r"\b(?P<first>abd)(?:[ -]?(?:al|el|ul|ar|er|ur|as|es|us|ash|esh|an))?[ -](?=\w)|\babd[eua]l[ -]?(?=\w{3})"
)
_PATRONYMIC = re.compile(r"\w{3,}(?:ovi4|evi4|ovna|evna|vi4na|uli|kizi|oglu|ogli|zada|ini4na|i4$)$")
_WORD = re.compile(r"[^\W_]+(?:['’ʼ`´-][^\W_]+)*\.?")
_BODIES_OF_OTHERS = "министерств|правительств|комитет|партия|министрлі|үкімет"
BODY = re.compile(rf"\b(?:{_COMMON.BODY}|{_BODIES_OF_OTHERS})", re.IGNORECASE)


@dataclass(frozen=True)
class Name:
    """A printed name taken apart. `words` are careful spellings without titles; `printed` the same as printed."""

    words: tuple[str, ...]
    printed: tuple[str, ...]
    initials: tuple[str, ...] = ()  # single letters beside at least one word
    patronymic: str = ""
    suffix: str = ""
    comma: bool = False  # "Smith, John"
    arabic: tuple[str, ...] = ()  # words in letters without short vowels
    syllables: bool = False


@lru_cache(maxsize=4_000)
def take_apart(name: str) -> Name:
    """The parts of a person's name in any script."""
    if phonetics.without_vowels(name):
        return Name((), (), arabic=tuple(word for word in name.replace("-", " ").split() if word not in ("بن", "ابن")))
    syllables, comma = phonetics.of_syllables(name), False
    latin = re.sub(r"\([^)]*\)|[\"“”]", " ", phonetics.romanise(name).lower())
    first, _, rest = latin.partition(",")
    if any(word.strip(".") not in SUFFIXES for word in _WORD.findall(rest)):
        comma = " of " not in f" {first} " and len(_WORD.findall(first)) <= 2
        latin = f"{rest} {first}" if comma else rest
    printed = _WORD.findall(_ABD.sub("abdul", latin))
    suffix = next((word.strip(".") for word in printed if word.strip(".") in SUFFIXES), "")
    printed = [word for word in printed if word.strip(".") not in SUFFIXES]
    titled = False
    while len(printed) > 1 and (
        printed[0].rstrip(".") in TITLES or (titled and printed[0] in _COMMON.BETWEEN_TITLE_AND_NAME)
    ):
        titled = True
        printed.pop(0)
    words, kept, initials, patronymic = [], [], [], ""
    for index, word in enumerate(printed):
        bare = word.rstrip(".")
        *before, last = bare.split("-")
        pieces = (*dropwhile(_PARTICLES.__contains__, before), last)
        sound = phonetics.careful(_BIN.get(bare, "".join(pieces)))
        single = len(bare) == 1 or (word.endswith(".") and len(bare) <= 2)
        if single and not syllables and len(printed) > 1:
            initials.append(bare[0])
        elif bare in _PARTICLES and len(printed) > 2 and not syllables:
            continue
        elif index and len(printed) > 2 and not patronymic and _PATRONYMIC.search(sound) and not syllables:
            patronymic = sound
        else:
            words.append(sound)
            kept.append(bare)
    return Name(tuple(words), tuple(kept), tuple(initials), patronymic, suffix, comma, syllables=syllables)


@lru_cache(maxsize=4_000)
def is_body(name: str) -> bool:
    """Whether `name` is that of a body, an outlet or a group rather than of a person."""
    return bool(BODY.search(name))
