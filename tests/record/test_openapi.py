"""The description of the API: valid, complete, true to what is served; and the page that shows it."""

import ast
import json
from functools import cache

import pytest
from django.conf import settings
from django.urls import get_resolver
from openapi_spec_validator import OpenAPIV31SpecValidator, validate

from record.api import openapi, reads
from record.api.open_data import examples
from record.exports import FORMATS, formats
from record.exports.tables import WIDE
from record.linked_data.site import Site
from tests import record_cast as cast
from tests.public_pages import texts, tree_of

pytestmark = pytest.mark.any_database

described = cache(openapi.description)
EXEMPLARY = [form for form in FORMATS.values() if form.table in (None, WIDE)]


def test_it_is_openapi():
    validate(json.loads(json.dumps(described())), cls=OpenAPIV31SpecValidator)
    assert described()["openapi"] == "3.1.0"


def is_of_a_page(name):
    return name.endswith("_json") or (name.endswith("_csv") and not name.startswith("export_"))


def test_every_address_for_machines_is_described():
    """What belongs to one page is not (its twin, its tables), nor what crawlers and the search field ask for."""
    served = {
        "/" + str(pattern.pattern).replace("<record_id:public_id>", "{id}").replace("<slug:name>", "{name}")
        for pattern in get_resolver("record.urls").url_patterns
        if "." in str(pattern.pattern) and not is_of_a_page(pattern.name or "")
    }
    others = {
        "/data/questions.ipynb",
        "/suggest.json",
        "/robots.txt",
        "/sitemap.xml",
        "/sitemap-<record_number:number>.xml",
    }
    of_pages = {path for path in served if "<record_slug:slug>" in path}
    assert served - set(described()["paths"]) == others | of_pages
    assert {f"/{form.address}" for form in FORMATS.values()} < set(described()["paths"])


def test_every_operation_has_a_name_of_its_own_and_words():
    operations = [methods["get"] for methods in described()["paths"].values()]
    names = [operation["operationId"] for operation in operations]
    assert len(set(names)) == len(names)
    assert all(operation["summary"] for operation in operations)
    assert all(one["description"] for one in described()["components"]["parameters"].values())


def test_shapes_are_made_from_the_types():
    schemas = described()["components"]["schemas"]
    assert schemas["Claim"]["properties"]["question"]["pattern"].startswith("^[0-9a-z]{12}$")
    assert schemas["Figure"]["properties"]["amount"] == {"anyOf": [{"type": "number"}, {"type": "null"}]}
    assert "#/$defs" not in json.dumps(described())
    bound = described()["components"]["parameters"]["limit"]["schema"]["maximum"]
    assert bound == reads.MAX_LIMIT


def test_each_answer_has_a_type_of_its_own():
    assert "allOf" not in json.dumps(described()) and "AnyDocument" not in json.dumps(described())
    schemas, paths = described()["components"]["schemas"], described()["paths"]
    assert {shape["title"] for shape in schemas.values()} == set(schemas)

    def answer(path):
        return paths[path]["get"]["responses"]["200"]["content"]

    assert answer("/api/claims.json")["application/json"]["schema"]["$ref"].endswith("/ClaimListing")
    assert answer("/api/claims/{id}.json")["application/json"]["schema"]["$ref"].endswith("/SingleClaim")
    assert schemas["SingleClaim"]["properties"]["document"]["$ref"].endswith("/Claim")
    assert schemas["Export"]["properties"]["claims"]["items"]["$ref"].endswith("/ClaimEntry")
    assert answer("/export.csv") == {"text/csv; charset=utf-8": {"schema": {"type": "string"}}}
    assert answer("/export.ndjson") == {"application/x-ndjson": {"schema": {"type": "string"}}}
    assert answer("/export.xlsx")[FORMATS["xlsx"].media_type] == {"schema": {"type": "string", "format": "binary"}}


def test_what_is_not_installed_is_neither_described_nor_shown(monkeypatch):
    monkeypatch.setattr(formats, "find_spec", lambda name: None)
    shown = [one["address"] for one in examples(Site("https://a.example", "x"))]
    assert "/export.csv" in shown and "/export.csv" in openapi.description()["paths"]
    assert not [path for path in (*shown, *openapi.description()["paths"]) if "parquet" in path]


@pytest.mark.django_db
def test_it_is_served(client):
    answer = client.get("/api/openapi.json")
    assert answer["Content-Type"] == openapi.OPENAPI
    assert answer.json() == json.loads(json.dumps(described()))


@pytest.mark.django_db
def test_the_page_shows_every_address_and_every_format(client):
    page = tree_of(client.get("/api"))
    assert texts(page, ".//details/summary/code") == list(described()["paths"])
    shown = texts(page, ".//section[@class='example']/h3")
    assert shown == ["/api/statements.json", *(f"/{form.address}" for form in EXEMPLARY)]
    assert client.get("/api.json").json()["operations"][0]["path"] == "/api/topics.json"


@pytest.mark.django_db
def test_the_examples_ask_this_site(client):
    codes = texts(tree_of(client.get("/api")), ".//pre")
    assert len(codes) == 3 * (len(EXEMPLARY) + 1)
    assert all(settings.SITE_ADDRESS in code for code in codes)


@pytest.mark.parametrize("example", examples(Site("https://a.example", "x")), ids=lambda one: one["address"])
def test_the_examples_in_python_can_be_parsed(example):
    tree = ast.parse(example["python"])
    imported = {name.name for node in ast.walk(tree) if isinstance(node, ast.Import) for name in node.names}
    assert "pandas" in imported
    assert f"https://a.example{example['address']}" in example["curl"]
    assert example["r"].count("(") == example["r"].count(")")
    assert example["r"].count("{") == example["r"].count("}")


@pytest.mark.django_db
@pytest.mark.parametrize("path", [path for path in described()["paths"] if "{" not in path])
def test_every_address_answers_with_the_type_that_is_described(client, path):
    cast.append_cast()
    answer = client.get(path)
    assert answer.status_code == 200
    assert [answer["Content-Type"]] == list(described()["paths"][path]["get"]["responses"]["200"]["content"])
    b"".join(answer)
