"""Who works on what, as lists, pages and the front page show it. It is changed on the page of several."""

from dataclasses import dataclass

from django.contrib import admin
from django.contrib.admin.options import IncorrectLookupParameters
from django.contrib.auth import get_user_model
from django.db.models import Count, F, OuterRef, Subquery
from django.template.loader import render_to_string
from django.urls import reverse

from articles.verbforms import is_key

from ...models import Assignment
from ..road import PUBLISHABLE
from .pages import SeveralPages, address_of_change

ASSIGNED, ME, NOBODY = "assigned", "me", "nobody"


class AssigneeFilter(admin.SimpleListFilter):
    title = "who works on it"
    parameter_name = ASSIGNED

    def lookups(self, request, model_admin):
        given = Assignment.objects.given().filter(kind=model_admin.opts.model_name).exclude(editor=request.user)
        users = get_user_model().objects.filter(pk__in=given.values("editor")).order_by("username")
        return [(ME, "assigned to me"), (NOBODY, "nobody"), *((str(user.pk), user.username) for user in users)]

    def queryset(self, request, queryset):
        if self.value() is None:
            return queryset
        given = Assignment.objects.given().filter(kind=queryset.model._meta.model_name)
        if self.value() == NOBODY:
            return queryset.exclude(public_id__in=given.values("public_id"))
        if self.value() != ME and not is_key(self.value()):
            raise IncorrectLookupParameters(f"{self.value()} is nobody's key.")
        editor = request.user.pk if self.value() == ME else int(self.value())
        return queryset.filter(public_id__in=given.given_to(editor).values("public_id"))


class Assignable(SeveralPages):
    """For admins of what somebody can be given to work on: a column, a filter, and a line on the object's page."""

    def get_list_filter(self, request):
        return [AssigneeFilter, *super().get_list_filter(request)]

    def get_queryset(self, request):
        given = Assignment.objects.filter(public_id=OuterRef("public_id")).values("editor__username")
        return super().get_queryset(request).annotate(assignee=Subquery(given))

    @admin.display(description="editor", ordering=F("assignee").asc(nulls_last=True))
    def assigned(self, obj):
        return obj.assignee

    def above(self, request, obj):
        given = Assignment.objects.given().filter(public_id=obj.public_id).select_related("editor").first()
        may = self.has_change_permission(request, obj)
        address = address_of_change(self.model, "assignment", of=[obj.public_id]) if may else ""
        context = {"editor": given and given.editor, "address": address}
        return [*super().above(request, obj), render_to_string("admin/desk/_assigned.html", context, request)]


@dataclass(frozen=True)
class Given:
    """How many objects of one kind somebody works on, and the list of them."""

    count: int
    noun: str
    address: str


def assigned_to(user) -> list[Given]:
    """What `user` works on, by kind: one query."""
    counts = dict(Assignment.objects.given_to(user).order_by().values_list("kind").annotate(Count("id")))
    given = []
    for model in PUBLISHABLE:
        opts = model._meta
        count = counts.get(opts.model_name, 0)
        if count and user.has_perm(f"{opts.app_label}.view_{opts.model_name}"):
            address = reverse(f"admin:{opts.app_label}_{opts.model_name}_changelist")
            noun = opts.verbose_name if count == 1 else opts.verbose_name_plural
            given.append(Given(count, noun, f"{address}?{ASSIGNED}={ME}"))
    return given
