"""What long writes take, and whether the desk goes on meanwhile.

    python benchmarks/writes.py [--statements 1000] [--deeds import rebuild …] [--databases sqlite postgresql]
    python benchmarks/writes.py --statements 1000000 --keep FOLDER --desk 2000 [--minutes 10]

For each database a record of so many statements is made and exported (benchmarks/records.py). Then each deed is done
by a process of its own, in throw-away databases: import into an empty record, rebuild, adoption by an empty desk; at
the adopted desk publishing one statement, submitting four hundred, sending as many back, publishing a thousand,
withdrawing, renaming a hot actor, merging it, moving a hot claim to another question. Beside it another process saves
at the desk and opens a session, again and again.

With --keep all of it is done to copies of a record that was made at once, as pages.py keeps it: a desk of --desk
statements, the newest of each hot object among them, and what these name, does the deeds of the desk; another copy
takes in what was published there; a third is rebuilt, for so many --minutes at most.

Printed are wall and CPU time of the deed, its peak of memory, how many transactions it took and how long the longest
held its locks, with the CPU time within; how long the slowest save beside it waited, and that of the same process
alone; and the deed's CPU time an object as a multiple of the peer's: one bare INSERT of one row, committed, through the
same connection. Ends with 1 if a save was refused or waited more than two seconds.
"""

import argparse
import json
import os
import resource
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from contextlib import contextmanager, suppress
from itertools import count
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

