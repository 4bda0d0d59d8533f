"""The nouns of the desk: who said what, with which stance towards which claim, and how we know."""

from .actor import Actor, ActorName, Identifier
from .claim import Claim, ClaimRelation, ClaimSubject, ClaimTerm, Question
from .desk_work import Assignment, FormDraft, Presence, ProposalDecision, ProposalTally, ToldApart
from .publication_status import Adoption, Approval, Merge, MergeStep, Release
from .statement import Appearance, AttributionStep, EditorsNote, Framing, Stance, Statement
from .teamwork import Comment, MailChoice, Notice
from .topic import Topic, TopicQuestion

__all__ = [
    "Actor",
    "ActorName",
    "Adoption",
    "Appearance",
    "Approval",
    "Assignment",
    "AttributionStep",
    "Claim",
    "ClaimRelation",
    "ClaimSubject",
    "ClaimTerm",
    "Comment",
    "EditorsNote",
    "FormDraft",
    "Framing",
    "Identifier",
    "MailChoice",
    "Merge",
    "MergeStep",
    "Notice",
    "Presence",
    "ProposalDecision",
    "ProposalTally",
    "Question",
    "Release",
    "Stance",
    "Statement",
    "ToldApart",
    "Topic",
    "TopicQuestion",
]
