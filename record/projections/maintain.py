"""Keeping the projections after an append: at once, or put down as outdated. And which rows of the log correct."""

from collections.abc import Iterable
from contextlib import nullcontext
from dataclasses import dataclass

from django.db import connection
from django.db.models import Max, Model

from .. import search
from ..documents import Actor, AnyDocument, Article, Claim, Redirect, decode
from ..documents.corrections import is_correction
from ..models import Address, Correction, Current, OutdatedObject, Position, Printing, Publication, Reference, Relay
from .held_rows import ADDRESS_COLUMNS, HELD_COLUMNS, HISTORY_COLUMNS, history_rows
from .lookup import Lookup, Row, all_rows, chunks, delete_rows, insert_rows
from .past_search import rewrite_past_entries
from .summaries import SummaryUpdate


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
MAX_FOLLOWERS = 1000  # objects that one append derives anew because of another; beyond that all of them wait


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
    """Follows one append, whose rows are in the log already. Returns what it has looked up.

    What has changed is derived at once. So is what follows from it elsewhere, up to `MAX_FOLLOWERS` objects: more of
    them wait as `OutdatedObject` for steps of their own (record/projections/steps.py).
    """
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
    rewrite_rows(redirecting_objects(changed) - changed, summaries)
    taken_back = {change.public_id for change in changes if change.after is None}
    others, named = _followers(changes)
    named |= _follow_claims_and_actors(changes, lookup, summaries)
    _derive_or_put_down((others | _once_dependent_ids(taken_back)) - changed, named, summaries)
    summaries.finish(max((change.after_seq for change in changes), default=0), emptied=len(taken_back))
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
    search.add_past(
        (change.before_seq, change.after_seq, change.before)
        for change in changes
        if change.before_seq is not None and change.before is not None and change.after is not None
    )
    rewrite_past_entries(taken_back)
    return lookup


def rewrite_rows(ids: Iterable[str], summaries: SummaryUpdate | None = None, *, free_addresses: bool = False) -> None:
    """Makes the rows of these objects anew from the log, those too that hold no more; `summaries` follow.

    With `free_addresses` other objects lose what rows they have at addresses of these: in damaged projections.
    """
    for some in chunks(sorted(ids), BATCH_SIZE):
        rows = history_rows(some)
        with summaries.follow(some, rows) if summaries else nullcontext():
            for model, columns in HISTORY_COLUMNS.items():
                delete_rows(model, KEY_COLUMNS[model], some)
                if model is Address and free_addresses:
                    _free_addresses(rows[model])
                insert_rows(model, columns, rows[model])


def _free_addresses(rows: Iterable[Row]) -> None:
    slugs: dict[str, set[str]] = {}
    for row in rows:
        named = dict(zip(ADDRESS_COLUMNS, row, strict=False))
        slugs.setdefault(str(named["kind"]), set()).add(str(named["slug"]))
    for kind, taken in slugs.items():
        for some in chunks(sorted(taken)):
            query = all_rows(Address).filter(kind=kind, slug__in=some)
            query._raw_delete(query.db)


def _derive_or_put_down(ids: set[str], named: set[str], summaries: SummaryUpdate) -> None:
    """Derives these objects anew, and the statements that name any of `named`; if those are many, they wait."""
    few = set(ids)
    naming = Reference.objects.filter(kind="statement").order_by().values_list("source", flat=True).distinct()
    for some in chunks(sorted(named)):
        few.update(naming.filter(target__in=some)[: MAX_FOLLOWERS + 1])
        if len(few) > MAX_FOLLOWERS:
            break
    if len(few) <= MAX_FOLLOWERS:
        rewrite_rows(few, summaries)
        return
    for some in chunks(sorted(ids)):
        OutdatedObject.objects.bulk_create(map(OutdatedObject, some), ignore_conflicts=True)
    for some in chunks(sorted(named)):
        _put_down_naming(some)


