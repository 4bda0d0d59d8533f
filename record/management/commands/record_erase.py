"""manage.py record_erase: what an object's versions said, taken out of the log for good."""

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import connection

from record.log import AppendRefused, erase
from record.models import Publication


class Command(BaseCommand):
    help = "Withdraws an object and empties every version of it; the chain still verifies. This cannot be undone."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("public_id", help="the object's id")
        parser.add_argument("--reason", required=True, help="public, and kept")
        parser.add_argument("--yes", action="store_true", help="do not ask")

    def handle(self, *args: str, public_id: str, reason: str, yes: bool, **options: object) -> None:
        if (versions := Publication.objects.filter(public_id=public_id).count()) and not yes:
            answer = input(f"Erase {versions} versions of {public_id} for good? Type the id to go on: ")
            if answer.strip() != public_id:
                raise CommandError("Nothing was erased.")
        try:
            row = erase(public_id, reason=reason)
        except AppendRefused as error:
            raise CommandError(f"{error.sentence} Nothing was erased.") from None
        self.stdout.write(f"Entry {row.seq} withdraws {public_id}; what {versions} older entries said is gone.")
        purge_deleted_rows()
        self.stdout.write(
            "Replicas' archives, mirrors and readers' copies keep theirs, and what is in backups is erased again when "
            "they are restored: docs/record.md says what to do."
        )


def purge_deleted_rows() -> None:
    """Has the database overwrite what deleted rows left in its files, as far as it can while others work."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        else:
            for model in ("publication", "current", "address", "reference", "position", "printing", "relay", "search"):
                cursor.execute(f"VACUUM record_{model}")
