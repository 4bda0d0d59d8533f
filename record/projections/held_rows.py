"""What the rows of the projections are, and were, by the log alone: from every version of every document.

A row holds from the entry that made it so on, and before the one that made it otherwise: another version of its own
document, or a change of something that it follows from, such as the question of a claim. What was withdrawn or erased
since is not given out, so that nothing follows from it, at no time (record/public_entries.py).
"""

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from django.db.models import Model

from ..documents import Actor, AnyDocument, Article, Claim, Redirect, decode, references_of
from ..models import Address, Publication, Reference
from .derive import COLUMNS, REFERENCE_COLUMNS, derive_rows, reference_rows
from .lookup import Lookup, Row, chunks, further_ids, slug_of

HELD_COLUMNS = ("valid_from_seq", "valid_before_seq")
ADDRESS_COLUMNS = ("kind", "slug", "owner", "public_id", "current")
# Of each projection, the columns that say of what a row tells: two rows of one key never hold at once.
ROW_KEYS: dict[type[Model], int] = dict(zip(COLUMNS, (1, 3, 2, 3), strict=True))
HISTORY_COLUMNS: dict[type[Model], tuple[str, ...]] = {
    **{model: (*columns, *HELD_COLUMNS) for model, columns in COLUMNS.items()},
    Reference: (*REFERENCE_COLUMNS[Reference], *HELD_COLUMNS),
    Address: (*ADDRESS_COLUMNS, *HELD_COLUMNS),
}


class Version(NamedTuple):
    """A version of an object: from which entry on it stood and before which, None for now.

    `document` is None where nothing of it is given out; `slug` is that of a document that was withdrawn, too.
    """

    seq: int
    before: int | None
    document: AnyDocument | None
    kind: str
    slug: str | None


def signature(document: AnyDocument | None) -> tuple[object, ...]:
    """What the rows of other objects follow from: where this does not change, they do not."""
    match document:
        case Redirect():
            return ("redirect", document.into)
        case Claim():
            return ("claim", document.question)
        case Actor():
            return ("actor", document.kind)
        case Article():
            return ("article", document.outlet, document.language, document.derived_from, document.derivation)
        case None:
            return ()
    return ("other",)


class History:
    """Every version of the objects that were asked for with `fetch`, and of those that their rows follow from."""

    def __init__(self) -> None:
        self._versions: dict[str, list[Version]] = {}
        self._turns: dict[str, list[int]] = {}

    def fetch(self, ids: Iterable[str]) -> None:
        """Reads these objects, all that their documents name, and what lies beyond: one query or more a level."""
        own = set(ids)
        self._read(own)
        documents = [version.document for public_id in own for version in self._versions[public_id]]
        wanted = {target for document in documents if document for _, target in references_of(document)}
        while wanted := {public_id for public_id in wanted if public_id not in self._versions}:
            self._read(wanted)
            wanted = set().union(*(self._further(public_id) for public_id in wanted))

    def _read(self, ids: Iterable[str]) -> None:
        wanted = sorted(public_id for public_id in ids if public_id not in self._versions)
        self._versions.update({public_id: [] for public_id in wanted})
        columns = ("public_id", "seq", "superseded_by", "document", "kind", "erased")
        for some in chunks(wanted):
            taken_back: set[str] = set()
            # Backwards: a withdrawal takes back every version before it.
            rows = Publication.objects.filter(public_id__in=some).order_by("public_id", "-version")
            for public_id, seq, before, text, kind, erased in rows.values_list(*columns):
                if text is None and not erased:
                    taken_back.add(public_id)
                document = None if text is None or public_id in taken_back else decode(text)
                slug = None if text is None else document.slug if document else slug_of(text)
                self._versions[public_id].append(Version(seq, before, document, kind, slug))
        for public_id in wanted:
            self._versions[public_id].reverse()

    def _further(self, public_id: str) -> set[str]:
        return {
            target
            for version in self._versions.get(public_id, ())
            if version.document
            for target in further_ids(version.document)
        }

    def versions(self, public_id: str) -> list[Version]:
        """Every version of an object, oldest first."""
        return self._versions.get(public_id, [])

    def document_at(self, public_id: str, seq: int) -> AnyDocument | None:
        """What stood for an object after an entry, and is given out."""
        versions = self.versions(public_id)
        place = bisect_right(versions, seq, key=lambda version: version.seq)
        return versions[place - 1].document if place else None

    def turns_of(self, public_id: str) -> list[int]:
        """The entries at which something of an object changed that the rows of others follow from."""
        if public_id not in self._turns:
            before: tuple[object, ...] = ()
            turns = []
            for version in self.versions(public_id):
                if (after := signature(version.document)) != before:
                    turns.append(version.seq)
                before = after
            self._turns[public_id] = turns
        return self._turns[public_id]

    def turns_within(self, targets: Iterable[str], version: Version) -> list[int]:
        """The entries at which the rows of a version that names `targets` may change, its own first, in order."""
        found, passed, waiting = {version.seq}, set(), set(targets)
        while waiting:
            public_id = waiting.pop()
            passed.add(public_id)
            found.update(
                seq
                for seq in self.turns_of(public_id)
                if version.seq < seq and (version.before is None or seq < version.before)
            )
            if public_id in self._versions:
                waiting |= self._further(public_id) - passed
        return sorted(found)


