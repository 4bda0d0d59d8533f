"""Feeds: the whole record, its corrections, and everything that stands at an address."""

from django.conf import settings
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from .. import feeds, querysets
from ..addresses import address_of
from ..changelog import changes
from ..held import held_by_claim, title_of
from ..linked.site import this_site
from ..twins import answered

ENTRIES = 50


@answered()
def whole(request, now, *, twin):
    """What was published lately, whatever it is."""
    about = _("Everything that is published, changed or withdrawn, with the public reasons.")
    return told(request, querysets.lately(ENTRIES), settings.SITE_NAME, about, page=reverse("home"))


@answered()
def corrected(request, now, *, twin):
    """What was changed or withdrawn."""
    title = _("%(site)s: corrections") % {"site": settings.SITE_NAME}
    about = _("What had been published and was changed or taken back, with the public reason, newest first.")
    return told(request, querysets.corrections(ENTRIES), title, about, page=reverse("corrections"))


@answered()
def about(request, now, *, twin, kind, slug):
    """What changed on the page of one document: itself, and what stands on its page."""
    document = querysets.at(kind, slug)
    name = title_of(document, held_by_claim([document]).get(document.id, ""))
    title = _("%(name)s – %(site)s") % {"name": name, "site": settings.SITE_NAME}
    words = _("What is published and changed here, with the public reasons: %(name)s") % {"name": name}
    return told(request, querysets.lately_about(kind, document.id, ENTRIES), title, words, page=address_of(document))


def told(request, rows, title: str, subtitle: str, *, page: str) -> HttpResponse:
    """The rows as a feed."""
    body = feeds.atom(
        title=title,
        subtitle=subtitle,
        address=request.path,
        page=page,
        root=request.build_absolute_uri("/").rstrip("/"),
        changes=changes(rows, querysets.replaced_by(rows)),
        site=this_site(),
    )
    response = HttpResponse(body, content_type=feeds.CONTENT_TYPE)
    response["Access-Control-Allow-Origin"] = "*"
    return response
