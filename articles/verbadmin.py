"""The base of every page of the desk: an admin that reads as Django's does and writes through verbs alone.

Django's admin saves the form, then each inline, and its history says which fields. Here nothing is saved by a form:
`VerbAdmin` collects the clean values of the form and of its lists, calls one verb, and when the verb refuses it shows
the same page again with everything that was typed, the sentence at its field, and nothing changed.
"""

import re

from django.contrib import admin, messages
from django.contrib.admin.options import IncorrectLookupParameters
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.core.paginator import InvalidPage, Paginator
from django.db import IntegrityError
from django.db.models import Count, OuterRef, Subquery
from django.db.models.functions import Coalesce
from django.http import HttpResponseRedirect
from django.template.response import TemplateResponse
from django.utils.text import capfirst

from .history import history_of
from .models.tracked import ALPHABET
from .staleness import differing, with_theirs
from .trace import Refused, StaleRevision, values_of
from .verbforms import ActForm, PartForm, PartFormSet, PickOne, VerbForm, is_key

SHOWN_ACTS = 10
PUBLIC_ID = re.compile(f"[{ALPHABET}]{{12}}")


def how_many(model, key: str):
    """For a list: how many of `model` name the row by `key`. Asked of the rows that are shown, not of the table."""
    of_the_row = model._base_manager.filter(**{key: OuterRef("pk")}).order_by().values(key)
    return Coalesce(Subquery(of_the_row.annotate(total=Count("pk")).values("total")), 0)


def standing_texts(obj, formsets) -> list[str]:
    """Every text of an object and of its lists, as it stands before a save."""
    own = [value for value in values_of(obj).values() if isinstance(value, str)]
    return [*own, *(line for formset in formsets if isinstance(formset, PartFormSet) for line in formset.theirs())]


class DeskAdmin(admin.ModelAdmin):
    """What pages that write and pages that only show have in common."""

    list_per_page = 50
    list_max_show_all = 200
    actions = ()
    change_form_template = "admin/desk/change_form.html"
    change_list_template = "admin/desk/change_list.html"
    empty_text = ""

    def has_delete_permission(self, request, obj=None):
        """Nobody: what was published is withdrawn, and what was not stays as a draft with its trace (docs/desk.md)."""
        return False

    def get_actions(self, request):
        """The actions of this admin alone: never "delete selected"."""
        actions = super().get_actions(request)
        actions.pop("delete_selected", None)
        return actions

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        if db_field.name in self.get_autocomplete_fields(request):
            kwargs.setdefault("widget", PickOne(db_field, self.admin_site))
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def lookup_allowed(self, lookup, value, request):
        """A list is filtered by what it offers, and by keys; by how texts begin it would tell what somebody may not
        read, letter by letter."""
        offered = [one[0] if isinstance(one, tuple) else one for one in self.get_list_filter(request)]
        name = lookup.split("__")[0]
        own = {field.name: field for field in self.opts.concrete_fields}
        told = name in own and not (own[name].is_relation or own[name].primary_key or name == "public_id")
        return super().lookup_allowed(lookup, value, request) and (not told or name in offered)

    def get_search_results(self, request, queryset, search_term):
        found, doubles = super().get_search_results(request, queryset, search_term)
        return self.admin_site.may_find(request, found, self.get_search_fields(request), search_term), doubles

    def get_changelist_instance(self, request):
        try:
            return super().get_changelist_instance(request)
        except (OverflowError, ValueError) as error:
            # Django's date hierarchy fails on years that no calendar has.
            raise IncorrectLookupParameters(str(error)) from error

    def changelist_view(self, request, extra_context=None):
        if not all(is_key(key) for key in request.POST.getlist(admin.helpers.ACTION_CHECKBOX_NAME)):
            self.message_user(request, "What was selected is not in this list. Nothing was changed.", messages.ERROR)
            return HttpResponseRedirect(request.get_full_path())
        context = {"empty_text": self.empty_text, "tools": self.tools(request), **(extra_context or {})}
        return super().changelist_view(request, context)

    def tools(self, request) -> list[tuple[str, str]]:
        """(label, address) of what a list offers beside "add"."""
        return []

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):
        stands = change and obj is not None and not context["is_popup"]
        context["acts"] = self.history(obj, newest=SHOWN_ACTS) if stands else []
        context["above"] = self.above(request, obj) if stands else []
        context["below"] = self.below(request, obj) if stands else []
        return super().render_change_form(request, context, add, change, form_url, obj)

    def saves(self, request, obj) -> bool:
        """Whether this page has something to save."""
        return self.has_change_permission(request, obj) if obj else self.has_add_permission(request)

    def above(self, request, obj) -> list[str]:
        """Safe HTML shown above the form of an object that stands."""
        return []

    def below(self, request, obj) -> list[str]:
        """Safe HTML shown below it."""
        return []

    def history(self, obj, newest=None):
        return history_of(obj, newest=newest) if hasattr(obj, "public_id") else []

    def get_object(self, request, object_id, from_field=None):
        """The object by its key, or by its public_id: what is written in traces, releases and public addresses."""
        if from_field is None and hasattr(self.model, "public_id") and PUBLIC_ID.fullmatch(object_id):
            found = self.get_queryset(request).filter(public_id=object_id).first()
            if found is not None:
                return found
        return super().get_object(request, object_id, from_field)

    def history_view(self, request, object_id, extra_context=None):
        """Everything that was ever done to one object, fifty acts a page. Django would show its own log instead."""
        obj = self.get_object(request, unquote(object_id))
        if obj is None:
            return self._get_obj_does_not_exist_redirect(request, self.opts, object_id)
        if not self.has_view_or_change_permission(request, obj):
            raise PermissionDenied
        pages = Paginator(self.history(obj, newest=None), 50)
        try:
            shown = pages.page(request.GET.get("p", 1))
        except InvalidPage:
            shown = pages.page(1)
        context = {
            **self.admin_site.each_context(request),
            "title": f"History of this {self.opts.verbose_name}",
            "subtitle": str(obj),
            "opts": self.opts,
            "object": obj,
            "shown": shown,
            **(extra_context or {}),
        }
        return TemplateResponse(request, "admin/desk/history.html", context)

    def log_addition(self, request, obj, message):
        """Nothing: the verb has left a trace, which says more."""

    log_change = log_addition

    def construct_change_message(self, request, form, formsets, add=False):
        return []


