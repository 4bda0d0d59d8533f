"""What crawlers ask for: robots.txt, and a sitemap whose dates are those on which a page's content really changed.

The sitemap has a part for every 10,000 entries of the log; a part lists the documents that stand since then.
"""

from math import ceil

from django.http import HttpResponse
from django.template.loader import render_to_string
from django.urls import reverse

from ..documents.addresses import address, here_in
from ..queries import querysets
from ..queries.querysets import NotFound
from .responses import answered

PART = 10_000  # entries; a document is one address in each language, and a sitemap may hold 50,000
CONTENT_TYPE = "application/xml; charset=utf-8"
PLAIN = ("home", "method", "corrections", "data", "api")


@answered()
def robots(request, now, *, twin):
    """Everything may be read; searches are endless, and lead to nothing that has no address of its own."""
    lines = [
        "User-agent: *",
        *(f"Disallow: {one['address']}" for one in here_in("/search")),
        f"Sitemap: {request.build_absolute_uri(reverse('sitemap'))}",
    ]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")


@answered()
def index(request, now, *, twin):
    """The parts of the sitemap."""
    root = request.build_absolute_uri("/").rstrip("/")
    parts = [
        f"{root}{reverse('sitemap_part', kwargs={'number': number})}" for number in range(1, ceil(now.seq / PART) + 1)
    ]
    return in_sitemap("record/sitemap_index.xml", {"parts": parts})


@answered()
def part(request, now, *, twin, number):
    """The pages whose documents stand since the entries of one part; the first part has the other pages too."""
    if number > ceil(now.seq / PART):
        raise NotFound
    root = request.build_absolute_uri("/").rstrip("/")
    entries = (number - 1) * PART + 1, number * PART
    standing, changed = querysets.standing_between(*entries), querysets.last_changed(*entries)
    pages = [
        page_part(root, address(kind, slug), max(day, changed.get(public_id, "")))
        for public_id, (kind, slug, day) in standing.items()
    ]
    if number == 1:
        # Home and the corrections change with every publication; the others change with the code, at no known day.
        days = {"home": now.published_at[:10], "corrections": now.published_at[:10]}
        pages = [page_part(root, reverse(name), days.get(name, "")) for name in PLAIN] + pages
    return in_sitemap("record/sitemap.xml", {"pages": pages})


def page_part(root: str, path: str, changed: str) -> dict:
    """One page: its address in every language, and the day of its last change, "" where that is not known."""
    return {
        "languages": [{"code": one["code"], "address": f"{root}{one['address']}"} for one in here_in(path)],
        "changed": changed,
    }


def in_sitemap(template: str, content: dict) -> HttpResponse:
    return HttpResponse(render_to_string(template, content, using="jinja2"), content_type=CONTENT_TYPE)