ROOT = Path(__file__).resolve().parent.parent
RECORD_DEEDS = ("import", "rebuild")
DESK_DEEDS = (
    "adopt",
    "publish",
    "submit-many",
    "send-back-many",
    "publish-many",
    "withdraw",
    "rename",
    "merge",
    "move",
)
MOST_WAITING = 2.0  # seconds that a save may wait
MANY = 1000
REVIEWED = 400  # statements that are submitted, and sent back, together
PEER_ROWS = 200


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--statements", type=int, default=1000)
    parser.add_argument("--databases", nargs="+", choices=["sqlite", "postgresql"], default=["sqlite", "postgresql"])
    deeds = [*RECORD_DEEDS, *DESK_DEEDS]
    parser.add_argument("--deeds", nargs="+", choices=deeds, default=deeds, help="adopt comes with what follows it")
    parser.add_argument("--keep", type=Path, help="folder of the records that were made at once")
    parser.add_argument("--desk", type=int, default=2000, help="statements of the desk of such a record")
    parser.add_argument("--minutes", type=float, help="after which a rebuild of such a record is ended")
    parser.add_argument("--do", help=argparse.SUPPRESS)  # the process of one deed
    parser.add_argument("--file", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.do:
        import django

        django.setup()
        (save_at_desk if options.do == "save" else do)(options)
        return
    measure = measure_kept if options.keep else measure_made
    wrong = [sentence for vendor in options.databases for sentence in measure(vendor, options)]
    for sentence in wrong:
        print(f"WRONG: {sentence}")
    sys.exit(bool(wrong))


def measure_made(vendor: str, options) -> list[str]:
    """All deeds on one database; what was wrong."""
    from benchmarks.records import run, throwaway

    wrong = []
    with throwaway("sqlite") as origin:
        file = f"{origin['CLAIMTRACK_STATE_DIR']}/record.ndjson"
        run(origin, "benchmarks/records.py", options.statements)
        run(origin, "manage.py", "export_record", file)
        print(f"{vendor}, {options.statements:,} statements, {os.path.getsize(file) / 1e6:.0f} MB of log", flush=True)
        print(HEADING)
        for group in (RECORD_DEEDS, DESK_DEEDS):
            wanted = [name for name in group if name in options.deeds or name == group[0]]
            if not set(group) & set(options.deeds):
                continue
            with throwaway(vendor) as environment:
                run(environment, "manage.py", "migrate", "--verbosity", "0")
                for name in wanted:
                    wrong += measure_deed(vendor, name, environment, file)
    return wrong


def measure_kept(vendor: str, options) -> list[str]:
    """All deeds on copies of a record that was made at once; what was wrong."""
    from benchmarks.records import kept, run

    wrong = []
    with kept(vendor, options.statements, options.keep) as origin:
        print(f"{vendor}, {options.statements:,} statements, a desk of {options.desk:,}", flush=True)
        print(HEADING)
        wanted = [name for name in DESK_DEEDS if name in options.deeds or name == "adopt"]
        with copied(vendor, origin) as environment:
            file = f"{environment['CLAIMTRACK_STATE_DIR']}/published.ndjson"
            head = int(run(environment, "-c", "from benchmarks.writes import show_head; show_head()"))
            for name in wanted:
                wrong += measure_deed(vendor, name, environment, file, "--desk", str(options.desk))
            run(environment, "manage.py", "export_record", file, "--since", head)
            if "import" in options.deeds:
                with copied(vendor, origin) as other:
                    wrong += measure_deed(vendor, "import", other, file)
        if "rebuild" in options.deeds:
            with copied(vendor, origin) as environment:
                wrong += measure_deed(vendor, "rebuild", environment, file, "--minutes", str(options.minutes or 1e9))
    return wrong


@contextmanager
def copied(vendor: str, origin):
    """The environment of a process with a copy of a database, gone afterwards."""
    with tempfile.TemporaryDirectory(prefix="claimtrack-") as folder:
        if vendor == "sqlite":
            shutil.copytree(origin["CLAIMTRACK_STATE_DIR"], folder, dirs_exist_ok=True)
            yield origin | {"CLAIMTRACK_STATE_DIR": folder}
            return
        name, source = f"claimtrack_benchmark_{os.getpid()}_{next(numbers)}", origin["DATABASE_URL"].rpartition("/")[2]
        subprocess.run(["createdb", "--template", source, name], check=True)
        try:
            yield origin | {"DATABASE_URL": f"postgres:///{name}", "CLAIMTRACK_STATE_DIR": folder}
        finally:
            subprocess.run(["dropdb", "--force", name], check=True)


def show_head() -> None:
    import django

    django.setup()
    from record.log import head

    print(head().seq)


HEADING = (
    f"{'':14}{'objects':>9}{'wall s':>9}{'CPU s':>9}{'MB':>7}{'steps':>7}{'longest s':>11}{'its CPU':>9}"
    f"{'saves':>7}{'slowest s':>11}{'alone':>7}{'x INSERT':>10}"
)
numbers = count(1)


def measure_deed(vendor: str, name: str, environment, file: str, *options: str) -> list[str]:
    command = [sys.executable, str(Path(__file__).resolve()), "--file", file, *options, "--do"]
    saving = subprocess.Popen(
        [*command, "save"], cwd=ROOT, env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    saving.stdout.readline()
    done = subprocess.run([*command, name], cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True, check=True)
    saving.stdin.close()
    found, saves = json.loads(done.stdout.splitlines()[-1]), json.loads(saving.stdout.read())
    each = found["cpu"] / max(1, found["objects"]) / found["peer"]
    print(
        f"{name:14}{found['objects']:9,}{found['wall']:9.2f}{found['cpu']:9.2f}{found['memory']:7.0f}"
        f"{found['steps']:7}{found['longest']:11.3f}{found['longest_cpu']:9.3f}{saves['count']:7}{saves['slowest']:11.3f}{saves['alone']:7.3f}"
        f"{each:10.1f}",
        flush=True,
    )
    wrong = [f"{vendor}, {name}: a save was refused: {sentence}" for sentence in saves["refused"][:3]]
    if saves["slowest"] > MOST_WAITING:
        wrong.append(f"{vendor}, {name}: a save waited {saves['slowest']:.1f} s")
    return wrong


def save_at_desk(options) -> None:
    """Saves a question and a session, a few times a second, until standard input ends; prints how long it took."""
    import secrets

    from django.contrib.sessions.backends.db import SessionStore

    from claims.changes import add_question, revise
    from claims.models import Adoption, Question
    from tests.cast import member_of

    editor = member_of("editor", "saving")
    took, refused, ended = [], [], threading.Event()

    def save():
        before = time.perf_counter()
        try:
            mine = Question.objects.filter(description="saved").first()
            if mine is not None:
                revise(mine, {"title": f"What about {secrets.token_hex(8)}?"}, by=editor, seen=None)
            elif Adoption.objects.exists() or Question.objects.exists():
                add_question(title=f"What about {secrets.token_hex(8)}?", description="saved", by=editor)
            session = SessionStore()
            session["signed_in"] = "yes"
            session.save()
        except Exception as error:  # whatever it is, an editor would have lost a save
            refused.append(f"{type(error).__name__}: {error}")
        took.append(time.perf_counter() - before)

    for _ in range(10):
        save()
    alone = max(took[1:])
    took.clear()
    threading.Thread(target=lambda: (sys.stdin.read(), ended.set()), daemon=True).start()
    print("begun", flush=True)
    while not ended.is_set():
        save()
        ended.wait(0.1)
    print(json.dumps({"count": len(took), "slowest": max(took), "alone": alone, "refused": refused}))


class Locks:
    """How many outermost transactions there were, and how long the longest took once it had begun: wall and CPU."""

    def __init__(self):
        self.steps, self.longest, self.longest_cpu = 0, 0.0, 0.0

    @contextmanager
    def watched(self):
        from django.db.transaction import Atomic

        begun, enter, leave = {}, Atomic.__enter__, Atomic.__exit__
        from django.db import transaction

        def enters(atomic):
            outermost = not transaction.get_connection(atomic.using).in_atomic_block
            enter(atomic)
            if outermost:
                begun[id(atomic)] = time.perf_counter(), time.process_time()

        def leaves(atomic, *error):
            leave(atomic, *error)
            if since := begun.pop(id(atomic), None):
                self.steps += 1
                self.longest = max(self.longest, time.perf_counter() - since[0])
                self.longest_cpu = max(self.longest_cpu, time.process_time() - since[1])

        Atomic.__enter__, Atomic.__exit__ = enters, leaves
        try:
            yield
        finally:
            Atomic.__enter__, Atomic.__exit__ = enter, leave


def do(options) -> None:
    """Does one deed and prints what it took as JSON."""
    peer = bare_insert()
    kept = options.do == "adopt" and "--desk" in sys.argv
    deed = adopt_part(options) if kept else DEEDS[options.do](options)
    locks, begun, used = Locks(), time.perf_counter(), cpu()
    with locks.watched():
        objects = deed()
    found = {
        "objects": objects,
        "wall": time.perf_counter() - begun,
        "cpu": cpu() - used,
        "memory": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
        "steps": locks.steps,
        "longest": locks.longest,
        "longest_cpu": locks.longest_cpu,
        "peer": peer,
    }
    print(json.dumps(found))


def cpu() -> float:
    used = resource.getrusage(resource.RUSAGE_SELF)
    return used.ru_utime + used.ru_stime


def bare_insert() -> float:
    """CPU seconds that one row takes that is inserted and committed alone."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE IF NOT EXISTS bare_peer (id integer, words varchar(500))")
        begun = cpu()
        for number in range(PEER_ROWS):
            cursor.execute("INSERT INTO bare_peer VALUES (%s, %s)", [number, "x" * 400])
        used = cpu() - begun
        cursor.execute("DROP TABLE bare_peer")
    return used / PEER_ROWS


# What each deed has ready before it is measured, and does; it returns how many objects it was about.


def take_in(options):
    from record.imports import import_record

    def deed():
        with open(options.file, "rb") as file:
            return import_record(file).added

    return deed


def rebuild(options):
    from record import projections

    until = time.monotonic() + 60 * (options.minutes or 1e9)
    done = 0

    def show(entries: int) -> None:
        nonlocal done
        done += entries
        if time.monotonic() > until:
            raise TimeoutError

    def deed():
        with suppress(TimeoutError):
            projections.rebuild_projections(show)
        return done

    return deed


def adopt(options):
    from claims.imports.record.adoption import adopt_record

    def deed():
        with open(options.file, "rb") as file:
            return sum(adopt_record(file).counts.values())

    return deed


def adopt_part(options):
    """Adopts the newest statements, those of the hot actor and the hot claim among them, and what these name."""
    from django.db.models import Q

    from claims.imports.record import adoption
    from claims.models import Adoption
    from record.log import head
    from record.models import Current, Position, Publication, Reference

    newest = Current.objects.filter(kind="statement").order_by("-publication")
    hot = Position.objects.filter(Q(actor=hot_id("actor")) | Q(claim=hot_id("claim"))).order_by("-seq")
    some = {*newest.values_list("public_id", flat=True)[: options.desk]}
    some |= {*hot.values_list("statement", flat=True)[: options.desk // 4], hot_id("actor"), hot_id("claim")}
    found, wanted = set(some), set(some)
    while wanted:
        named = Reference.objects.filter(source__in=wanted).values_list("target", flat=True)
        wanted = set(named) - found
        found |= wanted

    def rows(kind, adopted):
        standing = Publication.objects.filter(kind=kind, superseded_by=None, public_id__in=found)
        return standing.exclude(document=None).order_by("seq")

    adoption._current_rows = rows

    def deed():
        last = head()
        adopted = Adoption.objects.create(pk=1, seq=last.seq, link=last.link, stage=adoption.STAGES[0].name)
        while adopted.finished_at is None:
            adoption._advance(adopted, None, lambda doing, done, total: None)
        return len(found)

    return deed


def people():
    from tests.cast import member_of

    return member_of("editor", "erin"), member_of("reviewer", "ravi")


def changed_statements(count: int) -> list:
    """Statements of the desk with another summary, waiting to be published."""
    from claims.changes import revise
    from claims.models import Statement

    editor, _ = people()
    some = list(Statement.objects.exclude(speaker__public_id=hot_id("actor")).order_by("pk")[:count])
    return [revise(one, {"summary": f"{one.summary[:200]} today"}, by=editor, seen=None) for one in some]


def hot_id(kind: str) -> str:
    from benchmarks.records import identity

    return identity(kind, 0)


def publish_statements(count: int):
    def prepare(options):
        from claims.publishing import publish, submit

        (editor, reviewer), some = people(), changed_statements(count)
        submit(some, by=editor)  # as what was sent back must be
        return lambda: len(publish(some, by=reviewer, reason="Measured"))

    return prepare


def submit_statements(options):
    from claims.publishing import submit

    (editor, _), some = people(), changed_statements(REVIEWED)
    return lambda: len(submit(some, by=editor))


def send_back_statements(options):
    from claims.publishing import send_back, submit

    (editor, reviewer), some = people(), changed_statements(REVIEWED)
    submit(some, by=editor)
    return lambda: len(send_back(some, by=reviewer, note="Measured"))


def withdraw_statement(options):
    from claims.models import Statement
    from claims.publishing import withdraw

    _, reviewer = people()
    last = Statement.objects.order_by("-pk")[:1]
    return lambda: len(withdraw(last, by=reviewer, reason="Measured"))


def change_hot(change, kind: str):
    """Changes something hot at the desk, publishes it, and does all that is left to be done.

    Counted are the positions that hang on it.
    """

    def prepare(options):
        from claims.changes import continue_merges
        from claims.publishing import publish
        from record import projections
        from record.models import Position

        editor, reviewer = people()
        hanging = Position.objects.filter(**{kind: hot_id(kind)}).count()

        def deed():
            publish([change(editor)], by=reviewer, reason="Measured")
            continue_merges()
            projections.derive_outdated()
            return hanging

        return deed

    return prepare


def rename(editor):
    from claims.changes import revise
    from claims.models import Actor

    actor = Actor.objects.get(public_id=hot_id("actor"))
    return revise(actor, {"name": f"{actor.name} by another name"}, by=editor, seen=None)


def merge(editor):
    from claims.changes import merge_actors
    from claims.models import Actor

    gone = Actor.objects.get(public_id=hot_id("actor"))
    kept = Actor.objects.filter(kind=gone.kind, attribution_steps=None).exclude(pk=gone.pk).order_by("-pk")[0]
    merge_actors(gone, into=kept, by=editor, why="Measured", seen=None)
    return Actor.objects.get(pk=gone.pk)


def move(editor):
    from claims.changes import revise
    from claims.models import Claim, Question

    claim = Claim.objects.get(public_id=hot_id("claim"))
    other = Question.objects.exclude(pk=claim.question_id).exclude(description="saved").order_by("pk")[0]
    return revise(claim, {"question": other}, by=editor, seen=None)


DEEDS = {
    "import": take_in,
    "rebuild": rebuild,
    "adopt": adopt,
    "publish": publish_statements(1),
    "submit-many": submit_statements,
    "send-back-many": send_back_statements,
    "publish-many": publish_statements(MANY),
    "withdraw": withdraw_statement,
    "rename": change_hot(rename, "actor"),
    "merge": change_hot(merge, "actor"),
    "move": change_hot(move, "claim"),
}


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "claimtrack.settings")
    main()
