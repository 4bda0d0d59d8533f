"""Verb groups and noun phrases around a word, found by walking over tags; positions are token indexes."""

from collections.abc import Collection
from typing import NamedTuple

from .tokens import FINITE, Token, Tokens, remember, skip

NOUNS = frozenset(("NN", "NNP", "CD", "PRP", "QF"))
PHRASE = frozenset(("NN", "NNP", "CD", "JJ", "POS", "QF", "VBG"))
QUOTED = frozenset(("QT", "QF"))
OPENERS = frozenset(("DT", "POSS"))
BREAKS = frozenset(("CJ", ",", ";", ":", "DASH", "CS", "WH", "THAT", "(", ")"))
JOINED_AFTER = frozenset((",", ";", "WH", "THAT", "CS", "CC", "CJ", "QT", "QF", "DASH"))  # “..., Hill and Bek said”
GO_ON_WITH_AUXILIARY = frozenset(("VBN", "VBG", "AUX", "RB", "NEG"))
REACH = 60


class Group(NamedTuple):
    """A verb with what belongs to it: “has not yet said”. `first` to `last` are token indexes, `last` is the verb."""

    first: int
    last: int
    shape: str  # finite, participle, infinitive
    passive: bool
    negative: bool
    modal: str


@remember
def verb_group(tokens: Tokens, i: int) -> Group:
    """The group that ends with the verb at i."""
    first, passive, negative, modal, auxiliary, tag = i, False, False, "", False, tokens[i].tag
    for k in range(i - 1, -1, -1):
        token = tokens[k]
        if token.tag == "AUX":
            passive = passive or (not auxiliary and token.lemma in tokens.rules["passive auxiliary"] and tag == "VBN")
            auxiliary = True
        elif token.tag == "MD":
            modal, auxiliary = token.lower, True
        elif token.tag in ("NEG", "RB") or (
            token.lower in tokens.rules["adverbs in verb groups"]
            and k
            and tokens[k - 1].tag in ("AUX", "RB", "NEG", "PRP")
        ):
            negative = negative or token.tag == "NEG" or token.lower in tokens.rules["negative adverbs"]
        else:
            break
        first = k
    while not auxiliary and first + 1 < i and tokens[first].tag == tokens[first + 1].tag == "RB":
        first += 1
    if first > 0 and tokens[first - 1].tag == "TO" and tokens[first].tag not in ("VBD", "VBZ", "MD"):
        if first > 2 and tokens[first - 2].lower in tokens.rules["yet"] and tokens[first - 3].tag == "AUX":
            return Group(first - 3, i, "finite", passive, True, modal)  # “has yet to say”
        return Group(first - 1, i, "infinitive", passive, negative, modal)
    reduced = tag in ("VBG", "VBN") and not auxiliary
    if auxiliary and tokens[first].lower in tokens.rules["participle auxiliaries"]:
        return Group(first, i, "participle", passive, negative, modal)
    shape = "participle" if reduced else "finite"
    return Group(first, i, shape, passive or (reduced and tag == "VBN"), negative, modal)


@remember
def phrase_left(tokens: Tokens, j: int, depth: int = 0) -> int | None:
    """First index of the noun phrase that ends at j, with its “of ...” and “and ...”; None if none ends there."""
    k = (opening_parenthesis(tokens, j) or 0) - 1 if j >= 0 and tokens[j].tag == ")" else j
    if k < 0 or depth > 8:
        return None
    tag, start = tokens[k].tag, None
    if tag in ("DT", "PRP") or (tag == "WH" and tokens[k].lower in tokens.rules["subject relatives"]):
        start = k
    elif tag in NOUNS or tag in ("JJ", "POS", "VBG"):
        while k >= 0 and j - k < REACH:
            tag = tokens[k].tag
            if tag in PHRASE and not (
                tag == "VBG" and k and tokens[k - 1].tag not in ("DT", "POSS", "JJ", "POS", "IN")
            ):
                start = k
            elif tag in OPENERS or (tag == "PRP" and start is None):
                start = k
                break
            elif tag == ")" and (opened := opening_parenthesis(tokens, k)) is not None:
                start = k = opened
            elif tag not in ("RB", "VBN") or not k or tokens[k - 1].tag not in ("DT", "POSS", "POS"):
                break
            k -= 1
    if start is None or (start and tokens[start].tag == "POS"):
        return None
    while start > 0 and tokens[start].tag == tokens[start - 1].tag == "DT":
        start -= 1
    if start > 1:
        link, before = tokens[start - 1], tokens[start - 2]
        if (
            link.tag == "IN"
            and (before.tag in ("NN", "NNP", "CD", "DT", "VBN") or before.lower in tokens.rules["indefinite"])
            and before.lower not in tokens.rules["that"]
        ):
            left = phrase_left(tokens, start - 2 if before.tag != "VBN" else start - 3, depth + 1)
            if left is not None and not is_preposed(tokens, left):
                return left
        elif link.tag == "CC" and link.lower in tokens.rules["coordination"] and before.tag in NOUNS:
            left = phrase_left(tokens, start - 2, depth + 1)
            if left is not None and (left == 0 or tokens[left - 1].tag in JOINED_AFTER):
                return left
    return start


