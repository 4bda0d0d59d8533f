"""What stands in the heads of pages, in the words of schema.org."""

import json

import pytest

from record import documents as d
from record.linked_data import schema_org
from record.linked_data.site import Site
from tests import record_cast as cast

pytestmark = pytest.mark.any_database

SITE = Site("https://record.example", "claimtrack")
NAMED = {document.id: document for document in cast.CAST}


def page(document, **values):
    return schema_org.page_node(document, site=SITE, named=NAMED, **values)


def test_a_claim_has_its_authors_appearances_and_the_first_of_them():
    found = page(cast.claim_few, statements=[cast.herder_counts, cast.ministry_counts])
    assert (found["@context"], found["@type"]) == ("https://schema.org", "Claim")
    assert found["@id"] == "https://record.example/id/claim0000002"
    assert found["url"] == "https://record.example/claims/nine-hundred-moved"
    assert found["text"] == "At most nine hundred people were moved."
    assert [author["name"] for author in found["author"]] == ["Sergei Toqaev"]  # the herder denies it
    assert [article["headline"] for article in found["appearance"]] == [
        "Ministry: fewer than nine hundred",
        "Су министрлігі: тоғыз жүзден аз",
    ]
    assert found["firstAppearance"]["@id"] == "https://record.example/id/artic0000004"  # some day of February 2020
    assert found["datePublished"] == "2020-02"
    assert found["claimInterpreter"]["name"] == "claimtrack"


def test_a_claim_that_nobody_stands_for_has_no_author():
    found = page(cast.claim_dam, statements=[cast.union_disputes])
    assert "author" not in found and "appearance" not in found and "firstAppearance" not in found


def test_a_claim_that_was_merged_keeps_what_was_said_of_it():
    named = NAMED | {"claim0000001": cast.redirect("claim0000001", "x", "claim0000003")}
    found = schema_org.page_node(cast.claim_dam, site=SITE, named=named, statements=[cast.herder_counts])
    assert [author["name"] for author in found["author"]] == ["a herder"]


def test_a_statement_is_a_quotation_of_its_speaker():
    found = page(cast.herder_counts)
    assert found["@type"] == "Quotation"
    assert found["text"] == "moved at night" and "inLanguage" not in found  # nobody prints the words as recorded
    assert found["workTranslation"]["text"] == "they moved us at night"
    assert found["author"] == {
        "@id": "https://record.example/id/actor0000003",
        "@type": "Thing",
        "name": "a herder",
    }
    assert [article["datePublished"] for article in found["isBasedOn"]] == ["2020-02-03", "2020-02-04"]
    assert "creditText" not in found


def test_a_report_is_no_quotation_and_has_no_text():
    found = page(cast.ministry_counts)
    assert found["@type"] == "CreativeWork" and "text" not in found
    assert found["abstract"] == cast.ministry_counts.summary
    recorded = cast.replace(cast.herder_counts, words="Moved at night", language="en")
    assert [page(recorded)[name] for name in ("@type", "text", "inLanguage")] == ["Quotation", "Moved at night", "en"]


def test_a_bare_label_is_no_person():
    found = page(cast.nobody_knows)
    assert "author" not in found and found["creditText"] == "local people"


def test_an_article_has_its_outlet_and_its_archived_copies():
    archived = cast.replace(cast.capture(), archive_url="https://archive.example/1")
    found = page(cast.replace(cast.original, captures=(archived,)), statements=[cast.herder_counts])
    assert found["@type"] == "NewsArticle"
    assert found["archivedAt"] == ["https://archive.example/1"]
    assert found["publisher"]["name"] == "Steppe Courier"
    assert found["encoding"][0]["sha256"] == "a" * 64
    assert [part["abstract"] for part in found["hasPart"]] == [cast.herder_counts.summary]


def test_an_actor_has_names_in_every_script_and_is_known_to_wikidata():
    found = page(cast.ministry)
    assert found["@type"] == "GovernmentOrganization"
    assert found["alternateName"] == [
        {"@value": "Су министрлігі", "@language": "kk-Cyrl"},
        {"@value": "水利部", "@language": "zh-Hans"},
    ]
    assert found["sameAs"] == ["http://www.wikidata.org/entity/Q4115189"]
    assert found["mainEntityOfPage"] == "https://record.example/actors/ministry-of-water"


def test_an_outlet_has_its_own_address_beside_that_of_our_page():
    found = page(cast.courier)
    assert found["url"] == "https://courier.example/"
    assert found["mainEntityOfPage"] == "https://record.example/outlets/steppe-courier"
    assert found["address"]["addressCountry"] == "KZ"


def test_a_question_is_about_its_claims():
    found = page(cast.question_why, claims=[cast.claim_dam])
    assert found["about"] == [
        {
            "@id": "https://record.example/id/claim0000003",
            "@type": "Claim",
            "name": "Claim: They were moved for a dam",
            "text": "They were moved for a dam.",
        }
    ]


@pytest.mark.parametrize(("edtf", "found"), [("2020-02", "2020-02"), ("2020~", None), ("2019/2020", None)])
def test_only_a_plain_date_is_a_date_of_schema_org(edtf, found):
    assert schema_org.iso_date(cast.replace(cast.on("2020-02-03"), edtf=edtf)) == found


def test_the_kinds_of_actors_are_all_known():
    kinds = d.Actor.__annotations__["kind"].__args__
    assert set(schema_org.ACTOR_TYPES) == set(kinds)


def test_what_is_not_at_hand_is_named_by_its_identity():
    found = schema_org.page_node(cast.herder_counts, site=SITE, named={})
    assert found["author"] == {"@id": "https://record.example/id/actor0000003"}


@pytest.mark.parametrize("document", cast.CAST, ids=lambda document: document.id)
def test_every_page_says_something_and_nothing_empty(document):
    found = page(document, statements=[cast.herder_counts], claims=[cast.claim_dam])
    assert "ClaimReview" not in json.dumps(found)
    assert not [name for name, value in found.items() if value in (None, "", [], {})]


def test_no_text_ends_the_script_element_that_holds_it():
    hard = "</script><!-- & \u2028 \u2029 “Қ”"
    written = schema_org.script_text(page(cast.replace(cast.claim_dam, text=hard)))
    assert not set("<>&\u2028\u2029") & set(written)
    assert json.loads(written)["text"] == hard
