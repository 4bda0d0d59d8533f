"""No list of the desk takes its first choice because nobody looked at it: it begins empty, or with what is neutral."""

import pytest
from django import forms
from django.contrib import admin
from django.contrib.auth.models import User
from django.test import RequestFactory

from articles.models import Outlet
from claims.admin.reprint_pages import DerivationForm
from claims.admin.workspace.recording_forms import StanceForm, UtteranceForm
from claims.models import Claim, Statement
from tests.claims.test_workspace_page import address, typed
from tests.desk import matter, posted

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]

# What says nothing about the thing itself, or what the desk says everywhere as long as nobody says otherwise.
NEUTRAL = {
    "basis": "not stated",
    "protection": "named",
    "state_controlled": "unknown",
    "relation": "relays",  # as docs/desk.md says of a chain: where it is left out
    ("ActorName", "kind"): "alias",  # any other name
}


def lists_of(form, model):
    """(model, field, what is chosen in it when the form opens) of every list of fixed choices."""
    for name, field in form.fields.items():
        if isinstance(field, forms.ChoiceField) and not isinstance(field, forms.ModelChoiceField):
            chosen = form[name].value()
            yield model, name, field.choices[0][0] if chosen is None else chosen


def opened_forms():
    request = RequestFactory().get("/admin/")
    request.user = User.objects.create_superuser("root")
    for model, page in admin.site._registry.items():
        if model is User or not page.has_add_permission(request):
            continue
        yield page.get_form(request)(), model.__name__
        for formset, inline in page.get_formsets_with_inlines(request):
            yield formset.form(), inline.model.__name__
    for form in (StanceForm(), DerivationForm()):
        yield form, type(form).__name__


def test_no_list_of_the_desk_opens_with_something_that_is_not_neutral(editor):
    made = matter(editor)
    opened = [*opened_forms(), (UtteranceForm(article=made.article, named=False), "UtteranceForm")]
    taken = [one for form, model in opened for one in lists_of(form, model)]
    assert len(taken) > 15
    silent = [
        (model, name, chosen)
        for model, name, chosen in taken
        if chosen != "" and chosen not in (NEUTRAL.get(name), NEUTRAL.get((model, name)))
    ]
    assert silent == []


def test_a_statement_from_the_workspace_has_no_basis_unless_one_was_chosen(editor, editor_client):
    made = matter(editor)
    page = editor_client.get(address(made))
    opened = page.content.decode()
    first = opened.partition('name="basis"')[2].partition("</option>")[0]
    assert "not stated" in first
    editor_client.post(address(made), typed(made, basis="not stated"))
    assert Statement.objects.get(speaker=made.farmer).basis == "not stated"


@pytest.mark.parametrize(
    ("without", "field", "sentence"),
    [
        ({"mode": ""}, "mode", "How was it said?"),
        (
            {"stances-0-claim": "The villagers agreed.", "stances-0-claim_kind": ""},
            "stances-0-claim_kind",
            "What kind of claim",
        ),
    ],
)
def test_what_was_not_chosen_in_the_workspace_is_asked_for(editor, editor_client, without, field, sentence):
    made = matter(editor)
    values = typed(made, **without)
    if "claim_kind" in field:
        values["stances-0-question"] = made.question.public_id
    refused = editor_client.post(address(made), values, headers={"x-workspace": "1"})
    assert refused.status_code == 400
    assert [one for one in refused.context["forms"].errors()[field] if sentence in one]
    assert "Nobody asked the villagers" in refused.content.decode()


def test_kinds_of_claims_and_outlets_are_chosen_and_what_stands_stays_chosen(editor, editor_client):
    made = matter(editor)
    for model, values in (
        ("claim", {"text": "The dam is safe.", "question": made.question.pk}),
        ("outlet", {"name": "Hill Post"}),
    ):
        add = f"/admin/{'articles' if model == 'outlet' else 'claims'}/{model}/add/"
        data = posted(editor_client.get(add)) | values
        assert data.get("kind", "") == ""
        refused = editor_client.post(add, data)
        assert refused.context["adminform"].form.errors["kind"][0].startswith("What kind of")
    assert not Claim.objects.filter(text="The dam is safe.").exists()
    assert not Outlet.objects.filter(name="Hill Post").exists()
    standing = editor_client.get(f"/admin/claims/claim/{made.claim.pk}/change/")
    assert standing.context["adminform"].form["kind"].value() == "figure"
