"""The one door of the desk: each of its answers is made for whoever asks, and none leaves past the redactor."""

import json
from collections.abc import Iterable
from functools import wraps
from inspect import isroutine

from django.db.models import Manager, Model, QuerySet
from django.http import HttpResponse, JsonResponse
from django.shortcuts import render

from articles.tracked_changes import Refusal

from .redactor import Redactor, has_mark
from .viewer import SentValues, Viewer, may_see_names, use_viewer, visible_results

_DATABASE_TYPES = (Model, Manager, QuerySet)


class RedactingProxy:
    """An object of the database, or its admin, whose methods and values give what `viewer` may read."""

    def __init__(self, subject, viewer):
        self._subject, self._viewer = subject, viewer

    @property
    def __class__(self):
        return type(self._subject)

    def __getattr__(self, name):
        value = getattr(self._subject, name)
        if isroutine(value):
            return self._redact_results(value)
        return _redact_value(value, self._viewer) if isinstance(self._subject, _DATABASE_TYPES) else value

    def __str__(self):
        return self._viewer.text(str(self._subject))

    def __bool__(self):
        return bool(self._subject)

    def __iter__(self):
        return (_redact_value(value, self._viewer) for value in self._subject)

    def __len__(self):
        return len(self._subject)

    def __getitem__(self, key):
        return _redact_value(self._subject[key], self._viewer)

    def __eq__(self, other):
        return self._subject == other

    def __hash__(self):
        return hash(self._subject)

    def _redact_results(self, method):
        @wraps(method)  # with what its column is called, and ordered by
        def call(*args, **kwargs):
            return _redact_value(method(*args, **kwargs), self._viewer)

        return call


def _redact_value(value, viewer):
    if isinstance(value, _DATABASE_TYPES):
        return RedactingProxy(value, viewer)
    if isinstance(value, list | tuple):
        return [_redact_value(inner, viewer) for inner in value]
    return viewer.within(value)


def redact_admin_context(context: dict, viewer) -> None:
    """Lets the parts of an admin page that become HTML outside of templates show what `viewer` may read."""
    if changes := context.get("cl"):
        changes.result_list = [RedactingProxy(row, viewer) for row in changes.result_list]
        changes.model_admin = RedactingProxy(changes.model_admin, viewer)
    if page := context.get("adminform"):
        page.model_admin = RedactingProxy(page.model_admin, viewer)
        page.form.instance = RedactingProxy(page.form.instance, viewer)
    for inline in context.get("inline_admin_formsets", ()):
        inline.opts = RedactingProxy(inline.opts, viewer)
        for form in inline.formset.forms:
            form.instance = RedactingProxy(form.instance, viewer)


REFUSAL_SENTENCE = (
    "What you sent contains a name that is withheld from you, and saving it would overwrite the name. Nothing was "
    "changed. Ask somebody who may see withheld names."
)
UNREADABLE_SENTENCE = "This cannot be shown to somebody who may not see withheld names."


class RedactableJsonResponse(JsonResponse):
    """A JSON answer whose HTML, which a template has made, is told from its texts."""

    def __init__(self, data, **kwargs):
        self.data = data
        super().__init__(data, **kwargs)


def redacted_response(request, view) -> HttpResponse:
    """What `view()` answers, as the user of this request may read it (docs/decisions/withheld-names.md)."""
    if may_see_names(request.user) or not request.user.is_staff:
        return view()
    posted = [value for query in (request.GET, request.POST) for _, values in query.lists() for value in values]
    if request.method == "POST" and has_mark(posted):
        return refusal_response(request, "A withheld name", REFUSAL_SENTENCE)
    redactor = Redactor.load()
    viewer = Viewer(redactor, SentValues.of(request)) if redactor else None
    with use_viewer(viewer):
        response = view()
        if hasattr(response, "render") and not response.is_rendered:
            if viewer:
                redact_admin_context(response.context_data or {}, viewer)
            response = response.render()
        return redact_response(viewer, request, response) if viewer else response


def redact_response(viewer: Viewer, request, response) -> HttpResponse:
    """JSON and plain text redacted; HTML, which templates have made, and scripts as they are; nothing else."""
    if not response.streaming and not response.content:
        return response
    kind = response.get("Content-Type", "").partition(";")[0]
    if response.streaming or not (kind.startswith("text/") or isinstance(response, JsonResponse)):
        return refusal_response(request, "A withheld name", UNREADABLE_SENTENCE)
    if isinstance(response, JsonResponse):
        data = response.data if isinstance(response, RedactableJsonResponse) else json.loads(response.content)
        response.content = json.dumps(viewer.within(data))
    elif kind not in ("text/html", "text/javascript"):
        response.content = viewer.text(response.text)
    return response


def refusal_response(request, title: str, why: str) -> HttpResponse:
    """The page that says why there is no other."""
    return render(request, "admin/desk/refused_request.html", {"title": title, "why": why}, status=403)


def search_results(user, found, fields: Iterable[str], term: str):
    """What a search finds for `user`: nothing that only a name which they may not read has found."""
    if may_see_names(user) or not term.strip():
        return found
    redactor = Redactor.load()
    return visible_results(found, fields, term, redactor) if redactor else found


def refuse_blind_save(user, texts: Iterable[str]) -> None:
    """Refuses to replace what holds a name which `user` may not read, even where no mark came back."""
    redactor = None if may_see_names(user) else Redactor.load()
    if redactor and any(redactor.redact(text) != text for text in texts):
        raise Refusal("This contains a name that is withheld from you. Ask somebody who may see it to make the change.")
