"""Records made up for measuring: any number of statements, spread as real ones are, the same for the same seed.

    with throwaway("sqlite") as environment: …      # an empty database of its own, gone afterwards
    with kept("sqlite", 100_000, folder) as …       # a record that is made once, and used again after a change of code
    fill(1_000_000)                                 # inside it, Django set up

What follows the real thing: a few questions have most of the claims and a few claims most of the statements (Zipf),
half of the actors are heard once, an article holds few statements or many, a statement is printed 1 to 12 times, with
chains of 0 to 3 hops; Latin, Cyrillic, Arabic and Han script; dates known to the day, the month or the year; one
statement in fifty was published again, one in a thousand withdrawn. Entries go straight into the log, with the digests
and links that an append gives them.

What is hard at any size: the first actor makes half of all statements; a fifth of them, up to 20,000, are made by as
many actors on the first claim, of the first question; every summary in five but two holds the word COMMON, one in a
hundred MIDDLING, three in all RARE; one statement in two hundred is a speech of LONG characters. With `one_question`
all of it answers one question, with 40 claims. Passages of an article never overlap, so that a desk can go on from the
record. Another kind of object is a number in `counts` and a method.
"""

import os
import random
import re
import subprocess
import sys
import tempfile
from bisect import bisect
from collections import Counter
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from itertools import accumulate
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
TOGETHER = 5000  # rows of the log that are written at once
AT_ONCE = 25  # statements published in one act: they share a moment
COMMON, MIDDLING, RARE = "water", "bridge", "quokka"  # no made up word is one of them
LONG = 20_000  # characters of a long speech
MOST_ACTORS = 20_000  # that speak to one question
MOST_QUESTIONS = 20  # of one topic
SLOT = 600  # code points of an article from the start of one passage to that of the next
PRINTED = (58, 21, 8, 4, 2.5, 2, 1.5, 1, 0.7, 0.5, 0.4, 0.4)  # of a hundred statements, printed 1, 2, … 12 times
ALPHABETS = {
    "en": "abcdefghijklmnoprstuvwy",
    "kk-Cyrl": "абвгдежзиклмнопрстуыіңғқөұ",
    "ug-Arab": "ئابپتجچخدرزسشغفقكگڭلمنھوۇۆۈيى",
    "zh-Hans": "的一是在不了有和人这中大为上个国我以要他时来用们生到作地",
}


@contextmanager
def throwaway(vendor: str):
    """The environment of a process whose database is empty, its own, and gone afterwards. Beside it stands nothing."""
    with tempfile.TemporaryDirectory(prefix="claimtrack-") as folder:
        environment = os.environ | {"CLAIMTRACK_STATE_DIR": folder, "CLAIMTRACK_ROLE": "all"}
        environment |= {"DJANGO_SETTINGS_MODULE": "claimtrack.settings", "PYTHONPATH": str(ROOT)}
        environment.pop("DATABASE_REPLICA_URL", None)
        environment.pop("DATABASE_URL", None)
        if vendor == "sqlite":
            yield environment
            return
        name = f"claimtrack_benchmark_{os.getpid()}"
        subprocess.run(["createdb", name], check=True)
        try:
            yield environment | {"DATABASE_URL": f"postgres:///{name}"}
        finally:
            subprocess.run(["dropdb", "--force", name], check=True)


@contextmanager
def kept(vendor: str, name: int | str, folder: Path, make=None):
    """The environment of a process whose database holds a record of so many statements, or of a name, and stays.

    It is made where it is not there, or finished; else it is migrated: summaries and indexes follow the code. `folder`
    holds one folder for each, and the databases of PostgreSQL are called after them.
    """
    state = folder.resolve() / f"{vendor}-{name}"
    state.mkdir(parents=True, exist_ok=True)
    environment = os.environ | {"CLAIMTRACK_STATE_DIR": str(state), "CLAIMTRACK_ROLE": "all"}
    environment |= {"DJANGO_SETTINGS_MODULE": "claimtrack.settings", "PYTHONPATH": str(ROOT)}
    environment.pop("DATABASE_REPLICA_URL", None)
    environment.pop("DATABASE_URL", None)
    if vendor == "postgresql":
        database = f"claimtrack_big_{name}"
        there = subprocess.run(["psql", "-lqtA"], check=True, stdout=subprocess.PIPE, text=True).stdout
        if not re.search(rf"^{database}\|", there, re.MULTILINE):
            subprocess.run(["createdb", database], check=True)
        environment["DATABASE_URL"] = f"postgres:///{database}"
    if (state / "made").exists():
        run(environment, "manage.py", "migrate", "--verbosity", "0")
    else:
        if make:
            make(environment)
        else:
            run(environment, "benchmarks/records.py", name, "--projections")
        (state / "made").touch()
    yield environment


