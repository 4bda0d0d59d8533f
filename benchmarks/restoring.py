"""Backups while editors work, and old backups after erasures: whether anything is lost, or anything comes back.

    python benchmarks/restoring.py [--backups 20] [--restores 200] [--databases sqlite postgresql]

For each database, on throw-away ones: one process plays the pairs of deeds of tests/interleavings.py, publishes, and
notes each change when it is acknowledged; meanwhile backups are taken. Each is restored elsewhere: the record must be
sound, and hold every change that was acknowledged before the backup began. Then people are recorded, published by
name, withheld and erased, with backups between; backups older than the erasures are restored again and again, and
nothing may hold a name afterwards. Ends with 1 if anything was wrong.
"""

import argparse
import json
import os
import random
import shutil
import subprocess
import sys
import tempfile
import time
from contextlib import suppress
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--backups", type=int, default=20)
    parser.add_argument("--restores", type=int, default=200)
    parser.add_argument("--databases", nargs="+", choices=["sqlite", "postgresql"], default=["sqlite", "postgresql"])
    parser.add_argument("--play", action="store_true", help=argparse.SUPPRESS)
    parser.add_argument("--examine", help=argparse.SUPPRESS)
    parser.add_argument("--erase", type=int, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.play:
        play()
    elif options.examine:
        examine(options.examine)
    elif options.erase:
        erase_and_restore(options.erase)
    else:
        wrong = [attempt(vendor, options) for vendor in options.databases]
        sys.exit(any(wrong))


def attempt(vendor: str, options) -> bool:
    """Both parts on one database; whether anything was wrong."""
    from benchmarks.records import throwaway

    wrong = []
    if options.backups:
        with throwaway(vendor) as environment, tempfile.TemporaryDirectory() as folder:
            wrong += back_up_while_editing(environment, Path(folder), options.backups)
    if options.restores:
        with throwaway(vendor) as environment:
            run_self(environment, "migrate")
            done = run_self(environment, "--erase", options.restores)
            print(f"{vendor}: {done}", flush=True)
            wrong += json.loads(done)["wrong"]
    for sentence in wrong:
        print(f"  WRONG: {sentence}")
    return bool(wrong)


def run_self(environment, *arguments) -> str:
    """This script, or manage.py, in that environment; what it printed last."""
    script = "manage.py" if arguments[0] in ("migrate", "backup") else __file__
    done = subprocess.run(
        [sys.executable, script, *map(str, arguments)], cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True
    )
    if done.returncode:
        sys.exit(f"{arguments} ended with {done.returncode}: {done.stdout[-500:]}")
    return done.stdout.strip().rpartition("\n")[2]


def back_up_while_editing(environment, folder: Path, count: int) -> list[str]:
    """Backups while one process edits and publishes; what was wrong with any of them."""
    run_self(environment, "migrate")
    journal = folder / "acknowledged"
    with open(journal, "w") as acknowledged:
        player = subprocess.Popen(
            [sys.executable, __file__, "--play"], cwd=ROOT, env=environment, stdin=subprocess.PIPE, stdout=acknowledged
        )
    wrong, taken = [], []
    try:
        while not journal.stat().st_size and player.poll() is None:
            time.sleep(0.2)
        for number in range(count):
            before = journal.read_text().rpartition("\n")[0].splitlines()
            run_self(environment, "backup", folder / str(number))
            during = len(journal.read_text().splitlines()) - len(before)
            taken.append((folder / str(number), json.loads(before[-1]), during))
    finally:
        player.stdin.close()
        player.wait(600)
    from benchmarks.records import throwaway

    vendor = "postgresql" if "DATABASE_URL" in environment else "sqlite"
    for place, last, _ in taken:
        [path] = place.iterdir()
        if vendor == "postgresql":
            subprocess.run(["dropdb", "--force", environment["DATABASE_URL"].rpartition("/")[2]], check=True)
            subprocess.run(["createdb", environment["DATABASE_URL"].rpartition("/")[2]], check=True)
            wrong += json.loads(run_self(environment, "--examine", json.dumps([str(path), last])))
        else:
            with throwaway(vendor) as elsewhere:
                wrong += json.loads(run_self(elsewhere, "--examine", json.dumps([str(path), last])))
    changes = sum(during for _, _, during in taken)
    print(f"{vendor}: {count} backups restored, {changes} acknowledged steps while they were taken", flush=True)
    if not changes:
        wrong.append("nothing was written while the backups were taken")
    return wrong


def play():
    """Plays pairs and publishes until standard input ends; prints what stands after each step is committed."""
    import threading

    import django

    django.setup()
    from django.conf import settings
    from django.test.utils import override_settings, setup_test_environment

    from articles.models import Trace
    from claims.changes import add_claim
    from claims.publishing import publish
    from record.log import head
    from tests.cast import member_of
    from tests.conftest import signed_in
    from tests.interleavings import interleave, stage

    setup_test_environment()
    settings.STORAGES["staticfiles"]["BACKEND"] = "django.contrib.staticfiles.storage.StaticFilesStorage"
    ended = threading.Event()
    threading.Thread(target=lambda: (sys.stdin.read(), ended.set()), daemon=True).start()
    editor, reviewer = member_of("editor", "erin"), member_of("reviewer", "ravi")
    with override_settings(AXES_ENABLED=False, SECOND_PERSON=True):
        made = stage(editor)
        clients = [signed_in(editor), signed_in(member_of("editor", "edda"))]
        seed = 0
        while not ended.is_set():
            seed += 1
            with suppress(ValueError, IndexError, KeyError):  # pairs before have left a deed nothing to do
                interleave(seed, made, clients)
            claim = add_claim(question=made.question, text=f"The dam is {seed} metres high.", kind="fact", by=editor)
            publish([claim], by=reviewer, reason=f"Claim {seed}.")
            traces = list(Trace.objects.order_by("-pk").values_list("pk", flat=True)[:200])
            end = head()
            print(json.dumps({"traces": traces, "seq": end.seq, "link": end.link}), flush=True)


def examine(asked: str):
    """Restores a backup into the empty database of this environment, and prints what is wrong with it."""
    import django

    django.setup()
    from articles.models import Trace
    from claims.backup.restoring import restore_backup
    from record.log.verification import faults
    from record.models import Publication

    path, last = json.loads(asked)
    restore_backup(Path(path), without_ledger=True)
    wrong = list(faults())
    here = set(Trace.objects.values_list("pk", flat=True))
    wrong += [f"change {key} is lost" for key in last["traces"] if key not in here]
    if not Publication.objects.filter(seq=last["seq"], link=last["link"]).exists():
        wrong.append(f"entry {last['seq']} is lost")
    print(json.dumps(wrong))


def erase_and_restore(count: int):
    """Lives of people with backups between, all erased; then `count` restores of older backups."""
    import io

    import django

    django.setup()
    from django.contrib.auth.models import Permission
    from django.core.management import call_command
    from django.db import connection

    from articles.changes import add_outlet, quote_passage
    from articles.ingest import take_in
    from claims.backup.archives import write_backup
    from claims.backup.restoring import restore_backup
    from claims.changes import (
        AppearanceInput,
        StanceInput,
        add_actor,
        add_claim,
        add_question,
        record_statement,
        revise,
    )
    from claims.erasure.file_search import search_files
    from claims.erasure.leftovers import find_in_tables, find_leftovers
    from claims.publishing import publish, submit, withdraw
    from tests.cast import member_of

    editor, reviewer = member_of("editor", "erin"), member_of("reviewer", "ravi")
    reviewer.user_permissions.add(Permission.objects.get(codename="see_withheld_names"))
    reviewer = type(reviewer).objects.get(pk=reviewer.pk)
    folder = Path(os.environ["CLAIMTRACK_STATE_DIR"]) / "old"
    rng, names, backups = random.Random(5), [], []

    def back_up():
        place = folder / str(len(backups))
        backups.append(write_backup(place))

    outlet = add_outlet(name="Valley Herald", by=editor)
    question = add_question(title="Who knew of the dam?", by=editor)
    for life in range(8):
        name = f"{rng.choice(FIRST)} {''.join(rng.choices('bdgklmnprstvz', k=3)).capitalize()}ovanskaya{life}x"
        name = name[:-2] + "abcdefgh"[life] * 2
        names.append(name)
        told = f"{name} said: “I knew of number {life} and told nobody.” Others were silent on day {life}."
        capture = take_in(text=told, outlet=outlet, headline=f"Day {life}", published="2021-05", by=editor).capture
        back_up()
        actor = add_actor(name=name, kind="person", by=editor)
        claim = add_claim(question=question, text=f"Somebody knew of number {life}.", kind="fact", by=editor)
        passage = quote_passage(capture, f"“I knew of number {life} and told nobody.”", by=editor)
        statement = record_statement(
            summary=f"A clerk knew of number {life}",
            mode="direct",
            speaker=actor,
            stances=[StanceInput(claim, "affirms")],
            appearances=[AppearanceInput(passage, name, "said", [])],
            by=editor,
        )
        accused = add_claim(question=question, text=f"{name} lied.", kind="fact", by=editor)
        submit([statement, accused], by=editor)
        publish([statement, accused], by=reviewer, reason="What was said.")
        back_up()
        withdraw([accused], by=reviewer, reason="It was none.")
        actor.refresh_from_db()
        label = f"a clerk of office {life}"
        revise(actor, {"protection": "withheld", "public_label": label}, by=editor, seen=None)
        submit([actor, statement], by=editor)
        publish([actor, statement], by=reviewer, reason="A source is protected.")
        back_up()
        arguments = [actor.public_id, "--by", "ravi", "--reason", "Asked", "--yes", "--done"]
        call_command("erase_name", *arguments, stdout=io.StringIO())
    wrong, began = [], time.monotonic()
    if not find_leftovers([names[0], "Valley Herald"]):
        wrong.append("what stands in the tables is not found")
    for number in range(count):
        path = backups[number % len(backups)]
        restore_backup(path)
        wrong += [f"{path}: {left.where} {left.forms}" for left in find_in_tables(names) if left.grade == "certain"]
        connection.close()  # before its file is opened and closed again, which would take its locks
        paths = [str(place) for place in Path(os.environ["CLAIMTRACK_STATE_DIR"]).glob("claimtrack.sqlite3*")]
        for place, found in search_files({"names": names, "paths": paths}).items():
            wrong += [f"{path}: {place} {found['forms']}"] if found and found["times"] else []
        if number % 10 == 9:
            print(f"{number + 1} restores, {len(wrong)} wrong", file=sys.stderr, flush=True)
        shutil.rmtree(Path(os.environ["CLAIMTRACK_STATE_DIR"]) / "exports", ignore_errors=True)
    seconds = (time.monotonic() - began) / max(count, 1)
    print(json.dumps({"restores": count, "backups": len(backups), "seconds each": round(seconds, 1), "wrong": wrong}))


FIRST = ["Anna", "Bibi", "Clara", "Dana", "Elena", "Farida", "Galya", "Hana"]


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "claimtrack.settings")
    main()
