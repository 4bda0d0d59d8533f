"""The index of versions that were replaced, by the log: what a search of the past finds beside what stands still."""

from collections.abc import Iterable

from django.db.models import QuerySet

from .. import search
from ..documents import AnyDocument, decode
from ..models import Publication
from ..public_entries import without_taken_back
from ..search.index import PAST_TABLE, key_of
from .lookup import chunks

FILLED_AT_ONCE = 1000  # versions


def replaced_versions() -> QuerySet[Publication]:
    """The versions that were replaced by others and are given out still; redirects are not searched."""
    rows = without_taken_back(Publication.objects.filter(superseded_by__isnull=False))
    return rows.exclude(document=None).exclude(kind="redirect").order_by("seq")


def read_versions(rows: QuerySet[Publication]) -> list[tuple[int, int, AnyDocument]]:
    """(seq, seq of the version that replaced it, document) of each of `replaced_versions`."""
    columns = rows.values_list("seq", "superseded_by", "document")
    return [(seq, before, decode(text)) for seq, before, text in columns if before is not None and text is not None]


def rewrite_past_entries(ids: Iterable[str]) -> None:
    """Makes the entries of the replaced versions of these objects anew."""
    for some in chunks(sorted(ids)):
        rows = Publication.objects.filter(public_id__in=some).exclude(kind="redirect")
        search.remove((key_of(seq, kind) for seq, kind in rows.values_list("seq", "kind")), PAST_TABLE)
        search.add_past(read_versions(replaced_versions().filter(public_id__in=some)))


def fill_past_entries() -> None:
    """Puts all replaced versions of the log into the index, which has none yet."""
    last = 0
    while versions := read_versions(replaced_versions().filter(seq__gt=last)[:FILLED_AT_ONCE]):
        search.add_past(versions)
        last = versions[-1][0]
