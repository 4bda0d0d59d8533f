"""Statements with their stances, and their appearances in print with the chains behind these."""

from typing import Any

from django.contrib import admin
from django.db.models import Q, QuerySet
from django.forms.models import BaseInlineFormSet
from django.http import HttpRequest
from django.utils.text import Truncator
from msgspec.structs import replace

from articles.desk_admin import ChoiceFilter, ComponentInline, DeskAdmin, Parts, column, count_subquery, desk_admin_of
from articles.desk_forms import CleanRow
from articles.editors import acting_editor
from articles.history import Activity
from articles.tracked_changes import Refusal
from record.documents.fields import DETAILS

from ..changes import (
    AppearanceInput,
    PrintingInput,
    StanceInput,
    StepInput,
    quote_printing,
    record_statement,
    revise,
)
from ..changes.components import printings_of
from ..desk_search import keys_with_words
from ..models import Actor, Appearance, AttributionStep, Stance, Statement
from ..privacy.viewer import may_see_names
from .actors import actor_sort_key, actors_with_words
from .forms import AppearanceForm, AppearanceFormSet, StatementForm
from .front_page import OriginsFilter
from .publishable_admin import NoteInline, PublishableAdmin
from .statement_import import import_page


class StanceInline(ComponentInline):
    model = Stance
    part = "stances"
    fields = ["claim", "kind", "hedge", "printed"]
    autocomplete_fields = ["claim"]
    lead = "The position this statement takes on each claim. Silence is a stance too, but needs a passage that says so."

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        return super().get_queryset(request).select_related("claim")


class AppearanceInline(ComponentInline):
    model = Appearance
    part = "appearances"
    template = "admin/desk/inline_stacked.html"
    form = AppearanceForm
    formset = AppearanceFormSet
    fields = ["capture", "exact", ("prefix", "suffix"), ("printed_name", "cue"), "chain", "passage"]
    read_fields = ("passage", "printed_name", "cue")
    lead = "The words as printed, and the chain of sources between speaker and page."

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        appearances = super().get_queryset(request).select_related("passage__capture__article__outlet")
        return appearances.prefetch_related("steps__actor", "steps__outlet")

    def get_formset(self, request: HttpRequest, obj: Any = None, **kwargs: Any) -> type[BaseInlineFormSet]:
        named = {"named": may_see_names(request.user)}
        return super().get_formset(request, obj, **{"form": type("Form", (AppearanceForm,), named), **kwargs})


class StanceFilter(ChoiceFilter):
    title = "stance"
    parameter_name = "stance"
    offers = tuple(Stance.Kind.choices)

    def chosen(self, queryset: QuerySet, value: str) -> QuerySet:
        # Their keys are found once, and not by a look at the stances of each statement.
        return queryset.filter(pk__in=Stance.objects.filter(kind=value).values("statement"))


