"""What a table is made of: columns that say what stands in them, and a table's rows from documents.

The tables are defined in `statement_tables`, `claim_tables` and `source_tables`, and listed in `tables.py`. CSV, XLSX,
Parquet, SQLite, the data package, the data dictionary and the API's description are all made from these definitions:
none has a list of its own. How cells are written is for each format to say.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from functools import cached_property
from typing import Generic, NamedTuple, TypeVar

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from ..documents import AnyDocument, Article, Claim, PageDocument, PartialDate, kind_of, label_of, references_of
from ..documents.answer_memo import speak
from ..documents.entries import read_moment
from ..documents.vocabulary import MODIFIERS, LazyText
from ..linked_data.site import Site
from .snapshot import Snapshot
from .stream import DocumentCache, DocumentEntry
from .table_counts import (
    ClaimSides,
    PageCounts,
    claim_sides,
    first_moments,
    origins_of_printings,
    outlets_of_actors,
    page_counts,
)

SEPARATOR = " | "
Cell = str | int | bool | Decimal | date | datetime | None
Description = str | LazyText
D = TypeVar("D", bound=PageDocument)


@dataclass(frozen=True)
class Column:
    """One column: `type` is one of Frictionless' names: string, integer, number, boolean, date, datetime.

    `unit` is what a number counts or is measured in, "" where it says so itself. `choices` are all values that there
    can be. `table` names the table to whose rows the values lead, by its first column.
    """

    name: str
    description: Description
    type: str = "string"
    unit: Description = ""
    choices: tuple[str, ...] = ()
    table: str = ""


@dataclass(frozen=True)
class Table:
    """A table: `name`, what a row is, and its columns. `key` are those that together tell a row from every other."""

    name: str
    title: Description
    own_columns: tuple[Column, ...]
    key: tuple[str, ...]

    @property
    def columns(self) -> tuple[Column, ...]:
        return self.own_columns


@dataclass(frozen=True)
class DocumentTable(Table, Generic[D]):
    """A table of what stands, with its rows from the documents of the type `shape`.

    A row has a cell for each of `own_columns`, in their order; None where there is nothing. RECORD_COLUMNS follow.
    """

    shape: type[D]
    rows_of: "Callable[[D, RelatedRows], Iterator[list[Cell]]]"

    @property
    def columns(self) -> tuple[Column, ...]:
        return (*self.own_columns, *RECORD_COLUMNS)


@dataclass(frozen=True)
class LogTable(Table):
    """A table of the log itself: its rows, some at a time."""

    rows_of: Callable[[Snapshot, Site], Iterator[list[list[Cell]]]]


RECORD_COLUMNS = (
    Column("seq", _("the entry of the log at which the document of this row stands"), "integer"),
    Column("version", _("the version of that document, from 1"), "integer"),
    Column("recorded_at", _("when that version was published in the record (UTC)"), "datetime"),
    Column("first_recorded_at", _("when its first version was published (UTC)"), "datetime"),
    Column("url", _("its page on this site")),
)
# In files that have no other place to say it.
FILE_COLUMNS = (
    Column("terms", _("the terms of use of the record")),
    Column("asked", _("what was asked of this file: after which entry, by which filters, and what these left out")),
)


def site_words(text: Description) -> str:
    """The text in the language of the site: a file is the same for every reader."""
    with speak(settings.LANGUAGE_CODE):
        return str(text)


class RelatedRows:
    """What the rows of some documents show beside them: the documents that they name, and what the record counts.

    All as it stood at the snapshot's head, each kind of thing read for all of the documents at once when a row first
    asks for it. `documents` remembers what was read for others.
    """

    def __init__(self, entries: Sequence[DocumentEntry[PageDocument]], documents: DocumentCache, site: Site):
        self.documents, self.snapshot, self.site = documents, documents.snapshot, site
        self.shown = {entry.document.id: entry.document for entry in entries}
        self.wanted: set[str] = set()
        self.fetch(target for document in self.shown.values() for _kind, target in references_of(document))
        found = [self.get(target) for target in self.wanted]
        self.fetch(found.question for found in found if isinstance(found, Claim))
        self.fetch(found.outlet for found in found if isinstance(found, Article))

    def fetch(self, ids: Iterable[str]) -> None:
        """Makes sure that `get` finds these too."""
        self.wanted |= set(ids)
        self.documents.fetch(self.wanted)

    def get(self, public_id: str | None) -> AnyDocument | None:
        """What stands under an id or where it led."""
        return self.documents.get(public_id)

    def id_of(self, public_id: str | None) -> str | None:
        """The id under which that stands; None where nothing does: an id in a table always leads to a row."""
        document = self.get(public_id)
        return document.id if document else None

    def label_of(self, public_id: str | None) -> str | None:
        document = self.get(public_id)
        return label_of(document) if document else None

    def reference(self, public_id: str | None) -> list[Cell]:
        """Id and label."""
        return [self.id_of(public_id), self.label_of(public_id)]

    def record_cells(self, entry: DocumentEntry[PageDocument]) -> list[Cell]:
        """The cells of RECORD_COLUMNS."""
        first = self.first_moments.get(entry.document.id)
        return [entry.seq, entry.version, read_moment(entry.published_at), first, self.site.page(entry.document)]

    @cached_property
    def first_moments(self) -> dict[str, datetime]:
        return first_moments(list(self.shown), self.snapshot.using)

    @cached_property
    def origins(self) -> dict[tuple[str, int], str]:
        """The key of each printing's origin, by statement and place among its appearances, from 0."""
        found = origins_of_printings(list(self.shown), self.snapshot)
        self.fetch_origins(found.values())
        return found

    @cached_property
    def counts(self) -> dict[str, PageCounts]:
        """Of each question or claim that speaks to it."""
        kind = next((kind_of(document) for document in self.shown.values()), "claim")
        return page_counts(kind, list(self.shown), self.snapshot)

    @cached_property
    def sides(self) -> dict[str, ClaimSides]:
        """Who takes which side of each claim, and the origins of those for it."""
        found = claim_sides(list(self.shown), self.snapshot)
        self.fetch_origins(key for sides in found.values() for key in sides.origins.first)
        return found

    def fetch_origins(self, keys: Iterable[str]) -> None:
        """Makes sure that origins can be named, articles with their outlets."""
        ids = {OriginKey.read(key).public_id for key in keys}
        self.fetch(ids)
        self.fetch(found.outlet for found in map(self.get, ids) if isinstance(found, Article))

    @cached_property
    def families(self) -> dict[str, str]:
        """Of each article the one at the head of what it derives from: itself where it derives from nothing.

        A circle ends where it closes.
        """
        lines = {public_id: {public_id: document} for public_id, document in self.shown.items()}
        while further := {
            public_id: last.derived_from
            for public_id, line in lines.items()
            if isinstance(last := next(reversed(line.values())), Article) and last.derived_from
        }:
            self.fetch(further.values())
            grown = False
            for public_id, target in further.items():
                found = self.get(target)
                if isinstance(found, Article) and found.id not in lines[public_id]:
                    lines[public_id][found.id] = found
                    grown = True
            if not grown:
                break
        return {public_id: next(reversed(line)) for public_id, line in lines.items()}

    @cached_property
    def outlets(self) -> dict[str, str]:
        """Of actors that are outlets, the outlet's id."""
        return outlets_of_actors(self.snapshot)

    @cached_property
    def outlet_actors(self) -> dict[str, str]:
        """The same read from the other end."""
        return {outlet: actor for actor, outlet in self.outlets.items()}


