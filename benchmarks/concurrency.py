"""Exports while the desk publishes, and readers who stop reading: whether anybody is hurt.

    python benchmarks/concurrency.py [--exports 200] [--stalled 50] [--commits 50] [--statements 1000]

For each database a throw-away record is served by gunicorn as in production, on a free port of this machine. One
process publishes at the wanted rate; meanwhile readers, `--readers` at a time, take so many exports, and each is
verified: its sum, its chain, and that nothing names what is not in it. Then so many clients ask for an export and stop
reading, while the process publishes on and a page is asked for again and again. Printed are the commits a second, how
long the slowest waited, and what was wrong; ends with 1 if anything was. Everything ends by itself.
"""

import argparse
import http.client
import json
import os
import socket
import statistics
import subprocess
import sys
import threading
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

ROOT = Path(__file__).resolve().parent.parent
MOST_SECONDS = 480  # of one part: what is not done by then is told and given up


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--exports", type=int, default=200)
    parser.add_argument("--readers", type=int, default=12)
    parser.add_argument("--stalled", type=int, default=50)
    parser.add_argument("--commits", type=float, default=50, help="wanted for each second")
    parser.add_argument("--statements", type=int, default=1000)
    parser.add_argument("--seconds", type=float, default=10, help="for which clients stop reading")
    parser.add_argument("--databases", nargs="+", choices=["sqlite", "postgresql"], default=["sqlite", "postgresql"])
    parser.add_argument("--publish", type=float, help=argparse.SUPPRESS)  # the process that publishes
    options = parser.parse_args()
    if options.publish:
        publish(options.publish)
        return
    import django

    django.setup()  # to read exports; the databases are those of other processes
    wrong = [attempt(vendor, options) for vendor in options.databases]
    sys.exit(any(wrong))


def attempt(vendor: str, options) -> bool:
    """Both parts on one database; whether anything was wrong."""
    from benchmarks.records import run, throwaway

    with throwaway(vendor) as environment:
        run(environment, "benchmarks/records.py", options.statements, "--projections")
        environment |= {"CLAIMTRACK_PORT": str(free_port()), "CLAIMTRACK_HOSTS": "127.0.0.1", "WEB_CONCURRENCY": "2"}
        run(environment, "manage.py", "collectstatic", "--noinput", "--verbosity", "0")
        server = subprocess.Popen(
            [sys.executable, "-m", "gunicorn", "--log-level", "critical"], cwd=ROOT, env=environment
        )
        try:
            port = int(environment["CLAIMTRACK_PORT"])
            wait_for(port)
            print(f"{vendor}, {options.statements:,} statements")
            wrong = exports(port, environment, options) + stalled(port, environment, options)
        finally:
            server.terminate()
            server.wait(30)
    for sentence in wrong:
        print(f"  WRONG: {sentence}")
    return bool(wrong)


class Publisher:
    """The process that publishes, from the first commit to `end`."""

    def __init__(self, environment, rate: float):
        command = [sys.executable, str(Path(__file__).resolve()), "--publish", str(rate)]
        self.process = subprocess.Popen(
            command, cwd=ROOT, env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )
        self.process.stdout.readline()

    def end(self) -> dict:
        self.process.stdin.close()
        return json.loads(self.process.stdout.read())


def publish(rate: float) -> None:
    """Publishes a statement with its new actor at a time until standing input ends; prints how it went."""
    import random

    import django
    from msgspec.structs import replace

    django.setup()
    from benchmarks.records import Record, identity
    from record.log import append

    made = Record(1000, random.randrange(10**9))
    ended = threading.Event()
    threading.Thread(target=lambda: (sys.stdin.read(), ended.set()), daemon=True).start()
    took, begun, number = [], time.perf_counter(), 0
    first = random.randrange(10**6, 10**8) * 10
    print("begun", flush=True)
    while not ended.is_set():
        number += 1
        actor = made.actor(first + number)
        statement = replace(made.statement(first + number), speaker=identity("actor", first + number))
        before = time.perf_counter()
        append([actor, statement], reason="While others read")
        took.append(time.perf_counter() - before)
        ended.wait(max(0, begun + number / rate - time.perf_counter()))
    seconds = time.perf_counter() - begun
    found = {"rate": number / seconds, "slowest": max(took), "middle": statistics.median(took), "commits": number}
    print(json.dumps(found))


