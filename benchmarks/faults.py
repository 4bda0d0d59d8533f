"""Processes killed at their work, a database that is lost while people work, files that are damaged: what is lost.

    python benchmarks/faults.py [--kills 60] [--losses 20] [--replicas 20] [--damages 20] [--readers 20] [--editors 8]
        [--calm 60] [--proxy nginx]

Kills, on PostgreSQL: publishing, an import, a rebuild, an erasure, a migration, taking in, a backup, each in a process
that is killed at a random statement; what it acknowledged must be there, the record sound, and the work done by doing
it again. Losses: a PostgreSQL of its own is ended at once and started again while readers and editors work on a real
server; every answer must be right or a 503 in words, nothing acknowledged lost, and all served again within 10 seconds.
Calm: without any fault, as in production: a server for each role behind a proxy with the shipped file, readers and
editors each from an address of their own and in a process apart; how long answers take, from the first page on.
Replicas: readers read a streaming replica that is ended and started again, and that ends their queries in favour of
what it replays, while editors work on the primary: editors notice nothing, and what they publish comes after.
Damages, on SQLite: a page of the file overwritten, the write-ahead log cut, the clock set back by an hour; what says so
is told. Everything is this script's own and gone afterwards. Ends with 1 if anything was wrong.
"""

import argparse
import json
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
import traceback
from collections import Counter
from contextlib import contextmanager, suppress
from itertools import count
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "bin")]
KINDS = ("publish", "take in", "import", "rebuild", "erase", "migrate", "backup")
STATEMENTS = {"publish": 60, "take in": 25, "import": 60, "rebuild": 15, "erase": 250, "migrate": 12, "backup": 8}
BACK_WITHIN = 10  # seconds
CARE = {"fsync": "on", "synchronous_commit": "on", "full_page_writes": "on", "listen_addresses": ""}


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--kills", type=int, default=60)
    parser.add_argument("--losses", type=int, default=20)
    parser.add_argument("--calm", type=int, default=60, help="seconds without faults whose answers are timed")
    parser.add_argument("--proxy", choices=["nginx", "caddy"], default="nginx", help="of the calm part")
    parser.add_argument("--replicas", type=int, default=20, help="losses of a replica")
    parser.add_argument("--damages", type=int, default=20)
    parser.add_argument("--readers", type=int, default=20)
    parser.add_argument("--editors", type=int, default=8)
    parser.add_argument("--part", help=argparse.SUPPRESS)  # in a process that has its database
    parser.add_argument("--people", help=argparse.SUPPRESS)  # in a process that reads or edits
    options = parser.parse_args()
    if options.people:
        print(json.dumps(behave(**json.loads(options.people))))
        return
    if options.part:
        import django

        django.setup()
        wrong = PARTS[options.part](options)
        for sentence in wrong:
            print(f"  WRONG: {sentence}")
        sys.exit(bool(wrong))
    ends = []
    for part in PARTS:
        vendor = {"kills": "postgresql", "damages": "sqlite"}.get(part, "own")
        if getattr(options, part):
            with database_of(vendor) as environment:
                command = [sys.executable, __file__, "--part", part, *sys.argv[1:]]
                ends.append(subprocess.run(command, cwd=ROOT, env=environment).returncode)
    sys.exit(any(ends))


@contextmanager
def database_of(vendor: str):
    """The environment of a process with an empty, migrated database."""
    from benchmarks.records import run, throwaway

    if vendor == "own":
        with throwaway("sqlite") as environment:
            yield environment
        return
    with throwaway(vendor) as environment:
        run(environment, "manage.py", "migrate", "--verbosity", "0")
        yield environment


