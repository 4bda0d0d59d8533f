"""What crawlers ask for: robots.txt, and a sitemap whose dates are those on which a page's content really changed.

The sitemap has a part for every 10,000 entries of the log; a part lists the documents that stand since then.
"""

from math import ceil

from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.urls import reverse

from ..documents.addresses import URL_FOLDERS, address_for, language_links
from ..documents.entries import Head
from ..queries.changes_of_pages import pages_between
from ..queries.querysets import DocumentNotFound
from .lists import FORMS
from .responses import public_view

ENTRIES_PER_SITEMAP = 10_000  # entries; a document is one address in each language, and a sitemap may hold 50,000
CONTENT_TYPE = "application/xml; charset=utf-8"
LISTS = tuple(URL_FOLDERS[kind] for kind in FORMS)
PLAIN_PAGES = ("home", *LISTS, "about", "method", "corrections", "data", "data_columns", "api")


@public_view()
def robots(request: HttpRequest, now: Head, *, twin: bool) -> HttpResponse:
    """Everything may be read; searches are endless, and lead to nothing that has no address of its own."""
    lines = [
        "User-agent: *",
        *(f"Disallow: {link['address']}" for link in language_links("/search")),
        f"Sitemap: {request.build_absolute_uri(reverse('sitemap'))}",
    ]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")


@public_view()
def sitemap_index(request: HttpRequest, now: Head, *, twin: bool) -> HttpResponse:
    """The parts of the sitemap."""
    root = request.build_absolute_uri("/").rstrip("/")
    parts = [
        f"{root}{reverse('sitemap_part', kwargs={'number': number})}"
        for number in range(1, ceil(now.seq / ENTRIES_PER_SITEMAP) + 1)
    ]
    return sitemap_response("record/sitemap_index.xml", {"parts": parts})


@public_view(kept=True)
def sitemap_pages(request: HttpRequest, now: Head, *, twin: bool, number: int) -> HttpResponse:
    """The pages whose documents stand since the entries of one part; the first part has the other pages too."""
    if now.published_at is None or number > ceil(now.seq / ENTRIES_PER_SITEMAP):
        raise DocumentNotFound
    root = request.build_absolute_uri("/").rstrip("/")
    entries = (number - 1) * ENTRIES_PER_SITEMAP + 1, number * ENTRIES_PER_SITEMAP
    pages = [page_data(root, address_for(kind, slug), day) for kind, slug, day in pages_between(*entries)]
    if number == 1:
        # Home, the lists and the corrections change with every publication; the others with the code, at no known day.
        days = dict.fromkeys(("home", *LISTS, "corrections"), now.published_at[:10])
        pages = [page_data(root, reverse(name), days.get(name, "")) for name in PLAIN_PAGES] + pages
    return sitemap_response("record/sitemap.xml", {"pages": pages})


def page_data(root: str, path: str, changed: str) -> dict:
    """One page: its address in every language, and the day of its last change, "" where that is not known."""
    return {
        "languages": [{"code": link["code"], "address": f"{root}{link['address']}"} for link in language_links(path)],
        "changed": changed,
    }


def sitemap_response(template: str, content: dict) -> HttpResponse:
    return HttpResponse(render_to_string(template, content, using="jinja2"), content_type=CONTENT_TYPE)
