"""The desk: Django's admin site with our name on it, a front page that says what needs doing, and two guards."""

from django.conf import settings
from django.contrib import admin
from django.contrib.admin.apps import AdminConfig
from django.contrib.admin.options import TO_FIELD_VAR
from django.shortcuts import render

NUL = "\x00"


class DeskConfig(AdminConfig):
    default_site = "claimtrack.desk.DeskSite"


class DeskSite(admin.AdminSite):
    site_header = site_title = "claimtrack desk"
    index_title = "What needs doing"
    index_template = "admin/desk/index.html"
    site_url = "/" if settings.SERVES_PUBLIC else None

    def index(self, request, extra_context=None):
        from claims.admin.front_page import assigned_tasks, open_tasks

        given = {"doing": open_tasks(request.user), "given": assigned_tasks(request.user)}
        return super().index(request, {**given, **(extra_context or {})})

    def visible_search_results(self, request, found, fields, term):
        """What a search finds for this user: nothing that only a name which they may not read has found."""
        from claims.privacy.responses import search_results

        return search_results(request.user, found, fields, term)

    def refuse_blind_save(self, request, texts):
        """Raises `Refusal` where a save would replace texts that hold a name which this user may not read."""
        from claims.privacy.responses import refuse_blind_save

        refuse_blind_save(request.user, texts)

    def admin_view(self, view, cacheable=False):
        """Every page of the desk goes out without what its user may not read, and refuses an address with a NUL byte.

        PostgreSQL fails on one, wherever it ends up.
        """
        from claims.privacy.responses import redacted_response

        inner = super().admin_view(view, cacheable)

        def guarded(request, *args, **kwargs):
            asked = [request.path, *request.GET, *(value for values in request.GET.lists() for value in values[1])]
            if any(NUL in text for text in asked):
                return render(request, "admin/desk/refused_request.html", {"title": "Unreadable address"}, status=400)
            drop_empty_to_field(request)
            return redacted_response(request, lambda: inner(request, *args, **kwargs))

        return guarded


def drop_empty_to_field(request) -> None:
    """Without a `_to_field` that names none: Django would look for a field without a name."""
    for method in ("GET", "POST"):
        query = getattr(request, method)
        if query.get(TO_FIELD_VAR) == "":
            query = query.copy()
            del query[TO_FIELD_VAR]
            setattr(request, method, query)
