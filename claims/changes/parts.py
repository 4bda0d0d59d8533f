"""The parts of actors, claims and statements: how each is read, written, and told to an editor."""

from collections.abc import Sequence
from dataclasses import replace

from articles.models import Tracked
from articles.trace import Refused

from ..models import Actor, AttributionStep, Claim
from ..names import fold
from . import reading
from .frame import Row, sync
from .inputs import AppearanceInput, IdentifierInput, NameInput, RelationInput, StanceInput, StepInput

LONGEST_CHAIN = 20
MOST_PARTS = 500


def _refuse_twice(keys: Sequence, shown: Sequence[str], sentence: str, field: str) -> None:
    seen = set()
    for key, text in zip(keys, shown, strict=True):
        if key in seen:
            raise Refused(sentence.format(text), field=field)
        seen.add(key)
    if len(seen) > MOST_PARTS:
        raise Refused(f"{len(seen)} {field} are more than one object can have: {MOST_PARTS} are the most.", field=field)


def _told(*pieces: str) -> str:
    return " · ".join(piece for piece in pieces if piece)


class Names:
    """All names of an actor. The actor's own name is always among them, as the primary name of its language."""

    name = "names"

    def __init__(self, names: Sequence[NameInput] | None):
        """`names` as an editor gave them; None keeps those that stand, and follows the actor's own name."""
        self._given = names is not None
        self._names = [self._read(one) for one in names or ()]
        keys = [(one.name, one.language) for one in self._names]
        _refuse_twice(keys, [one.name for one in self._names], "The name “{}” is given twice.", self.name)

    @staticmethod
    def _read(one: NameInput) -> NameInput:
        name = reading.line(one.name, "names", "name")
        if not name:
            raise Refused("A name must not be empty.", field="names")
        return NameInput(
            name, reading.language(one.language, "names"), one.kind, reading.line(one.scheme, "names", "scheme")
        )

    def _all(self, owner: Actor) -> list[NameInput]:
        """The wanted names with the actor's own, which is primary: another primary name of its language steps back."""
        standing = list(owner.names.order_by("id")) if owner.pk else []
        names = self._names
        if not self._given:
            names = [NameInput(one.name, one.language, one.kind, one.scheme) for one in standing]
        own = next((one for one in names if one.name == owner.name and one.kind == "primary"), None)
        own = own or next((one for one in names if one.name == owner.name), None)
        if own is None:
            # Before a renaming the own name was a primary name: the new one takes over its language.
            former = next((one for one in standing if one.kind == "primary"), None)
            own = NameInput(owner.name, former.language if former and not self._given else "", "primary")
        rest = [
            replace(one, kind="alias") if one.kind == "primary" and one.language == own.language else one
            for one in names
            if one != own
        ]
        return [replace(own, kind="primary"), *rest]

    def standing(self, owner: Actor) -> list[str]:
        return [self._tell(one) for one in owner.names.order_by("id")]

    def wanted(self, owner: Actor) -> list[str]:
        return [self._tell(one) for one in self._all(owner)]

    @staticmethod
    def _tell(one) -> str:
        return _told(one.name, one.language, one.kind, one.scheme)

    def write(self, owner: Actor) -> None:
        names = self._all(owner)
        # The former primary name steps back before another takes its place: the database allows one per language.
        owner.names.filter(kind="primary").exclude(name=owner.name).update(kind="alias")
        rows = [
            Row(
                {"name": one.name, "language": one.language},
                {"kind": one.kind, "scheme": one.scheme, "folded": fold(one.name)},
            )
            for one in names
        ]
        sync(owner.names.all(), rows, {"actor": owner}, part=self.name)


