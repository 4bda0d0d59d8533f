"""The page on which a reviewer goes through the queue: what would become public beside the words in their text."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from articles.desk_admin import desk_page
from articles.desk_forms import is_key
from articles.editors import acting_editor
from articles.models import TrackedModel

from ..models import Release, Statement
from .plan_context import plan_context
from .workflow import desk_address, may_publish, objects_by_public_id
from .workspace.marked_text import Mark, Paragraph, split_paragraphs

MAX_SHOWN_PRINTINGS = 5
FIRST_REASON = "First published."  # proposed for what readers have never seen


def waiting_releases() -> Any:
    """What waits for a reviewer, the oldest first."""
    return Release.objects.filter(state=Release.State.IN_REVIEW).order_by("submitted_at", "id")


def review_address(release: Release | None) -> str:
    """Where a release is reviewed; the queue where none is left."""
    if release is None:
        return reverse("admin:claims_release_changelist")
    return reverse("admin:claims_release_review", args=[release.pk])


def next_waiting(release: Release) -> Release | None:
    """The one that waits after this one; from the last it goes on with the first."""
    others = list(waiting_releases().exclude(pk=release.pk).values_list("submitted_at", "pk"))
    after = [pk for at, pk in others if (at, pk) > (release.submitted_at, release.pk)]
    following = after[0] if after else others[0][1] if others else None
    return Release.objects.filter(pk=following).first() if following else None


def review_page(request: HttpRequest, pk: str) -> HttpResponse:
    """One object of the queue: its plan, the words in their text, and a form for publishing and for sending back."""
    if not may_publish(request.user):
        raise PermissionDenied
    release = Release.objects.filter(pk=pk).select_related("submitted_by").first() if is_key(pk) else None
    if release is None:
        raise Http404("No such entry of the queue.")
    subject = objects_by_public_id([release.public_id]).get(release.public_id)
    if release.state != Release.State.IN_REVIEW or subject is None:
        return redirect(review_address(next_waiting(release)))
    context = plan_context([subject], acting_editor(request))
    return desk_page(
        request,
        "admin/desk/review.html",
        model=Release,
        title=f"Review: {subject}",
        is_nav_sidebar_enabled=False,
        release=release,
        subject=subject,
        subject_address=desk_address(subject),
        printings=words_in_their_texts(subject),
        left=waiting_releases().count(),
        next_address=review_address(next_waiting(release)),
        reason="" if release.published_revision else FIRST_REASON,
        **context,
    )


def words_in_their_texts(subject: TrackedModel) -> list[tuple[Any, list[Paragraph]]]:
    """For a statement: each passage with the paragraphs around it, its own words marked; two queries."""
    if not isinstance(subject, Statement):
        return []
    printed = subject.appearances.select_related("passage__capture__article__outlet").order_by("id")
    return [(appearance, _paragraphs_around(appearance.passage)) for appearance in printed[:MAX_SHOWN_PRINTINGS]]


def _paragraphs_around(passage: Any) -> list[Paragraph]:
    mark = Mark(passage.start, passage.end, "in review", f"p{passage.pk}")
    paragraphs = split_paragraphs(passage.capture.text, [mark])
    marked = [number for number, each in enumerate(paragraphs) if any(piece.passages for piece in each.pieces)]
    return paragraphs[max(marked[0] - 1, 0) : marked[-1] + 2] if marked else []
