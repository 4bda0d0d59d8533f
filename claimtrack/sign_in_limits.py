"""What a flood of sign-ins may cost: a limit for each address, one for all together, and few password hashes at once.

A password is hashed so that it takes a hundred megabytes and a tenth of a second of several cores. Whoever sends many
passwords is refused before anything is hashed, looked up or rendered, so that readers and colleagues who are signed in
go on. The counts are shared by all processes that share the state folder; no address is kept, only how much has come
of late to one of some thousand counters, and which of them an address has is a secret of the instance.
"""

import fcntl
import hashlib
import hmac
import mmap
import os
import struct
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from ipaddress import ip_address, ip_network
from math import ceil
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.auth.hashers import Argon2PasswordHasher
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.template.loader import render_to_string

from .middleware import GetResponse, client_address

LOGIN_PATH = "/admin/login/"
RETRY_AFTER_SECONDS = 5  # seconds until it is worth trying again where passwords are being checked

COUNTER_COUNT = 4096
_COUNTER_STRUCT = struct.Struct("dd")  # attempts not forgotten yet, and when that was true

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


class AttemptCounters:
    """Leaky buckets in a file that the processes of one machine share: the first belongs to all addresses."""

    def __init__(self, path: Path, secret: str) -> None:
        self.secret = secret.encode()
        self.handle = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        self.memory = map_file(self.handle, COUNTER_COUNT * _COUNTER_STRUCT.size)
        self.lock = threading.Lock()

    def wait(self, address: str | None, now: float) -> float:
        """Counts an attempt and returns 0, or the seconds until one may be made, and counts nothing."""
        limits = ((self.place(address), *settings.SIGN_INS_OF_ONE_ADDRESS), (0, *settings.SIGN_INS_OF_ALL))
        with self.lock:
            fcntl.flock(self.handle, fcntl.LOCK_EX)
            try:
                levels = [self.level(place, each, now) for place, _most, each in limits]
                waits = [(level + 1 - most) * each for level, (_, most, each) in zip(levels, limits, strict=True)]
                if max(waits) > 0:
                    return max(waits)
                for level, (place, _, _) in zip(levels, limits, strict=True):
                    _COUNTER_STRUCT.pack_into(self.memory, place * _COUNTER_STRUCT.size, level + 1, now)
                return 0
            finally:
                fcntl.flock(self.handle, fcntl.LOCK_UN)

    def level(self, place: int, each: float, now: float) -> float:
        """How many attempts are not forgotten yet."""
        level, moment = _COUNTER_STRUCT.unpack_from(self.memory, place * _COUNTER_STRUCT.size)
        passed = now - moment
        return max(0.0, level - passed / each) if passed >= 0 and 0 <= level <= COUNTER_COUNT else 0.0

    def place(self, address: str | None) -> int:
        digest = hmac.new(self.secret, client_network(address).encode(), hashlib.sha256).digest()
        return 1 + int.from_bytes(digest[:8], "big") % (COUNTER_COUNT - 1)


def map_file(handle: int, size: int) -> mmap.mmap:
    """The file in memory; where the disk has no place for all of it, memory that is this process's own.

    A process that writes to a mapped file on a full disk is killed: the place is taken before.
    """
    try:
        if os.fstat(handle).st_size != size:
            os.ftruncate(handle, size)
        if hasattr(os, "posix_fallocate"):  # not on macOS
            os.posix_fallocate(handle, 0, size)
        return mmap.mmap(handle, size)
    except OSError:
        return mmap.mmap(-1, size)


def client_network(address: str | None) -> str:
    """The address as far as it says who comes: whoever has one of IPv6 has the whole /64."""
    if not address:
        return ""
    found = ip_address(address)
    return str(ip_network((int(found), 64), strict=False)) if found.version == 6 else str(found)


class SignInLimitMiddleware:
    """Middleware: an attempt to sign in beyond the limits is answered 429, with a page that says when to try again.

    It comes before what costs anything; readers' pages pass untouched.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response
        self.counters = AttemptCounters(settings.STATE_DIR / "signing_in", settings.SECRET_KEY)

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if request.method == "POST" and request.path_info == LOGIN_PATH:
            seconds = self.counters.wait(client_address(request), time.time())
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
