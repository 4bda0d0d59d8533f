"""Where the words that somebody is said to have said begin and end (indexes into a sentence's tokens, end exclusive).

PolNeAR (Newell et al. 2018) and PARC (Pareti 2012) take as content the whole complement of the cue, “that” included.
"""

from .clauses import FINITE


def clause_end(tokens, k):
    """The end of the clause that begins at k: the sentence, unless another report or the reporter goes on before."""
    n = len(tokens)
    i = k
    while i < n:
        token = tokens[i]
        if token.tag == ";" or (token.tag == "CJ" and i > k):
            break
        if token.tag in (",", "DASH") and i + 1 < n:
            after = tokens[i + 1]
            if after.lower in tokens.rules["reports on"]:
                break
            if (
                after.lower in tokens.rules["contrast"]
                and i > k + 2
                and any(t.tag in FINITE for t in tokens[i + 2 : i + 12])
            ):
                break
        elif token.lower == "according":
            break
        i += 1
    return trimmed(tokens, k, i)


def phrase_end(tokens, k):
    """The end of the noun phrase, gerund or infinitive at k with all that hangs on it, but not the next clause."""
    n = len(tokens)
    i, clauses = k, 0
    while i < n:
        token = tokens[i]
        tag = token.tag
        if tag in (";", ":", "DASH", "CJ") or (token.lower == "when" and i > k):
            break
        if tag == "," and i > k:
            break
        if tag in ("WH", "THAT"):
            clauses += 1
        elif (
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
