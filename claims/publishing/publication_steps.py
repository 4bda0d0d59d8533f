"""Submit, send back, approve and publish: draft → in review → published, or sent back and submitted again."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime

from django.contrib.auth.models import User
from django.db import DEFAULT_DB_ALIAS, connections, transaction
from django.utils import timezone

from articles.models import TrackedModel
from articles.tracked_changes import Refusal, leave_trace
from record.documents import encode
from record.log import append
from record.models import Publication
from record.projections.locks import FIRST_STEP, act_in_steps
from record.queries.querysets import PUBLIC_ALIAS

from ..changes import cleaning
from ..changes.comments_and_notices import comment_on, notify
from ..changes.transactions import explain_conflicts
from ..models import Actor, Adoption, Claim, Notice, Release
from ..privacy.redactor import Redactor
from .documents import document_of
from .gates import Complaint, erase_revealing_versions, may_publish
from .loading import is_public, keys_by_model, kind_of, load_objects, releases_of
from .plan import Plan, current_documents, plan
from .two_person_rule import record_approvals

_MAX_SENTENCES = 5  # refusals that the sentence of one act tells; `refusals` has them all


class PublicationRefused(Refusal):
    """A set that cannot be published. `refusals` has a `Complaint` for every breach."""

    def __init__(self, refusals: list[Complaint]) -> None:
        sentences = list(dict.fromkeys(complaint.sentence for complaint in refusals))
        more = f" And {len(sentences) - _MAX_SENTENCES} more." if len(sentences) > _MAX_SENTENCES else ""
        super().__init__(" ".join(sentences[:_MAX_SENTENCES]) + more, field=refusals[0].field)
        self.refusals = refusals


def submit(objects: Iterable[TrackedModel], *, by: User, note: str = "") -> list[Release]:
    """Puts `objects` before a reviewer. What readers see of them stays as it is until a reviewer has published them.

    Refused for what was merged away unpublished, and for what readers see just so, in the revision that was published.
    In review already, it stays there with the new note.
    """
    note = cleaning.long_text(note, "note")
    with explain_conflicts(), transaction.atomic():
        chosen = lock_objects(objects)
        releases = releases_of((obj.public_id for obj in chosen), lock=True)
        refusals = list(_submission_complaints(chosen, releases))
        if refusals:
            raise PublicationRefused(refusals)
        return [_submit_object(obj, releases.get(obj.public_id), by, note) for obj in chosen]


def _submission_complaints(chosen: list[TrackedModel], releases: dict[str, Release]) -> Iterator[Complaint]:
    current_texts = current_documents(releases)
    withheld = Redactor.load()
    for obj in chosen:
        release = releases.get(obj.public_id)
        if isinstance(obj, Actor | Claim) and obj.merged_into_id and not is_public(release):
            yield Complaint(obj, f"“{obj.mention}” was merged into “{obj.merged_into}”: submit that one.")
        elif (
            release
            and release.state == Release.State.PUBLISHED
            and release.published_revision == obj.revision
            # The revision may be the same and the document not: a passage was moved to a fuller capture.
            and encode(document_of(obj, withheld=withheld)) == current_texts.get(obj.public_id)
        ):
            yield Complaint(obj, f"Readers see “{obj.mention}” as it is: there is no change to review.")


def _submit_object(obj: TrackedModel, release: Release | None, by: User, note: str) -> Release:
    release = release or Release(kind=kind_of(obj), public_id=obj.public_id)
    before = release.state if release.pk else ""
    if before == Release.State.IN_REVIEW and (not note or note == release.note):
        return release
    release.label = str(obj)[:300]
    release.state, release.note = Release.State.IN_REVIEW, note
    release.submitted_by, release.submitted_at = by, timezone.now()
    release.save()
    leave_trace(obj, by=by, verb="submit", changes={"release": [before, release.state]}, why=note)
    return release


def send_back(objects: Iterable[TrackedModel], *, by: User, note: str, field: str = "") -> list[Release]:
    """Gives `objects` back to their editors, with a word on what to change, and in which `field` if it is in one.

    Only what is in review can be sent back. Whoever submitted it is told.
    """
    refuse_without_permission(by)
    note = cleaning.long_text(note, "note")
    if not note:
        raise Refusal("Say why you are sending it back, so that the editor knows what to change.", field="note")
    with explain_conflicts(), transaction.atomic():
        chosen = lock_objects(objects)
        releases = releases_of((obj.public_id for obj in chosen), lock=True)
        for obj in chosen:
            release = releases.get(obj.public_id)
            if release is None or release.state != Release.State.IN_REVIEW:
                raise Refusal(f"“{obj.mention}” is not in review, so it cannot be sent back.")
        for obj in chosen:
            release = releases[obj.public_id]
            release.state, release.note = Release.State.SENT_BACK, note
            release.save()
            changes = {"release": [Release.State.IN_REVIEW.value, release.state.value]}
            leave_trace(obj, by=by, verb="send back", changes=changes, why=note)
            if field:
                comment_on(obj, note, by=by, field=field)
            notify([release.submitted_by] if release.submitted_by else [], Notice.Reason.SENT_BACK, obj, by=by)
        return [releases[obj.public_id] for obj in chosen]


def publish(
    objects: Iterable[TrackedModel], *, by: User, reason: str, seen: Mapping[str, int] | None = None
) -> list[Publication]:
    """Publishes `objects` with all that they need, for one public `reason`; returns the new log entries.

    What readers see just so already is left out; if that is all of it, the list is empty. `seen` is `Plan.revisions` of
    the plan that the reviewer has looked at: if anything else would become public by now, nothing does. Raises
    `PublicationRefused` with every breach of a rule, `Refusal` without permission or reason.

    Few objects are published in one transaction. Many are checked together, then published in short transactions, so
    that others can save meanwhile: what somebody changes in that time is refused, and what was published before stays.
    """
    refuse_without_permission(by)
    refuse_during_adoption()
    reason = public_reason(reason)
    objects = list(objects)
    if len(objects) <= FIRST_STEP:
        return _publish_at_once(objects, by, reason, lambda made: refuse_changed_plan(made, seen))
    whole = plan(objects, by=by)
    refuse_changed_plan(whole, seen)
    if whole.refusals:
        raise PublicationRefused(whole.refusals)
    return _publish_in_steps(whole, by, reason)


def _publish_in_steps(whole: Plan, by: User, reason: str) -> list[Publication]:
    publications: list[Publication] = []

    def refuse_other_changes(made: Plan) -> None:
        refuse_changed_plan(made, {public_id: whole.revisions.get(public_id, 0) for public_id in made.revisions})

    def publish_some(some: Sequence[TrackedModel]) -> None:
        publications.extend(_publish_at_once(some, by, reason, refuse_other_changes))

    try:
        act_in_steps([*(entry.obj for entry in whole.planned_documents), *whole.unchanged], publish_some)
    except Refusal as refusal:
        if not publications:
            raise
        told = f"{len(publications)} documents were published, the others were not. {refusal.sentence}"
        raise Refusal(told, field=refusal.field) from refusal
    return publications


def _publish_at_once(
    objects: Iterable[TrackedModel], by: User, reason: str, check: Callable[[Plan], None]
) -> list[Publication]:
    """Publishes `objects` in one transaction, if `check` does not refuse what would become public."""
    with explain_conflicts(), transaction.atomic():
        made = plan(objects, by=by, lock=True)
        check(made)
        if made.refusals:
            raise PublicationRefused(made.refusals)
        now = timezone.now()
        publications = append(made.documents, reason=reason, at=now)
        erase_revealing_versions(made)
        _mark_published(made, by, reason, now)
        record_approvals(made, by=by)
        return publications


def refuse_without_permission(by: User | None) -> None:
    if not may_publish(by):
        raise Refusal(f"{by} may not publish, send back or withdraw: only reviewers may.")


def refuse_during_adoption() -> None:
    """What is published of a desk that is half filled from a record would lack what has not come yet."""
    if Adoption.objects.filter(finished_at=None).exists():
        raise Refusal("This desk is still being filled from a record: publish and withdraw once that is done.")


def public_reason(reason: str) -> str:
    reason = cleaning.long_text(reason, "reason")
    if not reason:
        raise Refusal("Give a reason. Readers will see it.", field="reason")
    if label := Redactor.load().label_in(reason):
        raise Refusal(f"The reason is public but reveals a withheld name (that of “{label}”).", field="reason")
    return reason


def refuse_changed_plan(made: Plan, seen: Mapping[str, int] | None) -> None:
    if seen is not None and dict(seen) != made.revisions:
        raise Refusal(
            "What would become public has changed since you opened this page: "
            f"{_describe_difference(made, seen)} Check it again before you decide."
        )


def _describe_difference(made: Plan, seen: Mapping[str, int]) -> str:
    changed = [entry.obj for entry in made.planned_documents if seen.get(entry.obj.public_id) != entry.obj.revision]
    if changed:
        return " ".join(f"“{obj.mention}” is at revision {obj.revision}." for obj in changed[:_MAX_SENTENCES])
    return "some of it is already public."


def _mark_published(made: Plan, by: User, reason: str, now: datetime) -> None:
    """Notes for each object what readers see of it from now on."""
    objects = [*(entry.obj for entry in made.planned_documents), *made.unchanged]
    seqs = current_seqs([obj.public_id for obj in objects] + [entry.obj.public_id for entry in made.neighbours])
    for obj in objects:
        release = made.releases.get(obj.public_id) or Release(kind=kind_of(obj), public_id=obj.public_id)
        before = release.state if release.pk else ""
        release.label = str(obj)[:300]
        release.state, release.note = Release.State.PUBLISHED, ""
        release.published_revision, release.published_at = obj.revision, now
        news = release.record_seq != seqs[obj.public_id]
        release.record_seq = seqs[obj.public_id]
        release.save()
        if news:
            changes = {"release": [before, release.state.value]}
            leave_trace(obj, by=by, verb="publish", changes=changes, why=reason)
    note_places({entry.obj.public_id: seqs[entry.obj.public_id] for entry in made.neighbours})


def note_places(seqs: dict[str, int]) -> None:
    """Notes for each object, by public id, its new place in the log, and changes nothing else of it."""
    for public_id, seq in seqs.items():
        Release.objects.filter(public_id=public_id).update(record_seq=seq)


def current_seqs(ids: Iterable[str]) -> dict[str, int]:
    """The place in the log of what stands under each of these ids."""
    rows = Publication.objects.filter(public_id__in=set(ids), superseded_by=None)
    return dict(rows.values_list("public_id", "seq"))


def lock_objects(objects: Iterable[TrackedModel]) -> list[TrackedModel]:
    """The objects as they stand now, locked."""
    return [obj for model, keys in keys_by_model(objects).items() for obj in load_objects(model, keys, lock=True)]


def approve(
    objects: Iterable[TrackedModel], *, by: User, note: str = "", seen: Mapping[str, int] | None = None
) -> list[TrackedModel]:
    """Approves what others have changed in the documents that publishing `objects` would make; returns their objects.

    Readers see nothing of it. Whoever made these changes may then publish them; what `by` has changed waits for
    somebody else as before, and so does every later change. `seen` is `Plan.revisions` of the plan that was looked at.
    Refused without permission, and where nobody else has changed anything that was not approved.
    """
    refuse_without_permission(by)
    note = cleaning.long_text(note, "note")
    with explain_conflicts(), transaction.atomic():
        made = plan(objects, lock=True)
        refuse_changed_plan(made, seen)
        if not record_approvals(made, by=by):
            raise Refusal("Nothing here needs your approval: nobody else has made unapproved changes.")
        approved = [entry.obj for entry in made.planned_documents]
        for obj in approved:
            leave_trace(obj, by=by, verb="approve", changes={}, why=note)
        return approved


REHEARSAL_REASON = "A look at what would become public."  # in a log that is rolled back


@contextmanager
def rehearse_publication(objects: Iterable[TrackedModel]) -> Iterator[Plan]:
    """Inside the block the pages of the record show `objects` as public, to this thread alone; afterwards nothing was.

    The documents are appended to the log, the pages' alias reads on the connection that has written, and all of it is
    rolled back, whatever happens in the block. Meanwhile nobody else can write on SQLite, nor publish on PostgreSQL.
    Raises `PublicationRefused` with every breach of a rule; who may publish does not matter here.
    """
    with explain_conflicts(), transaction.atomic():
        made = plan(objects)
        if made.refusals:
            raise PublicationRefused(made.refusals)
        append(made.documents, reason=REHEARSAL_REASON)
        own = connections[PUBLIC_ALIAS]
        connections[PUBLIC_ALIAS] = connections[DEFAULT_DB_ALIAS]
        try:
            yield made
        finally:
            connections[PUBLIC_ALIAS] = own
            transaction.set_rollback(True)