def is_preposed(tokens: Tokens, k: int) -> bool:
    """Whether the phrase that begins at k hangs on a preposition that opens the clause: “In a speech ...”."""
    return k > 0 and tokens[k - 1].tag == "IN" and (k < 2 or tokens[k - 2].tag in BREAKS)


def opening_parenthesis(tokens: Tokens, k: int) -> int | None:
    """The “(” that the “)” at k closes."""
    return next((n for n in range(k - 1, max(-1, k - REACH), -1) if tokens[n].tag == "("), None)


def phrase_right(tokens: Tokens, k: int) -> int:
    """One past the noun phrase that begins at k (no “of ...” and no “last week” after it), or k if none does."""
    i, n, seen = k, len(tokens), False
    while i < n and i - k < REACH:
        tag = tokens[i].tag
        if tag in ("NN", "NNP", "CD", "QF") or (tag == "QT" and seen and tokens[i - 1].tag == "POS"):
            seen = True
        elif tag in ("DT", "POSS"):
            if seen and tokens[i - 1].tag not in ("POS", "DT", "JJ"):
                break
            seen = seen or tag == "DT"
        elif tag == "PRP":
            return i if seen else i + 1
        elif not (
            (tag == "JJ" and not (seen and opens_time(tokens, i)))
            or (tag == "POS" and seen)
            or (tag in ("VBG", "VBN") and (not seen or tokens[i - 1].tag in ("DT", "POSS", "POS", "JJ")))
            or (tag == "VBN" and tokens[i - 1].tag == "CD" and i + 1 < n and tokens[i + 1].tag in ("NN", "NNP"))
            or (tag == "RB" and not seen and i + 1 < n and tokens[i + 1].tag in ("JJ", "VBN"))
        ):
            break
        i += 1
    return i if seen else k


def opens_time(tokens: Tokens, i: int) -> bool:
    """Whether a word after a noun tells when: “urged X last year”."""
    return (
        i + 1 < len(tokens)
        and tokens[i].lower in tokens.rules["which day"]
        and tokens[i + 1].lower in tokens.rules["days and weeks"]
        and tokens[i - 1].tag in NOUNS
    )


def phrase_with_tail(tokens: Tokens, k: int) -> int:
    """One past the noun phrase at k with its “of ...”, “in ...” and “and ...” parts."""
    i, n = phrase_right(tokens, k), len(tokens)
    while k < i < n - 1 and i - k < REACH:
        tag = tokens[i].tag
        if tag == "IN" or (tag == "CC" and tokens[i].lower in tokens.rules["coordination"]):
            after = phrase_right(tokens, i + 1)
            if after == i + 1 or (tag == "CC" and after < n and tokens[after].tag in FINITE):
                break
            i = after
        elif tag == "(" and (close := next((m for m in range(i, min(n, i + 12)) if tokens[m].tag == ")"), None)):
            i = close + 1
        else:
            break
    return i


