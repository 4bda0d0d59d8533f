"""A backup in the place of this server's database, without what was erased since."""

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.db import connection, transaction
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.loader import MigrationLoader
from pyrage.x25519 import Identity

from articles.originals import use_store
from record import projections
from record.log import file_cache, ledger, noted_heads
from record.log.verification import Remark, faults
from record.management.commands.record_erase import purge_deleted_rows

from ..erasure.reapplication import Reapplication, apply_ledger
from .archives import WORK_PREFIX, Manifest, hold_backup_lock, private_folders, unpack_archive
from .databases import dump_name, put_in_place, scratch_database, use_database
from .encryption import BackupRefused

MAX_FAULTS = 5  # told


@dataclass(frozen=True)
class RestoreResult:
    """What was restored: the list of the backup, what was erased again, and what became of the database before."""

    manifest: Manifest
    erased: Reapplication
    before: str


def restore_backup(
    path: Path, *, identity: Identity | None = None, without_ledger: bool = False, despite_faults: bool = False
) -> RestoreResult:
    """Puts a backup in the place of the database and of the private files.

    All is done on a copy that nobody can ask yet: migrations, the erasures of the ledger, what is derived where that
    is not as it should be, and the verification of the record. What fails or is killed before the end has changed
    nothing. Raises `BackupRefused` and `LedgerConflict`.
    """
    with (
        hold_backup_lock(),
        _prepared_copy(path, identity, without_ledger) as (manifest, scratch, folder),
    ):
        with use_database(scratch), use_store(folder / "files" / "originals"):
            try:
                erased = apply_ledger(identity)
            except ledger.LedgerConflict as conflict:
                raise BackupRefused(f"{conflict} Nothing was restored.") from None
            found = _record_faults()
            if found:
                _rebuild_projections()
                found = _record_faults()
            if found and not despite_faults:
                raise _unsound(found)
            purge_deleted_rows()
            if connection.vendor == "sqlite":  # elsewhere the dump was written anew, and nothing is left of it
                with connection.cursor() as cursor:
                    cursor.execute("VACUUM")
        _restore_files(folder / "files")
        before = put_in_place(scratch)
        noted_heads.forget_lost_heads()
        file_cache.forget()
        return RestoreResult(manifest, erased, before)


def verify_backup(path: Path, *, identity: Identity | None = None) -> Manifest:
    """Restores a backup into a database of its own, which is gone afterwards, and verifies the record there."""
    with (
        hold_backup_lock(),
        _prepared_copy(path, identity, without_ledger=True) as (manifest, scratch, folder),
        use_database(scratch),
        use_store(folder / "files" / "originals"),
    ):
        if found := _record_faults():
            raise _unsound(found)
        return manifest


@contextmanager
def _prepared_copy(path: Path, identity: Identity | None, without_ledger: bool) -> Iterator[tuple[Manifest, str, Path]]:
    """The list of a backup, the name of a database with its rows in today's tables, the folder of its files."""
    with tempfile.TemporaryDirectory(dir=settings.STATE_DIR, prefix=WORK_PREFIX) as name:
        manifest = unpack_archive(path, Path(name), identity)
        _refuse_foreign_backup(path, manifest)
        if not without_ledger:
            _refuse_without_ledger(manifest)
        with scratch_database(Path(name) / dump_name()) as scratch:
            with use_database(scratch):
                executor = MigrationExecutor(connection)
                if executor.migration_plan(executor.loader.graph.leaf_nodes()):
                    call_command("migrate", verbosity=0, interactive=False)
            yield manifest, scratch, Path(name)


def _refuse_without_ledger(manifest: Manifest) -> None:
    path, lines = ledger.ledger_file(), len(ledger.read_file())
    if not path.exists():
        raise BackupRefused(
            f"{path} is missing, the ledger of erasures: bring it here first. Only where nothing was ever erased is "
            "--without-ledger right."
        )
    if lines < manifest.erasures:
        raise BackupRefused(f"{path} ends after {lines} erasures, and this backup knows of {manifest.erasures}.")


def _refuse_foreign_backup(path: Path, manifest: Manifest) -> None:
    if manifest.database != connection.vendor:
        raise BackupRefused(f"{path} is a backup of {manifest.database}, and this server uses {connection.vendor}.")
    migrations = MigrationLoader(None).disk_migrations
    known = {f"{app}.{name}" for key, each in migrations.items() for app, name in [key, *each.replaces]}
    if newer := sorted(set(manifest.migrations) - known):
        raise BackupRefused(f"{path} was made by claimtrack {manifest.version}, which is newer: {newer[0]} is unknown.")


def _rebuild_projections() -> None:
    with transaction.atomic():
        projections.rebuild_projections(lambda count: None)
        projections.analyze()


def _record_faults() -> list[str]:
    expected = set(noted_heads.lost_heads())  # what came after the backup is not in it
    return [fault for fault in faults() if not isinstance(fault, Remark) and fault not in expected]


def _unsound(found: list[str]) -> BackupRefused:
    more = f" and {len(found) - MAX_FAULTS} more" if len(found) > MAX_FAULTS else ""
    return BackupRefused(f"The record in this backup is not sound: {' '.join(found[:MAX_FAULTS])}{more}")


def _restore_files(unpacked: Path) -> None:
    """Adds the private files that are missing. None is changed or removed: they are named by what they hold."""
    for name, folder in private_folders().items():
        for source in sorted(path for path in (unpacked / name).rglob("*") if path.is_file()):
            target = folder / source.relative_to(unpacked / name)
            if not target.exists():
                target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
                draft = target.with_name(f".{target.name}.new")
                shutil.copyfile(source, draft)
                draft.chmod(0o600)
                os.replace(draft, target)
