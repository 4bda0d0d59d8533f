"""The history of published things, the address of each version, and the page of corrections."""

import pytest
from django.db import connections
from django.test.utils import CaptureQueriesContext

from record.documents import canonical_json, encode
from record.log import Withdrawal, append, erase_versions
from record.models import Publication
from record.presenters.versions import FIELD_LABELS, MOST_WORDS, changed_fields, differences, field_items, runs_between
from tests import record_cast as cast
from tests.public_pages import text_of, texts, tree_of
from tests.record_cast import append_cast, append_history, redirect, replace

pytestmark = pytest.mark.django_db

DAM = "/claims/for-the-dam"


def reworded():
    append_cast()
    append([replace(cast.claim_dam, text="They were moved for a new dam.")], reason="The older dam is another one.")


# Differences.


def test_a_changed_text_is_told_word_by_word():
    runs = runs_between("They were moved for a dam.", "They were moved for a new dam.")
    assert [run["change"] for run in runs] == ["same", "added", "same"]
    assert "".join(run["text"] for run in runs if run["change"] != "removed") == "They were moved for a new dam."


def test_texts_with_nothing_in_common_are_told_one_after_the_other():
    assert runs_between("About twelve thousand.", "水利部") == [
        {"text": "About twelve thousand.", "change": "removed"},
        {"text": "水利部", "change": "added"},
    ]


def test_very_long_texts_are_not_compared_word_by_word_and_are_cut():
    long = "word " * (MOST_WORDS + 1)
    (removed, added) = runs_between(long * 9, "x")
    assert (removed["change"], removed["text"][-1], added["text"]) == ("removed", "…", "x")


def test_of_a_list_only_what_came_and_went_is_told():
    found = differences(["a b c", "d", "e"], ["a b c", "e", "f g"])
    assert [[(run["change"], run["text"]) for run in runs] for runs in found] == [
        [("removed", "d")],
        [("added", "f g")],
    ]


def test_every_field_of_every_document_has_a_label_and_words():
    named = {document.id: document for document in cast.CAST}
    for document in cast.CAST:
        assert set(document.__struct_fields__) - {"id"} <= set(FIELD_LABELS) | {"kind"}
        fields = {part["field"]: part["items"] for part in field_items(document, named)}
        assert all(isinstance(item, str) and item for items in fields.values() for item in items)
        assert not any("no longer in the record" in item for items in fields.values() for item in items), document


def test_a_statement_is_told_with_its_stances_and_chains():
    named = {document.id: document for document in cast.CAST}
    fields = {part["field"]: part["items"] for part in field_items(cast.ministry_counts, named)}
    assert fields["stances"][2] == "affirms: They were moved for a dam. (hedge as printed: as is known)"
    assert fields["appearances"][0] == (
        "Valley Wire: fewer than 900 – Sergey Tokayev (cue: said), relayed by Ministry of Water, "
        "printed in Valley Wire: Ministry: fewer than nine hundred"
    )


def test_a_change_of_one_bound_of_a_figure_is_told():
    later = replace(cast.claim_many, figure=replace(cast.claim_many.figure, counted="people moved by night"))
    (change,) = changed_fields(later, cast.claim_many, {})
    assert change["field"] == "figure"
    assert "".join(run["text"] for run in change["differences"][0] if run["change"] == "removed")


# A version.


def test_a_version_stays_at_its_address_word_for_word(client):
    reworded()
    first = tree_of(client.get(f"{DAM}/versions/1"))
    assert "They were moved for a dam." in text_of(first, "//main")
    assert "This version has been replaced by a newer one." in text_of(first, "//main")
    second = text_of(tree_of(client.get(f"{DAM}/versions/2")), "//main")
    assert "They were moved for a new dam." in second and "The older dam is another one." in second
    assert client.get(f"{DAM}/versions/3").status_code == 404
    assert client.get(f"{DAM}/versions/0").status_code == 404


def test_the_twin_of_a_version_holds_the_very_document_that_its_digest_covers(client):
    reworded()
    twin = client.get(f"{DAM}/versions/1.json")
    assert encode(cast.claim_dam).encode() in twin.content
    published = Publication.objects.get(public_id="claim0000003", version=1)
    assert twin.json()["digest"] == published.digest
    assert canonical_json(twin.json()["document"]) == encode(cast.claim_dam).encode()


def test_a_page_is_cited_by_the_entry_it_was_read_at(client):
    reworded()
    (first, second) = Publication.objects.filter(public_id="claim0000003").order_by("version")
    for seq, version in ((first.seq, 1), (second.seq - 1, 1), (second.seq, 2)):
        response = client.get(f"{DAM}/as-of/{seq}")
        assert (response.status_code, response["Location"]) == (301, f"{DAM}?at={seq}")
        assert f"{DAM}/versions/{version}" in client.get(f"{DAM}/history?at={seq}").content.decode()
        assert f"{DAM}/versions/{version + 1}" not in client.get(f"{DAM}/history?at={seq}").content.decode()
    for seq in (first.seq - 1, second.seq + 1, 2_000_000_000):
        assert client.get(f"{DAM}/as-of/{seq}").status_code == 404, seq


