"""Appending to the log: what lands, in which order, hashed how, and what is refused."""

import hashlib
import hmac
import json
from datetime import UTC, datetime, timedelta, timezone
from decimal import Decimal

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from record.documents import canonical_json
from record.documents.entries import format_moment
from record.exports.stream import lines
from record.log import AddressConflict, AppendRefused, BrokenReference, Withdrawal, append, erase_versions, head
from record.models import Current, Publication
from record.public_entries import public_rows
from tests import record_cast as cast

pytestmark = pytest.mark.django_db

SAME_TIME = cast.MORNING


def line_of(row) -> str:
    """The entry as one line of JSON, its document's stored bytes at the end. `row` has the fields of a Publication."""
    named = ""
    if row.document is None:
        named = f'"kind":"{row.kind}","public_id":"{row.public_id}",'
    return (
        f'{{"seq":{row.seq},"version":{row.version},"published_at":"{format_moment(row.published_at)}",'
        f'"reason":{canonical_json(row.reason).decode()},"salt":"{row.salt}","digest":"{row.digest}","link":"{row.link}",'
        f'{named}"document":{row.document or "null"}}}'
    )


def documents():
    return {row.public_id: json.loads(row.document) for row in Publication.objects.filter(superseded_by=None)}


def test_seq_is_dense_from_one_and_versions_count_from_one():
    cast.append_history()
    rows = list(Publication.objects.all())
    assert [row.seq for row in rows] == list(range(1, len(rows) + 1))
    versions = {}
    for row in rows:
        assert row.version == versions.get(row.public_id, 0) + 1
        versions[row.public_id] = row.version


def test_the_chain_is_what_the_documentation_says():
    cast.append_history()
    previous = ""
    for row in Publication.objects.all():
        if not row.erased:
            message = json.dumps([json.loads(row.document or "null", parse_float=Decimal), row.reason], **CANONICAL)
            assert hmac.new(bytes.fromhex(row.salt), message.encode(), hashlib.sha256).hexdigest() == row.digest
        published_at = row.published_at.strftime("%Y-%m-%dT%H:%M:%SZ")
        link = [previous, row.seq, row.kind, row.public_id, row.version, published_at, row.digest]
        previous = hashlib.sha256(json.dumps(link, **CANONICAL).encode()).hexdigest()
        assert row.link == previous


def plain_number(value):
    return float(value) if value % 1 else int(value)


CANONICAL = {"separators": (",", ":"), "sort_keys": True, "ensure_ascii": False, "default": plain_number}


def test_an_empty_record_has_a_head():
    assert (head().seq, head().link, head().published_at) == (0, "", None)


def test_a_newer_version_supersedes_the_one_before():
    cast.append_cast()
    [row] = append([cast.replace(cast.claim_dam, text="For a dam.")], reason="Shorter", at=SAME_TIME)
    older = Publication.objects.get(public_id="claim0000003", version=1)
    assert (row.version, row.superseded_by, older.superseded_by) == (2, None, row.seq)
    assert documents()["claim0000003"]["text"] == "For a dam."


def test_what_stands_already_is_left_out():
    cast.append_cast()
    before = head()
    assert append(cast.CAST, reason="Again") == []
    assert head() == before
    rows = append([cast.claim_dam, cast.replace(cast.claim_many, position=7)], reason="One of two")
    assert [row.public_id for row in rows] == ["claim0000001"]


def test_what_is_named_comes_before_what_names_it_whatever_the_order_given():
    rows = append(reversed(cast.CAST), reason="All at once")
    order = [row.kind for row in rows]
    assert order == sorted(order, key=["question", "claim", "outlet", "article", "actor", "statement"].index)
    ids = [row.public_id for row in rows]
    assert ids.index("artic0000001") < ids.index("artic0000002")


def test_withdrawals_come_last_and_in_the_opposite_order():
    cast.append_cast()
    gone = [Withdrawal("claim", "claim0000004"), Withdrawal("statement", "state0000004")]
    rows = append([*gone, cast.replace(cast.claim_many, position=3)], reason="Tidying")
    assert [row.public_id for row in rows] == ["claim0000001", "state0000004", "claim0000004"]
    assert [row.document is None for row in rows] == [False, True, True]


