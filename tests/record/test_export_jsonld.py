"""/export.jsonld: a graph that a JSON-LD processor understands, in words that exist."""

import json

import pytest

from record import documents as d
from record.documents.vocabulary import STANCES
from record.exports import jsonld, take_snapshot
from record.linked_data import terms
from record.linked_data.site import this_site
from record.log import append
from tests import record_cast as cast
from tests import vocabularies

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]
SCHEMA = "http://schema.org/"
CITO = "http://purl.org/spar/cito/"
PROV = "http://www.w3.org/ns/prov#"
OWN = terms.OWN_NAMESPACE
CONTEXT = {f"{this_site().address}/context.jsonld": terms.described_context()}


def written(**bounds):
    return b"".join(jsonld.export(take_snapshot(**bounds, using="default")))


def nodes_of(content):
    """The nodes of the file by the last part of their identity, as they are written."""
    return {node["@id"].rpartition("/")[2]: node for node in json.loads(content)["@graph"]}


def graph_of(content):
    """The same, expanded by a JSON-LD processor."""
    return {node["@id"].rpartition("/")[2]: node for node in vocabularies.expanded(json.loads(content), **CONTEXT)}


def ids(values):
    return [value["@id"].rpartition("/")[2] for value in values]


@pytest.fixture
def history():
    cast.append_history()
    return written()


def test_every_word_exists_in_its_vocabulary_and_every_word_of_ours_is_explained(history):
    used = vocabularies.terms_in(vocabularies.expanded(json.loads(history), **CONTEXT))
    assert used - vocabularies.PUBLISHED - vocabularies.OWN == set()
    assert {term.rpartition("/")[0] for term in used} >= {"http://schema.org", "http://purl.org/spar/cito"}


def test_the_context_explains_itself_in_terms_of_rdfs():
    nodes = vocabularies.expanded(terms.described_context())
    assert {node["@id"] for node in nodes} == vocabularies.OWN
    assert vocabularies.terms_in(nodes) == {
        terms.RDFS + "Class",
        terms.RDF + "Property",
        terms.RDFS + "label",
        terms.RDFS + "comment",
    }


def test_a_claim_says_who_stands_for_it_and_where_it_was_printed_first():
    cast.append_cast()
    claim = graph_of(written())["claim0000002"]
    assert claim["@type"] == [SCHEMA + "Claim"]
    assert claim[SCHEMA + "text"] == [{"@value": "At most nine hundred people were moved."}]
    assert claim[SCHEMA + "inLanguage"] == [{"@value": "en"}]
    assert ids(claim[SCHEMA + "author"]) == ["actor0000002"]
    assert ids(claim[SCHEMA + "appearance"]) == ["artic0000004", "artic0000003"]
    assert ids(claim[SCHEMA + "firstAppearance"]) == ["artic0000004"]
    assert claim[SCHEMA + "datePublished"] == [{"@type": terms.XSD + "gYearMonth", "@value": "2020-02"}]
    assert claim[SCHEMA + "claimInterpreter"][0][SCHEMA + "name"] == [{"@value": "claimtrack"}]
    assert ids(claim[OWN + "contraryTo"]) == ["claim0000001"]
    [figure] = claim[OWN + "figure"]
    assert figure[OWN + "lower"] == [{"@value": 850.5}]


def test_what_was_said_of_a_merged_claim_is_said_of_the_one_that_stands(history):
    nodes = nodes_of(history)
    assert nodes["claim0000002"] == {
        "@id": f"{this_site().address}/id/claim0000002",
        "sameAs": f"{this_site().address}/id/claim0000001",
    }
    assert ids(nodes["claim0000001"]["author"]) == ["actor0000003", "actor0000002"] or ids(
        nodes["claim0000001"]["author"]
    ) == ["actor0000002", "actor0000003"]


def test_a_claim_that_nobody_stands_for_is_well_formed():
    append([cast.question_why, cast.claim_dam], reason="Alone")
    claim = nodes_of(written())["claim0000003"]
    assert "author" not in claim and "appearance" not in claim


def test_stances_are_citations_where_they_cite():
    cast.append_cast()
    graph = graph_of(written())
    said = graph["state0000002"]
    assert ids(said[CITO + "agreesWith"]) == ["claim0000002", "claim0000003"]
    assert ids(said[CITO + "disagreesWith"]) == ["claim0000001"]
    [denial] = [one for one in said[OWN + "stances"] if one["@id"].endswith("#stance-claim0000001")]
    assert denial["@type"] == [OWN + "Stance", CITO + "Citation"]
    assert denial[CITO + "hasCitationCharacterization"] == [{"@id": CITO + "disagreesWith"}]
    assert denial[OWN + "stance"] == [{"@value": "denies"}]
    [declined] = graph["state0000004"][OWN + "stances"]
    assert declined["@type"] == [OWN + "Stance"]