class ReadOnlyAdmin(DeskAdmin):
    """A noun that is looked at here and changed elsewhere."""

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False


class VerbAdmin(DeskAdmin):
    """An admin whose every save is one verb.

    A subclass gives `create` and `revise`; the parts they get are lists of clean rows by the name of the list
    (`stances`, `names`), as its `PartInline` reads them.
    """

    form = VerbForm

    def create(self, request, values: dict, parts: dict):
        """Calls the verb that adds an object, and returns the object. Raises `Refused`."""
        raise NotImplementedError

    def revise(self, request, obj, values: dict, parts: dict, *, seen: int, why: str):
        """Calls the verb that changes `obj`, and returns the object. Raises `Refused` or `StaleRevision`."""
        raise NotImplementedError

    def revision_of(self, obj) -> int:
        """The revision that an editor of `obj` has seen."""
        return obj.revision

    def standing(self, pk):
        """The object as it stands: the one of the form already carries what was typed."""
        return self.model._base_manager.get(pk=pk)

    # Django's road through a save, in the order in which it calls these.

    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        """Asks the verb once; what it refuses comes back on the same page, after its transaction is undone."""
        if request.method == "POST" and object_id is not None and "theirs" in request.POST:
            self._take_theirs(request, object_id)
        try:
            return super().changeform_view(request, object_id, form_url, extra_context)
        except Refused as refusal:
            request.refusal = refusal
        except IntegrityError:
            request.refusal = Refused(
                "Something with the same name, address or words was saved at the same moment. Nothing of yours was "
                "changed: look at it, and save again."
            )
        response = super().changeform_view(request, object_id, form_url, extra_context)
        if isinstance(request.refusal, StaleRevision):
            response.status_code = 409
        return response

    def _take_theirs(self, request, object_id):
        """Puts what stands into the fields and lists for which the editor chose it, if that is what they were shown."""
        obj = self.get_object(request, unquote(object_id))
        fresh = self.standing(obj.pk) if obj is not None else None
        if fresh is None or request.POST.get("over") != str(self.revision_of(fresh)):
            return
        lists = [
            formset(instance=fresh, prefix=formset.get_default_prefix(), queryset=inline.get_queryset(request))
            for formset, inline in self.get_formsets_with_inlines(request, fresh)
        ]
        form = self.get_form(request, fresh, change=True)(instance=fresh)
        request.POST = with_theirs(request.POST, request.POST.getlist("theirs"), form, lists)

    def get_form(self, request, obj=None, change=False, **kwargs):
        form = super().get_form(request, obj, change, **kwargs)
        refusal = getattr(request, "refusal", None)
        lists = {inline.part for inline in self.get_inline_instances(request, obj) if isinstance(inline, PartInline)}
        if refusal is not None and refusal.field.split("-")[0] not in lists:
            form.refusal = refusal
        return form

    def get_formset_kwargs(self, request, obj, inline, prefix):
        kwargs = super().get_formset_kwargs(request, obj, inline, prefix)
        if isinstance(inline, PartInline) and inline.editable(request, obj):
            kwargs["refusal"] = getattr(request, "refusal", None)
        return kwargs

    def save_form(self, request, form, change):
        return form.instance

    def save_model(self, request, obj, form, change):
        """Nothing: `save_related` has the lists too, and calls the verb once."""

    def save_formset(self, request, form, formset, change):
        """Nothing, likewise."""

    def save_related(self, request, form, formsets, change):
        act = ActForm(request.POST)
        if not act.is_valid():
            field, errors = next(iter(act.errors.items()))
            raise Refused(f"{act.fields[field].label or capfirst(field)}: {errors[0]}")
        parts = {formset.prefix: formset.rows() for formset in formsets if isinstance(formset, PartFormSet)}
        if change:
            if act.revision is None:
                raise Refused("This form does not say which version of the object you saw. Load the page again.")
            obj = self.standing(form.instance.pk)
            self.admin_site.refuse_blind_save(request, standing_texts(obj, formsets))
            saved = self.revise(
                request, obj, form.values(), parts, seen=act.revision, why=act.cleaned_data["why"].strip()
            )
        else:
            saved = self.create(request, form.values(), parts)
        # Django goes on with the object it made itself: it becomes the one that the verb has saved.
        form.instance.pk = saved.pk
        form.instance._state.adding = False
        form.instance.refresh_from_db()

    def delete_model(self, request, obj):
        raise PermissionDenied

    def delete_queryset(self, request, queryset):
        raise PermissionDenied

    # What the page shows beside Django's.

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):
        refusal = getattr(request, "refusal", None)
        stale = isinstance(refusal, StaleRevision)
        fresh = self.standing(obj.pk) if change else None
        act = ActForm(
            request.POST if request.method == "POST" else None, initial=self._seen(fresh), auto_id="id_act_%s"
        )
        context["act"] = act
        if stale:
            lists = [formset.formset for formset in context["inline_admin_formsets"]]
            context["stale"] = refusal
            seen = act.cleaned_data.get("seen") if act.is_valid() else None
            context["differences"] = differing(context["adminform"].form, fresh, lists, refusal, seen)
            context["their_revision"] = self.revision_of(fresh)
        return super().render_change_form(request, context, add, change, form_url, obj)

    def _seen(self, fresh):
        return {"seen": self.revision_of(fresh)} if fresh else {}


