"""/export.json: the log as one document, grouped, valid by its schema."""

import json

import jsonschema
import pytest

from record.api import openapi
from record.exports import json as form
from record.exports import stream, take_snapshot
from record.log import head
from tests import record_cast as cast

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]
GROUPS = [
    "questions",
    "topics",
    "claims",
    "actors",
    "outlets",
    "articles",
    "statements",
    "redirects",
    "withdrawn",
    "superseded",
]


def export(**bounds):
    return json.loads(b"".join(form.export(take_snapshot(**bounds, using="default"))))


def seqs(group):
    return [entry["seq"] for entry in group]


def test_it_holds_what_stands_by_kind_and_the_rest_of_the_log(client):
    cast.append_history()
    found = json.loads(b"".join(client.get("/export.json").streaming_content))
    assert list(found) == ["format", "head", "as_of", "since", "terms", *GROUPS, "sha256"]
    assert {name: len(found[name]) for name in GROUPS} == {
        "questions": 2,
        "topics": 0,
        "claims": 3,
        "actors": 4,
        "outlets": 3,
        "articles": 4,
        "statements": 3,
        "redirects": 1,
        "withdrawn": 2,
        "superseded": 9,
    }
    assert sorted(seq for name in GROUPS for seq in seqs(found[name])) == list(range(1, head().seq + 1))
    assert all(seqs(found[name]) == sorted(seqs(found[name])) for name in GROUPS)


def test_it_is_valid_by_the_schema_that_is_served(client):
    cast.append_history()
    validator = jsonschema.Draft202012Validator(client.get("/schema.json").json())
    for bounds in ({}, {"as_of": 21}, {"since": 21}, {"as_of": 0}):
        validator.validate(export(**bounds))


def test_as_of_shows_what_stood_then():
    cast.append_history()
    then = export(as_of=21)
    assert (len(then["claims"]), len(then["redirects"]), len(then["superseded"])) == (4, 0, 0)
    assert then["head"]["seq"] == 21
    [moved] = [entry for entry in then["claims"] if entry["document"]["id"] == "claim0000003"]
    assert moved["document"]["slug"] == "for-the-dam"


def test_a_document_that_was_withdrawn_since_is_empty_in_older_snapshots():
    cast.append_history()
    then = export(as_of=21)
    assert [(entry["public_id"], entry["salt"]) for entry in then["withdrawn"]] == [("state0000004", "")]
    assert len(then["statements"]) == 3


def test_since_holds_what_came_after():
    cast.append_history()
    found = export(since=29)
    assert sorted(seq for name in GROUPS for seq in seqs(found[name])) == [30, 31]
    assert (seqs(found["erased"]), {entry["salt"] for entry in found["erased"]}) == ([21, 28, 29], {""})
    assert list(export(since=20))[-2] == "erased" and export(since=20)["erased"] == []


def test_an_empty_record_is_a_whole_document():
    found = export()
    assert {name: found[name] for name in GROUPS} == {name: [] for name in GROUPS}


def test_a_download_that_breaks_off_is_not_json(monkeypatch):
    cast.append_history()
    monkeypatch.setattr(stream, "FIRST_ROWS", 2)
    monkeypatch.setattr(stream, "MAX_ROWS", 2)
    chunks = list(form.export(take_snapshot(using="default")))
    assert len(chunks) > 15
    json.loads(b"".join(chunks))
    for end in range(len(chunks)):
        with pytest.raises(json.JSONDecodeError):
            json.loads(b"".join(chunks[:end]))


def test_numbers_are_numbers_and_dates_are_text():
    cast.append_cast()
    figures = [entry["document"]["figure"] for entry in export()["claims"][:2]]
    assert figures[0]["amount"] == 12000 and isinstance(figures[0]["amount"], int)
    assert figures[1]["lower"] == 850.5
    assert figures[0]["as_of"] == {"edtf": "2019-06", "earliest": "2019-06-01", "latest": "2019-06-30"}


def test_the_schema_of_an_entry_refuses_what_the_types_refuse():
    cast.append_cast()
    entry = export()["questions"][0]
    validator = jsonschema.Draft202012Validator({"$ref": "#/$defs/Entry", "$defs": openapi.export_schema()["$defs"]})
    validator.validate(entry)
    for name, value in (("seq", 0), ("salt", "x"), ("published_at", "yesterday"), ("document", {"type": "question"})):
        assert not validator.is_valid({**entry, name: value})
    assert not validator.is_valid({**entry, "extra": 1})
