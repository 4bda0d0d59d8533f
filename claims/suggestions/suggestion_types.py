"""What is suggested: values with reasons, each to be accepted, changed or left by an editor."""

from dataclasses import dataclass, field

from articles.models import Outlet
from articles.text import Span
from language.amounts import AmountInWords
from language.attributions.proposals import Proposal
from language.dates import DateInWords

from ..models import Actor, Claim


@dataclass(frozen=True)
class ActorCandidate:
    """An actor that a printed name may stand for. `name` is the recorded name or role that is like it.

    `level` is "same" (may be filled in), "likely" or "possible" (to be chosen by an editor).
    """

    actor: Actor
    name: str
    level: str
    score: float
    why: str


@dataclass(frozen=True)
class ClaimCandidate:
    """A claim that the words may bear on, with their likeness from 0 to 1 and its grade: "same" or "perhaps"."""

    claim: Claim
    score: float
    grade: str
    why: str


@dataclass(frozen=True)
class ChainStep:
    """One hop between the page and the speaker, nearest to the page first: exactly one of actor, outlet and label."""

    relation: str
    actor: Actor | None = None
    outlet: Outlet | None = None
    label: str = ""
    cue: str = ""
    sure: bool = True
    why: str = ""


@dataclass
class PassageSuggestion:
    """What can be filled in for the words `span`. Empty lists and strings where nothing is known.

    `turn` is who is speaking there in a transcript, where the words themselves attribute nothing to anybody else.
    """

    span: Span
    proposal: Proposal | None = None
    printed_name: str = ""
    turn: str = ""
    cue: str = ""
    mode: str = ""
    speakers: list[ActorCandidate] = field(default_factory=list)
    claims: list[ClaimCandidate] = field(default_factory=list)
    said_on: list[DateInWords] = field(default_factory=list)
    dates: list[DateInWords] = field(default_factory=list)
    amounts: list[AmountInWords] = field(default_factory=list)
    chain: list[ChainStep] = field(default_factory=list)
