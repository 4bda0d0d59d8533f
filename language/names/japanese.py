"""Japanese names as Russian writes them (Polivanov, 1917) against their usual spelling in Latin letters (Hepburn)."""

import re
from functools import lru_cache

from . import phonetics
from .lists import words_from

_FAMILIES = frozenset(phonetics.careful(name) for name in words_from("families_of_japan"))
_HEPBURN = [
    (re.compile(pattern), by)
    for pattern, by in (
        ("['’ʼ`´-]", ""),
        ("dz(?=i)|dzi?[iy](?=[auo])", "j"),
        ("dz", "z"),
        ("t(?=i)|ti?[iy](?=[auo])", "ch"),
        ("(?<![t6])s(?=i)|(?<![t])si?[iy](?=[auo])", "sh"),
        ("(?<=[aeou])y(?![aeou])", "i"),
        ("m(?=[pb])", "n"),
    )
]
_LONG = re.compile("(?<=o)[uh](?![aeiou])|(?<=u)u|(?<=o)o")


@lru_cache(maxsize=4_000)
def _sound(word: str, russian: bool) -> str:
    if russian:
        for pattern, by in _HEPBURN:
            word = pattern.sub(by, word)
    return phonetics.careful(_LONG.sub("", word.replace("mp", "np").replace("mb", "nb")))


def are_one_name(russian: str, latin: tuple[str, ...]) -> bool:
    """Whether a Russian name of two words is that of two Latin ones, in either order, one of them a family of Japan."""
    words = phonetics.romanise(russian.lower().replace("ё", "йо")).split()
    if len(words) != 2 or len(latin) != 2:
        return False
    sounds, others = [_sound(word, True) for word in words], [_sound(word, False) for word in latin]
    return sorted(sounds) == sorted(others) and not _FAMILIES.isdisjoint(others)
