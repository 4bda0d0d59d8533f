"""The base of every page of the desk: an admin that reads as Django's does and writes through verbs alone.

Django's admin saves the form, then each inline, and its history says which fields. Here nothing is saved by a form:
`DeskAdmin` collects the clean values of the form and of its lists, calls one verb, and when the verb refuses it shows
the very page that was sent, with everything that was typed, the sentence at its field, and nothing changed.
"""

import re
from collections.abc import Callable, Iterable, Sequence
from operator import attrgetter
from typing import TYPE_CHECKING, Any, Protocol, TypeAlias, TypeVar

from django import forms
from django.contrib import admin, messages
from django.contrib.admin import helpers
from django.contrib.admin.exceptions import DisallowedModelAdminToField
from django.contrib.admin.options import IS_POPUP_VAR, TO_FIELD_VAR, BaseModelAdmin, IncorrectLookupParameters
from django.contrib.admin.utils import flatten_fieldsets, unquote
from django.contrib.admin.views.main import ChangeList
from django.core.exceptions import PermissionDenied
from django.core.paginator import Page, Paginator
from django.db import IntegrityError, transaction
from django.db.models import Count, ForeignKey, Model, OuterRef, QuerySet, Subquery
from django.db.models.expressions import Combinable
from django.db.models.functions import Coalesce
from django.forms.formsets import all_valid
from django.forms.models import BaseInlineFormSet, ModelChoiceField
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.text import capfirst

from .desk_forms import (
    CleanRow,
    ComponentForm,
    ComponentFormSet,
    ObjectForm,
    ObjectPicker,
    RevisionForm,
    is_key,
    show_refusal,
)
from .desk_site import GuardedSite
from .edit_conflicts import field_differences, take_their_values
from .history import Activity, history_of
from .models.tracked import PUBLIC_ID_ALPHABET
from .tracked_changes import Refusal, StaleRevision, values_of

if TYPE_CHECKING:
    from django.contrib.admin.options import _FieldGroups

T = TypeVar("T")
Parts: TypeAlias = dict[str, list[CleanRow]]

MAX_SHOWN_ACTIVITIES = 10
PUBLIC_ID_PATTERN = re.compile(f"[{PUBLIC_ID_ALPHABET}]{{12}}")


def count_subquery(model: type[Model], key: str) -> Coalesce:
    """For a list: how many of `model` name the row by `key`. Asked of the rows that are shown, not of the table."""
    of_the_row = model._base_manager.filter(**{key: OuterRef("pk")}).order_by().values(key)
    return Coalesce(Subquery(of_the_row.annotate(total=Count("pk")).values("total")), 0)


def column(description: str, source: str, ordering: str | Combinable | None = None) -> Callable[[Any, Any], Any]:
    """For an admin: a column, or a field that is only read, that shows what the dotted name `source` leads to."""
    return admin.display(lambda _, obj: attrgetter(source)(obj), description=description, ordering=ordering)


def desk_page(
    request: HttpRequest, template: str, *, model: type[Model], title: str, status: int = 200, **context: Any
) -> TemplateResponse:
    """A page of the desk that is neither a list nor a form of Django's; it belongs to the admin of `model`."""
    context = {**admin.site.each_context(request), "title": title, "opts": model._meta, **context}
    return TemplateResponse(request, template, context, status=status)


def report_outcome(request: HttpRequest, act: Callable[[], str], *, refused: str = "{}") -> bool:
    """Calls `act`, which returns the sentence of what it has done, and tells that, or why it was `refused`."""
    try:
        messages.success(request, act())
    except Refusal as refusal:
        messages.error(request, refused.format(refusal.sentence))
        return False
    return True


def call_or_show_refusal(form: forms.Form, act: Callable[[], T]) -> T | None:
    """What `act` returns; None where it is refused, with the sentence at the field of `form` that it names."""
    try:
        return act()
    except Refusal as refusal:
        show_refusal(refusal, form)
        return None


class ChoiceFilter(admin.SimpleListFilter):
    """A filter of a list that refuses what it does not offer; `chosen` gives the objects for what it does."""

    offers: tuple[tuple[str, str], ...] = ()

    def lookups(self, request: HttpRequest, model_admin: admin.ModelAdmin) -> Iterable[tuple[str, str]]:
        return self.offers

    def chosen(self, queryset: Any, value: str) -> QuerySet:
        """Those of the objects that `value` stands for."""
        raise NotImplementedError

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        chosen = self.value()
        if chosen is None:
            return queryset
        if chosen not in {value for value, _ in self.lookup_choices}:
            raise IncorrectLookupParameters(f"{self.title} cannot be “{chosen}”.")
        return self.chosen(queryset, chosen)


