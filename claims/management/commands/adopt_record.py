"""`manage.py adopt_record`: a new desk goes on from somebody's published record."""

import sys
from contextlib import nullcontext
from typing import Any

from django.contrib.auth.models import User
from django.core.management import BaseCommand, CommandError, CommandParser

from record.imports import ImportRefused
from record.management.commands.import_record import ProgressBar

from ...imports.record.adoption import adopt_record


class Command(BaseCommand):
    help = (
        "Fills this desk, which must be empty, from an export of a record. What is published afterwards continues that "
        "record's version numbers. A process that is ended meanwhile goes on from there with the same file."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", help="the export, JSON or NDJSON; - reads from standard input")
        parser.add_argument("--by", metavar="USER", help="the account that the traces name")

    def handle(self, *, file: str, by: str | None, **options: Any) -> None:
        try:
            user = User.objects.get(username=by) if by else None
            with ProgressBar() as show, nullcontext(sys.stdin.buffer) if file == "-" else open(file, "rb") as content:
                done = adopt_record(content, by=user, progress=show)
        except User.DoesNotExist:
            raise CommandError(f"There is no account {by}. Nothing was changed.") from None
        except OSError as error:
            raise CommandError(f"{file} cannot be read: {error.strerror}.") from None
        except ImportRefused as error:
            raise CommandError(f"{file}: {error.sentence} {error.outcome}") from None
        counts = ", ".join(f"{count} {kind}{'' if count == 1 else 's'}" for kind, count in done.counts.items())
        self.stdout.write(f"The desk continues from entry {done.head.seq}: {counts or 'an empty record'}.")
