"""Where the words that somebody is said to have said begin and end (indexes into a sentence's tokens, end exclusive).

PolNeAR (Newell et al. 2018) and PARC (Pareti 2012) take as content the whole complement of the cue, “that” included.
"""

from bisect import bisect_left

from .clauses import FINITE
from .tokens import remembered


def clause_end(tokens, k):
    """The end of the clause that begins at k: the sentence, unless another report or the reporter goes on before."""
    places = clause_ends(tokens)
    for place, after in places[bisect_left(places, (k, 0)) :]:
        if place >= k + after:
            return trimmed(tokens, k, place)
    return trimmed(tokens, k, len(tokens))


@remembered
def clause_ends(tokens):
    """Where clauses may end: (place, tokens that the clause must have before it)."""
    n, places = len(tokens), []
    for i, token in enumerate(tokens):
        if token.tag == ";":
            places.append((i, 0))
        elif token.tag == "CJ":
            places.append((i, 1))
        elif token.tag in (",", "DASH"):
            if i + 1 == n:
                continue
            after = tokens[i + 1]
            if after.lower in tokens.rules["reports on"]:
                places.append((i, 0))
            elif after.lower in tokens.rules["contrast"] and any(t.tag in FINITE for t in tokens[i + 2 : i + 12]):
                places.append((i, 3))
        elif token.lower == "according":
            places.append((i, 0))
    return places


def phrase_end(tokens, k):
    """The end of the noun phrase, gerund or infinitive at k with all that hangs on it, but not the next clause."""
    n = len(tokens)
    i = k
    while i < n:
        token = tokens[i]
        tag = token.tag
        if tag in (";", ":", "DASH", "CJ") or (token.lower == "when" and i > k):
            break
        if tag == "," and i > k:
            break
        if (
            (tag == "CS" and i > k and token.lower in tokens.rules["subordinate"])
            or token.lower in ("according", "saying", "adding")
            or (tag == "CC" and i > k and i + 1 < n and tokens[i + 1].tag in ("VBD", "VBZ", "MD", "AUX"))
        ):
            break
        i += 1
    return trimmed(tokens, k, i)


def trimmed(tokens, k, end):
    while (
        end > k
        and tokens[end - 1].tag in (",", ".", ";", ":", "DASH", "CC", "CJ", "?", "!")
        and tokens[end - 1].tag not in ("?", "!")
    ):
        end -= 1
    return end