def in_fork(work, *arguments, dies_at: int = 0) -> tuple[list, int]:
    """Does the work in a process of its own, killed at the given statement; what it has said, and how it ended."""
    from django.db import connection, connections

    connections.close_all()
    reading, writing = os.pipe()
    child = os.fork()
    if not child:
        os.close(reading)
        numbers = count(1)

        def dies(execute, sql, parameters, many, context):
            if next(numbers) == dies_at:
                os.kill(os.getpid(), signal.SIGKILL)
            return execute(sql, parameters, many, context)

        def say(what):
            os.write(writing, f"{json.dumps(what)}\n".encode())

        status = 1
        try:
            with connection.execute_wrapper(dies):
                work(say, *arguments)
            status = 0
        except BaseException:
            traceback.print_exc()
        finally:
            os._exit(status)
    os.close(writing)
    with open(reading, "rb") as file:
        said = [json.loads(line) for line in file.read().splitlines()]
    return said, os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


# Kills.


def kills(options) -> list[str]:
    from django.db import connection, connections

    from claims.backup.databases import use_database

    chance, wrong, killed = random.Random(7), [], Counter()
    own = connection.settings_dict["NAME"]
    empty, mirror = f"{own}_empty", f"{own}_mirror"
    connections.close_all()
    subprocess.run(["createdb", "-T", own, empty], check=True)
    with tempfile.TemporaryDirectory() as folder:
        try:
            in_fork(stage, folder)
            for number in range(options.kills):
                kind = KINDS[number % len(KINDS)]
                connections.close_all()
                if kind == "import":
                    subprocess.run(["createdb", "-T", empty, mirror], check=True)
                with use_database(mirror if kind == "import" else own):
                    said, code = in_fork(do, kind, number, folder, dies_at=chance.randrange(1, STATEMENTS[kind]))
                    killed[kind] += code == -signal.SIGKILL
                    if code > 0:
                        wrong.append(f"{kind} {number} ended with {code}")
                    wait_until_alone()
                    found, code = in_fork(check, kind, number, folder, said)
                wrong += [f"{kind} {number}: {fault}" for fault in (found[0] if found else [f"check ended {code}"])]
                if kind == "import":
                    subprocess.run(["dropdb", "--force", mirror], check=True)
        finally:
            subprocess.run(["dropdb", "--if-exists", "--force", mirror], check=True)
            subprocess.run(["dropdb", "--force", empty], check=True)
    print(f"{sum(killed.values())} of {options.kills} killed at work {dict(killed)}, {len(wrong)} faults", flush=True)
    return wrong


def wait_until_alone():
    """Until the server has noticed that the client was killed: what was sent may still be committed."""
    from django.db import connection

    others = "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
    with connection.cursor() as cursor:
        while cursor.execute(others).fetchone()[0]:
            time.sleep(0.1)


def stage(say, folder):
    from django.contrib.auth.models import Permission
    from django.core.management import call_command

    from articles.models import Outlet
    from claims.models import Claim
    from tests.cast import member_of
    from tests.desk import matter

    editor, reviewer = member_of("editor", "erin"), member_of("reviewer", "ravi")
    reviewer.user_permissions.add(Permission.objects.get(codename="see_withheld_names"))
    made = matter(editor)
    from claims.publishing import publish, submit

    submit([made.statement], by=editor)
    publish([made.statement], by=reviewer, reason="The beginning.")
    call_command("export_record", f"{folder}/record.ndjson", "--format", "ndjson")
    assert Claim.objects.count() == 2 and Outlet.objects.count() == 2


def stage_editors(say, number):
    """A claim and a session for each editor; says both."""
    from claims.changes import add_claim
    from tests.cast import member_of
    from tests.conftest import signed_in
    from tests.desk import matter

    made, staged = matter(member_of("editor", "erin")), []
    for each in range(number):
        editor = member_of("editor", f"editor-{each}")
        claim = add_claim(question=made.question, text=f"The gate {each} is shut.", kind="fact", by=editor)
        staged.append({"claim": str(claim.pk), "session": signed_in(editor).cookies["sessionid"].value})
    say(staged)


