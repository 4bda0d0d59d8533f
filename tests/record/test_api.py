"""The API: lists with cursors, single documents, annotations in pages, identities, and what describes them."""

import json

import jsonschema
import msgspec
import pytest
import rdflib
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from rdflib.compare import isomorphic

from record import documents as d
from record.api import openapi, reads
from record.linked_data import terms
from record.linked_data.site import this_site
from record.log import Withdrawal, append, head
from record.models import Publication
from tests import record_cast as cast
from tests.record.test_export_annotations import check_annotation

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]


def walk(client, address):
    """Every item of a list, following `next`."""
    items = []
    while address:
        page = client.get(address).json()
        items += page["items"]
        address = page["next"]
    return items


def test_a_list_holds_what_stands_in_the_order_of_publication(client):
    cast.append_history()
    page = client.get("/api/claims.json").json()
    newest = Publication.objects.filter(kind__in=("claim", "redirect")).latest("seq").seq
    assert (page["format"], page["head"]["seq"], page["next"]) == (d.FORMAT, newest, None)
    assert [item["document"]["id"] for item in page["items"]] == ["claim0000001", "claim0000004", "claim0000003"]
    assert page["items"][-1]["reason"] == "Plainer"
    assert page["items"][-1]["version"] == 2
    msgspec.convert(page, reads.Listing)


def test_documents_are_their_stored_bytes(client):
    cast.append_cast()
    assert d.encode(cast.claim_few).encode() in client.get("/api/claims.json").content
    assert d.encode(cast.claim_few).encode() in client.get("/api/claims/claim0000002.json").content


@pytest.mark.parametrize("name", reads.KINDS_BY_LIST)
def test_pages_follow_one_another_without_gap_or_repetition(client, name):
    cast.append_history()
    whole = client.get(f"/api/{name}.json").json()["items"]
    assert walk(client, f"/api/{name}.json?limit=1") == whole
    assert {item["document"]["type"] for item in whole} <= {reads.KINDS_BY_LIST[name]}


def test_what_changes_during_a_walk_comes_again_and_nothing_is_missed(client):
    cast.append_cast()
    first = client.get("/api/claims.json?limit=2").json()
    append([cast.replace(cast.claim_many, text="About 12,000.")], reason="Meanwhile")
    append([Withdrawal("statement", "state0000004")], reason="Meanwhile")
    rest = walk(client, first["next"])
    assert [item["document"]["id"] for item in rest] == ["claim0000003", "claim0000004", "claim0000001"]


def test_a_poller_asks_after_the_head(client):
    cast.append_cast()
    assert client.get(f"/api/claims.json?after={head().seq}").json()["items"] == []
    answer = client.get(f"/api/claims.json?after={head().seq + 1}")
    assert answer.status_code == 404 and "after" in answer.json()["sentence"]


@pytest.mark.parametrize(
    ("query", "named"),
    [
        ("limit=0", "limit"),
        ("limit=1001", "limit"),
        ("limit=x", "limit"),
        ("limit=", "limit"),
        ("limit=٣", "limit"),
        ("limit=1&limit=2", "limit"),
        ("after=-1", "after"),
        ("after=x", "after"),
        ("after=1&after=2", "after"),
        ("page=2", "page"),
        ("limit=%00", "limit"),
    ],
)
@pytest.mark.parametrize("address", ["/api/claims.json", "/api/annotations.jsonld"])
def test_a_wrong_question_is_refused_in_words(client, address, query, named):
    answer = client.get(f"{address}?{query}")
    assert answer.status_code == 400
    assert answer.json()["errors"][named]


def test_one_document(client):
    cast.append_cast()
    answer = client.get("/api/statements/state0000002.json").json()
    assert answer["document"] == json.loads(d.encode(cast.ministry_counts))
    msgspec.convert(answer, reads.SingleDocument)
    assert client.get("/api/claims/state0000002.json").status_code == 404
    assert client.get("/api/claims/nothing00000.json").status_code == 404


def test_what_was_merged_leads_to_what_it_was_merged_into(client):
    cast.append_history()
    answer = client.get("/api/claims/claim0000002.json")
    assert (answer.status_code, answer["Location"]) == (301, "/api/claims/claim0000001.json")
    kept = client.get("/api/redirects/claim0000002.json").json()
    assert kept["document"]["into"] == "claim0000001"


def test_what_was_withdrawn_says_when_and_why(client):
    cast.append_history()
    answer = client.get("/api/statements/state0000004.json")
    assert answer.status_code == 410
    assert "Nobody said it" in answer.json()["sentence"] and answer.json()["when"]
    erased = client.get("/api/actors/actor0000009.json")
    assert erased.status_code == 410 and b"anary" not in erased.content


def test_annotations_come_in_pages_too(client):
    cast.append_cast()
    address, items, pages = "/api/annotations.jsonld?limit=2", [], []
    while address:
        answer = client.get(address)
        assert answer["Content-Type"].startswith("application/ld+json; profile=")
        page = answer.json()
        assert page["type"] == "AnnotationPage" and page["partOf"]["type"] == "AnnotationCollection"
        items += page["items"]
        pages.append(page["id"])
        address = page.get("next", "").removeprefix(this_site().address)
    assert len(pages) == 2 and pages[0] != pages[1]
    whole = json.loads(b"".join(client.get("/annotations.jsonld").streaming_content))
    assert items == whole["first"]["items"]
    for item in items:
        check_annotation(item)


