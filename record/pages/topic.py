"""A topic: its introduction, and the questions that it groups, with what is counted of each."""

from django.http import HttpRequest
from django.utils.translation import gettext as _

from ..documents import Question, Topic
from ..presenters.document_data import notes_data, redirect_resolver, reference
from ..queries import querysets
from ..queries.counts import page_counts
from ..queries.kept_summaries import claim_numbers, question_counts
from .page_context import linked_data
from .responses import page

MOST_QUESTIONS = 200


@page("record/topic.html", of="topic")
def topic(request: HttpRequest, *, slug: str) -> dict:
    grouping = querysets.document_at("topic", slug)
    shown = grouping.questions[:MOST_QUESTIONS]
    named = querysets.load_named_documents(shown, {})
    resolve = redirect_resolver(named)
    found = [named.get(question) for question in dict.fromkeys(map(resolve, shown))]
    questions = [document for document in found if isinstance(document, Question)]
    ids = [question.id for question in questions]
    counts = counts_of_questions(ids)
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
                **reference(question),
                "description": question.description,
                "counts": counts[question.id],
            }
            for question in questions
        ],
        "cut": len(grouping.questions) - len(shown),
    }


def counts_of_questions(questions: list[str]) -> dict[str, dict[str, int]]:
    """Of each question how many `claims`, `actors`, `statements`, `articles` and `origins` there are."""
    if (kept := question_counts(questions, 1)) is not None:
        return {question: {"claims": counted.claims, **counted.counts} for question, counted in kept.items()}
    claims, found = claim_numbers(questions), page_counts((), "question", questions)
    return {question: {"claims": claims[question], **found.counts_of(question)} for question in questions}


def topic_links(topics: list[Topic]) -> list[dict]:
    """References to topics in their order, each with how many `questions` it groups."""
    ordered = sorted(topics, key=lambda topic: (topic.position, topic.title))
    return [{**reference(topic), "questions": len(topic.questions)} for topic in ordered]
