"""/annotations.jsonld: every MUST of the Web Annotation Data Model, and words that exist.

Sections are those of https://www.w3.org/TR/2017/REC-annotation-model-20170223/.
"""

import json
import re
from decimal import Decimal

import pytest

from record import documents
from record.exports import annotations, take_snapshot
from record.exports.annotations import CONTEXT, annotation
from record.linked_data.site import Site
from record.log import append
from tests import record_cast as cast
from tests import vocabularies

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]

ADDRESS = re.compile(r"https?://[^\s<>\"{}|\\^`]+")
UTC = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", re.ASCII)
MOTIVATIONS = vocabularies.listed("""
    assessing bookmarking classifying commenting describing editing highlighting identifying linking moderating
    questioning replying tagging
""")


def written(**bounds):
    return json.loads(b"".join(annotations.export(take_snapshot(**bounds, using="default"))))


@pytest.fixture
def collection():
    cast.append_cast()
    return written()


def check_annotation(found):
    """3.1 to 3.3, 4.1 to 4.3: an annotation has one id, its type, a target, and bodies with a source or a value."""
    assert ADDRESS.fullmatch(found["id"]) and found["type"] == "Annotation"
    assert found["motivation"] in MOTIVATIONS
    assert UTC.fullmatch(found["generated"])
    assert ADDRESS.fullmatch(found["generator"]["id"])
    assert ADDRESS.fullmatch(found["target"]["source"])
    for body in found["body"]:
        assert ("value" in body) == (body["type"] == "TextualBody")
        assert ("source" in body) == (body["type"] == "SpecificResource")
        assert body["purpose"] in MOTIVATIONS
        assert "source" not in body or ADDRESS.fullmatch(body["source"])
    check_selectors(found["target"]["selector"])
    if "state" in found["target"]:
        check_state(found["target"]["state"])


def check_selectors(selectors):
    """4.2.4: exactly one `exact`, at most one prefix and suffix. 4.2.5: start and end are whole numbers from 0."""
    quote, position = selectors
    assert quote["type"] == "TextQuoteSelector" and isinstance(quote["exact"], str) and quote["exact"]
    assert all(isinstance(quote.get(name, ""), str) for name in ("prefix", "suffix"))
    assert position["type"] == "TextPositionSelector"
    assert isinstance(position["start"], int) and isinstance(position["end"], int)
    assert 0 <= position["start"] < position["end"]


def check_state(state):
    """4.3.1: a moment in UTC, not together with a period; copies are named by address."""
    assert state["type"] == "TimeState" and set(state) - {"type"}
    assert UTC.fullmatch(state.get("sourceDate", "2020-01-01T00:00:00Z"))
    assert not {"sourceDateStart", "sourceDateEnd"} & set(state)
    assert ADDRESS.fullmatch(state.get("cached", "https://a.example/"))


def check_collection(found):
    """5.1 and 5.2: id, type, total, first page; a page has id, type, what it is part of, and its items in a list."""
    assert found["@context"] == CONTEXT
    assert ADDRESS.fullmatch(found["id"]) and found["type"] == "AnnotationCollection"
    assert isinstance(found["total"], int) and found["label"]
    page = found["first"]
    assert ADDRESS.fullmatch(page["id"]) and page["type"] == "AnnotationPage" and page["id"] == found["last"]
    assert page["partOf"] == found["id"] and page["startIndex"] == 0
    assert len(page["items"]) == found["total"] > 0
    for one in page["items"]:
        check_annotation(one)
    assert len({one["id"] for one in page["items"]}) == found["total"]


def test_it_meets_the_model(collection):
    check_collection(collection)


def test_every_printing_is_an_annotation(collection):
    printed = [
        appearance.passage.exact
        for document in (cast.herder_counts, cast.ministry_counts, cast.union_disputes, cast.nobody_knows)
        for appearance in document.appearances
    ]
    items = collection["first"]["items"]
    assert sorted(one["target"]["selector"][0]["exact"] for one in items) == sorted(printed)
    assert all("#annotation-" in one["id"] for one in items)


