"""The record's commands: a mirror is made and continued from files, and files are whole or not there."""

import io
import threading

import pytest
from django.core.management import CommandError, call_command
from django.db import connections

from record import projections
from record.exports.stream import Chunk
from record.log import append, head
from record.models import Publication
from tests import record_cast as cast


def run(name, *args, **options):
    out = io.StringIO()
    call_command(name, *args, stdout=out, **options)
    return out.getvalue()


@pytest.mark.django_db
@pytest.mark.parametrize("ending", ["json", "ndjson"])
def test_a_record_goes_through_a_file_into_another(tmp_path, ending):
    cast.append_history()
    first, second = tmp_path / f"one.{ending}", tmp_path / f"two.{ending}"
    assert str(first) in run("export_record", str(first))
    rows, end = cast.projected(), head()
    cast.wipe()
    said = run("import_record", str(first))
    assert f"{end.seq} entries taken in, 0 were here already" in said and end.link in said
    run("export_record", str(second))
    assert second.read_bytes() == first.read_bytes()
    assert cast.projected() == rows


@pytest.mark.django_db
def test_an_export_can_go_to_standard_output_and_an_import_come_from_standard_input(capsysbinary, monkeypatch):
    cast.append_cast()
    run("export_record", "-", "--format", "ndjson")
    content = capsysbinary.readouterr().out
    assert content.count(b"\n") == 23
    cast.wipe()
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(content)))
    assert "21 entries taken in" in run("import_record", "-")


@pytest.mark.django_db
def test_parts_of_the_log_are_exported(tmp_path):
    cast.append_cast()
    run("export_record", str(tmp_path / "a.ndjson"), "--since", "3", "--as-of", "5")
    assert (tmp_path / "a.ndjson").read_bytes().count(b"\n") == 4


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("args", "match"),
    [
        (["a.txt"], "--format"),
        (["a.json", "--since", "99"], "ends at 21"),
        (["a.json", "--since", "-1"], "places in the log"),
        (["a.json", "--since", "5", "--as-of", "4"], "places in the log"),
        (["no/such/folder/a.json"], "cannot be written"),
    ],
)
def test_an_export_that_cannot_be_is_refused_and_leaves_no_file(tmp_path, monkeypatch, args, match):
    cast.append_cast()
    monkeypatch.chdir(tmp_path)
    with pytest.raises(CommandError, match=match):
        run("export_record", *args)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.django_db
def test_an_export_that_breaks_off_leaves_the_old_file_as_it_was(tmp_path, monkeypatch):
    cast.append_cast()
    path = tmp_path / "record.ndjson"
    path.write_text("the old one")
    monkeypatch.setattr("record.exports.ndjson.lines", broken)
    with pytest.raises(RuntimeError):
        run("export_record", str(path))
    assert path.read_text() == "the old one"
    assert [found.name for found in tmp_path.iterdir()] == ["record.ndjson"]


def broken(*args, **options):
    yield Chunk(b'{"seq":1', 1)
    raise RuntimeError("the connection broke")


@pytest.mark.django_db
def test_an_import_that_is_refused_says_which_file_and_where(tmp_path):
    cast.append_cast()
    path = tmp_path / "cut.ndjson"
    run("export_record", str(path))
    path.write_bytes(path.read_bytes()[:5000])
    cast.wipe()
    with pytest.raises(CommandError, match=r"cut\.ndjson: The file breaks off in line \d+.*Nothing was changed"):
        run("import_record", str(path))
    assert head().seq == 0
    with pytest.raises(CommandError, match="cannot be read"):
        run("import_record", str(tmp_path / "missing.json"))


@pytest.mark.django_db(transaction=True)
def test_appends_at_the_same_time_make_one_chain():
    """Six threads, five appends each: dense numbers, one chain, nothing lost."""
    append([cast.question_moved, cast.question_why], reason="First")
    faults, start = [], threading.Barrier(6)

    def work(number):
        try:
            start.wait()
            for turn in range(5):
                claim = cast.claim(f"clai{number:04d}{turn:04d}", f"c-{number}-{turn}", f"Claim {number} {turn}")
                title = f"How many, {number} {turn}?"
                append([claim, cast.replace(cast.question_moved, title=title)], reason=f"By {number}")
        except Exception as error:
            faults.append(error)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=work, args=(number,)) for number in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert faults == []
    assert list(Publication.objects.values_list("seq", flat=True)) == list(range(1, 63))
    assert Publication.objects.get(public_id="quest0000001", superseded_by=None).version == 31
    assert "sound" in run("record_verify")


@pytest.mark.django_db(transaction=True)
def test_readers_and_the_desk_go_on_while_the_projections_are_rebuilt(monkeypatch):
    monkeypatch.setattr("record.projections.steps.STEP_SIZE", 6)
    monkeypatch.setattr("record.projections.locks.LONGEST_RETRY", 0)
    cast.append_cast()
    seen = []

    def look():
        with connections["public"].cursor() as cursor:
            cursor.execute("SELECT count(*) FROM record_current WHERE valid_before_seq IS NULL")
            current = cursor.fetchone()[0]
            cursor.execute("SELECT count(*) FROM record_search")
            seen.append((current, cursor.fetchone()[0]))
        append([cast.replace(cast.question_why, title=f"Why, {len(seen)}?")], reason="Meanwhile")
        connections.close_all()

    def elsewhere(count):
        thread = threading.Thread(target=look)
        thread.start()
        thread.join()

    projections.rebuild_projections(elsewhere)
    assert seen == [(21, 21)] * 4
    assert "sound" in run("record_verify")


@pytest.mark.django_db
def test_a_rebuild_that_is_killed_is_continued(monkeypatch):
    monkeypatch.setattr("record.projections.steps.STEP_SIZE", 6)
    cast.append_history()
    rows, read = cast.projected(), []

    def kill(count):
        read.append(count)
        if len(read) == 2:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        projections.rebuild_projections(kill)
    done = sum(read)
    projections.rebuild_projections(read.append)
    assert read[2] == done and sum(read[2:]) == head().seq
    assert cast.projected() == rows
    assert "Rebuilt from" in run("record_rebuild", "--from-start")
    assert cast.projected() == rows
