"""record_verify: every way to tamper with the record is found, and told with its place."""

import io

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import override_settings

from record.log import head
from record.log.verification import faults
from record.models import Address, Correction, Current, Position, Printing, Publication, Reference, Relay
from tests import record_cast as cast

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]


@pytest.fixture(autouse=True)
def record():
    cast.append_history()
    with override_settings(RECORD_CHECKS=[]):
        yield


def verify(*args):
    """The command's exit code and what it prints."""
    out, code = io.StringIO(), 0
    try:
        call_command("record_verify", *args, stdout=out, stderr=out)
    except SystemExit as end:
        code = end.code
    return code, out.getvalue()


def tamper(seq, **values):
    Publication.objects.filter(seq=seq).update(**values)


def test_a_sound_record_has_no_fault():
    code, said = verify()
    assert code == 0
    assert said.startswith(f"{head().seq} entries, 2 of them erased: the chain, the digests and all")


def test_an_empty_record_is_sound():
    cast.wipe()
    assert list(faults()) == []


def test_a_changed_document_is_found():
    row = Publication.objects.get(seq=5)
    tamper(5, document=row.document.replace("moved for a dam", "moved for a lake"))
    code, said = verify("--log-only")
    assert code == 1
    assert "Entry 5 (claim claim0000003, version 1): document and reason do not fit its digest" in said
    assert "1 fault in" in said


def test_a_changed_reason_is_found():
    tamper(22, reason="Another reason")
    assert verify("--log-only")[1].startswith("Entry 22 (claim claim0000003, version 2): document and reason do not")


def test_a_document_changed_together_with_its_digest_is_found_by_its_link():
    row = Publication.objects.get(seq=5)
    other = Publication.objects.get(seq=4)
    tamper(5, document=other.document, salt=other.salt, digest=other.digest, reason=other.reason)
    said = verify("--log-only")[1]
    assert "Entry 5 (claim claim0000003, version 1): its link does not follow" in said
    assert "its document is the claim claim0000002" in said
    assert row.link in Publication.objects.get(seq=5).link


def test_rows_that_changed_places_are_found():
    one, other = Publication.objects.get(seq=7), Publication.objects.get(seq=8)
    fields = ("document", "reason", "salt", "digest", "link")
    tamper(7, **{name: getattr(other, name) for name in fields})
    tamper(8, **{name: getattr(one, name) for name in fields})
    said = verify("--log-only")[1]
    assert "Entry 7" in said and "Entry 8" in said


def test_a_row_that_was_taken_out_is_found():
    Current.history.filter(publication_id=17).delete()
    Publication.objects.filter(seq=17).delete()
    assert "Entry 17 is missing from the log." in verify("--log-only")[1]


def test_a_log_that_was_cut_is_found_by_a_link_that_was_written_down():
    written_down = head().link
    assert verify("--log-only", "--link", written_down)[0] == 0
    Current.history.filter(publication_id=head().seq).delete()
    Publication.objects.filter(seq=head().seq).delete()
    code, said = verify("--log-only", "--link", written_down)
    assert code == 1 and f"The link {written_down} is not in the chain" in said


def test_a_moment_that_was_set_back_is_found():
    tamper(25, published_at=cast.at(-50))
    said = verify("--log-only")[1]
    assert "Entry 25" in said and "is older than the entry before it" in said and "its link does not follow" in said


@pytest.mark.parametrize(("seq", "superseded_by"), [(5, None), (5, 31), (22, 30)])
def test_a_wrong_pointer_to_the_newer_version_is_found(seq, superseded_by):
    if superseded_by is None:
        tamper(22, superseded_by=31)
    tamper(seq, superseded_by=superseded_by)
    assert f"Entry {seq} " in verify("--log-only")[1]


