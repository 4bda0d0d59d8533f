"""A backup from any moment of a person's life in the record, restored after their name was erased: nothing is left."""

import io

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import Client
from pyrage.x25519 import Identity

from articles.changes import add_outlet
from articles.ingest import take_in
from claims.backup import databases
from claims.backup.archives import check_archive, moment_of, write_backup
from claims.backup.encryption import BackupRefused
from claims.backup.restoring import restore_backup
from claims.changes import add_actor, add_claim, revise
from claims.erasure.leftovers import find_leftovers
from claims.models import Actor, Release
from claims.privacy import CERTAIN
from claims.publishing import publish, submit, withdraw
from claimtrack.checks import check_ledger_applied
from record import search
from record.log import erase, ledger
from record.log.verification import faults
from record.models import Publication
from tests.claims.test_erase_name import eraser, own_files, texts  # noqa: F401
from tests.withheld import LABEL, NAME, TELLING, withheld_source

pytestmark = [pytest.mark.django_db(transaction=True)]


@pytest.fixture(autouse=True)
def one_database():
    """Begins without what earlier tests left in the index, and takes away what a restore has put aside."""
    search.clear()
    yield
    if connection.vendor == "postgresql":
        with databases.server_cursor() as cursor:
            name = connection.ops.quote_name(f"{connection.settings_dict['NAME']}_before")
            cursor.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")


def public(obj, editor, reviewer, reason="A reason."):
    obj.refresh_from_db()
    submit([obj], by=editor)
    publish([obj], by=reviewer, reason=reason)


def erase_by_command(actor, by):
    call_command("erase_name", actor.public_id, "--by", by.username, "--reason", "Asked", "--yes", stdout=io.StringIO())


@pytest.fixture
def life(editor, reviewer, eraser, tmp_path):  # noqa: F811
    """A backup from each stage of somebody's life in the record, by name; in the end their name is erased."""
    backups = {}

    def back_up(stage):
        backups[stage] = write_backup(tmp_path / stage)

    agency = add_outlet(name="Wire of the beginning", by=editor)
    take_in(text=f"{NAME} left early. Nobody asked.", outlet=agency, headline="An early text", by=editor)
    back_up("only in a text")
    made = withheld_source(editor)
    revise(made.source, {"protection": "named", "public_label": ""}, by=editor, seen=None)
    public(made.source, editor, reviewer)
    claim = add_claim(question=made.question, text=f"{NAME} lied.", kind="fact", by=editor)
    public(claim, editor, reviewer)
    back_up("public by name")
    withdraw([claim], by=reviewer, reason="It was none.")
    made.source.refresh_from_db()
    revise(made.source, {"protection": "withheld", "public_label": LABEL}, by=editor, seen=None)
    public(made.source, editor, reviewer)
    back_up("withheld")
    erase_by_command(made.source, eraser)
    back_up("erased")
    return made, backups


ERASURES = {"only in a text": 2, "public by name": 2, "withheld": 1, "erased": 0}


def test_no_backup_brings_an_erased_name_back(life):
    made, backups = life
    for stage, erasures in ERASURES.items():
        assert restore_backup(backups[stage]).erased.erasures == erasures
        after = texts()
        assert [word for word in TELLING if word in after] == [], stage
        assert [left for left in find_leftovers([NAME]) if left.grade == CERTAIN] == [], stage
        assert list(faults()) == [], stage
        assert ledger.missing_lines() == []
        assert Client().get("/").status_code == 200
        if stage != "only in a text":
            assert Actor.objects.get(public_id=made.source.public_id).public_label == LABEL
            assert LABEL in Client().get(f"/actors/{made.source.public_id}").content.decode()


def test_until_it_is_erased_again_nothing_is_served(life, editor_client, tmp_path):
    """A backup put in place by hand, past the command; and one restored where the ledger is not."""
    _, backups = life
    path = ledger.ledger_file()
    lines = path.read_text()
    path.write_text("".join(lines.splitlines(keepends=True)[:-1]))
    with pytest.raises(BackupRefused, match="ends after 1 erasures, and this backup knows of 2"):
        restore_backup(backups["erased"])
    path.unlink()
    with pytest.raises(BackupRefused, match="the ledger of erasures: bring it here first"):
        restore_backup(backups["erased"])
    path.write_text(lines)
    with databases_of(backups["withheld"], tmp_path) as scratch:
        databases.put_in_place(scratch)
    answer = Client().get("/questions/nothing")
    assert (answer.status_code, answer["Retry-After"]) == (503, "5")
    assert NAME not in answer.content.decode()
    sent = editor_client.post("/admin/claims/claim/add/", {"text": "A claim typed with care."})
    assert sent.status_code == 503
    assert "Nothing was saved." in sent.content.decode() and "typed with care" in sent.content.decode()
    assert [error.id for error in check_ledger_applied(None, databases=["default"])] == ["claimtrack.E002"]
    call_command("apply_ledger", stdout=io.StringIO())
    assert Client().get("/questions/nothing").status_code == 404
    assert [word for word in TELLING if word in texts()] == []


