"""Exports of a part of the record: the matching statements, and everything that they depend on."""

import itertools
import json

import pytest
from django.http import QueryDict

from record.documents import decode, references_of
from record.exports import FORMATS
from record.exports.filtering import FILTERS, filtered_snapshot
from record.log import Withdrawal, append, head
from record.models import Publication
from record.presenters.question_filters import PositionFilter
from tests import record_cast as cast

pytestmark = pytest.mark.django_db


def entries(client, query, status=200):
    """The entries of the filtered export, once it has been found to be closed: all that is named is in it."""
    answer = client.get(f"/export.ndjson?{query}")
    assert answer.status_code == status, answer.content
    first, *found, last = map(json.loads, b"".join(answer).splitlines())
    assert last["count"] == len(found) and list(first["filters"])
    documents = [decode(json.dumps(entry["document"])) for entry in found]
    held = {document.id for document in documents}
    assert {target for document in documents for _, target in references_of(document)} <= held
    assert [entry["seq"] for entry in found] == sorted(entry["seq"] for entry in found)
    return documents


def statements(client, query):
    return {document.id[-1] for document in entries(client, query) if document.id.startswith("state")}


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("question=how-many-moved", "12"),
        ("question=why-moved", "234"),
        ("question=how-many-moved&question=why-moved", "1234"),
        ("claim=for-the-dam", "23"),
        ("claim=for-the-dam&stance=disputes", "3"),
        ("actor=sergei-toqaev", "2"),
        ("actor=actor0000002", "2"),
        ("kind=unnamed", "1"),
        ("outlet=river-mirror", "1234"),
        ("outlet=valley-wire", "2"),
        ("stance=denies", "12"),
        ("stance=denies&claim=nine-hundred-moved", "1"),
        ("language=kk-Cyrl", "24"),
        ("said_since=2020-02-05", "12"),
        ("said_since=2020-02-06", "1"),
        ("said_until=2020-01", ""),
        ("said_since=2020&said_until=2020-02-04", "1"),
        ("stance=silent", ""),
        ("question=how-many-moved&stance=&actor=", "12"),
    ],
)
def test_the_statements_are_those_that_the_pages_would_show(client, query, found):
    cast.append_cast()
    assert statements(client, query) == set(found)


def test_what_the_statements_depend_on_is_there_and_nothing_else(client):
    cast.append_cast()
    assert [document.id for document in entries(client, "actor=herders-union")] == [
        "quest0000001",
        "quest0000002",
        "claim0000001",
        "claim0000003",
        "outle0000001",
        "outle0000003",
        "artic0000001",
        "artic0000002",
        "actor0000004",
        "state0000003",
    ]


def test_merged_objects_are_found_by_their_old_addresses_and_their_redirects_are_there(client):
    cast.append_history()
    assert statements(client, "claim=nine-hundred-moved") == {"1", "2"}
    assert "claim0000002" in {document.id for document in entries(client, "claim=twelve-thousand-moved")}


def test_only_what_stands_is_chosen(client):
    cast.append_history()
    assert statements(client, "claim=may-return") == set()
    assert [document.text for document in entries(client, "claim=for-the-dam") if document.id == "claim0000003"] == [
        "A dam was the reason."
    ]


def test_json_holds_the_same_in_its_groups(client):
    cast.append_history()
    found = json.loads(b"".join(client.get("/export.json?question=how-many-moved")))
    assert found["filters"] == {"question": ["how-many-moved"]}
    listed = {
        entry["document"]["id"]
        for group in ("questions", "claims", "actors", "outlets", "articles", "statements", "redirects")
        for entry in found[group]
    }
    assert listed == {document.id for document in entries(client, "question=how-many-moved")}
    assert (found["withdrawn"], found["superseded"]) == ([], [])


def test_a_filtered_export_is_valid_by_the_schema(client):
    jsonschema = pytest.importorskip("jsonschema")
    cast.append_history()
    found = json.loads(b"".join(client.get("/export.json?stance=denies&stance=affirms")))
    jsonschema.Draft202012Validator(client.get("/schema.json").json()).validate(found)


