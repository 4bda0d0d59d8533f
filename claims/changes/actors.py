"""Actors under all their names."""

from collections.abc import Sequence

from articles.trace import Refused

from ..models import Actor
from ..privacy import HINT, Matcher, Person
from . import reading
from .frame import adding
from .inputs import IdentifierInput, NameInput
from .matters import read
from .parts import Identifiers, Names

ACTOR = {
    "name": reading.line,
    "kind": reading.as_given,
    "description": reading.line,
    "protection": reading.as_given,
    "public_label": reading.line,
    "reported_in": reading.as_given,
}


def add_actor(
    *,
    name: str,
    kind: str,
    by,
    names: Sequence[NameInput] = (),
    identifiers: Sequence[IdentifierInput] = (),
    **values,
) -> Actor:
    """A new actor; `name` becomes its primary name, and `values` are those of its other fields.

    An unnamed source says in which article it is reported (`reported_in`). An actor whose name is withheld has its
    public identity for an address, and is public under its label alone.
    """
    actor = Actor()
    for field, value in read_actor(actor, {"name": name, "kind": kind, "slug": "", **values}).items():
        setattr(actor, field, value)
    refuse_crooked_actor(actor)
    with adding(actor, [Names(names), Identifiers(identifiers)], by=by) as change:
        refuse_telling_label(change.obj)
    return actor


def read_actor(actor: Actor, values: dict) -> dict:
    """`values` clean, with the address that they ask for: an address must not tell a name that is withheld."""
    clean = read(actor, values, ACTOR, named_by="name")
    if clean.get("protection", actor.protection) == Actor.Protection.WITHHELD:
        clean["slug"] = actor.public_id
    elif "slug" not in clean and actor.slug in ("", actor.public_id):
        clean["slug"] = reading.free_slug(Actor, clean.get("name", actor.name), actor.public_id)
    return clean


def refuse_crooked_actor(actor: Actor) -> None:
    """The rules of one actor with the field that each is about."""
    if actor.kind == Actor.Kind.UNNAMED and actor.reported_in_id is None:
        raise Refused(
            "An unnamed source belongs to the article that reports it: say which one that is.", field="reported_in"
        )
    if actor.kind != Actor.Kind.UNNAMED and actor.reported_in_id is not None:
        raise Refused("Only an unnamed source belongs to one article.", field="reported_in")
    if actor.protection == Actor.Protection.WITHHELD and not actor.public_label:
        raise Refused("A name that is withheld needs a label to be shown instead of it.", field="public_label")


def refuse_telling_label(actor: Actor) -> None:
    """Refuses a public label that gives away a withheld name."""
    if actor.protection != Actor.Protection.WITHHELD:
        return
    own = Matcher([Person("", tuple({actor.name, *(one.name for one in actor.names.all())}))])
    if any(found.grade != HINT for found in own.find(actor.public_label)):
        raise Refused("The public label tells the name that is withheld.", field="public_label")
