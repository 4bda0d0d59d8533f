"""Tables as XLSX: one sheet of rows, more where a sheet is full, and one about the record.

Every text is a text, never a formula. What a cell cannot hold is told: the signs that XML has no room for stand as
`_x0007_`, as the standard has it (ISO/IEC 29500-1, 22.4.2.4), and a text of more than 32,767 characters is cut, with a
word at its end; the CSV has it whole.
"""

import re
from collections.abc import Iterator

from django.utils.translation import gettext as _

from ..documents import FORMAT
from ..terms import terms
from .snapshot import Snapshot
from .spooled import spooled
from .tables import Cell, Table

CONTENT_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
ROWS = 1_048_576  # of one sheet
LONGEST = 32_767  # UTF-16 units in a cell
DIGITS = 15  # of a number, which is a binary fraction there

_NO_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]|_(?=x[0-9A-Fa-f]{4}_)|\r")


def export(table: Table, snapshot: Snapshot) -> Iterator[bytes]:
    """The table as bytes, in blocks, once the whole file has been made."""
    return spooled(lambda file: _write(table, snapshot, file))


def _write(table: Table, snapshot: Snapshot, file) -> None:
    from openpyxl import Workbook  # a third of a second that only a reader of XLSX should wait for

    book = Workbook(write_only=True)
    names = [column.name for column in table.columns]
    sheet, left, number = None, 0, 0
    for row in (row for rows in table.rows(snapshot) for row in rows):
        if not left:
            number += 1
            sheet, left = _sheet(book, table.name if number == 1 else f"{table.name} {number}", names), ROWS - 1
        sheet.append([_as_cell(cell, sheet) for cell in row])
        left -= 1
    if sheet is None:
        _sheet(book, table.name, names)
    about = book.create_sheet("about")
    for line in _about(table, snapshot):
        about.append([_as_cell(cell, about) for cell in line])
    book.save(file)


def _sheet(book, title: str, names: list[str]):
    sheet = book.create_sheet(title)
    sheet.freeze_panes = "A2"
    sheet.append(names)
    return sheet


def _about(table: Table, snapshot: Snapshot) -> Iterator[list[Cell]]:
    yield [_("Terms of use"), str(terms())]
    yield [_("Format"), FORMAT]
    yield [_("As of entry"), snapshot.head.seq]
    yield [_("Published"), snapshot.head.published_at]
    yield [_("Link"), snapshot.head.link]
    for name, values in (snapshot.selection.filters if snapshot.selection else {}).items():
        yield [name, ", ".join(values)]
    for column in table.columns:
        yield [column.name, column.description]


def _as_cell(value: Cell, sheet):
    """A value as openpyxl takes it; a text that it would take for a formula or an error is marked as text."""
    if not isinstance(value, str):
        digits = len(getattr(value, "as_tuple", lambda: None)().digits) if hasattr(value, "as_tuple") else 0
        return str(value) if digits > DIGITS else value
    text = _cut(_NO_XML.sub(lambda sign: f"_x{ord(sign[0]):04X}_", value))
    if not text.startswith(("=", "#")):
        return text
    from openpyxl.cell import WriteOnlyCell

    cell = WriteOnlyCell(sheet, text)
    cell.data_type = "s"
    return cell


def _cut(text: str) -> str:
    if len(text) * 2 <= LONGEST or len(text.encode("utf-16-le")) // 2 <= LONGEST:
        return text
    told = " " + _("[cut here: the CSV has it whole]")
    room = (LONGEST - len(told.encode("utf-16-le")) // 2) * 2
    return text.encode("utf-16-le")[:room].decode("utf-16-le", "ignore") + told
