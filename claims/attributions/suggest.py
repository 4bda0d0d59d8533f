"""The whole way: text, sentences, tags, candidates, attributions, speakers, proposals."""

import re

from .lexicon import lexicon
from .proposals import Proposal
from .quotations import paragraphs
from .sentences import sentences
from .speech import attributions, spans
from .tagging import tag


def suggest(text, language="en", least=0.0):
    """Proposals for `text` with a confidence of at least `least`, in the order of the text."""
    words = lexicon(language)
    tagged = []
    for sentence in sentences(text, paragraphs(text)):
        tag(sentence.tokens, words)
        tagged.append(sentence)
    return [propose(text, a) for a in attributions(tagged, words) if a.candidate.confidence >= least]


def propose(text, attribution):
    c, tokens, content = attribution.candidate, attribution.tokens, attribution.content
    source = spans(tokens, [(c.source.first, c.source.last + 1)]) if c.source else []
    quoted = " ".join(text[a:b] for a, b in content)
    kind = "indirect"
    if re.search(r"[\"“”]|''", quoted):
        kind = "direct" if quoted[0] in "\"“" and quoted.rstrip(",.?!")[-1:] in "\"”" else "mixed"
    return Proposal(content, source, spans(tokens, c.cue), kind, "negated" if c.negative else "affirmed", c.act,
        text[source[0][0]:source[0][1]] if source else "", 0.5, [], c.confidence, f"{c.lemma} {c.frame}")