class Identifiers:
    """What other registers call an actor: one value in each register."""

    name = "identifiers"

    def __init__(self, identifiers: Sequence[IdentifierInput]):
        self._identifiers = []
        for one in identifiers:
            register = reading.line(one.register, self.name, "register").lower()
            value = reading.line(one.value, self.name, "identifier")
            if not register or not value:
                raise Refused("An identifier needs the register and the value in it.", field=self.name)
            self._identifiers.append(IdentifierInput(register, value))
        keys = [one.register for one in self._identifiers]
        _refuse_twice(keys, keys, "One actor has one identifier in “{}”: two were given.", self.name)

    def standing(self, owner: Actor) -> list[str]:
        return [f"{one.register} {one.value}" for one in owner.identifiers.order_by("register")]

    def wanted(self, owner: Actor) -> list[str]:
        return sorted(f"{one.register} {one.value}" for one in self._identifiers)

    def write(self, owner: Actor) -> None:
        for one in self._identifiers:
            others = Actor.objects.filter(identifiers__register=one.register, identifiers__value=one.value)
            other = others.exclude(pk=owner.pk).first()
            if other:
                raise Refused(
                    f"“{other}” already is {one.register} {one.value}: merge the two, or correct one of them.",
                    field=self.name,
                )
        rows = [Row({"register": one.register}, {"value": one.value}) for one in self._identifiers]
        sync(owner.identifiers.all(), rows, {"actor": owner}, part=self.name)


class Relations:
    """How a claim stands to others, read from it to them."""

    name = "relations"

    def __init__(self, relations: Sequence[RelationInput]):
        self._relations = list(relations)
        keys = [(one.kind, one.other.pk) for one in self._relations]
        _refuse_twice(
            keys, [str(one.other) for one in self._relations], "The relation to “{}” is given twice.", self.name
        )

    def standing(self, owner: Claim) -> list[str]:
        return [f"{one.kind} “{one.other}”" for one in owner.relations.select_related("other").order_by("id")]

    def wanted(self, owner: Claim) -> list[str]:
        return [f"{one.kind} “{one.other}”" for one in self._relations]

    def write(self, owner: Claim) -> None:
        for one in self._relations:
            if one.other.pk == owner.pk:
                raise Refused("A claim has no relation to itself.", field=self.name)
        rows = [Row({"kind": one.kind, "other_id": one.other.pk}, {}) for one in self._relations]
        sync(owner.relations.all(), rows, {"claim": owner}, part=self.name)
        refuse_merged(Claim, [one.other.pk for one in self._relations], field=self.name)


class Stances:
    """The stances of a statement: one towards each claim."""

    name = "stances"

    def __init__(self, stances: Sequence[StanceInput]):
        self._stances = [
            StanceInput(
                one.claim,
                one.kind,
                reading.line(one.hedge, self.name, "hedge"),
                reading.line(one.printed, self.name, "figure as printed"),
            )
            for one in stances
        ]
        keys = [one.claim.pk for one in self._stances]
        sentence = "A statement takes one stance towards a claim: “{}” is given twice."
        _refuse_twice(keys, [str(one.claim) for one in self._stances], sentence, self.name)

    def standing(self, owner) -> list[str]:
        return [self._tell(one) for one in owner.stances.select_related("claim").order_by("id")]

    def wanted(self, owner) -> list[str]:
        return [self._tell(one) for one in self._stances]

    @staticmethod
    def _tell(one) -> str:
        return _told(
            f"{one.kind} “{one.claim}”",
            f"hedge “{one.hedge}”" if one.hedge else "",
            f"printed as “{one.printed}”" if one.printed else "",
        )

    def write(self, owner) -> None:
        rows = [
            Row({"claim_id": one.claim.pk}, {"kind": one.kind, "hedge": one.hedge, "printed": one.printed})
            for one in self._stances
        ]
        sync(owner.stances.all(), rows, {"statement": owner}, part=self.name)
        refuse_merged(Claim, [one.claim.pk for one in self._stances], field=self.name)


