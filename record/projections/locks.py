"""The lock that every write of the record holds, and holding it for a moment only."""

import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TypeVar

from django.db import connection, transaction

APPEND_LOCK = 0x636C61696D  # PostgreSQL's advisory locks have numbers; this one spells "claim"
STEP_SECONDS = 0.35  # that a step holds its locks, about
FIRST_STEP, LEAST = 25, 10  # objects of the first step, and of one however slow they are
STEP_SIZE = 1000  # and at most, however fast they are
T = TypeVar("T")

LONGEST_RETRY = 0.1  # seconds: who waits for SQLite's lock asks again after that at the latest


def take_append_lock() -> None:
    """Holds every other append until this transaction ends. On SQLite the transaction itself is the write lock."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [APPEND_LOCK])


@contextmanager
def short_transaction() -> Iterator[None]:
    """One transaction, a step of many; then those who wait have their turn.

    PostgreSQL gives a lock to whoever has waited longest. SQLite has no queue: whoever takes its lock again at once is
    always first, so that saves of others would wait until the last step.
    """
    with transaction.atomic():
        yield
    if connection.in_atomic_block:
        return
    if connection.vendor == "sqlite":
        time.sleep(1.2 * LONGEST_RETRY)
    else:
        analyze_what_changed()


# By the condition of autovacuum, which looks once a minute and on some servers never: without it the steps of an import
# are planned for empty tables, and take five times as long.
_CHANGED_SQL = """
    SELECT format('%I.%I', schemaname, stats.relname)
      FROM pg_stat_user_tables stats JOIN pg_class ON pg_class.oid = stats.relid
     WHERE n_mod_since_analyze > 500 + 0.2 * GREATEST(reltuples, 0) AND relkind = 'r'
       AND pg_has_role(relowner, 'USAGE')
"""


def analyze_what_changed() -> None:
    """Lets PostgreSQL count anew the tables of which a fifth has changed since it did."""
    with connection.cursor() as cursor:
        cursor.execute(_CHANGED_SQL)
        for (table,) in cursor.fetchall():
            cursor.execute(f"ANALYZE {table}")


@contextmanager
def short_append_lock() -> Iterator[None]:
    """`short_transaction` that holds the append lock."""
    with short_transaction():
        take_append_lock()
        yield


@dataclass
class Pace:
    """How many objects the next step takes: as many as take `STEP_SECONDS`, by the step before, and at most `most`."""

    most: int
    size: int = field(init=False)

    def __post_init__(self) -> None:
        self.size = min(self.most, FIRST_STEP)

    @contextmanager
    def measure(self) -> Iterator[None]:
        """Times what a step does between taking its locks and giving them back."""
        begun = time.monotonic()
        yield
        ratio = STEP_SECONDS / max(time.monotonic() - begun, 0.001)
        self.size = max(min(self.most, LEAST), min(self.most, int(self.size * min(ratio, 2))))


def act_in_steps(rows: Sequence[T], act: Callable[[Sequence[T]], None], *, most: int = STEP_SIZE) -> None:
    """Calls `act` with some of `rows` at a time, at most `most`, each time in a short transaction.

    Where it raises, what the steps before have done stays.
    """
    pace, done = Pace(most), 0
    while done < len(rows):
        some = rows[done : done + pace.size]
        with short_transaction(), pace.measure():
            act(some)
        done += len(some)
