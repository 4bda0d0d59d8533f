"""Merging two actors or two claims into one. Everything that moves is written down, so that it can be undone."""

from collections import defaultdict
from collections.abc import Callable, Iterable
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import islice
from typing import Any

from django.apps import apps
from django.db import models, transaction
from django.db.models import F
from django.utils import timezone

from articles.models import Article, Trace, Tracked
from articles.tracked_changes import Refusal, json_value

from ..models import Actor, ActorName, AttributionStep, Claim, Merge, Statement
from . import cleaning
from .components import Identifiers, Names, Relations
from .recording import is_derived_from
from .transactions import explain_conflicts, open_component_change

BATCH_SIZE = 500  # rows named in one query: SQLite takes a limited number of values


def batches(keys: Iterable[int]):
    """`keys` in order, a few hundred at a time."""
    keys = iter(sorted(keys))
    while batch := list(islice(keys, BATCH_SIZE)):
        yield batch


@dataclass
class Moves:
    """What one merge does to the rows that point to what is merged away. `as_json` is `Merge.moved`."""

    moved: dict[str, list[int]] = field(default_factory=lambda: defaultdict(list))
    altered: dict[str, list[list]] = field(default_factory=lambda: defaultdict(list))
    dropped: dict[str, list[dict]] = field(default_factory=lambda: defaultdict(list))
    owners: dict[type[Tracked], set[int]] = field(default_factory=lambda: defaultdict(set))
    merge: Merge | None = None

    def move(self, rows: models.QuerySet, pointer: str, target: Tracked, owned_by: Callable[[Any], Tracked | None]):
        """Points `pointer` of all `rows` to `target`; `owned_by` names whose revision a row belongs to."""
        name = f"{rows.model._meta.model_name}.{pointer}"
        keys = []
        for row in rows:
            keys.append(row.pk)
            self._note_owner(owned_by(row))
        for batch in batches(keys):
            rows.model._base_manager.filter(pk__in=batch).update(**{pointer: target})
        self.moved[name] += keys

    def alter(self, row: models.Model, name: str, value) -> None:
        """Sets one field of one row."""
        self.altered[f"{row._meta.model_name}.{name}"].append([row.pk, getattr(row, name), value])
        type(row)._base_manager.filter(pk=row.pk).update(**{name: value})

    def drop(self, row: models.Model, owner: Tracked | None) -> None:
        """Deletes a row that would say the same thing twice after the merge."""
        values = {one.attname: json_value(getattr(row, one.attname)) for one in row._meta.concrete_fields}
        self.dropped[row._meta.model_name].append(values)
        self._note_owner(owner)
        type(row)._base_manager.filter(pk=row.pk).delete()

    def _note_owner(self, owner: Tracked | None) -> None:
        if owner is not None:
            self.owners[type(owner)].add(owner.pk)

    def as_json(self) -> dict:
        return {"moved": dict(self.moved), "altered": dict(self.altered), "dropped": dict(self.dropped)}


def move_rows_back(written: dict, *, gone: Tracked, kept: Tracked, owned_by: dict[str, Callable]) -> Moves:
    """Moves back what `Merge.moved` has written down, as far as nobody has since decided otherwise.

    A row that was deleted since, or that points elsewhere by now, is left alone. Returns what went back, with the
    owners of it.
    """
    back = Moves()
    for name, keys in written["moved"].items():
        model, pointer = _model_and_field(name)
        for batch in batches(keys):
            rows = model._base_manager.filter(**{"pk__in": batch, pointer: kept})
            back.move(
                rows.select_related(*_OWNER_PATHS.get(model._meta.model_name, [None])), pointer, gone, owned_by[name]
            )
    for name, changes in written["altered"].items():
        model, altered = _model_and_field(name)
        for key, before, after in changes:
            model._base_manager.filter(**{"pk": key, altered: after}).update(**{altered: before})
    for name, rows in written["dropped"].items():
        model = apps.get_model("claims", name)
        for values in rows:
            _restore_row(model, values, back, owned_by[name])
    return back


