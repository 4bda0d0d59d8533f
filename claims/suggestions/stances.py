"""The stance that is proposed towards a claim once it is chosen: by the sentence in which the words stand."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Self

from articles.models import Capture
from articles.text import Span
from language.attributions.proposals import Proposal
from language.stances import MAX_LENGTH, stance_towards

from ..models import Claim
from .sentence_bounds import SentenceBounds


@dataclass(frozen=True)
class ReportedWords:
    """Words with what reports them: `sentence`, or sentences, whose speaker is called `speaker` there; `cue` are the
    bounds of the reporting word in it, if it is known."""

    sentence: str
    speaker: str = ""
    cue: tuple[int, int] | None = None
    language: str = "en"

    @classmethod
    def from_passage(cls, capture: Capture, span: Span, proposal: Proposal | None) -> Self:
        """The words `span` of a text as `proposal` reports them."""
        text, language = capture.text, capture.article.language or "en"
        places = [(span.start, span.end), *(proposal.cue if proposal else ())]
        sentences = SentenceBounds(text)
        start = sentences.sentence(min(place[0] for place in places))[0]
        end = sentences.sentence(max(max(place[1] for place in places) - 1, 0))[1]
        if end - start > MAX_LENGTH:
            start, end = sentences.sentence(proposal.cue[0][0] if proposal and proposal.cue else span.start)
        if proposal is None or not proposal.cue:
            return cls(text[start:end], language=language)
        first, last = proposal.cue[0][0] - start, proposal.cue[-1][1] - start
        speaker = " ".join(text[begin:stop] for begin, stop in proposal.source)
        return cls(text[start:end], speaker, (first, last), language)

    def stance_towards(self, claim: Claim | str) -> str:
        """A `Stance.Kind`, or an empty string where the words leave it open."""
        text, kind = (claim.text, claim.kind) if isinstance(claim, Claim) else (claim, "")
        return stance_towards(
            text, self.sentence, speaker=self.speaker, cue=self.cue, claim_kind=kind, language=self.language
        )


def overlapping_proposal(span: Span, proposals: Sequence[Proposal]) -> Proposal | None:
    """The attribution whose words share most with the span."""

    def shared(proposal: Proposal) -> int:
        return sum(max(0, min(end, span.end) - max(start, span.start)) for start, end in proposal.content)

    best = max(proposals, key=shared, default=None)
    return best if best is not None and shared(best) else None
