"""What describes the record to programs: the JSON Schema (2020-12) of every document and of the exports, and the
OpenAPI 3.1 description of everything that may be asked for, with what the page `/api` shows of it.

They are made from the types of the documents, the table of formats and the filters themselves. What a machine should
know beside is put in here: that figures are written as plain numbers, and what stands in each group of the export.
"""

import inspect
import json as encoder
from collections.abc import Iterator
from functools import cache
from typing import Literal, get_args

import msgspec
from django.conf import settings
from django.utils.translation import gettext as _

from ..documents import DOCUMENT_TYPES, FORMAT, AnyDocument, Id, Redirect
from ..documents.entries import Entry, Head, LastLine, Seq
from ..documents.vocabulary import ACTOR_KINDS, STANCES
from ..exports import FORMATS, Format, jsonld
from ..exports.filtering import FILTERS, SLUG_FILTERS
from ..exports.json import KINDS_BY_GROUP
from ..linked_data.site import PublishedBy, Terms, terms, this_site
from . import reads
from .identities import RDF_FORMS

DIALECT = "https://json-schema.org/draft/2020-12/schema"


class FirstLine(msgspec.Struct, kw_only=True, frozen=True, forbid_unknown_fields=True):
    """The first line of /export.ndjson; `publisher` is there where the site says who that is, `filters` where
    the export holds a part of what stands."""

    format: reads.Format
    head: Head
    as_of: Seq | Literal[0] | None
    since: Seq | Literal[0] | None
    terms: Terms
    publisher: PublishedBy | msgspec.UnsetType = msgspec.UNSET
    filters: dict[str, list[str]] | msgspec.UnsetType = msgspec.UNSET
    undated_left_out: int | msgspec.UnsetType = msgspec.UNSET


DOCUMENT_SCHEMAS = {kind: shape.__name__ for kind, shape in DOCUMENT_TYPES.items()} | {"redirect": "Redirect"}


def components(types: list, ref_template: str) -> dict[str, dict]:
    """The schemas of these types and of all their parts, by name; `ref_template` says how they refer to one another."""
    _, parts = msgspec.json.schema_components(types, ref_template=ref_template)
    for part in parts.values():
        for described in part.get("properties", {}).values():
            if described.get("default") == ():
                described["default"] = []
        # Figures are JSON numbers: the types' own schema takes decimals for text.
        for node in [node for node in _nodes(part) if node.get("format") == "decimal"]:
            node.clear()
            node["type"] = "number"
        if "description" in part:
            part["description"] = inspect.cleandoc(part["description"])
    return parts


@cache
def document_schema(kind: str) -> dict:
    """The schema of the documents of one kind, whole in itself: `/schemas/claim.json`."""
    parts = components([AnyDocument], "#/$defs/{name}")
    wanted, needed = [DOCUMENT_SCHEMAS[kind]], {}
    while wanted:
        name = wanted.pop()
        needed[name] = parts[name]
        others = [node["$ref"].rpartition("/")[2] for node in _nodes(parts[name]) if "$ref" in node]
        wanted += [other for other in others if other not in needed]
    return {
        "$schema": DIALECT,
        "$id": f"urn:{FORMAT.replace('/', ':')}:{kind}",
        "title": f"A document of the record, {kind}, {FORMAT}",
        "$ref": f"#/$defs/{DOCUMENT_SCHEMAS[kind]}",
        "$defs": needed,
    }


