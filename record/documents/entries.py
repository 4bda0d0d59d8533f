"""Entries of the log as they are hashed and written out. Pure functions: no database, no request.

The chain (docs/record.md shows how to verify it with ten lines of Python):

    digest = HMAC-SHA-256 (RFC 2104) under the salt's 16 bytes, of the canonical JSON of [document or null, reason]
    link   = SHA-256 of the canonical JSON of [previous link, seq, kind, public_id, version, published_at, digest]

The first entry's previous link is "". Digests and links are written in small hexadecimal letters. `link` covers the
digest and not the document, so that a document can be erased and the chain still verifies; without the salt, which
goes with it, nobody can confirm a guess of what the document said.
"""

import hashlib
import hmac
import secrets
from datetime import UTC, datetime
from typing import Annotated, Literal

import msgspec
from msgspec import Meta

from . import AnyDocument, Id, Sha256, canonical_json

Moment = Annotated[
    str, Meta(pattern=r"^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z$(?!\n)", description="UTC")
]
Salt = Annotated[str, Meta(pattern=r"^([0-9a-f]{32})?$(?!\n)", description="empty where the entry was erased")]
Seq = Annotated[int, Meta(ge=1, le=2**62)]
AnyKind = Literal["question", "topic", "claim", "outlet", "article", "actor", "statement", "redirect"]
Version = Annotated[int, Meta(ge=1, le=2**31 - 1)]


class Head(msgspec.Struct, kw_only=True, frozen=True, forbid_unknown_fields=True):
    """Where a log ends: the last entry's `seq`, `link` and moment. An empty log ends at 0, "" and None."""

    seq: Annotated[int, Meta(ge=0, le=2**62)]
    link: Annotated[str, Meta(pattern=r"^([0-9a-f]{64})?$(?!\n)")]
    published_at: Moment | None


EMPTY_HEAD = Head(seq=0, link="", published_at=None)


class EntryWithoutDocument(msgspec.Struct, kw_only=True, frozen=True, forbid_unknown_fields=True):
    """All of an entry but its document, which a reader may leave as it is written."""

    seq: Seq
    version: Version
    published_at: Moment
    reason: str
    salt: Salt
    digest: Sha256
    link: Sha256
    kind: AnyKind | msgspec.UnsetType = msgspec.UNSET
    public_id: Id | msgspec.UnsetType = msgspec.UNSET


class Entry(EntryWithoutDocument, kw_only=True, frozen=True, forbid_unknown_fields=True):
    """One version of one document in the log.

    `kind` and `public_id` are there only where no document says them: a withdrawal (`document` is null) and an
    erased entry (`salt` and `reason` are empty too).
    """

    document: AnyDocument | None


class LastLine(msgspec.Struct, kw_only=True, frozen=True, forbid_unknown_fields=True):
    """The last line of /export.ndjson: the count of entries, the head, the SHA-256 of all bytes before this line."""

    count: int
    head: Head
    sha256: Sha256


def new_salt() -> str:
    """16 random bytes in hexadecimal."""
    return secrets.token_hex(16)


def digest_of(document: str | None, reason: str, salt: str) -> str:
    """The digest of an entry; `document` is its canonical JSON text, None for a withdrawal."""
    body = "null" if document is None else document
    message = b"[%b,%b]" % (body.encode(), canonical_json(reason))
    return hmac.digest(bytes.fromhex(salt), message, "sha256").hex()


def link_of(previous: str, seq: int, kind: str, public_id: str, version: int, published_at: str, digest: str) -> str:
    """The link of an entry; `published_at` as `format_moment` writes it."""
    head = canonical_json([previous, seq, kind, public_id, version, published_at, digest])
    return hashlib.sha256(head).hexdigest()


def format_moment(at: datetime) -> str:
    """The moment as entries write it: `2026-01-31T12:00:00Z`, to the second, in UTC."""
    return at.astimezone(UTC).replace(tzinfo=None, microsecond=0).isoformat() + "Z"


def read_moment(text: str) -> datetime:
    """The moment that `text` writes; ValueError if there is no such moment."""
    return datetime.fromisoformat(text.removesuffix("Z")).replace(tzinfo=UTC)