class _LookupAt(Lookup):
    """What stood under each id after one entry, of what a history has read."""

    def __init__(self, history: History, seq: int) -> None:
        super().__init__()
        self.history, self.seq = history, seq

    def get_unresolved(self, public_id: str) -> AnyDocument | None:
        return self.history.document_at(public_id, self.seq)


def history_rows(ids: Iterable[str]) -> dict[type[Model], list[Row]]:
    """By projection, every row of these objects that holds or once held, as tuples of `HISTORY_COLUMNS`."""
    ids = sorted(set(ids))
    history = History()
    history.fetch(ids)
    rows: dict[type[Model], list[Row]] = {model: [] for model in HISTORY_COLUMNS}
    for public_id in ids:
        versions = history.versions(public_id)
        for version in versions:
            if version.document is not None:
                _add_version_rows(version, version.document, history, rows)
        rows[Address].extend(_address_rows(public_id, versions, history))
    return rows


def _add_version_rows(
    version: Version, document: AnyDocument, history: History, rows: dict[type[Model], list[Row]]
) -> None:
    targets = [target for _, target in references_of(document)]
    held = (version.seq, version.before)
    rows[Reference].extend((*row, *held) for row in reference_rows([(version.seq, document)]))
    turns = history.turns_within(targets, version)
    states = [(seq, derive_rows([(version.seq, document)], _LookupAt(history, seq))) for seq in turns]
    for model in COLUMNS:
        size = ROW_KEYS[model]
        rows[model].extend(_held_rows([(seq, state[model]) for seq, state in states], size, version.before))


def _held_rows(states: list[tuple[int, list[Row]]], size: int, before: int | None) -> Iterator[Row]:
    """Rows with when they held, from what they were at each of these entries; a row that stays the same is one."""
    if len(states) == 1:
        seq, rows = states[0]
        yield from ((*row, seq, before) for row in rows)
        return
    since: dict[Row, tuple[int, Row]] = {}
    for seq, rows in states:
        now = {row[:size]: row for row in rows}
        for key, (first, row) in list(since.items()):
            if now.get(key) != row:
                yield (*row, first, seq)
                del since[key]
        for key, row in now.items():
            since.setdefault(key, (seq, row))
    yield from ((*row, first, before) for first, row in since.values())


def _address_rows(owner: str, versions: list[Version], history: History) -> Iterator[Row]:
    """An object's addresses: its id from the first version on, every other from the version that brought it."""
    if not versions:
        return
    kind = next((version.kind for version in versions if version.kind != "redirect"), "redirect")
    first = {owner: versions[0].seq}
    for version in versions:
        if version.slug is not None:
            first.setdefault(version.slug, version.seq)
    whole = Version(versions[0].seq, None, None, kind, None)
    seqs = set(history.turns_within([owner], whole)) | {version.seq for version in versions}
    states: list[tuple[int, list[Row]]] = []
    for seq in sorted(seqs):
        document = history.document_at(owner, seq)
        leads_to = _LookupAt(history, seq).resolve(owner)
        current = None if document is None or isinstance(document, Redirect) else document.slug
        states.append(
            (seq, [(kind, slug, owner, leads_to, slug == current) for slug, since in first.items() if since <= seq])
        )
    yield from _held_rows(states, 2, None)
