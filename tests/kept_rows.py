"""What hundreds of tests begin with is made once in a run; afterwards its rows are put back as they were.

Every column of every table is the same, but for who did it. Where something stands already, and outside a transaction,
where what follows a commit has to happen, it is made anew.
"""

from collections.abc import Callable
from dataclasses import fields
from functools import cache, wraps
from typing import Any

from django.apps import apps
from django.contrib.auth.models import User
from django.db import connection, transaction

from articles import desk_index
from articles.models import Trace
from record import search
from record.models import Publication
from record.search.index import PAST_TABLE, TABLE

INDEXES = (TABLE, PAST_TABLE, desk_index.TABLE)
Rows = list[tuple[str, list[str], list[tuple]]]  # table, columns, rows


def kept_once_published(publish: Callable[..., object]) -> Callable[..., list[Publication]]:
    """A function that publishes something into an empty record, and returns the rows of the log.

    Called with arguments, it publishes.
    """
    kept: Rows = []

    @wraps(publish)
    def published(*args, **kwargs):
        if args or kwargs or not connection.in_atomic_block or Publication.objects.exists():
            return publish(*args, **kwargs)
        if kept:
            search.clear()  # which a flush does not
            put_back(kept)
        else:
            publish()
            kept.extend(read([*tables("record"), TABLE, PAST_TABLE]))
        return list(Publication.objects.order_by("seq"))

    return published


def kept_once_made(make: Callable[[User], Any]) -> Callable[[User], Any]:
    """A function by which somebody makes something at an empty desk; it returns a dataclass of objects."""
    kept: Rows = []
    known = {}

    @wraps(make)
    def made(by):
        if not connection.in_atomic_block or Trace.objects.exists():
            return make(by)
        if kept:
            put_back(kept, {known["by"]: by.pk})
            objects = {name: model._base_manager.get(pk=key) for name, (model, key) in known["objects"].items()}
            return known["type"](**objects)
        result = make(by)
        found = {field.name: getattr(result, field.name) for field in fields(result)}
        known["objects"] = {name: (type(one), one.pk) for name, one in found.items()}
        known["by"], known["type"] = by.pk, type(result)
        kept.extend(read([*tables("articles", "claims"), desk_index.TABLE]))
        return result

    return made


def read_all() -> Rows:
    """What stands in the database: to begin with, what migrations had put in."""
    return read(connection.introspection.django_table_names(only_existing=True, include_views=False))


def put_all_back(kept: Rows) -> None:
    """Writes rows of tables that refer to one another."""
    with transaction.atomic():
        put_back(kept)


def tables(*rooms: str) -> list[str]:
    models = [model for room in rooms for model in apps.get_app_config(room).get_models(include_auto_created=True)]
    return [model._meta.db_table for model in models]


def read(names: list[str]) -> Rows:
    """What stands in these tables, but for those in which nothing does."""
    found = []
    with connection.cursor() as cursor:
        for name in names:
            key = "rowid, " if connection.vendor == "sqlite" and name in INDEXES else ""
            cursor.execute(f"SELECT {key}* FROM {name}")
            columns, rows = [column[0] for column in cursor.description], cursor.fetchall()
            found += [(name, columns, rows)] if rows else []
    return found


def put_back(kept: Rows, people: dict[int, int] | None = None) -> None:
    """Writes these rows instead of what stands in their tables; `people` says whose key is another now."""
    for name, columns, rows in kept:
        who = [index for index, column in enumerate(columns) if (name, column) in columns_of_people()] if people else []
        values = []
        for row in rows:
            changed = list(row)
            for index in who:
                changed[index] = people.get(row[index], row[index])
            values += changed
        places = ", ".join([f"({', '.join(['%s'] * len(columns))})"] * len(rows))
        names = ", ".join(map(connection.ops.quote_name, columns))
        with connection.cursor() as cursor:
            cursor.execute(f"DELETE FROM {name}")
            cursor.execute(f"INSERT INTO {name} ({names}) VALUES {places}", values)


@cache
def columns_of_people() -> set[tuple[str, str]]:
    """Every (table, column) that names somebody with an account."""
    return {
        (model._meta.db_table, field.column)
        for model in apps.get_models(include_auto_created=True)
        for field in model._meta.concrete_fields
        if field.related_model is User
    }
