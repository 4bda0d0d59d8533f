"""Whether the kept summaries are what the rows that stand come to, page by page.

While objects wait to be derived anew, what is kept of their pages waits with them, and is not judged.
"""

from collections import defaultdict
from collections.abc import Iterator

from django.db import connection
from django.db.models import Max

from ..models import Current, OutdatedObject, Publication, RecordState, Summary
from .contested_flags import contested_among
from .page_counts import COUNTED_KINDS, HOME, PageCounts, count_home, count_pages, kept_pages
from .summaries import stray_pages
from .voices import claims_with_other_voices, marks


def differing_pages(ids: list[str]) -> Iterator[tuple[str, str]]:
    """(id, name of the projection) for each of these objects whose page is not kept as it is."""
    state = RecordState.objects.first()
    if state is None or OutdatedObject.objects.exists():
        return
    last = Publication.objects.aggregate(last=Max("seq"))["last"] or 0
    standing: dict[str, dict[str, int]] = defaultdict(dict)
    for public_id, kind, seq in Current.objects.filter(public_id__in=ids).values_list(
        "public_id", "kind", "publication_id"
    ):
        standing[kind][public_id] = seq
    kept = kept_pages(ids)
    for kind in COUNTED_KINDS:
        own = standing[kind]
        expected = count_pages(kind, own)
        _add_flags(kind, expected)
        newest = own | _newest_statements(kind, own)
        for page, counted in expected.items():
            found = kept.get(page)
            if found is None or not newest[page] <= max(found.changed_seq, state.wide_seq) <= last:
                yield page, "Summary"
                continue
            counted.changed_seq = found.changed_seq
            if counted.as_row() != found.as_row():
                yield page, "Summary"
    yield from ((claim, "Voice") for claim in claims_with_other_voices(sorted(standing["claim"])))


def _add_flags(kind: str, pages: dict[str, PageCounts]) -> None:
    if kind == "claim":
        for claim, is_contested in contested_among(pages).items():
            pages[claim].numbers["contested"] = int(is_contested)
    elif kind == "question":
        kept = Summary.objects.filter(parent__in=pages, contested=1).values_list("parent", flat=True)
        for question in kept:
            pages[question].numbers["contested"] += 1


def _newest_statements(kind: str, pages: dict[str, int]) -> dict[str, int]:
    """The newest entry of a statement with a position on each of these pages, where it is newer than their own."""
    if kind not in ("question", "claim", "actor") or not pages:
        return {}
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT {kind}, MAX(seq) FROM record_position "  # noqa: S608 - the kind is ours
            f"WHERE valid_before_seq IS NULL AND {kind} IN ({marks(len(pages))}) GROUP BY {kind}",
            list(pages),
        )
        return {page: max(seq, pages[page]) for page, seq in cursor.fetchall()}


def stray_summaries() -> Iterator[str]:
    """The names of what is kept of pages that do not stand, or of the record as it is not."""
    state = RecordState.objects.first()
    if OutdatedObject.objects.exists():
        return
    if state is None:
        if Publication.objects.exists():
            yield "Summary"
        return
    if state.emptied != Publication.objects.filter(document=None).count():
        yield "RecordState"
    home = kept_pages([HOME]).get(HOME)
    if home is None or home.details != count_home().details:
        yield "Summary"
    yield from (rows.model.__name__ for rows in stray_pages() if rows.exists())
