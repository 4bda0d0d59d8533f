"""Whether a text reports or argues: in features and editorials fewer proposals are made, and surer ones.

News agencies keep themselves out of their reports; who writes “I”, “we” and “you” outside quotations tells a story or
argues, and there “hopes”, “wants” and “sees” are seldom statements that somebody made (Wiebe et al. 2004 take the same
words for signs of subjective text).
"""

from collections.abc import Sequence

from .clauses import QUOTED
from .lexicon import Lexicon
from .proposals import Proposal
from .sentences import Sentence

STATED = frozenset(("that", "tail", "quote", "awaits", "according", "turn", "dash", "colon"))
ACTS_THAT_ARE_NO_STATEMENTS = frozenset(("think", "seem"))
SPOKEN_ACTS = frozenset(("assert", "judge", "deny", "concede", "declines", "charge"))
SHARE = 0.34  # of the sentences that speak as the author, from which a text is no report
SHARE_OF_PROSE = 0.2  # the same where hardly anybody is quoted
ALL_PROSE = 0.88  # of the sentences without a quotation, from which hardly anybody is quoted
FEW = 5  # sentences


def argues(sentences: Sequence[Sentence], lexicon: Lexicon) -> bool:
    """Whether the author speaks, asks or demands in more than a few of the sentences, outside quotations and turns."""
    prose = [s for s in sentences if not any(t.tag in QUOTED for t in s.tokens)]
    spoken = sum(speaks_as_author(sentence, lexicon) for sentence in prose)
    least = SHARE if len(prose) < ALL_PROSE * len(sentences) else SHARE_OF_PROSE
    return len(prose) >= FEW and spoken > least * len(prose)


def speaks_as_author(sentence: Sentence, lexicon: Lexicon) -> bool:
    author = lexicon.agreement["author"] | lexicon.agreement["reader"]
    return sentence.tokens[-1].text.endswith("?") or any(
        (token.tag in ("PRP", "POSS") and token.lower in author) or token.lower in lexicon.rules["demands"]
        for token in sentence.tokens
    )


def is_statement(text: str, proposal: Proposal, lexicon: Lexicon) -> bool:
    """Whether a proposal is something that somebody other than the author said, and not only thought or wanted."""
    frame = proposal.rule.rsplit(": ", 1)[1]
    named = bool(proposal.speaker) and proposal.evidence[1] != "no-source"
    if frame not in STATED and not (named and proposal.act in SPOKEN_ACTS and not frame.startswith("noun")):
        return False
    source = " ".join(text[start:end] for start, end in proposal.source).lower()
    if source in lexicon.rules["we"] or (source in lexicon.agreement["author"] and proposal.act != "assert"):
        return False
    return proposal.act not in ACTS_THAT_ARE_NO_STATEMENTS and bool(source)
