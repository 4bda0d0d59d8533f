"""The verbs of the desk: every write to actors, questions, claims and statements goes through one of these.

Each refuses early with a sentence (`articles.tracked_changes.Refusal`), is one transaction, refuses a revision that is
no longer the one that stands (`StaleRevision`, with theirs and yours), and leaves a trace: who, when, what, why.
"""

from articles.tracked_changes import Refusal, StaleRevision

from .claims_and_actors import (
    add_actor,
    add_claim,
    add_question,
    add_topic,
    annotate,
    relate_claims,
    revise,
    reword_claim,
)
from .discards import discard, mention_of, restore
from .inputs import (
    AppearanceInput,
    IdentifierInput,
    NameInput,
    NoteInput,
    PrintingInput,
    RelationInput,
    StanceInput,
    StatementInput,
    StepInput,
    SubjectInput,
    TopicQuestionInput,
)
from .merge_steps import continue_merges
from .merges import merge_actors, merge_claims, undo_merge
from .outlet_framings import record_framing, remove_framing
from .recording import add_appearance, quote_printing, record_statement
from .reprints import TakenPrinting, reprint_chain, take_over

__all__ = [
    "AppearanceInput",
    "IdentifierInput",
    "NameInput",
    "NoteInput",
    "PrintingInput",
    "Refusal",
    "RelationInput",
    "StaleRevision",
    "StanceInput",
    "StatementInput",
    "StepInput",
    "SubjectInput",
    "TakenPrinting",
    "TopicQuestionInput",
    "add_actor",
    "add_appearance",
    "add_claim",
    "add_question",
    "add_topic",
    "annotate",
    "continue_merges",
    "discard",
    "mention_of",
    "merge_actors",
    "merge_claims",
    "quote_printing",
    "record_framing",
    "record_statement",
    "relate_claims",
    "remove_framing",
    "reprint_chain",
    "restore",
    "revise",
    "reword_claim",
    "take_over",
    "undo_merge",
]
