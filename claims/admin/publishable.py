"""The base of the pages of questions, claims, actors, outlets, articles and statements: what becomes public."""

from django.contrib import admin
from django.db.models import F, OuterRef, Subquery
from django.urls import path

from articles.verbadmin import DeskAdmin

from ..models import Assignment, Release
from .merging import merge_two, merges_panel
from .notes import NoteInline
from .road import ROAD_ACTIONS, RoadFilter, may_publish, road_panel, told_road
from .several import AssigneeFilter, actions_on, assigned_panel, several_page


def actions_of(model) -> list:
    """What can be done to objects of `model` chosen in its list."""
    return [*ROAD_ACTIONS, *actions_on(model), *([merge_two] if hasattr(model, "merged_into") else [])]


class PublishableAdmin(DeskAdmin):
    """Two columns, two filters, actions, and two panels: how far it is on its road to the public, who works on it.

    What was merged into another stays, can be looked at, and changes no more.
    """

    inlines = [NoteInline]

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
        return [AssigneeFilter, RoadFilter, *super().get_list_filter(request)]

    @admin.display(description="road", ordering=F("road_state").asc(nulls_first=True))
    def road(self, obj):
        return told_road(obj.road_state, obj.road_revision, obj.revision)

    @admin.display(description="editor", ordering=F("assignee").asc(nulls_last=True))
    def assigned(self, obj):
        return obj.assignee

    def above(self, request, obj):
        release = Release.objects.filter(public_id=obj.public_id).select_related("submitted_by").first()
        may = self.has_change_permission(request, obj)
        return [
            *(merges_panel(request, obj) if hasattr(obj, "merged_into") else []),
            road_panel(request, release, obj, may=may),
            assigned_panel(request, obj, may=may),
        ]

    def get_urls(self):
        view = self.admin_site.admin_view(several_page)
        name = f"{self.opts.app_label}_{self.opts.model_name}_several"
        return [path("several/<str:change>/", view, {"model": self.model}, name=name), *super().get_urls()]
