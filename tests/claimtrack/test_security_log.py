"""The log of security events names accounts by number and actors by public ID: no name, no word, no address."""

import logging

import pytest
from django.contrib.auth.models import Group, Permission, User
from django.test import Client
from django.urls import reverse

from claims.models import Actor, ActorName
from claims.privacy.withheld_names import withheld_actors_named_in
from tests.conftest import signed_in

LOGIN = "/admin/login/"
SECRET = "Zulfiya O'Karimova"


@pytest.fixture
def events(caplog, monkeypatch):
    """A function that gives the lines since it was last called."""
    caplog.set_level(logging.INFO, "claimtrack.security")
    monkeypatch.setattr(logging.getLogger("claimtrack.security"), "propagate", True)

    def lines():
        found = [record.getMessage().strip() for record in caplog.records if record.name == "claimtrack.security"]
        caplog.clear()
        return found

    return lines


def test_who_comes_in_and_who_does_not_is_logged_without_a_name(db, events, settings, editor):
    settings.AXES_ENABLED, settings.AXES_FAILURE_LIMIT = True, 2
    editor.set_password("correct horse battery")
    editor.save()
    assert events()[-1] == f"rights_changed account={editor.pk} changed=['password']"
    client = Client()
    for password in ("correct horse battery", "hush", "hush", "hush"):
        client.post(LOGIN, {"username": "erin", "password": password}, REMOTE_ADDR="192.0.2.1")
    lines = events()
    assert lines[0] == f"signed_in account={editor.pk}"
    assert "sign_in_failed" in lines and "locked_out" in lines
    assert not [line for line in lines if any(word in line for word in ("erin", "hush", "192.0.2.1", "correct"))]


def test_attempts_beyond_the_limit_are_logged_once_a_minute(db, events, settings, tmp_path, monkeypatch):
    settings.STATE_DIR, settings.SIGN_INS_OF_ONE_ADDRESS = tmp_path, (1, 100)
    monkeypatch.setattr("claimtrack.security_log._next_refusal_logged", [0.0])
    client = Client()
    for _ in range(4):
        client.post(LOGIN, {"username": "erin", "password": "hush"}, REMOTE_ADDR="203.0.113.99")
    assert events().count("sign_in_limited") == 1


def test_changed_rights_are_logged(db, events):
    user = User.objects.create_user("newcomer", password="x")
    assert events() == [f"account_created account={user.pk}"]
    user = User.objects.get(pk=user.pk)
    user.is_superuser = user.is_staff = True
    user.save()
    assert events() == [f"rights_changed account={user.pk} changed=['is_staff', 'is_superuser']"]
    user.first_name = "Anna"
    user.save()
    assert events() == []
    group, permission = Group.objects.get(name="editor"), Permission.objects.first()
    user.groups.add(group)
    user.groups.remove(group)
    group.user_set.add(user)
    user.user_permissions.add(permission)
    group.permissions.add(permission)
    assert events() == [
        f"rights_changed changed=['groups: add'] account={user.pk}",
        f"rights_changed changed=['groups: remove'] account={user.pk}",
        f"rights_changed account={user.pk} changed=['groups: add']",
        f"rights_changed changed=['permissions: add'] account={user.pk}",
        f"rights_changed changed=['group permissions: add'] group={group.pk}",
    ]
    number = user.pk
    user.delete()
    assert f"account_deleted account={number}" in events()


def test_withheld_names_that_were_looked_at_are_logged_by_public_id(db, events, editor, reviewer):
    actor = Actor.objects.create(
        name="A witness", slug="a-witness", protection=Actor.Protection.WITHHELD, public_label="a witness"
    )
    ActorName.objects.create(actor=actor, name=SECRET, folded="x")
    Actor.objects.create(name="Somebody else", slug="somebody-else")
    page = reverse("admin:claims_actor_change", args=[actor.pk])
    signed_in(editor).get(page)
    assert [line for line in events() if "withheld" in line] == []
    reviewer.user_permissions.add(Permission.objects.get(codename="see_withheld_names"))
    reviewer = User.objects.get(pk=reviewer.pk)
    client = signed_in(reviewer)
    events()
    client.get(page)
    assert events() == [f"withheld_names_shown account={reviewer.pk} actors=['{actor.public_id}']"]
    client.get(reverse("admin:index"))
    assert events() == []


def test_a_name_is_found_as_text_as_html_and_as_json(db):
    actor = Actor.objects.create(
        name=SECRET, slug="witness", protection=Actor.Protection.WITHHELD, public_label="a witness"
    )
    for page in (SECRET, "<p>Zulfiya O&#x27;Karimova</p>", '{"name": "Zulfiya O\'Karimova"}'):
        assert withheld_actors_named_in(page) == {actor.public_id}
    assert withheld_actors_named_in("Zulfiya") == set()