@cache
def export_schema() -> dict:
    """The schema of /export.json; `$defs` has every document by its name, and FirstLine, Entry, LastLine."""
    parts = components([*DOCUMENT_TYPES.values(), Redirect, AnyDocument, Entry, FirstLine, LastLine], "#/$defs/{name}")
    documents = {kind: {"$ref": f"#/$defs/{kind.title()}"} for kind in [*DOCUMENT_TYPES, "redirect"]}
    groups = {group: _entries_with(documents[kind]) for group, kind in KINDS_BY_GROUP.items()}
    groups["withdrawn"] = _entries_with({"type": "null"}, named=True)
    groups["superseded"] = {"type": "array", "items": {"$ref": "#/$defs/Entry"}}
    required = [*parts["FirstLine"]["required"], *groups]
    groups["erased"] = _entries_with({"type": "null"}, named=True)  # with `since` only
    first = parts["FirstLine"]["properties"]
    sha256 = parts["LastLine"]["properties"]["sha256"] | {"description": "of all bytes before the comma before it"}
    return {
        "$schema": DIALECT,
        "$id": f"urn:{FORMAT.replace('/', ':')}:export",
        "title": f"An export of the record, {FORMAT}",
        "type": "object",
        "properties": {**first, **groups, "sha256": sha256},
        "required": [*required, "sha256"],
        "additionalProperties": False,
        "$defs": parts,
    }


@cache
def export_schema_json() -> bytes:
    """`export_schema` as it is served."""
    return encoder.dumps(export_schema(), ensure_ascii=False, indent=1).encode() + b"\n"


def _entries_with(document: dict, *, named: bool = False) -> dict:
    """Entries that hold this; those without a document say what they are about."""
    item = {"$ref": "#/$defs/Entry", "properties": {"document": document}}
    return {"type": "array", "items": item | ({"required": ["kind", "public_id"]} if named else {})}


def _nodes(part: object) -> Iterator[dict]:
    """Every dictionary in a part of a schema, itself included."""
    if isinstance(part, dict):
        yield part
    for value in part.values() if isinstance(part, dict) else part if isinstance(part, list) else ():
        yield from _nodes(value)


REFERENCE = "#/components/schemas/{name}"
OPENAPI = "application/vnd.oai.openapi+json;version=3.1"
MOST_VALUES = 10  # of one filter: as many as an address has room for
SEQ_SCHEMA = {"type": "integer", "minimum": 0, "maximum": 10**18 - 1}


def _contact() -> dict:
    """Whom to ask, where the publisher has said who they are."""
    known = settings.PUBLISHER
    if not known.is_known:
        return {}
    name = known.text("publisher", settings.LANGUAGE_CODE)[0]
    found = {"name": name, "url": this_site().address_for("about"), "email": known.email}
    return {field: value for field, value in found.items() if value}


def description() -> dict:
    """The whole description, as `/api/openapi.json` serves it."""
    stated = terms()
    return {
        "openapi": "3.1.0",
        "info": {
            "title": this_site().name,
            "version": FORMAT.partition("/")[2],
            "description": _("Who says what about a contested question, and how we know that they said it."),
            **({"contact": contact} if (contact := _contact()) else {}),
            "license": {"name": stated.words} | ({"url": stated.address} if stated.address else {}),
        },
        "jsonSchemaDialect": DIALECT,
        "servers": [{"url": this_site().address}],
        "paths": {
            **{f"/api/{name}.json": {"get": _list_operation(name)} for name in reads.KINDS_BY_LIST},
            **{f"/api/{name}/{{id}}.json": {"get": _document_operation(name)} for name in reads.KINDS_BY_LIST},
            "/api/annotations.jsonld": {"get": _annotations_operation()},
            **{f"/{form.address}": {"get": _export_operation(form)} for form in FORMATS.values() if form.is_installed},
            **_description_operations(),
            "/id/{id}": {"get": _identity_operation()},
            "/id/{id}.jsonld": {"get": _identity_data_operation("jsonld", jsonld.CONTENT_TYPE, {"type": "object"})},
            **{
                f"/id/{{id}}.{form}": {
                    "get": _identity_data_operation(form, f"{media_type}; charset=utf-8", {"type": "string"})
                }
                for form, (media_type, _name) in RDF_FORMS.items()
            },
        },
        "components": {
            "schemas": _answer_schemas(),
            "parameters": _parameters(),
            "responses": _responses(),
        },
    }


