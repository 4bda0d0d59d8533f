"""Tables as XLSX: one sheet of rows for each, more where a sheet is full, and one about the record.

Every text is a text, never a formula. What a cell cannot hold is told: the signs that XML has no room for stand as
`_x0007_`, as the standard has it (ISO/IEC 29500-1, 22.4.2.4), and a text of more than 32,767 characters is cut, with a
word at its end; the CSV has it whole.
"""

import re
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, BinaryIO

from django.utils.translation import gettext as _

from ..documents import FORMAT
from ..linked_data.site import published_by, terms
from .archives import ReproducibleZip
from .snapshot import Snapshot
from .tables import FILE_COLUMNS, TABLES, Cell, Table, file_cells, rows, site_words, spooled_blocks

if TYPE_CHECKING:
    from openpyxl.cell import Cell as MarkedCell
    from openpyxl.workbook import Workbook
    from openpyxl.worksheet._write_only import WriteOnlyWorksheet

CONTENT_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
MAX_ROWS = 1_048_576  # of one sheet
MAX_CELL_LENGTH = 32_767  # UTF-16 units in a cell
MAX_DIGITS = 15  # of a number, which is a binary fraction there

_NOT_IN_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]|_(?=x[0-9A-Fa-f]{4}_)|\r")


def export(table: Table, snapshot: Snapshot) -> Iterator[bytes]:
    """The table as bytes, in blocks, once the whole file has been made."""
    return spooled_blocks(lambda file: _write([table], snapshot, file))


def export_tables(snapshot: Snapshot) -> Iterator[bytes]:
    """All tables in one workbook, a sheet each."""
    return spooled_blocks(lambda file: _write(TABLES, snapshot, file))


def _write(tables: Sequence[Table], snapshot: Snapshot, file: BinaryIO) -> None:
    from openpyxl import Workbook  # a third of a second that only a reader of XLSX should wait for

    book = Workbook(write_only=True)
    for table in tables:
        _add_table(book, table, snapshot)
    about = book.create_sheet("about")
    for line in _description_rows(tables, snapshot):
        about.append([_as_cell(cell, about) for cell in line])
    _save(book, snapshot, file)


def _add_table(book: "Workbook", table: Table, snapshot: Snapshot) -> None:
    """The rows of a table on a sheet, and on more where it is full."""
    names = [column.name for column in (*table.columns, *FILE_COLUMNS)]
    of_file = file_cells(snapshot)
    sheet, left, number = _add_sheet(book, table.name, names), MAX_ROWS - 1, 1
    for row in (row for some in rows(table, snapshot) for row in some):
        if not left:
            number += 1
            sheet, left = _add_sheet(book, f"{table.name} {number}", names), MAX_ROWS - 1
        sheet.append([_as_cell(cell, sheet) for cell in (*row, *of_file)])
        left -= 1


def _save(book: "Workbook", snapshot: Snapshot, file: BinaryIO) -> None:
    """The workbook as it would be written at the moment of the head: the same record gives the same bytes."""
    from openpyxl.writer.excel import ExcelWriter

    archive = ReproducibleZip(file, snapshot)
    book.properties.created = book.properties.modified = archive.moment.replace(tzinfo=None, microsecond=0)
    ExcelWriter(book, archive).save()


def _add_sheet(book: "Workbook", title: str, names: list[str]) -> "WriteOnlyWorksheet":
    sheet = book.create_sheet(title)
    sheet.freeze_panes = "A2"
    sheet.append(names)
    return sheet


def _description_rows(tables: Sequence[Table], snapshot: Snapshot) -> Iterator[Sequence[Cell]]:
    yield [_("Terms of use"), str(terms())]
    if known := published_by():
        yield [_("Publisher"), known.name]
        yield [_("Address"), known.address]
        yield [_("Contact"), known.email]
        yield [_("Publishing principles"), known.publishing_principles]
        yield [_("Corrections policy"), known.corrections_policy]
    yield [_("Format"), FORMAT]
    yield [_("As of entry"), snapshot.head.seq]
    yield [_("Published"), snapshot.head.published_at]
    yield [_("Link"), snapshot.head.link]
    yield [_("Asked"), snapshot.query_note]
    if snapshot.undated_count is not None:
        yield [_("Undated statements left out"), snapshot.undated_count]
    chosen = snapshot.selection.filters if snapshot.selection else {}
    yield from ([name, ", ".join(values)] for name, values in chosen.items())
    for table in tables:
        yield [table.name, site_words(table.title)]
        yield from ([column.name, site_words(column.description)] for column in (*table.columns, *FILE_COLUMNS))


def _as_cell(value: Cell, sheet: "WriteOnlyWorksheet") -> "Cell | MarkedCell":
    """A value as openpyxl takes it; a text that it would take for a formula or an error is marked as text."""
    if isinstance(value, datetime):
        return value.astimezone(UTC).replace(tzinfo=None)  # a sheet knows no time zones
    if not isinstance(value, str):
        digits = len(value.as_tuple().digits) if isinstance(value, Decimal) else 0
        return str(value) if digits > MAX_DIGITS else value
    text = _truncate(_NOT_IN_XML.sub(lambda sign: f"_x{ord(sign[0]):04X}_", value))
    if not text.startswith(("=", "#")):
        return text
    from openpyxl.cell import WriteOnlyCell

    cell = WriteOnlyCell(sheet, text)
    cell.data_type = "s"
    return cell


def _truncate(text: str) -> str:
    if len(text) * 2 <= MAX_CELL_LENGTH or len(text.encode("utf-16-le")) // 2 <= MAX_CELL_LENGTH:
        return text
    ending = " " + _("[cut here: the CSV has it whole]")
    room = (MAX_CELL_LENGTH - len(ending.encode("utf-16-le")) // 2) * 2
    return text.encode("utf-16-le")[:room].decode("utf-16-le", "ignore") + ending
