"""What pages of the desk cost: CPU and queries of lists, search, pickers, front page, workspace and review.

    .venv/bin/python benchmarks/desk.py [--statements 1000 100000] [--database sqlite postgresql] [--keep FOLDER]
        [--only WORD]

Each size is a database of its own, thrown away afterwards; with --keep it stays, and is used again the next time. It
holds one article for five statements; half of all is published, a tenth in review, the rest drafts. Every list is
asked as it opens, sorted by each of its columns, with each of its filters, and at its last page. CPU is that of the
process and, on PostgreSQL, of the database's process behind its connection; the middle of several runs. It is compared
with an admin page that shows nothing. A page is marked that takes more than 20 times as much, or other queries than at
the smaller size. --only measures the pages with that word in their names.
"""

import argparse
import json
import os
import random
import statistics
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from records import kept, run, throwaway

RUNS, WARM_UPS = 3, 1
MOST_CHOICES = 6  # of a filter that are asked
MOST_TIMES = 20
ARTICLE_SHARE, CLAIM_SHARE, ACTOR_SHARE, QUESTION_SHARE = 5, 20, 10, 500  # statements for one of each
TOGETHER = 2000
COMMON, RARE = "water", "quokka"


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("--statements", type=int, nargs="+", default=[1000, 100_000])
    arguments.add_argument("--database", nargs="+", default=["sqlite", "postgresql"])
    arguments.add_argument("--keep", type=Path, help="folder of the desks that are made once")
    arguments.add_argument("--only", default="", help="a word of the names of the pages that are measured")
    arguments.add_argument("--fill", type=int, help=argparse.SUPPRESS)
    arguments.add_argument("--measure", action="store_true", help=argparse.SUPPRESS)
    asked = arguments.parse_args()
    if asked.fill or asked.measure:
        import django

        django.setup()
        if asked.fill:
            fill(asked.fill)
        else:
            print(json.dumps(measure(asked.only)))
        return
    for database in asked.database:
        smaller: dict = {}
        for count in sorted(asked.statements):
            with desk_of(database, count, asked.keep) as environment:
                told = run(environment, Path(__file__), "--measure", "--only", asked.only)
            figures = json.loads(told.splitlines()[-1])
            report(database, count, figures, smaller)
            smaller = figures


@contextmanager
def desk_of(database: str, count: int, folder: Path | None) -> Iterator[dict[str, str]]:
    """The environment of a process at such a desk."""

    def make(environment: dict[str, str]) -> None:
        run(environment, "manage.py", "migrate", "--verbosity", "0")
        run(environment, Path(__file__), "--fill", count)

    if folder is not None:
        with kept(database, f"desk_{count}", folder, make) as environment:
            yield environment
        return
    with throwaway(database) as environment:
        make(environment)
        yield environment


def report(database: str, count: int, figures: dict, smaller: dict) -> None:
    """Prints a line for each page: times an empty page, queries."""
    empty = figures["empty"]["cpu"]
    print(f"\n{database}, {count:,} statements; an empty page {empty * 1e3:.1f} ms")
    for name, of in figures.items():
        times = of["cpu"] / empty
        other = name in smaller and smaller[name]["queries"] != of["queries"]
        mark = "  *" if times > MOST_TIMES or other else ""
        print(f"{name:34}{times:8.1f}{of['queries']:6}{mark}", flush=True)


def measure(word: str) -> dict[str, dict]:
    """The figures of the pages with that word in their names, and of the empty page."""
    from django.core.management import call_command

    call_command("collectstatic", interactive=False, verbosity=0)
    asked = addresses() | {name: f"/admin/{query}" for name, query in list_queries()}
    return {name: measure_page(address) for name, address in asked.items() if word in name or name == "empty"}


