"""PostgreSQL counts the record's tables while a long write fills them, on servers without autovacuum too."""

import time

import pytest
from django.db import connection

from record.projections.locks import short_append_lock, short_transaction
from tests import record_cast as cast

pytestmark = pytest.mark.django_db(transaction=True)


def known_rows(table):
    with connection.cursor() as cursor:
        cursor.execute("SELECT reltuples FROM pg_class WHERE oid = %s::regclass", [table])
        return cursor.fetchone()[0]


def test_a_table_that_a_step_has_filled_is_counted():
    if connection.vendor != "postgresql":
        pytest.skip("SQLite plans by what its indexes are, and not by counts.")
    cast.append_cast()
    with short_append_lock(), connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO record_correction (seq, public_id) SELECT number, 'x' FROM generate_series(1000, 2999) number"
        )
    for _ in range(40):  # PostgreSQL tells a second later what has changed
        with short_transaction():
            pass
        if known_rows("record_correction") >= 2000:
            break
        time.sleep(0.1)
    assert known_rows("record_correction") >= 2000
