"""The tables of what is asked and claimed: topics, their questions, questions, claims, and how claims are related."""

from collections.abc import Iterator

from django.utils.translation import gettext_lazy as _

from ..documents import Claim, Question, Subject, Topic
from ..documents.vocabulary import CLAIM_KINDS, RELATIONS
from .columns import (
    FIGURE_COLUMNS,
    NOTES_COLUMN,
    Cell,
    Column,
    DocumentTable,
    OriginKey,
    RelatedRows,
    date_cells,
    date_columns,
    figure_cells,
    list_cell,
    members_cell,
    notes_cell,
)
from .table_counts import NOBODY, ClaimSides, PageCounts

_COUNT_COLUMNS = (
    Column("statements", _("how many statements of the record speak to it"), "integer", _("statements")),
    Column("articles", _("how many articles print these"), "integer", _("articles")),
    Column("origins", _("on how many independent reports these rest"), "integer", _("origins")),
)


def _count_cells(public_id: str, related: RelatedRows) -> list[Cell]:
    counts = related.counts.get(public_id, PageCounts())
    return [counts.statements, counts.articles, counts.origins]


def _topic_rows(topic: Topic, related: RelatedRows) -> Iterator[list[Cell]]:
    yield [topic.id, topic.title, topic.introduction, topic.position, len(topic.questions), notes_cell(topic)]


TOPICS = DocumentTable(
    "topics",
    _("One row for each topic."),
    (
        Column("topic_id", _("the topic")),
        Column("topic", _("its title")),
        Column("introduction", _("what it is about")),
        Column("position", _("its place among the topics"), "integer"),
        Column("questions", _("how many questions stand under it"), "integer", _("questions")),
        NOTES_COLUMN,
    ),
    ("topic_id",),
    Topic,
    _topic_rows,
)


def _topic_question_rows(topic: Topic, related: RelatedRows) -> Iterator[list[Cell]]:
    standing = dict.fromkeys(filter(None, map(related.id_of, topic.questions)))
    for number, question in enumerate(standing, 1):
        yield [topic.id, question, related.label_of(question), number]


TOPIC_QUESTIONS = DocumentTable(
    "topic_questions",
    _("One row for each question of each topic."),
    (
        Column("topic_id", _("the topic"), table="topics"),
        Column("question_id", _("the question"), table="questions"),
        Column("question", _("its title")),
        Column("number", _("its place among those of the topic, from 1"), "integer"),
    ),
    ("topic_id", "question_id"),
    Topic,
    _topic_question_rows,
)


def _question_rows(question: Question, related: RelatedRows) -> Iterator[list[Cell]]:
    yield [
        question.id,
        question.title,
        question.description,
        question.position,
        *_count_cells(question.id, related),
        notes_cell(question),
    ]


QUESTIONS = DocumentTable(
    "questions",
    _("One row for each question."),
    (
        Column("question_id", _("the question")),
        Column("question", _("its title")),
        Column("description", _("what is asked")),
        Column("position", _("its place among the questions"), "integer"),
        *_COUNT_COLUMNS,
        NOTES_COLUMN,
    ),
    ("question_id",),
    Question,
    _question_rows,
)


def _claim_rows(claim: Claim, related: RelatedRows) -> Iterator[list[Cell]]:
    sides = related.sides.get(claim.id, ClaimSides())
    assent, dissent = (sides.speakers.get(side, NOBODY) for side in ("assent", "dissent"))
    origins = [OriginKey.read(key).name(related) or key for key in sides.origins.first]
    yield [
        claim.id,
        claim.text,
        claim.kind,
        claim.language,
        *related.reference(claim.question),
        *figure_cells(claim),
        *date_cells(claim.figure.as_of if claim.figure else None),
        *_count_cells(claim.id, related),
        assent.total,
        members_cell(assent.first, assent.total),
        sides.origins.total,
        members_cell(origins, sides.origins.total),
        dissent.total,
        members_cell(dissent.first, dissent.total),
        list_cell(_relation_text(other.kind, other.claim, related) for other in claim.relations),
        list_cell(_subject_text(subject, related) for subject in claim.subjects),
        notes_cell(claim),
    ]


def _relation_text(kind: str, other: str, related: RelatedRows) -> str | None:
    standing = related.id_of(other)
    return f"{kind} {standing}" if standing else None


def _subject_text(subject: Subject, related: RelatedRows) -> str:
    if subject.actor:
        return f"actor: {related.label_of(subject.actor) or subject.actor}"
    names = [f"{name.text} [{name.language or 'und'}]" for name in subject.names]
    return f"{subject.kind}: {', '.join(names)}"


CLAIMS = DocumentTable(
    "claims",
    _("One row for each claim, with its figure, who affirms it and who denies it. Counts are of the whole record."),
    (
        Column("claim_id", _("the claim")),
        Column("claim", _("its text")),
        Column("kind", _("what kind of claim it is"), choices=tuple(CLAIM_KINDS)),
        Column("language", _("the language of its text (BCP 47)")),
        Column("question_id", _("the question that it answers"), table="questions"),
        Column("question", _("the question’s title")),
        *FIGURE_COLUMNS,
        *date_columns("as_of", _("for when the figure is given (EDTF)")),
        *_COUNT_COLUMNS,
        Column("affirmed_by_count", _("how many speakers affirm or support it"), "integer", _("speakers")),
        Column("affirmed_by", _("who they are, the first 50 by name")),
        Column(
            "affirming_origins", _("on how many independent reports their statements rest"), "integer", _("origins")
        ),
        Column(
            "affirming_origin_names", _("what these are called, the first 50; of an article its headline and outlet")
        ),
        Column("denied_by_count", _("how many speakers deny, oppose or dispute it"), "integer", _("speakers")),
        Column("denied_by", _("who they are, the first 50 by name")),
        Column("relations", _("how it stands to other claims, by their ids")),
        Column("subjects", _("what it is about: actors, places and other things, these with their languages")),
        NOTES_COLUMN,
    ),
    ("claim_id",),
    Claim,
    _claim_rows,
)


def _relation_rows(claim: Claim, related: RelatedRows) -> Iterator[list[Cell]]:
    seen = set()
    for other in claim.relations:
        found = related.id_of(other.claim)
        if found and (other.kind, found) not in seen:
            seen.add((other.kind, found))
            yield [claim.id, claim.text, other.kind, found, related.label_of(found)]


RELATIONS_TABLE = DocumentTable(
    "relations",
    _("One row for each relation of a claim to another, read from left to right."),
    (
        Column("claim_id", _("the claim"), table="claims"),
        Column("claim", _("its text")),
        Column("relation", _("how it stands to the other"), choices=tuple(RELATIONS)),
        Column("other_id", _("the other claim"), table="claims"),
        Column("other", _("its text")),
    ),
    ("claim_id", "relation", "other_id"),
    Claim,
    _relation_rows,
)
