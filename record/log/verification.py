"""Whether the record is what it was: the chain, every digest, and everything that is derived from the log.

Each fault is a sentence with the place where it is. Nothing is changed and, until something is suspected, nothing
is locked: what appends do meanwhile is no fault.
"""

from collections.abc import Iterator
from datetime import timedelta
from typing import Protocol

import msgspec
from django.conf import settings
from django.db import transaction
from django.db.models import Exists, OuterRef
from django.utils import timezone
from django.utils.module_loading import import_string

from ..documents import decode, encode, kind_of
from ..documents.entries import digest_of, format_moment, link_of
from ..models import OutdatedObject, Publication
from ..projections.check import differences, stray_projections
from . import take_append_lock
from .noted_heads import lost_heads

BATCH_SIZE = 1000
MAX_ORIGINALS = 500  # that are read again in one run, unless more are wanted
CLOCK_TOLERANCE = timedelta(minutes=1)


class Progress(Protocol):
    """Is told how many were checked since it was last told, of what, and of how many in all where that is known."""

    def __call__(self, count: int, /, *, unit: str = "entries", total: int | None = None) -> None: ...


class RecordCheck(Protocol):
    """A further check that `settings.RECORD_CHECKS` names: yields faults and remarks.

    Of what takes long, such as reading `originals` again, it looks at no more than that many (None: at all).
    """

    def __call__(self, *, originals: int | None, progress: Progress) -> Iterator[str]: ...


def say_nothing(count: int, /, *, unit: str = "entries", total: int | None = None) -> None:
    """The progress that nobody wants to know."""


class Remark(str):
    """What a check has to say that is no fault: what it could not look at, and why."""


def faults(
    *, projections: bool = True, originals: int | None = MAX_ORIGINALS, progress: Progress = say_nothing
) -> Iterator[str]:
    """Every fault of the record as a sentence; none in a sound one.

    Without `projections` the log alone is checked. `settings.RECORD_CHECKS` names further checks, each a `RecordCheck`.
    """
    yield from _chain_faults(progress)
    yield from _clock_remark()
    yield from lost_heads()
    yield from _version_faults()
    if projections:
        yield from _projection_faults()
        yield from _outdated_remark()
        for name in settings.RECORD_CHECKS:
            check: RecordCheck = import_string(name)
            yield from check(originals=originals, progress=progress)


def _chain_faults(progress: Progress) -> Iterator[str]:
    seq, link, published_at = 0, "", None
    while rows := list(Publication.objects.filter(seq__gt=seq).order_by("seq")[:BATCH_SIZE]):
        for row in rows:
            who = f"Entry {row.seq} ({row.kind} {row.public_id}, version {row.version})"
            if row.seq != seq + 1:
                yield f"{_missing_entries(seq + 1, row.seq - 1)} missing from the log."
            elif published_at and row.published_at < published_at:
                yield f"{who} is older than the entry before it."
            expected = link_of(
                link, row.seq, row.kind, row.public_id, row.version, format_moment(row.published_at), row.digest
            )
            if expected != row.link:
                yield f"{who}: its link does not follow from the entry before it."
            yield from (f"{who}: {fault}" for fault in _row_faults(row))
            seq, link, published_at = row.seq, row.link, row.published_at
        progress(len(rows))


def _clock_remark() -> Iterator[str]:
    """Entries are never older than those before them: a clock that was set back shows in none of them."""
    last = Publication.objects.order_by("-seq").first()
    now = timezone.now()
    if last is not None and last.published_at > now + CLOCK_TOLERANCE:
        yield Remark(
            f"Entry {last.seq} is of {format_moment(last.published_at)}, and this machine's clock says "
            f"{format_moment(now)}: it was set back, or was ahead. New entries get the later time until it has passed."
        )


def _missing_entries(first: int, last: int) -> str:
    return f"Entry {first} is" if first == last else f"Entries {first} to {last} are"


def _row_faults(row: Publication) -> Iterator[str]:
    """What is wrong with one row in itself. A row that was erased has nothing left to check."""
    if row.erased:
        if row.document is not None or row.reason or row.salt:
            yield "it is marked as erased and still says something."
        return
    try:
        digest = digest_of(row.document, row.reason, row.salt)
    except ValueError:
        digest = ""
    if digest != row.digest:
        yield "document and reason do not fit its digest: one of them was changed."
    if row.document is None:
        return
    try:
        document = decode(row.document)
    except (msgspec.MsgspecError, UnicodeError) as error:
        yield f"its document cannot be read: {error}."
        return
    if encode(document) != row.document:
        yield "its document is not canonical JSON."
    if (kind_of(document), document.id) != (row.kind, row.public_id):
        yield f"its document is the {kind_of(document)} {document.id}."


def _version_faults() -> Iterator[str]:
    """Versions count from one, and each is superseded by the next."""
    next_one = Publication.objects.filter(public_id=OuterRef("public_id"), version=OuterRef("version") + 1)
    wrong = Publication.objects.filter(superseded_by__isnull=False).exclude(
        Exists(next_one.filter(seq=OuterRef("superseded_by")))
    )
    for row in wrong.only("seq", "superseded_by").iterator():
        yield f"Entry {row.seq} says that entry {row.superseded_by} superseded it, which is not its next version."
    for row in Publication.objects.filter(superseded_by=None).filter(Exists(next_one)).only("seq").iterator():
        yield f"Entry {row.seq} is marked as standing, though a newer version is in the log."
    before = Publication.objects.filter(public_id=OuterRef("public_id"), version=OuterRef("version") - 1)
    orphans = Publication.objects.filter(version__gt=1).exclude(Exists(before.filter(superseded_by=OuterRef("seq"))))
    for row in orphans.only("seq", "version").iterator():
        yield f"Entry {row.seq} is version {row.version}, but the version before it does not lead to it."


def _projection_faults() -> Iterator[str]:
    suspects: set[str] = set()
    seq = 0
    while rows := list(
        Publication.objects.filter(seq__gt=seq, superseded_by=None)
        .order_by("seq")
        .values_list("seq", "public_id")[:BATCH_SIZE]
    ):
        seq = rows[-1][0]
        suspects.update(public_id for public_id, _ in _readable_differences([public_id for _, public_id in rows]))
    if not suspects and not list(stray_projections()):
        return
    with transaction.atomic():
        take_append_lock()
        for public_id, name in _readable_differences(sorted(suspects)):
            row = Publication.objects.only("seq", "kind").get(public_id=public_id, superseded_by=None)
            yield f"{name} does not hold what entry {row.seq} says of the {row.kind} {public_id}: run record_rebuild."
        for name in stray_projections():
            yield f"{name} holds rows of what does not stand in the log: run record_rebuild."


def _outdated_remark() -> Iterator[Remark]:
    if waiting := OutdatedObject.objects.count():
        objects = "object waits" if waiting == 1 else "objects wait"
        yield Remark(f"{waiting} {objects} to be derived anew: run record_rebuild --outdated.")


def _readable_differences(ids: list[str]) -> list[tuple[str, str]]:
    """`differences`, or nothing where a document cannot be read at all, which the chain has told already.

    What waits to be derived anew is as it was before: it is left out.
    """
    try:
        found = list(differences(ids))
        waiting = set(
            OutdatedObject.objects.filter(pk__in=[public_id for public_id, _ in found]).values_list("pk", flat=True)
        )
        return [(public_id, name) for public_id, name in found if public_id not in waiting]
    except (msgspec.MsgspecError, UnicodeError):
        return []
