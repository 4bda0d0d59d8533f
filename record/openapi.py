"""The OpenAPI 3.1 description of everything that programs may ask for, made from the types of the documents, the table
of formats and the filters themselves; and what the page `/api` shows of it.
"""

from typing import get_args

from django.utils.translation import gettext as _

from . import api, schema
from .documents import FORMAT, KINDS, AnyDocument, Id, Redirect
from .exports import FORMATS, Format
from .exports.filtering import FILTERS
from .linked.site import this_site
from .terms import terms
from .vocabulary import ACTOR_KINDS, STANCES

REFERENCE = "#/components/schemas/{name}"
OPENAPI = "application/vnd.oai.openapi+json;version=3.1"
PLACE = {"type": "integer", "minimum": 0, "maximum": 10**18 - 1}


def description() -> dict:
    """The whole description, as `/api/openapi.json` serves it."""
    stated = terms()
    licence = {"name": stated.words} | ({"url": stated.address} if stated.address else {})
    return {
        "openapi": "3.1.0",
        "info": {
            "title": this_site().name,
            "version": FORMAT.partition("/")[2],
            "description": _("Who says what about a contested matter, and how we know that they said it."),
            "license": licence,
        },
        "jsonSchemaDialect": schema.DIALECT,
        "servers": [{"url": this_site().address}],
        "paths": {
            **{f"/api/{name}.json": {"get": _list(name)} for name in api.LISTS},
            **{f"/api/{name}/{{id}}.json": {"get": _document(name)} for name in api.LISTS},
            "/api/annotations.jsonld": {"get": _annotations()},
            **{f"/{form.address}": {"get": _export(form)} for form in FORMATS.values()},
            **_descriptions(),
            "/id/{id}": {"get": _identity()},
        },
        "components": {
            "schemas": schema.components(
                [*KINDS.values(), Redirect, AnyDocument, api.One, api.Listing, api.Failure], REFERENCE
            ),
            "parameters": _parameters(),
            "responses": _responses(),
        },
    }


def operations() -> list[dict]:
    """What the page lists: of each address `path`, `summary`, `parameters` (`name`, `words`) and `types` of answers."""
    described = description()
    found = []
    for path, methods in described["paths"].items():
        operation = methods["get"]
        parameters = [_resolved(one, described) for one in operation.get("parameters", [])]
        found.append(
            {
                "path": path,
                "summary": operation["summary"],
                "parameters": [{"name": one["name"], "words": one["description"]} for one in parameters],
                "types": list(operation["responses"].get("200", {}).get("content", {})),
            }
        )
    return found


def _resolved(parameter: dict, described: dict) -> dict:
    if "$ref" in parameter:
        return described["components"]["parameters"][parameter["$ref"].rpartition("/")[2]]
    return parameter


# One function for each kind of operation.


def _list(name: str) -> dict:
    kind = api.LISTS[name]
    shape = "Redirect" if kind == "redirect" else KINDS[kind].__name__
    return {
        "operationId": f"list_{name}",
        "summary": _("What stands of one kind: %(kind)s. In the order of publication, in pages.") % {"kind": name},
        "parameters": [_refer("after"), _refer("limit")],
        "responses": _answers(
            _json(
                {
                    "allOf": [
                        {"$ref": REFERENCE.format(name="Listing")},
                        {"properties": {"items": {"items": _holding(shape)}}},
                    ]
                }
            ),
            "400",
            "404",
        ),
    }


def _document(name: str) -> dict:
    kind = api.LISTS[name]
    shape = "Redirect" if kind == "redirect" else KINDS[kind].__name__
    return {
        "operationId": f"get_{kind}",
        "summary": _("One document as it stands (%(kind)s).") % {"kind": kind},
        "parameters": [_refer("id")],
        "responses": _answers(
            _json({"allOf": [{"$ref": REFERENCE.format(name="One")}, _holding(shape)]}), "301", "400", "404", "410"
        ),
    }


def _holding(shape: str) -> dict:
    return {"properties": {"document": {"$ref": REFERENCE.format(name=shape)}}}


def _annotations() -> dict:
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
        "parameters": [_refer("after"), _refer("limit")],
        "responses": _answers({"description": "An AnnotationPage.", "content": content}, "400", "404"),
    }


