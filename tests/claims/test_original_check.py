"""`record_verify` at a desk: originals are the bytes that came in, and make the texts that are quoted."""

from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from articles import originals
from articles.changes import add_outlet
from articles.ingest import ReadFrom, take_in
from articles.models import Capture, Original
from articles.reading import ArticleReading
from articles.uploaded_tables import FileIsBroken
from claims.publishing import original_check, unsound_originals
from record.log.verification import Remark

READ = "Bridge closed\n\nThe road ofice said so."


@pytest.fixture
def readings(monkeypatch):
    """The texts that a reader makes of bytes today."""
    made = {READ.encode(): READ}

    def read(original, data, chosen):
        if data not in made:
            raise FileIsBroken("It is cut off.")
        return ArticleReading(made[data], [], [], "plain 1")

    monkeypatch.setattr(original_check, "reading_of_bytes", read)
    monkeypatch.setattr(original_check, "reader_is_installed", lambda reader: reader == "plain 1")
    return made


@pytest.fixture
def capture(editor, readings):
    original = originals.keep_original(READ.encode(), name="a.txt", method=Original.Method.UPLOADED, by=editor)
    reading = ArticleReading(READ, [], [], "plain 1")
    text = READ.replace("ofice", "office")
    outlet = add_outlet(name="Valley Herald", by=editor)
    return take_in(text=text, outlet=outlet, by=editor, read_from=ReadFrom(original, reading)).capture


def only(found):
    [sentence] = found
    return sentence


def test_an_original_that_makes_the_text_is_sound(capture):
    assert list(unsound_originals()) == []


def test_what_is_wrong_with_an_original_is_a_fault_that_says_where(capture, readings):
    readings[READ.encode()] = READ.replace("Bridge", "Bridges").replace("so.", "it.")
    fault = only(unsound_originals())
    assert "is not what plain 1 makes of the original: they differ in 2 places, the first at character 0." in fault
    assert capture.article.public_id in fault and not isinstance(fault, Remark)
    readings.clear()
    assert only(unsound_originals()).endswith("cannot be read from its original any more: It is cut off.")
    path = Path(originals.original_store().path(originals.stored_name(capture.original.sha256)))
    path.write_bytes(b"other")
    assert only(unsound_originals()).endswith("is not the bytes that came in: its SHA-256 is another.")
    path.unlink()
    assert "cannot be read: No such file" in only(unsound_originals())


def test_a_change_that_is_not_noted_is_a_fault(capture):
    Capture.objects.update(text=capture.text.replace("so", "no"))
    assert only(unsound_originals()).endswith("is not the text of its reader with the changes that are noted.")


def test_what_cannot_be_read_again_is_remarked(capture):
    Capture.objects.update(reader="plain 0")
    remark = only(unsound_originals())
    assert remark == "1 text was not read again from the original: plain 0 is not installed."
    Original.objects.update(place=Original.Place.REMOVED)
    removed = only(unsound_originals())
    assert "the original was removed" in removed and isinstance(removed, Remark) and isinstance(remark, Remark)


def test_runs_of_a_few_get_through_all_in_turn_and_a_fault_comes_first_again(capture, readings, editor):
    for number in range(2):
        text = f"Text {number}. Nobody was asked about it."
        readings[text.encode()] = text
        original = originals.keep_original(text.encode(), name="b.txt", method=Original.Method.UPLOADED, by=editor)
        read_from = ReadFrom(original, ArticleReading(text, [], [], "plain 1"))
        take_in(text=text, outlet=capture.article.outlet, headline=f"No. {number}", by=editor, read_from=read_from)
    told = []

    def run(originals):
        return list(unsound_originals(originals=originals, progress=lambda count, **of: told.append((count, of))))

    assert run(2) == ["1 text was not read again from the original: it was the turn of 2 others."]
    assert told == [(0, {"unit": "originals", "total": 2}), *[(1, {"unit": "originals"})] * 2]
    assert Capture.objects.filter(read_again_at=None).count() == 1
    run(1)
    checked = list(Capture.objects.order_by("pk").values_list("read_again_at", flat=True))
    assert checked == sorted(checked) and checked[0] == checked[1]
    readings[READ.encode()] = READ.replace("Bridge", "Bridges")
    first = [only(fault for fault in run(1) if not isinstance(fault, Remark)) for _ in range(2)]
    assert first[0] == first[1] and capture.sha256 in first[0]
    assert len(run(None)) == 1 and run(0) == [
        "3 texts were not read again from the original: it was the turn of 0 others."
    ]


def test_record_verify_reads_as_many_originals_as_it_is_told(capture):
    def verify(*options):
        call_command("record_verify", *options, stdout=(out := StringIO()))
        return out.getvalue()

    assert "1 text was not read again" in verify("--originals=0") and "not read again" not in verify("--originals=all")
    assert Capture.objects.exclude(read_again_at=None).exists()
    with pytest.raises(CommandError, match="neither a number nor"):
        verify("--originals=some")
