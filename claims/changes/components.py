"""The parts of actors, claims and statements: how each is read, written, and told to an editor."""

from collections.abc import Sequence

from django.db import models
from msgspec.structs import asdict, replace

from articles.models import Tracked
from articles.tracked_changes import Refusal, check_object
from language.names.spellings import fold

from ..models import Actor, Claim
from . import cleaning
from .inputs import AppearanceInput, IdentifierInput, Input, NameInput, NoteInput, StanceInput, StepInput

MAX_CHAIN_LENGTH = 20
MAX_ROWS = 500
MAX_NOTES = 50


def _join_pieces(*pieces: str) -> str:
    return " · ".join(piece for piece in pieces if piece)


def sync_rows(
    rows, wanted: Sequence[dict], key: Sequence[str], *, part: str, beside: bool = False
) -> list[models.Model]:
    """Makes the `rows` of an owner (its related manager) agree with `wanted`, values by field, in this order.

    A row that is recognised by the fields of its `key` keeps its primary key: merges remember rows by it. Rows that are
    no longer wanted go first, so that a unique name is free for the row that takes it over; `beside` leaves them. A
    refusal names the `part` as its field, because an editor sees one list.
    """
    attnames = {field.name: field.attname for field in rows.model._meta.concrete_fields}
    key = [attnames[name] for name in key]
    wanted = [{attnames[name]: getattr(one, "pk", one) for name, one in values.items()} for values in wanted]
    standing = {tuple(getattr(row, name) for name in key): row for row in rows.all()}
    keep = {tuple(values[name] for name in key) for values in wanted}
    gone = [row.pk for row_key, row in standing.items() if row_key not in keep]
    if gone and not beside:
        rows.filter(pk__in=gone).delete()
    written = []
    for values in wanted:
        row = standing.get(tuple(values[name] for name in key)) or rows.model(**{rows.field.name: rows.instance})
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


class Component:
    """A part that is a list of inputs: what stands is read from the rows, what is wanted from the inputs.

    A subclass says how one is read and told to an editor, by which of its fields a row is known again, and which of
    them stands in the sentence that refuses two inputs for one row.
    """

    name: str
    key: tuple[str, ...]
    duplicate_message: str
    related_fields: tuple[str, ...] = ()
    maximum = MAX_ROWS
    too_many_message = "{count} {name} are more than one object can have: {most} are the most."

    def __init__(self, inputs: Sequence[Input]):
        self._inputs = [self._read(one) for one in inputs]
        seen = set()
        for one in self._inputs:
            key = tuple(getattr(one, name) for name in self.key)
            if key in seen:
                raise Refusal(self.duplicate_message.format(one), field=self.name)
            seen.add(key)
        if len(seen) > self.maximum:
            sentence = self.too_many_message.format(count=len(seen), name=self.name, most=self.maximum)
            raise Refusal(sentence, field=self.name)

    def _read(self, one: Input) -> Input:
        return one

    def _requested_inputs(self, owner: Tracked) -> Sequence[Input]:
        return self._inputs

    def _rows(self, owner: Tracked):
        rows = getattr(owner, self.name).order_by("id")
        return rows.select_related(*self.related_fields) if self.related_fields else rows

    def standing(self, owner: Tracked) -> list[str]:
        return [self._describe(one) for one in self._rows(owner)]

    def requested_texts(self, owner: Tracked) -> list[str]:
        return [self._describe(one) for one in self._requested_inputs(owner)]

    def write(self, owner: Tracked) -> None:
        sync_rows(
            getattr(owner, self.name), [asdict(one) for one in self._requested_inputs(owner)], self.key, part=self.name
        )


