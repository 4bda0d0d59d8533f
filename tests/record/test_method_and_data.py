"""The method page and the data page, and that the vocabulary is the one of the documents."""

import pytest
from django.test import override_settings

from record.documents import FORMAT, vocabulary
from record.exports import FORMATS
from record.exports.tables import WIDE
from tests.public_pages import text_of, texts, tree_of
from tests.record_cast import append_cast

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]


def test_a_relation_has_a_word_from_its_other_end():
    assert set(vocabulary.INVERSE_RELATIONS) == set(vocabulary.RELATIONS)


def test_every_stance_has_a_key_of_its_own():
    keys = [term.key for term in vocabulary.STANCES.values()]
    assert len(set(keys) - set("wtn")) == len(keys) == len("".join(keys))


def test_every_stance_has_a_shape(client):
    drawn = tree_of(client.get("/method")).xpath("//dl//use/@href")
    assert {address.partition("#")[2] for address in drawn} == set(vocabulary.STANCES)
    sprite = b"".join(client.get(drawn[0].partition("#")[0])).decode()
    assert all(f'id="{stance}"' in sprite for stance in vocabulary.STANCES)


def test_the_method_page_explains_every_word(client):
    terms = texts(tree_of(client.get("/method")), '//dl[contains(@class, "terms")]/div')
    assert "denies Says that the claim is not so." in terms
    assert len(terms) == sum(
        len(words)
        for words in (
            vocabulary.STANCES,
            vocabulary.ACTOR_KINDS,
            vocabulary.CLAIM_KINDS,
            vocabulary.RELATIONS,
            vocabulary.MODES,
            vocabulary.BASES,
            vocabulary.STEPS,
            vocabulary.DERIVATIONS,
            vocabulary.TREATMENTS,
        )
    )


def test_the_data_page_names_the_newest_entry_and_its_link(client):
    rows = append_cast()
    page = text_of(tree_of(client.get("/data")), "//main")
    assert rows[-1].link in page
    assert "Newest entry 21" in page
    assert FORMAT in page


def test_the_data_page_counts_what_stands(client):
    append_cast()
    counts = {kind["kind"]: kind["count"] for kind in client.get("/data.json").json()["counts"]}
    assert counts == {"topic": 0, "question": 2, "claim": 4, "actor": 4, "outlet": 3, "article": 4, "statement": 4}


def test_the_data_page_offers_every_form_and_states_the_terms_and_filters(client):
    append_cast()
    with override_settings(TERMS="Free to use.", TERMS_URL="https://terms.example/1"):
        tree = tree_of(client.get("/data"))
    offered = set(tree.xpath('//ul[contains(@class, "entries")]//a/@href'))
    of_tables = {f"/{form.address}" for form in FORMATS.values() if form.table not in (None, WIDE)}
    assert set(tree.xpath('//section[@id="tables"]//td/a/@href')) == of_tables
    assert offered | of_tables == {f"/{form.address}" for form in FORMATS.values()} | {"/schema.json", "/api"}
    assert all(client.head(address).status_code == 200 for address in offered)
    [licence] = tree.xpath('//section[@id="terms"]//a')
    assert (licence.text, licence.get("href"), licence.get("rel")) == (
        "Free to use.",
        "https://terms.example/1",
        "license",
    )
    assert "question, claim, actor, outlet" in " ".join(", ".join(tree.xpath("//code/text()")).split())


def test_a_form_that_this_site_cannot_make_is_not_offered(client, monkeypatch):
    monkeypatch.setattr("record.exports.formats.find_spec", lambda name: None)
    assert "/export.parquet" not in {file["address"] for file in client.get("/data.json").json()["files"]}


def test_an_empty_log_is_said_to_be_empty(client):
    assert "The log is empty." in text_of(tree_of(client.get("/data")), "//main")
