"""Outlets, articles, captures, passages, and the trace of every change."""

from typing import Any

from django.contrib import admin
from django.db.models import Count, F, Model, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.text import Truncator

from articles import changes
from articles.attachment_pages import discard_attachment_page
from articles.desk_admin import DeskAdmin, Parts, column, count_subquery
from articles.editors import acting_editor
from articles.forms import ArticleForm, OutletForm, PassageForm
from articles.history import Activity, activities, tracked_model
from articles.intake_page import take_in_page
from articles.intake_reprints import likeness_sentence
from articles.models import Article, Capture, Outlet, Passage, Trace
from articles.models.article import LONG_CAPTURE_FIELDS
from articles.passage_review import (
    PassagePlaceFilter,
    confirm_action,
    lost_passage_page,
    lost_passage_panel,
    moved_passage_panel,
    moved_passages_page,
)
from articles.recognition import likely_reprints, reprint_family
from articles.text import split_at_passages

from ..changes.claims_and_actors import revise_quoted_article
from ..models import Appearance, ProposalTally
from ..privacy.viewer import is_visible
from .batch.batch_pages import ARTICLE_ACTIONS, take_back
from .discard_pages import discard_panel
from .front_page import ProposalsFilter
from .publishable_admin import PublishableAdmin, compare_notes_when_stale, save_notes
from .reprint_pages import take_over_links, take_over_page
from .workspace.pages import WORKSPACE_PAGES
from .workspace.panels import may_record, workspace_address


def import_page(request: HttpRequest) -> HttpResponse:
    """The page on which articles are imported. Uploads of colleagues may hold names that are withheld."""

    def workspace_of(article: Article) -> str:
        return workspace_address(article) if may_record(request.user) else ""

    return take_in_page(request, may_read=is_visible, workspace_of=workspace_of)


@admin.register(Outlet)
class OutletAdmin(PublishableAdmin):
    form = OutletForm
    add = staticmethod(changes.add_outlet)
    list_display = ["name", "kind", "country", "article_count", "status", "assigned", "last_change"]
    list_filter = ["kind", "state_controlled"]
    search_fields = ["name", "owner", "country"]
    fields = ["name", "kind", "country", "homepage", "owner", "state_controlled", "slug"]
    empty_text = "No outlets yet. An outlet is a publisher: a newspaper, an agency, a broadcaster."

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        return super().get_queryset(request).annotate(article_total=count_subquery(Article, "outlet"))

    article_count = column("articles", "article_total", "article_total")

    def revise(
        self, request: HttpRequest, obj: Outlet, values: dict[str, Any], parts: Parts, *, seen: int, why: str
    ) -> Model:
        with compare_notes_when_stale(obj, parts):
            revised = changes.revise_outlet(obj, values, by=acting_editor(request), seen=seen, why=why)
        return save_notes(revised, parts, by=acting_editor(request), why=why)


@admin.register(Article)
class ArticleAdmin(PublishableAdmin):
    pages = (
        *WORKSPACE_PAGES,
        ("<int:pk>/reprint-of/<int:original>/", take_over_page, "claims_copy_statements"),
        ("import/", import_page, "articles_article_import"),
        (
            "<int:pk>/attachments/<int:original>/discard/",
            discard_attachment_page,
            "articles_article_discard_attachment",
        ),
    )
    tools = (("Import an article", "articles_article_import"),)
    form = ArticleForm
    add = staticmethod(changes.add_article)
    list_display = ["title", "outlet", "published", "status", "assigned", "statements", "open_proposals", "last_change"]
    list_filter = ["outlet", "language", "derivation", ProposalsFilter]
    search_fields = ["headline", "outlet__name", "byline", "credited_agency", "url", "=public_id"]
    autocomplete_fields = ["outlet", "derived_from"]
    ordering = ["-published_latest", "-id"]
    fieldsets = [
        (None, {"fields": ["outlet", "headline", "url", "published", "language"]}),
        ("As printed", {"fields": ["byline", "dateline", "credited_agency"]}),
        ("Origin of the text", {"fields": ["derived_from", "derivation"]}),
        ("Address", {"fields": ["slug"]}),
    ]
    empty_text = "No articles yet. Import one: paste its text or upload a file."

    @admin.display(description="article", ordering="headline")
    def title(self, article: Article) -> str:
        return str(article)

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        printed = Appearance.objects.filter(passage__capture__article=OuterRef("pk")).order_by()
        counted = printed.values("passage__capture__article").annotate(total=Count("statement", distinct=True))
        tallies = ProposalTally.objects.filter(capture__article=OuterRef("pk"), capture__complete=True)
        return (
            super()
            .get_queryset(request)
            .select_related("outlet")
            .annotate(
                statement_total=Coalesce(Subquery(counted.values("total")), 0),
                proposals_waiting=Subquery(tallies.order_by("-capture").values("waiting")[:1]),
            )
        )

    statements = column("statements", "statement_total", "statement_total")

    open_proposals = column("open proposals", "proposals_waiting", F("proposals_waiting").desc(nulls_last=True))

    def revise(
        self, request: HttpRequest, obj: Article, values: dict[str, Any], parts: Parts, *, seen: int, why: str
    ) -> Model:
        with compare_notes_when_stale(obj, parts):
            revised = revise_quoted_article(obj, values, by=acting_editor(request), seen=seen, why=why)
        return save_notes(revised, parts, by=acting_editor(request), why=why)

    def panels_above(self, request: HttpRequest, obj: Article) -> list[str]:
        link = render_to_string("admin/desk/_workspace_link.html", {"article": obj}, request)
        return [*super().panels_above(request, obj), link]

    def panels_below(self, request: HttpRequest, obj: Article) -> list[str]:
        """What is said in this article, its captures with their passages marked, and its likely reprints."""
        appearances = (
            Appearance.objects.filter(passage__capture__article=obj)
            .select_related("statement__speaker", "passage__capture")
            .order_by("passage__capture_id", "passage__start")
        )
        said = {"appearances": appearances, "framings": obj.framings.select_related("claim"), "article": obj}
        captures = obj.captures.best_for_quoting().select_related("original").prefetch_related("passages")
        shown = [(capture, split_at_passages(capture.text, capture.passages.all())) for capture in captures]
        reprints = likely_reprints(obj)
        printed = {
            "article": obj,
            "captures": shown,
            "attachments": obj.attachments.order_by("pk"),
            "moved": sum(
                passage.moved_from_id is not None for capture, _ in shown for passage in capture.passages.all()
            ),
            "reprints": [(like, likeness_sentence(like), take_over_links(obj, like)) for like in reprints],
            # A family of two is left out: the list says all of it.
            "family": reprint_family(obj, reprints) if len(reprints) > 1 else [],
        }
        return [
            render_to_string("admin/desk/_printed_statements.html", said, request),
            render_to_string("admin/desk/captures.html", printed, request),
        ]


