"""What is asked of a request before any view sees it."""

from collections.abc import Callable
from ipaddress import ip_address
from typing import TypeAlias

from django.conf import settings
from django.http import HttpRequest, HttpResponseNotAllowed, HttpResponsePermanentRedirect
from django.http.response import HttpResponseBase
from django.urls import get_script_prefix
from django.utils import translation

from record.documents import addresses

GetResponse: TypeAlias = Callable[[HttpRequest], HttpResponseBase]

DESK_PATH, DESK_LANGUAGE = "/admin/", "en"


def read_only_middleware(get_response: GetResponse) -> GetResponse:
    """Middleware of the public role: a method that could change something is answered 405, at every address.

    OPTIONS is left to the views: a browser asks so before another site's page may ask for a part of an export.
    """

    def middleware(request: HttpRequest) -> HttpResponseBase:
        if request.method not in ("GET", "HEAD", "OPTIONS"):
            return HttpResponseNotAllowed(["GET", "HEAD"])
        return get_response(request)

    return middleware


def language_middleware(get_response: GetResponse) -> GetResponse:
    """Middleware: the address alone says which language is spoken (record/documents/addresses.py).

    An address for machines has no language: with a prefix it leads to the one without. The desk speaks English.
    """

    def middleware(request: HttpRequest) -> HttpResponseBase:
        code, plain = addresses.split_language(request.path_info)
        if code != settings.LANGUAGE_CODE and addresses.is_machine_path(plain):
            query = request.META.get("QUERY_STRING", "")
            target = f"{get_script_prefix()}{plain.lstrip('/')}"
            return HttpResponsePermanentRedirect(f"{target}?{query}" if query else target)
        if request.path_info.startswith(DESK_PATH):
            code = DESK_LANGUAGE
        with translation.override(code, deactivate=True):
            return get_response(request)

    return middleware


def slash_middleware(get_response: GetResponse) -> GetResponse:
    """Middleware: where nothing is found at an address with a slash at its end, a page without it is led to."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        response = get_response(request)
        path = request.path_info
        if response.status_code == 404 and path.endswith("/") and not path.startswith(DESK_PATH):
            from record.pages.responses import redirect_without_slash  # which knows models, and those know settings

            return redirect_without_slash(request) or response
        return response

    return middleware


def client_address(request: HttpRequest) -> str | None:
    """The address that counts failed logins: the peer's, or what the outermost of our own proxies has seen.

    Every proxy adds the address of its caller at the right end of X-Forwarded-For, so behind n proxies the n-th entry
    from the right is the first that no client can invent. None where there is no address (a unix socket).
    """
    address = request.META.get("REMOTE_ADDR", "")
    forwarded = request.META.get("HTTP_X_FORWARDED_FOR", "").split(",")
    if settings.PROXIES and len(forwarded) >= settings.PROXIES:
        address = forwarded[-settings.PROXIES]
    try:
        return str(ip_address(address.strip()))
    except ValueError:
        return None
