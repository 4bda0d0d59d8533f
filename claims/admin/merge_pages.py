"""Two that are one: choosing which is kept, seeing what moves, and taking a merge back."""

from collections.abc import Callable, Iterable
from typing import Any
from urllib.parse import urlencode

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.views.decorators.http import require_POST

from articles.desk_admin import DeskAdmin, call_or_show_refusal, column, desk_page, report_outcome
from articles.desk_forms import MAX_REVISION
from articles.editors import acting_editor
from articles.history import Activity
from articles.tracked_changes import Refusal

from ..changes import merge_actors, merge_claims, undo_merge
from ..models import Actor, Claim, Merge
from ..privacy.viewer import may_see_names
from .forms import MergeForm

MERGE_VERBS: dict[str, tuple[type[Actor] | type[Claim], Callable[..., Merge]]] = {
    "actor": (Actor, merge_actors),
    "claim": (Claim, merge_claims),
}
# What follows a merge, by what `Merge.moved` calls it: one of it, several.
MOVED_NOUNS = {
    "actorname.actor": ("name", "names"),
    "identifier.actor": ("identifier", "identifiers"),
    "statement.speaker": ("statement", "statements"),
    "attributionstep.actor": ("hop of a chain", "hops of chains"),
    "stance.claim": ("stance", "stances"),
    "framing.claim": ("presentation of it by an outlet", "presentations of it by outlets"),
    "claimrelation.claim": ("relation", "relations"),
    "claimrelation.other": ("relation to it", "relations to it"),
}


@admin.action(description="Merge the two selected…", permissions=["change"])
def merge_two(modeladmin: admin.ModelAdmin, request: HttpRequest, queryset: QuerySet) -> HttpResponse | None:
    two = list(queryset.order_by("pk").values_list("public_id", flat=True)[:3])
    if len(two) != 2:
        modeladmin.message_user(request, "Select exactly two to merge. Nothing was changed.", messages.ERROR)
        return None
    kind = modeladmin.opts.model_name
    return HttpResponseRedirect(
        reverse("admin:claims_merge_new", args=[kind]) + "?" + urlencode({"of": two}, doseq=True)
    )


def merges_panel(request: HttpRequest, obj: Actor | Claim) -> list[str]:
    """Safe HTML: what was merged into an actor or a claim, and where it was merged away itself."""
    kind = obj._meta.model_name
    merges = list(Merge.objects.filter(kind=kind, gone=obj.public_id, undone_at=None))
    merges += list(Merge.objects.filter(kind=kind, kept=obj.public_id, undone_at=None))
    context = {"merges": merges, "merged_into": obj.merged_into, "opts": obj._meta}
    return [render_to_string("admin/desk/_merged.html", context, request)]


def is_choosing(request: HttpRequest) -> bool:
    """Whether a picker asks, and not a list."""
    return request.resolver_match is not None and request.resolver_match.url_name == "autocomplete"


def offered_choices(request: HttpRequest, found: QuerySet) -> QuerySet:
    """What of `found` a picker offers: a list finds what was merged away too."""
    return found.filter(merged_into=None) if is_choosing(request) else found


def merge_page(request: HttpRequest, kind: str) -> HttpResponse:
    """Which of two is kept, with what would move either way."""
    if kind not in MERGE_VERBS or not request.user.has_perm(f"claims.change_{kind}"):
        raise PermissionDenied
    model, merge = MERGE_VERBS[kind]
    asked = request.POST.getlist("of") or request.GET.getlist("of")
    ids = [public_id for public_id in asked if public_id.isalnum()][:3]
    two: list[Actor | Claim] = [*model.objects.filter(public_id__in=ids).order_by("pk")]
    if len(two) != 2:
        messages.error(request, f"Select exactly two {model._meta.verbose_name_plural} to merge.")
        return redirect(f"admin:claims_{kind}_changelist")
    _refuse_withheld_actors(request, two)
    form = MergeForm(request.POST or None, two=two)
    if request.method == "POST" and form.is_valid():
        kept, gone = sorted(two, key=lambda obj: obj.public_id != form.cleaned_data["kept"])
        why = form.cleaned_data["why"]
        if done := call_or_show_refusal(
            form, lambda: merge(gone, into=kept, by=acting_editor(request), why=why, seen=_seen_revision(request, gone))
        ):
            messages.success(request, f"“{gone}” was merged into “{kept}”. It can be undone here.")
            return redirect("admin:claims_merge_change", done.pk)
    title = f"Merge two {model._meta.verbose_name_plural}"
    shown = [(obj, reference_counts(obj)) for obj in two]
    return desk_page(request, "admin/desk/merge.html", model=model, title=title, form=form, two=shown)


@require_POST
def undo_merge_page(request: HttpRequest, pk: int) -> HttpResponse:
    """Takes a merge back."""
    merge = get_object_or_404(Merge, pk=pk)
    if not request.user.has_perm(f"claims.change_{merge.kind}"):
        raise PermissionDenied
    _refuse_withheld_actors(request, MERGE_VERBS[merge.kind][0].objects.filter(public_id__in=[merge.kept, merge.gone]))

    def undo() -> str:
        undo_merge(merge, by=acting_editor(request), why=request.POST.get("why", "")[:500])
        return "The merge was undone: the two are separate again."

    report_outcome(request, undo)
    return redirect("admin:claims_merge_change", pk)


