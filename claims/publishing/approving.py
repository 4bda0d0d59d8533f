"""A second person looks at what others have changed, and says so, before anybody publishes it."""

from collections.abc import Iterable, Mapping

from django.db import transaction

from articles.models import Tracked
from articles.trace import Refused, leave_trace

from ..changes import reading
from ..changes.frame import clashes_told
from .planning import plan
from .releases import refuse_other_than_seen, refuse_without_permission
from .second_person import record_approvals


def approve(objects: Iterable[Tracked], *, by, note: str = "", seen: Mapping[str, int] | None = None) -> list[Tracked]:
    """Approves what others have changed in the documents that publishing `objects` would make; returns their objects.

    Readers see nothing of it. Whoever made these changes may then publish them; what `by` has changed waits for
    somebody else as before, and so does every later change. `seen` is `Plan.seen` of the plan that was looked at.
    Refused without permission, and where nobody else has changed anything that was not approved.
    """
    refuse_without_permission(by)
    note = reading.words(note, "note")
    with clashes_told(), transaction.atomic():
        made = plan(objects, lock=True)
        refuse_other_than_seen(made, seen)
        if not record_approvals(made, by=by):
            raise Refused("Nobody but you has changed anything here that was not approved: there is nothing to do.")
        approved = [one.obj for one in made.becoming]
        for obj in approved:
            leave_trace(obj, by=by, verb="approve", changes={}, why=note)
        return approved
