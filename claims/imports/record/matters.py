"""Questions, claims and actors of a record, as rows of the desk."""

from ...models import Actor, ActorName, Claim, ClaimRelation, Identifier, Question
from ...names import fold
from .filling import Filling, Standing, plain_values, write_all


def questions(filling: Filling, batch: list[Standing]) -> None:
    rows = [(one, Question(public_id=one.document.id, **plain_values(one.document, Question))) for one in batch]
    filling.write("question", rows)


def claims(filling: Filling, batch: list[Standing]) -> None:
    rows = [(one, claim_row(filling, one)) for one in batch]
    changed = [
        one.document.id
        for one in batch
        if one.document.question in filling.leads
        or any(other.claim in filling.leads for other in one.document.relations)
    ]
    filling.write("claim", rows, changed)


def claim_row(filling: Filling, one: Standing) -> Claim:
    claim = one.document
    question = filling.key("question", claim.question, one.place)
    figure = plain_values(claim.figure, Claim) if claim.figure else {}
    return Claim(public_id=claim.id, question_id=question, **plain_values(claim, Claim), **figure)


def relations(filling: Filling, batch: list[Standing]) -> None:
    """Once all claims are there: how they stand to one another."""
    filling.write_parts(batch, _relations)


def _relations(filling: Filling, one: Standing):
    claim = filling.key("claim", one.document.id, one.place)
    said = [(other.kind, filling.key("claim", other.claim, one.place)) for other in one.document.relations]
    for kind, other in dict.fromkeys(said):
        if other != claim:
            yield ClaimRelation(claim_id=claim, kind=kind, other_id=other)


def actors(filling: Filling, batch: list[Standing]) -> None:
    filling.write("actor", [(one, actor_row(filling, one)) for one in batch])
    filling.write_parts(batch, _names)
    filling.write_parts(batch, _identifiers)


def _names(filling: Filling, one: Standing):
    actor = filling.key("actor", one.document.id, one.place)
    for name in one.document.names:
        yield ActorName(actor_id=actor, name=name.text, folded=fold(name.text), **plain_values(name, ActorName))


def _identifiers(filling: Filling, one: Standing):
    actor = filling.key("actor", one.document.id, one.place)
    for identifier in one.document.identifiers:
        yield Identifier(actor_id=actor, **plain_values(identifier, Identifier))


def actor_row(filling: Filling, one: Standing) -> Actor:
    actor = one.document
    withheld = {"protection": Actor.Protection.WITHHELD, "public_label": actor.name} if actor.withheld else {}
    return Actor(
        public_id=actor.id,
        reported_in_id=filling.key("article", actor.reported_in, one.place) if actor.reported_in else None,
        **withheld,
        **plain_values(actor, Actor),
    )


def merged(filling: Filling, kind: str, gone: list[tuple[Standing, Standing]]) -> None:
    """Actors and claims that were merged into others: the redirect that stands, and what stood before it."""
    make = {"actor": actor_row, "claim": claim_row}[kind]
    rows = []
    for redirect, before in gone:
        row = make(filling, before)
        row.slug = redirect.document.slug
        row.merged_into_id = filling.key(kind, redirect.document.into, redirect.place)
        rows.append((redirect, row))
    write_all(rows)
    filling.follow(kind, rows)
