"""Words that are no names by themselves: titles and roles, and words of a language that are somebody's name too."""

from functools import cache
from pathlib import Path

from language.names import phonetics
from language.names.folded_words import fold_word, is_cyrillic
from language.names.lists import words_from

from .declension import forms_of, is_russian_given_name, is_russian_word

_LISTS = Path(__file__).parent / "lists"


@cache
def _folds(name: str) -> frozenset[str]:
    return frozenset(fold_word(word) for word in words_of_list(name))


@cache
def words_of_list(name: str) -> frozenset[str]:
    """The words of the list of that name in `lists/`."""
    lines = (_LISTS / f"{name}.txt").read_text(encoding="utf-8").splitlines()
    return frozenset(word for line in lines if not line.startswith("#") for word in line.split())


@cache
def _titles() -> frozenset[str]:
    words = words_of_list("titles")
    declined = {form for word in words if is_cyrillic(word) and "-" not in word for form in forms_of(word)}
    return frozenset({_joined_fold(word) for word in words} | declined)


def _joined_fold(word: str) -> str:
    return "".join(fold_word(part) for part in word.split("-"))


@cache
def _nicknames() -> dict[str, frozenset[str]]:
    groups: dict[str, set[str]] = {}
    for line in (_LISTS / "nicknames.txt").read_text(encoding="utf-8").splitlines():
        for word in line.split() if not line.startswith("#") else ():
            groups.setdefault(fold_word(word), set()).update(line.split())
    return {folded: frozenset(group) for folded, group in groups.items()}


def other_given_names(word: str) -> frozenset[str]:
    """What somebody of this given name may be called as well, in small letters."""
    return _nicknames().get(fold_word(word), frozenset())


def is_title(folded: str) -> bool:
    """Whether a word stands before or after names and is none: Mr, Dr, господин, clerk."""
    return folded in _titles()


def is_common(word: str) -> bool:
    """Whether a word has a meaning beside being a name: Hill, Young, Мороз, أمل."""
    if is_cyrillic(word) and is_russian_word(word):
        return True
    return fold_word(word) in _folds("common_words")


def is_given_name(word: str) -> bool:
    """Whether many people have this given name."""
    if is_cyrillic(word):
        return is_russian_given_name(word)
    return fold_word(word) in _folds("given_names")


@cache
def _surnames_of_china() -> frozenset[str]:
    return words_from("families_of_china")


def is_surname_of_china(word: str) -> bool:
    """Whether many people in China have this surname; `word` in Latin letters."""
    return phonetics.careful(fold_word(word)) in _surnames_of_china()


def is_activity_word(folded: str) -> bool:
    """Whether a word tells what a person does, so that what stands before it is somebody."""
    return folded in _folds("verbs")
