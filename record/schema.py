"""The JSON Schema (2020-12) of every document and of the exports, made from the types themselves.

The types say nearly all of it; what a machine should know beside is put in here: that figures are written as plain
numbers, and what stands in each group of the export.
"""

import inspect
import json as encoder
from functools import cache
from typing import Literal

import msgspec

from .documents import FORMAT, KINDS, AnyDocument, Redirect
from .entries import Entry, Head, Seq, Sha256
from .exports.json import GROUPS
from .terms import Terms

DIALECT = "https://json-schema.org/draft/2020-12/schema"


class FirstLine(msgspec.Struct, kw_only=True, frozen=True, forbid_unknown_fields=True):
    """The first line of /export.ndjson; `filters` is there where the export holds a part of what stands."""

    format: Literal[FORMAT]
    head: Head
    as_of: Seq | Literal[0] | None
    since: Seq | Literal[0] | None
    terms: Terms
    filters: dict[str, list[str]] | msgspec.UnsetType = msgspec.UNSET


class LastLine(msgspec.Struct, kw_only=True, frozen=True, forbid_unknown_fields=True):
    """The last line of /export.ndjson: the count of entries, the head, the SHA-256 of all bytes before this line."""

    count: int
    head: Head
    sha256: Sha256


DOCUMENT_SCHEMAS = {kind: shape.__name__ for kind, shape in KINDS.items()} | {"redirect": "Redirect"}


def components(types: list, ref_template: str) -> dict[str, dict]:
    """The schemas of these types and of all their parts, by name; `ref_template` says how they refer to one another."""
    _, parts = msgspec.json.schema_components(types, ref_template=ref_template)
    for part in parts.values():
        for described in part.get("properties", {}).values():
            if described.get("default") == ():
                described["default"] = []
        _plain_numbers(part)
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
        wanted += [other for other in _referred(parts[name]) if other not in needed]
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
    parts = components([*KINDS.values(), Redirect, AnyDocument, Entry, FirstLine, LastLine], "#/$defs/{name}")
    documents = {kind: {"$ref": f"#/$defs/{kind.title()}"} for kind in [*KINDS, "redirect"]}
    groups = {group: _entries_with(documents[kind]) for group, kind in GROUPS.items()}
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


def _referred(part) -> list[str]:
    """The names of the other parts to which a part refers."""
    if isinstance(part, dict):
        found = [part["$ref"].rpartition("/")[2]] if "$ref" in part else []
        return found + [name for value in part.values() for name in _referred(value)]
    return [name for value in part for name in _referred(value)] if isinstance(part, list) else []


def _plain_numbers(part) -> None:
    """Figures are JSON numbers: the types' own schema takes decimals for text."""
    if isinstance(part, dict):
        if part.get("format") == "decimal":
            part.clear()
            part["type"] = "number"
        for value in part.values():
            _plain_numbers(value)
    elif isinstance(part, list):
        for value in part:
            _plain_numbers(value)
