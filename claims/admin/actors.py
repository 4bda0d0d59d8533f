"""Actors under all their names, found by any of them."""

from django.contrib import admin
from django.db.models import Q

from articles.verbadmin import PartInline, VerbAdmin, how_many

from ..changes import IdentifierInput, NameInput, add_actor, revise
from ..forms import ActorForm
from ..models import Actor, ActorName, Identifier, Statement
from ..names import words_of
from ..workspace import may_see_names
from .merging import Mergeable
from .road import Publishable, related
from .several import Assignable


def called(actors, term: str, *, named: bool):
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


class NameInline(PartInline):
    model = ActorName
    part = "names"
    fields = ["name", "language", "kind", "scheme"]
    lead = "Every name in every script by which this actor is found. The name above is always among them, as primary."


class IdentifierInline(PartInline):
    model = Identifier
    part = "identifiers"
    fields = ["register", "value"]
    lead = "What other registers call this actor: wikidata Q17."


@admin.register(Actor)
class ActorAdmin(Mergeable, Assignable, Publishable, VerbAdmin):
    form = ActorForm
    inlines = [NameInline, IdentifierInline]
    list_display = ["name", "kind", "protection", "statement_count", "road", "assigned"]
    list_filter = ["kind", "protection"]
    search_fields = ["name"]
    search_help_text = "Any spelling in any script, or the public identity"
    autocomplete_fields = ["reported_in"]
    ordering = ["name"]
    fieldsets = [
        (None, {"fields": ["name", "kind", "description", "reported_in"]}),
        (
            "Protection",
            {
                "fields": ["protection", "public_label"],
                "description": "A withheld name never reaches the public: the label is shown instead.",
            },
        ),
        ("Address", {"fields": ["slug"]}),
    ]
    empty_text = "No actor yet. An actor is whoever says something: a person, a state, a body, a group."

    def get_queryset(self, request):
        return super().get_queryset(request).annotate(statement_total=how_many(Statement, "speaker"))

    def get_search_results(self, request, queryset, search_term):
        by_identity = queryset.filter(public_id=search_term.strip().lower())
        if by_identity.exists():
            return by_identity, False
        return called(queryset, search_term, named=may_see_names(request.user)), False

    def lookup_allowed(self, lookup, value, request):
        """Who may not read withheld names may not filter by what names begin with either."""
        asks_for_names = lookup.split("__")[0] in ("name", "slug")
        return super().lookup_allowed(lookup, value, request) and (not asks_for_names or may_see_names(request.user))

    @admin.display(description="statements", ordering="statement_total")
    def statement_count(self, actor):
        return actor.statement_total

    def below(self, request, obj):
        return [*super().below(request, obj), related(request, "Statements", obj.statements.select_related("speaker"))]

    def create(self, request, values, parts):
        return add_actor(**values, by=request.user, **self.lists(parts))

    def revise(self, request, obj, values, parts, *, seen, why):
        return revise(obj, values, by=request.user, seen=seen, why=why, **self.lists(parts))

    def lists(self, parts):
        names = [NameInput(row["name"], row["language"], row["kind"], row["scheme"]) for row in parts["names"]]
        identifiers = [IdentifierInput(row["register"], row["value"]) for row in parts["identifiers"]]
        return {"names": names, "identifiers": identifiers}
