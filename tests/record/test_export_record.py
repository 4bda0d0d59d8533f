"""manage.py export_record: every format as a file that is whole or not there, filtered or bounded."""

import io
import json
import signal
import subprocess
import sys

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command

from record.exports import FORMATS, take_snapshot
from record.log import Withdrawal, append
from record.management.commands.export_record import format_of
from tests import record_cast as cast
from tests.cast import url_under_test


def run(*args, **options):
    out = io.StringIO()
    call_command("export_record", *map(str, args), stdout=out, **options)
    return out.getvalue()


@pytest.mark.django_db
def test_every_format_is_written_as_it_is_served(tmp_path):
    cast.append_history()
    path = tmp_path / "out"
    for name, form in FORMATS.items():
        assert str(path) in run(path, "--format", name), name
        assert [found.name for found in tmp_path.iterdir()] == ["out"], name
        assert path.read_bytes() == b"".join(form(take_snapshot(using="default"))), name
        assert path.stat().st_size > 70, name
        path.unlink()


@pytest.mark.parametrize(
    ("file", "name"),
    [
        ("a.json", "json"),
        ("a.ndjson", "ndjson"),
        ("a.csv", "csv"),
        ("claims.csv", "claims.csv"),
        ("2020.claims.csv", "claims.csv"),
        ("myclaims.csv", "csv"),
        ("a.actors.xlsx", "actors.xlsx"),
        ("datapackage.json", "datapackage.json"),
        ("some/where/datapackage.zip", "datapackage.zip"),
        ("a.zip", "datapackage.zip"),
        ("a.jsonld", "jsonld"),
        ("a.annotations.jsonld", "annotations"),
        ("a.popolo.json", "popolo"),
        ("a.bib", "bibtex"),
    ],
)
def test_the_name_of_the_file_chooses_the_format(file, name):
    assert format_of(file).name == name


@pytest.mark.django_db
def test_filters_choose_a_part(tmp_path):
    cast.append_cast()
    run(tmp_path / "part.ndjson", "--filter", "question=why-moved", "--filter", "stance=disputes")
    first, *entries, _ = map(json.loads, (tmp_path / "part.ndjson").read_bytes().splitlines())
    assert first["filters"] == {"question": ["why-moved"], "stance": ["disputes"]}
    assert [e["document"]["id"] for e in entries if e["document"]["type"] == "statement"] == ["state0000003"]


@pytest.mark.django_db
def test_filters_choose_a_part_of_the_record_as_it_was(tmp_path):
    head = cast.append_cast()[-1].seq
    run(tmp_path / "part.ndjson", "--filter", "stance=disputes", "--as-of", str(head))
    cast.append_history()
    run(tmp_path / "again.ndjson", "--filter", "stance=disputes", "--as-of", str(head))
    assert json.loads((tmp_path / "part.ndjson").read_text().splitlines()[0])["as_of"] == head
    assert (tmp_path / "again.ndjson").read_bytes() == (tmp_path / "part.ndjson").read_bytes()


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("args", "match"),
    [
        (["a.csv", "--since", "3"], "json and ndjson"),
        (["a.json", "--since", "3", "--filter", "stance=denies"], "--since gives whole"),
        (["a.json", "--filter", "stance"], "NAME=VALUE"),
        (["a.json", "--filter", "colour=red"], "NAME=VALUE"),
        (["a.json", "--filter", "actor=nobody"], "actor: “nobody” is the address of nothing"),
        (["a.txt"], "Say --format"),
    ],
)
def test_what_cannot_be_written_is_refused_in_words_and_leaves_no_file(tmp_path, monkeypatch, args, match):
    cast.append_cast()
    monkeypatch.chdir(tmp_path)
    with pytest.raises(CommandError, match=match):
        run(*args)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.django_db
def test_a_form_whose_package_is_missing_is_refused_by_its_name(tmp_path, monkeypatch):
    monkeypatch.setattr("record.exports.formats.find_spec", lambda name: None)
    with pytest.raises(CommandError, match="not installed: pyarrow"):
        run(tmp_path / "a.parquet")


@pytest.mark.django_db
def test_two_processes_do_not_write_one_file_together(tmp_path, monkeypatch):
    cast.append_cast()
    path = tmp_path / "a.ndjson"

    def meanwhile(snapshot):
        with pytest.raises(CommandError, match="Another process is writing"):
            run(path)
        yield b"the first"

    monkeypatch.setitem(FORMATS, "csv", FORMATS["csv"].__class__(**{**vars(FORMATS["csv"]), "writer": meanwhile}))
    run(path, "--format", "csv")
    assert path.read_bytes() == b"the first" and len(list(tmp_path.iterdir())) == 1


KILLED_IN_THE_MIDDLE = """
import os, signal, sys
import django
django.setup()
from django.core.management import call_command
from record.exports import FORMATS
def broken(snapshot):
    yield b"half of it"
    os.kill(os.getpid(), signal.SIGKILL)
    yield b""
object.__setattr__(FORMATS["ndjson"], "writer", broken)
call_command("export_record", sys.argv[1])
"""


@pytest.mark.django_db(transaction=True)
def test_a_killed_export_leaves_the_old_file_and_the_next_one_goes_through(tmp_path, monkeypatch):
    cast.append_cast()
    path = tmp_path / "record.ndjson"
    run(path)
    old = path.read_bytes()
    append([Withdrawal("statement", "state0000004")], reason="Unfounded")
    monkeypatch.setenv("DJANGO_SETTINGS_MODULE", "claimtrack.settings")
    monkeypatch.setenv("DATABASE_URL", url_under_test())
    killed = subprocess.run(
        [sys.executable, "-c", KILLED_IN_THE_MIDDLE, str(path)], cwd=settings.BASE_DIR, capture_output=True, check=False
    )
    assert killed.returncode == -signal.SIGKILL, killed.stderr.decode()
    assert path.read_bytes() == old
    assert {found.name for found in tmp_path.iterdir()} == {"record.ndjson", ".record.ndjson.part"}
    run(path)
    assert path.read_bytes() != old
    assert [found.name for found in tmp_path.iterdir()] == ["record.ndjson"]


@pytest.mark.django_db
def test_what_was_recorded_since_a_day_is_written(tmp_path):
    cast.append_cast()
    for day, rows in (("2020-03-01", 4), ("2020-03-02", 0)):
        run(tmp_path / "x.claims.csv", "--recorded-since", day)
        assert (tmp_path / "x.claims.csv").read_bytes().count(b"\r\n") == 1 + rows
    with pytest.raises(CommandError, match="is not a date"):
        run(tmp_path / "x.claims.csv", "--recorded-since", "soon")
