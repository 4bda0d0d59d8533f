"""Pages kept as they were rendered, so that the next reader costs one query and one file.

A page is kept compressed, as most readers take it, under all that it follows from: the state of what it shows, the
code, the address with its query, the host and the language. When one of these changes it is made anew under another
key; nothing is ever kept of an answer that is not 200, of a preview, or while templates are being written (`DEBUG`).

What was erased or taken back must not lie about: the first request after an erasure empties the folder. Where the
folder cannot be written nothing is kept. How many pages are kept at most says the cache `pages` of the settings.
"""

import gzip
import hashlib
import pickle
import zlib
from contextlib import suppress

from django.conf import settings
from django.core.cache import caches
from django.core.cache.backends.base import BaseCache
from django.http import HttpRequest, HttpResponse

from ..exports.downloads import choose_encoding

CACHE = "pages"
LARGEST = 1024 * 1024  # bytes of an answer that is kept
LEVEL = 6  # of gzip
_EMPTIED = "emptied"  # the key under which the folder says for which number of emptied rows it was cleared
_UNREADABLE = (OSError, EOFError, zlib.error, pickle.UnpicklingError)  # a file that the disk has lost or damaged
_KEPT_HEADERS = ("Content-Disposition", "Link", "Memento-Datetime", "Vary", "X-Robots-Tag")

_cleared_for: dict[str, int] = {}


def page_key(request: HttpRequest, state: str) -> str:
    """The key of the answer to a request in one state of the record; `state` names the code and the address too."""
    return hashlib.sha256(f"{state}\0{request.scheme}\0{request.get_host()}".encode()).hexdigest()


def find_page(key: str, emptied: int, accepts: str) -> HttpResponse | None:
    """The answer that is kept under a key, for a reader with this `Accept-Encoding`; None if there is none.

    `emptied` counts the rows of the log that say nothing any more: where it has changed, something was taken back.
    """
    with suppress(*_UNREADABLE):
        cache = caches[CACHE]
        _empty_after_erasure(cache, emptied)
        if (kept := cache.get(key)) is not None:
            content, headers = kept
            if choose_encoding(accepts, ("gzip",)):
                return HttpResponse(content, headers=headers | {"Content-Encoding": "gzip"})
            return HttpResponse(gzip.decompress(content), headers=headers)
    return None


def keep_page(key: str, response: HttpResponse, emptied: int, accepts: str) -> None:
    """Keeps an answer for those who ask after this reader; not one that was made before an erasure.

    It is compressed for that, and goes to this reader compressed too, with this `Accept-Encoding`.
    """
    if response.status_code != 200 or len(response.content) > LARGEST:
        return
    names = ("Content-Type", *_KEPT_HEADERS)
    headers = {name: response[name] for name in names if response.has_header(name)}
    packed = gzip.compress(response.content, LEVEL, mtime=0)
    with suppress(*_UNREADABLE):
        if caches[CACHE].get(_EMPTIED, emptied) == emptied:
            caches[CACHE].set(key, (packed, headers), timeout=None)
    if choose_encoding(accepts, ("gzip",)):
        response.content = packed
        response["Content-Encoding"] = "gzip"


def may_be_kept(request: HttpRequest) -> bool:
    """Whether the answer to a request may be kept: no preview's, and none while templates are being written."""
    return not settings.DEBUG and not getattr(request, "preview", "")


def forget_pages() -> None:
    """Removes every page that is kept by this machine."""
    with suppress(OSError):
        caches[CACHE].clear()


def _empty_after_erasure(cache: BaseCache, emptied: int) -> None:
    """Clears the folder once for each erasure, whichever process sees it first."""
    folder = str(getattr(cache, "_dir", ""))
    if _cleared_for.get(folder) == emptied:
        return
    if cache.get(_EMPTIED) != emptied:
        cache.clear()
        cache.set(_EMPTIED, emptied, timeout=None)
    _cleared_for[folder] = emptied