def run(environment, *command, **options):
    """Runs this Python on a script of benchmarks/ in that environment; returns what it printed."""
    command = [sys.executable, *map(str, command)]
    done = subprocess.run(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True, check=True, **options)
    return done.stdout


class Words:
    """Sentences in several scripts, drawn from pools that were made once: making words is not what is measured."""

    def __init__(self, rng: random.Random):
        self.rng = rng
        self.pools = {
            language: [self._sentence(letters) for _ in range(1500)] for language, letters in ALPHABETS.items()
        }
        self.languages = rng.choices(list(ALPHABETS), [62, 20, 8, 10], k=4096)

    def _sentence(self, letters: str) -> str:
        rng = self.rng
        words = ["".join(rng.choices(letters, k=rng.randrange(2, 11))) for _ in range(rng.randrange(5, 26))]
        return " ".join(words).capitalize()

    def language(self) -> str:
        return self.languages[int(self.rng.random() * 4096)]

    def text(self, language: str = "en", most: int = 500) -> str:
        return self.pools[language][int(self.rng.random() * 1500)][:most].strip()


class Zipf:
    """Numbers below `count`, the small ones far more often: 1 / (rank + 2)."""

    def __init__(self, rng: random.Random, count: int):
        self.rng, self.sums = rng, list(accumulate(1 / (rank + 2) for rank in range(count)))

    def draw(self) -> int:
        return bisect(self.sums, self.rng.random() * self.sums[-1])


