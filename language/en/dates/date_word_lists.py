"""Lists of words kept as text: a line in brackets begins a list, a line that begins with # is a remark."""

from pathlib import Path


def lists_in(name: str) -> dict[str, frozenset[str]]:
    """The words of each list of a file of this folder, by the name of the list."""
    text = (Path(__file__).parent / name).read_text(encoding="utf-8")
    lines = (line for line in text.splitlines() if not line.startswith("#"))
    parts = (part.partition("]") for part in "\n".join(lines).split("[")[1:])
    return {title: frozenset(words.split()) for title, _, words in parts}
