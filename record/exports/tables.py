"""The record as tables: which there are, and their rows. `columns.py` says what a table is."""

import tempfile
from collections.abc import Callable, Iterator, Sequence
from typing import BinaryIO

from ..linked_data.site import terms, this_site
from .claim_tables import CLAIMS, QUESTIONS, RELATIONS_TABLE, TOPIC_QUESTIONS, TOPICS
from .columns import FILE_COLUMNS, SEPARATOR, Cell, Column, DocumentTable, LogTable, RelatedRows, Table, site_words
from .log_tables import CHANGES
from .snapshot import Snapshot
from .source_tables import ACTORS, ARTICLES, NAMES, OUTLETS
from .statement_tables import HOPS, ORIGINS, PRINTINGS, STANCES_TABLE, STATEMENTS, WIDE
from .stream import DocumentCache, current_entries_of

__all__ = [
    "ACTORS",
    "ARTICLES",
    "CLAIMS",
    "FILE_COLUMNS",
    "SEPARATOR",
    "TABLES",
    "TOPICS",
    "WIDE",
    "Cell",
    "Column",
    "Table",
    "file_cells",
    "groups",
    "rows",
    "rows_of_group",
    "site_words",
    "spooled_blocks",
]

Row = list[Cell]
# A table comes after those to which its rows lead, as far as they do not lead to one another.
TABLES: tuple[Table, ...] = (
    QUESTIONS,
    TOPICS,
    TOPIC_QUESTIONS,
    CLAIMS,
    RELATIONS_TABLE,
    OUTLETS,
    ARTICLES,
    ACTORS,
    NAMES,
    STATEMENTS,
    STANCES_TABLE,
    PRINTINGS,
    HOPS,
    ORIGINS,
    CHANGES,
)


def rows(table: Table, snapshot: Snapshot) -> Iterator[list[Row]]:
    """The rows of a table, as many at a time as one chunk of the log makes."""
    for [some] in rows_of_group([table], snapshot):
        yield some


def groups() -> Iterator[list[Table]]:
    """The tables in lists of those that are made of the same documents, in the order of TABLES."""
    found: dict[object, list[Table]] = {}
    for table in TABLES:
        found.setdefault(getattr(table, "shape", None), []).append(table)
    yield from found.values()


def rows_of_group(tables: Sequence[Table], snapshot: Snapshot) -> Iterator[list[list[Row]]]:
    """The rows of tables that are made of the same documents: for each chunk of these, a list for each table."""
    site, first = this_site(), tables[0]
    if isinstance(first, LogTable):
        for some in first.rows_of(snapshot, site):
            yield [some]
        return
    made = [table for table in tables if isinstance(table, DocumentTable)]
    documents = DocumentCache(snapshot)
    for entries in current_entries_of(snapshot, made[0].shape):
        related = RelatedRows(entries, documents, site)
        record = [related.record_cells(entry) for entry in entries]
        yield [
            [
                [*row, *of_record]
                for entry, of_record in zip(entries, record, strict=True)
                for row in table.rows_of(entry.document, related)
            ]
            for table in made
        ]


def file_cells(snapshot: Snapshot) -> Row:
    """The cells of FILE_COLUMNS, which are the same in every row of a file."""
    return [str(terms()), snapshot.query_note]


BLOCK = 256 * 1024  # bytes


def spooled_blocks(write: Callable[[BinaryIO], None]) -> Iterator[bytes]:
    """What `write` writes to a file, in blocks. The file has no name and is gone with the process."""
    with tempfile.TemporaryFile() as file:
        write(file)
        file.seek(0)
        while block := file.read(BLOCK):
            yield block
