"""Tables as Parquet, where `pyarrow` is installed: typed columns, figures as exact decimals, zstd.

Terms, format and head stand in the file's own metadata.
"""

from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import BinaryIO

from ..documents import FIGURE_DECIMALS, FIGURE_DIGITS, FORMAT
from ..linked_data.site import terms
from .snapshot import Snapshot
from .tables import FILE_COLUMNS, Cell, Table, file_cells, rows, site_words, spooled_blocks

CONTENT_TYPE = "application/vnd.apache.parquet"
PACKAGE = "pyarrow"
ROWS_PER_GROUP = 5_000  # rows that are compressed together


def export(table: Table, snapshot: Snapshot) -> Iterator[bytes]:
    """The table as bytes, in blocks, once the whole file has been made."""
    return spooled_blocks(lambda file: _write(table, snapshot, file))


def _write(table: Table, snapshot: Snapshot, file: BinaryIO) -> None:
    import pyarrow
    from pyarrow import parquet

    types = {
        "string": pyarrow.string(),
        "integer": pyarrow.int64(),
        "number": pyarrow.decimal128(FIGURE_DIGITS + FIGURE_DECIMALS, FIGURE_DECIMALS),
        "boolean": pyarrow.bool_(),
        "date": pyarrow.date32(),
        "datetime": pyarrow.timestamp("s", tz="UTC"),
    }
    about = {"title": site_words(table.title), "asked": snapshot.query_note}
    about |= {"format": FORMAT, "terms": str(terms()), "link": snapshot.head.link}
    about |= {"as_of": str(snapshot.head.seq), "published_at": snapshot.head.published_at or ""}
    fields = [
        pyarrow.field(column.name, types[column.type], metadata={"description": site_words(column.description)})
        for column in (*table.columns, *FILE_COLUMNS)
    ]
    shape = pyarrow.schema(fields, metadata=about)
    with parquet.ParquetWriter(file, shape, compression="zstd") as writer:
        of_file = file_cells(snapshot)
        for group in _group_rows(rows(table, snapshot)):
            whole = [[*row, *of_file] for row in group]
            columns = [
                pyarrow.array([_plain_decimal(row[number]) for row in whole], type=field.type)
                for number, field in enumerate(fields)
            ]
            writer.write_table(pyarrow.Table.from_arrays(columns, schema=shape))


def _plain_decimal(value: Cell) -> Cell:
    """pyarrow takes decimals as they are written; those of documents have no exponent."""
    return Decimal(format(value, "f")) if isinstance(value, Decimal) else value


def _group_rows(chunks: Iterable[list[list[Cell]]]) -> Iterator[list[list[Cell]]]:
    group: list[list[Cell]] = []
    for some in chunks:
        group += some
        if len(group) >= ROWS_PER_GROUP:
            yield group
            group = []
    if group:
        yield group
