"""manage.py record_rebuild: every projection anew from the log."""

from django.core.management.base import BaseCommand, CommandParser
from tqdm import tqdm

from record import projections
from record.models import OutdatedObject, Publication


class Command(BaseCommand):
    help = (
        "Makes addresses, indexes and search anew from the log, a few hundred objects at a time: readers and the desk "
        "go on meanwhile. A rebuild that was broken off is continued."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--outdated", action="store_true", help="only what waits since a large merge or move")
        parser.add_argument("--from-start", action="store_true", help="begin anew where one was broken off")

    def handle(self, *args: str, outdated: bool, from_start: bool, **options: object) -> None:
        if not outdated:
            with tqdm(total=Publication.objects.count(), unit=" entries", disable=None) as bar:
                read = projections.rebuild_projections(bar.update, from_start=from_start)
            projections.analyze()
            self.stdout.write(f"Rebuilt from {read} entries.")
        with tqdm(total=OutdatedObject.objects.count(), unit=" objects", disable=None) as bar:
            done = projections.derive_outdated(progress=bar.update)
        if done or outdated:
            self.stdout.write(f"{done} {'object' if done == 1 else 'objects'} derived anew.")
