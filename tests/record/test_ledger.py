"""The ledger of erasures: a row with each, a line in a file apart, no readable name; and heads of the log beside it."""

import json

import pytest
from django.db import transaction
from pyrage.x25519 import Identity

from record.log import AppendRefused, erase, ledger, noted_heads
from record.log.verification import Remark, faults
from record.models import LedgerEntry, Publication
from tests.record_cast import append_cast

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def own_folder(settings, tmp_path):
    settings.LEDGER_FOLDER = str(tmp_path / "apart")


def enter(number=1, **values):
    with transaction.atomic():
        ledger.enter("name", ids=[f"actor{number:07}"], label="a clerk", names={"names": ["Zuhra Kanareyka"]}, **values)


def test_a_line_follows_each_erasure_and_holds_no_name():
    enter(1)
    enter(2)
    path = ledger.ledger_file()
    lines = ledger.read_file()
    assert lines == list(LedgerEntry.objects.order_by("number").values_list("line", flat=True))
    assert (path.stat().st_mode & 0o777, path.parent.stat().st_mode & 0o777) == (0o640, 0o700)
    assert path.with_name(ledger.IDENTITY).stat().st_mode & 0o777 == 0o600
    assert "Kanareyka" not in path.read_text()
    assert ledger.open_names(ledger.decode_line(lines[1])) == {"names": ["Zuhra Kanareyka"]}
    assert ledger.erased_people() == {"actor0000001", "actor0000002"}


def test_an_erasure_that_was_rolled_back_is_in_neither():
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        ledger.enter("name", ids=["actor0000001"])
        1 / 0  # noqa: B018
    assert not LedgerEntry.objects.exists()
    assert ledger.read_file() == []


def test_names_that_are_sealed_to_a_key_are_opened_by_its_identity_alone(settings):
    owner = Identity.generate()
    settings.BACKUP_KEY = str(owner.to_public())
    enter()
    [text] = ledger.read_file()
    assert not ledger.ledger_file().with_name(ledger.IDENTITY).exists()
    with pytest.raises(ledger.LedgerConflict, match="cannot be opened"):
        ledger.open_names(ledger.decode_line(text))
    assert ledger.open_names(ledger.decode_line(text), owner) == {"names": ["Zuhra Kanareyka"]}


def test_what_a_killed_process_has_left_is_written_by_the_next():
    enter(1)
    path = ledger.ledger_file()
    whole = path.read_bytes()
    path.write_bytes(whole[:-20])  # half a line was never acknowledged
    assert ledger.read_file() == [] and ledger.missing_lines() == []
    enter(2)
    assert path.read_bytes().startswith(whole)
    assert len(ledger.read_file()) == 2


def test_a_ledger_that_was_changed_or_is_of_another_database_is_refused():
    enter(1)
    enter(2)
    path = ledger.ledger_file()
    whole = path.read_text()
    path.write_text(whole.replace("a clerk", "a cleric", 1))
    with pytest.raises(ledger.LedgerConflict, match="line 2 does not follow"):
        ledger.read_file()
    path.write_text(whole)
    LedgerEntry.objects.filter(number=2).update(line=json.dumps({"number": 2}))
    with pytest.raises(ledger.LedgerConflict, match="of another database"):
        ledger.missing_lines()


def test_nothing_is_erased_from_a_database_that_has_erasures_to_catch_up_on():
    append_cast()
    enter(1)
    LedgerEntry.objects.all().delete()
    assert len(ledger.missing_lines()) == 1
    victim = Publication.objects.filter(kind="statement").first().public_id
    with pytest.raises(AppendRefused, match=r"run manage\.py apply_ledger first"):
        erase(victim, reason="Asked")
    assert not Publication.objects.filter(erased=True).exists()


# Where the log ended.


def test_a_log_that_lost_its_end_is_found():
    append_cast()
    noted_heads.note_head()
    noted_heads.note_head()
    assert len(noted_heads.heads_file().read_text().splitlines()) == 1
    assert list(noted_heads.lost_heads()) == []
    last = Publication.objects.order_by("-seq").first()
    Publication.objects.filter(seq=last.seq).update(link="0" * 64)  # as when another entry had come in its place
    [told] = [fault for fault in faults(projections=False) if "was cut" in fault]
    assert told.startswith(f"Entry {last.seq}, which ended the log at 20")
    noted_heads.forget_lost_heads()
    assert list(noted_heads.lost_heads()) == []


def test_a_clock_that_was_set_back_is_a_remark(monkeypatch):
    from datetime import timedelta

    from django.utils import timezone

    append_cast()
    now = timezone.now()
    monkeypatch.setattr(timezone, "now", lambda: now - timedelta(days=40000))
    [told] = [fault for fault in faults(projections=False) if "clock" in fault]
    assert isinstance(told, Remark)
