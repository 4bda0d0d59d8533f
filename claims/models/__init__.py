"""The nouns of the desk: who said what, with which stance towards which claim, and how we know."""

from .actors import Actor, ActorName, Identifier
from .matters import Claim, ClaimRelation, Question
from .release import Approval, Merge, Release
from .statements import Appearance, AttributionStep, EditorsNote, Framing, Stance, Statement
from .workspace import Assignment, Presence, ProposalDecision, ProposalTally, ToldApart

__all__ = [
    "Actor",
    "ActorName",
    "Appearance",
    "Approval",
    "Assignment",
    "AttributionStep",
    "Claim",
    "ClaimRelation",
    "EditorsNote",
    "Framing",
    "Identifier",
    "Merge",
    "Presence",
    "ProposalDecision",
    "ProposalTally",
    "Question",
    "Release",
    "Stance",
    "Statement",
    "ToldApart",
]
