"""What the confidence of a proposal rests on: its pattern, how its source was found and what it is, and how long its
content is.

What these are worth is in calibration.py.
"""

from .candidates import Candidate
from .clauses import QUOTED
from .coreference import Answer
from .sources import WITH_APPOSITION, Source, speaks
from .tokens import Tokens

Evidence = tuple[str, ...]  # pattern, source, content, and what the source is: words of the tables
STATED = frozenset(("that", "tail", "quote", "awaits", "according", "dash", "colon", "turn"))
PLAIN_SOURCES = frozenset((
    "subject", "inverted subject", WITH_APPOSITION, "named after the phrase", "who signs it",
    "name before a colon", "name after a colon", "who speaks in this turn", "named after the noun",
    "subject with relative clause", "subject with participle", "quoted by another",
))  # fmt: skip
NO_STATEMENTS = frozenset(("think", "seem"))
STRONG = 0.5  # weight of a frame from which it is usual for its word
SHORT = 4  # tokens of a content that says little by itself


def evidence_for(candidate: Candidate, tokens: Tokens, answer: Answer) -> Evidence:
    """What the probability of a candidate, and of the Answer who speaks, rests on."""
    source = candidate.source
    if source is None:
        found = "no-source"
    elif source.rule not in PLAIN_SOURCES:
        found = "linked-source"
    else:
        found = "plain-source" if speaks(tokens, source.first, source.last) else "odd-source"
    quoted, length = candidate.frame == "awaits", 0
    for first, end in candidate.contents:
        length += end - first
        for token in tokens[first:end]:  # a plain loop: contents may be long
            if token.tag in QUOTED:
                quoted = True
                break
    content = "long-content" if quoted or length >= SHORT else "short-content"
    return (pattern_of(candidate), found, content, *source_words(source, tokens, answer))


def source_words(source: Source | None, tokens: Tokens, answer: Answer) -> tuple[str, ...]:
    """What a source is: name, pronoun (whether clear), relative pronoun, description; nothing without one."""
    if source is None:
        return ()
    tag = tokens[source.first].tag if source.first == source.last else ""
    if tag in ("PRP", "POSS"):
        return ("clear-pronoun" if answer.is_clear else "pronoun",)
    if tokens[source.first].tag in ("WH", "THAT"):
        return ("relative",)
    is_named = any(token.tag == "NNP" for token in tokens[source.first : source.last + 1])
    return ("name",) if is_named else ("description",)


def pattern_of(candidate: Candidate) -> str:
    frame = candidate.frame
    if candidate.modal or candidate.confidence < STRONG:
        return "weak-cue"
    if frame.startswith("noun"):
        return "noun"
    if frame in STATED and candidate.act not in NO_STATEMENTS:
        return "statement"
    if candidate.act == "judge":
        return "judgment"
    return "thought" if frame in STATED or frame in ("wh", "to") else "phrase"
