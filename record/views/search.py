"""Search over everything published, in any script: what is found is marked, and goes on from a cursor."""

from urllib.parse import urlencode

from .. import querysets
from ..documents import Statement
from ..parts import reference, speaker_of
from ..search import BadCursor
from ..search import search as find
from ..twins import BadQuery, page
from ..vocabulary import DOCUMENT_KINDS

AT_ONCE = 20
LONGEST = 200


@page("record/search.html", accepts=("q", "kind", "after"))
def search(request):
    asked, kinds, after = read(request.GET)
    try:
        hits = find(asked, kinds or None, after or None, AT_ONCE + 1, using=querysets.PUBLIC) if asked else []
    except BadCursor as error:
        raise BadQuery({"after": str(error)}) from None
    shown = hits[:AT_ONCE]
    speakers = {hit.document.speaker for hit in shown if isinstance(hit.document, Statement) and hit.document.speaker}
    named = querysets.documents(querysets.by_ids(speakers)) if speakers else {}
    query = [("q", asked), *(("kind", kind) for kind in kinds)]
    return {
        "page": "search",
        "title": f"Search: {asked}" if asked else "Search",
        "description": "Search the record: people, claims and words, in any script.",
        "address": "/search",
        "searched": asked,
        "kinds": [
            {"value": kind, "label": many, "chosen": kind in kinds} for kind, (_, many) in DOCUMENT_KINDS.items()
        ],
        "further": bool(after),
        "hits": [hit_part(hit, named) for hit in shown],
        "next": f"/search?{urlencode([*query, ('after', shown[-1].cursor)])}" if len(hits) > AT_ONCE else "",
    }


def read(query) -> tuple[str, list[str], str]:
    """The words, the kinds and the cursor that are asked for. Raises `BadQuery`."""
    errors = {}
    for name in ("q", "after"):
        if len(query.getlist(name)) > 1:
            errors[name] = "This is given more than once: give it once."
    asked, kinds, after = query.get("q", "").strip(), query.getlist("kind"), query.get("after", "")
    if len(asked) > LONGEST:
        errors["q"] = f"This is longer than {LONGEST} characters: search for less."
    for kind in kinds:
        if kind not in DOCUMENT_KINDS:
            errors["kind"] = f"“{kind[:40]}” is no kind of thing here: it can be {', '.join(DOCUMENT_KINDS)}."
    if errors:
        raise BadQuery(errors)
    return asked, kinds, after


def hit_part(hit, named) -> dict:
    """One hit: the reference, its `kind`, and the runs of text of label and snippet, `marked` where they were found."""
    return {
        **reference(hit.document),
        "kind": hit.kind,
        "speaker": speaker_of(hit.document, named)["name"] if isinstance(hit.document, Statement) else "",
        "label": runs(hit.label),
        "snippet": runs(hit.snippet),
    }


def runs(segments) -> list[dict]:
    return [{"text": segment.text, "marked": segment.marked} for segment in segments]
