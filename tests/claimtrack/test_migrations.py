"""Each room's tables come from one squashed migration; a database that stopped half way to it is refused."""

from importlib import import_module
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import call_command
from django.core.management.base import SystemCheckError
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.recorder import MigrationRecorder

pytestmark = pytest.mark.django_db


@pytest.fixture
def recorder():
    """What the database remembers of migrations, as if the desk's were never run."""
    recorder = MigrationRecorder(connection)
    recorder.migration_qs.filter(app="claims").delete()
    return recorder


def test_a_database_with_all_that_was_squashed_has_nothing_to_do_but_what_came_after(recorder):
    for name in replaced_in_claims():
        recorder.record_applied("claims", name)
    executor = MigrationExecutor(connection)
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes("claims"))
    there = sorted(path.stem for path in Path(settings.BASE_DIR, "claims", "migrations").glob("[0-9]*.py"))
    came_after = there[1:]
    assert [migration.name for migration, _ in plan] == came_after


def test_a_database_with_a_part_of_what_was_squashed_is_refused_before_anything_is_done(recorder):
    for name in replaced_in_claims()[:-1]:
        recorder.record_applied("claims", name)
    before = recorder.applied_migrations().keys()
    with pytest.raises(SystemCheckError, match=f"claims in the database “{connection.alias}” are those of an earlier"):
        call_command("migrate", skip_checks=False, verbosity=0)
    assert recorder.applied_migrations().keys() == before


def replaced_in_claims() -> list[str]:
    return [name for _, name in import_module("claims.migrations.0001_squashed").Migration.replaces]
