"""manage.py export_record: the record, or a part of it, as a file in any of its forms."""

import fcntl
import os
import sys
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.http import QueryDict
from tqdm import tqdm

from record.exports import FORMATS, BeyondLogEnd, Format, Snapshot, take_snapshot
from record.exports.filtering import FILTERS, entry_to_begin_after, filtered_snapshot

from ...queries.query_forms import BadQuery, read_first_day


class Command(BaseCommand):
    help = "Writes the record in one of its forms. A file appears only when it is whole."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", help="where to; - writes to standard output")
        parser.add_argument("--format", choices=sorted(FORMATS), help="by the file's name, if it is not given")
        parser.add_argument("--as-of", type=int, metavar="SEQ", help="the record as it stood after this entry")
        parser.add_argument("--since", type=int, metavar="SEQ", help="what was added after this entry")
        parser.add_argument("--recorded-since", metavar="DAY", help="what was published on that day or later")
        parser.add_argument(
            "--filter",
            action="append",
            default=[],
            metavar="NAME=VALUE",
            help=f"the part that concerns this, as often as wanted; NAME is one of {', '.join(FILTERS)}",
        )

    def handle(
        self,
        *args: str,
        file: str,
        format: str | None,
        as_of: int | None,
        since: int | None,
        recorded_since: str | None,
        filter: list[str],
        **options: object,
    ) -> None:
        form = FORMATS[format] if format else format_of(file)
        if not form.is_installed:
            raise CommandError(f"This form needs a package that is not installed: {form.needs}.")
        content = form(requested_snapshot(form, as_of, since, recorded_since, filter))
        if file == "-":
            for chunk in content:
                sys.stdout.buffer.write(chunk)
            sys.stdout.buffer.flush()
            return
        size = write_whole(Path(file), content)
        self.stdout.write(f"{size} bytes written to {file}.")


def format_of(file: str) -> Format:
    """The form that a file's name asks for, by its longest ending: `x.claims.csv` one, `x.csv` another."""
    name = f".{Path(file).name}"
    endings = [(form.name, form) for form in FORMATS.values()] + [(form.extension, form) for form in FORMATS.values()]
    found = [(ending, form) for ending, form in endings if name.endswith(f".{ending}")]
    if not found:
        known = " or ".join(f".{ending}" for ending in dict.fromkeys(ending for ending, _ in endings))
        raise CommandError(f"Say --format: {file} does not end in {known}.")
    return max(found, key=lambda pair: len(pair[0]))[1]


def requested_snapshot(
    form: Format, as_of: int | None, since: int | None, recorded_since: str | None, filters: list[str]
) -> Snapshot:
    """The part of the record that is asked for."""
    if min(as_of or 0, since or 0) < 0 or (as_of is not None and since is not None and since > as_of):
        raise CommandError("--since and --as-of are places in the log, the first not after the second.")
    if since is not None and not form.log:
        raise CommandError("--since goes with json and ndjson: the other forms hold no withdrawals.")
    if since is not None and filters:
        raise CommandError("--filter chooses among what stands; --since gives whole what came after an entry.")
    try:
        day = read_first_day(recorded_since)
        begin = entry_to_begin_after(since, day, as_of=as_of, using="default")
        if filters:
            snapshot = filtered_snapshot(query_of(filters), as_of=as_of, since=begin, using="default")
        else:
            snapshot = take_snapshot(as_of, begin, using="default")
        return replace(snapshot, recorded_since=day if since is None else None)
    except ValidationError as error:
        raise CommandError(f"--recorded-since: {' '.join(error.messages)}") from None
    except BeyondLogEnd as error:
        raise CommandError(str(error)) from None
    except BadQuery as error:
        raise CommandError(" ".join(f"{name}: {sentence}" for name, sentence in error.errors.items())) from None


def query_of(filters: list[str]) -> QueryDict:
    query = QueryDict(mutable=True)
    for asked in filters:
        name, _, value = asked.partition("=")
        if name not in FILTERS or not value:
            raise CommandError(f"--filter {asked}: write NAME=VALUE with one of {', '.join(FILTERS)}.")
        query.appendlist(name, value)
    return query


def write_whole(path: Path, content: Iterable[bytes]) -> int:
    """Writes to `.NAME.part` beside `path` and puts the file in its place when it is whole; returns its size.

    A process that is killed leaves what stood at `path` as it was, and a part that the next one writes over.
    """
    part = path.with_name(f".{path.name}.part")
    try:
        with open(part, "ab") as file:
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                raise CommandError(f"Another process is writing {path}.") from None
            try:
                file.truncate(0)
                with tqdm(unit="B", unit_scale=True, disable=None) as bar:
                    for chunk in content:
                        bar.update(file.write(chunk))
                file.flush()
                os.fsync(file.fileno())
                os.replace(part, path)
            except BaseException:
                os.unlink(part)
                raise
        _sync_folder(path.parent)
        return path.stat().st_size
    except OSError as error:
        raise CommandError(f"{path} cannot be written: {error.strerror}.") from None


def _sync_folder(folder: Path) -> None:
    """Makes the new name last through a loss of power, as the bytes already do."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
