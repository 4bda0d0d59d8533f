"""Mirrors: whatever stands in a record, its export imported elsewhere gives the same export, to the byte."""

import io

import pytest
from django.db import connection

from record.exports import FORMATS, take_snapshot
from record.imports import import_record
from record.log import Withdrawal, append, erase, head
from record.models import Publication
from tests import record_cast as cast
from tests.generated_records import publish

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]

RECORDS = 20


def export(form, **bounds):
    return b"".join(FORMATS[form](take_snapshot(**bounds, using="default")))


@pytest.mark.parametrize("seed", range(RECORDS))
def test_a_record_made_up_at_random_comes_through_to_the_byte(seed):
    publish(seed)
    content = {form: export(form) for form in ("json", "ndjson")}
    rows = cast.projected()
    for form in content:
        cast.wipe()
        import_record(io.BytesIO(content[form]), step=7)
        assert {form: export(form) for form in content} == content
        assert cast.projected() == rows


def acts():
    """What happens at the origin, one after another; the third takes back, the last erases."""
    canary = cast.actor("actor0000009", "canary-name", "Canary")
    yield lambda: cast.append_cast()
    yield lambda: append([canary, cast.replace(cast.question_why, title="Why?")], reason="More")
    yield lambda: append([Withdrawal("statement", "state0000004")], reason="Nobody said it")
    yield lambda: append([cast.replace(cast.nobody_knows, summary="Nobody knows.")], reason="Corrected")
    yield lambda: append([cast.redirect("claim0000002", "nine-hundred-moved", "claim0000001")], reason="The same")
    yield lambda: erase("actor0000009", reason="On request")


@pytest.mark.parametrize("form", ["json", "ndjson"])
def test_a_mirror_that_follows_act_by_act_has_what_one_has_that_took_the_whole(form):
    """Withdrawals and erasures reach back: the export since the last entry tells of them."""
    pieces, since = [], 0
    for act in acts():
        act()
        pieces.append(export(form, since=since))
        since = head().seq
    whole, rows = export(form), cast.projected()
    tails = [export(form, since=seq) for seq in range(since)]
    cast.wipe()
    for piece in pieces:
        import_record(io.BytesIO(piece))
    assert export(form) == whole
    assert cast.projected() == rows
    assert not Publication.objects.filter(public_id="actor0000009").exclude(document=None).exists()
    assert [export(form, since=seq) for seq in range(since)] == tails
    cast.wipe()
    import_record(io.BytesIO(whole))
    assert [export(form, since=seq) for seq in range(since)] == tails


@pytest.mark.skipif(connection.vendor != "sqlite", reason="about versions of SQLite")
def test_an_older_sqlite_writes_the_same_bytes(monkeypatch):
    cast.append_history()
    content = export("ndjson")
    monkeypatch.setattr(connection.Database, "sqlite_version_info", (3, 40, 1))
    assert export("ndjson") == content
