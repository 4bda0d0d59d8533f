"""Keeping the projections: after one append, and all anew. And which rows of the log correct."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.db import connection
from django.db.models import Max, Model

from .. import search
from ..documents import Actor, AnyDocument, Article, Claim, Redirect, decode
from ..documents.corrections import is_correction
from ..models import Address, Correction, Current, Position, Printing, Publication, Reference, Relay
from .held_rows import HELD_COLUMNS, HISTORY_COLUMNS, history_rows
from .lookup import Lookup, chunks, delete_all, delete_rows, insert_rows
from .summaries import SummaryUpdate, rebuild_summaries


def redirecting_objects(ids: Iterable[str]) -> set[str]:
    """The objects that redirect to any of `ids`, directly or through others; without `ids` themselves."""
    targets = frontier = set(ids)
    found: set[str] = set()
    while frontier:
        frontier = _referring_ids(frontier, ["redirect"]) - found - targets
        found |= frontier
    return found


KEY_COLUMNS: dict[type[Model], str] = {
    Current: "public_id",
    Position: "statement",
    Printing: "statement",
    Relay: "statement",
    Reference: "source",
    Address: "owner",
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
    lookup = Lookup()
    lookup.remember({change.public_id: change.after for change in changes})
    lookup.fetch_named_by(document for _, document in current.values())

    changed = {change.public_id for change in changes}
    summaries = SummaryUpdate(
        first_seq=min((change.after_seq for change in changes), default=None),
        begins=any(change.after_seq == 1 and change.before_seq is None for change in changes),
    )
    rewrite_rows(changed, summaries)
    _follow_claims_and_actors(changes, lookup, summaries)
    taken_back = {change.public_id for change in changes if change.after is None}
    dependent = _dependent_ids(changes) | redirecting_objects(changed) | _once_dependent_ids(taken_back)
    rewrite_rows(dependent - changed, summaries)
    summaries.finish(max((change.after_seq for change in changes), default=0), taken_back=bool(taken_back))
    add_corrections(change.after_seq for change in changes if change.after is not None)
    rewrite_corrections(taken_back)
    search.replace(
        gone=[
            (change.before_seq, change.before)
            for change in changes
            if change.before_seq is not None and change.before is not None
        ],
        standing=list(current.values()),
    )
    return lookup


def rewrite_rows(ids: Iterable[str], summaries: SummaryUpdate) -> None:
    """Makes the rows of these objects anew from the log, those too that hold no more; `summaries` follow."""
    for some in chunks(sorted(ids), BATCH_SIZE):
        rows = history_rows(some)
        with summaries.follow(some, rows):
            for model, columns in HISTORY_COLUMNS.items():
                delete_rows(model, KEY_COLUMNS[model], some)
                insert_rows(model, columns, rows[model])


def _dependent_ids(changes: list[Change]) -> set[str]:
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


def _once_dependent_ids(taken_back: Iterable[str]) -> set[str]:
    """The objects of which some version, be it an old one, has rows that may follow from one of these.

    What is taken back is taken out of the past too. Nothing that stands names it, but older versions may.
    """
    found: set[str] = set()
    frontier = set(taken_back)
    while frontier:
        sources = {
            source
            for some in chunks(sorted(frontier))
            for source in Reference.history.filter(target__in=some).values_list("source", flat=True)
        }
        frontier = sources - found
        found |= sources
    return found


_SPLIT_COLUMNS = tuple(column for column in HISTORY_COLUMNS[Position] if column not in HELD_COLUMNS)


def _follow_claims_and_actors(changes: list[Change], lookup: Lookup, summaries: SummaryUpdate) -> None:
    for change in changes:
        before, after = change.before, change.after
        if isinstance(before, Claim) and isinstance(after, Claim) and before.question != after.question:
            _split_positions("claim", after.id, change.after_seq, "question", lookup.resolve(after.question))
            lookup.fetch([before.question])
            summaries.move_claim(after.id, [lookup.resolve(question) for question in (before.question, after.question)])
        if isinstance(before, Actor) and isinstance(after, Actor) and before.kind != after.kind:
            _split_positions("actor", after.id, change.after_seq, "actor_kind", after.kind)


def _split_positions(key: str, public_id: str, seq: int, column: str, value: str) -> None:
    """Ends the positions of a claim or an actor at an entry, and lets others follow that hold another value.

    Two statements, because hundreds of thousands of positions may hang on one claim.
    """
    table = connection.ops.quote_name(Position._meta.db_table)
    here = f"{key} = %s AND valid_from_seq < %s AND {column} <> %s"
    columns = ", ".join(_SPLIT_COLUMNS)
    values = ", ".join("%s" if name == column else name for name in _SPLIT_COLUMNS)
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {table} ({columns}, valid_from_seq, valid_before_seq) "  # noqa: S608 - names are ours
            f"SELECT {values}, %s, valid_before_seq FROM {table} "
            f"WHERE {here} AND (valid_before_seq IS NULL OR valid_before_seq > %s)",
            [value, seq, public_id, seq, value, seq],
        )
        cursor.execute(
            f"UPDATE {table} SET valid_before_seq = %s "  # noqa: S608 - names are ours
            f"WHERE {here} AND (valid_before_seq IS NULL OR valid_before_seq > %s)",
            [seq, public_id, seq, value, seq],
        )


def forget_erased(ids: Iterable[str]) -> None:
    """After an erasure: drops the rows and addresses that only erased documents had, and what search has left of them.

    What was emptied corrects nothing any more.
    """
    ids = set(ids)
    rewrite_corrections(ids)
    summaries = SummaryUpdate()
    rewrite_rows(ids | _once_dependent_ids(ids), summaries)
    summaries.finish(_last_seq(), taken_back=True)
    search.purge()


def _last_seq() -> int:
    return Publication.objects.aggregate(last=Max("seq"))["last"] or 0


def rebuild_projections(progress: Callable[[int], object] = lambda count: None) -> int:
    """Makes every projection anew from the log, in `seq` order; returns how many rows of the log were read.

    The caller holds one transaction and the append lock: readers see the old rows until it commits. `progress` is
    called with the number of rows read since the last call.
    """
    models: list[type[Model]] = [*KEY_COLUMNS, Correction]
    for model in models:
        delete_all(model)
    search.clear()
    read, last = 0, 0
    while rows := list(
        Publication.objects.filter(seq__gt=last)
        .order_by("seq")
        .values_list("seq", "public_id", "version", "document", "superseded_by")[:BATCH_SIZE]
    ):
        derived = history_rows(public_id for _, public_id, version, _, _ in rows if version == 1)
        for model, columns in HISTORY_COLUMNS.items():
            insert_rows(model, columns, derived[model])
        stands = [(seq, text) for seq, _, _, text, superseded_by in rows if superseded_by is None and text is not None]
        search.replace(gone=[], standing=[(seq, decode(text)) for seq, text in stands])
        add_corrections(row[0] for row in rows)
        read, last = read + len(rows), rows[-1][0]
        progress(len(rows))
    rebuild_summaries(last)
    return read


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
