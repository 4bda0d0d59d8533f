"""Forms of the desk: what an editor typed becomes clean values, and what a verb refused comes back to its field.

A form of the desk never saves. `VerbForm` gives the values of one object, `PartFormSet` those of a whole list that
belongs to it (the stances of a statement, the names of an actor); `articles/desk_admin.py` hands all of it to one verb.
"""

from collections.abc import Iterable, Mapping, Sequence
from copy import copy
from typing import Any, TypeVar

from django import forms
from django.contrib.admin.widgets import AutocompleteSelect
from django.core.files.uploadedfile import UploadedFile
from django.db.models import Model, QuerySet
from django.forms.models import BaseInlineFormSet, InlineForeignKeyField, construct_instance
from django.utils.datastructures import MultiValueDict

from .tracked_changes import Refusal

F = TypeVar("F", bound=forms.Field)

MAX_KEY = 2**63 - 1
MAX_REVISION = 2**31 - 1


def is_key(value: object) -> bool:
    """Whether `value` can be a primary key at all: both databases fail on the others instead of finding nothing."""
    text = str(value)
    return text.isascii() and text.isdigit() and len(text) <= 19 and int(text) <= MAX_KEY


def field_of(form: forms.BaseForm, name: str, kind: type[F]) -> F:
    """The field of a form, which is of this kind."""
    field = form.fields[name]
    if not isinstance(field, kind):
        raise TypeError(f"The field {name} is no {kind.__name__}.")
    return field


def require_choice(field: forms.ChoiceField, sentence: str) -> None:
    """Makes a list begin with an empty choice that is refused with `sentence`: nothing is chosen by not looking."""
    offered: list[tuple[str, str]] = [choice for choice in field.choices if choice[0]]  # type: ignore[union-attr, index, misc]  # pairs, once set
    field.choices = [("", "choose"), *offered]
    field.initial = None
    field.error_messages["required"] = sentence


class ObjectPicker(AutocompleteSelect):
    """Django's autocomplete. What cannot be a key is shown as nothing picked: Django itself fails on it with a 500."""

    def optgroups(
        self, name: str, value: Sequence[str], attr: dict[str, Any] | None = None
    ) -> list[tuple[str | None, list[dict[str, Any]], int | None]]:
        return super().optgroups(name, [key for key in value if is_key(key)], attr)


class AnyScriptMixin:
    """Fields in which a name in Arabic or Uyghur script runs from right to left, as it is read."""

    fields: dict[str, forms.Field]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            if isinstance(field.widget, forms.Textarea) or type(field).widget is forms.TextInput:
                field.widget.attrs.setdefault("dir", "auto")


class RevisionForm(AnyScriptMixin, forms.Form):
    """What goes with every save: the revision that the editor has seen, and why they change it."""

    seen = forms.IntegerField(
        min_value=1,
        max_value=MAX_REVISION,
        required=False,
        widget=forms.HiddenInput,
    )
    over = forms.IntegerField(min_value=1, max_value=MAX_REVISION, required=False)
    why = forms.CharField(
        required=False,
        max_length=500,
        label="Reason",
        help_text="kept in the history, seen only at the desk; optional",
        widget=forms.TextInput(attrs={"class": "vTextField"}),
    )

    @property
    def revision(self) -> int | None:
        """The revision to build on: the one seen, or the one that the editor has expressly chosen to overwrite."""
        return self.cleaned_data.get("over") or self.cleaned_data.get("seen")


class DeskForm(AnyScriptMixin, forms.ModelForm):
    """A model form that checks each field by itself."""

    def _post_clean(self) -> None:
        """Django's, without the constraints of the database: the verb checks these, and knows the field of each."""
        # The owner of a new object's rows does not exist yet.
        owners = {name for name, field in self.fields.items() if isinstance(field, InlineForeignKeyField)}
        try:
            self.instance = construct_instance(self, self.instance, self._meta.fields, self._meta.exclude)
            excluded = self._get_validation_exclusions()  # type: ignore[attr-defined]  # Django's own, which the stubs leave out
            self.instance.clean_fields(exclude=excluded | owners)
        except forms.ValidationError as error:
            self._update_errors(error)  # type: ignore[attr-defined]  # Django's own, which the stubs leave out
        self.validate_unique()


