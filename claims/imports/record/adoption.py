"""The verb: a record is imported, and the empty desk is filled with what stands in it."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import chain
from typing import BinaryIO

from django.db import transaction

from articles.ingest import index_capture
from articles.models import Article, Capture, Outlet, Passage
from record.documents import decode
from record.documents.entries import Head
from record.imports import ImportRefused, import_record
from record.models import Publication

from ...models import Actor, Claim, Question, Release, Statement
from . import outlets_and_articles, record_rows
from .desk_filler import DeskFiller, RecordEntry

BATCH_SIZE = 500  # documents that become rows together

# In the order in which rows need one another: what of each kind becomes rows, and what once all of them are there.
FILL_STEPS = [
    ("question", record_rows.fill_questions),
    ("claim", record_rows.fill_claims),
    ("outlet", outlets_and_articles.fill_outlets),
    ("article", outlets_and_articles.fill_articles),
    ("actor", record_rows.fill_actors),
    ("statement", record_rows.fill_statements),
]
FINAL_STEPS = [
    ("claim", record_rows.fill_relations),
    ("article", outlets_and_articles.fill_derivations),
    ("article", outlets_and_articles.fill_framings),
]


@dataclass(frozen=True)
class AdoptionResult:
    """What the desk has now, by kind, and where the record ends."""

    counts: dict[str, int]
    head: Head


def adopt_record(
    file: BinaryIO, *, by=None, progress: Callable[[str, int, int], None] = lambda doing, done, total: None
) -> AdoptionResult:
    """Takes in an export and fills the empty desk with what stands in it, all or nothing.

    The desk then has what the record says and no more: what the origin never published, and what it has withdrawn,
    is not there; of the articles' texts it has the published words in their places. Publishing any of it again
    changes nothing; what is edited and published goes on with the next version. What names somebody who was merged
    since is at the desk with whom that one was merged into, and counts as changed, as at the origin. `by` is the user
    whom the traces name, if any. `progress` is called with what is being done, how much of it, and of how much.
    Raises `ImportRefused` where the file cannot be taken in, or this desk cannot go on from it.
    """
    with transaction.atomic():
        _refuse_a_desk_in_use()
        try:
            done = import_record(file, progress=progress)
        except ImportRefused as error:
            error.reached = None  # the steps before it are undone with all of this
            raise
        leads = {one.document.id: one.document.into for one in _current_entries("redirect")}
        filling = DeskFiller(by, leads)
        for kind, fill in FILL_STEPS:
            _fill_kind(kind, fill, filling, progress)
            if kind in ("claim", "actor"):
                _fill_merged(kind, filling)
        for kind, fill in FINAL_STEPS:
            for batch in _batches(kind):
                fill(filling, batch)
        _fill_texts(progress)
        return AdoptionResult(filling.counts, done.head)


def _refuse_a_desk_in_use() -> None:
    for model in (Outlet, Article, Question, Claim, Actor, Statement, Release):
        if model._base_manager.exists():
            raise ImportRefused(
                f"This desk already has {model._meta.verbose_name_plural}. A record can only be adopted by an empty "
                "desk: set one up with its own database."
            )


def _fill_kind(kind: str, fill, filling: DeskFiller, progress) -> None:
    total = _current_rows(kind).count()
    done = 0
    for batch in _batches(kind):
        fill(filling, batch)
        done += len(batch)
        progress(f"{kind}s at the desk", done, total)


def _current_rows(kind: str):
    return Publication.objects.filter(kind=kind, superseded_by=None).exclude(document=None).order_by("seq")


def _batches(kind: str) -> Iterator[list[RecordEntry]]:
    """The documents of one kind that stand, in the order of the log, some hundreds at a time."""
    after = 0
    while rows := list(
        _current_rows(kind).filter(seq__gt=after).values_list("seq", "published_at", "document")[:BATCH_SIZE]
    ):
        yield [RecordEntry(seq, published_at, decode(text)) for seq, published_at, text in rows]
        after = rows[-1][0]


def _current_entries(kind: str) -> Iterator[RecordEntry]:
    return chain.from_iterable(_batches(kind))


def _fill_merged(kind: str, filling: DeskFiller) -> None:
    """What was merged comes back as the row that leads to another, as far as a version of it is still to be had.

    Those into which others were merged come first.
    """
    waiting = {}
    for redirect in _current_entries("redirect"):
        before = Publication.objects.filter(public_id=redirect.document.id, kind=kind).exclude(document=None).last()
        if before is not None:
            standing = RecordEntry(before.seq, before.published_at, decode(before.document))
            waiting[redirect.document.id] = (redirect, standing)
    while waiting:
        ready = [gone for gone, (redirect, _) in waiting.items() if redirect.document.into not in waiting]
        if not ready:
            raise ImportRefused(f"The {kind} {next(iter(waiting))} was merged into itself.")
        record_rows.fill_merged(filling, kind, [waiting.pop(gone) for gone in ready])


def _fill_texts(progress) -> None:
    """The texts of the captures, now that all passages are known, and the index by which reprints are found."""
    total, done, after = Capture.objects.count(), 0, 0
    while captures := list(
        Capture.objects.filter(pk__gt=after).order_by("pk").prefetch_related("passages")[:BATCH_SIZE]
    ):
        outlets_and_articles.fill_texts(captures)
        for capture in captures:
            index_capture(capture)
        after, done = captures[-1].pk, done + len(captures)
        progress("texts at the desk", done, total)
    # Nothing has moved since it was published.
    first = Publication.objects.order_by("seq").values_list("published_at", flat=True).first()
    Passage.objects.update(changed_at=first)
