"""Which actors of the desk one may be, by all names of both, in any script: for an offer to merge them."""

from dataclasses import dataclass

from language.names.actors import KnownActor, rank
from language.names.name_likeness import LIKELY, SAME

from ..models import Actor, ActorName
from .blocking import indexed_condition

MAX_NAMES, MAX_ROWS, MAX_OFFERED = 6, 500, 3


@dataclass(frozen=True)
class SimilarActor:
    """One actor that another may be, and why."""

    actor: Actor
    why: str


def similar_actors(actor: Actor) -> list[SimilarActor]:
    """The actors that `actor` is the same as, or likely is, best first: two queries."""
    own = list(dict.fromkeys([actor.name, *actor.names.values_list("name", flat=True)]))[:MAX_NAMES]
    others = ActorName.objects.exclude(actor=actor).filter(
        indexed_condition(own), actor__merged_into=None, actor__reported_in=None, actor__protection=actor.protection
    )
    names: dict[int, list[str]] = {}
    for owner, name in others.order_by("actor", "id").values_list("actor_id", "name")[:MAX_ROWS]:
        names.setdefault(owner, []).append(name)
    known = [KnownActor(owner, tuple(called)) for owner, called in names.items()]
    found = {
        ranked.key: ranked.why
        for name in own
        for ranked in rank(name, known, most=MAX_OFFERED)
        if ranked.level in (SAME, LIKELY)
    }
    keys = list(found)[:MAX_OFFERED]
    actors = Actor.objects.in_bulk(keys)
    return [SimilarActor(actors[key], found[key]) for key in keys if key in actors]