class Record:
    """The documents of one record, in an order in which they can be published."""

    def __init__(self, statements: int, seed: int, *, one_question: bool = False):
        from record import documents

        self.d, self.rng = documents, random.Random(seed)
        self.words = Words(self.rng)
        self.statements = statements
        self.crowd = min(MOST_ACTORS, statements // 5)  # actors who speak to the first question
        self.counts = {
            "question": 8 + statements // 4000,
            "topic": 2 + statements // 20_000,
            "claim": 40 + statements // 250,
            "outlet": 20 + statements // 5000,
            "article": 50 + statements // 4,
            "actor": 30 + max(statements // 25, self.crowd),
        }
        if one_question:
            self.counts |= {"question": 1, "topic": 1, "claim": 40, "actor": 30 + self.crowd}
        self.slots = Counter()  # passages of an article so far
        self.outlets = {}  # of the articles
        self.zipf = {kind: Zipf(self.rng, count) for kind, count in self.counts.items()}

    def all(self):
        """Every document once, statements last."""
        for kind, count in self.counts.items():
            make = getattr(self, kind)
            yield from (make(number) for number in range(count))
        yield from (self.statement(number) for number in range(self.statements))

    def named(self, kind: str) -> str:
        """The id of one object of that kind; those that are spoken of much come often."""
        return identity(kind, self.zipf[kind].draw())

    def date(self):
        day = date(2015, 1, 1) + timedelta(days=int(self.rng.random() * 3900))
        known = self.rng.random()
        if known < 0.8:
            return self.d.PartialDate(edtf=day.isoformat(), earliest=day, latest=day)
        if known < 0.93:
            first = day.replace(day=1)
            last = (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)
            return self.d.PartialDate(edtf=day.isoformat()[:7], earliest=first, latest=last)
        if known < 0.98:
            return self.d.PartialDate(edtf=str(day.year), earliest=date(day.year, 1, 1), latest=date(day.year, 12, 31))
        return None

    def question(self, number):
        return self.d.Question(
            id=identity("question", number),
            slug=f"question-{number}",
            title=f"{self.words.text(most=120)} {number}?",
            description=self.words.text(),
            position=number,
        )

    def topic(self, number):
        """The first one has the questions that are spoken of most."""
        some = range(min(MOST_QUESTIONS, self.counts["question"]))
        asked = (
            [identity("question", one) for one in some] if number == 0 else [self.named("question") for _ in range(8)]
        )
        return self.d.Topic(
            id=identity("topic", number),
            slug=f"topic-{number}",
            title=f"{self.words.text(most=80)} {number}",
            introduction=self.words.text(),
            questions=tuple(dict.fromkeys(asked)),
            position=number,
        )

    def claim(self, number):
        figure = None
        if number % 5 == 0:
            values = {"amount": None, "lower": None, "upper": None, "unit": "people", "as_of": self.date()}
            values |= {"modifier": self.rng.choice(["", "about", "at least"]), "counted": self.words.text(most=80)}
            figure = self.d.Figure(**values | {"amount": Decimal(self.rng.randrange(100, 2_000_000))})
        return self.d.Claim(
            id=identity("claim", number),
            slug=f"claim-{number}",
            question=self.named("question") if number else identity("question", 0),
            text=f"{self.words.text(most=440)} {number}",
            kind="figure" if figure else self.rng.choice(["fact", "description", "evaluation"]),
            language="en",
            position=number,
            figure=figure,
            relations=(),
        )

    def outlet(self, number):
        return self.d.Outlet(
            id=identity("outlet", number),
            slug=f"outlet-{number}",
            name=f"{self.words.text(most=20)} {number}",
            kind=self.rng.choice(["newspaper", "agency", "broadcaster"]),
            country="KZ",
            homepage=f"https://outlet-{number}.example/",
            owner="",
            state_controlled="unknown",
        )

    def article(self, number):
        above = int(self.rng.random() * number) if number and self.rng.random() < 0.2 else None
        return self.d.Article(
            id=identity("article", number),
            slug=f"article-{number}",
            outlet=self.outlets.setdefault(number, self.named("outlet")),
            url=f"https://outlet.example/{number}",
            headline=self.words.text(most=90),
            byline=self.words.text(most=20),
            dateline="",
            language=self.words.language(),
            published=self.date(),
            credited_agency="",
            derived_from=None if above is None else identity("article", above),
            derivation="" if above is None else "verbatim",
            captures=(
                self.d.Capture(
                    sha256=sha(number),
                    retrieved_at="2024-02-10T00:00:00Z",
                    method="pasted",
                    complete=True,
                    archive_url="",
                ),
            ),
            framings=(),
        )

    def actor(self, number):
        names = [(self.words.text(language, 24), language) for language in ("en", self.words.language())]
        return self.d.Actor(
            id=identity("actor", number),
            slug=f"actor-{number}",
            name=f"{names[0][0]} {number}",
            kind=self.rng.choice(["person", "person", "person", "government body", "organisation", "state"]),
            description=self.words.text(most=80),
            withheld=False,
            names=tuple(
                self.d.Name(text=name, language=language, kind="alias", scheme="")
                for name, language in dict(names).items()
            ),
            identifiers=(),
            reported_in=None,
        )

    def statement(self, number, *, version: int = 1):
        rng, language = self.rng, self.words.language()
        claims = dict.fromkeys(self.named("claim") for _ in range(rng.choice([1, 1, 1, 2, 3])))
        if self.is_of_crowd(number):
            claims = {identity("claim", 0): None}
        printed = rng.choices(range(1, 13), PRINTED)[0]
        summary, speaker = self.summary(number), self.speaker(number)
        words = self.words.text(language)
        if number % 200 == 100:
            words = " ".join(self.words.text(language) for _ in range(LONG // len(words)))[:LONG].strip()
        return self.d.Statement(
            id=identity("statement", number),
            slug=identity("statement", number),
            speaker=speaker,
            speaker_label="",
            role=self.words.text(most=30),
            summary=summary if version == 1 else f"{summary[:270]} {version}",
            said_on=self.date(),
            venue="",
            mode=rng.choice(["direct", "indirect", "mixed"]),
            basis="not stated",
            words=words,
            language=language,
            translation="" if language == "en" else self.words.text(),
            stances=tuple(
                self.d.Stance(claim=claim, stance=rng.choice(["affirms", "affirms", "denies", "relays"]), hedge="")
                for claim in claims
            ),
            appearances=tuple(self.appearance(language, speaker) for _ in range(printed)),
        )

    def is_of_crowd(self, number: int) -> bool:
        return number % 5 == 0 and number // 5 < self.crowd

    def speaker(self, number: int) -> str:
        """Each of the crowd once; else the first actor so often that half of all statements are its."""
        if self.is_of_crowd(number):
            return identity("actor", 30 + number // 5)
        others = 1 - self.crowd / self.statements
        return identity("actor", 0) if self.rng.random() < 0.5 / others else self.named("actor")

    def summary(self, number: int) -> str:
        words = [self.words.text(most=240)]
        words += [COMMON] * (number % 5 < 3) + [MIDDLING] * (number % 100 == 0) + [RARE] * (number in (7, 77, 777))
        return " ".join(words)

    def appearance(self, language: str, speaker: str):
        rng, exact = self.rng, self.words.text(language)
        article = int(rng.random() * self.counts["article"])
        self.slots[article] += 1
        start = SLOT * self.slots[article]
        return self.d.Appearance(
            article=identity("article", article),
            passage=self.d.Passage(
                exact=exact,
                prefix=self.words.text(language, 32),
                suffix=self.words.text(language, 32),
                start=start,
                end=start + len(exact),
                capture=sha(article),
            ),
            printed_name=self.words.text(language, 24),
            cue="said",
            chain=tuple(self.step(article, speaker) for _ in range(rng.choice([0, 0, 0, 1, 1, 2, 3]))),
        )

    def step(self, article: int, speaker: str):
        """Not the outlet that prints, nor who speaks, nor the actor who makes half of the statements."""
        actor = self.named("actor") if self.rng.random() < 0.5 else None
        if actor in (speaker, identity("actor", 0)):
            actor = None
        outlet = None if actor else self.named("outlet")
        if outlet == self.outlets.get(article):
            outlet = identity("outlet", (int(outlet[2:]) + 1) % self.counts["outlet"])
        return self.d.Step(actor=actor, outlet=outlet, label="", cue="reports", relation="relays")


def identity(kind: str, number: int) -> str:
    """12 small letters and digits."""
    return f"{kind[:2]}{number:010d}"


def sha(number: int) -> str:
    return f"{number:064x}"


def fill(statements: int, *, seed: int = 1, projections: bool = False, one_question: bool = False) -> int:
    """Fills the empty record of this process's database; returns how many entries its log has.

    With `projections` everything that pages and filters read is made too, which takes several times as long.
    """
    from django.db import connection

    from record.models import Publication

    if not Publication.objects.exists():
        _fill_log(Record(statements, seed, one_question=one_question), seed)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
        if projections:
            derive_at_once()
            cursor.execute("ANALYZE")
    return Publication.objects.count()


def derive_at_once() -> None:
    """Makes all projections, which must be empty, as a rebuild does, which reads whatever documents name for each step.

    Here nobody waits: what is named is read once, steps are large, and the indexes of PostgreSQL are made afterwards.
    """
    from django.db import connection, transaction

    from record import search
    from record.documents import decode
    from record.models import Publication
    from record.projections import held_rows
    from record.projections.lookup import insert_rows
    from record.projections.maintain import rewrite_corrections
    from record.projections.summaries import rebuild_summaries

    class History(held_rows.History):
        all_versions, all_turns = {}, {}

        def __init__(self):
            self._versions, self._turns = History.all_versions, History.all_turns

    plain, held_rows.History = held_rows.History, History
    rows = Publication.objects.filter(version=1).order_by("seq").values_list("seq", "public_id", "kind")
    last = 0
    try:
        with _without_indexes(list(held_rows.HISTORY_COLUMNS)):
            while some := list(rows.filter(seq__gt=last)[:TOGETHER]):
                last = some[-1][0]
                ids = [public_id for _, public_id, _ in some]
                with transaction.atomic():
                    made = held_rows.history_rows(ids)
                    for model, columns in held_rows.HISTORY_COLUMNS.items():
                        insert_rows(model, columns, made[model])
                    stands = Publication.objects.filter(public_id__in=ids, superseded_by=None).exclude(document=None)
                    found = [(seq, decode(text)) for seq, text in stands.values_list("seq", "document")]
                    search.replace(gone=[], standing=found)
                    again = Publication.objects.filter(public_id__in=ids, version=2)
                    rewrite_corrections(again.values_list("public_id", flat=True))
                for _, public_id, kind in some:
                    if kind == "statement":
                        History.all_versions.pop(public_id, None)
                        History.all_turns.pop(public_id, None)
                print(f"{last:,} entries derived", file=sys.stderr, flush=True)
    finally:
        held_rows.History = plain
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    rebuild_summaries()


@contextmanager
def _without_indexes(models):
    """PostgreSQL makes an index of a full table far faster than one that follows each row."""
    from django.db import connection

    if connection.vendor != "postgresql":
        yield
        return
    with connection.cursor() as cursor:
        cursor.execute("SET maintenance_work_mem = '512MB'")
    with connection.schema_editor() as editor:
        for model in models:
            for index in model._meta.indexes:
                editor.remove_index(model, index)
    yield
    with connection.schema_editor() as editor:
        for model in models:
            for index in model._meta.indexes:
                editor.add_index(model, index)


def _fill_log(made: Record, seed: int) -> None:
    log = _Log(seed)
    standing: list[int] = []
    for document in made.all():
        log.add(document)
        if document.__struct_config__.tag != "statement":
            continue
        number = len(standing)
        standing.append(log.seq)
        if number % 50 == 49:
            older = number - int(made.rng.random() * 50)
            log.follow(standing[older], made.statement(older, version=2))
            standing[older] = log.seq
        if number % 1000 == 999:
            # Not one that was just published again: nothing is withdrawn twice.
            log.follow(standing[number - 500], None, public_id=identity("statement", number - 500))
            standing[number - 500] = log.seq
    log.write()


class _Log:
    """Rows of the log, each linked to the one before; written some thousand at a time."""

    def __init__(self, seed: int):
        from django.db import connection, transaction

        from record.documents import encode, entries, kind_of
        from record.log import PUBLICATION_COLUMNS, supersede
        from record.models import Publication
        from record.projections.lookup import insert_rows

        self.entries, self.encode, self.kind_of, self.supersede = entries, encode, kind_of, supersede
        self.atomic = transaction.atomic
        self.insert = lambda rows: insert_rows(Publication, PUBLICATION_COLUMNS, rows)
        self.adapt = connection.ops.adapt_datetimefield_value
        self.rng = random.Random(-seed)
        self.seq, self.link, self.rows = 0, "", []
        self.versions: dict[str, int] = {}
        self.superseded: list[tuple[int, int]] = []

    def follow(self, older: int, document, *, public_id: str = "") -> None:
        """A new version of what stands at `older`; a withdrawal where there is no document."""
        public_id = public_id or document.id
        self.versions[public_id] = self.versions.get(public_id, 1) + 1
        first = self.seq - len(self.rows) + 1
        if older < first:
            self.superseded.append((self.seq + 1, older))
        else:
            row = self.rows[older - first]
            self.rows[older - first] = (*row[:7], self.seq + 1, *row[8:])
        self.add(document, public_id=public_id)

    def add(self, document, *, public_id: str = "") -> None:
        """One more entry; written with the next few thousand."""
        self.seq += 1
        at = datetime(2024, 1, 1, tzinfo=UTC) + timedelta(minutes=self.seq // AT_ONCE)
        kind, text = ("statement", None) if document is None else (self.kind_of(document), self.encode(document))
        public_id = public_id or document.id
        version = self.versions.get(public_id, 1)
        reason, salt = "Made up for measuring", self.rng.randbytes(16).hex()
        digest = self.entries.digest_of(text, reason, salt)
        moment = self.entries.format_moment(at)
        self.link = self.entries.link_of(self.link, self.seq, kind, public_id, version, moment, digest)
        row = (self.seq, kind, public_id, version, text, reason, self.adapt(at), None, False, salt, digest, self.link)
        self.rows.append(row)
        if len(self.rows) >= TOGETHER:
            self.write()

    def write(self) -> None:
        with self.atomic():
            self.supersede(self.superseded)
            self.insert(self.rows)
        self.superseded, self.rows = [], []


if __name__ == "__main__":
    # What the other benchmarks run in a database of their own: records.py STATEMENTS [--projections] [--one-question]
    import django

    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    options = {name: f"--{name.replace('_', '-')}" in sys.argv for name in ("projections", "one_question")}
    print(fill(int(sys.argv[1]), **options))
