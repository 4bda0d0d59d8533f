"""manage.py backup: the database, the private files and the settings as one file, while others work."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from record.log import ledger

from ...backup.archives import moment_of, write_backup
from ...backup.encryption import BackupRefused, read_identity
from ...backup.pruning import prune_backups
from ...backup.restoring import verify_backup

MIN = datetime.min.replace(tzinfo=UTC)


class Command(BaseCommand):
    help = (
        "Writes a backup, reads it back, and removes those kept no longer. Encrypted where CLAIMTRACK_BACKUP_KEY "
        "names an age recipient. The ledger of erasures is not part of it: copy that by itself, each time it grows."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("folder", nargs="?", type=Path, default=settings.BACKUP_FOLDER, help="where it is put")
        parser.add_argument("--verify", action="store_true", help="restore it into a database aside, and verify that")
        parser.add_argument("--identity", type=Path, help="the file with the age identity, to verify an encrypted one")
        parser.add_argument("--keep-all", action="store_true", help="remove no older backup")

    def handle(self, *, folder: Path, verify: bool, identity: Path | None, keep_all: bool, **options: Any) -> None:
        try:
            secret = read_identity(identity) if identity else None
            if verify and settings.BACKUP_KEY and secret is None:
                raise BackupRefused("An encrypted backup can be verified with its identity only (--identity).")
            path = write_backup(folder)
            if verify:
                found = verify_backup(path, identity=secret)
                self.stdout.write(f"RestoreResult aside, the record is sound up to entry {found.seq}.")
            outdated = [] if keep_all else prune_backups(folder, settings.BACKUPS_KEPT, newest=path)
        except (BackupRefused, ledger.LedgerConflict) as refused:
            raise CommandError(str(refused)) from None
        if later := [other.name for other in folder.iterdir() if (moment_of(other) or MIN) > (moment_of(path) or MIN)]:
            self.stderr.write(
                f"{max(later)} was made later than this machine's clock says now: it was set back, or was ahead. "
                "Nothing was removed."
            )
        self.stdout.write(f"{path}, {path.stat().st_size:,} bytes; {len(outdated)} older removed.")
