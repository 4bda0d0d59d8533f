"""Discarding an object at the desk, and the page from which what was discarded is put back."""

from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import Model, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.loader import render_to_string
from django.urls import reverse
from django.views.decorators.http import require_POST

from articles.desk_admin import DeskAdmin, desk_page, report_outcome
from articles.desk_forms import is_key
from articles.editors import AnyUser, acting_editor
from articles.history import Activity
from articles.models import Article, Capture, DiscardedObject, Trace
from articles.models.discarded import KEPT_DAYS
from articles.tracked_changes import Refusal

from ..changes import discard, mention_of, restore
from ..changes.discards import DISCARDABLE, Discardable
from ..models import Actor, Assignment
from ..privacy.viewer import may_see_names
from .workflow import desk_address, may_change, may_publish

MODELS = {str(model._meta.model_name): model for model in DISCARDABLE}


def may_discard(user: AnyUser, obj: Discardable) -> bool:
    """Whether `user` may throw `obj` away: its editor (who made it, or works on it), and every reviewer."""
    if not may_change(user, Article if isinstance(obj, Capture) else type(obj)):
        return False
    if isinstance(obj, Actor) and obj.withheld and not may_see_names(user):
        return False
    if may_publish(user):
        return True
    public_id = obj.article.public_id if isinstance(obj, Capture) else obj.public_id
    if Assignment.objects.filter(editor=user.pk).filter(public_id=public_id).exists():
        return True
    acts = Trace.objects.filter(public_id=public_id).order_by("id")
    if isinstance(obj, Capture):
        acts = acts.filter(verb="take in", changes__capture__1=obj.sha256)
    first = acts.first()
    return first is not None and first.by_id == user.pk


def discard_panel(request: HttpRequest, obj: Discardable) -> list[str]:
    """Safe HTML: the way to throw `obj` away, for whoever may."""
    if not may_discard(request.user, obj):
        return []
    address = reverse("admin:desk_discard", args=[obj._meta.model_name, obj.pk])
    context = {"address": address, "noun": obj._meta.verbose_name, "days": KEPT_DAYS}
    return [render_to_string("admin/desk/_discard.html", context, request)]


def discard_page(request: HttpRequest, kind: str, key: str) -> HttpResponse:
    """Asks whether to throw an object away, and does it; or says what rests on it."""
    model = MODELS.get(kind)
    if model is None or not is_key(key):
        raise Http404("That cannot be discarded.")
    obj: Any = get_object_or_404(model._base_manager.all(), pk=key)
    if not may_discard(request.user, obj):
        raise PermissionDenied
    if request.method == "POST":
        label = mention_of(obj)
        try:
            kept = discard(obj, by=acting_editor(request), why=request.POST.get("why", "")[:500])
        except Refusal as refusal:
            messages.error(request, refusal.sentence)
            return redirect(desk_address(obj))
        undo = reverse("admin:articles_discardedobject_change", args=[kept.pk])
        message = f"“{label}” was discarded. It can be restored until {kept.deleted_on}, under Discarded."
        messages.success(request, message)
        return redirect(undo)
    context = {"subtitle": str(obj), "obj": obj, "back": desk_address(obj), "days": KEPT_DAYS}
    title = f"Discard this {obj._meta.verbose_name}?"
    return desk_page(request, "admin/desk/discard.html", model=model, title=title, **context)


@require_POST
def restore_page(request: HttpRequest, pk: int) -> HttpResponse:
    """Puts back what was discarded."""
    kept = get_object_or_404(DiscardedObject, pk=pk)
    if not may_restore(request.user, kept):
        raise PermissionDenied
    found: list[Model] = []

    def put_back() -> str:
        found.append(restore(kept, by=acting_editor(request)))
        return f"“{mention_of(found[0])}” was restored."

    if report_outcome(request, put_back):
        return redirect(desk_address(found[0]))
    return redirect("admin:articles_discardedobject_change", kept.pk)


def may_restore(user: AnyUser, kept: DiscardedObject) -> bool:
    """Whether `user` may change such an object."""
    model = MODELS.get(kept.kind)
    return model is not None and may_change(user, Article if model is Capture else model)


@admin.register(DiscardedObject)
class DiscardedAdmin(DeskAdmin):
    pages = (("<int:pk>/restore/", restore_page, "articles_discardedobject_restore"),)
    list_display = ["label", "noun", "by", "at", "deleted_on"]
    list_filter = ["kind"]
    list_select_related = ["by"]
    fields = ["label", "noun", "by", "at", "deleted_on"]
    readonly_fields = ["label", "noun", "by", "at", "deleted_on"]
    empty_text = "Nothing was discarded in the last thirty days."

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Whoever may change something at the desk."""
        changing = ("articles.change_article", "claims.change_statement")
        return super().has_view_permission(request, obj) or any(map(request.user.has_perm, changing))

    def has_module_permission(self, request: HttpRequest) -> bool:
        return self.has_view_permission(request)

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        return super().get_queryset(request).defer("rows")

    def history(self, obj: DiscardedObject, newest: int | None = None) -> list[Activity]:
        return []

    def panels_above(self, request: HttpRequest, obj: DiscardedObject) -> list[str]:
        context = {"kept": obj, "may": may_restore(request.user, obj)}
        return [render_to_string("admin/desk/_restore.html", context, request)]
