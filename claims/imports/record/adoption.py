"""The verb: a record is imported, and the empty desk is filled with what stands in it, step by step."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, BinaryIO, NamedTuple

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import Count, QuerySet
from django.utils import timezone

from articles.desk_index import index_next, indexed_models
from articles.ingest import index_capture
from articles.models import Article, Capture, Outlet, Passage
from record import documents
from record.documents import decode
from record.documents.entries import Head
from record.imports import ImportRefused, import_record
from record.models import Publication
from record.projections.locks import Pace, short_transaction, take_append_lock

from ...models import Actor, Adoption, Claim, Question, Release, Statement, Topic
from . import outlets_and_articles, record_rows
from .desk_filler import DeskFiller, RecordEntry

BATCH_SIZE = 500  # documents that become rows in one transaction at most

Progress = Callable[[str, int, int], None]  # what is being done, how much of it, and of how much
Entries = list[RecordEntry[Any]]


@dataclass(frozen=True)
class AdoptionResult:
    """How many objects of each kind the desk has from the record, and where that ends."""

    counts: dict[str, int]
    head: Head


class AdoptionStopped(ImportRefused):
    """A document that this desk cannot hold: what comes before it is there."""

    @property
    def outcome(self) -> str:
        return "What comes before it is at the desk: run this again once that is dealt with."


class Stage(NamedTuple):
    """What becomes rows together: the documents of one kind that stand, and how. Without `fill` those merged away."""

    name: str
    kind: str
    fill: Callable[[DeskFiller, Entries], None] | None = None


# In the order in which rows need one another: what of each kind becomes rows, and what once all of them are there.
STAGES = (
    Stage("questions", "question", record_rows.fill_questions),
    Stage("topics", "topic", record_rows.fill_topics),
    Stage("claims", "claim", record_rows.fill_claims),
    Stage("merged claims", "claim"),
    Stage("outlets", "outlet", outlets_and_articles.fill_outlets),
    Stage("articles", "article", outlets_and_articles.fill_articles),
    Stage("actors", "actor", record_rows.fill_actors),
    Stage("merged actors", "actor"),
    Stage("statements", "statement", record_rows.fill_statements),
    Stage("relations", "claim", record_rows.fill_relations_and_subjects),
    Stage("originals", "article", outlets_and_articles.fill_derivations),
    Stage("framings", "article", outlets_and_articles.fill_framings),
)
TEXTS = "texts"  # the last stage, which goes through captures


def adopt_record(
    file: BinaryIO, *, by: User | None = None, progress: Progress = lambda doing, done, total: None
) -> AdoptionResult:
    """Takes in an export and fills the empty desk with what stands in it.

    The desk then has what the record says and no more: what the origin never published, and what it has withdrawn,
    is not there; of the articles' texts it has the published words in their places. Publishing any of it again
    changes nothing; what is edited and published goes on with the next version. What names somebody who was merged
    since is at the desk with whom that one was merged into, and counts as changed, as at the origin. `by` is the user
    whom the traces name, if any. `progress` is called with what is being done, how much of it, and of how much.

    It is done in short steps, and goes on with the same file where it was broken off. Until it is done nothing can be
    published here, everything else can be done. Raises `ImportRefused` where the file cannot be taken in or this desk
    cannot go on from it, and `AdoptionStopped` at a document that it cannot hold.
    """
    done = import_record(file, progress=progress, on_verified=_open_adoption)
    adoption = Adoption.objects.get(pk=1)
    while adoption.finished_at is None:
        try:
            _advance(adoption, by, progress)
        except ImportRefused as error:
            raise AdoptionStopped(error.sentence) from error
    counts = dict(Release.objects.exclude(record_seq=None).values_list("kind").annotate(Count("pk")).order_by("kind"))
    in_order = [kind for kind in documents.DOCUMENT_TYPES if kind in counts]
    return AdoptionResult({kind: counts[kind] for kind in in_order}, done.head)


def _open_adoption(head: Head) -> None:
    """Begins one, or goes on with that of the same record."""
    with transaction.atomic():
        take_append_lock()
        adoption = Adoption.objects.filter(pk=1).first()
        if adoption is not None and (adoption.seq, adoption.link) == (head.seq, head.link):
            return
        if adoption is not None and adoption.finished_at is None:
            raise ImportRefused(
                f"This desk is being filled from a record that ends at entry {adoption.seq}, {adoption.link}: go on "
                "with that file."
            )
        _refuse_a_desk_in_use()
        Adoption.objects.create(pk=1, seq=head.seq, link=head.link, stage=STAGES[0].name)


def _refuse_a_desk_in_use() -> None:
    for model in (Outlet, Article, Question, Topic, Claim, Actor, Statement, Release):
        if model._base_manager.exists():
            raise ImportRefused(
                f"This desk already has {model._meta.verbose_name_plural}. A record can only be adopted by an empty "
                "desk: set one up with its own database."
            )


def _advance(adoption: Adoption, by: User | None, progress: Progress) -> None:
    """Takes an adoption through its stage, and to the next."""
    names = [*(stage.name for stage in STAGES), TEXTS]
    number = names.index(adoption.stage)
    if adoption.stage == TEXTS:
        _fill_texts(adoption, progress)
        _fill_search_index()
        _note_progress(adoption, finished_at=timezone.now())
        return
    stage = STAGES[number]
    if stage.fill is None:
        _fill_merged(adoption, stage, by)
    else:
        _fill_stage(adoption, stage, stage.fill, by, progress)
    _note_progress(adoption, stage=names[number + 1], reached=0)


def _note_progress(adoption: Adoption, **values: Any) -> None:
    """Writes down how far it is; refused where another process has written meanwhile."""
    here = Adoption.objects.filter(pk=1, stage=adoption.stage, reached=adoption.reached, finished_at=None)
    if not here.update(**values):
        raise ImportRefused("Another process fills this desk.")
    for name, value in values.items():
        setattr(adoption, name, value)


def _fill_stage(
    adoption: Adoption,
    stage: Stage,
    fill: Callable[[DeskFiller, Entries], None],
    by: User | None,
    progress: Progress,
) -> None:
    rows = _current_rows(stage.kind, adoption)
    total, done = rows.count(), rows.filter(seq__lte=adoption.reached).count()
    pace = Pace(BATCH_SIZE)
    for batch in _batches(rows.filter(seq__gt=adoption.reached), pace):
        with short_transaction(), pace.measure():
            _note_progress(adoption, reached=batch[-1].seq)
            fill(DeskFiller.for_batch(batch, by), batch)
        done += len(batch)
        progress(f"{stage.name} at the desk", done, total)


def _current_rows(kind: str, adoption: Adoption) -> QuerySet[Publication]:
    rows = Publication.objects.filter(kind=kind, superseded_by=None, seq__lte=adoption.seq)
    return rows.exclude(document=None).order_by("seq")


def _batches(rows: QuerySet[Publication], pace: Pace) -> Iterator[Entries]:
    """Documents in the order of the log, as many at a time as the pace says then."""
    after = 0
    columns = ("seq", "published_at", "document")
    while some := list(rows.filter(seq__gt=after).values_list(*columns)[: pace.size]):
        yield [RecordEntry(seq, published_at, decode(text)) for seq, published_at, text in some if text]
        after = some[-1][0]


def _fill_merged(adoption: Adoption, stage: Stage, by: User | None) -> None:
    """What was merged comes back as the row that leads to another, as far as a version of it is still to be had.

    Those into which others were merged come first.
    """
    waiting = {
        entry.document.id: entry
        for batch in _batches(_current_rows("redirect", adoption), Pace(BATCH_SIZE))
        for entry in batch
    }
    there = set(
        record_rows.MERGEABLE[stage.kind][0]._base_manager.exclude(merged_into=None).values_list("public_id", flat=True)
    )
    waiting = {gone: entry for gone, entry in waiting.items() if gone not in there and _was(gone, stage.kind)}
    while waiting:
        ready = [gone for gone, entry in waiting.items() if entry.document.into not in waiting][:BATCH_SIZE]
        if not ready:
            raise ImportRefused(f"The {stage.kind} {next(iter(waiting))} was merged into itself.")
        merged = [(waiting.pop(gone), _last_version(gone, stage.kind)) for gone in ready]
        with short_transaction():
            _note_progress(adoption, reached=adoption.reached + 1)
            filling = DeskFiller.for_batch([entry for pair in merged for entry in pair], by, kind=stage.kind)
            record_rows.fill_merged(filling, stage.kind, merged)


def _versions(public_id: str, kind: str) -> QuerySet[Publication]:
    return Publication.objects.filter(public_id=public_id, kind=kind).exclude(document=None)


def _was(public_id: str, kind: str) -> bool:
    return _versions(public_id, kind).exists()


def _last_version(public_id: str, kind: str) -> RecordEntry[Any]:
    row = _versions(public_id, kind).order_by("-version").only("seq", "published_at", "document")[0]
    return RecordEntry(row.seq, row.published_at, decode(row.document or ""))


def _fill_search_index() -> None:
    """What is found by words at the desk, a noun after the other."""
    pace = Pace(BATCH_SIZE)
    for model in indexed_models():
        after: int | None = 0
        while after is not None:
            with short_transaction(), pace.measure():
                after, _ = index_next(model, after, pace.size)


def _fill_texts(adoption: Adoption, progress: Progress) -> None:
    """The texts of the captures, now that all passages are known, and the index by which reprints are found."""
    adopted = Capture.objects.filter(adopted=True).order_by("pk")
    total, done = adopted.count(), adopted.filter(pk__lte=adoption.reached).count()
    first = Publication.objects.order_by("seq").values_list("published_at", flat=True).first()
    pace = Pace(BATCH_SIZE)
    while captures := list(adopted.filter(pk__gt=adoption.reached).prefetch_related("passages")[: pace.size]):
        with short_transaction(), pace.measure():
            _note_progress(adoption, reached=captures[-1].pk)
            outlets_and_articles.fill_texts(captures)
            for capture in captures:
                index_capture(capture)
            # Nothing has moved since it was published.
            Passage.objects.filter(capture__in=captures).update(changed_at=first)
        done += len(captures)
        progress("texts at the desk", done, total)
