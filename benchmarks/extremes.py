"""What pages and answers carry and read of a record that is extreme in one way each.

    python benchmarks/extremes.py [--database sqlite postgresql] [--scale 1.0] [--keep FOLDER] [--long]

The record has a claim with 20,000 statements by one actor, 5,000 of them in one article; a question with 40 claims and
20,000 actors; an outlet with 10,000 articles, 3,000 of which derive from one article and frame one claim; a topic of
2,000 questions; a question with 3,000 versions; a claim with 2,000 relations each way; a statement with 3,000 printings
and one with 1,000 stances; an actor with 1,000 names of whom 2,000 claims speak, and one who passed on 5,000
statements; an article with 500 framings and captures; an actor of long speeches. With --long every text is as long as
the desk takes it, in letters of three bytes.

Every address of record/urls.py is asked for each of them. Printed are KiB, queries, milliseconds of CPU, and, on
PostgreSQL, how many rows the queries read (EXPLAIN ANALYZE). Ends with 1 where something is over MOST_BYTES.
"""

import argparse
import json
import os
import re
import subprocess
import sys
import time
from pathlib import Path

from records import ROOT, Record, Words, derive_at_once, identity, kept, run, sha

KIB = 1024
MOST_BYTES = {"home": 100 * KIB, "question": 150 * KIB}
OTHERS = 200 * KIB
SIZES = {
    "crowd": 20_000,
    "spoken": 20_000,
    "passages": 5000,
    "articles": 10_000,
    "derived": 3000,
    "questions": 2000,
    "versions": 3000,
    "relations": 2000,
    "printings": 3000,
    "stances": 1000,
    "names": 1000,
    "relayed": 5000,
    "framings": 500,
    "speeches": 60,
}


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("--database", nargs="+", default=["postgresql"])
    arguments.add_argument("--scale", type=float, default=1.0, help="of everything that there is much of")
    arguments.add_argument("--long", action="store_true", help="texts as long as the desk takes them")
    arguments.add_argument("--keep", type=Path, default=Path("/tmp"), help="folder of the records that are made once")
    arguments.add_argument("--only", default="", help="addresses in which these letters are")
    arguments.add_argument("--step", choices=["make", "measure"], help=argparse.SUPPRESS)
    asked = arguments.parse_args()
    if asked.step:
        os.environ["DJANGO_SETTINGS_MODULE"] = "claimtrack.settings"
        import django

        django.setup()
        (make if asked.step == "make" else measure)(asked)
        return
    for vendor in asked.database:
        name = f"extremes_{asked.scale:g}{'_long' if asked.long else ''}".replace(".", "_")
        options = ["--step", "make", "--scale", asked.scale, *(["--long"] if asked.long else [])]
        made = lambda environment: run(environment, __file__, *options)  # noqa: E731, B023
        with kept(vendor, name, asked.keep, made) as environment:
            print(vendor, flush=True)
            command = [sys.executable, __file__, "--step", "measure", "--only", asked.only]
            subprocess.run(command, env=environment, check=True)


def make(asked) -> None:
    """Fills the empty record."""
    from django.core.management import call_command
    from django.db import connection
    from msgspec.structs import replace
    from records import _Log

    from record import documents as d
    from record.models import Publication

    size = {name: max(3, int(count * asked.scale)) for name, count in SIZES.items()}
    call_command("migrate", verbosity=0)
    if not Publication.objects.exists():
        log, made = _Log(1), Record(1000, 1)
        if asked.long:
            made.words = LongWords(made.rng)
        for document in _documents(made, size, d, replace):
            log.add(document)
        question = replace(made.question(1), id=identity("question", 1))
        place = _seq_of(log, question.id)
        for number in range(size["versions"]):
            log.follow(place, replace(question, description=f"{made.words.text(most=300)} {number}"))
            place = log.seq
        log.write()
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    derive_at_once()
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


