"""The frame of every verb: refuse early, one transaction, a revision that must be fresh, a trace.

with changing(claim, {"text": text}, by=user, verb="reword", seen=3, why="plainer") as change:
    …
"""

from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import models, transaction

from .models import Trace, Tracked

UNTRACED = {"id", "public_id", "revision", "created_at", "changed_at"}


class Refused(Exception):
    """An act that breaks a rule, told in a sentence for an editor. Nothing has been changed.

    `field` names the field that the sentence is about, or is empty.
    """

    def __init__(self, sentence: str, *, field: str = ""):
        super().__init__(sentence)
        self.sentence = sentence
        self.field = field


class StaleRevision(Refused):
    """Somebody else changed the object after this editor had read it. Both versions travel with the refusal.

    `theirs` and `yours` map each field in which the two differ to a value that can be read.
    """

    def __init__(self, obj, *, seen: int, theirs: dict, yours: dict):
        super().__init__(
            f"“{obj}” was changed by somebody else while you were editing it: "
            f"you saw revision {seen}, it is now at revision {obj.revision}."
        )
        self.theirs, self.yours = theirs, yours


def values_of(obj: models.Model) -> dict:
    """The object's own fields as JSON values: what a trace compares and an editor reads."""
    return {
        field.name: readable(getattr(obj, field.attname))
        for field in obj._meta.concrete_fields
        if field.name not in UNTRACED
    }


def readable(value):
    """A field's value as JSON can carry it."""
    if isinstance(value, date | datetime):
        return value.isoformat()
    if isinstance(value, Decimal):
        return format(value, "f")
    return value


def leave_trace(obj: Tracked, *, by, verb: str, changes: dict, why: str = "") -> Trace:
    """Adds the row that says who did what to `obj`, when and why."""
    return Trace.objects.create(
        by=by,
        verb=verb,
        kind=obj._meta.model_name,
        public_id=obj.public_id,
        label=str(obj)[:300],
        revision=obj.revision,
        changes=changes,
        why=why,
    )


def add(obj: Tracked, *, by, verb: str, why: str = "") -> Tracked:
    """Saves a new object after checking its fields and constraints, and leaves a trace. Raises `Refused`."""
    with transaction.atomic():
        check(obj)
        obj.save(force_insert=True)
        changes = {name: [None, value] for name, value in values_of(obj).items() if value not in ("", None, [])}
        leave_trace(obj, by=by, verb=verb, changes=changes, why=why)
    return obj


@dataclass
class Change:
    """What `changing` hands to the verb: the locked object, and the changes that lie beside its own fields."""

    obj: Tracked
    parts: dict = field(default_factory=dict)


@contextmanager
def changing(obj: Tracked, values: dict | None = None, *, by, verb: str, seen: int | None, why: str = ""):
    """Opens `obj`, freshly read and locked, sets `values` on it, and yields a `Change`; then checks, saves, traces.

    `seen` is the revision that the caller has read: another one raises `StaleRevision` (None skips the check, for
    acts that do not build on what was read). The verb may put into `Change.parts` what it changes beside the object's
    own fields, `{"stances": [before, after]}`. A change that changes nothing leaves revision and trace alone.
    """
    values = values or {}
    with transaction.atomic():
        fresh = type(obj)._base_manager.select_for_update().get(pk=obj.pk)
        before = values_of(fresh)
        revision = fresh.revision
        for name, value in values.items():
            fresh._meta.get_field(name)  # a misspelt name would be set and never saved
            setattr(fresh, name, value)
        if seen is not None and seen != revision:
            yours = values_of(fresh)
            differing = [name for name in before if before[name] != yours[name]]
            raise StaleRevision(
                fresh,
                seen=seen,
                theirs={name: before[name] for name in differing},
                yours={name: yours[name] for name in differing},
            )
        change = Change(fresh)
        yield change
        after = values_of(fresh)
        changes = {name: [before[name], after[name]] for name in before if before[name] != after[name]}
        changes |= {name: pair for name, pair in change.parts.items() if pair[0] != pair[1]}
        if not changes:
            return
        check(fresh)
        fresh.revision += 1
        fresh.save()
        leave_trace(fresh, by=by, verb=verb, changes=changes, why=why)


def check(obj: models.Model) -> None:
    """Raises `Refused` with the first complaint of the fields' validators or of the database constraints."""
    try:
        obj.full_clean()
    except ValidationError as error:
        field, messages = next(iter(error.message_dict.items()))
        if field == NON_FIELD_ERRORS:
            raise Refused(messages[0]) from None
        raise Refused(f"{obj._meta.get_field(field).verbose_name.capitalize()}: {messages[0]}", field=field) from None
