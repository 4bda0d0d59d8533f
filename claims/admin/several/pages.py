"""The page between a list and a change of what was chosen in it: each row as it stands and as it would be."""

from dataclasses import replace
from urllib.parse import urlencode

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.decorators import method_decorator
from django.utils.html import format_html
from django.utils.text import capfirst
from django.views.decorators.csrf import csrf_protect

from articles.history import history_of, model_of
from articles.models import Article
from articles.trace import Refused

from ...changes.several import UNDOABLE, SeveralRefused
from ...models import Release
from ..road import MOST_AT_ONCE, act_address, address_of, chosen_ids
from .kinds import CHANGES, DateChange, OutletChange, UndoChange

NOT_YOURS = "you may not change it"
FILTERS = "_changelist_filters"  # Django's own name for what a list was filtered by


class WhyForm(forms.Form):
    why = forms.CharField(
        required=False,
        max_length=500,
        label="Why",
        help_text="for the history, which only the desk sees; optional",
        widget=forms.TextInput(attrs={"class": "vTextField", "dir": "auto"}),
    )


def address_of_change(model, change: str, **query) -> str:
    """Where a change of several objects of `model` is looked at and confirmed."""
    address = reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_several", args=[change])
    return f"{address}?{urlencode(query, doseq=True)}"


def _action(change):
    def chosen(modeladmin, request, queryset):
        public_ids = chosen_ids(modeladmin, request, queryset)
        if public_ids is None:
            return None
        query = {"of": public_ids, FILTERS: request.GET.urlencode()}
        return HttpResponseRedirect(address_of_change(modeladmin.model, change.name, **query))

    chosen.__name__ = f"set_{change.name}"
    return admin.action(chosen, description=f"{change.title}…", permissions=["change"])


ACTIONS = {name: _action(change) for name, change in CHANGES.items() if change is not UndoChange}


def _action_of_articles(change):
    def chosen(modeladmin, request, queryset):
        articles = Article.objects.filter(captures__in=queryset.values("pk")).distinct()
        public_ids = chosen_ids(modeladmin, request, articles)
        return public_ids and HttpResponseRedirect(address_of_change(Article, change.name, of=public_ids))

    chosen.__name__ = f"set_{change.name}_of_articles"
    return admin.action(chosen, description=f"{change.title} of their articles…", permissions=["change_article"])


ACTIONS_OF_ARTICLES = [_action_of_articles(change) for change in (OutletChange, DateChange)]


@admin.action(description="Take back…", permissions=["take_back"])
def take_back(modeladmin, request, queryset):
    """For the list of traces: acts of this page, chosen to be undone."""
    acts = queryset.filter(verb__in=UNDOABLE).order_by("pk")[: MOST_AT_ONCE + 1]
    kinds = {act.kind for act in acts}
    if len(kinds) != 1 or len(acts) > MOST_AT_ONCE:
        told = (
            f"Choose acts that can be taken back ({', '.join(UNDOABLE)}), on objects of one kind, at most "
            f"{MOST_AT_ONCE}. Nothing was changed."
        )
        modeladmin.message_user(request, told, messages.ERROR)
        return None
    return HttpResponseRedirect(address_of_change(model_of(kinds.pop()), UndoChange.name, act=[act.pk for act in acts]))