class LongWords(Words):
    """Sentences of letters that take three bytes, up to the length that is asked for, and without a space."""

    def text(self, language: str = "en", most: int = 500) -> str:
        wanted = LONGEST.get(most, most)
        found = ""
        while len(found) < wanted:
            found += super().text("zh-Hans").replace(" ", "") + "。"
        return found[:wanted]


# What the desk takes where a record has fewer characters: titles, claims, summaries, names.
LONGEST = {120: 190, 440: 490, 240: 300, 90: 300, 24: 190, 30: 200, 80: 500, 500: 2000}


def _seq_of(log, public_id: str) -> int:
    from record.models import Publication

    log.write()
    return Publication.objects.get(public_id=public_id).seq


def _documents(made: Record, size: dict[str, int], d, replace):
    """Questions 0: with 40 claims; 1: with versions; 2: of the hot claim; 3: of the related claims."""
    rng = made.rng
    for number in range(made.counts["article"]):
        made.article(number)
    plain = made.statement(0)
    for number in range(size["questions"]):
        yield replace(made.question(number), position=number)
    yield d.Topic(
        id=identity("topic", 0),
        slug="topic-0",
        title="Much",
        introduction=made.words.text(),
        position=0,
        questions=tuple(identity("question", number) for number in range(size["questions"])),
    )
    for number in range(size["names"]):
        yield replace(made.actor(number), reported_in=None)
    crowd = size["crowd"]
    for number in range(size["names"], crowd + 10):
        yield made.actor(number)
    names = tuple(
        d.Name(text=f"{made.words.text(most=24)} {number}", language="en", kind="alias", scheme="")
        for number in range(size["names"])
    )
    known = tuple(d.Identifier(register="Wikidata", value=f"Q{number}") for number in range(size["names"]))
    yield replace(made.actor(crowd + 10), names=names, identifiers=known, slug="many-names")

    def claim(number, question, **values):
        return replace(made.claim(number), question=identity("question", question), **values)

    about = (d.Subject(kind="actor", actor=identity("actor", crowd + 10), names=()),)
    for number in range(40):
        yield claim(number, 0)
    yield claim(40, 2, slug="hot")
    first = 100
    for number in range(size["relations"]):
        relation = (d.Relation(kind="repeats", claim=identity("claim", 99)),)
        yield claim(first + number, 3, relations=relation, subjects=about, position=number)
    others = tuple(
        d.Relation(kind="contradicts", claim=identity("claim", first + number)) for number in range(size["relations"])
    )
    yield claim(99, 3, slug="related", relations=others)
    for number in range(5):
        yield made.outlet(number)
    framing = d.Framing(claim=identity("claim", 40), part="body", treatment="endorses", words="so it is")
    for number in range(size["articles"] + 10):
        is_derived = 10 < number < size["derived"] + 10
        article = replace(made.article(number), outlet=identity("outlet", 0 if number >= 10 else 1))
        yield replace(
            article,
            derived_from=identity("article", 0) if is_derived else None,
            derivation="verbatim" if is_derived else "",
            framings=(framing,) if is_derived else (),
        )
    framings = tuple(
        replace(framing, claim=identity("claim", first + number % size["relations"]), words=made.words.text(most=90))
        for number in range(size["framings"])
    )
    captures = tuple(
        d.Capture(
            sha256=sha(number), retrieved_at="2024-02-10T00:00:00Z", method="pasted", complete=True, archive_url=""
        )
        for number in range(size["framings"])
    )
    own = identity("article", size["articles"] + 10)
    yield replace(
        made.article(size["articles"] + 10),
        outlet=identity("outlet", 2),
        slug="framed",
        framings=framings,
        captures=captures,
        derived_from=None,
        derivation="",
    )

    def appearance(article: str, place: int, exact: str, chain=()):
        passage = d.Passage(
            exact=exact,
            prefix=made.words.text("en", 32),
            suffix=made.words.text("en", 32),
            start=place * 600,
            end=place * 600 + len(exact),
            capture=sha(0),
        )
        return d.Appearance(article=article, passage=passage, printed_name="Somebody", cue="said", chain=chain)

    def statement(number, speaker, claims, appearances, **values):
        stances = tuple(
            d.Stance(claim=claim, stance=rng.choice(["affirms", "affirms", "denies", "relays"]), hedge="")
            for claim in claims
        )
        own = identity("statement", number)
        values = {
            "id": own,
            "slug": own,
            "said_on": made.date(),
            "summary": made.words.text(most=240),
            "speaker_label": "",
        } | values
        return replace(plain, speaker=speaker, stances=stances, appearances=appearances, **values)

    number = 0
    relay = d.Step(actor=identity("actor", 2), outlet=None, label="", cue="reports", relation="relays")
    for place in range(size["spoken"]):
        printed = [appearance(identity("article", 10 + int(rng.random() * size["articles"])), place, made.words.text())]
        if place < size["passages"]:
            printed.append(appearance(identity("article", 1), place, made.words.text()))
        yield statement(number, identity("actor", 0), [identity("claim", 40)], tuple(printed))
        number += 1
    for place in range(crowd):
        chain = (relay,) if place < size["relayed"] else ()
        article = identity("article", 10 + int(rng.random() * size["articles"]))
        printed = (appearance(article, size["spoken"] + place, made.words.text(), chain),)
        yield statement(number, identity("actor", 5 + place), [identity("claim", place % 40)], printed)
        number += 1
    printed = tuple(
        appearance(identity("article", 10 + place), 2 * crowd + place, made.words.text())
        for place in range(size["printings"])
    )
    yield statement(number, identity("actor", 1), [identity("claim", 0)], printed, slug="much-printed")
    claims = [identity("claim", first + place) for place in range(min(size["stances"], size["relations"]))]
    yield statement(number + 1, identity("actor", 1), claims, (printed[0],), slug="many-stances")
    for place in range(size["speeches"]):
        speech = " ".join(made.words.text() for _ in range(200))[:20_000].strip()
        printed = (appearance(own, place * 100, speech),)
        values = {"words": speech, "translation": speech, "language": "kk-Cyrl"}
        yield statement(number + 2 + place, identity("actor", 3), [identity("claim", 41)], printed, **values)
    yield claim(41, 4, slug="speeches")


