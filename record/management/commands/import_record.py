"""manage.py import_record: another instance's export, verified and taken in."""

import sys
from contextlib import nullcontext
from typing import NoReturn, Self

from django.core.management.base import BaseCommand, CommandError, CommandParser
from tqdm import tqdm

from record.imports import ImportRefused, import_record


class Command(BaseCommand):
    help = (
        "Takes in an export of a record, JSON or NDJSON. The file is verified to its end before anything is changed; "
        "a process that is ended while it takes it in goes on from there with the same file."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", help="the export; - reads from standard input")

    def handle(self, *args: str, file: str, **options: object) -> None:
        try:
            with ProgressBar() as show, nullcontext(sys.stdin.buffer) if file == "-" else open(file, "rb") as content:
                found = import_record(content, progress=show)
        except OSError as error:
            raise CommandError(f"{file} cannot be read: {error.strerror}.") from None
        except ImportRefused as error:
            raise CommandError(f"{file}: {error.sentence} {error.outcome}") from None
        self.stdout.write(
            f"{found.added} entries taken in, {found.known} were here already, {found.erased} erased as at their "
            f"origin. The record ends at {found.head.seq}, {found.head.link or 'empty'}."
        )


class ProgressBar:
    """A bar for each thing that is done; none where nobody watches, as in a log file."""

    def __init__(self) -> None:
        self.bar: tqdm[NoReturn] | None = None
        self.doing = ""

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *error: object) -> None:
        if self.bar is not None:
            self.bar.close()

    def __call__(self, doing: str, done: int, total: int) -> None:
        if self.bar is None or doing != self.doing:
            self.__exit__()
            self.bar, self.doing = tqdm(desc=doing, total=total, unit=" entries", disable=None), doing
        self.bar.update(done - self.bar.n)
