"""The public page of a document as readers would see it, before anything is published."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import get_script_prefix, get_urlconf, resolve, set_urlconf
from django.utils import translation

from articles.trace import Refused
from record import urls as record_urls
from record.addresses import address_of
from record.documents import Redirect

from ..publishing.releases import rehearsed

NOTICE = (
    "A preview: this is how readers would see the page. Nothing was published, and links lead to what is public now."
)
# What a page needs to know of the request: nothing of who asks, and nothing of what their browser has kept.
KEPT = ("HTTP_HOST", "SERVER_NAME", "SERVER_PORT", "HTTP_X_FORWARDED_PROTO")


def page_as_readers_would_see(request, objects, public_id: str) -> HttpResponse:
    """The page of what becomes public under `public_id` with `objects`, marked as a preview and kept by nobody.

    It speaks the language of addresses without a prefix. Raises `Refused` where the plan is refused, and where the
    object is not part of it or has no page of its own.
    """
    with rehearsed(objects) as made:
        planned = {one.obj.public_id: one.document for one in [*made.becoming, *made.neighbours]}
        document = planned.get(public_id)
        if document is None:
            raise Refused("That is not among what would become public: choose it again from the plan.")
        if isinstance(document, Redirect):
            raise Refused("It was merged: readers are led to where merging led, and it has no page of its own.")
        response = _answered(request, document)
    del response["ETag"]
    response["Cache-Control"] = "no-store, private"
    response["X-Robots-Tag"] = "noindex"
    return response


def _answered(request, document) -> HttpResponse:
    """What the record's own view answers, by its own addresses: a process of the desk alone has them not."""
    before = get_urlconf()
    set_urlconf(record_urls.__name__)
    try:
        with translation.override(settings.LANGUAGE_CODE):
            asked = HttpRequest()
            asked.method = "GET"
            asked.META = {name: request.META[name] for name in KEPT if name in request.META}
            asked.path = address_of(document)
            asked.path_info = "/" + asked.path.removeprefix(get_script_prefix())
            asked.preview = NOTICE
            found = resolve(asked.path_info)
            return found.func(asked, *found.args, **found.kwargs)
    finally:
        set_urlconf(before)
