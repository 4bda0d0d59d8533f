"""Every page of the desk: it opens, it is counted, and nothing in it saves but through a verb."""

import pytest
from django.contrib import admin
from django.contrib.auth.models import Permission
from django.db import models
from django.urls import reverse

from articles.desk_admin import DeskAdmin
from articles.models import Trace
from articles.tracked_changes import Refusal
from claims.changes import IdentifierInput, relate_claims, revise
from claims.models import Actor, Claim, Statement
from tests.desk import matter, posted

pytestmark = pytest.mark.any_database

OURS = [(model, one) for model, one in admin.site._registry.items() if model._meta.app_label in ("articles", "claims")]
NOUNS = [model for model, _ in OURS]


def page_of(name, model, *args):
    return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_{name}", args=args)


def test_every_noun_of_the_desk_has_its_page():
    named = {model._meta.model_name for model in NOUNS}
    assert named >= {
        "outlet", "article", "capture", "passage", "trace", "actor", "question", "claim", "statement", "appearance",
        "framing", "release", "merge",
    }  # fmt: skip


def test_every_page_of_ours_writes_through_verbs_or_not_at_all():
    for model, one in OURS:
        assert isinstance(one, DeskAdmin), model
        assert type(one).changeform_view is DeskAdmin.changeform_view, f"{model}: the view that saves is its own"
        between = type(one).__mro__[1 : type(one).__mro__.index(admin.ModelAdmin)]
        assert len(between) <= 2, f"{model}: {between}"
        assert not one.list_editable
        for inline in one.inlines:
            assert inline.__module__.startswith(("articles.", "claims."))


def test_a_refused_save_asks_its_verb_once_and_builds_its_form_once(editor, editor_client, monkeypatch):
    made = matter(editor)
    address = page_of("change", Claim, made.claim.pk)
    data = posted(editor_client.get(address)) | {"unit": ""}
    page, called = admin.site.get_model_admin(Claim), []
    for name in ("revise", "get_form"):
        original = getattr(page, name)
        monkeypatch.setattr(
            page, name, lambda *args, of=original, called_as=name, **kw: called.append(called_as) or of(*args, **kw)
        )
    refused = editor_client.post(address, data)
    assert refused.context["adminform"].form.errors["unit"] == ["A figure needs a unit, such as people or km²."]
    assert called == ["get_form", "revise"]


@pytest.mark.parametrize("field", ["relations-7-other", "nothing-of-this-page", ""])
def test_a_refusal_that_names_nothing_on_the_page_stands_above_the_form(field, editor, editor_client, monkeypatch):
    made = matter(editor)
    address = page_of("change", Claim, made.claim.pk)
    data = posted(editor_client.get(address)) | {"text": "About 5,000 people must move."}

    def refuse(*args, **kwargs):
        raise Refusal("The moon is full.", field=field)

    monkeypatch.setattr(admin.site.get_model_admin(Claim), "revise", refuse)
    page = editor_client.post(address, data)
    assert page.context["adminform"].form.non_field_errors() == ["The moon is full."]
    assert "The moon is full." in page.content.decode()
    assert "About 5,000 people must move." in page.content.decode()


@pytest.mark.parametrize("model", NOUNS, ids=lambda model: model._meta.model_name)
def test_lists_open_for_an_editor_and_when_empty_say_what_belongs_there(editor_client, model):
    page = editor_client.get(page_of("changelist", model))
    assert page.status_code == 200
    empty = admin.site._registry[model].empty_text
    assert empty
    assert empty.split(".")[0] in page.content.decode()


@pytest.mark.parametrize("model", NOUNS, ids=lambda model: model._meta.model_name)
def test_object_pages_open_with_their_history(editor, editor_client, model):
    matter(editor)
    for obj in model.objects.all()[:2]:
        page = editor_client.get(page_of("change", model, obj.pk))
        assert page.status_code == 200
        assert "History" in page.content.decode()
        assert editor_client.get(page_of("history", model, obj.pk)).status_code == 200


@pytest.mark.parametrize("model", NOUNS, ids=lambda model: model._meta.model_name)
def test_nobody_deletes(editor, reviewer_client, editor_client, model):
    matter(editor)
    for client in (editor_client, reviewer_client):
        for obj in model.objects.all()[:1]:
            assert client.post(page_of("delete", model, obj.pk), {"post": "yes"}).status_code == 403
        page = client.get(page_of("changelist", model)).content.decode()
        assert 'value="delete_selected"' not in page


def test_an_unchanged_save_of_every_noun_leaves_revision_and_trace_alone(editor, editor_client):
    made = matter(editor)
    relate_claims(made.other_claim, "narrows", made.claim, by=editor, seen=1)
    revise(made.ministry, {}, identifiers=[IdentifierInput("wikidata", "Q999999")], by=editor, seen=1)
    traces = Trace.objects.count()
    nouns = (made.outlet, made.article, made.question, made.claim, made.other_claim, made.ministry, made.statement)
    for obj in nouns:
        address = page_of("change", type(obj), obj.pk)
        data = posted(editor_client.get(address))
        saved = editor_client.post(address, data)
        assert saved.status_code == 302, saved.context["errors"]
    assert Trace.objects.count() == traces
    assert [type(obj).objects.get(pk=obj.pk).revision for obj in nouns] == [1, 1, 1, 1, 2, 2, 1]


