"""Taking out of what readers see now, and undoing it. The log keeps every version; the address says that it was
withdrawn, and why. Undone, what readers saw last is public again, if nothing that makes it up was changed meanwhile.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from django.contrib.auth.models import User
from django.db import transaction

from articles.models import TrackedModel
from articles.tracked_changes import Refusal, leave_trace
from record import log
from record.documents import decode, label_of, references_of
from record.models import Publication, Reference

from ..changes.transactions import explain_conflicts
from ..models import Release
from .documents import remove_mentions
from .loading import is_public, kind_of, releases_of
from .plan import Plan, current_documents, plan
from .publication_steps import (
    current_seqs,
    lock_objects,
    note_places,
    public_reason,
    publish,
    refuse_during_adoption,
    refuse_without_permission,
)

_MAX_NAMED = 3  # objects whose names a refusal tells


def withdraw(objects: Iterable[TrackedModel], *, by: User, reason: str) -> list[Publication]:
    """Withdraws `objects`, in one act, for one public `reason`; returns the new log entries.

    Refused while anything public that is not withdrawn with them rests on them. What only mentions them (the relation
    of a claim, the framing of an article, the original of a reprint) gets a new version without the mention. Published
    again later, each goes on with its next version under its old address.
    """
    refuse_without_permission(by)
    refuse_during_adoption()
    reason = public_reason(reason)
    with explain_conflicts(), transaction.atomic():
        chosen = lock_objects(objects)
        releases = releases_of((obj.public_id for obj in chosen), lock=True)
        for obj in chosen:
            if not is_public(releases.get(obj.public_id)):
                raise Refusal(f"“{obj.mention}” is not public, so there is nothing to withdraw.")
        ids = {obj.public_id for obj in chosen}
        mentioning = _documents_without_mentions(add_redirects(ids), ids)
        withdrawals = [log.Withdrawal(kind_of(obj), obj.public_id) for obj in chosen]
        publications = log.append([*mentioning, *withdrawals], reason=reason)
        seqs = current_seqs([*ids, *(document.id for document in mentioning)])
        for obj in chosen:
            release = releases[obj.public_id]
            changes = {"release": [release.state, Release.State.WITHDRAWN.value]}
            _mark_withdrawn(release, seqs[obj.public_id])
            leave_trace(obj, by=by, verb="withdraw", changes=changes, why=reason)
        note_places({document.id: seqs[document.id] for document in mentioning})
        return publications


def erase(obj: TrackedModel, *, by: User, reason: str) -> Publication:
    """Withdraws an object and empties every version of it in the log, for what must not stay public even as history.

    The chain of the log still verifies, and the `reason` stays public. Refused while anything public names it. The
    desk keeps its own copy.
    """
    refuse_without_permission(by)
    refuse_during_adoption()
    reason = public_reason(reason)
    with explain_conflicts(), transaction.atomic():
        (obj,) = lock_objects([obj])
        release = releases_of([obj.public_id], lock=True).get(obj.public_id)
        if release is None or release.record_seq is None:
            raise Refusal(f"“{obj.mention}” was never public, so there is nothing to erase.")
        publication = log.erase(obj.public_id, reason=reason)
        changes = {"release": [release.state, Release.State.WITHDRAWN.value]}
        _mark_withdrawn(release, publication.seq)
        leave_trace(obj, by=by, verb="erase", changes=changes, why=reason)
        return publication


def _mark_withdrawn(release: Release, seq: int) -> None:
    release.state, release.record_seq = Release.State.WITHDRAWN, seq
    release.published_revision = release.published_at = None
    release.save()


def add_redirects(ids: set[str]) -> set[str]:
    """`ids` with everything that was merged into them: documents may still name it by its old identity."""
    found, waiting = set(ids), set(ids)
    while waiting:
        rows = Reference.objects.filter(kind="redirect", target__in=waiting)
        waiting = set(rows.values_list("source", flat=True)) - found
        found |= waiting
    return found


def _documents_without_mentions(named: set[str], withdrawn: set[str]) -> list:
    """New versions of the public documents that only mention what is withdrawn; refuses where any rests on it."""
    sources = Reference.objects.filter(target__in=named).exclude(kind="redirect").exclude(source__in=withdrawn)
    documents = [decode(text) for text in current_documents(sources.values_list("source", flat=True)).values()]
    left = [remove_mentions(document, named) for document in documents]
    resting = [document for document in left if any(target in named for _, target in references_of(document))]
    if resting:
        names = ", ".join(f"“{label_of(document)}”" for document in resting[:_MAX_NAMED])
        more = f" and {len(resting) - _MAX_NAMED} more" if len(resting) > _MAX_NAMED else ""
        what = "1 public document rests" if len(resting) == 1 else f"{len(resting)} public documents rest"
        raise Refusal(f"{what} on this: {names}{more}. Withdraw them together with it, or change them first.")
    return left


@dataclass(frozen=True)
class Restoration:
    """What undoing the withdrawal of a set of objects makes public, and what keeps it from doing so.

    `last` has the canonical text of the last version that readers saw, by public id. `hindrances` are sentences: what
    was never withdrawn, was erased, was changed since, or would become public for the first time.
    """

    plan: Plan
    last: dict[str, str]
    hindrances: list[str]


def restoration(objects: Iterable[TrackedModel], *, by: User | None = None, lock: bool = False) -> Restoration:
    """What `undo_withdrawal` would do with `objects`; changes nothing. `by` and `lock` are those of `plan`."""
    made = plan(objects, by=by, lock=lock)
    chosen = [entry for entry in made.planned_documents if not entry.is_added]
    releases = releases_of(entry.obj.public_id for entry in chosen)
    last = _last_public_versions(entry.obj.public_id for entry in chosen)
    hindrances = [f"“{obj.mention}” is public, so there is no withdrawal to undo." for obj in made.unchanged]
    for entry in chosen:
        release = releases.get(entry.obj.public_id)
        if release is None or release.state != Release.State.WITHDRAWN:
            hindrances.append(f"“{entry.obj}” is not withdrawn, so there is no withdrawal to undo.")
        elif entry.obj.public_id not in last:
            hindrances.append(f"The versions of “{entry.obj}” were erased, so none can be restored.")
        elif last[entry.obj.public_id] != entry.text:
            hindrances.append(f"“{entry.obj}” has changed since readers last saw it.")
    if made.additions:
        names = ", ".join(f"“{entry.obj}”" for entry in made.additions[:_MAX_NAMED])
        more = f" and {len(made.additions) - _MAX_NAMED} more" if len(made.additions) > _MAX_NAMED else ""
        hindrances.append(f"More than you chose would become public: {names}{more}.")
    return Restoration(made, last, hindrances)


def undo_withdrawal(objects: Iterable[TrackedModel], *, by: User, reason: str) -> list[Publication]:
    """Publishes again what readers saw last of `objects`, in one act, for one public `reason`.

    Each goes on with its next version under its old address, and documents that mentioned it mention it again. Refused
    where that is not the very document of the last version: whatever changed has to be looked at and published.
    Refused too for everything for which `publish` is.
    """
    refuse_without_permission(by)
    with explain_conflicts(), transaction.atomic():
        found = restoration(lock_objects(objects), by=by, lock=True)
        if found.hindrances:
            raise Refusal(f"{' '.join(found.hindrances)} Review the changes and publish them instead.")
        return publish(
            [entry.obj for entry in found.plan.planned_documents], by=by, reason=reason, seen=found.plan.revisions
        )


def _last_public_versions(ids: Iterable[str]) -> dict[str, str]:
    """The canonical text of the newest version that was a document, by public id; none where that was erased."""
    rows = Publication.objects.filter(public_id__in=set(ids)).exclude(document=None, erased=False).order_by("version")
    newest = dict(rows.values_list("public_id", "document"))
    return {public_id: text for public_id, text in newest.items() if text is not None}