def _refuse_withheld_actors(request: HttpRequest, two: Iterable[Actor | Claim]) -> None:
    """Who may not read a withheld name can neither say that it is another's nor that it is not."""
    if not may_see_names(request.user) and any(getattr(obj, "withheld", False) for obj in two):
        raise PermissionDenied


def _seen_revision(request: HttpRequest, gone: Actor | Claim) -> int:
    """The revision of `gone` that the page has shown."""
    seen = request.POST.get(f"seen-{gone.public_id}", "")
    if not (seen.isascii() and seen.isdigit() and len(seen) < 11 and 0 < int(seen) <= MAX_REVISION):
        raise Refusal("This form does not say which versions you saw. Reload the page.")
    return int(seen)


def reference_counts(obj: Actor | Claim) -> list[tuple[str, int]]:
    """What names `obj` and would move to the other: (noun, how many)."""
    if isinstance(obj, Actor):
        named = {
            "actorname.actor": obj.names.count(),
            "identifier.actor": obj.identifiers.count(),
            "statement.speaker": obj.statements.count(),
            "attributionstep.actor": obj.attribution_steps.count(),
        }
    else:
        named = {
            "stance.claim": obj.stances.count(),
            "framing.claim": obj.framings.count(),
            "claimrelation.claim": obj.relations.count(),
            "claimrelation.other": obj.relations_to_it.count(),
        }
    return [(MOVED_NOUNS[name][1], count) for name, count in named.items()]


def describe_moves(moved: dict[str, Any]) -> str:
    """`Merge.moved` in words: "3 statements, 1 name; 1 stance, dropped as duplicates"."""
    counts = [_count_phrase(name, len(keys)) for name, keys in moved.get("moved", {}).items() if keys]
    twice = [
        _count_phrase(next(part for part in MOVED_NOUNS if part.startswith(f"{name}.")), len(rows))
        for name, rows in moved.get("dropped", {}).items()
        if rows
    ]
    phrases = [", ".join(counts)] if counts else []
    phrases += [f"{', '.join(twice)} dropped as duplicates"] if twice else []
    return "; ".join(phrases) or "nothing"


def _count_phrase(name: str, count: int) -> str:
    singular, plural = MOVED_NOUNS[name]
    return f"{count} {singular if count == 1 else plural}"


@admin.register(Merge)
class MergeAdmin(DeskAdmin):
    pages = (
        ("new/<str:kind>/", merge_page, "claims_merge_new"),
        ("<int:pk>/undo/", undo_merge_page, "claims_merge_undo"),
    )
    list_display = ["gone_name", "kind", "kept", "by", "merge_time", "undone_at"]
    list_display_links = ["gone_name"]
    list_filter = ["kind", ("undone_at", admin.EmptyFieldListFilter)]
    list_select_related = ["trace__by", "undone_by"]
    search_fields = ["=kept", "=gone", "trace__label", "trace__why"]
    fields = [
        "kind",
        "kept_object",
        "gone_object",
        "by",
        "merge_time",
        "why",
        "what_moved",
        "undone_at",
        "undone_by",
    ]
    readonly_fields = ["gone_name", "kept_object", "gone_object", "by", "merge_time", "why", "what_moved"]
    empty_text = "No merges yet. To merge, select two actors or two claims in their list."

    gone_name = column("merged", "trace.label")

    by = column("by", "trace.by", "trace__by__username")

    @admin.display(description="when", ordering="trace__at")
    def merge_time(self, merge: Merge) -> str:
        return date_format(timezone.localtime(merge.trace.at), "DATETIME_FORMAT")

    why = column("why", "trace.why")

    @admin.display(description="kept")
    def kept_object(self, merge: Merge) -> Actor | Claim | str:
        return MERGE_VERBS[merge.kind][0].objects.filter(public_id=merge.kept).first() or merge.kept

    @admin.display(description="merged")
    def gone_object(self, merge: Merge) -> Actor | Claim | str:
        return MERGE_VERBS[merge.kind][0].objects.filter(public_id=merge.gone).first() or merge.gone

    @admin.display(description="what moved")
    def what_moved(self, merge: Merge) -> str:
        whole: dict[str, dict[str, list[Any]]] = {"moved": {}, "dropped": {}}
        for moved in [merge.moved, *merge.steps.order_by("pk").values_list("moved", flat=True)]:
            for part, found in whole.items():
                for name, rows in moved.get(part, {}).items():
                    found.setdefault(name, []).extend(rows)
        rest = " so far: the rest follows" if merge.unfinished else ""
        return f"{describe_moves(whole)}{rest}"

    def history(self, obj: Merge, newest: int | None = None) -> list[Activity]:
        model = MERGE_VERBS[obj.kind][0]
        gone = model.objects.filter(public_id=obj.gone).first()
        return super().history(gone, newest=newest) if gone else []

    def panels_above(self, request: HttpRequest, obj: Merge) -> list[str]:
        may = request.user.has_perm(f"claims.change_{obj.kind}") and obj.undone_at is None
        withheld = Actor.objects.filter(protection=Actor.Protection.WITHHELD, public_id__in=[obj.kept, obj.gone])
        may = may and (may_see_names(request.user) or not withheld.exists())
        return [render_to_string("admin/desk/_undo.html", {"merge": obj, "may": may}, request)]
