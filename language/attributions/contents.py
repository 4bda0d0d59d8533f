"""Where the words that somebody is said to have said begin and end (indexes into a sentence's tokens, end exclusive).

PolNeAR (Newell et al. 2018) and PARC (Pareti 2012) take as content the whole complement of the cue, “that” included.
"""

from bisect import bisect_left

from .clauses import QUOTED, phrase_right, phrase_with_tail, starts_clause
from .tokens import FINITE, Range, Tokens, ends_with_comma, remember, skip


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
        elif (
            token.tag == "CJ"
            or (token.lower in tokens.rules["adds"] and i + 1 < n and tokens[i + 1].tag in ("THAT", "QT", "QF"))
            or i in tokens.reports_at
        ):
            positions.append((i, 1))
        if i + 1 < n and (token.tag in (",", "DASH") or (token.tag == "QT" and ends_with_comma(token))):
            after = tokens[i + 1].lower
            if token.tag in QUOTED:  # “to act “presidential,” but he said”
                if after in tokens.rules["contrast"] and starts_clause(tokens, i + 2):
                    positions.append((i + 1, 1))
            elif after in tokens.rules["reports on"]:
                positions.append((i, 0))
            elif after in tokens.rules["contrast"] and any(t.tag in FINITE for t in tokens[i + 2 : i + 12]):
                positions.append((i, 3))
    return positions


@remember
def introduction_end(tokens: Tokens, cue: int, k: int) -> int | None:
    """Where the clause or phrase that opens the sentence ends, if the cue stands in it and its content begins at k.

    “While X said that Y, Z happened”, “Conceding that Y, X left”, “In addition to saying that Y, X said Z”.
    """
    first = skip(tokens, 0, ("CC", "RB", "CJ"))
    opener = subordinate_opener(tokens, first, cue)
    if opener is None:
        if first >= cue and tokens[cue].tag not in ("VBG", "VBN"):
            return None
        if tokens[first].tag not in ("CS", "VBG", "VBN", "IN") or starts_main_clause(tokens, first, cue):
            return None
    for i in range(k + 1, len(tokens) - 2):
        if tokens[i].tag != "," or tokens[i + 1].tag in ("WH", "THAT", "CC", "CJ"):
            continue
        if tokens[i + 1].tag == "IN":  # “Although she said so in May, at the hearing she said”
            begins = opener is not None and starts_clause(tokens, phrase_right(tokens, i + 2))
        else:
            begins = starts_clause(tokens, i + 1)
        if begins:
            return i
    return None


def subordinate_opener(tokens: Tokens, first: int, cue: int) -> int | None:
    """Where a clause with the cue as its first verb begins before the main one: “Last month, when X asked”."""
    for i in range(first, cue):
        if tokens[i].tag in FINITE or tokens[i].tag == "THAT":
            return None
        if tokens[i].lower in tokens.rules["subordinate"] and tokens[i].tag in ("CS", "WH"):
            return None if starts_main_clause(tokens, i, cue) else i
    return None


def starts_main_clause(tokens: Tokens, first: int, cue: int) -> bool:
    """Whether a main clause begins between the start of the sentence and the cue, after a comma."""
    return any(tokens[i].tag == "," and starts_clause(tokens, i + 1) for i in range(first, cue))


def phrase_end(tokens: Tokens, k: int) -> int:
    """The end of the noun phrase, gerund or infinitive at k with all that hangs on it, but not the next clause.

    When and where it was said is left out: “praised the plan | in an interview on Monday”.
    """
    return before_occasion(tokens, k, whole_phrase_end(tokens, k))


def before_occasion(tokens: Tokens, k: int, end: int) -> int:
    """`end` without the days and occasions of speaking that close what begins at k."""
    rules = tokens.rules
    for _ in range(3):
        j = end
        while j > k + 1 and (
            tokens[j - 1].lower in rules["days and weeks"] or tokens[j - 1].lower in rules["which day"]
        ):
            j -= 1
        if j < end and tokens[j - 1].tag not in ("DT", "CD") and tokens[end - 1].lower in rules["days and weeks"]:
            end = j
            continue
        j = next((i for i in range(end - 1, max(k, end - 8), -1) if tokens[i].tag == "IN"), k)
        if (
            j > k
            and tokens[j].lower in rules["occasion prepositions"]
            and any(t.lower in rules["occasions"] for t in tokens[j + 1 : end])
        ):
            end = j
            continue
        break
    return end


