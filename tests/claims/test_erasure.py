"""Erasure: what was published is taken out for good, and the rest can still be verified."""

import io
import subprocess

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import override_settings

from record import search
from record.exports import FORMATS, take_snapshot
from record.log import AppendRefused, BrokenReference, append, erase
from record.log.verification import faults
from record.models import Address, Current, Publication
from tests import record_cast as cast

CANARY = "zqcanaryqz"


def planted():
    """An object whose every text holds the canary, in three versions, and merged once."""
    cast.append_cast()
    actor = cast.actor(
        "actor0000009",
        f"slug-{CANARY}",
        f"Name {CANARY}",
        description=f"About {CANARY}",
        names=(cast.name(f"Alias {CANARY}", "en"),),
        identifiers=(cast.d.Identifier(register="wikidata", value=f"Q1{CANARY}"),),
    )
    append([actor], reason=f"Because of {CANARY}")
    append([cast.replace(actor, slug=f"other-{CANARY}")], reason=f"Renamed {CANARY}")
    append([cast.redirect("actor0000009", f"gone-{CANARY}", "actor0000002")], reason=f"Merged {CANARY}")
    append([actor], reason=f"Again {CANARY}")


def everywhere():
    """Every text in every table of the record, and in its search index, as one."""
    found = []
    with connection.cursor() as cursor:
        tables = [name for name in connection.introspection.table_names(cursor) if name.startswith("record_")]
        for table in tables:
            cursor.execute(f"SELECT * FROM {table}")
            found += [repr(row) for row in cursor.fetchall()]
    assert any("record_publication" in table for table in tables)
    return "\n".join(found).lower()


@pytest.mark.django_db
def test_nothing_of_what_was_erased_is_left_in_any_table():
    planted()
    assert everywhere().count(CANARY) > 10
    erase("actor0000009", reason="On request")
    assert CANARY not in everywhere()
    for form in FORMATS.values():
        assert CANARY.encode() not in b"".join(form(take_snapshot(using="default")))
    assert search.search(CANARY).hits == []


@pytest.mark.django_db
@override_settings(RECORD_CHECKS=[])
def test_the_record_is_sound_after_an_erasure_and_tells_that_there_was_one():
    planted()
    row = erase("actor0000009", reason="On request")
    assert list(faults()) == []
    assert (row.document, row.reason, row.erased, row.version) == (None, "On request", False, 5)
    emptied = Publication.objects.filter(public_id="actor0000009", seq__lt=row.seq)
    assert {(old.document, old.reason, old.salt, old.erased) for old in emptied} == {(None, "", "", True)}
    assert emptied.count() == 4


@pytest.mark.django_db
def test_the_id_still_leads_somewhere_and_the_addresses_are_free_again():
    planted()
    erase("actor0000009", reason="On request")
    [address] = Address.objects.filter(owner="actor0000009")
    assert (address.slug, address.public_id, address.current) == ("actor0000009", "actor0000009", False)
    assert not Current.objects.filter(public_id="actor0000009").exists()


@pytest.mark.django_db
def test_a_rebuild_after_an_erasure_makes_the_same_rows():
    planted()
    erase("actor0000009", reason="On request")
    before = cast.projected()
    call_command("record_rebuild", stdout=io.StringIO())
    assert cast.projected() == before


@pytest.mark.django_db
def test_what_others_name_is_not_erased():
    cast.append_cast()
    before = cast.projected()
    with pytest.raises(BrokenReference, match="state0000002"):
        erase("actor0000002", reason="On request")
    assert cast.projected() == before
    assert not Publication.objects.filter(erased=True).exists()


@pytest.mark.django_db
def test_what_was_never_published_cannot_be_erased():
    with pytest.raises(AppendRefused, match="Nothing was ever published"):
        erase("actor0000009", reason="On request")


@pytest.mark.django_db
def test_what_is_withdrawn_already_is_erased_with_one_more_entry():
    planted()
    first = erase("actor0000009", reason="On request")
    second = erase("actor0000009", reason="Once more")
    assert second.seq == first.seq + 1
    assert Publication.objects.get(seq=first.seq).erased


@pytest.mark.django_db
def test_the_command_asks_before_it_erases(monkeypatch):
    planted()
    monkeypatch.setattr("builtins.input", lambda question: "no")
    with pytest.raises(CommandError, match="Nothing was erased"):
        call_command("record_erase", "actor0000009", "--reason", "On request", stdout=io.StringIO())
    assert CANARY in everywhere()
    with pytest.raises(CommandError, match="Nothing was ever published"):
        call_command("record_erase", "actor0000008", "--reason", "On request", "--yes", stdout=io.StringIO())


@pytest.mark.django_db(transaction=True)
def test_no_byte_is_left_in_the_file_of_the_database():
    if connection.vendor != "sqlite":
        pytest.skip("PostgreSQL's files hold old rows until it overwrites them: docs/record.md says what to do.")
    planted()
    path = connection.settings_dict["NAME"]
    assert CANARY in file_of(path)
    out = io.StringIO()
    call_command("record_erase", "actor0000009", "--reason", "On request", "--yes", stdout=out)
    assert "4 older entries" in out.getvalue()
    assert CANARY not in file_of(path)


def file_of(path):
    """The database's file and its write-ahead log, as text in small letters."""
    # In a process of its own: closing the file here would take the locks of this one's connection away.
    done = subprocess.run(["cat", path, f"{path}-wal"], capture_output=True, check=False)
    return done.stdout.decode("latin-1").lower()
