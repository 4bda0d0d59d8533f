"""Originals at the desk, read back and read again by the readers that made texts of them."""

from collections import Counter
from collections.abc import Iterator

from django.db.models import F
from django.utils import timezone

from articles.edits import edits_between
from articles.ingest import settled_reading
from articles.intake_files import reader_is_installed
from articles.models import Capture, Original
from articles.original_readings import reading_of_bytes
from articles.originals import OriginalIsLost, is_store_elsewhere, read_original
from articles.reading.limited_process import kept_process
from articles.uploaded_tables import FileIsBroken
from record.log.verification import Progress, Remark, say_nothing


def unsound_originals(*, originals: int | None = None, progress: Progress = say_nothing) -> Iterator[str]:
    """A sentence for every original that is not the bytes that came in, or of which its reader makes another text.

    At most that many `originals` are looked at: those first whose texts were found right longest ago, or never. What
    was found right is noted at once, so that a run that is stopped loses nothing, and small runs get through all of
    them in turn; what is at fault is not noted and comes first again. While a backup is restored all bytes are looked
    at and nothing is read again or noted.

    Remarks say of how many texts that was not looked at, and why: it was the turn of others, the original was removed
    or was never here, or the reader is not installed in the version that made the text. Without originals, as in a
    mirror, nothing is said.
    """
    skipped: Counter[str] = Counter()
    for place, reason in REASONS.items():
        skipped[reason] = Capture.objects.filter(original__place=place).count()
    here = Capture.objects.filter(original__place=Original.Place.HERE)
    if is_store_elsewhere():
        originals = None
    order = (F("read_again_at").asc(nulls_first=True), "original_id", "pk")
    keys = list(here.order_by(*order).values_list("pk", flat=True)[:originals])
    waiting = here.count() - len(keys)
    progress(0, unit="originals", total=len(keys))
    with kept_process():
        for start in range(0, len(keys), BATCH_SIZE):
            batch, right = keys[start : start + BATCH_SIZE], []
            found = Capture.objects.select_related("article", "original").in_bulk(batch)
            for capture in (found[key] for key in batch if key in found):
                fault = _fault_of(capture, skipped)
                if fault:
                    yield f"The text {capture.sha256} of article {capture.article.public_id}{fault}"
                else:
                    right.append(capture.pk)
                progress(1, unit="originals")
            if not is_store_elsewhere():
                Capture.objects.filter(pk__in=right).update(read_again_at=timezone.now())
    for reason, count in sorted(skipped.items()):
        if count:
            yield Remark(f"{_texts(count)} not read again from the original: {reason}.")
    if waiting > 0:
        yield Remark(f"{_texts(waiting)} not read again from the original: it was the turn of {len(keys)} others.")


REASONS: dict[str, str] = {
    Original.Place.REMOVED: "the original was removed, with a name that was erased",
    Original.Place.ELSEWHERE: "the original is where the record comes from",
}
BATCH_SIZE = 20  # captures in memory together


def _texts(count: int) -> str:
    return "1 text was" if count == 1 else f"{count} texts were"


def _fault_of(capture: Capture, skipped: Counter[str]) -> str:
    """What is wrong, to be said after the name of the text; why it could not be read again is counted in `skipped`."""
    if capture.original is None:
        return ""
    try:
        data = read_original(capture.original)
    except OriginalIsLost as lost:
        return f": {lost}"
    if not _follows_from_reading(capture):
        return " is not the text of its reader with the changes that are noted."
    if capture.adopted:
        skipped["a name in the text was erased"] += 1
    elif not capture.reader or not reader_is_installed(capture.reader):
        skipped[f"{capture.reader or 'the reader of that time'} is not installed"] += 1
    elif not is_store_elsewhere() and (fault := _reading_fault(capture, capture.original, data)):
        return f" {fault}"
    return ""


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
