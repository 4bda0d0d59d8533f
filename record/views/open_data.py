"""The API: lists and single documents, annotations in pages, what describes them, and the page that shows it all."""

from django.http import HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django.views.decorators.csrf import csrf_exempt

from .. import api as shapes
from .. import examples, openapi, schema
from ..addresses import address_of
from ..asking import NoSuchPage, QueryForm, number, place
from ..documents import FORMAT, Redirect, decode
from ..entries import moment
from ..exports import annotations as collection
from ..exports import snapshot
from ..exports.standing import Named
from ..linked.annotations import CONTEXT, annotations_of, named_in
from ..linked.site import this_site
from ..linked.vocabulary import described
from ..querysets import PUBLIC, NotFound
from ..twins import answered, as_json, page

LINKED = "application/ld+json"
KEEP = 3600  # seconds for which what describes the formats may be kept without asking again


def reads_only(view):
    """The API answers every other method with 405, which asks for no token against forgery."""
    return csrf_exempt(view)


class ListForm(QueryForm):
    """After which entry a list goes on, and how many documents it gives at once."""

    after = place("after")
    limit = number(1, shapes.MOST, lazy("This must be one whole number from 1 to %(most)s."), absent=shapes.USUAL)


@reads_only
@answered(accepts=ListForm.names())
def listing(request, now, *, kind, twin):
    """One page of what stands of one kind."""
    after, limit = cursor(request.GET, now)
    items, following = shapes.listed(kind, after=after, limit=limit, head=now)
    content = {"format": FORMAT, "head": now, "items": items, "next": None}
    if following is not None:
        content["next"] = f"{request.path}?after={following}&limit={limit}"
    return as_json(content)


@reads_only
@answered(accepts=())
def one(request, now, *, kind, public_id, twin):
    """One document as it stands; what was merged leads to what it was merged into."""
    row = shapes.one(public_id, kind)
    if row.kind == "redirect" != kind:
        into = decode(row.document).into
        return HttpResponsePermanentRedirect(request.path.replace(public_id, into))
    return as_json({"format": FORMAT, "head": now, **shapes.published(row)})


@reads_only
@answered(accepts=ListForm.names())
def annotations(request, now, *, twin):
    """One page of annotations: those of up to `limit` statements."""
    after, limit = cursor(request.GET, now)
    rows = list(shapes.rows_of("statement", after=after, head=now)[: limit + 1])
    site, named = this_site(), Named(snapshot(now.seq or None, using=PUBLIC))
    entries = [Entry(row) for row in rows[:limit]]
    named.fetch(public_id for entry in entries for public_id in named_in(entry.document))
    found = {
        "@context": CONTEXT,
        "id": site.at(f"api/annotations.jsonld?after={after}&limit={limit}"),
        "type": "AnnotationPage",
        "partOf": {"id": site.at(collection.PATH), "type": "AnnotationCollection", "label": site.name},
        "items": [one for entry in entries for one in annotations_of(entry, site=site, get=named.get)],
    }
    if len(rows) > limit:
        found["next"] = site.at(f"api/annotations.jsonld?after={entries[-1].seq}&limit={limit}")
    return typed(as_json(found), collection.CONTENT_TYPE)


class Entry:
    """A row of the log as annotations read it."""

    def __init__(self, row):
        self.seq, self.document, self.published_at = row.seq, decode(row.document), moment(row.published_at)


@answered(accepts=())
def identity(request, now, *, public_id, twin):
    """What is named by an id is described on its page: 303, because it is not itself a page."""
    document, seen = decode(shapes.one(public_id).document), set()
    while isinstance(document, Redirect):
        if document.id in seen:
            raise NotFound
        seen.add(document.id)
        document = decode(shapes.one(document.into).document)
    response = redirect(address_of(document))
    response.status_code = 303
    return response


def constant(build, content_type: str):
    """A view of what follows from the code alone."""

    @reads_only
    @answered(accepts=())
    def view(request, now, *, twin, **kwargs):
        response = typed(as_json(build(**kwargs)), content_type)
        response["Cache-Control"] = f"public, max-age={KEEP}"
        return response

    return view


context = constant(described, LINKED)
description = constant(openapi.description, openapi.OPENAPI)


@reads_only
@answered(accepts=())
def document_schema(request, now, *, name, twin):
    """The JSON Schema of one kind of document."""
    if name not in schema.DOCUMENT_SCHEMAS:
        raise NoSuchPage(_("There is no kind of document of that name."))
    return typed(as_json(schema.document_schema(name)), "application/schema+json")


@page("record/api.html")
def api(request):
    return {
        "page": "api",
        "title": _("API"),
        "description": _("The record for programs: lists, single documents, exports, with examples."),
        "address": "/api",
        "operations": openapi.operations(),
        "examples": examples.examples(this_site()),
    }


def cursor(query, now) -> tuple[int, int]:
    """The `after` and `limit` that are asked for. Raises `BadQuery` or `NoSuchPage` in words."""
    asked = ListForm(query).asked()
    after = asked["after"] or 0
    if after > now.seq:
        raise NoSuchPage(_("The record ends at %(seq)s: after lies beyond it.") % {"seq": now.seq})
    return after, asked["limit"]


def typed(response: HttpResponse, content_type: str) -> HttpResponse:
    response["Content-Type"] = content_type
    return response
