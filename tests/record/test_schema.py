"""The JSON Schema: made from the types, true to them, and served."""

import json

import jsonschema
import msgspec
import pytest

from record import documents as d
from record.api import openapi
from record.exports import ndjson, take_snapshot
from tests import record_cast as cast


def of(name):
    return jsonschema.Draft202012Validator({"$ref": f"#/$defs/{name}", "$defs": openapi.export_schema()["$defs"]})


def test_it_is_a_schema_of_the_dialect_that_it_names():
    found = openapi.export_schema()
    assert found["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    jsonschema.Draft202012Validator.check_schema(found)


def test_it_is_served_to_any_page(client, db):
    response = client.get("/schema.json")
    assert response.json() == openapi.export_schema()
    assert response["Content-Type"] == "application/schema+json"
    assert response["Access-Control-Allow-Origin"] == "*"
    assert client.get("/schema.json", headers={"If-None-Match": response["ETag"]}).status_code == 304
    assert client.head("/schema.json").content == b""
    assert client.get("/schema.json?x=1").status_code == 400


@pytest.mark.parametrize("document", (*cast.CAST, cast.valley), ids=lambda document: document.id)
def test_every_document_of_the_cast_is_valid_by_its_own_schema(document):
    plain = json.loads(d.encode(document))
    of(type(document).__name__).validate(plain)
    others = {shape.__name__ for shape in d.DOCUMENT_TYPES.values()} - {type(document).__name__}
    assert not any(of(name).is_valid(plain) for name in others)


@pytest.mark.parametrize("document", (*cast.CAST, cast.valley), ids=lambda document: document.id)
def test_types_and_schema_refuse_the_same(document):
    """Each field in turn is taken away, and given values that it cannot have."""
    plain = json.loads(d.encode(document))
    validator = of(type(document).__name__)
    for field in plain:
        for value in (MISSING, 7.5, [], "\n", {}, True):
            changed = {name: found for name, found in plain.items() if name != field}
            if value is not MISSING:
                changed[field] = value
            try:
                msgspec.convert(changed, d.AnyDocument)
                allowed = True
            except msgspec.ValidationError as error:
                allowed = "has a figure" in str(error) or "says how" in str(error) or "has a label" in str(error)
            assert validator.is_valid(changed) == allowed, (field, value)


MISSING = object()


@pytest.mark.django_db
def test_the_lines_of_ndjson_are_valid_each_by_its_own_schema():
    cast.append_history()
    first, *entries, last = b"".join(ndjson.export(take_snapshot(using="default"))).splitlines()
    of("FirstLine").validate(json.loads(first))
    of("LastLine").validate(json.loads(last))
    for entry in entries:
        of("Entry").validate(json.loads(entry))


def test_every_document_type_is_described_in_words():
    parts = openapi.export_schema()["$defs"]
    for shape in [*d.DOCUMENT_TYPES.values(), d.Redirect]:
        assert shape.__name__ in parts
    assert parts["Statement"]["properties"]["appearances"]["items"] == {"$ref": "#/$defs/Appearance"}
    assert parts["Figure"]["properties"]["amount"] == {"anyOf": [{"type": "number"}, {"type": "null"}]}
