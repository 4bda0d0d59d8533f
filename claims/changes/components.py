"""The parts of actors and statements, and notes: how each is read, written, and told to an editor.

Those of claims and topics are in `claim_components`.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Generic, TypeVar

from django.db import models
from msgspec.structs import asdict, replace

from articles.models import TrackedModel
from articles.tracked_changes import Refusal, check_object
from language.names.spellings import fold

from ..models import (
    Actor,
    ActorName,
    Appearance,
    AttributionStep,
    Claim,
    EditorsNote,
    Identifier,
    Stance,
    Statement,
)
from . import cleaning
from .inputs import (
    AppearanceInput,
    IdentifierInput,
    Input,
    NameInput,
    NoteInput,
    StanceInput,
    StepInput,
)

MAX_CHAIN_LENGTH = 20
MAX_ROWS = 500
MAX_NOTES = 50

Owner = TypeVar("Owner", bound=TrackedModel, contravariant=True)
Part = TypeVar("Part", bound=Input)
Row = TypeVar("Row", bound=models.Model)


def join_pieces(*pieces: str) -> str:
    """The pieces that are not empty, as one line of a history."""
    return " · ".join(piece for piece in pieces if piece)


def sync_rows(
    owner: models.Model,
    name: str,
    wanted: Sequence[Mapping[str, Any]],
    key: Sequence[str],
    *,
    part: str,
    beside: bool = False,
) -> list[models.Model]:
    """Makes the rows that `owner` has under `name` agree with `wanted`, values by field, in this order.

    A row that is recognised by the fields of its `key` keeps its primary key: merges remember rows by it. Rows that are
    no longer wanted go first, so that a unique name is free for the row that takes it over; `beside` leaves them. A
    refusal names the `part` as its field, because an editor sees one list.
    """
    rows = getattr(owner, name)
    attnames = {field.name: field.attname for field in rows.model._meta.concrete_fields}
    key = [attnames[name] for name in key]
    wanted = [{attnames[name]: getattr(value, "pk", value) for name, value in values.items()} for values in wanted]
    current = {tuple(getattr(row, name) for name in key): row for row in rows.all()}
    keep = {tuple(values[name] for name in key) for values in wanted}
    gone = [row.pk for row_key, row in current.items() if row_key not in keep]
    if gone and not beside:
        rows.filter(pk__in=gone).delete()
    written = []
    for values in wanted:
        row = current.get(tuple(values[name] for name in key)) or rows.model(**{rows.field.name: owner})
        if row.pk is None or any(getattr(row, name) != value for name, value in values.items()):
            for name, value in values.items():
                setattr(row, name, value)
            try:
                check_object(row)
            except Refusal as refused:
                raise Refusal(refused.sentence, field=part) from None
            row.save()
        written.append(row)
    return written


class Component(Generic[Owner, Part, Row]):
    """A part that is a list of inputs: what stands is read from the rows, what is wanted from the inputs.

    A subclass says how each is read and told to an editor, by which of its fields a row is known again, and which of
    them stands in the sentence that refuses two inputs for one row.
    """

    name: str
    key: tuple[str, ...]
    duplicate_message: str
    related_fields: tuple[str, ...] = ()
    maximum = MAX_ROWS
    too_many_message = "{count} {name} are more than one object can have: {most} are the most."

    def __init__(self, inputs: Sequence[Part]):
        self._inputs = [self._read(part) for part in inputs]
        keys = set()
        for part in self._inputs:
            key = tuple(getattr(part, name) for name in self.key)
            if key in keys:
                raise Refusal(self.duplicate_message.format(part), field=self.name)
            keys.add(key)
        if len(keys) > self.maximum:
            sentence = self.too_many_message.format(count=len(keys), name=self.name, most=self.maximum)
            raise Refusal(sentence, field=self.name)

    def _read(self, part: Part) -> Part:
        return part

    def _describe(self, part: Part | Row) -> str:
        raise NotImplementedError

    def _requested_inputs(self, owner: Owner) -> Sequence[Part]:
        return self._inputs

    def _rows(self, owner: Owner) -> models.QuerySet[Row]:
        rows: models.QuerySet[Row] = getattr(owner, self.name).order_by("id")
        return rows.select_related(*self.related_fields) if self.related_fields else rows

    def current_texts(self, owner: Owner) -> list[str]:
        return [self._describe(row) for row in self._rows(owner)]

    def requested_texts(self, owner: Owner) -> list[str]:
        return [self._describe(part) for part in self._requested_inputs(owner)]

    def write(self, owner: Owner) -> None:
        wanted = [asdict(part) for part in self._requested_inputs(owner)]
        sync_rows(owner, self.name, wanted, self.key, part=self.name)


class Names(Component[Actor, NameInput, ActorName]):
    """All names of an actor. The actor's own name is always among them, as the primary name of its language."""

    name = "names"
    key = ("name", "language")
    duplicate_message = "The name “{0.name}” is given twice."

    def __init__(self, names: Sequence[NameInput] | None):
        """`names` as an editor gave them; None keeps those that stand, and follows the actor's own name."""
        self._replaces_names = names is not None
        super().__init__(names or ())

    def _read(self, part: NameInput) -> NameInput:
        name = cleaning.line(part.name, "names", "name")
        if not name:
            raise Refusal("A name must not be empty.", field="names")
        language, scheme = cleaning.language(part.language, "names"), cleaning.line(part.scheme, "names", "scheme")
        return replace(part, name=name, language=language, scheme=scheme)

    def _requested_inputs(self, owner: Actor) -> list[NameInput]:
        """The wanted names with the actor's own, which is primary: another primary name of its language steps back."""
        current = list(self._rows(owner)) if owner.pk else []
        names = self._inputs if self._replaces_names else [NameInput.from_source(row) for row in current]
        own = next((name for name in names if name.name == owner.name and name.kind == "primary"), None)
        own = own or next((name for name in names if name.name == owner.name), None)
        if own is None:
            # Before a renaming the own name was a primary name: the new one takes over its language.
            former = next((row for row in current if row.kind == "primary"), None)
            own = NameInput(owner.name, former.language if former and not self._replaces_names else "", "primary")
        rest = [
            replace(name, kind="alias") if name.kind == "primary" and name.language == own.language else name
            for name in names
            if name != own
        ]
        return [replace(own, kind="primary"), *rest]

    def _describe(self, part: NameInput | ActorName) -> str:
        return join_pieces(part.name, part.language, part.kind, part.scheme)

    def write(self, owner: Actor) -> None:
        names = self._requested_inputs(owner)
        # The former primary name steps back before another takes its place: the database allows one per language.
        owner.names.filter(kind="primary").exclude(name=owner.name).update(kind="alias")
        wanted = [asdict(name) | {"folded": fold(name.name)} for name in names]
        sync_rows(owner, self.name, wanted, self.key, part=self.name)


