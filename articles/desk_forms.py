"""Forms of the desk: what an editor typed becomes clean values, and what a verb refused comes back to its field.

A form of the desk never saves. `VerbForm` gives the values of one object, `PartFormSet` those of a whole list that
belongs to it (the stances of a statement, the names of an actor); `articles/desk_admin.py` hands all of it to one verb.
"""

from collections.abc import Iterable, Mapping
from copy import copy
from typing import Any

from django import forms
from django.contrib.admin.widgets import AutocompleteSelect
from django.db.models import Model, QuerySet
from django.forms.models import BaseInlineFormSet, InlineForeignKeyField, construct_instance

from .tracked_changes import Refusal

MAX_KEY = 2**63 - 1
MAX_REVISION = 2**31 - 1


def is_key(value: object) -> bool:
    """Whether `value` can be a primary key at all: both databases fail on the others instead of finding nothing."""
    text = str(value)
    return text.isascii() and text.isdigit() and len(text) <= 19 and int(text) <= MAX_KEY


def require_choice(field: forms.ChoiceField, sentence: str) -> None:
    """Makes a list begin with an empty choice that is refused with `sentence`: nothing is chosen by not looking."""
    field.choices = [("", "choose"), *(choice for choice in field.choices if choice[0])]
    field.initial = None
    field.error_messages["required"] = sentence


class ObjectPicker(AutocompleteSelect):
    """Django's autocomplete. What cannot be a key is shown as nothing picked: Django itself fails on it with a 500."""

    def optgroups(
        self, name: str, value: list[str], attr: dict[str, Any] | None = None
    ) -> list[tuple[str | None, list[dict[str, Any]], int | None]]:
        return super().optgroups(name, [one for one in value if is_key(one)], attr)


class AnyScriptMixin:
    """Fields in which a name in Arabic or Uyghur script runs from right to left, as it is read."""

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
            self.instance.clean_fields(exclude=self._get_validation_exclusions() | owners)
        except forms.ValidationError as error:
            self._update_errors(error)
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
            require_choice(self.fields["kind"], self.kind_required_message)
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

    def __init__(
        self,
        data: Mapping[str, Any] | None = None,
        files: Mapping[str, Any] | None = None,
        instance: Model | None = None,
        *,
        queryset: QuerySet | None = None,
        **kwargs: Any,
    ) -> None:
        stands = queryset is not None and instance is not None and instance.pk is not None
        self.standing = list(queryset.filter(**{self.fk.name: instance.pk})) if stands else []
        if data is None and self.standing:
            kwargs["initial"] = [self.initial_row(one) for one in self.standing]
            self.extra = len(self.standing) + self.extra
            # Rows beyond the most would not be shown, and the next save would lose them.
            self.max_num = max(self.max_num, self.extra)
        super().__init__(data, files, instance=instance, queryset=self.model._base_manager.none(), **kwargs)

    def initial_form_count(self) -> int:
        return 0

    def _construct_form(self, i: int, **kwargs: Any) -> forms.ModelForm:
        form = super()._construct_form(i, **kwargs)
        # The template offers to remove what stands or was typed; an empty row is no row.
        form.stands = form.has_changed() if self.is_bound else i < len(self.standing)
        return form

    def initial_row(self, part: Model) -> dict[str, Any]:
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

    def told(self, row: dict[str, Any]) -> str:
        """One row in one line that an editor can read."""
        return " · ".join(str(value) for name, value in row.items() if name in self.form.base_fields and value)

    def yours(self) -> list[str]:
        return [self.told(row) for row in self.rows() if row]

    def theirs(self) -> list[str]:
        return [self.told(self.initial_row(part)) for part in self.standing]


def show_refusal(refusal: Refusal, form: forms.Form, formsets: Iterable[forms.BaseFormSet] = ()) -> None:
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