def picker_widget(model_admin: BaseModelAdmin, db_field: ForeignKey, request: HttpRequest) -> dict[str, Any]:
    """What an editor picks from a long list may come back as anything: `PickOne` stands it."""
    picked = db_field.name in model_admin.get_autocomplete_fields(request)
    return {"widget": ObjectPicker(db_field, model_admin.admin_site)} if picked else {}


class ReviseObject(Protocol):
    """Calls the verb that changes an object, and returns the object; raises `Refusal` or `StaleRevision`."""

    def __call__(
        self, request: HttpRequest, obj: Any, values: dict[str, Any], parts: Parts, *, seen: int, why: str
    ) -> Model: ...


class KeyPaginator(Paginator):
    """Finds the keys of a page first, then its rows.

    What stands beside a row (its status, counts) is asked for the rows of the page, not for all that come before it.
    """

    object_list: QuerySet

    def page(self, number: int | str) -> Page:
        number = self.validate_number(number)
        first = (number - 1) * self.per_page
        last = first + self.per_page + (self.orphans if number == self.num_pages else 0)
        keys = list(self.object_list.values_list("pk", flat=True)[first:last])
        # In no order, or SQLite goes through an index of that order instead of the keys.
        rows = {row.pk: row for row in self.object_list.filter(pk__in=keys).order_by()}
        return Page([rows[key] for key in keys if key in rows], number, self)


MOST_COUNTED_ROWS = 10_000  # rows of a list that is sorted by what is counted beside each


class DeskChangeList(ChangeList):
    """A list that is sorted by what a subquery finds beside each row (status, editor, counts) only where rows are few.

    Where they are many, the database would have to ask for every one of them before it can show the first fifty.
    """

    def get_ordering(self, request: HttpRequest, queryset: QuerySet) -> list[Any]:
        if queryset.order_by()[MOST_COUNTED_ROWS : MOST_COUNTED_ROWS + 1].exists():
            annotations = queryset.query.annotations
            counted = {
                name for name, found in annotations.items() if any(isinstance(e, Subquery) for e in found.flatten())
            }
            by_name = super().get_ordering_field
            ordering = {name: by_name(name) for name in self.list_display if isinstance(name, str)}
            self.sortable_by = [name for name, by in ordering.items() if _named_in(by) not in counted]
        return super().get_ordering(request, queryset)

    def get_ordering_field(self, field_name: Any) -> Any:
        found = super().get_ordering_field(field_name)
        return found if self.sortable_by is None or field_name in self.sortable_by else None


def _named_in(ordering: Any) -> str:
    """The field or annotation by which a column sorts."""
    ordering = getattr(ordering, "expression", ordering)
    return getattr(ordering, "name", ordering) or ""


