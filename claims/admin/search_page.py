"""One search over everything at the desk: saved texts, and whatever is recorded, each noun as far as one may see it."""

from typing import Any
from urllib.parse import urlencode

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.db.models import Model, QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.text import capfirst

from articles.desk_admin import desk_page
from articles.desk_forms import is_key
from articles.models import Article, Capture, Outlet
from record.search.query import read_query

from ..desk_search import DeskHit, DeskResult, find_objects
from ..models import Actor, Claim, Question, Statement, Topic
from ..privacy.redactor import Redactor
from ..privacy.viewer import may_see_names
from .workflow import desk_address, list_address

# What is searched, in the order in which it is shown.
SEARCHED: list[type[Model]] = [Capture, Statement, Claim, Actor, Question, Article, Outlet, Topic]
RELATED = {Capture: ("article__outlet",), Statement: ("speaker",), Article: ("outlet",)}
SHOWN_OF_EACH, SHOWN_OF_ONE = 5, 30


def search_page(request: HttpRequest) -> HttpResponse:
    """What is found for `q`: the newest of each noun, or with `in` all of one, page by page (`after`)."""
    visible = [model for model in SEARCHED if admin.site.get_model_admin(model).has_view_permission(request)]
    if not visible:
        raise PermissionDenied
    q, within, after = (request.GET.get(name, "") for name in ("q", "in", "after"))
    asked = read_query(q)
    chosen = [model for model in visible if model._meta.model_name == within]
    refused = ""
    if within and not chosen:
        refused = "That is not something that can be searched: everything is shown."
    redactor = None if may_see_names(request.user) else Redactor.load() or None
    below = int(after) if chosen and is_key(after) else None
    limit = SHOWN_OF_ONE if chosen else SHOWN_OF_EACH
    results = [
        find_objects(_rows(model), asked, limit=limit, below=below, redactor=redactor)
        for model in (chosen or visible)
        if asked
    ]
    context: dict[str, Any] = {
        "query": q,
        "refused": refused,
        "asked": bool(asked),
        "results": [_section(result, q, chosen=bool(chosen)) for result in results if result.hits],
        "everything": f"?{urlencode({'q': q})}" if chosen else "",
    }
    return desk_page(request, "admin/desk/search.html", model=Statement, title="Search", **context)


def _rows(model: type[Model]) -> QuerySet:
    return model._base_manager.select_related(*RELATED.get(model, (None,)))


def _section(result: DeskResult, q: str, *, chosen: bool) -> dict[str, Any]:
    model = result.model
    more = {"q": q, "in": model._meta.model_name} | ({"after": result.after} if chosen else {})
    return {
        "title": capfirst(str(model._meta.verbose_name_plural)),
        "name": model._meta.model_name,
        "hits": [(hit, _address(hit)) for hit in result.hits],
        "more": f"?{urlencode(more)}" if result.after is not None else "",
        "list": list_address(model, urlencode({"q": q})),
    }


def _address(hit: DeskHit) -> str:
    """The page of what was found; of words in a saved text, the place in the workspace."""
    if not isinstance(hit.obj, Capture):
        return desk_address(hit.obj)
    place = {"capture": hit.obj.pk, "words": hit.words, "occurrence": hit.occurrence}
    return f"{reverse('admin:articles_article_workspace', args=[hit.obj.article_id])}?{urlencode(place)}"
