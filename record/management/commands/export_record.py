"""manage.py export_record: the record, or a part of its log, as a file."""

import os
import sys
import tempfile
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from tqdm import tqdm

from record.exports import FORMATS, Ahead, snapshot


class Command(BaseCommand):
    help = "Writes the record as JSON or NDJSON. A file appears only when it is whole."

    def add_arguments(self, parser):
        parser.add_argument("file", help="where to; - writes to standard output")
        parser.add_argument("--format", choices=sorted(FORMATS), help="by the file's ending, if it is not given")
        parser.add_argument("--as-of", type=int, metavar="SEQ", help="the record as it stood after this entry")
        parser.add_argument("--since", type=int, metavar="SEQ", help="what was added after this entry")

    def handle(self, *args, file, format, as_of, since, **options):
        form = format or Path(file).suffix.removeprefix(".")
        if form not in FORMATS:
            raise CommandError(f"Say --format: {file} does not end in {' or '.join(f'.{name}' for name in FORMATS)}.")
        if min(as_of or 0, since or 0) < 0 or (as_of is not None and since is not None and since > as_of):
            raise CommandError("--since and --as-of are places in the log, the first not after the second.")
        try:
            content = FORMATS[form](snapshot(as_of, since, using="default"))
        except Ahead as error:
            raise CommandError(str(error)) from None
        if file == "-":
            for chunk in content:
                sys.stdout.buffer.write(chunk)
            sys.stdout.buffer.flush()
            return
        size = write_whole(Path(file), content)
        self.stdout.write(f"{size} bytes written to {file}.")


def write_whole(path: Path, content) -> int:
    """Writes beside `path` and puts the file in its place when it is whole; returns its size."""
    try:
        with tempfile.NamedTemporaryFile(dir=path.parent, prefix=f".{path.name}.", delete=False) as file:
            try:
                with tqdm(unit="B", unit_scale=True, disable=None) as bar:
                    for chunk in content:
                        bar.update(file.write(chunk))
                file.flush()
                os.fsync(file.fileno())
                os.chmod(file.name, 0o644)
                os.replace(file.name, path)
            except BaseException:
                os.unlink(file.name)
                raise
            return path.stat().st_size
    except OSError as error:
        raise CommandError(f"{path} cannot be written: {error.strerror}.") from None
