"""Every address of the site: the record's pages, and the desk where the role serves it."""

from django.conf import settings
from django.conf.urls.i18n import i18n_patterns
from django.urls import URLPattern, URLResolver, path
from django.views.generic import RedirectView

from .contact import security_txt

urlpatterns: list[URLPattern | URLResolver] = [path(".well-known/security.txt", security_txt, name="security_txt")]
handler400 = "claimtrack.outages.bad_request"
handler500 = "claimtrack.outages.server_error"
if settings.SERVES_DESK:
    from django.contrib import admin

    from articles.bookmarklet import hand_over_page

    # Outside of the desk's own addresses: whoever comes here is not known yet.
    urlpatterns += [path("hand-over", hand_over_page, name="hand_over"), path("admin/", admin.site.urls)]
if settings.SERVES_PUBLIC:
    from record import urls as record_urls

    # Every language but the default one has a prefix: /ru/claims/x.
    urlpatterns += i18n_patterns(*record_urls.urlpatterns, prefix_default_language=False)
    # Not Django's own: those set a cookie when a request brings one for forms that is out of order.
    handler403 = "record.pages.responses.forbidden"
    handler404 = "record.pages.responses.not_found"
else:
    urlpatterns += [path("", RedirectView.as_view(pattern_name="admin:index"))]
