"""The outermost middleware: gives each request an id, counts and times it, and answers the addresses of operators."""

import re
import time
from collections.abc import Callable
from uuid import uuid4

from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase

from . import health, metrics
from .logs import request_id
from .middleware import GetResponse

_PROXY_ID = re.compile(r"[0-9A-Za-z-]{16,64}")

OPERATORS_VIEWS: dict[str, Callable[[HttpRequest], HttpResponseBase | None]] = {
    "/healthz": health.healthz,
    "/readyz": health.readyz,
    "/metrics": metrics.metrics,
}


def observation_middleware(get_response: GetResponse) -> GetResponse:
    """Middleware: stands outside of all that looks at host names, so that operators need none.

    An operators' view returns None to whom it does not answer: for them the address does not exist.
    """

    def middleware(request: HttpRequest) -> HttpResponseBase:
        own_id = choose_request_id(request)
        token = request_id.set(own_id)
        begun = time.perf_counter()
        try:
            view = OPERATORS_VIEWS.get(request.path_info) if request.method in ("GET", "HEAD") else None
            response = view(request) if view else None
            if response is None:
                response = get_response(request)
                metrics.count_request(request, response.status_code, time.perf_counter() - begun)
        finally:
            request_id.reset(token)
        response["X-Request-ID"] = own_id
        return response

    return middleware


def choose_request_id(request: HttpRequest) -> str:
    """The id that our own proxy gave, or a new one: what a stranger sends is not put into logs."""
    given = request.headers.get("X-Request-ID", "")
    return given if settings.PROXIES and _PROXY_ID.fullmatch(given) else uuid4().hex
