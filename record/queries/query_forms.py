"""What an address asks for: one form for pages, search, lists, exports and the API, made of django-filter's.

A subclass of `QueryForm` declares parameters. An unknown parameter, a value that is none of those that can be, a
parameter given twice that can be given once, and a text that no page knows are errors in words. Nothing is ignored.
"""

import calendar
import re
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from functools import partial
from typing import Any, Generic, TypedDict, TypeVar

import django_filters
from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Model, QuerySet
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from ..documents.vocabulary import LazyText
from ..models import Publication

LONGEST_VALUE = 300
PAGE_SIZE, LAST_PAGE = 25, 400
REPEATED_PARAMETER = lazy("This appears more than once. Use it once.")
NOT_A_CHOICE = lazy("“%(value)s” is not one of the choices here.")
_DAY = re.compile(r"(?P<year>[0-9]{4})(?:-(?P<month>[0-9]{2})(?:-(?P<day>[0-9]{2}))?)?", re.ASCII)

ValueReader = Callable[[str | None], object]
M = TypeVar("M", bound=Model)
T = TypeVar("T")


class BadQuery(Exception):
    """A query that cannot be answered: `errors` maps parameters to sentences, `content` is what the page keeps."""

    status = 400

    def __init__(self, errors: dict[str, str], **content: object) -> None:
        super().__init__("; ".join(errors.values()))
        self.errors, self.content = errors, content


class NothingThere(BadQuery):
    """A query that is well formed, and names what is not there: to programs 404, as any address of nothing."""

    status = 404


class NoSuchPage(Exception):
    """A page past the end, in a sentence."""


class _ReadField(forms.Field):
    """A field whose value is what `read` makes of the text."""

    def __init__(self, read: ValueReader, *, label: str | LazyText | None) -> None:
        super().__init__(label=label)
        self.read = read

    def clean(self, value: str | None) -> object:
        return self.read(value)


class Parameter(django_filters.Filter):
    """A parameter that is given once; `duplicate_message` says so where it is given more often.

    `read` reads what is given, None where nothing is, and may raise `ValidationError`.
    """

    def __init__(
        self, read: ValueReader, *, duplicate_message: str | LazyText = REPEATED_PARAMETER, **kwargs: Any
    ) -> None:
        super().__init__(**kwargs)
        self.read, self.duplicate_message = read, duplicate_message

    @property
    def field(self) -> forms.Field:
        return _ReadField(self.read, label=self.label)


