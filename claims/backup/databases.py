"""The database as one file, by its own tools, and back: SQLite's online backup, pg_dump and pg_restore."""

import os
import subprocess
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from typing import Any, cast

from django.db import DatabaseError, connection, connections, transaction
from django.db.backends.postgresql.client import DatabaseClient

from record.documents.entries import Head
from record.log import head

from .encryption import BackupRefused

SCRATCH_SUFFIX = "_restoring"
MAX_ATTEMPTS = 10  # to rename a database to which others connect
LOCK_WAIT = 60  # seconds for which a dump waits for a table that a migration holds


def dump_name() -> str:
    return "database.sqlite3" if connection.vendor == "sqlite" else "database.dump"


def dump_database(path: Path) -> Head:
    """Writes the database as it is at one moment to `path` while others work; returns where its log ends then."""
    return _dump_sqlite(path) if connection.vendor == "sqlite" else _dump_postgresql(path)


def _dump_sqlite(path: Path) -> Head:
    connection.ensure_connection()
    driver = _sqlite_driver()
    try:
        with closing(driver.connect(path)) as copy:
            path.chmod(0o600)
            connection.connection.backup(copy)  # in one step: writers go on, in the write-ahead log
        with use_database(str(path)), connection.cursor() as cursor:
            faults = [row[0] for row in cursor.execute("PRAGMA integrity_check(5)")]
            cursor.execute("PRAGMA journal_mode=DELETE")  # one file, with nothing beside it
            found = head()
    except (DatabaseError, driver.DatabaseError) as error:
        faults = [str(error)]
    if faults != ["ok"]:
        raise BackupRefused(f"The database is damaged, so no backup was made: {'; '.join(faults)}.")
    return found


def _dump_postgresql(path: Path) -> Head:
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
            cursor.execute("SELECT pg_export_snapshot()")
            (snapshot,) = cursor.fetchone()
        found = head()
        options = ["--format=custom", f"--snapshot={snapshot}", f"--lock-wait-timeout={LOCK_WAIT}s"]
        run_tool("pg_dump", *options, f"--file={path}")
    return found


def run_tool(tool: str, *arguments: str, name: str | None = None) -> None:
    """Runs a program of PostgreSQL on this database, or the one called `name`. Raises `BackupRefused`."""
    settings_dict = connection.settings_dict | ({"NAME": name} if name else {})
    words, environment = DatabaseClient.settings_to_cmd_args_env(settings_dict, [])
    *place, database = words[1:]
    command = [tool, *place, "--no-password", f"--dbname={database}", *arguments]
    try:
        done = subprocess.run(  # noqa: S603 - a fixed program, no shell
            command, env={**os.environ, **(environment or {})}, capture_output=True, text=True
        )
    except FileNotFoundError:
        raise BackupRefused(f"{tool} is not installed: it comes with PostgreSQL's client programs.") from None
    if done.returncode:
        lines = done.stderr.strip().splitlines() or ["no reason was given"]
        raise BackupRefused(f"{tool}: {lines[0].removeprefix(f'{tool}: ').removeprefix('error: ')}")


@contextmanager
def use_database(name: str) -> Iterator[None]:
    """Inside the block both aliases of this process mean the database, or the file, called `name`."""
    before: Mapping[str, Any] = {alias: connections[alias].settings_dict["NAME"] for alias in connections}
    try:
        for alias in connections:
            connections[alias].close()
            connections[alias].settings_dict["NAME"] = name
        yield
    finally:
        for alias in connections:
            connections[alias].close()
            connections[alias].settings_dict["NAME"] = before[alias]


@contextmanager
def scratch_database(dump: Path) -> Iterator[str]:
    """The name of a database that holds what `dump` does, of which no one else knows; gone afterwards."""
    if connection.vendor == "sqlite":
        name = f"{connection.settings_dict['NAME']}{SCRATCH_SUFFIX}"
        _remove_sqlite(name)
        os.link(dump, name) if _same_disk(dump, Path(name)) else _copy(dump, name)
        try:
            with use_database(name), connection.cursor() as cursor:
                cursor.execute("PRAGMA journal_mode=WAL")
            yield name
        finally:
            _remove_sqlite(name)
        return
    name = f"{connection.settings_dict['NAME']}{SCRATCH_SUFFIX}"
    create_like_own(name)
    try:
        _load_postgresql(dump, name)
        yield name
    finally:
        with suppress(DatabaseError), server_cursor() as cursor:
            cursor.execute(f"DROP DATABASE IF EXISTS {connection.ops.quote_name(name)} WITH (FORCE)")


