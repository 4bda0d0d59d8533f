"""What one address may download: nginx sets this limit as well, Caddy knows none."""

import time
from collections.abc import Callable
from math import ceil

from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase

from record.pages.responses import failure_response

from .leaky_buckets import LeakyBuckets
from .middleware import GetResponse, client_address


def download_limit_middleware(get_response: GetResponse) -> Callable[[HttpRequest], HttpResponseBase]:
    """Middleware: an export beyond the limit of its address is answered 429 before anything is read.

    Each process counts by itself: readers' pages are served from a disk that nobody can write to.
    """
    downloads = LeakyBuckets(settings.DOWNLOADS_OF_ONE_ADDRESS)

    def middleware(request: HttpRequest) -> HttpResponseBase:
        if request.method == "GET" and request.path_info.startswith("/export"):
            seconds = downloads.wait(client_address(request), time.time())
            if seconds > 0:
                response = failure_response(request, 429, twin=True)
                response["Retry-After"] = str(ceil(seconds))
                return response
        return get_response(request)

    return middleware
