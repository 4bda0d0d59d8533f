"""Topics, questions, and the claims that compete to answer them."""

from typing import Any

from django import forms
from django.contrib import admin
from django.db.models import Case, Field, Model, Q, QuerySet, When
from django.forms import Textarea
from django.http import HttpRequest

from articles.desk_admin import ComponentInline, Parts, column, count_subquery
from articles.editors import acting_editor

from ..changes import RelationInput, SubjectInput, TopicQuestionInput, add_claim, add_question, add_topic
from ..changes.claim_components import MAX_QUESTIONS, MAX_SUBJECTS
from ..models import Claim, ClaimRelation, ClaimSubject, Question, Stance, Statement, Topic, TopicQuestion
from ..suggestions.claim_matches import claims_for_typed_text
from .forms import ClaimForm
from .merge_pages import is_choosing, offered_choices
from .publishable_admin import NoteInline, OptionalFormSet, PublishableAdmin
from .workflow import related_objects_panel


class TopicQuestionInline(ComponentInline):
    model = TopicQuestion
    part = "questions"
    fields = ["question"]
    autocomplete_fields = ["question"]
    max_num = MAX_QUESTIONS
    verbose_name = "question"
    verbose_name_plural = "questions"
    lead = "In the order in which readers see them. A question may stand under several topics."

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        return super().get_queryset(request).select_related("question").order_by("position")


@admin.register(Topic)
class TopicAdmin(PublishableAdmin):
    add = staticmethod(add_topic)
    inlines = [TopicQuestionInline, NoteInline]
    list_display = ["title", "status", "assigned", "question_count", "last_change"]
    search_fields = ["title", "introduction", "=public_id"]
    fields = ["title", "introduction", "position", "slug"]
    ordering = ["position", "title"]
    empty_text = "No topics yet. A topic groups questions; a record about a single one needs none."

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        return super().get_queryset(request).annotate(question_total=count_subquery(TopicQuestion, "topic"))

    question_count = column("questions", "question_total", "question_total")

    def lists(self, request: HttpRequest, parts: Parts) -> dict[str, Any]:
        return {"questions": [TopicQuestionInput.from_source(row) for row in parts["questions"]]}


@admin.register(Question)
class QuestionAdmin(PublishableAdmin):
    add = staticmethod(add_question)
    list_display = ["title", "status", "assigned", "claim_count", "last_change"]
    search_fields = ["title", "description", "=public_id"]
    fields = ["title", "description", "position", "slug"]
    ordering = ["position", "title"]
    empty_text = "No questions yet. A question is what several claims compete to answer: “How many people are held?”"

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        return super().get_queryset(request).annotate(claim_total=count_subquery(Claim, "question"))

    claim_count = column("claims", "claim_total", "claim_total")

    def panels_below(self, request: HttpRequest, obj: Question) -> list[str]:
        return [related_objects_panel(request, "Claims", obj.claims.order_by("position", "id"))]


class RelationInline(ComponentInline):
    model = ClaimRelation
    part = "relations"
    fk_name = "claim"
    fields = ["kind", "other"]
    autocomplete_fields = ["other"]
    verbose_name = "relation"
    verbose_name_plural = "how this claim relates to others"
    lead = "Read from left to right: this claim narrows the other one."

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        return super().get_queryset(request).select_related("other")


class SubjectInline(ComponentInline):
    model = ClaimSubject
    formset = OptionalFormSet
    part = "subjects"
    fields = ["kind", "actor", "name", "language", "other_names"]
    autocomplete_fields = ["actor"]
    max_num = MAX_SUBJECTS
    extra = 0
    verbose_name = "subject"
    verbose_name_plural = "who or what this claim is about"
    lead = "Choose an actor; or say that it is a place or something else, and enter its names."

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        return super().get_queryset(request).select_related("actor")

    def formfield_for_dbfield(self, db_field: Field, request: HttpRequest, **kwargs: Any) -> forms.Field | None:
        if db_field.name == "other_names":
            kwargs["widget"] = Textarea(attrs={"rows": 2, "cols": 30})
        return super().formfield_for_dbfield(db_field, request, **kwargs)


@admin.register(Claim)
class ClaimAdmin(PublishableAdmin):
    form = ClaimForm
    inlines = [SubjectInline, RelationInline, NoteInline]
    list_display = ["text", "question", "status", "assigned", "stance_count", "last_change"]
    list_filter = ["kind", ("question", admin.RelatedOnlyFieldListFilter)]
    list_select_related = ["question"]
    search_fields = ["text", "counted", "question__title", "=public_id"]
    autocomplete_fields = ["question"]
    ordering = ["question__position", "position", "id"]
    fieldsets = [
        (None, {"fields": ["question", "text", "kind", "language", "position"]}),
        (
            "For a figure",
            {
                "fields": [("lower", "amount", "upper"), ("unit", "modifier"), "counted", "as_of", "derived"],
                "description": "Only for claims of kind “figure”: an amount or a bound, the unit, and what is counted.",
            },
        ),
        ("Address", {"fields": ["slug"]}),
    ]
    empty_text = "No claims yet. A claim is a neutral proposition on which statements take a stance."

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        return super().get_queryset(request).annotate(stance_total=count_subquery(Stance, "claim"))

    def get_search_results(self, request: HttpRequest, queryset: QuerySet, search_term: str) -> tuple[QuerySet, bool]:
        found, doubles = super().get_search_results(request, queryset, search_term)
        if not is_choosing(request) or not search_term.strip():
            return offered_choices(request, found), doubles
        keys = [match.claim.pk for match in claims_for_typed_text(search_term, "")]
        ranked = queryset.filter(Q(pk__in=keys) | Q(pk__in=found.order_by().values("pk")))
        place = Case(*(When(pk=key, then=number) for number, key in enumerate(keys)), default=len(keys))
        return offered_choices(request, ranked).order_by(place, *self.get_ordering(request)), False

    stance_count = column("statements", "stance_total", "stance_total")

    @admin.display(description="figure")
    def figure(self, claim: Claim) -> str:
        return format_figure(claim)

    def panels_below(self, request: HttpRequest, obj: Claim) -> list[str]:
        statements = Statement.objects.filter(stances__claim=obj).select_related("speaker")
        return [related_objects_panel(request, "Statements with a stance on this claim", statements)]

    def create(self, request: HttpRequest, values: dict[str, Any], parts: Parts) -> Model:
        claim = add_claim(**values, by=acting_editor(request))
        return self.revise(request, claim, {}, parts, seen=claim.revision, why="")

    def lists(self, request: HttpRequest, parts: Parts) -> dict[str, Any]:
        return {
            "relations": [RelationInput.from_source(row) for row in parts["relations"]],
            "subjects": [SubjectInput.from_source(row) for row in parts["subjects"]],
        }


def format_figure(claim: Claim) -> str:
    """A claim's figure in few characters: "about 1.000.000 (800.000 to 3.000.000) people"."""
    numbers = claim.lower, claim.amount, claim.upper
    lower, amount, upper = (format(number.normalize(), ",f") if number else "" for number in numbers)
    bounds = " to ".join(filter(None, [lower, upper]))
    return " ".join(
        filter(None, [claim.modifier, amount or bounds, f"({bounds})" if amount and bounds else "", claim.unit])
    )