class Choices(django_filters.MultipleChoiceFilter):
    """Any of several values; a value that is not among the choices is refused by name."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, distinct=False, error_messages={"invalid_choice": NOT_A_CHOICE}, **kwargs)


class QueryForm(django_filters.FilterSet):
    """What a query asks for, of the parameters that a subclass declares, narrowing `queryset` if there is one."""

    data: QueryDict

    def __init__(self, data: QueryDict, queryset: QuerySet[Any] | None = None) -> None:
        super().__init__(data, Publication.objects.none() if queryset is None else queryset)

    @classmethod
    def names(cls) -> tuple[str, ...]:
        return tuple(cls.base_filters)

    def clean_values(self) -> dict[str, Any]:
        """The clean values by name. Raises `BadQuery` with a sentence for each parameter that is wrong."""
        errors = {}
        for name, values in self.data.lists():
            if name not in self.filters:
                errors[name[:40]] = self.unknown()
            elif len(values) > 1 and isinstance(parameter := self.filters[name], Parameter):
                errors[name] = str(parameter.duplicate_message)
        errors |= {name: str(messages[0]) for name, messages in self.form.errors.items() if name not in errors}
        errors = errors or self.contradictions(self.form.cleaned_data)
        if errors:
            raise self.refusal(errors)
        return self.form.cleaned_data

    def refuse_others(self, name: str, words: str) -> None:
        """What is said of a value of `name` that is not among its choices."""
        self.form.fields[name].error_messages["invalid_choice"] = words

    def unknown(self) -> str:
        """What is said of a parameter that is none of these."""
        return unknown_parameter(self.filters)

    def contradictions(self, values: dict[str, Any]) -> dict[str, str]:
        """Sentences by name for values that are right alone and not together."""
        return {}

    def refusal(self, errors: dict[str, str]) -> BadQuery:
        return BadQuery(errors)


def read_words(value: str | None, most: int = LONGEST_VALUE) -> str:
    """A text without the space around it, of at most so many characters."""
    text = (value or "").strip()
    if len(text) > most:
        raise ValidationError(_("This is longer than %(most)s characters: search for less.") % {"most": most})
    return text


def read_first_day(value: str | None, *, last: bool = False) -> date | None:
    """The first day that a year, a month or a day can mean, or the `last` one."""
    if not (text := (value or "").strip()[:11]):
        return None
    if not (match := _DAY.fullmatch(text)):
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


read_last_day = partial(read_first_day, last=True)


def empty_period_error(since: date | None, until: date | None, name: str) -> dict[str, str]:
    """The error at `name` of a period that ends before it begins, if it does."""
    empty = since and until and since > until
    return {name: _("This lies before the first day: the period would be empty.")} if empty else {}


def read_number(
    value: str | None, least: int, most: int, words: str | LazyText, absent: int | None = None
) -> int | None:
    """A number from `least` to `most`, `absent` where it is not given; else `words` say what it must be."""
    if value is None:
        return absent
    if not (value.isascii() and value.isdigit()) or not least <= int(value) <= most:
        raise ValidationError(str(words) % {"value": value[:40], "most": most})
    return int(value)


def read_choice(value: str | None, values: Sequence[str], words: str | LazyText) -> str:
    """One of these values, the first where it is not given; else `words` say what it can be."""
    if value is not None and value not in values:
        raise ValidationError(str(words) % {"value": value, "choices": ", ".join(values)})
    return values[0] if value is None else value


def read_seq(value: str | None, name: str) -> int | None:
    """A place in the log, 0 before its first entry. Raises `NoSuchPage` for one that no record reaches."""
    if value is None:
        return None
    if re.fullmatch(r"[0-9]{19,}", value, re.ASCII):
        raise NoSuchPage(_("No record is that long: %(name)s lies beyond it.") % {"name": name})
    if not re.fullmatch(r"0|[1-9][0-9]*", value, re.ASCII):
        words = _("“%(value)s” is not a place in the record: these are whole numbers from 0.")
        hint = " " + _("For the day on which something was said ask said_since.") if name == "since" else ""
        raise ValidationError(words % {"value": value[:40]} + hint)
    return int(value)


def read_cursor(value: str | None, pattern: str) -> tuple[str, ...] | None:
    """Where a list goes on: the parts that `pattern` finds, None where it is not given."""
    if value is None:
        return None
    if not (match := re.fullmatch(pattern, value, re.ASCII)):
        raise ValidationError(_("This is not the address of a next page."))
    return tuple(part or "" for part in match.groups())


def seq_parameter(name: str) -> Parameter:
    """A parameter that names a place in the log."""
    return Parameter(
        partial(read_seq, name=name),
        duplicate_message=lazy("This appears more than once. Use one place in the record."),
    )


def number_parameter(
    least: int, most: int, words: str | LazyText, absent: int | None = None, **kwargs: Any
) -> Parameter:
    """A parameter that is a whole number, as `read_number` has it."""
    return Parameter(partial(read_number, least=least, most=most, words=words, absent=absent), **kwargs)


def cursor_parameter(pattern: str) -> Parameter:
    """A parameter that says where a list goes on."""
    return Parameter(partial(read_cursor, pattern=pattern))


class BeforeForm(QueryForm):
    """The entry or version before which a list is to go on."""

    before = number_parameter(1, 2**31 - 1, lazy("“%(value)s” is not the number of an entry."))


class PageForm(QueryForm):
    """Which page of a list is shown, from 1."""

    page = number_parameter(
        1,
        10**LONGEST_VALUE,
        lazy("“%(value)s” is not the number of a page: pages are counted from 1."),
        absent=1,
        duplicate_message=lazy("This appears more than once. Use one page."),
    )


class PageNumbers(TypedDict):
    """The `number` of a page, and those of the pages before and after it, None where there is none."""

    number: int
    previous: int | None
    next: int | None


class Slice(Generic[M]):
    """The page that `query` asks for of what `select(start, end)` picks.

    `rows` asks for one row more than is shown, to know whether there are more.
    """

    def __init__(self, query: QueryDict, select: Callable[[int, int], QuerySet[M]], size: int = PAGE_SIZE) -> None:
        self.number: int = PageForm(query).clean_values()["page"]
        if self.number > LAST_PAGE:
            raise NoSuchPage(_("Lists here end at page %(last)s.") % {"last": LAST_PAGE})
        self.size = size
        start = (self.number - 1) * size
        self.rows = select(start, start + size + 1)
        self.more = False

    def cut(self, found: list[T]) -> list[T]:
        """What was found without the row too many. Raises `NoSuchPage` past the end."""
        if not found and self.number > 1:
            raise NoSuchPage(_("There is no page %(number)s: the list ends before it.") % {"number": self.number})
        self.more = len(found) > self.size
        return found[: self.size]

    def part(self) -> PageNumbers:
        """This page among the others, as plain data."""
        return {
            "number": self.number,
            "previous": self.number - 1 if self.number > 1 else None,
            "next": self.number + 1 if self.more and self.number < LAST_PAGE else None,
        }


def pick_parameters(query: QueryDict, names: Iterable[str]) -> QueryDict:
    """Of the query the parameters of these names."""
    found = QueryDict(mutable=True)
    for name in names:
        if name in query:
            found.setlist(name, query.getlist(name))
    return found


def drop_empty_parameters(query: QueryDict, names: Iterable[str]) -> QueryDict:
    """The query without the parameters of these names that a browser sends empty."""
    rest = query.copy()
    for name, values in query.lists():
        rest.setlist(name, [value for value in values if value.strip()])
        if name in names and not rest.getlist(name):
            del rest[name]
    return rest


def refuse_bad_characters(query: QueryDict) -> None:
    """Raises `BadQuery` for what no page asks for: NUL and other control characters, broken UTF-8, endless values."""
    for name, values in query.lists():
        shown = name if name.isidentifier() and len(name) < 40 else "query"
        for value in (name, *values):
            if len(value) > LONGEST_VALUE:
                raise BadQuery(
                    {shown: _("This is longer than %(most)s characters: shorten it.") % {"most": LONGEST_VALUE}}
                )
            if "\ufffd" in value:
                raise BadQuery({shown: _("This is not UTF-8 text.")})
            if any(ord(sign) < 32 or 0x7F <= ord(sign) < 0xA0 or 0xD800 <= ord(sign) < 0xE000 for sign in value):
                raise BadQuery({shown: _("This contains a control character, which is not allowed.")})


def refuse_unknown(query: QueryDict, accepts: Iterable[str]) -> None:
    """Raises `BadQuery` for a parameter that the page does not know, so that none is ignored."""
    for name in query:
        if name not in accepts:
            raise BadQuery({name[:40]: unknown_parameter(accepts)})


def unknown_parameter(names: Iterable[str]) -> str:
    """What is said of a parameter that is none of these."""
    known = _("It knows %(names)s.") % {"names": ", ".join(names)} if names else _("It takes none.")
    return " ".join([_("This page knows no parameter of that name."), known])
