"""What the suggester hands over: one attribution, with the spans it rests on and the rule that found it.

How it is made of a candidate: kind of speech, polarity, speech act, and how sure the rule is.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field

from .calibration import Calibration
from .candidates import Candidate
from .confidence import Evidence, evidence_for
from .coreference import Answer
from .sentences import CLOSING, MARK
from .tokens import Range, Tokens

Spans = list[tuple[int, int]]
FRAMES = {
    "that": "before a clause",
    "tail": "after what is said",
    "quote": "before a quotation",
    "awaits": "before a quotation in the next paragraph",
    "according": "with the words it refers to beside it",
    "wh": "before a question clause",
    "to": "before an infinitive",
    "np": "with an object",
    "ing": "before a gerund",
    "figure": "before a thing and its number",
    "pass": "in the passive",
    "seem": "for what seems so, to nobody named",
    "hearsay": "for what is told without a teller",
    "colon": "after a name that opens the line",
    "turn": "after who speaks in a transcript",
    "dash": "before the name that signs a quotation",
}
PLAIN = 0.8  # weight of a frame that is no weak sign
SURE = 0.97  # confidence from which a proposal, and with it its speaker, may be taken for sure
LEAST = 0.33  # confidence below which two of three are wrong: such a proposal costs an editor more than it gives
UNSURE = 0.55  # confidence of a speaker at most where the proposal is not


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

    evidence: Evidence = ("", "", "")  # what the confidence rests on, see confidence.py
    nested: list["Proposal"] = field(default_factory=list)  # Proposals inside this one's content, told by its speaker


def make_proposal(
    text: str,
    tokens: Tokens,
    candidate: Candidate,
    content: Spans,
    answer: Answer,
    steps: list[Step],
    calibration: Calibration,
) -> Proposal:
    """The proposal of a candidate with its content in the text, the Answer who speaks, and the steps of its chain."""
    source, frame = candidate.source, candidate.frame
    cue = spans_of(tokens, candidate.cue)
    how = FRAMES.get(frame) or (f"a noun, {frame.split()[-1]}" if frame.startswith("noun") else f"with “{frame[1:]}”")
    evidence = evidence_for(candidate, tokens, answer)
    confidence = min(0.99, round(calibration.probability(evidence), 2))
    why = f"“{' … '.join(text[a:b] for a, b in cue)}” {how}"
    return Proposal(
        content=content,
        source=spans_of(tokens, [(source.first, source.last + 1)]) if source is not None else [],
        cue=cue,
        kind="direct" if frame == "turn" else kind_of_speech(text, content),
        polarity="negated" if candidate.negative else "affirmed",
        act=speech_act(candidate, tokens),
        speaker=steps[0].speaker if steps else answer.name,
        speaker_confidence=answer.confidence if confidence >= SURE else min(answer.confidence, UNSURE),
        chain=steps,
        confidence=confidence,
        rule=f"{candidate.lemma}: {frame}",
        evidence=evidence,
        why=why if source is None else f"{why}; {source.rule}; {answer.why}",
    )


def spans_of(tokens: Tokens, ranges: Iterable[Range]) -> Spans:
    """Where in the text these ranges of tokens stand."""
    return [(tokens[a].start, tokens[b - 1].end) for a, b in ranges if b > a]


def kind_of_speech(text: str, content: Spans) -> str:
    """direct, mixed or indirect, by the quotation marks of the content's spans."""
    words = " ".join(text[a:b] for a, b in content).strip()
    marks = list(MARK.finditer(words))
    if not marks:
        return "indirect"
    end = words.rstrip(",.?! ")
    closed = end[-1:] in CLOSING + "\"’'" or marks[-1].end() >= len(end) or len(marks) % 2
    return "direct" if marks[0].start() == 0 and closed else "mixed"


def speech_act(candidate: Candidate, tokens: Tokens) -> str:
    """The speech act; silence told as such and refusals to comment are acts of their own."""
    rules, negated = tokens.rules, candidate.lemma if candidate.negative else ""
    if candidate.act == "refuse":
        first = candidate.contents[0][0] if candidate.contents else candidate.cue[0][1]
        return "declines" if any(t.lower in rules["withheld"] for t in tokens[first : first + 3]) else "refuse"
    if negated in rules["no answer"] or (negated in rules["silent"] and candidate.modal in rules["unwilling"]):
        return "declines"
    return "silent" if negated in rules["silent"] else candidate.act
