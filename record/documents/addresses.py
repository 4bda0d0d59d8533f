"""Where each document is found: public addresses without a slash at the end, and the language that they choose.

`/ru/claims/x` is Russian, `/claims/x` is in the default language (`LANGUAGE_CODE`). No cookie, no `Accept-Language`:
one address has one answer. Addresses for machines (their last part has a dot: `.json`, `.ndjson`) have no language.
"""

from typing import TypedDict
from urllib.parse import quote

from django.conf import settings
from django.urls import get_script_prefix
from django.utils.translation import get_language

from . import PageDocument, kind_of
from .answer_memo import memoize_in_answer

URL_FOLDERS = {
    "topic": "topics",
    "question": "questions",
    "claim": "claims",
    "actor": "actors",
    "article": "articles",
    "outlet": "outlets",
    "statement": "statements",
}

# Twins that have not the address of their page with `.json` after it; `/actors.json` is an older export.
TWIN_PATHS = {"/": "/home.json", "/actors": "/actor-list.json"}


def twin_path(path: str) -> str:
    """The path of the twin of a page, both below the site's root and in the default language."""
    return TWIN_PATHS.get(path, f"{path}.json")


@memoize_in_answer
def address_for(kind: str, slug: str) -> str:
    """The path of the page of one document, in the language that is spoken now.

    Its twin has the path of the default language with `.json` after it.
    """
    return f"{_root_of_language()}{URL_FOLDERS[kind]}/{quote(slug)}"


@memoize_in_answer
def _root_of_language() -> str:
    return f"{get_script_prefix()}{language_prefix(get_language() or settings.LANGUAGE_CODE)}"


def address_of(document: PageDocument) -> str:
    """The path of the page of `document`."""
    return address_for(kind_of(document), document.slug)


def language_prefix(code: str) -> str:
    """What stands before the paths of a language: "ru/", or "" for the default language."""
    return "" if code == settings.LANGUAGE_CODE else f"{code}/"


def split_language(path: str) -> tuple[str, str]:
    """A path below the site's root as its language's code and the path that it has in the default language.

    `/ru/claims/x` is `("ru", "/claims/x")`.
    """
    first, _, rest = path.removeprefix("/").partition("/")
    for code, _ in settings.LANGUAGES:
        if first == code and code != settings.LANGUAGE_CODE:
            return code, f"/{rest}"
    return settings.LANGUAGE_CODE, path


def is_machine_path(path: str) -> bool:
    """Whether a path is one that has no language. Slugs hold no dot."""
    return "." in path.rpartition("/")[2]


class LanguageLink(TypedDict):
    """One page in one language: its code and name (in itself), its address, and whether it is the one shown."""

    code: str
    name: str
    address: str
    current: bool


def language_links(path: str) -> list[LanguageLink]:
    """The page at `path` (below the site's root) in every language."""
    spoken, plain = split_language(path)
    return [
        {
            "code": code,
            "name": name,
            "address": f"{get_script_prefix()}{language_prefix(code)}{plain.removeprefix('/')}",
            "current": code == spoken,
        }
        for code, name in settings.LANGUAGES
    ]