class DeskAdmin(admin.ModelAdmin):
    """An admin whose every save is one verb.

    A subclass gives `create` and `revise`: without the one nobody adds here, without the other nobody changes. The
    parts they get are lists of clean rows by the name of the list (`stances`, `names`), as its `PartInline` reads them.
    """

    form = ObjectForm
    list_per_page = 50
    list_max_show_all = 200
    paginator = KeyPaginator
    change_form_template = "admin/desk/change_form.html"
    change_list_template = "admin/desk/change_list.html"
    empty_text = ""

    # create(request, values: dict, parts: dict)
    #   calls the verb that adds an object, and returns the object; raises `Refusal`.
    # revise(request, obj, values: dict, parts: dict, *, seen: int, why: str)
    #   calls the verb that changes `obj`, and returns the object; raises `Refusal` or `StaleRevision`.
    create: Callable[[HttpRequest, dict[str, Any], Parts], Model] | None = None
    revise: ReviseObject | None = None

    admin_site: GuardedSite

    def revision_of(self, obj: Any) -> int:
        """The revision that an editor of `obj` has seen."""
        return obj.revision

    def history(self, obj: Any, newest: int | None = None) -> list[Activity]:
        return history_of(obj, newest=newest) if hasattr(obj, "public_id") else []

    # (route, view, name) of what else belongs to this admin; (label, name) of what a list offers beside "add".
    pages: tuple[tuple[str, Callable, str], ...] = ()
    tools: tuple[tuple[str, str], ...] = ()

    def get_urls(self) -> list[URLPattern]:
        wrap = self.admin_site.admin_view
        return [*(path(route, wrap(view), name=name) for route, view, name in self.pages), *super().get_urls()]

    def panels_above(self, request: HttpRequest, obj: Any) -> list[str]:
        """Safe HTML shown above the form of an object that stands."""
        return []

    def panels_below(self, request: HttpRequest, obj: Any) -> list[str]:
        """Safe HTML shown below it."""
        return []

    def panels_last(self, request: HttpRequest, obj: Any) -> list[str]:
        """Safe HTML shown below that: what every object of this kind ends with."""
        return []

    def field_remarks(self, obj: Any) -> dict[str, list[str]]:
        """What is to be changed in an object, by field, as safe HTML: shown there."""
        return {}

    # Who may.

    def has_add_permission(self, request: HttpRequest) -> bool:
        return self.create is not None and super().has_add_permission(request)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self.revise is not None and super().has_change_permission(request, obj)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Nobody: what was published is withdrawn, and what was not stays as a draft with its trace (docs/desk.md)."""
        return False

    def can_save(self, request: HttpRequest, obj: Model | None) -> bool:
        """Whether this page has something to save."""
        return self.has_change_permission(request, obj) if obj else self.has_add_permission(request)

    # One object.

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        """The page of one object, as Django's own view shows it, with one verb in the place of its saves."""
        add, posted = object_id is None, request.method == "POST"
        to_field = request.POST.get(TO_FIELD_VAR, request.GET.get(TO_FIELD_VAR))
        if to_field and not self.to_field_allowed(request, to_field):
            raise DisallowedModelAdminToField(f"The field {to_field} cannot be referenced.")
        obj = None if object_id is None else self.get_object(request, unquote(object_id), to_field)
        changes = self.has_add_permission(request) if add else self.has_change_permission(request, obj)
        if not (changes or (not add and not posted and self.has_view_permission(request, obj))):
            raise PermissionDenied
        if obj is None and not add:
            return self._no_such_object(request, object_id)

        fieldsets = self.get_fieldsets(request, obj)
        form_class = self.get_form(request, obj, change=not add, fields=flatten_fieldsets(fieldsets))
        if not issubclass(form_class, ObjectForm):
            raise TypeError(f"{form_class.__name__} is no form of the desk.")
        if posted and obj and "theirs" in request.POST and request.POST.get("over") == str(self.revision_of(obj)):
            self._take_their_values(request, obj, form_class(instance=obj))
        if posted:
            form = form_class(request.POST, instance=obj)
        else:
            form = form_class(instance=obj, initial=self.get_changeform_initial_data(request) if add else None)
        formsets, inlines = self._create_formsets(  # type: ignore[attr-defined]  # the stubs leave it out
            request, form.instance, change=not add
        )

        for name, remarks in (self.field_remarks(obj) if obj and changes else {}).items():
            if name in form.fields:
                told = " ".join([*(f"To change: {remark}" for remark in remarks), str(form.fields[name].help_text)])
                form.fields[name].help_text = told  # Django shows it as HTML, which remarks are

        refusal = None
        if posted and all([form.is_valid(), all_valid(formsets)]):
            try:
                with transaction.atomic():
                    saved = self._save_with_verb(request, obj, form, formsets)
                    self.admin_site.forget_draft(request)
                return self.response_add(request, saved) if add else self.response_change(request, saved)
            except IntegrityError:
                refusal = Refusal(
                    "Something with the same name, address or words was saved at the same moment. Your changes were "
                    "not saved: check them and save again."
                )
            except Refusal as error:
                refusal = error
            show_refusal(refusal, form, formsets)

        readonly = self.get_readonly_fields(request, obj) if changes else flatten_fieldsets(fieldsets)
        shown_form = helpers.AdminForm(
            form,
            list(fieldsets),  # type: ignore[arg-type]  # as Django's own view hands them over
            {},
            readonly,
            model_admin=self,
        )
        shown_lists = self.get_inline_formsets(request, formsets, inlines, obj)
        word = "Add" if add else "Change" if changes else "View"
        context = {
            **self.admin_site.each_context(request),
            "title": f"{word} {self.opts.verbose_name}",
            "subtitle": str(obj) if obj else None,
            "adminform": shown_form,
            "object_id": object_id,
            "original": obj,
            "is_popup": IS_POPUP_VAR in request.POST or IS_POPUP_VAR in request.GET,
            "to_field": to_field,
            "media": sum((shown_list.media for shown_list in shown_lists), self.media + shown_form.media),
            "inline_admin_formsets": shown_lists,
            "errors": helpers.AdminErrorList(form, formsets),
            "preserved_filters": self.get_preserved_filters(request),
        }
        if self.create or self.revise:
            initial = {} if add else {"seen": self.revision_of(obj)}
            context["act"] = RevisionForm(request.POST if posted else None, initial=initial, auto_id="id_act_%s")
        if obj and not context["is_popup"]:
            context["acts"] = self.history(obj, newest=MAX_SHOWN_ACTIVITIES)
            context["above"] = self.panels_above(request, obj)
            context["below"] = [*self.panels_below(request, obj), *self.panels_last(request, obj)]
        if obj and isinstance(refusal, StaleRevision):
            fresh = self.model._base_manager.get(pk=obj.pk)
            seen = context["act"].cleaned_data.get("seen") if context["act"].is_valid() else None
            context["stale"] = refusal
            context["errors"] = ()  # the sentence stands in the comparison, and nothing below is in error
            context["differences"] = field_differences(form, fresh, formsets, refusal, seen)
            context["their_revision"] = self.revision_of(fresh)
        context |= extra_context or {}
        response = self.render_change_form(request, context, add=add, change=not add, obj=obj, form_url=form_url)
        response.status_code = 409 if isinstance(refusal, StaleRevision) else 200
        return response

    def _no_such_object(self, request: HttpRequest, object_id: str | None) -> HttpResponse:
        return self._get_obj_does_not_exist_redirect(  # type: ignore[attr-defined]  # the stubs leave it out
            request, self.opts, object_id
        )

    def _take_their_values(self, request: HttpRequest, obj: Model, form: ObjectForm) -> None:
        """Puts what stands into the fields and lists for which the editor chose it, as they were shown it."""
        lists = [
            formset(instance=obj, prefix=formset.get_default_prefix(), queryset=inline.get_queryset(request))
            for formset, inline in self.get_formsets_with_inlines(request, obj)
        ]
        posted = take_their_values(request.POST, request.POST.getlist("theirs"), form, lists)
        request.POST = posted  # type: ignore[assignment]  # Django only asks that it is a query

    def _save_with_verb(
        self, request: HttpRequest, obj: Model | None, form: ObjectForm, formsets: Sequence[ComponentFormSet]
    ) -> Model:
        """The object as the verb of this page has saved it. Raises `Refusal`."""
        act = RevisionForm(request.POST)
        if not act.is_valid():
            field, errors = next(iter(act.errors.items()))
            raise Refusal(f"{act.fields[field].label or capfirst(field)}: {errors[0]}")
        parts = {formset.prefix: formset.rows() for formset in formsets}
        if obj is None and self.create is not None:
            return self.create(request, form.values(), parts)
        if obj is None or self.revise is None:
            raise PermissionDenied
        if act.revision is None:
            raise Refusal("This form does not say which version you saw. Reload the page.")
        own = [value for value in values_of(obj).values() if isinstance(value, str)]
        listed = [line for formset in formsets for line in formset.theirs()]
        self.admin_site.refuse_blind_save(request, [*own, *listed])
        why = act.cleaned_data["why"].strip()
        return self.revise(request, obj, form.values(), parts, seen=act.revision, why=why)

    def get_object(self, request: HttpRequest, object_id: str, from_field: str | None = None) -> Model | None:
        """The object by its key, or by its public_id: what is written in traces, releases and public addresses."""
        if from_field is None and hasattr(self.model, "public_id") and PUBLIC_ID_PATTERN.fullmatch(object_id):
            found = self.get_queryset(request).filter(public_id=object_id).first()
            if found is not None:
                return found
        return super().get_object(request, object_id, from_field)

    def history_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """Everything that was ever done to one object, fifty acts a page. Django would show its own log instead."""
        obj = self.get_object(request, unquote(object_id))
        if obj is None:
            return self._no_such_object(request, object_id)
        if not self.has_view_or_change_permission(request, obj):
            raise PermissionDenied
        shown = Paginator(self.history(obj), 50).get_page(request.GET.get("p"))
        title = f"History of this {self.opts.verbose_name}"
        context = {"subtitle": str(obj), "object": obj, "shown": shown, **(extra_context or {})}
        return desk_page(request, "admin/desk/history.html", model=self.model, title=title, **context)

    # Lists.

    def formfield_for_foreignkey(
        self, db_field: ForeignKey, request: HttpRequest, **kwargs: Any
    ) -> ModelChoiceField | None:
        return super().formfield_for_foreignkey(
            db_field, request, **{**picker_widget(self, db_field, request), **kwargs}
        )

    def lookup_allowed(self, lookup: str, value: str, request: HttpRequest) -> bool:
        """A list is filtered by what it offers, and by keys; by how texts begin it would tell what somebody may not
        read, letter by letter."""
        offered = [entry[0] if isinstance(entry, tuple) else entry for entry in self.get_list_filter(request)]
        name = lookup.split("__")[0]
        own = {field.name: field for field in self.opts.concrete_fields}
        is_own_text = name in own and not (own[name].is_relation or own[name].primary_key or name == "public_id")
        return super().lookup_allowed(lookup, value, request) and (not is_own_text or name in offered)

    def get_search_results(self, request: HttpRequest, queryset: QuerySet, search_term: str) -> tuple[QuerySet, bool]:
        found, doubles = super().get_search_results(request, queryset, search_term)
        return self.admin_site.visible_search_results(
            request, found, self.get_search_fields(request), search_term
        ), doubles

    def get_changelist(self, request: HttpRequest, **kwargs: Any) -> type[ChangeList]:
        return DeskChangeList

    def get_changelist_instance(self, request: HttpRequest) -> ChangeList:
        try:
            return super().get_changelist_instance(request)
        except (OverflowError, ValueError) as error:
            # Django's date hierarchy fails on years that no calendar has.
            raise IncorrectLookupParameters(str(error)) from error

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        if not all(is_key(key) for key in request.POST.getlist(helpers.ACTION_CHECKBOX_NAME)):
            self.message_user(request, "The selection is not in this list. Nothing was changed.", messages.ERROR)
            return HttpResponseRedirect(request.get_full_path())
        offered = self.tools if self.has_add_permission(request) else ()
        tools = [(label, reverse(f"admin:{name}")) for label, name in offered]
        context = {"empty_text": self.empty_text, "tools": tools, **(extra_context or {})}
        return super().changelist_view(request, context)


