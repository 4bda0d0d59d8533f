"""`/export.sqlite`: all tables in one file of SQLite, with keys and indexes, as Datasette, DuckDB and any language read
it.

The table `about` says of what the file is and under which terms, `columns` what stands in each column. Rows come a
chunk of the log at a time and indexes after them, so that memory does not grow with the record. The same record gives
the same bytes by the same version of SQLite; the file says which of them wrote it.
"""

import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import closing
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

from django.conf import settings

from ..documents import FORMAT
from ..documents.entries import format_moment
from ..linked_data.site import terms
from .columns import Column, Table
from .snapshot import Snapshot
from .tables import BLOCK, TABLES, Cell, groups, rows_of_group, site_words

CONTENT_TYPE = "application/vnd.sqlite3"
CACHE_KILOBYTES = 16 * 1024

_TYPES = {
    "string": "TEXT",
    "integer": "INTEGER",
    "number": "NUMERIC",
    "boolean": "INTEGER",
    "date": "DATE",
    "datetime": "DATETIME",
}
ABOUT = "CREATE TABLE about (name TEXT PRIMARY KEY, value TEXT)"
COLUMNS = (
    'CREATE TABLE columns ("table" TEXT, "column" TEXT, description TEXT, type TEXT, unit TEXT, choices TEXT, '
    'leads_to TEXT, PRIMARY KEY ("table", "column"))'
)


def export(snapshot: Snapshot) -> Iterator[bytes]:
    """The file as bytes, in blocks, once it has been made."""
    with tempfile.TemporaryDirectory(prefix="claimtrack-") as folder:
        path = Path(folder) / "export.sqlite"
        _write(snapshot, path)
        file = path.open("rb")
    with file:  # the file is without a name by now, and gone with the process
        while block := file.read(BLOCK):
            yield block


def file_facts(snapshot: Snapshot) -> dict[str, str]:
    """Of what a file of tables is: site, format, head, terms, and what was asked for."""
    found = {
        "title": settings.SITE_NAME,
        "format": FORMAT,
        "as_of": str(snapshot.head.seq),
        "published_at": snapshot.head.published_at or "",
        "link": snapshot.head.link,
        "terms": str(terms()),
        "asked": snapshot.query_note,
    }
    if snapshot.undated_count is not None:
        found["undated_left_out"] = str(snapshot.undated_count)
    return found


def definition(table: Table, *, whole: bool) -> str:
    """The table in SQL. Of a part that was chosen by when it was recorded, ids lead to rows that are not in it."""
    parts = [_column_definition(column) for column in table.columns]
    parts.append(f"PRIMARY KEY ({', '.join(_quoted(name) for name in table.key)})")
    if whole:
        keys = {other.name: other.key[0] for other in TABLES}
        parts += [
            f"FOREIGN KEY ({_quoted(column.name)}) REFERENCES {_quoted(column.table)} ({_quoted(keys[column.table])})"
            for column in table.columns
            if column.table
        ]
    return f"CREATE TABLE {_quoted(table.name)} ({', '.join(parts)})"


def _column_definition(column: Column) -> str:
    values = ", ".join("'" + choice.replace("'", "''") + "'" for choice in column.choices)
    checked = f" CHECK ({_quoted(column.name)} IN ({values}))" if values else ""
    if column.type == "boolean":
        checked = f" CHECK ({_quoted(column.name)} IN (0, 1))"
    return f"{_quoted(column.name)} {_TYPES[column.type]}{checked}"


def _quoted(name: str) -> str:
    return f'"{name}"'


def _indexes() -> Iterator[str]:
    """An index for what tables are joined by, and for when a row was recorded."""
    for table in TABLES:
        for column in table.columns:
            joins = bool(column.table) and column.name != table.key[0]
            if joins or column.name == "first_recorded_at":
                yield f'CREATE INDEX "{table.name}_{column.name}" ON "{table.name}" ("{column.name}")'


def _write(snapshot: Snapshot, path: Path) -> None:
    with closing(sqlite3.connect(path, isolation_level=None)) as made:
        for pragma in (
            "page_size = 4096",
            "encoding = 'UTF-8'",
            "journal_mode = OFF",
            "synchronous = OFF",
            f"cache_size = -{CACHE_KILOBYTES}",
            "temp_store = FILE",
        ):
            made.execute(f"PRAGMA {pragma}")
        made.execute("BEGIN")
        made.execute(ABOUT)
        made.executemany("INSERT INTO about VALUES (?, ?)", file_facts(snapshot).items())
        made.execute(COLUMNS)
        made.executemany("INSERT INTO columns VALUES (?, ?, ?, ?, ?, ?, ?)", _described_columns())
        for table in TABLES:
            made.execute(definition(table, whole=snapshot.since is None))
        for tables in groups():
            inserts = [f'INSERT INTO "{table.name}" VALUES ({", ".join("?" * len(table.columns))})' for table in tables]  # noqa: S608
            for chunk in rows_of_group(tables, snapshot):
                for insert, rows in zip(inserts, chunk, strict=True):
                    made.executemany(insert, ([as_value(cell) for cell in row] for row in rows))
        for index in _indexes():
            made.execute(index)
        made.execute("COMMIT")


def _described_columns() -> Iterator[tuple[str, ...]]:
    for table in TABLES:
        for column in table.columns:
            about_column = (site_words(column.description), column.type, site_words(column.unit))
            yield (table.name, column.name, *about_column, ", ".join(column.choices), column.table)


def as_value(value: Cell) -> str | int | None:
    """The value as SQLite takes it: a date as ISO 8601, a number of any length as text that the column reads."""
    if isinstance(value, datetime):
        return format_moment(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return format(value, "f")
    return value if value != "" else None
