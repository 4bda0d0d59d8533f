"""The verbs of the public record: append to the log, erase from it. Nothing else writes it but an import.

Each is one transaction: the log and every projection change together or not at all.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime

from django.db import connection, transaction

from .. import projections, search
from ..documents import DOCUMENT_TYPES, AnyDocument, Article, Redirect, decode, kind_of
from ..documents.entries import EMPTY_HEAD, Head, digest_of, format_moment, link_of, new_salt
from ..models import Publication
from ..projections.lookup import chunks, insert_rows
from . import file_cache
from .validation import (
    AddressConflict,
    AppendRefused,
    BrokenReference,
    known_kinds,
    refuse_broken_references,
    taken_addresses,
    validate_document,
    validate_reason,
)

__all__ = [
    "AddressConflict",
    "AppendRefused",
    "BrokenReference",
    "Withdrawal",
    "append",
    "erase",
    "erase_versions",
    "head",
    "head_of",
    "supersede",
    "take_append_lock",
    "write_rows",
]

APPEND_LOCK = 0x636C61696D  # PostgreSQL's advisory locks have numbers; this one spells "claim"
PUBLICATION_COLUMNS = (
    "seq",
    "kind",
    "public_id",
    "version",
    "document",
    "reason",
    "published_at",
    "superseded_by",
    "erased",
    "salt",
    "digest",
    "link",
)


@dataclass(frozen=True)
class Withdrawal:
    """Stands among the entries of an append for taking an object out of what is current."""

    kind: str
    public_id: str


@dataclass(frozen=True)
class _CurrentRow:
    """The newest row of one object."""

    seq: int
    version: int
    document: str | None


def head() -> Head:
    """Where the log ends, read on the connection that writes."""
    return head_of(Publication.objects.all())


def head_of(publications) -> Head:
    """Where the log ends within a queryset, so that pages can ask on theirs."""
    last = publications.order_by("-seq").values_list("seq", "link", "published_at").first()
    return Head(seq=last[0], link=last[1], published_at=format_moment(last[2])) if last else EMPTY_HEAD


def take_append_lock() -> None:
    """Holds every other append until this transaction ends. On SQLite the transaction itself is the write lock."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [APPEND_LOCK])


def append(
    entries: Iterable[AnyDocument | Withdrawal], *, reason: str, at: datetime | None = None
) -> list[Publication]:
    """Publishes documents and withdrawals for one public `reason`, all or nothing; returns the new rows in `seq` order.

    A document equal to the one that stands is left out, and so is the withdrawal of what is withdrawn already. What
    is named comes before what names it, documents before redirects, withdrawals last and in the opposite order: the
    log cut off anywhere names nothing that is not in it (but for claims that relate to one another). `at` is cut to
    the second, and is never earlier than the moment of the row before. Raises `RecordRefuses`.
    """
    reason = validate_reason(reason)
    entries = [_validate_entry(entry) for entry in entries]
    _refuse_duplicates(entries)
    with transaction.atomic():
        take_append_lock()
        standing = _current_rows([public_id for public_id, _, _ in entries])
        kinds = known_kinds([public_id for public_id, _, _ in entries])
        wanted = [entry for entry in entries if _is_change(entry, standing)]
        if not wanted:
            return []
        base_kinds = {public_id: _base_kind(public_id, item, kinds) for public_id, item, _ in wanted}
        _refuse_taken_addresses(wanted, base_kinds)
        rows = _chain_rows(_sort_entries(wanted, base_kinds), standing, base_kinds, reason, at or datetime.now(UTC))
        _write(rows, standing)
        changes = [_change_of(row, item, standing, base_kinds) for row, (_, item, _) in rows]
        if rows[0][0].seq == 1:
            search.clear()  # `flush` empties the tables that Django knows: the index is none of them
        lookup = projections.update_projections(changes)
        refuse_broken_references(changes, lookup)
        return [row for row, _ in rows]


