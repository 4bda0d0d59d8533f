"""What pages cost: CPU, queries and bytes of every kind of page, at each size of a record that is made up.

    .venv/bin/python benchmarks/pages.py [--statements 1000 100000] [--database sqlite postgresql] [--json FILE]
        [--keep FOLDER]

Each size is a database of its own, thrown away afterwards; with --keep it stays, and is used again the next time. In
one process of it each page is asked for in turn with an empty view (Django, the site's middleware, "ok"), because what
a second of CPU does depends on what else the machine does: made anew, and where it is kept also from the kept pages,
and with the ETag of a reader who has it. CPU is that of the process and, on PostgreSQL, of the database's process
behind its connection; the middle of several runs. What a page's queries cost when they are run alone stands beside
it, and a search is compared with its longest one. Between two sizes of a database the exponent of growth is
log(CPU ratio) / log(size ratio). What lies past a limit of LIMITS is marked.
"""

import argparse
import json
import math
import os
import statistics
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from operator import itemgetter
from pathlib import Path

from records import ROOT, kept, run, throwaway

RUNS, WARM_UPS = 5, 1
SHORT_RUNS = 60  # of an answer from the kept pages, or of 304
EMPTY_VIEWS = 4  # beside each run
KIB = 1024
# Times an empty view, and bytes of HTML; None where nothing is asked for.
LIMITS = {"home": (25, 100 * KIB), "question": (25, 150 * KIB), "304": (2, None), "kept": (3, None)}
OTHER_PAGES = (40, 200 * KIB)
MOST_QUERIES_OF_SEARCH = 3  # times its bare query


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("--statements", type=int, nargs="+", default=[1000, 100_000])
    arguments.add_argument("--database", nargs="+", default=["sqlite", "postgresql"])
    arguments.add_argument("--json", type=Path, help="where the figures are kept too")
    arguments.add_argument("--keep", type=Path, help="folder of the records that are made once")
    arguments.add_argument("--measure", action="store_true", help=argparse.SUPPRESS)
    asked = arguments.parse_args()
    if asked.measure:
        print(json.dumps(measure()))
        return
    found: dict[str, dict[str, dict]] = {}
    for database in asked.database:
        smaller: tuple[int, dict] | None = None
        for statements in sorted(asked.statements):
            with record_of(database, statements, asked.keep) as environment:
                figures = json.loads(run(environment, __file__, "--measure"))
            report(database, statements, figures, smaller)
            smaller = (statements, figures)
            found.setdefault(database, {})[str(statements)] = figures
            if asked.json:
                asked.json.write_text(json.dumps(found, indent=1))


@contextmanager
def record_of(database: str, statements: int, folder: Path | None) -> Iterator[dict[str, str]]:
    """The environment of a process with such a record."""
    if folder is not None:
        with kept(database, statements, folder) as environment:
            yield environment
        return
    with throwaway(database) as environment:
        run(environment, ROOT / "benchmarks/records.py", statements, "--projections")
        yield environment


def report(database: str, statements: int, figures: dict, smaller: tuple[int, dict] | None) -> None:
    """Prints a line for each page: times an empty view, queries, KiB, growth since the smaller size."""
    empty = statistics.median(of["empty"] for of in figures.values())
    print(f"\n{database}, {statements:,} statements; an empty view {empty * 1e3:.2f} ms")
    print(f"{'page':44}{'x empty':>9}{'queries':>9}{'alone':>8}{'KiB':>8}{'x bare':>8}{'growth':>8}")
    for name, of in figures.items():
        times = of["cpu"] / of["empty"]
        most_times, most_bytes = LIMITS.get(name.split()[-1], LIMITS.get(name.split()[0], OTHER_PAGES))
        over = times > most_times or (most_bytes is not None and of["bytes"] > most_bytes and "json" not in name)
        bare = of.get("bare", 0)
        growth = ""
        if smaller and name in smaller[1]:
            before = smaller[1][name]["cpu"] / smaller[1][name]["empty"]
            growth = math.log(times / before) / math.log(statements / smaller[0])
            over, growth = over or growth > 0.1, f"{growth:.2f}"
        over = over or (bare and of["cpu"] / bare > MOST_QUERIES_OF_SEARCH)
        shown = f"{of['cpu'] / bare:.1f}" if bare else ""
        mark = "  *" if over else ""
        alone = f"{of['alone'] / of['empty']:.1f}" if "alone" in of else ""
        line = f"{name:44}{times:9.1f}{of['queries']:9}{alone:>8}{of['bytes'] / KIB:8.1f}{shown:>8}{growth:>8}{mark}"
        print(line, flush=True)


