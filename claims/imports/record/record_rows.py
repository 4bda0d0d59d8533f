"""Questions, topics, claims, actors and statements of a record, with all that belongs to them, as rows of the desk."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from articles.models import Capture, Passage
from articles.passage_places import PassagePlace, rows_of_place
from language.names.spellings import fold
from record import documents
from record.imports import ImportRefused

from ...models import (
    Actor,
    ActorName,
    Appearance,
    AttributionStep,
    Claim,
    ClaimRelation,
    ClaimSubject,
    Identifier,
    Question,
    Stance,
    Statement,
    Topic,
    TopicQuestion,
)
from ...suggestions.claim_index import write_terms
from .desk_filler import DeskFiller, RecordEntry, plain_values, write_rows
from .outlets_and_articles import capture_row

Place = tuple[int, str, int, int]  # article, SHA-256 of the text, start and end
Wanted = tuple[documents.Passage, RecordEntry[documents.Statement]]  # the passage there, and who quotes it


def fill_questions(filling: DeskFiller, batch: list[RecordEntry[documents.Question]]) -> None:
    rows = [(entry, Question(public_id=entry.document.id, **plain_values(entry.document, Question))) for entry in batch]
    filling.write("question", rows)


def fill_topics(filling: DeskFiller, batch: list[RecordEntry[documents.Topic]]) -> None:
    rows = [(entry, Topic(public_id=entry.document.id, **plain_values(entry.document, Topic))) for entry in batch]
    merged = [
        entry.document.id
        for entry in batch
        if any(question in filling.merge_targets for question in entry.document.questions)
    ]
    filling.write("topic", rows, merged)
    filling.write_dependent_rows(batch, _topic_question_rows)


def _topic_question_rows(filling: DeskFiller, entry: RecordEntry[documents.Topic]) -> Iterator[TopicQuestion]:
    topic = filling.key("topic", entry.document.id, entry.place)
    questions = dict.fromkeys(filling.key("question", name, entry.place) for name in entry.document.questions)
    for position, question in enumerate(questions, start=1):
        yield TopicQuestion(topic_id=topic, question_id=question, position=position)


def fill_claims(filling: DeskFiller, batch: list[RecordEntry[documents.Claim]]) -> None:
    rows = [(entry, claim_row(filling, entry)) for entry in batch]
    changed = [
        entry.document.id
        for entry in batch
        if entry.document.question in filling.merge_targets
        or any(other.claim in filling.merge_targets for other in entry.document.relations)
        or any(subject.actor in filling.merge_targets for subject in entry.document.subjects)
    ]
    filling.write("claim", rows, changed)
    write_terms([claim for _, claim in rows])


def claim_row(filling: DeskFiller, entry: RecordEntry[documents.Claim]) -> Claim:
    claim = entry.document
    question = filling.key("question", claim.question, entry.place)
    figure = plain_values(claim.figure, Claim) if claim.figure else {}
    return Claim(public_id=claim.id, question_id=question, **plain_values(claim, Claim), **figure)


def fill_relations_and_subjects(filling: DeskFiller, batch: list[RecordEntry[documents.Claim]]) -> None:
    """Once all claims and actors are there: how claims stand to one another, and what they are about."""
    filling.write_dependent_rows(batch, _relation_rows)
    filling.write_dependent_rows(batch, _subject_rows)


def _relation_rows(filling: DeskFiller, entry: RecordEntry[documents.Claim]) -> Iterator[ClaimRelation]:
    claim = filling.key("claim", entry.document.id, entry.place)
    relations = [(other.kind, filling.key("claim", other.claim, entry.place)) for other in entry.document.relations]
    for kind, other in dict.fromkeys(relations):
        if other != claim:
            yield ClaimRelation(claim_id=claim, kind=kind, other_id=other)


def _subject_rows(filling: DeskFiller, entry: RecordEntry[documents.Claim]) -> Iterator[ClaimSubject]:
    """What a claim is about; actors that were merged into one are one."""
    claim = filling.key("claim", entry.document.id, entry.place)
    actors = set()
    for subject in entry.document.subjects:
        if subject.actor:
            actor = filling.key("actor", subject.actor, entry.place)
            if actor not in actors:
                yield ClaimSubject(claim_id=claim, kind=subject.kind, actor_id=actor)
            actors.add(actor)
            continue
        first, *others = subject.names
        lines = (f"{name.language}: {name.text.replace(chr(10), ' ')}" for name in others)
        yield ClaimSubject(
            claim_id=claim,
            kind=subject.kind,
            name=first.text,
            language=first.language,
            other_names="\n".join(lines),
        )


def fill_actors(filling: DeskFiller, batch: list[RecordEntry[documents.Actor]]) -> None:
    filling.write("actor", [(entry, actor_row(filling, entry)) for entry in batch])
    filling.write_dependent_rows(batch, _name_rows)
    filling.write_dependent_rows(batch, _identifier_rows)


def _name_rows(filling: DeskFiller, entry: RecordEntry[documents.Actor]) -> Iterator[ActorName]:
    actor = filling.key("actor", entry.document.id, entry.place)
    for name in entry.document.names:
        yield ActorName(actor_id=actor, name=name.text, folded=fold(name.text), **plain_values(name, ActorName))


def _identifier_rows(filling: DeskFiller, entry: RecordEntry[documents.Actor]) -> Iterator[Identifier]:
    actor = filling.key("actor", entry.document.id, entry.place)
    for identifier in entry.document.identifiers:
        yield Identifier(actor_id=actor, **plain_values(identifier, Identifier))


def actor_row(filling: DeskFiller, entry: RecordEntry[documents.Actor]) -> Actor:
    actor = entry.document
    withheld = {"protection": Actor.Protection.WITHHELD, "public_label": actor.name} if actor.withheld else {}
    return Actor(
        public_id=actor.id,
        reported_in_id=filling.key("article", actor.reported_in, entry.place) if actor.reported_in else None,
        **withheld,
        **plain_values(actor, Actor),
    )


MERGEABLE: dict[str, tuple[type[Actor | Claim], Callable[[DeskFiller, RecordEntry[Any]], Actor | Claim]]] = {
    "claim": (Claim, claim_row),
    "actor": (Actor, actor_row),
}


def fill_merged(
    filling: DeskFiller,
    kind: str,
    merged: Iterable[tuple[RecordEntry[documents.Redirect], RecordEntry[Any]]],
) -> None:
    """Actors and claims that were merged into others: the redirect that stands, and what stood before it."""
    _, row_of = MERGEABLE[kind]
    rows = []
    for redirect, before in merged:
        row = row_of(filling, before)
        row.slug = redirect.document.slug
        row.merged_into_id = filling.key(kind, redirect.document.into, redirect.place)
        rows.append((redirect, row))
    write_rows(rows)
    write_terms([row for _, row in rows if isinstance(row, Claim)])
    filling.follow(kind, rows)


def fill_statements(filling: DeskFiller, batch: list[RecordEntry[documents.Statement]]) -> None:
    rows = [(entry, _statement_row(filling, entry)) for entry in batch]
    filling.write("statement", rows, [entry.document.id for entry in batch if _has_merged_references(entry, filling)])
    filling.write_dependent_rows(batch, _stance_rows)
    _fill_appearances(filling, batch)


def _statement_row(filling: DeskFiller, entry: RecordEntry[documents.Statement]) -> Statement:
    said = entry.document
    speaker = filling.key("actor", said.speaker, entry.place) if said.speaker else None
    return Statement(public_id=said.id, speaker_id=speaker, **plain_values(said, Statement))


def _has_merged_references(entry: RecordEntry[documents.Statement], filling: DeskFiller) -> bool:
    said = entry.document
    steps = [step.actor for appearance in said.appearances for step in appearance.chain]
    return any(
        name in filling.merge_targets for name in [said.speaker, *steps, *(stance.claim for stance in said.stances)]
    )


def _stance_rows(filling: DeskFiller, entry: RecordEntry[documents.Statement]) -> Iterator[Stance]:
    """One a claim: where merged claims meet, the stance towards the claim that stands counts, as for readers."""
    statement = filling.key("statement", entry.document.id, entry.place)
    claims: dict[int, documents.Stance] = {}
    for stance in entry.document.stances:
        claim = filling.key("claim", stance.claim, entry.place)
        taken = claims.get(claim)
        if taken is None or (taken.claim in filling.merge_targets and stance.claim not in filling.merge_targets):
            claims.pop(claim, None)
            claims[claim] = stance
    for claim, stance in claims.items():
        yield Stance(statement_id=statement, claim_id=claim, kind=stance.stance, **plain_values(stance, Stance))


def _fill_appearances(filling: DeskFiller, batch: list[RecordEntry[documents.Statement]]) -> None:
    passages = _passages_by_key(filling, batch)
    rows, chains = [], []
    for entry in batch:
        statement = filling.key("statement", entry.document.id, entry.place)
        for appearance in entry.document.appearances:
            passage, values = passages[_passage_key(filling, entry, appearance)], plain_values(appearance, Appearance)
            rows.append((entry, Appearance(statement_id=statement, passage=passage, **values)))
            chains.append(appearance.chain)
    write_rows(rows)
    write_rows(
        [
            (entry, _step_row(filling, entry, row, position, step))
            for (entry, row), chain in zip(rows, chains, strict=True)
            for position, step in enumerate(chain, start=1)
        ]
    )


def _step_row(
    filling: DeskFiller, entry: RecordEntry[documents.Statement], row: Appearance, position: int, step: documents.Step
) -> AttributionStep:
    party = {
        f"{kind}_id": filling.key(kind, public_id, entry.place)
        for kind, public_id in (("actor", step.actor), ("outlet", step.outlet))
        if public_id
    }
    return AttributionStep(appearance=row, position=position, **party, **plain_values(step, AttributionStep))


def _passage_key(
    filling: DeskFiller, entry: RecordEntry[documents.Statement], appearance: documents.Appearance
) -> Place:
    passage = appearance.passage
    article = filling.key("article", appearance.article, entry.place)
    return article, passage.capture, passage.start, passage.end


def _passages_by_key(filling: DeskFiller, batch: list[RecordEntry[documents.Statement]]) -> dict[Place, Passage]:
    """The passages of these statements, by article, SHA-256, start and end; those that are there already included."""
    wanted: dict[Place, Wanted] = {}
    for entry in batch:
        for appearance in entry.document.appearances:
            wanted.setdefault(_passage_key(filling, entry, appearance), (appearance.passage, entry))
    captures = _capture_keys(wanted)
    known = Passage.objects.filter(capture__in=set(captures.values())).select_related("capture")
    found = {(row.capture.article_id, row.capture.sha256, row.start, row.end): row for row in known}
    rows = []
    for span, (passage, entry) in wanted.items():
        if span not in found:
            marked = None if passage.marked is None else [[part.start, part.end] for part in passage.marked]
            values = plain_values(passage, Passage) | {"marked": marked}
            found[span] = Passage(capture_id=captures[span[:2]], **values)
            rows.append((entry, found[span]))
        elif found[span].exact != passage.exact:
            raise ImportRefused(f"{entry.place} quotes different words from the same position than an earlier entry.")
    write_rows(rows)
    _keep_places(wanted, captures)
    return found


def _keep_places(wanted: dict[Place, Wanted], captures: dict[tuple[int, str], int]) -> None:
    """Notes in the captures where the passages stand in the originals."""
    rows: dict[int, list[list]] = defaultdict(list)
    for span, (passage, _entry) in wanted.items():
        if passage.place:
            rows[captures[span[:2]]] += rows_of_place(passage.start, passage.end, _passage_place(passage.place))
    for capture in Capture.objects.filter(pk__in=rows).only("places"):
        places = {tuple(row) for row in [*capture.places, *rows[capture.pk]]}
        capture.places = [list(row) for row in sorted(places, key=lambda row: (row[:2], row[2] or 0))]
        capture.save(update_fields=["places"])


def _passage_place(place: documents.Place) -> PassagePlace:
    return PassagePlace(
        place.page,
        place.last_page,
        None if place.begins_at is None else float(place.begins_at),
        None if place.ends_at is None else float(place.ends_at),
        place.speaker,
    )


def _capture_keys(wanted: dict[Place, Wanted]) -> dict[tuple[int, str], int]:
    """The captures that are quoted from. One that its article does not list was taken in after that was published."""
    keys = {span[:2]: entry for span, (_, entry) in wanted.items()}
    listed = Capture.objects.filter(
        article__in={article for article, _ in keys}, sha256__in={sha256 for _, sha256 in keys}
    )
    found = {(row.article_id, row.sha256): row.pk for row in listed.without_texts()}
    rows = []
    for (article, sha256), entry in keys.items():
        if (article, sha256) not in found:
            unlisted = documents.Capture(
                sha256=sha256,
                retrieved_at=entry.published_at.strftime("%Y-%m-%dT%H:%M:%SZ"),
                method="excerpt",
                complete=False,
                archive_url="",
            )
            rows.append((entry, capture_row(article, unlisted, entry)))
    return found | {(row.article_id, row.sha256): row.pk for row in write_rows(rows)}
