"""The review queue, and the one page on which something is submitted, sent back, published or withdrawn."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Any

from django.contrib import admin, messages
from django.contrib.admin.utils import flatten_fieldsets
from django.contrib.admin.views.main import ChangeList
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.db.models import Case, IntegerField, QuerySet, Value, When
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.loader import render_to_string
from django.utils.timesince import timesince

from articles.desk_admin import PUBLIC_ID_PATTERN, ChoiceFilter, DeskAdmin, call_or_show_refusal, desk_page
from articles.desk_forms import is_key
from articles.editors import AnyUser, acting_editor
from articles.history import Activity
from articles.models import Article, TrackedModel
from articles.tracked_changes import Refusal

from .. import publishing
from ..models import Release
from .forms import ReasonForm
from .plan_context import plan_context
from .previews import document_previews, preview_page
from .queue_lines import change_lines
from .review_desk import next_waiting, review_address, review_page
from .workflow import (
    MAX_SELECTED,
    WORKFLOW_ACTIONS,
    WORKFLOW_LIST_ACTIONS,
    WorkflowAction,
    action_address,
    desk_address,
    may_change,
    may_publish,
    objects_by_public_id,
    perform_action,
    publication_status_panel,
)

# In which order the states stand in the queue: what waits comes first.
QUEUE_ORDER = ["in review", "sent back", "draft", "published", "withdrawn"]


def workflow_action_page(request: HttpRequest, act: str) -> HttpResponse:
    """What an act would do, and doing it."""
    if act not in WORKFLOW_ACTIONS:
        raise Http404
    asked = WORKFLOW_ACTIONS[act]
    objects = objects_by_public_ids(request.POST.getlist("of") or request.GET.getlist("of"))
    require_permissions(request.user, asked, objects)
    if not objects:
        messages.error(request, "None of the selected objects exist. Nothing was changed.")
        return redirect("admin:claims_release_changelist")
    form = ReasonForm(request.POST or None)
    form.fields["word"].label, form.fields["word"].required = asked.word, asked.required
    if act == "send-back" and len(objects) == 1:
        form.offer_fields(field_labels(type(objects[0])))
    if request.method == "POST" and form.is_valid():
        word, seen = form.cleaned_data["word"], _seen_revisions(request)
        if done := call_or_show_refusal(
            form,
            lambda: perform_action(
                asked,
                objects,
                by=acting_editor(request),
                word=word,
                seen=seen,
                field=form.cleaned_data.get("field", ""),
            ),
        ):
            messages.success(request, done)
            if reviewed := _reviewed_release(request):
                return redirect(review_address(next_waiting(reviewed)))
            if article := _article_at_work(request):
                return redirect("admin:articles_article_workspace", article.pk)
            alone = len(objects) == 1 and not may_publish(request.user)
            return redirect(desk_address(objects[0]) if alone else "admin:claims_release_changelist")
    context = {
        "act": act,
        "does": asked.explanation,
        "form": form,
        "objects": [(obj._meta.verbose_name, obj, desk_address(obj)) for obj in objects],
        **(plan_context(objects, acting_editor(request)) if act in ("submit", "approve", "publish") else {}),
        **(restoration_context(objects, acting_editor(request)) if act == "undo-withdrawal" else {}),
    }
    # What lacks something can be submitted, for a reviewer to see what; it cannot be published.
    context["hindered"] = bool(context.get("hindrances") or (act == "publish" and context["refusals"]))
    return desk_page(request, "admin/desk/workflow_action.html", model=Release, title=asked.label, **context)


def field_labels(model: type[TrackedModel]) -> list[tuple[str, str]]:
    """The fields that the page of a noun shows, with their labels: what is to be changed is in one of them."""
    desk = admin.site.get_model_admin(model)
    columns = {column.name: str(column.verbose_name) for column in model._meta.concrete_fields}
    named = flatten_fieldsets(desk.fieldsets or [(None, {"fields": desk.fields or ()})])
    return [(name, columns[name]) for name in named if name in columns]


def _article_at_work(request: HttpRequest) -> Article | None:
    """The article in whose workspace this act was asked for: there one goes on."""
    key = request.GET.get("article", "")
    return Article.objects.filter(pk=key).first() if is_key(key) else None


def _reviewed_release(request: HttpRequest) -> Release | None:
    """The release from whose review this act was asked for: after it the next one follows."""
    key = request.POST.get("then", "")
    return Release.objects.filter(pk=key).first() if is_key(key) else None


def preview_page_view(request: HttpRequest) -> HttpResponse:
    """One page of the plan as readers would see it; where it cannot be shown, the plan, with the reason."""
    objects = objects_by_public_ids(request.GET.getlist("of"))
    require_permissions(request.user, WORKFLOW_ACTIONS["submit"], objects)
    if not objects:
        messages.error(request, "None of the selected objects exist.")
        return redirect("admin:claims_release_changelist")
    try:
        return preview_page(request, objects, request.GET.get("page", ""))
    except Refusal as refusal:
        messages.error(request, f"The page cannot be shown. {refusal.sentence}")
        act = "publish" if may_publish(request.user) else "submit"
        return redirect(action_address(act, [obj.public_id for obj in objects]))


def require_permissions(user: AnyUser, act: WorkflowAction, objects: list[TrackedModel]) -> None:
    """Raises `PermissionDenied` for who may not do this act, or not change one of `objects`."""
    if act.is_for_reviewers and not may_publish(user):
        raise PermissionDenied
    if not all(may_change(user, type(obj)) for obj in objects):
        raise PermissionDenied


def objects_by_public_ids(public_ids: Iterable[str]) -> list[TrackedModel]:
    """The objects of the desk with these public identities, at most a hundred; what is none is left out."""
    asked = [public_id for public_id in dict.fromkeys(public_ids) if PUBLIC_ID_PATTERN.fullmatch(public_id)][
        :MAX_SELECTED
    ]
    found = objects_by_public_id(asked)
    return [found[public_id] for public_id in asked if public_id in found]


def restoration_context(objects: Sequence[TrackedModel], user: User) -> dict[str, Any]:
    """What the template of undoing a withdrawal needs: what hinders it, and what changed since readers saw it."""
    found = publishing.restoration(objects, by=user)
    since = [
        replace(entry, current_text=found.last[entry.obj.public_id])
        for entry in found.plan.planned_documents
        if found.last.get(entry.obj.public_id, entry.text) != entry.text
    ]
    refusals = [complaint.sentence for complaint in found.plan.refusals]
    return {
        "undoing": True,
        "hindrances": list(dict.fromkeys([*found.hindrances, *refusals])),
        "since": document_previews(since),
        "to_plan": action_address("publish", [obj.public_id for obj in objects]),
    }


def _seen_revisions(request: HttpRequest) -> dict[str, int]:
    """The revisions that the page has shown: those that cannot be read are left out, and the verb refuses."""
    pairs = (token.partition(":")[::2] for token in request.POST.getlist("seen"))
    return {public_id: int(revision) for public_id, revision in pairs if is_key(revision)}


class QueueFilter(ChoiceFilter):
    """The queue holds what waits for a reviewer; the rest is asked for."""

    title = "state"
    parameter_name = "show"
    offers = (*Release.State.choices, ("all", "all"))

    def choices(self, changelist: ChangeList) -> Iterator[dict[str, Any]]:  # type: ignore[override]
        for value, label in self.lookup_choices:
            chosen = (self.value() or Release.State.IN_REVIEW) == value
            query = changelist.get_query_string({self.parameter_name: value})
            yield {"selected": chosen, "query_string": query, "display": label}

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        filtered = super().queryset(request, queryset)
        searched = request.GET.get("q")
        return filtered if self.value() or searched else self.chosen(filtered, Release.State.IN_REVIEW)

    def chosen(self, queryset: QuerySet, value: str) -> QuerySet:
        return queryset if value == "all" else queryset.filter(state=value)


@admin.register(Release)
class ReleaseAdmin(DeskAdmin):
    pages = (
        ("action/<str:act>/", workflow_action_page, "claims_release_action"),
        ("preview/", preview_page_view, "claims_release_preview"),
        ("review/<str:pk>/", review_page, "claims_release_review"),
    )
    list_display = ["label", "change", "waiting_time", "submitted_by", "note"]
    list_filter = [QueueFilter, "kind"]
    list_select_related = ["submitted_by"]
    search_fields = ["label", "note", "=public_id"]
    fields = [
        "kind",
        "state",
        "submitted_by",
        "submitted_at",
        "note",
        "published_at",
        "published_revision",
        "record_seq",
    ]
    actions = WORKFLOW_LIST_ACTIONS[1:]  # what stands in the queue was submitted
    empty_text = "Nothing to review. Submissions from editors appear here, oldest first."

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        return super().changelist_view(request, {"title": "Review queue", **(extra_context or {})})

    def get_list_display(self, request: HttpRequest) -> Any:
        """With the state where the list holds more than what waits."""
        shown = list(self.list_display)
        return ["label", "state", *shown[1:]] if request.GET.get(QueueFilter.parameter_name) else shown

    def get_changelist_instance(self, request: HttpRequest) -> ChangeList:
        found = super().get_changelist_instance(request)
        found.result_list = rows = list(found.result_list)
        lines = change_lines(rows)
        for row in rows:
            row.lines = lines[row.public_id]
            row.reviewed_here = may_publish(request.user) and row.state == Release.State.IN_REVIEW
        return found

    @admin.display(description="what it would change")
    def change(self, release: Any) -> str:
        # A template shows it, so that no withheld name goes out.
        address = review_address(release) if release.reviewed_here else ""
        return render_to_string("admin/desk/_queue_lines.html", {"lines": release.lines, "address": address})

    def get_ordering(self, request: HttpRequest) -> list[Any]:
        place = Case(
            *(When(state=state, then=Value(number)) for number, state in enumerate(QUEUE_ORDER)),
            output_field=IntegerField(),
        )
        return [place.asc(), "submitted_at", "id"]

    def has_publish_permission(self, request: HttpRequest) -> bool:
        return may_publish(request.user)

    @admin.display(description="waiting", ordering="submitted_at")
    def waiting_time(self, release: Release) -> str:
        if release.state != Release.State.IN_REVIEW or release.submitted_at is None:
            return ""
        return timesince(release.submitted_at, depth=1)

    def history(self, obj: Release, newest: int | None = None) -> list[Activity]:
        subject = next(iter(objects_by_public_ids([obj.public_id])), None)
        return super().history(subject, newest=newest) if subject else []

    def panels_above(self, request: HttpRequest, obj: Release) -> list[str]:
        subject = next(iter(objects_by_public_ids([obj.public_id])), None)
        return [publication_status_panel(request, obj, subject, may=subject is not None, linked=True)]

    def panels_below(self, request: HttpRequest, obj: Release) -> list[str]:
        found = objects_by_public_ids([obj.public_id])
        if not found or obj.state == Release.State.WITHDRAWN:
            return []
        return [render_to_string("admin/desk/_plan.html", plan_context(found, acting_editor(request)), request)]
