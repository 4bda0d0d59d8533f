"""A page and its JSON twin: one function makes plain data, and this file answers with it as HTML or as JSON.

`@page("record/claim.html")` turns a function `(request, …) -> content` into a view. The content is a dictionary of
plain data with at least `page` (the kind of page), `title` and `description`; its twin has the same keys, the
`format` of pages and the `head` that it was made from.

Every answer carries `Cache-Control: no-cache` and an ETag from the newest entry of the log that changed what the answer
shows, the code and the address. A reader who comes back with that ETag costs one query; so does one who comes first to
a page that is kept (kept_pages.py), and a file. Nothing here sets or reads a cookie. At `?at=SEQ` a page stands as it
stood after that entry; its ETag lasts until something is taken back.
"""

import hashlib
import re
from collections.abc import Callable, Mapping
from datetime import datetime
from functools import wraps
from types import MappingProxyType
from typing import Any
from urllib.parse import quote

import msgspec
from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect, QueryDict
from django.template.loader import render_to_string
from django.urls import get_script_prefix, is_valid_path
from django.utils.cache import patch_cache_control, patch_vary_headers
from django.utils.functional import Promise
from django.utils.http import parse_etags
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.csrf import csrf_exempt

from ..code_version import code_version
from ..documents import kind_of
from ..documents.addresses import URL_FOLDERS, address_of, is_machine_path, language_links
from ..documents.answer_memo import answer_memo
from ..documents.entries import Head, format_moment
from ..exports import csv
from ..linked_data.schema_org import script_text
from ..presenters.new_on_page import new_on_page_data
from ..presenters.page_tables import page_name, table_of
from ..queries.moment import PARAMETER, read_moment, record_as_of
from ..queries.new_since import PARAMETER as SINCE
from ..queries.new_since import load_changes_since, mark_documents, new_since, read_since, since_entry
from ..queries.page_state import PageState, page_state, past_state, record_state
from ..queries.query_forms import BadQuery, NoSuchPage, refuse_bad_characters, refuse_unknown
from ..queries.querysets import DocumentMoved, DocumentNotFound, DocumentWithdrawn
from .kept_pages import find_page, keep_page, may_be_kept, page_key
from .mementos import gate_response, set_gate_headers, set_past_headers
from .page_context import keep_moment, site_context

FORMAT = "claimtrack-page/1"

View = Callable[..., HttpResponse]
LONGEST_ADDRESS = 4000  # characters of a path with its query, as they are sent
ANY_KIND = "any"


def encode_lazy_text(value: object) -> str:
    """Words that are translated when they are shown, as text; nothing else that is not plain data."""
    if isinstance(value, Promise):
        return str(value)
    raise TypeError(f"{type(value).__name__} is not plain data")


_encoder = msgspec.json.Encoder(decimal_format="number", enc_hook=encode_lazy_text)


StateReader = Callable[..., PageState]  # of a request and the parts of its address


