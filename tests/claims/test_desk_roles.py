"""Every address of the desk, tried by everybody: strangers, readers with a login, new staff, editors, reviewers.

The addresses come from the resolver (tests/desk_addresses.py), so that a page which somebody adds is tried as well.
"""

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse

from articles.models import Trace
from claims.changes import TopicQuestionInput, add_actor, add_topic, discard, merge_actors, record_framing
from claims.models import Release
from claims.publishing import submit
from tests.desk import matter
from tests.desk_addresses import addresses

OPEN = {"login", "logout", "desk_welcome"}  # whoever is invited has no account to sign in to yet
# What every member of the staff may do: see the front page and what waits for them, change the own password, go.
OWN = {"index", "password_change", "password_change_done", "jsi18n", "view_on_site", "desk_mine", *OPEN}
REVIEWING = ("send-back", "publish", "withdraw", "undo-withdrawal")


@pytest.fixture
def made(editor):
    made = matter(editor)
    record_framing(
        made.article, claim=made.claim, part="headline", treatment="relays", words="three villages", by=editor
    )
    twin = add_actor(name="A. Bek", kind="person", by=editor)
    merge_actors(twin, into=made.farmer, by=editor, why="one farmer", seen=1)
    add_topic(title="The valley", questions=[TopicQuestionInput(made.question)], by=editor)
    discard(add_actor(name="Mistake", kind="person", by=editor), by=editor)
    submit([made.statement], by=editor)
    return made


def client_of(user, **options):
    client = Client(**options)
    if user is not None:
        client.force_login(user)
    return client


def answers(client, method="get", data=None, but=("logout",)):
    """{(name of the route, address): response} of every address of the desk."""
    return {
        (name, address): getattr(client, method)(address, data if name == "claims_release_action" else {})
        for name, address in addresses(each=1)
        if name not in but
    }


def kept():
    return Trace.objects.count(), sorted(Release.objects.values_list("public_id", "state")), User.objects.count()


@pytest.mark.any_database
@pytest.mark.parametrize("signed_in", [False, True], ids=["anonymous", "signed in without staff"])
@pytest.mark.parametrize("method", ["get", "post"])
def test_who_is_not_of_the_staff_is_sent_to_the_login(made, signed_in, method):
    user = User.objects.create(username="reader") if signed_in else None
    before = kept()
    shown = {
        address: response.status_code
        for (name, address), response in answers(client_of(user), method, but=OPEN).items()
        if response.status_code != 302 or not response["Location"].startswith("/admin/login/")
    }
    # What the site answers to an address that leads nowhere tells nothing: it is sent to the login as well.
    assert shown == {}
    assert kept() == before


@pytest.mark.any_database
@pytest.mark.parametrize("method", ["get", "post"])
def test_staff_without_rights_sees_the_front_page_and_nothing_of_the_matter(made, method):
    client, before = client_of(User.objects.create(username="new", is_staff=True)), kept()
    found = answers(client, method, {"of": made.claim.public_id})
    for (name, address), response in found.items():
        body = response.content.decode()
        assert "4,000" not in body and "Ministry of Water" not in body, address
        if name == "form_drafts":
            assert response.status_code == (200 if method == "get" else 400)
        elif name not in OWN:
            # Some lead from an identity to its page, which is refused in its turn.
            assert response.status_code in (301, 302, 403, 404, 405), (address, response.status_code)
            assert response.status_code not in (301, 302) or response["Location"].startswith("/admin/"), address
    assert kept() == before


@pytest.mark.parametrize("role", ["editor", "reviewer"])
def test_editors_and_reviewers_reach_what_is_theirs_and_no_address_fails(made, request, role):
    client = client_of(request.getfixturevalue(role))
    found = answers(client, data={"of": made.statement.public_id})
    codes = {address: response.status_code for (_, address), response in found.items()}
    assert {address: code for address, code in codes.items() if code >= 500} == {}
    for (name, address), response in found.items():
        acts = name == "claims_release_action" and any(act in address for act in REVIEWING)
        refused = acts and role == "editor"
        if refused or name.startswith("auth_") or name.endswith("_delete"):
            assert response.status_code in (302, 403, 404), (address, response.status_code)
            assert response.status_code != 302 or "/login/" not in response["Location"], address
        elif name.endswith(("_changelist", "_change", "_history")) or acts:
            assert response.status_code == 200, (address, response.status_code)


def test_an_empty_post_anywhere_does_nothing_and_fails_nowhere(made, reviewer):
    before = kept()
    # The buttons that take a merge apart again and bring back what was discarded need no words.
    found = answers(
        client_of(reviewer), "post", but=("logout", "claims_merge_undo", "articles_discardedobject_restore")
    )
    assert {key: one.status_code for key, one in found.items() if one.status_code >= 500} == {}
    assert kept() == before


@pytest.mark.any_database
def test_no_address_takes_a_post_without_the_token_of_its_form(made, reviewer):
    before = kept()
    client = client_of(reviewer, enforce_csrf_checks=True)
    found = answers(client, "post", {"of": made.statement.public_id}, but=())
    assert {one.status_code for one in found.values()} <= {403, 404, 405}
    assert kept() == before


@pytest.mark.parametrize("act", REVIEWING)
def test_an_editor_does_none_of_the_acts_of_a_reviewer(made, editor_client, act):
    before = kept()
    address = reverse("admin:claims_release_action", args=[act])
    refused = editor_client.post(address, {"of": made.statement.public_id, "word": "so", "seen": "x"})
    assert refused.status_code == 403
    assert kept() == before