def test_an_identity_leads_to_the_page(client):
    cast.append_history()
    answer = client.get("/id/claim0000003")
    assert (answer.status_code, answer["Location"]) == (303, "/claims/dam-was-the-reason")
    assert client.get("/id/claim0000002")["Location"] == "/claims/twelve-thousand-moved"
    assert client.get("/id/state0000004").status_code == 410
    assert client.get("/id/nothing00000").status_code == 404
    assert client.get("/id/nothing").status_code == 404
    assert client.get("/id/claim0000003?x=1").status_code == 400


def test_an_identity_leads_to_what_its_reader_takes(client):
    cast.append_history()
    for accept, target in (
        ("text/html,application/xhtml+xml,*/*;q=0.8", "/claims/for-the-dam"),
        ("image/png", "/claims/for-the-dam"),
        ("application/json", "/api/claims/claim0000003.json"),
        ("application/ld+json", "/id/claim0000003.jsonld"),
        ("text/turtle, application/ld+json;q=0.5", "/id/claim0000003.ttl"),
        ("application/n-triples", "/id/claim0000003.nt"),
    ):
        answer = client.get("/id/claim0000003?at=21", headers={"Accept": accept})
        assert (answer.status_code, answer["Location"].split("?")) == (303, [target, "at=21"]), accept
        assert "Accept" in answer["Vary"].split(", ")
    etag = client.get("/id/claim0000003")["ETag"]
    other = client.get("/id/claim0000003", headers={"Accept": "text/turtle", "If-None-Match": etag})
    assert other.status_code == 303
    assert client.get("/id/claim0000002.ttl")["Location"] == "/id/claim0000001.ttl"
    assert client.get("/id/state0000004.nt").status_code == 410


def test_a_thing_is_described_alike_in_every_form_of_linked_data(client, monkeypatch):
    cast.append_cast()
    said = client.get("/id/state0000002.jsonld").json()
    assert said["@context"].endswith("/context.jsonld") and said["@id"].endswith("/id/state0000002")
    graphs = [rdflib.Graph().parse(data=client.get(f"/id/state0000002.{form}").content, format=name)
              for form, name in (("ttl", "turtle"), ("nt", "nt"))]  # fmt: skip
    assert isomorphic(*graphs) and len(graphs[0]) > 20
    day = rdflib.Literal(cast.ministry_counts.said_on.earliest)
    assert (rdflib.URIRef(said["@id"]), rdflib.URIRef(terms.OWN_NAMESPACE + "earliest"), day) in graphs[0]
    monkeypatch.setattr("record.api.identities.find_spec", lambda name: None)
    assert "has not installed rdflib" in client.get("/id/state0000002.ttl").json()["sentence"]
    assert client.get("/id/state0000002", headers={"Accept": "text/turtle"})["Location"] == "/statements/state0000002"


def test_the_context_is_served_where_the_export_says(client):
    answer = client.get("/context.jsonld")
    assert answer.json() == terms.described_context()
    assert answer["Content-Type"] == "application/ld+json"
    assert answer["Access-Control-Allow-Origin"] == "*"
    assert "max-age=3600" in answer["Cache-Control"]


@pytest.mark.parametrize("document", cast.CAST, ids=lambda document: document.id)
def test_every_document_is_valid_by_the_schema_of_its_kind(client, document):
    answer = client.get(f"/schemas/{d.kind_of(document)}.json")
    assert answer["Content-Type"] == "application/schema+json"
    jsonschema.Draft202012Validator.check_schema(answer.json())
    jsonschema.Draft202012Validator(answer.json()).validate(json.loads(d.encode(document)))


def test_a_schema_holds_what_it_needs_and_no_more():
    assert set(openapi.document_schema("question")["$defs"]) == {"Question", "Note"}
    assert {"Figure", "Relation", "PartialDate"} < set(openapi.document_schema("claim")["$defs"])
    assert not jsonschema.Draft202012Validator(openapi.document_schema("question")).is_valid(
        json.loads(d.encode(cast.claim_dam))
    )


def test_there_is_no_schema_of_what_there_is_not(client):
    answer = client.get("/schemas/verdict.json")
    assert answer.status_code == 404 and answer.json()["sentence"]


@pytest.mark.parametrize(
    "address",
    ["/api/claims.json", "/api/claims/claim0000001.json", "/context.jsonld", "/api/openapi.json", "/export.json"],
)
def test_it_can_only_be_read_and_from_any_page(address):
    cast.append_cast()
    strict = Client(enforce_csrf_checks=True)
    for method in ("post", "put", "delete", "patch"):
        assert getattr(strict, method)(address).status_code == 405
    answer = strict.get(address)
    assert answer["Access-Control-Allow-Origin"] == "*" and not answer.cookies
    assert strict.get(address, headers={"If-None-Match": answer["ETag"]}).status_code == 304


def test_a_list_takes_the_same_queries_at_any_length(client):
    cast.append_cast()
    counts = []
    for limit in (1, 4):
        with CaptureQueriesContext(connection) as asked:
            client.get(f"/api/statements.json?limit={limit}")
        counts.append(len(asked))
    assert counts == [2, 2]


def test_drafts_and_withdrawals_are_in_no_list(client):
    cast.append_history()
    content = b"".join(client.get(f"/api/{name}.json").content for name in reads.KINDS_BY_LIST)
    assert b"anary" not in content and b"state0000004" not in content