def publish_and_die(say):
    """Publishes, notes the head, and is killed before the write-ahead log is written back."""
    from claims.changes import add_claim
    from claims.models import Question
    from claims.publishing import publish
    from record.log.noted_heads import note_head
    from tests.cast import member_of

    editor, reviewer = member_of("editor", "erin"), member_of("reviewer", "ravi")
    for part in range(5):
        claim = add_claim(question=Question.objects.first(), text=f"Gate {part} is wet.", kind="fact", by=editor)
        publish([claim], by=reviewer, reason="A claim.")
    note_head()
    os.kill(os.getpid(), signal.SIGKILL)


def an_hour_earlier(say):
    """Says what verification and a backup say when the clock was set back by an hour; their words about it."""
    import io
    from datetime import datetime, timedelta
    from unittest import mock

    from django.core.management import call_command
    from django.utils import timezone

    from claims.backup import archives
    from record.log import verification

    class Earlier(datetime):
        @classmethod
        def now(cls, tz=None):
            return datetime.now(tz) - timedelta(hours=1)

    earlier, told = timezone.now() - timedelta(hours=1), io.StringIO()
    with mock.patch.object(timezone, "now", lambda: earlier), mock.patch.object(archives, "datetime", Earlier):
        said = [text for text in verification.faults() if "clock" in text]
        call_command("backup", stderr=told, stdout=io.StringIO())
    say([*said[:1], *told.getvalue().strip().splitlines()])


def do(say, kind, number, folder):
    from django.conf import settings
    from django.contrib.auth.models import User
    from django.core.management import call_command

    from articles.ingest import take_in
    from articles.models import Outlet
    from claims.changes import add_actor, add_claim, revise
    from claims.models import Question
    from claims.publishing import publish

    editor, reviewer = (User.objects.filter(username=name).first() for name in ("erin", "ravi"))  # none on a mirror
    if kind == "publish":
        for part in range(5):
            claim = add_claim(
                question=Question.objects.get(), text=f"The dam has {number}.{part} gates.", kind="fact", by=editor
            )
            [row] = publish([claim], by=reviewer, reason="A claim.")
            say({"seq": row.seq, "link": row.link})
    elif kind == "take in":
        for part in range(5):
            text = f"Text {number}.{part} of the valley. Nobody was asked about gate {part}."
            taken = take_in(text=text, outlet=Outlet.objects.first(), headline=f"Gate {number}.{part}", by=editor)
            say({"article": taken.article.public_id})
    elif kind == "import":
        settings.LEDGER_FOLDER = f"{folder}/mirror"  # a mirror stands elsewhere
        call_command("import_record", f"{folder}/record.ndjson")
    elif kind == "rebuild":
        call_command("record_rebuild")
    elif kind == "erase":
        actor = add_actor(name=name_of(number), kind="person", by=editor)
        revise(actor, {"protection": "withheld", "public_label": f"a clerk {number}"}, by=editor, seen=None)
        from claims.publishing import submit

        submit([actor], by=editor)
        publish([actor], by=reviewer, reason="A source.")
        say({"actor": actor.public_id})
        erase(actor.public_id)
    elif kind == "migrate":
        call_command("migrate", "record", "0002", verbosity=0)
        call_command("migrate", verbosity=0)
    elif kind == "backup":
        call_command("backup", f"{folder}/backups", keep_all=True)


def name_of(number) -> str:
    return f"Zuhra Kanar{'abcdefghijklmnopqrstuvwxyz'[number % 26]}{'abcdefgh'[number // 26]}yka"


def erase(public_id):
    from django.core.management import call_command

    call_command("erase_name", public_id, "--by", "ravi", "--reason", "Asked", "--yes", "--done")


