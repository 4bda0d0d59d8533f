"""A withheld name in every text of every table of the desk, and no page of it that tells the name.

Tables and fields are found by introspection: one that is added later is tried without a line here.
"""

import json
import re
from contextlib import suppress
from html import unescape
from itertools import product
from pathlib import Path
from urllib.parse import quote_plus, unquote_plus
from uuid import uuid4

import pytest
from django.apps import apps
from django.db import IntegrityError, models, transaction
from django.utils import timezone

from articles.models import Capture, Passage
from claims.changes import add_topic
from claims.privacy import responses, viewer
from tests.claims.test_desk_protection import asked
from tests.desk_addresses import addresses
from tests.withheld import NAME, TELLING, reader_of, withheld_source

pytestmark = pytest.mark.any_database  # what is redacted is a text, wherever it was read

ROOMS = ("articles", "claims")
# Identities, hashes and words of the program, by which rows find one another; dates, which a grammar reads; and what
# stands for the name.
MADE = {"public_id", "sha256", "digest", "kind", "kept", "gone", "ProposalDecision.statement"}
MADE |= {"published", "said_on", "as_of", "public_label", "edits", "reader", "media_type"}
CANARY = (*TELLING, "kanar")
SHORTEST = min(map(len, NAME.split()))  # of what can hold a name


def texts_of(model) -> list[models.Field]:
    kinds = (models.CharField, models.TextField, models.JSONField)
    fields = [field for field in model._meta.concrete_fields if isinstance(field, kinds) and not field.choices]
    fields = [field for field in fields if field.max_length is None or field.max_length >= SHORTEST]
    return [field for field in fields if not {field.name, f"{model.__name__}.{field.name}"} & MADE]


def tables() -> list:
    return [model for room in ROOMS for model in apps.get_app_config(room).get_models() if texts_of(model)]


def made_up(model):
    """A row of a table that has none, from its fields alone."""
    values, rows = {}, model._base_manager.count()
    for field in model._meta.concrete_fields:
        if field in texts_of(model):
            values[field.name] = with_name(field, field.get_default(), 1)
        elif field.primary_key or field.has_default() or field.null:
            continue
        elif field.is_relation:
            values[field.name] = field.related_model._base_manager.order_by("-pk").first()
        elif field.choices:
            values[field.name] = field.choices[0][0]
        elif isinstance(field, models.UUIDField):
            values[field.name] = uuid4()
        elif isinstance(field, models.DateTimeField):
            values[field.name] = timezone.now()
        elif isinstance(field, models.IntegerField | models.FloatField | models.DecimalField):
            values[field.name] = len(values) + rows  # ends lie behind beginnings, and places are not taken twice
        elif isinstance(field, models.CharField):
            values[field.name] = "0" * field.max_length
    chosen = [field for field in model._meta.concrete_fields if field.choices and field.name in values]
    choices = [dict(zip(chosen, picked, strict=True)) for picked in product(*(field.choices for field in chosen))]
    owners = [field for field in model._meta.concrete_fields if field.is_relation and field.null]
    # Some belong to exactly one of several, and some tables have one row, the first.
    for place, picked, owner in product(({}, {"pk": 1}), choices, (None, *owners)):
        values |= {field.name: choice[0] for field, choice in picked.items()} | place
        owned = {owner.name: owner.related_model._base_manager.order_by("-pk").first()} if owner else {}
        with suppress(IntegrityError), transaction.atomic():
            model._base_manager.bulk_create([model(**values, **owned)])
            return
    raise AssertionError(f"Make a row of {model.__name__} in this test: it cannot be made from its fields alone.")


def with_name(field, old, number: int):
    """What stands in a field, with the name before it."""
    if field.name == "places":
        return [[0, 9, 1, None, None, NAME]]
    if isinstance(field, models.JSONField):
        return in_json(old) if old else [[1, NAME, NAME]] if isinstance(old, list) else {"why": [NAME, NAME]}
    if isinstance(field, models.URLField):
        return f"https://a.example/zuhra-kanareyka/{number}?by={quote_plus(NAME)}"
    if isinstance(field, models.SlugField):
        return f"zuhra-kanareyka-{number}"
    return f"{NAME} {number if field.unique else ''}{old}"[: field.max_length]


def in_json(value):
    if isinstance(value, str):
        return f"{NAME} {value}"
    if isinstance(value, list):
        return [in_json(inner) for inner in value]
    if isinstance(value, dict):
        return {name: in_json(inner) for name, inner in value.items()}
    return value


