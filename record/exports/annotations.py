"""`/annotations.jsonld`: every printing that stands as a W3C annotation, in one collection with one page.

`total` comes last, because it is known last; an empty collection has no page. `/api/annotations` gives the same
annotations in small pages.
"""

from collections.abc import Iterator

import msgspec

from ..linked.annotations import CONTEXT, annotations_of, named_in
from ..linked.schema_org import given
from ..linked.site import this_site
from ..terms import terms
from .identity import identity_of
from .snapshot import Snapshot
from .standing import Named, standing

CONTENT_TYPE = 'application/ld+json; profile="http://www.w3.org/ns/anno.jsonld"'
PATH = "annotations.jsonld"


def export(snapshot: Snapshot) -> Iterator[bytes]:
    """The snapshot as bytes, in chunks."""
    site, named, total = this_site(), Named(snapshot), 0
    identity = identity_of(snapshot, PATH, site)
    about = given(
        {
            "@context": CONTEXT,
            "id": identity,
            "type": "AnnotationCollection",
            "label": site.name,
            "modified": snapshot.head.published_at,
            "rights": terms().address,
        }
    )
    page = {"id": f"{identity}#page", "type": "AnnotationPage", "partOf": identity, "startIndex": 0}
    yield msgspec.json.encode(about)[:-1]
    for entries in standing(snapshot, "statement"):
        named.fetch(public_id for entry in entries for public_id in named_in(entry.document))
        lines = [
            msgspec.json.encode(found) for entry in entries for found in annotations_of(entry, site=site, get=named.get)
        ]
        if not lines:
            continue
        opening = b",\n" if total else b',\n"first":' + msgspec.json.encode(page)[:-1] + b',"items":[\n'
        total += len(lines)
        yield opening + b",\n".join(lines)
    end = b"\n]}," + msgspec.json.encode({"last": page["id"], "total": total})[1:] if total else b',"total":0}'
    yield end + b"\n"
