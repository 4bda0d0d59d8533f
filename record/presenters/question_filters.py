"""The filters of a question: outside words in, a narrower set of positions out."""

from functools import partial

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from ..documents.vocabulary import ACTOR_KINDS, STANCES
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
        method="unchanged",
    )

    period = ("since", "until")

    class Meta:
        model = Position
        fields = []

    def __init__(self, data, queryset, *, actors, outlets, languages):
        super().__init__(data, queryset)
        self.ids = {
            "actor": {actor.slug: actor.id for actor in actors},
            "outlet": {outlet.slug: outlet.id for outlet in outlets},
        }
        kinds = {actor.kind for actor in actors}
        fields = self.form.fields
        fields["actor"].choices = sorted(((actor.slug, actor.name) for actor in actors), key=choice_sort_key)
        fields["outlet"].choices = sorted(((outlet.slug, outlet.name) for outlet in outlets), key=choice_sort_key)
        fields["kind"].choices = [(kind, term.word) for kind, term in ACTOR_KINDS.items() if kind in kinds]
        fields["language"].choices = sorted(((tag, language_name(tag)) for tag in languages), key=choice_sort_key)

    def by_id(self, queryset, name, slugs):
        ids = [self.ids[name][slug] for slug in slugs]
        return queryset.filter(**{f"{name}__in": ids}) if ids else queryset

    def by_outlet(self, queryset, name, slugs):
        if not slugs:
            return queryset
        there = select_printings(outlet__in=[self.ids[name][slug] for slug in slugs])
        return queryset.filter(statement__in=there.values("statement"))

    def by_language(self, queryset, name, tags):
        return (
            queryset.filter(statement__in=select_printings(language__in=tags).values("statement")) if tags else queryset
        )

    def unchanged(self, queryset, name, value):
        return queryset

    def filter_positions(self):
        """The positions that are asked for. Raises `BadQuery` with a sentence for each field that is wrong."""
        self.clean_values()
        return self.qs

    def unknown(self) -> str:
        return _("This page knows no filter of that name. It knows %(names)s.") % {"names": ", ".join(self.filters)}

    def contradictions(self, values):
        since, until = self.period
        return empty_period_error(values[since], values[until], until)

    def refusal(self, errors):
        return BadQuery(errors, filters=self.as_fields(errors))

    @property
    def stances(self) -> set[str]:
        return set(self.form.cleaned_data["stance"])

    @property
    def row_order(self) -> str:
        return self.form.cleaned_data["order"]

    def as_fields(self, errors=None) -> list[dict]:
        """The form as plain data: of each field `name`, `label`, `type`, `value` or `choices`, and its `error`."""
        fields = []
        for name, field in self.form.fields.items():
            given = self.data.getlist(name)
            part = {"name": name, "label": str(field.label), "error": (errors or {}).get(name, "")}
            if isinstance(self.filters[name], Choices):
                part |= {"type": "several", "choices": as_choices(field.choices, given)}
            elif name in self.period:
                part |= {"type": "day", "value": given[-1] if given else ""}
            else:
                chosen = given[-1] if given else next(iter(ORDERS))
                part |= {"type": "one", "choices": as_choices(ORDERS.items(), [chosen])}
            fields.append(part)
        return fields


def as_choices(choices, chosen):
    return [{"value": value, "label": str(label), "chosen": value in chosen} for value, label in choices]


def choice_sort_key(choice):
    return str(choice[1]).casefold()