def test_a_withdrawal_leaves_the_object_out_of_what_is_current_and_can_be_followed_by_a_new_version():
    cast.append_cast()
    [row] = append([Withdrawal("statement", "state0000004")], reason="Unfounded")
    assert (row.kind, row.version, row.document, row.reason) == ("statement", 2, None, "Unfounded")
    assert not Current.objects.filter(public_id="state0000004").exists()
    assert append([Withdrawal("statement", "state0000004")], reason="Again") == []
    [row] = append([cast.nobody_knows], reason="Founded after all")
    assert row.version == 3 and Current.objects.filter(public_id="state0000004").exists()


def test_moments_are_cut_to_the_second_in_utc_and_never_go_back():
    late = datetime(2020, 5, 1, 12, 0, 0, 999_999, tzinfo=timezone(timedelta(hours=6)))
    append([cast.question_moved], reason="First", at=late)
    append([cast.question_why], reason="With a clock that is behind", at=late - timedelta(days=1))
    moments = list(Publication.objects.values_list("published_at", flat=True))
    assert moments == [datetime(2020, 5, 1, 6, 0, 0, tzinfo=UTC)] * 2


@pytest.mark.parametrize(
    "reason",
    [
        "",
        "   \n",
        "x" * 2001,
        "a\x00b",
        "a\x1fb",
        "\x1f",
        "\ud800",
        "half a \ud83d here",
        "\udfff",
        "half \udfff",
        "\x01\ud83d",
    ],
)
def test_a_reason_is_asked_for(reason):
    with pytest.raises(AppendRefused):
        append([cast.question_moved], reason=reason)
    assert head().seq == 0


@pytest.mark.parametrize("reason", ["x" * 2000, "  two\n\tlines  ", "\ud7ff \ue000 \x7f", "😀"])
def test_a_reason_may_be_long_and_have_lines_and_any_character(reason):
    [row] = append([cast.question_moved], reason=reason)
    assert row.reason == reason.strip()


def refused(*entries, error=AppendRefused, match=None):
    before, rows = head(), cast.projected()
    with pytest.raises(error, match=match), transaction.atomic():
        append(entries, reason="Refused")
    assert head() == before
    assert cast.projected() == rows


@pytest.mark.parametrize(
    ("entry", "match"),
    [
        (cast.claim("claim0000009", "c", "C", about="quest0000009"), "question quest0000009"),
        (cast.claim("claim0000009", "c", "C", about="claim0000001"), "question claim0000001"),
        (cast.statement("state0000009", "S", speaker="actor0000009"), "actor actor0000009"),
        (cast.statement("state0000009", "S", stances=[cast.stance("claim0000009")]), "claim claim0000009"),
        (cast.statement("state0000009", "S", appearances=[cast.appearance("artic0000009")]), "article artic0000009"),
        (
            cast.statement(
                "state0000009",
                "S",
                appearances=[cast.appearance("artic0000001", chain=[cast.step(outlet="outle0000009")])],
            ),
            "outlet outle0000009",
        ),
        (cast.article("artic0000009", "a", "A", printed_by="outle0000009"), "outlet outle0000009"),
        (cast.actor("actor0000009", "a", "A", kind="unnamed", reported_in="artic0000009"), "article artic0000009"),
    ],
)
def test_a_document_that_names_what_does_not_stand_is_refused(entry, match):
    cast.append_cast()
    refused(entry, error=BrokenReference, match=match)


def test_what_others_name_cannot_be_withdrawn_without_them():
    cast.append_cast()
    for kind, public_id, naming in (
        ("question", "quest0000002", "claim0000003"),
        ("claim", "claim0000003", "state0000002"),
        ("outlet", "outle0000001", "artic0000001"),
        ("article", "artic0000001", "artic0000002"),
        ("actor", "actor0000002", "state0000002"),
        ("actor", "actor0000001", "state0000002"),
    ):
        refused(Withdrawal(kind, public_id), error=BrokenReference, match=naming)
    append([Withdrawal("claim", "claim0000004"), Withdrawal("statement", "state0000004")], reason="Together")


