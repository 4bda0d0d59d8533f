"""Questions, claims, actors and statements of a record, with all that belongs to them, as rows of the desk."""

from articles.models import Capture, Passage
from language.names.spellings import fold
from record.documents import Capture as PublicCapture
from record.imports import ImportRefused

from ...models import (
    Actor,
    ActorName,
    Appearance,
    AttributionStep,
    Claim,
    ClaimRelation,
    Identifier,
    Question,
    Stance,
    Statement,
)
from .desk_filler import DeskFiller, RecordEntry, plain_values, write_rows
from .outlets_and_articles import capture_row


def fill_questions(filling: DeskFiller, batch: list[RecordEntry]) -> None:
    rows = [(one, Question(public_id=one.document.id, **plain_values(one.document, Question))) for one in batch]
    filling.write("question", rows)


def fill_claims(filling: DeskFiller, batch: list[RecordEntry]) -> None:
    rows = [(one, claim_row(filling, one)) for one in batch]
    changed = [
        one.document.id
        for one in batch
        if one.document.question in filling.merge_targets
        or any(other.claim in filling.merge_targets for other in one.document.relations)
    ]
    filling.write("claim", rows, changed)


def claim_row(filling: DeskFiller, one: RecordEntry) -> Claim:
    claim = one.document
    question = filling.key("question", claim.question, one.place)
    figure = plain_values(claim.figure, Claim) if claim.figure else {}
    return Claim(public_id=claim.id, question_id=question, **plain_values(claim, Claim), **figure)


def fill_relations(filling: DeskFiller, batch: list[RecordEntry]) -> None:
    """Once all claims are there: how they stand to one another."""
    filling.write_dependent_rows(batch, _relation_rows)


def _relation_rows(filling: DeskFiller, one: RecordEntry):
    claim = filling.key("claim", one.document.id, one.place)
    said = [(other.kind, filling.key("claim", other.claim, one.place)) for other in one.document.relations]
    for kind, other in dict.fromkeys(said):
        if other != claim:
            yield ClaimRelation(claim_id=claim, kind=kind, other_id=other)


def fill_actors(filling: DeskFiller, batch: list[RecordEntry]) -> None:
    filling.write("actor", [(one, actor_row(filling, one)) for one in batch])
    filling.write_dependent_rows(batch, _name_rows)
    filling.write_dependent_rows(batch, _identifier_rows)


def _name_rows(filling: DeskFiller, one: RecordEntry):
    actor = filling.key("actor", one.document.id, one.place)
    for name in one.document.names:
        yield ActorName(actor_id=actor, name=name.text, folded=fold(name.text), **plain_values(name, ActorName))


def _identifier_rows(filling: DeskFiller, one: RecordEntry):
    actor = filling.key("actor", one.document.id, one.place)
    for identifier in one.document.identifiers:
        yield Identifier(actor_id=actor, **plain_values(identifier, Identifier))


def actor_row(filling: DeskFiller, one: RecordEntry) -> Actor:
    actor = one.document
    withheld = {"protection": Actor.Protection.WITHHELD, "public_label": actor.name} if actor.withheld else {}
    return Actor(
        public_id=actor.id,
        reported_in_id=filling.key("article", actor.reported_in, one.place) if actor.reported_in else None,
        **withheld,
        **plain_values(actor, Actor),
    )


def fill_merged(filling: DeskFiller, kind: str, gone: list[tuple[RecordEntry, RecordEntry]]) -> None:
    """Actors and claims that were merged into others: the redirect that stands, and what stood before it."""
    make = {"actor": actor_row, "claim": claim_row}[kind]
    rows = []
    for redirect, before in gone:
        row = make(filling, before)
        row.slug = redirect.document.slug
        row.merged_into_id = filling.key(kind, redirect.document.into, redirect.place)
        rows.append((redirect, row))
    write_rows(rows)
    filling.follow(kind, rows)


def fill_statements(filling: DeskFiller, batch: list[RecordEntry]) -> None:
    rows = [(one, _statement_row(filling, one)) for one in batch]
    filling.write("statement", rows, [one.document.id for one in batch if _has_merged_references(one, filling)])
    filling.write_dependent_rows(batch, _stance_rows)
    _fill_appearances(filling, batch)
    del filling.keys["statement"]  # nothing names them


def _statement_row(filling: DeskFiller, one: RecordEntry) -> Statement:
    said = one.document
    speaker = filling.key("actor", said.speaker, one.place) if said.speaker else None
    return Statement(public_id=said.id, speaker_id=speaker, **plain_values(said, Statement))