def _put_down_naming(targets: list[str]) -> None:
    """Within the database: half of a record may name one actor."""
    marks = ", ".join(["%s"] * len(targets))
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {OutdatedObject._meta.db_table} (public_id) "  # noqa: S608 - names are ours
            f"SELECT DISTINCT source FROM {Reference._meta.db_table} "
            f"WHERE target IN ({marks}) AND kind = 'statement' AND valid_before_seq IS NULL ON CONFLICT DO NOTHING",
            targets,
        )


def _followers(changes: list[Change]) -> tuple[set[str], set[str]]:
    """Whose rows follow from a change elsewhere: merges, and what articles derive from.

    Gives the ids of claims, actors and articles, and the ids whose naming lets a statement follow. Asks nothing where
    nothing of the kind has changed.
    """
    merged = [change for change in changes if change.is_redirect_change]
    articles = {change.public_id for change in changes if _has_other_printings(change)}
    if not merged and not articles:
        return set(), set()
    everywhere = _add_redirects(change.public_id for change in merged)
    above = _add_redirects(change.public_id for change in merged if change.kind in ("question", "outlet", "article"))
    below = _referring_ids(above, ["claim", "actor", "article"])
    families = _add_redirects(articles) | _add_redirects(below)
    frontier = families
    while frontier:
        frontier = _add_redirects(_referring_ids(frontier, ["article"])) - families
        families = families | frontier
    return below, everywhere | families


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


def _follow_claims_and_actors(changes: list[Change], lookup: Lookup, summaries: SummaryUpdate) -> set[str]:
    """Lets positions follow a claim to another question, and an actor to another kind.

    Gives the ids on which too many positions hang: the statements that name them follow later.
    """
    many: set[str] = set()
    for change in changes:
        before, after = change.before, change.after
        if isinstance(before, Claim) and isinstance(after, Claim) and before.question != after.question:
            split = ("claim", after.id, change.after_seq, "question", lookup.resolve(after.question))
        elif isinstance(before, Actor) and isinstance(after, Actor) and before.kind != after.kind:
            split = ("actor", after.id, change.after_seq, "actor_kind", after.kind)
        else:
            continue
        if Position.objects.filter(**{split[0]: after.id}).order_by()[MAX_FOLLOWERS : MAX_FOLLOWERS + 1]:
            many |= _add_redirects([after.id])
            continue
        _split_positions(*split)
        if isinstance(before, Claim) and isinstance(after, Claim):
            lookup.fetch([before.question])
            summaries.move_claim(after.id, [lookup.resolve(question) for question in (before.question, after.question)])
    return many


def _split_positions(key: str, public_id: str, seq: int, column: str, value: str) -> None:
    """Ends the positions of a claim or an actor at an entry, and lets others follow that hold another value.

    Two statements for all of them, instead of one for each statement that holds one.
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


def forget_erased(ids: Iterable[str], emptied: int) -> None:
    """After an erasure: drops the rows and addresses that only erased documents had, and what search has left of them.

    What was emptied corrects nothing any more; `emptied` is how many versions were. Rows of other objects hold no word
    of what was erased: where they are many, they follow in steps of their own.
    """
    ids = set(ids)
    rewrite_corrections(ids)
    summaries = SummaryUpdate()
    rewrite_rows(ids, summaries)
    rewrite_past_entries(ids)
    _derive_or_put_down(_once_dependent_ids(ids) - ids, set(), summaries)
    summaries.finish(last_seq(), emptied=emptied)
    search.purge()


def last_seq() -> int:
    return Publication.objects.aggregate(last=Max("seq"))["last"] or 0


# Which rows of the log correct. What was taken back corrects nothing any more (record/public_entries.py): a mirror
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
    """Makes the rows of these objects anew, as after some of their versions were taken back or emptied."""
    ids = sorted(set(ids))
    rows = corrections_of(ids)
    delete_rows(Correction, "public_id", ids)
    delete_rows(Correction, "seq", (seq for seq, _ in rows))
    insert_rows(Correction, CORRECTION_COLUMNS, rows)


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
    for entries in chunks([(seq, public_id) for seq, public_id, *_ in rows]):
        seqs, ids = zip(*entries, strict=True)
        before = Publication.objects.filter(
            public_id__in=ids, superseded_by__in=seqs
        )  # there is no index by the second
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