def test_every_save_leaves_a_trace_that_says_what_changed_and_why(editor, editor_client):
    made = matter(editor)
    for obj, field, value in [
        (made.outlet, "owner", "Valley Media"),
        (made.article, "byline", "By A. Writer"),
        (made.question, "description", "Before the flooding."),
        (made.claim, "counted", "villagers who must move"),
        (made.ministry, "description", "Of the republic"),
        (made.statement, "venue", "press conference"),
    ]:
        address = page_of("change", type(obj), obj.pk)
        data = posted(editor_client.get(address)) | {field: value, "why": "the archive says so"}
        assert editor_client.post(address, data).status_code == 302
        trace = Trace.objects.first()
        assert (trace.public_id, trace.by, trace.why) == (obj.public_id, editor, "the archive says so")
        assert trace.changes[field][1] == value
        shown = editor_client.get(address).content.decode()
        assert value in shown and "the archive says so" in shown


def test_no_save_of_the_desk_reaches_a_model_without_a_trace(editor, editor_client, monkeypatch):
    """Each save in the admin happens inside a verb: a tracked row is written only where a trace is written."""
    made = matter(editor)
    saved = []
    original = models.Model.save_base

    def watched(self, *args, **kwargs):
        if type(self)._meta.app_label in ("articles", "claims"):
            saved.append(self)
        return original(self, *args, **kwargs)

    monkeypatch.setattr(models.Model, "save_base", watched)
    for obj, field, value in [
        (made.claim, "text", "Some 4,000 people must move."),
        (made.statement, "role", "minister"),
    ]:
        saved.clear()
        address = page_of("change", type(obj), obj.pk)
        editor_client.post(address, posted(editor_client.get(address)) | {field: value})
        kinds = [type(one).__name__ for one in saved]
        assert kinds.count(type(obj).__name__) == 1
        assert kinds[-1] == "Trace"


def test_a_slug_left_empty_on_a_new_question_is_made_from_its_title(editor_client):
    data = {"title": "Who owns the land?", "description": "", "position": "0", "slug": "", "seen": ""}
    assert editor_client.post("/admin/claims/question/add/", data).status_code == 302
    assert Trace.objects.get().changes["slug"] == [None, "who-owns-the-land"]


def test_an_actor_added_from_the_picker_of_a_statement_comes_back_to_it(editor, editor_client):
    data = posted(editor_client.get("/admin/claims/actor/add/?_popup=1"))
    added = editor_client.post("/admin/claims/actor/add/", data | {"name": "Dana Osh", "kind": "person", "_popup": "1"})
    actor = Actor.objects.get()
    assert f"&quot;value&quot;: &quot;{actor.pk}&quot;" in added.content.decode()
    assert Trace.objects.get().public_id == actor.public_id


def test_a_refused_new_object_leaves_nothing_and_keeps_what_was_typed(editor, editor_client):
    matter(editor)
    data = posted(editor_client.get("/admin/claims/actor/add/"))
    traces = Trace.objects.count()
    refused = editor_client.post(
        "/admin/claims/actor/add/",
        data | {"name": "Somebody", "kind": "unnamed", "names-0-name": "A villager"},
    )
    assert list(refused.context["adminform"].form.errors) == ["reported_in"], refused.context["errors"]
    assert 'value="A villager"' in refused.content.decode()
    assert (Actor.objects.count(), Trace.objects.count()) == (2, traces)


def test_a_trace_leads_to_its_object(editor, editor_client):
    made = matter(editor)
    trace = Trace.objects.get(public_id=made.claim.public_id)
    page = editor_client.get(page_of("change", Trace, trace.pk)).content.decode()
    address = page_of("change", type(made.claim), made.claim.public_id)
    assert address in page
    assert editor_client.get(address).context["original"] == made.claim


def test_names_run_in_the_direction_of_their_script(editor, editor_client):
    page = editor_client.get("/admin/claims/actor/add/").content.decode()
    [field] = [part for part in page.split("<input") if 'name="names-0-name"' in part]
    assert 'dir="auto"' in field.partition(">")[0]


def test_too_large_a_request_is_refused_without_an_error_of_the_server(editor, editor_client):
    made = matter(editor)
    page = editor_client.post(page_of("change", type(made.claim), made.claim.pk), {"text": "a" * 3_000_000})
    assert page.status_code in (200, 400)
    made.claim.refresh_from_db()
    assert made.claim.revision == 1


def test_who_may_only_look_sees_every_page_and_saves_nothing(editor, client, django_user_model):
    made = matter(editor)
    guest = django_user_model.objects.create_user("gul", is_staff=True)
    guest.user_permissions.set(
        Permission.objects.filter(codename__startswith="view_", content_type__app_label__in=["articles", "claims"])
    )
    client.force_login(guest)
    for model in NOUNS:
        assert client.get(page_of("changelist", model)).status_code == 200
        for obj in model.objects.all()[:1]:
            page = client.get(page_of("change", model, obj.pk))
            assert page.status_code == 200
            assert 'name="_save"' not in page.content.decode()
            assert client.post(page_of("change", model, obj.pk), {"seen": "1"}).status_code == 403
    assert (
        "about 4,000 people must move" in client.get(page_of("change", Statement, made.statement.pk)).content.decode()
    )