def check(say, kind, number, folder, said):
    """Says what is wrong after a process of this kind was killed, and after its work was done again."""
    from django.conf import settings
    from django.core.management import call_command

    from articles.models import Article
    from claims.backup.archives import check_archive
    from claims.erasure.leftovers import find_in_tables
    from claims.models import Actor
    from record.log.verification import Remark, faults
    from record.models import Publication

    if (
        kind == "migrate"
    ):  # back and forth: the table of erasures is empty, as in a database that is older than they are
        call_command("migrate", verbosity=0)
        call_command("apply_ledger")
    elif kind == "import":
        settings.LEDGER_FOLDER = f"{folder}/mirror"
    wrong = [fault for fault in faults() if not isinstance(fault, Remark)]
    for line in said:
        if "seq" in line and not Publication.objects.filter(seq=line["seq"], link=line["link"]).exists():
            wrong.append(f"entry {line['seq']} was acknowledged and is not there")
        if "article" in line and not Article.objects.filter(public_id=line["article"]).exists():
            wrong.append(f"article {line['article']} was acknowledged and is not there")
    if kind == "erase":
        for actor in Actor.objects.filter(public_label=f"a clerk {number}"):
            erase(actor.public_id)
            wrong += [f"{left.where} holds the name" for left in find_in_tables([name_of(number)])]
    elif kind in ("import", "rebuild", "backup"):
        do(say, kind, number, folder)
        wrong += [fault for fault in faults() if not isinstance(fault, Remark)]
    if kind == "backup":
        paths = list(Path(folder, "backups").iterdir())
        wrong += [f"{path.name} is left" for path in paths if path.name.startswith(".")]
        for path in paths:
            check_archive(path)
    say(wrong)


# Losses.


@contextmanager
def own_server(folder: Path):
    """Functions that start and end a PostgreSQL that flushes what it acknowledges, and the URL of its database."""
    import postgres

    postgres.make_cluster(postgres.find_binaries(), folder, identity_for(folder))
    with cluster(folder) as (start, end, url):
        subprocess.run(["createdb", "-h", folder, "-U", "claimtrack", "claimtrack"], check=True)
        yield start, end, url


@contextmanager
def own_replica(folder: Path, primary: Path):
    """The same of a streaming replica of that server, which lets what it replays end a query after .1 s."""
    import postgres

    copying = [postgres.find_binaries() / "pg_basebackup", "-h", primary, "-U", "claimtrack", "-D", folder / "cluster"]
    subprocess.run([*copying, "-R", "-X", "stream", "-c", "fast"], check=True, cwd="/", **identity_for(folder))
    with cluster(folder, max_standby_streaming_delay="100ms") as found:
        yield found


def identity_for(folder: Path) -> dict:
    """Whom PostgreSQL runs as, with the folder made theirs: it refuses to be root."""
    import postgres

    identity = {}
    if os.geteuid() == 0:
        identity = {"user": postgres.unprivileged(), "extra_groups": []}
        shutil.chown(folder, identity["user"])
    folder.chmod(0o755)
    return identity


@contextmanager
def cluster(folder: Path, **options):
    """Functions that start and end the server of `folder`, started, and the URL of its database."""
    import postgres

    settings = [part for key, value in (CARE | options).items() for part in ("-c", f"{key}={value}")]
    running, url = [], f"postgres://claimtrack@/{folder}/claimtrack"

    def start():
        log = open(folder / "log", "a")  # noqa: SIM115 - the server's
        command = [postgres.find_binaries() / "postgres", "-D", folder / "cluster", "-k", folder, *settings]
        running.append(
            subprocess.Popen(command, stdout=log, stderr=log, cwd="/", start_new_session=True, **identity_for(folder))
        )
        while postgres.unusable(url) is not None:
            time.sleep(0.1)

    def end(how=signal.SIGQUIT):
        process = running.pop()
        process.send_signal(how)
        process.wait(60)

    start()
    try:
        yield start, end, url
    finally:
        if running:
            end(signal.SIGINT)


def losses(options) -> list[str]:
    with (
        tempfile.TemporaryDirectory(prefix="claimtrack-faults-") as name,
        own_server(Path(name)) as (start, end, url),
        staged(url, options.editors) as (environment, editors),
        serving(environment) as port,
    ):
        return lose(options.losses, (port, port), editors, start, end, options)


