"""What the workspace of an article reads: its text with all marks, and what was recorded before."""

from ..privacy.viewer import may_see_names
from .before import Before, recorded_before, same_actor_same_claim
from .desk import (
    Desk,
    Proposed,
    capture_to_work_on,
    digest_of,
    digest_of_words,
    proposals_of,
    read_desk,
    shown,
    states_of,
    waiting_in,
)

__all__ = [
    "Before",
    "Desk",
    "Proposed",
    "capture_to_work_on",
    "digest_of",
    "digest_of_words",
    "may_see_names",
    "proposals_of",
    "read_desk",
    "recorded_before",
    "same_actor_same_claim",
    "shown",
    "states_of",
    "waiting_in",
]