@pytest.fixture
def everywhere(editor):
    """The small matter of a withheld source, with the name in every text of every row."""
    made = withheld_source(editor)
    add_topic(title="The valley", introduction="What is said of it.", by=editor)
    for model in tables():
        if not model._base_manager.exists():
            made_up(model)
    for model in tables():
        for row in model._base_manager.all():
            for field in texts_of(model):
                text = with_name(field, getattr(row, field.name), row.pk)
                with suppress(IntegrityError), transaction.atomic():  # what a constraint keeps out cannot stand there
                    model._base_manager.filter(pk=row.pk).update(**{field.name: text})
        if without_name(model):
            made_up(model)
    for passage in Passage.objects.select_related("capture"):  # and once more where a mark ends within it
        cut, text = passage.end - NAME.index("eyka") - 1, passage.capture.text
        Capture.objects.filter(pk=passage.capture_id).update(text=f"{text[:cut]} {NAME} {text[cut:]}")
    return made


def without_name(model) -> list[str]:
    """The texts of a table that hold the name in none of its rows."""
    return [
        f"{model.__name__}.{field.name}"
        for field in texts_of(model)
        if not any(
            part in json.dumps(value, ensure_ascii=False).lower()
            for value in model._base_manager.values_list(field.name, flat=True)
            for part in TELLING
        )
    ]


def lists() -> list[str]:
    """Every list of the desk as it is searched, and everything that may be picked."""
    found = [address for name, address in addresses() if name.endswith("_changelist")]
    picks = [
        f"/admin/autocomplete/?app_label={model._meta.app_label}&model_name={model._meta.model_name}&field_name={field.name}&term="
        for model in tables()
        for field in model._meta.concrete_fields
        if field.is_relation
    ]
    return [f"{address}?q=a" for address in found] + picks


def telling(client, some: list[str]) -> dict[str, set[str]]:
    """What each of these addresses tells of the name, however it is written there."""
    told = {}
    for address in some:
        response = client.get(address)
        body = "" if response.streaming else response.content.decode()
        if response.headers.get("Content-Type") == "application/json":
            body = json.dumps(json.loads(body), ensure_ascii=False)
        text = unquote_plus(unescape(f"{body} {response.headers} {response.cookies}")).lower()
        if found := {part for part in CANARY if part in text}:
            told[address] = found
    return told


def every_address(made) -> list[str]:
    return [
        address
        for address in dict.fromkeys([*asked(made), *lists()])
        if "logout" not in address and not any(part in unquote_plus(address).lower() for part in CANARY)
    ]


def test_a_name_in_every_text_of_every_table_is_told_by_no_page(everywhere):
    some = every_address(everywhere)
    assert telling(reader_of("reviewer", named=False), some) == {}
    seen = telling(reader_of("reviewer", named=True), some)
    assert len(seen) > 100, "the name was put where hardly a page shows it"


def test_every_text_of_every_table_holds_the_name(everywhere):
    assert [field for model in tables() for field in without_name(model)] == []


def test_the_canary_notices_each_place_that_forgets_to_redact(everywhere, monkeypatch):
    article = everywhere.taken.article.pk
    client = reader_of("reviewer", named=False)
    picks = "/admin/autocomplete/?app_label=claims&model_name=stance&field_name=claim&term="
    places = {
        "a variable of a template": (viewer.Viewer, "redact_output", f"/admin/articles/article/{article}/history/"),
        "a value of a list": (viewer.Viewer, "redact_value", "/admin/articles/trace/"),
        "a list or a read-only field": (responses, "redact_admin_context", "/admin/articles/trace/"),
        "a text in pieces": (viewer.Viewer, "pieces", f"/admin/articles/article/{article}/workspace/"),
        "an answer in JSON": (viewer.Viewer, "text", picks),
    }
    noticed = {}
    for place, (home, name, address) in places.items():
        with monkeypatch.context() as broken:
            broken.setattr(home, name, lambda *values: values[-1])
            noticed[place] = bool(telling(client, [address]))
    assert noticed == dict.fromkeys(places, True)


HTML_BY_HAND = re.compile(r"\b(?:format_html(?:_join)?|mark_safe|SafeString|json_script)\(")
PAST_VARIABLES = re.compile(r"\|safe\b|autoescape|\|json_script|\|urlize|\|escapejs|{% (?:firstof|cycle|blocktrans)")
# What these show is counted or is made visible by hand.
KNOWN = {"claims/admin/batch/batch_pages.py", "templates/admin/search_form.html"}


def test_nothing_of_the_desk_makes_html_past_the_variables_of_templates():
    root = Path(__file__).resolve().parents[2]
    files = [(path, HTML_BY_HAND) for room in (*ROOMS, "claimtrack") for path in (root / room).rglob("*.py")]
    files += [(path, PAST_VARIABLES) for path in (root / "templates" / "admin").rglob("*.html")]
    assert len(files) > 150
    found = {str(path.relative_to(root)) for path, pattern in files if pattern.search(path.read_text("utf-8"))}
    assert found == KNOWN