class Appearances:
    """The printings of a statement, each with its chain from the page towards the speaker."""

    name = "appearances"

    def __init__(self, appearances: Sequence[AppearanceInput], *, beside: bool = False):
        """With `beside`, they come beside those that stand; otherwise they replace them."""
        self._appearances = [self._read(one) for one in appearances]
        self._beside = beside
        keys = [one.passage.pk for one in self._appearances]
        sentence = "A statement appears in a passage once: “{}” is given twice."
        _refuse_twice(keys, [str(one.passage) for one in self._appearances], sentence, self.name)

    @classmethod
    def _read(cls, one: AppearanceInput) -> AppearanceInput:
        chain = tuple(cls._read_step(step, number) for number, step in enumerate(one.chain, start=1))
        if len(chain) > LONGEST_CHAIN:
            raise Refused(f"A chain of {len(chain)} steps is too long: {LONGEST_CHAIN} are the most.", field=cls.name)
        return AppearanceInput(
            one.passage,
            reading.line(one.printed_name, cls.name, "printed name"),
            reading.line(one.cue, cls.name, "cue"),
            chain,
        )

    @classmethod
    def _read_step(cls, step: StepInput, number: int) -> StepInput:
        label = reading.line(step.label, cls.name, "label")
        if [step.actor is not None, step.outlet is not None, bool(label)].count(True) != 1:
            raise Refused(
                f"Step {number} of the chain must name an actor, an outlet or a label: exactly one of them.",
                field=cls.name,
            )
        return StepInput(step.relation, step.actor, step.outlet, label, reading.line(step.cue, cls.name, "cue"))

    def standing(self, owner) -> list[str]:
        return [self._tell(one.passage, one, list(one.steps.all())) for one in _appearances_of(owner)]

    def wanted(self, owner) -> list[str]:
        wanted = [self._tell(one.passage, one, one.chain) for one in self._appearances]
        return [*self.standing(owner), *wanted] if self._beside else wanted

    @staticmethod
    def _tell(passage, one, chain) -> str:
        steps = [
            _told(f"{number}. {step.relation} {step.actor or step.outlet or step.label}", step.cue)
            for number, step in enumerate(chain, start=1)
        ]
        printed = f"as {one.printed_name}" if one.printed_name else ""
        return _told(f"“{passage}”", str(passage.capture.article), printed, one.cue, *steps)

    def write(self, owner) -> None:
        if self._beside:
            self._refuse_standing(owner)
        wanted = [
            Row({"passage_id": one.passage.pk}, {"printed_name": one.printed_name, "cue": one.cue})
            for one in self._appearances
        ]
        standing = owner.appearances.all()
        if self._beside:
            standing = standing.filter(passage__in=[one.passage.pk for one in self._appearances])
        for appearance, one in zip(
            sync(standing, wanted, {"statement": owner}, part=self.name), self._appearances, strict=True
        ):
            self._write_chain(appearance, one.chain)

    def _refuse_standing(self, owner) -> None:
        for one in self._appearances:
            if owner.appearances.filter(passage=one.passage).exists():
                raise Refused(f"This statement already appears in the passage “{one.passage}”.", field=self.name)

    @staticmethod
    def _write_chain(appearance, chain: Sequence[StepInput]) -> None:
        rows = [
            Row(
                {"position": position},
                {
                    "actor_id": step.actor and step.actor.pk,
                    "outlet_id": step.outlet and step.outlet.pk,
                    "label": step.label,
                    "cue": step.cue,
                    "relation": step.relation,
                },
            )
            for position, step in enumerate(chain, start=1)
        ]
        sync(
            AttributionStep.objects.filter(appearance=appearance), rows, {"appearance": appearance}, part="appearances"
        )


def _appearances_of(statement):
    return (
        statement.appearances.select_related("passage__capture__article__outlet")
        .prefetch_related("steps__actor", "steps__outlet")
        .order_by("id")
    )


def refuse_merged(model: type[Tracked], keys: Sequence[int | None], *, field: str) -> None:
    """Refuses what was merged away, inside a transaction that names it.

    The rows are locked, so that a merge of one of them done at the same time comes wholly before or wholly after.
    Foreign keys do not see to that: PostgreSQL checks Django's at the end of the transaction.
    """
    rows = model._base_manager.select_for_update(no_key=True).filter(pk__in=[key for key in keys if key])
    for one in rows.order_by("pk"):
        _refuse_if_merged(one, field)


def refuse_gone(obj: Tracked) -> None:
    """Refuses to change what was merged away since the editor had read it."""
    for one in type(obj)._base_manager.filter(pk=obj.pk).select_related("merged_into"):
        _refuse_if_merged(one, "")


def _refuse_if_merged(obj: Tracked, field: str) -> None:
    if obj.merged_into_id:
        raise Refused(f"“{obj}” was merged into “{obj.merged_into}”: use that one.", field=field)
