"""The index by which the desk is searched, alike on SQLite (FTS5) and PostgreSQL (tsvector and GIN).

It holds the terms that the public search is made of too (language/search_words.py). What has a rank in it says itself
by which texts it is found (`indexed_texts`); the verbs put it in again with every change. `manage.py index_captures`
makes the index anew.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable

from django.apps import apps
from django.db import connection
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import Model

from language.search_words import searchable_terms

TABLE = "articles_deskindex"
KEY_SHIFT = 40  # a key is the rank of a noun and the primary key of a row
MOST_TERMS = 100_000  # of one object: more than the longest text has words
MAX_PLACES, LAST_PLACE = 255, 16383  # of one term, as far as PostgreSQL keeps them
REBUILD_SIZE = 500

CREATE = {
    "sqlite": [f"CREATE VIRTUAL TABLE {TABLE} USING fts5 (terms, tokenize='ascii', prefix='2 3')"],
    "postgresql": [
        f"CREATE TABLE {TABLE} (id bigint PRIMARY KEY, terms tsvector NOT NULL)",
        f"CREATE INDEX {TABLE}_terms ON {TABLE} USING gin (terms)",
    ],
}


def create_index(on: BaseDatabaseWrapper) -> None:
    """Makes the table, empty, on a connection."""
    with on.cursor() as cursor:
        for statement in CREATE[on.vendor]:
            cursor.execute(statement)


def drop_index(on: BaseDatabaseWrapper) -> None:
    """Takes the table away."""
    with on.cursor() as cursor:
        cursor.execute(f"DROP TABLE {TABLE}")


def indexed_models() -> list[type[Model]]:
    """The nouns that are searched, in the order of their ranks."""
    return sorted((model for model in apps.get_models() if rank_of(model)), key=rank_of)


def rank_of(model: type[Model]) -> int:
    """The number of a noun in the index; 0 where it is not in it."""
    return getattr(model, "index_rank", 0)


def key_of(obj: Model) -> int:
    """Where an object stands in the index."""
    return (rank_of(type(obj)) << KEY_SHIFT) + obj.pk


def index_objects(objects: Iterable[Model]) -> None:
    """Puts objects into the index with their texts as they are now; what has no rank is passed over."""
    entries = [(key_of(obj), obj.indexed_texts()) for obj in objects if rank_of(type(obj))]  # type: ignore[attr-defined]
    if entries:
        remove_keys(key for key, _ in entries)
        add_texts(entries)


def remove_objects(objects: Iterable[Model]) -> None:
    """Takes objects out of the index."""
    remove_keys([key_of(obj) for obj in objects if rank_of(type(obj))])


def remove_keys(keys: Iterable[int]) -> None:
    """Takes objects out of the index, by their keys in it."""
    column = "rowid" if connection.vendor == "sqlite" else "id"
    with connection.cursor() as cursor:
        cursor.executemany(f"DELETE FROM {TABLE} WHERE {column} = %s", [(key,) for key in keys])  # noqa: S608


def add_objects(objects: Iterable[Model]) -> None:
    """Puts objects into an index that holds none of them."""
    add_texts((key_of(obj), obj.indexed_texts()) for obj in objects)  # type: ignore[attr-defined]


def rebuild_index() -> int:
    """Makes the whole index anew within the transaction; returns how many objects are in it."""
    if connection.vendor == "sqlite":
        drop_index(connection)
        create_index(connection)
    else:
        with connection.cursor() as cursor:
            cursor.execute(f"DELETE FROM {TABLE}")  # noqa: S608
    count = 0
    for model in indexed_models():
        after: int | None = 0
        while after is not None:
            after, indexed = index_next(model, after, REBUILD_SIZE, put_in=add_objects)
            count += indexed
    return count


def index_next(
    model: type[Model], after: int, limit: int, put_in: Callable[[Iterable[Model]], None] = index_objects
) -> tuple[int | None, int]:
    """Puts the next objects of a noun into the index, those with primary keys above `after`, at most `limit`.

    Returns the last primary key, None at the end, and how many they were. Nobody changes them until the transaction
    ends, so that no older text comes into the index after a newer one.
    """
    rows = model._base_manager.select_for_update(of=("self",)).filter(pk__gt=after).order_by("pk")
    some = list(rows.prefetch_related(*getattr(model, "indexed_relations", ()))[:limit])
    put_in(some)
    return (some[-1].pk if len(some) == limit else None), len(some)


def add_texts(entries: Iterable[tuple[int, Iterable[str]]]) -> None:
    """Adds texts under keys that are not in the index yet.

    On PostgreSQL another act may have put in the same key meanwhile: both have the object's texts, and the later stays.
    """
    rows = [(key, searchable_terms("\n".join(filter(None, texts)), MOST_TERMS)) for key, texts in entries]
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.executemany(
                f"INSERT INTO {TABLE} (rowid, terms) VALUES (%s, %s)",  # noqa: S608
                [(key, " ".join(terms)) for key, terms in rows],
            )
        else:
            cursor.executemany(
                f"INSERT INTO {TABLE} (id, terms) VALUES (%s, %s::tsvector) "  # noqa: S608
                "ON CONFLICT (id) DO UPDATE SET terms = EXCLUDED.terms",
                [(key, _vector(terms)) for key, terms in rows],
            )


def _vector(terms: Iterable[str]) -> str:
    """The text of a tsvector."""
    places: defaultdict[str, list[str]] = defaultdict(list)
    for place, term in enumerate(terms, 1):
        if len(where := places[term]) < MAX_PLACES:
            where.append(str(min(place, LAST_PLACE)))
    return " ".join(f"'{term}':{','.join(where)}" for term, where in places.items())
