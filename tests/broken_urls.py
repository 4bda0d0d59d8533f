"""A URLconf with one page that fails, for the test of what readers see then."""

from django.urls import path

from claimtrack.urls import *  # noqa: F403 - the handlers and pages of the site, with one more
from claimtrack.urls import urlpatterns as pages


def broken(request):
    raise RuntimeError("secret of the fault")


urlpatterns = [path("broken", broken), *pages]
