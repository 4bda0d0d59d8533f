"""What is derived in many short transactions: what waits after a large merge, and everything anew.

Each step holds the append lock for a moment, so that others write between two of them, and writes down how far it has
come: a process that ends has lost nothing, and the next goes on from there.
"""

import time
from collections.abc import Callable, Collection, Iterator

from django.db.models import F, Max, Model
from django.db.models.query import QuerySet

from .. import search
from ..documents import decode
from ..models import Derivation, OutdatedObject, Publication, RecordState
from ..search import index
from .check import PROJECTIONS, stray_rows
from .locks import STEP_SIZE, Pace, short_append_lock
from .lookup import all_rows, chunks, delete_rows
from .maintain import last_seq, rewrite_corrections, rewrite_rows
from .past_search import replaced_versions, rewrite_past_entries
from .summaries import SummaryUpdate, rebuild_summaries

SWEEP_SIZE = 10_000  # rows that are looked through at once for strays

Progress = Callable[[int], object]  # called with what was done since the last call


def derive_outdated(*, seconds: float | None = None, progress: Progress = lambda count: None) -> int:
    """Derives anew what waits, step by step, until nothing does or `seconds` are over; at least one step.

    Returns how many objects were derived.
    """
    until = None if seconds is None else time.monotonic() + seconds
    done, after, pace = 0, "", Pace(STEP_SIZE)
    while found := _derive_next(after, pace) or (after and _derive_next("", pace)):
        done, after = done + len(found), found[-1]
        progress(len(found))
        if until is not None and time.monotonic() >= until:
            break
    return done


def _derive_next(after: str, pace: Pace) -> list[str]:
    """One step; the ids that were derived, none where none of those after `after` waits."""
    waiting = OutdatedObject.objects.filter(pk__gt=after).order_by("pk").values_list("pk", flat=True)[: pace.size]
    if not waiting.exists():
        return []
    with short_append_lock(), pace.measure():
        ids = list(waiting.all())
        summaries = SummaryUpdate()
        rewrite_rows(ids, summaries)
        summaries.finish(last_seq())
        delete_rows(OutdatedObject, "public_id", ids)
        _write_progress()
    return ids


def _write_progress(**values: int | None) -> None:
    """Pages may show something else now, though the log ends where it did: `RecordState.rewrites` says so."""
    if values:
        Derivation.objects.update_or_create(pk=1, defaults=values)
    RecordState.objects.update(rewrites=F("rewrites") + 1)


def rebuild_projections(progress: Progress = lambda count: None, *, from_start: bool = False) -> int:
    """Makes every projection anew from the log, object by object; returns how many entries the log had.

    A rebuild that was broken off is continued, unless `from_start`. Readers see old rows and new ones meanwhile, and
    what is published meanwhile is derived as always. `progress` is called with the number of entries since the last
    call.
    """
    reached, until = _open_rebuild(from_start)
    if reached:
        progress(reached)
    pace = Pace(STEP_SIZE)
    while reached < until:
        before, reached = reached, _rebuild_next(until, pace)
        progress(reached - before)
    _remove_strays()
    rebuild_summaries()
    with short_append_lock():
        _write_progress(reached_seq=None, until_seq=None)
    return until


def _open_rebuild(from_start: bool) -> tuple[int, int]:
    """How far the rebuild has come, and where it ends."""
    with short_append_lock():
        state = Derivation.objects.filter(pk=1).first()
        if state and state.reached_seq is not None and state.until_seq is not None and not from_start:
            return state.reached_seq, state.until_seq
        until = Publication.objects.aggregate(last=Max("seq"))["last"] or 0
        _write_progress(reached_seq=0, until_seq=until)
        return 0, until


def _rebuild_next(until: int, pace: Pace) -> int:
    """The next objects, in the order of their first entries; returns up to which entry all are done."""
    with short_append_lock(), pace.measure():
        reached = Derivation.objects.values_list("reached_seq", flat=True).get(pk=1)
        if reached is None:  # another process has come to the end
            return until
        first = Publication.objects.filter(seq__gt=reached, seq__lte=until, version=1).order_by("seq")
        rows = list(first.values_list("seq", "public_id")[: pace.size])
        reached = rows[-1][0] if len(rows) == pace.size else until
        ids = [public_id for _, public_id in rows]
        rewrite_rows(ids, free_addresses=True)
        rewrite_corrections(ids)
        _rewrite_search(ids)
        delete_rows(OutdatedObject, "public_id", ids)
        _write_progress(reached_seq=reached, until_seq=until)
        return reached


def _rewrite_search(ids: Collection[str]) -> None:
    """Takes whatever the index has of these objects out of it, and puts in what stands."""
    for some in chunks(ids):
        rows = list(
            Publication.objects.filter(public_id__in=some)
            .order_by("public_id", "version")
            .values_list("public_id", "kind", "seq")
        )
        kinds = {public_id: kind for public_id, kind, _ in rows if kind != "redirect"}
        search.remove(index.key_of(seq, kinds[public_id]) for public_id, _, seq in rows if public_id in kinds)
        stands = _standing().filter(public_id__in=some).values_list("seq", "document")
        search.replace(gone=[], standing=[(seq, decode(text)) for seq, text in stands if text is not None])
    rewrite_past_entries(ids)


def _standing() -> QuerySet[Publication]:
    return Publication.objects.filter(superseded_by=None).exclude(document=None)


def _remove_strays() -> None:
    """Rows and entries of the index that belong to nothing in the log: looked for without a lock, removed with it."""
    for model in PROJECTIONS:
        for pks in _stray_keys(model):
            with short_append_lock():
                query = stray_rows(model).filter(pk__in=pks)
                query._raw_delete(query.db)
    for table, rows in ((index.TABLE, _standing()), (index.PAST_TABLE, replaced_versions())):
        after = -1
        while entries := search.entries_after(after, STEP_SIZE, table):
            after = entries[-1][0]
            if _strays_among(entries, rows):
                with short_append_lock():
                    search.remove(_strays_among(entries, rows), table)


def _stray_keys(model: type[Model]) -> Iterator[list[int]]:
    """The primary keys of stray rows, a stretch of the table at a time."""
    after = -1
    while pks := list(all_rows(model).filter(pk__gt=after).order_by("pk").values_list("pk", flat=True)[:SWEEP_SIZE]):
        strays = list(stray_rows(model).filter(pk__gt=after, pk__lte=pks[-1]).values_list("pk", flat=True))
        yield from chunks(strays)
        after = pks[-1]


def _strays_among(entries: list[tuple[int, str]], rows: QuerySet[Publication]) -> list[int]:
    """The keys of those entries of the index that belong to none of these rows of the log."""
    rows = rows.filter(public_id__in=[public_id for _, public_id in entries]).exclude(kind="redirect")
    known = {
        (index.key_of(seq, kind), public_id) for seq, kind, public_id in rows.values_list("seq", "kind", "public_id")
    }
    return [key for key, public_id in entries if (key, public_id) not in known]