def public_view(
    accepts: tuple[str, ...] | None = (),
    *,
    past: bool = False,
    of: str | StateReader = "",
    kept: bool = False,
    marks_new: bool = False,
) -> Callable[[View], View]:
    """Makes a view of a function `(request, now, *, twin, …) -> HttpResponse`; `now` is the entry it stands at.

    That is the newest one that changed what is shown, for a view `of` the page of a document (its kind, or ANY_KIND
    where the address has it) or of what a function says; for all others the head of the log. A reader who has the
    answer already gets 304, and the answers of a view that is `kept` are. What cannot be answered becomes a page that
    says why, or JSON where `twin` is true. Parameters that are not in `accepts` are refused in words; where it is None
    the function itself refuses them. A view with a `past` answers at `?at=SEQ` as the record stood after that entry,
    which was its head then; the function sees nothing of that parameter. Nor of `new_since`, which a view that
    `marks_new` takes; those answers are not kept, or a page would be kept for each reader.
    """

    def decorate(respond: View) -> View:
        @csrf_exempt  # every method that could write is refused with 405, and asks for no token
        @wraps(respond)
        def view(request: HttpRequest, *, twin: bool = False, **kwargs: Any) -> HttpResponse:
            if request.method not in ("GET", "HEAD"):
                return failure_response(request, 405, twin=twin)
            address = request.get_full_path()
            if len(address) > LONGEST_ADDRESS:
                return failure_response(request, 414, twin=twin)
            try:
                refuse_bad_characters(request.GET)
                seq = take_moment(request, past=past)
                since = take_since(request, marks_new=marks_new and "table" not in kwargs, past=seq is not None)
                if accepts is not None:
                    refuse_unknown(request.GET, accepts)
                kind = of if isinstance(of, str) and of != ANY_KIND else ""
                slug = kwargs["slug"] if kind else ""
                if past and seq is None and (gate := gate_response(request, kind, slug)):
                    set_gate_headers(request, gate, kind, slug)
                    return set_cache_headers(gate)
                state = past_state(seq) if seq is not None else state_of(of, request, kwargs)
                etag = etag_of(address, state)
                # While templates are being written no copy is fresh.
                if not settings.DEBUG and etag in parse_etags(request.headers.get("If-None-Match", "")):
                    return set_cache_headers(HttpResponse(status=304), etag, compressed=kept)
                key = (
                    page_key(request, f"{state.head.link} {etag} {address}")
                    if kept and since is None and may_be_kept(request)
                    else ""
                )
                accepted = request.META.get("HTTP_ACCEPT_ENCODING", "")
                response = find_page(key, state.emptied, accepted) if key else None
                if response is None:
                    with record_as_of(seq), new_since(since, request.path), answer_memo():
                        response = respond(request, state.head, twin=twin, **kwargs)
                    if seq is not None:
                        set_past_headers(response, state.head)
                    if past:
                        set_gate_headers(request, response, kind, "" if twin else slug)
                    if key:
                        keep_page(key, response, state.emptied, accepted)
                if since is not None:
                    response["X-Robots-Tag"] = "noindex"
            except BadQuery as error:
                return failure_response(request, 400, twin=twin, errors=error.errors, content=error.content)
            except (DocumentNotFound, NoSuchPage) as error:
                return failure_response(request, 404, twin=twin, sentence=str(error))
            except DocumentWithdrawn as error:
                return failure_response(request, 410, twin=twin, sentence=error.reason, when=error.published_at)
            except DocumentMoved as moved:
                return redirect_to_document(request, moved, slug=kwargs["slug"])
            return set_cache_headers(response, etag, compressed=kept)

        return view

    return decorate


def state_of(of: str | StateReader, request: HttpRequest, parts: Mapping[str, Any]) -> PageState:
    """The state of what a view shows; see `public_view`. `parts` are those of the address."""
    if callable(of):
        return of(request, **{name: part for name, part in parts.items() if name != "table"})
    return page_state(parts["kind"] if of == ANY_KIND else of, parts["slug"]) if of else record_state()


def take_moment(request: HttpRequest, *, past: bool) -> int | None:
    """The entry that is asked for with `at`, which is taken out of `request.GET`. Raises `BadQuery` in words."""
    if PARAMETER not in request.GET:
        return None
    if not past:
        raise BadQuery({PARAMETER: _("This address answers for the current record only. Remove “at”.")})
    seq = read_moment(request.GET)
    rest = request.GET.copy()
    del rest[PARAMETER]
    request.GET = rest  # type: ignore[assignment]  # Django takes any QueryDict, the stubs none that was copied
    return seq


def take_since(request: HttpRequest, *, marks_new: bool, past: bool) -> int | None:
    """The entry after which things are new, which is taken out of `request.GET`. Raises `BadQuery` in words."""
    if SINCE not in request.GET or not marks_new:
        return None
    if past:
        raise BadQuery({SINCE: _("A page of the past marks nothing as new. Remove “at” or “new_since”.")})
    seq = read_since(request.GET)
    rest = request.GET.copy()
    del rest[SINCE]
    request.GET = rest  # type: ignore[assignment]  # as above
    return seq


