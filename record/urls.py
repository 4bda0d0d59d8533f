"""The addresses of the public record. A document's JSON twin has its page's address with `.json` after it.

Each page is listed once: what is added here has a page and a twin, and the tests that go through all addresses try it.
"""

from django.urls import path, register_converter
from django.urls.converters import IntConverter, StringConverter

from .api.exports import export, schema
from .api.open_data import (
    annotations,
    api,
    context,
    data,
    description,
    document_schema,
    identity,
    listing,
    one,
)
from .api.reads import LISTS
from .documents.addresses import FOLDERS
from .exports import FORMATS
from .pages.actor import actor
from .pages.article import article, outlet
from .pages.compare import compare
from .pages.history import as_of, corrections, history, version
from .pages.home import home, method
from .pages.page_context import EMBEDDABLE
from .pages.question import claim, question, statement
from .pages.search import search, suggest
from .pages.sharing import FILES, about, cite, cite_file, corrected, embed, oembed, whole
from .pages.sitemap import index, part, robots
from .pages.style import style


class Identity(StringConverter):
    """The id of a document, as record/documents/ allows it."""

    regex = "[0-9a-z]{12}"


class Number(IntConverter):
    """The number of an entry or of a version."""

    regex = "[1-9][0-9]{0,9}"


class Slug(StringConverter):
    """The last part of a document's address, as record/documents/ allows it."""

    regex = "[-_0-9A-Za-z]{1,120}"


register_converter(Identity, "record_id")
register_converter(Slug, "record_slug")
register_converter(Number, "record_number")

PLAIN = {"search": search, "compare": compare, "method": method, "corrections": corrections, "data": data, "api": api}
DOCUMENTS = {
    "question": question,
    "claim": claim,
    "actor": actor,
    "article": article,
    "outlet": outlet,
    "statement": statement,
}


def twinned(route: str, view, name: str, **kwargs) -> list:
    """The page and its twin."""
    return [
        path(route, view, kwargs, name=name),
        path(f"{route}.json", view, {**kwargs, "twin": True}, name=f"{name}_json"),
    ]


urlpatterns = [
    path("", home, name="home"),
    path("home.json", home, {"twin": True}, name="home_json"),
    path("feed", whole, name="feed"),
    path("corrections/feed", corrected, name="corrections_feed"),
    path("oembed", oembed, {"twin": True}, name="oembed"),
    path("robots.txt", robots, name="robots"),
    path("sitemap.xml", index, name="sitemap"),
    path("sitemap-<record_number:number>.xml", part, name="sitemap_part"),
    path("schema.json", schema, name="schema"),
    path("suggest.json", suggest, {"twin": True}, name="suggest"),
    path("style/", style, name="style"),
]
urlpatterns += [
    path(form.address, export, {"name": name}, name=f"export_{name.replace('.', '_')}")
    for name, form in FORMATS.items()
]
for name, view in PLAIN.items():
    urlpatterns += twinned(name, view, name)
for kind, view in DOCUMENTS.items():
    route = f"{FOLDERS[kind]}/<record_slug:slug>"
    urlpatterns += twinned(route, view, kind)
    urlpatterns += twinned(f"{route}/history", history, f"{kind}_history", kind=kind)
    urlpatterns += twinned(f"{route}/versions/<record_number:number>", version, f"{kind}_version", kind=kind)
    urlpatterns += twinned(f"{route}/cite", cite, f"{kind}_cite", kind=kind)
    urlpatterns += [
        *(path(f"{route}/cite.{form}", cite_file, {"kind": kind, "form": form}) for form in FILES),
        path(f"{route}/as-of/<record_number:seq>", as_of, {"kind": kind}, name=f"{kind}_as_of"),
        path(f"{route}/feed", about, {"kind": kind}, name=f"{kind}_feed"),
    ]
urlpatterns += [
    path(f"{FOLDERS[kind]}/<record_slug:slug>/embed", embed, {"kind": kind}, name=f"{kind}_embed")
    for kind in EMBEDDABLE
]
for name, kind in LISTS.items():
    answers = {"kind": kind, "twin": True}
    urlpatterns += [
        path(f"api/{name}.json", listing, answers, name=f"api_{name}"),
        path(f"api/{name}/<record_id:public_id>.json", one, answers, name=f"api_{kind}"),
    ]
urlpatterns += [
    path("api/annotations.jsonld", annotations, {"twin": True}, name="api_annotations"),
    path("api/openapi.json", description, {"twin": True}, name="openapi"),
    path("context.jsonld", context, {"twin": True}, name="context"),
    path("schemas/<slug:name>.json", document_schema, {"twin": True}, name="document_schema"),
    path("id/<record_id:public_id>", identity, name="identity"),
]