@pytest.mark.parametrize("form", FORMATS.values(), ids=FORMATS)
def test_every_format_can_be_filtered(client, form):
    cast.append_cast()
    whole, part = (client.get(f"/{form.address}{query}") for query in ("", "?question=why-moved&actor=herders-union"))
    assert part.status_code == 200 and part["ETag"] != whole["ETag"]
    assert part["Content-Disposition"].endswith(f'-filtered.{form.extension}"')
    part = b"".join(part)
    if not form.buffered and form.name != "datapackage.json":
        assert b"we were moved" not in part and "сен".encode() not in part
        # Some tables of the cast are small; a table says in each row what was asked.
        whole = b"".join(whole)
        assert part.count(b"\n") <= whole.count(b"\n") if form.table else len(part) < len(whole)


def test_tables_hold_the_part(client):
    cast.append_cast()
    content = b"".join(client.get("/export.csv?claim=for-the-dam&stance=disputes")).decode("utf-8-sig")
    assert content.count("\r\n") == 2 and "state0000003" in content


@pytest.mark.parametrize(
    ("query", "named", "sentence"),
    [
        ("question=nothing", "question", "“nothing” is the address of nothing of that kind"),
        ("question=for-the-dam", "question", "“for-the-dam” is the address of nothing"),
        ("actor=sergei-toqaev&actor=nobody", "actor", "“nobody”"),
        ("stance=approves", "stance", "“approves” is not one of the choices"),
        ("kind=alien", "kind", "“alien” is not one of the choices"),
        ("language=tlh", "language", "Nothing here was printed in “tlh”"),
        ("said_since=yesterday", "said_since", "“yesterday” is not a date"),
        ("said_until=2020-13", "said_until", "is not in the calendar"),
        ("said_since=2020&said_since=2021", "said_since", "more than once"),
        ("said_since=2021&said_until=2020", "said_until", "before the first day"),
        ("until=2020", "until", "knows no parameter of that name"),
        ("order=name", "order", "knows no parameter of that name"),
        ("since=2020-02", "since", "ask said_since"),
        ("since=3&stance=denies&as_of=2", "since", "lies after as_of"),
    ],
)
@pytest.mark.parametrize("address", ["/export.ndjson", "/export.json"])
def test_what_is_no_filter_is_told_kindly(client, address, query, named, sentence):
    cast.append_cast()
    answer = client.get(f"{address}?{query}")
    absent = ("address of", "nobody", "printed in", "before the first", "after as_of")
    assert answer.status_code == (404 if any(words in sentence for words in absent) else 400)
    assert sentence in answer.json()["errors"][named]


def test_what_came_since_an_entry_is_not_told_by_formats_without_withdrawals(client):
    cast.append_cast()
    answer = client.get("/export.csv?since=3")
    assert answer.status_code == 400 and "include withdrawals" in answer.json()["errors"]["since"]


QUERIES = (
    "question=why-moved",
    "claim=for-the-dam",
    "actor=a-herder",
    "kind=unnamed",
    "outlet=steppe-courier",
    "stance=denies",
    "language=kk-Cyrl&said_since=2020",
)


@pytest.mark.parametrize("form", ["ndjson", "csv"])
def test_filters_choose_among_what_stood_after_an_entry(client, form):
    def export(query):
        answer = client.get(f"/export.{form}?{query}")
        return answer.status_code, b"".join(answer)

    def current():
        # With as_of, which names the state in the file too.
        return {query: export(f"{query}&as_of={head().seq}") for query in QUERIES}

    acts = [
        [cast.replace(cast.claim_dam, text="A dam was the reason.", slug="dam-was-the-reason")],
        [cast.redirect("actor0000004", "herders-union", "actor0000003")],
        [cast.replace(cast.claim_dam, slug="dam-was-the-reason", question="quest0000001")],
        [cast.replace(cast.reprint, outlet="outle0000002")],
        [cast.redirect("quest0000002", "why-moved", "quest0000001")],
    ]
    cast.append_cast()
    kept = {head().seq: current()}
    for entries_of_act in acts:
        append(entries_of_act, reason="A change")
        kept[head().seq] = current()
    assert {status for found in kept.values() for status, _ in found.values()} == {200}
    found = {seq: {query: export(f"{query}&as_of={seq}") for query in QUERIES} for seq in kept}
    assert found == kept