def addresses() -> dict[str, str]:
    """What is asked beside the lists, by name."""
    from articles.models import Article
    from claims.models import Actor, Claim, Question, Statement

    article = Article.objects.order_by("pk")[5]
    statements = Statement.objects.order_by("pk")
    found = {"empty": "/admin/password_change/done/", "front page": "/admin/", "mine": "/admin/mine/"}
    for noun in ("articles/article", "claims/statement", "claims/claim", "claims/question", "claims/actor"):
        for word in (COMMON, RARE):
            found[f"list {noun} {word}"] = f"/admin/{noun}/?q={word}"
    for word in (COMMON, RARE, "nothingofthekind", "water+bridge"):
        found[f"search {word}"] = f"/admin/search/?q={word}"
    found["search one noun"] = f"/admin/search/?q={COMMON}&in=statement"
    found["search one noun texts"] = f"/admin/search/?q={COMMON}&in=capture"
    pick = "/admin/autocomplete/?app_label={}&model_name={}&field_name={}&term={}"
    for model, field in (("statement", "speaker"), ("stance", "claim"), ("claim", "question")):
        found[f"picker {field}"] = pick.format("claims", model, field, COMMON)
    found["picker speaker letter"] = pick.format("claims", "statement", "speaker", "a")
    found["picker claim all"] = pick.format("claims", "stance", "claim", "")
    found["picker outlet"] = pick.format("articles", "article", "outlet", "o")
    found["picker article"] = pick.format("articles", "article", "derived_from", COMMON)
    found["picker saved text"] = pick.format("articles", "passage", "capture", "a")
    found["workspace"] = f"/admin/articles/article/{article.pk}/workspace/"
    for model in (Article, Claim, Question, Actor, Statement):
        obj = model.objects.order_by("pk")[0 if model is Question else 5]
        found[str(model._meta.verbose_name)] = (
            f"/admin/{model._meta.app_label}/{model._meta.model_name}/{obj.pk}/change/"
        )
        found[f"history {model._meta.verbose_name}"] = found[str(model._meta.verbose_name)].replace("change", "history")
    for total in (1, 40):
        of = "&".join(f"of={statement.public_id}" for statement in statements[6 : 6 + total])
        for act in ("submit", "publish"):
            found[f"{act} {total}"] = f"/admin/claims/release/action/{act}/?{of}"
        back = "&".join(f"of={statement.public_id}" for statement in statements[5 : 10 * total : 10])
        found[f"send back {total}"] = f"/admin/claims/release/action/send-back/?{back}"
    return found


def list_queries() -> Iterator[tuple[str, str]]:
    """(name, address under /admin/) of every list as it opens, sorted, filtered, and at its last page."""
    from django.contrib import admin
    from django.contrib.auth.models import User
    from django.test import RequestFactory

    for model, desk in admin.site._registry.items():
        noun = f"{model._meta.app_label}/{model._meta.model_name}"
        request = RequestFactory().get(f"/admin/{noun}/")
        request.user = User.objects.get(is_superuser=True)
        if not desk.has_view_permission(request):
            continue
        changes = desk.get_changelist_instance(request)
        yield f"list {noun}", f"{noun}/"
        if changes.paginator.num_pages > 1:
            yield f"list {noun} last page", f"{noun}/?p={changes.paginator.num_pages}"
        for number, column in enumerate(changes.list_display):
            if changes.get_ordering_field(column):
                for sign in ("", "-"):
                    yield f"list {noun} by {sign}{getattr(column, '__name__', column)}", f"{noun}/?o={sign}{number}"
        for chooser in changes.filter_specs:
            for choice in list(chooser.choices(changes))[1 : 1 + MOST_CHOICES]:
                yield f"list {noun} {chooser.title} {choice['display']}", f"{noun}/{choice['query_string']}"