def page(
    template: str,
    *,
    accepts: tuple[str, ...] | None = (),
    past: bool = True,
    of: str | StateReader = "",
    kept: bool = True,
    marks_new: bool = False,
) -> Callable[[Callable[..., dict]], View]:
    """Makes a view of a function that returns plain data: a page, and its twin. See `public_view` for the rest.

    The pages of documents all mark what is new.
    """

    def decorate(build: Callable[..., dict]) -> View:
        @public_view(accepts, past=past, of=of, kept=kept, marks_new=marks_new or (isinstance(of, str) and bool(of)))
        @wraps(build)
        def respond(
            request: HttpRequest, now: Head, *, twin: bool, table: str | None = None, **kwargs: Any
        ) -> HttpResponse:
            content = build(request, **kwargs)
            if table is not None:
                return table_response(request, content, now, table)
            if (since := since_entry()) is not None:
                changes = load_changes_since(since, content["page"], content.get("id", ""))
                content["new"] = new_on_page_data(changes)
            with mark_documents(content["new"]["marks"] if "new" in content else {}):
                return page_response(request, template, content, now, twin=twin, past=past)

        return respond

    return decorate


def page_response(
    request: HttpRequest, template: str, content: dict, now: Head, *, twin: bool, past: bool = True
) -> HttpResponse:
    """The content as a page or as its twin. `linked` in it is data for the head of the page alone."""
    linked = content.pop("linked", None)
    if twin:
        about = {"seq": now.seq, "link": now.link, "published_at": now.published_at}
        return json_response({"format": FORMAT, "head": about, **content})
    site = site_context(request, content, now, past=past) | {"linked": script_text(linked) if linked else ""}
    return HttpResponse(render_to_string(template, {**content, "site": site}, using="jinja2"))


def table_response(request: HttpRequest, content: dict, now: Head, name: str) -> HttpResponse:
    """One table of a page as CSV (record/exports/csv.py), each row with its permanent link; `Link` leads to the next
    part where there is one."""
    table = table_of(content, name)
    root = request.build_absolute_uri("/").rstrip("/")

    def cells(row: dict) -> list:
        address = row.get("address")
        return [*map(row.get, table.columns), f"{root}{address}?{PARAMETER}={now.seq}" if address else None]

    lines = csv.write_header([*table.columns, "permanent_link"]) + csv.write_rows(map(cells, table.rows(content)))
    response = HttpResponse(lines, content_type=csv.CONTENT_TYPE)
    file_name = "-".join(filter(None, [page_name(content), content.get("id", ""), table.name]))
    response["Content-Disposition"] = f'attachment; filename="{file_name}.csv"'
    if further := next_query(content):
        asked = request.GET.copy()
        for parameter, values in QueryDict(further).lists():
            asked.setlist(parameter, values)
        response["Link"] = f'<{keep_moment(f"{request.path}?{asked.urlencode()}")}>; rel="next"'
    return response


def next_query(content: dict) -> str:
    """The query of the next part of a page's list, "" where it ends."""
    if (content.get("paging") or {}).get("next"):
        return f"page={content['paging']['next']}"
    if content.get("older"):
        return f"before={content['older']}"
    return (content.get("next") or "").partition("?")[2]


def json_response(content: dict, status: int = 200, content_type: str = "application/json") -> HttpResponse:
    """Plain data as JSON."""
    return HttpResponse(_encoder.encode(content), content_type=content_type, status=status)


def redirect_to_document(request: HttpRequest, moved: DocumentMoved, *, slug: str) -> HttpResponse:
    """A lasting redirect to where the document stands, with the same query, to the same kind of page."""
    older = f"/{URL_FOLDERS[kind_of(moved.document)]}/{slug}"
    target = address_of(moved.document) + request.path_info.partition(older)[2]
    if request.META.get("QUERY_STRING"):
        target += f"?{request.META['QUERY_STRING']}"
    return permanent_redirect(target)


def permanent_redirect(target: str) -> HttpResponse:
    """A lasting redirect."""
    return set_cache_headers(HttpResponsePermanentRedirect(target))


# Whether a reader has it already.


def etag_of(address: str, state: PageState) -> str:
    """Changes with the state of what is shown, the code and the address. Weak: a server may compress on the way."""
    digest = hashlib.sha256(address.encode()).hexdigest()[:12]
    return f'W/"{state.version}-{code_version()}-{digest}"'


def set_cache_headers(response: HttpResponse, etag: str = "", *, compressed: bool = False) -> HttpResponse:
    """The answer with what every public answer says about keeping it; whether those who take it may get it
    `compressed`."""
    if "Cache-Control" in response:
        patch_cache_control(response, no_cache=True)
    else:
        response["Cache-Control"] = "no-cache"
    if etag:
        response["ETag"] = etag
    if compressed:
        patch_vary_headers(response, ["Accept-Encoding"])
    return response


