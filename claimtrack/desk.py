"""The desk: Django's admin site with our name on it, a front page that says what needs doing, and two guards."""

from collections.abc import Callable, Iterable
from typing import Any, TypeVar

from django.conf import settings
from django.contrib.admin.apps import AdminConfig
from django.contrib.admin.options import TO_FIELD_VAR
from django.db.models import Model, QuerySet
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.template.response import TemplateResponse

from articles.desk_site import GuardedSite

M = TypeVar("M", bound=Model)

NUL = "\x00"


class DeskConfig(AdminConfig):
    default_site = "claimtrack.desk.DeskSite"


class DeskSite(GuardedSite):
    site_header = site_title = "claimtrack desk"
    index_title = "What needs doing"
    index_template = "admin/desk/index.html"
    site_url = "/" if settings.SERVES_PUBLIC else None

    def index(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> TemplateResponse:
        from articles.editors import acting_editor
        from claims.admin.front_page import assigned_tasks, open_tasks

        tasks = {"doing": open_tasks(request.user), "given": assigned_tasks(acting_editor(request))}
        return super().index(request, {**tasks, **(extra_context or {})})

    def visible_search_results(
        self, request: HttpRequest, found: QuerySet[M], fields: Iterable[str], term: str
    ) -> QuerySet[M]:
        from claims.privacy.responses import search_results

        return search_results(request.user, found, fields, term)

    def refuse_blind_save(self, request: HttpRequest, texts: Iterable[str]) -> None:
        from claims.privacy.responses import refuse_blind_save

        refuse_blind_save(request.user, texts)

    def admin_view(  # type: ignore[override]  # the stub promises the very type of `view`
        self, view: Callable[..., HttpResponseBase], cacheable: bool = False
    ) -> Callable[..., HttpResponseBase]:
        """Every page of the desk goes out without what its user may not read, and refuses an address with a NUL byte.

        PostgreSQL fails on one, wherever it ends up.
        """
        from claims.privacy.responses import answer_redacted

        from .security_log import log_names_shown

        inner = super().admin_view(view, cacheable)

        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            asked = [request.path, *request.GET, *(value for values in request.GET.lists() for value in values[1])]
            if any(NUL in text for text in asked):
                return render(request, "admin/desk/refused_request.html", {"title": "Unreadable address"}, status=400)
            drop_empty_to_field(request)
            response = answer_redacted(request, lambda: inner(request, *args, **kwargs))
            log_names_shown(request, response)
            return response

        return guarded


def drop_empty_to_field(request: HttpRequest) -> None:
    """Without a `_to_field` that names none: Django would look for a field without a name."""
    for method in ("GET", "POST"):
        query = getattr(request, method)
        if query.get(TO_FIELD_VAR) == "":
            query = query.copy()
            del query[TO_FIELD_VAR]
            setattr(request, method, query)