# What is extreme, by kind and the last part of its address.
PAGES = {
    "question": ["question-0", "question-1", "question-2", "question-3", "question-4"],
    "topic": ["topic-0"],
    "claim": ["hot", "claim-0", "related", "speeches"],
    "actor": ["actor-0", "actor-1", "actor-2", "actor-3", "many-names"],
    "outlet": ["outlet-0", "outlet-1", "outlet-2"],
    "article": ["article-0", "article-1", "article-11", "framed"],
    "statement": ["much-printed", "many-stances", identity("statement", 0)],
}


def addresses() -> dict[str, str]:
    """Every address of the public record, by a name whose first word is the kind of page."""
    from record.api.reads import KINDS_BY_LIST
    from record.documents.addresses import address_for
    from record.models import Current, Publication

    head = Publication.objects.latest("seq").seq
    found = {"home": "/", "home json": "/home.json", "home past": f"/?at={head - 1}", "home past early": "/?at=60000"}
    for kind, slugs in PAGES.items():
        for slug in slugs:
            known = Current.objects.filter(kind=kind).filter(slug=slug).first()
            if known is None:
                known = Current.objects.get(kind=kind, public_id=slug)
            address = address_for(kind, known.slug)
            found |= {f"{kind} {slug}": address, f"{kind} {slug} json": f"{address}.json"}
            found |= {f"{kind} {slug} past": f"{address}?at={head - 1}"}
            found |= {f"{part} {kind} {slug}": f"{address}/{part}" for part in ("history", "feed", "cite")}
            found[f"history {kind} {slug} json"] = f"{address}/history.json"
            found[f"version {kind} {slug}"] = f"{address}/versions/1"
            found[f"version {kind} {slug} json"] = f"{address}/versions/1.json"
            found[f"cite {kind} {slug} json"] = f"{address}/cite.json"
            found[f"api {kind} {slug}"] = f"/api/{kind}s/{known.public_id}.json"
            if kind in ("question", "claim", "statement"):
                found[f"card {kind} {slug}"] = f"{address}/embed"
    found |= {f"api {name}": f"/api/{name}.json" for name in KINDS_BY_LIST}
    found |= {
        "question question-0 filtered": "/questions/question-0?stance=denies",
        "compare": "/compare",
        "compare json": "/compare.json",
        "compare actor one": "/compare?actor=actor-0",
        "compare actor": "/compare?actor=actor-0&actor=actor-1",
        "compare actor self": "/compare?actor=actor-3&actor=actor-0",
        "compare article one": "/compare?article=article-1",
        "compare article": "/compare?article=article-1&article=article-11",
        "compare article framed": "/compare?article=framed&article=article-11",
        "compare article json": "/compare.json?article=article-1&article=article-11",
        "corrections": "/corrections",
        "corrections json": "/corrections.json",
        "feed": "/feed",
        "feed corrections": "/corrections/feed",
        "sitemap": "/sitemap.xml",
        "sitemap part": "/sitemap-1.xml",
        "suggestions": "/suggest.json?q=a",
        "search": "/search?q=water",
        "search json": "/search.json?q=water",
        "search actor": "/search?actor=actor-0",
        "search outlet": "/search?outlet=outlet-0",
        "api annotations": "/api/annotations.jsonld",
        "method": "/method",
        "data": "/data",
    }
    return found


