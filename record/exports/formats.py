"""Every form in which the record is given out, in one table.

A format that is added here has an address, a place on the data page, an `export_record --format`, and the delivery of
all: filters, ranges, compression and headers.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from . import annotations, citations, csv, datapackage, followthemoney, json, jsonld, ndjson, parquet, popolo, xlsx
from .snapshot import Snapshot
from .tables import TABLES


@dataclass(frozen=True)
class Format:
    """One form of the record. Called with a snapshot it gives the bytes, in chunks, holding no more than a chunk.

    `name` is what `export_record --format` takes, `address` the path under the site's root, `extension` what a file's
    name ends in, `words` what the data page says of it. `log` says that it holds entries of the log, with withdrawals
    and `since`; others hold the documents that stand. `exact` says that its bytes follow from the log alone, so that
    parts of it may be asked for; `needs` names a package that may not be installed.
    """

    name: str
    address: str
    extension: str
    media_type: str
    writer: Callable[[Snapshot], Iterator[bytes]]
    words: str | Promise
    log: bool = False
    exact: bool = True
    needs: str = ""

    def __call__(self, snapshot: Snapshot) -> Iterator[bytes]:
        return self.writer(snapshot)


_TABLES = {
    "statements": _("One row for each appearance of a statement and each stance that it takes."),
    "claims": _("One row for each claim."),
    "actors": _("One row for each actor."),
    "articles": _("One row for each article."),
}


def _tabular(extension: str, module, **values) -> tuple[Format, ...]:
    """The record's tables in one format; that of the statements goes by the format's own name."""
    return tuple(
        Format(
            extension if table is TABLES[0] else f"{table.name}.{extension}",
            f"export.{extension}" if table is TABLES[0] else f"export/{table.name}.{extension}",
            extension,
            module.CONTENT_TYPE,
            partial(module.export, table),
            _TABLES[table.name],
            **values,
        )
        for table in TABLES
    )


_ALL = (
    Format(
        "json",
        "export.json",
        "json",
        json.CONTENT_TYPE,
        json.export,
        _("The whole log as one document, grouped by kind."),
        log=True,
    ),
    Format(
        "ndjson",
        "export.ndjson",
        "ndjson",
        ndjson.CONTENT_TYPE,
        ndjson.export,
        _("The whole log, an entry a line, in the order of publication."),
        log=True,
    ),
    *_tabular("csv", csv),
    *_tabular("xlsx", xlsx, exact=False),
    *_tabular("parquet", parquet, exact=False, needs=parquet.PACKAGE),
    Format(
        "datapackage.json",
        "datapackage.json",
        "json",
        datapackage.CONTENT_TYPE,
        datapackage.export,
        _("What the columns of the CSV files hold: a Frictionless data package."),
    ),
    Format(
        "datapackage.zip",
        "datapackage.zip",
        "zip",
        datapackage.ZIP,
        datapackage.export_zip,
        _("The data package with its CSV files in one archive."),
        exact=False,
    ),
    Format(
        "jsonld",
        jsonld.PATH,
        "jsonld",
        jsonld.CONTENT_TYPE,
        jsonld.export,
        _("What stands as linked data: schema.org, with CiTO for stances and PROV-O for chains."),
    ),
    Format(
        "annotations",
        annotations.PATH,
        "annotations.jsonld",
        annotations.CONTENT_TYPE,
        annotations.export,
        _("Every printing as a W3C web annotation: the words, their place, and what was said."),
    ),
    Format(
        "popolo",
        "actors.json",
        "popolo.json",
        popolo.CONTENT_TYPE,
        popolo.export,
        _("The actors in Popolo: persons and organizations with their names and identifiers."),
    ),
    Format(
        "followthemoney",
        "entities.ftm.json",
        "ftm.json",
        followthemoney.CONTENT_TYPE,
        followthemoney.export,
        _("Actors, outlets, articles and who is quoted where, in FollowTheMoney, an entity a line."),
    ),
    Format(
        "csl",
        "citations.json",
        "csl.json",
        citations.CSL_TYPE,
        citations.csl,
        _("The bibliography of the record in CSL-JSON, for Zotero and other programs that cite."),
    ),
    Format(
        "bibtex",
        "citations.bib",
        "bib",
        citations.BIBTEX_TYPE,
        citations.bibtex,
        _("The same bibliography in BibTeX."),
    ),
)

FORMATS = {form.name: form for form in _ALL}
