"""Rows of the desk on their way in: made, checked, written together, each with its place on its way to the public."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache
from typing import Any, Generic, Self, TypeVar

import msgspec
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.db import IntegrityError, models, transaction

from articles.models import Article, Outlet, Trace, TrackedModel
from record.documents import AnyDocument, PageDocument, PartialDate, Redirect, kind_of, label_of, references_of
from record.imports import ImportRefused
from record.models import Publication
from record.projections.lookup import decoded_rows

from ...models import Actor, Claim, EditorsNote, Question, Release, Statement

MAX_LABEL_LENGTH = 300

Published = TypeVar("Published", bound=AnyDocument)
Entered = TypeVar("Entered", bound=AnyDocument, covariant=True)
Row = TypeVar("Row", bound=models.Model)


@dataclass(frozen=True)
class RecordEntry(Generic[Entered]):
    """One document that stands in the record: its place in the log, and when it was published."""

    seq: int
    published_at: datetime
    document: Entered

    @property
    def place(self) -> str:
        return f"Entry {self.seq}, “{label_of(self.document)[:80]}”"


MODELS: dict[str, type[TrackedModel]] = {
    "question": Question,
    "claim": Claim,
    "outlet": Outlet,
    "article": Article,
    "actor": Actor,
    "statement": Statement,
}


@dataclass
class DeskFiller:
    """What is known while a batch of documents becomes rows: who does it, and which row each object has become.

    `keys` has a primary key for every public id that the batch is about or names, by kind. `merge_targets` says where
    those lead that were merged.
    """

    by: User | None
    merge_targets: dict[str, str] = field(default_factory=dict)
    keys: dict[str, dict[str, int]] = field(default_factory=dict)

    @classmethod
    def for_batch(cls, batch: Iterable[RecordEntry[AnyDocument]], by: User | None, *, kind: str = "") -> Self:
        """One that knows what these documents are about and name; redirects are of objects of `kind`."""
        named = [(kind_of(entry.document), entry.document.id) for entry in batch]
        named += [pair for entry in batch for pair in references_of(entry.document)]
        wanted = {(kind if name in ("", "redirect") else name, public_id) for name, public_id in named}
        filling = cls(by, _merge_targets({public_id for _, public_id in wanted}))
        for name, model in MODELS.items():
            ids = {filling.survivor(public_id) for each, public_id in wanted if each == name}
            if ids:
                rows = model._base_manager.filter(public_id__in=ids)
                filling.keys[name] = dict(rows.values_list("public_id", "pk"))
        return filling

    def key(self, kind: str, public_id: str, place: str) -> int:
        """The row of the object that this id means today."""
        found = self.keys.get(kind, {}).get(self.survivor(public_id))
        if found is None:
            raise ImportRefused(f"{place} refers to the {kind} {public_id}, which is not in the record.")
        return found

    def survivor(self, public_id: str) -> str:
        seen = {public_id}
        while (into := self.merge_targets.get(public_id)) and into not in seen:
            public_id = into
            seen.add(into)
        return public_id

    def write(
        self, kind: str, rows: Sequence[tuple[RecordEntry[PageDocument], TrackedModel]], changed: Iterable[str] = ()
    ) -> None:
        """Writes the objects, each with its notes, its release and its trace.

        `changed` are those whose working copy says something else than their document, because what that names was
        merged since: they are at a later revision than the public one, as they are at the origin.
        """
        changed = set(changed)
        for _, row in rows:
            row.revision = 2 if row.public_id in changed else 1
        written = write_rows(rows)
        self.keys.setdefault(kind, {}).update((row.public_id, row.pk) for row in written)
        write_rows(
            [
                (entry, EditorsNote(**{f"{kind}_id": row.pk}, **plain_values(note, EditorsNote)))
                for entry, row in rows
                for note in entry.document.notes
            ]
        )
        self.follow(kind, rows)

    def write_dependent_rows(
        self,
        batch: Sequence[RecordEntry[Published]],
        rows_of: Callable[["DeskFiller", RecordEntry[Published]], Iterator[Row]],
    ) -> list[Row]:
        """Writes the rows that `rows_of` makes of each of these documents, and returns them."""
        return write_rows([(entry, row) for entry in batch for row in rows_of(self, entry)])

    def follow(self, kind: str, rows: Sequence[tuple[RecordEntry[AnyDocument], TrackedModel]]) -> None:
        """The ledger and the traces of objects that have been written."""
        Release.objects.bulk_create(
            [
                Release(
                    kind=kind,
                    public_id=row.public_id,
                    label=label_of(entry.document)[:MAX_LABEL_LENGTH],
                    state=Release.State.PUBLISHED,
                    published_revision=1,
                    published_at=entry.published_at,
                    record_seq=entry.seq,
                )
                for entry, row in rows
            ]
        )
        Trace.objects.bulk_create(
            [
                Trace(
                    by=self.by,
                    verb="adopt",
                    kind=kind,
                    public_id=row.public_id,
                    label=label_of(entry.document)[:MAX_LABEL_LENGTH],
                    revision=row.revision,
                    changes={"record": [None, entry.seq]},
                    why=f"Entry {entry.seq} of the record that this desk goes on from.",
                )
                for entry, row in rows
            ]
        )


def _merge_targets(ids: set[str]) -> dict[str, str]:
    """Where redirects lead from these ids, step by step."""
    found: dict[str, str] = {}
    while ids:
        rows = Publication.objects.filter(public_id__in=ids, kind="redirect", superseded_by=None).exclude(document=None)
        further = {document.id: document.into for _, document in decoded_rows(rows) if isinstance(document, Redirect)}
        found |= further
        ids = set(further.values()) - found.keys()
    return found


def plain_values(document: msgspec.Struct, model: type[models.Model]) -> dict[str, Any]:
    """The fields that a document, or a part of one, has in common with the desk's rows, as these hold them.

    What names another object is left out, and so is what the two call differently.
    """
    values: dict[str, Any] = {}
    for name, days in _common_fields(type(document), model):
        value = getattr(document, name)
        if isinstance(value, PartialDate):
            values |= zip(days, (value.earliest, value.latest), strict=False)
            value = value.edtf
        if value is not None:
            values[name] = value
    return values


@cache
def _common_fields(shape: type[msgspec.Struct], model: type[models.Model]) -> list[tuple[str, list[str]]]:
    """The names of these fields, each with those of the model's days of a date, `said_earliest` for `said_on`."""
    own = {column.name for column in model._meta.concrete_fields if not (column.is_relation or column.primary_key)}
    names = [name for name in shape.__struct_fields__ if name in own]
    starts = {name: name.rpartition("_")[0] or name for name in names}
    return [
        (name, [day for day in (f"{starts[name]}_earliest", f"{starts[name]}_latest") if day in own]) for name in names
    ]


