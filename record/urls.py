"""The addresses of the public record. A document's JSON twin has its page's address with `.json` after it.

Each page is listed once: what is added here has a page and a twin, and the tests that go through all addresses try it.
"""

from collections.abc import Callable

from django.http.response import HttpResponseBase
from django.urls import URLPattern, path, register_converter
from django.urls.converters import IntConverter, StringConverter

from .api.exports import export, schema
from .api.identities import RDF_FORMS, description, identity
from .api.open_data import (
    annotation_list,
    api,
    columns,
    data,
    document_detail,
    document_list,
    document_schema,
    json_ld_context,
    openapi_description,
    questions_notebook,
)
from .api.reads import KINDS_BY_LIST
from .documents.addresses import TWIN_PATHS, URL_FOLDERS
from .exports import FORMATS
from .pages.about import publisher_page
from .pages.actor import actor
from .pages.article import article, outlet
from .pages.compare import compare
from .pages.history import corrections, history, redirect_to_moment, version
from .pages.home import home, method
from .pages.lists import FORMS, list_view
from .pages.page_context import EMBEDDABLE_KINDS
from .pages.question import claim, question, statement
from .pages.search import search, suggest
from .pages.sharing import CITATION_FILES, cite, cite_file, corrections_feed, document_feed, embed, oembed, record_feed
from .pages.sitemap import robots, sitemap_index, sitemap_pages
from .pages.style import style
from .pages.timemap import timemap
from .pages.topic import topic
from .presenters.page_tables import PAGE_TABLES, table_suffixes


class DocumentIdConverter(StringConverter):
    """The id of a document, as record/documents/ allows it."""

    regex = "[0-9a-z]{12}"


class NumberConverter(IntConverter):
    """The number of an entry or of a version."""

    regex = "[1-9][0-9]{0,9}"


class SlugConverter(StringConverter):
    """The last part of a document's address, as record/documents/ allows it."""

    regex = "[-_0-9A-Za-z]{1,120}"


register_converter(DocumentIdConverter, "record_id")
register_converter(SlugConverter, "record_slug")
register_converter(NumberConverter, "record_number")

PLAIN_PAGES = {
    "about": publisher_page,
    "search": search,
    "compare": compare,
    "method": method,
    "corrections": corrections,
    "data": data,
    "api": api,
}
DOCUMENT_PAGES = {
    "topic": topic,
    "question": question,
    "claim": claim,
    "actor": actor,
    "article": article,
    "outlet": outlet,
    "statement": statement,
}


def page_and_json_paths(
    route: str, view: Callable[..., HttpResponseBase], name: str, **kwargs: str
) -> list[URLPattern]:
    """The page, its twin and its tables."""
    twin = TWIN_PATHS.get(f"/{route}", f"/{route}.json")[1:]
    return [
        path(route, view, kwargs, name=name),
        path(twin, view, {**kwargs, "twin": True}, name=f"{name}_json"),
        *table_paths(twin.removesuffix(".json"), view, name, **kwargs),
    ]


def table_paths(route: str, view: Callable[..., HttpResponseBase], name: str, **kwargs: str) -> list[URLPattern]:
    """The tables of the page as CSV."""
    return [
        path(
            f"{route}{suffix}", view, {**kwargs, "twin": True, "table": table}, name=f"{name}{suffix}".replace(".", "_")
        )
        for table, suffix in table_suffixes(PAGE_TABLES.get(name.rpartition("_")[2], ())).items()
    ]


# What is asked for most comes first: Django tries one pattern after the other.
urlpatterns = page_and_json_paths("", home, "home")
for kind, view in DOCUMENT_PAGES.items():
    urlpatterns += page_and_json_paths(f"{URL_FOLDERS[kind]}/<record_slug:slug>", view, kind)
urlpatterns.sort(key=lambda pattern: pattern.name != "home" and pattern.name not in DOCUMENT_PAGES)
urlpatterns += [
    path("feed", record_feed, name="feed"),
    path("corrections/feed", corrections_feed, name="corrections_feed"),
    path("oembed", oembed, {"twin": True}, name="oembed"),
    path("robots.txt", robots, name="robots"),
    path("sitemap.xml", sitemap_index, name="sitemap"),
    path("sitemap-<record_number:number>.xml", sitemap_pages, name="sitemap_part"),
    path("schema.json", schema, name="schema"),
    path("suggest.json", suggest, {"twin": True}, name="suggest"),
    path("style/", style, name="style"),
]
urlpatterns += [
    path(form.address, export, {"name": name}, name=f"export_{name.replace('.', '_')}")
    for name, form in FORMATS.items()
]
for name, view in PLAIN_PAGES.items():
    urlpatterns += page_and_json_paths(name, view, name)
for kind in FORMS:
    urlpatterns += page_and_json_paths(URL_FOLDERS[kind], list_view(kind), URL_FOLDERS[kind])
for kind in DOCUMENT_PAGES:
    route = f"{URL_FOLDERS[kind]}/<record_slug:slug>"
    urlpatterns += page_and_json_paths(f"{route}/history", history, f"{kind}_history", kind=kind)
    urlpatterns += page_and_json_paths(
        f"{route}/versions/<record_number:number>", version, f"{kind}_version", kind=kind
    )
    urlpatterns += page_and_json_paths(f"{route}/cite", cite, f"{kind}_cite", kind=kind)
    urlpatterns += [
        *(path(f"{route}/cite.{form}", cite_file, {"kind": kind, "form": form}) for form in CITATION_FILES),
        path(f"{route}/as-of/<record_number:seq>", redirect_to_moment, {"kind": kind}, name=f"{kind}_as_of"),
        path(f"{route}/timemap", timemap, {"kind": kind}, name=f"{kind}_timemap"),
        path(f"{route}/feed", document_feed, {"kind": kind}, name=f"{kind}_feed"),
    ]
urlpatterns += [
    path(f"{URL_FOLDERS[kind]}/<record_slug:slug>/embed", embed, {"kind": kind}, name=f"{kind}_embed")
    for kind in EMBEDDABLE_KINDS
]
for name, kind in KINDS_BY_LIST.items():
    answers = {"kind": kind, "twin": True}
    urlpatterns += [
        path(f"api/{name}.json", document_list, answers, name=f"api_{name}"),
        path(f"api/{name}/<record_id:public_id>.json", document_detail, answers, name=f"api_{kind}"),
    ]
urlpatterns += [
    path("api/annotations.jsonld", annotation_list, {"twin": True}, name="api_annotations"),
    *page_and_json_paths("data/columns", columns, "data_columns"),
    path("data/questions.ipynb", questions_notebook, name="questions_notebook"),
    path("api/openapi.json", openapi_description, {"twin": True}, name="openapi"),
    path("context.jsonld", json_ld_context, {"twin": True}, name="context"),
    path("schemas/<slug:name>.json", document_schema, {"twin": True}, name="document_schema"),
    path("id/<record_id:public_id>", identity, name="identity"),
    *(
        path(f"id/<record_id:public_id>.{form}", description, {"form": form, "twin": True}, name=f"identity_{form}")
        for form in ("jsonld", *RDF_FORMS)
    ),
]
