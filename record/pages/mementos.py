"""Pages of the past for programs that ask by date (Memento, RFC 7089).

Every page of which there is a past is the gate to it: asked with `Accept-Datetime` it leads to itself at the last entry
of the log that was published by then, or at its first one. Its map lists the entries at which it changed.
"""

from collections.abc import Iterable
from datetime import UTC, datetime

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.cache import patch_vary_headers
from django.utils.http import http_date, parse_http_date_safe
from django.utils.translation import gettext as _

from ..documents.entries import Head
from ..models import Publication
from ..queries import querysets
from ..queries.moment import PARAMETER, entry_at
from ..queries.query_forms import BadQuery
from ..queries.querysets import PUBLIC_ALIAS

HEADER = "Accept-Datetime"
LINK_FORMAT = "application/link-format"


def gate_response(request: HttpRequest, kind: str, slug: str) -> HttpResponse | None:
    """Where the page was at the date that is asked for; None where no date is, or nothing was published yet.

    `kind` and `slug` are those of the page's document, "" where it is of none. Raises `BadQuery` in words.
    """
    if not (text := request.headers.get(HEADER)):
        return None
    if (seconds := parse_http_date_safe(text)) is None:
        words = _("“%(value)s” is not a date of HTTP: write it as Sun, 01 Mar 2020 09:30:00 GMT.")
        raise BadQuery({HEADER: words % {"value": text[:40]}})
    first = querysets.first_entry_at(kind, slug) if slug else 1
    seq = max(entry_at(datetime.fromtimestamp(seconds, UTC), PUBLIC_ALIAS), first)
    if seq > querysets.head().seq:
        return None
    query = request.META.get("QUERY_STRING", "")
    return HttpResponseRedirect(f"{request.path}?{f'{query}&' if query else ''}{PARAMETER}={seq}")


def set_gate_headers(request: HttpRequest, response: HttpResponse, kind: str, slug: str) -> None:
    """Names the page of now, which is the gate too, and its map."""
    query = f"?{request.GET.urlencode()}" if request.GET else ""
    links = [f'<{request.build_absolute_uri(f"{request.path}{query}")}>; rel="original timegate"']
    if slug:
        address = request.build_absolute_uri(reverse(f"{kind}_timemap", kwargs={"slug": slug}))
        links.append(f'<{address}>; rel="timemap"; type="{LINK_FORMAT}"')
    response["Link"] = ", ".join([*([response["Link"]] if "Link" in response else []), *links])
    patch_vary_headers(response, [HEADER])


def set_past_headers(response: HttpResponse, now: Head) -> None:
    """Says that this is a page of the past, and keeps it out of search engines."""
    response["X-Robots-Tag"] = "noindex"
    if now.published_at:
        response["Memento-Datetime"] = http_date(datetime.fromisoformat(now.published_at).timestamp())


def map_text(original: str, own: str, rows: Iterable[Publication]) -> str:
    """The map of the page at `original`, itself at `own`: `rows` of the log, newest first (RFC 7089, section 5)."""
    found = {row.seq: http_date(row.published_at.timestamp()) for row in sorted(rows, key=lambda row: row.seq)}
    period = f'; from="{min(found.items())[1]}"; until="{max(found.items())[1]}"' if found else ""
    links = [
        f'<{original}>; rel="original timegate"',
        f'<{own}>; rel="self"; type="{LINK_FORMAT}"{period}',
        *(f'<{original}?{PARAMETER}={seq}>; rel="memento"; datetime="{moment}"' for seq, moment in found.items()),
    ]
    return ",\n".join(links) + "\n"
