"""`/annotations.jsonld`: every printing that stands as an annotation (W3C Web Annotation Data Model, Recommendation of
23 February 2017), in one collection with one page.

One annotation says of some words of an article: here stands this statement. Its target is the article at its own
address, with the words (TextQuoteSelector), their place (TextPositionSelector) and the text that was read (TimeState);
its bodies are what was said, the statement, and the claims that it speaks to.

`total` comes last, because it is known last; an empty collection has no page. `/api/annotations` gives the same
annotations in small pages.
"""

import re
from collections.abc import Callable, Iterator

import msgspec

from ..documents import Actor, AnyDocument, Appearance, Article, Place, Statement
from ..documents.wording import kind_of_wording
from ..linked_data.schema_org import drop_empty_fields
from ..linked_data.site import Site, iri, terms, this_site
from ..presenters.document_data import MISSING_NAME
from .snapshot import Snapshot, identity_of
from .stream import DocumentCache, DocumentEntry, current_entries_of

CONTENT_TYPE = 'application/ld+json; profile="http://www.w3.org/ns/anno.jsonld"'
PATH = "annotations.jsonld"


def export(snapshot: Snapshot) -> Iterator[bytes]:
    """The snapshot as bytes, in chunks."""
    site, named, total = this_site(), DocumentCache(snapshot), 0
    identity = identity_of(snapshot, PATH, site)
    about = drop_empty_fields(
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
    for entries in current_entries_of(snapshot, Statement):
        named.fetch(public_id for entry in entries for public_id in named_ids(entry.document))
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


CONTEXT = "http://www.w3.org/ns/anno.jsonld"

_MOMENT = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\.[0-9]+)?Z", re.ASCII)

# What the words of a target are (record/documents/wording.py).
WORDING_LABELS = {
    "quotation": "quotation: the speaker's own words",
    "mixed": "mixed: the speaker's own words are those in quotation marks",
    "report": "report: in words that are not the speaker's",
}

DocumentGetter = Callable[[str | None], AnyDocument | None]


def named_ids(statement: Statement) -> list[str]:
    """The ids that the annotations of a statement look up: its speaker and the articles that print it."""
    articles = [appearance.article for appearance in statement.appearances]
    return [statement.speaker, *articles] if statement.speaker else articles


def annotations_of(entry: DocumentEntry[Statement], *, site: Site, get: DocumentGetter) -> list[dict]:
    """The annotations of a statement's entry, one for each printing. `get` finds articles and speakers by their ids."""
    return [
        annotation(entry, number, appearance, site=site, get=get)
        for number, appearance in enumerate(entry.document.appearances, 1)
    ]


def annotation(
    entry: DocumentEntry[Statement], number: int, appearance: Appearance, *, site: Site, get: DocumentGetter
) -> dict:
    statement = entry.document
    identity = site.identity(statement.id)
    return {
        "id": f"{identity}#annotation-{number}",
        "type": "Annotation",
        "motivation": "describing",
        "generated": entry.published_at,
        "generator": {
            "id": site.address_for("#site"),
            "type": "Software",
            "name": site.name,
            "homepage": site.address_for(""),
        },
        "body": bodies(statement, appearance, site=site, get=get),
        "target": target(appearance, get(appearance.article), site=site),
    }


def bodies(statement: Statement, appearance: Appearance, *, site: Site, get: DocumentGetter) -> list[dict]:
    """What was said, whose words are printed, the statement itself, and the claims to which it takes a stance."""
    speaker = get(statement.speaker)
    known_name = speaker.name if isinstance(speaker, Actor) else MISSING_NAME
    name = statement.speaker_label if statement.speaker is None else known_name
    said = {
        "type": "TextualBody",
        "value": f"{name}: {statement.summary}",
        "format": "text/plain",
        "purpose": "describing",
    }
    whose = {
        "type": "TextualBody",
        "value": WORDING_LABELS[kind_of_wording(statement, appearance)],
        "format": "text/plain",
        "language": "en",
        "purpose": "classifying",
    }
    linked = {"type": "SpecificResource", "source": site.identity(statement.id), "purpose": "linking"}
    tags = [
        {"type": "SpecificResource", "source": site.identity(stance.claim), "purpose": "tagging"}
        for stance in statement.stances
    ]
    return [said, whose, linked, *tags]


def target(appearance: Appearance, article: AnyDocument | None, *, site: Site) -> dict:
    """The words in the article; where the article has no address of its own, in what our page describes.

    What stands around them ends with their line: beyond it an excerpt may have a gap, and a page another paragraph.
    """
    passage = appearance.passage
    captures = article.captures if isinstance(article, Article) else ()
    read = next((capture for capture in captures if capture.sha256 == passage.capture), None)
    state = (
        drop_empty_fields({"sourceDate": annotation_moment(read.retrieved_at), "cached": iri(read.archive_url)})
        if read
        else {}
    )
    return drop_empty_fields(
        {
            "type": "SpecificResource",
            "source": iri(article.url if isinstance(article, Article) else "") or site.identity(appearance.article),
            "selector": [
                drop_empty_fields(
                    {
                        "type": "TextQuoteSelector",
                        "exact": passage.exact,
                        "prefix": passage.prefix.rpartition("\n")[2],
                        "suffix": passage.suffix.partition("\n")[0],
                    }
                ),
                {"type": "TextPositionSelector", "start": passage.start, "end": passage.end},
                *fragments(passage.place),
            ],
            "state": {"type": "TimeState", **state} if state else None,
        }
    )


def fragments(place: Place | None) -> list[dict]:
    """The place in the original as FragmentSelectors (section 4.2.1): a page by RFC 8118, a time by Media Fragments."""
    found = []
    if place is not None and place.page is not None:
        found.append({"conformsTo": "http://tools.ietf.org/rfc/rfc8118", "value": f"page={place.page}"})
    if place is not None and place.begins_at is not None:
        end = "" if place.ends_at is None else f",{place.ends_at}"
        found.append({"conformsTo": "http://www.w3.org/TR/media-frags/", "value": f"t={place.begins_at}{end}"})
    return [{"type": "FragmentSelector", **fragment} for fragment in found]


def annotation_moment(text: str) -> str:
    """A moment in UTC, as the model asks for it; empty where the text is another."""
    return text if _MOMENT.fullmatch(text) else ""