# When it cannot be answered.

FAILURES = {
    400: (
        gettext_lazy("That cannot be asked"),
        gettext_lazy("Something in the address is not what this page can answer."),
    ),
    403: (gettext_lazy("Not allowed"), gettext_lazy("This address is not open to you.")),
    404: (gettext_lazy("Nothing here"), gettext_lazy("Nothing has been published under this address.")),
    405: (gettext_lazy("Pages can only be read"), gettext_lazy("This address answers GET and HEAD.")),
    410: (gettext_lazy("Withdrawn"), gettext_lazy("What stood here has been withdrawn from the record.")),
    414: (
        gettext_lazy("That address is too long"),
        gettext_lazy("A search takes up to 200 characters: a name, or a few words, are enough."),
    ),
    429: (
        gettext_lazy("Too many at once"),
        gettext_lazy(
            "As many downloads as this site gives out at once are on their way: please ask again in a moment."
        ),
    ),
    500: (
        gettext_lazy("Something broke"),
        gettext_lazy("This is our fault. It has been noted; please try again later."),
    ),
    503: (
        gettext_lazy("Not just now"),
        gettext_lazy("The record cannot be read at the moment: please try again in a few seconds."),
    ),
}


def guess_words(path: str) -> str:
    """What a reader may have looked for at an address where nothing is: the words of its last part."""
    return " ".join(re.findall(r"[^\W_]+", path.rpartition("/")[2].partition(".")[0]))[:100]


NO_CONTENT: Mapping[str, object] = MappingProxyType({})


def failure_response(
    request: HttpRequest,
    status: int,
    *,
    twin: bool,
    sentence: str = "",
    errors: dict[str, str] | None = None,
    when: datetime | None = None,
    content: Mapping[str, object] = NO_CONTENT,
) -> HttpResponse:
    """A page, or a twin, that says in words why there is nothing else. It asks the database nothing."""
    title, meaning = FAILURES[status]
    twin = twin or prefers_json(request)
    shown = {
        "page": "failure",
        "title": title,
        "description": meaning,
        "status": status,
        "sentence": sentence,
        "errors": errors or {},
        "when": format_moment(when) if when else None,
        **content,
    }
    if twin:
        response = json_response(shown, status)
    else:
        shown = {"filters": None, "question": None, **shown, "site": None}
        shown |= {"path": request.path, "guess": guess_words(request.path), "languages": []}
        if request.method in ("GET", "HEAD") and status != 414:
            query = f"?{request.META['QUERY_STRING']}" if request.META.get("QUERY_STRING") else ""
            shown["languages"] = [{**link, "query": query} for link in language_links(request.path_info)]
        response = HttpResponse(render_to_string("record/failure.html", shown, using="jinja2"), status=status)
    if status == 405:
        response["Allow"] = "GET, HEAD, OPTIONS"
    patch_vary_headers(response, ["Accept"])
    return set_cache_headers(response)


def prefers_json(request: HttpRequest) -> bool:
    """Whether who asks takes JSON and no page, as programs say."""
    accepted = request.headers.get("Accept", "")
    return "json" in accepted and "html" not in accepted


def handler_of(status: int) -> View:
    """Answers every request with this status; programs in JSON, whatever form they asked for."""

    def handler(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
        return failure_response(request, status, twin=is_machine_path(request.path))

    return handler


# What is answered where no page is: `claimtrack/urls.py` names these as its handlers.
bad_request, forbidden, not_found, server_error, unavailable = map(handler_of, (400, 403, 404, 500, 503))


def redirect_without_slash(request: HttpRequest) -> HttpResponse | None:
    """A lasting redirect to the page that has the address without the slash at its end; None where there is none."""
    plain = request.path_info.rstrip("/")
    if request.method not in ("GET", "HEAD") or plain == request.path_info or plain.startswith("//"):
        return None
    if is_machine_path(plain) or not is_valid_path(plain):
        return None
    query = request.META.get("QUERY_STRING", "")
    target = f"{get_script_prefix()}{quote(plain.lstrip('/'))}"
    return permanent_redirect(f"{target}?{query}" if query else target)