@admin.register(Statement)
class StatementAdmin(PublishableAdmin):
    """`DeskAdmin` checks what was typed and calls `create` or `revise`, once, with clean values and lists."""

    pages = (("import/", import_page, "claims_statement_import"),)
    tools = (("Import a table", "claims_statement_import"),)
    form = StatementForm
    add = staticmethod(record_statement)
    inlines = [StanceInline, AppearanceInline, NoteInline]
    list_display = ["summary", "who", "said_on", "status", "assigned", "appearance_count", "last_change"]
    list_filter = ["mode", "basis", StanceFilter, OriginsFilter]
    search_fields = ["summary"]
    search_help_text = "Words of the statement, any spelling of its speaker, or its public ID"
    autocomplete_fields = ["speaker"]
    ordering = ["-said_latest", "-id"]
    fieldsets = [
        ("Who said what", {"fields": ["speaker", "speaker_label", "role", "summary"]}),
        ("When, where and how", {"fields": [("said_on", DETAILS[0]), DETAILS[1:]]}),
        ("Verbatim", {"fields": ["words", "language", "translation"]}),
    ]
    empty_text = "No statements yet. A statement is what somebody said on one occasion, wherever it was printed."

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        statements = super().get_queryset(request).select_related("speaker")
        who = actor_sort_key(request.user, "speaker__")
        return statements.annotate(appearance_total=count_subquery(Appearance, "statement"), speaker_called_as=who)

    def get_search_results(self, request: HttpRequest, queryset: QuerySet, search_term: str) -> tuple[QuerySet, bool]:
        named = may_see_names(request.user)
        for word in search_term.split():
            queryset = queryset.filter(
                Q(pk__in=keys_with_words(Statement, word))
                | Q(public_id=word.lower())
                | Q(speaker__in=actors_with_words(Actor.objects.order_by(), word, named=named).values("pk"))
            )
        texts = [
            "summary",
            "words",
            "translation",
            "speaker_label",
            "role",
            "appearances__printed_name",
            "speaker__name",
        ]
        return self.admin_site.visible_search_results(request, queryset, texts, search_term), False

    @admin.display(description="speaker", ordering="speaker_called_as")
    def who(self, statement: Statement) -> Actor | str:
        return statement.speaker or statement.speaker_label

    appearance_count = column("printed", "appearance_total", "appearance_total")

    def lists(self, request: HttpRequest, parts: Parts) -> dict[str, Any]:
        return {
            "stances": [StanceInput.from_source(row) for row in parts["stances"]],
            "appearances": [self.appearance(request, row) for row in parts["appearances"]],
        }

    def appearance(self, request: HttpRequest, row: CleanRow) -> AppearanceInput:
        if row["passage"] is not None:
            return AppearanceInput.from_source(row)
        try:
            printing = PrintingInput.from_source(row, occurrence=None)
            return quote_printing(row["capture"], printing, by=acting_editor(request))
        except Refusal as refusal:
            raise Refusal(refusal.sentence, field=f"{row.at}-{refusal.field or 'exact'}") from refusal


class StepInline(ComponentInline):
    model = AttributionStep
    part = "steps"
    fields = ["relation", "actor", "outlet", "label", "cue"]
    autocomplete_fields = ["actor", "outlet"]
    verbose_name = "hop"
    verbose_name_plural = "chain"
    lead = "One hop per row, nearest to the page first. Fill in exactly one: an actor, an outlet or an unnamed source."

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        return super().get_queryset(request).select_related("actor", "outlet").order_by("position")


@admin.register(Appearance)
class AppearanceAdmin(DeskAdmin):
    """One printing on a page of its own: its chain in rows. It belongs to its statement, whose revision it shares."""

    inlines = [StepInline]
    list_display = ["words", "statement", "article", "printed_name"]
    search_fields = ["passage__exact", "printed_name", "statement__summary"]
    readonly_fields = ["statement", "passage", "article"]
    fields = ["statement", "article", "passage", "printed_name", "cue"]
    ordering = ["-id"]
    empty_text = "None yet. Record where a statement was printed on the page of the statement."

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        appearances = super().get_queryset(request)
        return appearances.select_related("statement__speaker", "passage__capture__article__outlet").defer(
            "passage__capture__text", "passage__capture__removed"
        )

    @admin.display(description="words", ordering="passage__exact")
    def words(self, appearance: Appearance) -> str:
        return Truncator(appearance.passage.exact).chars(80)

    article = column("article", "passage.capture.article", "passage__capture__article__headline")

    def revision_of(self, obj: Appearance) -> int:
        return obj.statement.revision

    def history(self, obj: Appearance, newest: int | None = None) -> list[Activity]:
        return desk_admin_of(self.admin_site, Statement).history(obj.statement, newest=newest)

    def revise(
        self, request: HttpRequest, obj: Appearance, values: dict[str, Any], parts: Parts, *, seen: int, why: str
    ) -> Appearance:
        chain = [StepInput.from_source(row) for row in parts["steps"]]
        statement = obj.statement
        wanted = [
            replace(printing, **values, chain=chain) if printing.passage.pk == obj.passage_id else printing
            for printing in printings_of(statement)
        ]
        try:
            revise(statement, {}, by=acting_editor(request), seen=seen, why=why, appearances=wanted)
        except Refusal as refusal:
            if refusal.field == "appearances":  # on this page the chain is a list of its own
                refusal.field = "steps"
            raise
        return obj
