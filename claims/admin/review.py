"""The review queue, and the one page on which something is submitted, sent back, published or withdrawn."""

from django.contrib import admin
from django.urls import path

from articles.verbadmin import ReadOnlyAdmin

from ..models import Release


@admin.register(Release)
class ReleaseAdmin(ReadOnlyAdmin):
    list_display = ["label", "kind", "state", "submitted_by", "submitted_at", "note"]
    list_filter = ["state", "kind"]
    list_select_related = ["submitted_by"]
    search_fields = ["label", "note", "=public_id"]
    empty_text = "Nothing waits for review. What editors submit stands here, the oldest first."

    def get_urls(self):
        wrap = self.admin_site.admin_view
        return [path("act/<str:act>/", wrap(self.act_view), name="claims_release_act"), *super().get_urls()]

    def act_view(self, request, act):
        raise NotImplementedError
