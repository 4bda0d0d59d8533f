"""Lists of words, one file a list."""

from pathlib import Path


def words_from(name: str) -> frozenset[str]:
    """The words of the list of that name."""
    return frozenset((Path(__file__).parent / f"{name}.txt").read_text(encoding="utf-8").split())
