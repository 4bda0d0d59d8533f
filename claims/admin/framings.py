"""How an outlet itself treats a claim, apart from what its sources say."""

from typing import Any

from django.contrib import admin
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.loader import render_to_string
from django.views.decorators.http import require_POST

from articles.desk_admin import DeskAdmin, Parts, desk_admin_of, report_outcome
from articles.desk_forms import RevisionForm, is_key
from articles.editors import acting_editor
from articles.history import Activity
from articles.ingest import outlet_by_name
from articles.models import Article
from articles.tracked_changes import Refusal

from ..changes import record_framing, remove_framing
from ..models import Framing


@require_POST
def remove_framing_page(request: HttpRequest, pk: int) -> HttpResponse:
    """Takes a framing away: the one thing that leaves the desk, because an article may treat nothing at all."""
    framing = get_object_or_404(Framing.objects.select_related("article__outlet", "claim"), pk=pk)
    if not request.user.has_perm("claims.change_framing"):
        raise PermissionDenied
    if report_outcome(request, lambda: _remove_framing(framing, RevisionForm(request.POST), acting_editor(request))):
        return redirect("admin:articles_article_change", framing.article_id)
    return redirect("admin:claims_framing_change", pk)


def _remove_framing(framing: Framing, act: RevisionForm, by: User) -> str:
    if not act.is_valid() or act.revision is None:
        raise Refusal("This form does not say which version of the article you saw. Reload the page.")
    seen, why = act.revision, act.cleaned_data["why"]
    remove_framing(framing.article, claim=framing.claim, part=framing.part, by=by, seen=seen, why=why)
    return "The entry was removed. The history of its article keeps a record of it."


@admin.register(Framing)
class FramingAdmin(DeskAdmin):
    """A framing belongs to its article, whose revision and history it shares."""

    pages = (("<int:pk>/remove/", remove_framing_page, "claims_framing_remove"),)
    list_display = ["article", "part", "treatment", "claim", "words"]
    list_filter = ["treatment", "part"]
    search_fields = ["article__headline", "article__outlet__name", "claim__text", "words"]
    autocomplete_fields = ["article", "claim", "written_by"]
    fields = ["article", "claim", "part", "treatment", "words", "written_by"]
    ordering = ["-id"]
    empty_text = "None recorded yet. Record here how an outlet itself presents a claim, in its headline or in its text."

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        return super().get_queryset(request).select_related("article__outlet", "claim")

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        """What the address asks for, and as the writer the agency that the article credits, if the desk knows it."""
        initial: dict[str, Any] = {**super().get_changeform_initial_data(request)}
        key = initial.get("article", "")
        article = Article.objects.filter(pk=key).first() if is_key(key) else None
        if article is None or not article.credited_agency:
            return initial
        agency = outlet_by_name(article.credited_agency)
        if agency and agency.pk != article.outlet_id:
            initial.setdefault("written_by", agency.pk)
        return initial

    def get_readonly_fields(self, request: HttpRequest, obj: Framing | None = None) -> list[str]:
        """What it is about does not change: another claim or part is another framing."""
        return ["article", "claim", "part"] if obj else []

    def revision_of(self, obj: Framing) -> int:
        return obj.article.revision

    def history(self, obj: Framing, newest: int | None = None) -> list[Activity]:
        return desk_admin_of(self.admin_site, Article).history(obj.article, newest=newest)

    def create(self, request: HttpRequest, values: dict[str, Any], parts: Parts) -> Framing:
        """Adds a framing; where the same part of the article has one of this claim, that one is not replaced unseen."""
        article, claim, part = values.pop("article"), values["claim"], values["part"]
        if Framing.objects.filter(article=article, claim=claim, part=part).exists():
            raise Refusal("How this part presents this claim is already recorded: edit that entry.", field="claim")
        return record_framing(article, **values, by=acting_editor(request))

    def revise(
        self, request: HttpRequest, obj: Framing, values: dict[str, Any], parts: Parts, *, seen: int, why: str
    ) -> Framing:
        return record_framing(
            obj.article, claim=obj.claim, part=obj.part, **values, by=acting_editor(request), seen=seen
        )

    def panels_below(self, request: HttpRequest, obj: Framing) -> list[str]:
        if not self.has_change_permission(request, obj):
            return []
        context = {"framing": obj, "seen": self.revision_of(obj)}
        return [render_to_string("admin/desk/_remove_framing.html", context, request)]