@admin.register(Capture)
class CaptureAdmin(DeskAdmin):
    actions = ARTICLE_ACTIONS
    list_display = ["article", "retrieved_at", "method", "complete"]
    list_filter = ["method", "complete"]
    search_fields = ["article__headline", "article__outlet__name", "article__url", "=article__public_id"]
    fields = ["article", "retrieved_at", "method", "complete", "archive_url", "sha256"]
    ordering = ["-id"]
    empty_text = "No saved texts yet. A saved text is an article’s wording on a given day: import an article."

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        # Lists and pickers show no text, and a text can be long.
        return super().get_queryset(request).select_related("article__outlet", "original").defer(*LONG_CAPTURE_FIELDS)

    def has_change_article_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm("articles.change_article")

    def panels_below(self, request: HttpRequest, obj: Capture) -> list[str]:
        context = {"captures": [(obj, split_at_passages(obj.text, obj.passages.all()))]}
        return [render_to_string("admin/desk/captures.html", context, request)]

    def panels_last(self, request: HttpRequest, obj: Capture) -> list[str]:
        return discard_panel(request, obj)


@admin.register(Passage)
class PassageAdmin(DeskAdmin):
    """Nobody changes its words: other words are another passage, and a fuller capture moves passages by itself."""

    pages = (
        ("moved/", moved_passages_page, "articles_passage_moved"),
        ("<int:pk>/relocate/", lost_passage_page, "articles_passage_relocate"),
    )
    form = PassageForm
    actions = [confirm_action]
    list_display = ["words", "article", "capture_method"]
    list_filter = [PassagePlaceFilter]
    search_fields = ["exact", "capture__article__headline", "=public_id"]
    autocomplete_fields = ["capture"]
    fields = ["capture", "exact", "prefix", "suffix"]
    ordering = ["-id"]
    empty_text = "No passages yet. A passage is the words in an article that support a statement."

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        passages = super().get_queryset(request).select_related("capture__article__outlet")
        return passages.defer("capture__text", "capture__removed")

    @admin.display(description="words", ordering="exact")
    def words(self, passage: Passage) -> str:
        return Truncator(passage.exact).chars(90)

    article = column("article", "capture.article", "capture__article__headline")

    @admin.display(description="saved text", ordering="capture__method")
    def capture_method(self, passage: Passage) -> str:
        return passage.capture.get_method_display()

    def create(self, request: HttpRequest, values: dict[str, Any], parts: Parts) -> Passage:
        return changes.quote_passage(
            values["capture"],
            values["exact"],
            by=acting_editor(request),
            prefix=values["prefix"],
            suffix=values["suffix"],
        )

    def panels_above(self, request: HttpRequest, obj: Passage) -> list[str]:
        return [*moved_passage_panel(request, obj), *lost_passage_panel(request, obj)]


@admin.register(Trace)
class TraceAdmin(DeskAdmin):
    actions = [take_back]
    list_display = ["at", "by", "verb", "kind", "label", "why"]
    list_filter = [("at", admin.DateFieldListFilter), "verb", "kind", ("by", admin.RelatedOnlyFieldListFilter)]
    list_select_related = ["by"]
    search_fields = ["label", "why", "=public_id"]
    fields = ["at", "by", "verb", "kind", "label", "revision", "why"]
    ordering = ["-id"]
    empty_text = "No activity yet."

    def has_take_back_permission(self, request: HttpRequest) -> bool:
        """Whoever may change something: the page of taking back asks for the noun itself."""
        return request.user.has_perm("articles.change_article") or request.user.has_perm("claims.change_statement")

    def history(self, obj: Trace, newest: int | None = None) -> list[Activity]:
        return activities([obj], tracked_model(obj.kind))

    def panels_above(self, request: HttpRequest, obj: Trace) -> list[str]:
        model = tracked_model(obj.kind)
        if model is None or not self.admin_site.is_registered(model):
            return []
        address = reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_change", args=[obj.public_id])
        context = {"address": address, "kind": obj.kind, "label": obj.label}
        return [render_to_string("admin/desk/_open.html", context, request)]
