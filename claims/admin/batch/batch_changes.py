"""The changes that several objects can be given at once: what each asks for, what it would do, and the verb that does.

A kind of change is made for one request and one noun. It reads; the verbs are in claims/changes/batch.py.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Generic, TypeVar

from django import forms
from django.contrib import admin
from django.contrib.auth import get_user_model
from django.contrib.auth.models import User
from django.db.models import QuerySet
from django.http import HttpRequest, QueryDict

from articles.desk_admin import PUBLIC_ID_PATTERN
from articles.desk_forms import ObjectPicker, field_of, is_key
from articles.editors import AnyUser
from articles.forms import TYPED_DATE_HELP, PartialDateField
from articles.models import Article, Outlet, Trace, TrackedModel
from language.dates.partial import read_date

from ...changes import batch
from ...changes.batch import ASSIGNEE_KEY, DATE_FIELDS, NOBODY, RequestedChange
from ...changes.claims_and_actors import chain_conflicts
from ...models import Actor, Assignment, Claim, Question, Statement, Topic
from ...suggestions.publication_dates import PublicationDate, proposed_dates
from ..workflow import MAX_SELECTED, permission_to_change

T = TypeVar("T", bound=TrackedModel)

TYPED_DATE, PROPOSED_DATE, NO_DATE = "this", "proposed", "unknown"
NO_EDITOR = "nobody"


class OutletForm(forms.Form):
    """An outlet, picked; or named, where the picker has no script to fill it."""

    outlet = forms.ModelChoiceField(
        Outlet.objects.all(), required=False, widget=ObjectPicker(Article._meta.get_field("outlet"), admin.site)
    )
    named = forms.CharField(required=False, max_length=200, label="Name as recorded at the desk")

    def clean(self) -> dict[str, Any]:
        super().clean()
        values = self.cleaned_data
        name = values.get("named", "")
        if name and "outlet" in values:
            known = list(Outlet.objects.filter(name__iexact=name)[:2])
            if len(known) == 1:
                values["outlet"] = known[0]
            else:
                self.add_error("named", f"No outlet is called “{name}”: write the name as in the list of outlets.")
        elif not values.get("outlet") and not self.errors:
            self.add_error("outlet", "Choose an outlet.")
        return values


class DateForm(forms.Form):
    """A partial date, or that none is known; for articles also the date that is proposed for each."""

    how = forms.ChoiceField(widget=forms.RadioSelect, label="Which date?")
    date = PartialDateField(
        required=False,
        help_text=f"{TYPED_DATE_HELP}, 2018/2019-03 for a range",
    )

    def __init__(self, *args: Any, proposing: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offered = [(PROPOSED_DATE, "the date proposed for each, taken from the lines around the text or the dateline")]
        field_of(self, "how", forms.ChoiceField).choices = [
            (TYPED_DATE, "the same date for all"),
            *(offered if proposing else ()),
            (NO_DATE, "no date: unknown"),
        ]

    def clean(self) -> dict[str, Any]:
        super().clean()
        values = self.cleaned_data
        if "date" in values and "how" in values:
            if values["how"] == TYPED_DATE and not values["date"]:
                self.add_error("date", "Enter a date.")
            if values["how"] != TYPED_DATE and values["date"]:
                self.add_error("date", "You entered a date but chose another option above: remove one of them.")
        return values


class EditorForm(forms.Form):
    """Who works on it, or nobody. `me` stands first."""

    editor = forms.ChoiceField(label="Assign to", error_messages={"required": "Choose an editor, or nobody."})

    def __init__(self, *args: Any, me: AnyUser, permission: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.users = {str(user.pk): user for user in editors_with_permission(permission)}
        mine = {str(me.pk): self.users[str(me.pk)]} if str(me.pk) in self.users else {}
        field_of(self, "editor", forms.ChoiceField).choices = [
            ("", "choose …"),
            *((key, f"{user_label(user)} (you)") for key, user in mine.items()),
            (NO_EDITOR, "nobody"),
            *((key, user_label(user)) for key, user in self.users.items() if key not in mine),
        ]

    def clean_editor(self) -> User | None:
        """The user, or None for nobody."""
        return self.users.get(self.cleaned_data["editor"])


def editors_with_permission(permission: str) -> QuerySet[User]:
    """The staff who hold `permission`, by name."""
    users = get_user_model().objects.with_perm(permission, backend="django.contrib.auth.backends.ModelBackend")
    return users.filter(is_staff=True).order_by("username")


def user_label(user: User) -> str:
    """A user's username, with the full name where it is known."""
    return f"{user.get_full_name()} ({user.username})" if user.get_full_name() else user.username


