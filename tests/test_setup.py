"""The ground: the cast, the browser, no way out of the machine, and what is installed."""

import ast
import re
import socket
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest
from django.db import connections

ROOT = Path(__file__).resolve().parent.parent


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


# What is pinned, what is imported, what is explained.


def named_in(path) -> set[str]:
    """The packages that an input file of requirements names."""
    lines = (ROOT / "requirements" / path).read_text().splitlines()
    return {re.match(r"[\w-]+", line)[0].lower() for line in lines if line and not line.startswith(("#", "-"))}


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
    runtime, tools = named_in("runtime.in"), named_in("test.in")
    assert packages_imported_in("articles", "claims", "record", "claimtrack") - runtime == set()
    assert packages_imported_in("tests", "bin", "benchmarks") - runtime - tools == set()


def test_every_dependency_is_explained():
    page = (ROOT / "docs" / "dependencies.md").read_text()
    cells = " ".join(re.findall(r"^\| (`.+?`) \|", page, re.MULTILINE))
    explained = set(re.findall(r"`(.+?)`", cells))
    # Brotli is an extra of WhiteNoise.
    assert explained == named_in("runtime.in") | named_in("test.in") | {"brotli"}


@pytest.mark.parametrize("pins", ["requirements.txt", "requirements/test.txt"])
def test_every_pin_has_hashes_and_no_address_of_this_machine(pins):
    text = (ROOT / pins).read_text()
    requirements = re.split(r"\n(?=[a-z0-9])", text, flags=re.IGNORECASE)[1:]
    assert len(requirements) > 10
    assert [entry for entry in requirements if "==" not in entry or "--hash=sha256:" not in entry] == []
    assert "://" not in text
