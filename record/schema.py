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

    format: Literal["claimtrack/1"]
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


@cache
def export_schema() -> dict:
    """The schema of /export.json; `$defs` has every document by its name, and FirstLine, Entry, LastLine."""
    types = [*KINDS.values(), Redirect, AnyDocument, Entry, FirstLine, LastLine]
    _, parts = msgspec.json.schema_components(types, ref_template="#/$defs/{name}")
    for part in parts.values():
        _plain_numbers(part)
        if "description" in part:
            part["description"] = inspect.cleandoc(part["description"])
    documents = {kind: {"$ref": f"#/$defs/{kind.title()}"} for kind in [*KINDS, "redirect"]}
    groups = {group: _entries_with(documents[kind]) for group, kind in GROUPS.items()}
    groups["withdrawn"] = _entries_with({"type": "null"}, named=True)
    groups["superseded"] = {"type": "array", "items": {"$ref": "#/$defs/Entry"}}
    required = [*parts["FirstLine"]["required"], *groups]
    groups["erased"] = _entries_with({"type": "null"}, named=True)  # with `since` only
    first = parts["FirstLine"]["properties"]
    return {
        "$schema": DIALECT,
        "$id": f"urn:{FORMAT.replace('/', ':')}:export",
        "title": f"An export of the record, {FORMAT}",
        "type": "object",
        "properties": {**first, **groups},
        "required": required,
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
