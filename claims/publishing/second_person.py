"""The second person: whoever publishes a document has not made, alone, any change that it rests on.

A document rests on its object and on what it is made of: the passages of a statement and the captured texts in which
they stand, what was merged into an actor or a claim, the captures of an article. Each change leaves a trace with its
author. Somebody else who publishes a document, or approves it, has looked at all changes that it shows: each of them
then has an `Approval`, and is never in the way again. docs/decisions/second-person.md has the reasons.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.contrib.auth import get_user_model
from django.utils.formats import date_format
from django.utils.timezone import localtime

from articles.models import Trace, Tracked

from ..models import Approval
from .gates import PUBLISH, Complaint
from .grounds import Ground, grounds_of
from .loading import kind_of

# Acts that change no word of a document. What was adopted is what readers see; an erasure only takes out.
NO_CHANGE = (
    "submit",
    "send back",
    "publish",
    "approve",
    "confirm",
    "withdraw",
    "erase",
    "erase the name",
    "assign",
    "adopt",
)
AT_ONCE = 20_000  # identities in one query: SQLite takes some thirty thousand values

# What somebody has done, by verb, with the object named after it; any other verb has changed it.
DEEDS = {
    ("article", "take in"): "took in the text of",
    ("article", "frame"): "said how a claim is treated in",
    ("passage", "quote"): "marked the passage",
    ("passage", "re-anchor"): "moved to a newer text the passage",
    ("passage", "reword"): "gave other words to the passage",
    ("actor", "merge"): "merged into another the actor",
    ("claim", "merge"): "merged into another the claim",
}


@dataclass(frozen=True)
class Change:
    """A change that nobody but its author has looked at, and the ground on which a document shows it."""

    trace: int
    by: int
    kind: str
    verb: str
    at: datetime
    ground: Ground


def complaints(plan, by) -> Iterator[Complaint]:
    """A sentence for each change of `by` that a document of the plan rests on and nobody else has looked at."""
    if not settings.SECOND_PERSON:
        return
    for change in unapproved(plan, by=by):
        ground = change.ground
        kind = kind_of(ground.obj)
        deed = DEEDS.get((kind, change.verb)) or f"{'added' if change.verb == 'add' else 'changed'} the {kind}"
        resting = "" if ground.obj == ground.shown_by else f", on which “{ground.shown_by}” rests,"
        day = date_format(localtime(change.at), "j F Y")
        yield Complaint(
            ground.shown_by,
            f"You {deed} “{ground.obj}”{resting} on {day}: a second person has to publish it.",
        )


def unapproved(plan, *, by=None, but=None) -> list[Change]:
    """The changes that documents of the plan show and nobody but their authors has looked at; three queries.

    Only those of `by`, or all but those of `but`. Each is there once, on the ground that comes first.
    """
    grounds = defaultdict(list)
    for ground in grounds_of(plan):
        grounds[ground.obj.public_id].append(ground)
    confirmations = _confirmations(grounds)
    found = []
    for trace in _traces_without_approval(grounds, by=by, but=but):
        showing = (one for one in grounds[trace.public_id] if one.shows(trace, confirmations))
        if (ground := next(showing, None)) is not None:
            found.append(Change(trace.pk, trace.by_id, trace.kind, trace.verb, trace.at, ground))
    return found


def record_approvals(plan, *, by) -> int:
    """Notes that `by` has looked at what others changed in the documents of the plan; returns at how many changes.

    At a desk of one it is noted of one's own changes too: they are in nobody's way once a second person comes.
    """
    grounds = defaultdict(list)
    for ground in grounds_of(plan):
        grounds[ground.obj.public_id].append(ground)
    own = None if not settings.SECOND_PERSON else by
    seen = [
        trace.pk
        for trace in _traces_without_approval(grounds, but=own)
        if any(ground.approves(trace) for ground in grounds[trace.public_id])
    ]
    Approval.objects.bulk_create(
        [Approval(trace_id=key, by=by) for key in seen], ignore_conflicts=True, batch_size=AT_ONCE
    )
    return len(seen)


def has_unapproved(obj: Tracked, *, by, fields: Iterable[str]) -> bool:
    """Whether `by` has changed one of these fields of `obj`, and nobody else has looked at it."""
    if not settings.SECOND_PERSON:
        return False
    traces = _traces_without_approval([obj.public_id], by=by)
    return any(trace.changes.keys() & set(fields) for trace in traces)


def others_who_could(plan, *, but) -> tuple[list, bool]:
    """The reviewers who could publish the plan in place of `but`; where each has a part in it, those who could approve.

    The second value says whether they could publish it at once.
    """
    users = get_user_model().objects.with_perm(PUBLISH, backend="django.contrib.auth.backends.ModelBackend")
    reviewers = [user for user in users.filter(is_staff=True).order_by("username") if user.pk != but.pk]
    authors = {change.by for change in unapproved(plan, but=but)}
    free = [user for user in reviewers if user.pk not in authors]
    return free or reviewers, bool(free)


def _traces_without_approval(ids: Iterable[str], *, by=None, but=None) -> Iterator[Trace]:
    ids = sorted(ids)
    for start in range(0, len(ids), AT_ONCE):
        traces = Trace.objects.filter(public_id__in=ids[start : start + AT_ONCE], approval=None, by__isnull=False)
        traces = traces.exclude(verb__in=NO_CHANGE).order_by("id")
        if by is not None:
            traces = traces.filter(by=by)
        if but is not None:
            traces = traces.exclude(by=but)
        yield from traces


def _confirmations(grounds: dict[str, list[Ground]]) -> dict[str, list[tuple[int, int]]]:
    """Who has confirmed the place of each passage, and at which revision of it."""
    passages = sorted(key for key, showing in grounds.items() if kind_of(showing[0].obj) == "passage")
    found = defaultdict(list)
    for start in range(0, len(passages), AT_ONCE):
        rows = Trace.objects.filter(public_id__in=passages[start : start + AT_ONCE], verb="confirm").order_by()
        for public_id, revision, by in rows.values_list("public_id", "revision", "by_id"):
            found[public_id].append((revision, by))
    return found
