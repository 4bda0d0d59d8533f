"""Two editors on one object: what both wrote, what stood before, and a save that keeps of both what each has changed.

Three versions are set side by side, as in a three-way merge (Mens, "A state-of-the-art survey on software merging",
2002): the one that the editor had seen, the one that stands now, and the one that was typed. What only they have
changed is offered as theirs, what only the editor has changed as the editor's; where both did, the editor decides.
"""

from collections.abc import Iterator, Sequence
from copy import copy
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import Field, Model
from django.forms import BaseFormSet, BoundField
from django.http import QueryDict
from django.utils.text import capfirst

from .desk_forms import ComponentFormSet, ObjectForm
from .models import Trace
from .tracked_changes import StaleRevision, column_of


@dataclass(frozen=True)
class FieldDifference:
    """One field or list in which two versions differ, each in lines; `before` is None where it is not known.

    `only_theirs` says that the editor has not touched it: they have.
    """

    name: str
    label: str
    yours: list[str]
    theirs: list[str]
    before: list[str] | None
    is_only_theirs: bool


def field_differences(
    form: ObjectForm, fresh: Model, lists: Sequence[BaseFormSet], refusal: StaleRevision, seen: int | None
) -> list[FieldDifference]:
    """Where what was typed (`form`, `lists`) differs from `fresh`, which stands; `seen` is the revision they saw."""
    before = values_at_revision(fresh, seen)
    return [*_field_conflicts(form, fresh, before), *_list_conflicts(lists, refusal, before)]


def values_at_revision(obj: Model, revision: int | None) -> dict[str, Any]:
    """What was changed since `revision`, by name, as it was then: JSON values, lists of lines for lists."""
    if revision is None or not hasattr(obj, "public_id"):
        return {}
    since = Trace.objects.filter(public_id=obj.public_id, revision__gt=revision).order_by("-id")
    values: dict = {}
    for changes in since.values_list("changes", flat=True):
        values |= {name: pair[0] for name, pair in changes.items() if isinstance(pair, list) and len(pair) == 2}
    return values


def _field_conflicts(form: ObjectForm, fresh: Model, before: dict[str, Any]) -> Iterator[FieldDifference]:
    for name in form.values():
        field = column_of(fresh, name)
        yours, theirs = _display_lines(field, form.instance), _display_lines(field, fresh)
        if yours == theirs:
            continue
        stood = theirs
        if name in before:
            then = copy(fresh)
            setattr(then, field.attname, field.to_python(before[name]) if before[name] is not None else None)
            stood = _display_lines(field, then)
        yield FieldDifference(name, capfirst(str(field.verbose_name)), yours, theirs, stood, yours == stood)


def _list_conflicts(
    lists: Sequence[BaseFormSet], refusal: StaleRevision, before: dict[str, Any]
) -> Iterator[FieldDifference]:
    for formset in lists:
        if not isinstance(formset, ComponentFormSet) or formset.yours() == formset.theirs():
            continue
        label = getattr(formset, "label", formset.model._meta.verbose_name_plural)
        stood = before.get(formset.prefix)
        untouched = stood is not None and refusal.yours.get(formset.prefix) == stood
        yield FieldDifference(formset.prefix, capfirst(str(label)), formset.yours(), formset.theirs(), stood, untouched)


def _display_lines(field: Field, obj: Model) -> list[str]:
    """A field's value in lines."""
    shown = getattr(obj, f"get_{field.name}_display", lambda: getattr(obj, field.name))()
    if isinstance(shown, Decimal):
        # 4000 as typed and 4000.0000 as kept are the same number.
        shown = format(shown.normalize(), "f")
    return [] if shown in (None, "") else str(shown).replace("\r\n", "\n").split("\n")


def take_their_values(
    posted: QueryDict, names: Sequence[str], form: ObjectForm, formsets: Sequence[BaseFormSet]
) -> QueryDict:
    """`posted`, with the fields and lists called `names` as they stand in `form` and `formsets`, which are unbound."""
    merged = posted.copy()
    for name in names:
        if name in form.fields:
            _post_value(merged, form[name])
    for formset in formsets:
        if formset.prefix in names:
            for key in [key for key in merged if key.startswith(f"{formset.prefix}-")]:
                del merged[key]
            for bound in (*formset.management_form, *(bound for row in formset.forms for bound in row)):
                _post_value(merged, bound)
    return merged


def _post_value(posted: QueryDict, bound: BoundField) -> None:
    """Posts the value of an unbound field as a browser would."""
    posted.pop(bound.html_name, None)
    value = bound.value()
    value = getattr(value, "pk", value)
    if isinstance(value, bool):
        value = "on" if value else None
    shown = bound.field.widget.format_value(value) if value is not None else None
    if isinstance(shown, list):
        shown = shown[0] if shown else None
    if shown is not None:
        posted[bound.html_name] = shown
