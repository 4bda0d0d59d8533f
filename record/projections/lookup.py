"""The documents that others name, read from the log in few queries and followed through redirects; and rows in and out
of the projections' tables by the thousand.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice
from typing import TypeVar

import msgspec
from django.apps import apps
from django.db import connection
from django.db.models import Model, QuerySet

from ..documents import AnyDocument, Article, Claim, PageDocument, Redirect, decode, references_of
from ..documents.origins import ArticleLineage
from ..models import HeldRow, Publication

T = TypeVar("T")
M = TypeVar("M", bound=Model)
Row = tuple[str | int | bool | None, ...]  # of a table, as the database takes it
CHUNK_SIZE = 2000  # ids in one query; SQLite takes 32,766 parameters


def chunks(values: Iterable[T], size: int = CHUNK_SIZE) -> Iterator[list[T]]:
    """The values in lists of at most `size`, each taken when it is asked for."""
    remaining = iter(values)
    while some := list(islice(remaining, size)):
        yield some


def decoded_rows(rows: QuerySet[Publication]) -> Iterator[tuple[int, AnyDocument]]:
    """The `seq` and the document of each of these rows of the log that has one."""
    for seq, text in rows.exclude(document=None).values_list("seq", "document"):
        if text is not None:
            yield seq, decode(text)


def further_ids(document: AnyDocument) -> Iterator[str]:
    """What rows of others follow from beyond a document that they name."""
    match document:
        case Redirect():
            yield document.into
        case Claim():
            yield document.question
        case Article():
            yield document.outlet
            if document.derived_from:
                yield document.derived_from


class _Slug(msgspec.Struct):
    slug: str


_slug_decoder = msgspec.json.Decoder(_Slug)


def slug_of(text: str) -> str:
    """The last part of the address of a document, from its JSON."""
    return _slug_decoder.decode(text).slug


class Lookup:
    """What stands in the log under each id, as far as it was asked for with `fetch`."""

    def __init__(self) -> None:
        self._documents: dict[str, AnyDocument | None] = {}

    def fetch_named_by(self, documents: Iterable[AnyDocument]) -> None:
        """`fetch` for all that `documents` name."""
        self.fetch(target for document in documents for _, target in references_of(document))

    def fetch(self, ids: Iterable[str]) -> None:
        """Reads the documents of `ids` and what rows depend on beyond them, level by level.

        Beyond them lie where redirects lead, questions of claims, outlets of articles and what these derive from.
        """
        wanted = {public_id for public_id in ids if public_id not in self._documents}
        while wanted:
            found: dict[str, AnyDocument] = {}
            for some in chunks(sorted(wanted)):
                rows = Publication.objects.filter(public_id__in=some, superseded_by=None).exclude(document=None)
                texts = rows.values_list("public_id", "document")
                found.update((public_id, decode(text)) for public_id, text in texts if text is not None)
            self._documents |= {public_id: found.get(public_id) for public_id in wanted}
            further = {target for document in found.values() for target in further_ids(document)}
            wanted = {public_id for public_id in further if public_id not in self._documents}

    def remember(self, documents: Mapping[str, AnyDocument | None]) -> None:
        """What stands under these ids, where the caller has it at hand."""
        self._documents.update(documents)

    def get_unresolved(self, public_id: str) -> AnyDocument | None:
        """What stands under the id itself, be it a redirect."""
        return self._documents.get(public_id)

    def resolve(self, public_id: str) -> str:
        """The id to which redirects lead; a circle ends where it closes."""
        passed = {public_id}
        while isinstance(document := self.get_unresolved(public_id), Redirect) and document.into not in passed:
            public_id = document.into
            passed.add(public_id)
        return public_id

    def get(self, public_id: str) -> PageDocument | None:
        """What stands under the id or where it leads; None where nothing does."""
        document = self.get_unresolved(self.resolve(public_id))
        return None if isinstance(document, Redirect) else document

    def lineages(self, articles: Iterable[str]) -> dict[str, ArticleLineage]:
        """What origins depend on, for the articles and all they derive from; ids where redirects lead."""
        found: dict[str, ArticleLineage] = {}
        waiting = [self.resolve(article) for article in articles]
        while waiting:
            article = waiting.pop()
            document = self.get(article)
            if article in found or not isinstance(document, Article):
                continue
            origin = self.resolve(document.derived_from) if document.derived_from else None
            found[article] = ArticleLineage(self.resolve(document.outlet), origin, document.derivation)
            if origin:
                waiting.append(origin)
        return found


def insert_rows(model: type[Model], columns: Sequence[str], rows: Iterable[Row]) -> None:
    """Adds rows, tuples in the order of `columns`, in one statement; dates and moments as ISO text or as adapted."""
    if not (rows := list(rows)):
        return
    names = ", ".join(connection.ops.quote_name(name) for name in columns)
    table = connection.ops.quote_name(model._meta.db_table)
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            with cursor.copy(f"COPY {table} ({names}) FROM STDIN") as copy:
                for row in rows:
                    copy.write_row(row)
        else:
            marks = ", ".join(["%s"] * len(columns))
            cursor.executemany(f"INSERT INTO {table} ({names}) VALUES ({marks})", rows)  # noqa: S608 - names are ours


def all_rows(model: type[M]) -> QuerySet[M]:
    """The rows of a projection, those too that hold no more."""
    return (model.history if issubclass(model, HeldRow) else model._default_manager).all()


def delete_rows(model: type[Model], field: str, ids: Iterable[str | int]) -> None:
    """Removes the rows whose `field` is one of `ids`, those too that hold no more."""
    for some in chunks(ids):
        query = all_rows(model).filter(**{f"{field}__in": some})
        query._raw_delete(query.db)


def analyze() -> None:
    """Tells PostgreSQL how many rows the record has now.

    Its planner would go on believing in the tables as they were before a large import, often empty, until it counts
    them by itself a minute later; a page that joins five of them would take minutes until then.
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            for model in apps.get_app_config("record").get_models():
                cursor.execute(f"ANALYZE {connection.ops.quote_name(model._meta.db_table)}")
