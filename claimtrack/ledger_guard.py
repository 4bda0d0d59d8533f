"""A database from a backup is closed until what was erased since has been erased from it again.

The ledger of erasures says so: it names one that the database lacks. Readers and editors get a 503 in words.
"""

import logging
import time

from django.http import HttpRequest
from django.http.response import HttpResponseBase

from record.log import ledger

from .middleware import GetResponse
from .outages import NOTHING_SAVED, unavailable_page

logger = logging.getLogger("claimtrack.outages")

LEDGER_BEHIND = (
    "This database comes from a backup, and what was erased since is still in it: the site’s administrator has to run "
    "manage.py apply_ledger."
)
CHECK_AGAIN_AFTER = 60.0  # seconds after which the database is asked although the file is as it was


class LedgerMiddleware:
    """Middleware: answers 503 while the ledger names an erasure that the database lacks.

    Where the file has not changed it costs one call of the system, and one query a minute.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response
        self._complete: tuple[object, float] | None = None  # the file as it was when nothing was missing, and when

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        complaint = self._complaint()
        if not complaint:
            return self.get_response(request)
        logger.error("%s %s: %s", request.method, request.path, complaint)
        saved = "" if request.method in ("GET", "HEAD", "OPTIONS") else NOTHING_SAVED
        return unavailable_page(request, LEDGER_BEHIND, saved)

    def _complaint(self) -> str:
        path = ledger.ledger_file()
        try:
            found = path.stat()
            state, now = (str(path), found.st_ino, found.st_size, found.st_mtime_ns), time.monotonic()
            if self._complete and self._complete[0] == state and now - self._complete[1] < CHECK_AGAIN_AFTER:
                return ""
            if complaint := missing_erasures():
                return complaint
        except OSError:  # none was ever written, or this process may not read it: `check --deploy` says so
            return ""
        self._complete = (state, now)
        return ""


def missing_erasures() -> str:
    """What the ledger names and the database lacks, in a sentence; empty where it lacks nothing."""
    try:
        missing = len(ledger.missing_lines())
    except ledger.LedgerConflict as conflict:
        return conflict.sentence
    return f"The ledger names {missing} erasures that this database lacks." if missing else ""
