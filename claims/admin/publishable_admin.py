"""The base of the pages of questions, claims, actors, outlets, articles and statements, and of their notes."""

from contextlib import contextmanager

from django.contrib import admin
from django.db.models import F, OuterRef, Subquery
from django.forms import Textarea
from django.urls import path

from articles.desk_admin import ComponentInline, DeskAdmin, column
from articles.desk_forms import ComponentFormSet
from articles.tracked_changes import StaleRevision

from ..changes import NoteInput, annotate, revise
from ..changes.components import Notes
from ..models import Assignment, EditorsNote, Release
from .batch.batch_pages import AssigneeFilter, assignee_panel, batch_actions, batch_page
from .merge_pages import merge_two, merges_panel
from .workflow import (
    WORKFLOW_LIST_ACTIONS,
    PublicationStatusFilter,
    may_publish,
    publication_status,
    publication_status_panel,
)


class NoteFormSet(ComponentFormSet):
    """Notes as posted; a form that was made without them leaves those that stand."""

    def __init__(self, data=None, files=None, instance=None, *, queryset=None, prefix=None, **kwargs):
        if data is not None and f"{prefix}-TOTAL_FORMS" not in data:
            data = data.copy()
            stands = queryset is not None and instance is not None and instance.pk is not None
            notes = list(queryset.filter(**{self.fk.name: instance.pk})) if stands else []
            data[f"{prefix}-TOTAL_FORMS"], data[f"{prefix}-INITIAL_FORMS"] = len(notes), 0
            for number, note in enumerate(notes):
                data[f"{prefix}-{number}-about"], data[f"{prefix}-{number}-text"] = note.about, note.text
        super().__init__(data, files, instance, queryset=queryset, prefix=prefix, **kwargs)


class NoteInline(ComponentInline):
    model = EditorsNote
    formset = NoteFormSet
    part = "notes"
    fields = ["about", "text"]
    extra = 0
    verbose_name = "note"
    verbose_name_plural = "notes for readers"
    lead = "Public, shown on this page: what was inferred and from what, or what is implausible as printed."

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        if db_field.name == "text":
            kwargs["widget"] = Textarea(attrs={"rows": 2, "cols": 60})
        return super().formfield_for_dbfield(db_field, request, **kwargs)


def note_inputs(parts: dict) -> list[NoteInput]:
    """The notes as a verb takes them, from the lists of a page."""
    return [NoteInput.of(row) for row in parts["notes"]]


@contextmanager
def compare_notes_when_stale(obj, parts: dict):
    """Tells of the notes too where the verb of a room that has never heard of them finds the object changed."""
    try:
        yield
    except StaleRevision as stale:
        notes = Notes(note_inputs(parts))
        theirs, yours = notes.standing(obj), notes.requested_texts(obj)
        if theirs != yours:
            stale.theirs[notes.name], stale.yours[notes.name] = theirs, yours
        raise


def save_notes(obj, parts: dict, *, by, why: str = ""):
    """`obj`, which a verb has just saved, with the notes of its page."""
    return annotate(obj, note_inputs(parts), by=by, seen=obj.revision, why=why)


class PublishableAdmin(DeskAdmin):
    """Two columns, two filters, actions, and two panels: its publication status, and who works on it.

    What was merged into another stays, can be looked at, and changes no more.
    """

    inlines = [NoteInline]
    # add(**values, **lists, by=)
    #   the verb that adds an object with the lists of its page.
    add = None

    @property
    def actions(self):
        merging = [merge_two] if hasattr(self.model, "merged_into") else []
        return [*WORKFLOW_LIST_ACTIONS, *batch_actions(self.model), *merging]

    def lists(self, request, parts: dict) -> dict:
        """The lists of this page as verbs take them, by name, without the notes."""
        return {}

    def create(self, request, values, parts):
        return save_notes(self.add(**values, **self.lists(request, parts), by=request.user), parts, by=request.user)

    def revise(self, request, obj, values, parts, *, seen, why):
        lists = self.lists(request, parts) | {"notes": note_inputs(parts)}
        return revise(obj, values, by=request.user, seen=seen, why=why, **lists)

    def has_publish_permission(self, request):
        return may_publish(request.user)

    def has_change_permission(self, request, obj=None):
        return super().has_change_permission(request, obj) and not getattr(obj, "merged_into_id", None)

    def get_queryset(self, request):
        release = Release.objects.filter(public_id=OuterRef("public_id"))
        editor = Assignment.objects.filter(public_id=OuterRef("public_id")).values("editor__username")
        return (
            super()
            .get_queryset(request)
            .annotate(
                road_state=Subquery(release.values("state")),
                road_revision=Subquery(release.values("published_revision")),
                assignee=Subquery(editor),
            )
        )

    def get_list_filter(self, request):
        return [AssigneeFilter, PublicationStatusFilter, *super().get_list_filter(request)]

    @admin.display(description="status", ordering=F("road_state").asc(nulls_first=True))
    def road(self, obj):
        return publication_status(obj.road_state, obj.road_revision, obj.revision)

    assigned = column("editor", "assignee", F("assignee").asc(nulls_last=True))

    def panels_above(self, request, obj):
        release = Release.objects.filter(public_id=obj.public_id).select_related("submitted_by").first()
        may = self.has_change_permission(request, obj)
        return [
            *(merges_panel(request, obj) if hasattr(obj, "merged_into") else []),
            publication_status_panel(request, release, obj, may=may),
            assignee_panel(request, obj, may=may),
        ]

    def get_urls(self):
        view = self.admin_site.admin_view(batch_page)
        name = f"{self.opts.app_label}_{self.opts.model_name}_batch"
        return [path("batch/<str:change>/", view, {"model": self.model}, name=name), *super().get_urls()]
