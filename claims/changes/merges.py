"""Merging two actors or two claims into one. Everything that moves is written down, so that it can be undone."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import islice
from typing import Any, TypeVar

from django.apps import apps
from django.contrib.auth.models import User
from django.db import models, transaction
from django.db.models import F
from django.utils import timezone

from articles.models import Article, Trace, TrackedModel
from articles.tracked_changes import Change, Refusal, json_value

from ..models import Actor, ActorName, AttributionStep, Claim, ClaimSubject, Framing, Merge, Stance, Statement
from . import cleaning
from .claim_components import Relations, Subjects
from .cleaning import Values
from .components import Identifiers, Names
from .recording import is_derived_from
from .transactions import Noun, OwnedPart, explain_conflicts, open_component_change

BATCH_SIZE = 500  # rows named in one query: SQLite takes a limited number of values


def batches(keys: Iterable[int]) -> Iterator[list[int]]:
    """`keys` in order, a few hundred at a time."""
    keys = iter(sorted(keys))
    while batch := list(islice(keys, BATCH_SIZE)):
        yield batch


Row = TypeVar("Row", bound=models.Model)
Mergeable = TypeVar("Mergeable", Actor, Claim)
OwnerGetter = Callable[[Any], TrackedModel | None]


@dataclass
class Moves:
    """What one merge does to the rows that point to what is merged away. `as_json` is `Merge.moved`."""

    moved: dict[str, list[int]] = field(default_factory=lambda: defaultdict(list))
    altered: dict[str, list[list[Any]]] = field(default_factory=lambda: defaultdict(list))
    dropped: dict[str, list[Values]] = field(default_factory=lambda: defaultdict(list))
    owners: dict[type[TrackedModel], set[int]] = field(default_factory=lambda: defaultdict(set))
    merge: Merge = field(init=False, repr=False, compare=False)  # there once the merge is done

    def move(self, rows: models.QuerySet[Row], pointer: str, target: TrackedModel, owned_by: OwnerGetter) -> None:
        """Points `pointer` of all `rows` to `target`; `owned_by` names whose revision a row belongs to."""
        name = f"{rows.model._meta.model_name}.{pointer}"
        keys = []
        for row in rows:
            keys.append(row.pk)
            self._note_owner(owned_by(row))
        for batch in batches(keys):
            rows.model._base_manager.filter(pk__in=batch).update(**{pointer: target})
        self.moved[name] += keys

    def alter(self, row: models.Model, name: str, value: Any) -> None:
        """Sets one field of one row."""
        self.altered[f"{row._meta.model_name}.{name}"].append([row.pk, getattr(row, name), value])
        type(row)._base_manager.filter(pk=row.pk).update(**{name: value})

    def drop(self, row: models.Model, owner: TrackedModel | None) -> None:
        """Deletes a row that would say the same thing twice after the merge."""
        values = {column.attname: json_value(getattr(row, column.attname)) for column in row._meta.concrete_fields}
        self.dropped[type(row).__name__.lower()].append(values)
        self._note_owner(owner)
        type(row)._base_manager.filter(pk=row.pk).delete()

    def _note_owner(self, owner: TrackedModel | None) -> None:
        if owner is not None:
            self.owners[type(owner)].add(owner.pk)

    def as_json(self) -> dict[str, Any]:
        return {"moved": dict(self.moved), "altered": dict(self.altered), "dropped": dict(self.dropped)}


def move_rows_back(
    written: dict[str, Any], *, gone: TrackedModel, kept: TrackedModel, owned_by: Mapping[str, OwnerGetter]
) -> Moves:
    """Moves back what `Merge.moved` has written down, as far as nobody has since decided otherwise.

    A row that was deleted since, or that points elsewhere by now, is left alone. Returns what went back, with the
    owners of it.
    """
    back = Moves()
    for name, keys in written["moved"].items():
        model, pointer = _model_and_field(name)
        for batch in batches(keys):
            rows = _with_related(model, _OWNER_PATHS).filter(**{"pk__in": batch, pointer: kept})
            back.move(rows, pointer, gone, owned_by[name])
    for name, changes in written["altered"].items():
        model, altered = _model_and_field(name)
        for key, before, after in changes:
            model._base_manager.filter(**{"pk": key, altered: after}).update(**{altered: before})
    for name, rows in written["dropped"].items():
        model = apps.get_model("claims", name)
        for values in rows:
            _restore_row(model, values, back, owned_by[name])
    return back


def _restore_row(model: type[models.Model], values: Values, back: Moves, owned_by: OwnerGetter) -> None:
    row = model(**values)
    for column in model._meta.concrete_fields:
        key, related = getattr(row, column.attname), column.related_model
        if related and key is not None and not related._base_manager.filter(pk=key).exists():
            return
    unique = [rule.fields for rule in model._meta.constraints if isinstance(rule, models.UniqueConstraint)]
    for names in unique:
        same = {name: getattr(row, name) for name in names}
        # Where one of them is null the database takes two rows for different ones.
        if None not in same.values() and model._base_manager.filter(**same).exists():
            return
    row.save(force_insert=True)
    back._note_owner(owned_by(row))


_OWNER_PATHS = {
    AttributionStep: "appearance__statement",
    Stance: "statement",
    Framing: "article",
    ClaimSubject: "claim",
}
_LABEL_PATHS: dict[type[models.Model], str] = {Statement: "speaker", Article: "outlet"}


def _with_related(model: type[Row], paths: Mapping[type[models.Model], str]) -> models.QuerySet[Row]:
    """All rows of `model`, each with what `paths` says is named with it."""
    rows = model._base_manager.all()
    return rows.select_related(paths[model]) if model in paths else rows


def _model_and_field(name: str) -> tuple[type[models.Model], str]:
    model, pointer = name.split(".")
    return apps.get_model("claims", model), pointer


def raise_revisions(
    owners: dict[type[TrackedModel], set[int]], *, by: User, verb: str, changes: dict[str, Any], why: str
) -> None:
    """Raises the revision of every owner by one and leaves its trace: one query for some hundreds of them."""
    now = timezone.now()
    for model, keys in owners.items():
        for batch in batches(keys):
            rows = _with_related(model, _LABEL_PATHS).select_for_update(of=("self",))
            traces = [
                Trace(
                    by=by,
                    verb=verb,
                    kind=model.kind_name(),
                    public_id=row.public_id,
                    label=str(row)[:300],
                    revision=row.revision + 1,
                    changes=changes,
                    why=why,
                )
                for row in rows.filter(pk__in=batch).order_by("pk")
            ]
            model._base_manager.filter(pk__in=batch).update(revision=F("revision") + 1, changed_at=now)
            Trace.objects.bulk_create(traces)


# Whose revision a row belongs to, by what `Merge.moved` calls the row. Names, identifiers and relations of what is
# merged itself belong to the two that are traced anyway.
OWNER_GETTERS: dict[str, OwnerGetter] = {
    "statement.speaker": lambda row: row,
    "attributionstep.actor": lambda row: row.appearance.statement,
    "actorname.actor": lambda row: None,
    "identifier.actor": lambda row: None,
    "stance": lambda row: row.statement,
    "stance.claim": lambda row: row.statement,
    "framing": lambda row: row.article,
    "framing.claim": lambda row: row.article,
    "claimrelation": lambda row: None,
    "claimrelation.claim": lambda row: None,
    "claimrelation.other": lambda row: row.claim,
    "claimsubject": lambda row: row.claim,
    "claimsubject.actor": lambda row: row.claim,
    "claimsubject.claim": lambda row: None,
}


def merge_actors(gone: Actor, *, into: Actor, by: User, why: str, seen: int | None) -> Merge:
    """Makes two actors one: statements, steps of chains, names, identifiers and what is said of `gone` become `into`’s.

    `seen` is the revision of `gone` that the editor has read. Refused where the two cannot be the same: different
    identifiers in one register, a withheld name and an open one, unnamed sources of articles that do not derive.
    """
    parts = (Names(None), Identifiers(()))
    with _open_merge(Actor, gone, into, parts, by=by, why=why, seen=seen) as (gone, into, moves):
        _refuse_unlike_actors(gone, into)
        statements = Statement.objects.filter(speaker=gone).only("pk")
        moves.move(statements, "speaker", into, OWNER_GETTERS["statement.speaker"])
        steps = AttributionStep.objects.filter(actor=gone).select_related("appearance__statement")
        moves.move(steps, "actor", into, OWNER_GETTERS["attributionstep.actor"])
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
        _move_stances(moves, gone, into)
        _move_framings(moves, gone, into)
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
) -> Iterator[tuple[Mergeable, Mergeable, Moves]]:
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
        moves = Moves()
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


def _move_stances(moves: Moves, gone: Claim, into: Claim) -> None:
    twice = gone.stances.filter(statement__stances__claim=into).select_related("statement__speaker")
    theirs = dict(into.stances.values_list("statement_id", "kind")) if twice else {}
    for stance in twice:
        if stance.kind != theirs[stance.statement_id]:
            raise Refusal(
                f"The statement “{stance.statement}” {stance.kind} one claim and "
                f"{theirs[stance.statement_id]} the other: settle on one stance first.",
                field="into",
            )
    for stance in twice:
        moves.drop(stance, stance.statement)
    moves.move(gone.stances.select_related("statement"), "claim", into, OWNER_GETTERS["stance.claim"])


def _move_framings(moves: Moves, gone: Claim, into: Claim) -> None:
    theirs = {(framing.article_id, framing.part): framing for framing in into.framings.all()}
    framings = list(gone.framings.select_related("article__outlet"))
    for framing in framings:
        other = theirs.get((framing.article_id, framing.part))
        if other and other.treatment != framing.treatment:
            raise Refusal(
                f"“{framing.article}” {framing.treatment} one claim and {other.treatment} the other in its "
                f"{framing.part}: settle on one first.",
                field="into",
            )
    for framing in framings:
        if (framing.article_id, framing.part) in theirs:
            moves.drop(framing, framing.article)
    moves.move(gone.framings.select_related("article"), "claim", into, OWNER_GETTERS["framing.claim"])


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


def _refuse_later_merges(merge: Merge, kept: Actor | Claim) -> None:
    if kept.merged_into_id:
        raise Refusal(f"“{kept}” was itself merged into “{kept.merged_into}” later: undo that merge first.")
    mine = {name: set(keys) for name, keys in merge.moved["moved"].items()}
    for later in Merge.objects.filter(kind=merge.kind, pk__gt=merge.pk, undone_at=None):
        for name, rows in later.moved["dropped"].items():
            moved = set().union(*(keys for pointer, keys in mine.items() if pointer.split(".")[0] == name))
            if moved & {row["id"] for row in rows}:
                raise Refusal(f"The later merge of “{later.trace.label}” depends on this one: undo that one first.")
