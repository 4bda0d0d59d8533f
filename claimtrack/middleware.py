"""What is asked of a request before any view sees it."""

import re
from collections.abc import Callable
from contextlib import suppress
from ipaddress import ip_address
from typing import TypeAlias
from urllib.parse import unquote_plus

from django.conf import settings
from django.http import (
    HttpRequest,
    HttpResponse,
    HttpResponseNotAllowed,
    HttpResponsePermanentRedirect,
    UnreadablePostError,
)
from django.http.response import HttpResponseBase
from django.urls import get_script_prefix
from django.utils import translation

from record.documents import addresses

GetResponse: TypeAlias = Callable[[HttpRequest], HttpResponseBase]

SHORT_BODY = 64 * 1024  # bytes
DESK_PATH, HAND_OVER_PATH, DESK_LANGUAGE = "/admin/", "/hand-over", "en"


def is_desk_path(path: str) -> bool:
    """Whether a path below the site's root is one of the desk's."""
    return path.startswith((DESK_PATH, HAND_OVER_PATH))


def read_only_middleware(get_response: GetResponse) -> GetResponse:
    """Middleware of the public role: a method that could change something is answered 405, at every address."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        if request.method not in PUBLIC_METHODS:
            return HttpResponseNotAllowed(PUBLIC_METHODS)
        return get_response(request)

    return middleware


def whole_body_middleware(get_response: GetResponse) -> GetResponse:
    """Middleware of the desk: a short body is read to its end before the answer, also where it is refused unread.

    A proxy that is still sending when the answer comes passes on half of it, or a 502 (Caddy: Go's `net/http`).
    """

    def middleware(request: HttpRequest) -> HttpResponseBase:
        response = get_response(request)
        if request.META.get("CONTENT_LENGTH", "").isdecimal() and int(request.META["CONTENT_LENGTH"]) <= SHORT_BODY:
            with suppress(UnreadablePostError):
                request.read()
        return response

    return middleware


def cross_origin_middleware(get_response: GetResponse) -> GetResponse:
    """Middleware: a page of any other site may read every public answer, refusals too (Fetch Standard, section 3.2).

    Public answers depend on no cookie. OPTIONS is answered here, at every public address: what a browser asks before it
    lets a page send headers of its own.
    """

    def middleware(request: HttpRequest) -> HttpResponseBase:
        if is_desk_path(request.path_info):
            return get_response(request)
        if request.method == "OPTIONS":
            response: HttpResponseBase = HttpResponse(status=204)
            response["Allow"] = response["Access-Control-Allow-Methods"] = ", ".join(PUBLIC_METHODS)
            response["Access-Control-Allow-Headers"] = ", ".join(CONDITIONAL_HEADERS)
            response["Access-Control-Max-Age"] = str(24 * 3600)  # seconds
        else:
            response = get_response(request)
            response["Access-Control-Expose-Headers"] = ", ".join(EXPOSED_HEADERS)
        response["Access-Control-Allow-Origin"] = "*"
        return response

    return middleware


PUBLIC_METHODS = ("GET", "HEAD", "OPTIONS")
CONDITIONAL_HEADERS = ("Accept-Datetime", "If-Modified-Since", "If-None-Match", "If-Range", "Range")
EXPOSED_HEADERS = (
    "Accept-Ranges",
    "Claimtrack-Undated-Left-Out",
    "Content-Disposition",
    "Content-Length",
    "Content-Range",
    "ETag",
    "Link",
    "Memento-Datetime",
    "Retry-After",
)


def length_middleware(get_response: GetResponse) -> GetResponse:
    """Middleware: no answer without a body tells a length of zero that GET would not have (RFC 9110, section 8.6).

    Django counts the bytes of every body, and that of HEAD, 204 and 304 is not there.
    """

    def middleware(request: HttpRequest) -> HttpResponseBase:
        response = get_response(request)
        bodiless = request.method == "HEAD" or response.status_code in (204, 304)
        if bodiless and response.get("Content-Length") == "0":
            del response["Content-Length"]
        return response

    return middleware


def tracking_middleware(get_response: GetResponse) -> GetResponse:
    """Middleware: what others put behind a public address to follow readers is not part of it, and goes unread."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        query = request.META.get("QUERY_STRING", "")
        if query and not is_desk_path(request.path_info):
            parts = query.split("&")
            kept = [part for part in parts if not _TRACKING.fullmatch(unquote_plus(part.partition("=")[0]))]
            if len(kept) < len(parts):
                request.META["QUERY_STRING"] = "&".join(kept)
        return get_response(request)

    return middleware


_TRACKING = re.compile(r"utm_\w*|fbclid|gclid|_", re.ASCII)


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
