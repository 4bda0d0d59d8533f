"""The history of one object as an editor reads it: who, when, which act, what before and after, and why."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.apps import apps
from django.db.models import Model

from .models import Trace, TrackedModel

DERIVED_SUFFIXES = ("_earliest", "_latest")  # what follows from a date is not told beside it


@dataclass(frozen=True)
class FieldChange:
    """One field of one act. `before` and `after` are lists of lines; a plain value is one line, nothing is none."""

    label: str
    before: list[str]
    after: list[str]


@dataclass(frozen=True)
class Activity:
    """One trace, readable."""

    at: datetime
    by: str
    verb: str
    revision: int
    why: str
    altered: list[FieldChange]


def history_of(obj: TrackedModel, *, newest: int | None = None) -> list[Activity]:
    """The acts on `obj`, newest first, at most `newest` of them: one query, and one for each kind of object named."""
    traces = Trace.objects.filter(public_id=obj.public_id).select_related("by")[:newest]
    return activities(traces, type(obj))


def tracked_model(kind: str) -> type[Model] | None:
    """The tracked model that traces name by `kind`, in whichever room it lives."""
    found = (model for model in apps.get_models() if issubclass(model, TrackedModel) and model._meta.model_name == kind)
    return next(found, None)


def activities(traces: Iterable[Trace], model: type[Model] | None) -> list[Activity]:
    """`traces` of objects of one `model`, readable: what is stored as a key is shown by its name."""
    acts = list(traces)
    relations = _relations(model) if model else {}
    wanted: defaultdict[str, set[int]] = defaultdict(set)
    for trace in acts:
        for name in trace.changes.keys() & relations.keys():
            wanted[name].update(key for key in trace.changes[name] if isinstance(key, int))
    named = {name: relations[name]._base_manager.in_bulk(keys) for name, keys in wanted.items()}
    return [
        Activity(
            at=trace.at,
            by=str(trace.by or "the desk"),
            verb=trace.verb,
            revision=trace.revision,
            why=trace.why,
            altered=[
                FieldChange(
                    _label(model, name), *(_lines(value, named.get(name)) for value in _before_and_after(change))
                )
                for name, change in trace.changes.items()
                if not name.endswith(DERIVED_SUFFIXES)
            ],
        )
        for trace in acts
    ]


def _relations(model: type[Model]) -> dict[str, type[Model]]:
    return {field.name: other for field in model._meta.concrete_fields if (other := field.related_model) is not None}


def _label(model: type[Model] | None, name: str) -> str:
    for field in model._meta.get_fields() if model else ():
        if field.name == name and hasattr(field, "verbose_name"):
            return str(field.verbose_name)
    return name.replace("_", " ")


def _before_and_after(change: object) -> list:
    """Before and after; acts that change nothing but tell something store a bare value."""
    return change if isinstance(change, list) and len(change) == 2 else [None, change]


def _lines(value: object, named: Mapping[int, Model] | None) -> list[str]:
    if value in (None, "", [], {}):
        return []
    if named and isinstance(value, int) and value in named:
        return [str(named[value])]
    if isinstance(value, list):
        return [_line(inner) for inner in value]
    return [_line(value)]


def _line(value: object) -> str:
    if isinstance(value, dict):
        return " · ".join(f"{name}: {_line(inner)}" for name, inner in value.items() if inner not in (None, "", [], {}))
    if isinstance(value, list):
        return " · ".join(_line(inner) for inner in value)
    return str(value)
