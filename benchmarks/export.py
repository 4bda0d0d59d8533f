"""How fast the record goes out, against what others would use, in one run on one machine.

    python benchmarks/export.py [--statements 20000] [--databases sqlite postgresql] [--peer-rows 20000] [--tables]

For each database a throw-away record is made (records.py), and each contender reads it in a process of its own: our
exports through the whole WSGI application, the peers' views (peers.py) likewise, Datasette through its own client, the
raw driver and PostgreSQL's COPY without any of it. Printed for each: rows and megabytes for each second of CPU time
(that of the database's process too) and of wall time, the peak of memory over that of the idle process, and the time
until the first byte. What answers in pages reads the last rows only, as do our exports a second time: rates do not
depend on the number, and Django REST framework would take an hour for a million. `--tables` measures our tables
alone, by entries of the log.
"""

import argparse
import asyncio
import json
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

COLUMNS = "seq, version, published_at, reason, salt, digest, link, document"
WHOLE = ["export.ndjson", "export.json", "raw driver", "orjson by hand", "COPY"]
LAST_ROWS = [
    "export.ndjson, last rows",
    "orjson by hand, last rows",
    "django-ninja",
    "Django REST framework",
    "the same with serializers",
    "Datasette",
]
TABLES = ["export.csv", "export/claims.csv", "export/stances.csv", "export/changes.csv", "export.sqlite"]
HEADINGS = f"{'':28}{'rows/CPU s':>13}{'MB/CPU s':>11}{'rows/s':>10}{'MB/s':>7}{'MB over idle':>13}{'first byte':>11}"
ONLY = {"COPY": "postgresql", "Datasette": "sqlite"}


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--statements", type=int, default=20_000)
    parser.add_argument("--databases", nargs="+", choices=["sqlite", "postgresql"], default=["sqlite", "postgresql"])
    parser.add_argument("--peer-rows", type=int, default=20_000)
    parser.add_argument(
        "--filters", nargs="*", default=[], metavar="QUERY", help="filtered exports: “question=question-0”"
    )
    parser.add_argument("--tables", action="store_true", help="our tables and nothing else")
    parser.add_argument("--contender", help=argparse.SUPPRESS)  # what one process of the run measures
    options = parser.parse_args()
    if options.contender:
        print(json.dumps(Contender(options.contender, options.peer_rows).measured()))
        return
    for vendor in options.databases:
        compare(vendor, options)


def compare(vendor: str, options) -> None:
    from benchmarks.records import run, throwaway

    with throwaway(vendor) as environment:
        begun = time.perf_counter()
        projections = ["--projections"] if options.filters or options.tables else []
        entries = int(run(environment, "benchmarks/records.py", options.statements, *projections))
        took = time.perf_counter() - begun
        print(f"\n{vendor}: {options.statements:,} statements, {entries:,} entries, made in {took:,.0f} s")
        print(HEADINGS)
        found = {}
        filters = [f"export.ndjson?{query}" for query in options.filters]
        for name in TABLES if options.tables else [*WHOLE, *filters, *LAST_ROWS]:
            if ONLY.get(name, vendor) == vendor:
                found[name] = json.loads(
                    run(environment, __file__, "--contender", name, "--peer-rows", options.peer_rows)
                )
                show(name, found[name])
        if options.tables:
            return
        print("Ratios, per CPU second:")
        for ours, peer in pairs(found, filters):
            ratio = rate(found[ours]) / rate(found[peer])
            print(f"  {ours} / {peer}: {ratio:.2f}", flush=True)


def pairs(found, filters):
    for form in ("export.ndjson", "export.json"):
        yield from ((form, peer) for peer in ("raw driver", "orjson by hand", "COPY") if peer in found)
    yield from ((query, "export.ndjson") for query in filters)
    yield from ((LAST_ROWS[0], peer) for peer in LAST_ROWS[1:] if peer in found)


def rate(one) -> float:
    return one["rows"] / one["cpu"]


def show(name: str, one) -> None:
    rows, size, cpu, wall = one["rows"], one["bytes"] / 1e6, one["cpu"], one["wall"]
    print(
        f"{name:28}{rows / cpu:>13,.0f}{size / cpu:>11,.0f}{rows / wall:>10,.0f}{size / wall:>7,.0f}"
        f"{one['memory'] / 1e6:>13.1f}{one['first'] * 1000:>8.1f} ms",
        flush=True,
    )


