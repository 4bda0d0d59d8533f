"""How an outlet itself treats a claim, apart from what its sources say."""

from django.contrib import admin

from articles.verbadmin import VerbAdmin

from ..changes import frame
from ..models import Framing


@admin.register(Framing)
class FramingAdmin(VerbAdmin):
    list_display = ["article", "part", "treatment", "claim", "words"]
    list_filter = ["treatment", "part"]
    list_select_related = ["article__outlet", "claim"]
    search_fields = ["article__headline", "article__outlet__name", "claim__text", "words"]
    autocomplete_fields = ["article", "claim"]
    fields = ["article", "claim", "part", "treatment", "words"]
    ordering = ["-id"]
    empty_text = "No framing yet. It says how an outlet itself treats a claim, in its headline or in its text."

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("article__outlet", "claim")

    def get_readonly_fields(self, request, obj=None):
        """What it is about does not change: another claim or part is another framing."""
        return ["article", "claim", "part"] if obj else []

    def revision_of(self, obj):
        return obj.article.revision

    def history(self, obj, newest=None):
        return self.admin_site.get_model_admin(type(obj.article)).history(obj.article, newest=newest)

    def create(self, request, values, parts):
        return frame(values.pop("article"), **values, by=request.user)

    def revise(self, request, obj, values, parts, *, seen, why):
        return frame(obj.article, claim=obj.claim, part=obj.part, **values, by=request.user, seen=seen)
