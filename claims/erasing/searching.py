"""Reads patterns and paths from standard input and writes how often each file holds a pattern. Run by looking.py alone.

A process of its own, because a process that opens the file of an SQLite database and closes it again loses the locks
of its connections (https://www.sqlite.org/howtocorrupt.html, section 2.2). Stands alone: no settings, no path of ours.
"""

import json
import sys

BLOCK = 1 << 20  # bytes read at once


def times_in(path: str, patterns: list[bytes]) -> int | None:
    """In how many blocks of a file a pattern stands, in small or large Latin letters; None if it cannot be read."""
    longest, before, times = max(map(len, patterns)), b"", 0
    try:
        with open(path, "rb") as file:
            while block := file.read(BLOCK):
                text = before + block.lower()
                times += any(pattern in text for pattern in patterns)
                before = text[-longest:]
    except FileNotFoundError:
        return 0
    except OSError:
        return None
    return times


if __name__ == "__main__":
    asked = json.load(sys.stdin)
    wanted = [pattern.encode() for pattern in asked["patterns"]]
    json.dump({path: times_in(path, wanted) for path in asked["paths"]}, sys.stdout)
