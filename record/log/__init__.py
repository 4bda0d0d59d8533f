"""The verbs of the public record: append to the log, erase from it. Nothing else writes it but an import.

Each is one transaction: the log and every projection change together or not at all.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from typing import NamedTuple

from django.db import connection, transaction
from django.db.models import QuerySet

from .. import projections, search
from ..documents import DOCUMENT_TYPES, AnyDocument, Article, Redirect, decode, kind_of
from ..documents.entries import EMPTY_HEAD, Head, digest_of, format_moment, link_of, new_salt
from ..models import Publication
from ..projections.locks import take_append_lock
from ..projections.lookup import chunks, decoded_rows, insert_rows
from . import file_cache, ledger
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
    "empty_entries",
    "erase",
    "erase_versions",
    "head",
    "head_of",
    "supersede",
    "take_append_lock",
    "write_rows",
]

SECONDS_FOR_OUTDATED = 1.0  # that an append spends, once it is committed, on what waits to be derived anew
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


class _CheckedEntry(NamedTuple):
    """An entry of an append that has been found sound; `text` is the canonical JSON of a document."""

    public_id: str
    item: AnyDocument | Withdrawal
    text: str | None


def head() -> Head:
    """Where the log ends, read on the connection that writes."""
    return head_of(Publication.objects.all())


def head_of(publications: QuerySet[Publication]) -> Head:
    """Where the log ends within a queryset, so that pages can ask on theirs."""
    last = publications.order_by("-seq").values_list("seq", "link", "published_at").first()
    return Head(seq=last[0], link=last[1], published_at=format_moment(last[2])) if last else EMPTY_HEAD


def append(
    entries: Iterable[AnyDocument | Withdrawal], *, reason: str, at: datetime | None = None, repeats: bool = False
) -> list[Publication]:
    """Publishes documents and withdrawals for one public `reason`, all or nothing; returns the new rows in `seq` order.

    A document equal to the one that stands is left out, and so is the withdrawal of what is withdrawn already, unless
    what stands is to be replaced by its like (`repeats`). What
    is named comes before what names it, documents before redirects, withdrawals last and in the opposite order: the
    log cut off anywhere names nothing that is not in it (but for claims that relate to one another). `at` is cut to
    the second, and is never earlier than the moment of the row before. What thousands of other objects make of it may
    be derived after the commit (`projections.derive_outdated`). Raises `AppendRefused`.
    """
    reason = validate_reason(reason)
    checked = [_validate_entry(entry) for entry in entries]
    _refuse_duplicates(checked)
    with transaction.atomic():
        take_append_lock()
        current = _current_rows([entry.public_id for entry in checked])
        kinds = known_kinds([entry.public_id for entry in checked])
        wanted = [entry for entry in checked if _is_change(entry, current) or repeats]
        if not wanted:
            return []
        base_kinds = {entry.public_id: _base_kind(entry, kinds) for entry in wanted}
        _refuse_taken_addresses(wanted, base_kinds)
        rows = _chain_rows(_sort_entries(wanted, base_kinds), current, base_kinds, reason, at or datetime.now(UTC))
        _write(rows, current)
        changes = [_change_of(row, entry, current, base_kinds) for row, entry in rows]
        if rows[0][0].seq == 1:
            search.clear()  # `flush` empties the tables that Django knows: the index is none of them
        lookup = projections.update_projections(changes)
        refuse_broken_references(changes, lookup)
        _derive_after_commit()
        return [row for row, _ in rows]


def erase(public_id: str, *, reason: str) -> Publication:
    """Withdraws an object and empties every older version of it: document, reason and salt. The chain still verifies.

    Returns the row that is appended, which carries the public `reason` of the erasure and stays. What names the
    object must be withdrawn or changed before: `BrokenReference` says what does. Raises `AppendRefused`.
    """
    reason = validate_reason(reason)
    with transaction.atomic():
        take_append_lock()
        current = _current_rows([public_id])
        kind = known_kinds([public_id]).get(public_id)
        if kind is None:
            raise AppendRefused(f"Nothing was ever published under {public_id}.", public_id=public_id)
        entry = _CheckedEntry(public_id, Withdrawal(kind, public_id), None)
        rows = _chain_rows([entry], current, {public_id: kind}, reason, datetime.now(UTC))
        _write(rows, current)
        change = _change_of(rows[0][0], entry, current, {public_id: kind})
        lookup = projections.update_projections([change])
        refuse_broken_references([change], lookup)
        emptied = _empty_rows(Publication.objects.filter(public_id=public_id, seq__lt=change.after_seq))
        projections.forget_erased([public_id], emptied)
        transaction.on_commit(file_cache.forget)
        _derive_after_commit()
        ledger.enter("object", ids=[public_id], reason=reason)
        return rows[0][0]


def erase_versions(seqs: Iterable[int]) -> None:
    """Empties versions that newer ones have replaced: document, reason and salt. The chain still verifies.

    For what must not stay public even as history while its object does: a name that is withheld from now on.
    """
    with transaction.atomic():
        take_append_lock()
        rows = Publication.objects.filter(seq__in=list(seqs), superseded_by__isnull=False)
        owners = set(rows.values_list("public_id", flat=True))
        projections.forget_erased(owners, _empty_rows(rows))
        transaction.on_commit(file_cache.forget)
        _derive_after_commit()


def empty_entries(entries: Iterable[tuple[int, str, int]]) -> int:
    """Empties entries, (seq, id, version) each, as their origin has emptied them, those that stand too.

    For a mirror, which appends nothing. Returns how many of them were here and not empty.
    """
    wanted = set(entries)
    rows = Publication.objects.filter(erased=False)
    found = [
        entry
        for some in chunks([seq for seq, _, _ in wanted])
        for entry in rows.filter(seq__in=some).values_list("seq", "public_id", "version")
        if entry in wanted
    ]
    with transaction.atomic():
        take_append_lock()
        changes, emptied = [], 0
        for some in chunks([seq for seq, _, _ in found]):
            for seq, document in decoded_rows(Publication.objects.filter(seq__in=some, superseded_by=None)):
                kind = known_kinds([document.id])[document.id]
                changes.append(projections.Change(document.id, kind, seq, document, seq, None))
            emptied += _empty_rows(Publication.objects.filter(seq__in=some))
        if changes:
            projections.update_projections(changes)
        projections.forget_erased({public_id for _, public_id, _ in found}, emptied - len(changes))
        transaction.on_commit(file_cache.forget)
        _derive_after_commit()
    return len(found)


def _derive_after_commit() -> None:
    """What thousands of other objects make of a change is derived then."""
    transaction.on_commit(partial(projections.derive_outdated, seconds=SECONDS_FOR_OUTDATED), robust=True)


def _empty_rows(rows: QuerySet[Publication]) -> int:
    """Empties rows of the log; returns how many of them had a document."""
    spoke = rows.exclude(document=None).count()
    rows.update(document=None, reason="", salt="", erased=True)
    return spoke


def _validate_entry(entry: AnyDocument | Withdrawal) -> _CheckedEntry:
    if isinstance(entry, Withdrawal):
        return _CheckedEntry(entry.public_id, entry, None)
    return _CheckedEntry(entry.id, *validate_document(entry))


def _refuse_duplicates(entries: Iterable[_CheckedEntry]) -> None:
    ids = set()
    for public_id, _, _ in entries:
        if public_id in ids:
            raise AppendRefused(f"{public_id} is there twice in one append.", public_id=public_id)
        ids.add(public_id)


def _current_rows(ids: list[str]) -> dict[str, _CurrentRow]:
    found = {}
    for some in chunks(ids):
        rows = Publication.objects.filter(public_id__in=some, superseded_by=None)
        for public_id, seq, version, document in rows.values_list("public_id", "seq", "version", "document"):
            found[public_id] = _CurrentRow(seq, version, document)
    return found


def _is_change(entry: _CheckedEntry, current: dict[str, _CurrentRow]) -> bool:
    public_id, item, text = entry
    row = current.get(public_id)
    if isinstance(item, Withdrawal):
        if row is None:
            raise AppendRefused(f"The {item.kind} {public_id} was never published.", public_id=public_id)
        return row.document is not None
    return row is None or row.document != text


def _base_kind(entry: _CheckedEntry, kinds: dict[str, str]) -> str:
    """The kind of the object, which never changes; a redirect has that of the object which was merged."""
    public_id, item, _ = entry
    known = kinds.get(public_id)
    named = item.kind if isinstance(item, Withdrawal) else kind_of(item)
    if named == "redirect":
        if known is None:
            raise AppendRefused(f"{public_id} was never published: nothing is left to redirect.", public_id=public_id)
        return known
    if known not in (None, named):
        raise AppendRefused(f"{public_id} is the {known} of that id and cannot become a {named}.", public_id=public_id)
    return named


def _refuse_taken_addresses(wanted: Iterable[_CheckedEntry], base_kinds: dict[str, str]) -> None:
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


def _sort_entries(wanted: list[_CheckedEntry], base_kinds: dict[str, str]) -> list[_CheckedEntry]:
    """See `append`; among articles, what others derive from comes first."""
    places = {kind: place for place, kind in enumerate(DOCUMENT_TYPES)}
    documents = [entry for entry in wanted if not isinstance(entry.item, Withdrawal | Redirect)]
    redirects = [entry for entry in wanted if isinstance(entry.item, Redirect)]
    withdrawals = [entry for entry in wanted if isinstance(entry.item, Withdrawal)]
    articles = {entry.public_id: entry.item for entry in documents if isinstance(entry.item, Article)}

    def depth(public_id: str) -> int:
        steps, passed = 0, {public_id}
        article = articles.get(public_id)
        while article is not None and article.derived_from is not None and article.derived_from not in passed:
            if (article := articles.get(article.derived_from)) is not None:
                steps += 1
                passed.add(article.id)
        return steps

    return (
        sorted(documents, key=lambda entry: (places[base_kinds[entry.public_id]], depth(entry.public_id)))
        + redirects
        + sorted(withdrawals, key=lambda entry: -places[base_kinds[entry.public_id]])
    )


def _chain_rows(
    wanted: Iterable[_CheckedEntry],
    current: dict[str, _CurrentRow],
    base_kinds: dict[str, str],
    reason: str,
    at: datetime,
) -> list[tuple[Publication, _CheckedEntry]]:
    """New rows for the entries, each with its seq, version, salt, digest and link, and the entry it is made of."""
    last = head()
    published_at = max(format_moment(at), last.published_at or "")
    seq, link = last.seq, last.link
    rows: list[tuple[Publication, _CheckedEntry]] = []
    for entry in wanted:
        public_id, item, text = entry
        seq += 1
        kind = base_kinds[public_id] if isinstance(item, Withdrawal) else kind_of(item)
        version = current[public_id].version + 1 if public_id in current else 1
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


def _write(rows: list[tuple[Publication, _CheckedEntry]], current: dict[str, _CurrentRow]) -> None:
    older = [(row.seq, current[row.public_id].seq) for row, _ in rows if row.public_id in current]
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


def _change_of(
    row: Publication, entry: _CheckedEntry, current: dict[str, _CurrentRow], base_kinds: dict[str, str]
) -> projections.Change:
    before = current.get(row.public_id)
    return projections.Change(
        public_id=row.public_id,
        kind=base_kinds[row.public_id],
        before_seq=before.seq if before else None,
        before=decode(before.document) if before and before.document is not None else None,
        after_seq=row.seq,
        after=None if isinstance(entry.item, Withdrawal) else entry.item,
    )
