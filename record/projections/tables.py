"""Rows in and out of the projections' tables by the thousand."""

from collections.abc import Iterable, Sequence

from django.apps import apps
from django.db import connection

from .lookup import chunks


def insert(model, columns: Sequence[str], rows: Iterable[Sequence]) -> None:
    """Adds rows, tuples in the order of `columns`, in one statement; dates and moments as ISO text or as adapted."""
    rows = list(rows)
    if not rows:
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


def delete(model, field: str, ids: Iterable[str]) -> None:
    """Removes the rows whose `field` is one of `ids`."""
    for some in chunks(ids):
        query = model.objects.filter(**{f"{field}__in": some})
        query._raw_delete(query.db)


def empty(model) -> None:
    """Removes all rows. Not TRUNCATE: on PostgreSQL that would stop readers until the transaction ends."""
    query = model.objects.all()
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
