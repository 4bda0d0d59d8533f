"""What is left of a merge of something hot, and of undoing it: some hundreds of rows in one transaction.

Every write of the desk goes on with it for a moment once it is committed; `manage.py finish_merges` does all of it.
Until then what has not been moved leads on to what was kept, as every reference to what was merged away does.
"""

import time
from collections.abc import Callable

from django.db import transaction

from record.projections.locks import short_transaction

from ..models import Actor, Claim, Merge, MergeStep
from .moves import OWNER_GETTERS, Moves, merge_pace, move_next, move_rows_back, raise_revisions, unfinished_merges

SECONDS_FOR_MERGES = 1.0  # that a write of the desk spends on it, once it is committed
MODELS: dict[str, type[Actor | Claim]] = {"actor": Actor, "claim": Claim}


def continue_merges(*, seconds: float | None = None, progress: Callable[[int], object] = lambda count: None) -> int:
    """Moves what merges have left, oldest first, until nothing is or `seconds` are over; at least one step.

    Returns how many statements and articles were changed; `progress` is called with how many were since the last call.
    """
    until = None if seconds is None else time.monotonic() + seconds
    done, pace = 0, merge_pace()
    while merge := unfinished_merges().values_list("pk", flat=True).first():
        with short_transaction(), pace.measure():
            count = _take_step(merge, pace.size)
        progress(count)
        done += count
        if until is not None and time.monotonic() >= until:
            break
    return done


def continue_merges_after_commit() -> None:
    """For the verbs: lets this write go on with what merges have left, when it is committed."""
    transaction.on_commit(lambda: continue_merges(seconds=SECONDS_FOR_MERGES), robust=True)


def _take_step(key: int, limit: int) -> int:
    merge = Merge.objects.select_for_update(of=("self",)).select_related("trace__by", "undone_by").get(pk=key)
    if not merge.unfinished:  # another process has come to the end
        return 0
    model = MODELS[merge.kind]
    both = {row.public_id: row for row in model._base_manager.filter(public_id__in=[merge.gone, merge.kept])}
    gone, kept = both[merge.gone], both[merge.kept]
    moves = _move_on(merge, gone, kept, limit) if merge.undone_at is None else _move_back(merge, gone, kept)
    moves.owners.get(type(gone), set()).difference_update({gone.pk, kept.pk})
    verb, by, why, order = "merge", merge.trace.by, merge.trace.why, [gone, kept]
    if merge.undone_at is not None:
        verb, by, why, order = "undo merge", merge.undone_by, "", [kept, gone]
    raise_revisions(moves.owners, by=by, verb=verb, changes={merge.kind: [str(obj) for obj in order]}, why=why)
    merge.save(update_fields=["unfinished"])
    return sum(map(len, moves.owners.values()))


def _move_on(merge: Merge, gone: Actor | Claim, kept: Actor | Claim, limit: int) -> Moves:
    moves = Moves()
    merge.unfinished = move_next(moves, gone, kept, limit)
    MergeStep.objects.create(merge=merge, moved=moves.as_json())
    return moves


def _move_back(merge: Merge, gone: Actor | Claim, kept: Actor | Claim) -> Moves:
    step = merge.steps.order_by("pk").last()
    if step is None:
        merge.unfinished = False
        return Moves()
    moves = move_rows_back(step.moved, gone=gone, kept=kept, owned_by=OWNER_GETTERS)
    step.delete()
    merge.unfinished = merge.steps.exists()
    return moves
