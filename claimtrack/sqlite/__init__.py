"""Which SQLite the databases are kept in: the one in the `pysqlite3` wheel where there is one, else Python's own.

Debian's and most distributions' SQLite carries a bug that can lose what a second connection has written while the
write-ahead log is reset (https://sqlite.org/wal.html#walresetbug); docs/decisions/sqlite.md has the whole story.
"""

try:
    from pysqlite3 import dbapi2 as driver
except ImportError:
    from sqlite3 import dbapi2 as driver

__all__ = ["driver", "is_safe_version"]

# The first versions without the bug: one for each line that is still mended.
FIXED_VERSIONS = ((3, 51, 3), (3, 50, 7), (3, 44, 6))


def is_safe_version(version: tuple[int, int, int]) -> bool:
    """Whether this version of SQLite is free of the bug."""
    return version >= FIXED_VERSIONS[0] or any(
        version[:2] == mended[:2] and version >= mended for mended in FIXED_VERSIONS
    )
