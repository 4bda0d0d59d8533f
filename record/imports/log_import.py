"""Entries that were read and verified, into the log: step by step, each in one transaction.

Between being read and being taken in they lie in a database of SQLite without a name, which sorts them by `seq`: what
does not fit into a few megabytes of memory lies in the folder for temporary files, and nothing is left of it when the
process ends, however it ends.
"""

import sqlite3
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import islice, takewhile
from typing import BinaryIO, Self

from django.db.models import Exists, OuterRef

from .. import projections, search
from ..documents import Claim, Redirect, decode, kind_of, references_of
from ..documents.entries import Head, format_moment, link_of, read_moment
from ..log import empty_entries, head, ledger, supersede, write_rows
from ..log.validation import known_kinds, taken_addresses
from ..models import Address, Current, OutdatedObject, Publication, Reference
from ..projections.locks import Pace, short_append_lock
from ..projections.lookup import Lookup, chunks, decoded_rows
from .entry import ImportRefused, VerifiedEntry, reread_entry
from .export_reader import ExportFile, read_export, verify_chain

BATCH_SIZE = 1000
PROGRESS_EVERY = 1000  # entries between two calls of `progress`

ProgressReport = Callable[[str, int, int], None]  # what is being done, entries done, and in all


class Spool:
    """The verified entries of one file."""

    def __init__(self) -> None:
        self._database = sqlite3.connect("", isolation_level=None)
        self._database.execute("PRAGMA journal_mode=OFF")
        self._database.execute(
            "CREATE TABLE entry (seq INTEGER PRIMARY KEY, number INTEGER, grp TEXT, public_id TEXT, line BLOB)"
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *error: object) -> None:
        self._database.close()

    def fill(self, reading: ExportFile, link: str, published_at: str, progress: ProgressReport) -> None:
        """Reads the file to its end and verifies it: every digest, every link, and that it is whole.

        `link` and `published_at` are those of the entry that it goes on from. Raises `ImportRefused`.
        """
        entries = _report_progress(reading.entries, progress, reading.total)
        if reading.ordered:
            self._keep(verify_chain(entries, reading, link, published_at))
            return
        self._keep(entries)
        for _ in verify_chain(self.entries(), reading, link, published_at):
            pass
        self._refuse_misplaced()

    def entries(self, after: int = 0) -> Iterator[VerifiedEntry]:
        """The entries in `seq` order, from after `after` on."""
        rows = self._database.execute("SELECT line, number, grp FROM entry WHERE seq > ? ORDER BY seq", [after])
        return (reread_entry(*row) for row in rows)

    def _keep(self, entries: Iterable[VerifiedEntry]) -> None:
        self._database.execute("BEGIN")
        for entry in entries:
            try:
                self._database.execute(
                    "INSERT INTO entry VALUES (?, ?, ?, ?, ?)",
                    [entry.seq, entry.number, entry.group, entry.public_id, entry.line],
                )
            except sqlite3.IntegrityError:
                raise ImportRefused(f"{entry.place}: entry {entry.seq} is there twice.") from None
        self._database.execute("COMMIT")

    def _refuse_misplaced(self) -> None:
        """In one JSON document the older versions stand among the superseded, and nothing else does."""
        self._database.execute("CREATE INDEX by_object ON entry (public_id, seq)")
        found = self._database.execute(
            "SELECT number, seq, grp FROM entry WHERE grp != 'erased' AND (grp = 'superseded') != EXISTS ("
            "SELECT 1 FROM entry later WHERE later.public_id = entry.public_id AND later.seq > entry.seq) "
            "ORDER BY number LIMIT 1"
        ).fetchone()
        if found:
            number, seq, group = found
            raise ImportRefused(f"line {number}: entry {seq} does not belong among {group}.")


def _report_progress(entries: Iterator[VerifiedEntry], progress: ProgressReport, total: int) -> Iterator[VerifiedEntry]:
    done = 0
    for done, entry in enumerate(entries, start=1):
        yield entry
        if done % PROGRESS_EVERY == 0:
            progress("verified", done, total)
    progress("verified", done, total)


ENTRIES_PER_TRANSACTION = 1000  # entries of one transaction at most


@dataclass(frozen=True)
class ImportResult:
    """What an import did: entries taken in, entries that were there already, erasures taken over, and the new head."""

    added: int
    known: int
    erased: int
    head: Head


