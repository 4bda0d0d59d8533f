"""The frame of every verb of the desk: `articles.trace`, and with it the parts that an object owns.

A part is a list that belongs to an object and is edited with it: the names of an actor, the stances of a statement.
Changing one raises the owner's revision and is traced, readable, under the part's name.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any, Protocol

from django.db import IntegrityError, OperationalError, models, transaction

from articles.models import Tracked
from articles.trace import Change, Refused, StaleRevision, changing, check, leave_trace, values_of


class Part(Protocol):
    """One list of parts, as an editor wants it to be."""

    name: str

    def standing(self, owner: Tracked) -> list[str]:
        """What stands in the database, readable."""

    def wanted(self, owner: Tracked) -> list[str]:
        """What the editor wants instead, readable."""

    def write(self, owner: Tracked) -> None:
        """Makes the database agree with what is wanted; raises `Refused`."""


# PostgreSQL's codes for a serialization failure and a deadlock: one of two acts gives way to the other.
LOST_RACES = ("40001", "40P01")


@contextmanager
def clashes_told() -> Iterator[None]:
    """Tells an editor in a sentence that another act came first, where only the database could see it."""
    try:
        yield
    except IntegrityError as error:
        raise Refused("Somebody else has just saved what clashes with this: look at it again, then save.") from error
    except OperationalError as error:
        if getattr(error.__cause__, "sqlstate", None) not in LOST_RACES:
            raise
        raise Refused("Somebody else is changing the same just now: save once more.") from error


@contextmanager
def adding(obj: Tracked, parts: Sequence[Part] = (), *, by, verb: str = "add", why: str = "") -> Iterator[Change]:
    """Saves a new object with its parts and leaves one trace of all of it. What the caller checks inside, it checks
    on the saved rows; whatever is refused leaves nothing behind."""
    with clashes_told(), transaction.atomic():
        check(obj)
        obj.save(force_insert=True)
        change = Change(obj)
        for part in parts:
            part.write(obj)
            change.parts[part.name] = [[], part.standing(obj)]
        yield change
        changes = {name: [None, value] for name, value in values_of(obj).items() if value not in ("", None, [])}
        changes |= {name: pair for name, pair in change.parts.items() if pair[0] != pair[1]}
        leave_trace(obj, by=by, verb=verb, changes=changes, why=why)


@contextmanager
def changing_with(
    obj: Tracked, values: dict[str, Any], parts: Sequence[Part] = (), *, by, verb: str, seen: int | None, why: str = ""
) -> Iterator[Change]:
    """`articles.trace.changing`, with parts: written and traced, and a stale refusal shows theirs and yours."""
    with clashes_told():
        try:
            with changing(obj, values, by=by, verb=verb, seen=seen, why=why) as change:
                for part in parts:
                    before = part.standing(change.obj)
                    part.write(change.obj)
                    change.parts[part.name] = [before, part.standing(change.obj)]
                yield change
        except StaleRevision as stale:
            for part in parts:
                theirs, yours = part.standing(obj), part.wanted(obj)
                if theirs != yours:
                    stale.theirs[part.name], stale.yours[part.name] = theirs, yours
            raise


def sync(rows, wanted: Sequence[dict], key: Sequence[str], *, part: str, beside: bool = False) -> list[models.Model]:
    """Makes the `rows` of an owner (its related manager) agree with `wanted`, values by field, in this order.

    A row that is recognised by the fields of its `key` keeps its primary key: merges remember rows by it. Rows that are
    no longer wanted go first, so that a unique name is free for the row that takes it over; `beside` leaves them. A
    refusal names the `part` as its field, because an editor sees one list.
    """
    attnames = {field.name: field.attname for field in rows.model._meta.concrete_fields}
    key = [attnames[name] for name in key]
    wanted = [{attnames[name]: getattr(one, "pk", one) for name, one in values.items()} for values in wanted]
    standing = {tuple(getattr(row, name) for name in key): row for row in rows.all()}
    keep = {tuple(values[name] for name in key) for values in wanted}
    gone = [row.pk for row_key, row in standing.items() if row_key not in keep]
    if gone and not beside:
        rows.filter(pk__in=gone).delete()
    written = []
    for values in wanted:
        row = standing.get(tuple(values[name] for name in key)) or rows.model(**{rows.field.name: rows.instance})
        if row.pk is None or any(getattr(row, name) != value for name, value in values.items()):
            for name, value in values.items():
                setattr(row, name, value)
            try:
                check(row)
            except Refused as refused:
                raise Refused(refused.sentence, field=part) from None
            row.save()
        written.append(row)
    return written
