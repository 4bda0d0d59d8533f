"""How long taking in an article takes, with its reprint check, as the number of articles grows; and what is found.

    python benchmarks/ingest.py [--sizes 1000 20000] [--articles 60]

Runs on a database of its own (that of DATABASE_URL with a name for tests). Articles are made of words drawn as they
are in language (Zipf), 300 to 500 each, every outlet with a formula at the end. A quarter of those taken in are
reprints: whole, cut to their first third, extended by as much again, or with every fifteenth word changed. Figures are
ratios of CPU and wall time in one run on one machine.
"""

import argparse
import os
import random
import statistics
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "claimtrack.settings")

import django

django.setup()

from django.db import connection, transaction  # noqa: E402
from django.utils import timezone  # noqa: E402

from articles.ingest import take_in  # noqa: E402
from articles.models import Article, Capture, Outlet, Shingle  # noqa: E402
from articles.recognition import MAX_CAPTURES_PER_SHINGLE, likely_reprints  # noqa: E402
from articles.reprints import sample_shingles  # noqa: E402
from articles.text import fingerprint  # noqa: E402

WORDS = 20_000
OUTLETS = 50


class Press:
    """Makes articles; the same seed makes the same ones."""

    def __init__(self, seed=1):
        self.chance = random.Random(seed)
        self.words = [f"{a}{b}{c}" for a in "bcdfghklmnprstvz" for b in "aeiou" for c in range(250)][:WORDS]
        total, self.weights = 0.0, []
        for rank in range(1, WORDS + 1):
            total += 1 / rank
            self.weights.append(total)
        self.formulas = [self.prose(60) for _ in range(OUTLETS)]

    def prose(self, length):
        drawn = self.chance.choices(self.words, cum_weights=self.weights, k=length)
        lines = [drawn[at : at + 40] for at in range(0, length, 40)]
        return "\n\n".join(" ".join(line).capitalize() + "." for line in lines)

    def article(self, outlet):
        return f"{self.prose(self.chance.randint(300, 500))}\n\n{self.formulas[outlet]}"

    def reprint(self, text):
        kind = self.chance.choice(["whole", "cut", "extended", "edited"])
        words = text.split(" ")
        if kind == "cut":
            words = words[: len(words) // 3]
        elif kind == "extended":
            words += self.prose(len(words)).split(" ")
        elif kind == "edited":
            words = [self.chance.choice(self.words) if self.chance.random() < 1 / 15 else word for word in words]
        return kind, " ".join(words)


def fill(press, size):
    """Articles up to `size`, put in by the thousand with their shingles and the cap that `index` keeps."""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA cache_size = -400000")  # the filling is not what is measured
    held = {}
    outlets = list(Outlet.objects.order_by("pk"))
    first = Article.objects.count()
    for start in range(first, size, 1000):
        with transaction.atomic():
            numbers = range(start, min(size, start + 1000))
            articles = Article.objects.bulk_create(
                [Article(outlet=outlets[n % OUTLETS], slug=f"a{n}", headline=f"Headline {n}") for n in numbers]
            )
            captures = []
            for number, article in zip(numbers, articles, strict=True):
                text = press.article(number % OUTLETS)
                captures.append(
                    Capture(article=article, text=text, sha256=fingerprint(text), retrieved_at=timezone.now())
                )
            shingles = []
            for capture in Capture.objects.bulk_create(captures):
                for value in sample_shingles(capture.text):
                    held[value] = held.get(value, 0) + 1
                    if held[value] <= MAX_CAPTURES_PER_SHINGLE:
                        shingles.append(Shingle(value=value, capture=capture))
            Shingle.objects.bulk_create(shingles, batch_size=5000)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
        if connection.vendor == "sqlite":
            cursor.execute("PRAGMA cache_size = -2000")


def measure(press, articles):
    """Seconds of wall and CPU time for each of so many articles taken in, and how the reprints among them fared."""
    wall, cpu, fared = [], [], {"found": 0, "missed": 0, "wrong": 0}
    outlets = list(Outlet.objects.order_by("pk"))
    known = list(Capture.objects.order_by("?").select_related("article")[:articles])
    for number, original in enumerate(known):
        is_reprint = number % 4 == 0
        outlet = press.chance.randrange(OUTLETS)
        text = press.reprint(original.text)[1] if is_reprint else press.article(outlet)
        before, before_cpu = time.perf_counter(), time.process_time()
        taken = take_in(text=text, outlet=outlets[outlet], by=None, headline=f"New {press.chance.random()}")
        wall.append(time.perf_counter() - before)
        cpu.append(time.process_time() - before_cpu)
        proposed = {like.article.pk for like in taken.reprints}
        if is_reprint:
            fared["found" if original.article_id in proposed else "missed"] += 1
        fared["wrong"] += len(proposed - ({original.article_id} if is_reprint else set()))
    return wall, cpu, fared


def main():
    options = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    options.add_argument("--sizes", type=int, nargs="+", default=[1_000, 20_000])
    options.add_argument("--articles", type=int, default=60)
    options = options.parse_args()
    connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
    try:
        press = Press()
        Outlet.objects.bulk_create([Outlet(name=f"Outlet {n}", slug=f"outlet-{n}") for n in range(OUTLETS)])
        first = None
        print(f"{connection.vendor}: taking in one article, median of {options.articles}")
        for size in options.sizes:
            fill(press, size)
            measure(press, 5)  # warm
            wall, cpu, fared = measure(press, options.articles)
            wall_ms, cpu_ms = 1000 * statistics.median(wall), 1000 * statistics.median(cpu)
            first = first or (wall_ms, cpu_ms)
            article = Article.objects.order_by("?").first()
            before = time.perf_counter()
            likely_reprints(article)
            check_ms = 1000 * (time.perf_counter() - before)
            print(f"{size:>8,} articles, {Shingle.objects.count():>11,} shingles")
            print(f"{'':9}wall {wall_ms:7.1f} ms, {wall_ms / first[0]:.2f} times the first")
            print(
                f"{'':9}CPU  {cpu_ms:7.1f} ms, {cpu_ms / first[1]:.2f} times the first; check alone {check_ms:.1f} ms"
            )
            of = fared["found"] + fared["missed"]
            print(f"{'':9}reprints found {fared['found']} of {of}, wrongly proposed {fared['wrong']}", flush=True)
    finally:
        connection.creation.destroy_test_db(connection.settings_dict["NAME"], verbosity=0)


if __name__ == "__main__":
    main()
