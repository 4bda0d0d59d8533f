"""What is answered while the database cannot do what it was asked: it is full, locked, shut down, or out of reach.

That is nobody's fault in the program, and it passes. A reader's request is tried once more where the connection was
lost; whatever cannot be answered is a 503 that says when to try again. At the desk it says whether anything was saved,
and gives back all that was sent, so that nothing typed is lost.
"""

import errno
import logging
import re
import sys
from collections.abc import Callable, Iterator
from http import HTTPStatus
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import DEFAULT_DB_ALIAS, DatabaseError, Error, InterfaceError, backends, connections
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.template.loader import render_to_string
from django.views import defaults

from record.pages import responses

from .middleware import GetResponse

logger = logging.getLogger("claimtrack.outages")

RETRY_AFTER_SECONDS = 5  # seconds until it is worth trying again

# Primary result codes of SQLite: nomem, busy, locked, readonly, ioerr, corrupt, full, cantopen, notadb.
SQLITE_CODES = {7, 5, 6, 8, 10, 11, 13, 14, 26}
# Classes and conditions of PostgreSQL: connection, rolled back for others' sake, resources, shut down or cancelled,
# the system, broken files, a lock that was not given, a server that only reads.
POSTGRESQL_CODES = re.compile("08...|40...|53...|57...|58...|XX00[12]|55P03|25006")
LOST_CONNECTION_CODES = re.compile("08...|57P0[1-5]")
FILE_ERROR_CODES = {errno.ENOSPC, errno.EDQUOT, errno.EROFS, errno.EIO, errno.EMFILE, errno.ENFILE, errno.ENOMEM}

# What nobody typed, and what is never given back.
_TECHNICAL_FIELD = re.compile(r"csrfmiddlewaretoken|.*(_FORMS|-id)|.*password.*", re.IGNORECASE)
_WRITE_STATEMENT = re.compile(r"\s*(INSERT|UPDATE|DELETE|REPLACE)\b", re.IGNORECASE)
_INCIDENTAL_TABLE = re.compile(r'"(django_session|axes_\w+|claims_presence)"')

NOTHING_SAVED = "Nothing was saved."
SOME_SAVED = "Part of it was already saved: check what is there before you send it again."
UNKNOWN_IF_SAVED = "The connection broke off while it was being saved: look whether it was before you send it again."


class ObservedRequest(HttpRequest):
    """A request with what the middleware below notes of it while it is answered."""

    writes: "WriteTracker"
    connection_lost: bool


