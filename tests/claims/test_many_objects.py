"""What is published together by the thousand is read in one go, and published in steps between which others save."""

import pytest
from django.db import connection, transaction
from django.db.models import prefetch_related_objects
from django.test.utils import CaptureQueriesContext

from articles.tracked_changes import Refusal
from claims.changes import add_question, revise
from claims.models import Claim, Question, Release, Stance
from claims.publishing import PublicationRefused, plan, publish, send_back, submit
from record.models import Publication
from record.projections.locks import FIRST_STEP
from tests.cast import member_of

pytestmark = pytest.mark.django_db

MOST_QUERIES = 5  # of one more object that is submitted, published or sent back


def make_questions(count, editor):
    return [add_question(title=f"How many in {number}?", by=editor) for number in range(count)]


def test_what_more_than_a_thousand_objects_name_is_read_at_once():
    question = Question.objects.create(title="How many?", slug="how-many")
    claims = [Claim(question=question, text=f"Claim {number}", slug=f"claim-{number}") for number in range(1100)]
    claims = Claim.objects.bulk_create(claims)
    stances = [Stance(claim_id=claim.pk) for claim in claims]
    prefetch_related_objects(stances, "claim")
    assert [stance.claim for stance in stances] == claims


@pytest.fixture
def steps(monkeypatch):
    """How many objects each transaction of `act_in_steps` was about."""
    from record.projections import locks

    seen, act_in_steps = [], locks.act_in_steps

    def noting(rows, act, **options):
        act_in_steps(rows, lambda some: (seen.append(len(some)), act(some)), **options)

    monkeypatch.setattr("claims.publishing.publication_steps.act_in_steps", noting)
    return seen


def test_many_are_published_in_steps_that_each_come_to_the_same(editor, reviewer, steps):
    questions = make_questions(2 * FIRST_STEP + 5, editor)
    seen = plan(questions, by=reviewer).revisions
    published = publish(questions, by=reviewer, reason="All.", seen=seen)
    assert sum(steps) == len(questions) and len(steps) > 1
    assert [row.public_id for row in published] == [question.public_id for question in questions]
    assert Release.objects.filter(state="published").count() == len(questions)
    assert publish(questions, by=reviewer, reason="Again.") == []


def test_few_are_published_in_one_transaction(editor, reviewer, steps):
    publish(make_questions(FIRST_STEP, editor), by=reviewer, reason="All.")
    assert steps == []


def test_many_of_which_one_cannot_be_published_are_none(editor, reviewer):
    questions = make_questions(FIRST_STEP + 4, editor)
    own = revise(questions[-1], {"title": "How many by the reviewer?"}, by=reviewer, seen=None)
    with pytest.raises(PublicationRefused):
        publish([*questions[:-1], own], by=reviewer, reason="All.")
    assert not Publication.objects.exists()


def test_what_is_changed_between_two_steps_is_not_published_unseen(editor, reviewer, monkeypatch):
    questions = make_questions(FIRST_STEP + 4, editor)
    from claims.publishing import publication_steps

    append, changed = publication_steps.append, []

    def change_the_last(*values, **options):
        if not changed:
            changed.append(revise(questions[-1], {"title": "How many, unseen?"}, by=editor, seen=None))
        return append(*values, **options)

    monkeypatch.setattr(publication_steps, "append", change_the_last)
    with pytest.raises(Refusal, match=f"{FIRST_STEP} documents were published, the others were not. What would become"):
        publish(questions, by=reviewer, reason="All.")
    assert Publication.objects.count() == FIRST_STEP
    assert not Release.objects.filter(public_id=questions[-1].public_id).exists()


@pytest.mark.parametrize("act", ["submit", "publish", "send back"])
def test_one_more_object_takes_few_queries(editor, act):
    reviewer = member_of("reviewer", "rolf")

    def queries(count):
        with transaction.atomic():
            questions = make_questions(count, editor)
            if act == "send back":
                submit(questions, by=editor)
            with CaptureQueriesContext(connection) as captured:
                if act == "submit":
                    submit(questions, by=editor)
                elif act == "publish":
                    publish(questions, by=reviewer, reason="All.")
                else:
                    send_back(questions, by=reviewer, note="More.")
            transaction.set_rollback(True)
        return len(captured)

    assert queries(14) - queries(4) <= 10 * MOST_QUERIES