@pytest.mark.parametrize("form", ["ndjson", "json"])
def test_who_keeps_a_part_and_asks_what_came_since_has_what_stands(client, form):
    """From one act to the next, and from the first to every later one: nothing is missing, nothing is of yesterday, all
    that is named is there."""

    def export(query, **bounds):
        asked = "&".join([query, *(f"{name}={seq}" for name, seq in bounds.items())])
        content = b"".join(client.get(f"/export.{form}?{asked}"))
        if form == "ndjson":
            return [json.loads(line) for line in content.splitlines()[1:-1]]
        return [entry for group in json.loads(content).values() if isinstance(group, list) for entry in group]

    def kept(entries, found=()):
        found = dict(found)
        for entry in sorted(entries, key=lambda entry: entry["seq"]):
            if entry["document"]:
                found[entry["document"]["id"]] = entry["document"]
            elif entry["salt"]:
                found.pop(entry["public_id"], None)
        return found

    cast.append_cast()
    ends = [0, head().seq]
    for entries_of_act in (
        [cast.replace(cast.union_disputes, stances=(cast.stance("claim0000003", "affirms"),))],
        [Withdrawal("statement", "state0000002")],
        [cast.replace(cast.claim_dam, question="quest0000001")],
        [cast.replace(cast.ministry_counts, venue="Astana")],
        [cast.redirect("actor0000004", "herders-union", "actor0000003")],
    ):
        append(entries_of_act, reason="A change")
        ends.append(head().seq)
    standing = {
        seq: kept(map(json.loads, b"".join(client.get(f"/export.ndjson?as_of={seq}")).splitlines()[1:-1]))
        for seq in ends
    }
    for query in ("question=why-moved", "stance=disputes", "actor=herders-union", "language=kk-Cyrl"):
        parts = {seq: kept(export(query, as_of=seq)) for seq in ends}
        for since, last in {*itertools.pairwise(ends), *((first, last) for first in ends[:2] for last in ends[2:])}:
            # What was withdrawn at all is in no selection of the past.
            copy = kept(export(query, as_of=last, since=since), parts[since])
            assert copy.items() >= parts[last].items(), (query, since, last)
            spoken = {key: text for key, text in copy.items() if key.startswith("state")}
            assert {key for key, text in spoken.items() if text != standing[last].get(key)} == set(), (query, since)
            documents = [decode(json.dumps(text)) for text in copy.values()]
            assert {target for document in documents for _, target in references_of(document)} <= copy.keys()
    came = export("question=why-moved", since=ends[1])
    assert "state0000002" in {entry.get("public_id") for entry in came}


def test_what_was_withdrawn_since_is_in_no_selection_of_the_past(client):
    cast.append_cast()
    append([Withdrawal("statement", "state0000003")], reason="Nobody said it")
    assert statements(client, "claim=for-the-dam&as_of=21") == {"2"}
    assert statements(client, "stance=denies&as_of=0") == set()


def test_the_same_filters_in_another_order_are_the_same_bytes(client):
    cast.append_cast()
    etags = {
        client.head(f"/export.csv?{query}")["ETag"]
        for query in (
            "stance=denies&stance=affirms",
            "stance=affirms&stance=denies&actor=",
            "stance=affirms&stance=denies",
        )
    }
    assert len(etags) == 1


def test_the_pages_and_the_exports_know_the_same_filters():
    pages = set(PositionFilter.base_filters) - {"order", "since", "until"}
    assert set(FILTERS) == pages | {"question", "claim", "said_since", "said_until"}


def test_a_selection_is_of_one_state_though_the_record_goes_on(django_assert_max_num_queries):
    cast.append_cast()
    with django_assert_max_num_queries(5):
        chosen = filtered_snapshot(QueryDict("question=why-moved&outlet=river-mirror&language=en"), using="default")
    append([cast.replace(cast.union_disputes, summary="Changed meanwhile.")], reason="Meanwhile")
    content = b"".join(FORMATS["ndjson"](chosen))
    assert b"Changed meanwhile" not in content and b"The dam was never the reason." in content
    assert chosen.head.seq == Publication.objects.count() - 1
