"""What comes first at an empty desk, on its front page: each step says what it is for, and is done there."""

from dataclasses import dataclass

from django import forms
from django.contrib import messages
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from articles.editors import acting_editor
from articles.models import Article
from articles.tracked_changes import Refusal

from ..changes import TopicQuestionInput, add_question, add_topic
from ..changes.people import may_invite
from ..models import Question, Release, Statement
from .workflow import action_address, may_publish


class FirstQuestionForm(forms.Form):
    """The question that the first articles answer, and what it is a part of."""

    title = forms.CharField(
        max_length=200,
        label="Question",
        widget=forms.TextInput(attrs={"class": "vTextField", "placeholder": "How many people are held?"}),
    )
    topic = forms.CharField(
        max_length=200, required=False, label="Topic (optional)", widget=forms.TextInput(attrs={"class": "vTextField"})
    )


@dataclass(frozen=True)
class FirstStep:
    """One step: what to do and why, whether it is done, and where it is done (an address, or the form in place)."""

    label: str
    why: str
    done: bool
    address: str = ""
    form: FirstQuestionForm | None = None


def first_steps(user: User) -> list[FirstStep]:
    """The way from an empty desk to a first published statement; none once one is published."""
    if not user.has_perm("claims.add_statement") or Release.objects.public().filter(kind="statement").exists():
        return []
    article = Article.objects.order_by("pk").first()
    question, statement = Question.objects.exists(), Statement.objects.exists()
    beyond = Release.objects.filter(kind="statement").exclude(state=Release.State.DRAFT).order_by("pk").first()
    draft = None if beyond else Statement.objects.order_by("pk").first()
    review = [beyond.public_id] if beyond and beyond.state == Release.State.IN_REVIEW and may_publish(user) else []
    workspace = reverse("admin:articles_article_workspace", args=[article.pk]) if article else ""
    return [
        FirstStep(
            "Ask a question",
            "what several claims compete to answer",
            question,
            form=None if question else FirstQuestionForm(auto_id="first_%s"),
        ),
        FirstStep(
            "Import an article",
            "paste its text or upload a file; a new outlet is made with it",
            article is not None,
            "" if article else reverse("admin:articles_article_import"),
        ),
        FirstStep(
            "Record what somebody says in it",
            "select the words in the text; a new speaker and a new claim are made there",
            statement,
            workspace if not statement else "",
        ),
        FirstStep(
            "Submit it for review",
            "a reviewer sees what would become public",
            beyond is not None,
            action_address("submit", [draft.public_id]) if draft else "",
        ),
        FirstStep(
            "Have it published by a second person",
            "nobody publishes their own work alone: sign in as a reviewer, or invite one",
            False,
            action_address("publish", review) if review else reverse("admin:desk_people") if may_invite(user) else "",
        ),
    ]


@require_POST
def first_question_page(request: HttpRequest) -> HttpResponse:
    """Adds the question, and its topic where one is named, and leads back to the front page."""
    if not request.user.has_perm("claims.add_question"):
        raise PermissionDenied
    form = FirstQuestionForm(request.POST)
    if not form.is_valid():
        messages.error(request, "Write the question first. Nothing was added.")
        return redirect("admin:index")
    me = acting_editor(request)
    try:
        question = add_question(title=form.cleaned_data["title"], by=me)
        if topic := form.cleaned_data["topic"]:
            add_topic(title=topic, questions=[TopicQuestionInput(question)], by=me)
    except Refusal as refusal:
        messages.error(request, refusal.sentence)
        return redirect("admin:index")
    messages.success(request, f"“{question}” was added.")
    return redirect("admin:index")
