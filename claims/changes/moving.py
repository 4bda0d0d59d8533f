"""Rows that change hands in a merge: moved, altered or dropped, written down by primary key, and put back."""

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from itertools import islice
from typing import Any

from django.apps import apps
from django.db import models
from django.db.models import F
from django.utils import timezone

from articles.models import Article, Trace, Tracked
from articles.trace import readable

from ..models import Claim, Merge, Statement

BATCH = 500  # rows named in one query: SQLite takes a limited number of values


def batches(keys: Iterable[int]):
    """`keys` in order, a few hundred at a time."""
    keys = iter(sorted(keys))
    while batch := list(islice(keys, BATCH)):
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
            self._owned(owned_by(row))
        for batch in batches(keys):
            rows.model._base_manager.filter(pk__in=batch).update(**{pointer: target})
        self.moved[name] += keys

    def alter(self, row: models.Model, name: str, value) -> None:
        """Sets one field of one row."""
        self.altered[f"{row._meta.model_name}.{name}"].append([row.pk, getattr(row, name), value])
        type(row)._base_manager.filter(pk=row.pk).update(**{name: value})

    def drop(self, row: models.Model, owner: Tracked | None) -> None:
        """Deletes a row that would say the same thing twice after the merge."""
        values = {one.attname: readable(getattr(row, one.attname)) for one in row._meta.concrete_fields}
        self.dropped[row._meta.model_name].append(values)
        self._owned(owner)
        type(row)._base_manager.filter(pk=row.pk).delete()

    def _owned(self, owner: Tracked | None) -> None:
        if owner is not None:
            self.owners[type(owner)].add(owner.pk)

    def as_json(self) -> dict:
        return {"moved": dict(self.moved), "altered": dict(self.altered), "dropped": dict(self.dropped)}


def put_back(written: dict, *, gone: Tracked, kept: Tracked, owned_by: dict[str, Callable]) -> Moves:
    """Moves back what `Merge.moved` has written down, as far as nobody has since decided otherwise.

    A row that was deleted since, or that points elsewhere by now, is left alone. Returns what went back, with the
    owners of it.
    """
    back = Moves()
    for name, keys in written["moved"].items():
        model, pointer = _model_and_field(name)
        for batch in batches(keys):
            rows = model._base_manager.filter(**{"pk__in": batch, pointer: kept})
            back.move(rows.select_related(*_PATHS.get(model._meta.model_name, ())), pointer, gone, owned_by[name])
    for name, changes in written["altered"].items():
        model, altered = _model_and_field(name)
        for key, before, after in changes:
            model._base_manager.filter(**{"pk": key, altered: after}).update(**{altered: before})
    for name, rows in written["dropped"].items():
        model = apps.get_model("claims", name)
        for values in rows:
            _restore(model, values, back, owned_by[name])
    return back


def _restore(model, values: dict, back: Moves, owned_by: Callable) -> None:
    row = model(**values)
    for one in model._meta.concrete_fields:
        key = getattr(row, one.attname) if one.is_relation else None
        if key is not None and not one.related_model._base_manager.filter(pk=key).exists():
            return
    unique = [one.fields for one in model._meta.constraints if isinstance(one, models.UniqueConstraint)]
    if any(model._base_manager.filter(**{name: getattr(row, name) for name in names}).exists() for names in unique):
        return
    row.save(force_insert=True)
    back._owned(owned_by(row))


_PATHS = {"attributionstep": ["appearance__statement"], "stance": ["statement"], "framing": ["article"]}
_LABELS = {Statement: ["speaker"], Article: ["outlet"], Claim: []}


def _model_and_field(name: str):
    model, pointer = name.split(".")
    return apps.get_model("claims", model), pointer


def raise_revisions(owners: dict[type[Tracked], set[int]], *, by, verb: str, changes: dict, why: str) -> None:
    """Raises the revision of every owner by one and leaves its trace: one query for some hundreds of them."""
    now = timezone.now()
    for model, keys in owners.items():
        for batch in batches(keys):
            rows = model._base_manager.select_for_update(of=("self",)).select_related(*_LABELS[model])
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
