"""Every address of the site: the record's pages, and the desk where the role serves it."""

from django.conf import settings
from django.urls import include, path
from django.views.generic import RedirectView

urlpatterns = []
if settings.SERVES_DESK:
    from django.contrib import admin

    urlpatterns += [path("admin/", admin.site.urls)]
if settings.SERVES_PUBLIC:
    urlpatterns += [path("", include("record.urls"))]
else:
    urlpatterns += [path("", RedirectView.as_view(pattern_name="admin:index"))]
