"""Verb groups and noun phrases around a word, found by walking over tags; positions are token indexes."""

from typing import NamedTuple

from .tokens import remembered

NOUNS = frozenset(("NN", "NNP", "CD", "PRP", "QF"))
PHRASE = frozenset(("NN", "NNP", "CD", "JJ", "POS", "QF", "VBG"))
QUOTED = frozenset(("QT", "QF"))
OPENERS = frozenset(("DT", "POSS"))
FINITE = frozenset(("VBD", "VBZ", "VB", "MD", "AUX"))
BREAKS = frozenset(("CJ", ",", ";", ":", "DASH", "CS", "WH", "THAT", "(", ")"))
REACH = 60


class Group(NamedTuple):
    """A verb with what belongs to it: “has not yet said”. `first` to `last` are token indexes, `last` is the verb."""

    first: int
    last: int
    shape: str  # finite, participle, infinitive
    passive: bool
    negative: bool
    modal: str


@remembered
def verb_group(tokens, i):
    """The group that ends with the verb at i."""
    first, passive, negative, modal, auxiliary = i, False, False, "", False
    k = i - 1
    nearest = True
    while k >= 0:
        token = tokens[k]
        if token.tag == "NEG":
            negative = True
        elif token.tag == "RB" or (token.lower in ("never", "since") and k and tokens[k - 1].tag in ("AUX", "RB")):
            negative = negative or token.lower == "never"
        elif token.tag == "AUX":
            if nearest and token.lemma == "be" and tokens[i].tag == "VBN":
                passive = True
            nearest = False
            auxiliary = True
        elif token.tag == "MD":
            modal, auxiliary, nearest = token.lower, True, False
        else:
            break
        first = k
        k -= 1
    while first < i and tokens[first].tag == "RB" and not auxiliary and first + 1 < i and tokens[first + 1].tag == "RB":
        first += 1
    tag = tokens[i].tag
    if first > 0 and tokens[first - 1].tag == "TO":
        shape = "infinitive"
        first -= 1
    elif tag == "VBG" and not auxiliary:
        shape = "participle"
    elif tag == "VBN" and not auxiliary:
        shape = "participle"
        passive = True
    else:
        shape = "finite"
    return Group(first, i, shape, passive, negative, modal)


@remembered
def phrase_left(tokens, j, depth=0):
    """First index of the noun phrase that ends at j, with its “of ...” and “and ...”; None if none ends there."""
    if j < 0 or depth > 8:
        return None
    k = j
    if tokens[k].tag == ")":
        k = opening(tokens, k)
        if k is None:
            return None
        k -= 1
        if k < 0:
            return None
    tag = tokens[k].tag
    if tag == "DT" or tag == "PRP" or (tag == "WH" and tokens[k].lower in ("who", "which")):
        start = k
    elif tag in NOUNS or tag in ("JJ", "POS", "VBG"):
        start = None
        while k >= 0 and j - k < REACH:
            tag = tokens[k].tag
            if tag in PHRASE and not (
                tag == "VBG" and k and tokens[k - 1].tag not in ("DT", "POSS", "JJ", "POS", "IN")
            ):
                start = k
            elif tag in OPENERS:
                start = k
                break
            elif tag == "PRP":
                if start is None:
                    start = k
                break
            elif tag in ("RB", "VBN", "JJ") and k and tokens[k - 1].tag in ("DT", "POSS", "POS"):
                pass
            elif tag == ")" and opening(tokens, k) is not None:
                k = opening(tokens, k)
                start = k
            else:
                break
            k -= 1
        if start is None:
            return None
    else:
        return None
    while start > 0 and tokens[start].tag == "DT" and tokens[start - 1].tag == "DT":
        start -= 1
    if start > 0 and tokens[start].tag == "POS":
        return None
    if start > 1:
        link = tokens[start - 1]
        before = tokens[start - 2]
        if link.tag == "IN" and before.tag in ("NN", "NNP", "CD", "DT", "VBN") and before.lower != "that":
            left = phrase_left(tokens, start - 2 if before.tag != "VBN" else start - 3, depth + 1)
            if left is not None and not preposed(tokens, left):
                return left
        elif link.tag == "CC" and link.lower in ("and", "or", "&") and before.tag in NOUNS:
            left = phrase_left(tokens, start - 2, depth + 1)
            if left is not None and (left == 0 or tokens[left - 1].tag in (",", ";", "WH", "THAT", "CS", "CC")):
                return left
    return start


def preposed(tokens, k):
    """Whether the phrase that begins at k hangs on a preposition that opens the clause: “In a speech ...”."""
    return k > 0 and tokens[k - 1].tag == "IN" and (k < 2 or tokens[k - 2].tag in BREAKS)


def opening(tokens, k):
    """The “(” that the “)” at k closes."""
    for n in range(k - 1, max(-1, k - REACH), -1):
        if tokens[n].tag == "(":
            return n
    return None


