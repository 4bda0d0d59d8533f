"""How two printed names stand to one another: same, likely, possible or not the same, with the reason.

"Same" says that the two are spellings of one name, in whatever script: not that they are one person, which only an
editor says. Names of persons are compared word by word, names of bodies as sets of words.
"""

import re
import unicodedata
from dataclasses import replace
from functools import lru_cache

from . import japanese, letter_marks, organizations, places, russian_cases
from .name_likeness import LEVELS, LIKELY, NO, POSSIBLE, SAME, Likeness
from .names_in_signs import compare_signs
from .persons import compare_persons
from .spellings import fold
from .structure import Name, is_body, take_apart
from .unvowelled_names import compare_unvowelled

MAX_LETTERS = 300  # of a name that are compared
_UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ø": "oe", "å": "aa"})
_REMARK = re.compile(r"\([^()]*\)")


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
        return compare_unvowelled(first, second)
    if first.signs or second.signs:
        return compare_signs(first, second)
    found = compare_persons(first, second)
    if found.level in (SAME, LIKELY) and first.latin and second.latin and letter_marks.are_told_apart(name, other):
        return Likeness(POSSIBLE, 0.5, f"{found.why}, with other marks on the letters")
    if first.russian != second.russian and found.level in (POSSIBLE, NO):
        russian, latin = (name, second) if first.russian else (other, first)
        if latin.latin and japanese.are_one_name(russian, latin.printed):
            return Likeness(LIKELY, 0.83, "the same Japanese name, as Russian writes it")
    both_russian = first.russian and second.russian
    if both_russian and found.level in (POSSIBLE, NO) and russian_cases.are_forms_of_one(name, other):
        return Likeness(LIKELY, 0.76, "the same words in another case")
    if (first.whole, second.whole) != (first.words, second.words) and found.level in (POSSIBLE, NO):
        with_particles = compare_persons(_with_particles(first), _with_particles(second))
        return min(found, with_particles, key=lambda like: (LEVELS.index(like.level), -like.score))
    return found


@lru_cache(maxsize=4_000)
def _with_umlauts_written_out(name: str) -> str:
    """The fold of a name as those write it who have no umlauts."""
    return fold(unicodedata.normalize("NFC", name).lower().translate(_UMLAUTS))


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
