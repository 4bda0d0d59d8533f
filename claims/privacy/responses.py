"""The one door of the desk: each of its answers is made for whoever asks, and none leaves past the redactor."""

import json
from collections.abc import Callable, Iterable, Iterator
from functools import wraps
from inspect import isroutine
from typing import Any, TypeVar

from django.db.models import Manager, Model, QuerySet
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.template.response import SimpleTemplateResponse

from articles.editors import AnyUser
from articles.tracked_changes import Refusal

from .redactor import Redactor, has_mark
from .viewer import SentValues, Viewer, may_see_names, use_viewer, visible_results

M = TypeVar("M", bound=Model)

_DATABASE_TYPES = (Model, Manager, QuerySet)


class RedactingProxy:
    """An object of the database, or its admin, whose methods and values give what `viewer` may read."""

    def __init__(self, subject: Any, viewer: Viewer) -> None:
        self._subject, self._viewer = subject, viewer

    @property  # type: ignore[misc]  # that of `object` can be set, and nobody sets this one
    def __class__(self) -> type:
        return type(self._subject)

    def __getattr__(self, name: str) -> Any:
        value = getattr(self._subject, name)
        if isroutine(value):
            return self._redact_results(value)
        return _redact_value(value, self._viewer) if isinstance(self._subject, _DATABASE_TYPES) else value

    def __str__(self) -> str:
        return self._viewer.text(str(self._subject))

    def __bool__(self) -> bool:
        return bool(self._subject)

    def __iter__(self) -> Iterator[Any]:
        return (_redact_value(value, self._viewer) for value in self._subject)

    def __len__(self) -> int:
        return len(self._subject)

    def __getitem__(self, key: Any) -> Any:
        return _redact_value(self._subject[key], self._viewer)

    def __eq__(self, other: object) -> bool:
        return self._subject == other

    def __hash__(self) -> int:
        return hash(self._subject)

    def _redact_results(self, method: Callable[..., Any]) -> Callable[..., Any]:
        @wraps(method)  # with what its column is called, and ordered by
        def call(*args: Any, **kwargs: Any) -> Any:
            return _redact_value(method(*args, **kwargs), self._viewer)

        return call


def _redact_value(value: Any, viewer: Viewer) -> Any:
    if isinstance(value, _DATABASE_TYPES):
        return RedactingProxy(value, viewer)
    if isinstance(value, list | tuple):
        return [_redact_value(inner, viewer) for inner in value]
    return viewer.redact_value(value)


def redact_admin_context(context: dict[str, Any], viewer: Viewer) -> None:
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

    def __init__(self, data: Any, **kwargs: Any) -> None:
        self.data = data
        super().__init__(data, **kwargs)


def answer_redacted(request: HttpRequest, view: Callable[[], HttpResponseBase]) -> HttpResponseBase:
    """What `view()` answers, as the user of this request may read it (docs/decisions/withheld-names.md)."""
    if may_see_names(request.user) or not request.user.is_staff:
        return view()
    posted = [value for query in (request.GET, request.POST) for _, values in query.lists() for value in values]
    if request.method == "POST" and has_mark(posted):
        return refusal_response(request, "A withheld name", REFUSAL_SENTENCE)
    redactor = Redactor.load()
    viewer = Viewer(redactor, SentValues.from_request(request)) if redactor else None
    with use_viewer(viewer):
        response = view()
        if isinstance(response, SimpleTemplateResponse) and not response.is_rendered:
            if viewer:
                redact_admin_context(response.context_data or {}, viewer)
            response = response.render()
        return redact_content(viewer, request, response) if viewer else response


def redact_content(viewer: Viewer, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
    """JSON and plain text redacted; HTML, which templates have made, and scripts as they are; nothing else."""
    if not isinstance(response, HttpResponse):  # it is streamed
        return refusal_response(request, "A withheld name", UNREADABLE_SENTENCE)
    if not response.content:
        return response
    kind = response.get("Content-Type", "").partition(";")[0]
    if not (kind.startswith("text/") or isinstance(response, JsonResponse)):
        return refusal_response(request, "A withheld name", UNREADABLE_SENTENCE)
    if isinstance(response, JsonResponse):
        data = response.data if isinstance(response, RedactableJsonResponse) else json.loads(response.content)
        response.content = json.dumps(viewer.redact_value(data))
    elif kind not in ("text/html", "text/javascript"):
        response.content = viewer.text(response.text)
    return response


def refusal_response(request: HttpRequest, title: str, why: str) -> HttpResponse:
    """The page that says why there is no other."""
    return render(request, "admin/desk/refused_request.html", {"title": title, "why": why}, status=403)


def search_results(user: AnyUser, found: QuerySet[M], fields: Iterable[str], term: str) -> QuerySet[M]:
    """What a search finds for `user`: nothing that only a name which they may not read has found."""
    if may_see_names(user) or not term.strip():
        return found
    redactor = Redactor.load()
    return visible_results(found, fields, term, redactor) if redactor else found


def refuse_blind_save(user: AnyUser, texts: Iterable[str]) -> None:
    """Refuses to replace what holds a name which `user` may not read, even where no mark came back."""
    redactor = None if may_see_names(user) else Redactor.load()
    if redactor and any(redactor.redact(text) != text for text in texts):
        raise Refusal("This contains a name that is withheld from you. Ask somebody who may see it to make the change.")