def databases_of(archive, tmp_path):
    from claims.backup.archives import unpack_archive

    unpack_archive(archive, tmp_path / "by hand")
    return databases.scratch_database(tmp_path / "by hand" / databases.dump_name())


def test_an_object_that_was_erased_stays_erased_with_what_rests_on_it(editor, reviewer, tmp_path):
    made = withheld_source(editor)
    claim = add_claim(question=made.question, text="Something that must go.", kind="fact", by=editor)
    public(claim, editor, reviewer)
    old = write_backup(tmp_path / "old")
    erase(claim.public_id, reason="It had to go.")
    restore_backup(old)
    rows = Publication.objects.filter(public_id=claim.public_id).order_by("seq")
    assert [(row.erased, row.document) for row in rows] == [(True, None), (False, None)]
    assert rows[1].reason == "It had to go."
    assert Release.objects.get(public_id=claim.public_id).state == Release.State.WITHDRAWN
    assert list(faults()) == []


# The file of a backup.


def test_a_backup_is_encrypted_to_the_key_and_holds_no_secret(settings, editor, tmp_path, monkeypatch):
    owner = Identity.generate()
    settings.BACKUP_KEY = str(owner.to_public())
    settings.PRIVATE_FOLDERS = {"originals": tmp_path / "originals"}
    (tmp_path / "originals" / "ab").mkdir(parents=True)
    (tmp_path / "originals" / "ab" / "abcdef").write_bytes(b"what came in")
    monkeypatch.setenv("DATABASE_URL", "postgres://somebody:hidden@host/name")
    monkeypatch.setenv("CLAIMTRACK_SECRET_KEY", "k" * 60)
    path = write_backup(tmp_path / "backups")
    assert (path.stat().st_mode & 0o777, path.parent.stat().st_mode & 0o777) == (0o600, 0o700)
    assert moment_of(path) is not None and path.suffix == ".age"
    with pytest.raises(BackupRefused, match="encrypted"):
        check_archive(path)
    with pytest.raises(BackupRefused, match="cannot be decrypted"):
        check_archive(path, Identity.generate())
    assert "files/originals/ab/abcdef" in check_archive(path, owner).files
    add_actor(name="Somebody Later", kind="person", by=editor)
    (tmp_path / "originals" / "ab" / "abcdef").unlink()
    restore_backup(path, identity=owner)
    assert not Actor.objects.filter(name="Somebody Later").exists()
    assert (tmp_path / "originals" / "ab" / "abcdef").read_bytes() == b"what came in"
    from claims.backup.archives import unpack_archive

    unpack_archive(path, tmp_path / "out", owner)
    assert "hidden" not in (tmp_path / "out/settings.json").read_text()
    assert "kkkk" not in (tmp_path / "out/settings.json").read_text()


@pytest.mark.parametrize("encrypted", [True, False])
def test_a_damaged_or_cut_backup_is_refused_and_changes_nothing(settings, editor, tmp_path, encrypted):
    owner = Identity.generate()
    settings.BACKUP_KEY = str(owner.to_public()) if encrypted else ""
    path = write_backup(tmp_path / "backups")
    add_actor(name="Somebody Later", kind="person", by=editor)
    whole = path.read_bytes()
    for place in range(50, len(whole), len(whole) // 4):
        for damaged in (whole[:place], whole[:place] + bytes([whole[place] ^ 1]) + whole[place + 1 :]):
            path.write_bytes(damaged)
            with pytest.raises(BackupRefused):
                restore_backup(path, identity=owner)
    assert Actor.objects.filter(name="Somebody Later").exists()


def test_commands_say_what_they_did_and_refuse_in_a_sentence(editor, tmp_path):
    out = io.StringIO()
    for left in (tmp_path / ".backup-killed", tmp_path / "backups"):
        left.mkdir()
        (left / ".backup-half").touch()  # by a process that was killed
    call_command("backup", tmp_path / "backups", "--verify", stdout=out)
    assert not (tmp_path / ".backup-killed").exists()
    assert "RestoreResult aside, the record is sound up to entry 0." in out.getvalue()
    [path] = (tmp_path / "backups").iterdir()
    with pytest.raises(CommandError, match="cannot be read: No such file"):
        call_command("restore", tmp_path / "nothing", "--yes")
    (tmp_path / "noise.tar.gz").write_bytes(b"noise" * 1000)
    with pytest.raises(CommandError, match="damaged or no backup"):
        call_command("restore", tmp_path / "noise.tar.gz", "--yes")
    call_command("restore", path, "--yes", stdout=out)
    assert "The record stands as at entry 0" in out.getvalue()
