"""What is not public can be read by its owner alone: made so, mended where it was not, warned of where it cannot be."""

import random
from types import SimpleNamespace

import pytest
from django.core.management import CommandError, call_command

from claimtrack.checks import check_https_proxy, check_private_files
from tests.claimtrack.conftest import manage


def mode(path):
    return path.stat().st_mode & 0o777


@pytest.fixture
def state(tmp_path):
    """A state folder that is not there yet, below one that all may read."""
    tmp_path.chmod(0o755)
    return tmp_path / "var" / "state"


def test_database_key_and_folder_are_made_for_their_owner_alone(migrated):
    assert mode(migrated) == 0o700
    held = {path.name: mode(path) for path in migrated.iterdir()}
    assert held["claimtrack.sqlite3"] == held["secret_key"] == 0o600
    assert {path: bits for path, bits in held.items() if bits & 0o077} == {}


def test_what_stood_open_is_closed_at_the_next_start(state):
    state.mkdir(parents=True)
    state.chmod(0o755)
    for name in ("claimtrack.sqlite3", "claimtrack.sqlite3-wal", "secret_key"):
        (state / name).write_text("k" * 60 if name == "secret_key" else "")
        (state / name).chmod(0o644)
    manage(state, "check")
    assert mode(state) == 0o700
    assert {path.name for path in state.iterdir() if mode(path) & 0o077} == set()


def test_a_database_elsewhere_is_closed_and_its_folder_left_as_it_is(state, tmp_path):
    path = tmp_path / "elsewhere.sqlite3"
    manage(state, "check", DATABASE_URL=f"sqlite:///{path}")
    assert mode(path) == 0o600
    assert mode(tmp_path) == 0o755


def test_deploying_with_files_that_others_can_read_is_warned_of(monkeypatch, tmp_path):
    database = {"ENGINE": "claimtrack.sqlite", "NAME": str(tmp_path / "below" / "x.sqlite3")}
    monkeypatch.setattr(
        "claimtrack.checks.settings", SimpleNamespace(STATE_DIR=tmp_path, DATABASES={"default": database})
    )
    tmp_path.chmod(0o700)
    assert check_private_files(None) == []
    (tmp_path / "below").mkdir(mode=0o755)
    (tmp_path / "below" / "x.sqlite3").touch(mode=0o644)
    found = check_private_files(None)
    assert {warning.id for warning in found} == {"claimtrack.W003"}
    assert [warning.hint for warning in found] == [
        f"chmod 600 {tmp_path / 'below' / 'x.sqlite3'}",
        f"chmod 700 {tmp_path / 'below'}",
    ]


@pytest.mark.parametrize(("https", "proxies", "warned"), [(True, 0, True), (True, 1, False), (False, 0, False)])
def test_deploying_with_https_and_no_proxy_is_warned_of(settings, https, proxies, warned):
    settings.HTTPS, settings.PROXIES = https, proxies
    assert [warning.id for warning in check_https_proxy(None)] == ["claimtrack.W002"] * warned


def test_check_deploy_says_so(state):
    production = {"CLAIMTRACK_HTTPS": "on", "CLAIMTRACK_HOSTS": "claims.example.org", "CLAIMTRACK_SECRET_KEY": "k" * 60}
    asked = ("check", "--deploy", "--fail-level", "WARNING")
    without, with_one = manage(state, *asked, **production), manage(state, *asked, **production, CLAIMTRACK_PROXIES="1")
    assert without.returncode == 1
    assert "CLAIMTRACK_PROXIES names no proxy" in without.stderr
    assert "CLAIMTRACK_PROXIES" not in with_one.stderr


COMMANDS = (
    ["record_verify"],
    ["record_rebuild"],
    ["record_verify", "--log-only"],
    ["export_record", "-", "--format", "json"],
)


DAMAGES = {
    "no database at all": lambda content, rng: rng.randbytes(8192),
    "its beginning": lambda content, rng: rng.randbytes(100) + content[100:],
    "cut in the middle": lambda content, rng: content[: len(content) // 2],
    "names of tables": lambda content, rng: content.replace(b"record_publication", b"record_\xff\xfeblication"),
}


@pytest.mark.parametrize(("damage", "command"), list(zip(DAMAGES.values(), COMMANDS, strict=True)), ids=DAMAGES)
def test_of_a_damaged_file_commands_tell_in_a_sentence(migrated, state, damage, command):
    state.mkdir(parents=True)
    content = (migrated / "claimtrack.sqlite3").read_bytes()
    (state / "claimtrack.sqlite3").write_bytes(damage(content, random.Random(5)))
    done = manage(state, *command)
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1
    assert ("run manage.py migrate" if "record_" in done.stderr else "files cannot be read") in done.stderr


def test_a_file_that_cannot_be_taken_in_is_told_in_a_sentence(db, tmp_path):
    (tmp_path / "noise").write_bytes(random.Random(5).randbytes(10_000))
    for name in ("noise", "nothing", "."):
        with pytest.raises(CommandError, match=name):
            call_command("import_record", str(tmp_path / name))
