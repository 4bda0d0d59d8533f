"""What the model looks at in a proposal: a dozen plain facts, each a name that people can read. Pure."""

import re

from ..attributions.proposals import Proposal

SURE = 0.6  # confidence of a speaker from which the workspace shows it as sure

_WORD = re.compile(r"\w+")
_PRONOUN = re.compile(r"(i|we|you|he|she|it|they|who|this|that|those|these|one)", re.IGNORECASE)
_MARK = re.compile(r"[\"“”„«»]|''")
_LENGTHS = ((4, "up to 4 words"), (12, "5 to 12 words"), (30, "13 to 30 words"))

# The first half of a feature's name, and how it is told; "{}" is the second half.
_TOLD = {
    "always": "every proposal, whatever it is",
    "trust": "the rule is trusted",
    "frame": "found by the frame “{}”",
    "cue": "the reporting word is “{}”",
    "kind": "{} speech",
    "polarity": "{}",
    "act": "the speech act is “{}”",
    "speaker": "the speaker is {}",
    "resolved": "whom the source stands for is {}",
    "length": "{}",
    "marks": "{} quotation marks",
    "chain": "{} in the chain",
}


def features_of(text: str, proposal: Proposal) -> dict[str, float]:
    """The features of a proposal in `text`, by name. All are 1.0 except "trust", the rule's confidence around 0.7."""
    cue, _, frame = proposal.rule.rpartition(": ")
    said = " ".join(text[start:end] for start, end in proposal.content)
    length = len(_WORD.findall(said))
    named = [
        "always",
        f"frame {frame}",
        f"cue {cue}",
        f"kind {proposal.kind}",
        f"polarity {proposal.polarity}",
        f"act {proposal.act}",
        f"speaker {_speaker_kind(text, proposal)}",
        f"resolved {'sure' if proposal.speaker_confidence >= SURE else 'unsure'}",
        f"length {next((told for most, told in _LENGTHS if length <= most), 'more than 30 words')}",
        f"marks {'with' if _MARK.search(said) else 'without'}",
        f"chain {'several hops' if len(proposal.chain) > 1 else 'one hop'}",
    ]
    return dict.fromkeys(named, 1.0) | {"trust": (proposal.confidence - 0.7) * 4}


def _speaker_kind(text: str, proposal: Proposal) -> str:
    if not proposal.source:
        return "nobody"
    start, end = proposal.source[0]
    words = text[start:end].split()
    if len(words) == 1 and _PRONOUN.fullmatch(words[0]):
        return "a pronoun"
    return "a name" if any(word[:1].isupper() for word in words[1:] or words) else "a description"


def in_words(feature: str) -> str:
    """The name of a feature as a person would say it."""
    group, _, rest = feature.partition(" ")
    return _TOLD[group].format(rest)
