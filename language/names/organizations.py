"""Names of bodies, outlets and groups: compared as sets of words, countries and kinds of office made one."""

import re
from functools import lru_cache

from anyascii import anyascii

from .common import common_words
from .lists import words_from

_COMMON = common_words()
COUNTRIES: dict[str, str] = _COMMON.COUNTRIES
_PHRASES: list[tuple[re.Pattern[str], str]] = _COMMON.PHRASES
_PLACE = {form: country for country, forms in COUNTRIES.items() for form in (country, *forms.split())}
_EMPTY = words_from("empty")
_WORD = re.compile(r"[a-z0-9]+")
_ACRONYM = re.compile(rf"\s*(?:{_COMMON.ARTICLE} )?(?P<letters>[A-Z](?:\.?[A-Z&/]){{1,6}})\.?\s*")


@lru_cache(maxsize=4_000)
def acronym(name: str) -> str:
    """The letters of a name that is an acronym ("UN", "RFE/RL", "the U.S."); empty for others."""
    match = _ACRONYM.fullmatch(name)
    return re.sub("[^A-Z]", "", match["letters"]) if match else ""


@lru_cache(maxsize=4_000)
def words_of(name: str) -> frozenset[str]:
    """The words that tell one body from another."""
    latin = anyascii(name).lower()
    for pattern, by in _PHRASES:
        latin = pattern.sub(by, latin)
    words = (_PLACE.get(word, word) for word in _WORD.findall(latin))
    return frozenset(
        word[:-1] if len(word) > 4 and word.endswith("s") else word for word in words if word not in _EMPTY
    )


def initials_of(name: str) -> str:
    """The first letters of its words, small words left out: "Radio Free Asia" -> RFA."""
    words = re.findall(r"[A-Za-z][A-Za-z'-]*", anyascii(name))
    return "".join(word[0] for word in words if word.lower() not in _EMPTY).upper()


def compare(name: str, other: str) -> tuple[str, float, str]:
    """(level, score, why) for two names of which at least one is that of a body."""
    first, second = words_of(name), words_of(other)
    if not first or not second:
        return "", 0.0, ""
    if first == second:
        return "same", 0.97, "the same words, order and form aside"
    for short, long in ((name, other), (other, name)):
        letters = acronym(short)
        if len(letters) > 1 and not acronym(long) and letters == initials_of(long):
            return "likely", 0.85, f"{letters} are the first letters of the other"
    mine, theirs = (words & COUNTRIES.keys() for words in (first, second))
    if mine and theirs and mine != theirs:
        return "", 0.1, "of another country"
    shared, either = len(first & second), len(first | second)
    if first < second or second < first:
        if bool(mine) != bool(theirs) and shared > 1:
            return "possible", 0.6, "the same words; one names the country"
        return "possible", 0.5 * shared / either + 0.1, "all words of the shorter"
    if shared / either >= 0.6:
        return "possible", 0.5 * shared / either, "most words the same"
    return "", 0.3 * shared / either, ""
