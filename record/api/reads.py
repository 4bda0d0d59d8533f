"""What the API answers with: its shapes, and the reads behind them. Each read is one query.

Lists are in the order of publication, and a cursor is a place in the log: `after=17` is what was published, and still
stands, after entry 17. A document that changes while somebody walks through a list comes again at its end with a
greater `seq`; none is missed, and none is skipped because another was withdrawn. At `?at=SEQ` a list does not change
under its reader, unless something is taken back.
"""

from typing import Annotated, Literal

import msgspec
from django.db.models import QuerySet
from msgspec import Meta

from ..documents import FORMAT, AnyDocument, OneOf  # type: ignore[attr-defined]  # mypy takes a new name of Annotated for an import of it
from ..documents.addresses import URL_FOLDERS
from ..documents.entries import Head, Moment, Seq, Version, format_moment
from ..models import Publication
from ..queries.moment import moment
from ..queries.querysets import (
    DocumentNotFound,
    DocumentWithdrawn,
    absence_at,
    current_publications,
    document_of_publication,
)

KINDS_BY_LIST = {folder: kind for kind, folder in URL_FOLDERS.items()} | {"redirects": "redirect"}
DEFAULT_LIMIT, MAX_LIMIT = 100, 1000
Format = OneOf[str, [FORMAT]]


class PublishedDocument(msgspec.Struct, kw_only=True, frozen=True):
    """A document as it stands: its place in the log, which version of it, when and why it was published."""

    seq: Seq
    version: Version
    published_at: Moment
    reason: str
    document: AnyDocument


class SingleDocument(PublishedDocument, kw_only=True, frozen=True):
    """One document. `head` is the entry that it comes from, or the one that `at` asks for."""

    format: Format
    head: Head


class Listing(msgspec.Struct, kw_only=True, frozen=True):
    """One page of a list. `next` is the address of the following page, null on the last one.

    `head` is the newest entry that changed the list, or the one that `at` asks for.
    """

    format: Format
    head: Head
    items: tuple[PublishedDocument, ...]
    next: Annotated[str, Meta(description="an address below the site's root")] | None


class Failure(msgspec.Struct, kw_only=True, frozen=True):
    """Why there is nothing else. `errors` has a sentence for each parameter that cannot be answered."""

    page: Literal["failure"]
    title: str
    description: str
    status: int
    sentence: str
    errors: dict[str, str]
    when: Moment | None


def list_documents(kind: str, *, after: int, limit: int, head: Head) -> tuple[list[dict], int | None]:
    """Up to `limit` documents of one kind that stand, and were published after `after` and not after `head`.

    With the cursor of the next page, None where there is none. The documents are their stored bytes.
    """
    rows = list(publications_of_kind(kind, after=after, head=head)[: limit + 1])
    return [published_fields(row) for row in rows[:limit]], rows[limit - 1].seq if len(rows) > limit else None


def publications_of_kind(kind: str, *, after: int, head: Head) -> QuerySet[Publication]:
    """The rows of the log behind a list, in `seq` order."""
    rows = current_publications().filter(seq__gt=after, seq__lte=head.seq).exclude(document=None)
    # Sorted by a kind that a range holds: by `seq` alone PostgreSQL would read the log itself, statements and all.
    return rows.filter(kind__gte=kind, kind__lte=kind).order_by("kind", "seq")


def current_publication(public_id: str, kind: str | None = None) -> Publication:
    """The row of the document under an id: of this kind or a redirect, or of any. Raises `NotFound` or `Withdrawn`."""
    row = current_publications().filter(public_id=public_id).first()
    if (seq := moment()) is not None and (row is None or row.erased):
        raise absence_at([public_id], seq)
    if row is None or (kind and row.kind not in (kind, "redirect")):
        raise DocumentNotFound
    if row.document is None:
        raise DocumentWithdrawn(row.reason, row.published_at)
    return row


def published_document(row: Publication) -> PublishedDocument:
    """A row of the log that has a document, with it decoded."""
    return PublishedDocument(
        seq=row.seq,
        version=row.version,
        published_at=format_moment(row.published_at),
        reason=row.reason,
        document=document_of_publication(row),
    )


def published_fields(row: Publication) -> dict:
    """A row of the log as `PublishedDocument`, its document as it is stored. Raises `Withdrawn` where it has none."""
    if row.document is None:
        raise DocumentWithdrawn(row.reason, row.published_at)
    return {
        "seq": row.seq,
        "version": row.version,
        "published_at": format_moment(row.published_at),
        "reason": row.reason,
        "document": msgspec.Raw(row.document.encode()),
    }
