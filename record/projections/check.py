"""Whether the projections are what the log says, object by object."""

from collections.abc import Iterable, Iterator
from datetime import date

from django.db import connection
from django.db.models import Exists, Model, OuterRef

from ..documents import AnyDocument, Redirect, decode
from ..models import Address, Correction, Current, Position, Printing, Publication, Reference, Relay
from ..search.index import differing_ids, has_wrong_size
from .derive import COLUMNS, REFERENCE_COLUMNS, derive_rows, reference_rows
from .lookup import Lookup, Row
from .maintain import CORRECTION_COLUMNS, KEY_COLUMNS, corrections_of, slugs_of


def differences(ids: Iterable[str]) -> Iterator[tuple[str, str]]:
    """(id, name of the projection) for each of the objects whose rows are not what the log makes of them."""
    ids = sorted(ids)
    rows = list(Publication.objects.filter(public_id__in=ids, superseded_by=None))
    documents = [(row.seq, decode(row.document)) for row in rows if row.document is not None]
    lookup = Lookup()
    own = {document.id: document for _, document in documents}
    lookup.remember({row.public_id: own.get(row.public_id) for row in rows} | own)
    lookup.fetch_named_by(document for _, document in documents)

    derived = derive_rows(documents, lookup)
    for model, columns in COLUMNS.items():
        yield from _differing_rows(model, KEY_COLUMNS[model], columns, derived[model], ids)
    columns = REFERENCE_COLUMNS[Reference]
    yield from _differing_rows(Reference, "source", columns, reference_rows(documents), ids)
    yield from _differing_rows(Correction, "public_id", CORRECTION_COLUMNS, corrections_of(ids), ids)
    columns = ("owner", "kind", "slug", "public_id", "current")
    yield from _differing_rows(Address, "owner", columns, _differing_addresses(ids, own, lookup), ids)
    for public_id in differing_ids(
        [(seq, document) for seq, document in documents if not isinstance(document, Redirect)]
    ):
        yield public_id, "search"


def _differing_rows(
    model: type[Model], key: str, columns: tuple[str, ...], expected: Iterable[Row], ids: list[str]
) -> Iterator[tuple[str, str]]:
    place = columns.index(key)
    rows = model._default_manager.filter(**{f"{key}__in": ids}).values_list(*columns)
    found = {tuple(_plain_value(value) for value in row) for row in rows}
    for public_id in sorted({str(row[place]) for row in found ^ set(map(tuple, expected))}):
        yield public_id, model.__name__


def _plain_value(value: date | str | int | bool | None) -> str | int | bool | None:
    return value.isoformat() if isinstance(value, date) else value


def _differing_addresses(ids: list[str], own: dict[str, AnyDocument], lookup: Lookup) -> Iterator[Row]:
    for owner, kind, slugs in slugs_of(ids):
        document = own.get(owner)
        current = None if document is None or isinstance(document, Redirect) else document.slug
        for slug in slugs | {owner}:
            yield owner, kind, slug, lookup.resolve(owner), slug == current


def stray_projections() -> Iterator[str]:
    """The projections that hold rows of objects that do not stand, each once."""
    stands = Current.objects.filter(public_id=OuterRef("statement"))
    for model in (Position, Printing, Relay):
        if model.objects.filter(~Exists(stands)).exists():
            yield model.__name__
    row = Publication.objects.filter(superseded_by=None).exclude(document=None)
    if Current.objects.filter(~Exists(row.filter(public_id=OuterRef("public_id")))).exists():
        yield "Current"
    logged = Publication.objects.filter(seq=OuterRef("seq"), public_id=OuterRef("public_id"), version__gt=1)
    if Correction.objects.filter(~Exists(logged)).exists():
        yield "Correction"
    if Reference.objects.filter(~Exists(row.filter(public_id=OuterRef("source")))).exists():
        yield "Reference"
    if Address.objects.filter(~Exists(Publication.objects.filter(public_id=OuterRef("owner")))).exists():
        yield "Address"
    if has_wrong_size(connection, Current.objects.count()):
        yield "search"
