"""Throwing away what was made by mistake, and putting it back: whatever nothing rests on, for thirty days.

The rows leave their tables and lie in one of `DiscardedObject`, so that no list, picker, suggestion or search has to
leave them out. What the database itself makes of them anew (terms, shingles, tallies) is not kept.
"""

import json
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import Any, TypeAlias

from django.contrib.admin.utils import NestedObjects
from django.contrib.auth.models import User
from django.core import serializers
from django.core.serializers.json import DjangoJSONEncoder
from django.db import DEFAULT_DB_ALIAS, IntegrityError, models, transaction
from django.utils import timezone

from articles.desk_index import index_objects, remove_objects
from articles.ingest import index_capture
from articles.models import Article, Attachment, Capture, DiscardedObject, Outlet, Passage, Shingle, Trace, TrackedModel
from articles.models.discarded import KEPT_DAYS
from articles.originals import discard_original
from articles.tracked_changes import Refusal, leave_trace, values_of

from ..models import (
    Actor,
    Appearance,
    Assignment,
    Claim,
    ClaimTerm,
    Presence,
    ProposalDecision,
    ProposalTally,
    Question,
    Release,
    Statement,
    Topic,
)
from ..suggestions.claim_index import write_terms
from .transactions import explain_conflicts

Discardable: TypeAlias = Statement | Claim | Actor | Question | Topic | Outlet | Article | Capture
DISCARDABLE: tuple[type[models.Model], ...] = (Statement, Claim, Actor, Question, Topic, Outlet, Article, Capture)
DERIVED = (Shingle, ClaimTerm, ProposalTally, Presence)
MOST_NAMED = 5  # of what rests on it
TOGETHER = timedelta(seconds=5)  # what was made for a statement was made that shortly before it
MAX_TOGETHER = 40  # acts that are looked through for it


class ExactEncoder(DjangoJSONEncoder):
    """Django's, that keeps times to the microsecond."""

    def default(self, value: Any) -> Any:
        return value.isoformat() if isinstance(value, datetime) else super().default(value)


def discard(obj: Discardable, *, by: User, why: str = "", verb: str = "discard") -> DiscardedObject:
    """Takes an object and all that is its own out of the desk, for thirty days.

    Refused for what was ever public, is being reviewed, or has something resting on it, which is named. A statement
    takes the marked words with it that nothing else uses, and the actor, claims and question that were made for it.
    """
    with explain_conflicts(), transaction.atomic():
        fresh = type(obj)._base_manager.select_for_update().filter(pk=obj.pk).first()
        if fresh is None:
            raise Refusal(f"“{mention_of(obj)}” no longer exists.")
        label = str(fresh)[:300]  # read now: what it is named after may go with it
        _refuse_public(fresh)
        made = _made_for(fresh) if isinstance(fresh, Statement) else []
        rows = [row for group in _groups_of(fresh) for row in _take_out(group, of=fresh)]
        rows += _take_out_made(made, by=by)
        if isinstance(fresh, Statement):
            _decide_again(fresh.public_id, ProposalDecision.Kind.REOPENED, by=by)
        owner = fresh.article if isinstance(fresh, Capture) else fresh
        stood = [value for value in values_of(fresh).items() if value[1] not in ("", None, [])]
        changes = {"capture": [fresh.sha256, None]} if isinstance(fresh, Capture) else {k: [v, None] for k, v in stood}
        leave_trace(owner, by=by, verb=verb, changes=changes, why=why)
        kept = DiscardedObject.objects.create(
            kind=fresh._meta.model_name or "",
            public_id=owner.public_id,
            label=label,
            rows=json.loads(serializers.serialize("json", rows, cls=ExactEncoder)),
            by=by,
        )
        kept.originals.set({row.original_id for row in rows if isinstance(row, Capture) and row.original_id})
    return kept


