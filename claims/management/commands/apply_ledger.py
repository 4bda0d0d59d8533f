"""manage.py apply_ledger: what was erased since a backup was made, erased again from the database restored from it."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from record.log import ledger
from record.management.commands.record_erase import purge_deleted_rows

from ...backup.encryption import read_identity
from ...erasure.reapplication import apply_ledger


class Command(BaseCommand):
    help = (
        "Repeats every erasure that the ledger names and this database lacks. Until then nothing is served from a "
        "database restored from a backup. `restore` does this itself; it can be run again at any time."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--identity", type=Path, help="the file with the age identity that opens the names")

    def handle(self, *, identity: Path | None, **options: Any) -> None:
        try:
            ledger.write_file()
            done = apply_ledger(read_identity(identity) if identity else None)
        except ledger.LedgerConflict as conflict:
            raise CommandError(f"{conflict} What was not erased again is not served.") from None
        purge_deleted_rows()
        what = "erasure was" if done.erasures == 1 else "erasures were"
        self.stdout.write(f"{done.erasures} {what} repeated; {len(done.withdrawn)} public objects were withdrawn.")