RELATED_FIELDS = {Article: ["outlet"], Statement: ["speaker"], Actor: ["merged_into"], Claim: ["merged_into"]}


@dataclass(frozen=True)
class ChangeRow(Generic[T]):
    """What a change would do to one object. `seen` and `value` go to the verb; `alone` says why it is left as it is."""

    obj: T
    now: str
    seen: int | str
    new_value: str = ""
    value: Any = None
    key: str = ""  # the value as the page carries it: what was shown is what is done
    alone: str = ""
    unsure: str = ""
    notes: list[str] = field(default_factory=list)
    refusal: str = ""

    @property
    def disambiguation(self) -> str:
        """What tells an article from others of the same headline, beside what is shown of it anyway."""
        known = [self.obj.outlet.name, self.obj.published] if isinstance(self.obj, Article) else []
        return ", ".join(detail for detail in known if detail and detail not in self.now)

    @property
    def is_ticked(self) -> bool:
        """Whether it is offered as something to be done."""
        return not (self.unsure or self.refusal)

    @property
    def token(self) -> str:
        """What the page sends back of this row, beside whose it is."""
        return f"{self.seen} {self.key}"


class BatchChange(Generic[T]):
    """A kind of change: `name` is its word in addresses, `title` what lists and pages call it, `button` the deed.

    `verb` is what `perform` calls, unless a kind has a `perform` of its own.
    """

    name = title = button = ""
    models: tuple[type[TrackedModel], ...] = ()
    verb: Callable[..., list[Trace]]

    def __init__(self, request: HttpRequest, model: type[T], asked: QueryDict) -> None:
        self.request, self.model, self.asked = request, model, asked

    def objects(self) -> list[T]:
        """What was chosen, in its order."""
        ids = [
            public_id for public_id in dict.fromkeys(self.asked.getlist("of")) if PUBLIC_ID_PATTERN.fullmatch(public_id)
        ][:MAX_SELECTED]
        rows = self.model._base_manager.filter(public_id__in=ids).select_related(
            *RELATED_FIELDS.get(self.model, [None])
        )
        found = {obj.public_id: obj for obj in rows}
        return [found[public_id] for public_id in ids if public_id in found]

    def form(self, data: QueryDict | None = None) -> forms.Form | None:
        """What is asked for, if anything is: bound to `data` where there is some."""

    def current_rows(self, objects: Sequence[T]) -> list[ChangeRow[T]]:
        """How it stands with each object now."""
        raise NotImplementedError

    def rows(self, objects: Sequence[T], values: dict[str, Any]) -> list[ChangeRow[T]]:
        """What the clean values of the form would do to each."""
        raise NotImplementedError

    def done(self, count: str, values: dict[str, Any]) -> str:
        """The sentence of what has been done to `count` (“3 articles”)."""
        raise NotImplementedError

    def hidden_values(self, values: dict) -> list[tuple[str, str]]:
        """The fields that bring `values` back."""
        return []

    def reaches_readers(self, row: ChangeRow[T]) -> bool:
        """Whether readers will see the change of `row`, once it is published."""
        return True

    def perform(self, rows: list[ChangeRow[T]], *, by: User, why: str) -> list[Trace]:
        return self.verb([RequestedChange(row.obj, row.value, row.seen) for row in rows], by=by, why=why)


