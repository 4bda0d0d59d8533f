"""What an article's text proposes to record, and which of it still waits for a decision."""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from articles.models import Capture
from articles.reading import clutter_spans
from language.attributions import suggest
from language.attributions.proposals import LEAST, Proposal

from ..models import ProposalDecision

KEPT_READINGS = 128  # texts of which a process keeps what was read: those of a hundred statements that are reviewed
MIN_JOINED_SHARE = 0.6  # share of the span from first to last word that content must fill to be quoted in one piece
MIN_COVERED_SHARE = 0.5  # share of a proposal's words that recorded passages cover, from which it is taken for recorded


@dataclass(frozen=True)
class PendingProposal:
    """A proposal that waits for a decision, with the one span that would be quoted."""

    proposal: Proposal
    start: int
    end: int
    digest: str

    @property
    def rule(self) -> str:
        return self.proposal.rule


def digest_of(spans: Sequence[tuple[int, int]], cue: Sequence[tuple[int, int]]) -> str:
    """By what a proposal is known again when the same capture is read once more: SHA-256 over its spans."""
    written = ";".join(f"{start}-{end}" for start, end in [*spans, *cue])
    return hashlib.sha256(written.encode()).hexdigest()


def span_of(proposal: Proposal) -> tuple[int, int]:
    """The one span that a proposal would quote: from its first word to its last, cue between them included, or the
    longest part where what lies between is more than what is said."""
    start, end = min(span[0] for span in proposal.content), max(span[1] for span in proposal.content)
    spoken = sum(last - first for first, last in proposal.content)
    if spoken >= MIN_JOINED_SHARE * (end - start):
        return start, end
    return max(proposal.content, key=lambda span: span[1] - span[0])


@lru_cache(maxsize=KEPT_READINGS)
def suggest_attributions(text: str, language: str) -> tuple[Proposal, ...]:
    """The attributions that the lines of an article tell, clutter left out; none in a language without word lists.

    Proposals that are most likely wrong are left out. `language` is a tag of BCP 47; without one the text is taken for
    English.
    """
    try:
        return tuple(suggest(text, language.partition("-")[0].lower() or "en", LEAST, clutter_spans(text)))
    except ValueError:
        return ()


@lru_cache(maxsize=16)
def proposals_of(text: str, language: str) -> tuple[PendingProposal, ...]:
    """What is proposed for a text, each with the span that would be quoted."""
    return tuple(
        PendingProposal(proposal, *span_of(proposal), digest_of(proposal.content, proposal.cue))
        for proposal in suggest_attributions(text, language)
    )


def filter_pending(
    proposals: Iterable[PendingProposal], decisions: dict[str, str], spans: Sequence[tuple[int, int]]
) -> list[PendingProposal]:
    """Those of `proposals` that nobody has decided on and whose words are not recorded already. Pure."""
    return [
        proposal
        for proposal in proposals
        if decisions.get(proposal.digest, ProposalDecision.Kind.REOPENED) == ProposalDecision.Kind.REOPENED
        and not any(_is_covered(span, proposal) for span in spans)
    ]


def pending_proposals(capture: Capture, spans: Sequence[tuple[int, int]]) -> list[PendingProposal]:
    """The proposals of a text that wait for a decision; `spans` are those of its passages that are recorded."""
    newest_last = ProposalDecision.objects.filter(capture=capture).order_by("id")
    decisions = dict(newest_last.values_list("digest", "decision"))
    return filter_pending(proposals_of(capture.text, capture.article.language), decisions, spans)


def count_closed(capture: Capture) -> int:
    """How many proposals were closed with the rest of the text, and not decided on since."""
    newest_last = ProposalDecision.objects.filter(capture=capture).order_by("id").values_list("digest", "decision")
    return sum(decision == ProposalDecision.Kind.CLOSED for decision in dict(newest_last).values())


def _is_covered(span: tuple[int, int], proposed: PendingProposal) -> bool:
    shared = min(span[1], proposed.end) - max(span[0], proposed.start)
    return shared >= MIN_COVERED_SHARE * (proposed.end - proposed.start)
