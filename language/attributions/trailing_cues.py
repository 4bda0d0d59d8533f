"""“..., she said”: cues that close what they report, or stand in its middle."""

from . import sources
from .candidates import (
    STOPS,
    Candidate,
    build_candidate,
    can_speak,
    positions_after_addressee,
    positions_after_adverbials,
)
from .clauses import QUOTED, Group, phrase_left, starts_clause
from .contents import clause_end, content_start, trim_end
from .lexicon import Cue, Lexicon
from .sources import Source
from .tokens import FINITE, Tokens, remember, skip
from .verb_tags import has_main_verb

CLAUSE_MARKS = frozenset((",", "DASH", ":", ";"))
HAS_VERB = FINITE | QUOTED
FEW = 3  # tokens of a clause
TITLE = 4  # words of a quotation that may be the name of a show or a book


def closes_report(tokens: Tokens, group: Group) -> bool:
    """Whether the verb closes what it reports: a comma or a quotation right before its subject."""
    k = group.first - 1
    if k < 0 or only_introduces(tokens, group.first, group.last + 1):
        return False
    if tokens[k].tag in (*QUOTED, ","):
        apposed = sources.subject(tokens, group) if tokens[k].tag == "," else None
        before = apposed.first if apposed is not None and apposed.rule == sources.WITH_APPOSITION else k
        return tokens[k].tag in QUOTED or (before > 0 and tokens[before - 1].tag in QUOTED)
    start = phrase_left(tokens, k)
    return start is not None and start > 0 and tokens[start - 1].tag in QUOTED


def closes_clause(tokens: Tokens, group: Group) -> bool:
    """Whether a comma and a whole clause stand before the subject: “It is vital, he said after meeting X”."""
    subject = sources.subject(tokens, group)
    if subject is None or subject.first < FEW or subject.first > group.first or tokens[subject.first - 1].tag != ",":
        return False
    first = content_start(tokens, subject.first - 1)
    return not is_subordinate(tokens, first, subject.first - 1) and starts_clause(tokens, first)


@remember
def first_quotation(tokens: Tokens) -> int:
    """The place of the first quotation; past the sentence where there is none."""
    return next((i for i, token in enumerate(tokens) if token.tag in QUOTED), len(tokens))


@remember
def only_introduces(tokens: Tokens, end: int, r: int) -> bool:
    """Whether the words before `end` only lead up to a report whose content begins at r.

    Such are a phrase with the name of a show, “On the “Hannity” show, X said ...”, and a clause like “Although X spoke
    of “friends,” he said it was over”.
    """
    if first_quotation(tokens) >= end:
        return False
    first = content_start(tokens, end)
    if first >= end or tokens[first].tag in QUOTED:
        return False
    if tokens[first].tag == "CS" and starts_clause(tokens, r):
        return True
    quoted = [i for i in range(end) if tokens[i].tag in QUOTED]
    return (
        len(quoted) == 1
        and len(tokens[quoted[0]].text.split()) <= TITLE
        and not any(t.tag in FINITE for t in tokens[first : quoted[0]])
    )