def write_rows(rows: Sequence[tuple[RecordEntry[AnyDocument], Row]]) -> list[Row]:
    """Writes rows of one kind together, once each is found sound in itself; each stands beside its document."""
    for entry, row in rows:
        refuse_invalid_row(row, entry)
    made = [row for _, row in rows]
    try:
        with transaction.atomic():
            return type(made[0])._base_manager.bulk_create(made) if made else []
    except IntegrityError:
        pass
    for entry, row in rows:  # one by one, to tell which it was
        try:
            with transaction.atomic():
                row.pk = None
                row.save(force_insert=True)
        except IntegrityError as error:
            broken = next((rule for rule in row._meta.constraints if rule.name in str(error)), None)
            why = broken.violation_error_message if broken else "Something else at the desk has its name or address."
            raise ImportRefused(f"{entry.place}: {why}") from None
    return made


def refuse_invalid_row(row: models.Model, entry: RecordEntry[AnyDocument]) -> None:
    """Lengths, choices and shapes of the fields; what rows are to one another is the database's to say."""
    try:
        row.clean_fields(exclude=[column.name for column in row._meta.concrete_fields if column.is_relation])
    except ValidationError as error:
        name, messages = next(iter(error.message_dict.items()))
        label = next(column.verbose_name for column in row._meta.concrete_fields if column.name == name)
        raise ImportRefused(f"{entry.place}: the {label} does not fit this desk: {messages[0]}") from None