def measure(asked) -> None:
    from django.conf import settings
    from django.core.handlers.wsgi import WSGIHandler
    from django.core.management import call_command
    from django.db import connections
    from django.test import RequestFactory
    from django.test.utils import CaptureQueriesContext

    from record.pages.kept_pages import forget_pages

    call_command("collectstatic", interactive=False, verbosity=0)
    settings.ALLOWED_HOSTS = ["*"]
    handler, factory = WSGIHandler(), RequestFactory()
    print(f"{'page':48}{'KiB':>9}{'queries':>9}{'ms CPU':>9}{'rows read':>11}")
    connection = connections["public"]
    for name, address in addresses().items():
        if asked.only not in name:
            continue
        forget_pages()
        with CaptureQueriesContext(connection) as captured:
            start = time.process_time()
            response = handler.get_response(factory.get(address))
            took = time.process_time() - start
            size = len(b"".join(response.streaming_content)) if response.streaming else len(response.content)
        rows = sum(rows_read(connection, query["sql"]) for query in captured.captured_queries)
        of = next((word for word in name.split() if word in MOST_BYTES), "") if "json" not in name else ""
        most = MOST_BYTES[name.split()[0]] if name.split()[0] in MOST_BYTES and of else OTHERS
        mark = "  *" if size > most or rows > MOST_ROWS or response.status_code != 200 else ""
        status = "" if response.status_code == 200 else f" {response.status_code}"
        print(f"{name:48}{size / KIB:9.1f}{len(captured):9}{took * 1e3:9.1f}{rows:11,}{mark}{status}", flush=True)


MOST_ROWS = 30_000


def rows_read(connection, sql: str) -> int:
    """How many rows the scans of a query looked at; 0 on SQLite, which does not count them."""
    if connection.vendor != "postgresql" or not re.match(r"\s*(SELECT|WITH|\()", sql):
        return 0
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN (ANALYZE, FORMAT JSON) {sql.replace('%', '%%')}", [])
        plan = cursor.fetchone()[0]
    plan = json.loads(plan) if isinstance(plan, str) else plan
    return int(_rows_of(plan[0]["Plan"]))


def _rows_of(node: dict) -> float:
    own = 0.0
    if "Scan" in node["Node Type"] and node["Node Type"] not in ("Bitmap Index Scan", "CTE Scan", "Subquery Scan"):
        looked_at = ("Actual Rows", "Rows Removed by Filter", "Rows Removed by Index Recheck")
        own = sum(node.get(name, 0) for name in looked_at) * node["Actual Loops"]
    return own + sum(map(_rows_of, node.get("Plans", [])))


if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).parent))
    sys.path.insert(0, str(ROOT))
    main()
