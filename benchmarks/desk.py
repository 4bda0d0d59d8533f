"""What pages of the desk cost: CPU and queries of lists, search, pickers, front page, workspace and review.

    .venv/bin/python benchmarks/desk.py [--statements 1000 20000] [--database sqlite postgresql]

Each size is a database of its own with a desk full of drafts, one article for five statements, thrown away afterwards.
CPU is that of the process and, on PostgreSQL, of the database's process behind its connection; the middle of several
runs. It is compared with an admin page that shows nothing. A page is marked that takes more than 20 times as much, or
other queries than at the smaller size.
"""

import argparse
import json
import os
import random
import statistics
import time
from pathlib import Path

from records import run, throwaway

RUNS, WARM_UPS = 5, 1
MOST_TIMES = 20
ARTICLE_SHARE, CLAIM_SHARE, ACTOR_SHARE, QUESTION_SHARE = 5, 20, 10, 500  # statements for one of each
TOGETHER = 2000
COMMON, RARE = "water", "quokka"


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("--statements", type=int, nargs="+", default=[1000, 20_000])
    arguments.add_argument("--database", nargs="+", default=["sqlite", "postgresql"])
    arguments.add_argument("--measure", type=int, help=argparse.SUPPRESS)
    asked = arguments.parse_args()
    if asked.measure:
        print(json.dumps(measure(asked.measure)))
        return
    for database in asked.database:
        smaller: dict = {}
        for count in sorted(asked.statements):
            with throwaway(database) as environment:
                figures = json.loads(run(environment, Path(__file__), "--measure", count).splitlines()[-1])
            report(database, count, figures, smaller)
            smaller = figures


def report(database: str, count: int, figures: dict, smaller: dict) -> None:
    """Prints a line for each page: times an empty page, queries."""
    empty = figures["empty"]["cpu"]
    print(f"\n{database}, {count:,} statements; an empty page {empty * 1e3:.1f} ms")
    for name, of in figures.items():
        times = of["cpu"] / empty
        other = name in smaller and smaller[name]["queries"] != of["queries"]
        mark = "  *" if times > MOST_TIMES or other else ""
        print(f"{name:34}{times:8.1f}{of['queries']:6}{mark}", flush=True)


def measure(count: int) -> dict[str, dict]:
    """The figures of every page at a desk of that many statements."""
    import django

    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    call_command("collectstatic", interactive=False, verbosity=0)
    fill(count)
    return {name: measure_page(address) for name, address in addresses().items()}


def addresses() -> dict[str, str]:
    """What is asked, by name."""
    from articles.models import Article
    from claims.models import Statement

    article = Article.objects.order_by("pk")[5]
    statement = Statement.objects.order_by("pk")[5]
    found = {"empty": "/admin/password_change/done/", "front page": "/admin/", "mine": "/admin/mine/"}
    for noun in ("articles/article", "claims/statement", "claims/claim", "claims/question", "claims/actor"):
        found[f"list {noun}"] = f"/admin/{noun}/"
        for word in (COMMON, RARE):
            found[f"list {noun} {word}"] = f"/admin/{noun}/?q={word}"
    found["list articles by draft"] = "/admin/articles/article/?status=draft"
    found["list saved texts"] = "/admin/articles/capture/"
    found["review"] = "/admin/claims/release/?state__exact=in+review"
    found["discarded"] = "/admin/articles/discardedobject/"
    for word in (COMMON, RARE, "nothingofthekind", "water+bridge"):
        found[f"search {word}"] = f"/admin/search/?q={word}"
    found["search one noun"] = f"/admin/search/?q={COMMON}&in=statement"
    pick = "/admin/autocomplete/?app_label=claims&model_name={}&field_name={}&term={}"
    for model, field in (("statement", "speaker"), ("stance", "claim"), ("claim", "question")):
        found[f"picker {field}"] = pick.format(model, field, COMMON)
    found["picker saved text"] = "/admin/autocomplete/?app_label=articles&model_name=passage&field_name=capture&term=a"
    found["workspace"] = f"/admin/articles/article/{article.pk}/workspace/"
    found["article"] = f"/admin/articles/article/{article.pk}/change/"
    found["statement"] = f"/admin/claims/statement/{statement.pk}/change/"
    found["submit"] = f"/admin/claims/release/action/submit/?of={statement.public_id}"
    return found


def fill(count: int) -> None:
    """A desk of that many statements, all drafts; a tenth are in review, a tenth are assigned."""
    from django.contrib.auth.models import User
    from django.utils import timezone

    from articles.desk_index import rebuild_index
    from articles.models import Article, Capture, Outlet, Passage
    from articles.text import fingerprint
    from claims.models import Actor, ActorName, Appearance, Assignment, Claim, Question, Release, Stance, Statement
    from claims.suggestions.claim_index import write_terms
    from language.names.spellings import fold

    User.objects.create_superuser("chief", password=None)
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
    chief = User.objects.get()
    review = {"kind": "statement", "state": "in review", "submitted_by": chief, "submitted_at": now}
    make(Release, [Release(public_id=row.public_id, label=str(row.summary), **review) for row in statements[::10]])
    make(
        Assignment,
        [Assignment(kind="statement", public_id=row.public_id, editor=chief) for row in statements[::10]],
    )
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
