"""Passages that were moved to another text of their article: what they were, and the acts that settle them.

Each act takes its author as `by=`, is one transaction, refuses in a sentence (`Refused`) and leaves a trace.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction

from . import trace
from .changes import passage_values
from .models import Capture, Passage, Trace
from .text import Span, span
from .trace import Refused

MOST = 200  # passages confirmed in one act
_MOVES = ("re-anchor", "reword")


@dataclass(frozen=True)
class Origin:
    """Where a passage stood before it was moved, and the words there."""

    capture: Capture
    start: int
    end: int

    @property
    def exact(self) -> str:
        return self.capture.text[self.start : self.end]


def origin_of(passage: Passage) -> Origin | None:
    """Where a moved passage stood when a person last vouched for it, by its traces; None for one that was not moved."""
    if passage.moved_from_id is None:
        return None
    values = {"capture": passage.capture_id, "start": passage.start, "end": passage.end}
    for act in Trace.objects.filter(public_id=passage.public_id).order_by("-id"):
        if act.verb not in _MOVES or values["capture"] == passage.moved_from_id:
            break
        values |= {name: act.changes[name][0] for name in values if name in act.changes}
    if values["capture"] != passage.moved_from_id:
        return None
    return Origin(passage.moved_from, values["start"], values["end"])


def confirm_passages(passages: Sequence[tuple[Passage, int]], *, by, why: str = "") -> list[Passage]:
    """Says of each passage, seen at a revision, that what was moved stands where it was moved to. All or nothing."""
    if not passages:
        raise Refused("Choose at least one passage to confirm.")
    if len(passages) > MOST:
        raise Refused(f"{len(passages)} passages are more than go in one act: {MOST} are the most.")
    confirmed = []
    with transaction.atomic():
        for passage, seen in passages:
            with trace.changing(passage, {"moved_from": None}, by=by, verb="confirm", seen=seen, why=why) as change:
                if passage.moved_from_id is None:
                    raise Refused(f"“{passage}” has nothing to confirm: it was not moved, or is confirmed already.")
            confirmed.append(change.obj)
    return confirmed


def put_back(passage: Passage, *, by, seen: int, why: str = "") -> Passage:
    """Moves a passage back to the older text from which it was moved, where its words are still true."""
    origin = origin_of(passage)
    if origin is None:
        raise Refused(f"“{passage}” was not moved, or it is no longer known from where.")
    place: Span = span(origin.capture.text, origin.start, origin.end)
    values = {"moved_from": None, **passage_values(origin.capture, place)}
    with trace.changing(passage, values, by=by, verb="put back", seen=seen, why=why) as change:
        pass
    return change.obj
