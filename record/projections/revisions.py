"""Which rows of the log correct: the rows of `Correction`.

What was taken back corrects nothing any more (record/served.py): a mirror has it empty.
"""

from collections.abc import Iterable

from django.db.models import Max

from ..documents import Redirect, decode
from ..models import Correction, Publication
from ..versions import corrects
from .lookup import chunks
from .tables import delete, insert

COLUMNS = ("seq", "public_id")
_READ = ("seq", "public_id", "version", "erased", "document")


def add_corrections(seqs: Iterable[int]) -> None:
    """Adds those of these rows of the log that correct; what they replaced is marked as replaced already."""
    for some in chunks(seqs):
        rows = Publication.objects.filter(seq__in=some, version__gt=1).values_list(*_READ)
        insert(Correction, COLUMNS, correcting(rows))


def rewrite_corrections(ids: Iterable[str]) -> None:
    """Makes the rows of these objects anew, after some of their versions were taken back or emptied."""
    ids = sorted(set(ids))
    delete(Correction, "public_id", ids)
    insert(Correction, COLUMNS, corrections_of(ids))


def corrections_of(ids: Iterable[str]) -> list[tuple[int, str]]:
    """What `Correction` holds of these objects, by the log."""
    found = []
    for some in chunks(ids):
        found += correcting(Publication.objects.filter(public_id__in=some, version__gt=1).values_list(*_READ))
    return found


def correcting(rows: Iterable[tuple]) -> list[tuple[int, str]]:
    """(seq, id) of those of these rows, versions after the first, that correct."""
    rows = list(rows)
    replaced, withdrawn = {}, {}
    for some in chunks({public_id for _, public_id, *_ in rows}):
        last = Publication.objects.filter(public_id__in=some, document=None, erased=False).order_by()
        withdrawn.update(last.values_list("public_id").annotate(version=Max("version")))
    for some in chunks(seq for seq, *_ in rows):
        before = Publication.objects.filter(superseded_by__in=some)
        replaced.update(before.values_list("superseded_by", "document"))
    return [
        (seq, public_id)
        for seq, public_id, version, erased, text in rows
        if not erased
        and (text is None or version > withdrawn.get(public_id, 0))
        and does_correct(text, replaced.get(seq))
    ]


def does_correct(text: str | None, before: str | None) -> bool:
    """Whether a version corrects the one before it: withdrawn, merged, published again, or saying otherwise."""
    if text is None or before is None:
        return True
    now = decode(text)
    return isinstance(now, Redirect) or corrects(now, decode(before))
