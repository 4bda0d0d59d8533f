"""How well names are matched, and how long it takes as the number of known names grows.

    python benchmarks/names.py [--sizes 1000 100000]

First precision and recall of "same" over the tables of tests/cases, for the half that was looked at while the rules
were written and for the half held out; over the pairs made without sight of the rules, by their level and by the order
of their scores. Then, on a database of its own (that of DATABASE_URL with a name for tests),
made-up names beside the people of the tables: how often the actor is among the names that the database hands over
(blocking), how often it is offered at all, and the time of a suggestion for one printed name and for thirty at once.
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
from django.test.utils import CaptureQueriesContext  # noqa: E402

from articles.models import Article, Outlet  # noqa: E402
from claims.models import Actor, ActorName  # noqa: E402
from claims.suggestions.blocking import indexed_condition, scan_condition  # noqa: E402
from claims.suggestions.known_actors import KnownActors  # noqa: E402
from language.names.name_likeness import LIKELY, SAME  # noqa: E402
from language.names.name_pairs import compare  # noqa: E402
from language.names.spellings import fold  # noqa: E402
from tests.name_cases import halves, measured, pairs, recall_at_precision, unseen_pairs  # noqa: E402

GIVEN = ["a", "e", "o", "u", "i", "ai"]
ONSETS = ["b", "d", "g", "k", "l", "m", "n", "r", "s", "t", "v", "z", "zh", "sh", "ch", "kh", "q", "j", "y", "h"]
FAMILIES = ["ov", "ev", "in", "sky", "enko", "bek", "bay", "yan", "li", "zade"]


def made_up(chance):
    """A name of two words that sounds like one of the region."""
    word = "".join(chance.choice(ONSETS) + chance.choice(GIVEN) for _ in range(chance.randint(2, 3)))
    family = "".join(chance.choice(ONSETS) + chance.choice(GIVEN) for _ in range(2)) + chance.choice(FAMILIES)
    return f"{word.capitalize()} {family.capitalize()}"


def fill(size, people):
    """`people`, and as many made-up ones as bring the number of names to `size`."""
    chance = random.Random(1)
    names = [*people, *(made_up(chance) for _ in range(size - len(people)))]
    for start in range(0, len(names), 5000):
        with transaction.atomic():
            part = names[start : start + 5000]
            actors = Actor.objects.bulk_create(
                [Actor(name=name, slug=f"a{start + n}", kind="person") for n, name in enumerate(part)]
            )
            ActorName.objects.bulk_create(
                [ActorName(actor=one, name=one.name, folded=fold(one.name), kind="primary") for one in actors]
            )
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")


def median_time(act, times=15):
    """Wall and CPU time of this process in milliseconds, in words."""
    wall, cpu = [], []
    for _ in range(times):
        begun = time.perf_counter(), time.process_time()
        act()
        wall.append(time.perf_counter() - begun[0])
        cpu.append(time.process_time() - begun[1])
    return f"{statistics.median(wall) * 1000:.1f} ms ({statistics.median(cpu) * 1000:.1f} CPU)"


def handed_over(printed, name):
    """Whether the conditions of `blocking` let the recorded `name` through."""
    names = ActorName.objects.filter(folded=fold(name))
    anywhere = scan_condition([printed])
    return names.filter(indexed_condition([printed])).exists() or (
        anywhere is not None and names.filter(anywhere).exists()
    )


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sizes", type=int, nargs="+", default=[1000, 100_000])
    options = parser.parse_args()
    for number, which in enumerate(("looked at", "held out")):
        same, different = halves("same")[number], halves("different")[number]
        precision, recall = measured(same, different)
        print(f"{which:10} {len(same)} pairs of one name, {len(different)} of two: ", end="")
        print(f"precision of “same” {precision:.3f}, recall {recall:.3f}")
    report_unseen()
    known = pairs("same")
    people = list(dict.fromkeys(recorded for _, recorded in known))
    for size in options.sizes:
        made = connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
        try:
            fill(size, people)
            report(size, known)
        finally:
            connection.creation.destroy_test_db(made, verbosity=0)


def report_unseen():
    rows = unseen_pairs()
    same = [tuple(pair) for _, expected, *pair in rows if expected != "different"]
    different = [tuple(pair) for _, expected, *pair in rows if expected == "different"]
    right = sum(compare(*pair).level in (SAME, LIKELY) for pair in same)
    wrong = [compare(*pair).level for pair in different]
    confused = wrong.count(SAME) + wrong.count(LIKELY)
    print(f"made blind {len(same)} pairs of one name, {len(different)} of two: likely or same with ", end="")
    print(
        f"precision {right / (right + confused):.3f}, recall {right / len(same):.3f}; {wrong.count(SAME)} wrong and ",
        end="",
    )
    print(f"the same; recall at precision .99 by score {recall_at_precision(same, different):.3f}")


def report(size, known):
    article = Article.objects.create(outlet=Outlet.objects.create(name="Post", slug="post"), slug="one")
    through = sum(handed_over(printed, recorded) for printed, recorded in known)
    offered = 0
    for printed, recorded in known:
        candidates = KnownActors(article, [printed], "").candidates(printed)
        offered += any(fold(one.actor.name) == fold(recorded) for one in candidates)
    thirty = [printed for printed, _ in known[::10]][:30]
    one = median_time(lambda: KnownActors(article, ["Kassym-Jomart Tokayev"], "").candidates("Kassym-Jomart Tokayev"))

    def all_thirty():
        actors = KnownActors(article, thirty, "")
        for name in thirty:
            actors.candidates(name)

    with CaptureQueriesContext(connection) as queries:
        all_thirty()
    print(f"{size:7} names, {connection.vendor}: ", end="")
    print(f"handed over {through / len(known):.3f}, offered {offered / len(known):.3f}")
    print(f"        one name {one}, thirty {median_time(all_thirty, 5)} in {len(queries)} queries", flush=True)


if __name__ == "__main__":
    main()
