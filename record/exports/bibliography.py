"""`/citations.json` and `/citations.bib`: the record as a bibliography, in CSL-JSON and in BibTeX.

The record itself comes first, with its terms of use. Articles are cited as their outlets printed them, questions,
claims, actors, outlets and statements as pages of the record at the entry that the page rests on. Nothing is said of
when they were looked at: whoever cites adds that.
"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

import msgspec

from ..documents import DOCUMENT_TYPES, AnyDocument, Article
from ..linked_data.site import Site, terms, this_site
from ..presenters.citations import Citation, as_bibtex, as_csl, cite_article, cite_page, cite_record, locator_of
from .snapshot import Snapshot
from .stream import DocumentCache, DocumentEntry, current_entries

CSL_TYPE = "application/vnd.citationstyles.csl+json"
BIBTEX_TYPE = "application/x-bibtex; charset=utf-8"


def csl(snapshot: Snapshot) -> Iterator[bytes]:
    """CSL-JSON, an item a line."""
    opening = b"["
    for some in _citations(snapshot):
        yield opening + b"\n" + b",\n".join(msgspec.json.encode(as_csl(cited)) for cited in some)
        opening = b","
    yield b"\n]\n" if opening == b"," else b"[]\n"


def bibtex(snapshot: Snapshot) -> Iterator[bytes]:
    """BibTeX in UTF-8; nothing in an empty record."""
    for some in _citations(snapshot):
        yield "\n".join(map(as_bibtex, some)).encode() + b"\n"


def _citations(snapshot: Snapshot) -> Iterator[list[Citation]]:
    """The record, and everything that stands, kind by kind, some at a time."""
    site, named, head = this_site(), DocumentCache(snapshot), snapshot.head
    if head.published_at is not None:
        yield [
            cite_record(
                site=site.name,
                address=site.address_for(f"export.json?as_of={head.seq}"),
                entry=head.seq,
                published=date.fromisoformat(head.published_at[:10]),
                terms=str(terms()),
            )
        ]
    for kind in DOCUMENT_TYPES:
        for entries in current_entries(snapshot, kind):
            # A citation looks up the speaker of a statement and the outlet of an article.
            sought = (getattr(entry.document, name, None) for entry in entries for name in ("speaker", "outlet"))
            named.fetch(filter(None, sought))
            yield [citation(entry, named, site) for entry in entries]


def citation(entry: DocumentEntry[AnyDocument], named: DocumentCache, site: Site) -> Citation:
    """How one entry is cited; `named` finds the outlet of an article and the speaker of a statement."""
    document = entry.document
    if isinstance(document, Article):
        return cite_article(document, address=site.page(document), named=named)
    locators = {locator_of(row.passage.place) for row in getattr(document, "appearances", ())} - {("", "")}
    cited = cite_page(
        document,
        site=site.name,
        address=site.version(document, entry.version),
        entry=entry.seq,
        published=date.fromisoformat(entry.published_at[:10]),
        named=named,
    )
    if len(locators) != 1:  # in several articles it is each article's own: their citations have it
        return cited
    locator, kind = locators.pop()
    return replace(cited, note=f"{kind} {locator} of the article")
