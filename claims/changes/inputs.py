"""What goes with an actor or a statement when it is recorded, one type for each kind of part."""

from collections.abc import Sequence
from dataclasses import dataclass

from articles.models import Outlet, Passage

from ..models import Actor, Claim


@dataclass(frozen=True)
class NameInput:
    """One more name of an actor. `language` is a BCP 47 tag or empty, `scheme` a transliteration scheme or empty."""

    name: str
    language: str = ""
    kind: str = "alias"
    scheme: str = ""


@dataclass(frozen=True)
class IdentifierInput:
    """What another register calls an actor: `IdentifierInput("wikidata", "Q17")`."""

    register: str
    value: str


@dataclass(frozen=True)
class RelationInput:
    """How the claim that holds this stands to `other`, one of `ClaimRelation.Kind`."""

    kind: str
    other: Claim


@dataclass(frozen=True)
class StanceInput:
    """The stance that a statement takes to `claim`, one of `Stance.Kind`, with the hedge as worded.

    `printed` are the words in which a passage of the statement gives the figure of the claim.
    """

    claim: Claim
    kind: str
    hedge: str = ""
    printed: str = ""


@dataclass(frozen=True)
class NoteInput:
    """What readers are told about an object; `about` is one of `EditorsNote.About`."""

    about: str
    text: str


@dataclass(frozen=True)
class StepInput:
    """One hop between the page and the speaker: exactly one of actor, outlet and label."""

    relation: str = "relays"
    actor: Actor | None = None
    outlet: Outlet | None = None
    label: str = ""
    cue: str = ""


@dataclass(frozen=True)
class AppearanceInput:
    """One printing of a statement. `chain` goes from the page towards the speaker; its positions are counted here."""

    passage: Passage
    printed_name: str = ""
    cue: str = ""
    chain: Sequence[StepInput] = ()
