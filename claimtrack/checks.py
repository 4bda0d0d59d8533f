"""What `manage.py check --deploy` and `manage.py migrate` say beside Django's own checks."""

import os
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, Warning, register
from django.db import DEFAULT_DB_ALIAS, connections
from django.db import Error as DatabaseError
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.migrations.loader import MigrationLoader

from .operators import is_loopback
from .private_files import is_open_to_others
from .sqlite import is_safe_version


@register(Tags.database, deploy=True)
def check_sqlite_version(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """Warns where claimtrack runs on an SQLite that can lose writes (docs/decisions/sqlite.md)."""
    on_sqlite = settings.DATABASES["default"]["ENGINE"] == "claimtrack.sqlite"
    if not on_sqlite or is_safe_version(settings.SQLITE_VERSION):
        return []
    return [
        Warning(
            f"SQLite {'.'.join(map(str, settings.SQLITE_VERSION))} can lose what one process writes while another "
            "resets the write-ahead log.",
            hint="Install SQLite 3.51.3 or later, or the pysqlite3 wheel, or use PostgreSQL: docs/decisions/sqlite.md",
            id="claimtrack.W001",
        )
    ]


@register(Tags.security, deploy=True)
def check_https_proxy(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """Warns where HTTPS is on and no proxy is named.

    gunicorn speaks plain HTTP: without a proxy that is believed, every request looks insecure and is redirected to
    itself for ever, and with one that is not named all readers have its address, so that one limit is for all of them.
    """
    if not settings.HTTPS or settings.PROXIES:
        return []
    return [
        Warning(
            "CLAIMTRACK_HTTPS is on and CLAIMTRACK_PROXIES names no proxy: every request would be redirected without "
            "end, and all who sign in would count as one address.",
            hint="Set CLAIMTRACK_PROXIES to the number of proxies before claimtrack, usually 1: docs/settings.md",
            id="claimtrack.W002",
        )
    ]


@register(Tags.security, deploy=True)
def check_private_files(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """Warns where others on the machine may read what is not public: drafts, withheld names, accounts, the key."""
    paths = [Path(settings.STATE_DIR), Path(settings.STATE_DIR) / "secret_key"]
    for database in settings.DATABASES.values():
        if database["ENGINE"] == "claimtrack.sqlite":
            paths += [Path(database["NAME"]), Path(database["NAME"]).parent]
    return [
        Warning(
            f"{path} can be read by others on this machine.",
            hint=f"chmod {'700' if path.is_dir() else '600'} {path}",
            id="claimtrack.W003",
        )
        for path in dict.fromkeys(paths)
        if is_open_to_others(path)
    ]


@register(Tags.security, deploy=True)
def check_roles(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """Warns where one process serves readers and the desk under a host name that others can reach.

    A fault of the desk, or a flood of its sign-ins, is then one of readers' pages too, which could do without writing.
    """
    private = all(host == "localhost" or is_loopback(host.strip("[]")) for host in settings.ALLOWED_HOSTS)
    if settings.ROLE != "all" or private:
        return []
    return [
        Warning(
            f"One process serves readers and the desk at {settings.ALLOWED_HOSTS[0]}.",
            hint="Run a process each, with CLAIMTRACK_ROLE=public and CLAIMTRACK_ROLE=desk: docs/operations.md",
            id="claimtrack.W010",
        )
    ]


@register(Tags.database, deploy=True)
def check_letters(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """Warns where PostgreSQL's locale leaves letters beyond ASCII as they are: search would not ignore their case.

    A database that does not answer is `manage.py doctor`'s to find.
    """
    connection = connections[DEFAULT_DB_ALIAS]
    if connection.vendor != "postgresql":
        return []
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT lower('ÄЖΩ')")
            lowered = cursor.fetchone()[0]
    except (DatabaseError, UnicodeError):
        return []
    if lowered == "äжω":
        return []
    return [
        Warning(
            "This database's locale leaves letters beyond ASCII as they are: a search for «жук» misses «Жук».",
            hint="Make the database anew with a locale that knows them: "
            "createdb --template template0 --encoding UTF8 --locale C.UTF-8 NAME; then restore into it.",
            id="claimtrack.W011",
        )
    ]


@register(Tags.security, deploy=True)
def check_mail(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """Warns where the desk's mail would go nowhere, and nobody has said that this is meant."""
    if not settings.SERVES_DESK or settings.EMAIL_URL == "none":
        return []
    backend = settings.EMAIL_BACKEND.rpartition(".")[0].rpartition(".")[2]
    if settings.EMAIL_URL and backend == "smtp":
        return []
    return [
        Warning(
            f"Mail goes nowhere: CLAIMTRACK_EMAIL_URL {'means ' + backend if settings.EMAIL_URL else 'is not set'}.",
            hint="Set it to smtp+tls://user:password@host:587, or to none where nobody is to be written to.",
            id="claimtrack.W012",
        )
    ]


@register(Tags.security, deploy=True)
def check_ledger_apart(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """Warns where the ledger of erasures would be lost with the database, or come back as old as its backup."""
    if not settings.SERVES_DESK:
        return _check_ledger_readable()
    if settings.LEDGER_FOLDER:
        return []
    return [
        Warning(
            "The ledger of erasures lies in the state folder: whatever takes the database takes it too, and a restored "
            "backup would bring back what was erased.",
            hint="Set CLAIMTRACK_LEDGER to a folder on another disk: docs/operations.md",
            id="claimtrack.W004",
        )
    ]


def _check_ledger_readable() -> list[CheckMessage]:
    """Warns where readers' pages would go on serving a database that holds what was erased since."""
    from record.log import ledger

    path = ledger.ledger_file()
    readable = os.access(path, os.R_OK) or (os.access(path.parent, os.R_OK | os.X_OK) and not path.exists())
    if settings.LEDGER_FOLDER and readable:
        return []
    return [
        Warning(
            "Readers' pages cannot read the ledger of erasures: where a backup is put in place by hand, they serve "
            "what was erased since.",
            hint="Set CLAIMTRACK_LEDGER to the desk's folder, and let readers' process read it: docs/operations.md",
            id="claimtrack.W014",
        )
    ]


@register(Tags.security, deploy=True)
def check_publisher(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """Warns where readers are not told who publishes the site, or whom to tell of an error."""
    if not settings.SERVES_PUBLIC:
        return []
    if not settings.PUBLISHER.is_known:
        words = "Readers are told that the publisher of this site has not said who they are."
    elif not settings.PUBLISHER.email:
        words = "Readers have no address to which they can report an error."
    else:
        return []
    hint = "Write a file as docs/settings.md has it, and name it in CLAIMTRACK_PUBLISHER."
    return [Warning(words, hint=hint, id="claimtrack.W013")]


@register(Tags.database, deploy=True)
def check_ledger_applied(app_configs: Any, databases: Sequence[str] | None = None, **kwargs: Any) -> list[CheckMessage]:
    """Refuses a database that was restored from a backup and still holds what was erased since."""
    from .ledger_guard import missing_erasures

    complaint = missing_erasures() if databases else ""
    if not complaint:
        return []
    return [Error(complaint, hint="Run manage.py apply_ledger; until then nothing is served.", id="claimtrack.E002")]


@register(Tags.database)
def check_squashed_migrations(
    app_configs: Any, databases: Sequence[str] | None = None, **kwargs: Any
) -> list[CheckMessage]:
    """Refuses a database that has some of the migrations that were squashed and not all: it would stay half made."""
    return [
        Error(
            f"The tables of {app} in the database “{alias}” are those of an earlier version.",
            hint="Check out the version before “Squash the migrations”, run migrate there, and come back.",
            id="claimtrack.E001",
        )
        for alias in databases or []
        for app, _ in sorted(half_applied_migrations(connections[alias]))
    ]


def half_applied_migrations(connection: BaseDatabaseWrapper) -> list[tuple[str, str]]:
    """The squashed migrations, as (app, name), of which this database has a part."""
    loader = MigrationLoader(connection)
    return [
        key
        for key, squashed in loader.disk_migrations.items()
        if key not in loader.applied_migrations
        and 0 < sum(replaced in loader.applied_migrations for replaced in squashed.replaces) < len(squashed.replaces)
    ]
