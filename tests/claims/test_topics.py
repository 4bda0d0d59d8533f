"""Topics at the desk: which questions they group, in which order, and what of that becomes public."""

import pytest
from django.urls import reverse

from articles.tracked_changes import Refusal, StaleRevision
from claims.changes import NoteInput, TopicQuestionInput, add_question, add_topic, annotate, revise
from claims.models import Release, Topic
from claims.publishing import plan, publish, submit, undo_withdrawal, withdraw
from record.documents import decode
from record.models import Publication
from tests.desk import posted

pytestmark = pytest.mark.django_db


@pytest.fixture
def questions(editor):
    return [add_question(title=f"Question {number}?", by=editor) for number in range(3)]


@pytest.fixture
def topic(editor, questions):
    entries = [TopicQuestionInput(questions[1]), TopicQuestionInput(questions[0])]
    return add_topic(title="The valley", introduction="In short.", questions=entries, by=editor)


def titles(topic):
    return [entry.question.title for entry in topic.questions.order_by("position")]


def public(obj):
    return decode(Publication.objects.get(public_id=obj.public_id, superseded_by=None).document)


def test_a_topic_has_its_questions_in_the_order_in_which_they_are_given(topic, questions, editor):
    assert (topic.slug, titles(topic)) == ("the-valley", ["Question 1?", "Question 0?"])
    entries = [TopicQuestionInput(question) for question in questions]
    changed = revise(topic, {"title": "Valleys"}, questions=entries, by=editor, seen=1)
    assert (changed.slug, titles(changed)) == ("the-valley", ["Question 0?", "Question 1?", "Question 2?"])
    assert topic.questions.get(question=questions[1]).pk == min(topic.questions.values_list("pk", flat=True))


def test_a_topic_without_a_title_and_a_question_given_twice_are_refused(topic, questions, editor):
    with pytest.raises(Refusal, match="Title"):
        add_topic(title=" ", by=editor)
    with pytest.raises(Refusal, match="“Question 0\\?” is given twice") as refused:
        revise(topic, {}, questions=[TopicQuestionInput(questions[0])] * 2, by=editor, seen=1)
    assert refused.value.field == "questions"
    with pytest.raises(StaleRevision) as stale:
        revise(topic, {}, questions=[], by=editor, seen=7)
    assert stale.value.theirs["questions"] == ["Question 1?", "Question 0?"]
    assert Topic.objects.count() == 1


def test_readers_see_those_of_its_questions_that_are_public(topic, questions, editor, reviewer):
    annotate(topic, [NoteInput("other", "Named by the editors.")], by=editor, seen=1)
    submit([topic], by=editor)
    publish([topic, questions[0]], by=reviewer, reason="A start.")
    assert (public(topic).questions, public(topic).introduction) == ((questions[0].public_id,), "In short.")
    assert public(topic).notes[0].text == "Named by the editors."
    made = plan([questions[1]], by=reviewer)
    assert [entry.obj for entry in made.neighbours] == [topic]
    publish([questions[1]], by=reviewer, reason="Another one.")
    assert public(topic).questions == (questions[1].public_id, questions[0].public_id)
    withdraw([questions[1]], by=reviewer, reason="Put badly.")
    assert public(topic).questions == (questions[0].public_id,)
    undo_withdrawal([questions[1]], by=reviewer, reason="Put well.")
    assert public(topic).questions == (questions[1].public_id, questions[0].public_id)
    withdraw([topic], by=reviewer, reason="Of no use.")
    assert Release.objects.get(public_id=topic.public_id).state == "withdrawn"


def test_who_has_put_a_question_into_a_topic_does_not_publish_that(topic, questions, reviewer, editor):
    publish([topic, *questions], by=reviewer, reason="A start.")
    entries = [TopicQuestionInput(question) for question in questions]
    changed = revise(topic, {}, questions=entries, by=reviewer, seen=1)
    (own,) = plan([changed], by=reviewer).own_changes
    assert own.sentence.startswith("You changed the topic “The valley”")


def test_an_editor_makes_and_orders_a_topic_on_its_page(editor_client, questions, topic):
    page = editor_client.get(reverse("admin:claims_topic_change", args=[topic.pk]))
    data = posted(page)
    data |= {"title": "Valleys", "questions-0-question": questions[2].pk, "why": "It is about more."}
    response = editor_client.post(reverse("admin:claims_topic_change", args=[topic.pk]), data)
    assert response.status_code == 302, response.context["errors"]
    topic.refresh_from_db()
    assert (topic.title, titles(topic)) == ("Valleys", ["Question 2?", "Question 0?"])
    data = posted(editor_client.get(reverse("admin:claims_topic_add")))
    data |= {"title": "Rivers", "questions-TOTAL_FORMS": "1", "questions-0-question": questions[0].pk}
    assert editor_client.post(reverse("admin:claims_topic_add"), data).status_code == 302
    assert titles(Topic.objects.get(slug="rivers")) == ["Question 0?"]
    listed = editor_client.get(reverse("admin:claims_topic_changelist"))
    assert [row.question_total for row in listed.context["cl"].result_list] == [1, 2]