def _has_merged_references(one: RecordEntry, filling: DeskFiller) -> bool:
    said = one.document
    steps = [step.actor for appearance in said.appearances for step in appearance.chain]
    return any(
        name in filling.merge_targets for name in [said.speaker, *steps, *(stance.claim for stance in said.stances)]
    )


def _stance_rows(filling: DeskFiller, one: RecordEntry):
    """One a claim: where merged claims meet, the stance towards the claim that stands counts, as for readers."""
    statement, claims = filling.key("statement", one.document.id, one.place), {}
    for stance in one.document.stances:
        claim = filling.key("claim", stance.claim, one.place)
        taken = claims.get(claim)
        if taken is None or (taken.claim in filling.merge_targets and stance.claim not in filling.merge_targets):
            claims.pop(claim, None)
            claims[claim] = stance
    for claim, stance in claims.items():
        yield Stance(statement_id=statement, claim_id=claim, kind=stance.stance, **plain_values(stance, Stance))


def _fill_appearances(filling: DeskFiller, batch: list[RecordEntry]) -> None:
    passages = _passages_by_key(filling, batch)
    rows, chains = [], []
    for one in batch:
        statement = filling.key("statement", one.document.id, one.place)
        for appearance in one.document.appearances:
            passage, values = passages[_passage_key(filling, one, appearance)], plain_values(appearance, Appearance)
            rows.append((one, Appearance(statement_id=statement, passage=passage, **values)))
            chains.append(appearance.chain)
    write_rows(rows)
    write_rows(
        [
            (one, _step_row(filling, one, row, position, step))
            for (one, row), chain in zip(rows, chains, strict=True)
            for position, step in enumerate(chain, start=1)
        ]
    )


def _step_row(filling: DeskFiller, one: RecordEntry, row: Appearance, position: int, step) -> AttributionStep:
    named = {
        f"{kind}_id": filling.key(kind, public_id, one.place)
        for kind, public_id in (("actor", step.actor), ("outlet", step.outlet))
        if public_id
    }
    return AttributionStep(appearance=row, position=position, **named, **plain_values(step, AttributionStep))


def _passage_key(filling: DeskFiller, one: RecordEntry, appearance) -> tuple[int, str, int, int]:
    passage = appearance.passage
    article = filling.key("article", appearance.article, one.place)
    return article, passage.capture, passage.start, passage.end


def _passages_by_key(filling: DeskFiller, batch: list[RecordEntry]) -> dict[tuple, Passage]:
    """The passages of these statements, by article, SHA-256, start and end; those that are there already included."""
    wanted = {}
    for one in batch:
        for appearance in one.document.appearances:
            wanted.setdefault(_passage_key(filling, one, appearance), (appearance.passage, one))
    captures = _capture_keys(wanted)
    known = Passage.objects.filter(capture__in=set(captures.values())).select_related("capture")
    found = {(one.capture.article_id, one.capture.sha256, one.start, one.end): one for one in known}
    rows = []
    for span, (passage, one) in wanted.items():
        if span not in found:
            marked = None if passage.marked is None else [[part.start, part.end] for part in passage.marked]
            values = plain_values(passage, Passage) | {"marked": marked}
            found[span] = Passage(capture_id=captures[span[:2]], **values)
            rows.append((one, found[span]))
        elif found[span].exact != passage.exact:
            raise ImportRefused(f"{one.place} quotes different words from the same position than an earlier entry.")
    write_rows(rows)
    return found


def _capture_keys(wanted: dict[tuple, tuple]) -> dict[tuple[int, str], int]:
    """The captures that are quoted from. One that its article does not list was taken in after that was published."""
    keys = {span[:2]: one for span, (_, one) in wanted.items()}
    listed = Capture.objects.filter(
        article__in={article for article, _ in keys}, sha256__in={sha256 for _, sha256 in keys}
    )
    found = {(one.article_id, one.sha256): one.pk for one in listed.defer("text")}
    rows = []
    for (article, sha256), one in keys.items():
        if (article, sha256) not in found:
            unlisted = PublicCapture(
                sha256=sha256,
                retrieved_at=one.published_at.strftime("%Y-%m-%dT%H:%M:%SZ"),
                method="excerpt",
                complete=False,
                archive_url="",
            )
            rows.append((one, capture_row(article, unlisted, one)))
    return found | {(one.article_id, one.sha256): one.pk for one in write_rows(rows)}
