"""What the desk proposes for a passage or a whole article: speaker, claim, date, amounts, chain. Nothing is recorded.

Reads of the database are a fixed number of queries; everything else is the pure functions of `claims.attributions`,
`claims.dates_in_words`, `claims.amounts` and `claims.matching`.
"""

from .passages import suggest_for_article, suggest_for_passage
from .shapes import ActorCandidate, ChainStep, ClaimCandidate, PassageSuggestion

__all__ = [
    "ActorCandidate",
    "ChainStep",
    "ClaimCandidate",
    "PassageSuggestion",
    "suggest_for_article",
    "suggest_for_passage",
]
