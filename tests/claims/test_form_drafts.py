"""What is typed into a form of the desk and not saved: kept for a week, given back, gone when the form is saved."""

import json
from datetime import timedelta
from uuid import uuid4

import pytest
from django.core.management import call_command
from django.utils import timezone

from claims.admin import form_drafts
from claims.models import Claim, FormDraft, Statement
from tests.claims.test_workspace_browser import wait_for
from tests.desk import matter, posted

DRAFTS = "/admin/drafts/"
FORM = "/admin/claims/claim/add/"


def keep(client, **values):
    return client.post(DRAFTS, json.dumps(values), content_type="application/json")


def drafts(client, form=FORM):
    return client.get(DRAFTS, {"form": form}).json()["drafts"]


def test_a_draft_is_given_back_to_its_editor_alone_until_it_is_discarded_or_a_week_old(editor_client, reviewer_client):
    opening = str(uuid4())
    for text in ("The valley", "The valley was flooded."):
        assert keep(editor_client, form=FORM, opening=opening, values=[["text", text]]).status_code == 200
    [draft] = drafts(editor_client)
    assert (draft["opening"], draft["values"]) == (opening, [["text", "The valley was flooded."]])
    assert drafts(editor_client, "/admin/claims/actor/add/") == drafts(reviewer_client) == []
    keep(reviewer_client, form=FORM, opening=opening)
    assert len(drafts(editor_client)) == 1
    keep(editor_client, form=FORM, opening=opening)
    assert drafts(editor_client) == []
    keep(editor_client, form=FORM, opening=opening, values=[["text", "x"]])
    keep(editor_client, form=FORM, opening=str(uuid4()), values=[["text", "y"]])
    FormDraft.objects.filter(opening=opening).update(at=timezone.now() - timedelta(days=7))
    assert [draft["values"] for draft in drafts(editor_client)] == [[["text", "y"]]]
    call_command("clear_drafts")
    assert [str(draft.opening) != opening for draft in FormDraft.objects.all()] == [True]


@pytest.mark.parametrize(
    ("body", "sentence"),
    [
        ("[", "of which form"),
        ("[]", "of which form"),
        ('{"form": "/", "opening": "7", "values": []}', "of which form"),
        ('{"form": "", "opening": "%s", "values": []}', "of which form"),
        ('{"form": "/", "opening": "%s", "values": [["a"]]}', "list of the form’s controls"),
        ('{"form": "/", "opening": "%s", "values": [["a", 1]]}', "list of the form’s controls"),
        ('{"form": "/", "opening": "%s", "values": [["a", "\\u0000"]]}', "NUL"),
        ('{"form": "/", "opening": "%s", "values": [["a", "\\ud800"]]}', "half a character"),
    ],
)
def test_what_is_no_draft_is_refused_with_a_sentence(editor_client, body, sentence):
    refused = editor_client.post(DRAFTS, body.replace("%s", str(uuid4())), content_type="application/json")
    assert (refused.status_code, sentence in refused.json()["refused"]) == (400, True)
    assert not FormDraft.objects.exists()


def test_drafts_have_a_bound(editor_client, monkeypatch):
    monkeypatch.setattr(form_drafts, "MAX_DRAFTS", 2)
    monkeypatch.setattr(form_drafts, "MAX_DRAFT_LENGTH", 20)
    for text in ("one", "two", "three"):
        keep(editor_client, form=FORM, opening=str(uuid4()), values=[["text", text]])
    assert [draft["values"][0][1] for draft in drafts(editor_client)] == ["three", "two"]
    assert keep(editor_client, form=FORM, opening=str(uuid4()), values=[["text", 20 * "x"]]).status_code == 400


def test_a_draft_goes_when_its_form_is_saved_and_stays_when_it_is_refused(editor, editor_client):
    matter(editor)
    opening = str(uuid4())
    keep(editor_client, form=FORM, opening=opening, values=[["text", "The villagers were paid."]])
    data = posted(editor_client.get(FORM)) | {"form_draft": opening, "text": "The villagers were paid."}
    editor_client.post(FORM, data)
    assert len(drafts(editor_client)) == 1
    editor_client.post(FORM, data | {"kind": "fact", "question": Claim.objects.first().question_id})
    assert Claim.objects.filter(text="The villagers were paid.").exists()
    assert drafts(editor_client) == []


def open_actor(page):
    page.goto("/admin/claims/actor/add/")
    page.locator("[name=form_draft]").wait_for(state="attached")


def restore(page):
    page.get_by_role("button", name="Restore").click()


def kept(page, words):
    for _ in range(800):
        if any(words in json.dumps(draft.values, ensure_ascii=False) for draft in FormDraft.objects.all()):
            return
        page.wait_for_timeout(25)
    pytest.fail("the draft was never kept")


def test_a_closed_tab_loses_no_word_and_no_row(page, sign_in, editor):
    sign_in(page, editor)
    tab = page.context.new_page()
    open_actor(tab)
    tab.fill("[name=name]", "Aynur Teke")
    tab.locator("#names-group .add-row a").click()
    last = tab.locator("#names-group [name$='-name']:visible").last
    last.fill("Айнур Теке")
    tab.fill("[name=description]", "a teacher in the val")
    tab.locator("[name=description]").press_sequentially("ley")
    tab.close()
    open_actor(page)
    restore(page)
    assert page.input_value("[name=name]") == "Aynur Teke"
    assert page.input_value("[name=description]") == "a teacher in the valley"
    names = page.locator("#names-group input").evaluate_all("all => all.map(one => one.value)")
    assert "Айнур Теке" in names


def test_a_lost_session_loses_no_word_and_the_form_can_be_saved_after_signing_in_again(page, sign_in, editor):
    made = matter(editor)
    sign_in(page, editor)
    page.goto(f"/admin/articles/article/{made.article.pk}/workspace/")
    page.locator(".ws-note[data-state=proposed] a", has_text="Asel Bek").first.click()
    page.locator("[data-form] [name=summary]").fill("The villagers")
    page.context.clear_cookies()
    page.locator("[data-form] [name=summary]").press_sequentially(" were not asked")
    page.locator(".desk-draft-trouble", has_text="You are signed out").wait_for()
    sign_in(page, editor)
    page.context.new_page().goto("/admin/claims/actor/add/")  # as signing in does: another token
    kept(page, "The villagers were not asked")
    page.reload()
    restore(page)
    wait_for(page, "() => document.querySelector('[name=summary]')?.value === 'The villagers were not asked'")
    page.locator("[data-form] [name=summary]").press("Control+Enter")
    wait_for(page, "() => /^Recorded/.test(document.querySelector('[data-status]').textContent)")
    assert Statement.objects.filter(summary="The villagers were not asked").exists()
    assert not FormDraft.objects.exists(), [(d.form, d.opening, d.values, d.at) for d in FormDraft.objects.all()]
    page.faults.clear()


def test_a_server_that_is_away_loses_no_word(page, sign_in, editor):
    sign_in(page, editor)
    page.goto("/admin/articles/article/import/")
    page.locator("[name=form_draft]").wait_for(state="attached")
    page.route("**/admin/**", lambda route: route.abort())
    page.fill("[name=text]", "The river dam\n\nNobody was asked.")
    page.locator("[name=look]").click()
    page.locator(".desk-draft-trouble", has_text="cannot be reached").wait_for()
    page.unroute("**/admin/**")
    kept(page, "Nobody was asked.")
    page.goto("/admin/articles/article/import/")
    restore(page)
    assert page.input_value("[name=text]") == "The river dam\n\nNobody was asked."
    page.faults.clear()
