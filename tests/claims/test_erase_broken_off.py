"""An erasure that is broken off anywhere is done by running it again: nothing is left, nothing is said too early."""

import io
import os
import signal
import stat
import subprocess
import sys
from itertools import count
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from articles.tracked_changes import Refusal
from claims.erasure.erase import erase_name
from claims.erasure.leftovers import find_leftovers
from claims.erasure.pending_names import forget_names, kept_names, names_file
from record.log import ledger
from tests.cast import url_under_test
from tests.claims.test_erase_name import NAMES, eraser, own_files, planted, texts  # noqa: F401
from tests.withheld import TELLING

# benchmarks/erasing.py asks for more.
PLACES = int(os.environ.get("KILLS", "10"))
REAL = ["3", "60", "looking"] if PLACES <= 10 else [*map(str, range(5, 125, 12)), "looking"]
GONE = [*TELLING, "qanarikova"]


class Killed(BaseException):
    """Nothing catches it, as nothing catches a signal that kills; and nothing closes the cursors that were open."""


def erase(made, by, *, dies_at=0):
    """Erases the name, and dies at the n-th statement; returns how many there were."""
    numbers = count(1)

    def statement(execute, sql, parameters, many, context):
        if next(numbers) == dies_at:
            raise Killed
        return execute(sql, parameters, many, context)

    with connection.execute_wrapper(statement):
        erase_name(made.source, by=by, reason="Asked")
    return next(numbers) - 1


@pytest.mark.filterwarnings("ignore::ResourceWarning", "ignore::pytest.PytestUnraisableExceptionWarning")
@pytest.mark.django_db
def test_an_erasure_that_is_killed_at_any_statement_is_done_by_the_next(editor, reviewer, eraser):  # noqa: F811
    made = planted(editor, reviewer, eraser)
    identity = made.source.public_id
    before = connection.savepoint()
    statements = erase(made, eraser)
    connection.savepoint_rollback(before)
    forget_names(identity)
    assert statements > 50
    tried = sorted({1 + place * statements // PLACES for place in range(PLACES)})
    for place in tried:
        before = connection.savepoint()
        with pytest.raises(Killed):
            erase(made, eraser, dies_at=place)
        assert kept_names(identity) or "kanareyka" in texts(), place
        made.source.refresh_from_db()
        erase(made, eraser)
        after = texts()
        assert [one for one in GONE if one in after] == [], place
        assert set(kept_names(identity)["names"]) >= {NAMES[0], NAMES[1]}
        forget_names(identity)
        connection.savepoint_rollback(before)
        made.source.refresh_from_db()
    assert len(tried) == PLACES


@pytest.mark.django_db
def test_an_erasure_that_was_not_looked_through_is_run_again_for_the_same_names(editor, reviewer, eraser):  # noqa: F811
    made = planted(editor, reviewer, eraser)
    first = erase_name(made.source, by=eraser, reason="Asked")
    again = erase_name(made.source, by=eraser, reason="Asked")
    assert again.names == first.names >= set(NAMES[:3])
    path = names_file(made.source.public_id)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
    forget_names(made.source.public_id)
    assert not path.exists()
    assert made.source.public_id in ledger.erased_people()
    with pytest.raises(Refusal, match="nothing here knows it any more"):
        erase_name(made.source, by=eraser, reason="Asked")


@pytest.mark.django_db
def test_a_refused_erasure_keeps_no_names(editor, reviewer, eraser):  # noqa: F811
    made = planted(editor, reviewer, eraser)
    with pytest.raises(Refusal):
        erase_name(made.source, by=eraser, reason=NAMES[0])
    assert kept_names(made.source.public_id) == {}


def run_again(made, by):
    out = io.StringIO()
    arguments = ["erase_name", made.source.public_id, "--by", by.username, "--reason", "Asked", "--yes"]
    call_command(*arguments, stdout=out)
    return out.getvalue()


@pytest.mark.parametrize("place", REAL)
@pytest.mark.django_db(transaction=True)
def test_a_process_that_is_killed_leaves_what_the_next_needs(editor, reviewer, eraser, tmp_path, place):  # noqa: F811
    made = planted(editor, reviewer, eraser)
    killed = subprocess.run(
        [sys.executable, "-m", "tests.erasing_killed", place, made.source.public_id, eraser.username],
        cwd=Path(__file__).parents[2],
        env={**os.environ, "DATABASE_URL": url_under_test(), "CLAIMTRACK_STATE_DIR": str(tmp_path)},
        capture_output=True,
    )
    assert killed.returncode == -signal.SIGKILL, killed.stderr
    assert "No table or file here contains the name any more" in run_again(made, eraser)
    assert find_leftovers(NAMES) == []
    assert [one for one in GONE if one in texts()] == []
    assert not names_file(made.source.public_id).exists()
    assert "nothing was looked for" in run_again(made, eraser)


@pytest.mark.django_db(transaction=True)
def test_the_names_are_kept_while_something_certain_stands_in_a_file(editor, reviewer, eraser, tmp_path):  # noqa: F811
    made = planted(editor, reviewer, eraser)
    (tmp_path / "old.sql").write_text(f"INSERT {NAMES[0]}")
    for _ in range(2):
        with pytest.raises(CommandError, match=r"remains in: file .*old\.sql"):
            run_again(made, eraser)
    (tmp_path / "old.sql").unlink()
    assert "No table or file here contains the name any more" in run_again(made, eraser)