class ObjectForm(DeskForm):
    """The form of one object. Its address may be left empty: made from its name where it is new, else as it stands.

    What is typed goes into a copy: who may change an object, and what its page shows, depends on what stands.
    """

    kind_required_message = (
        ""  # the sentence that refuses a new object whose kind nobody has chosen, whatever its model says
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.instance = copy(self.instance)
        if slug := self.fields.get("slug"):
            slug.required, slug.label = False, "Address"
            slug.help_text = "the last part of its public address; created from the name if left empty"
        if self.kind_required_message and "kind" in self.fields:
            require_choice(field_of(self, "kind", forms.ChoiceField), self.kind_required_message)
            if self.instance.pk is None:
                self.initial.pop("kind", None)

    def values(self) -> dict[str, Any]:
        """The clean values of the object's own fields, by name; addresses left empty are left out."""
        own = {field.name for field in self._meta.model._meta.concrete_fields}
        values = {name: value for name, value in self.cleaned_data.items() if name in own}
        if not values.get("slug", True):
            del values["slug"]
        return values


class ComponentForm(DeskForm):
    """One row of a list. The list replaces what stands, so a row is not compared with the rows in the database."""

    def validate_unique(self) -> None:
        pass


class CleanRow(dict):
    """The clean values of one row; `at` is the prefix of its form, by which a refusal finds its way back."""

    def __init__(self, form: forms.BaseForm) -> None:
        super().__init__(form.cleaned_data)
        self.at = form.prefix


class ComponentFormSet(BaseInlineFormSet):
    """The rows of one list, as typed: they are not tied to rows in the database.

    A colleague may have replaced those rows since the page was loaded. A formset tied to them would then answer with
    "not one of the available choices" or lose what was typed, before the verb could say that the revision is stale.
    """

    model: type[Model]
    prefix: str

    def __init__(
        self,
        data: Mapping[str, Any] | None = None,
        files: MultiValueDict[str, UploadedFile] | None = None,
        instance: Model | None = None,
        *,
        queryset: QuerySet | None = None,
        **kwargs: Any,
    ) -> None:
        self.standing = self.stored_rows(instance, queryset)
        if data is None and self.standing:
            kwargs["initial"] = [self.initial_row(row) for row in self.standing]
            self.extra = len(self.standing) + self.extra
            # Rows beyond the most would not be shown, and the next save would lose them.
            self.max_num = max(self.max_num, self.extra)
        super().__init__(data, files, instance=instance, queryset=self.model._base_manager.none(), **kwargs)

    def stored_rows(self, instance: Model | None, queryset: QuerySet | None) -> list[Any]:
        """Those of the rows of `queryset` that belong to `instance`; none where that is new."""
        if queryset is None or instance is None or instance.pk is None:
            return []
        return list(queryset.filter(**{self.fk.name: instance.pk}))

    def initial_form_count(self) -> int:
        return 0

    def _construct_form(self, i: int, **kwargs: Any) -> forms.ModelForm:
        form = super()._construct_form(i, **kwargs)  # type: ignore[misc]  # Django's own, which the stubs leave out
        # The template offers to remove what stands or was typed; an empty row is no row.
        form.stands = form.has_changed() if self.is_bound else i < len(self.standing)
        return form

    def initial_row(self, part: Any) -> dict[str, Any]:
        """The values of one row that stands, by the names of the form's fields."""
        return {name: getattr(part, name) for name in self.form.base_fields if hasattr(part, name)}

    def validate_unique(self) -> None:
        """Nothing: what is given twice is for the verb to refuse, in its own words."""

    def filled_forms(self) -> list[forms.ModelForm]:
        """The forms of the rows that an editor filled in and did not remove, in their order."""
        return [form for form in self.forms if form.has_changed() and form not in self.deleted_forms]

    def rows(self) -> list[CleanRow]:
        """The clean values of these."""
        return [CleanRow(form) for form in self.filled_forms()]

    def describe_row(self, row: dict[str, Any]) -> str:
        """One row in one line that an editor can read."""
        return " · ".join(str(value) for name, value in row.items() if name in self.form.base_fields and value)

    def yours(self) -> list[str]:
        return [self.describe_row(row) for row in self.rows() if row]

    def theirs(self) -> list[str]:
        return [self.describe_row(self.initial_row(part)) for part in self.standing]


def show_refusal(refusal: Refusal, form: forms.BaseForm, formsets: Iterable[forms.BaseFormSet] = ()) -> None:
    """Puts what a verb has refused at the field, list or row that it names, else above the form."""
    for formset in formsets:
        if refusal.field == formset.prefix:
            formset.non_form_errors().append(refusal.sentence)
            return
        for row in formset.forms:
            if refusal.field.startswith(f"{row.prefix}-"):
                field = refusal.field.removeprefix(f"{row.prefix}-")
                row.add_error(field if field in row.fields else None, refusal.sentence)
                return
    form.add_error(refusal.field if refusal.field in form.fields else None, refusal.sentence)
