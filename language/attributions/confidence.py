"""What the confidence of a proposal rests on: its pattern, how its source was found, how long its content is.

What these are worth is in calibration.py.
"""

from .candidates import Candidate
from .clauses import QUOTED
from .sources import WITH_APPOSITION, speaks
from .tokens import Tokens

Evidence = tuple[str, str, str]  # pattern, source, content: words of the tables
STATED = frozenset(("that", "tail", "quote", "awaits", "according", "dash", "colon", "turn"))
PLAIN_SOURCES = frozenset((
    "subject", "inverted subject", WITH_APPOSITION, "named after the phrase", "who signs it",
    "name before a colon", "name after a colon", "who speaks in this turn", "named after the noun",
    "subject with relative clause", "subject with participle", "quoted by another",
))  # fmt: skip
NO_STATEMENTS = frozenset(("think", "seem"))
STRONG = 0.5  # weight of a frame from which it is usual for its word
SHORT = 3  # tokens of a content that says little by itself


def evidence_for(candidate: Candidate, tokens: Tokens) -> Evidence:
    """What the probability of a candidate rests on."""
    source = candidate.source
    if source is None:
        found = "no-source"
    elif source.rule not in PLAIN_SOURCES:
        found = "linked-source"
    else:
        found = "plain-source" if speaks(tokens, source.first, source.last) else "odd-source"
    quoted, length = False, 0
    for first, end in candidate.contents:
        length += end - first
        for token in tokens[first:end]:  # a plain loop: contents may be long
            if token.tag in QUOTED:
                quoted = True
                break
    return pattern_of(candidate), found, "long-content" if quoted or length >= SHORT else "short-content"


def pattern_of(candidate: Candidate) -> str:
    frame = candidate.frame
    if candidate.modal or candidate.confidence < STRONG:
        return "weak-cue"
    if frame.startswith("noun"):
        return "noun"
    if frame in STATED and candidate.act not in NO_STATEMENTS:
        return "statement"
    return "thought" if frame in STATED or frame in ("wh", "to") else "phrase"
