"""Merging two actors or two claims into one. Everything that moves is written down, so that it can be undone."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any, TypeVar

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from articles.models import Trace, TrackedModel
from articles.tracked_changes import Change, Refusal

from ..models import Actor, ActorName, Claim, ClaimSubject, Merge, Statement
from . import cleaning
from .claim_components import Relations, Subjects
from .components import Identifiers, Names
from .moves import (
    OWNER_GETTERS,
    Moves,
    merge_pace,
    move_next,
    move_rows_back,
    raise_revisions,
    same_framings,
    same_stances,
    unfinished_merges,
)
from .recording import is_derived_from
from .transactions import Noun, OwnedPart, explain_conflicts, open_component_change

Mergeable = TypeVar("Mergeable", Actor, Claim)


@dataclass
class OpenMerge(Moves):
    """A merge on its way. `merge` is there once it is done; `unfinished` says that rows remain for later steps."""

    unfinished: bool = False
    merge: Merge = field(init=False, repr=False, compare=False)


def merge_actors(gone: Actor, *, into: Actor, by: User, why: str, seen: int | None) -> Merge:
    """Makes two actors one: statements, steps of chains, names, identifiers and what is said of `gone` become `into`’s.

    `seen` is the revision of `gone` that the editor has read. Refused where the two cannot be the same: different
    identifiers in one register, a withheld name and an open one, unnamed sources of articles that do not derive. Where
    there are very many statements, the rest of them follow (claims/changes/merge_steps.py).
    """
    parts = (Names(None), Identifiers(()))
    with _open_merge(Actor, gone, into, parts, by=by, why=why, seen=seen) as (gone, into, moves):
        _refuse_unlike_actors(gone, into)
        moves.unfinished = move_next(moves, gone, into, merge_pace().size)
        _move_names(moves, gone, into)
        moves.move(gone.identifiers.all(), "actor", into, OWNER_GETTERS["identifier.actor"])
        _move_claims_about(moves, gone, into)
    return moves.merge


def merge_claims(gone: Claim, *, into: Claim, by: User, why: str, seen: int | None) -> Merge:
    """Makes two claims one: stances, relations, framings and subjects of `gone` become those of `into`.

    `seen` is the revision of `gone` that the editor has read. What would then be said twice is dropped; refused where
    one statement takes different stances to the two, one article frames them differently, or their figures differ.
    """
    with _open_merge(Claim, gone, into, (Relations(()), Subjects(())), by=by, why=why, seen=seen) as (
        gone,
        into,
        moves,
    ):
        _refuse_unlike_claims(gone, into)
        moves.unfinished = move_next(moves, gone, into, merge_pace().size)
        _move_relations(moves, gone, into)
        _move_subjects(moves, gone, into)
    return moves.merge


def undo_merge(merge: Merge, *, by: User, why: str = "") -> Merge:
    """Takes two that were merged apart again: what the merge moved goes back, what it dropped is restored.

    What somebody has decided since stays: a row that was removed, or given to a third, is not touched. Refused while
    a later merge stands on this one.
    """
    why = cleaning.long_text(why, "why")
    with explain_conflicts(), transaction.atomic():
        merge = Merge.objects.select_for_update().get(pk=merge.pk)
        if merge.undone_at:
            raise Refusal(f"This merge was already undone on {merge.undone_at:%Y-%m-%d}.")
        if merge.kind == Actor.kind_name():
            _take_apart(merge, Actor, (Names(None), Identifiers(())), by=by, why=why)
        else:
            _take_apart(merge, Claim, (Relations(()), Subjects(())), by=by, why=why)
        merge.undone_at, merge.undone_by = timezone.now(), by
        merge.unfinished = merge.steps.exists()
        merge.save()
        return merge


def _take_apart(
    merge: Merge, model: type[Mergeable], parts: Sequence[OwnedPart[Mergeable]], *, by: User, why: str
) -> None:
    """Locks the two that were merged in one order, and gives back to the one what is its own."""
    locked = model._base_manager.select_for_update().filter(public_id__in=[merge.gone, merge.kept]).order_by("pk")
    both = {row.public_id: row for row in locked}
    gone, kept = both[merge.gone], both[merge.kept]
    _refuse_later_merges(merge, kept)
    with (
        open_component_change(kept, {}, by=by, verb="give back", seen=None, why=why) as giving,
        open_component_change(gone, {"merged_into": None}, by=by, verb="undo merge", seen=None, why=why) as leaving,
        _trace_components(parts, giving, leaving),
    ):
        giving.parts["merged"] = [[str(gone)], []]
        back = move_rows_back(merge.moved, gone=gone, kept=kept, owned_by=OWNER_GETTERS)
        if isinstance(gone, Actor):
            Names(None).write(gone)
    _raise_owner_revisions(back, gone, kept, by=by, verb="undo merge", changes=[str(kept), str(gone)], why=why)


@contextmanager
def _open_merge(
    model: type[Mergeable],
    gone: Mergeable,
    into: Mergeable,
    parts: Sequence[OwnedPart[Mergeable]],
    *,
    by: User,
    why: str,
    seen: int | None,
) -> Iterator[tuple[Mergeable, Mergeable, OpenMerge]]:
    """Locks both in one order, marks `gone` as merged, traces both, and writes `Merge` when the block is done."""
    why = cleaning.long_text(why, "why")
    if gone.pk == into.pk:
        raise Refusal(f"“{gone}” cannot be merged into itself.", field="into")
    with explain_conflicts(), transaction.atomic():
        locked = model._base_manager.select_for_update().filter(pk__in=[gone.pk, into.pk]).order_by("pk")
        both = {row.pk: row for row in locked}
        gone, into = both[gone.pk], both[into.pk]
        for obj, name in ((gone, ""), (into, "into")):
            if obj.merged_into_id:
                raise Refusal(f"“{obj}” was already merged into “{obj.merged_into}”.", field=name)
        _refuse_while_unfinished(gone, into)
        moves = OpenMerge()
        with (
            open_component_change(into, {}, by=by, verb="take in", seen=None, why=why) as taking,
            open_component_change(gone, {"merged_into": into}, by=by, verb="merge", seen=seen, why=why) as leaving,
            _trace_components(parts, taking, leaving),
        ):
            taking.parts["merged"] = [[], [str(gone)]]
            yield gone, into, moves
        _raise_owner_revisions(moves, gone, into, by=by, verb="merge", changes=[str(gone), str(into)], why=why)
        moves.merge = Merge.objects.create(
            trace=Trace.objects.filter(public_id=gone.public_id, verb="merge")[0],
            kind=model.kind_name(),
            kept=into.public_id,
            gone=gone.public_id,
            moved=moves.as_json(),
            unfinished=moves.unfinished,
        )


@contextmanager
def _trace_components(parts: Sequence[OwnedPart[Noun]], *changes: Change[Noun]) -> Iterator[None]:
    """Notes what the block does to the parts of the objects under change."""
    before = [[part.current_texts(change.obj) for part in parts] for change in changes]
    yield
    for change, was in zip(changes, before, strict=True):
        for part, old in zip(parts, was, strict=True):
            change.parts[part.name] = [old, part.current_texts(change.obj)]


def _raise_owner_revisions(
    moves: Moves, gone: TrackedModel, kept: TrackedModel, *, by: User, verb: str, changes: list[str], why: str
) -> None:
    moves.owners.get(type(gone), set()).difference_update({gone.pk, kept.pk})
    raise_revisions(moves.owners, by=by, verb=verb, changes={gone.kind_name(): changes}, why=why)


# What cannot be the same


def _refuse_unlike_actors(gone: Actor, into: Actor) -> None:
    if gone.protection != into.protection:
        raise Refusal(
            f"Only one of “{gone}” and “{into}” has a withheld name: merging them would reveal it or hide the other.",
            field="into",
        )
    if into.kind == Actor.Kind.UNNAMED:
        if gone.kind != Actor.Kind.UNNAMED:
            raise Refusal(f"“{gone}” has a name and cannot be merged into an unnamed source.", field="into")
        if not is_derived_from(gone.reported_in, into.reported_in_id):
            raise Refusal(
                f"These unnamed sources come from unrelated articles: “{gone.reported_in}” does not derive from "
                f"“{into.reported_in}”.",
                field="into",
            )
    theirs = dict(into.identifiers.values_list("register", "value"))
    for mine in gone.identifiers.all():
        if mine.register in theirs:
            raise Refusal(
                f"“{gone}” is {mine}, “{into}” is {mine.register} {theirs[mine.register]}: they are not the same "
                "there.",
                field="into",
            )
    for speaker, step in ((gone, into), (into, gone)):
        relaying = Statement.objects.filter(speaker=speaker, appearances__steps__actor=step).first()
        if relaying:
            raise Refusal(
                f"In the statement “{relaying.summary}” one is the speaker and the other passes the words on: "
                "correct its chain first.",
                field="into",
            )


def _refuse_unlike_claims(gone: Claim, into: Claim) -> None:
    if (gone.kind == Claim.Kind.FIGURE) != (into.kind == Claim.Kind.FIGURE):
        raise Refusal("Only one of the two claims is a figure.", field="into")
    figures = [
        (claim.amount, claim.lower, claim.upper, claim.unit, claim.modifier, claim.derived) for claim in (gone, into)
    ]
    if figures[0] != figures[1]:
        raise Refusal("The two claims state different figures, so they are not the same claim.", field="into")
    other = same_stances(into).exclude(kind=OuterRef("kind"))
    if stance := gone.stances.filter(Exists(other)).select_related("statement__speaker").first():
        theirs = into.stances.get(statement=stance.statement_id)
        raise Refusal(
            f"The statement “{stance.statement.mention}” {stance.kind} one claim and {theirs.kind} the other: settle "
            "on one stance first.",
            field="into",
        )
    unlike = same_framings(into).exclude(treatment=OuterRef("treatment"))
    if framing := gone.framings.filter(Exists(unlike)).select_related("article__outlet").first():
        other_framing = into.framings.get(article=framing.article_id, part=framing.part)
        raise Refusal(
            f"“{framing.article}” {framing.treatment} one claim and {other_framing.treatment} the other in its "
            f"{framing.part}: settle on one first.",
            field="into",
        )


# What moves


def _move_names(moves: Moves, gone: Actor, into: Actor) -> None:
    """All names of `gone` that `into` lacks. A second primary name of a language becomes an alias."""
    theirs = list(into.names.all())
    known = {(name.name, name.language) for name in theirs}
    primary = {name.language for name in theirs if name.kind == ActorName.Kind.PRIMARY}
    keys = []
    for name in gone.names.all():
        if (name.name, name.language) in known:
            continue
        keys.append(name.pk)
        if name.kind == ActorName.Kind.PRIMARY and name.language in primary:
            moves.alter(name, "kind", ActorName.Kind.ALIAS.value)
    moves.move(ActorName.objects.filter(pk__in=keys), "actor", into, OWNER_GETTERS["actorname.actor"])


def _move_relations(moves: Moves, gone: Claim, into: Claim) -> None:
    """Relations in both directions; those between the two and those that `into` has already are dropped."""
    for relation in gone.relations.all():
        if relation.other_id == into.pk or into.relations.filter(kind=relation.kind, other=relation.other_id).exists():
            moves.drop(relation, None)
    for relation in gone.relations_to_it.select_related("claim"):
        same = relation.claim.relations.filter(kind=relation.kind, other=into)
        if relation.claim_id == into.pk or same.exists():
            moves.drop(relation, relation.claim)
    moves.move(gone.relations.all(), "claim", into, OWNER_GETTERS["claimrelation.claim"])
    moves.move(gone.relations_to_it.select_related("claim"), "other", into, OWNER_GETTERS["claimrelation.other"])


def _move_claims_about(moves: Moves, gone: Actor, into: Actor) -> None:
    """What is said of `gone`; a claim that is about both is about `into` once."""
    about = ClaimSubject.objects.filter(actor=gone).select_related("claim")
    for subject in about.filter(claim__subjects__actor=into):
        moves.drop(subject, subject.claim)
    moves.move(about, "actor", into, OWNER_GETTERS["claimsubject.actor"])


def _move_subjects(moves: Moves, gone: Claim, into: Claim) -> None:
    """What `gone` is about; those that `into` is about already are dropped."""
    theirs = {(subject.actor_id, subject.name) for subject in into.subjects.all()}
    for subject in gone.subjects.all():
        if (subject.actor_id, subject.name) in theirs:
            moves.drop(subject, None)
    moves.move(gone.subjects.all(), "claim", into, OWNER_GETTERS["claimsubject.claim"])


def _refuse_while_unfinished(gone: Actor | Claim, into: Actor | Claim) -> None:
    """What an earlier merge has still to move is not to be moved by two."""
    ids = [gone.public_id, into.public_id]
    earlier = unfinished_merges().filter(Q(kept__in=ids) | Q(gone__in=ids)).select_related("trace").first()
    if earlier is not None:
        raise Refusal(
            f"The merge of “{earlier.trace.label}” is still being carried out: try again later.", field="into"
        )


def _refuse_later_merges(merge: Merge, kept: Actor | Claim) -> None:
    if kept.merged_into_id:
        raise Refusal(f"“{kept}” was itself merged into “{kept.merged_into}” later: undo that merge first.")
    later_merges = Merge.objects.filter(kind=merge.kind, pk__gt=merge.pk, undone_at=None).select_related("trace")
    for later in later_merges:
        dropped: dict[str, set[int]] = defaultdict(set)
        for moved in _parts_of(later):
            for name, rows in moved["dropped"].items():
                dropped[name] |= {row["id"] for row in rows}
        if any(
            dropped[pointer.split(".")[0]] & set(keys)
            for moved in (_parts_of(merge) if dropped else ())
            for pointer, keys in moved["moved"].items()
        ):
            raise Refusal(f"The later merge of “{later.trace.label}” depends on this one: undo that one first.")


def _parts_of(merge: Merge) -> Iterator[dict[str, Any]]:
    """What a merge has moved, part by part."""
    yield merge.moved
    yield from merge.steps.order_by("pk").values_list("moved", flat=True).iterator()
