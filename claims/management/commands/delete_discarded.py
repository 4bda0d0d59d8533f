"""manage.py delete_discarded: deletes for good what was discarded more than thirty days ago."""

from typing import Any

from django.core.management.base import BaseCommand

from claims.changes.discards import delete_expired


class Command(BaseCommand):
    help = "Deletes for good what was discarded more than thirty days ago, with the files that nothing else rests on."

    def handle(self, **options: Any) -> None:
        self.stdout.write(f"Deleted: {delete_expired()}.")
