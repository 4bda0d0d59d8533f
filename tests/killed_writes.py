"""Long writes that are killed again and again, as by an operator's `kill -9`, until they come to their end.

Each scenario has a deed that can be done again after any kill, saves that others make between two kills, and what must
be true at the end. `play(scenario, kills, seed)` does the deed in processes of their own, each killed at a statement
drawn from the seed, and begins anew where the deed ends before so many were killed.
"""

import io
import os
import random
import signal
import traceback
from dataclasses import dataclass
from functools import cache
from itertools import count
from pathlib import Path

from django.apps import apps
from django.db import connection, connections, transaction

from articles.changes import add_outlet
from articles.models import Outlet, Trace
from claims.changes import continue_merges, merge_actors, undo_merge
from claims.imports.record.adoption import adopt_record
from claims.models import Actor, Adoption, Merge, Release, Statement
from claims.privacy.redactor import Redactor
from claims.publishing import publish
from claims.publishing.documents import document_of
from record import projections
from record.documents import decode, encode
from record.exports import FORMATS, take_snapshot
from record.imports import import_record
from record.log import append, head
from record.log.verification import Remark, faults
from record.models import OutdatedObject, Position, Printing, Publication
from tests import record_cast as cast
from tests.cast import member_of

DEMONSTRATION = Path(__file__).parent / "kept_exports" / "demonstration.ndjson"
STATEMENTS = 24  # of the hot actor: some more than a step takes
SMALL_STEPS = {
    "record.projections.steps.STEP_SIZE": 4,
    "record.projections.maintain.MAX_FOLLOWERS": 3,
    "record.projections.locks.LONGEST_RETRY": 0,
    "record.log.SECONDS_FOR_OUTDATED": 0,
    "claims.changes.moves.BATCH_SIZE": 5,
    "claims.changes.merge_steps.SECONDS_FOR_MERGES": 0,
    "claims.imports.record.adoption.BATCH_SIZE": 4,
}


def is_killed(deed, place: int) -> bool:
    """Does it in a process of its own, which is killed at its `place`-th statement; whether it came to that."""
    connections.close_all()
    child = os.fork()
    if child == 0:
        numbers = count(1)

        def dies(execute, sql, parameters, many, context):
            if next(numbers) == place:
                os.kill(os.getpid(), signal.SIGKILL)
            return execute(sql, parameters, many, context)

        try:
            with connection.execute_wrapper(dies):
                deed()
            os._exit(0)
        except BaseException:
            traceback.print_exc()
            os._exit(1)
    _, status = os.waitpid(child, 0)
    assert os.WIFSIGNALED(status) or os.WEXITSTATUS(status) == 0, "The deed failed."
    return os.WIFSIGNALED(status)


def play(scenario, kills: int, seed: int) -> int:
    """Kills the deed so often; returns how many times it was done to its end. Fails where something is lost."""
    rng, killed, done = random.Random(seed), 0, 0
    scenario.begin()
    while True:
        place = rng.randrange(1, rng.choice([20, 100, 400])) if killed < kills else 0
        if is_killed(scenario.deed, place):
            killed += 1
            scenario.save(killed)
            continue
        done += 1
        scenario.check()
        if killed >= kills:
            return done
        scenario.begin()


def empty_everything() -> None:
    with transaction.atomic():  # foreign keys are looked at when it ends
        cast.wipe()
        for room in ("claims", "articles"):
            for model in apps.get_app_config(room).get_models():
                model._base_manager.all()._raw_delete("default")


@dataclass(frozen=True)
class HotRecord:
    """The export of a record in which `hot` has made most statements; `other` is somebody else, `said` by `hot`."""

    content: bytes
    projected: dict
    hot: str
    other: str
    said: Statement


@cache
def hot_record() -> HotRecord:
    """The demonstration with one of its statements made again and again, some of them twice."""
    empty_everything()
    import_record(io.BytesIO(DEMONSTRATION.read_bytes()))
    stand = [decode(text) for text in Publication.objects.filter(superseded_by=None).values_list("document", flat=True)]
    people = {one.id for one in stand if isinstance(one, cast.d.Actor) and one.kind == "person" and not one.identifiers}
    told = {one.speaker: one for one in stand if isinstance(one, cast.d.Statement) and one.speaker in people}
    (hot, said), (other, _) = [*told.items()][:2]
    ids = [f"statehot{number:04d}" for number in range(STATEMENTS)]
    made = [cast.replace(said, id=public_id, slug=public_id, summary=f"Said {public_id}") for public_id in ids]
    append(made, reason="Much was said")
    append([cast.replace(one, summary=f"{one.summary} again") for one in made[::7]], reason="Plainer")
    return HotRecord(b"".join(FORMATS["ndjson"](take_snapshot(using="default"))), cast.projected(), hot, other, said)