def exports(port: int, environment, options) -> list[str]:
    """So many exports, some at a time, while the record grows; what was wrong."""
    from tests.verified_exports import faults

    wrong, left, lock = [], list(range(options.exports)), threading.Lock()
    sizes, refused, until = [], [0], time.monotonic() + MOST_SECONDS

    def read():
        while time.monotonic() < until:
            with lock:
                if not left:
                    return
                number = left.pop()
            status, content = get(port, "/export.ndjson" if number % 2 else "/export.json")
            if status == 429:
                with lock:
                    left.append(number)
                    refused[0] += 1
                time.sleep(0.5)
            elif status != 200:
                wrong.append(f"an export was answered with {status}")
            else:
                sizes.append(len(content))
                wrong.extend(faults(content))

    publisher, begun = Publisher(environment, options.commits), time.perf_counter()
    during(read, options.readers)
    seconds, done = time.perf_counter() - begun, publisher.end()
    wrong += [f"{len(left)} exports were not given in {MOST_SECONDS} s"] if left else []
    print(
        f"  {len(sizes)} exports of {statistics.mean(sizes or [0]) / 1e6:.1f} MB, {options.readers} at a time, in "
        f"{seconds:.0f} s ({refused[0]} times told to ask again)"
    )
    return wrong + told(done, options.commits)


def stalled(port: int, environment, options) -> list[str]:
    """Clients that ask and stop reading, while pages are read and the record grows; what was wrong."""
    alone, wrong = pages(port, environment, options)
    held = [stop_reading(port) for _ in range(options.stalled)]
    beside, more = pages(port, environment, options)
    for one in held:
        one.close()
    print(f"  beside {options.stalled} clients that stopped reading a page takes {beside / alone:.1f} times as long")
    return wrong + more + ([f"pages take {beside / alone:.1f} times as long"] if beside > 3 * alone else [])


def pages(port: int, environment, options) -> tuple[float, list[str]]:
    """The seconds that one page takes, in the middle, while the record grows; and what was wrong."""
    publisher, took, wrong = Publisher(environment, options.commits), [], []
    until = time.monotonic() + options.seconds
    while time.monotonic() < until:
        before = time.perf_counter()
        status, _ = get(port, "/actors/actor-0")
        took.append(time.perf_counter() - before)
        if status != 200:
            wrong.append(f"a page was answered with {status}")
    middle = statistics.median(took)
    print(f"  {len(took)} pages, {middle * 1000:.0f} ms in the middle, {max(took) * 1000:.0f} ms the slowest")
    return middle, wrong + told(publisher.end(), options.commits)


def told(done: dict, wanted: float) -> list[str]:
    print(
        f"  {done['commits']} commits, {done['rate']:.0f} a second; one takes {done['middle'] * 1000:.1f} ms in the "
        f"middle, {done['slowest'] * 1000:.0f} ms the slowest"
    )
    wrong = [f"a commit took {done['slowest']:.2f} s"] if done["slowest"] > 0.5 else []
    return wrong + ([f"only {done['rate']:.1f} commits a second"] if done["rate"] < 0.98 * wanted else [])


def during(work, count: int) -> None:
    threads = [threading.Thread(target=work) for _ in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def get(port: int, path: str) -> tuple[int, bytes]:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    try:
        connection.request("GET", path)
        response = connection.getresponse()
        return response.status, response.read()
    except (OSError, http.client.HTTPException) as error:
        return 0, str(error).encode()
    finally:
        connection.close()


def stop_reading(port: int) -> socket.socket:
    """A connection that has asked for an export, took its first bytes and takes no more."""
    one = socket.create_connection(("127.0.0.1", port), timeout=60)
    one.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
    one.sendall(b"GET /export.ndjson HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n")
    one.recv(100)
    return one


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def wait_for(port: int) -> None:
    for _ in range(300):
        if get(port, "/schema.json")[0] == 200:
            return
        time.sleep(0.2)
    sys.exit("The server did not start.")


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "claimtrack.settings")
    main()
