"""manage.py record_rebuild: every projection anew from the log."""

from django.core.management.base import BaseCommand
from django.db import transaction
from tqdm import tqdm

from record import projections
from record.log import take_append_lock
from record.models import Publication


class Command(BaseCommand):
    help = "Makes addresses, indexes and search anew from the log. Readers see the old ones until it is done."

    def handle(self, *args: str, **options: object) -> None:
        with transaction.atomic():
            take_append_lock()
            with tqdm(total=Publication.objects.count(), unit="entries", disable=None) as bar:
                read = projections.rebuild_projections(bar.update)
            projections.analyze()
        self.stdout.write(f"Rebuilt from {read} entries.")