def _restore_row(model, values: dict, back: Moves, owned_by: Callable) -> None:
    row = model(**values)
    for one in model._meta.concrete_fields:
        key = getattr(row, one.attname) if one.is_relation else None
        if key is not None and not one.related_model._base_manager.filter(pk=key).exists():
            return
    unique = [one.fields for one in model._meta.constraints if isinstance(one, models.UniqueConstraint)]
    if any(model._base_manager.filter(**{name: getattr(row, name) for name in names}).exists() for names in unique):
        return
    row.save(force_insert=True)
    back._note_owner(owned_by(row))


_OWNER_PATHS = {"attributionstep": ["appearance__statement"], "stance": ["statement"], "framing": ["article"]}
_LABEL_PATHS = {Statement: ["speaker"], Article: ["outlet"], Claim: [None]}


def _model_and_field(name: str):
    model, pointer = name.split(".")
    return apps.get_model("claims", model), pointer


def raise_revisions(owners: dict[type[Tracked], set[int]], *, by, verb: str, changes: dict, why: str) -> None:
    """Raises the revision of every owner by one and leaves its trace: one query for some hundreds of them."""
    now = timezone.now()
    for model, keys in owners.items():
        for batch in batches(keys):
            rows = model._base_manager.select_for_update(of=("self",)).select_related(*_LABEL_PATHS[model])
            traces = [
                Trace(
                    by=by,
                    verb=verb,
                    kind=model._meta.model_name,
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
OWNER_GETTERS = {
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
}


def merge_actors(gone: Actor, *, into: Actor, by, why: str, seen: int | None) -> Merge:
    """Makes two actors one: statements, steps of chains, names and identifiers of `gone` become those of `into`.

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
    return moves.merge


def merge_claims(gone: Claim, *, into: Claim, by, why: str, seen: int | None) -> Merge:
    """Makes two claims one: stances, relations and framings of `gone` become those of `into`.

    `seen` is the revision of `gone` that the editor has read. What would then be said twice is dropped; refused where
    one statement takes different stances to the two, one article frames them differently, or their figures differ.
    """
    with _open_merge(Claim, gone, into, (Relations(()),), by=by, why=why, seen=seen) as (gone, into, moves):
        _refuse_unlike_claims(gone, into)
        _move_stances(moves, gone, into)
        _move_framings(moves, gone, into)
        _move_relations(moves, gone, into)
    return moves.merge


def undo_merge(merge: Merge, *, by, why: str = "") -> Merge:
    """Takes two that were merged apart again: what the merge moved goes back, what it dropped is restored.

    What somebody has decided since stays: a row that was removed, or given to a third, is not touched. Refused while
    a later merge stands on this one.
    """
    why = cleaning.long_text(why, "why")
    with explain_conflicts(), transaction.atomic():
        merge = Merge.objects.select_for_update().get(pk=merge.pk)
        if merge.undone_at:
            raise Refusal(f"This merge was already undone on {merge.undone_at:%Y-%m-%d}.")
        model = {"actor": Actor, "claim": Claim}[merge.kind]
        locked = model._base_manager.select_for_update().filter(public_id__in=[merge.gone, merge.kept]).order_by("pk")
        both = {one.public_id: one for one in locked}
        gone, kept = both[merge.gone], both[merge.kept]
        _refuse_later_merges(merge, kept)
        parts = (Names(None), Identifiers(())) if model is Actor else (Relations(()),)
        with (
            open_component_change(kept, {}, by=by, verb="give back", seen=None, why=why) as giving,
            open_component_change(gone, {"merged_into": None}, by=by, verb="undo merge", seen=None, why=why) as leaving,
            _trace_components(parts, giving, leaving),
        ):
            giving.parts["merged"] = [[str(gone)], []]
            back = move_rows_back(merge.moved, gone=gone, kept=kept, owned_by=OWNER_GETTERS)
            if model is Actor:
                Names(None).write(gone)
        _raise_owner_revisions(back, gone, kept, by=by, verb="undo merge", changes=[str(kept), str(gone)], why=why)
        merge.undone_at, merge.undone_by = timezone.now(), by
        merge.save()
        return merge


@contextmanager
def _open_merge(model, gone, into, parts, *, by, why, seen):
    """Locks both in one order, marks `gone` as merged, traces both, and writes `Merge` when the block is done."""
    why = cleaning.long_text(why, "why")
    if gone.pk == into.pk:
        raise Refusal(f"“{gone}” cannot be merged into itself.", field="into")
    with explain_conflicts(), transaction.atomic():
        locked = model._base_manager.select_for_update().filter(pk__in=[gone.pk, into.pk]).order_by("pk")
        both = {one.pk: one for one in locked}
        gone, into = both[gone.pk], both[into.pk]
        for one, field in ((gone, ""), (into, "into")):
            if one.merged_into_id:
                raise Refusal(f"“{one}” was already merged into “{one.merged_into}”.", field=field)
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
            trace=Trace.objects.filter(public_id=gone.public_id, verb="merge").first(),
            kind=model._meta.model_name,
            kept=into.public_id,
            gone=gone.public_id,
            moved=moves.as_json(),
        )


@contextmanager
def _trace_components(parts, *changes):
    """Notes what the block does to the parts of the objects under change."""
    before = [[part.standing(change.obj) for part in parts] for change in changes]
    yield
    for change, was in zip(changes, before, strict=True):
        for part, old in zip(parts, was, strict=True):
            change.parts[part.name] = [old, part.standing(change.obj)]


def _raise_owner_revisions(moves: Moves, gone, kept, *, by, verb: str, changes: list[str], why: str) -> None:
    moves.owners.get(type(gone), set()).difference_update({gone.pk, kept.pk})
    raise_revisions(moves.owners, by=by, verb=verb, changes={gone._meta.model_name: changes}, why=why)


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
    for one in gone.identifiers.all():
        if one.register in theirs:
            raise Refusal(
                f"“{gone}” is {one}, “{into}” is {one.register} {theirs[one.register]}: their identifiers differ.",
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
    figures = [(one.amount, one.lower, one.upper, one.unit, one.modifier, one.derived) for one in (gone, into)]
    if figures[0] != figures[1]:
        raise Refusal("The two claims state different figures, so they are not the same claim.", field="into")


# What moves


def _move_names(moves: Moves, gone: Actor, into: Actor) -> None:
    """All names of `gone` that `into` lacks. A second primary name of a language becomes an alias."""
    theirs = list(into.names.all())
    known = {(one.name, one.language) for one in theirs}
    primary = {one.language for one in theirs if one.kind == ActorName.Kind.PRIMARY}
    keys = []
    for one in gone.names.all():
        if (one.name, one.language) in known:
            continue
        keys.append(one.pk)
        if one.kind == ActorName.Kind.PRIMARY and one.language in primary:
            moves.alter(one, "kind", ActorName.Kind.ALIAS.value)
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
    theirs = {(one.article_id, one.part): one for one in into.framings.all()}
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


def _refuse_later_merges(merge: Merge, kept) -> None:
    if kept.merged_into_id:
        raise Refusal(f"“{kept}” was itself merged into “{kept.merged_into}” later: undo that merge first.")
    mine = {name: set(keys) for name, keys in merge.moved["moved"].items()}
    for later in Merge.objects.filter(kind=merge.kind, pk__gt=merge.pk, undone_at=None):
        for name, rows in later.moved["dropped"].items():
            moved = set().union(*(keys for pointer, keys in mine.items() if pointer.split(".")[0] == name))
            if moved & {row["id"] for row in rows}:
                raise Refusal(f"The later merge of “{later.trace.label}” depends on this one: undo that one first.")