def _export(form: Format) -> dict:
    is_json = form.media_type == "application/json" or form.media_type.partition(";")[0].endswith(
        ("ld+json", "csl+json")
    )
    body = {"type": ["object", "array"]} if is_json else {}
    given = {"description": str(form.words), "content": {form.media_type: {"schema": body}}}
    bounds = ["as_of", "state", *(["since"] if form.log else [])]
    answers = _answers(given, "304", "400", "404")
    if form.exact:
        answers |= {"206": given | {"description": _("The bytes that were asked for.")}}
        answers |= {"416": {"$ref": "#/components/responses/416"}}
    return {
        "operationId": f"export_{form.name.replace('.', '_')}",
        "summary": str(form.words),
        "parameters": [_refer(name) for name in (*bounds, *FILTERS)],
        "responses": answers,
    }


def _descriptions() -> dict:
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
                "responses": _answers(_typed(media_type), "400"),
            }
        }
        for path, (name, words, media_type) in fixed.items()
    }
    names = {"type": "string", "enum": sorted(schema.DOCUMENT_SCHEMAS)}
    found["/schemas/{name}.json"] = {
        "get": {
            "operationId": "document_schema",
            "summary": _("The JSON Schema of one kind of document."),
            "parameters": [_parameter("name", names, _("The kind of document."), where="path")],
            "responses": _answers(_typed("application/schema+json"), "400", "404"),
        }
    }
    return found


def _identity() -> dict:
    page = {"content": {"text/html": {}}}
    return {
        "operationId": "identity",
        "summary": _("What linked data names by this address: leads to the page that describes it."),
        "parameters": [_refer("id")],
        "responses": {
            "303": {"description": _("To the page.")},
            **{status: {"description": words, **page} for status, words in _failures().items() if status != "416"},
        },
    }


# Parameters and answers that operations share.


def _parameters() -> dict:
    shared = {
        "after": (PLACE, _("Only what was published after this entry of the log.")),
        "limit": ({"type": "integer", "minimum": 1, "maximum": api.MOST}, _("How many at most.")),
        "as_of": (PLACE, _("The record as it stood after this entry of the log.")),
        "since": (PLACE, _("Only what came after this entry of the log, withdrawals included.")),
        "state": ({"type": "string"}, _("With as_of, names bytes that never change: as the Link header gives it.")),
    }
    found = {name: _parameter(name, *one) for name, one in shared.items()}
    pattern = get_args(Id)[1].pattern.replace("(?!\\n)", "")
    found["id"] = _parameter("id", {"type": "string", "pattern": pattern}, _("The id of a document."), where="path")
    day = {"type": "string", "pattern": "^[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?$"}
    values = {
        "stance": {"type": "string", "enum": list(STANCES)},
        "kind": {"type": "string", "enum": list(ACTOR_KINDS)},
        "said_since": day,
        "said_until": day,
    }
    for name in FILTERS:
        one = values.get(name, {"type": "string", "minLength": 1})
        several = name not in ("said_since", "said_until")
        found[name] = _parameter(name, {"type": "array", "items": one} if several else one, _filter_words()[name])
    return found


def _filter_words() -> dict[str, str]:
    return {
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


def _parameter(name: str, shape: dict, words: str, *, where: str = "query") -> dict:
    return {"name": name, "in": where, "required": where == "path", "schema": shape, "description": words}


def _refer(name: str) -> dict:
    return {"$ref": f"#/components/parameters/{name}"}


def _failures() -> dict[str, str]:
    return {
        "400": _("What is wrong with the question, in words."),
        "404": _("Nothing has this address."),
        "410": _("It was withdrawn: when, and why."),
        "416": _("There are no such bytes."),
    }


def _responses() -> dict:
    failed = {"content": {"application/json": {"schema": {"$ref": REFERENCE.format(name="Failure")}}}}
    return {
        "301": {"description": _("It was merged into another, which stands there.")},
        "304": {"description": _("What the ETag names is still right.")},
        **{status: {"description": words, **failed} for status, words in _failures().items()},
    }


def _answers(given: dict, *others: str) -> dict:
    return {"200": given} | {status: {"$ref": f"#/components/responses/{status}"} for status in others}


def _json(shape: dict) -> dict:
    return {"description": "JSON.", "content": {"application/json": {"schema": shape}}}


def _typed(media_type: str) -> dict:
    return {"description": "JSON.", "content": {media_type: {"schema": {"type": "object"}}}}
