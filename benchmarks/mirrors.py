"""Whether records go from SQLite to PostgreSQL and back to the byte: the demonstration, and any number made up.

    python benchmarks/mirrors.py [--records 300]

Each record is made on SQLite in a throw-away database, exported, imported into an empty one on PostgreSQL, exported,
imported into an empty one on SQLite, and exported again, in both formats. Prints what differs; ends with 1 if any does.
The records are those of tests/generated_records.py.
"""

import argparse
import filecmp
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

FORMS = ("json", "ndjson")


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--records", type=int, default=300)
    parser.add_argument("--there", nargs=3, help=argparse.SUPPRESS)  # one process: source folder or "", folder, records
    options = parser.parse_args()
    if options.there:
        source, folder, records = options.there
        write(source and Path(source), Path(folder), int(records))
        return
    from benchmarks.records import run, throwaway

    with tempfile.TemporaryDirectory(prefix="claimtrack-") as place:
        folders = [Path(place) / name for name in ("origin", "postgresql", "sqlite")]
        for source, folder, vendor in zip(["", *folders], folders, ["sqlite", "postgresql", "sqlite"], strict=False):
            folder.mkdir()
            begun = time.perf_counter()
            with throwaway(vendor) as environment:
                run(environment, __file__, "--there", source, folder, options.records)
            print(f"{folder.name:12} {time.perf_counter() - begun:6.1f} s", flush=True)
        names = sorted(path.name for path in folders[0].iterdir())
        wrong = {
            name for folder in folders[1:] for name in names if not filecmp.cmp(folders[0] / name, folder / name, False)
        }
        size = sum(path.stat().st_size for path in folders[0].iterdir())
    print(f"{len(names)} files, {size / 1e6:.0f} MB: {len(wrong)} differ {sorted(wrong)[:5] or ''}")
    sys.exit(bool(wrong))


def write(source: Path | None, folder: Path, records: int) -> None:
    """Into `folder` the exports of every record: made here, or taken in from the exports in `source`."""
    import django

    django.setup()
    from django.core.management import call_command

    from record.imports import import_record
    from tests import generated_records, record_cast

    call_command("migrate", verbosity=0)
    for number in range(-1, records):
        record_cast.wipe()
        if not source and number < 0:
            call_command("load_demonstration", verbosity=0)
        elif not source:
            generated_records.publish(number)
        for form in FORMS if source else FORMS[:1]:
            if source:
                record_cast.wipe()
                with open(source / f"{number}.{form}", "rb") as file:
                    import_record(file)
            for ending in FORMS:
                name = f"{number}.{ending}"
                call_command("export_record", str(folder / name), verbosity=0)
                if source and not filecmp.cmp(source / name, folder / name, False):
                    sys.exit(f"Record {number}, taken in from {form}, is exported otherwise as {ending}.")


if __name__ == "__main__":
    main()
