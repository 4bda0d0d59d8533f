"""/actors.json in Popolo and /entities.ftm.json in FollowTheMoney: who there is, and who was quoted where."""

import json

import jsonschema
import pytest

from record.exports import followthemoney, popolo, take_snapshot
from record.exports import followthemoney as ftm
from record.linked_data import schema_org
from record.linked_data.site import Site
from record.log import append
from tests import record_cast as cast

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]
SITE = Site("https://record.example", "claimtrack")

# What https://www.popoloproject.com/schemas/person.json and organization.json (draft 3) say of the fields in use.
TEXT = {"type": "string", "minLength": 1}
POPOLO = {
    "type": "object",
    "required": ["id", "name"],
    "properties": {
        **dict.fromkeys(("id", "name", "summary", "classification", "description"), TEXT),
        "other_names": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["name"],
                "properties": {"name": TEXT, "note": TEXT},
                "additionalProperties": False,
            },
        },
        "identifiers": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["identifier"],
                "properties": {"identifier": TEXT, "scheme": TEXT},
                "additionalProperties": False,
            },
        },
        **{
            name: {
                "type": "array",
                "items": {
                    "type": "object",
                    "required": ["url"],
                    "properties": {"url": TEXT, "note": TEXT},
                    "additionalProperties": False,
                },
            }
            for name in ("links", "sources")
        },
    },
    "additionalProperties": False,
}

# Properties by schema, as followthemoney/schema/*.yaml at https://github.com/alephdata/followthemoney name them.
THING = {"name", "alias", "previousName", "weakAlias", "country", "description", "wikidataId", "sourceUrl"}
THING |= {"publisher", "publisherUrl"}
LEGAL_ENTITY = THING | {"website", "classification"}
LINK = {"subject", "object", "role", "date", "summary", "proof", "recordId", "sourceUrl"}
FOLLOW_THE_MONEY = {
    "LegalEntity": LEGAL_ENTITY,
    "Person": LEGAL_ENTITY,
    "Organization": LEGAL_ENTITY,
    "PublicBody": LEGAL_ENTITY,
    "Document": THING | {"title", "notes"},
    "Article": THING | {"title", "author", "publishedAt", "language"},
    "UnknownLink": LINK,
}


def actors(**bounds):
    return json.loads(b"".join(popolo.export(take_snapshot(**bounds, using="default"))))


def entities(**bounds):
    content = b"".join(followthemoney.export(take_snapshot(**bounds, using="default")))
    return [json.loads(line) for line in content.splitlines()]


def test_popolo_parts_persons_from_organizations_and_calls_nobody_unnamed_either():
    cast.append_cast()
    found = actors()
    assert [one["name"] for one in found["persons"]] == ["Sergei Toqaev"]
    assert [one["name"] for one in found["organizations"]] == ["Ministry of Water", "Herders’ Union"]
    for one in (*found["persons"], *found["organizations"]):
        jsonschema.Draft202012Validator(POPOLO).validate(one)


def test_popolo_has_names_in_every_script_with_their_languages():
    cast.append_cast()
    [minister] = actors()["persons"]
    assert minister["other_names"] == [
        {"name": "Сергей Тоқаев", "note": "alias, kk-Cyrl"},
        {"name": "Sergey Tokayev", "note": "as printed, en, BGN/PCGN 1979"},
        {"name": "سەرگەي توقايەۆ", "note": "alias, kk-Arab"},
    ]
    ministry = actors()["organizations"][0]
    assert ministry["identifiers"] == [{"scheme": "wikidata", "identifier": "Q4115189"}]
    assert ministry["links"] == [{"note": "wikidata", "url": "http://www.wikidata.org/entity/Q4115189"}]
    assert ministry["classification"] == "government body"


def test_popolo_of_an_empty_record_has_both_lists():
    assert actors() == actors(as_of=0) | {"persons": [], "organizations": []}


def test_follow_the_money_begins_with_the_record_and_its_terms(settings):
    settings.TERMS, settings.TERMS_URL = "Use it & name us.", "https://terms.example/by"
    assert entities() == []
    cast.append_cast()
    record = entities()[0]
    assert (record["id"], record["schema"]) == ("record-21", "Document")
    assert record["properties"]["notes"] == ["Use it & name us. https://terms.example/by"]


def test_follow_the_money_names_nothing_that_is_not_there():
    cast.append_history()
    found = entities()
    ids = [one["id"] for one in found]
    assert len(set(ids)) == len(ids)
    for one in found:
        for name in ("subject", "object", "proof"):
            assert set(one["properties"].get(name, ())) <= set(ids)


def test_follow_the_money_has_the_properties_of_its_schemata():
    cast.append_cast()
    for one in entities():
        assert set(one["properties"]) <= FOLLOW_THE_MONEY[one["schema"]], one
        assert one["schema"] == "UnknownLink" or one["properties"]["name"]
        for values in one["properties"].values():
            assert values and all(isinstance(value, str) and value for value in values)


def test_each_article_that_prints_a_named_speaker_is_linked_to_that_speaker():
    cast.append_cast()
    links = [one["properties"] for one in entities() if one["schema"] == "UnknownLink"]
    assert [(link["subject"], link["object"], link.get("date")) for link in links] == [
        (["actor0000003"], ["artic0000001"], ["2020-02"]),
        (["actor0000003"], ["artic0000002"], ["2020-02"]),
        (["actor0000002"], ["artic0000003"], ["2020-02-05"]),
        (["actor0000002"], ["artic0000004"], ["2020-02-05"]),
        (["actor0000004"], ["artic0000002"], None),
    ]


def test_a_merged_speaker_is_named_as_the_one_that_stands():
    cast.append_cast()
    append([cast.redirect("actor0000004", "herders-union", "actor0000001")], reason="The same")
    found = entities()
    assert "actor0000004" not in {one["id"] for one in found}
    assert found[-1]["properties"]["subject"] == ["actor0000001"]


def test_values_are_those_that_the_model_has_types_for():
    assert ftm.outlet_entity(cast.courier, SITE)["properties"]["country"] == ["kz"]
    assert "country" not in ftm.outlet_entity(cast.replace(cast.courier, country="Kazakhstan"), SITE)["properties"]
    article = ftm.article_entity(cast.wire_in_mirror, cast.mirror, SITE)["properties"]
    assert (article["language"], article["publishedAt"], article["publisher"]) == (
        ["kaz"],
        ["2020-02"],
        ["River Mirror"],
    )
    vague = cast.replace(
        cast.wire_in_mirror, language="xx", published=cast.replace(cast.on("2020-02-01"), edtf="2020~")
    )
    assert not {"language", "publishedAt"} & set(ftm.article_entity(vague, None, SITE)["properties"])


def test_every_kind_of_actor_has_a_schema():
    assert set(ftm.SCHEMATA) == set(schema_org.ACTOR_TYPES)


def test_a_withheld_name_is_nowhere():
    cast.append_cast()
    content = json.dumps([actors(), entities()])
    assert '"a herder"' in content
    [herder] = [one for one in entities() if one["properties"].get("name") == ["a herder"]]
    assert herder["schema"] == "LegalEntity" and "alias" not in herder["properties"]
