"""The databases of every version that was released lead to today's, and back; old and new code get along for one step.

tests/kept_databases/ holds the demonstration in the tables of each version: docs/operations.md says how one is added.
"""

import io
import lzma
import re
import threading
from contextlib import contextmanager
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.db import connection, connections, migrations, models, transaction
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder

import claimtrack
from claims.backup import databases
from record.log.verification import faults
from record.models import Publication

ROOT = Path(settings.BASE_DIR)
KEPT = ROOT / "tests" / "kept_databases"
VERSIONS = sorted(path.name.removesuffix(".sqlite3.xz") for path in KEPT.glob("*.sqlite3.xz"))
# The last migrations of the first version that is kept: from here on the rules below hold.
FIRST = {
    "articles": "0003_reworded_messages",
    "claims": "0005_reworded_messages",
    "record": "0002_say_from_when_rows_hold",
}
# Migrations that take away what the code of the version before them had stopped to use, as "app.name": which, and since
# when nothing reads or writes it.
LISTED_REMOVALS: dict[str, str] = {
    "articles.0007_attachments_in_rows": "original.attached_to, which 0005 added after 0.1.0: of no released version",
}
# Migrations that cannot be undone, as "app.name": why.
ONE_WAY: dict[str, str] = {}


# A kept database.


@contextmanager
def kept_database(version, folder):
    """Inside the block this process has the database of a version."""
    suffix = "sqlite3" if connection.vendor == "sqlite" else "sql"
    path = folder / f"kept.{suffix}"
    path.write_bytes(lzma.decompress((KEPT / f"{version}.{suffix}.xz").read_bytes()))
    if connection.vendor == "sqlite":
        with databases.use_database(str(path)):
            yield
        return
    name = f"{connection.settings_dict['NAME']}_kept"
    databases.create_like_own(name)
    try:
        databases.run_tool("psql", "--quiet", "--set=ON_ERROR_STOP=1", f"--file={path}", name=name)
        with databases.use_database(name):
            yield
    finally:
        with databases.server_cursor() as cursor:
            cursor.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')


def applied_migrations() -> dict[str, set[str]]:
    found: dict[str, set[str]] = {app: set() for app in FIRST}
    for app, name in MigrationRecorder(connection).applied_migrations():
        found.setdefault(app, set()).add(name)
    return found


@pytest.mark.parametrize("version", VERSIONS)
@pytest.mark.django_db(transaction=True)
def test_a_kept_database_goes_forward_and_back_and_loses_nothing(version, tmp_path):
    with kept_database(version, tmp_path):
        before = applied_migrations()
        links = list(Publication.objects.order_by("seq").values_list("link", flat=True))
        assert len(links) == 322
        call_command("migrate", verbosity=0)
        call_command("record_rebuild", stdout=io.StringIO())
        assert list(faults()) == []
        if not ONE_WAY:
            known = MigrationLoader(None).disk_migrations
            for app in FIRST:
                last = max(name for room, name in known if room == app and name in before[app])
                call_command("migrate", app, last, verbosity=0)
            assert {app: applied_migrations()[app] for app in FIRST} == {app: before[app] for app in FIRST}
        assert list(Publication.objects.order_by("seq").values_list("link", flat=True)) == links
        call_command("migrate", verbosity=0)
        assert list(faults(projections=False)) == []


def test_the_version_is_one_and_its_database_is_kept():
    written = re.search(r'^version = "(.+)"$', (ROOT / "pyproject.toml").read_text(), re.MULTILINE)[1]
    noted = re.search(r"^## (\d+\.\d+\.\d+)", (ROOT / "CHANGELOG.md").read_text(), re.MULTILINE)[1]
    assert {claimtrack.__version__, written, noted} == {settings.VERSION}
    assert settings.VERSION in VERSIONS
    assert all((KEPT / f"{version}.sql.xz").exists() for version in VERSIONS)


# Rules for every migration since.


def migrations_since_first():
    for (app, name), migration in MigrationLoader(None).disk_migrations.items():
        if app in FIRST and name > FIRST[app]:
            yield f"{app}.{name}", migration


