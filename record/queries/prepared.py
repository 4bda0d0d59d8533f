"""Short reads that come with every request: PostgreSQL plans each once for a connection, and not each time.

To plan the query for where a page stands takes PostgreSQL seven times as long as to answer it, and to send it by
psycopg's cursor takes this process as long again: what is planned is asked for by libpq's own functions.
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
            cursor.cursor = prepared_cursor()(connection.connection)
        cursor.execute(sql, values)
        return cursor.fetchone()


@cache
def prepared_cursor() -> type[Any]:
    """What Django takes for a cursor of psycopg; made where PostgreSQL is used, or all would load psycopg."""
    from weakref import WeakKeyDictionary

    from psycopg import Connection, OperationalError
    from psycopg.adapt import Transformer
    from psycopg.errors import error_from_result
    from psycopg.pq import ConnStatus, ExecStatus, TransactionStatus
    from psycopg.pq.abc import PGresult

    prepared: WeakKeyDictionary[Connection, dict[str, bytes]] = WeakKeyDictionary()

    class PreparedCursor:
        _query = None  # as Django reads from psycopg what was asked

        def __init__(self, connection: Connection) -> None:
            self.connection, self.rows = connection, Transformer(connection)

        def execute(self, sql: str, values: Sequence[str | int] = ()) -> None:
            """Runs the query; raises what psycopg would."""
            if not self.connection.autocommit and self.connection.info.transaction_status == TransactionStatus.IDLE:
                self.connection.execute("SELECT")  # in the transaction that psycopg begins here
            names = prepared.setdefault(self.connection, {})
            if sql not in names:
                name = f"claimtrack_{len(names)}".encode()
                numbered = sql % tuple(f"${number}" for number in range(1, len(values) + 1))
                self.check(self.connection.pgconn.prepare(name, numbered.encode()))
                names[sql] = name
            asked = [str(value).encode() for value in values]
            self.found = self.check(self.connection.pgconn.exec_prepared(names[sql], asked))

        def check(self, result: PGresult) -> PGresult:
            if result.status in (ExecStatus.TUPLES_OK, ExecStatus.COMMAND_OK):
                return result
            if self.connection.pgconn.status == ConnStatus.BAD:
                raise OperationalError("the connection is lost")
            raise error_from_result(result)

        def fetchone(self) -> tuple[Any, ...] | None:
            if not self.found.ntuples:
                return None
            self.rows.set_pgresult(self.found)
            return self.rows.load_row(0, tuple)

        def close(self) -> None:
            pass

    return PreparedCursor
