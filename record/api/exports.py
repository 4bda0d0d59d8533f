"""The exports and their schema, as downloads that any page and any program may read.

docs/exports.md says what readers may count on: filters, bounds, ranges, compression, caching.
"""

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import BinaryIO, TypeVar

from django.conf import settings
from django.http import HttpRequest, HttpResponse, QueryDict, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.utils.cache import patch_cache_control, patch_vary_headers
from django.utils.http import parse_etags
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt

from ..code_version import code_version
from ..exports import FORMATS, BeyondLogEnd, Format, Snapshot, take_snapshot
from ..exports.downloads import (
    RETRY_AFTER,
    Delivery,
    NoFreeSlot,
    RangeNotSatisfiable,
    SlotHolder,
    choose_encoding,
    compressed_chunks,
    read_range,
)
from ..exports.filtering import FILTERS, entry_to_begin_after, filtered_snapshot
from ..linked_data.site import terms
from ..log import file_cache
from ..pages.responses import failure_response
from ..queries.query_forms import (
    BadQuery,
    NoSuchPage,
    NothingThere,
    Parameter,
    QueryForm,
    drop_empty_parameters,
    pick_parameters,
    read_first_day,
    refuse_bad_characters,
    refuse_unknown,
    seq_parameter,
)
from ..queries.querysets import PUBLIC_ALIAS
from . import openapi

COMPRESSIBLE_TYPE = re.compile(r"text/|application/(?:[a-z.-]+\+)?(?:json|x-ndjson|x-bibtex|schema)", re.ASCII)
SECONDS_PER_YEAR = 365 * 24 * 3600  # seconds
R = TypeVar("R", bound=HttpResponseBase)


@csrf_exempt  # every other method is refused with 405, and asks for no token
def export(request: HttpRequest, *, name: str) -> HttpResponseBase:
    """One format of the record."""
    form = FORMATS[name]
    if request.method not in ("GET", "HEAD"):
        return failure_response(request, 405, twin=True)
    try:
        if not form.is_installed:
            said = _("This record is not available in that format here: the site has not installed %(package)s.")
            raise NoSuchPage(said % {"package": form.needs})
        asked, state = read_export_request(request.GET, form)
        encoding = (
            choose_encoding(request.headers.get("Accept-Encoding", ""))
            if COMPRESSIBLE_TYPE.match(form.media_type)
            else ""
        )
        delivery = Delivery(form, asked, encoding)
        refuse_other_state(state, delivery)
    except BadQuery as error:
        return failure_response(request, error.status, twin=True, errors=error.errors)
    except NoSuchPage as error:
        return failure_response(request, 404, twin=True, sentence=str(error))
    try:
        response = export_response(request, delivery)
    except NoFreeSlot:
        refusal = failure_response(request, 429, twin=True)
        refusal["Retry-After"] = str(RETRY_AFTER)
        return refusal
    if state is not None:
        patch_cache_control(response, private=True, immutable=True, max_age=SECONDS_PER_YEAR)
    return set_download_headers(
        set_export_headers(response, delivery.etag, kept_for_ever=state is not None), request, delivery
    )


@csrf_exempt
def schema(request: HttpRequest) -> HttpResponse:
    """The JSON Schema of every document and of the exports."""
    if request.method not in ("GET", "HEAD"):
        return failure_response(request, 405, twin=True)
    if request.GET:
        return failure_response(request, 400, twin=True, errors={"query": _("The schema takes no parameters.")})
    etag = f'W/"schema-{code_version()}"'
    if is_not_modified(request, etag):
        return set_export_headers(HttpResponse(status=304), etag)
    return set_export_headers(HttpResponse(openapi.export_schema_json(), content_type="application/schema+json"), etag)


# What is asked for.


class BoundsForm(QueryForm):
    """Up to which entry the record is given, and after which."""

    as_of = seq_parameter("as_of")
    since = seq_parameter("since")
    recorded_since = Parameter(read_first_day, label="Recorded since")


def read_export_request(query: QueryDict, form: Format) -> tuple[Snapshot, str | None]:
    """The part of the record that is asked for, and the `state` that is named.

    Raises `BadQuery` for what is no part of it, `NoSuchPage` beyond its end.
    """
    refuse_bad_characters(query)
    refuse_unknown(query, (*BoundsForm.names(), "state", *FILTERS))
    bounds = BoundsForm(pick_parameters(query, BoundsForm.names())).clean_values()
    as_of, since, state = bounds["as_of"], bounds["since"], query.getlist("state")
    day = bounds["recorded_since"]
    chosen_by = drop_empty_parameters(pick_parameters(query, FILTERS), FILTERS)
    errors = {}
    if as_of is not None and since is not None and since > as_of:
        words = _("This lies after as_of, %(as_of)s: nothing is between them.") % {"as_of": as_of}
        raise NothingThere({"since": words})
    if since is not None and not form.log:
        errors["since"] = _(
            "For what came after an entry, use export.json or export.ndjson, which include withdrawals."
        )
    if state and (as_of is None or len(state) > 1 or since is not None or day is not None):
        errors["state"] = _("This goes with as_of, once: the two together name bytes that never change.")
    if errors:
        raise BadQuery(errors)
    begin = entry_to_begin_after(since, day, as_of=as_of, using=PUBLIC_ALIAS)
    try:
        asked = take_snapshot(as_of, begin, using=PUBLIC_ALIAS)
    except BeyondLogEnd as error:
        raise NoSuchPage(str(error)) from None
    if chosen_by:
        asked = filtered_snapshot(chosen_by, as_of=as_of, since=begin, using=PUBLIC_ALIAS)
    return replace(asked, recorded_since=day if since is None else None), state[0] if state else None


