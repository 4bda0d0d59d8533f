"""Every original at the desk, read back and read again by the reader that made a text of it."""

from collections import Counter
from collections.abc import Iterator

from articles.edits import edits_between
from articles.ingest import settled_reading
from articles.intake_files import reader_is_installed
from articles.models import Capture, Original
from articles.original_readings import reading_of_bytes
from articles.originals import OriginalIsLost, is_store_elsewhere, read_original
from articles.uploaded_tables import FileIsBroken
from record.log.verification import Remark


def unsound_originals() -> Iterator[str]:
    """A sentence for every original that is not the bytes that came in, or of which its reader makes another text.

    Remarks say of how many texts that was not looked at, and why: the original was removed or was never here, or the
    reader is not installed in the version that made the text. Without originals, as in a mirror, nothing is said.
    """
    skipped: Counter[str] = Counter()
    captures = Capture.objects.exclude(original=None).select_related("article", "original")
    for capture in captures.order_by("original_id", "pk").iterator(chunk_size=20):
        if capture.original is None:
            continue
        who = f"The text {capture.sha256} of article {capture.article.public_id}"
        if capture.original.place != Original.Place.HERE:
            skipped[REASONS[capture.original.place]] += 1
            continue
        try:
            data = read_original(capture.original)
        except OriginalIsLost as lost:
            yield f"{who}: {lost}"
            continue
        if not _follows_from_reading(capture):
            yield f"{who} is not the text of its reader with the changes that are noted."
        elif capture.adopted:
            skipped["a name in the text was erased"] += 1
        elif not capture.reader or not reader_is_installed(capture.reader):
            skipped[f"{capture.reader or 'the reader of that time'} is not installed"] += 1
        elif is_store_elsewhere():  # while a backup is restored nobody waits for all readers
            continue
        elif fault := _reading_fault(capture, capture.original, data):
            yield f"{who} {fault}"
    for reason, count in sorted(skipped.items()):
        texts = "1 text was" if count == 1 else f"{count} texts were"
        yield Remark(f"{texts} not read again from the original: {reason}.")


REASONS: dict[str, str] = {
    Original.Place.REMOVED: "the original was removed, with a name that was erased",
    Original.Place.ELSEWHERE: "the original is where the record comes from",
}


def _follows_from_reading(capture: Capture) -> bool:
    """Whether reader's text and text are the same outside of what is noted as changed by hand."""
    at = new_at = 0
    read, text = capture.text_of_reader, capture.text
    for start, end, new_start, new_end in [*capture.edits, [len(read), len(read), len(text), len(text)]]:
        if read[at:start] != text[new_at:new_start]:
            return False
        at, new_at = end, new_end
    return True


def _reading_fault(capture: Capture, original: Original, data: bytes) -> str:
    try:
        text, _ = settled_reading(reading_of_bytes(original, data, capture.chosen))
    except FileIsBroken as broken:
        return f"cannot be read from its original any more: {broken}"
    if differences := edits_between(capture.text_of_reader, text):
        places = "1 place" if len(differences) == 1 else f"{len(differences)} places"
        return (
            f"is not what {capture.reader} makes of the original: they differ in {places}, the first at character "
            f"{differences[0][0]}."
        )
    return ""
