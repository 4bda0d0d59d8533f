"""Where the words that somebody is said to have said begin and end (indexes into a sentence's tokens, end exclusive).

PolNeAR (Newell et al. 2018) and PARC (Pareti 2012) take as content the whole complement of the cue, “that” included.
"""

from bisect import bisect_left

from .clauses import QUOTED
from .tokens import FINITE, Range, Tokens, remember


def clause_end(tokens: Tokens, k: int) -> int:
    """The end of the clause that begins at k: the sentence, unless another report or the reporter goes on before."""
    positions = clause_ends(tokens)
    for position, after in positions[bisect_left(positions, (k, 0)) :]:
        if position >= k + after:
            return trim_end(tokens, k, position)
    return trim_end(tokens, k, len(tokens))


@remember
def clause_ends(tokens: Tokens) -> list[Range]:
    """Where clauses may end: (place, tokens that the clause must have before it)."""
    n, positions = len(tokens), []
    for i, token in enumerate(tokens):
        if token.tag == ";" or token.lower in tokens.rules["according"]:
            positions.append((i, 0))
        elif token.tag == "CJ":
            positions.append((i, 1))
        elif i in tokens.reports_at:
            positions.append((i, 1))
        if token.tag in (",", "DASH") and i + 1 < n:
            after = tokens[i + 1].lower
            if after in tokens.rules["reports on"]:
                positions.append((i, 0))
            elif after in tokens.rules["contrast"] and any(t.tag in FINITE for t in tokens[i + 2 : i + 12]):
                positions.append((i, 3))
    return positions


def phrase_end(tokens: Tokens, k: int) -> int:
    """The end of the noun phrase, gerund or infinitive at k with all that hangs on it, but not the next clause."""
    n = len(tokens)
    for i in range(k, n):
        tag, lower = tokens[i].tag, tokens[i].lower
        if tag in (";", ":", "DASH", "CJ") or (i > k and i in tokens.reports_at) or lower in tokens.rules["phrase breaks"]:
            return trim_end(tokens, k, i)
        if i > k and (
            tag == ","
            or lower in tokens.rules["when"]
            or (tag == "CS" and lower in tokens.rules["subordinate"])
            or (tag == "CC" and i + 1 < n and tokens[i + 1].tag in ("VBD", "VBZ", "MD", "AUX"))
        ):
            return trim_end(tokens, k, i)
    return trim_end(tokens, k, max(k, n))


def trim_end(tokens: Tokens, k: int, end: int) -> int:
    while end > k and tokens[end - 1].tag in (",", ".", ";", ":", "DASH", "CC", "CJ"):
        end -= 1
    return end


def content_start(tokens: Tokens, end: int) -> int:
    """Where the words before “, she said” begin: at the sentence, or after a “;” or a leading “But”."""
    dashes = [k for k in range(end) if tokens[k].tag == "DASH"]
    finite = next((k for k in range(end) if tokens[k].tag in FINITE), end)
    dash = dashes[-1] if len(dashes) % 2 and finite < dashes[-1] else -1
    first = max((k for k in range(end) if tokens[k].tag == ";" or k == dash), default=-1) + 1
    while first < end and (
        tokens[first].tag in ("CC", "CJ") or not (tokens[first].text[0].isalnum() or tokens[first].tag in QUOTED)
    ):
        first += 1
    return first