def restore(discarded: DiscardedObject, *, by: User) -> Discardable:
    """Puts back what was discarded; returns it. Refused where what it rested on is gone, or its place is taken."""
    with explain_conflicts(), transaction.atomic():
        kept = DiscardedObject.objects.select_for_update().filter(pk=discarded.pk).first()
        if kept is None:
            raise Refusal(f"“{discarded}” is not among what was discarded any more.")
        rows: list[Any] = [row.object for row in serializers.deserialize("python", kept.rows, ignorenonexistent=True)]
        _refuse_missing_ground(kept, rows)
        try:
            with transaction.atomic():
                for row in rows:
                    row.save_base(raw=True, force_insert=True)
        except IntegrityError:
            raise Refusal(
                f"“{kept}” cannot be restored: something else has its address, name or words by now."
            ) from None
        index_objects(rows)
        write_terms([row for row in rows if isinstance(row, Claim)])
        for row in rows:
            if isinstance(row, Capture):
                index_capture(row)
        found: Discardable = next(row for row in rows if _is_subject(row, kept))
        if isinstance(found, Statement):
            _decide_again(found.public_id, ProposalDecision.Kind.ACCEPTED, by=by)
        changes = {"capture": [None, found.sha256]} if isinstance(found, Capture) else {}
        leave_trace(found.article if isinstance(found, Capture) else found, by=by, verb="restore", changes=changes)
        kept.delete()
    return found


def delete_expired() -> int:
    """Deletes for good what was discarded more than thirty days ago, with the bytes that nothing else rests on."""
    expired = DiscardedObject.objects.filter(at__lt=timezone.now() - timedelta(days=KEPT_DAYS)).order_by("pk")
    count = 0
    for kept in expired.prefetch_related("originals").iterator(100):
        with transaction.atomic():
            originals = list(kept.originals.all())
            kept.delete()
            for original in originals:
                discard_original(original)
        count += 1
    return count


def _refuse_public(obj: TrackedModel | Capture) -> None:
    if isinstance(obj, Capture):
        return
    release = Release.objects.filter(public_id=obj.public_id).first()
    if release and release.record_seq is not None:
        raise Refusal(f"“{obj.mention}” has been published: withdraw it instead.")
    if release and release.state == Release.State.IN_REVIEW:
        raise Refusal(f"“{obj.mention}” is being reviewed: it has to be sent back first.")
    if isinstance(obj, Actor | Claim) and obj.merged_into_id:
        raise Refusal(f"“{obj.mention}” was merged into “{obj.merged_into}”: undo the merge first.")


def _groups_of(obj: Discardable) -> list[list[models.Model]]:
    """What goes, in the order in which it can: nothing in a group rests on another of it."""
    if isinstance(obj, Capture):
        return [list(obj.passages.filter(appearances=None)), [obj]]
    if isinstance(obj, Article):
        captures = list(obj.captures.all())
        marked = Passage.objects.filter(capture__in=captures, appearances=None)
        return [list(marked), [*captures], [*_desk_rows(obj), obj]]
    if isinstance(obj, Statement):
        printed = list(Passage.objects.filter(appearances__statement=obj).distinct())
        shared = set(
            Passage.objects.filter(pk__in=[row.pk for row in printed])
            .filter(appearances__in=_other_appearances(obj))
            .values_list("pk", flat=True)
        )
        return [[*_desk_rows(obj), obj], [row for row in printed if row.pk not in shared]]
    return [[*_desk_rows(obj), obj]]


def _other_appearances(statement: Statement) -> models.QuerySet[Appearance]:
    return Appearance.objects.exclude(statement=statement).filter(passage__appearances__statement=statement)


def _desk_rows(obj: TrackedModel) -> list[models.Model]:
    """What the desk keeps of an object by its public identity."""
    found: list[models.Model] = []
    for model in (Release, Assignment):
        found += model._base_manager.filter(public_id=obj.public_id)
    return found


def _take_out(group: Sequence[models.Model], *, of: models.Model) -> list[models.Model]:
    """Deletes a group with what is its own; returns the rows that are kept. Refused where something rests on it."""
    for model in DERIVED:
        for owner in {type(row) for row in group}:
            pointers = [field.name for field in model._meta.concrete_fields if field.related_model is owner]
            for name in pointers:
                model._base_manager.filter(**{f"{name}__in": [row for row in group if type(row) is owner]}).delete()
    collector = NestedObjects(using=DEFAULT_DB_ALIAS)
    collector.collect(list(group))
    if collector.protected:
        raise Refusal(f"“{mention_of(of)}” cannot be discarded: {_name_all(collector.protected)}.")
    rows = [row for found in collector.data.values() for row in found]
    remove_objects(rows)
    for row in group:
        type(row)._base_manager.filter(pk=row.pk).delete()
    return rows


def mention_of(obj: models.Model) -> str:
    """What a sentence calls any object, a saved text too, within quotation marks."""
    return obj.mention if isinstance(obj, TrackedModel) else str(obj)


