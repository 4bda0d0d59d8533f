"""Given names that are one name in several languages, and short forms; compared in careful spelling.

The lists are given_names.txt and given_names_of_neighbours.txt of `lists`, and short_forms.txt there and of every
language.
"""

from collections.abc import Iterable

from .lists import lines_from
from .phonetics import careful


def _places(groups: Iterable[str]) -> dict[str, set[int]]:
    """Each name in careful spelling -> the numbers of the groups it stands in."""
    found: dict[str, set[int]] = {}
    for number, group in enumerate(groups):
        for name in group.split():
            found.setdefault(careful(name), set()).add(number)
    return found


_LINES = [line.partition(":") for line in lines_from("short_forms")]
_FORMS, _NEIGHBOURS = _places(lines_from("given_names")), _places(lines_from("given_names_of_neighbours"))
_FULL, _SHORT = _places(full for full, _, _ in _LINES), _places(short for _, _, short in _LINES)


def is_given_name(name: str) -> bool:
    """Whether the lists know `name`, in careful spelling, as a given name."""
    return name in _FORMS or name in _NEIGHBOURS or name in _FULL or name in _SHORT


def is_one_name(name: str, other: str) -> bool:
    """Whether both are spellings of one given name, as Mohammed and Muhammad are."""
    return not _FORMS.get(name, set()).isdisjoint(_FORMS.get(other, ()))


def is_name_in_two_languages(name: str, other: str) -> bool:
    """Whether both are one given name in neighbouring languages, as Vladimir and Volodymyr are."""
    return not _NEIGHBOURS.get(name, set()).isdisjoint(_NEIGHBOURS.get(other, ()))


def is_short_for(name: str, other: str) -> bool:
    """Whether one may be the short form of the other, as Bill is of William."""
    return any(
        not _FULL.get(full, set()).isdisjoint(_SHORT.get(short, ())) for full, short in ((name, other), (other, name))
    )


def are_short_for_one(name: str, other: str) -> bool:
    """Whether both may be short for one name, as Ted and Ned are for Edward."""
    return not _SHORT.get(name, set()).isdisjoint(_SHORT.get(other, ()))


def forms_of(name: str) -> list[str]:
    """The other forms of a given name in several languages, its short forms, and the names it may be short for."""
    found: set[str] = set()
    for some, others in ((_FORMS, _FORMS), (_NEIGHBOURS, _NEIGHBOURS), (_FULL, _SHORT), (_SHORT, _FULL)):
        numbers = some.get(name, set())
        found |= {form for form, places in others.items() if not numbers.isdisjoint(places)}
    return sorted(found - {name})
