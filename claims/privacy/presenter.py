"""Lists and read-only fields of Django's admin, which makes HTML of their values in Python."""

from functools import wraps
from inspect import isroutine

from django.db.models import Manager, Model, QuerySet

_OBJECTS = (Model, Manager, QuerySet)


class Presented:
    """An object of the database, or its admin, whose methods and values give what `viewer` may read."""

    def __init__(self, subject, viewer):
        self._subject, self._viewer = subject, viewer

    @property
    def __class__(self):
        return type(self._subject)

    def __getattr__(self, name):
        value = getattr(self._subject, name)
        if isroutine(value):
            return self._redacting(value)
        return _presented(value, self._viewer) if isinstance(self._subject, _OBJECTS) else value

    def __str__(self):
        return self._viewer.text(str(self._subject))

    def __bool__(self):
        return bool(self._subject)

    def __iter__(self):
        return (_presented(value, self._viewer) for value in self._subject)

    def __len__(self):
        return len(self._subject)

    def __getitem__(self, key):
        return _presented(self._subject[key], self._viewer)

    def __eq__(self, other):
        return self._subject == other

    def __hash__(self):
        return hash(self._subject)

    def _redacting(self, method):
        @wraps(method)  # with what its column is called, and ordered by
        def call(*args, **kwargs):
            return _presented(method(*args, **kwargs), self._viewer)

        return call


def _presented(value, viewer):
    if isinstance(value, _OBJECTS):
        return Presented(value, viewer)
    if isinstance(value, list | tuple):
        return [_presented(inner, viewer) for inner in value]
    return viewer.within(value)


def present(context: dict, viewer) -> None:
    """Lets the parts of an admin page that become HTML outside of templates show what `viewer` may read."""
    if changes := context.get("cl"):
        changes.result_list = [Presented(row, viewer) for row in changes.result_list]
        changes.model_admin = Presented(changes.model_admin, viewer)
    if page := context.get("adminform"):
        page.model_admin = Presented(page.model_admin, viewer)
        page.form.instance = Presented(page.form.instance, viewer)
    for inline in context.get("inline_admin_formsets", ()):
        inline.opts = Presented(inline.opts, viewer)
        for form in inline.formset.forms:
            form.instance = Presented(form.instance, viewer)
