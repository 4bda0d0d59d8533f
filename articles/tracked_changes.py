"""The frame of every verb: refuse early, one transaction, a revision that must be fresh, a trace.

with changing(claim, {"text": text}, by=user, verb="reword", seen=3, why="plainer") as change:
    …
"""

from collections.abc import Iterator
from contextlib import contextmanager
from copy import copy
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Any, Generic, TypeVar

from django.contrib.auth.models import User
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import IntegrityError, models, transaction

from .desk_index import index_objects
from .models import Trace, TrackedModel
from .text import TextIsBroken, settle

# `marked` follows from the place of a passage in its text.
T = TypeVar("T", bound=TrackedModel)

UNTRACED_FIELDS = {"id", "public_id", "revision", "created_at", "changed_at", "marked"}


class Refusal(Exception):
    """An act that breaks a rule, told in a sentence for an editor. Nothing has been changed.

    `field` names the field that the sentence is about, or is empty.
    """

    def __init__(self, sentence: str, *, field: str = "") -> None:
        super().__init__(sentence)
        self.sentence = sentence
        self.field = field


class StaleRevision(Refusal):
    """Somebody else changed the object after this editor had read it. Both versions travel with the refusal.

    `theirs` and `yours` map each field in which the two differ to a value that can be read.
    """

    def __init__(self, obj: TrackedModel, *, seen: int, theirs: dict[str, Any], yours: dict[str, Any]) -> None:
        super().__init__(
            f"“{obj.mention}” was changed by a colleague while you were editing it: "
            f"you saw revision {seen}, it is now revision {obj.revision}."
        )
        self.theirs, self.yours = theirs, yours


def values_of(obj: models.Model) -> dict[str, Any]:
    """The object's own fields as JSON values: what a trace compares and an editor reads."""
    return {
        field.name: json_value(getattr(obj, field.attname))
        for field in obj._meta.concrete_fields
        if field.name not in UNTRACED_FIELDS
    }


def json_value(value: object) -> Any:
    """A field's value as JSON can carry it."""
    if isinstance(value, date | datetime):
        return value.isoformat()
    if isinstance(value, Decimal):
        return format(value.normalize(), "f")
    return value


def column_of(obj: models.Model, name: str) -> models.Field:
    """The field of this name among the object's own."""
    return next(column for column in obj._meta.concrete_fields if column.name == name)


def leave_trace(obj: TrackedModel, *, by: User | None, verb: str, changes: dict[str, Any], why: str = "") -> Trace:
    """Adds the row that says who did what to `obj`, when and why."""
    return Trace.objects.create(
        by=by,
        verb=verb,
        kind=obj._meta.model.__name__.lower(),
        public_id=obj.public_id,
        label=str(obj)[:300],
        revision=obj.revision,
        changes=changes,
        why=why,
    )


def add_object(obj: T, *, by: User | None, verb: str, why: str = "") -> T:
    """Saves a new object after checking its fields and constraints, and leaves a trace. Raises `Refusal`."""
    with transaction.atomic(), explain_integrity_errors(obj):
        check_object(obj)
        obj.save(force_insert=True)
        index_objects([obj])
        changes = {name: [None, value] for name, value in values_of(obj).items() if value not in ("", None, [])}
        leave_trace(obj, by=by, verb=verb, changes=changes, why=why)
    return obj


@dataclass
class Change(Generic[T]):
    """What `changing` hands to the verb: the locked object, and the changes that lie beside its own fields."""

    obj: T
    parts: dict[str, list[Any]] = field(default_factory=dict)


@contextmanager
def open_change(
    obj: T, values: dict[str, Any] | None = None, *, by: User | None, verb: str, seen: int | None, why: str = ""
) -> Iterator[Change[T]]:
    """Opens `obj`, freshly read and locked, sets `values` on it, and yields a `Change`; then checks, saves, traces.

    `seen` is the revision that the caller has read: another one raises `StaleRevision` (None skips the check, for
    acts that do not build on what was read). The verb may put into `Change.parts` what it changes beside the object's
    own fields, `{"stances": [before, after]}`. A change that changes nothing leaves revision and trace alone.
    """
    with transaction.atomic():
        theirs = type(obj)._base_manager.select_for_update().filter(pk=obj.pk).first()
        if theirs is None:
            raise Refusal(f"“{obj.mention}” no longer exists.")
        fresh = copy(theirs)
        for name, value in (values or {}).items():
            fresh._meta.get_field(name)  # a misspelt name would be set and never saved
            setattr(fresh, name, value)
        if seen is not None and seen != theirs.revision:
            raise _stale_revision(theirs, fresh, seen)
        change = Change(fresh)
        yield change
        with explain_integrity_errors(fresh):
            check_object(fresh)  # first, because it turns words into dates and numbers
            changes = _differences(theirs, fresh)
            changes |= {name: pair for name, pair in change.parts.items() if pair[0] != pair[1]}
            if changes:
                fresh.revision += 1
                fresh.save()
                index_objects([fresh])
                leave_trace(fresh, by=by, verb=verb, changes=changes, why=why)


def revise_object(obj: T, values: dict[str, Any], *, by: User | None, verb: str, seen: int | None, why: str = "") -> T:
    """Sets `values` on `obj` as `changing` does, and nothing beside them; returns it as it now stands."""
    with open_change(obj, values, by=by, verb=verb, seen=seen, why=why) as change:
        return change.obj


def _differences(before: TrackedModel, after: TrackedModel) -> dict[str, list[Any]]:
    old, new = values_of(before), values_of(after)
    return {name: [old[name], new[name]] for name in old if old[name] != new[name]}


def _stale_revision(theirs: TrackedModel, yours: TrackedModel, seen: int) -> StaleRevision:
    differing = _differences(theirs, yours)
    return StaleRevision(
        theirs,
        seen=seen,
        theirs={name: pair[0] for name, pair in differing.items()},
        yours={name: pair[1] for name, pair in differing.items()},
    )


def check_object(obj: models.Model) -> None:
    """Raises `Refusal` with the first complaint of the fields' validators or of the database constraints.

    Characters that PostgreSQL refuses and SQLite would keep (NUL, unpaired surrogates) are refused in every field.
    """
    name = ""
    try:
        for column in obj._meta.concrete_fields:
            name = column.name
            if isinstance(value := getattr(obj, column.attname), str):
                settle(value)
        obj.full_clean()
    except TextIsBroken as error:
        raise _refusal(obj, name, error) from None
    except ValidationError as error:
        name, messages = next(iter(error.message_dict.items()))
        raise _refusal(obj, name, messages[0]) from None


def _refusal(obj: models.Model, name: str, message: object) -> Refusal:
    if name == NON_FIELD_ERRORS:
        return Refusal(str(message))
    label = str(column_of(obj, name).verbose_name)
    return Refusal(f"{label[:1].upper()}{label[1:]}: {message}", field=name)


@contextmanager
def explain_integrity_errors(obj: models.Model) -> Iterator[None]:
    """Turns what the database itself refuses, after `check` has passed, into `Refusal`.

    Two editors who save at the same moment both pass the check; the second one meets the constraint.
    """
    try:
        with transaction.atomic():
            yield
    except IntegrityError as error:
        constraint = next((c for c in obj._meta.constraints if c.name in str(error)), None)
        sentence = (
            constraint.violation_error_message if constraint else "Somebody saved the same thing at the same moment."
        )
        raise Refusal(f"{sentence} Check the current state.") from error
