"""The record in the forms that machines read, one file a format; `formats.py` lists them all.

A format is a function from a `Snapshot` to an iterator of bytes. It holds no transaction and no more than a chunk.
`stream.py` reads entries of the log as they are stored, `filtering.py` the current documents.
"""

from .formats import FORMATS, Format
from .snapshot import BeyondLogEnd, Snapshot, take_snapshot

__all__ = ["FORMATS", "BeyondLogEnd", "Format", "Snapshot", "take_snapshot"]
