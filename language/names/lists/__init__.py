"""Lists of words about names, one file a list: here those of names in general, those of a language in its folder."""

from functools import cache
from pathlib import Path

from ...grammars import lists_of_all_languages


@cache
def words_from(name: str) -> frozenset[str]:
    """The words of the list of that name: of this folder, and of every language, as a name does not tell its own."""
    return frozenset(word for text in _texts(name) for word in text.split())


@cache
def lines_from(name: str) -> tuple[str, ...]:
    """The lines of the list of that name, of this folder and of every language; those that begin with # are notes."""
    lines = (line.strip() for text in _texts(name) for line in text.splitlines())
    return tuple(line for line in lines if line and not line.startswith("#"))


def _texts(name: str) -> list[str]:
    paths = [Path(__file__).parent / f"{name}.txt", *lists_of_all_languages("names", name)]
    return [path.read_text(encoding="utf-8") for path in paths if path.is_file()]
