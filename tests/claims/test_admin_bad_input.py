"""Bad input at the desk: a sentence or a redirect, nothing changed, and never a server error; on both databases."""

import pytest
from django.contrib import admin

from articles.models import Trace
from claims.models import Claim
from tests.claims.test_admin import NOUNS, page_of
from tests.desk import matter, posted

HUGE = "9" * 40
KEYS = ["0", "-1", "abc", HUGE, "9223372036854775808", "%00", "a%00b", "aaaaaaaaaaaa", "1_2F3", "٣", "%F0%9F%8E%88"]
KEYS_OF_DATABASES = [HUGE, "9223372036854775808", "%00"]


@pytest.mark.parametrize("model", NOUNS, ids=lambda model: model._meta.model_name)
def test_malformed_and_huge_keys_in_addresses(reviewer, reviewer_client, model):
    # One noun is tried with everything, the others with what reaches the database.
    for key in KEYS if model is Claim else KEYS_OF_DATABASES:
        for name in ("change", "history", "delete"):
            address = page_of(name, model, "KEY").replace("KEY", key)
            assert reviewer_client.get(address).status_code in (302, 400, 403, 404), address
            assert reviewer_client.post(address, {"seen": "1"}).status_code in (302, 400, 403, 404), address


QUERIES = [
    "q=%00", f"q={HUGE}", "q=" + "a" * 3000, "q=%F0%9F%8E%88", "q=---", "q=%22'", f"p={HUGE}", "p=-1", "p=abc", "all=",
    "o=99.1",
    "o=%00", "e=1", "state__exact=%00", f"id__exact={HUGE}", "kind__exact=nothing", "status=nothing", "status=%00",
    "question__id__exact=abc", f"question__id__exact={HUGE}", f"outlet__id__exact={HUGE}", "outlet__id__exact=abc",
    "by__id__exact=abc", f"by__id__exact={HUGE}", "at__year=abc", f"at__year={HUGE}", "at__year=0", "nothing=1",
    "at__month=13&at__year=2020", "at__gte=abc", "at__gte=2020-01-01&at__lt=x",
    "undone_at__isempty=7", "complete__exact=7", "_to_field=nothing", "_facets=1", "stance=nothing",
    "password__contains=a", "submitted_by__password__contains=a",
]  # fmt: skip


@pytest.mark.parametrize("model", NOUNS, ids=lambda model: model._meta.model_name)
def test_unknown_and_impossible_values_in_a_list_s_address(reviewer, reviewer_client, model):
    matter(reviewer)
    # One list of ours is tried with everything, the others with what reaches the database.
    for query in QUERIES if model is Claim else [one for one in QUERIES if HUGE in one or "%00" in one]:
        page = reviewer_client.get(f"{page_of('changelist', model)}?{query}")
        assert page.status_code in (200, 302, 400), query
        if page.status_code == 302:
            assert "e=1" in page.url


@pytest.mark.parametrize("model", NOUNS, ids=lambda model: model._meta.model_name)
def test_impossible_selections_of_an_action(reviewer, reviewer_client, model):
    matter(reviewer)
    actions = [*admin.site._registry[model].get_actions(_request(reviewer)), "delete_selected", "nothing", "\x00"]
    traces = Trace.objects.count()
    for action in actions:
        for selected in ("abc", HUGE, "9223372036854775807"):
            data = {"action": action, "_selected_action": [selected], "index": "0", "select_across": "0"}
            page = reviewer_client.post(page_of("changelist", model), data)
            assert page.status_code in (200, 302), (action, selected)
    assert Trace.objects.count() == traces


def _request(user):
    from django.test import RequestFactory

    request = RequestFactory().get("/admin/")
    request.user = user
    return request


VALUES = ["-1", "abc", "javascript:alert(1)", "\u202eevil", "NaN", "∞"]
VALUES_OF_DATABASES = ["\x00", HUGE, "1e999999999", "a" * 30_000]  # which one database takes and another does not


@pytest.mark.parametrize("values", [VALUES_OF_DATABASES, pytest.param(VALUES, marks=pytest.mark.any_database)])
def test_impossible_values_in_every_field_of_every_form(editor, editor_client, values):
    """Every field gets one of the values, so that it is wrong among right ones; then all get it at once."""
    made = matter(editor)
    for obj in (made.outlet, made.article, made.question, made.claim, made.ministry, made.statement):
        address = page_of("change", type(obj), obj.pk)
        data = posted(editor_client.get(address))
        fields = [*data, "why", "over"]
        tries = [dict.fromkeys(fields[nth :: len(values)], value) for nth, value in enumerate(values)]
        tries += [{field: value for field in fields if "FORMS" not in field} for value in values]
        for wrong in tries:
            page = editor_client.post(address, data | wrong)
            assert page.status_code in (200, 302, 409), (obj, wrong)
            if page.status_code == 302:
                data = posted(editor_client.get(address))


def test_impossible_values_to_start_a_form_with(editor_client):
    for query in (
        "speaker=abc",
        f"speaker={HUGE}",
        "speaker=%00",
        "said_on=%00",
        "nothing=1",
        "_popup=%00",
        "_to_field=x",
    ):
        assert editor_client.get(f"/admin/claims/statement/add/?{query}").status_code in (200, 400), query


DJANGO_OWN = (
    "_to_field=", "_to_field=id", "_to_field=nothing", "_to_field=&_popup=1", "_popup=", "_popup=x", "_saveasnew=1",
    "_changelist_filters=%26%26", "_changelist_filters=a%3Db", "_source_model=nothing", "_facets=x", "e=1", "o=-1",
)  # fmt: skip


@pytest.mark.any_database
@pytest.mark.parametrize("model", NOUNS, ids=lambda model: model._meta.model_name)
def test_parameters_of_djangos_own_on_every_page_of_an_object(editor, admin_client, model):
    """An empty `_to_field` was a fault on every page that changes or deletes something."""
    matter(editor)
    obj = model._default_manager.first()
    pages = [page_of(name, model, obj.pk) for name in ("change", "delete")] if obj else []
    for address in pages:
        # The pages of one noun are tried with everything, the others with what was a fault.
        for query in DJANGO_OWN if model is Claim else DJANGO_OWN[:1]:
            assert admin_client.get(f"{address}?{query}").status_code in (200, 302, 400, 403), f"{address}?{query}"
        assert admin_client.post(address, {"_to_field": "", "seen": "1"}).status_code in (200, 302, 403, 409), address


def test_impossible_questions_to_the_picker(editor, editor_client):
    matter(editor)
    known = "app_label=claims&model_name=statement&field_name=speaker"
    for query in (
        f"{known}&term=%00", f"{known}&term={HUGE}&page={HUGE}", f"{known}&page=abc", f"{known}&term=" + "a" * 3000,
        "app_label=%00&model_name=statement&field_name=speaker", "app_label=claims", "",
        "app_label=claims&model_name=statement&field_name=summary", "app_label=auth&model_name=user&field_name=groups",
    ):  # fmt: skip
        assert editor_client.get(f"/admin/autocomplete/?{query}").status_code in (200, 400, 403, 404), query


def test_an_address_with_a_nul_byte_is_refused_in_words(editor_client):
    page = editor_client.get("/admin/claims/claim/?q=%00")
    assert page.status_code == 400
    assert "contains a NUL byte" in page.content.decode()