def check_record() -> None:
    """The log is sound, and the projections are what a rebuild makes of it."""
    projections.derive_outdated()
    assert [fault for fault in faults() if not isinstance(fault, Remark)] == []
    assert not OutdatedObject.objects.exists()
    found = cast.projected()
    projections.rebuild_projections(from_start=True)
    assert cast.projected() == found


class Scenario:
    """What all have in common: the record that they begin with."""

    def begin(self):
        self.record = hot_record()
        empty_everything()
        self.saved = []


class Rebuild(Scenario):
    """Damaged projections are made anew, while the record grows."""

    def begin(self):
        super().begin()
        import_record(io.BytesIO(self.record.content))
        Position.objects.filter(actor=self.record.hot).delete()
        Printing.objects.update(origin="nonsense")

    def deed(self):
        projections.rebuild_projections()

    def save(self, number):
        public_id = f"savedst{number:05d}"
        append([cast.replace(self.record.said, id=public_id, slug=public_id)], reason="Meanwhile")
        self.saved.append(public_id)

    def check(self):
        assert Publication.objects.filter(public_id__in=self.saved).count() == len(self.saved)
        check_record()


class Import(Scenario):
    """An export is taken in by an empty record, while the desk saves."""

    def deed(self):
        import_record(io.BytesIO(self.record.content), step=3)

    def save(self, number):
        self.saved.append(add_outlet(name=f"Outlet {number}", by=None).pk)

    def check(self):
        assert Outlet.objects.filter(pk__in=self.saved).count() == len(self.saved)
        assert b"".join(FORMATS["ndjson"](take_snapshot(using="default"))) == self.record.content
        assert cast.projected() == self.record.projected
        check_record()


class Adopt(Import):
    """An empty desk is filled from a record, while it is used."""

    def deed(self):
        adopt_record(io.BytesIO(self.record.content))

    def save(self, number):
        if Adoption.objects.exists():  # only an empty desk can begin
            super().save(number)

    def check(self):
        super().check()
        nobody = Redactor(())
        published = {row.public_id: row.document for row in Publication.objects.filter(superseded_by=None)}
        for release in Release.objects.all():
            model = apps.get_model("articles" if release.kind in ("outlet", "article") else "claims", release.kind)
            text = encode(document_of(model._base_manager.get(public_id=release.public_id), withheld=nobody))
            assert text == published[release.public_id]
        assert Release.objects.count() == Publication.objects.filter(superseded_by=None, document__isnull=False).count()
        assert Trace.objects.filter(verb="adopt").count() == Release.objects.count()


class MergeOfHotActor(Scenario):
    """Somebody who has made most statements is merged into another and published, and then it is undone."""

    def begin(self):
        super().begin()
        adopt_record(io.BytesIO(self.record.content))
        self.editor, self.reviewer = member_of("editor", "erin"), member_of("reviewer", "ravi")
        self.spoken = self.spoken_now()

    def deed(self):
        gone, kept = (Actor.objects.get(public_id=public_id) for public_id in (self.record.hot, self.record.other))
        for undone in (False, True):
            merge = Merge.objects.first()
            if merge is None:
                merge = merge_actors(gone, into=kept, by=self.editor, why="One", seen=None)
            elif undone and merge.undone_at is None:
                undo_merge(merge, by=self.editor)
            elif not undone and merge.undone_at:
                continue
            continue_merges()
            if not undone:
                merge.refresh_from_db()
                self.check_merged(merge)
            publish([Actor.objects.get(pk=gone.pk)], by=self.reviewer, reason="As at the desk")
            projections.derive_outdated()

    def check_merged(self, merge):
        parts = [merge.moved, *merge.steps.values_list("moved", flat=True)]
        keys = [key for part in parts for key in part["moved"].get("statement.speaker", [])]
        assert sorted(keys) == sorted(self.spoken) and not self.spoken_now()

    def spoken_now(self):
        return set(Statement.objects.filter(speaker__public_id=self.record.hot).values_list("pk", flat=True))

    def save(self, number):
        self.saved.append(add_outlet(name=f"Outlet {number}", by=None).pk)

    def check(self):
        assert Outlet.objects.filter(pk__in=self.saved).count() == len(self.saved)
        assert self.spoken_now() == self.spoken
        for verb in ("merge", "undo merge"):
            assert Trace.objects.filter(verb=verb, kind="statement").count() == len(self.spoken)
        assert Publication.objects.filter(public_id=self.record.hot).count() == 3 and head().seq > 0
        assert not Merge.objects.filter(unfinished=True).exists()
        check_record()


SCENARIOS = {"rebuild": Rebuild, "import": Import, "adopt": Adopt, "merge": MergeOfHotActor}
