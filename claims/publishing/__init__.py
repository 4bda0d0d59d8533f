"""How what the desk writes reaches the public record: submit, send back, publish, withdraw (docs/publishing.md).

Readers see documents, never the desk's rows: what is edited after it was published stays unseen until it is published
again.
"""

from .original_check import unsound_originals
from .plan import plan
from .planned_documents import Complaint, Plan, PlannedDocument
from .publication_steps import PublicationRefused, approve, publish, send_back, submit
from .quotation_check import unsupported_quotations
from .two_person_rule import alternative_reviewers
from .withdrawal import erase, restoration, undo_withdrawal, withdraw

__all__ = [
    "Complaint",
    "Plan",
    "PlannedDocument",
    "PublicationRefused",
    "alternative_reviewers",
    "approve",
    "erase",
    "plan",
    "publish",
    "restoration",
    "send_back",
    "submit",
    "undo_withdrawal",
    "unsound_originals",
    "unsupported_quotations",
    "withdraw",
]