def steps_of(migration):
    """Its operations, and those that are only done to the database or only to the state."""
    for operation in migration.operations:
        if isinstance(operation, migrations.SeparateDatabaseAndState):
            yield from operation.database_operations
        else:
            yield operation


TAKES_AWAY = (
    migrations.RemoveField,
    migrations.RenameField,
    migrations.DeleteModel,
    migrations.RenameModel,
    migrations.AlterModelTable,
)


def hindrances(migration) -> list[str]:
    """What in a migration the code of the version before could not live with."""
    found = []
    new = {step.name_lower for step in steps_of(migration) if isinstance(step, migrations.CreateModel)}
    for step in steps_of(migration):
        if isinstance(step, TAKES_AWAY):
            found.append(step.describe())
        elif isinstance(step, migrations.AddField) and step.model_name_lower not in new:
            if not (step.field.null or step.field.many_to_many or step.field.has_db_default()):
                found.append(f"{step.describe()}: older code writes rows without it, so it needs null or db_default")
        elif isinstance(step, migrations.RunSQL) and re.search(r"\b(DROP|RENAME|TRUNCATE)\b", str(step.sql), re.I):
            found.append(str(step.sql))
    return found


def test_no_migration_takes_away_what_older_code_uses():
    wrong = {key: found for key, migration in migrations_since_first() if (found := hindrances(migration))}
    assert {key: found for key, found in wrong.items() if key not in LISTED_REMOVALS} == {}
    assert LISTED_REMOVALS.keys() <= wrong.keys()


def test_every_migration_can_be_undone_or_says_why_not():
    one_way = {
        key for key, migration in migrations_since_first() if not all(step.reversible for step in steps_of(migration))
    }
    assert one_way == ONE_WAY.keys()


def made_up(*steps):
    return type("Migration", (migrations.Migration,), {"operations": [*steps]})("0009_x", "claims")


def test_what_older_code_could_not_live_with_is_found():
    text = models.CharField(max_length=9)
    assert len(hindrances(made_up(migrations.RemoveField("claim", "text")))) == 1
    assert len(hindrances(made_up(migrations.RenameField("claim", "text", "words")))) == 1
    assert len(hindrances(made_up(migrations.AddField("claim", "colour", text)))) == 1
    assert len(hindrances(made_up(migrations.RunSQL("ALTER TABLE x DROP COLUMN y")))) == 1
    hidden = migrations.SeparateDatabaseAndState(database_operations=[migrations.DeleteModel("claim")])
    assert len(hindrances(made_up(hidden))) == 1
    null, default = models.CharField(max_length=9, null=True), models.CharField(max_length=9, db_default="")
    fine = [migrations.AddField("claim", "colour", field) for field in (null, default)]
    assert hindrances(made_up(*fine, migrations.CreateModel("Colour", []))) == []


# Timeouts.


@pytest.mark.skipif("connection.vendor != 'postgresql'", reason="SQLite waits twenty seconds for its one lock")
@pytest.mark.django_db(transaction=True)
def test_a_migration_that_gets_no_lock_is_undone_and_says_so():
    call_command("migrate", "record", FIRST["record"], verbosity=0)
    locked, let_go = threading.Event(), threading.Event()

    def hold():
        with transaction.atomic(), connections["default"].cursor() as cursor:
            cursor.execute("LOCK TABLE django_migrations IN ACCESS EXCLUSIVE MODE")
            locked.set()
            let_go.wait(60)
        connections.close_all()

    thread = threading.Thread(target=hold)
    thread.start()
    locked.wait(30)
    try:
        with pytest.raises(CommandError, match="The lock timeout was reached"):
            call_command("migrate", verbosity=0, lock_timeout=1)
    finally:
        let_go.set()
        thread.join()
    call_command("migrate", verbosity=0)
    with connection.cursor() as cursor:
        cursor.execute("SHOW lock_timeout")
        assert cursor.fetchone() == ("0",)