def fill(count: int) -> None:
    """A desk of that many statements; half of all is published, a tenth in review; a tenth is assigned."""
    from django.contrib.auth.models import User
    from django.db import transaction
    from django.utils import timezone

    from articles.desk_index import rebuild_index
    from articles.models import Article, Capture, Outlet, Passage, Trace
    from articles.text import fingerprint
    from claims.models import (
        Actor,
        ActorName,
        Appearance,
        Assignment,
        Claim,
        Notice,
        ProposalTally,
        Question,
        Release,
        Stance,
        Statement,
    )
    from claims.suggestions.claim_index import write_terms
    from language.names.spellings import fold

    chief = User.objects.create_superuser("chief", password=None)
    made = random.Random(7)
    vocabulary = ["".join(made.choices("aeiou", k=1) + made.choices("bdgklmnprst", k=4)) for _ in range(4000)]

    def words(number: int) -> str:
        return " ".join(made.choices(vocabulary, k=number))

    def make(model, rows):
        found = []
        for start in range(0, len(rows), TOGETHER):
            found += model._base_manager.bulk_create(rows[start : start + TOGETHER])
        return found

    def said(number: int) -> str:
        return f"{words(8)} {COMMON if number % 5 else 'bridge water'}{' ' + RARE if number in (3, 30) else ''}"

    now = timezone.now()
    outlets = make(Outlet, [Outlet(name=f"Outlet {number}", slug=f"outlet-{number}") for number in range(20)])
    questions = make(
        Question,
        [Question(title=f"{said(n)} {n}?", slug=f"q-{n}") for n in range(max(2, count // QUESTION_SHARE))],
    )
    claims = make(
        Claim,
        [
            Claim(question=made.choice(questions), text=f"{said(n)} {n}.", slug=f"c-{n}", kind="fact")
            for n in range(count // CLAIM_SHARE)
        ],
    )
    for start in range(0, len(claims), TOGETHER):
        write_terms(claims[start : start + TOGETHER])
    actors = make(
        Actor,
        [Actor(name=f"{words(2)} {n}".title(), slug=f"a-{n}", kind="person") for n in range(count // ACTOR_SHARE)],
    )
    make(ActorName, [ActorName(actor=row, name=row.name, folded=fold(row.name), kind="primary") for row in actors])
    articles = make(
        Article,
        [
            Article(
                outlet=made.choice(outlets),
                headline=f"{said(n)} {n}",
                slug=f"x-{n}",
                language="en",
                published="2021-05-03",
                published_earliest="2021-05-03",
                published_latest="2021-05-03",
            )
            for n in range(count // ARTICLE_SHARE)
        ],
    )
    texts = [
        f"{row.headline}\n\n" + "\n\n".join(f"“{said(n)},” said {words(2).title()}. {words(60)}." for n in range(6))
        for row in articles
    ]
    captures = make(
        Capture,
        [
            Capture(article=row, text=text, sha256=fingerprint(text), retrieved_at=now)
            for row, text in zip(articles, texts, strict=True)
        ],
    )
    statements = make(
        Statement,
        [
            Statement(speaker=made.choice(actors), summary=f"{said(n)} {n}", mode="indirect", said_on="")
            for n in range(count)
        ],
    )
    passages = make(
        Passage,
        [
            Passage(
                capture=captures[n % len(captures)],
                start=20 * (n // len(captures)),
                end=20 * (n // len(captures)) + 15,
                exact=captures[n % len(captures)].text[20 * (n // len(captures)) :][:15],
            )
            for n in range(count)
        ],
    )
    pairs = zip(statements, passages, strict=True)
    make(Appearance, [Appearance(statement=row, passage=passage) for row, passage in pairs])
    make(Stance, [Stance(statement=row, claim=made.choice(claims), kind="affirms") for row in statements])
    later = [
        Capture(article=row.article, text=row.text[9:], sha256=fingerprint(row.text[9:]), retrieved_at=now)
        for row in captures[::10]
    ]
    make(Capture, later)
    make(ProposalTally, [ProposalTally(capture=row, waiting=n % 3) for n, row in enumerate(captures[::2])])
    for kind, rows in [
        ("outlet", outlets),
        ("question", questions),
        ("claim", claims),
        ("actor", actors),
        ("article", articles),
        ("statement", statements),
    ]:
        public = {"state": "published", "published_revision": 1, "record_seq": 1, "published_at": now}
        waits = {"state": "in review", "submitted_by": chief, "submitted_at": now}
        make(
            Release,
            [
                Release(kind=kind, public_id=row.public_id, label=str(row)[:300], **(waits if n % 10 == 5 else public))
                for n, row in enumerate(rows)
                if n % 10 < 6
            ],
        )
        make(
            Trace,
            [
                Trace(kind=kind, public_id=row.public_id, label=str(row)[:300], revision=1, verb="add", by=chief)
                for row in rows
            ],
        )
    make(
        Assignment,
        [Assignment(kind="statement", public_id=row.public_id, editor=chief) for row in statements[::10]],
    )
    make(
        Notice,
        [Notice(reason="assigned", kind="statement", public_id=row.public_id, user=chief) for row in statements[::10]],
    )
    with transaction.atomic():
        rebuild_index()
    if os.environ.get("DATABASE_URL"):
        from django.db import connection

        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")


def measure_page(address: str) -> dict[str, float]:
    """CPU seconds, queries."""
    from django.contrib.auth.models import User
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    client = Client(headers={"host": "localhost"})
    client.force_login(User.objects.get())
    taken = []
    for _ in range(WARM_UPS + RUNS):
        began = cpu()
        answer = client.get(address)
        taken.append(cpu() - began)
        if answer.status_code != 200:
            raise SystemExit(f"{address} answers {answer.status_code}")
    with CaptureQueriesContext(connection) as queries:
        client.get(address)
    return {"cpu": statistics.median(taken[WARM_UPS:]), "queries": len(queries)}


def cpu() -> float:
    """Seconds of CPU that this process has taken, and that of PostgreSQL behind its connection."""
    from django.db import connection

    own = time.process_time()
    if connection.vendor != "postgresql":
        return own
    connection.ensure_connection()
    stat = Path(f"/proc/{connection.connection.info.backend_pid}/stat").read_text()
    user, system = stat.rpartition(")")[2].split()[11:13]
    return own + (int(user) + int(system)) / os.sysconf("SC_CLK_TCK")


if __name__ == "__main__":
    main()
