"""The folds under which a name may be recorded in another form: what an index is asked for beside the name itself.

What is found so is only worth comparing: `name_pairs.compare` says how the two names stand to one another.
"""

from collections.abc import Iterator
from itertools import islice

from . import chinese, korean, organizations, places
from .name_pairs import is_of_body
from .spellings import fold
from .structure import take_apart

MOST = 80  # folds of one name


def folds_of(name: str) -> set[str]:
    """The folds of other forms of `name`, at most 80: shorter, with initials, in other syllables, of one place."""
    found = {fold(form) for form in islice(_forms(name), 2 * MOST)} - {"", fold(name)}
    return set(sorted(found)[:MOST])


def _forms(name: str) -> Iterator[str]:
    yield from places.other_names(name)
    if is_of_body(name):
        english = organizations.translate_bodies(name)
        yield english
        yield organizations.initials_of(english)
        yield from organizations.names_of_translation(english)
        return
    parts = take_apart(name)
    if parts.signs:
        yield from chinese.other_spellings(name)
        return
    yield from chinese.other_spellings(name, parts.printed, parts.russian)
    *given, family = parts.printed or ("",)
    if given and len(parts.words) > 1:
        yield from (f"{given[0][0]} {family}", f"{family} {given[0][0]}")
        letters = "".join([given[0][0], *parts.initials, *(word[0] for word in given[1:])])
        yield from (f"{letters} {family}", f"{given[0]} {family}", f"{given[0].partition('-')[0]} {family}")
        yield " ".join(parts.printed[1:])
        yield " ".join(parts.printed[:-1] if len(given) > 1 else given)
    yield family
    if parts.whole_printed != parts.printed:
        yield " ".join(parts.whole_printed)
        yield f"{parts.whole_printed[0][0]} {' '.join(parts.whole_printed[1:])}"
        yield " ".join(parts.whole_printed[1:])


def korean_starts(name: str) -> tuple[str, ...]:
    """How folds may begin that write a Korean name: its family name, and the first consonant after it."""
    parts = take_apart(name)
    return korean.starts_of(parts.signs) if parts.signs else korean.starts_of_latin(parts.printed)
