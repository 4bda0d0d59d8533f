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
from django.urls import URLPattern, URLResolver, path, reverse

from articles.desk_site import GuardedSite

M = TypeVar("M", bound=Model)

NUL = "\x00"
ROOMS = ("articles", "claims")
DAILY_NOUNS = ("Article", "Statement", "Claim", "Question", "Actor", "Release")  # in the order of use


class DeskConfig(AdminConfig):
    default_site = "claimtrack.desk.DeskSite"


class DeskSite(GuardedSite):
    site_header = site_title = "claimtrack desk"
    index_title = "What needs doing"
    index_template = "admin/desk/index.html"
    site_url = "/" if settings.SERVES_PUBLIC else None

    def index(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> TemplateResponse:
        from articles.editors import acting_editor
        from claims.admin.first_steps import first_steps
        from claims.admin.front_page import assigned_tasks, open_tasks
        from claims.changes.people import may_invite

        me = acting_editor(request)
        tasks = {
            "first": first_steps(me),
            "doing": open_tasks(me),
            "given": assigned_tasks(me),
            "may_invite": may_invite(me),
        }
        return super().index(request, {**tasks, **(extra_context or {})})

    def get_urls(self) -> list[URLPattern | URLResolver]:
        from claims.admin import people_pages as people
        from claims.admin import teamwork_pages
        from claims.admin.discard_pages import discard_page
        from claims.admin.first_steps import first_question_page
        from claims.admin.form_drafts import form_drafts_view
        from claims.admin.search_page import search_page

        return [
            path("drafts/", self.admin_view(form_drafts_view), name="form_drafts"),
            path("search/", self.admin_view(search_page), name="desk_search"),
            path("discard/<str:kind>/<str:key>/", self.admin_view(discard_page), name="desk_discard"),
            path("first-question/", self.admin_view(first_question_page), name="desk_first_question"),
            path("mine/", self.admin_view(teamwork_pages.mine_page), name="desk_mine"),
            path("comment/<str:public_id>/", self.admin_view(teamwork_pages.comment_page), name="desk_comment"),
            path("comment/<int:pk>/settled/", self.admin_view(teamwork_pages.settle_page), name="desk_settle"),
            path("due/<str:public_id>/", self.admin_view(teamwork_pages.due_page), name="desk_due"),
            path("people/", self.admin_view(people.people_page), name="desk_people"),
            path("people/<int:pk>/invitation/", self.admin_view(people.invitation_page), name="desk_invitation"),
            path("people/<int:pk>/leaving/", self.admin_view(people.departure_page), name="desk_departure"),
            # Whoever comes here has no account that they could sign in to yet.
            path("welcome/<uidb64>/<token>/", people.WelcomeView.as_view(), name="desk_welcome"),
            *super().get_urls(),
        ]

    def get_app_list(self, request: HttpRequest, app_label: str | None = None) -> list[dict[str, Any]]:
        """In the order of use: what editors work on every day, then everything else that is recorded."""
        rooms, home = super().get_app_list(request, app_label), reverse("admin:index")
        if app_label:
            return rooms
        nouns = [noun for room in rooms if room["app_label"] in ROOMS for noun in room["models"]]
        by_name = {noun["object_name"]: noun for noun in nouns}
        daily = [by_name[name] for name in DAILY_NOUNS if name in by_name]
        rest = [noun for noun in nouns if noun not in daily]
        for noun in daily:
            if noun["object_name"] == "Release":
                noun["name"] = "Review"
        groups = [
            {"name": name, "models": models, "app_label": f"desk-{name}", "app_url": f"{home}#{name}"}
            for name, models in (("Work", daily), ("Records", rest))
        ]
        others = [room for room in rooms if room["app_label"] not in ROOMS]
        return [*(group for group in groups if group["models"]), *others]

    def visible_search_results(
        self, request: HttpRequest, found: QuerySet[M], fields: Iterable[str], term: str
    ) -> QuerySet[M]:
        from claims.privacy.responses import search_results

        return search_results(request.user, found, fields, term)

    def refuse_blind_save(self, request: HttpRequest, texts: Iterable[str]) -> None:
        from claims.privacy.responses import refuse_blind_save

        refuse_blind_save(request.user, texts)

    def forget_draft(self, request: HttpRequest) -> None:
        from claims.admin.form_drafts import forget_draft

        forget_draft(request)

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