def replicas(options) -> list[str]:
    with (
        tempfile.TemporaryDirectory(prefix="claimtrack-faults-") as name,
        tempfile.TemporaryDirectory(prefix="claimtrack-faults-") as beside,
        own_server(Path(name)) as (_start, _end, url),
        staged(url, options.editors) as (environment, editors),
        own_replica(Path(beside), Path(name)) as (start, end, replica),
        serving(environment | {"CLAIMTRACK_ROLE": "desk"}) as desk,
        serving(environment | {"CLAIMTRACK_ROLE": "public", "DATABASE_REPLICA_URL": replica}) as public,
    ):
        wrong = lose(options.replicas, (public, desk), editors, start, end, options)
        return wrong + follow(environment, public, name)


@contextmanager
def staged(url: str, editors: int):
    """The environment of servers of that database, filled with a record, and editors with a claim each."""
    from benchmarks.records import run

    environment = os.environ | {"DATABASE_URL": url, "WEB_CONCURRENCY": "2"}
    run(environment, "manage.py", "migrate", "--verbosity", "0")
    run(environment, "manage.py", "collectstatic", "--noinput", "--verbosity", "0")
    run(environment, "benchmarks/records.py", 200, "--projections")
    staging = ["-c", f"from benchmarks.faults import say_editors; say_editors({editors})"]
    yield environment, json.loads(run(environment, *staging).splitlines()[-1])


@contextmanager
def serving(environment: dict):
    """A real server; yields its port."""
    from benchmarks.concurrency import free_port
    from benchmarks.flood import wait_for_desk

    port = free_port()
    server = subprocess.Popen(
        [sys.executable, "-m", "gunicorn", "--log-level", "critical"],
        cwd=ROOT,
        env=environment | {"CLAIMTRACK_PORT": str(port)},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
    )
    threading.Thread(target=server.stdout.read, daemon=True).start()
    try:
        wait_for_desk(port)
        yield port
    finally:
        server.terminate()
        server.wait(30)


def say_editors(number: int):
    import django

    django.setup()
    stage_editors(lambda staged: print(json.dumps(staged)), number)


def lose(times, ports, editors, start, end, options) -> list[str]:
    """Takes a database away again and again while people read at one port and edit at another; what was wrong."""
    over, wrong, back, acknowledged = threading.Event(), [], [], {}
    public, desk = ports
    answers = {"readers": Answers(), "editors": Answers()}
    people = [
        threading.Thread(target=read, args=(site(public), over, answers["readers"], wrong))
        for _ in range(options.readers)
    ]
    people += [
        threading.Thread(target=edit, args=(site(desk), editor, over, answers["editors"], wrong, acknowledged))
        for editor in editors
    ]
    for person in people:
        person.start()
    try:
        for number in range(times):
            time.sleep(1)
            end((signal.SIGQUIT, signal.SIGINT)[number % 2])  # at once, as when it crashes; or in order
            time.sleep(random.uniform(0.2, 1.5))
            start()
            back.append(seconds_until_served(public))
    finally:
        over.set()
        for person in people:
            person.join()
    for claim, words in acknowledged.items():
        session = session_of(editor=editors[[editor["claim"] for editor in editors].index(claim)])
        page = session.get(f"{site(desk)}/admin/claims/claim/{claim}/change/", timeout=60).text
        if words not in page:
            wrong.append(f"claim {claim}: “{words}” was acknowledged and is lost")
    if public != desk and answers["editors"][503]:
        wrong.append("editors noticed that the replica was lost")
    slow = [seconds for seconds in back if seconds > BACK_WITHIN]
    wrong += [f"served again only after {seconds:.1f} s" for seconds in slow]
    said = ", ".join(f"{who} {dict(counted)}" for who, counted in answers.items())
    print(f"{times} losses: answers to {said}; back within {max(back):.1f} s at most", flush=True)
    return wrong