class Names(Component):
    """All names of an actor. The actor's own name is always among them, as the primary name of its language."""

    name = "names"
    key = ("name", "language")
    duplicate_message = "The name “{0.name}” is given twice."

    def __init__(self, names: Sequence[NameInput] | None):
        """`names` as an editor gave them; None keeps those that stand, and follows the actor's own name."""
        self._replaces_names = names is not None
        super().__init__(names or ())

    def _read(self, one: NameInput) -> NameInput:
        name = cleaning.line(one.name, "names", "name")
        if not name:
            raise Refusal("A name must not be empty.", field="names")
        language, scheme = cleaning.language(one.language, "names"), cleaning.line(one.scheme, "names", "scheme")
        return replace(one, name=name, language=language, scheme=scheme)

    def _requested_inputs(self, owner: Actor) -> list[NameInput]:
        """The wanted names with the actor's own, which is primary: another primary name of its language steps back."""
        standing = list(self._rows(owner)) if owner.pk else []
        names = self._inputs if self._replaces_names else [NameInput.of(one) for one in standing]
        own = next((one for one in names if one.name == owner.name and one.kind == "primary"), None)
        own = own or next((one for one in names if one.name == owner.name), None)
        if own is None:
            # Before a renaming the own name was a primary name: the new one takes over its language.
            former = next((one for one in standing if one.kind == "primary"), None)
            own = NameInput(owner.name, former.language if former and not self._replaces_names else "", "primary")
        rest = [
            replace(one, kind="alias") if one.kind == "primary" and one.language == own.language else one
            for one in names
            if one != own
        ]
        return [replace(own, kind="primary"), *rest]

    @staticmethod
    def _describe(one) -> str:
        return _join_pieces(one.name, one.language, one.kind, one.scheme)

    def write(self, owner: Actor) -> None:
        names = self._requested_inputs(owner)
        # The former primary name steps back before another takes its place: the database allows one per language.
        owner.names.filter(kind="primary").exclude(name=owner.name).update(kind="alias")
        sync_rows(owner.names, [asdict(one) | {"folded": fold(one.name)} for one in names], self.key, part=self.name)


class Identifiers(Component):
    """What other registers call an actor: one value in each register."""

    name = "identifiers"
    key = ("register",)
    duplicate_message = "One actor has one identifier in “{0.register}”: two were given."

    def _read(self, one: IdentifierInput) -> IdentifierInput:
        register = cleaning.line(one.register, self.name, "register").lower()
        value = cleaning.line(one.value, self.name, "identifier")
        if not register or not value:
            raise Refusal("An identifier needs a register and a value.", field=self.name)
        return IdentifierInput(register, value)

    def _rows(self, owner: Actor):
        return owner.identifiers.order_by("register")

    def requested_texts(self, owner: Actor) -> list[str]:
        return sorted(super().requested_texts(owner))

    @staticmethod
    def _describe(one) -> str:
        return f"{one.register} {one.value}"

    def write(self, owner: Actor) -> None:
        for one in self._inputs:
            others = Actor.objects.filter(identifiers__register=one.register, identifiers__value=one.value)
            other = others.exclude(pk=owner.pk).first()
            if other:
                raise Refusal(
                    f"“{other}” already has {one.register} {one.value}: merge the two or correct one of them.",
                    field=self.name,
                )
        super().write(owner)


class Relations(Component):
    """How a claim stands to others, read from it to them."""

    name = "relations"
    key = ("kind", "other")
    duplicate_message = "The relation to “{0.other}” is given twice."
    related_fields = ("other",)

    @staticmethod
    def _describe(one) -> str:
        return f"{one.kind} “{one.other}”"

    def write(self, owner: Claim) -> None:
        if any(one.other.pk == owner.pk for one in self._inputs):
            raise Refusal("A claim cannot be related to itself.", field=self.name)
        super().write(owner)
        refuse_merged(Claim, [one.other.pk for one in self._inputs], field=self.name)


class Notes(Component):
    """All notes on one object: what readers are told of what was inferred, and of what is implausible as printed."""

    name = "notes"
    key = ("about", "text")
    duplicate_message = "A note is given twice."
    maximum = MAX_NOTES
    too_many_message = "One object can have {most} notes at most."

    def _read(self, one: NoteInput) -> NoteInput:
        return replace(one, text=cleaning.line(one.text, self.name, "note"))

    @staticmethod
    def _describe(one) -> str:
        return f"{one.about}: {one.text}"


class Stances(Component):
    """The stances of a statement: one towards each claim."""

    name = "stances"
    key = ("claim",)
    duplicate_message = "A statement takes one stance towards a claim: “{0.claim}” is given twice."
    related_fields = ("claim",)

    def _read(self, one: StanceInput) -> StanceInput:
        hedge = cleaning.line(one.hedge, self.name, "hedge")
        return replace(one, hedge=hedge, printed=cleaning.line(one.printed, self.name, "figure as printed"))

    @staticmethod
    def _describe(one) -> str:
        return _join_pieces(
            f"{one.kind} “{one.claim}”",
            f"hedge “{one.hedge}”" if one.hedge else "",
            f"printed as “{one.printed}”" if one.printed else "",
        )

    def write(self, owner) -> None:
        super().write(owner)
        refuse_merged(Claim, [one.claim.pk for one in self._inputs], field=self.name)


