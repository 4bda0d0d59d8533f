"""Reads names and paths from standard input, and writes in how many blocks of each file a form of one stands.

A process of its own, because a process that opens the file of an SQLite database and closes it again loses the locks
of its connections (https://www.sqlite.org/howtocorrupt.html, section 2.2). It needs no settings and no database.
"""

import json
import sys
from pathlib import Path
from typing import TypedDict

if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from claims.privacy import CERTAIN, HINT, LIKELY, Matcher, Person
from claims.privacy.raw_bytes import Searcher

BLOCK_SIZE = 1 << 20  # bytes read at once
OVERLAP_SIZE = 1 << 10  # bytes of the block before that are read again: no form is longer


class FormsInFile(TypedDict):
    """In how many blocks of a file forms stand, and each form with its grade."""

    times: int
    forms: dict[str, str]


class FileSearch(TypedDict):
    """Which names are looked for in which files."""

    names: list[str]
    paths: list[str]


def find_forms(path: str, searcher: Searcher) -> FormsInFile | None:
    """In how many blocks of a file forms stand, and each form with its grade; None if it cannot be read."""
    before, times = b"", 0
    forms: dict[str, str] = {}
    try:
        with open(path, "rb") as file:
            while block := file.read(BLOCK_SIZE):
                found = searcher.find(before + block)
                times += bool(found)
                for match in sorted(found, key=lambda match: (CERTAIN, LIKELY, HINT).index(match.grade)):
                    forms.setdefault(match.form, match.grade)
                before = block[-OVERLAP_SIZE:]
    except FileNotFoundError:
        return {"times": 0, "forms": {}}
    except OSError:
        return None
    return {"times": times, "forms": forms}


def search_files(asked: FileSearch) -> dict[str, FormsInFile | None]:
    """What `find_forms` says of each of the asked `paths`, for the asked `names`."""
    searcher = Searcher(Matcher([Person("", tuple(asked["names"]))]))
    return {path: find_forms(path, searcher) for path in asked["paths"]}


if __name__ == "__main__":
    json.dump(search_files(json.load(sys.stdin)), sys.stdout)
