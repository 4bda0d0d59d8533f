"""When the page of a document changed: its map for programs that ask for the past by date (mementos.py)."""

from django.http import HttpRequest, HttpResponse

from ..documents.addresses import address_of
from ..documents.entries import Head
from ..queries import querysets
from ..queries.changes_of_pages import recent_publications_about
from .mementos import LINK_FORMAT, map_text
from .responses import ANY_KIND, public_view

MAX_MEMENTOS = 500  # the newest; the gate leads to those before them


@public_view(of=ANY_KIND)
def timemap(request: HttpRequest, now: Head, *, twin: bool, kind: str, slug: str) -> HttpResponse:
    """The entries that changed the page, or what stands on it."""
    document = querysets.document_at(kind, slug)
    original = request.build_absolute_uri(address_of(document))
    rows = recent_publications_about(kind, document.id, MAX_MEMENTOS)
    return HttpResponse(map_text(original, f"{original}/timemap", rows), content_type=LINK_FORMAT)