def desk_admin_of(site: admin.AdminSite, model: type[Model]) -> DeskAdmin:
    """The admin of `model`, which is one of the desk's."""
    found = site.get_model_admin(model)
    if not isinstance(found, DeskAdmin):
        raise TypeError(f"{found} is no admin of the desk.")
    return found


class ComponentInline(admin.TabularInline):
    """A list that belongs to an object and is replaced as a whole. Who may change the object may change the list.

    `part` is the name of the list, which is also the related name of its rows.
    """

    template = "admin/desk/inline_tabular.html"
    form = ComponentForm
    formset: type[ComponentFormSet] = ComponentFormSet
    extra = 1
    max_num = 500
    part = ""
    # What is shown to who may only look, where the form has fields that the model has not.
    read_fields: tuple[str, ...] = ()

    def formfield_for_foreignkey(
        self, db_field: ForeignKey, request: HttpRequest, **kwargs: Any
    ) -> ModelChoiceField | None:
        return super().formfield_for_foreignkey(
            db_field, request, **{**picker_widget(self, db_field, request), **kwargs}
        )

    def get_fields(self, request: HttpRequest, obj: Any = None) -> "_FieldGroups":
        if self.read_fields and not self.editable(request, obj):
            return self.read_fields
        return super().get_fields(request, obj)

    def editable(self, request: HttpRequest, obj: Model | None) -> bool:
        return desk_admin_of(self.admin_site, self.parent_model).can_save(request, obj)

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self.editable(request, obj)

    has_change_permission = has_delete_permission = has_add_permission

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return True

    def get_formset(self, request: HttpRequest, obj: Any = None, **kwargs: Any) -> type[BaseInlineFormSet]:
        if self.editable(request, obj):
            return super().get_formset(request, obj, **{"absolute_max": self.max_num, **kwargs})
        # Django shows rows that cannot be edited as the initial forms of a formset, which ours has none of.
        kwargs |= {"formset": BaseInlineFormSet, "form": forms.ModelForm}
        return super().get_formset(request, obj, **kwargs)
