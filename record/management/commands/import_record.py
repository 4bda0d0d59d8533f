"""manage.py import_record: another instance's export, verified and taken in."""

import sys
from contextlib import nullcontext

from django.core.management.base import BaseCommand, CommandError
from tqdm import tqdm

from record.imports import ImportRefused, import_record


class Command(BaseCommand):
    help = "Takes in an export of a record, JSON or NDJSON: all of it, or with a reason nothing."

    def add_arguments(self, parser):
        parser.add_argument("file", help="the export; - reads from standard input")

    def handle(self, *args, file, **options):
        bar = tqdm(unit="entries", disable=None)

        def show(done, total):
            bar.total = total
            bar.update(done - bar.n)

        try:
            with bar, nullcontext(sys.stdin.buffer) if file == "-" else open(file, "rb") as content:
                found = import_record(content, progress=show)
        except OSError as error:
            raise CommandError(f"{file} cannot be read: {error.strerror}.") from None
        except ImportRefused as error:
            raise CommandError(f"{file}: {error.sentence} Nothing was changed.") from None
        self.stdout.write(
            f"{found.added} entries taken in, {found.known} were here already, {found.erased} erased as at their "
            f"origin. The record ends at {found.head.seq}, {found.head.link or 'empty'}."
        )