def operations() -> list[dict]:
    """What the page lists: of each address `path`, `summary`, `parameters` (`name`, `words`) and `types` of answers."""
    described = description()
    shared = {_refer(name)["$ref"]: shape for name, shape in described["components"]["parameters"].items()}
    return [
        {
            "path": path,
            "summary": methods["get"]["summary"],
            "parameters": [
                {"name": parameter["name"], "words": parameter["description"]}
                for parameter in (
                    shared.get(entry.get("$ref"), entry) for entry in methods["get"].get("parameters", [])
                )
            ],
            "types": list(methods["get"]["responses"].get("200", {}).get("content", {})),
        }
        for path, methods in described["paths"].items()
    ]


def _answer_schemas() -> dict[str, dict]:
    """The schemas of all answers: for every kind of document a list, a single document and an entry of its own."""
    types = [*DOCUMENT_TYPES.values(), Redirect, reads.SingleDocument, reads.Listing, reads.Failure]
    parts = components([*types, Entry, FirstLine, LastLine], REFERENCE)
    published, single, listing = (parts.pop(name) for name in ("PublishedDocument", "SingleDocument", "Listing"))
    for shape in DOCUMENT_SCHEMAS.values():
        document = {"document": _schema(shape)}
        parts[f"Published{shape}"] = _with_properties(f"Published{shape}", published, document)
        parts[f"Single{shape}"] = _with_properties(f"Single{shape}", single, document)
        items = {"items": {"type": "array", "items": _schema(f"Published{shape}")}}
        parts[f"{shape}Listing"] = _with_properties(f"{shape}Listing", listing, items)
        parts[f"{shape}Entry"] = _with_properties(f"{shape}Entry", parts["Entry"], document)
    first, last = parts.pop("FirstLine"), parts.pop("LastLine")
    groups = {group: _schema(f"{DOCUMENT_SCHEMAS[kind]}Entry") for group, kind in KINDS_BY_GROUP.items()}
    groups |= {name: _schema("Entry") for name in ("withdrawn", "superseded", "erased")}
    lists = {group: {"type": "array", "items": item} for group, item in groups.items()}
    required = [*first["required"], *(name for name in lists if name != "erased"), "sha256"]
    whole = lists | {"sha256": last["properties"]["sha256"]}
    parts["Export"] = _with_properties("Export", first, whole) | {"required": required}
    return parts


def _with_properties(title: str, shape: dict, properties: dict) -> dict:
    """The schema of an object under another title, with other types of some of its properties."""
    return {**shape, "title": title, "properties": {**shape["properties"], **properties}}


def _schema(name: str) -> dict:
    return {"$ref": REFERENCE.format(name=name)}


# One function for each kind of operation.


def _list_operation(name: str) -> dict:
    return {
        "operationId": f"list_{name}",
        "summary": _("Current documents of one kind (%(kind)s), in order of publication, in pages.") % {"kind": name},
        "parameters": [_refer("after"), _refer("limit"), _refer("at")],
        "responses": _response_references(
            _json_content(_schema(f"{DOCUMENT_SCHEMAS[reads.KINDS_BY_LIST[name]]}Listing")), "400", "404", "414"
        ),
    }


def _document_operation(name: str) -> dict:
    kind = reads.KINDS_BY_LIST[name]
    return {
        "operationId": f"get_{kind}",
        "summary": _("One current document (%(kind)s).") % {"kind": kind},
        "parameters": [_refer("id"), _refer("at")],
        "responses": _response_references(
            _json_content(_schema(f"Single{DOCUMENT_SCHEMAS[kind]}")), "301", "400", "404", "410", "414"
        ),
    }


