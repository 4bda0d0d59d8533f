"""The tests' own ground: the cast, the browser, no way out."""

import socket

import pytest
from django.db import connections


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