def phrase_right(tokens, k):
    """One past the noun phrase that begins at k (no “of ...” after it), or k if none does."""
    i, n, seen = k, len(tokens), False
    while i < n and i - k < REACH:
        tag = tokens[i].tag
        if tag in ("NN", "NNP", "CD", "QF"):
            seen = True
        elif tag in ("DT", "POSS"):
            if seen and tokens[i - 1].tag != "POS" and tokens[i - 1].tag != "DT":
                break
            seen = seen or tag == "DT"
        elif tag == "PRP":
            if not seen:
                i += 1
            seen = True
            break
        elif tag == "POS":
            if not seen:
                break
        elif tag in ("JJ", "VBG", "VBN"):
            if seen and tag != "JJ" and tokens[i - 1].tag not in ("DT", "POSS", "POS", "JJ"):
                break
        elif tag == "RB" and i + 1 < n and tokens[i + 1].tag in ("JJ", "VBN") and not seen:
            pass
        else:
            break
        i += 1
    return i if seen else k


def phrase_with_tail(tokens, k):
    """One past the noun phrase at k with its “of ...”, “in ...” and “and ...” parts."""
    i = phrase_right(tokens, k)
    if i == k:
        return k
    n = len(tokens)
    while i < n - 1 and i - k < REACH:
        tag = tokens[i].tag
        if tag == "IN" or (tag == "CC" and tokens[i].lower in ("and", "or", "&")):
            after = phrase_right(tokens, i + 1)
            if after == i + 1:
                break
            if tag == "CC" and after < n and tokens[after].tag in FINITE:
                break
            i = after
        elif tag == "(":
            close = next((m for m in range(i, min(n, i + 12)) if tokens[m].tag == ")"), None)
            if close is None:
                break
            i = close + 1
        else:
            break
    return i


def clause_starts(tokens, k):
    """Whether a clause with its own subject and finite verb begins at k."""
    n = len(tokens)
    i = k
    while i < n and tokens[i].tag in ("RB", "CC"):
        i += 1
    if i < n and tokens[i].lower == "there":
        return True
    if (
        i < n
        and tokens[i].tag in ("IN", "CS")
        and tokens[i].lower in ("if", "when", "while", "because", "in", "after", "without")
    ):
        return any(t.tag in FINITE for t in tokens[i : i + 25])
    end = phrase_with_tail(tokens, i)
    if end == i:
        return i < n and tokens[i].tag == "VBG" and any(t.tag in FINITE for t in tokens[i + 1 : i + 8])
    while end < n and tokens[end].tag in ("RB", "NEG"):
        end += 1
    if end < n and tokens[end].tag == "VBN" and tokens[end - 1].tag != "AUX":
        return any(t.tag in FINITE for t in tokens[end + 1 : end + 8])
    if end < n and tokens[end].tag in ("WH", "THAT", ","):
        if tokens[end].tag == ",":  # “the pipeline, which is old, would”: an apposition, then the verb
            return any(
                tokens[m].tag == "," and tokens[m + 1].tag in FINITE for m in range(end + 2, min(n - 1, end + 30))
            )
        return any(t.tag in FINITE for t in tokens[end + 1 : end + 25])
    return end < n and (tokens[end].tag in FINITE or (tokens[end].tag == "POS" and tokens[end].lower == "'s"))


@remembered
def finite_before(tokens, k):
    """Index of the nearest finite main verb before k in the same stretch (no “;” between), or None."""
    i = k - 1
    while i >= 0 and k - i < REACH:
        tag = tokens[i].tag
        if tag in (";", ":"):
            return None
        if tag in ("VBD", "VBZ") or (tag == "VB" and not infinitive(tokens, i)):
            return i
        if tag in ("VBN", "VBG") and any(t.tag == "AUX" for t in tokens[max(0, i - 3) : i]):
            return i
        if tag == "AUX" and not (i + 1 < len(tokens) and tokens[i + 1].tag in ("VBN", "VBG", "AUX", "RB", "NEG")):
            return i
        i -= 1
    return None


def infinitive(tokens, i):
    k = i - 1
    while k >= 0 and tokens[k].tag in ("RB", "NEG"):
        k -= 1
    return k >= 0 and tokens[k].tag == "TO"


def main_verb_after(tokens, subject, r, clause):
    """Where the main clause goes on after a relative clause or participle whose noun opens the sentence, or None.

    `subject` is the first index of that noun; r is where the content begins, and `clause` whether the content has a
    finite verb of its own. “people who had demanded X | had been sentenced”.
    """
    if any(t.tag in FINITE for t in tokens[max(0, subject - 20) : subject]):
        return None
    allowed = 1 if clause else 0
    i = r
    while i < len(tokens) and i - r < REACH:
        tag = tokens[i].tag
        if tag in (";", "QT", ":"):
            return None
        if tag in ("WH", "THAT", "CS") and i > r:
            allowed += 1
        if tag in FINITE and not infinitive(tokens, i):
            if allowed == 0:
                return i
            allowed -= 1
            while i + 1 < len(tokens) and tokens[i + 1].tag in ("AUX", "VBN", "VBG", "RB", "NEG", "VB"):
                i += 1
        i += 1
    return None