class OutageMiddleware:
    """Middleware: tries a reading request once more on a new connection, and answers 503 where there is no answer.

    It stands outside of all that asks the database, sessions too.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: ObservedRequest) -> HttpResponseBase:
        if request.method in ("GET", "HEAD", "OPTIONS"):
            response = self.get_response(request)
            if getattr(request, "connection_lost", False):
                request.connection_lost = False
                close_connections()
                response = self.get_response(request)
            return response
        request.writes = WriteTracker()
        with connections[DEFAULT_DB_ALIAS].execute_wrapper(request.writes):
            return self.get_response(request)

    def process_exception(self, request: ObservedRequest, error: Exception) -> HttpResponse | None:
        return outage_response(request, error)


class WriteTracker:
    """What a request has written, as far as it can be known here. It is a wrapper of every query."""

    def __init__(self) -> None:
        self.has_written = self.has_committed = False
        self.failed: BaseException | None = None

    def __call__(
        self,
        execute: Callable[[str, Any, bool, dict[str, Any]], Any],
        sql: str,
        params: Any,
        many: bool,
        context: dict[str, Any],
    ) -> Any:
        try:
            result = execute(sql, params, many, context)
        except Error as error:
            self.failed = error
            raise
        if _WRITE_STATEMENT.match(sql) and not _INCIDENTAL_TABLE.search(sql):
            self.has_written = True
            context["connection"].on_commit(self.is_committed)
        return result

    def is_committed(self) -> None:
        self.has_committed = True

    def in_words(self, error: BaseException) -> str:
        """Whether anything was saved of a request that ended with `error`."""
        if self.has_committed:
            return SOME_SAVED
        if self.has_written and is_connection_lost(error) and self.failed not in [*error_chain(error)]:
            return UNKNOWN_IF_SAVED  # no statement failed: it was the commit
        return NOTHING_SAVED


def outage_response(request: ObservedRequest, error: BaseException | None) -> HttpResponse | None:
    """The 503 for a request that ended with `error`; None where that is no outage."""
    cause = find_outage(error)
    if cause is None:
        return None
    logger.error("%s %s: %s", request.method, request.path, str(cause).partition("\n")[0])
    request.connection_lost = is_connection_lost(cause)
    writes = getattr(request, "writes", None)
    return unavailable_page(request, describe_cause(cause), writes.in_words(cause) if writes else "")


def unavailable_page(request: HttpRequest, why: str, saved: str) -> HttpResponse:
    """The 503 that says `why` at the desk, whether anything was saved, and gives back what was sent."""
    response = _unavailable_page(request, why, saved)
    response["Retry-After"] = str(RETRY_AFTER_SECONDS)
    return response


def _unavailable_page(request: HttpRequest, why: str, saved: str) -> HttpResponse:
    at_desk = settings.SERVES_DESK and (request.path_info.startswith("/admin/") or not settings.SERVES_PUBLIC)
    if not at_desk:
        return responses.unavailable(request)
    if request.headers.get("X-Workspace") or "json" in request.headers.get("Accept", ""):
        return JsonResponse({"refused": f"{why} {saved}".strip()}, status=HTTPStatus.SERVICE_UNAVAILABLE)
    return HttpResponse(
        render_to_string("admin/desk/unavailable.html", {"why": why, "saved": saved, **submitted_fields(request)}),
        status=HTTPStatus.SERVICE_UNAVAILABLE,
    )


def submitted_fields(request: HttpRequest) -> dict[str, Any]:
    """What was sent, to be sent again: `fields` as pairs, those that somebody may have `typed`, and a token."""
    from django.middleware.csrf import get_token

    if request.method != "POST" or request.path_info == "/admin/login/":
        return {}
    fields = [(name, value) for name, values in request.POST.lists() for value in values]
    fields = [(name, value) for name, value in fields if name != "csrfmiddlewaretoken" and "password" not in name]
    return {
        "address": request.get_full_path(),
        "fields": fields,
        "typed": [(name, value) for name, value in fields if value.strip() and not _TECHNICAL_FIELD.fullmatch(name)],
        "files": bool(request.FILES),
        "csrf_token": get_token(request),
    }


def describe_cause(cause: BaseException) -> str:
    """What is the matter, in a sentence for somebody at the desk."""
    code = error_code(cause)
    if code in (13, "53100", errno.ENOSPC, errno.EDQUOT):
        return "The disk is full: the site’s administrator has to free some space."
    if code in (5, 6, "55P03"):
        return "The database is in use by another program."
    if code in (8, "25006", errno.EROFS):
        return "The database is currently read-only."
    if code in (10, 11, 26, "XX001", "XX002", errno.EIO):
        return "The database files cannot be read: the site’s administrator has to repair them."
    return "The database is not responding at the moment."


# What an outage is.


def find_outage(error: BaseException | None) -> BaseException | None:
    """The cause of `error` that is an outage; None where it is a fault of the program."""
    return next((cause for cause in error_chain(error) if is_outage(cause)), None)


def error_chain(error: BaseException | None) -> Iterator[BaseException]:
    """The error, and what it arose from."""
    seen = set[int]()
    while error is not None and id(error) not in seen:
        seen.add(id(error))
        yield error
        error = error.__cause__ or error.__context__


def is_outage(error: BaseException) -> bool:
    code = error_code(error)
    if isinstance(error, UnicodeError):
        return code is not None
    if isinstance(error, OSError):
        return code in FILE_ERROR_CODES
    if not isinstance(error, DatabaseError | InterfaceError):
        return False
    if isinstance(code, int):
        return code in SQLITE_CODES
    return bool(POSTGRESQL_CODES.fullmatch(code)) if code else is_connection_lost(error)


def lacks_tables(error: BaseException) -> bool:
    """Whether the database is one that was not migrated."""
    return error_code(error) in ("42P01", "42703") or str(error).startswith(("no such table", "no such column"))


def is_connection_lost(error: BaseException) -> bool:
    """Whether the connection to the server is gone, or could not be made."""
    if connections[DEFAULT_DB_ALIAS].vendor == "sqlite" or not isinstance(error, DatabaseError | InterfaceError):
        return False
    code = error_code(error)
    if code is None:  # it was the client who noticed
        return type(error).__name__ in ("OperationalError", "InterfaceError")
    return isinstance(code, str) and bool(LOST_CONNECTION_CODES.fullmatch(code))


def error_code(error: BaseException) -> int | str | None:
    """SQLite's primary result code, PostgreSQL's SQLSTATE, or an errno; None where there is none."""
    if isinstance(error, OSError):
        return error.errno
    if isinstance(error, UnicodeError):
        # Of a file that is damaged SQLite tells in the file's own words, which its driver cannot read.
        return 11 if file_that_raised(error).startswith(str(Path(backends.__file__).parent)) else None
    cause = error.__cause__
    number = getattr(cause, "sqlite_errorcode", None)
    return number & 0xFF if number is not None else getattr(cause, "sqlstate", None)


def file_that_raised(error: BaseException) -> str:
    """The file of the code that raised it."""
    trace = error.__traceback__
    while trace and trace.tb_next:
        trace = trace.tb_next
    return trace.tb_frame.f_code.co_filename if trace else ""


def close_connections() -> None:
    """Ends the connections of this thread, so that the next query makes new ones."""
    for connection in connections.all(initialized_only=True):
        if not connection.in_atomic_block:
            connection.close()


# Handlers of the URLconf: what fails outside of views, as where the session is kept, ends here.


def server_error(request: ObservedRequest, *args: Any, **kwargs: Any) -> HttpResponse:
    """503 for an outage, else 500: a fault of ours."""
    found = outage_response(request, sys.exc_info()[1])
    if found:
        return found
    return responses.server_error(request) if settings.SERVES_PUBLIC else defaults.server_error(request)


def bad_request(request: ObservedRequest, exception: Exception) -> HttpResponse:
    """503 where it was no bad request: Django says so of a session that could not be kept, whatever the cause."""
    found = outage_response(request, exception)
    if found:
        return found
    return responses.bad_request(request) if settings.SERVES_PUBLIC else defaults.bad_request(request, exception)