def _annotations_operation() -> dict:
    page = {
        "type": "object",
        "required": ["@context", "id", "type", "partOf", "items"],
        "properties": {
            "type": {"const": "AnnotationPage"},
            "items": {"type": "array", "items": {"type": "object", "required": ["id", "type", "target"]}},
            "next": {"type": "string"},
        },
    }
    content = {FORMATS["annotations"].media_type: {"schema": page}}
    return {
        "operationId": "list_annotations",
        "summary": _("A page of W3C web annotations: those of up to `limit` statements."),
        "parameters": [_refer("after"), _refer("limit"), _refer("at")],
        "responses": _response_references({"description": "An AnnotationPage.", "content": content}, "400", "404"),
    }


def _export_operation(form: Format) -> dict:
    whole = {"description": str(form.words), "content": {form.media_type: {"schema": _export_body(form)}}}
    bounds = ["as_of", *(["since"] if form.log else []), "recorded_since"]
    return {
        "operationId": f"export_{form.name.replace('.', '_')}",
        "summary": str(form.words),
        "parameters": [_refer(name) for name in (*bounds, *FILTERS)],
        "responses": _response_references(whole, "304", "400", "404", "416", "429")
        | {"206": whole | {"description": _("The bytes that were asked for.")}},
    }


def _export_body(form: Format) -> dict:
    """What an export is: the whole log has a type, other JSON is named by who defines it, the rest is text or bytes."""
    objects = {"type": "array", "items": {"type": "object"}}
    media_type = form.media_type.partition(";")[0]
    if form.name == "json":
        return _schema("Export")
    if form.name in _JSON_BODIES:
        lists = dict.fromkeys(_JSON_BODIES[form.name], objects)
        return {"type": "object", "required": list(lists), "properties": lists} if lists else {"type": "object"}
    if media_type.endswith("json") and not media_type.endswith("ndjson"):
        return objects
    is_text = media_type.startswith("text/") or media_type.endswith(("ndjson", "bibtex"))
    return {"type": "string"} if is_text else {"type": "string", "format": "binary"}


# Formats that are one object of JSON, with the lists that each holds.
_JSON_BODIES = {"datapackage.json": ("resources",), "jsonld": ("@graph",), "annotations": (), "popolo": ("persons",)}


def _description_operations() -> dict:
    """What describes the rest: schemas, context, and this."""
    fixed = {
        "/schema.json": ("schema", _("The JSON Schema of the export."), "application/schema+json"),
        "/context.jsonld": (
            "context",
            _("The JSON-LD context, with every word of ours explained."),
            "application/ld+json",
        ),
        "/api/openapi.json": ("openapi", _("This description."), OPENAPI),
    }
    found = {
        path: {
            "get": {
                "operationId": name,
                "summary": words,
                "responses": _response_references(_json_content({"type": "object"}, media_type), "400"),
            }
        }
        for path, (name, words, media_type) in fixed.items()
    }
    names = {"type": "string", "enum": sorted(DOCUMENT_SCHEMAS)}
    found["/schemas/{name}.json"] = {
        "get": {
            "operationId": "document_schema",
            "summary": _("The JSON Schema of one kind of document."),
            "parameters": [_parameter("name", names, _("The kind of document."), where="path")],
            "responses": _response_references(
                _json_content({"type": "object"}, "application/schema+json"), "400", "404"
            ),
        }
    }
    return found


def _identity_operation() -> dict:
    page: dict = {"content": {"text/html": {}}}
    return {
        "operationId": "identity",
        "summary": _("What linked data names by this address: leads to the page that describes it."),
        "parameters": [_refer("id"), _refer("at")],
        "responses": {
            "303": {"description": _("To the page.")},
            **{status: {"description": words, **page} for status, words in _failures().items() if status < "416"},
        },
    }


def _identity_data_operation(form: str, media_type: str, shape: dict) -> dict:
    whole = {"description": _("What the record says of it."), "content": {media_type: {"schema": shape}}}
    return {
        "operationId": f"identity_{form}",
        "summary": _("What the record says of one thing as linked data."),
        "parameters": [_refer("id"), _refer("at")],
        "responses": _response_references(whole, "301", "400", "404", "410"),
    }


# Parameters and answers that operations share.