def site(port) -> str:
    return f"http://127.0.0.1:{port}"


def calm(options) -> list[str]:
    """Times the answers of both roles behind the proxy; what was wrong."""
    from benchmarks import flood, proxy
    from benchmarks.concurrency import free_port, wait_for

    with (
        tempfile.TemporaryDirectory(prefix="claimtrack-faults-") as name,
        tempfile.TemporaryDirectory(prefix="claimtrack-proxy-") as beside,
        own_server(Path(name)) as (_start, _end, url),
        staged(url, options.editors) as (environment, editors),
    ):
        environment |= {"CLAIMTRACK_HOSTS": f"127.0.0.1,{proxy.HOST}", "CLAIMTRACK_PROXIES": "1"}
        public, desk = free_port(), free_port()
        servers = [flood.serve(environment, "public", str(public)), flood.serve(environment, "desk", str(desk))]
        try:
            wait_for(public)
            flood.wait_for_desk(desk)
            with proxy.proxy(options.proxy, Path(beside), public, desk) as (port, _process):
                address = f"https://127.0.0.1:{port}"
                people = [
                    begin_people(address, "editors", editors, options.calm),
                    begin_people(address, "readers", [{}] * options.readers, options.calm),
                ]
                used, begun = flood.processor(servers), time.monotonic()
                told = [json.loads(process.communicate(timeout=600)[0]) for process in people]
                share = (flood.processor(servers) - used) / (time.monotonic() - begun)
        finally:
            for server in servers:
                server.terminate()
            for server in servers:
                server.wait(30)
    for group in told:
        print(
            f"without faults, {group['answers']} answers to {group['who']}: {group['waits']}; while each page is made "
            f"for the first time: {group['first']}; they took {group['processor']:.0%} of a core themselves",
            flush=True,
        )
    print(f"the servers took {share:.0%} of a core")
    return [fault for group in told for fault in group["wrong"]]


def begin_people(address: str, who: str, each: list[dict], seconds: int) -> subprocess.Popen:
    from benchmarks.flood import own_group

    what = json.dumps({"address": address, "who": who, "each": each, "seconds": seconds})
    command = [sys.executable, __file__, "--people", what]
    return subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True, preexec_fn=own_group())


def behave(address: str, who: str, each: list[dict], seconds: int) -> dict:
    """Reads or edits, a thread for each of them; how it was answered, how slowly, and what was wrong."""
    over, wrong, answers = threading.Event(), [], Answers()
    people = [
        threading.Thread(target=edit, args=(address, one, over, answers, wrong, {}, f"127.3.0.{number}"))
        if one
        else threading.Thread(target=read, args=(address, over, answers, wrong, f"127.4.0.{number}"))
        for number, one in enumerate(each, 1)
    ]
    for person in people:
        person.start()
    time.sleep(WARM_UP)
    first = answers.percentiles()
    answers.waits.clear()
    used = time.process_time()
    time.sleep(seconds)
    used = (time.process_time() - used) / seconds
    waits, number = answers.percentiles(), len(answers.waits)
    over.set()
    for person in people:
        person.join()
    wrong += [f"{who} were answered with {status}" for status in answers if status not in (200, 302)]
    wrong = [f"{fault} ({times} times)" for fault, times in Counter(wrong).most_common(10)]
    return {"who": who, "answers": number, "waits": waits, "first": first, "wrong": wrong, "processor": used}