def import_record(
    file: BinaryIO,
    *,
    step: int = ENTRIES_PER_TRANSACTION,
    progress: ProgressReport = lambda doing, done, total: None,
    on_verified: Callable[[Head], None] = lambda head: None,
) -> ImportResult:
    """Takes in an export, JSON or NDJSON, and follows it with every projection.

    The file is read and verified to its end before anything is changed: one that is cut off, changed, of another
    format, that leaves a gap or forks from what stands here raises `ImportRefused`. Then it is taken in, at most `step`
    entries in one transaction: after each the record is what its origin was after that entry. A process that ends
    in between has lost nothing: the same file goes on from there. A file whose sums are right and whose documents
    contradict one another is refused at the first that does.

    An empty record becomes a mirror; one that has entries already is continued where the file's chain is its own,
    and what it holds already is left as it is, so that the same file twice changes nothing. Entries that were erased
    at their origin are erased here too. `progress` is called with what is being done, entries done, and in all;
    `on_verified` with the head of the file, before anything is changed.
    """
    reading = read_export(file)
    ours = head()
    if reading.previous_seq > ours.seq:
        raise ImportRefused(
            f"The file goes on from entry {reading.previous_seq}, but this record ends at {ours.seq}: "
            f"take in what lies between first (since={ours.seq})."
        )
    with Spool() as spool:
        spool.fill(reading, *_local_link_at(reading.previous_seq), progress)
        _refuse_fork(spool, ours)
        on_verified(reading.opening.head)
        landing, pace = _RecordImport(), Pace(step)
        entries = spool.entries()
        while some := list(islice(entries, pace.size)):
            try:
                if not landing.skip_known(some):
                    with short_append_lock(), pace.measure():
                        landing.take_in(some)
            except ImportRefused as error:
                error.reached = head().seq if landing.added else None
                raise
            progress("taken in", landing.added + landing.known, reading.total)
        _derive_outdated(progress)
    if landing.added:
        projections.analyze()
    return ImportResult(landing.added, landing.known, landing.erased, head())


def _derive_outdated(progress: ProgressReport) -> None:
    """What large merges have put off, those too that an import put off which was ended."""
    done, total = 0, OutdatedObject.objects.count()

    def show(count: int) -> None:
        nonlocal done
        done += count
        progress("derived", done, total)

    projections.derive_outdated(progress=show)


def _refuse_fork(spool: Spool, ours: Head) -> None:
    """What the file and this record both have is the same; asked before anything is changed."""
    entries = takewhile(lambda entry: entry.seq <= ours.seq, spool.entries())
    while some := list(islice(entries, BATCH_SIZE)):
        _newly_erased_entries(some)


def _newly_erased_entries(known: list[VerifiedEntry]) -> list[VerifiedEntry]:
    """Those of the entries that say nothing any more, and here still do. Refuses where the two records have parted."""
    found = []
    here = {
        seq: (link, erased)
        for seq, link, erased in Publication.objects.filter(seq__in=[entry.seq for entry in known]).values_list(
            "seq", "link", "erased"
        )
    }
    for entry in known:
        link, erased = here[entry.seq]
        if link != entry.link:
            raise ImportRefused(
                f"{entry.place}: entry {entry.seq} is another one than this record's: the two have parted. "
                "Import into an empty record instead."
            )
        if entry.is_erased and not erased:
            found.append(entry)
    return found


class _RecordImport:
    """One import on its way, and what was counted."""

    def __init__(self) -> None:
        self.added = self.known = self.erased = 0

    def skip_known(self, entries: list[VerifiedEntry]) -> bool:
        """Whether all of these entries are here as they are there: then nobody need wait for them."""
        if entries[-1].seq > head().seq or _newly_erased_entries(entries):
            return False
        self.known += len(entries)
        return True

    def take_in(self, entries: list[VerifiedEntry]) -> None:
        """Takes in the next entries, in a transaction of the caller's that holds the append lock."""
        ours = head()
        known = [entry for entry in entries if entry.seq <= ours.seq]
        new = entries[len(known) :]
        erased = [entry for some in chunks(known, BATCH_SIZE) for entry in _newly_erased_entries(some)]
        if new:
            self._refuse_other_end(new[0], ours)
        for batch in _batches(new):
            self._add(batch)
        self._erase(erased)
        if new:
            _refuse_dangling(new)
        self.known += len(known)
        self.added += len(new)
        self.erased += len(erased)

    def _refuse_other_end(self, entry: VerifiedEntry, ours: Head) -> None:
        """Another process may have written to the log since the step before."""
        follows = link_of(
            ours.link, entry.seq, entry.kind, entry.public_id, entry.version, entry.published_at, entry.digest
        )
        if entry.seq != ours.seq + 1 or entry.link != follows:
            raise ImportRefused(f"{entry.place}: something else was published here meanwhile: the two have parted.")

    def _add(self, new: list[VerifiedEntry]) -> None:
        """Writes new entries, each of another object, and lets the projections follow."""
        current = {
            row.public_id: row
            for some in chunks([entry.public_id for entry in new])
            for row in Publication.objects.filter(public_id__in=some, superseded_by=None)
        }
        kinds = known_kinds([entry.public_id for entry in new])
        changes = []
        for entry in new:
            before = current.get(entry.public_id)
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
        supersede([(entry.seq, current[entry.public_id].seq) for entry in new if entry.public_id in current])
        write_rows(_publication_of(entry) for entry in new)
        lookup = projections.update_projections(changes)
        _refuse_wrong_kinds(new, changes, lookup)

    def _erase(self, entries: list[VerifiedEntry]) -> None:
        """Empties what was erased at the origin since it was taken in here."""
        if not entries:
            return
        empty_entries([(entry.seq, entry.public_id, entry.version) for entry in entries])
        try:
            ledger.enter("versions", seqs=[entry.seq for entry in entries])
        except ledger.LedgerConflict as conflict:
            raise ImportRefused(str(conflict)) from None


