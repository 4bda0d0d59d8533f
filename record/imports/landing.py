"""Entries that were read, into the log: against the chain, in one transaction."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import BinaryIO

from django.db import transaction
from django.db.models import Exists, OuterRef

from .. import projections, search
from ..documents import Redirect, decode, kind_of, names
from ..entries import Head, link_of, moment, read_moment
from ..log import head, supersede, take_append_lock, write_rows
from ..models import Address, Current, Publication, Reference
from ..projections.lookup import Lookup, chunks
from ..soundness import kinds_known, taken_addresses
from .reading import ImportRefused, Reading, Verified, read

TOGETHER = 1000


@dataclass(frozen=True)
class Imported:
    """What an import did: entries taken in, entries that were there already, erasures taken over, and the new head."""

    added: int
    known: int
    erased: int
    head: Head


def import_record(file: BinaryIO, *, progress: Callable[[int, int], None] = lambda done, total: None) -> Imported:
    """Takes in an export, JSON or NDJSON, and follows it with every projection; all or nothing.

    An empty record becomes a mirror; one that has entries already is continued where the file's chain is its own,
    and what it holds already is left as it is, so that the same file twice changes nothing. Entries that were erased
    at their origin are erased here too. Raises `ImportRefused` for a file that is cut off, changed, of another
    format, that leaves a gap, or that forks from what stands here. `progress` is called with (entries done, in all).
    """
    reading = read(file)
    with transaction.atomic():
        take_append_lock()
        return _Landing(reading, head(), progress).land()


class _Landing:
    """One import on its way: the chain so far, and what was counted."""

    def __init__(self, reading: Reading, ours: Head, progress):
        self.opening, self.entries, self.ours, self.progress = reading.opening, reading.entries, ours, progress
        since = reading.opening.since or 0
        if since > ours.seq:
            raise ImportRefused(
                f"The file goes on from entry {since}, but this record ends at {ours.seq}: "
                f"take in what lies between first (since={ours.seq})."
            )
        self.seq, (self.link, self.published_at) = since, _ours_at(since)
        self.added = self.known = 0
        self.erasures: dict[str, list[int]] = {}

    def land(self) -> Imported:
        total = self.opening.head.seq - self.seq
        for batch in _batches(self._chained(self.entries)):
            known = [entry for entry in batch if entry.seq <= self.ours.seq]
            new = [entry for entry in batch if entry.seq > self.ours.seq]
            self._compare(known)
            if new:
                self._add(new)
            self.known, self.added = self.known + len(known), self.added + len(new)
            self.progress(self.known + self.added, total)
        if (self.seq, self.link) != (self.opening.head.seq, self.opening.head.link):
            raise ImportRefused(
                f"The entries end at {self.seq}, but the file says that they end at {self.opening.head.seq}."
                if self.seq != self.opening.head.seq
                else "The last entry's link is not that of the head which the file names."
            )
        if self.published_at != (self.opening.head.published_at or ""):
            raise ImportRefused("The last entry's moment is not that of the head which the file names.")
        erased = self._erase()
        if self.added:
            _refuse_dangling()
        return Imported(self.added, self.known, erased, head())

    def _chained(self, entries: Iterable[Verified]) -> Iterator[Verified]:
        """The entries, each once it follows the one before."""
        for entry in entries:
            if entry.seq != self.seq + 1:
                raise ImportRefused(
                    f"{entry.place}: entry {entry.seq} comes after {self.seq}; {self.seq + 1} should be next."
                )
            if entry.published_at < self.published_at:
                raise ImportRefused(f"{entry.place}: entry {entry.seq} is older than the one before it.")
            link = link_of(
                self.link, entry.seq, entry.kind, entry.public_id, entry.version, entry.published_at, entry.digest
            )
            if link != entry.link:
                raise ImportRefused(
                    f"{entry.place}: the link of entry {entry.seq} does not follow from the entry before it: "
                    "something was changed, left out or comes from another record."
                )
            self.seq, self.link, self.published_at = entry.seq, entry.link, entry.published_at
            yield entry

    def _compare(self, known: list[Verified]) -> None:
        """What stands here already is the same, or else the two records have parted."""
        seqs = [entry.seq for entry in known]
        here = {
            seq: (link, erased)
            for some in chunks(seqs)
            for seq, link, erased in Publication.objects.filter(seq__in=some).values_list("seq", "link", "erased")
        }
        for entry in known:
            link, erased = here[entry.seq]
            if link != entry.link:
                raise ImportRefused(
                    f"{entry.place}: entry {entry.seq} is another one than this record's: the two have parted. "
                    "Import into an empty record instead."
                )
            if entry.erased and not erased:
                self.erasures.setdefault(entry.public_id, []).append(entry.seq)

    def _add(self, new: list[Verified]) -> None:
        """Writes new entries, each of another object, and lets the projections follow."""
        standing = {
            row.public_id: row
            for some in chunks([entry.public_id for entry in new])
            for row in Publication.objects.filter(public_id__in=some, superseded_by=None)
        }
        kinds = kinds_known([entry.public_id for entry in new])
        changes = []
        for entry in new:
            before = standing.get(entry.public_id)
            if entry.version != (before.version + 1 if before else 1):
                raise ImportRefused(f"{entry.place}: version {entry.version} of {entry.public_id} is not the next one.")
            kind = kinds.get(entry.public_id, entry.kind)
            if kind == "redirect" or entry.kind not in (kind, "redirect"):
                raise ImportRefused(f"{entry.place}: {entry.public_id} cannot become a {entry.kind}.")
            changes.append(
                projections.Change(
                    public_id=entry.public_id,
                    kind=kind,
                    before_seq=before.seq if before else None,
                    before=decode(before.document) if before and before.document is not None else None,
                    after_seq=entry.seq,
                    after=entry.document,
                )
            )
        _refuse_taken_addresses(new, changes)
        if new[0].seq == 1:
            search.clear()
        supersede([(entry.seq, standing[entry.public_id].seq) for entry in new if entry.public_id in standing])
        write_rows(_row(entry) for entry in new)
        lookup = projections.update(changes)
        _refuse_otherkinds_known(new, changes, lookup)

    def _erase(self) -> int:
        """Empties what was erased at the origin since it was taken in here."""
        seqs = [seq for found in self.erasures.values() for seq in found]
        standing = []
        for row in Publication.objects.filter(seq__in=seqs, superseded_by=None).exclude(document=None):
            document = decode(row.document)
            kind = kinds_known([row.public_id])[row.public_id]
            standing.append(projections.Change(row.public_id, kind, row.seq, document, row.seq, None))
        for some in chunks(seqs):
            Publication.objects.filter(seq__in=some).update(document=None, reason="", salt="", erased=True)
        if standing:
            projections.update(standing)
        if self.erasures:
            projections.forget(self.erasures)
        return len(seqs)


def _batches(entries: Iterable[Verified]) -> Iterator[list[Verified]]:
    """The entries in lists in which no object is there twice."""
    batch: list[Verified] = []
    seen: set[str] = set()
    for entry in entries:
        if len(batch) >= TOGETHER or entry.public_id in seen:
            yield batch
            batch, seen = [], set()
        batch.append(entry)
        seen.add(entry.public_id)
    if batch:
        yield batch


def _row(entry: Verified) -> Publication:
    return Publication(
        seq=entry.seq,
        kind=entry.kind,
        public_id=entry.public_id,
        version=entry.version,
        document=entry.text,
        reason=entry.reason,
        published_at=read_moment(entry.published_at),
        erased=entry.erased,
        salt=entry.salt,
        digest=entry.digest,
        link=entry.link,
    )


def _ours_at(seq: int) -> tuple[str, str]:
    """Link and moment of the entry that stands here at `seq`; empty before the first."""
    if not seq:
        return "", ""
    link, published_at = Publication.objects.values_list("link", "published_at").get(seq=seq)
    return link, moment(published_at)


def _refuse_taken_addresses(new: list[Verified], changes: list[projections.Change]) -> None:
    claims = [(change.kind, change.public_id, entry.document) for entry, change in zip(new, changes, strict=True)]
    places = {entry.public_id: entry.place for entry in new}
    for kind, slug, public_id, owner in taken_addresses(claims):
        raise ImportRefused(f"{places[public_id]}: the {kind}’s address “{slug}” belongs to {owner}.")


def _refuse_otherkinds_known(new: list[Verified], changes: list[projections.Change], lookup: Lookup) -> None:
    """A document that stands under a name is of the kind that the name asks for. What is missing may come later."""
    for entry, change in zip(new, changes, strict=True):
        if entry.document is None:
            continue
        for kind, target in names(entry.document):
            found = lookup.get(target)
            if found is not None and kind_of(found) != (kind or change.kind):
                raise ImportRefused(
                    f"{entry.place}: {entry.public_id} names {target} as a {kind or change.kind}, "
                    f"but that is a {kind_of(found)}."
                )
        if isinstance(entry.document, Redirect) and lookup.get(entry.public_id) is None:
            _refuse_round(entry, lookup)


def _refuse_round(entry: Verified, lookup: Lookup) -> None:
    seen, into = {entry.public_id}, entry.document.into
    while isinstance(further := lookup.standing(into), Redirect):
        if into in seen:
            break
        seen.add(into)
        into = further.into
    if into in seen:
        raise ImportRefused(f"{entry.place}: the redirect of {entry.public_id} leads back to itself.")


def _refuse_dangling() -> None:
    """At the end everything that is named stands, but for what was erased, and claims that come in a later entry.

    The second is how a file can end that was cut `as_of` the middle of an append: claims relate to one another.
    """
    stands = Current.objects.filter(public_id=OuterRef("target"))
    erased = Publication.objects.filter(public_id=OuterRef("target"), erased=True)
    merged = Address.objects.filter(slug=OuterRef("target"), owner=OuterRef("target")).exclude(
        public_id=OuterRef("target")
    )
    suspects = Reference.objects.exclude(kind="redirect").filter(~Exists(stands), ~Exists(merged), ~Exists(erased))
    for source, kind, target in suspects.values_list("source", "kind", "target").iterator():
        if kind == "claim":
            document = decode(Publication.objects.get(public_id=source, superseded_by=None).document)
            if target in {relation.claim for relation in document.relations} and target != document.question:
                continue
        raise ImportRefused(f"The {kind} {source} names {target}, which is not in the record.")
