"""What a merge does to the rows that point to what is merged away: moved, written down, and moved back."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import islice
from typing import Any, TypeVar

from django.apps import apps
from django.contrib.auth.models import User
from django.db import models
from django.db.models import Exists, F, OuterRef
from django.utils import timezone

from articles.models import Article, Trace, TrackedModel
from articles.tracked_changes import json_value
from record.projections.locks import Pace

from ..models import Actor, AttributionStep, Claim, ClaimSubject, Framing, Merge, Stance, Statement
from .cleaning import Values

BATCH_SIZE = 500  # rows named in one query: SQLite takes a limited number of values


def batches(keys: Iterable[int]) -> Iterator[list[int]]:
    """`keys` in order, a few hundred at a time."""
    keys = iter(sorted(keys))
    while batch := list(islice(keys, BATCH_SIZE)):
        yield batch


Row = TypeVar("Row", bound=models.Model)
OwnerGetter = Callable[[Any], TrackedModel | None]


@dataclass
class Moves:
    """What one merge does to the rows that point to what is merged away. `as_json` is `Merge.moved`."""

    moved: dict[str, list[int]] = field(default_factory=lambda: defaultdict(list))
    altered: dict[str, list[list[Any]]] = field(default_factory=lambda: defaultdict(list))
    dropped: dict[str, list[Values]] = field(default_factory=lambda: defaultdict(list))
    owners: dict[type[TrackedModel], set[int]] = field(default_factory=lambda: defaultdict(set))

    def move(self, rows: models.QuerySet[Row], pointer: str, target: TrackedModel, owned_by: OwnerGetter) -> None:
        """Points `pointer` of all `rows` to `target`; `owned_by` names whose revision a row belongs to."""
        name = f"{rows.model._meta.model_name}.{pointer}"
        keys = []
        for row in rows:
            keys.append(row.pk)
            self.note_owner(owned_by(row))
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
        self.note_owner(owner)
        type(row)._base_manager.filter(pk=row.pk).delete()

    def note_owner(self, owner: TrackedModel | None) -> None:
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
    back.note_owner(owned_by(row))


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
    owners: dict[type[TrackedModel], set[int]], *, by: User | None, verb: str, changes: dict[str, Any], why: str
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


# What thousands of rows may hang on is moved some hundreds of rows in one transaction.


def merge_pace() -> Pace:
    """How many rows of a kind are moved in one transaction."""
    return Pace(BATCH_SIZE)


def move_next(moves: Moves, gone: Actor | Claim, into: Actor | Claim, limit: int) -> bool:
    """Moves at most `limit` rows of each kind that may hang on `gone` in any number; whether others remain."""
    if isinstance(into, Actor):
        statements = Statement.objects.filter(speaker=gone.pk).only("pk")
        steps = AttributionStep.objects.filter(actor=gone.pk).select_related("appearance__statement")
        moves.move(_next_rows(statements, limit), "speaker", into, OWNER_GETTERS["statement.speaker"])
        moves.move(_next_rows(steps, limit), "actor", into, OWNER_GETTERS["attributionstep.actor"])
        return statements.exists() or steps.exists()
    stances = Stance.objects.filter(claim=gone.pk).select_related("statement__speaker")
    framings = Framing.objects.filter(claim=gone.pk).select_related("article__outlet")
    _drop_or_move(moves, _next_rows(stances, limit), into, same_stances(into), "stance")
    _drop_or_move(moves, _next_rows(framings, limit), into, same_framings(into), "framing")
    return stances.exists() or framings.exists()


def _next_rows(rows: models.QuerySet[Row], limit: int) -> models.QuerySet[Row]:
    keys = list(rows.order_by().values_list("pk", flat=True)[:limit])  # any: putting them in order reads them all
    return rows.filter(pk__in=keys)


def _drop_or_move(moves: Moves, rows: models.QuerySet[Row], into: Claim, same: models.QuerySet[Row], name: str) -> None:
    """Moves rows, but for those of which `into` has the same already: these are dropped."""
    for row in rows.filter(Exists(same)):
        moves.drop(row, OWNER_GETTERS[name](row))
    moves.move(rows, "claim", into, OWNER_GETTERS[f"{name}.claim"])


def same_stances(into: Claim) -> models.QuerySet[Stance]:
    """For a query of stances: those of the same statement towards `into`."""
    return Stance.objects.filter(claim=into, statement=OuterRef("statement"))


def same_framings(into: Claim) -> models.QuerySet[Framing]:
    """For a query of framings: those of `into` in the same part of the same article."""
    return Framing.objects.filter(claim=into, article=OuterRef("article"), part=OuterRef("part"))


def unfinished_merges() -> models.QuerySet[Merge]:
    """Merges, and merges that were undone, of which rows are still to be moved; oldest first."""
    return Merge.objects.filter(unfinished=True).order_by("pk")
