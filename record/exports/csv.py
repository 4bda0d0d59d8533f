"""Tables as CSV (RFC 4180): commas, double quotes, CRLF, UTF-8 with a byte order mark, one line of names.

The mark is there because Excel takes a file without one for its own old encoding; other programs read over it.

No cell starts a formula: text that begins with one of `=`, `+`, `-`, `@`, their full-width forms, a tab or a line
break has an apostrophe before it, and so has text that begins with an apostrophe. To have the text as it is in the
record, take one apostrophe away from every cell that begins with one. Numbers and dates are written as they are,
moments as 2026-01-31T12:00:00Z, true and false in small letters; an empty cell is nothing or the empty text.
"""

import csv
import io
from collections.abc import Iterable, Iterator
from datetime import datetime

from ..documents.entries import format_moment
from .snapshot import Snapshot
from .tables import FILE_COLUMNS, Cell, Table, file_cells, rows

CONTENT_TYPE = "text/csv; charset=utf-8"
BYTE_ORDER_MARK = "\ufeff"
# What a program that reads the file must know, for those who have the file alone.
RULE = (
    "Text that begins with one of = + - @, their full-width forms, a tab, a line break or an apostrophe has an "
    "apostrophe before it: take one away from every cell that begins with one."
)
FORMULA_STARTS = tuple("=+-@＝＋－＠\t\r\n'")


def export(table: Table, snapshot: Snapshot) -> Iterator[bytes]:
    """The table as bytes, in chunks."""
    of_file = file_cells(snapshot)
    yield write_header([column.name for column in (*table.columns, *FILE_COLUMNS)])
    for some in rows(table, snapshot):
        if lines := write_rows([*row, *of_file] for row in some):
            yield lines


def write_header(columns: Iterable[str]) -> bytes:
    """The line of names, with which a file begins."""
    return (BYTE_ORDER_MARK + _csv_text([columns])).encode()


def write_rows(rows: Iterable[Iterable[Cell]]) -> bytes:
    return _csv_text([as_cell(cell) for cell in row] for row in rows).encode()


def as_cell(value: Cell) -> str:
    """The value as a cell."""
    if type(value) is str:
        return f"'{value}" if value.startswith(FORMULA_STARTS) else value
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, datetime):
        return format_moment(value)
    return "" if value is None else str(value)


def _csv_text(rows: Iterable[Iterable[str]]) -> str:
    text = io.StringIO(newline="")
    csv.writer(text).writerows(rows)
    return text.getvalue()
