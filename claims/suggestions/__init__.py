"""What the desk proposes for a passage or a whole article: speaker, claim, date, amounts, chain. Nothing is recorded.

Reads of the database are a fixed number of queries; everything else is the pure functions of `language.attributions`,
`language.dates`, `language.amounts` and `language.names`.
"""

from .passages import suggest_for_article, suggest_for_passage
from .suggestion_types import ActorCandidate, ChainStep, ClaimCandidate, PassageSuggestion

__all__ = [
    "ActorCandidate",
    "ChainStep",
    "ClaimCandidate",
    "PassageSuggestion",
    "suggest_for_article",
    "suggest_for_passage",
]