def measure() -> dict[str, dict]:
    """The figures of every page of this process's record, by a name whose first word is the kind of page."""
    import django

    os.environ["DJANGO_SETTINGS_MODULE"] = "claimtrack.settings"
    django.setup()
    from django.conf import settings
    from django.core.management import call_command

    call_command("collectstatic", interactive=False, verbosity=0)
    settings.ROOT_URLCONF = "pages"
    settings.ALLOWED_HOSTS = ["*"]
    ask = Asker()
    found = {}
    for name, address in addresses().items():
        ask.forget()
        found[name] = ask.measure(address, before=ask.forget)
        queries = ask.queries_alone(address)
        found[name]["alone"] = sum(queries)
        if name.startswith("search"):
            found[name]["bare"] = max(queries)
        elif name.split()[0] in KEPT_KINDS and "json" not in name:
            etag = ask.answer(address).get("ETag", "")
            found[f"{name} 304"] = ask.measure(address, runs=SHORT_RUNS, HTTP_IF_NONE_MATCH=etag)
            found[f"{name} kept"] = ask.measure(address, runs=SHORT_RUNS, HTTP_ACCEPT_ENCODING="gzip")
    return found


KEPT_KINDS = ("home", "question", "claim", "actor", "article")


class Asker:
    """Asks this process's site, all middleware included, and measures."""

    def __init__(self) -> None:
        from django.core.handlers.wsgi import WSGIHandler
        from django.test import RequestFactory

        self.handler, self.factory = WSGIHandler(), RequestFactory()

    def answer(self, address: str, **headers: str):
        response = self.handler.get_response(self.factory.get(address, **headers))
        assert response.status_code in (200, 304), (address, response.status_code, response.content[:500])
        return response

    def forget(self) -> None:
        """Empties the kept pages."""
        from record.pages.kept_pages import forget_pages

        forget_pages()

    def measure(self, address: str, before=lambda: None, runs: int = RUNS, **headers: str) -> dict:
        """CPU in seconds, and that of an empty view, the middle of some runs; queries; bytes."""
        from django.db import connections
        from django.test.utils import CaptureQueriesContext

        costs, empty = [], []
        for number in range(runs + WARM_UPS):
            before()
            start = self.cpu()
            response = self.answer(address, **headers)
            end = self.cpu()
            for _ in range(EMPTY_VIEWS):
                self.answer("/empty")
            if number >= WARM_UPS:
                costs.append(end - start)
                empty.append((self.cpu() - end) / EMPTY_VIEWS)
        before()
        with CaptureQueriesContext(connections["public"]) as captured:
            self.answer(address, **headers)
        return {
            "cpu": statistics.median(costs),
            "empty": statistics.median(empty),
            "queries": len(captured),
            "bytes": len(response.content),
        }

    def queries_alone(self, address: str) -> list[float]:
        """The CPU of each of this address's queries, run alone; not of one that libpq is asked itself."""
        from django.db import connections
        from django.test.utils import CaptureQueriesContext

        self.forget()
        with CaptureQueriesContext(connections["public"]) as captured:
            self.answer(address)
        found = []
        for query in filter(itemgetter("sql"), captured.captured_queries):
            costs = []
            for _ in range(RUNS):
                with connections["public"].cursor() as cursor:
                    start = self.cpu()
                    cursor.connection.execute(query["sql"]).fetchall()
                    costs.append(self.cpu() - start)
            found.append(statistics.median(costs))
        return found

    def cpu(self) -> float:
        """Seconds of CPU so far, of this process and of the database's process behind the readers' connection."""
        from django.db import connections

        connection = connections["public"]
        if connection.vendor != "postgresql":
            return time.process_time()
        connection.ensure_connection()
        with open(f"/proc/{connection.connection.info.backend_pid}/schedstat") as file:
            return time.process_time() + int(file.read().split()[0]) / 1e9


