"""The filters of a question: outside words in, a narrower set of positions out (django-filter).

An unknown parameter, a value that is not among the choices, a parameter given twice that can be given once, and a
date that is none are errors in words. Nothing is ignored.
"""

import calendar
import re
from datetime import date

import django_filters
from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from .comparison import ORDERS
from .models import Position
from .querysets import printed_in
from .twins import BadQuery
from .vocabulary import ACTOR_KINDS, STANCES
from .words import language_name

_DAY = re.compile(r"(?P<year>[0-9]{4})(?:-(?P<month>[0-9]{2})(?:-(?P<day>[0-9]{2}))?)?", re.ASCII)


class DayField(forms.CharField):
    """A year, a month or a day. Its value is the first day that it can mean, or with `last=True` the last one."""

    def __init__(self, *args, last=False, **kwargs):
        super().__init__(*args, max_length=10, **kwargs)
        self.last = last

    def clean(self, value):
        text = super().clean(value)
        return read_day(text, last=self.last) if text else None


def read_day(text: str, *, last: bool) -> date:
    """The first or the last day that `text` means; `ValidationError` with a sentence if it is no date."""
    match = _DAY.fullmatch(text)
    if not match:
        raise ValidationError(_("“%(value)s” is not a date: write 2019, 2019-09 or 2019-09-03.") % {"value": text})
    year, month, day = int(match["year"]), match["month"], match["day"]
    try:
        if day:
            return date(year, int(month), int(day))
        if month:
            return date(year, int(month), calendar.monthrange(year, int(month))[1] if last else 1)
        return date(year, 12, 31) if last else date(year, 1, 1)
    except ValueError:  # also calendar.IllegalMonthError
        raise ValidationError(_("“%(value)s” is not in the calendar.") % {"value": text}) from None


class DayFilter(django_filters.Filter):
    field_class = DayField


class Choices(django_filters.MultipleChoiceFilter):
    """Any of several values; a value that is not among the choices is refused by name."""

    def __init__(self, *args, **kwargs):
        unknown = lazy("“%(value)s” is not one of the choices here.")
        super().__init__(*args, distinct=False, error_messages={"invalid_choice": unknown}, **kwargs)


class PositionFilter(django_filters.FilterSet):
    """Narrows the positions on one question to what is asked for.

    `actors` and `outlets` are the documents that may be chosen, `languages` the tags.
    """

    actor = Choices(label=lazy("Actor"), method="by_id")
    kind = Choices(label=lazy("Kind of actor"), field_name="actor_kind")
    outlet = Choices(label=lazy("Printed in"), method="by_outlet")
    stance = Choices(label=lazy("Stance"), choices=[(code, term.word) for code, term in STANCES.items()])
    language = Choices(label=lazy("Language of the article"), method="by_language")
    since = DayFilter(label=lazy("Said since"), field_name="latest", lookup_expr="gte")
    until = DayFilter(label=lazy("Said until"), field_name="earliest", lookup_expr="lte", last=True)
    order = django_filters.ChoiceFilter(label=lazy("Order of rows"), choices=list(ORDERS.items()), method="unchanged")

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
        fields["actor"].choices = sorted(((actor.slug, actor.name) for actor in actors), key=by_label)
        fields["outlet"].choices = sorted(((outlet.slug, outlet.name) for outlet in outlets), key=by_label)
        fields["kind"].choices = [(kind, term.word) for kind, term in ACTOR_KINDS.items() if kind in kinds]
        fields["language"].choices = sorted(((tag, language_name(tag)) for tag in languages), key=by_label)
        fields["order"].error_messages["invalid_choice"] = lazy("“%(value)s” is not one of the choices here.")

    def by_id(self, queryset, name, slugs):
        ids = [self.ids[name][slug] for slug in slugs]
        return queryset.filter(**{f"{name}__in": ids}) if ids else queryset

    def by_outlet(self, queryset, name, slugs):
        if not slugs:
            return queryset
        there = printed_in(outlet__in=[self.ids[name][slug] for slug in slugs])
        return queryset.filter(statement__in=there.values("statement"))

    def by_language(self, queryset, name, tags):
        return queryset.filter(statement__in=printed_in(language__in=tags).values("statement")) if tags else queryset

    def unchanged(self, queryset, name, value):
        return queryset

    def narrowed(self):
        """The positions that are asked for. Raises `BadQuery` with a sentence for each field that is wrong."""
        errors = {}
        for name in self.data:
            if name not in self.filters:
                words = _("This page knows no filter of that name. It knows %(names)s.")
                errors[name[:40]] = words % {"names": ", ".join(self.filters)}
            once = name in self.filters and not isinstance(self.filters[name], Choices)
            if once and len(self.data.getlist(name)) > 1:
                errors[name] = _("This is given more than once: give it once.")
        errors |= {name: str(messages[0]) for name, messages in self.form.errors.items() if name not in errors}
        if not errors:
            since, until = (self.form.cleaned_data[name] for name in self.period)
            if since and until and since > until:
                errors[self.period[1]] = _("This lies before the first day: the period would be empty.")
        if errors:
            raise BadQuery(errors, filters=self.as_fields(errors))
        return self.qs

    @property
    def stances(self) -> set[str]:
        return set(self.form.cleaned_data["stance"])

    @property
    def row_order(self) -> str:
        return self.form.cleaned_data["order"] or next(iter(ORDERS))

    @property
    def is_narrowed(self) -> bool:
        """Whether anything but the order has been asked for."""
        return any(name != "order" for name in self.data)

    def as_fields(self, errors=None) -> list[dict]:
        """The form as plain data: of each field `name`, `label`, `type`, `value` or `choices`, and its `error`."""
        fields = []
        for name, field in self.form.fields.items():
            given = self.data.getlist(name)
            part = {"name": name, "label": str(field.label), "error": (errors or {}).get(name, "")}
            if isinstance(self.filters[name], Choices):
                part |= {"type": "several", "choices": as_choices(field.choices, given)}
            elif isinstance(self.filters[name], DayFilter):
                part |= {"type": "day", "value": given[-1] if given else ""}
            else:
                chosen = given[-1] if given else next(iter(ORDERS))
                part |= {"type": "one", "choices": as_choices(ORDERS.items(), [chosen])}
            fields.append(part)
        return fields


def as_choices(choices, chosen):
    return [{"value": value, "label": str(label), "chosen": value in chosen} for value, label in choices]


def by_label(choice):
    return str(choice[1]).casefold()