def starts_clause(tokens: Tokens, k: int) -> bool:
    """Whether a clause with its own subject and finite verb begins at k."""
    n, i = len(tokens), skip(tokens, k, ("RB", "CC"))
    existential = tokens.rules["existential"]
    if any(t.lower in existential for t in tokens[k:i]) and i < n and tokens[i].tag in FINITE | {"POS"}:
        return True
    if i >= n:
        return False
    token = tokens[i]
    if token.tag in ("IN", "CS") and token.lower in tokens.rules["clause openers"]:
        if token.tag == "CS":
            return any(t.tag in FINITE for t in tokens[i : i + 25])
        comma = next((m for m in range(i, min(n, i + 20)) if tokens[m].tag == ","), None)
        return comma is not None and starts_clause(tokens, comma + 1)
    end = phrase_with_tail(tokens, i)
    if end == i:
        return token.tag == "VBG" and any(t.tag in FINITE for t in tokens[i + 1 : i + 8])
    end = skip(tokens, end, ("RB", "NEG"))
    tag = tokens[end].tag if end < n else ""
    if tag == "CC" and tokens[end].lower in tokens.rules["coordination"]:  # “the mayor and the governor will”
        joined = phrase_right(tokens, end + 1)
        verb = skip(tokens, joined, ("RB", "NEG"))
        return joined > end + 1 and verb < n and tokens[verb].tag in FINITE
    if tag == ",":  # “the pipeline, which is old, would”: an apposition, then the verb
        articles = tokens.rules["articles"]
        return any(
            tokens[m].tag == ","
            and (tokens[m + 1].tag in FINITE or (tokens[m + 1].tag in QUOTED and is_predicate(tokens[m + 1], articles)))
            for m in range(end + 2, min(n - 1, end + 30))
        )
    if tag in ("WH", "THAT") or (tag == "VBN" and tokens[end - 1].tag != "AUX"):
        stop = (
            next((m for m in range(end, min(n, end + 8)) if tokens[m].tag == ","), end + 8)
            if tag == "VBN"
            else end + 25
        )
        verbs = sum(t.tag in FINITE for t in tokens[end + 1 : stop])
        # “a claim by X that the doors were locked” has no verb of its own.
        return verbs > int(tag == "THAT" and end + 1 < n and tokens[end + 1].tag not in FINITE)
    if tag in QUOTED and end > i:  # “he “will never leave””
        return is_predicate(tokens[end], tokens.rules["articles"])
    return tag in FINITE or (tag == "POS" and tokens[end].lower in tokens.rules["short for is"])


def is_predicate(quotation: Token, articles: Collection[str]) -> bool:
    """Whether a quotation may hold the verb of what stands before it: “he “will never leave””."""
    word = quotation.text.lstrip("“\"‘'").partition(" ")[0]
    return word[:1].islower() and word not in articles


def finite_verb_before(tokens: Tokens, k: int) -> int | None:
    """Index of the nearest finite main verb before k in the same stretch (no “;” between), or None."""
    verbs = finite_verbs(tokens)
    i = verbs[min(k, len(verbs) - 1)] if k > 0 else None
    return i if i is not None and k - i < REACH else None


@remember
def finite_verbs(tokens: Tokens) -> list[int | None]:
    """For each place, and the end, the nearest finite main verb before it in its stretch."""
    last, since_auxiliary = None, REACH
    before: list[int | None] = []
    for i, token in enumerate(tokens):
        before.append(last)
        tag = token.tag
        if tag in (";", ":"):
            last = None
        elif (
            tag in ("VBD", "VBZ")
            or (tag == "VB" and not is_infinitive(tokens, i))
            or (tag in ("VBN", "VBG") and since_auxiliary < 3)
            or (tag == "AUX" and not (i + 1 < len(tokens) and tokens[i + 1].tag in GO_ON_WITH_AUXILIARY))
        ):
            last = i
        since_auxiliary = 0 if tag == "AUX" else since_auxiliary + 1
    return [*before, last]


def is_infinitive(tokens: Tokens, i: int) -> bool:
    k = skip(tokens, i - 1, ("RB", "NEG"), -1)
    return k >= 0 and tokens[k].tag == "TO"


def main_verb_after(tokens: Tokens, subject: int, r: int, clause: bool) -> int | None:
    """Where the main clause goes on after a relative clause or participle whose noun opens the sentence, or None.

    `subject` is the first index of that noun; r is where the content begins, and `clause` whether the content has a
    finite verb of its own. “people who had demanded X | had been sentenced”.
    """
    if any(t.tag in FINITE for t in tokens[max(0, subject - 20) : subject]):
        return None
    allowed, i = int(clause), r
    while i < len(tokens) and i - r < REACH:
        tag = tokens[i].tag
        if tag in (";", "QT", ":"):
            return None
        if tag in ("WH", "THAT", "CS") and i > r:
            allowed += 1
        if tag in FINITE and not is_infinitive(tokens, i):
            if allowed == 0:
                return i
            allowed -= 1
            i = skip(tokens, i + 1, ("AUX", "RB", "NEG"))
            i = i if i < len(tokens) and tokens[i].tag in ("VBN", "VBG", "VB") else i - 1
        i += 1
    return None