def follow(environment, port, folder) -> list[str]:
    """Publishes on the primary, which rewrites its tables, while readers read the replica; what was wrong."""
    import psycopg

    from benchmarks.records import run

    over, wrong, answers, waited = threading.Event(), [], Answers(), []
    people = [threading.Thread(target=read, args=(site(port), over, answers, wrong)) for _ in range(8)]
    for person in people:
        person.start()
    try:
        with psycopg.connect(host=folder, user="claimtrack", dbname="claimtrack", autocommit=True) as primary:
            for number in range(10):
                run(environment, "-c", f"from benchmarks.faults import publish_once; publish_once({number})")
                head = primary.execute("SELECT max(seq) FROM record_publication").fetchone()[0]
                waited.append(seconds_until_shown(port, head))
                for table in ("record_publication", "record_position", "record_search"):
                    primary.execute(f"VACUUM (FULL) {table}")
    finally:
        over.set()
        for person in people:
            person.join()
    print(f"10 publications shown within {max(waited):.1f} s at most; answers to readers {dict(answers)}", flush=True)
    return wrong + [f"shown only after {seconds:.1f} s" for seconds in waited if seconds > BACK_WITHIN]


def publish_once(number: int):
    import django

    django.setup()
    from claims.changes import add_claim
    from claims.models import Question
    from claims.publishing import publish
    from tests.cast import member_of

    editor, question = member_of("editor", "erin"), Question.objects.first()
    claim = add_claim(question=question, text=f"Gate {number} is wet.", kind="fact", by=editor)
    publish([claim], by=member_of("reviewer", "ravi"), reason="A claim.")


def seconds_until_shown(port, seq) -> float:
    """How long until readers' pages know of that entry."""
    import requests

    begun = time.monotonic()
    while time.monotonic() < begun + 60:
        if requests.get(f"http://127.0.0.1:{port}/readyz", timeout=30).json()["log_head"]["log_head"] >= seq:
            break
        time.sleep(0.05)
    return time.monotonic() - begun


def seconds_until_served(port) -> float:
    """How long until ten pages in a row are right."""
    import requests

    begun, right = time.monotonic(), 0
    while right < 10 and time.monotonic() < begun + 60:
        with suppress(requests.RequestException):
            right = right + 1 if requests.get(f"http://127.0.0.1:{port}/", timeout=30).status_code == 200 else 0
    return time.monotonic() - begun


class Answers(Counter):
    """Answers by their status, and how long each was waited for, in seconds."""

    def __init__(self):
        super().__init__()
        self.waits = []

    def percentiles(self) -> str:
        waits = sorted(self.waits) or [0.0]
        shown = {name: waits[min(len(waits) - 1, int(len(waits) * share))] for name, share in SHARES.items()}
        return ", ".join(f"{name} {seconds:.2f} s" for name, seconds in shown.items())


WARM_UP = 15  # seconds until each process has made each page once
SHARES = {"median": 0.5, "p99": 0.99, "most": 1.0}


def judge(response, answers, wrong):
    """Counts an answer; anything but a right one and a 503 in words is wrong."""
    answers[response.status_code] += 1
    answers.waits.append(response.elapsed.total_seconds())
    if response.status_code == 503 and not ("Not just now" in response.text or "unavailable" in response.text):
        wrong.append(f"a 503 without words: {response.text[:100]}")
    if response.status_code >= 500 and response.status_code != 503:
        wrong.append(f"{response.request.method} {response.url}: {response.status_code}")


def session_of(own=None, editor=None):
    """A reader's session, or that editor's; with an address of this machine as their own it goes through a proxy."""
    import requests

    from benchmarks.proxy import HOST

    class FromAddress(requests.adapters.HTTPAdapter):
        def init_poolmanager(self, *arguments, **options):
            options |= {"source_address": (own, 0), "server_hostname": HOST, "assert_hostname": False}
            super().init_poolmanager(*arguments, **options)

    session = requests.Session()
    if own:
        session.mount("https://", FromAddress())
        # The certificate of a run is signed by nobody, whatever the environment trusts.
        session.headers["Host"], session.verify, session.trust_env = HOST, False, False
        requests.packages.urllib3.disable_warnings()
    if editor:
        session.cookies.set("sessionid", editor["session"])
    return session


