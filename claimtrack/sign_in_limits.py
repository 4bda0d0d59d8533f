"""What a flood of sign-ins may cost: a limit for each address, one for all together, and few password hashes at once.

A password is hashed so that it takes a hundred megabytes and a tenth of a second of several cores. Whoever sends many
passwords is refused before anything is hashed, looked up or rendered, so that readers and colleagues who are signed in
go on. All processes that share the state folder count together.
"""

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from math import ceil
from typing import Any

from django.conf import settings
from django.contrib.auth.hashers import Argon2PasswordHasher
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.template.loader import render_to_string

from .leaky_buckets import LeakyBuckets
from .middleware import GetResponse, client_address

LOGIN_PATH = "/admin/login/"
RETRY_AFTER_SECONDS = 5  # seconds until it is worth trying again where passwords are being checked

# In each process: whoever waits for a hash keeps a thread from readers.
MAX_WAITING = 2
_hash_lock, _waiting_places = threading.Semaphore(1), threading.Semaphore(1 + MAX_WAITING)


class TooManyHashes(Exception):
    """Too many passwords are being checked at once: it may be tried again in a few seconds."""


class OneAtATimeHasher(Argon2PasswordHasher):
    """Django's hasher of passwords, of which one works at a time in each process. Two wait, and for
    others it is `Busy`.

    The algorithm has the name and the form that it has in Django.
    """

    def encode(self, *args: Any, **kwargs: Any) -> str:
        with _reserve_place():
            return super().encode(*args, **kwargs)

    def verify(self, *args: Any, **kwargs: Any) -> bool:
        with _reserve_place():
            return super().verify(*args, **kwargs)


@contextmanager
def _reserve_place() -> Iterator[None]:
    if not _waiting_places.acquire(blocking=False):
        raise TooManyHashes
    try:
        with _hash_lock:
            yield
    finally:
        _waiting_places.release()


class SignInLimitMiddleware:
    """Middleware: an attempt to sign in beyond the limits is answered 429, with a page that says when to try again.

    It comes before what costs anything; readers' pages pass untouched.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response
        self.attempts = LeakyBuckets(
            settings.SIGN_INS_OF_ONE_ADDRESS,
            settings.SIGN_INS_OF_ALL,
            path=settings.STATE_DIR / "signing_in",
            secret=settings.SECRET_KEY,
        )

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if request.method == "POST" and request.path_info == LOGIN_PATH:
            seconds = self.attempts.wait(client_address(request), time.time())
            if seconds > 0:
                return refusal_response(ceil(seconds))
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        return refusal_response(RETRY_AFTER_SECONDS) if isinstance(error, TooManyHashes) else None


def refusal_response(seconds: int) -> HttpResponse:
    from .security_log import log_refused_attempt  # which knows models, and those know settings

    log_refused_attempt(time.monotonic())
    response = HttpResponse(_refusal_page(10 * ceil(seconds / 10)), status=429)
    response["Retry-After"] = str(seconds)
    response["Content-Security-Policy"] = "default-src 'self'; frame-ancestors 'none'"
    return response


@lru_cache(maxsize=64)
def _refusal_page(seconds: int) -> bytes:
    """The page of a refusal, made once: a flood is answered from memory."""
    why = (
        f"Too many passwords were tried recently. Wait {seconds} seconds, then sign in. Anyone signed in can carry on, "
        "and readers’ pages are open."
    )
    return render_to_string(
        "admin/desk/unavailable.html", {"heading": "Too many attempts to sign in", "why": why, "seconds": seconds}
    ).encode()