def addresses() -> dict[str, str]:
    """The addresses of every kind of page by name: hot, middling and small ones, their JSON, searches, files."""
    from urllib.parse import quote

    from django.db.models import Count

    from record.documents.addresses import address_for
    from record.models import Current, Position, Printing, Publication, Reference

    head = Publication.objects.latest("seq").seq
    found = {"home": "/", "home json": "/home.json", "home past": f"/?at={head // 2}"}
    ranked = {
        "question": Position.objects.values_list("question"),
        "claim": Position.objects.values_list("claim"),
        "actor": Position.objects.exclude(actor="").values_list("actor"),
        "article": Printing.objects.values_list("article"),
        "outlet": Printing.objects.values_list("outlet"),
        "topic": Reference.objects.filter(kind="topic").values_list("source"),
    }
    slugs: dict[str, dict[str, str]] = {}
    for kind, rows in ranked.items():
        order = [public_id for public_id, count in rows.annotate(n=Count("pk")).order_by("-n")]
        if not order:  # a record that was made before there were topics
            continue
        chosen = {"hot": order[0], "middling": order[len(order) // 2], "small": order[-1]}
        known = dict(Current.objects.filter(public_id__in=chosen.values()).values_list("public_id", "slug"))
        slugs[kind] = {size: known[public_id] for size, public_id in chosen.items()}
        for size, slug in slugs[kind].items():
            found[f"{kind} {size}"] = address_for(kind, slug)
    slugs["statement"] = {
        "hot": Current.objects.filter(kind="statement").order_by("publication").values_list("slug", flat=True)[0]
    }
    found["statement hot"] = address_for("statement", slugs["statement"]["hot"])
    for kind in slugs:
        address = found[f"{kind} hot"]
        found |= {f"{kind} json": f"{address}.json", f"{kind} past": f"{address}?at={head // 2}"}
        found |= {f"{part} {kind}": f"{address}/{part}" for part in ("history", "feed", "cite")}
    for kind in ("question", "claim", "statement"):
        found[f"card {kind}"] = f"{found[f'{kind} hot']}/embed"
    for kind in ("actor", "article"):
        left, right = slugs[kind]["hot"], slugs[kind]["middling"]
        found[f"compare {kind}"] = f"/compare?{kind}={left}&{kind}={right}"
    words = sorted_words()
    question = found["question hot"]
    found |= {
        "question filtered": f"{question}?stance=denies",
        "corrections": "/corrections",
        "feed": "/feed",
        "feed corrections": "/corrections/feed",
        "sitemap": "/sitemap.xml",
        "sitemap part": "/sitemap-1.xml",
        "suggestions": f"/suggest.json?q={quote(words['common'][:3])}",
        **{f"search {name}": f"/search?q={quote(word)}" for name, word in words.items()},
        "search past": f"/search?q={quote(words['common'])}&at={head // 2}",
        "feed past": f"/feed?at={head // 2}",
        "list statements": "/api/statements.json",
        "list past": f"/api/statements.json?at={head // 2}",
        "search filtered": f"/search?q={quote(words['common'])}&kind=statement&stance=denies",
    }
    return found


def sorted_words() -> dict[str, str]:
    """A rare, a middling and a very common word of the statements, two words as a phrase, and a name in Cyrillic."""
    from collections import Counter

    from record.documents import Actor, Statement, decode
    from record.models import Publication

    texts = Publication.objects.filter(kind="statement", superseded_by=None).exclude(document=None)
    some = [decode(text) for text in texts.values_list("document", flat=True)[:3000]]
    statements = [document for document in some if isinstance(document, Statement)]
    counts = Counter(word for of in statements for word in set(of.summary.lower().split()) if len(word) > 3)
    ranked = [word for word, _ in counts.most_common()]
    summary = statements[0].summary.split()
    actors = Publication.objects.filter(kind="actor", superseded_by=None).values_list("document", flat=True)[:200]
    names = [name.text for text in actors for name in getattr(decode(text), "names", ()) if name.language != "en"]
    assert any(isinstance(decode(text), Actor) for text in actors)
    return {
        "common": ranked[0],
        "middling": ranked[len(ranked) // 2],
        "rare": ranked[-1],
        "phrase": f'"{" ".join(summary[1:3])}"',
        "name": names[0].split()[0],
    }


def __getattr__(name: str) -> list:
    """This file is the site's URLconf too: the public pages, and an empty one beside them."""
    if name != "urlpatterns":
        raise AttributeError(name)
    from django.http import HttpResponse
    from django.urls import path

    from claimtrack import urls

    return [path("empty", lambda request: HttpResponse("ok")), *urls.urlpatterns]


if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).parent))
    main()
