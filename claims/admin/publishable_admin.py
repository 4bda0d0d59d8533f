"""The base of the pages of topics, questions, claims, actors, outlets, articles and statements, and of their notes."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.auth.models import User
from django.core.files.uploadedfile import UploadedFile
from django.db.models import F, Field, Model, OuterRef, QuerySet, Subquery
from django.forms import Textarea
from django.http import HttpRequest, QueryDict
from django.urls import URLPattern, path
from django.utils import timezone
from django.utils.datastructures import MultiValueDict
from django.utils.html import escape

from articles.desk_admin import ComponentInline, DeskAdmin, Parts, column
from articles.desk_forms import ComponentFormSet
from articles.editors import acting_editor
from articles.models import TrackedModel
from articles.tracked_changes import StaleRevision

from ..changes import NoteInput, annotate, revise
from ..changes.components import Notes
from ..models import Assignment, EditorsNote, Release
from ..privacy.viewer import visible_text
from .batch.batch_pages import AssigneeFilter, assignee_panel, batch_actions, batch_page
from .discard_pages import discard_panel
from .merge_pages import merge_two, merges_panel
from .teamwork_pages import comments_panel, remarks_by_field
from .workflow import (
    WORKFLOW_LIST_ACTIONS,
    PublicationStatusFilter,
    may_publish,
    publication_status,
    publication_status_panel,
)


class OptionalFormSet(ComponentFormSet):
    """A list as posted; a form that was made without it leaves the rows that stand."""

    def __init__(
        self,
        data: QueryDict | None = None,
        files: MultiValueDict[str, UploadedFile] | None = None,
        instance: Model | None = None,
        *,
        queryset: QuerySet | None = None,
        prefix: str | None = None,
        **kwargs: Any,
    ) -> None:
        if data is not None and f"{prefix}-TOTAL_FORMS" not in data:
            data = data.copy()
            rows = self.stored_rows(instance, queryset)
            data[f"{prefix}-TOTAL_FORMS"], data[f"{prefix}-INITIAL_FORMS"] = str(len(rows)), "0"
            for number, row in enumerate(rows):
                for name, value in self.initial_row(row).items():
                    data[f"{prefix}-{number}-{name}"] = str(getattr(value, "pk", value) or "")
        super().__init__(data, files, instance, queryset=queryset, prefix=prefix, **kwargs)


class NoteInline(ComponentInline):
    model = EditorsNote
    formset = OptionalFormSet
    part = "notes"
    fields = ["about", "text"]
    extra = 0
    verbose_name = "note"
    verbose_name_plural = "notes for readers"
    lead = "Public, shown on this page: what was inferred and from what, or what is implausible as printed."

    def formfield_for_dbfield(self, db_field: Field, request: HttpRequest, **kwargs: Any) -> forms.Field | None:
        if db_field.name == "text":
            kwargs["widget"] = Textarea(attrs={"rows": 2, "cols": 60})
        return super().formfield_for_dbfield(db_field, request, **kwargs)


def note_inputs(parts: Parts) -> list[NoteInput]:
    """The notes as a verb takes them, from the lists of a page."""
    return [NoteInput.from_source(row) for row in parts["notes"]]


@contextmanager
def compare_notes_when_stale(obj: TrackedModel, parts: Parts) -> Iterator[None]:
    """Tells of the notes too where the verb of a room that has never heard of them finds the object changed."""
    try:
        yield
    except StaleRevision as stale:
        notes = Notes(note_inputs(parts))
        theirs, yours = notes.current_texts(obj), notes.requested_texts(obj)
        if theirs != yours:
            stale.theirs[notes.name], stale.yours[notes.name] = theirs, yours
        raise


def save_notes(obj: TrackedModel, parts: Parts, *, by: User, why: str = "") -> TrackedModel:
    """`obj`, which a verb has just saved, with the notes of its page."""
    return annotate(obj, note_inputs(parts), by=by, seen=obj.revision, why=why)


class PublishableAdmin(DeskAdmin):
    """Two columns, two filters, actions, and two panels: its publication status, and who works on it.

    What was merged into another stays, can be looked at, and changes no more.
    """

    inlines = [NoteInline]
    # add(**values, **lists, by=)
    #   the verb that adds an object with the lists of its page.
    add: Callable[..., TrackedModel]

    def __init__(self, model: type[TrackedModel], admin_site: admin.AdminSite) -> None:
        super().__init__(model, admin_site)
        merging = [merge_two] if hasattr(model, "merged_into") else []
        self.actions = [*WORKFLOW_LIST_ACTIONS, *batch_actions(model), *merging]

    def lists(self, request: HttpRequest, parts: Parts) -> dict[str, Any]:
        """The lists of this page as verbs take them, by name, without the notes."""
        return {}

    def create(self, request: HttpRequest, values: dict[str, Any], parts: Parts) -> Model:
        return save_notes(
            self.add(**values, **self.lists(request, parts), by=acting_editor(request)),
            parts,
            by=acting_editor(request),
        )

    def revise(
        self, request: HttpRequest, obj: Any, values: dict[str, Any], parts: Parts, *, seen: int, why: str
    ) -> Model:
        lists = self.lists(request, parts) | {"notes": note_inputs(parts)}
        return revise(obj, values, by=acting_editor(request), seen=seen, why=why, **lists)

    def has_publish_permission(self, request: HttpRequest) -> bool:
        return may_publish(request.user)

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return super().has_change_permission(request, obj) and not getattr(obj, "merged_into_id", None)

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        release = Release.objects.filter(public_id=OuterRef("public_id"))
        editor = Assignment.objects.filter(public_id=OuterRef("public_id")).values("editor__username")
        return (
            super()
            .get_queryset(request)
            .annotate(
                release_state=Subquery(release.values("state")),
                released_revision=Subquery(release.values("published_revision")),
                assignee=Subquery(editor),
            )
        )

    def get_list_filter(self, request: HttpRequest) -> list[Any]:
        return [AssigneeFilter, PublicationStatusFilter, *super().get_list_filter(request)]

    @admin.display(description="status", ordering=F("release_state").asc(nulls_first=True))
    def status(self, obj: Any) -> str:
        return publication_status(obj.release_state, obj.released_revision, obj.revision)

    assigned = column("editor", "assignee", F("assignee").asc(nulls_last=True))

    @admin.display(description="last change", ordering="changed_at")
    def last_change(self, obj: Any) -> str:
        return f"{timezone.localtime(obj.changed_at):%Y-%m-%d}"

    def panels_above(self, request: HttpRequest, obj: Any) -> list[str]:
        release = Release.objects.filter(public_id=obj.public_id).select_related("submitted_by").first()
        may = self.has_change_permission(request, obj)
        return [
            *(merges_panel(request, obj) if hasattr(obj, "merged_into") else []),
            publication_status_panel(request, release, obj, may=may),
            assignee_panel(request, obj, may=may),
        ]

    def panels_last(self, request: HttpRequest, obj: Any) -> list[str]:
        return [*comments_panel(request, obj), *discard_panel(request, obj)]

    def field_remarks(self, obj: Any) -> dict[str, list[str]]:
        return {name: [escape(visible_text(text)) for text in texts] for name, texts in remarks_by_field(obj).items()}

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(batch_page)
        name = f"{self.opts.app_label}_{self.opts.model_name}_batch"
        return [path("batch/<str:change>/", view, {"model": self.model}, name=name), *super().get_urls()]
