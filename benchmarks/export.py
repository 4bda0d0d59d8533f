"""How fast the record goes out: NDJSON against the raw driver reading the same bytes, and against json.dumps a row.

    python benchmarks/export.py [--statements 20000]

Makes a throw-away record on SQLite in a temporary folder, with synthetic statements, and prints rows/s of CPU time
and their ratios, the time to the first byte and the memory over idle. Nothing else on the machine is touched.
"""

import argparse
import json
import os
import random
import resource
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--statements", type=int, default=20_000)
    parser.add_argument("--rounds", type=int, default=5)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        os.environ |= {"CLAIMTRACK_STATE_DIR": folder, "CLAIMTRACK_ROLE": "desk"}
        os.environ.pop("DATABASE_URL", None)
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "claimtrack.settings")
        import django

        django.setup()
        from django.core.management import call_command

        call_command("migrate", "record", verbosity=0)
        measure(options.statements, options.rounds)


def measure(statements: int, rounds: int) -> None:
    from django.db import connection

    from record.exports import FORMATS, snapshot

    started = time.process_time()
    fill(statements)
    rows = snapshot(using="default").count
    print(f"{rows} entries appended at {rows / (time.process_time() - started):,.0f} rows/s of CPU time")

    idle = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    results = {
        "raw driver, text": best(rounds, lambda: raw(connection, "document")),
        "raw driver, uncoded bytes": best(rounds, lambda: raw(connection, "CAST(document AS BLOB)")),
        "export.ndjson": best(rounds, lambda: sum(map(len, FORMATS["ndjson"](snapshot(using="default"))))),
        "export.json": best(rounds, lambda: sum(map(len, FORMATS["json"](snapshot(using="default"))))),
        "json.dumps of each row": best(max(1, rounds // 2), naive),
    }
    over_idle = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - idle) / 1024
    baseline = results["raw driver, text"][0]
    for name, (seconds, size) in results.items():
        ratio = baseline / seconds
        print(f"{name:26} {rows / seconds:>9,.0f} rows/s {size / seconds / 1e6:>5,.0f} MB/s {ratio:>6.2f} of raw")
    first = time.perf_counter()
    content = FORMATS["ndjson"](snapshot(using="default"))
    next(content), next(content)
    print(f"first entries after {(time.perf_counter() - first) * 1000:.1f} ms; {over_idle:.1f} MB over idle")


def best(rounds: int, work) -> tuple[float, int]:
    """The shortest CPU time of some rounds, and the bytes made."""
    times = []
    for _ in range(rounds):
        started = time.process_time()
        size = work()
        times.append(time.process_time() - started)
    return min(times), size


def raw(connection, document: str) -> int:
    """The bytes of every document and of what else an entry holds, read by the driver alone and thrown away."""
    rows = connection.connection.execute(
        f"SELECT {document}, reason, salt, digest, link FROM record_publication ORDER BY seq"
    )
    return sum(sum(map(len, row)) for row in rows)


def naive() -> int:
    """What a first draft would do: objects from the ORM, each document parsed and dumped again."""
    from record.entries import moment
    from record.models import Publication

    size = 0
    for row in Publication.objects.order_by("seq").iterator():
        entry = {
            "seq": row.seq,
            "version": row.version,
            "published_at": moment(row.published_at),
            "reason": row.reason,
            "salt": row.salt,
            "digest": row.digest,
            "link": row.link,
            "document": json.loads(row.document),
        }
        size += len(json.dumps(entry, ensure_ascii=False).encode())
    return size


def fill(statements: int) -> None:
    """A record with a few hot questions, a long tail of articles, and one to four printings a statement."""
    from record.log import append
    from tests import record_cast as cast

    rng = random.Random(1)
    questions = [cast.question(f"q{n:011d}", f"question-{n}", f"What of matter {n}?") for n in range(20)]
    claims = [
        cast.claim(f"c{n:011d}", f"claim-{n}", words(rng, 12), about=f"q{int(rng.paretovariate(1)) % 20:011d}")
        for n in range(200)
    ]
    outlets = [cast.outlet(f"u{n:011d}", f"outlet-{n}", words(rng, 2)) for n in range(50)]
    actors = [cast.actor(f"a{n:011d}", f"actor-{n}", words(rng, 3)) for n in range(500)]
    articles = [
        cast.article(f"r{n:011d}", f"article-{n}", words(rng, 9), printed_by=f"u{rng.randrange(50):011d}")
        for n in range(max(1, statements // 5))
    ]
    append([*questions, *claims, *outlets, *actors, *articles], reason="Synthetic")
    batch = []
    for n in range(statements):
        printings = [
            cast.appearance(f"r{rng.randrange(len(articles)):011d}", words(rng, 20), printed_name=words(rng, 2))
            for _ in range(rng.choice([1, 1, 1, 2, 2, 4]))
        ]
        batch.append(
            cast.statement(
                f"s{n:011d}",
                words(rng, 14),
                speaker=f"a{int(rng.paretovariate(0.5)) % 500:011d}",
                stances=[cast.stance(f"c{rng.randrange(200):011d}")],
                appearances=printings,
                words=words(rng, 20),
                language="kk-Cyrl",
            )
        )
        if len(batch) == 1000:
            append(batch, reason="Synthetic")
            batch = []
    if batch:
        append(batch, reason="Synthetic")


SYLLABLES = ["ka", "мо", "ri", "сен", "tal", "уй", "bek", "ғұ", "ne", "水", "sta", "лық"]


def words(rng: random.Random, count: int) -> str:
    return " ".join("".join(rng.choices(SYLLABLES, k=rng.randrange(1, 4))) for _ in range(count))


if __name__ == "__main__":
    main()
