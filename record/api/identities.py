"""`/id/ID`, by which linked data names a thing: leads to its page, or to what the record says of it as data.

Which, says `Accept` (RFC 9110, section 12.5.1): HTML, JSON-LD, JSON, and where rdflib is installed Turtle, N-Triples.
The data of one thing are its node of /export.jsonld; who stands for a claim is said there alone.
"""

from importlib.util import find_spec

import msgspec
from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext as _

from ..documents import PageDocument, Redirect, kind_of
from ..documents.addresses import address_of
from ..documents.entries import Head
from ..exports import jsonld
from ..linked_data.site import this_site
from ..linked_data.terms import CITO, OWN_NAMESPACE, PROV, SCHEMA, json_ld_context
from ..models import Publication
from ..pages.page_context import keep_moment
from ..pages.responses import json_response, public_view
from ..queries.page_state import PageState, record_state, version_state
from ..queries.query_forms import NoSuchPage
from ..queries.querysets import DocumentNotFound, document_of_publication
from . import reads

RDF_PACKAGE = "rdflib"
RDF_FORMS = {"ttl": ("text/turtle", "turtle"), "nt": ("application/n-triples", "nt")}
MEDIA_TYPES = {
    "html": "text/html",
    "jsonld": jsonld.CONTENT_TYPE,
    "json": "application/json",
    **{form: media_type for form, (media_type, _name) in RDF_FORMS.items()},
}


_encoder = msgspec.json.Encoder(decimal_format="number")


def can_write_rdf() -> bool:
    """Whether this site can write Turtle and N-Triples."""
    return find_spec(RDF_PACKAGE) is not None


def wanted_form(request: HttpRequest) -> str:
    """The form that a reader takes most gladly, the page where they take none."""
    known = [form for form in MEDIA_TYPES if form not in RDF_FORMS or can_write_rdf()]
    best = request.get_preferred_type([MEDIA_TYPES[form] for form in known])
    return next((form for form in known if MEDIA_TYPES[form] == best), "html")


def state_of_identity(request: HttpRequest, *, public_id: str) -> PageState:
    """In which state the way from a name stands: merges lead elsewhere, and each form has its own."""
    state = record_state()
    return PageState(state.head, f"{state.version}.{wanted_form(request)}", state.emptied)


@public_view(accepts=(), past=True, of=state_of_identity)
def identity(request: HttpRequest, now: Head, *, public_id: str, twin: bool) -> HttpResponse:
    """To the page that describes what is named, or to its data: 303, because it is not itself a page."""
    document, form = resolved_document(public_id), wanted_form(request)
    if form == "html":
        target = address_of(document)
    elif form == "json":
        target = reverse(f"api_{kind_of(document)}", kwargs={"public_id": document.id})
    else:
        target = reverse(f"identity_{form}", kwargs={"public_id": document.id})
    response = redirect(keep_moment(target))
    response.status_code = 303
    patch_vary_headers(response, ["Accept"])
    return response


def state_of_description(request: HttpRequest, *, public_id: str, form: str) -> PageState:
    return version_state(public_id)


@public_view(accepts=(), past=True, of=state_of_description)
def description(request: HttpRequest, now: Head, *, public_id: str, form: str, twin: bool) -> HttpResponse:
    """What the record says of one thing, as JSON-LD, Turtle or N-Triples; what was merged leads on."""
    if form in RDF_FORMS and not can_write_rdf():
        said = _("This record is not available in that format here: the site has not installed %(package)s.")
        raise NoSuchPage(said % {"package": RDF_PACKAGE})
    row = reads.current_publication(public_id)
    if row.kind == "redirect":
        target = reverse(f"identity_{form}", kwargs={"public_id": resolved_document(public_id).id})
        return HttpResponsePermanentRedirect(keep_moment(target))
    node = described_node(row)
    if form == "jsonld":
        context = this_site().address_for("context.jsonld")
        return json_response({"@context": context, **node}, content_type=jsonld.CONTENT_TYPE)
    return HttpResponse(write_rdf(node, form), content_type=f"{RDF_FORMS[form][0]}; charset=utf-8")


def described_node(row: Publication) -> dict:
    return jsonld.node(reads.published_document(row), site=this_site())


def write_rdf(node: dict, form: str) -> bytes:
    """A node of JSON-LD as Turtle ("ttl") or N-Triples ("nt")."""
    from rdflib import Graph  # a third of a second that only a reader of these should wait for
    from rdflib.plugins.parsers.jsonld import to_rdf

    # A store of one graph: for those of several rdflib's own reader calls what rdflib warns of.
    graph = Graph(store="SimpleMemory")
    to_rdf(msgspec.json.decode(_encoder.encode({"@context": json_ld_context(), **node})), graph)
    for prefix, namespace in {"schema": SCHEMA, "cito": CITO, "prov": PROV, "own": OWN_NAMESPACE}.items():
        graph.bind(prefix, namespace, replace=True)
    return graph.serialize(format=RDF_FORMS[form][1], encoding="utf-8")


def resolved_document(public_id: str) -> PageDocument:
    """The document that an id leads to through merges."""
    document = document_of_publication(reads.current_publication(public_id))
    passed: set[str] = set()
    while isinstance(document, Redirect):
        if document.id in passed:
            raise DocumentNotFound
        passed.add(document.id)
        document = document_of_publication(reads.current_publication(document.into))
    return document
