"""The record as data: formats, how to cite, and how to verify the log."""

from .. import querysets
from ..documents import FORMAT
from ..twins import page
from ..vocabulary import DOCUMENT_KINDS


@page("record/data.html")
def data(request):
    now = querysets.head()
    counts = querysets.counts_by_kind()
    return {
        "page": "data",
        "title": "Data",
        "description": "The whole record as data: exports, their schema, how to cite a version and how to verify it.",
        "address": "/data",
        "shapes": FORMAT,
        "newest": {
            "seq": now.seq,
            "link": now.link,
            "published_at": now.published_at,
        },
        "counts": [
            {"kind": kind, "one": one, "many": many, "count": counts.get(kind, 0)}
            for kind, (one, many) in DOCUMENT_KINDS.items()
        ],
        "files": [
            {"address": "/export.json", "words": "The whole log as one document, grouped by kind."},
            {"address": "/export.ndjson", "words": "The whole log, an entry a line, in the order of publication."},
            {"address": "/schema.json", "words": "The JSON Schema of the export and of every kind of document."},
        ],
    }
