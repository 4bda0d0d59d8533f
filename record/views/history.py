"""The history of one object: every version that was published, when, why, and which of its fields changed."""

from django.http import Http404

from .. import querysets
from ..addresses import FOLDERS
from ..documents import decode, label_of
from ..entries import moment
from ..parts import reference
from ..twins import page

MOST_VERSIONS = 500


@page("record/history.html")
def history(request, *, kind, slug, part):
    if kind not in FOLDERS:
        raise Http404
    document = querysets.at(kind, slug)
    versions = querysets.versions_of(document.id, MOST_VERSIONS)
    return {
        "page": "history",
        "title": f"History: {label_of(document)}",
        "description": f"Every published version of this {kind}, with the reason for each change.",
        "id": document.id,
        "kind": kind,
        "about": reference(document),
        "address": f"{reference(document)['address']}/history",
        "versions": [version_part(row, earlier) for row, earlier in zip(versions, [*versions[1:], None], strict=True)],
    }


def version_part(row, earlier) -> dict:
    """One version: its place in the log, the public reason, what happened, and the names of the fields that changed."""
    part = {
        "version": row.version,
        "seq": row.seq,
        "published_at": moment(row.published_at),
        "reason": row.reason,
        "link": row.link,
        "changed": [],
    }
    if row.document is None:
        return {**part, "change": "erased" if row.erased else "withdrawn"}
    if row.version == 1:
        return {**part, "change": "added"}
    if earlier is None or earlier.document is None:
        return {**part, "change": "published again"}
    now, before = decode(row.document), decode(earlier.document)
    names = [name for name in now.__struct_fields__ if getattr(now, name) != getattr(before, name, None)]
    return {**part, "change": "changed", "changed": names}
