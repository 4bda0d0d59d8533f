"""Which proposals of a text an editor looks at first: how sure each is, and what makes it matter."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from django.db.models import Count, Q

from language.amounts import read_amounts
from language.attributions.proposals import PLAIN, SURE

from ..models import Stance
from .claim_index import index_terms
from .claim_matches import likely_claims
from .proposals import PendingProposal

OWN_WORDS, FIGURE, DENIAL, CONTESTED = "own words", "figure", "denial", "contested claim"
MIN_SHARED_TERMS = 2  # terms that words share with a contested claim which they may bear on
MAX_WORDS_COMPARED = 20_000  # characters of proposed words by which contested claims are looked for
_FOR = (Stance.Kind.AFFIRMS, Stance.Kind.SUPPORTS)
_AGAINST = (Stance.Kind.DENIES, Stance.Kind.DISPUTES, Stance.Kind.OPPOSES)


@dataclass(frozen=True)
class RankedProposal:
    """A proposal with the words that would be quoted; `reasons` say why it matters, `certainty` how sure it is."""

    pending: PendingProposal
    words: str
    reasons: tuple[str, ...]

    @property
    def certainty(self) -> str:
        """sure, likely or unsure."""
        confidence = self.pending.proposal.confidence
        return "sure" if confidence >= SURE else "likely" if confidence >= PLAIN else "unsure"


def rank_proposals(text: str, proposals: Sequence[PendingProposal]) -> list[RankedProposal]:
    """The proposals of `text` that wait: those with most reasons to matter first, the surest of them before others.

    Eight queries at most, whatever the number of proposals, claims and statements.
    """
    words = [text[pending.start : pending.end] for pending in proposals]
    terms = [index_terms(each) for each in words]
    contested = _contested_terms(" ".join(words)[:MAX_WORDS_COMPARED]) if proposals else []
    ranked = []
    for pending, said, own in zip(proposals, words, terms, strict=True):
        reasons = list(_reasons_in_words(pending.proposal.kind, pending.proposal.polarity, pending.proposal.act, said))
        if any(len(own & claim) >= MIN_SHARED_TERMS for claim in contested):
            reasons.append(CONTESTED)
        ranked.append(RankedProposal(pending, said, tuple(reasons)))
    return sorted(
        ranked, key=lambda each: (-len(each.reasons), -round(each.pending.proposal.confidence, 2), each.pending.start)
    )


@lru_cache(maxsize=4096)
def _reasons_in_words(kind: str, polarity: str, act: str, words: str) -> tuple[str, ...]:
    found = {
        OWN_WORDS: kind in ("direct", "mixed"),
        FIGURE: any(amount.sure for amount in read_amounts(words)),
        DENIAL: polarity == "negated" or act == "deny",
    }
    return tuple(reason for reason, holds in found.items() if holds)


def _contested_terms(words: str) -> list[frozenset[str]]:
    """The terms of each claim near these words to which statements take stances for and against."""
    near = likely_claims([words]).claims
    both = (
        Stance.objects.filter(claim__in=list(near))
        .order_by()
        .values("claim")
        .annotate(
            agree=Count("pk", filter=Q(kind__in=_FOR)),
            oppose=Count("pk", filter=Q(kind__in=_AGAINST)),
        )
        .filter(agree__gt=0, oppose__gt=0)
    )
    return [index_terms(near[pk].text) for pk in both.values_list("claim", flat=True)]
