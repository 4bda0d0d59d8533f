"""What has been published or changed on a page since an entry of the log, for readers who come back with that entry.

The address says it, `?new_since=SEQ`: no cookie does. What was withdrawn is told of the whole record alone: where it
stood is part of what was taken back.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from django.db.models import Exists, F, OuterRef, Subquery
from django.http import QueryDict
from django.utils.translation import gettext as _

from ..models import Correction, Current
from .changes_of_pages import select_ids_on_page
from .moment import LONGEST_NUMBER
from .query_forms import BadQuery
from .querysets import PUBLIC_ALIAS, head, log_rows

PARAMETER = "new_since"
MAX_CHANGES = 100  # newest ones that are marked on a page and counted

Mark = Literal["new", "changed", "corrected"]

_since: ContextVar[tuple[int, str] | None] = ContextVar("entry after which things are new, and path", default=None)
_marks: ContextVar[Mapping[str, Mark]] = ContextVar("what is new on the page, by id", default={})  # noqa: B039 - never changed


def since_entry() -> int | None:
    """The entry after which what is read counts as new, None where no reader has asked for it."""
    return asked[0] if (asked := _since.get()) else None


def is_marked_page(path: str) -> bool:
    """Whether the page at a path is the one on which things are to be marked."""
    return (asked := _since.get()) is not None and asked[1] == path


def mark_of(public_id: str) -> Mark | Literal[""]:
    """How a thing is marked on the page that is being made, "" where it is not."""
    return _marks.get().get(public_id, "")


@contextmanager
def new_since(seq: int | None, path: str) -> Iterator[None]:
    """The page at a path, made inside, tells what is new after an entry."""
    before = _since.set((seq, path) if seq is not None else None)
    try:
        yield
    finally:
        _since.reset(before)


@contextmanager
def mark_documents(marks: Mapping[str, Mark]) -> Iterator[None]:
    """Pages written inside mark these things."""
    before = _marks.set(marks)
    try:
        yield
    finally:
        _marks.reset(before)


def read_since(query: QueryDict) -> int | None:
    """The entry that a query names with `new_since`, None where it names none. Raises `BadQuery` in words."""
    values = query.getlist(PARAMETER)
    if not values:
        return None
    if len(values) > 1:
        raise BadQuery({PARAMETER: _("This is given more than once: give one entry of the record.")})
    text = values[0].strip()
    if not (text.isascii() and text.isdigit()) or text.startswith("0") or len(text) > LONGEST_NUMBER:
        words = _("“%(value)s” is not the number of an entry of the record: these are whole numbers from 1.")
        raise BadQuery({PARAMETER: words % {"value": text[:40]}})
    return int(text)


@dataclass(frozen=True)
class ChangedDocument:
    """A document that stands and has a version after the entry: `label` is its name, of a claim its text."""

    public_id: str
    kind: str
    slug: str
    label: str
    mark: Mark


@dataclass(frozen=True)
class ChangesSince:
    """What has changed since entry `seq`, published `at`: newest first; `is_cut` where there is more.

    `withdrawn` counts what was withdrawn or erased since, of the whole record; 0 for one page.
    """

    seq: int
    at: datetime
    documents: list[ChangedDocument]
    is_cut: bool
    withdrawn: int


def load_changes_since(seq: int, kind: str, public_id: str) -> ChangesSince:
    """What has changed since an entry on the page of a document, or without an id in the whole record: two queries.

    Raises `BadQuery` in words for an entry that is still to come.
    """
    log = log_rows()
    first = log.filter(public_id=OuterRef("public_id"), version=1).values("seq")
    corrections = Correction.objects.using(PUBLIC_ALIAS).filter(public_id=OuterRef("public_id"), seq__gt=seq)
    rows = Current.objects.using(PUBLIC_ALIAS).filter(publication__gt=seq)
    if public_id:
        rows = rows.filter(public_id__in=select_ids_on_page(kind, public_id, MAX_CHANGES + 1))
    found = list(
        rows.annotate(first=Subquery(first), is_corrected=Exists(corrections))
        .order_by("-publication")
        .values_list("public_id", "kind", "slug", "label", "first", "is_corrected")[: MAX_CHANGES + 1]
    )
    at = log.filter(seq=seq).values_list("published_at", flat=True).first()
    if at is None:
        words = _("The record ends at entry %(last)s: nothing can be new since entry %(seq)s.")
        raise BadQuery({PARAMETER: words % {"last": head().seq, "seq": seq}})
    return ChangesSince(
        seq,
        at,
        [
            ChangedDocument(id_, kind_, slug, label, _mark(first_seq > seq, is_corrected))
            for id_, kind_, slug, label, first_seq, is_corrected in found[:MAX_CHANGES]
        ],
        len(found) > MAX_CHANGES,
        0 if public_id else _count_withdrawn(seq),
    )


def _mark(is_new: bool, is_corrected: bool) -> Mark:
    if is_new:
        return "new"
    return "corrected" if is_corrected else "changed"


def _count_withdrawn(seq: int) -> int:
    """Withdrawals since an entry that nothing has followed; MAX_CHANGES at most."""
    rows = log_rows().filter(seq__gt=seq, document=None, superseded_by=None, erased=False)
    return len(rows.order_by("seq").values_list(F("seq"), flat=True)[:MAX_CHANGES])
