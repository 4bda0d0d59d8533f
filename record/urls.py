"""The addresses of the public record. A document's JSON twin has its page's address with `.json` after it.

`TWINNED` lists every page once: what is added there has a page and a twin, and is covered by the tests that go
through all addresses.
"""

from django.urls import path, re_path

from .addresses import FOLDERS
from .views.actor import actor
from .views.article import article
from .views.claim import claim
from .views.data import data
from .views.exports import export_json, export_ndjson, schema
from .views.history import history
from .views.home import home
from .views.method import method
from .views.outlet import outlet
from .views.question import question
from .views.search import search
from .views.statement import statement

SLUG = r"(?P<slug>[-_0-9A-Za-z]{1,120})"

DOCUMENTS = {
    "question": question,
    "claim": claim,
    "actor": actor,
    "article": article,
    "outlet": outlet,
    "statement": statement,
}
PLAIN = {"search": search, "method": method, "data": data}


def twinned(pattern: str, view, name: str, **kwargs) -> list:
    """The page and its twin."""
    return [
        re_path(rf"^{pattern}\Z", view, kwargs, name=name),
        re_path(rf"^{pattern}\.json\Z", view, {**kwargs, "twin": True}, name=f"{name}_json"),
    ]


urlpatterns = [
    path("", home, name="home"),
    path("home.json", home, {"twin": True}, name="home_json"),
    path("export.json", export_json, name="export_json"),
    path("export.ndjson", export_ndjson, name="export_ndjson"),
    path("schema.json", schema, name="schema"),
    *(pattern for name, view in PLAIN.items() for pattern in twinned(name, view, name)),
    *(pattern for kind, view in DOCUMENTS.items() for pattern in twinned(f"{FOLDERS[kind]}/{SLUG}", view, kind)),
    *(
        pattern
        for kind in DOCUMENTS
        for pattern in twinned(f"{FOLDERS[kind]}/{SLUG}/history", history, f"{kind}_history", kind=kind, part="history")
    ),
]
