"""A topic: its introduction, the questions that it groups, with what is counted and most disputed, and a time line."""

from dataclasses import dataclass

from django.http import HttpRequest
from django.utils.translation import gettext as _

from ..documents import Claim, Question, Topic
from ..presenters.claim_data import holders_data
from ..presenters.document_data import notes_data, redirect_resolver, reference
from ..presenters.topic_timeline import LISTED, topic_timeline
from ..queries import querysets
from ..queries.counts import claim_counts, page_counts
from ..queries.kept_summaries import claim_numbers, question_counts
from ..queries.topic_statements import newest_dated_positions
from .page_context import linked_data
from .responses import page

MOST_QUESTIONS = 200
IN_SHORT = 40  # questions of which the most disputed claims are named
CLAIMS_SHOWN = 2
MOST_LINES = 12  # questions on the time line
MOST_POSITIONS = 24  # of each of these


@page("record/topic.html", of="topic")
def topic(request: HttpRequest, *, slug: str) -> dict:
    grouping = querysets.document_at("topic", slug)
    shown = grouping.questions[:MOST_QUESTIONS]
    named = querysets.load_named_documents(shown, {})
    resolve = redirect_resolver(named)
    found = [named.get(question) for question in dict.fromkeys(map(resolve, shown))]
    questions = [document for document in found if isinstance(document, Question)]
    ids = [question.id for question in questions]
    short = questions_in_short(ids)
    claims = claims_in_short([claim for question in ids[:IN_SHORT] for claim in short[question].claims])
    references = [reference(question) for question in questions]
    in_time = newest_dated_positions(ids[:MOST_LINES], MOST_POSITIONS)
    return {
        "page": "topic",
        "linked": linked_data(grouping, named),
        "title": grouping.title,
        "description": grouping.introduction.partition("\n")[0]
        or _("Who says what: %(question)s") % {"question": grouping.title},
        "about": grouping.introduction,
        "notes": notes_data(grouping),
        "id": grouping.id,
        "address": reference(grouping)["address"],
        "questions": [
            {
                **part,
                "description": question.description,
                "counts": short[question.id].counts,
                "contested": short[question.id].contested,
                "claims": [claims[claim] for claim in short[question.id].claims if claim in claims],
            }
            for question, part in zip(questions, references, strict=True)
        ],
        "cut": len(grouping.questions) - len(shown),
        "timeline": topic_timeline(references[:MOST_LINES], in_time),
        "time_cut": len(questions) > MOST_LINES or len(in_time) > LISTED,
    }


@dataclass(frozen=True)
class QuestionInShort:
    """What a topic tells of a question: `counts`, how many claims are `contested`, and the `claims` told first."""

    counts: dict[str, int]
    contested: int = 0
    claims: tuple[str, ...] = ()


def questions_in_short(questions: list[str]) -> dict[str, QuestionInShort]:
    """Of each question how many `claims`, `actors`, `statements`, `articles` and `origins` there are, and what leads.

    Of the past, of which that is not kept, no claim leads.
    """
    if (kept := question_counts(questions, CLAIMS_SHOWN, contested_only=False)) is not None:
        return {
            question: QuestionInShort(
                {"claims": counted.claims, **counted.counts}, counted.contested, tuple(counted.first_claims)
            )
            for question, counted in kept.items()
        }
    claims, found = claim_numbers(questions), page_counts((), "question", questions)
    return {
        question: QuestionInShort({"claims": claims[question], **found.counts_of(question)}) for question in questions
    }


def counts_of_questions(questions: list[str]) -> dict[str, dict[str, int]]:
    """Of each question how many `claims`, `actors`, `statements`, `articles` and `origins` there are."""
    return {question: told.counts for question, told in questions_in_short(questions).items()}


def claims_in_short(claims: list[str]) -> dict[str, dict]:
    """References to claims with who holds them, by id: two queries where there is any."""
    if not claims:
        return {}
    documents = querysets.load_documents(querysets.publications_by_ids(claims), shape=Claim)
    voices = claim_counts(documents).voices
    return {
        claim.id: {**reference(claim), "held": holders_data(voices.get(claim.id, {}))} for claim in documents.values()
    }


def topic_links(topics: list[Topic]) -> list[tuple[Topic, dict]]:
    """Topics in their order, each with a reference that says how many `questions` it groups."""
    ordered = sorted(topics, key=lambda topic: (topic.position, topic.title))
    return [(topic, {**reference(topic), "questions": len(topic.questions)}) for topic in ordered]