class SeveralPages:
    """For admins of what can be changed in its list."""

    def get_urls(self):
        route = path(
            "several/<str:change>/",
            self.admin_site.admin_view(self.several_view),
            name=f"{self.opts.app_label}_{self.opts.model_name}_several",
        )
        return [route, *super().get_urls()]

    def get_actions(self, request):
        mine = [self.get_action(ACTIONS[name]) for name in ACTIONS if self.model in CHANGES[name].models]
        allowed = self._filter_actions_by_permissions(request, mine)
        return super().get_actions(request) | {name: (function, name, told) for function, name, told in allowed}

    @method_decorator(csrf_protect)
    def several_view(self, request, change):
        """What the change would do, and doing it."""
        if change not in CHANGES or self.model not in CHANGES[change].models:
            raise Http404
        if not self.has_change_permission(request):
            raise PermissionDenied
        asked = request.POST if request.method == "POST" else request.GET
        kind = CHANGES[change](request, self.model, asked)
        objects = kind.objects()
        if not objects:
            self.message_user(request, "Nothing of what was chosen is here. Nothing was changed.", messages.ERROR)
            return HttpResponseRedirect(self._list(asked))
        form, why = kind.form(), WhyForm(request.POST if request.method == "POST" else None)
        if form is not None and (request.method == "POST" or any(name in asked for name in form.fields)):
            form = kind.form(asked)
        if form is not None and not (form.is_bound and form.is_valid()):
            return self._several_page(request, kind, form, why, standing=kind.standing(objects))
        values = form.cleaned_data if form is not None else {}
        rows = self._rows(request, kind, objects, values)
        if request.method != "POST":
            return self._several_page(request, kind, form, why, rows=rows)
        if not why.is_valid():
            return self._several_page(request, kind, form, why, rows=rows)
        return self._changed(request, kind, form, why, objects, rows)

    def _rows(self, request, kind, objects, values):
        """What `kind` would do; what this user may not change by itself is left alone here too."""
        return [
            row if row.alone or self.has_change_permission(request, row.obj) else replace(row, alone=NOT_YOURS)
            for row in kind.rows(objects, values)
        ]

    def _changed(self, request, kind, form, why, objects, rows):
        """The answer to a confirmation: all that is ticked is changed, or nothing is and the page says why."""
        values = form.cleaned_data if form is not None else {}
        rows = as_confirmed(rows, request.POST)
        if any(row.refusal for row in rows):
            return self._several_page(request, kind, form, why, rows=rows, status=409)
        chosen = [row for row in rows if not row.alone and row.obj.public_id in request.POST.getlist("take")]
        if not chosen:
            told = "Nothing is ticked: tick what is to be changed. Nothing was changed."
            return self._several_page(request, kind, form, why, rows=rows, refusal=told)
        try:
            traces = kind.perform(chosen, by=request.user, why=why.cleaned_data["why"])
        except SeveralRefused as several:
            refused = {obj.public_id: refusal.sentence for obj, refusal in several.refusals}
            fresh = self._rows(request, kind, kind.objects(), values)
            rows = [replace(row, refusal=refused.get(row.obj.public_id, "")) for row in fresh]
            return self._several_page(request, kind, form, why, rows=rows, status=409)
        except Refused as refusal:
            return self._several_page(request, kind, form, why, rows=rows, refusal=refusal.sentence, status=409)
        self.message_user(request, self._told(kind, values, chosen, traces), messages.SUCCESS)
        if len(objects) == 1 and FILTERS not in request.POST:
            return HttpResponseRedirect(address_of(objects[0]))
        return HttpResponseRedirect(self._list(request.POST))

    def _told(self, kind, values, chosen, traces):
        """What was done, what that means for readers, and the way back."""
        noun = self.opts.verbose_name if len(chosen) == 1 else self.opts.verbose_name_plural
        told = kind.done(f"{len(chosen)} {noun}", values)
        if not traces:
            return told
        undo = address_of_change(self.model, UndoChange.name, act=[trace.pk for trace in traces])
        public = public_among(kind, chosen)
        sentence = format_html('{} <a href="{}">Undo</a>', told, undo)
        if not public:
            return sentence
        many = "One is public" if len(public) == 1 else f"{len(public)} are public"
        submit = act_address("submit", public)
        more = '{} {}: readers see what was published last until the change is. <a href="{}">Submit for review</a>'
        return format_html(more, sentence, many, submit)

    def _several_page(self, request, kind, form, why, *, standing=(), rows=(), refusal="", status=200):
        public = set(public_among(kind, rows))
        taken = request.POST.getlist("take") if request.method == "POST" else None

        def ticked(row):
            return row.ticked if taken is None else row.obj.public_id in taken and not row.refusal

        changing = [row for row in rows if not row.alone]
        refused = sum(bool(row.refusal) for row in rows)
        objects = [row.obj for row in [*standing, *rows]]
        context = {
            **self.admin_site.each_context(request),
            "title": f"{kind.title}: {len(objects)} {self._noun(objects)}",
            "opts": self.opts,
            "form": form,
            "why": why,
            "standing": standing,
            "changing": [(row, ticked(row), row.obj.public_id in public, address_of(row.obj)) for row in changing],
            "alone": [(row, address_of(row.obj)) for row in rows if row.alone],
            "public_total": sum(row.obj.public_id in public for row in changing),
            "refused": refused,
            "refusal": refusal,
            "kind": kind,
            "chosen": kept(kind),
            "carried": kind.carried(form.cleaned_data) if rows and form is not None else [],
            "list": self._list(kind.asked),
            "media": self.media + (form.media if form is not None else forms.Media()),
        }
        return TemplateResponse(request, "admin/desk/several.html", context, status=status)

    def _noun(self, objects):
        return self.opts.verbose_name if len(objects) == 1 else self.opts.verbose_name_plural

    def _list(self, asked):
        address = reverse(f"admin:{self.opts.app_label}_{self.opts.model_name}_changelist")
        return f"{address}?{asked[FILTERS]}" if asked.get(FILTERS) else address


def kept(kind) -> list[tuple[str, str]]:
    """What both forms of the page bring back: what was chosen, and from which list."""
    pairs = [(name, one) for name in ("of", "act") for one in kind.asked.getlist(name)[:MOST_AT_ONCE]]
    return [*pairs, *((FILTERS, one) for one in kind.asked.getlist(FILTERS)[:1])]


def as_confirmed(rows, posted):
    """`rows`, with a refusal where the page that was confirmed has shown something else than stands now."""
    shown = dict(one.partition(" ")[::2] for one in posted.getlist("shown"))
    taken = set(posted.getlist("take"))
    return [
        replace(row, refusal=told_since(row, shown.get(row.obj.public_id, "")))
        if row.obj.public_id in taken and (row.alone or shown.get(row.obj.public_id) != row.token)
        else row
        for row in rows
    ]


def told_since(row, token: str) -> str:
    """Who changed the object after the page was shown, and what; or that the page did not say what it has shown."""
    seen = token.partition(" ")[0]
    if seen == str(row.seen) and row.alone:
        return f"{capfirst(row.alone)}."
    if seen == str(row.seen):
        return "What it would get is not what you were shown: look at it again."
    if not seen.isascii() or not seen.isdigit():
        return f"It is with {row.now} by now: look at it again." if token else "The page did not say what you saw."
    newest = history_of(row.obj, newest=1)
    what = ", ".join(one.label for act in newest for one in act.altered)
    who = newest[0].by if newest else "Somebody"
    return f"{who} changed it since you looked ({what}): you saw revision {seen}, it is at {row.seen} now."


def public_among(kind, rows) -> list[str]:
    """The public identities of those of `rows` whose change readers will see, in their order."""
    ids = [row.obj.public_id for row in rows if kind.reaches_readers(row)]
    public = set(Release.objects.public().filter(public_id__in=ids).values_list("public_id", flat=True))
    return [one for one in ids if one in public]
