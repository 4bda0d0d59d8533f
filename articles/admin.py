"""The desk's pages for what was printed: outlets, articles, captures, passages, and the trace of every change."""

from django.contrib import admin
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.html import format_html
from django.utils.text import Truncator

from . import changes
from .confirming import ConfirmPages
from .forms import ArticleForm, OutletForm, PassageForm
from .history import acts, model_of
from .marking import pieces
from .models import Article, Capture, Outlet, Passage, Trace
from .settling import FoundFilter, SettlePages
from .taking_in import TakeInPages
from .verbadmin import DeskAdmin, how_many


@admin.register(Outlet)
class OutletAdmin(DeskAdmin):
    form = OutletForm
    list_display = ["name", "kind", "country", "state_controlled", "article_count"]
    list_filter = ["kind", "state_controlled"]
    search_fields = ["name", "owner", "country"]
    fields = ["name", "kind", "country", "homepage", "owner", "state_controlled", "slug"]
    empty_text = "No outlet yet. An outlet is who prints: a newspaper, an agency, a broadcaster."

    def get_queryset(self, request):
        return super().get_queryset(request).annotate(article_total=how_many(Article, "outlet"))

    @admin.display(description="articles", ordering="article_total")
    def article_count(self, outlet):
        return outlet.article_total

    def create(self, request, values, parts):
        return changes.add_outlet(**values, by=request.user)

    def revise(self, request, obj, values, parts, *, seen, why):
        return changes.revise_outlet(obj, values, by=request.user, seen=seen, why=why)


@admin.register(Article)
class ArticleAdmin(TakeInPages, DeskAdmin):
    form = ArticleForm
    list_display = ["title", "outlet", "published", "language", "credited_agency", "derivation"]
    list_filter = ["outlet", "language", "derivation"]
    list_select_related = ["outlet"]
    search_fields = ["headline", "outlet__name", "byline", "credited_agency", "url", "=public_id"]
    autocomplete_fields = ["outlet", "derived_from"]
    ordering = ["-published_latest", "-id"]
    fieldsets = [
        (None, {"fields": ["outlet", "headline", "url", "published", "language"]}),
        ("As printed", {"fields": ["byline", "dateline", "credited_agency"]}),
        ("Where its text comes from", {"fields": ["derived_from", "derivation"]}),
        ("Address", {"fields": ["slug"]}),
    ]
    empty_text = "No article yet. Take one in: paste its text or upload it."

    @admin.display(description="article", ordering="headline")
    def title(self, article):
        return str(article)

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("outlet")

    def create(self, request, values, parts):
        return changes.add_article(**values, by=request.user)

    def revise(self, request, obj, values, parts, *, seen, why):
        return changes.revise_article(obj, values, by=request.user, seen=seen, why=why)

    def below(self, request, obj):
        """The captures with their passages marked, and what this article is likely a reprint of."""
        captures = obj.captures.to_quote_from().prefetch_related("passages")
        shown = [(capture, pieces(capture.text, capture.passages.all())) for capture in captures]
        moved = sum(passage.moved_from_id is not None for capture, _ in shown for passage in capture.passages.all())
        context = {"article": obj, "captures": shown, "moved": moved, **self.reprints_of(obj)}
        return [render_to_string("admin/desk/captures.html", context, request)]


@admin.register(Capture)
class CaptureAdmin(DeskAdmin):
    list_display = ["article", "retrieved_at", "method", "complete"]
    list_filter = ["method", "complete"]
    list_select_related = ["article__outlet"]
    search_fields = ["article__headline", "article__outlet__name", "article__url", "=article__public_id"]
    fields = ["article", "retrieved_at", "method", "complete", "archive_url", "sha256"]
    ordering = ["-id"]
    empty_text = "No capture yet. A capture is the text of an article as it was on one day: take an article in."

    def get_queryset(self, request):
        # Lists and pickers show no text, and a text can be long.
        return super().get_queryset(request).select_related("article__outlet").defer("text", "removed")

    def below(self, request, obj):
        context = {"captures": [(obj, pieces(obj.text, obj.passages.all()))]}
        return [render_to_string("admin/desk/captures.html", context, request)]


@admin.register(Passage)
class PassageAdmin(ConfirmPages, SettlePages, DeskAdmin):
    form = PassageForm
    list_display = ["words", "article", "capture_method"]
    list_filter = [FoundFilter]
    list_select_related = ["capture__article__outlet"]
    search_fields = ["exact", "capture__article__headline", "=public_id"]
    autocomplete_fields = ["capture"]
    fields = ["capture", "exact", "prefix", "suffix"]
    ordering = ["-id"]
    empty_text = "No passage yet. A passage is the words of an article on which a statement rests."

    def get_queryset(self, request):
        passages = super().get_queryset(request).select_related("capture__article__outlet")
        return passages.defer("capture__text", "capture__removed")

    @admin.display(description="words", ordering="exact")
    def words(self, passage):
        return Truncator(passage.exact).chars(90)

    @admin.display(description="article", ordering="capture__article__headline")
    def article(self, passage):
        return passage.capture.article

    @admin.display(description="capture", ordering="capture__method")
    def capture_method(self, passage):
        return passage.capture.get_method_display()

    def create(self, request, values, parts):
        return changes.quote_passage(
            values["capture"], values["exact"], by=request.user, prefix=values["prefix"], suffix=values["suffix"]
        )


@admin.register(Trace)
class TraceAdmin(DeskAdmin):
    list_display = ["at", "by", "verb", "kind", "label", "why"]
    list_filter = ["verb", "kind", ("by", admin.RelatedOnlyFieldListFilter)]
    list_select_related = ["by"]
    search_fields = ["label", "why", "=public_id"]
    date_hierarchy = "at"
    fields = ["at", "by", "verb", "kind", "label", "revision", "why"]
    ordering = ["-id"]
    empty_text = "Nothing has been done yet."

    def history(self, obj, newest=None):
        return acts([obj], model_of(obj.kind))

    def above(self, request, obj):
        model = model_of(obj.kind)
        if model is None or not self.admin_site.is_registered(model):
            return []
        address = reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_change", args=[obj.public_id])
        return [
            format_html('<p class="desk-panel"><a href="{}">Open the {} “{}”</a></p>', address, obj.kind, obj.label)
        ]
