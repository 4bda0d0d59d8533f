"""Which SQLite the process uses: the one in the `pysqlite3` wheel where there is one, else Python's own.

Debian's and most distributions' SQLite carries a bug that can lose what a second connection has written while the
write-ahead log is reset (https://sqlite.org/wal.html#walresetbug); docs/decisions/sqlite.md has the whole story.
"""

import importlib
import sys

# The first versions without the bug: one for each line that is still mended.
MENDED = ((3, 51, 3), (3, 50, 7), (3, 44, 6))


def use_kept_sqlite() -> tuple[int, int, int]:
    """Makes `import sqlite3` mean the wheel's SQLite from here on, and returns the version that is in use.

    It has to come before Django loads its SQLite backend, which is why the settings call it. Without the wheel (there
    is none for every machine) nothing is changed.
    """
    try:
        kept = importlib.import_module("pysqlite3")
    except ImportError:
        kept = importlib.import_module("sqlite3")
    else:
        sys.modules["sqlite3"] = kept
        sys.modules["sqlite3.dbapi2"] = kept.dbapi2
    return kept.sqlite_version_info


def keeps_what_is_written(version: tuple[int, int, int]) -> bool:
    """Whether this version of SQLite is free of the bug."""
    return version >= MENDED[0] or any(version[:2] == mended[:2] and version >= mended for mended in MENDED)
