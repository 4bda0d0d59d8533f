"""Lists of words about names, one file a list: here those of names in general, those of a language in its folder."""

from functools import cache
from pathlib import Path

from ...grammars import lists_of_all_languages


@cache
def words_from(name: str) -> frozenset[str]:
    """The words of the list of that name: of this folder, and of every language, as a name does not tell its own."""
    paths = [Path(__file__).parent / f"{name}.txt", *lists_of_all_languages("names", name)]
    return frozenset(word for path in paths if path.is_file() for word in path.read_text(encoding="utf-8").split())
