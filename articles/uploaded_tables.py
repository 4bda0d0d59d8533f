"""Tables that people hand in, as CSV, JSON or XLSX: rows of texts by the names of their columns. No database.

A table that is broken as a whole (cut off, with unknown columns) raises `FileIsBroken` before anything of it is used.
What is wrong with one row stands in its place, as a sentence.
"""

import codecs
import csv
import io
import json
import re
import zipfile
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time
from pathlib import PurePath
from typing import Any

from openpyxl.worksheet._read_only import ReadOnlyWorksheet

MAX_CELL_LENGTH = 5_000_000  # characters
MAX_UNPACKED_SIZE = 60_000_000  # bytes of a workbook, which is compressed
# Of a sheet, empty ones too: one cell in its last corner makes a million rows of sixteen thousand.
MAX_ROWS, MAX_CELLS = 100_000, 5_000_000
TABLE_SUFFIXES = (".csv", ".json", ".xlsx")

TableRow = tuple[str, dict[str, str] | str]  # where it stands, and its cells by column or what is wrong with it


class FileIsBroken(ValueError):
    """A file or row that cannot be read, told in a sentence."""


@dataclass(frozen=True)
class Columns:
    """The names of the columns that a table may have, one of `needed` it must; `row` is what a row is called."""

    known: Collection[str]
    required: Collection[str] = field(default_factory=tuple)
    row: str = "row"

    def refuse_header(self, header: list[str]) -> None:
        """Raises `FileIsBroken` for a header with unknown or repeated columns, or without any that is needed."""
        unknown = [name for name in header if name not in self.known]
        if unknown:
            known = ", ".join(sorted(self.known))
            raise FileIsBroken(f"The list has an unknown column “{unknown[0][:40]}”. Use: {known}.")
        if len(set(header)) < len(header):
            raise FileIsBroken("The list has the same column twice.")
        if self.required and not set(self.required) & set(header):
            raise FileIsBroken(f"The list needs a column {' or '.join(f'“{name}”' for name in self.required)}.")


def read_table(data: bytes, name: str, columns: Columns) -> list[TableRow]:
    """The rows of a table called `name`, whose ending says what it is; without those that are empty."""
    suffix = PurePath(name).suffix.lower()
    if suffix == ".xlsx":
        return _xlsx_rows(data, columns)
    text = decode_text(data)
    return _json_rows(text, columns) if suffix == ".json" else _csv_rows(text, columns)


def decode_text(data: bytes) -> str:
    """The text of `data`: by its byte-order mark, else UTF-8. Another encoding is refused, never guessed."""
    boms = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
    encoding = next((name for bom, name in boms if data.startswith(bom)), "utf-8")
    if encoding != "utf-16" and b"\x00" in data:
        raise FileIsBroken(f"It is not a text: byte {data.index(0)} is NUL.")
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise FileIsBroken(
            f"It is not {encoding.upper()[:6].rstrip('-')} (line {line}, byte {error.start}): save it as UTF-8."
        ) from error


def _csv_rows(text: str, columns: Columns) -> list[TableRow]:
    csv.field_size_limit(MAX_CELL_LENGTH)
    reader = csv.reader(io.StringIO(text, newline=""), strict=True, delimiter=_separator(text, columns))
    rows: list[TableRow] = []
    try:
        header = _read_header(next(reader, []), columns)
        for cells in reader:
            if any(cell.strip() for cell in cells):
                rows.append((f"line {reader.line_num}", _cells_by_column(_without_empty_end(cells, header), header)))
    except csv.Error as error:
        raise FileIsBroken(f"The list is not valid CSV: line {reader.line_num}, {error}.") from error
    if rows and isinstance(rows[-1][1], str) and not text.endswith("\n"):
        raise FileIsBroken(f"The list is cut off: its last row, {rows[-1][0]}, is incomplete.")
    return rows


def _separator(text: str, columns: Columns) -> str:
    """What stands between the cells: a comma, a tab, or the semicolon of countries with a decimal comma."""
    header = text[:10_000].lstrip("\r\n").split("\n", 1)[0].strip("\r")
    for separator in (",", ";", "\t"):
        names = [name.strip().strip('"').strip().lower() for name in header.split(separator)]
        if len(names) > 1 and all(name in columns.known for name in names if name):
            return separator
    return ","


def _xlsx_rows(data: bytes, columns: Columns) -> list[TableRow]:
    """The first sheet. Formulas count for what they last came to; a date is as precise as the sheet shows it."""
    from openpyxl import load_workbook  # late: only who hands in a workbook needs it

    try:
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            if sum(part.file_size for part in packed.infolist()) > MAX_UNPACKED_SIZE:
                raise FileIsBroken("The workbook is too large.")
        values = load_workbook(io.BytesIO(data), read_only=True, data_only=True).worksheets[0]
        lines = _sheet_rows(values)
        wrong = _cells_without_value(load_workbook(io.BytesIO(data), read_only=True).worksheets[0], lines)
        merged = _merged_ranges(values)
    except FileIsBroken:
        raise
    except Exception as error:  # openpyxl lets through whatever zip, XML and its own classes raise
        raise FileIsBroken("It is not a valid .xlsx workbook.") from error
    header = _read_header(lines.pop(1, []), columns)
    rows: list[TableRow] = []
    for number, cells in lines.items():
        cells = _without_empty_end(cells, header)
        if number in wrong:
            rows.append((f"row {number}", wrong[number]))
        elif merge := next((name for first, last, name in merged if first <= number <= last), ""):
            rows.append(
                (f"row {number}", f"The cells {merge} are merged: split them, so that each row has its own value.")
            )
        elif any(cell.strip() for cell in cells):
            rows.append((f"row {number}", _cells_by_column(cells + [""] * (len(header) - len(cells)), header)))
    return rows