def test_the_target_is_the_article_at_its_own_address_as_it_was_read(collection):
    [first] = [one for one in collection["first"]["items"] if one["id"].endswith("state0000001#annotation-1")]
    assert first["target"] == {
        "type": "SpecificResource",
        "source": "https://courier-2020-02-03.example/1",
        "selector": [
            {
                "type": "TextQuoteSelector",
                "exact": "moved at night",
                "prefix": "we were ",
                "suffix": ", he said",
            },
            {"type": "TextPositionSelector", "start": 40, "end": 54},
        ],
        "state": {"type": "TimeState", "sourceDate": "2020-02-10T00:00:00Z"},
    }
    assert first["body"][0]["value"] == "a herder: About twelve thousand people were taken away at night."
    assert first["body"][1]["value"] == "quotation: the speaker's own words"
    assert [body["source"].rpartition("/")[2] for body in first["body"][2:]] == [
        "state0000001",
        "claim0000001",
        "claim0000002",
    ]


def test_its_words_exist_in_the_vocabulary(collection):
    nodes = vocabularies.expanded(collection, **{CONTEXT: {"@context": vocabularies.ANNOTATION_CONTEXT}})
    used = vocabularies.terms_in(nodes)
    assert used - vocabularies.ANNOTATION == set()
    assert "http://www.w3.org/ns/oa#TextQuoteSelector" in used
    assert "http://www.w3.org/ns/oa#cachedSource" not in used  # no copy of these articles is kept


def test_a_copy_in_an_archive_is_where_the_words_can_still_be_read():
    archived = cast.replace(cast.capture(), archive_url="https://archive.example/{1}")
    found = target_of(cast.replace(cast.original, url="", captures=(archived,)))
    assert found["state"]["cached"] == "https://archive.example/%7B1%7D"
    assert found["source"] == "https://record.example/id/artic0000001"


@pytest.mark.parametrize("article", [None, cast.replace(cast.original, captures=())])
def test_a_text_that_is_not_known_leaves_no_state(article):
    assert "state" not in target_of(article)


def test_a_moment_that_is_not_in_utc_is_left_out():
    local = cast.replace(cast.capture(), retrieved_at="2020-02-10T00:00:00+06:00")
    assert "state" not in target_of(cast.replace(cast.original, captures=(local,)))


def target_of(article):
    named = {cast.original.id: article}
    entry = type("Entry", (), {"document": cast.herder_counts, "published_at": "2020-03-01T09:30:00Z"})
    [appearance, _] = cast.herder_counts.appearances
    found = annotation(entry, 1, appearance, site=Site("https://record.example", "x"), get=named.get)
    check_annotation(found)
    return found["target"]


def test_an_empty_collection_has_no_page():
    append([cast.question_moved], reason="Alone")
    found = written()
    assert found["total"] == 0 and "first" not in found and "last" not in found


def test_what_was_withdrawn_is_not_annotated():
    cast.append_history()
    found = written()
    assert "state0000004" not in json.dumps(found)
    check_collection(found)
    early = written(as_of=21)
    assert early["id"].endswith("/annotations.jsonld?as_of=21") and early["total"] < 7


def test_a_page_and_a_time_are_fragments_of_the_original():
    place = documents.Place(page=4, last_page=5, begins_at=Decimal("751.5"), ends_at=Decimal("760"), speaker="Hill")
    assert annotations.fragments(place) == [
        {"type": "FragmentSelector", "conformsTo": "http://tools.ietf.org/rfc/rfc8118", "value": "page=4"},
        {"type": "FragmentSelector", "conformsTo": "http://www.w3.org/TR/media-frags/", "value": "t=751.5,760"},
    ]
    assert annotations.fragments(None) == []


def test_what_stands_around_the_words_ends_with_their_line():
    [printed, _] = cast.herder_counts.appearances
    passage = cast.replace(printed.passage, prefix="Before.\n[…]\nwe were ", suffix=", he said.\n[…]\nAfter")
    found = annotations.target(cast.replace(printed, passage=passage), None, site=Site("https://record.example", "x"))
    assert (found["selector"][0]["prefix"], found["selector"][0]["suffix"]) == ("we were ", ", he said.")
