"""The frame of every verb of the desk: `articles.tracked_changes`, and with it the parts that an object owns.

A part is a list that belongs to an object and is edited with it: the names of an actor, the stances of a statement.
Changing one raises the owner's revision and is traced, readable, under the part's name (`components.Component`).
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any, Protocol, TypeVar

from django.contrib.auth.models import User
from django.db import IntegrityError, OperationalError, transaction

from articles.desk_index import index_objects
from articles.models import TrackedModel
from articles.tracked_changes import (
    Change,
    Refusal,
    StaleRevision,
    check_object,
    leave_trace,
    open_change,
    values_of,
)
from record.log import AppendRefused

from .merge_steps import continue_merges_after_commit

# PostgreSQL's codes for a serialization failure and a deadlock: one of two acts gives way to the other.
LOST_RACE_CODES = ("40001", "40P01")

Noun = TypeVar("Noun", bound=TrackedModel)
Owner = TypeVar("Owner", bound=TrackedModel, contravariant=True)


class OwnedPart(Protocol[Owner]):
    """What the frame asks of a part (`components.Component`): to be written, and told before and after."""

    name: str

    def current_texts(self, owner: Owner) -> list[str]: ...

    def requested_texts(self, owner: Owner) -> list[str]: ...

    def write(self, owner: Owner) -> None: ...


@contextmanager
def explain_conflicts() -> Iterator[None]:
    """Tells an editor in a sentence what the record refuses, and that another act came first where only the database
    could see it."""
    try:
        yield
    except AppendRefused as refused:
        raise Refusal(refused.sentence) from refused
    except IntegrityError as error:
        raise Refusal("Somebody else has just saved a conflicting change. Reload, check and save again.") from error
    except OperationalError as error:
        if getattr(error.__cause__, "sqlstate", None) not in LOST_RACE_CODES:
            raise
        raise Refusal("Somebody else is saving the same thing right now. Save again.") from error


@contextmanager
def open_addition(
    obj: Noun, parts: Sequence[OwnedPart[Noun]] = (), *, by: User, verb: str = "add"
) -> Iterator[Change[Noun]]:
    """Saves a new object with its parts and leaves one trace of all of it. What the caller checks inside, it checks
    on the saved rows; whatever is refused leaves nothing behind."""
    with explain_conflicts(), transaction.atomic():
        check_object(obj)
        obj.save(force_insert=True)
        change = Change(obj)
        for part in parts:
            part.write(obj)
            change.parts[part.name] = [[], part.current_texts(obj)]
        yield change
        index_objects([obj])
        changes = {name: [None, value] for name, value in values_of(obj).items() if value not in ("", None, [])}
        changes |= {name: pair for name, pair in change.parts.items() if pair[0] != pair[1]}
        leave_trace(obj, by=by, verb=verb, changes=changes)
        continue_merges_after_commit()


@contextmanager
def open_component_change(
    obj: Noun,
    values: dict[str, Any],
    parts: Sequence[OwnedPart[Noun]] = (),
    *,
    by: User,
    verb: str,
    seen: int | None,
    why: str = "",
) -> Iterator[Change[Noun]]:
    """`articles.tracked_changes.open_change`, with components: written and traced; a stale refusal shows both."""
    with explain_conflicts():
        try:
            with open_change(obj, values, by=by, verb=verb, seen=seen, why=why) as change:
                for part in parts:
                    before = part.current_texts(change.obj)
                    part.write(change.obj)
                    change.parts[part.name] = [before, part.current_texts(change.obj)]
                yield change
                continue_merges_after_commit()
        except StaleRevision as stale:
            for part in parts:
                theirs, yours = part.current_texts(obj), part.requested_texts(obj)
                if theirs != yours:
                    stale.theirs[part.name], stale.yours[part.name] = theirs, yours
            raise
