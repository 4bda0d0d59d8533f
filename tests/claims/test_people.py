"""Inviting somebody by name and role, and ending an access with the work going on."""

import pytest
from django.contrib.auth.models import User
from django.core import mail
from django.test import Client, override_settings

from claims.changes import add_actor, merge_actors
from claims.changes.batch import NOBODY, RequestedChange, assign
from claims.models import Assignment
from tests.cast import member_of
from tests.desk import matter

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]


@pytest.fixture
def chief(client):
    user = User.objects.create_superuser("chief", password="a long one for the chief")
    client.force_login(user)
    return user


def test_an_invited_editor_sets_a_password_with_the_link_and_once_only(client, chief):
    page = client.get("/admin/people/")
    for role in ("editor: imports", "reviewer: does the same", "administrator: does all"):
        assert role in page.content.decode()
    with override_settings(SENDS_MAIL=True, EMAIL_BACKEND="django.core.mail.backends.locmem.EmailBackend"):
        page = client.post("/admin/people/", {"name": "Zoë Ångström", "role": "reviewer", "email": "zoe@press.example"})
    link, new = page.context["link"], User.objects.get(username="zoe.angstrom")
    assert (new.get_full_name(), new.is_staff, new.has_perm("claims.publish")) == ("Zoë Ångström", True, True)
    [letter] = mail.outbox
    assert letter.to == ["zoe@press.example"] and link in letter.body
    guest = Client()
    asked = guest.get(link, follow=True)
    assert asked.status_code == 200 and "no-referrer" in asked["Referrer-Policy"]
    done = guest.post(
        asked.request["PATH_INFO"], {"new_password1": "tulips of snow", "new_password2": "tulips of snow"}
    )
    assert done["Location"] == "/admin/login/"
    assert guest.post("/admin/login/", {"username": "zoe.angstrom", "password": "tulips of snow"}).status_code == 302
    assert b"was used already" in Client().get(link, follow=True).content
    User.objects.filter(pk=new.pk).update(username="Zoe.Angstrom")  # a mention would mean both
    again = client.post("/admin/people/", {"name": "Zoë Ångström", "role": "editor"})
    assert again.context["invited"].username == "zoe.angstrom2"
    twice = client.post("/admin/people/", {"name": "Other", "role": "editor", "email": "ZOE@press.example"})
    assert b"has an account already" in twice.content


def test_who_leaves_is_signed_out_and_their_work_goes_on(client, chief, editor):
    made, heir = matter(editor), member_of("editor", "heir")
    theirs = Client()
    theirs.force_login(editor)
    twin = add_actor(name="Asel B. Bek", kind="person", by=editor)
    assign([RequestedChange(obj, editor, NOBODY) for obj in (made.article, made.claim, twin)], by=editor)
    merge_actors(twin, into=made.farmer, by=editor, why="the same", seen=None)
    assert theirs.get("/admin/").status_code == 200
    page = client.post(f"/admin/people/{editor.pk}/leaving/", {"successor": heir.pk}, follow=True)
    assert "2 went to heir" in page.content.decode()
    assert theirs.get("/admin/").status_code == 302
    assert set(Assignment.objects.values_list("public_id", "editor__username")) == {
        (made.article.public_id, "heir"),
        (made.claim.public_id, "heir"),
        (twin.public_id, None),
    }
    editor.refresh_from_db()
    assert not editor.is_active and not editor.has_usable_password()
    assert client.get(f"/admin/people/{editor.pk}/leaving/").status_code == 404
    page = client.post(f"/admin/people/{chief.pk}/leaving/", {})
    assert "your own access" in page.content.decode()
    stranger = Client()
    stranger.force_login(heir)
    for address in ("/admin/people/", f"/admin/people/{chief.pk}/leaving/", f"/admin/people/{chief.pk}/invitation/"):
        assert stranger.get(address).status_code == 403