def _batches(entries: Iterable[VerifiedEntry]) -> Iterator[list[VerifiedEntry]]:
    """The entries in lists in which no object is there twice."""
    batch: list[VerifiedEntry] = []
    ids: set[str] = set()
    for entry in entries:
        if len(batch) >= BATCH_SIZE or entry.public_id in ids:
            yield batch
            batch, ids = [], set()
        batch.append(entry)
        ids.add(entry.public_id)
    if batch:
        yield batch


def _publication_of(entry: VerifiedEntry) -> Publication:
    return Publication(
        seq=entry.seq,
        kind=entry.kind,
        public_id=entry.public_id,
        version=entry.version,
        document=entry.text,
        reason=entry.reason,
        published_at=read_moment(entry.published_at),
        erased=entry.is_erased,
        salt=entry.salt,
        digest=entry.digest,
        link=entry.link,
    )


def _local_link_at(seq: int) -> tuple[str, str]:
    """Link and moment of the entry that stands here at `seq`; empty before the first."""
    if not seq:
        return "", ""
    link, published_at = Publication.objects.values_list("link", "published_at").get(seq=seq)
    return link, format_moment(published_at)


def _refuse_taken_addresses(new: list[VerifiedEntry], changes: list[projections.Change]) -> None:
    claims = [(change.kind, change.public_id, entry.document) for entry, change in zip(new, changes, strict=True)]
    places = {entry.public_id: entry.place for entry in new}
    for kind, slug, public_id, owner in taken_addresses(claims):
        raise ImportRefused(f"{places[public_id]}: the {kind}’s address “{slug}” belongs to {owner}.")


def _refuse_wrong_kinds(new: list[VerifiedEntry], changes: list[projections.Change], lookup: Lookup) -> None:
    """A document that stands under a name is of the kind that the name asks for. What is missing may come later."""
    for entry, change in zip(new, changes, strict=True):
        if entry.document is None:
            continue
        for kind, target in references_of(entry.document):
            found = lookup.get(target)
            if found is not None and kind_of(found) != (kind or change.kind):
                raise ImportRefused(
                    f"{entry.place}: {entry.public_id} names {target} as a {kind or change.kind}, "
                    f"but that is a {kind_of(found)}."
                )
        if isinstance(entry.document, Redirect) and lookup.get(entry.public_id) is None:
            _refuse_redirect_loop(entry.document, entry.place, lookup)


def _refuse_redirect_loop(redirect: Redirect, place: str, lookup: Lookup) -> None:
    passed, into = {redirect.id}, redirect.into
    while isinstance(further := lookup.get_unresolved(into), Redirect):
        if into in passed:
            break
        passed.add(into)
        into = further.into
    if into in passed:
        raise ImportRefused(f"{place}: the redirect of {redirect.id} leads back to itself.")


def _is_related_claim(source: str, target: str) -> bool:
    """Whether a claim names `target` as a claim to which it relates, or as an actor that it is about."""
    rows = decoded_rows(Publication.objects.filter(public_id=source, superseded_by=None))
    return any(
        isinstance(document, Claim) and target in {named for _, named in references_of(document)} - {document.question}
        for _, document in rows
    )


def _refuse_dangling(new: list[VerifiedEntry]) -> None:
    """What new entries name stands, but for what was erased, and what claims name that comes in a later entry.

    The second is how a file can end that was cut `as_of` the middle of an append: claims relate to one another and to
    actors. What new entries take away nothing names any more.
    """
    stands = Current.objects.filter(public_id=OuterRef("target"))
    erased = Publication.objects.filter(public_id=OuterRef("target"), erased=True)
    merged = Address.objects.filter(slug=OuterRef("target"), owner=OuterRef("target")).exclude(
        public_id=OuterRef("target")
    )
    lost = Reference.objects.exclude(kind="redirect").filter(~Exists(stands), ~Exists(merged), ~Exists(erased))
    ids = sorted({entry.public_id for entry in new})
    gone = sorted({entry.public_id for entry in new if entry.document is None or isinstance(entry.document, Redirect)})
    for some, field in [*((some, "source") for some in chunks(ids)), *((some, "target") for some in chunks(gone))]:
        suspects = lost.filter(**{f"{field}__in": some})
        for source, kind, target in suspects.values_list("source", "kind", "target"):
            if kind == "claim" and _is_related_claim(source, target):
                continue
            raise ImportRefused(f"The {kind} {source} names {target}, which is not in the record.")