class Identifiers(Component[Actor, IdentifierInput, Identifier]):
    """What other registers call an actor: one value in each register."""

    name = "identifiers"
    key = ("register",)
    duplicate_message = "One actor has one identifier in “{0.register}”: two were given."

    def _read(self, part: IdentifierInput) -> IdentifierInput:
        register = cleaning.line(part.register, self.name, "register").lower()
        value = cleaning.line(part.value, self.name, "identifier")
        if not register or not value:
            raise Refusal("An identifier needs a register and a value.", field=self.name)
        return IdentifierInput(register, value)

    def _rows(self, owner: Actor) -> models.QuerySet[Identifier]:
        return owner.identifiers.order_by("register")

    def requested_texts(self, owner: Actor) -> list[str]:
        return sorted(super().requested_texts(owner))

    def _describe(self, part: IdentifierInput | Identifier) -> str:
        return f"{part.register} {part.value}"

    def write(self, owner: Actor) -> None:
        for part in self._inputs:
            others = Actor.objects.filter(identifiers__register=part.register, identifiers__value=part.value)
            other = others.exclude(pk=owner.pk).first()
            if other:
                raise Refusal(
                    f"“{other}” already has {part.register} {part.value}: merge the two or correct one of them.",
                    field=self.name,
                )
        super().write(owner)


class Notes(Component[TrackedModel, NoteInput, EditorsNote]):
    """All notes on one object: what readers are told of what was inferred, and of what is implausible as printed."""

    name = "notes"
    key = ("about", "text")
    duplicate_message = "A note is given twice."
    maximum = MAX_NOTES
    too_many_message = "One object can have {most} notes at most."

    def _read(self, part: NoteInput) -> NoteInput:
        return replace(part, text=cleaning.line(part.text, self.name, "note"))

    def _describe(self, part: NoteInput | EditorsNote) -> str:
        return f"{part.about}: {part.text}"


class Stances(Component[Statement, StanceInput[Claim], Stance]):
    """The stances of a statement: one towards each claim."""

    name = "stances"
    key = ("claim",)
    duplicate_message = "A statement takes one stance towards a claim: “{0.claim}” is given twice."
    related_fields = ("claim",)

    def _read(self, part: StanceInput[Claim]) -> StanceInput[Claim]:
        hedge = cleaning.line(part.hedge, self.name, "hedge")
        return replace(part, hedge=hedge, printed=cleaning.line(part.printed, self.name, "figure as printed"))

    def _describe(self, part: StanceInput[Claim] | Stance) -> str:
        return join_pieces(
            f"{part.kind} “{part.claim}”",
            f"hedge “{part.hedge}”" if part.hedge else "",
            f"printed as “{part.printed}”" if part.printed else "",
        )

    def write(self, owner: Statement) -> None:
        super().write(owner)
        refuse_merged(Claim, [part.claim.pk for part in self._inputs], field=self.name)