def _without_empty_end(cells: list[str], header: list[str]) -> list[str]:
    """A row without the empty cells beyond its header."""
    end = len(cells)
    while end > len(header) and not cells[end - 1].strip():
        end -= 1
    return cells[:end]


def _sheet_rows(sheet: ReadOnlyWorksheet) -> dict[int, list[str]]:
    """The rows in which something stands, by their numbers. What the sheet says of its own size is not believed."""
    sheet.reset_dimensions()
    lines, seen = {}, 0
    for number, cells in enumerate(_rows_of_cells(sheet), start=1):
        seen += len(cells)
        if number > MAX_ROWS or seen > MAX_CELLS:
            raise FileIsBroken(
                f"The sheet is too large: it goes beyond row {MAX_ROWS:,}, or has more than {MAX_CELLS:,} "
                "cells. Delete everything outside the table."
            )
        if any(cell.value is not None for cell in cells):
            lines[number] = [_cell_text(cell.value, getattr(cell, "number_format", "")) for cell in cells]
    return lines


def _rows_of_cells(sheet: ReadOnlyWorksheet) -> Iterator[tuple[Any, ...]]:
    yield from sheet.iter_rows()  # type: ignore[misc]  # the stubs bind it to another class of sheets


def _cells_without_value(sheet: ReadOnlyWorksheet, lines: dict[int, list[str]]) -> dict[int, str]:
    """What is wrong with each row that has a formula of which the file does not say what it comes to."""
    sheet.reset_dimensions()
    wrong = {}
    for number, cells in enumerate(_rows_of_cells(sheet), start=1):
        for cell in cells:
            if getattr(cell, "data_type", "") == "f" and cell.value is not None:
                shown = lines.get(number, [])
                if cell.column > len(shown) or not shown[cell.column - 1]:
                    wrong[number] = (
                        f"The formula in {cell.coordinate} has no stored value: open the workbook in a spreadsheet and "
                        "save it, or paste the value."
                    )
    return wrong


def _merged_ranges(sheet: ReadOnlyWorksheet) -> list[tuple[int, int, str]]:
    """(first row, last row, name) of the ranges of merged cells below the header, as "A2:A4"."""
    with sheet._get_source() as source:  # type: ignore[attr-defined]  # the part of the archive, unpacked
        tail = source.read(MAX_UNPACKED_SIZE)
    names = re.findall(rb'<(?:\w{1,20}:)?mergeCell [^>]{0,50}?ref="([A-Z]{1,3}\d{1,7}:[A-Z]{1,3}\d{1,7})"', tail)
    ranges = []
    for name in names[:10_000]:
        first, last = (int(re.sub(rb"\D", b"", corner)) for corner in name.split(b":"))
        ranges.append((first, last, name.decode()))
    return [merge for merge in ranges if merge[1] > 1]


def _cell_text(value: object, shown_as: str = "") -> str:
    if value is None:
        return ""
    if isinstance(value, datetime) and value.time() == time():
        value = value.date()
    if isinstance(value, date):
        return _date_as_shown(value, shown_as)
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return str(value)


def _date_as_shown(day: date, shown_as: str) -> str:
    """A date as precisely as its format shows it: “2019-04” typed into a sheet becomes a day shown as Apr-19."""
    if isinstance(day, datetime):
        return day.isoformat()
    letters = set(re.sub(r"\"[^\"]*\"|\[[^\]]*\]|\\\\.", "", shown_as).lower().split(";")[0])
    if "y" in letters and "d" not in letters:
        return day.isoformat()[:7] if "m" in letters else day.isoformat()[:4]
    return day.isoformat()


def _read_header(cells: list[str], columns: Columns) -> list[str]:
    header = [name.strip().lower() for name in cells]
    while header and not header[-1]:
        header.pop()
    columns.refuse_header(header)
    return header


def _cells_by_column(cells: list[str], header: list[str]) -> dict[str, str] | str:
    if len(cells) != len(header):
        return f"The row has {len(cells)} cells, the header {len(header)}."
    return dict(zip(header, cells, strict=True))


def _json_rows(text: str, columns: Columns) -> list[TableRow]:
    try:
        rows = json.loads(text)
    except json.JSONDecodeError as error:
        raise FileIsBroken(
            f"The list is not valid JSON: line {error.lineno}, column {error.colno}: {error.msg}."
        ) from error
    except (RecursionError, ValueError) as error:  # a number of more digits than Python converts
        raise FileIsBroken("The list is nested too deeply, or contains a number that is too long.") from error
    if not isinstance(rows, list):
        raise FileIsBroken(f"The list must be a JSON array of objects, one for each {columns.row}.")
    return [(f"{columns.row} {number}", _json_row(row, columns)) for number, row in enumerate(rows, start=1)]


def _json_row(row: object, columns: Columns) -> dict[str, str] | str:
    if not isinstance(row, dict):
        return "This is not an object."
    unknown = [name for name in row if name not in columns.known]
    if unknown:
        return f"The field “{unknown[0][:40]}” is unknown. Use: {', '.join(sorted(columns.known))}."
    wrong = [name for name, value in row.items() if value is not None and not isinstance(value, str)]
    if wrong:
        return f"The field “{wrong[0]}” is not a text."
    return {name: value or "" for name, value in row.items()}
