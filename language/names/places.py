"""Places, peoples and movements that have several names: lists/places.txt."""

from functools import cache, lru_cache

from . import phonetics
from .chinese import simplify_signs
from .lists import lines_from
from .spellings import fold


@cache
def _groups() -> dict[str, set[int]]:
    found: dict[str, set[int]] = {}
    for number, line in enumerate(lines_from("places")):
        for name in line.split(";"):
            found.setdefault(_key(name), set()).add(number)
    return found


def are_one_place(name: str, other: str) -> bool:
    """Whether both are names of one place, people or movement, as Kyiv and Kiev are."""
    numbers = _numbers(name)
    return bool(numbers) and not numbers.isdisjoint(_numbers(other))


def other_names(name: str) -> list[str]:
    """The other names of the place or people that `name` is one of."""
    numbers = _numbers(name)
    lines = lines_from("places") if numbers else ()
    return [other.strip() for number in numbers for other in lines[number].split(";") if _key(other) != _key(name)]


@lru_cache(maxsize=4_000)
def _numbers(name: str) -> frozenset[int]:
    return frozenset(_groups().get(_key(name), ()))


def _key(name: str) -> str:
    """A name in any spelling; in Chinese and Korean signs by these, as 山西 and 陕西 sound alike."""
    return simplify_signs(name) if phonetics.of_syllables(name) else fold(name)