def _same_disk(first: Path, second: Path) -> bool:
    return first.stat().st_dev == second.parent.stat().st_dev


def _copy(source: Path, name: str) -> None:
    descriptor = os.open(name, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with open(descriptor, "wb") as target, open(source, "rb") as content:
        while block := content.read(1 << 20):
            target.write(block)


def _remove_sqlite(name: str) -> None:
    for suffix in ("", "-wal", "-shm", "-journal"):
        Path(f"{name}{suffix}").unlink(missing_ok=True)


@contextmanager
def server_cursor() -> Iterator[Any]:
    """A cursor on PostgreSQL's own database, from where others can be made, renamed and dropped."""
    with connection._nodb_cursor() as cursor:
        yield cursor


def create_like_own(name: str) -> None:
    quoted = connection.ops.quote_name(name)
    with server_cursor() as cursor:
        cursor.execute(
            "SELECT pg_encoding_to_char(encoding), datcollate, datctype FROM pg_database WHERE datname = %s",
            [connection.settings_dict["NAME"]],
        )
        encoding, collate, ctype = cursor.fetchone() or ("UTF8", "C.UTF-8", "C.UTF-8")
        cursor.execute(f"DROP DATABASE IF EXISTS {quoted} WITH (FORCE)")
        try:
            cursor.execute(
                f"CREATE DATABASE {quoted} TEMPLATE template0 ENCODING '{encoding}' LC_COLLATE '{collate}' "
                f"LC_CTYPE '{ctype}'"
            )
        except DatabaseError as error:
            raise BackupRefused(
                f"No database can be made to restore into: {str(error).splitlines()[0]}. Restore as a role that may "
                "create databases (ALTER ROLE … CREATEDB)."
            ) from None


def _load_postgresql(dump: Path, name: str) -> None:
    options = ["--no-owner", "--exit-on-error", "--single-transaction"]
    try:
        run_tool("pg_restore", *options, str(dump), name=name)
    except BackupRefused as refused:
        if "role" not in str(refused):
            raise
        # Of a server that has no role for readers: docs/settings.md says how it is made.
        run_tool("pg_restore", *options, "--no-privileges", str(dump), name=name)


def put_in_place(scratch: str) -> str:
    """Puts a finished database in the place of this one, all or nothing; returns what became of the one before.

    On SQLite its pages are written over those that are there in one transaction, so that processes which have the file
    open go on with it. On PostgreSQL the two change names.
    """
    name = connection.settings_dict["NAME"]
    if connection.vendor == "sqlite":
        return _overwrite_sqlite(scratch)
    kept = f"{name}_before"
    own, other, old = (connection.ops.quote_name(known) for known in (name, scratch, kept))
    connection.close()
    with server_cursor() as cursor:
        cursor.execute(f"DROP DATABASE IF EXISTS {old} WITH (FORCE)")
        for attempt in range(MAX_ATTEMPTS):
            try:
                cursor.execute(
                    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
                    "WHERE datname = %s AND backend_type = 'client backend'",
                    [name],
                )
                # One text of two commands is one transaction; who wants to connect meanwhile waits for it.
                cursor.execute(f"ALTER DATABASE {own} RENAME TO {old}; ALTER DATABASE {other} RENAME TO {own}")
                break
            except DatabaseError as error:
                if attempt == MAX_ATTEMPTS - 1:
                    raise BackupRefused(
                        f"{name} could not be replaced: {str(error).splitlines()[0]}. Stop whoever is connected, or "
                        "run deploy/postgresql/reader.sql again: it lets the desk's role end readers' connections."
                    ) from None
    return f"The database before is now called {kept}: drop it when nothing of it is needed."


def _sqlite_driver() -> Any:
    """The module by which Django's connection speaks to SQLite."""
    return cast(Any, connection).Database


def _overwrite_sqlite(scratch: str) -> str:
    driver = _sqlite_driver()
    connection.ensure_connection()
    try:
        with closing(driver.connect(scratch)) as source:
            source.backup(connection.connection)
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    except driver.DatabaseError as error:
        raise BackupRefused(
            f"{connection.settings_dict['NAME']} cannot be written ({error}): move a damaged file away, and restore "
            "again."
        ) from None
    finally:
        connection.close()
    return "The database before was overwritten."