def test_an_article_does_not_derive_from_itself_in_a_circle():
    cast.append_cast()
    round_about = cast.replace(cast.original, derived_from="artic0000002", derivation="verbatim")
    refused(round_about, error=BrokenReference, match="circle")


def test_what_an_article_derives_from_is_not_withdrawn_beside_a_change_of_it():
    """However far above it stands."""
    top = cast.article("artic0000009", "top", "Top", printed_by="outle0000001")
    middle = cast.replace(top, id="artic0000010", slug="middle", derived_from=top.id, derivation="verbatim")
    below = cast.replace(top, id="artic0000011", slug="below", derived_from=middle.id, derivation="verbatim")
    cast.append_cast()
    append([top, middle, below], reason="A line")
    refused(cast.replace(below, headline="New"), Withdrawal("article", top.id), error=BrokenReference, match=top.id)


def test_an_id_keeps_its_kind():
    cast.append_cast()
    refused(cast.question("claim0000001", "other"), match="claim")
    refused(Withdrawal("question", "claim0000001"), match="claim")
    refused(Withdrawal("claim", "claim0000099"), match="never published")


def test_an_address_belongs_to_one_object_for_ever():
    cast.append_cast()
    append([cast.replace(cast.claim_dam, slug="dam")], reason="Shorter address")
    taken = cast.claim("claim0000009", "for-the-dam", "Another")
    refused(taken, error=AddressConflict, match="for-the-dam")
    refused(cast.replace(taken, slug="claim0000001"), error=AddressConflict, match="claim0000001")
    refused(cast.replace(taken, slug="x"), cast.claim("claim0000008", "x", "X"), error=AddressConflict)
    append([cast.actor("actor0000009", "for-the-dam", "Of another kind")], reason="Allowed")
    append([cast.replace(cast.claim_dam, slug="for-the-dam")], reason="Back again")


def test_one_append_has_an_object_once():
    refused(cast.question_moved, cast.replace(cast.question_moved, title="Other"), match="twice")


@pytest.mark.parametrize(
    "changes",
    [
        {"id": "short"},
        {"id": "QUEST0000001"},
        {"slug": ""},
        {"slug": "a/b"},
        {"slug": "a\n"},
        {"slug": "x" * 121},
        {"title": ""},
        {"title": "a\x00b"},
        {"title": "\ud83d"},
        {"title": 7},
        {"position": -1},
        {"position": 2**31},
    ],
)
def test_a_document_that_is_not_sound_is_refused(changes):
    refused(cast.replace(cast.question_moved, **changes))


def test_the_text_backslash_u0000_is_not_a_nul():
    append([cast.replace(cast.question_moved, title="\\u0000 and \\\\u0000")], reason="Kept")
    assert documents()["quest0000001"]["title"] == "\\u0000 and \\\\u0000"


@pytest.mark.parametrize(
    ("number", "written"),
    [("1500000.0000", "1500000"), ("1E+6", "1000000"), ("-0.0", "0"), ("0.50", "0.5"), ("1e-6", "0.000001")],
)
def test_a_number_is_written_in_one_way(number, written):
    append([cast.question_moved], reason="First")
    append([cast.replace(cast.claim_many, figure=cast.figure(amount=Decimal(number)))], reason="A number")
    assert f'"amount":{written},' in Publication.objects.get(public_id="claim0000001").document


@pytest.mark.parametrize("number", ["NaN", "Infinity", "1e40", "1e-7", "1e999999"])
def test_what_is_no_plain_number_is_no_figure(number):
    with pytest.raises(ValueError, match="number"):
        cast.figure(amount=Decimal(number))


def test_a_redirect_replaces_a_published_object_and_leads_to_one_of_its_kind():
    cast.append_cast()
    refused(cast.redirect("claim0000009", "new", "claim0000001"), match="never published")
    refused(cast.redirect("claim0000002", "few", "quest0000001"), error=BrokenReference)
    refused(cast.redirect("claim0000002", "few", "claim0000099"), error=BrokenReference)
    refused(cast.redirect("claim0000002", "few", "claim0000002"), error=BrokenReference, match="itself")