def test_the_address_of_a_version_survives_a_new_name_in_every_language(client):
    append_cast()
    append([replace(cast.claim_dam, slug="the-dam")], reason="Shorter.")
    for ending in ("/versions/1", "/versions/1.json", "/history?before=2"):
        assert client.get(f"{DAM}{ending}")["Location"] == f"/claims/the-dam{ending}"
    assert client.get(f"/ru{DAM}/versions/1")["Location"] == "/ru/claims/the-dam/versions/1"


def test_versions_of_what_was_withdrawn_are_gone_with_the_public_reason(client):
    append_cast()
    append([Withdrawal("statement", "state0000004")], reason="Nobody said it.")
    for address in ("/versions/1", "/versions/2", "/versions/1.json", "/as-of/21"):
        response = client.get(f"/statements/state0000004{address}")
        assert response.status_code == 410, address
        assert "Nobody said it." in response.content.decode()
        assert "ешкім білмейді" not in response.content.decode()


def test_what_was_taken_back_stays_so_when_it_is_published_again(client):
    append_cast()
    append([Withdrawal("statement", "state0000004")], reason="In doubt.")
    append([replace(cast.nobody_knows, summary="Some may return.")], reason="Heard again.")
    gone = client.get("/statements/state0000004/versions/1")
    assert (gone.status_code, "In doubt." in gone.content.decode()) == (410, True)
    assert "It is not known who may return." not in gone.content.decode()
    history = client.get("/statements/state0000004/history").content.decode()
    assert "It is not known who may return." not in history
    assert "Heard again." in history and "In doubt." in history
    assert "Some may return." in client.get("/statements/state0000004/versions/3").content.decode()


def test_an_erased_version_is_given_out_nowhere(client):
    append_cast()
    append([replace(cast.ministry, name="a ministry", names=())], reason="Its name is kept back.")
    erase_versions(Publication.objects.filter(public_id="actor0000001", version=1).values_list("seq", flat=True))
    for address in ("/versions/1", "/versions/2", "/history", "/history.json", "/versions/2.json", "/versions/1.json"):
        response = client.get(f"/actors/ministry-of-water{address}")
        assert response.status_code == (410 if "/1" in address else 200), address
        assert "Ministry of Water" not in response.content.decode(), address


def test_the_history_goes_on_page_by_page(client, monkeypatch):
    from record.pages import history

    monkeypatch.setattr(history, "PAGE_SIZE", 2)
    append_cast()
    for number in range(3):
        append([replace(cast.question_why, description=f"Take {number}.")], reason=f"Reason {number}.")
    seen, address = [], "/questions/why-moved/history"
    while address:
        tree = tree_of(client.get(address))
        seen += texts(tree, "versions__reason")
        address = next(iter(tree.xpath('//a[@rel="next"]/@href')), None)
    assert seen == ["Reason 2.", "Reason 1.", "Reason 0.", "First publication"]
    assert client.get("/questions/why-moved/history?before=1").status_code == 404
    assert client.get("/questions/why-moved/history?before=x").status_code == 400


# Corrections.


def test_corrections_list_what_was_changed_with_reasons_and_nothing_that_was_added(client):
    append_history()
    tree = tree_of(client.get("/corrections"))
    assert texts(tree, "versions__reason") == [
        "Précised ☂ 🙂",
        "On request",
        "One more",
        "Nobody said it \\ “at all” was found",
        "Not the same after all",
        "The same source",
        "The same claim",
        "Plainer",
    ]
    text = text_of(tree, "//main")
    assert "canary" not in text.casefold()
    assert "ешкім білмейді" not in text and "It is not known who may return." not in text
    assert "Before: They were moved for a dam. Now: A dam was the reason." in text


def test_corrections_go_on_from_an_entry(client, monkeypatch):
    from record.pages import history

    append_history()
    whole = texts(tree_of(client.get("/corrections")), "versions__reason")
    monkeypatch.setattr(history, "PAGE_SIZE", 2)
    seen, address = [], "/corrections"
    while address:
        tree = tree_of(client.get(address))
        seen += texts(tree, "versions__reason")
        address = next(iter(tree.xpath('//a[@rel="next"]/@href')), None)
    assert seen == whole
    assert client.get("/corrections?before=1").status_code == 404
    assert client.get("/corrections?before=9999999999999").status_code == 400


def test_a_record_without_corrections_says_so(client):
    append_cast()
    assert "Nothing has been corrected yet." in client.get("/corrections").content.decode()


def test_a_merge_is_told_with_what_it_led_to(client):
    append_cast()
    append([redirect("actor0000004", "herders-union", "actor0000001")], reason="The same body.")
    assert "Merged into another entry: “Herders’ Union” is now Ministry of Water" in text_of(
        tree_of(client.get("/corrections")), "//main"
    )


def test_histories_ask_six_questions_at_most(client):
    append_history()
    for address in ("/corrections", "/claims/dam-was-the-reason/history", "/claims/dam-was-the-reason/versions/2"):
        with CaptureQueriesContext(connections["public"]) as captured:
            assert client.get(address).status_code == 200
        assert len(captured) <= 6, address
