"""Questions, claims and actors of a record, as rows of the desk."""

from ..models import Actor, ActorName, Claim, ClaimRelation, Identifier, Question
from ..names import fold
from .filling import Filling, Standing, write_all
from .notes import notes


def questions(filling: Filling, batch: list[Standing]) -> None:
    rows = [
        Question(
            public_id=one.document.id,
            slug=one.document.slug,
            title=one.document.title,
            description=one.document.description,
            position=one.document.position,
        )
        for one in batch
    ]
    filling.write("question", list(zip(batch, rows, strict=True)))
    notes(filling, "question", batch)


def claims(filling: Filling, batch: list[Standing]) -> None:
    rows = [(one, claim_row(filling, one)) for one in batch]
    changed = [
        one.document.id
        for one in batch
        if one.document.question in filling.leads
        or any(other.claim in filling.leads for other in one.document.relations)
    ]
    filling.write("claim", rows, changed)
    notes(filling, "claim", batch)


def claim_row(filling: Filling, one: Standing) -> Claim:
    claim, figure = one.document, one.document.figure
    row = Claim(
        public_id=claim.id,
        slug=claim.slug,
        question_id=filling.key("question", claim.question, one.place),
        text=claim.text,
        kind=claim.kind,
        language=claim.language,
        position=claim.position,
    )
    if figure:
        row.amount, row.lower, row.upper = figure.amount, figure.lower, figure.upper
        row.unit, row.modifier, row.counted = figure.unit, figure.modifier, figure.counted
        row.as_of = figure.as_of.edtf if figure.as_of else ""
        row.derived = figure.derived
    return row


def relations(filling: Filling, batch: list[Standing]) -> None:
    """Once all claims are there: how they stand to one another."""
    rows, places, seen = [], [], set()
    for one in batch:
        claim = filling.key("claim", one.document.id, one.place)
        for relation in one.document.relations:
            other = filling.key("claim", relation.claim, one.place)
            said = (claim, relation.kind, other)
            if claim != other and said not in seen:
                seen.add(said)
                rows.append(ClaimRelation(claim_id=claim, kind=relation.kind, other_id=other))
                places.append(one.place)
    write_all(rows, places)


def actors(filling: Filling, batch: list[Standing]) -> None:
    filling.write("actor", [(one, actor_row(filling, one)) for one in batch])
    names, named, identifiers, identified = [], [], [], []
    for one in batch:
        key = filling.key("actor", one.document.id, one.place)
        for name in one.document.names:
            values = {"name": name.text, "language": name.language, "kind": name.kind, "scheme": name.scheme}
            names.append(ActorName(actor_id=key, folded=fold(name.text), **values))
            named.append(one.place)
        for identifier in one.document.identifiers:
            identifiers.append(Identifier(actor_id=key, register=identifier.register, value=identifier.value))
            identified.append(one.place)
    write_all(names, named)
    write_all(identifiers, identified)
    notes(filling, "actor", batch)


def actor_row(filling: Filling, one: Standing) -> Actor:
    actor = one.document
    article = filling.key("article", actor.reported_in, one.place) if actor.reported_in else None
    return Actor(
        public_id=actor.id,
        slug=actor.slug,
        name=actor.name,
        kind=actor.kind,
        description=actor.description,
        protection=Actor.Protection.WITHHELD if actor.withheld else Actor.Protection.NAMED,
        public_label=actor.name if actor.withheld else "",
        reported_in_id=article,
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
    write_all([row for _, row in rows], [redirect.place for redirect, _ in rows])
    filling.follow(kind, rows)
