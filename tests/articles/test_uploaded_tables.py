"""Tables that people hand in: separators, empty ends, dates as shown, merged cells, formulas without a value."""

import io
from datetime import date

import pytest
from openpyxl import Workbook

from articles.uploaded_tables import Columns, FileIsBroken, read_table

COLUMNS = Columns({"name", "published", "note"}, required=("name",))


def workbook(fill):
    book = Workbook()
    sheet = book.active
    sheet.append(["name", "published", "note"])
    fill(sheet)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


@pytest.mark.parametrize(
    "text",
    [
        "name,published\na,2019\n",
        "name;published\na;2019\n",
        "name\tpublished\na\t2019\n",
        "name,published,,\na,2019,,\n",
    ],
)
def test_csv_is_read_whatever_stands_between_its_cells_and_at_their_end(text):
    assert read_table(text.encode(), "a.csv", COLUMNS) == [("line 2", {"name": "a", "published": "2019"})]


def test_a_date_is_as_precise_as_the_sheet_shows_it():
    def fill(sheet):
        for row, shown in enumerate(("mmm-yy", "yyyy", "[$-409]d\\ mmm\\ yyyy;@"), start=2):
            sheet.cell(row, 1, "x")
            sheet.cell(row, 2, date(2019, 4, 1)).number_format = shown

    dates = [cells["published"] for _, cells in read_table(workbook(fill), "a.xlsx", COLUMNS)]
    assert dates == ["2019-04", "2019", "2019-04-01"]


def test_merged_cells_and_formulas_without_a_value_are_refused_by_row():
    def fill(sheet):
        sheet.append(["a", "=TODAY()"])
        sheet.append(["b", date(2019, 4, 1)])
        sheet.append(["c"])
        sheet.append(["d", "2019"])
        sheet.merge_cells("B3:B4")

    rows = dict(read_table(workbook(fill), "a.xlsx", COLUMNS))
    assert "formula in B2 has no stored value" in rows["row 2"]
    assert "cells B3:B4 are merged" in rows["row 3"]
    assert "cells B3:B4 are merged" in rows["row 4"]
    assert rows["row 5"] == {"name": "d", "published": "2019", "note": ""}


def test_a_cell_in_the_last_corner_of_a_sheet_is_refused_and_fills_no_memory():
    with pytest.raises(FileIsBroken, match="goes beyond row 100,000"):
        read_table(workbook(lambda sheet: sheet.cell(1_048_576, 16_384, "x")), "a.xlsx", COLUMNS)