class OriginKey(NamedTuple):
    """An origin (record/documents/origins.py): an actor, an outlet, an article, or a label in an article's family."""

    kind: str
    public_id: str
    label: str = ""

    @classmethod
    def read(cls, key: str) -> "OriginKey":
        return cls(*key.split(":", 2))

    def name(self, related: RelatedRows) -> str | None:
        """What it is called: the label, or the name of what has the id, an article with its outlet."""
        if self.label:
            return self.label
        label, document = related.label_of(self.public_id), related.get(self.public_id)
        return f"{label} ({related.label_of(document.outlet)})" if isinstance(document, Article) else label


# Cells that several tables have.


def date_cells(day: PartialDate | None) -> list[Cell]:
    return [day.edtf, day.earliest, day.latest] if day else [None, None, None]


def date_columns(name: str, description: Description, *, prefix: str = "") -> tuple[Column, ...]:
    """A date as precise as it is known, and the days between which it lies."""
    prefix = prefix or name
    return (
        Column(name, description),
        Column(f"{prefix}_earliest", _("the first day that this date can mean"), "date"),
        Column(f"{prefix}_latest", _("the last day that this date can mean"), "date"),
    )


def list_cell(parts: Iterable[str | None]) -> Cell:
    return SEPARATOR.join(filter(None, parts)) or None


def members_cell(names: Sequence[str], count: int) -> Cell:
    """The first names, and how many more there are."""
    more = [f"… {count - len(names)} more"] if count > len(names) else []
    return list_cell([*names, *more])


def notes_cell(document: PageDocument) -> Cell:
    return list_cell(f"{note.about}: {note.text}" for note in document.notes)


NOTES_COLUMN = Column(
    "notes", _("the editors’ notes, each with what it is about: identity, date, figure, wording, other")
)
FIGURE_COLUMNS = (
    Column("amount", _("the figure that is claimed"), "number", _("as “unit” says")),
    Column("lower", _("its lower bound"), "number", _("as “unit” says")),
    Column("upper", _("its upper bound"), "number", _("as “unit” says")),
    Column("unit", _("its unit")),
    Column("modifier", _("about, at least, up to, estimated"), choices=MODIFIERS[1:]),
    Column("derived", _("whether nobody printed the numbers: editors read them out of words"), "boolean"),
    Column("counted", _("what is counted")),
)


def figure_cells(claim: AnyDocument | None) -> list[Cell]:
    figure = claim.figure if isinstance(claim, Claim) else None
    if figure is None:
        return [None] * len(FIGURE_COLUMNS)
    return [figure.amount, figure.lower, figure.upper, figure.unit, figure.modifier, figure.derived, figure.counted]