class Appearances(Component):
    """The printings of a statement, each with its chain from the page towards the speaker."""

    name = "appearances"
    key = ("passage",)
    duplicate_message = "A statement appears in a passage once: “{0.passage}” is given twice."

    def __init__(self, appearances: Sequence[AppearanceInput], *, beside: bool = False):
        """With `beside`, they come beside those that stand; otherwise they replace them."""
        self._keeps_current = beside
        super().__init__(appearances)

    def _read(self, one: AppearanceInput) -> AppearanceInput:
        chain = tuple(self._read_step(step, number) for number, step in enumerate(one.chain, start=1))
        if len(chain) > MAX_CHAIN_LENGTH:
            raise Refusal(f"The chain has {len(chain)} steps; the limit is {MAX_CHAIN_LENGTH}.", field=self.name)
        printed_name = cleaning.line(one.printed_name, self.name, "printed name")
        return replace(one, printed_name=printed_name, cue=cleaning.line(one.cue, self.name, "cue"), chain=chain)

    def _read_step(self, step: StepInput, number: int) -> StepInput:
        label = cleaning.line(step.label, self.name, "label")
        if [step.actor is not None, step.outlet is not None, bool(label)].count(True) != 1:
            raise Refusal(
                f"Step {number} of the chain must name exactly one actor, outlet or label.",
                field=self.name,
            )
        return replace(step, label=label, cue=cleaning.line(step.cue, self.name, "cue"))

    def _rows(self, owner):
        return appearances_of(owner)

    def requested_texts(self, owner) -> list[str]:
        return [*(self.standing(owner) if self._keeps_current else ()), *super().requested_texts(owner)]

    @staticmethod
    def _describe(one) -> str:
        chain = one.chain if isinstance(one, AppearanceInput) else one.steps.all()
        steps = [
            _join_pieces(f"{number}. {step.relation} {step.actor or step.outlet or step.label}", step.cue)
            for number, step in enumerate(chain, start=1)
        ]
        printed = f"as {one.printed_name}" if one.printed_name else ""
        return _join_pieces(f"“{one.passage}”", str(one.passage.capture.article), printed, one.cue, *steps)

    def write(self, owner) -> None:
        for one in self._inputs if self._keeps_current else ():
            if owner.appearances.filter(passage=one.passage).exists():
                raise Refusal(f"This statement already quotes the passage “{one.passage}”.", field=self.name)
        wanted = [asdict(one) for one in self._inputs]
        chains = [values.pop("chain") for values in wanted]
        rows = sync_rows(owner.appearances, wanted, self.key, part=self.name, beside=self._keeps_current)
        for row, chain in zip(rows, chains, strict=True):
            steps = [{"position": position, **asdict(step)} for position, step in enumerate(chain, start=1)]
            sync_rows(row.steps, steps, ("position",), part=self.name)


def appearances_of(statement):
    """The rows of its printings, with all that each is told with."""
    rows = statement.appearances.select_related("passage__capture__article__outlet").order_by("id")
    return rows.prefetch_related("steps__actor", "steps__outlet")


def printings_of(statement) -> list[AppearanceInput]:
    """The printings of a statement as they stand, in the shape in which a verb takes them."""
    return [
        AppearanceInput.of(row, chain=tuple(StepInput.of(step) for step in row.steps.all()))
        for row in appearances_of(statement)
    ]


def refuse_merged(model: type[Tracked], keys: Sequence[int | None], *, field: str) -> None:
    """Refuses what was merged away, inside a transaction that names it.

    The rows are locked, so that a merge of one of them done at the same time comes wholly before or wholly after.
    Foreign keys do not see to that: PostgreSQL checks Django's at the end of the transaction.
    """
    rows = model._base_manager.select_for_update(no_key=True).filter(pk__in=[key for key in keys if key])
    for one in rows.order_by("pk"):
        _refuse_if_merged(one, field)


def refuse_merged_object(obj: Tracked) -> None:
    """Refuses to change what was merged away since the editor had read it."""
    for one in type(obj)._base_manager.filter(pk=obj.pk).select_related("merged_into"):
        _refuse_if_merged(one, "")


def _refuse_if_merged(obj: Tracked, field: str) -> None:
    if obj.merged_into_id:
        raise Refusal(f"“{obj}” was merged into “{obj.merged_into}”: use that one.", field=field)
