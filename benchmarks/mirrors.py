"""Whether records go from SQLite to PostgreSQL and back to the byte: the demonstration, and any number made up.

    python benchmarks/mirrors.py [--records 300]
    python benchmarks/mirrors.py --guide

Each record is made on SQLite in a throw-away database, exported, imported into an empty one on PostgreSQL, exported,
imported into an empty one on SQLite, and exported again, in both formats. Prints what differs; ends with 1 if any does.
The records are those of tests/generated_records.py.

`--guide` does what docs/mirrors.md says, line by line in a shell, in a fresh checkout, to a served page. The
origin is a kept export behind a plain file server; the mirror's entries must be the origin's to the byte.
"""

import argparse
import filecmp
import os
import socket
import subprocess
import sys
import tempfile
import threading
import time
from contextlib import contextmanager, suppress
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.request import urlopen

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

FORMS = ("json", "ndjson")


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--records", type=int, default=300)
    parser.add_argument("--there", nargs=3, help=argparse.SUPPRESS)  # one process: source folder or "", folder, records
    parser.add_argument("--guide", action="store_true", help="the lines of docs/mirrors.md, as they stand")
    options = parser.parse_args()
    if options.guide:
        follow_guide()
        return
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


def follow_guide() -> None:
    """Does the lines of docs/mirrors.md; an error where one fails or the mirror serves other entries."""
    section = (ROOT / "docs/mirrors.md").read_text().partition("## A mirror\n")[2].partition("\n## ")[0]
    *setting_up, serving, following = [line.strip() for line in section.splitlines() if line.startswith("    ")]
    with tempfile.TemporaryDirectory(prefix="claimtrack-") as place, file_server(Path(place) / "origin") as origin:
        exports = sorted((ROOT / "tests/kept_exports").glob("*.ndjson"))
        whole = exports[-1].read_bytes()
        (Path(place) / "origin/export.ndjson").write_bytes(whole)
        checkout = Path(place) / "checkout"
        subprocess.run(["git", "clone", "--quiet", ROOT, checkout], check=True)
        ours = ("CLAIMTRACK_", "DATABASE_", "DJANGO_")
        environment = {name: value for name, value in os.environ.items() if not name.startswith(ours)}
        environment["CLAIMTRACK_PORT"] = str(free_port())
        lines = "\n".join([*setting_up, f"exec env {serving}"]).replace("https://example.org", origin)
        shell = ["bash", "-euo", "pipefail", "-c"]
        served = subprocess.Popen([*shell, lines], cwd=checkout, env=environment)
        try:
            address = f"http://127.0.0.1:{environment['CLAIMTRACK_PORT']}"
            page = wait_for(f"{address}/", served)
            print(f"{len(page)} bytes of the first page")
            with urlopen(f"{address}/export.ndjson") as answer:
                mirrored = answer.read().splitlines()[1:-1]
            same = mirrored == whole.splitlines()[1:-1]
            print(f"{len(mirrored)} entries: {'the same to the byte' if same else 'other bytes'}")
            state = f"export CLAIMTRACK_STATE_DIR=$PWD/var\n{following}".replace("https://example.org", origin)
            subprocess.run([*shell, state], cwd=checkout, env=environment, check=True)
        finally:
            served.terminate()
            served.wait()
        sys.exit(not same)


@contextmanager
def file_server(folder: Path):
    """Serves the files of a folder, whatever query is asked with; gives the address."""
    folder.mkdir()
    serve = partial(SimpleHTTPRequestHandler, directory=folder)
    with ThreadingHTTPServer(("127.0.0.1", 0), serve) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as free:
        return free.getsockname()[1]


def wait_for(address: str, served: subprocess.Popen) -> bytes:
    """The page, once it is served; an error where the program ends before."""
    while served.poll() is None:
        with suppress(OSError), urlopen(address) as answer:
            return answer.read()
        time.sleep(1)
    sys.exit(f"The guide's lines ended with {served.returncode}.")


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
