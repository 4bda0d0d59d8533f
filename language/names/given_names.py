"""Given names that are one name in several languages, and short forms; compared in careful spelling.

The lists are `lists/given_names.txt`, and `short_forms.txt` of that folder and of every language.
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
_FORMS = _places(lines_from("given_names"))
_FULL, _SHORT = _places(full for full, _, _ in _LINES), _places(short for _, _, short in _LINES)


def is_given_name(name: str) -> bool:
    """Whether the lists know `name`, in careful spelling, as a given name."""
    return name in _FORMS or name in _FULL or name in _SHORT


def is_one_name(name: str, other: str) -> bool:
    """Whether both are forms of one given name, as Vladimir and Volodymyr are."""
    return not _FORMS.get(name, set()).isdisjoint(_FORMS.get(other, ()))


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
    groups = _FORMS.get(name, set())
    found = {form for form, numbers in _FORMS.items() if not groups.isdisjoint(numbers)}
    for some, others in ((_FULL, _SHORT), (_SHORT, _FULL)):
        numbers = some.get(name, set())
        found |= {form for form, places in others.items() if not numbers.isdisjoint(places)}
    return sorted(found - {name})