class Appearances(Component[Statement, AppearanceInput, Appearance]):
    """The printings of a statement, each with its chain from the page towards the speaker."""

    name = "appearances"
    key = ("passage",)
    duplicate_message = "A statement appears in a passage once: “{0.passage}” is given twice."

    def __init__(self, appearances: Sequence[AppearanceInput], *, beside: bool = False):
        """With `beside`, they come beside those that stand; otherwise they replace them."""
        self._keeps_current = beside
        super().__init__(appearances)

    def _read(self, part: AppearanceInput) -> AppearanceInput:
        chain = tuple(self._read_step(step, number) for number, step in enumerate(part.chain, start=1))
        if len(chain) > MAX_CHAIN_LENGTH:
            raise Refusal(f"The chain has {len(chain)} steps; the limit is {MAX_CHAIN_LENGTH}.", field=self.name)
        printed_name = cleaning.line(part.printed_name, self.name, "printed name")
        return replace(part, printed_name=printed_name, cue=cleaning.line(part.cue, self.name, "cue"), chain=chain)

    def _read_step(self, step: StepInput, number: int) -> StepInput:
        label = cleaning.line(step.label, self.name, "label")
        if [step.actor is not None, step.outlet is not None, bool(label)].count(True) != 1:
            raise Refusal(
                f"Step {number} of the chain must name exactly one actor, outlet or label.",
                field=self.name,
            )
        return replace(step, label=label, cue=cleaning.line(step.cue, self.name, "cue"))

    def _rows(self, owner: Statement) -> models.QuerySet[Appearance]:
        return appearances_of(owner)

    def requested_texts(self, owner: Statement) -> list[str]:
        return [*(self.current_texts(owner) if self._keeps_current else ()), *super().requested_texts(owner)]

    def _describe(self, part: AppearanceInput | Appearance) -> str:
        chain: Iterable[StepInput | AttributionStep] = (
            part.chain if isinstance(part, AppearanceInput) else part.steps.all()
        )
        steps = [
            join_pieces(f"{number}. {step.relation} {step.actor or step.outlet or step.label}", step.cue)
            for number, step in enumerate(chain, start=1)
        ]
        printed = f"as {part.printed_name}" if part.printed_name else ""
        return join_pieces(f"“{part.passage}”", str(part.passage.capture.article), printed, part.cue, *steps)

    def write(self, owner: Statement) -> None:
        for part in self._inputs if self._keeps_current else ():
            if owner.appearances.filter(passage=part.passage).exists():
                raise Refusal(f"This statement already quotes the passage “{part.passage}”.", field=self.name)
        wanted = [asdict(part) for part in self._inputs]
        chains = [values.pop("chain") for values in wanted]
        rows = sync_rows(owner, self.name, wanted, self.key, part=self.name, beside=self._keeps_current)
        for row, chain in zip(rows, chains, strict=True):
            steps = [{"position": position, **asdict(step)} for position, step in enumerate(chain, start=1)]
            sync_rows(row, "steps", steps, ("position",), part=self.name)


def appearances_of(statement: Statement) -> models.QuerySet[Appearance]:
    """The rows of its printings, with all that each is told with."""
    rows = statement.appearances.select_related("passage__capture__article__outlet").order_by("id")
    return rows.prefetch_related("steps__actor", "steps__outlet")


def printings_of(statement: Statement) -> list[AppearanceInput]:
    """The printings of a statement as they stand, in the shape in which a verb takes them."""
    return [
        AppearanceInput.from_source(row, chain=tuple(StepInput.from_source(step) for step in row.steps.all()))
        for row in appearances_of(statement)
    ]


def refuse_merged(model: type[Actor] | type[Claim], keys: Sequence[int | None], *, field: str) -> None:
    """Refuses what was merged away, inside a transaction that names it.

    The rows are locked, so that a merge of one of them done at the same time comes wholly before or wholly after.
    Foreign keys do not see to that: PostgreSQL checks Django's at the end of the transaction.
    """
    rows = model._base_manager.select_for_update(no_key=True).filter(pk__in=[key for key in keys if key])
    for row in rows.order_by("pk"):
        _refuse_if_merged(row, field)


def refuse_merged_object(obj: Actor | Claim) -> None:
    """Refuses to change what was merged away since the editor had read it."""
    for row in type(obj)._base_manager.filter(pk=obj.pk).select_related("merged_into"):
        _refuse_if_merged(row, "")


def _refuse_if_merged(obj: Actor | Claim, field: str) -> None:
    if obj.merged_into_id:
        raise Refusal(f"“{obj}” was merged into “{obj.merged_into}”: use that one.", field=field)
