"""The verb: a record is imported, and the empty desk is filled with what stands in it."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import chain
from typing import BinaryIO

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import QuerySet

from articles.ingest import index_capture
from articles.models import Article, Capture, Outlet, Passage
from record import documents
from record.documents import decode_as
from record.documents.entries import Head
from record.imports import ImportRefused, import_record
from record.models import Publication

from ...models import Actor, Claim, Question, Release, Statement, Topic
from . import outlets_and_articles, record_rows
from .desk_filler import DeskFiller, Published, RecordEntry

BATCH_SIZE = 500  # documents that become rows together

Progress = Callable[[str, int, int], None]  # what is being done, how much of it, and of how much
Fill = Callable[[DeskFiller, list[RecordEntry[Published]]], None]


@dataclass(frozen=True)
class AdoptionResult:
    """What the desk has now, by kind, and where the record ends."""

    counts: dict[str, int]
    head: Head


def adopt_record(
    file: BinaryIO, *, by: User | None = None, progress: Progress = lambda doing, done, total: None
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
        leads = {entry.document.id: entry.document.into for entry in _current_redirects()}
        filling = DeskFiller(by, leads)
        # In the order in which rows need one another: what of each kind becomes rows, ...
        _fill_kind(filling, "question", documents.Question, record_rows.fill_questions, progress)
        _fill_kind(filling, "topic", documents.Topic, record_rows.fill_topics, progress)
        _fill_kind(filling, "claim", documents.Claim, record_rows.fill_claims, progress)
        _fill_merged(filling, "claim", documents.Claim, record_rows.claim_row)
        _fill_kind(filling, "outlet", documents.Outlet, outlets_and_articles.fill_outlets, progress)
        _fill_kind(filling, "article", documents.Article, outlets_and_articles.fill_articles, progress)
        _fill_kind(filling, "actor", documents.Actor, record_rows.fill_actors, progress)
        _fill_merged(filling, "actor", documents.Actor, record_rows.actor_row)
        _fill_kind(filling, "statement", documents.Statement, record_rows.fill_statements, progress)
        # ... and what once all of them are there.
        _fill_kind(filling, "claim", documents.Claim, record_rows.fill_relations_and_subjects)
        _fill_kind(filling, "article", documents.Article, outlets_and_articles.fill_derivations)
        _fill_kind(filling, "article", documents.Article, outlets_and_articles.fill_framings)
        _fill_texts(progress)
        return AdoptionResult(filling.counts, done.head)


def _refuse_a_desk_in_use() -> None:
    for model in (Outlet, Article, Question, Topic, Claim, Actor, Statement, Release):
        if model._base_manager.exists():
            raise ImportRefused(
                f"This desk already has {model._meta.verbose_name_plural}. A record can only be adopted by an empty "
                "desk: set one up with its own database."
            )


def _fill_kind(
    filling: DeskFiller, kind: str, shape: type[Published], fill: Fill[Published], progress: Progress | None = None
) -> None:
    total = _current_rows(kind).count() if progress else 0
    done = 0
    for batch in _batches(kind, shape):
        fill(filling, batch)
        done += len(batch)
        if progress:
            progress(f"{kind}s at the desk", done, total)


def _current_rows(kind: str) -> QuerySet[Publication]:
    return Publication.objects.filter(kind=kind, superseded_by=None).exclude(document=None).order_by("seq")


def _batches(kind: str, shape: type[Published]) -> Iterator[list[RecordEntry[Published]]]:
    """The documents of one kind that stand, in the order of the log, some hundreds at a time."""
    after = 0
    while rows := list(
        _current_rows(kind).filter(seq__gt=after).values_list("seq", "published_at", "document")[:BATCH_SIZE]
    ):
        yield [RecordEntry(seq, published_at, decode_as(shape, text)) for seq, published_at, text in rows if text]
        after = rows[-1][0]


def _current_redirects() -> Iterator[RecordEntry[documents.Redirect]]:
    return chain.from_iterable(_batches("redirect", documents.Redirect))


def _fill_merged(
    filling: DeskFiller,
    kind: str,
    shape: type[Published],
    row_of: Callable[[DeskFiller, RecordEntry[Published]], Actor | Claim],
) -> None:
    """What was merged comes back as the row that leads to another, as far as a version of it is still to be had.

    Those into which others were merged come first.
    """
    waiting = {}
    for redirect in _current_redirects():
        before = Publication.objects.filter(public_id=redirect.document.id, kind=kind).exclude(document=None).last()
        if before is not None and before.document is not None:
            entry = RecordEntry(before.seq, before.published_at, decode_as(shape, before.document))
            waiting[redirect.document.id] = (redirect, entry)
    while waiting:
        ready = [gone for gone, (redirect, _) in waiting.items() if redirect.document.into not in waiting]
        if not ready:
            raise ImportRefused(f"The {kind} {next(iter(waiting))} was merged into itself.")
        record_rows.fill_merged(filling, kind, row_of, [waiting.pop(gone) for gone in ready])


def _fill_texts(progress: Progress) -> None:
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