def test_redirects_never_lead_in_a_circle():
    cast.append_cast()
    append([cast.redirect("claim0000002", "few", "claim0000001")], reason="Merged")
    refused(cast.redirect("claim0000001", "many", "claim0000002"), error=BrokenReference, match="itself")
    refused(
        cast.redirect("claim0000003", "dam", "claim0000004"),
        cast.redirect("claim0000004", "return", "claim0000003"),
        error=BrokenReference,
    )


def test_what_a_merged_object_leads_to_cannot_be_withdrawn_while_others_name_either():
    cast.append_cast()
    append([cast.redirect("actor0000004", "herders-union", "actor0000003")], reason="Merged")
    other = cast.replace(cast.herder_counts, speaker="actor0000002")
    refused(other, Withdrawal("actor", "actor0000003"), error=BrokenReference, match="state0000003")


def test_an_append_takes_as_many_queries_for_thirty_documents_as_for_one():
    cast.append_cast()
    counts = []
    for size in (1, 30):
        claims = [cast.claim(f"clai{size:03d}{n:05d}", f"more-{size}-{n}", f"Claim {n}") for n in range(size)]
        with CaptureQueriesContext(connection) as asked:
            append(claims, reason="More")
        counts.append(len(asked))
    assert counts[0] == counts[1]


def test_lines_made_by_python_and_by_the_database_are_the_same():
    cast.append_history()
    exported = b"".join(chunk.lines for chunk in lines("", 1, head().seq, using="default")).decode()
    assert exported == "".join(line_of(row) + "\n" for row in public_rows(Publication.objects.all()))


def given_out():
    """(version, title or None, reason) of the question's rows as they are given out, by Python and by the database."""
    rows = list(public_rows(Publication.objects.filter(public_id="quest0000001").order_by("seq")))
    exported = b"".join(chunk.lines for chunk in lines("", 1, head().seq, using="default")).decode().splitlines()
    assert [line for line in exported if "quest0000001" in line] == [line_of(row) for row in rows]
    return [(row.version, row.document and json.loads(row.document)["title"], row.reason) for row in rows]


def test_what_was_taken_back_is_empty_and_each_withdrawal_keeps_its_own_reason():
    publish_and_withdraw_twice()
    assert given_out() == [
        (1, None, ""),
        (2, None, ""),
        (3, None, "Withdrawn once"),
        (4, None, ""),
        (5, None, "Withdrawn twice"),
        (6, "Back", "Published again"),
    ]


def publish_and_withdraw_twice():
    for title, reason in (("One", "First"), ("Two", "Clearer")):
        append([cast.replace(cast.question_moved, title=title)], reason=reason)
    append([Withdrawal("question", "quest0000001")], reason="Withdrawn once")
    append([cast.replace(cast.question_moved, title="Three")], reason="Published again")
    append([Withdrawal("question", "quest0000001")], reason="Withdrawn twice")
    append([cast.replace(cast.question_moved, title="Back")], reason="Published again")


def test_what_came_after_a_withdrawal_is_given_out_when_it_is_superseded():
    publish_and_withdraw_twice()
    append([cast.replace(cast.question_moved, title="Back, and clearer")], reason="Clearer")
    assert given_out()[-2:] == [(6, "Back", "Published again"), (7, "Back, and clearer", "Clearer")]


def test_a_version_that_was_erased_takes_back_no_other():
    for title in ("One", "Two", "Three"):
        append([cast.replace(cast.question_moved, title=title)], reason=f"{title}, because")
    erase_versions([2])
    assert given_out() == [(1, "One", "One, because"), (2, None, ""), (3, "Three", "Three, because")]


def test_a_version_that_stands_is_not_erased():
    for title in ("One", "Two"):
        append([cast.replace(cast.question_moved, title=title)], reason=title)
    standing = Publication.objects.filter(seq=2)
    before = list(standing.values())
    for seqs in ([2], [1, 2]):
        erase_versions(seqs)
        assert list(standing.values()) == before
    assert given_out() == [(1, None, ""), (2, "Two", "Two")]
