"""What a question, a claim, an actor or a statement is recorded with: one type for each kind of part, whichever way it
comes in. Forms make these inputs of what is typed; files are read into them and refused where a field is misspelt.
"""

from collections.abc import Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any, Generic, Self, TypeVar, dataclass_transform

import msgspec

from articles.models import Outlet, Passage

from ..models import Actor, ActorName, AttributionStep, Claim, ClaimSubject, EditorsNote, Question, Stance

if TYPE_CHECKING:
    from typing import Annotated as OneOf  # as `record.documents` has it
else:
    from record.documents import OneOf

ClaimReference = TypeVar("ClaimReference")  # a claim of the desk, the values of a new one, or what a file calls it


@dataclass_transform(frozen_default=True, field_specifiers=(msgspec.field,))
class Input(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One part. It holds what was typed: the verb that takes it reads it and refuses what is wrong with it."""

    @classmethod
    def from_source(cls, source: object, **overrides: Any) -> Self:
        """The input that says what `source` says: a row that stands, a row of a form, another input. `overrides` stand
        in the place of what it says."""
        read = source.__getitem__ if isinstance(source, Mapping) else partial(getattr, source)
        return cls(**{name: overrides[name] if name in overrides else read(name) for name in cls.__struct_fields__})


class NameInput(Input):
    """One more name of an actor. `language` is a BCP 47 tag or empty, `scheme` a transliteration scheme or empty."""

    name: str
    language: str = ""
    kind: OneOf[str, ActorName.Kind.values] = "alias"
    scheme: str = ""


class IdentifierInput(Input):
    """What another register calls an actor: `IdentifierInput("wikidata", "Q17")`."""

    register: str
    value: str


class RelationInput(Input):
    """How the claim that holds this stands to `other`, one of `ClaimRelation.Kind`."""

    kind: str
    other: Claim


class SubjectInput(Input):
    """What a claim is about: an `actor`, or a place or another thing by its `name`.

    `other_names` has a further name a line, with its language and a colon in front.
    """

    kind: OneOf[str, ClaimSubject.Kind.values] = "actor"
    actor: Actor | None = None
    name: str = ""
    language: str = ""
    other_names: str = ""


class TopicQuestionInput(Input):
    """One question of a topic; they stand in the order in which they are given."""

    question: Question


class NoteInput(Input):
    """What readers are told about an object; `about` is one of `EditorsNote.About`."""

    about: OneOf[str, EditorsNote.About.values]
    text: str


class StanceInput(Input, Generic[ClaimReference]):
    """The stance that a statement takes to `claim`, one of `Stance.Kind`, with the hedge as worded.

    `printed` are the words in which a passage of the statement gives the figure of the claim. Files call the kind
    `stance`, as documents do.
    """

    claim: ClaimReference
    kind: OneOf[str, Stance.Kind.values] = msgspec.field(name="stance")
    hedge: str = ""
    printed: str = ""


class StepInput(Input):
    """One hop between the page and the speaker: exactly one of actor, outlet and label."""

    relation: OneOf[str, AttributionStep.Relation.values] = "relays"
    actor: Actor | None = None
    outlet: Outlet | None = None
    label: str = ""
    cue: str = ""


class AppearanceInput(Input):
    """One printing of a statement. `chain` goes from the page towards the speaker; its positions are counted here."""

    passage: Passage
    printed_name: str = ""
    cue: str = ""
    chain: Sequence[StepInput] = ()


class PrintingInput(Input):
    """One printing whose words have yet to be found in a text: `quote` makes an `AppearanceInput` of it.

    Where the words stand there several times, `occurrence` says which is meant (1 is the first), or `prefix` and
    `suffix` what stands around them.
    """

    exact: str
    prefix: str = ""
    suffix: str = ""
    occurrence: int | None = None
    printed_name: str = ""
    cue: str = ""
    chain: Sequence[StepInput] = ()


class StatementInput(Input):
    """A whole statement, as the workspace, a table, a dossier or a record hands it in.

    `values` are those of its fields (`record.documents.fields`), `claim` and `speaker` whatever the reader names them
    by.
    """

    values: dict[str, Any]
    stances: Sequence[StanceInput[Any]] = ()
    printings: Sequence[PrintingInput] = ()