def read(address, over, answers, wrong, own=None):
    import requests

    session, paths = session_of(own), ["/", "/actors/actor-1", "/claims/claim-1", "/questions", "/search?q=a"]
    for number in count():
        if over.wait(0.3):
            return
        try:
            judge(session.get(f"{address}{paths[number % len(paths)]}", timeout=60), answers, wrong)
        except requests.RequestException as error:
            wrong.append(f"a reader got no answer: {error}")


def edit(address, editor, over, answers, wrong, acknowledged, own=None):
    """Words a claim anew again and again; what is acknowledged is kept, to be looked for in the end."""
    import requests
    from lxml import html

    session, address = session_of(own, editor), f"{address}/admin/claims/claim/{editor['claim']}/change/"
    referer = f"https://{session.headers['Host']}/" if own else address
    for number in count():
        if over.wait(0.5):
            return
        try:
            page = session.get(address, timeout=60)
            judge(page, answers, wrong)
            if page.status_code != 200:
                continue
            values = dict(html.fromstring(page.text).get_element_by_id("claim_form").form_values())
            words = f"The gate {editor['claim']} is open on day {number}."
            sent = session.post(
                address, {**values, "text": words}, headers={"Referer": referer}, timeout=60, allow_redirects=False
            )
            judge(sent, answers, wrong)
            if sent.status_code == 302:
                acknowledged[editor["claim"]] = words
            elif sent.status_code == 503 and words not in html.fromstring(sent.text).text_content():
                wrong.append("a 503 did not give back what was typed")
            else:  # whether it was saved is not known: what stands now was the last that may be
                acknowledged.pop(editor["claim"], None)
        except requests.RequestException as error:
            wrong.append(f"an editor got no answer: {error}")


# Damages.


def damages(options) -> list[str]:
    from django.core.management import call_command
    from django.db import connection, connections

    path, chance, found = Path(connection.settings_dict["NAME"]), random.Random(9), Counter()
    call_command("load_demonstration")
    call_command("record_verify")
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connections.close_all()
    whole = path.read_bytes()
    for _ in range(options.damages):
        place = chance.randrange(len(whole) // 4096) * 4096
        path.write_bytes(whole[:place] + chance.randbytes(4096) + whole[place + 4096 :])
        said = [command for command in ("record_verify", "backup") if in_fork(complains, command)[0] == [True]]
        found[" and ".join(said) or "nothing"] += 1
        forget_log(path)
    path.write_bytes(whole)
    print(f"{options.damages} pages overwritten, told by: {dict(found)}", flush=True)
    wrong = []  # a page that nothing complains of holds nothing, or letters of a draft: SQLite keeps no checksums
    in_fork(publish_and_die)
    log = path.with_name(f"{path.name}-wal")
    os.truncate(log, log.stat().st_size // 3)
    cut, _ = in_fork(say_faults)
    print(f"write-ahead log cut: {cut[0][:1]}", flush=True)
    wrong += [] if any("the log was cut" in fault for fault in cut[0]) else ["a log that was cut was not found"]
    path.with_name("ledger").joinpath("heads.jsonl").unlink()
    in_fork(publish_and_die)
    (said,), _ = in_fork(an_hour_earlier)
    print(f"clock set back: {said}", flush=True)
    return wrong + ([] if len(said) == 2 else ["a clock that was set back was not told"])


def forget_log(path: Path):
    for beside in ("-wal", "-shm"):
        path.with_name(path.name + beside).unlink(missing_ok=True)


def complains(say, command):
    """Says whether the command ends with a complaint, in a sentence or as the command line would put it in one."""
    import io

    from django.core.management import CommandError, call_command

    from claimtrack.outages import is_outage

    try:
        call_command(command, stdout=io.StringIO(), stderr=io.StringIO())
        say(False)
    except (CommandError, SystemExit):
        say(True)
    except Exception as error:
        say(is_outage(error) or "no such table" in str(error))


def say_faults(say):
    from record.log.verification import faults

    say(list(faults()))


PARTS = {"kills": kills, "losses": losses, "replicas": replicas, "damages": damages, "calm": calm}

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "claimtrack.settings")
    main()
