"""Reads names and paths from standard input, and writes in how many blocks of each file a form of one stands.

A process of its own, because a process that opens the file of an SQLite database and closes it again loses the locks
of its connections (https://www.sqlite.org/howtocorrupt.html, section 2.2). It needs no settings and no database.
"""

import json
import sys
from pathlib import Path

if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from claims.privacy import CERTAIN, HINT, LIKELY, Matcher, Person
from claims.privacy.raw_bytes import Searcher

BLOCK_SIZE = 1 << 20  # bytes read at once
OVERLAP_SIZE = 1 << 10  # bytes of the block before that are read again: no form is longer


def find_forms(path: str, searcher: Searcher) -> dict | None:
    """In how many blocks of a file forms stand, and each form with its grade; None if it cannot be read."""
    before, times, forms = b"", 0, {}
    try:
        with open(path, "rb") as file:
            while block := file.read(BLOCK_SIZE):
                found = searcher.find(before + block)
                times += bool(found)
                for one in sorted(found, key=lambda one: (CERTAIN, LIKELY, HINT).index(one.grade)):
                    forms.setdefault(one.form, one.grade)
                before = block[-OVERLAP_SIZE:]
    except FileNotFoundError:
        return {"times": 0, "forms": {}}
    except OSError:
        return None
    return {"times": times, "forms": forms}


def search_files(asked: dict) -> dict:
    """What `find_forms` says of each of the asked `paths`, for the asked `names`."""
    searcher = Searcher(Matcher([Person("", tuple(asked["names"]))]))
    return {path: find_forms(path, searcher) for path in asked["paths"]}


if __name__ == "__main__":
    json.dump(search_files(json.load(sys.stdin)), sys.stdout)