def _name_all(objects: Iterable[models.Model]) -> str:
    """What rests on an object, in words: “1 statement rests on it (“…”)”."""
    owners = {owner for row in objects for owner in _owners_of(row)}
    found = sorted(owners, key=lambda row: (row._meta.verbose_name, row.pk))
    named = ", ".join(f"{row._meta.verbose_name} “{mention_of(row)[:80]}”" for row in found[:MOST_NAMED])
    more = f" and {len(found) - MOST_NAMED} more" if len(found) > MOST_NAMED else ""
    return f"{named}{more} rest{'s' if len(found) == 1 else ''} on it"


def _owners_of(row: models.Model) -> list[models.Model]:
    """The objects that an editor knows, of which a row is a part."""
    if isinstance(row, Passage):
        return list(Statement.objects.filter(appearances__passage=row)) or [row]
    if isinstance(row, Attachment):
        return [row]
    for name in ("statement", "article", "topic", "claim", "appearance"):
        owner = getattr(row, name, None)
        if isinstance(owner, models.Model) and not isinstance(row, TrackedModel):
            return _owners_of(owner)
    return [row]


def _made_for(statement: Statement) -> list[TrackedModel]:
    """The claims, actors and questions that were made in the act that recorded a statement, in the order to go.

    These are what its own words name and what the same person added just before, with nothing else done in between.
    """
    claims = list(Claim.objects.filter(stances__statement=statement).select_related("question"))
    actors = [*Actor.objects.filter(statements=statement)]
    actors += Actor.objects.filter(attribution_steps__appearance__statement=statement)
    named: dict[str, TrackedModel] = {row.public_id: row for row in [*claims, *actors]}
    named |= {claim.question.public_id: claim.question for claim in claims}
    marked = set(Passage.objects.filter(appearances__statement=statement).values_list("public_id", flat=True))
    recorded = Trace.objects.filter(kind="statement", public_id=statement.public_id, verb="record").first()
    if recorded is None:
        return []
    made = set()
    before = Trace.objects.filter(pk__lt=recorded.pk, by=recorded.by, at__gte=recorded.at - TOGETHER)
    for act in before.order_by("-pk")[:MAX_TOGETHER]:
        if act.public_id in named:
            made |= {act.public_id} if act.verb == "add" else set()
        elif act.public_id not in marked:
            break
    return [row for row in named.values() if row.public_id in made]


def _take_out_made(made: Iterable[TrackedModel], *, by: User) -> list[models.Model]:
    """The rows of those of these objects on which nothing rests any more."""
    rows: list[models.Model] = []
    for obj in made:
        try:
            with transaction.atomic():
                _refuse_public(obj)
                rows += _take_out([*_desk_rows(obj), obj], of=obj)
                leave_trace(obj, by=by, verb="discard", changes={}, why="made for a statement that was discarded")
        except Refusal:
            continue
    return rows


def _decide_again(public_id: str, decision: str, *, by: User) -> None:
    """Puts back the proposals that had become a statement, or takes them as accepted again."""
    was = [ProposalDecision.Kind.ACCEPTED, ProposalDecision.Kind.CHANGED]
    rows = ProposalDecision.objects.filter(statement=public_id, decision__in=was).order_by("capture", "digest", "id")
    statement = public_id if decision == ProposalDecision.Kind.ACCEPTED else ""
    for row in {(row.capture_id, row.digest): row for row in rows}.values():
        ProposalDecision.objects.create(
            capture_id=row.capture_id,
            digest=row.digest,
            start=row.start,
            end=row.end,
            rule=row.rule,
            decision=decision,
            statement=statement,
            by=by,
        )


def _refuse_missing_ground(kept: DiscardedObject, rows: Sequence[models.Model]) -> None:
    """Refuses to put back what rests on something that has gone since."""
    ours = {(type(row), row.pk) for row in rows}
    wanted: dict[type[models.Model], set[Any]] = {}
    for row in rows:
        for column in row._meta.concrete_fields:
            key, related = getattr(row, column.attname), column.related_model
            if isinstance(related, type) and key is not None and (related, key) not in ours:
                wanted.setdefault(related, set()).add(key)
    for related, keys in wanted.items():
        if len(keys) != related._base_manager.filter(pk__in=keys).count():
            raise Refusal(
                f"“{kept}” cannot be restored yet: it rests on a {related._meta.verbose_name} that is not there any "
                "more. Restore that first."
            )


def _is_subject(row: models.Model, kept: DiscardedObject) -> bool:
    if row._meta.model_name != kept.kind:
        return False
    return isinstance(row, Capture) or getattr(row, "public_id", "") == kept.public_id