class OutletChange(BatchChange[Article]):
    name, title, button = "outlet", "Set the outlet", "Set the outlet of the ticked rows"
    models = (Article,)
    verb = staticmethod(batch.set_outlet)

    def form(self, data: QueryDict | None = None) -> forms.Form:
        return OutletForm(data)

    def current_rows(self, objects: Sequence[Article]) -> list[ChangeRow[Article]]:
        return [ChangeRow(article, now=article.outlet.name, seen=article.revision) for article in objects]

    def rows(self, objects: Sequence[Article], values: dict[str, Any]) -> list[ChangeRow[Article]]:
        outlet = values["outlet"]
        named = chain_conflicts(outlet, objects)
        return [
            replace(
                row,
                new_value=outlet.name,
                value=outlet,
                key=str(outlet.pk),
                alone="it already has this outlet" if row.obj.outlet == outlet else named.get(row.obj.pk, ""),
            )
            for row in self.current_rows(objects)
        ]

    def hidden_values(self, values: dict[str, Any]) -> list[tuple[str, str]]:
        return [("outlet", str(values["outlet"].pk))]

    def done(self, count: str, values: dict[str, Any]) -> str:
        return f"The outlet of {count} is now {values['outlet'].name}."


class DateChange(BatchChange[TrackedModel]):
    name, title, button = "date", "Set the date", "Set the date of the ticked rows"
    models = tuple(DATE_FIELDS)
    verb = staticmethod(batch.set_date)

    def form(self, data: QueryDict | None = None) -> forms.Form:
        return DateForm(data, proposing=self.model is Article, initial={"how": TYPED_DATE})

    def current_rows(self, objects: Sequence[TrackedModel]) -> list[ChangeRow[TrackedModel]]:
        name = DATE_FIELDS[self.model]
        return [ChangeRow(obj, now=date_label(getattr(obj, name)), seen=obj.revision) for obj in objects]

    def rows(self, objects: Sequence[TrackedModel], values: dict[str, Any]) -> list[ChangeRow[TrackedModel]]:
        proposed = (
            proposed_dates(obj for obj in objects if isinstance(obj, Article)) if values["how"] == PROPOSED_DATE else {}
        )
        return [self._row(row, values, proposed) for row in self.current_rows(objects)]

    def _row(
        self, row: ChangeRow[TrackedModel], values: dict[str, Any], proposed: Mapping[int, PublicationDate]
    ) -> ChangeRow[TrackedModel]:
        current = getattr(row.obj, DATE_FIELDS[self.model])
        date, unsure, notes = values["date"], "", []
        if values["how"] == PROPOSED_DATE:
            proposal = proposed.get(row.obj.pk)
            if proposal is None:
                return replace(row, alone="no date was found in its text")
            date, notes = proposal.edtf, [f"From {proposal.why}."]
            unsure = "" if proposal.sure else "Uncertain."
            if current and date != current:
                unsure = f"{unsure} It already has another date.".strip()
        alone = ("it already has this date" if date else "it has no date") if date == current else ""
        return replace(
            row, new_value=date_label(date), value=date, key=date or "none", alone=alone, unsure=unsure, notes=notes
        )

    def hidden_values(self, values: dict[str, Any]) -> list[tuple[str, str]]:
        return [("how", values["how"]), ("date", values["date"])]

    def done(self, count: str, values: dict[str, Any]) -> str:
        what = "date of publication" if self.model is Article else "date"
        if values["how"] == PROPOSED_DATE:
            return f"The {what} of {count} is now the proposed one."
        return f"The {what} of {count} is now {date_label(values['date'])}."


