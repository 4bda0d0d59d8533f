"""The filters of a question: outside words in, a narrower set of positions out."""

from collections.abc import Container, Iterable, Mapping, Sequence
from functools import partial

from django import forms
from django.db.models import QuerySet
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from ..documents import Actor, Outlet
from ..documents.vocabulary import ACTOR_KINDS, STANCES, LazyText
from ..models import Position
from ..queries.query_forms import (
    NOT_A_CHOICE,
    BadQuery,
    Choices,
    Parameter,
    QueryForm,
    empty_period_error,
    read_choice,
    read_first_day,
    read_last_day,
)
from ..queries.querysets import select_printings
from .comparison import ORDERS
from .formatting import language_name


class PositionFilter(QueryForm):
    """Narrows the positions on one question to what is asked for.

    `actors` and `outlets` are the documents that may be chosen, `languages` the tags.
    """

    actor = Choices(label=lazy("Actor"), method="by_id")
    kind = Choices(label=lazy("Kind of actor"), field_name="actor_kind")
    outlet = Choices(label=lazy("Printed in"), method="by_outlet")
    stance = Choices(label=lazy("Stance"), choices=[(code, term.word) for code, term in STANCES.items()])
    language = Choices(label=lazy("Language of the article"), method="by_language")
    since = Parameter(read_first_day, label=lazy("Said since"), field_name="latest", lookup_expr="gte")
    until = Parameter(read_last_day, label=lazy("Said until"), field_name="earliest", lookup_expr="lte")
    order = Parameter(
        partial(read_choice, values=tuple(ORDERS), words=NOT_A_CHOICE),
        label=lazy("Order of rows"),
        method="keep_all",
    )

    period = ("since", "until")

    class Meta:
        model = Position
        fields: list[str] = []

    def __init__(
        self,
        data: QueryDict,
        queryset: QuerySet[Position],
        *,
        actors: Sequence[Actor],
        outlets: Sequence[Outlet],
        languages: Iterable[str],
    ):
        super().__init__(data, queryset)
        self.ids = {
            "actor": {actor.slug: actor.id for actor in actors},
            "outlet": {outlet.slug: outlet.id for outlet in outlets},
        }
        kinds = {actor.kind for actor in actors}
        self.choice_field("actor").choices = sort_by_label((actor.slug, actor.name) for actor in actors)
        self.choice_field("outlet").choices = sort_by_label((outlet.slug, outlet.name) for outlet in outlets)
        self.choice_field("kind").choices = [(kind, term.word) for kind, term in ACTOR_KINDS.items() if kind in kinds]
        self.choice_field("language").choices = sort_by_label((tag, language_name(tag)) for tag in languages)

    def choice_field(self, name: str) -> forms.ChoiceField:
        """The field of a parameter of which there are choices."""
        field = self.form.fields[name]
        if not isinstance(field, forms.ChoiceField):
            raise TypeError(f"{name} has no choices")
        return field

    def choices_of(self, name: str) -> Iterable[tuple[str, str | LazyText]]:
        return self.choice_field(name).choices  # type: ignore[return-value]  # the stubs say what may be set

    def by_id(self, queryset: QuerySet[Position], name: str, slugs: list[str]) -> QuerySet[Position]:
        ids = [self.ids[name][slug] for slug in slugs]
        return queryset.filter(**{f"{name}__in": ids}) if ids else queryset

    def by_outlet(self, queryset: QuerySet[Position], name: str, slugs: list[str]) -> QuerySet[Position]:
        if not slugs:
            return queryset
        there = select_printings(outlet__in=[self.ids[name][slug] for slug in slugs])
        return queryset.filter(statement__in=there.values("statement"))

    def by_language(self, queryset: QuerySet[Position], name: str, tags: list[str]) -> QuerySet[Position]:
        return (
            queryset.filter(statement__in=select_printings(language__in=tags).values("statement")) if tags else queryset
        )

    def keep_all(self, queryset: QuerySet[Position], name: str, value: str) -> QuerySet[Position]:
        return queryset

    def filter_positions(self) -> QuerySet[Position]:
        """The positions that are asked for. Raises `BadQuery` with a sentence for each field that is wrong."""
        self.clean_values()
        return self.qs

    def unknown(self) -> str:
        return _("This page knows no filter of that name. It knows %(names)s.") % {"names": ", ".join(self.filters)}

    def contradictions(self, values: dict) -> dict[str, str]:
        since, until = self.period
        return empty_period_error(values[since], values[until], until)

    def refusal(self, errors: dict[str, str]) -> BadQuery:
        return BadQuery(errors, filters=self.as_fields(errors))

    @property
    def stances(self) -> set[str]:
        return set(self.form.cleaned_data["stance"])

    @property
    def row_order(self) -> str:
        return self.form.cleaned_data["order"]

    def as_fields(self, errors: Mapping[str, str] | None = None) -> list[dict]:
        """The form as plain data: of each field `name`, `label`, `type`, `value` or `choices`, and its `error`."""
        fields: list[dict] = []
        for name, field in self.form.fields.items():
            values = self.data.getlist(name)
            part: dict = {"name": name, "label": str(field.label), "error": (errors or {}).get(name, "")}
            if isinstance(self.filters[name], Choices):
                part |= {"type": "several", "choices": as_choices(self.choices_of(name), values)}
            elif name in self.period:
                part |= {"type": "day", "value": values[-1] if values else ""}
            else:
                chosen = values[-1] if values else next(iter(ORDERS))
                part |= {"type": "one", "choices": as_choices(ORDERS.items(), [chosen])}
            fields.append(part)
        return fields


def as_choices(choices: Iterable[tuple[str, str | LazyText]], chosen: Container[str]) -> list[dict]:
    return [{"value": value, "label": str(label), "chosen": value in chosen} for value, label in choices]


def sort_by_label(choices: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    return sorted(choices, key=lambda choice: choice[1].casefold())
