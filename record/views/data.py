"""The record as data: formats, terms of use, how to cite, and how to verify the log."""

from importlib.util import find_spec

from django.urls import reverse
from django.utils.translation import gettext as _

from .. import querysets
from ..counts import counts_by_kind
from ..documents import FORMAT
from ..exports import FORMATS
from ..exports.filtering import FILTERS
from ..terms import terms
from ..twins import page
from ..vocabulary import DOCUMENT_KINDS


@page("record/data.html")
def data(request):
    now = querysets.head()
    counts = counts_by_kind()
    return {
        "page": "data",
        "title": _("Data"),
        "description": _("The whole record as data: exports, their schema, how to cite and how to verify it."),
        "address": reverse("data"),
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
        "terms": {"words": terms().words, "address": terms().address},
        "filters": list(FILTERS),
        "files": [
            *(
                {"address": f"/{form.address}", "words": str(form.words)}
                for form in FORMATS.values()
                if not form.needs or find_spec(form.needs)
            ),
            {
                "address": reverse("api"),
                "words": _("The record for programs: lists, single documents, exports, with examples."),
            },
            {"address": "/schema.json", "words": _("The JSON Schema of the export and of every kind of document.")},
        ],
    }
