"""Keeping the projections: after one append, and all anew. Where addresses lead, and which rows of the log correct."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass

import msgspec
from django.db.models import Max, Model

from .. import search
from ..documents import Actor, AnyDocument, Article, Claim, Redirect, decode
from ..documents.corrections import is_correction
from ..models import Address, Correction, Current, Position, Printing, Publication, Reference, Relay
from .derive import COLUMNS, REFERENCE_COLUMNS, derive_rows, reference_rows
from .lookup import Lookup, chunks, decoded_rows, delete_all, delete_rows, insert_rows

AddressTargets = dict[tuple[str, str], tuple[str, str, bool]]  # (kind, slug) -> (owner, public_id, current)


def redirecting_objects(ids: Iterable[str]) -> set[str]:
    """The objects that redirect to any of `ids`, directly or through others; without `ids` themselves."""
    targets = frontier = set(ids)
    found: set[str] = set()
    while frontier:
        frontier = _referring_ids(frontier, ["redirect"]) - found - targets
        found |= frontier
    return found


def update_addresses(owners: Mapping[str, tuple[str, AnyDocument | None]], lookup: Lookup) -> None:
    """Brings the addresses of `owners`, {id: (kind, what stands)}, and of all that redirect to them up to date.

    `lookup` has fetched the owners and where they lead.
    """
    others = redirecting_objects(owners) - set(owners)
    lookup.fetch(others)
    before: AddressTargets = {
        (row.kind, row.slug): (row.owner, row.public_id, row.current)
        for some in chunks(sorted({*owners, *others}))
        for row in Address.objects.filter(owner__in=some)
    }
    after: AddressTargets = {}
    for (kind, slug), (owner, _, current) in before.items():
        if owner in owners:
            document = owners[owner][1]
            current = document is not None and not isinstance(document, Redirect) and slug == document.slug
        after[kind, slug] = (owner, lookup.resolve(owner), current)
    for owner, (kind, document) in owners.items():
        after.setdefault((kind, owner), (owner, lookup.resolve(owner), False))
        if document is not None:
            stands = not isinstance(document, Redirect)
            after[kind, document.slug] = (owner, lookup.resolve(owner), stands)
    write_addresses({address: leads for address, leads in after.items() if before.get(address) != leads})


def write_addresses(leads: AddressTargets) -> None:
    """Adds the addresses, or changes where they lead."""
    Address.objects.bulk_create(
        [
            Address(kind=kind, slug=slug, owner=owner, public_id=public_id, current=current)
            for (kind, slug), (owner, public_id, current) in sorted(leads.items())
        ],
        update_conflicts=True,
        unique_fields=["kind", "slug"],
        update_fields=["owner", "public_id", "current"],
        batch_size=2000,
    )


KEY_COLUMNS: dict[type[Model], str] = {
    Current: "public_id",
    Position: "statement",
    Printing: "statement",
    Relay: "statement",
}
BATCH_SIZE = 1000  # documents derived at once


@dataclass(frozen=True)
class Change:
    """What one append did to one object: `kind` is never "redirect"; None stands for nothing, or for a withdrawal."""

    public_id: str
    kind: str
    before_seq: int | None
    before: AnyDocument | None
    after_seq: int
    after: AnyDocument | None

    @property
    def is_redirect_change(self) -> bool:
        return isinstance(self.before, Redirect) or isinstance(self.after, Redirect)


def update_projections(changes: Iterable[Change]) -> Lookup:
    """Follows one append, whose rows are in the log already. Returns what it has looked up."""
    changes = list(changes)
    current = {change.public_id: (change.after_seq, change.after) for change in changes if change.after is not None}
    gone = [change.public_id for change in changes if change.before is not None]
    delete_rows(Reference, "source", gone)
    insert_rows(Reference, REFERENCE_COLUMNS[Reference], reference_rows(current.values()))

    lookup = Lookup()
    lookup.remember({change.public_id: change.after for change in changes})
    lookup.fetch_named_by(document for _, document in current.values())
    owners = {change.public_id: (change.kind, change.after) for change in changes}
    update_addresses(owners, lookup)

    _replace(current.values(), lookup, gone=gone)
    for some in chunks(sorted(_dependent_ids(changes, lookup) - set(owners)), BATCH_SIZE):
        documents = list(decoded_rows(Publication.objects.filter(public_id__in=some, superseded_by=None)))
        lookup.fetch_named_by(document for _, document in documents)
        _replace(documents, lookup, gone=some)
    _follow_claims_and_actors(changes, lookup)
    add_corrections(change.after_seq for change in changes if change.after is not None)
    rewrite_corrections(change.public_id for change in changes if change.after is None)
    search.replace(
        gone=[
            (change.before_seq, change.before)
            for change in changes
            if change.before_seq is not None and change.before is not None
        ],
        standing=list(current.values()),
    )
    return lookup


def _replace(documents: Iterable[tuple[int, AnyDocument]], lookup: Lookup, *, gone: Iterable[str]) -> None:
    """Puts the rows derived from `documents` where those of the objects in `gone` were."""
    gone = list(gone)
    rows = derive_rows(documents, lookup)
    for model, columns in COLUMNS.items():
        delete_rows(model, KEY_COLUMNS[model], gone)
        insert_rows(model, columns, rows[model])


def _dependent_ids(changes: list[Change], lookup: Lookup) -> set[str]:
    """The objects whose own rows follow from a change elsewhere: merges, and what articles derive from.

    Asks nothing where nothing of the kind has changed. A claim's question and an actor's kind are followed by one
    statement each (`_follow_claims_and_actors`), because thousands of statements may hang on them.
    """
    merged = [change for change in changes if change.is_redirect_change]
    articles = {change.public_id for change in changes if _has_other_printings(change)}
    if not merged and not articles:
        return set()
    everywhere = _add_redirects(change.public_id for change in merged)
    above = _add_redirects(change.public_id for change in merged if change.kind in ("question", "outlet", "article"))
    below = _referring_ids(above, ["claim", "actor", "article"])
    families = _add_redirects(articles) | _add_redirects(below)
    frontier = families
    while frontier:
        frontier = _add_redirects(_referring_ids(frontier, ["article"])) - families
        families = families | frontier
    return below | _referring_ids(everywhere | families, ["statement"])


def _add_redirects(ids: Iterable[str]) -> set[str]:
    ids = set(ids)
    return ids | redirecting_objects(ids)


def _referring_ids(targets: Iterable[str], kinds: list[str]) -> set[str]:
    return {
        source
        for some in chunks(sorted(targets))
        for source in Reference.objects.filter(target__in=some, kind__in=kinds).values_list("source", flat=True)
    }


def _has_other_printings(change: Change) -> bool:
    """Whether printings in an article, and in what derives from it, may have other rows now."""
    before, after = change.before, change.after
    if not isinstance(before, Article) or not isinstance(after, Article):
        return False
    return any(
        getattr(before, name) != getattr(after, name) for name in ("outlet", "language", "derived_from", "derivation")
    )


def _follow_claims_and_actors(changes: list[Change], lookup: Lookup) -> None:
    for change in changes:
        before, after = change.before, change.after
        if isinstance(before, Claim) and isinstance(after, Claim) and before.question != after.question:
            Position.objects.filter(claim=after.id).update(question=lookup.resolve(after.question))
        if isinstance(before, Actor) and isinstance(after, Actor) and before.kind != after.kind:
            Position.objects.filter(actor=after.id).update(actor_kind=after.kind)


class _Slug(msgspec.Struct):
    slug: str


_slug_decoder = msgspec.json.Decoder(_Slug)


def forget_erased(ids: Iterable[str]) -> None:
    """After an erasure: drops the addresses that only erased documents had, and what is left in the search index.

    What was emptied corrects nothing any more.
    """
    ids = list(ids)
    rewrite_corrections(ids)
    for owner, _, slugs in slugs_of(ids):
        Address.objects.filter(owner=owner).exclude(slug__in=slugs | {owner}).delete()
    search.purge()


def slugs_of(ids: Iterable[str]) -> Iterator[tuple[str, str, set[str]]]:
    """Each object, its kind, and the addresses that its documents have had, as far as they are not erased."""
    kinds: dict[str, str] = {}
    slugs: dict[str, set[str]] = {}
    for some in chunks(ids):
        versions = Publication.objects.filter(public_id__in=some).order_by("seq")
        for public_id, kind, text in versions.values_list("public_id", "kind", "document"):
            if kind != "redirect":
                kinds[public_id] = kind
            found = slugs.setdefault(public_id, set())
            if text is not None:
                found.add(_slug_decoder.decode(text).slug)
    for public_id, found in slugs.items():
        yield public_id, kinds.get(public_id, "redirect"), found


def rebuild_projections(progress: Callable[[int], object] = lambda count: None) -> int:
    """Makes every projection anew from the log, in `seq` order; returns how many rows of the log were read.

    The caller holds one transaction and the append lock: readers see the old rows until it commits. `progress` is
    called with the number of rows read since the last call.
    """
    for model in (Relay, Printing, Position, Reference, Current, Address, Correction):
        delete_all(model)
    search.clear()
    read, last = 0, 0
    while rows := list(
        Publication.objects.filter(seq__gt=last)
        .order_by("seq")
        .values_list("seq", "kind", "public_id", "document", "superseded_by")[:BATCH_SIZE]
    ):
        _rebuild_batch(rows)
        add_corrections(row[0] for row in rows)
        read, last = read + len(rows), rows[-1][0]
        progress(len(rows))
    _rebuild_redirects()
    return read


def _rebuild_batch(rows: list[tuple[int, str, str, str | None, int | None]]) -> None:
    kinds = kinds_of(public_id for _, kind, public_id, _, _ in rows if kind == "redirect")
    leads: AddressTargets = {}
    documents = []
    for seq, kind, public_id, text, superseded_by in rows:
        kind = kinds.get(public_id, kind) if kind == "redirect" else kind
        if (kind, public_id) not in leads:
            leads[kind, public_id] = (public_id, public_id, False)
        if text is None:
            continue
        document = decode(text) if superseded_by is None else None
        slug = document.slug if document else _slug_decoder.decode(text).slug
        current = document is not None and not isinstance(document, Redirect)
        leads[kind, slug] = (public_id, public_id, current)
        if document is not None:
            documents.append((seq, document))
    write_addresses(leads)
    lookup = Lookup()
    lookup.remember({document.id: document for _, document in documents})
    lookup.fetch_named_by(document for _, document in documents)
    insert_rows(Reference, REFERENCE_COLUMNS[Reference], reference_rows(documents))
    derived = derive_rows(documents, lookup)
    for model, columns in COLUMNS.items():
        insert_rows(model, columns, derived[model])
    search.replace(gone=[], standing=documents)


def kinds_of(ids: Iterable[str]) -> dict[str, str]:
    """What kind of object each id is, also where it was merged; from the log itself."""
    found: dict[str, str] = {}
    for some in chunks(sorted(set(ids))):
        rows = Publication.objects.filter(public_id__in=some).exclude(kind="redirect")
        found.update(rows.values_list("public_id", "kind"))
    return found


def _rebuild_redirects() -> None:
    """Lets the addresses of merged objects lead to what they were merged into."""
    merged = Publication.objects.filter(kind="redirect", superseded_by=None)
    owners = {document.id: document for _, document in decoded_rows(merged)}
    kinds = kinds_of(owners)
    lookup = Lookup()
    lookup.fetch(owners)
    for some in chunks(owners, BATCH_SIZE):
        update_addresses({owner: (kinds[owner], owners[owner]) for owner in some}, lookup)


# Which rows of the log correct. What was taken back corrects nothing any more (record/log/public_entries.py): a mirror
# has it empty.
CORRECTION_COLUMNS = ("seq", "public_id")
VersionRow = tuple[int, str, int, bool, str | None]
_VERSION_COLUMNS = ("seq", "public_id", "version", "erased", "document")


def add_corrections(seqs: Iterable[int]) -> None:
    """Adds those of these rows of the log that correct; what they replaced is marked as replaced already."""
    for some in chunks(seqs):
        rows = Publication.objects.filter(seq__in=some, version__gt=1).values_list(*_VERSION_COLUMNS)
        insert_rows(Correction, CORRECTION_COLUMNS, correcting_rows(rows))


def rewrite_corrections(ids: Iterable[str]) -> None:
    """Makes the rows of these objects anew, after some of their versions were taken back or emptied."""
    ids = sorted(set(ids))
    delete_rows(Correction, "public_id", ids)
    insert_rows(Correction, CORRECTION_COLUMNS, corrections_of(ids))


def corrections_of(ids: Iterable[str]) -> list[tuple[int, str]]:
    """What `Correction` holds of these objects, by the log."""
    return [
        row
        for some in chunks(ids)
        for row in correcting_rows(
            Publication.objects.filter(public_id__in=some, version__gt=1).values_list(*_VERSION_COLUMNS)
        )
    ]


def correcting_rows(rows: Iterable[VersionRow]) -> list[tuple[int, str]]:
    """(seq, id) of those of these rows, versions after the first, that correct."""
    rows = list(rows)
    replaced: dict[int | None, str | None] = {}
    withdrawn: dict[str, int] = {}
    for some in chunks({public_id for _, public_id, *_ in rows}):
        last = Publication.objects.filter(public_id__in=some, document=None, erased=False).order_by()
        withdrawn.update(last.values_list("public_id").annotate(version=Max("version")))
    for seqs in chunks(seq for seq, *_ in rows):
        before = Publication.objects.filter(superseded_by__in=seqs)
        replaced.update(before.values_list("superseded_by", "document"))
    return [
        (seq, public_id)
        for seq, public_id, version, erased, text in rows
        if not erased
        and (text is None or version > withdrawn.get(public_id, 0))
        and is_correcting_version(text, replaced.get(seq))
    ]


def is_correcting_version(text: str | None, before: str | None) -> bool:
    """Whether a version corrects the one before it: withdrawn, merged, published again, or saying otherwise."""
    if text is None or before is None:
        return True
    now = decode(text)
    return isinstance(now, Redirect) or is_correction(now, decode(before))
