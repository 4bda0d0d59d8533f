"""/citations.json and /citations.bib: the whole record as a bibliography that readers' programs understand."""

import json

import pytest

from record.exports import bibliography, take_snapshot
from tests import record_cast as cast
from tests.record.test_citations import in_harvard, parsed

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]


def csl(**bounds):
    return json.loads(b"".join(bibliography.csl(take_snapshot(**bounds, using="default"))))


def bibtex(**bounds):
    return b"".join(bibliography.bibtex(take_snapshot(**bounds, using="default"))).decode()


def test_everything_that_stands_is_cited_once():
    cast.append_cast()
    items = csl()
    assert len({item["id"] for item in items}) == len(items) == len(cast.CAST) + 1
    assert len(in_harvard(*items)) == len(items)
    assert {entry.key for entry in parsed(bibtex())} == {item["id"] for item in items}


def test_the_record_itself_comes_first_with_its_terms(settings):
    settings.TERMS, settings.TERMS_URL = "Use it & name us.", "https://terms.example/by"
    cast.append_cast()
    record = csl()[0]
    assert (record["id"], record["type"], record["version"]) == ("record-21", "dataset", "entry 21")
    assert record["URL"].endswith("/export.json?as_of=21")
    assert record["note"] == "Use it & name us. https://terms.example/by"
    assert parsed(bibtex())[0].fields_dict["note"].value == "entry 21. Use it & name us. https://terms.example/by"


def test_articles_are_cited_as_printed_and_pages_at_their_version():
    cast.append_cast()
    found = {item["id"].split("-")[1]: item for item in csl()}
    assert found["artic0000001"]["container-title"] == "Steppe Courier"
    assert found["artic0000001"]["URL"] == "https://courier-2020-02-03.example/1"
    statement = found["state0000002"]
    assert statement["title"].startswith("Sergei Toqaev: ")
    assert statement["URL"].endswith("/statements/state0000002/versions/1")
    assert statement["issued"] == {"date-parts": [[2020, 3, 1]]}
    assert "accessed" not in statement


def test_an_older_record_is_cited_as_it_stood():
    cast.append_history()
    early, now = ({item["id"].split("-")[1]: item for item in csl(**bounds)} for bounds in ({"as_of": 21}, {}))
    assert early["claim0000003"]["title"] == "Claim: They were moved for a dam"
    assert now["claim0000003"]["title"] == "Claim: A dam was the reason"
    assert "state0000004" not in early | now  # it was withdrawn since


def test_an_empty_record_is_an_empty_bibliography():
    assert csl() == []
    assert bibtex() == ""