def erase(public_id: str, *, reason: str) -> Publication:
    """Withdraws an object and empties every older version of it: document, reason and salt. The chain still verifies.

    Returns the row that is appended, which carries the public `reason` of the erasure and stays. What names the
    object must be withdrawn or changed before: `BrokenReference` says what does. Raises `RecordRefuses`.
    """
    reason = validate_reason(reason)
    with transaction.atomic():
        take_append_lock()
        standing = _current_rows([public_id])
        kind = known_kinds([public_id]).get(public_id)
        if kind is None:
            raise AppendRefused(f"Nothing was ever published under {public_id}.", public_id=public_id)
        entry = (public_id, Withdrawal(kind, public_id), None)
        rows = _chain_rows([entry], standing, {public_id: kind}, reason, datetime.now(UTC))
        _write(rows, standing)
        change = _change_of(rows[0][0], entry[1], standing, {public_id: kind})
        lookup = projections.update_projections([change])
        refuse_broken_references([change], lookup)
        Publication.objects.filter(public_id=public_id, seq__lt=change.after_seq).update(
            document=None, reason="", salt="", erased=True
        )
        projections.forget_erased([public_id])
        transaction.on_commit(file_cache.forget)
        return rows[0][0]


def erase_versions(seqs: Iterable[int]) -> None:
    """Empties versions that newer ones have replaced: document, reason and salt. The chain still verifies.

    For what must not stay public even as history while its object does: a name that is withheld from now on.
    """
    with transaction.atomic():
        take_append_lock()
        rows = Publication.objects.filter(seq__in=list(seqs), superseded_by__isnull=False)
        owners = set(rows.values_list("public_id", flat=True))
        rows.update(document=None, reason="", salt="", erased=True)
        projections.forget_erased(owners)
        transaction.on_commit(file_cache.forget)


def _validate_entry(entry: AnyDocument | Withdrawal) -> tuple[str, AnyDocument | Withdrawal, str | None]:
    """The entry as (id, document or withdrawal, canonical text), once it has been found sound."""
    if isinstance(entry, Withdrawal):
        return entry.public_id, entry, None
    return entry.id, *validate_document(entry)


def _refuse_duplicates(entries) -> None:
    seen = set()
    for public_id, _, _ in entries:
        if public_id in seen:
            raise AppendRefused(f"{public_id} is there twice in one append.", public_id=public_id)
        seen.add(public_id)


def _current_rows(ids: list[str]) -> dict[str, _CurrentRow]:
    found = {}
    for some in chunks(ids):
        rows = Publication.objects.filter(public_id__in=some, superseded_by=None)
        for public_id, seq, version, document in rows.values_list("public_id", "seq", "version", "document"):
            found[public_id] = _CurrentRow(seq, version, document)
    return found


def _is_change(entry, standing: dict[str, _CurrentRow]) -> bool:
    public_id, item, text = entry
    stands = standing.get(public_id)
    if isinstance(item, Withdrawal):
        if stands is None:
            raise AppendRefused(f"The {item.kind} {public_id} was never published.", public_id=public_id)
        return stands.document is not None
    return stands is None or stands.document != text


def _base_kind(public_id: str, item: AnyDocument | Withdrawal, kinds: dict[str, str]) -> str:
    """The kind of the object, which never changes; a redirect has that of the object which was merged."""
    known = kinds.get(public_id)
    named = item.kind if isinstance(item, Withdrawal) else kind_of(item)
    if named == "redirect":
        if known is None:
            raise AppendRefused(f"{public_id} was never published: nothing is left to redirect.", public_id=public_id)
        return known
    if known not in (None, named):
        raise AppendRefused(f"{public_id} is the {known} of that id and cannot become a {named}.", public_id=public_id)
    return named


