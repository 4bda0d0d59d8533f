"""Whether the projections are what the log says, object by object."""

from collections.abc import Iterable, Iterator
from datetime import date

from django.db import connection
from django.db.models import Exists, Model, OuterRef, QuerySet

from ..documents import Redirect
from ..models import Correction, Current, Publication
from ..search.index import PAST_TABLE, differing_ids, differing_past_ids, has_wrong_size
from .held_rows import HISTORY_COLUMNS, history_rows
from .lookup import Row, all_rows, decoded_rows
from .maintain import CORRECTION_COLUMNS, KEY_COLUMNS, corrections_of
from .past_search import read_versions, replaced_versions
from .summary_check import differing_pages, stray_summaries

PROJECTIONS: tuple[type[Model], ...] = (*KEY_COLUMNS, Correction)


def differences(ids: Iterable[str]) -> Iterator[tuple[str, str]]:
    """(id, name of the projection) for each of the objects whose rows are not what the log makes of them."""
    ids = sorted(ids)
    rows = Publication.objects.filter(public_id__in=ids, superseded_by=None)
    expected = history_rows(ids)
    for model, columns in HISTORY_COLUMNS.items():
        yield from _differing_rows(model, KEY_COLUMNS[model], columns, expected[model], ids)
    yield from _differing_rows(Correction, "public_id", CORRECTION_COLUMNS, corrections_of(ids), ids)
    documents = [(seq, document) for seq, document in decoded_rows(rows) if not isinstance(document, Redirect)]
    past = read_versions(replaced_versions().filter(public_id__in=ids))
    for public_id in {*differing_ids(documents), *differing_past_ids(past)}:
        yield public_id, "search"
    yield from differing_pages(ids)


def _differing_rows(
    model: type[Model], key: str, columns: tuple[str, ...], expected: Iterable[Row], ids: list[str]
) -> Iterator[tuple[str, str]]:
    place = columns.index(key)
    rows = all_rows(model).filter(**{f"{key}__in": ids}).values_list(*columns)
    found = {tuple(_plain_value(value) for value in row) for row in rows}
    for public_id in sorted({str(row[place]) for row in found ^ set(map(tuple, expected))}):
        yield public_id, model.__name__


def _plain_value(value: date | str | int | bool | None) -> str | int | bool | None:
    return value.isoformat() if isinstance(value, date) else value


def stray_rows(model: type[Model]) -> QuerySet[Model]:
    """The rows of a projection that are those of nothing in the log."""
    if model is Correction:
        logged = Publication.objects.filter(seq=OuterRef("seq"), public_id=OuterRef("public_id"), version__gt=1)
    else:
        logged = Publication.objects.filter(public_id=OuterRef(KEY_COLUMNS[model]))
    return all_rows(model).filter(~Exists(logged))


def stray_projections() -> Iterator[str]:
    """The projections that hold rows of objects that were never published, each once."""
    yield from (model.__name__ for model in PROJECTIONS if stray_rows(model).exists())
    yield from stray_summaries()
    past = replaced_versions().count()
    if has_wrong_size(connection, Current.objects.count()) or has_wrong_size(connection, past, PAST_TABLE):
        yield "search"