def test_every_stance_has_a_word_and_only_two_are_no_citations():
    assert {stance for stance, term in STANCES.items() if not term.cito} == {"declines", "silent"}
    assert {term.cito for term in STANCES.values()} - {""} < set(vocabularies.CITO_TERMS)


def test_a_chain_derives_hop_by_hop_from_the_statement():
    cast.append_cast()
    said = graph_of(written())["state0000002"]
    printing = said[OWN + "printings"][1]
    hops = printing[OWN + "chain"][0]["@list"]
    assert ids(printing[SCHEMA + "isPartOf"]) == ["artic0000004"]
    assert printing[PROV + "wasDerivedFrom"] == [{"@id": hops[0]["@id"]}]
    assert hops[0][PROV + "wasDerivedFrom"] == [{"@id": hops[1]["@id"]}]
    assert ids(hops[1][PROV + "wasDerivedFrom"]) == ["state0000002"]
    assert [ids(hop[PROV + "wasAttributedTo"]) for hop in hops] == [["outle0000002"], ["actor0000001"]]
    assert hops[1][OWN + "cue"] == [{"@value": "деп хабарлады"}]
    assert ids(said[PROV + "wasAttributedTo"]) == ["actor0000002"]
    assert said[OWN + "printings"][0][OWN + "start"] == [{"@value": 40}]


def test_a_label_in_a_chain_is_an_agent_without_a_name_of_its_own():
    cast.append_cast()
    [hop] = graph_of(written())["state0000003"][OWN + "printings"][0][OWN + "chain"][0]["@list"]
    [agent] = hop[PROV + "wasAttributedTo"]
    assert agent["@type"] == [PROV + "Agent"] and "@id" not in agent


def test_the_words_of_a_passage_are_in_a_text_of_their_article():
    cast.append_cast()
    nodes = nodes_of(written())
    [text] = nodes["artic0000001"]["encoding"]
    assert nodes["state0000001"]["printings"][0]["capture"] == {"@id": text["@id"]}
    assert text["sha256"] == "a" * 64


def test_every_field_of_every_document_leaves_a_trace():
    """What is in a document is in its node: nothing is lost but what names and addresses say twice."""
    cast.append_cast()
    nodes = nodes_of(written())
    for document in cast.CAST:
        node = json.dumps(nodes[document.id], ensure_ascii=False)
        for text in texts_in(json.loads(d.encode(document))):
            assert json.dumps(text, ensure_ascii=False)[1:-1] in node, (document.id, text)


def texts_in(value, name=""):
    """The texts of a document but for what is derived (days of dates) or a word of its structure."""
    if isinstance(value, dict):
        for key, inner in value.items():
            if key not in ("type", "slug", "earliest", "latest"):
                yield from texts_in(inner, key)
    elif isinstance(value, list):
        for inner in value:
            yield from texts_in(inner, name)
    elif isinstance(value, str) and value and name not in ("kind", "stance"):
        yield value


def test_it_is_the_record_as_it_stood():
    cast.append_history()
    early = nodes_of(written(as_of=21))
    assert early["claim0000003"]["text"] == "They were moved for a dam."
    assert ids(early["claim0000002"]["author"]) == ["actor0000002"]
    assert "Canary" not in written().decode()


def test_a_withdrawn_statement_is_not_in_it(history):
    assert "state0000004" not in nodes_of(history)


def test_an_empty_record_is_a_graph_with_the_record_alone():
    [record] = json.loads(written())["@graph"]
    assert record["@type"][0] == "Dataset"


def test_the_lists_of_a_hot_claim_come_in_pieces(monkeypatch):
    cast.append_cast()
    whole = written()
    monkeypatch.setattr(jsonld, "REFERENCES_AT_ONCE", 1)
    chunks = list(jsonld.export(take_snapshot(using="default")))
    assert b"".join(chunks) == whole
    assert any(chunk.startswith((b",{", b',"appearance"')) for chunk in chunks)


def test_dates_have_types_that_programs_can_compare_and_the_unnamed_are_nobody():
    cast.append_cast()
    graph = graph_of(written())
    said = graph["state0000002"]
    day = {"@type": terms.XSD + "date"}
    assert said[OWN + "earliest"] == [day | {"@value": cast.ministry_counts.said_on.earliest.isoformat()}]
    assert said[OWN + "latest"] == [day | {"@value": cast.ministry_counts.said_on.latest.isoformat()}]
    [page] = said[SCHEMA + "mainEntityOfPage"]
    assert page[SCHEMA + "dateModified"] == [{"@type": terms.XSD + "dateTime", "@value": "2020-03-01T09:30:00Z"}]
    assert [terms.typed_date(text) for text in ("2019", "2019-09~", "2019-09-03", None, "")] == [
        {"@value": "2019", "@type": "xsd:gYear"},
        "2019-09~",
        {"@value": "2019-09-03", "@type": "xsd:date"},
        None,
        "",
    ]
    assert graph["actor0000003"]["@type"] == [SCHEMA + "Thing", PROV + "Agent"]
