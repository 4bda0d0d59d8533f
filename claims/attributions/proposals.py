"""What the suggester hands over: one attribution, with the spans it rests on and the rule that found it."""

from dataclasses import dataclass, field

Spans = list[tuple[int, int]]


@dataclass(frozen=True)
class Step:
    """One hop of the chain from the speaker to the page: `relation` is says, cites or relays."""

    relation: str
    speaker: str
    spans: Spans = field(default_factory=list)
    cue: str = ""


@dataclass
class Proposal:
    """An attribution for an editor to accept, change or reject. All spans are (start, end) code points of the text."""

    content: Spans
    source: Spans
    cue: Spans
    kind: str  # direct, mixed, indirect
    polarity: str  # affirmed, negated
    act: str  # assert, deny, demand, promise, estimate, concede, charge, judge, think, silent, declines
    speaker: str  # the speaker as resolved; "" when nobody is named
    speaker_confidence: float
    chain: list[Step]
    confidence: float
    rule: str  # the reporting word and its frame, as in the word lists
    why: str  # the reason, in a sentence for editors

    nested: list = field(default_factory=list)  # Proposals inside this one's content, told by its speaker

    def as_spans(self):
        """The shape that score.py reads."""
        return {"source": self.source, "cue": self.cue, "content": self.content}
