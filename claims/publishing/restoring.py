"""Undoing a withdrawal: what readers saw last is public again, if nothing that makes it up was changed meanwhile."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db import transaction

from articles.models import Tracked
from articles.trace import Refused
from record.models import Publication

from ..changes.frame import clashes_told
from ..models import Release
from .loading import releases_of
from .planning import Plan, plan
from .releases import chosen_now, publish, refuse_without_permission

_NAMED = 3  # objects whose names a refusal tells


@dataclass(frozen=True)
class Restoration:
    """What undoing the withdrawal of a set of objects makes public, and what keeps it from doing so.

    `last` has the canonical text of the last version that readers saw, by public id. `hindrances` are sentences: what
    was never withdrawn, was erased, was changed since, or would become public for the first time.
    """

    plan: Plan
    last: dict[str, str]
    hindrances: list[str]


def restoration(objects: Iterable[Tracked], *, by=None, lock: bool = False) -> Restoration:
    """What `undo_withdrawal` would do with `objects`; changes nothing. `by` and `lock` are those of `plan`."""
    made = plan(objects, by=by, lock=lock)
    chosen = [one for one in made.becoming if not one.added]
    releases = releases_of(one.obj.public_id for one in chosen)
    last = _last_seen(one.obj.public_id for one in chosen)
    hindrances = [f"“{obj}” is public: there is no withdrawal to undo." for obj in made.unchanged]
    for one in chosen:
        release = releases.get(one.obj.public_id)
        if release is None or release.state != Release.State.WITHDRAWN:
            hindrances.append(f"“{one.obj}” is not withdrawn: there is no withdrawal to undo.")
        elif one.obj.public_id not in last:
            hindrances.append(f"The versions of “{one.obj}” were erased: there is nothing to go back to.")
        elif last[one.obj.public_id] != one.text:
            hindrances.append(f"“{one.obj}” was changed since readers saw it last.")
    if made.added:
        told = ", ".join(f"“{one.obj}”" for one in made.added[:_NAMED])
        more = f" and {len(made.added) - _NAMED} more" if len(made.added) > _NAMED else ""
        hindrances.append(f"More than what was chosen would become public: {told}{more}.")
    return Restoration(made, last, hindrances)


def undo_withdrawal(objects: Iterable[Tracked], *, by, reason: str) -> list[Publication]:
    """Publishes again what readers saw last of `objects`, in one act, for one public `reason`.

    Each goes on with its next version under its old address, and documents that mentioned it mention it again. Refused
    where that is not the very document of the last version: whatever changed has to be looked at and published.
    Refused too for everything for which `publish` is.
    """
    refuse_without_permission(by)
    with clashes_told(), transaction.atomic():
        found = restoration(chosen_now(objects), by=by, lock=True)
        if found.hindrances:
            raise Refused(f"{' '.join(found.hindrances)} Look at the plan, and publish what it shows.")
        return publish([one.obj for one in found.plan.becoming], by=by, reason=reason, seen=found.plan.seen)


def _last_seen(ids: Iterable[str]) -> dict[str, str]:
    """The canonical text of the newest version that was a document, by public id; none where that was erased."""
    rows = Publication.objects.filter(public_id__in=set(ids)).exclude(document=None, erased=False).order_by("version")
    newest = dict(rows.values_list("public_id", "document"))
    return {public_id: text for public_id, text in newest.items() if text is not None}