class Contender:
    """One way to read the record, measured in this process, which does nothing else."""

    def __init__(self, name: str, last_rows: int):
        import django

        django.setup()
        from django.conf import settings
        from django.core.wsgi import get_wsgi_application
        from django.db import connections

        from record.models import Publication

        self.name = name
        self.application = get_wsgi_application()
        if not name.startswith("export"):
            settings.ROOT_URLCONF = "benchmarks.peers"
        self.connection = connections["public"]
        self.last = Publication.objects.using("public").order_by("-seq").values_list("seq", flat=True)[0]
        self.after = self.last - last_rows if "last rows" in name or name in LAST_ROWS[2:] else 0

    def measured(self) -> dict:
        """Rows, bytes, seconds of CPU and wall time, bytes of memory over idle, seconds until the first byte."""
        warming = self.answer(f"/{self.name}", "as_of=3") if self.name in TABLES else self.read(self.last - 3)
        for _ in warming:  # what is loaded once is loaded
            pass
        idle, cpu, wall, first, size = reset_peak(), self.cpu(), time.perf_counter(), None, 0
        for part in self.read(self.after):
            first = first or time.perf_counter() - wall
            size += part
        wall, cpu = time.perf_counter() - wall, self.cpu() - cpu
        rows = self.last - self.after if "?" not in self.name else self.rows
        return {"rows": rows, "bytes": size, "cpu": cpu, "wall": wall, "memory": peak() - idle, "first": first}

    def cpu(self) -> float:
        """Seconds that this process and the database's have worked."""
        seconds = time.process_time()
        if self.connection.vendor == "postgresql":
            import psutil

            with self.connection.cursor() as cursor:
                cursor.execute("SELECT pg_backend_pid()")
                times = psutil.Process(cursor.fetchone()[0]).cpu_times()
            seconds += times.user + times.system
        return seconds

    def read(self, after: int):
        """The lengths of the parts in which everything after that entry comes."""
        name = self.name.partition(",")[0]
        if name == "raw driver":
            return self.raw(after)
        if name == "COPY":
            return self.copy(after)
        if name == "Datasette":
            return self.datasette(after)
        if name in ("Django REST framework", "the same with serializers"):
            return self.rest("/rest/entries" if name == "Django REST framework" else "/rest/shaped", after)
        if name == "django-ninja":
            return self.ninja(after)
        if name == "orjson by hand":
            return map(len, self.answer("/orjson", f"after={after}"))
        path, _, query = name.partition("?")
        if query:
            return self.counted(path, query)
        return map(len, self.answer(f"/{path}", f"since={after}" if after else ""))

    def counted(self, path: str, query: str):
        """The same; how many rows a filter leaves, the last line tells."""
        for part in self.answer(f"/{path}", query):
            yield len(part)
        self.rows = json.loads(part)["count"]

    def answer(self, path: str, query: str = ""):
        """The body that the WSGI application gives, part by part."""
        from django.test import RequestFactory

        environ = RequestFactory(SERVER_NAME="127.0.0.1").get(f"{path}?{query}").environ
        statuses = []
        body = self.application(environ, lambda status, headers: statuses.append(status))
        yield from body
        body.close()
        assert statuses == ["200 OK"], (path, query, statuses)

    def raw(self, after: int):
        self.connection.ensure_connection()
        query = f"SELECT {COLUMNS} FROM record_publication WHERE seq > {after} ORDER BY seq"
        if self.connection.vendor == "sqlite":
            rows = self.connection.connection.execute(query)
        else:
            self.connection.connection.autocommit = False  # a cursor of the server lives in a transaction
            rows = self.connection.connection.cursor("reading")
            rows.itersize = 2000
            rows.execute(query)
        for *_, reason, salt, digest, link, document in rows:
            yield len(document or "") + len(reason) + len(salt) + len(digest) + len(link)
        if self.connection.vendor != "sqlite":
            rows.close()
            self.connection.connection.rollback()
            self.connection.connection.autocommit = True

    def copy(self, after: int):
        query = f"SELECT {COLUMNS} FROM record_publication WHERE seq > {after} ORDER BY seq"
        with self.connection.cursor() as cursor, cursor.copy(f"COPY ({query}) TO STDOUT") as copy:
            yield from map(len, copy)

    def rest(self, path: str, after: int):
        query = f"after={after}"
        while True:
            body = b"".join(self.answer(path, query))
            yield len(body)
            following = json.loads(body[: body.index(b',"results"')] + b"}")["next"]
            if not following:
                return
            query = following.partition("?")[2]

    def ninja(self, after: int):
        while after < self.last:
            body = b"".join(self.answer("/ninja/entries", f"after={after}"))
            yield len(body)
            after = min(self.last, after + 1000)  # entries are numbered without gaps

    def datasette(self, after: int):
        from datasette.app import Datasette

        name = self.connection.settings_dict["NAME"]
        served = Datasette([str(name)], settings={"max_returned_rows": 1000, "sql_time_limit_ms": 20_000})
        loop = asyncio.new_event_loop()
        path = (
            f"/{Path(name).stem}/record_publication.json?_size=max&_json=document&seq__gt={after}&_nocount=1&_nofacet=1"
        )
        while path:
            answer = loop.run_until_complete(served.client.get(path))
            yield len(answer.content)
            path = answer.json().get("next_url")
            path = path and path[path.index("/", 8) :]
        loop.close()


def reset_peak() -> int:
    """Bytes of memory that this process has now; its peak counts from here."""
    Path("/proc/self/clear_refs").write_text("5")
    return memory("VmRSS")


def peak() -> int:
    return memory("VmHWM")


def memory(field: str) -> int:
    text = Path("/proc/self/status").read_text()
    return int(text[text.index(field) :].split()[1]) * 1024


if __name__ == "__main__":
    main()