def _parameters() -> dict:
    shared: dict[str, tuple[dict, str]] = {
        "after": (SEQ_SCHEMA, _("Only what was published after this entry of the log.")),
        "limit": ({"type": "integer", "minimum": 1, "maximum": reads.MAX_LIMIT}, _("How many at most.")),
        "as_of": (SEQ_SCHEMA, _("The record as it stood after this entry of the log.")),
        "since": (SEQ_SCHEMA, _("Only what came after this entry of the log, withdrawals included.")),
        "at": (
            SEQ_SCHEMA | {"minimum": 1},
            _("As it stood after this entry of the log; what was withdrawn or erased since is not given out."),
        ),
    }
    found = {name: _parameter(name, shape, meaning) for name, (shape, meaning) in shared.items()}
    pattern = get_args(Id)[1].pattern.replace("(?!\\n)", "")
    found["id"] = _parameter("id", {"type": "string", "pattern": pattern}, _("The id of a document."), where="path")
    year = "[1-9][0-9]{3}"
    periods = [{"type": "string", "pattern": f"^{year}{month}$"} for month in ("", "-(0[1-9]|1[0-2])")]
    day = {"anyOf": [*periods, {"type": "string", "format": "date"}]}
    recorded = _("Only what was published on this day (UTC) or later, and after “since” where both are given.")
    found["recorded_since"] = _parameter("recorded_since", day, recorded)
    slug = {"type": "string", "pattern": "^[-_0-9A-Za-z]{1,120}$"}
    values: dict[str, dict] = {
        **dict.fromkeys(SLUG_FILTERS, slug),
        "stance": {"type": "string", "enum": list(STANCES)},
        "kind": {"type": "string", "enum": list(ACTOR_KINDS)},
        "language": {"type": "string", "pattern": "^[a-z]{2,3}(-[A-Za-z0-9]{2,8}){0,2}$"},
        "said_since": day,
        "said_until": day,
    }
    words = {
        "question": _("Only what bears on this question, by the last part of its address."),
        "claim": _("Only what bears on this claim."),
        "actor": _("Only what this actor says."),
        "kind": _("Only what actors of this kind say."),
        "outlet": _("Only what this outlet prints."),
        "stance": _("Only statements with this stance."),
        "language": _("Only what is printed in this language (BCP 47)."),
        "said_since": _("Only what was said on this day or later: 2019, 2019-09 or 2019-09-03."),
        "said_until": _("Only what was said on this day or before."),
    }
    for name in FILTERS:
        value = values[name]
        several = {"type": "array", "items": value, "maxItems": MOST_VALUES}
        found[name] = _parameter(name, value if name in ("said_since", "said_until") else several, words[name])
    return found


def _parameter(name: str, shape: dict, words: str, *, where: str = "query") -> dict:
    return {"name": name, "in": where, "required": where == "path", "schema": shape, "description": words}


def _refer(name: str) -> dict:
    return {"$ref": f"#/components/parameters/{name}"}


def _failures() -> dict[str, str]:
    return {
        "400": _("What is wrong with the question, in words."),
        "404": _("Nothing has this address."),
        "410": _("It was withdrawn: when, and why."),
        "414": _("The address is too long."),
        "416": _("There are no such bytes."),
        "429": _("Too many downloads at once: the header Retry-After says when to ask again."),
    }


def _responses() -> dict:
    failed = {"content": {"application/json": {"schema": {"$ref": REFERENCE.format(name="Failure")}}}}
    return {
        "301": {"description": _("It was merged into another, which is at that address.")},
        "304": {"description": _("What the ETag names is still right.")},
        **{status: {"description": words, **failed} for status, words in _failures().items()},
    }


def _response_references(success: dict, *others: str) -> dict:
    return {"200": success} | {status: {"$ref": f"#/components/responses/{status}"} for status in others}


def _json_content(shape: dict, media_type: str = "application/json") -> dict:
    return {"description": "JSON.", "content": {media_type: {"schema": shape}}}
