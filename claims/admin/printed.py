"""Outlets, articles, captures and traces once more: with what the desk of claims can do with them.

The room of articles has never heard of the road to the public, of statements, or of changing several at once; this one
replaces its pages by ones that have.
"""

from django.contrib import admin
from django.template.loader import render_to_string

from articles.admin import ArticleAdmin, CaptureAdmin, OutletAdmin, TraceAdmin
from articles.models import Article, Capture, Outlet, Trace

from ..changes.printed import revise_printed
from ..models import Appearance
from .notes import NoteInline, annotated, notes_compared
from .road import Publishable
from .several import ACTIONS_OF_ARTICLES, Assignable, take_back
from .takeover import TakeOverPages
from .workspace import ProposalsFilter, WorkspacePages

admin.site.unregister([Outlet, Article, Capture, Trace])


@admin.register(Outlet)
class PublishableOutletAdmin(Assignable, Publishable, OutletAdmin):
    inlines = [*OutletAdmin.inlines, NoteInline]
    list_display = [*OutletAdmin.list_display, "road", "assigned"]

    def create(self, request, values, parts):
        return annotated(super().create(request, values, parts), parts, by=request.user)

    def revise(self, request, obj, values, parts, *, seen, why):
        with notes_compared(obj, parts):
            revised = super().revise(request, obj, values, parts, seen=seen, why=why)
        return annotated(revised, parts, by=request.user, why=why)


@admin.register(Article)
class PublishableArticleAdmin(WorkspacePages, TakeOverPages, Assignable, Publishable, ArticleAdmin):
    inlines = [*ArticleAdmin.inlines, NoteInline]
    list_display = [*ArticleAdmin.list_display, "road", "assigned"]
    list_filter = [*ArticleAdmin.list_filter, ProposalsFilter]

    def create(self, request, values, parts):
        return annotated(super().create(request, values, parts), parts, by=request.user)

    def revise(self, request, obj, values, parts, *, seen, why):
        with notes_compared(obj, parts):
            revised = revise_printed(obj, values, by=request.user, seen=seen, why=why)
        return annotated(revised, parts, by=request.user, why=why)

    def above(self, request, obj):
        link = render_to_string("admin/desk/_to_workspace.html", {"article": obj}, request)
        return [*super().above(request, obj), link]

    def below(self, request, obj):
        appearances = (
            Appearance.objects.filter(passage__capture__article=obj)
            .select_related("statement__speaker", "passage__capture")
            .order_by("passage__capture_id", "passage__start")
        )
        context = {"appearances": appearances, "framings": obj.framings.select_related("claim"), "article": obj}
        return [render_to_string("admin/desk/_said_here.html", context, request), *super().below(request, obj)]


@admin.register(Capture)
class CaptureOfArticleAdmin(CaptureAdmin):
    actions = ACTIONS_OF_ARTICLES

    def has_change_article_permission(self, request):
        return request.user.has_perm("articles.change_article")


@admin.register(Trace)
class TakenBackTraceAdmin(TraceAdmin):
    actions = [take_back]

    def has_take_back_permission(self, request):
        """Whoever may change something: the page of taking back asks for the noun itself."""
        return request.user.has_perm("articles.change_article") or request.user.has_perm("claims.change_statement")
