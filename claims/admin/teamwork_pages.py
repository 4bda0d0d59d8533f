"""Comments on the page of an object, a due date, and the page “Mine”: what waits for whoever is signed in."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.loader import render_to_string
from django.utils import timezone
from django.views.decorators.http import require_POST

from articles.desk_admin import PUBLIC_ID_PATTERN, desk_page, report_outcome
from articles.desk_forms import is_key
from articles.editors import acting_editor
from articles.models import TrackedModel

from ..changes.batch import who_asked
from ..changes.comments_and_notices import comment_on, set_due_date, settle_comment
from ..models import Assignment, Comment, MailChoice, Notice, Release
from .workflow import desk_address, may_change, objects_by_public_id

MAX_OPEN, MAX_COMMENTS, MAX_LINES = 300, 30, 50


def comments_panel(request: HttpRequest, obj: TrackedModel) -> list[str]:
    """Safe HTML: what colleagues have said of `obj`, the open ones first, and the form of another comment."""
    all_comments = Comment.objects.filter(public_id=obj.public_id).select_related("by")
    comments = [*all_comments.filter(settled_at=None)[:MAX_OPEN], *all_comments.exclude(settled_at=None)[:MAX_COMMENTS]]
    context = {"comments": comments, "obj": obj, "may": may_change(request.user, type(obj))}
    return [render_to_string("admin/desk/_comments.html", context, request)]


def remarks_by_field(obj: TrackedModel) -> dict[str, list[str]]:
    """What is to be changed in `obj`, by the field that each open comment is about."""
    found: dict[str, list[str]] = {}
    for field, text in (
        Comment.objects.filter(public_id=obj.public_id, settled_at=None)
        .exclude(field="")
        .values_list("field", "text")[:MAX_COMMENTS]
    ):
        found.setdefault(field, []).append(text)
    return found


def _object(request: HttpRequest, public_id: str) -> Any:
    found = objects_by_public_id([public_id]) if PUBLIC_ID_PATTERN.fullmatch(public_id) else {}
    if public_id not in found:
        raise Http404("No such object.")
    obj = found[public_id]
    if not request.user.has_perm(f"{obj._meta.app_label}.view_{obj._meta.model_name}"):
        raise PermissionDenied
    return obj


@require_POST
def comment_page(request: HttpRequest, public_id: str) -> HttpResponse:
    """Adds a comment to an object."""
    obj = _object(request, public_id)

    def add() -> str:
        comment_on(obj, request.POST.get("text", ""), by=acting_editor(request))
        return "The comment was added."

    report_outcome(request, add)
    return redirect(desk_address(obj))


@require_POST
def settle_page(request: HttpRequest, pk: int) -> HttpResponse:
    """Says that a comment has been dealt with."""
    comment = get_object_or_404(Comment, pk=pk)
    obj = _object(request, comment.public_id)
    if not may_change(request.user, type(obj)):
        raise PermissionDenied
    settle_comment(comment, by=acting_editor(request))
    return redirect(desk_address(obj))


class DueForm(forms.Form):
    """By when; empty for no such day."""

    due = forms.DateField(required=False)


@require_POST
def due_page(request: HttpRequest, public_id: str) -> HttpResponse:
    """Says by when whoever was asked should be done with an object."""
    obj, form = _object(request, public_id), DueForm(request.POST)
    if not may_change(request.user, type(obj)):
        raise PermissionDenied
    if not form.is_valid():
        messages.error(request, "Write the day as 2026-11-30. Nothing was changed.")
        return redirect(desk_address(obj))
    due: date | None = form.cleaned_data["due"]

    def act() -> str:
        set_due_date(obj, due)
        return f"It is due on {due}." if due else "It has no due date any more."

    report_outcome(request, act)
    return redirect(desk_address(obj))


def mine_page(request: HttpRequest) -> HttpResponse:
    """What waits for whoever is signed in: what is new, what was assigned and is due, what was sent back."""
    me = acting_editor(request)
    if request.method == "POST":
        _act_on_mine(request, me)
        return redirect("admin:desk_mine")
    notices = list(Notice.objects.filter(user=me, done_at=None).select_related("by")[:MAX_LINES])
    assigned = Assignment.objects.assigned_to(me).order_by("due", "-id")
    # What has a day comes first, on either database.
    work = [*assigned.filter(due__isnull=False)[:MAX_LINES], *assigned.filter(due=None)[:MAX_LINES]][:MAX_LINES]
    back = list(Release.objects.filter(state=Release.State.SENT_BACK, submitted_by=me).order_by("-id")[:MAX_LINES])
    rows: list[Notice | Assignment | Release] = [*notices, *work, *back]
    found = objects_by_public_id({row.public_id for row in rows})
    choice = MailChoice.objects.filter(user=me).first()
    asked_by = who_asked([assignment.public_id for assignment in work])
    context: dict[str, Any] = {
        "notices": _with_objects(notices, found),
        "shown": [notice.pk for notice in notices],
        "work": [(*row, asked_by.get(row[0].public_id, "")) for row in _with_objects(work, found)],
        "back": _with_objects(back, found),
        "today": timezone.localdate(),
        "choices": MailChoice.When.choices,
        "choice": choice.when if choice else MailChoice.When.AT_ONCE,
    }
    return desk_page(request, "admin/desk/mine.html", model=User, title="Mine", **context)


def _act_on_mine(request: HttpRequest, me: User) -> None:
    when = request.POST.get("when", "")
    if when in MailChoice.When.values:
        MailChoice.objects.update_or_create(user=me, defaults={"when": when})
        messages.success(request, "Your choice was saved.")
    elif "seen" in request.POST:
        shown = [key for key in request.POST.getlist("notice") if is_key(key)][:MAX_LINES]
        Notice.objects.filter(user=me, done_at=None, pk__in=shown).update(done_at=timezone.now())


def _with_objects(rows: Sequence[Any], found: dict[str, TrackedModel]) -> list[tuple[Any, TrackedModel, str]]:
    """Each row with its object and the page of that; what was discarded is left out."""
    return [(row, found[row.public_id], desk_address(found[row.public_id])) for row in rows if row.public_id in found]
