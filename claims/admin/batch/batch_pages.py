"""The page between a list and a change of what was chosen in it: each row as it stands and as it would be."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.options import IncorrectLookupParameters
from django.contrib.auth import get_user_model
from django.core.exceptions import PermissionDenied
from django.db.models import Model, QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import redirect
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.html import format_html
from django.utils.text import capfirst

from articles.desk_admin import desk_page
from articles.desk_forms import RevisionForm, is_key
from articles.editors import acting_editor
from articles.history import history_of, tracked_model
from articles.models import Article, Trace, TrackedModel
from articles.tracked_changes import Refusal

from ...changes.batch import REVERSIBLE_VERBS, BatchRefused, who_asked
from ...models import Assignment, Release
from ...privacy.viewer import visible_text
from ..workflow import MAX_SELECTED, ListAction, action_address, desk_address, list_address, noun_for, redirect_action
from .batch_changes import BATCH_CHANGES, BatchChange, ChangeRow, DateChange, OutletChange, UndoChange

NO_PERMISSION_REASON = "you have no permission to change it"
FILTERS_PARAMETER = "_changelist_filters"  # Django's own name for what a list was filtered by


def change_address(model: type[Model], change: str, **query: Any) -> str:
    """Where a change of several objects of `model` is looked at and confirmed."""
    address = reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_batch", args=[change])
    return f"{address}?{urlencode(query, doseq=True)}"


def _to_change_page(change: str) -> Callable[[admin.ModelAdmin, HttpRequest, list[str]], str]:
    """The address of a change of what was chosen in a list, with the filters of that list."""
    return lambda modeladmin, request, public_ids: change_address(
        modeladmin.model, change, **{"of": public_ids, FILTERS_PARAMETER: request.GET.urlencode()}
    )


def _to_change_of_articles(change: str) -> Callable[[admin.ModelAdmin, HttpRequest, list[str]], str]:
    return lambda modeladmin, request, public_ids: change_address(Article, change, of=public_ids)


BATCH_ACTIONS = {
    name: redirect_action(
        _to_change_page(name),
        name=f"set_{name}",
        description=f"{change.title}…",
        permission="change",
    )
    for name, change in BATCH_CHANGES.items()
    if change is not UndoChange
}


def batch_actions(model: type[Model]) -> list[ListAction]:
    """What can be done to several objects of `model` chosen in its list."""
    return [action for name, action in BATCH_ACTIONS.items() if model in BATCH_CHANGES[name].models]


ARTICLE_ACTIONS = [
    redirect_action(
        _to_change_of_articles(change.name),
        name=f"set_{change.name}_of_articles",
        description=f"{change.title} of their articles…",
        permission="change_article",
        of=lambda captures: Article.objects.filter(captures__in=captures.values("pk")).distinct(),
    )
    for change in (OutletChange, DateChange)
]


@admin.action(description="Undo…", permissions=["take_back"])
def take_back(modeladmin: admin.ModelAdmin, request: HttpRequest, queryset: QuerySet) -> HttpResponse | None:
    """For the list of traces: acts of this page, chosen to be undone."""
    acts = queryset.filter(verb__in=REVERSIBLE_VERBS).order_by("pk")[: MAX_SELECTED + 1]
    kinds = {act.kind for act in acts}
    model = tracked_model(kinds.pop()) if len(kinds) == 1 else None
    if model is None or len(acts) > MAX_SELECTED:
        sentence = (
            f"Choose activities that can be undone ({', '.join(REVERSIBLE_VERBS)}), of one kind of object, at "
            f"most {MAX_SELECTED}. Nothing was changed."
        )
        messages.error(request, sentence)
        return None
    return HttpResponseRedirect(change_address(model, UndoChange.name, act=[act.pk for act in acts]))


def batch_page(request: HttpRequest, change: str, model: type[TrackedModel]) -> HttpResponse:
    """What the change would do, and doing it: all that is ticked is changed, or nothing is and the page says why."""
    if change not in BATCH_CHANGES or model not in BATCH_CHANGES[change].models:
        raise Http404
    if not admin.site.get_model_admin(model).has_change_permission(request):
        raise PermissionDenied
    posted = request.method == "POST"
    asked = request.POST if posted else request.GET
    kind = BATCH_CHANGES[change](request, model, asked)
    objects = kind.objects()
    if not objects:
        messages.error(request, "None of the selected objects exist. Nothing was changed.")
        return redirect(list_address(model, asked.get(FILTERS_PARAMETER, "")))
    form, why = kind.form(), RevisionForm(request.POST if posted else None)
    if form is not None and (posted or any(name in asked for name in form.fields)):
        form = kind.form(asked)
    if form is not None and not (form.is_bound and form.is_valid()):
        return _render_page(request, kind, form, why, current_rows=kind.current_rows(objects))
    values = form.cleaned_data if form is not None else {}
    rows = _permitted_rows(request, kind, objects, values)
    if not (posted and why.is_valid()):
        return _render_page(request, kind, form, why, rows=rows)
    rows = check_confirmed_rows(rows, request.POST)
    if any(row.refusal for row in rows):
        return _render_page(request, kind, form, why, rows=rows, status=409)
    chosen = [row for row in rows if not row.alone and row.obj.public_id in request.POST.getlist("take")]
    if not chosen:
        sentence = "No rows are ticked. Nothing was changed."
        return _render_page(request, kind, form, why, rows=rows, refusal=sentence)
    try:
        traces = kind.perform(chosen, by=acting_editor(request), why=why.cleaned_data["why"])
    except BatchRefused as several:
        refused = {obj.public_id: refusal.sentence for obj, refusal in several.refusals}
        fresh = _permitted_rows(request, kind, kind.objects(), values)
        rows = [replace(row, refusal=refused.get(row.obj.public_id, "")) for row in fresh]
        return _render_page(request, kind, form, why, rows=rows, status=409)
    except Refusal as refusal:
        return _render_page(request, kind, form, why, rows=rows, refusal=refusal.sentence, status=409)
    messages.success(request, _outcome_sentence(kind, values, chosen, traces))
    if len(objects) == 1 and FILTERS_PARAMETER not in request.POST:
        return redirect(desk_address(objects[0]))
    return redirect(list_address(model, asked.get(FILTERS_PARAMETER, "")))


def _permitted_rows(
    request: HttpRequest, kind: BatchChange, objects: Sequence[TrackedModel], values: dict[str, Any]
) -> list[ChangeRow]:
    """What `kind` would do; what this user may not change by itself is left alone here too."""
    may_change = admin.site.get_model_admin(kind.model).has_change_permission
    return [
        row if row.alone or may_change(request, row.obj) else replace(row, alone=NO_PERMISSION_REASON)
        for row in kind.rows(objects, values)
    ]


def _outcome_sentence(
    kind: BatchChange, values: dict[str, Any], chosen: Sequence[ChangeRow], traces: Sequence[Trace]
) -> str:
    """What was done, what that means for readers, and the way back."""
    done = kind.done(f"{len(chosen)} {noun_for(kind.model, len(chosen))}", values)
    if not traces:
        return done
    undo = change_address(kind.model, UndoChange.name, act=[trace.pk for trace in traces])
    sentence = format_html('{} <a href="{}">Undo</a>', visible_text(done), undo)
    public = public_ids_of_rows(kind, chosen)
    if not public:
        return sentence
    many = "One is public" if len(public) == 1 else f"{len(public)} are public"
    more = '{} {}: readers see the last version until the change is published. <a href="{}">Submit for review</a>'
    return format_html(more, sentence, many, action_address("submit", public))


def _render_page(
    request: HttpRequest,
    kind: BatchChange,
    form: forms.Form | None,
    why: RevisionForm,
    *,
    current_rows: Sequence[ChangeRow] = (),
    rows: Sequence[ChangeRow] = (),
    refusal: str = "",
    status: int = 200,
) -> HttpResponse:
    public = set(public_ids_of_rows(kind, rows))
    taken = request.POST.getlist("take") if request.method == "POST" else None

    def ticked(row: ChangeRow) -> bool:
        return row.is_ticked if taken is None else row.obj.public_id in taken and not row.refusal

    changing = [row for row in rows if not row.alone]
    objects = [row.obj for row in [*current_rows, *rows]]
    return desk_page(
        request,
        "admin/desk/batch.html",
        model=kind.model,
        title=f"{kind.title}: {len(objects)} {noun_for(kind.model, len(objects))}",
        form=form,
        why=why,
        current_rows=current_rows,
        changing=[(row, ticked(row), row.obj.public_id in public, desk_address(row.obj)) for row in changing],
        alone=[(row, desk_address(row.obj)) for row in rows if row.alone],
        public_total=sum(row.obj.public_id in public for row in changing),
        refused=sum(bool(row.refusal) for row in rows),
        refusal=refusal,
        kind=kind,
        chosen=hidden_fields(kind),
        carried=kind.hidden_values(form.cleaned_data) if rows and form is not None else [],
        list=list_address(kind.model, kind.asked.get(FILTERS_PARAMETER, "")),
        media=admin.site.get_model_admin(kind.model).media + (form.media if form is not None else forms.Media()),
        status=status,
    )


def hidden_fields(kind: BatchChange) -> list[tuple[str, str]]:
    """What both forms of the page bring back: what was chosen, and from which list."""
    pairs = [(name, value) for name in ("of", "act") for value in kind.asked.getlist(name)[:MAX_SELECTED]]
    return [*pairs, *((FILTERS_PARAMETER, value) for value in kind.asked.getlist(FILTERS_PARAMETER)[:1])]


def check_confirmed_rows(rows: Sequence[ChangeRow], posted: QueryDict) -> list[ChangeRow]:
    """`rows`, with a refusal where the page that was confirmed has shown something else than stands now."""
    shown = dict(token.partition(" ")[::2] for token in posted.getlist("shown"))
    taken = set(posted.getlist("take"))
    return [
        replace(row, refusal=describe_conflict(row, shown.get(row.obj.public_id, "")))
        if row.obj.public_id in taken and (row.alone or shown.get(row.obj.public_id) != row.token)
        else row
        for row in rows
    ]


def describe_conflict(row: ChangeRow, token: str) -> str:
    """Who changed the object after the page was shown, and what; or that the page did not say what it has shown."""
    seen = token.partition(" ")[0]
    if seen == str(row.seen) and row.alone:
        return f"{capfirst(row.alone)}."
    if seen == str(row.seen):
        return "The proposed value has changed since you loaded the page: check it again."
    if not seen.isascii() or not seen.isdigit():
        return (
            f"It is now assigned to {row.now}: check it again."
            if token
            else "The page did not say which version you saw."
        )
    newest = history_of(row.obj, newest=1)
    what = ", ".join(field.label for act in newest for field in act.altered)
    who = newest[0].by if newest else "Somebody"
    return f"{who} has changed it since you looked ({what}): you saw revision {seen}, it is now revision {row.seen}."


def public_ids_of_rows(kind: BatchChange, rows: Sequence[ChangeRow]) -> list[str]:
    """The public identities of those of `rows` whose change readers will see, in their order."""
    ids = [row.obj.public_id for row in rows if kind.reaches_readers(row)]
    public = set(Release.objects.public().filter(public_id__in=ids).values_list("public_id", flat=True))
    return [public_id for public_id in ids if public_id in public]


ASSIGNEE_PARAMETER, ASSIGNED_TO_ME, ASSIGNED_TO_NOBODY = "assigned", "me", "nobody"


class AssigneeFilter(admin.SimpleListFilter):
    title = "assigned editor"
    parameter_name = ASSIGNEE_PARAMETER

    def lookups(self, request: HttpRequest, model_admin: admin.ModelAdmin) -> list[tuple[str, str]]:
        assigned = Assignment.objects.with_editor().filter(kind=model_admin.opts.model_name)
        assigned = assigned.exclude(editor=acting_editor(request))
        users = get_user_model().objects.filter(pk__in=assigned.values("editor")).order_by("username")
        return [
            (ASSIGNED_TO_ME, "assigned to me"),
            (ASSIGNED_TO_NOBODY, "nobody"),
            *((str(user.pk), user.username) for user in users),
        ]

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        chosen = self.value()
        if chosen is None:
            return queryset
        assigned = Assignment.objects.with_editor().filter(kind=queryset.model._meta.model_name)
        if chosen == ASSIGNED_TO_NOBODY:
            return queryset.exclude(public_id__in=assigned.values("public_id"))
        if chosen != ASSIGNED_TO_ME and not is_key(chosen):
            raise IncorrectLookupParameters(f"No user has the key {chosen}.")
        editor = acting_editor(request) if chosen == ASSIGNED_TO_ME else int(chosen)
        return queryset.filter(public_id__in=assigned.assigned_to(editor).values("public_id"))


def assignee_panel(request: HttpRequest, obj: TrackedModel, *, may: bool) -> str:
    """Safe HTML: who works on `obj`, and the way to assign it if this user `may`."""
    assigned = Assignment.objects.with_editor().filter(public_id=obj.public_id).select_related("editor").first()
    context = {
        "editor": assigned and assigned.editor,
        "assigned": assigned,
        "asked_by": who_asked([obj.public_id]).get(obj.public_id, "") if assigned else "",
        "address": change_address(type(obj), "assignment", of=[obj.public_id]) if may else "",
        "obj": obj,
    }
    return render_to_string("admin/desk/_assigned.html", context, request)
