"""The ground: the cast, the browser, no way out of the machine, and what is installed."""

import ast
import importlib
import os
import re
import socket
import subprocess
import sys
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest
from django.contrib.auth.models import User
from django.db import connections

from claims.management.commands.prepare import are_static_files_stale, create_accounts

ROOT = Path(__file__).resolve().parents[2]


def test_an_editor_is_in_the_group_of_editors(editor, reviewer):
    assert [group.name for group in editor.groups.all()] == ["editor"]
    assert [group.name for group in reviewer.groups.all()] == ["reviewer"]


def test_readers_alias_sees_what_a_test_has_written(editor):
    with connections["public"].cursor() as cursor:
        cursor.execute("SELECT username FROM auth_user")
        assert cursor.fetchall() == [("erin",)]


def test_no_test_reaches_the_network():
    with pytest.raises(RuntimeError, match="stay on this machine"), socket.socket() as sock:
        sock.connect(("192.0.2.1", 80))


def test_browser_signs_in_at_the_desk(page, sign_in, editor):
    sign_in(page, editor)
    page.goto("/admin/")
    assert "erin" in page.locator("#user-tools").inner_text().lower()
    # The login form has its style sheet: static files are served, and the policy lets them in.
    assert page.evaluate("document.styleSheets.length") > 0


def test_browser_finds_no_session_of_another_test(page):
    page.goto("/admin/")
    assert "/admin/login/" in page.url


# What `make run` prepares.


def test_accounts_are_made_with_passwords_that_are_told_once(client, db):
    passwords = create_accounts()
    assert sorted(passwords) == ["editor", "reviewer"]
    assert create_accounts() == {}
    for name, password in passwords.items():
        assert len(password) >= 16
        assert client.post("/admin/login/", {"username": name, "password": password}).status_code == 302
        assert client.get("/admin/").status_code == 200
        user = User.objects.get(username=name)
        assert ([group.name for group in user.groups.all()], user.is_superuser) == ([name], False)


def test_passwords_are_another_pair_in_every_house(db):
    first = create_accounts()
    User.objects.all().delete()
    assert set(first.values()) & set(create_accounts().values()) == set()


def test_an_account_that_is_there_keeps_its_password(db):
    kept = User.objects.create_user("editor", password="chosen by somebody")
    assert list(create_accounts()) == ["reviewer"]
    kept.refresh_from_db()
    assert kept.check_password("chosen by somebody")


def test_a_database_that_cannot_be_reached_is_told_in_a_sentence(tmp_path):
    """With `prepare`, because that is what a newcomer meets first."""
    answer = subprocess.run(
        [sys.executable, "manage.py", "prepare"],
        cwd=ROOT,
        env={
            "PATH": os.environ["PATH"],
            "DATABASE_URL": f"postgres:///{tmp_path}/claimtrack",
            "CLAIMTRACK_STATE_DIR": str(tmp_path),
        },
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert answer.returncode == 1
    assert answer.stderr.startswith("CommandError: The database cannot be reached:")
    assert "Traceback" not in answer.stderr


def test_static_files_are_collected_anew_when_one_has_changed(settings, tmp_path):
    settings.STATIC_ROOT = tmp_path
    assert are_static_files_stale()
    manifest = tmp_path / "staticfiles.json"
    manifest.write_text("{}")
    assert not are_static_files_stale()
    os.utime(manifest, (0, 0))
    assert are_static_files_stale()


# What `make test` says at its end.


@pytest.mark.parametrize(
    ("states", "in_ci", "status"),
    [
        (["ok", "ok"], False, 0),
        (["ok", "FAILED"], False, 1),
        (["ok", "NOT RUN"], False, 0),
        (["ok", "NOT RUN"], True, 1),
        (["FAILED", "NOT RUN"], False, 1),
    ],
)
def test_what_was_not_run_is_said_and_fails_in_ci(monkeypatch, capsys, states, in_ci, status):
    monkeypatch.syspath_prepend(ROOT / "bin")
    check = importlib.import_module("check")
    monkeypatch.setattr(check, "CI", in_ci)
    assert check.summary([check.Outcome(f"part {n}", state) for n, state in enumerate(states)]) == status
    printed = capsys.readouterr().out
    assert ("NOT RUN" in printed) == ("NOT RUN" in states)
    assert ("All is good." in printed) == (set(states) == {"ok"})


# What is pinned, what is imported, what is explained.


def named_in(path) -> set[str]:
    """The packages that an input file of requirements names."""
    lines = (ROOT / "requirements" / path).read_text().splitlines()
    return {re.match(r"[\w-]+", line)[0].lower() for line in lines if line and not line.startswith(("#", "-"))}


# What a site may install for itself: the export says so where it is missing.
OPTIONAL = {"pyarrow", "rdflib"}


def packages_imported_in(*folders) -> set[str]:
    """The distributions that modules under the folders import, by the names under which they are installed."""
    paths = [path for folder in folders for path in (ROOT / folder).rglob("*.py")]
    modules = {
        name.partition(".")[0]
        for path in paths
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Import) or (isinstance(node, ast.ImportFrom) and node.level == 0)
        for name in ([alias.name for alias in node.names] if isinstance(node, ast.Import) else [node.module])
    }
    installed = packages_distributions()
    return {installed[module][0].lower() for module in modules if module in installed}


def test_what_is_imported_is_pinned_by_name():
    runtime, tools, peers = named_in("runtime.in"), named_in("test.in"), named_in("benchmarks.in")
    assert packages_imported_in("articles", "claims", "language", "record", "claimtrack") - runtime - OPTIONAL == set()
    assert packages_imported_in("tests", "bin") - runtime - tools == set()
    assert packages_imported_in("benchmarks") - runtime - tools - peers == set()


def test_every_dependency_is_explained():
    page = (ROOT / "docs" / "dependencies.md").read_text()
    cells = " ".join(re.findall(r"^\| (`.+?`) \|", page, re.MULTILINE))
    explained = set(re.findall(r"`(.+?)`", cells))
    # Brotli is an extra of WhiteNoise.
    assert explained == named_in("runtime.in") | named_in("test.in") | named_in("benchmarks.in") | {"brotli"}


@pytest.mark.parametrize("pins", ["requirements.txt", "requirements/test.txt", "requirements/benchmarks.txt"])
def test_every_pin_has_hashes_and_no_address_of_this_machine(pins):
    text = (ROOT / pins).read_text()
    requirements = re.split(r"\n(?=[a-z0-9])", text, flags=re.IGNORECASE)[1:]
    assert len(requirements) > 10
    assert [entry for entry in requirements if "==" not in entry or "--hash=sha256:" not in entry] == []
    assert "://" not in text