def _refuse_taken_addresses(wanted, base_kinds: dict[str, str]) -> None:
    claims = [
        (base_kinds[public_id], public_id, None if isinstance(item, Withdrawal) else item)
        for public_id, item, _ in wanted
    ]
    for kind, slug, public_id, owner in taken_addresses(claims):
        raise AddressConflict(
            f"The address “{slug}” belongs or once belonged to another {kind}, {owner}: addresses lead to the same "
            "thing for ever.",
            public_id=public_id,
        )


def _sort_entries(wanted, base_kinds: dict[str, str]) -> list:
    """See `append`; among articles, what others derive from comes first."""
    places = {kind: place for place, kind in enumerate(DOCUMENT_TYPES)}
    documents = [entry for entry in wanted if not isinstance(entry[1], Withdrawal | Redirect)]
    redirects = [entry for entry in wanted if isinstance(entry[1], Redirect)]
    withdrawals = [entry for entry in wanted if isinstance(entry[1], Withdrawal)]
    articles = {entry[0]: entry[1] for entry in documents if isinstance(entry[1], Article)}

    def depth(item) -> int:
        if not isinstance(item, Article):
            return 0
        steps, seen = 0, {item.id}
        while item.derived_from in articles and item.derived_from not in seen:
            item, steps = articles[item.derived_from], steps + 1
            seen.add(item.id)
        return steps

    return (
        sorted(documents, key=lambda entry: (places[kind_of(entry[1])], depth(entry[1])))
        + redirects
        + sorted(withdrawals, key=lambda entry: -places[base_kinds[entry[0]]])
    )


def _chain_rows(wanted, standing, base_kinds, reason: str, at: datetime) -> list[tuple[Publication, tuple]]:
    """New rows for the entries, each with its seq, version, salt, digest and link, and the entry it is made of."""
    last = head()
    published_at = max(format_moment(at), last.published_at or "")
    seq, link, rows = last.seq, last.link, []
    for entry in wanted:
        public_id, item, text = entry
        seq += 1
        kind = base_kinds[public_id] if isinstance(item, Withdrawal) else kind_of(item)
        version = standing[public_id].version + 1 if public_id in standing else 1
        salt = new_salt()
        digest = digest_of(text, reason, salt)
        link = link_of(link, seq, kind, public_id, version, published_at, digest)
        row = Publication(
            seq=seq,
            kind=kind,
            public_id=public_id,
            version=version,
            document=text,
            reason=reason,
            published_at=datetime.fromisoformat(published_at),
            salt=salt,
            digest=digest,
            link=link,
        )
        rows.append((row, entry))
    return rows


def _write(rows, standing: dict[str, _CurrentRow]) -> None:
    older = [(row.seq, standing[row.public_id].seq) for row, _ in rows if row.public_id in standing]
    supersede(older)
    write_rows(row for row, _ in rows)


def supersede(pairs: list[tuple[int, int]]) -> None:
    """Marks rows as followed by newer ones, (newer seq, older seq) each. Before the newer ones are written."""
    if pairs:
        table = connection.ops.quote_name(Publication._meta.db_table)
        with connection.cursor() as cursor:
            cursor.executemany(f"UPDATE {table} SET superseded_by = %s WHERE seq = %s", pairs)  # noqa: S608


def write_rows(rows: Iterable[Publication]) -> None:
    """Adds finished rows to the log."""
    adapt = connection.ops.adapt_datetimefield_value
    insert_rows(
        Publication,
        PUBLICATION_COLUMNS,
        [
            tuple(
                adapt(row.published_at) if name == "published_at" else getattr(row, name)
                for name in PUBLICATION_COLUMNS
            )
            for row in rows
        ],
    )


def _change_of(row: Publication, item, standing, base_kinds) -> projections.Change:
    before = standing.get(row.public_id)
    return projections.Change(
        public_id=row.public_id,
        kind=base_kinds[row.public_id],
        before_seq=before.seq if before else None,
        before=decode(before.document) if before and before.document is not None else None,
        after_seq=row.seq,
        after=None if isinstance(item, Withdrawal) else item,
    )
