"""A name is erased from originals too: packed, encoded, in mails' headers and file names, and in every backup."""

import base64
import gzip
import io
from email.message import EmailMessage

import pytest
from django.core.management import call_command

from articles import originals
from articles.attachments import attach_original
from articles.ingest import ReadFrom, take_in
from articles.models import Original
from articles.original_readings import reading_of_bytes
from claims.backup.archives import check_archive, write_backup
from claims.backup.restoring import restore_backup
from claims.erasure.leftovers import find_leftovers
from claims.privacy import CERTAIN
from claims.publishing import publish, submit
from record.documents import decode
from record.log import ledger
from record.log.verification import Remark, faults
from record.models import Current
from tests.claims.test_erase_name import eraser, own_files  # noqa: F401
from tests.claims.test_restore import one_database  # noqa: F401
from tests.withheld import NAME, withheld_source

pytestmark = pytest.mark.django_db(transaction=True)


def mail(sender="Editor <desk@example.org>", text="A letter."):
    message = EmailMessage()
    message["From"], message["Subject"] = sender, "Beds"
    message.set_content(text, cte="base64")
    return message.as_bytes()


@pytest.fixture
def kept(editor):
    """Originals with the name where a search of bytes does not see it, and one without."""
    for sha256 in stored():  # left by tests that roll back what they store
        originals.delete_bytes(sha256)
    files = {
        "in a header.eml": mail(sender=f"=?utf-8?b?{base64.b64encode(NAME.encode()).decode()}?= <a@example.org>"),
        "in a part.eml": mail(text=f"It was {NAME} who said so."),
        "packed.gz": gzip.compress(f"Signed: {NAME}".encode()),
        f"{NAME}.txt": b"A text without it.",
        f"{NAME}.png": b"\x89PNG\r\n\x1a\n" + b"\x00" * 40,
        "harmless.txt": b"Another text.",
    }
    method = Original.Method.UPLOADED
    return {name: originals.keep_original(data, name=name, method=method, by=editor) for name, data in files.items()}


def places():
    return {original.sha256: original.place for original in Original.objects.all()}


def stored():
    return {name.rpartition("/")[2] for name in originals.stored_names()}


def test_originals_with_the_name_are_removed_here_in_public_and_in_backups(
    kept, editor, reviewer, eraser, tmp_path  # noqa: F811
):  # fmt: skip
    made = withheld_source(editor)
    attach_original(made.article, kept[f"{NAME}.png"], by=editor)
    data = b"The road office said that nobody was asked."
    source = originals.keep_original(data, name="a.txt", method=Original.Method.PASTED, by=editor)
    read = reading_of_bytes(source, data)
    article = take_in(
        text=f"{read.text}\n\n{NAME} knew of it.",
        outlet=made.article.outlet,
        by=editor,
        read_from=ReadFrom(source, read),
    ).article
    submit([article], by=editor)
    publish([article], by=reviewer, reason="An article.")
    named = [original for name, original in kept.items() if name != "harmless.txt"]
    found = {left.where for left in find_leftovers([NAME])}
    assert {f"original {original.sha256}" for original in named[:3]} <= found
    backup = write_backup(tmp_path / "before")
    assert {name.rpartition("/")[2] for name in check_archive(backup).files} >= {one.sha256 for one in named}

    call_command("erase_name", made.source.public_id, "--by", eraser.username, "--reason", "Asked", "--yes",
                 stdout=io.StringIO())  # fmt: skip

    gone = {original.sha256 for original in [*named, source]}
    assert {sha256 for sha256, place in places().items() if place == "removed"} == gone
    assert stored() == {kept["harmless.txt"].sha256}
    assert set(ledger.decode_line(ledger.read_file()[-1]).originals) == gone
    document = decode(Current.objects.get(public_id=article.public_id).publication.document)
    assert document.captures[0].original.removed
    assert [fault for fault in faults() if not isinstance(fault, Remark)] == []

    restore_backup(backup)
    assert {sha256 for sha256, place in places().items() if place == "removed"} == gone
    assert stored() == {kept["harmless.txt"].sha256}
    document = decode(Current.objects.get(public_id=article.public_id).publication.document)
    assert document.captures[0].original.removed
    assert [left for left in find_leftovers([NAME]) if left.grade == CERTAIN] == []


def test_a_backup_brings_back_originals_that_were_lost(kept, tmp_path):
    backup = write_backup(tmp_path / "before")
    for sha256 in stored():
        originals.delete_bytes(sha256)
    assert stored() == set()
    restore_backup(backup, without_ledger=True)
    assert stored() == {original.sha256 for original in kept.values()}
    assert originals.read_original(kept["harmless.txt"]) == b"Another text."
