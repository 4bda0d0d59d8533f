"""Reporting words in a sentence, each with its frame: what it is, who speaks, where its content lies.

A cue is tried against the frames its word allows (verbs.txt, adjectives.txt, nouns.txt), from the surest to the
weakest; the first that fits makes a Candidate. Cue lists with frames follow O'Keefe et al. (2012) and Pareti et al.
(2013), who find that the verb decides most of an attribution; the lists are our own.
"""

from .nominals import from_adjective, from_noun
from .phrases import colon, from_phrase
from .verbs import from_verb

ADJECTIVES = frozenset(("JJ", "VBN", "VBD", "NN", "VBG", "AUX"))
NOUNS = frozenset(("NN", "JJ", "VB", "VBZ"))
CUES = ADJECTIVES | NOUNS  # all other tags can only begin a phrase such as “according to”


def candidates(tokens, lexicon, first_of_text=False):
    """Every candidate of a sentence, in the order of their cues; a headline may have a colon for a cue."""
    headed = colon(tokens, first_of_text, lexicon)
    if headed is not None:
        yield headed
    for i, token in enumerate(tokens):
        tag, found = token.tag, None
        if tag not in CUES:
            if token.lower in lexicon.phrases:
                found = from_phrase(tokens, i, lexicon)
        else:
            if tag[:2] == "VB" and token.lemma in lexicon.verbs:
                found = from_verb(tokens, i, lexicon)
            elif token.lower in lexicon.phrases:
                found = from_phrase(tokens, i, lexicon)
            if found is None and tag in ADJECTIVES and token.lower in lexicon.adjectives:
                found = from_adjective(tokens, i, lexicon)
            if found is None and tag in NOUNS:
                found = from_noun(tokens, i, lexicon)
        if found is not None and (found.contents or found.frame == "awaits"):
            yield found
