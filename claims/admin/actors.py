"""Actors under all their names, found by any of them."""

from typing import Any, TypeVar
from urllib.parse import urlencode

from django.contrib import admin
from django.db.models import Case, F, Q, QuerySet, When
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import reverse

from articles.desk_admin import ComponentInline, Parts, column, count_subquery
from articles.editors import AnyUser
from language.names.spellings import words_of

from ..changes import IdentifierInput, NameInput, add_actor
from ..models import Actor, ActorName, Identifier, Release, Statement
from ..privacy.viewer import may_see_names
from ..suggestions.similar_actors import similar_actors
from .merge_pages import offered_choices
from .publishable_admin import NoteInline, PublishableAdmin
from .workflow import related_objects_panel

Actors = TypeVar("Actors", bound=QuerySet[Actor])


def actors_with_words(actors: Actors, term: str, *, named: bool) -> Actors:
    """Those of `actors` one of whose names holds all words of `term`, in any spelling or script the desk knows.

    Without `named`, a withheld one is found by its public label alone: a search must not confirm a guess.
    """
    words = words_of(term)
    if not words:
        return actors.none() if term.strip() else actors
    names = Q()
    for word in words:
        names &= Q(folded__contains=word)
    by_name = Q(pk__in=ActorName.objects.filter(names).values("actor"))
    if named:
        return actors.filter(by_name)
    withheld = Q(protection=Actor.Protection.WITHHELD)
    return actors.filter((by_name & ~withheld) | (withheld & Q(public_label__icontains=term.strip())))


def actor_sort_key(user: AnyUser, actor: str = "") -> F | Case:
    """By what lists sort actors (`actor` leads to them): a place between names tells how a name begins."""
    if may_see_names(user):
        return F(f"{actor}name")
    withheld = When(**{f"{actor}protection": Actor.Protection.WITHHELD}, then=F(f"{actor}public_label"))
    return Case(withheld, default=F(f"{actor}name"))


class NameInline(ComponentInline):
    model = ActorName
    part = "names"
    fields = ["name", "language", "kind", "scheme"]
    lead = "All names of this actor, in any script. The name above is always included, as the primary one."


class IdentifierInline(ComponentInline):
    model = Identifier
    part = "identifiers"
    fields = ["register", "value"]
    lead = "Identifiers in other registers, such as wikidata Q17."


@admin.register(Actor)
class ActorAdmin(PublishableAdmin):
    add = staticmethod(add_actor)
    inlines = [NameInline, IdentifierInline, NoteInline]
    list_display = ["called", "kind", "status", "assigned", "statement_count", "last_change"]
    list_filter = ["kind", "protection"]
    search_fields = ["name"]
    search_help_text = "Any spelling in any script, or the public ID"
    autocomplete_fields = ["reported_in"]
    fieldsets = [
        (None, {"fields": ["name", "kind", "description", "reported_in"]}),
        (
            "Protection",
            {
                "fields": ["protection", "public_label"],
                "description": "A withheld name is never published: readers see the label instead.",
            },
        ),
        ("Address", {"fields": ["slug"]}),
    ]
    empty_text = "No actors yet. An actor is anyone who says something: a person, a state, an institution, a group."

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        actors = super().get_queryset(request)
        return actors.annotate(
            statement_total=count_subquery(Statement, "speaker"), called_as=actor_sort_key(request.user)
        )

    def get_ordering(self, request: HttpRequest) -> list[Any]:
        return [actor_sort_key(request.user).asc(), "pk"]

    called = column("name", "name", "called_as")

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Nobody changes, or unveils, an actor whose name they may not read: they see its page."""
        hidden = obj is not None and obj.withheld and not may_see_names(request.user)
        return super().has_change_permission(request, obj) and not hidden

    def get_search_results(self, request: HttpRequest, queryset: QuerySet, search_term: str) -> tuple[QuerySet, bool]:
        by_identity = queryset.filter(public_id=search_term.strip().lower())
        found = (
            by_identity
            if by_identity.exists()
            else actors_with_words(queryset, search_term, named=may_see_names(request.user))
        )
        return offered_choices(request, found), False

    statement_count = column("statements", "statement_total", "statement_total")

    def panels_above(self, request: HttpRequest, obj: Actor) -> list[str]:
        return [*super().panels_above(request, obj), *self.similar_panel(request, obj)]

    def similar_panel(self, request: HttpRequest, obj: Actor) -> list[str]:
        """Safe HTML: whom a draft may be, with the way to merge the two."""
        is_new = not Release.objects.public().filter(public_id=obj.public_id).exists()
        if not (is_new and self.has_change_permission(request, obj)) or obj.reported_in_id:
            return []
        merging = reverse("admin:claims_merge_new", args=["actor"])
        found = [
            (similar, f"{merging}?{urlencode({'of': [similar.actor.public_id, obj.public_id]}, doseq=True)}")
            for similar in similar_actors(obj)
        ]
        context = {"similar_actors": found}
        return [render_to_string("admin/desk/_similar_actors.html", context, request)] if found else []

    def panels_below(self, request: HttpRequest, obj: Actor) -> list[str]:
        return [related_objects_panel(request, "Statements", obj.statements.select_related("speaker"))]

    def lists(self, request: HttpRequest, parts: Parts) -> dict[str, Any]:
        names = [NameInput.from_source(row) for row in parts["names"]]
        return {"names": names, "identifiers": [IdentifierInput.from_source(row) for row in parts["identifiers"]]}