class PartInline(admin.TabularInline):
    """A list that belongs to an object and is replaced as a whole. Who may change the object may change the list.

    `part` is the name of the list, which is also the related name of its rows.
    """

    template = "admin/desk/parts_tabular.html"
    form = PartForm
    formset = PartFormSet
    extra = 1
    max_num = 500
    part = ""
    read_fields = ()  # what is shown to who may only look, where the form has fields that the model has not

    def get_fields(self, request, obj=None):
        if self.read_fields and not self.editable(request, obj):
            return self.read_fields
        return super().get_fields(request, obj)

    def editable(self, request, obj) -> bool:
        parent = self.admin_site.get_model_admin(self.parent_model)
        return parent.saves(request, obj)

    def has_add_permission(self, request, obj=None):
        return self.editable(request, obj)

    has_change_permission = has_add_permission
    has_delete_permission = has_add_permission

    def has_view_permission(self, request, obj=None):
        return True

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        if db_field.name in self.get_autocomplete_fields(request):
            kwargs.setdefault("widget", PickOne(db_field, self.admin_site))
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def get_formset(self, request, obj=None, **kwargs):
        if self.editable(request, obj):
            return super().get_formset(request, obj, **{"absolute_max": self.max_num, **kwargs})
        # Django shows rows that cannot be edited as the initial forms of a formset, which ours has none of.
        kwargs |= {"formset": admin.options.BaseInlineFormSet, "form": admin.options.forms.ModelForm}
        return super().get_formset(request, obj, **kwargs)
