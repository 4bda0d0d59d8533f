"""`/datapackage.json`: what the CSVs hold, as the Frictionless standard tells it (Data Package v1), and
`/datapackage.zip`: it and the CSVs together.

The description alone points at the CSVs as they stood at its head; in the archive they lie beside it.
"""

import json
from collections.abc import Iterator
from typing import BinaryIO

from django.conf import settings

from ..documents import FORMAT
from ..linked_data.site import published_by, terms, this_site
from . import csv
from .archives import ReproducibleZip
from .snapshot import Snapshot
from .tables import FILE_COLUMNS, TABLES, Column, Table, site_words, spooled_blocks

CONTENT_TYPE, ZIP_TYPE = "application/json", "application/zip"


def export(snapshot: Snapshot) -> Iterator[bytes]:
    """The description of the CSVs on this site, as they stand at the snapshot's head."""
    site = this_site()
    yield _describe(snapshot, {table.name: f"{site.address_for(address(table))}?{snapshot.query}" for table in TABLES})


def export_zip(snapshot: Snapshot) -> Iterator[bytes]:
    """The description and the CSVs in one archive, in blocks, once it has been made."""
    return spooled_blocks(lambda file: _write(snapshot, file))


def address(table: Table) -> str:
    """The address of the table's CSV, below the site's."""
    return f"export/{table.name}.csv"


def _write(snapshot: Snapshot, file: BinaryIO) -> None:
    with ReproducibleZip(file, snapshot, level=1) as archive:
        paths = {table.name: f"{table.name}.csv" for table in TABLES}
        archive.writestr("datapackage.json", _describe(snapshot, paths))
        for table in TABLES:
            with archive.open(archive.entry(paths[table.name]), "w", force_zip64=True) as member:
                for chunk in csv.export(table, snapshot):
                    member.write(chunk)


def _describe(snapshot: Snapshot, paths: dict[str, str]) -> bytes:
    licence = {"title": terms().words, **({"path": terms().address} if terms().address else {})}
    package = {
        "profile": "data-package",
        "name": "claimtrack-record",
        "title": settings.SITE_NAME,
        "version": str(snapshot.head.seq),
        "created": snapshot.head.published_at,
        "licenses": [{"name": "terms-of-use", **licence}],
        **_publisher(),
        "format": FORMAT,
        "head": {"seq": snapshot.head.seq, "link": snapshot.head.link},
        "asked": snapshot.query_note,
        "undated_left_out": snapshot.undated_count,
        "description": csv.RULE,
        "resources": [_resource(table, paths[table.name], whole=snapshot.since is None) for table in TABLES],
    }
    package = {name: value for name, value in package.items() if value is not None}
    return json.dumps(package, ensure_ascii=False, indent=1).encode() + b"\n"


def _publisher() -> dict:
    """Who publishes the record, where that is said."""
    known = published_by()
    if known is None:
        return {}
    about = {"title": known.name, "role": "publisher", "email": known.email, "path": known.address}
    return {
        "contributors": [{name: value for name, value in about.items() if value}],
        # As schema.org calls them: the standard has no place of its own for these.
        "publishingPrinciples": known.publishing_principles,
        "correctionsPolicy": known.corrections_policy,
    }


def _resource(table: Table, path: str, *, whole: bool) -> dict:
    schema: dict = {
        "fields": [_field(column) for column in (*table.columns, *FILE_COLUMNS)],
        "missingValues": [""],
        "primaryKey": list(table.key),
    }
    keys = {other.name: other.key[0] for other in TABLES}
    foreign = [
        {
            "fields": column.name,
            "reference": {"resource": "" if column.table == table.name else column.table, "fields": keys[column.table]},
        }
        for column in table.columns
        if column.table
    ]
    if whole and foreign:
        schema["foreignKeys"] = foreign
    return {
        "name": table.name,
        "title": site_words(table.title),
        "path": path,
        "profile": "tabular-data-resource",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8-sig",
        "schema": schema,
    }


def _field(column: Column) -> dict:
    constraints = {"enum": list(column.choices)} if column.choices else {}
    field = {"name": column.name, "type": column.type, "description": site_words(column.description)}
    return field | ({"constraints": constraints} if constraints else {})