class AssignmentChange(BatchChange[TrackedModel]):
    name, title, button = "assignment", "Assign", "Assign the ticked rows"
    models = (Statement, Article, Claim, Question, Topic, Actor, Outlet)
    verb = staticmethod(batch.assign)

    def form(self, data: QueryDict | None = None) -> forms.Form:
        return EditorForm(data, me=self.request.user, permission=permission_to_change(self.model))

    def current_rows(self, objects: Sequence[TrackedModel]) -> list[ChangeRow[TrackedModel]]:
        assigned = Assignment.objects.with_editor().filter(public_id__in=[obj.public_id for obj in objects])
        names = dict(assigned.values_list("public_id", "editor__username"))
        named = [(obj, names.get(obj.public_id, NOBODY)) for obj in objects]
        return [ChangeRow(obj, now=editor_label(name), seen=name) for obj, name in named]

    def rows(self, objects: Sequence[TrackedModel], values: dict[str, Any]) -> list[ChangeRow[TrackedModel]]:
        editor = values["editor"]
        name = editor.username if editor else NOBODY
        return [
            replace(
                row,
                new_value=editor_label(name),
                value=editor,
                key=str(editor.pk) if editor else "none",
                alone=self._alone(row, name),
            )
            for row in self.current_rows(objects)
        ]

    def reaches_readers(self, row: ChangeRow[TrackedModel]) -> bool:
        return False

    def _alone(self, row: ChangeRow[TrackedModel], name: str) -> str:
        if isinstance(row.obj, Actor | Claim) and row.obj.merged_into_id:
            return f"it was merged into “{row.obj.merged_into}” and can no longer be changed"
        return f"it is already assigned to {editor_label(name)}" if row.seen == name else ""

    def hidden_values(self, values: dict[str, Any]) -> list[tuple[str, str]]:
        return [("editor", str(values["editor"].pk) if values["editor"] else "nobody")]

    def done(self, count: str, values: dict[str, Any]) -> str:
        return f"Assigned to {values['editor'].username if values['editor'] else 'nobody'}: {count}."


class UndoChange(BatchChange[TrackedModel]):
    """Acts of the other kinds, chosen by their traces, taken back. Of several acts on one object the newest counts."""

    name, title, button = "undo", "Undo", "Undo the ticked changes"
    models = AssignmentChange.models

    def objects(self) -> list[TrackedModel]:
        keys = [key for key in self.asked.getlist("act") if is_key(key)][:MAX_SELECTED]
        traces = Trace.objects.filter(pk__in=keys, kind=self.model._meta.model_name, verb__in=batch.REVERSIBLE_VERBS)
        self.traces = {trace.public_id: trace for trace in traces.order_by("pk")}
        rows = self.model._base_manager.filter(public_id__in=self.traces).order_by("pk")
        return list(rows.select_related(*RELATED_FIELDS.get(self.model, [None])))

    def rows(self, objects: Sequence[TrackedModel], values: dict[str, Any]) -> list[ChangeRow[TrackedModel]]:
        assigned = AssignmentChange(self.request, self.model, self.asked).current_rows(objects)
        editors = {row.obj.public_id: str(row.seen) for row in assigned}
        return [self._row(obj, self.traces[obj.public_id], editors[obj.public_id]) for obj in objects]

    def _row(self, obj: TrackedModel, trace: Trace, assigned: str) -> ChangeRow[TrackedModel]:
        if trace.verb == batch.ASSIGN:
            before, after = trace.changes[ASSIGNEE_KEY]
            again = "" if assigned == after else f"it has been reassigned since, to {editor_label(assigned)}"
            return ChangeRow(obj, editor_label(assigned), trace.pk, editor_label(before), trace, "", again)
        again = "" if obj.revision == trace.revision else "it has been changed again since: see its history"
        values = batch.previous_values(trace)
        if "outlet" in values and isinstance(obj, Article):
            return ChangeRow(obj, obj.outlet.name, trace.pk, values["outlet"].name, trace, "", again)
        [(name, date)] = values.items()
        return ChangeRow(obj, date_label(getattr(obj, name)), trace.pk, date_label(date), trace, "", again)

    def reaches_readers(self, row: ChangeRow[TrackedModel]) -> bool:
        return row.value.verb != batch.ASSIGN

    def perform(self, rows: list[ChangeRow[TrackedModel]], *, by: User, why: str) -> list[Trace]:
        return batch.undo_changes([row.value for row in rows], by=by, why=why)

    def done(self, count: str, values: dict[str, Any]) -> str:
        return f"Undone for {count}."


BATCH_CHANGES: dict[str, type[BatchChange[Any]]] = {
    change.name: change for change in (OutletChange, DateChange, AssignmentChange, UndoChange)
}


def editor_label(name: str) -> str:
    return "nobody" if name == NOBODY else name


def date_label(edtf: str) -> str:
    """A partial date with its precision: “2019-09 (month)”."""
    if not edtf:
        return "no date"
    date = read_date(edtf)
    return f"{edtf} ({'about, ' if date.approximate else ''}{date.precision})"
