"""Who works on what, as lists, pages and the front page show it. It is changed on the page of several."""

from django.contrib import admin
from django.contrib.admin.options import IncorrectLookupParameters
from django.contrib.auth import get_user_model
from django.template.loader import render_to_string

from articles.verbforms import is_key

from ...models import Assignment
from .pages import address_of_change

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


def assigned_panel(request, obj, *, may: bool) -> str:
    """Safe HTML: who works on `obj`, and the way to assign it if this user `may`."""
    given = Assignment.objects.given().filter(public_id=obj.public_id).select_related("editor").first()
    address = address_of_change(type(obj), "assignment", of=[obj.public_id]) if may else ""
    return render_to_string(
        "admin/desk/_assigned.html", {"editor": given and given.editor, "address": address}, request
    )
