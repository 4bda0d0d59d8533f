"""Outlets and articles once more, with their road to the public and with the statements that rest on them.

The room of articles has never heard of these; this one replaces its two pages by ones that have.
"""

from django.contrib import admin
from django.template.loader import render_to_string

from articles.admin import ArticleAdmin, OutletAdmin
from articles.models import Article, Outlet

from ..models import Appearance
from .road import Publishable
from .takeover import TakeOverPages
from .workspace import ProposalsFilter, WorkspacePages

admin.site.unregister([Outlet, Article])


@admin.register(Outlet)
class PublishableOutletAdmin(Publishable, OutletAdmin):
    list_display = [*OutletAdmin.list_display, "road"]


@admin.register(Article)
class PublishableArticleAdmin(WorkspacePages, TakeOverPages, Publishable, ArticleAdmin):
    list_display = [*ArticleAdmin.list_display, "road"]
    list_filter = [*ArticleAdmin.list_filter, ProposalsFilter]

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
