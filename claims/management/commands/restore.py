"""manage.py restore: a backup in the place of the database, without what was erased since."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import connection

from record.log import ledger

from ...backup.archives import moment_of
from ...backup.encryption import BackupRefused, read_identity
from ...backup.restoring import restore_backup


class Command(BaseCommand):
    help = (
        "Puts a backup in the place of the database: restored aside, brought up to date, without what the ledger of "
        "erasures names, and verified, before anybody sees it. What was written after the backup is lost."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("archive", type=Path, help="the file of the backup")
        parser.add_argument("--identity", type=Path, help="the file with the age identity that opens backup and ledger")
        parser.add_argument("--without-ledger", action="store_true", help="nothing was ever erased on this site")
        parser.add_argument("--despite-faults", action="store_true", help="though the record in it is not sound")
        parser.add_argument("--yes", action="store_true", help="do not ask")

    def handle(self, *, archive: Path, identity: Path | None, yes: bool, **options: Any) -> None:
        name = str(connection.settings_dict["NAME"])
        if not yes:
            made = moment_of(archive)
            since = f"since {made:%Y-%m-%d %H:%M} UTC" if made else "since then"
            answer = input(f"All that was written {since} will be lost. Type the database's name ({name}) to go on: ")
            if answer.strip() != name:
                raise CommandError("Nothing was restored.")
        try:
            done = restore_backup(
                archive,
                identity=read_identity(identity) if identity else None,
                without_ledger=options["without_ledger"],
                despite_faults=options["despite_faults"],
            )
        except (BackupRefused, ledger.LedgerConflict) as refused:
            raise CommandError(str(refused)) from None
        self.stdout.write(
            f"The record stands as at entry {done.manifest.seq} of {done.manifest.at}; {done.erased.erasures} erasures "
            f"were repeated, {len(done.erased.withdrawn)} public objects withdrawn."
        )
        self.stdout.write(f"{done.before} Everybody signs in again where the secret key is another.")
