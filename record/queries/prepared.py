"""Short reads that come with every request: PostgreSQL plans each once for a connection, and not each time.

To plan the query for where a page stands takes PostgreSQL seven times as long as to answer it.
"""

from collections.abc import Sequence
from functools import cache
from typing import Any

from django.db import connections


def read_row(using: str, sql: str, values: Sequence[str | int]) -> tuple[Any, ...] | None:
    """The first row that a query gives, None where it gives none."""
    connection = connections[using]
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            # Django's cursor puts values into the text of a query, and so has none to plan once.
            cursor.cursor = preparing_cursor()(connection.connection)
        cursor.execute(sql, values)
        return cursor.fetchone()


@cache
def preparing_cursor() -> type[Any]:
    """psycopg's cursor that sends values beside the query; made where PostgreSQL is used, or all would load psycopg."""
    from psycopg import Cursor

    class PreparingCursor(Cursor[tuple[Any, ...]]):
        def execute(self, query: Any, params: Any = None, **options: Any) -> Any:
            return super().execute(query, params, **options, prepare=True)

    return PreparingCursor
