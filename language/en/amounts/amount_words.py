"""The lists of English words beside numbers, by the names they have in `word_lists.txt`."""

from pathlib import Path

WORDS: dict[str, tuple[str, ...]] = {}
for _line in (Path(__file__).parent / "word_lists.txt").read_text(encoding="utf-8").splitlines():
    if _line.endswith(":"):
        _name = _line[:-1]
        WORDS[_name] = ()
    elif _line.startswith(" "):
        WORDS[_name] += tuple(_line.split())