def from_tail(tokens: Tokens, group: Group, r: int, cue: Cue, lexicon: Lexicon) -> Candidate | None:
    """“..., she said” and “..., said X”, perhaps with more after it."""
    if not (cue.weight("tail") or cue.weight("quote")) or not group.first:
        return None
    n, k, source = len(tokens), group.first - 1, None
    if group.shape != "finite":
        return report_quoted_by_another(tokens, group, r, cue)
    if tokens[k].lower in tokens.rules["so"] and k:  # “– so says X”
        k -= 1
    if tokens[k].tag in (",", "QT", "QF", "DASH") and r < n:
        addressed = cue.lemma in tokens.rules["tell"]
        source = None if addressed or has_apposition(tokens, group) else sources.inverted_subject(tokens, r)
        left = k if tokens[k].tag not in QUOTED else k + 1
        plain = tokens[k].tag == "QF" or first_quotation(tokens) >= left
        opening = tokens[source.first] if source is not None else None
        says_nothing = opening is not None and opening.tag != "DT" and opening.lower in tokens.rules["no content"]
        if source and (says_nothing or (plain and not can_speak(tokens, source, lexicon))):
            source = None
        end = source.last + 1 if source else r
    if source is None:
        source = sources.subject(tokens, group)
        if source is None or source.rule in ("subject shared", "relative pronoun") or not source.first:
            return None
        left = source.first
        if skip(tokens, 0, ("CC", "RB")) == left - 1 and tokens[left - 1].lower in tokens.rules["as"]:
            return report_after_as(tokens, group, r, cue, source, lexicon)
        if tokens[left - 1].tag == "CS" and tokens[left - 1].lower in tokens.rules["as"]:
            left -= 1
        before = tokens[left - 1].tag
        if before not in (",", "QT", "DASH", "?", "!") and not (left == 1 and tokens[0].tag == "QF"):
            return None
        positions = positions_after_adverbials(tokens, r, lexicon)
        if cue.weight("told"):
            positions += positions_after_addressee(tokens, r, lexicon)
        ends = [p for p in positions if p >= n or tokens[p].tag in STOPS]
        after_quotation = before == "QT" or (left > 1 and before == "," and tokens[left - 2].tag in QUOTED)
        goes_on = before == "," and r < n and tokens[r].tag in ("CS", "IN")  # “..., he said after meeting X”
        if not (ends or after_quotation or goes_on):
            return None
        end = min(ends, default=r)
    has_quote = first_quotation(tokens) < left
    if not has_quote and not cue.weight("tail"):
        return None
    left_end = trim_end(tokens, 0, left)
    first = content_start(tokens, left_end)
    after = tokens[end].tag if end + 1 < n else ""
    goes_on = after == "," and (tokens[end + 1].tag in FINITE | {"POSS"} or starts_clause(tokens, end + 1))
    introduces = has_quote and only_introduces(tokens, left_end, r)
    if (not has_quote or introduces) and not goes_on and is_subordinate(tokens, first, left_end):
        return None
    if introduces and starts_clause(tokens, r):
        return None
    if (
        tokens[first].tag not in QUOTED
        and (not has_quote or starts_clause(tokens, r))
        and not is_headline_tail(tokens, group, source)
        and not has_main_verb(tokens[first:left_end], left_end - first)
        and not (after in CLAUSE_MARKS and not has_quote and any(t.tag in HAS_VERB for t in tokens[end:]))
    ):
        return None
    contents = [(first, left_end)]
    if after in (",", "DASH"):
        joined = end + 2 < n and tokens[end + 1].tag in ("CC", "CJ") and tokens[end + 2].tag in QUOTED
        rest = tokens[end + 1]
        if has_quote and joined:  # “A,” he said, but “B”
            contents.append((end + 2, clause_end(tokens, end + 2)))
        elif rest.tag in QUOTED or (
            not has_quote
            and rest.tag not in ("VBG", "VBN", "WH", "CS", "IN")
            and rest.lower not in tokens.rules["personal relative"]
        ):
            contents.append((end + 1, clause_end(tokens, end + 1)))
        else:
            later = next((m for m in range(end + 1, n) if tokens[m].tag in QUOTED), None)
            if has_quote and later is not None and tokens[later - 1].tag in (",", ":"):
                contents.append((later, clause_end(tokens, later)))
    elif after == ":" or (after == ";" and not has_quote):
        contents.append((end + 1, trim_end(tokens, end + 1, n)))
    if not any(b - a > 1 or tokens[a].tag in QUOTED for a, b in contents if b > a):
        return None
    return build_candidate(
        group, r, cue, "tail", contents, source, max(cue.weight("tail"), cue.weight("quote")), is_tail=True
    )


def is_headline_tail(tokens: Tokens, group: Group, source: sources.Source) -> bool:
    """“Bridge unsafe, says engineer”: the verb of a headline may be missing."""
    return tokens[group.last].tag == "VBZ" and source.first > group.last and source.last >= len(tokens) - 2


def report_quoted_by_another(tokens: Tokens, group: Group, r: int, cue: Cue) -> Candidate | None:
    """“..., the agency quoted X as saying”."""
    source, relayer = sources.quoted_subject(tokens, group.first), sources.relayer(tokens, group.first)
    if source is None or (r < len(tokens) and tokens[r].tag not in STOPS):
        return None
    left = source.first if relayer is None or relayer.first > source.first else relayer.first
    if left < 1 or tokens[left - 1].tag not in (",", "QT", "QF"):
        return None
    left_end = trim_end(tokens, 0, left)
    contents = [(content_start(tokens, left_end), left_end)]
    if r + 1 < len(tokens) and tokens[r + 1].tag in QUOTED:
        contents.append((r + 1, clause_end(tokens, r + 1)))
    return build_candidate(group, r, cue, "tail", contents, source, is_tail=True)


def has_apposition(tokens: Tokens, group: Group) -> bool:
    """Whether the subject stands before the verb in “...,” X, the mayor of Y, said, where a comma alone would look like
    inversion."""
    found = sources.subject(tokens, group)
    if found is None or found.rule != sources.WITH_APPOSITION:
        return False
    if found.first == 0:
        papers = tokens.rules["papers"]
        return starts_clause(tokens, group.last + 1) or tokens[found.first + 1].lower in papers
    k = found.first - 1
    return tokens[k].tag == "QT" or (tokens[k].tag == "," and k > 0 and tokens[k - 1].tag in QUOTED)


def is_subordinate(tokens: Tokens, first: int, end: int) -> bool:
    """“When X came, he said ...”: nothing but a preposition's phrase or a subordinate clause stands before the cue."""
    opener = tokens[first]
    if opener.tag not in ("IN", "CS", "VBG", "VBN", "TO") and opener.lower not in tokens.rules["clause introductions"]:
        return False
    commas = [k for k in range(first, end) if tokens[k].tag == ","]
    return not any(starts_clause(tokens, k + 1) for k in commas)


def report_after_as(
    tokens: Tokens, group: Group, r: int, cue: Cue, source: Source, lexicon: Lexicon
) -> Candidate | None:
    """“As X noted, the clause”."""
    commas = (p for p in positions_after_adverbials(tokens, r, lexicon) if p + 1 < len(tokens) and tokens[p].tag == ",")
    p = next(commas, None)
    if p is None:
        return None
    return build_candidate(group, r, cue, "tail", [(p + 1, clause_end(tokens, p + 1))], source, 0.8)