@pytest.mark.parametrize("text", ["{", "{}", '{"type":"claim"}', "nonsense"])
def test_a_document_that_cannot_be_read_is_told_and_stops_nothing(text):
    tamper(5, document=text)
    tamper(31, document=text)
    code, said = verify()
    assert code == 1
    assert "Entry 5" in said and "Entry 31" in said and "cannot be read" in said


def test_white_space_in_a_document_is_found():
    row = Publication.objects.get(seq=1)
    tamper(1, document=row.document.replace(":", ": ", 1))
    assert "Entry 1 (question quest0000001, version 1): its document is not canonical JSON." in verify("--log-only")[1]


SPOILED = {
    "Current": lambda: Current.objects.filter(public_id="claim0000003").update(label="Other"),
    "Position": lambda: Position.objects.filter(statement="state0000002").first().delete(),
    "Printing": lambda: Printing.objects.filter(statement="state0000001", number=1).update(origin="article:nonsense"),
    "Relay": lambda: Relay.objects.filter(statement="state0000002").update(actor="actor0000003"),
    "Reference": lambda: Reference.objects.filter(source="claim0000003").delete(),
    "Correction": lambda: Correction.objects.create(seq=17, public_id="claim0000003"),
    "Address": lambda: Address.objects.filter(slug="for-the-dam").update(public_id="claim0000001"),
    "search": lambda: spoil_search(),
}


def spoil_search():
    with connection.cursor() as cursor:
        column, value = ("body", "x") if connection.vendor == "sqlite" else ("terms", "'x':1C")
        cursor.execute(f"UPDATE record_search SET {column} = %s WHERE public_id = %s", [value, "actor0000001"])


@pytest.mark.parametrize("name", SPOILED)
def test_a_projection_that_was_changed_is_found_and_a_rebuild_mends_it(name):
    SPOILED[name]()
    code, said = verify()
    assert code == 1
    assert f"{name} does not hold what entry" in said and "run record_rebuild" in said
    assert verify("--log-only")[0] == 0
    call_command("record_rebuild", stdout=io.StringIO())
    assert verify()[0] == 0


@pytest.mark.parametrize(
    "ghost",
    [
        lambda: Position.objects.create(
            seq=1, valid_from_seq=1, statement="ghost0000001", claim="claim0000001", stance="affirms"
        ),
        lambda: Correction.objects.create(seq=1, public_id="quest0000001"),
        lambda: Address.objects.create(
            valid_from_seq=1, kind="claim", slug="ghost", owner="ghost0000001", public_id="x", current=True
        ),
        lambda: Reference.objects.create(
            seq=1, valid_from_seq=1, source="ghost0000001", kind="claim", target="quest0000001"
        ),
    ],
)
def test_rows_of_what_does_not_stand_are_found(ghost):
    ghost()
    assert "holds rows of what does not stand in the log" in verify()[1]


def a_check(*, originals, progress):
    yield "A passage is not in its capture."


def test_further_checks_are_asked_for_their_faults():
    with override_settings(RECORD_CHECKS=["tests.record.test_verify.a_check"]):
        code, said = verify()
    assert code == 1 and said.startswith("A passage is not in its capture.\n")


def test_record_erase_asks_for_a_reason():
    with pytest.raises(CommandError, match="Say why"):
        call_command("record_erase", "actor0000001", "--reason", " ", "--yes")


def test_a_mirror_is_sound_and_says_what_it_has_no_texts_of():
    """It has no desk: 124 quotations of a sound mirror were called faults."""
    with override_settings(RECORD_CHECKS=["claims.publishing.unsupported_quotations"]):
        code, said = verify()
    assert code == 0
    assert said.startswith("5 quotations were not compared: this copy has no saved texts of")
    assert "sound" in said


def test_further_checks_pass_over_a_document_that_cannot_be_read():
    tamper(Current.objects.get(public_id="state0000002").publication_id, document="nonsense")
    with override_settings(RECORD_CHECKS=["claims.publishing.unsupported_quotations"]):
        code, said = verify()
    assert code == 1
    assert "cannot be read" in said and "3 quotations were not compared" in said
