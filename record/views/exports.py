"""The exports and their schema, as downloads that any page and any program may read."""

import re

from django.http import HttpResponse, StreamingHttpResponse
from django.utils.cache import patch_cache_control

from .. import schema as shapes
from ..exports import Ahead, Snapshot, json, ndjson, snapshot
from ..models import Publication
from ..querysets import PUBLIC
from ..twins import BadQuery, NoSuchPage, code_version, failure, is_fresh, refuse_bad_characters, refuse_unknown

A_SEQ = re.compile(r"0|[1-9][0-9]{0,17}", re.ASCII)


def export_json(request):
    """The record as one JSON document."""
    return download(request, json, "json")


def export_ndjson(request):
    """The record line by line."""
    return download(request, ndjson, "ndjson")


def schema(request):
    """The JSON Schema of every document and of the exports."""
    if request.method not in ("GET", "HEAD"):
        return failure(request, 405, twin=True)
    if request.GET:
        return failure(request, 400, twin=True, errors={"query": "The schema takes no parameters."})
    etag = f'W/"schema-{code_version()}"'
    if is_fresh(request, etag):
        return with_headers(HttpResponse(status=304), etag)
    return with_headers(HttpResponse(shapes.export_schema_json(), content_type="application/schema+json"), etag)


def download(request, form, ending: str):
    """The answer of an export: its bounds read and refused in words, its bytes streamed."""
    if request.method not in ("GET", "HEAD"):
        return failure(request, 405, twin=True)
    try:
        asked = bounds(request.GET)
    except BadQuery as error:
        return failure(request, 400, twin=True, errors=error.errors)
    except NoSuchPage as error:
        return failure(request, 404, twin=True, sentence=str(error))
    etag = etag_of(asked, ending)
    if is_fresh(request, etag):
        return with_headers(HttpResponse(status=304), etag)
    if request.method == "HEAD":
        response = HttpResponse(content_type=form.CONTENT_TYPE)
        del response["Content-Length"]
    else:
        response = StreamingHttpResponse(form.export(asked), content_type=form.CONTENT_TYPE)
    response["Content-Disposition"] = f'attachment; filename="{filename(asked, ending)}"'
    return with_headers(response, etag)


def bounds(query) -> Snapshot:
    """What part of the log is asked for. Raises `BadQuery` for what is no place in it, `NoSuchPage` beyond its end."""
    refuse_bad_characters(query)
    refuse_unknown(query, ("as_of", "since"))
    as_of, since = (read_seq(query, name) for name in ("as_of", "since"))
    if as_of is not None and since is not None and since > as_of:
        raise BadQuery({"since": f"This lies after as_of, {as_of}: nothing is between them."})
    try:
        return snapshot(as_of, since, using=PUBLIC)
    except Ahead as error:
        raise NoSuchPage(str(error)) from None


def read_seq(query, name: str) -> int | None:
    """A place in the log, 0 before its first entry; None where the query does not name one."""
    values = query.getlist(name)
    if not values:
        return None
    if len(values) > 1:
        raise BadQuery({name: "This is given more than once: give one place in the record."})
    if re.fullmatch(r"[0-9]+", values[0], re.ASCII) and len(values[0]) > 18:
        raise NoSuchPage(f"No record is that long: {name} lies beyond it.")
    if not A_SEQ.fullmatch(values[0]):
        raise BadQuery({name: f"“{values[0][:40]}” is not a place in the record: these are whole numbers from 0."})
    return int(values[0])


def etag_of(asked: Snapshot, ending: str) -> str:
    """Changes with what is exported: with the head, and with every withdrawal and erasure, which reach back."""
    taken_back = Publication.objects.using(PUBLIC).filter(document=None).count()
    as_of = "" if asked.as_of is None else asked.as_of
    since = "" if asked.since is None else asked.since
    return f'W/"{ending}-{asked.head.seq}-{asked.head.link[:12]}-{taken_back}-{as_of}-{since}-{code_version()}"'


def filename(asked: Snapshot, ending: str) -> str:
    """Such as claimtrack-2026-01-31-1234.ndjson: the day and the seq of its last entry, and the one it follows."""
    day = asked.head.published_at[:10] if asked.head.published_at else "empty"
    since = f"-since-{asked.since}" if asked.since is not None else ""
    return f"claimtrack-{day}-{asked.head.seq}{since}.{ending}"


def with_headers(response, etag: str):
    """Readable from any page. Nothing is kept without asking again: what was withdrawn must not come from a cache."""
    patch_cache_control(response, no_cache=True)
    response["ETag"] = etag
    response["Access-Control-Allow-Origin"] = "*"
    return response