def whole_phrase_end(tokens: Tokens, k: int) -> int:
    n, past = len(tokens), k
    for i in range(k, n):
        if i < past:
            continue
        tag, lower = tokens[i].tag, tokens[i].lower
        if (
            tag in (";", ":", "DASH", "CJ")
            or (i > k and i in tokens.reports_at)
            or lower in tokens.rules["phrase breaks"]
        ):
            return trim_end(tokens, k, i)
        if tag == "," and i > k and ((past := list_goes_on(tokens, i)) or (past := examples_end(tokens, i))):
            continue
        if i > k and (
            tag == ","
            or lower in tokens.rules["when"]
            or (tag == "CS" and lower in tokens.rules["subordinate"])
            or (tag == "CC" and begins_other_predicate(tokens, i + 1))
        ):
            return trim_end(tokens, k, i)
    return trim_end(tokens, k, max(k, n))


def begins_other_predicate(tokens: Tokens, k: int) -> bool:
    """Whether what is joined at k is no part of the phrase before: “the plan and also left”, “X and who seem”."""
    verb = skip(tokens, k, ("RB",))
    return verb < len(tokens) and (
        tokens[verb].tag in ("VBD", "VBZ", "MD", "AUX", "WH") or (verb == k and tokens[verb].tag == "VBG")
    )


def examples_end(tokens: Tokens, comma: int) -> int:
    """One past the examples that follow the comma, “, including X and Y”; else 0."""
    k = comma + 1
    if k + 1 >= len(tokens) or tokens[k].lower not in tokens.rules["examples"]:
        return 0
    end = phrase_with_tail(tokens, k + 1 + (tokens[k + 1].lower in tokens.rules["as"]))
    return end if end > k + 1 else 0


def list_goes_on(tokens: Tokens, comma: int) -> int:
    """One past what follows the comma when it belongs to the phrase before: a further item, an apposition; else 0."""
    n = len(tokens)
    k = comma + 1 + (tokens[comma + 1].tag == "CC" if comma + 1 < n else 0)
    end = phrase_with_tail(tokens, k) if k < n else k
    if end == k or tokens[k].tag == "PRP" or is_consequence(tokens, k):
        return 0
    if end >= n or tokens[end].tag in (".", ";", ")") or (tokens[end].tag in (",", "CC") and k == comma + 1):
        return 0 if end < n - 1 and tokens[end].tag in (",", "CC") and begins_predicate(tokens, end + 1) else end
    return 0


def is_consequence(tokens: Tokens, k: int) -> bool:
    """Whether a participle at k tells what else the subject does: “backed the plan, putting her at odds with”."""
    return tokens[k].tag == "VBG" and (
        tokens[k].lower in tokens.rules["reports on"]
        or tokens[k + 1].tag in ("DT", "POSS", "PRP", "NNP", "THAT", "TO", "WH", "QT", "QF")
    )


def begins_predicate(tokens: Tokens, k: int) -> bool:
    """Whether a verb follows, so that the phrase before is a subject: “criticised X, and the mayor, too, left”."""
    k = skip(tokens, k, ("RB", "CC"))
    return k < len(tokens) and tokens[k].tag in FINITE


def trim_end(tokens: Tokens, k: int, end: int) -> int:
    while end > k and tokens[end - 1].tag in (",", ".", ";", ":", "DASH", "CC", "CJ"):
        end -= 1
    return end


@remember
def content_start(tokens: Tokens, end: int) -> int:
    """Where the words before “, she said” begin: at the sentence, or after a “;” or a leading “But”.

    A sentence that was not cut from the one before, and what leads up to a quotation with a colon, are left out.
    """
    first, dashes, dash, finite, last_finite, stop = 0, 0, -1, end, -1, -1
    for k in range(end):
        tag = tokens[k].tag
        if tag == "DASH":
            dashes, dash = dashes + 1, k
        elif tag == ";":
            first = k + 1
        elif tag in (".", "?", "!") and k < end - 1:
            stop = k
        elif tag in FINITE or tag in QUOTED:
            last_finite = k
            finite = k if finite == end and tag in FINITE else finite
    if dashes % 2 and finite < dash < last_finite:
        first = max(first, dash + 1)
    first = max(first, stop + 1)
    last = end - 1
    if first < last and tokens[last].tag == "QT" and tokens[last - 1].tag in (":", "QT") and tokens[first].tag != "QT":
        return last
    while first < end and (
        tokens[first].tag in ("CC", "CJ") or not (tokens[first].text[0].isalnum() or tokens[first].tag in QUOTED)
    ):
        first += 1
    return first