def refuse_other_state(state: str | None, delivery: Delivery) -> None:
    """Raises `NoSuchPage` where the bytes that a `state` names are not given out any more."""
    if state is not None and state != delivery.state:
        raise NoSuchPage(
            _(
                "That state of the record is no longer available: something has since been withdrawn or erased, or the "
                "site was updated. Use as_of alone."
            )
        )


# What is answered.


def export_response(request: HttpRequest, delivery: Delivery) -> HttpResponseBase:
    """The bytes, a part of them, or that the reader has them. Raises `NoFreeSlot`."""
    if is_not_modified(request, delivery.etag):
        return HttpResponse(status=304)
    form, file = delivery.form, file_cache.find(delivery.key) if delivery.whole else None
    wanted = request.headers.get("Range") if delivery.whole and request.method == "GET" else None
    # A part is given to a reader who has no other part, or one of the same bytes: a date in If-Range does not say.
    if wanted and request.headers.get("If-Range", delivery.etag).strip() == delivery.etag:
        file = file or kept_file(delivery)
        if file:
            return partial_response(file, wanted, delivery)
    if request.method == "HEAD":
        response: HttpResponseBase = HttpResponse(content_type=form.media_type)
        # Readers by address ask so how long the file is that they then take in parts.
        file = file or (
            file_cache.keep(delivery.key, encoded_chunks(delivery), summed=not delivery.encoding)
            if delivery.whole
            else None
        )
        if file:
            response["Content-Length"] = file_cache.size_of(file)
            file.close()
    elif file:
        response = StreamingHttpResponse(
            SlotHolder(file_cache.FileRange(file, 0, file_cache.size_of(file))), content_type=form.media_type
        )
        response["Content-Length"] = file_cache.size_of(file)
    else:
        chunks = encoded_chunks(delivery)
        if delivery.whole and delivery.is_costly:
            chunks = file_cache.keep_while_streaming(delivery.key, chunks, summed=not delivery.encoding)
        response = StreamingHttpResponse(SlotHolder(chunks), content_type=form.media_type)
    return response


def kept_file(delivery: Delivery) -> BinaryIO | None:
    """The file, which is made and kept; None where none can be."""
    return file_cache.keep(delivery.key, encoded_chunks(delivery), summed=not delivery.encoding)


def encoded_chunks(delivery: Delivery) -> Iterator[bytes]:
    return compressed_chunks(delivery.form(delivery.snapshot), delivery.encoding)


def partial_response(file: BinaryIO, wanted: str, delivery: Delivery) -> HttpResponseBase:
    """The range that is asked for, or the whole file where no single range is."""
    size = file_cache.size_of(file)
    try:
        found = read_range(wanted, size)
    except RangeNotSatisfiable:
        file.close()
        refusal = HttpResponse(status=416, content_type=delivery.form.media_type)
        refusal["Content-Range"] = f"bytes */{size}"
        return refusal
    first, end = found or (0, size)
    chunks = SlotHolder(file_cache.FileRange(file, first, end))
    response = StreamingHttpResponse(chunks, content_type=delivery.form.media_type)
    response["Content-Length"] = end - first
    if found:
        response.status_code = 206
        response["Content-Range"] = f"bytes {first}-{end - 1}/{size}"
    return response


def is_not_modified(request: HttpRequest, etag: str) -> bool:
    """Whether the reader's copy is the one that would be made now. While the program is being written none is."""
    known = parse_etags(request.headers.get("If-None-Match", ""))
    return not settings.DEBUG and etag.removeprefix("W/") in {tag.removeprefix("W/") for tag in known}


def set_export_headers(response: R, etag: str, *, kept_for_ever: bool = False) -> R:
    """Nothing is kept without asking again: what was withdrawn must not come from a cache."""
    if not kept_for_ever:
        patch_cache_control(response, no_cache=True)
    response["ETag"] = etag
    return response


def set_download_headers(response: R, request: HttpRequest, delivery: Delivery) -> R:
    """With what a download is called, how it was compressed, where it stays as it is, and under which terms it is."""
    permanent = request.build_absolute_uri(f"{request.path}?{delivery.permanent_query}")
    links = [f'<{permanent}>; rel="memento"']
    if terms().address:
        links.append(f'<{terms().address}>; rel="license"')
    response["Link"] = ", ".join(links)
    if delivery.snapshot.undated_count is not None:
        response["Claimtrack-Undated-Left-Out"] = delivery.snapshot.undated_count
    if COMPRESSIBLE_TYPE.match(delivery.form.media_type):
        patch_vary_headers(response, ["Accept-Encoding"])
    if response.status_code in (200, 206):
        response["Content-Disposition"] = f'attachment; filename="{delivery.filename}"'
        response["Accept-Ranges"] = "bytes" if delivery.whole else "none"
        if delivery.encoding:
            response["Content-Encoding"] = delivery.encoding
    return response
