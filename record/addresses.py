"""Where each document is found: public addresses without a slash at the end."""

from urllib.parse import quote

from django.urls import get_script_prefix

from .documents import AnyDocument, kind_of
from .languages import prefix_here

FOLDERS = {
    "question": "questions",
    "claim": "claims",
    "actor": "actors",
    "article": "articles",
    "outlet": "outlets",
    "statement": "statements",
}


def address(kind: str, slug: str) -> str:
    """The path of the page of one document, in the language that is spoken now.

    Its twin has the path of the default language with `.json` after it.
    """
    return f"{get_script_prefix()}{prefix_here()}{FOLDERS[kind]}/{quote(slug)}"


def address_of(document: AnyDocument) -> str:
    """The path of the page of `document`, which is not a redirect."""
    return address(kind_of(document), document.slug)
