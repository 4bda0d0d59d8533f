"""Every form in which the record is given out, in one table.

A format that is added here has an address, a place on the data page, an `export_record --format`, and the delivery of
all: filters, ranges, compression and headers.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import partial
from importlib.util import find_spec
from typing import Protocol

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from . import (
    annotations,
    bibliography,
    csv,
    datapackage,
    followthemoney,
    json,
    jsonld,
    ndjson,
    parquet,
    popolo,
    sqlite,
    xlsx,
)
from .snapshot import Snapshot
from .tables import ACTORS, ARTICLES, CLAIMS, TABLES, TOPICS, WIDE, Table


@dataclass(frozen=True)
class Format:
    """One form of the record. Called with a snapshot it gives the bytes, in chunks, holding no more than a chunk.

    `name` is what `export_record --format` takes, `address` the path under the site's root, `extension` what a file's
    name ends in, `words` what the data page says of it, `users` who asks for it: a format without users goes. `log`
    says that it holds entries of the log, with withdrawals and `since`; others hold the documents that stand.
    `buffered` says that the first byte comes when the file is whole; `needs` names a package that may not be installed.
    `table` is the one that it holds, if it holds one table alone. The bytes follow from the log, the code and its
    libraries: parts of them may be asked for.
    """

    name: str
    address: str
    extension: str
    media_type: str
    writer: Callable[[Snapshot], Iterator[bytes]]
    words: str | Promise
    users: str
    log: bool = False
    buffered: bool = False
    needs: str = ""
    table: Table | None = None

    @property
    def is_installed(self) -> bool:
        """Whether this site can write it."""
        return not self.needs or find_spec(self.needs) is not None

    def __call__(self, snapshot: Snapshot) -> Iterator[bytes]:
        return self.writer(snapshot)


class TableWriter(Protocol):
    """A module that writes a table in one form."""

    CONTENT_TYPE: str

    def export(self, table: Table, snapshot: Snapshot, /) -> Iterator[bytes]: ...


def _table_formats(
    extension: str,
    module: TableWriter,
    users: str,
    tables: Iterable[Table] = TABLES,
    *,
    buffered: bool = False,
    needs: str = "",
) -> tuple[Format, ...]:
    """Tables in one format; the wide one goes by the format's own name."""
    return tuple(
        Format(
            extension if table is WIDE else f"{table.name}.{extension}",
            f"export.{extension}" if table is WIDE else f"export/{table.name}.{extension}",
            extension,
            module.CONTENT_TYPE,
            partial(module.export, table),
            table.title,
            users,
            buffered=buffered,
            needs=needs,
            table=table,
        )
        for table in (WIDE, *tables)
    )


_SPREADSHEETS = "Excel and LibreOffice, which open it without questions"
_ALL_FORMATS = (
    Format(
        "json",
        "export.json",
        "json",
        json.CONTENT_TYPE,
        json.export,
        _("The whole log as one document, grouped by kind."),
        "archives that keep one file, `import_record`",
        log=True,
    ),
    Format(
        "ndjson",
        "export.ndjson",
        "ndjson",
        ndjson.CONTENT_TYPE,
        ndjson.export,
        _("The whole log, an entry a line, in the order of publication."),
        "mirrors, programs that follow the log",
        log=True,
    ),
    *_table_formats("csv", csv, "spreadsheets, pandas, R"),
    *_table_formats("xlsx", xlsx, _SPREADSHEETS, (CLAIMS, ACTORS, ARTICLES, TOPICS), buffered=True),
    Format(
        "tables.xlsx",
        "export/tables.xlsx",
        "xlsx",
        xlsx.CONTENT_TYPE,
        xlsx.export_tables,
        _("All tables in one workbook, a sheet each."),
        _SPREADSHEETS,
        buffered=True,
    ),
    *_table_formats(
        "parquet", parquet, "DuckDB, Polars, Spark, on large records", buffered=True, needs=parquet.PACKAGE
    ),
    Format(
        "sqlite",
        "export.sqlite",
        "sqlite",
        sqlite.CONTENT_TYPE,
        sqlite.export,
        _("All tables in one SQLite file, with keys and indexes."),
        "Datasette, DuckDB, every programming language",
        buffered=True,
    ),
    Format(
        "datapackage.json",
        "datapackage.json",
        "json",
        datapackage.CONTENT_TYPE,
        datapackage.export,
        _("The columns of the CSV files, described as a Frictionless data package."),
        "Frictionless, CKAN and other data portals",
    ),
    Format(
        "datapackage.zip",
        "datapackage.zip",
        "zip",
        datapackage.ZIP_TYPE,
        datapackage.export_zip,
        _("The data package with its CSV files in one archive."),
        "data portals that take one file, researchers who keep one",
        buffered=True,
    ),
    Format(
        "jsonld",
        jsonld.PATH,
        "jsonld",
        jsonld.CONTENT_TYPE,
        jsonld.export,
        _("The current record as linked data: schema.org, with CiTO for stances and PROV-O for chains."),
        "triple stores, catalogues of data sets",
    ),
    Format(
        "annotations",
        annotations.PATH,
        "annotations.jsonld",
        annotations.CONTENT_TYPE,
        annotations.export,
        _("Every printing as a W3C web annotation: the words, their place, and what was said."),
        "annotation servers and readers of the W3C's model",
    ),
    Format(
        "popolo",
        "actors.json",
        "popolo.json",
        popolo.CONTENT_TYPE,
        popolo.export,
        _("The actors in Popolo: persons and organizations with their names and identifiers."),
        "civic programs about persons and organizations",
    ),
    Format(
        "followthemoney",
        "entities.ftm.json",
        "ftm.json",
        followthemoney.CONTENT_TYPE,
        followthemoney.export,
        _("Actors, outlets, articles and who is quoted where, in FollowTheMoney, one entity per line."),
        "Aleph, OpenSanctions and other investigative tools",
    ),
    Format(
        "csl",
        "citations.json",
        "csl.json",
        bibliography.CSL_TYPE,
        bibliography.csl,
        _("The bibliography of the record in CSL-JSON, for Zotero and other programs that cite."),
        "Zotero, Pandoc, other programs that cite",
    ),
    Format(
        "bibtex",
        "citations.bib",
        "bib",
        bibliography.BIBTEX_TYPE,
        bibliography.bibtex,
        _("The same bibliography in BibTeX."),
        "LaTeX, JabRef",
    ),
)

FORMATS = {form.name: form for form in _ALL_FORMATS}
