"""The record in the forms that machines read, one file a format; `stream.py` reads what all of them write.

A format is a function from a `Snapshot` to an iterator of bytes. It holds no transaction and no more than a chunk.
"""

from . import json, ndjson
from .snapshot import Ahead, Snapshot, snapshot

FORMATS = {"json": json.export, "ndjson": ndjson.export}

__all__ = ["FORMATS", "Ahead", "Snapshot", "snapshot"]
