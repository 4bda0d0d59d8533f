"""Where the entries of a file lie between being read and being taken in: a temporary file that sorts them by `seq`.

It is a database of SQLite without a name: what does not fit into a few megabytes of memory lies in the folder for
temporary files, and nothing is left of it when the process ends, however it ends.
"""

import sqlite3
from collections.abc import Callable, Iterable, Iterator

from .entry import ImportRefused, Verified, known_entry
from .reading import Reading, chained

TOGETHER = 1000
SAY = 1000  # entries between two calls of `progress`


class Spool:
    """The verified entries of one file."""

    def __init__(self):
        self._database = sqlite3.connect("", isolation_level=None)
        self._database.execute("PRAGMA journal_mode=OFF")
        self._database.execute(
            "CREATE TABLE entry (seq INTEGER PRIMARY KEY, number INTEGER, grp TEXT, public_id TEXT, line BLOB)"
        )

    def __enter__(self):
        return self

    def __exit__(self, *error):
        self._database.close()

    def fill(self, reading: Reading, link: str, published_at: str, progress: Callable[[str, int, int], None]) -> None:
        """Reads the file to its end and verifies it: every digest, every link, and that it is whole.

        `link` and `published_at` are those of the entry that it goes on from. Raises `ImportRefused`.
        """
        entries = _told(reading.entries, progress, reading.total)
        if reading.ordered:
            self._keep(chained(entries, reading, link, published_at))
            return
        self._keep(entries)
        for _ in chained(self.entries(), reading, link, published_at):
            pass
        self._refuse_otherwhere()

    def entries(self, after: int = 0) -> Iterator[Verified]:
        """The entries in `seq` order, from after `after` on."""
        rows = self._database.execute("SELECT line, number, grp FROM entry WHERE seq > ? ORDER BY seq", [after])
        return (known_entry(*row) for row in rows)

    def _keep(self, entries: Iterable[Verified]) -> None:
        self._database.execute("BEGIN")
        for entry in entries:
            try:
                self._database.execute(
                    "INSERT INTO entry VALUES (?, ?, ?, ?, ?)",
                    [entry.seq, entry.number, entry.group, entry.public_id, entry.line],
                )
            except sqlite3.IntegrityError:
                raise ImportRefused(f"{entry.place}: entry {entry.seq} is there twice.") from None
        self._database.execute("COMMIT")

    def _refuse_otherwhere(self) -> None:
        """In one JSON document the older versions stand among the superseded, and nothing else does."""
        self._database.execute("CREATE INDEX by_object ON entry (public_id, seq)")
        found = self._database.execute(
            "SELECT number, seq, grp FROM entry WHERE grp != 'erased' AND (grp = 'superseded') != EXISTS ("
            "SELECT 1 FROM entry later WHERE later.public_id = entry.public_id AND later.seq > entry.seq) "
            "ORDER BY number LIMIT 1"
        ).fetchone()
        if found:
            number, seq, group = found
            raise ImportRefused(f"line {number}: entry {seq} does not belong among {group}.")


def _told(entries: Iterator[Verified], progress, total: int) -> Iterator[Verified]:
    done = 0
    for done, entry in enumerate(entries, start=1):
        yield entry
        if done % SAY == 0:
            progress("verified", done, total)
    progress("verified", done, total)
