"""Words, marks and quotations of one sentence, each with its place in the text."""

import functools
import re

WORD = re.compile(
    r"(?P<word>"
    r"(?:[^\W\d_]\.){2,}"  # U.S., e.g.
    r"|\w+n['’]t(?!\w)"  # didn't, taken apart below
    r"|['’](?:s|re|ll|d|ve|m)(?!\w)"
    r"|[$€£]?\d[\d.,]*\d%?|[$€£]?\d%?"
    r"|[@#]?\w+(?:[-–‑./&]\w+)*"
    r")|(?P<dash>--+|[—–]|(?<=\s)-(?=\s))|(?P<ellipsis>\.\.\.+|…)|(?P<mark>\S)",
    re.IGNORECASE,
)
NOT = ("'t", "’t", "'T", "’T")  # the end of “didn't”
TITLES = frozenset((
    "mr", "mrs", "ms", "dr", "sen", "rep", "gov", "gen", "sgt", "capt", "col",
    "lt", "rev", "hon", "st", "jr", "sr", "prof", "pres", "vs",
))  # fmt: skip
FINITE = frozenset(("VBD", "VBZ", "VB", "MD", "AUX"))  # tags of finite verbs


class Token:
    """One word, mark or whole quotation. `start` and `end` are code points of the article's text.

    `tag` is coarse (see tagging.py); a quotation is one token, so that a sentence is read around it: QT when it
    ends like an utterance (a stop or comma inside the marks), QF when it is a fragment, for a word or phrase.
    """

    __slots__ = ("end", "lemma", "lower", "start", "tag", "text")

    def __init__(self, text, start, end, tag=""):
        self.text = text
        self.lower = text.lower() if "’" not in text else text.lower().replace("’", "'")
        self.start = start
        self.end = end
        self.tag = tag
        self.lemma = ""

    def __repr__(self):
        return f"{self.text}/{self.tag}"


class Reading(list):
    """The tokens of a sentence, with the small word sets of their language (`rules`, see rules.txt)."""

    def __init__(self, tokens, rules):
        super().__init__(tokens)
        self.rules = rules
        self.found = {}  # what rules found at a place of this sentence, see `remembered`


def remembered(rule):
    """`rule(tokens, *place)`, worked out once for a place: a tagged sentence does not change any more.

    Rules ask one another about the same places. Without this a sentence of many verbs is walked again for each.
    """

    @functools.wraps(rule)
    def once(tokens, *place):
        found, key = tokens.found, (rule, place)
        if key not in found:
            found[key] = rule(tokens, *place)
        return found[key]

    return once


def skip(tokens, k, tags, step=1):
    """The first place from k on, forwards or back, whose tag is none of `tags`; it may lie outside the sentence."""
    length = len(tokens)
    while 0 <= k < length and tokens[k].tag in tags:
        k += step
    return k


def tokenise(text, start, end, quotations=()):
    """The tokens of text[start:end]; each (start, end) of `quotations` inside it becomes one token, QT or QF."""
    tokens, at = [], start
    for first, last in quotations:
        if last <= at or first >= end:
            continue
        first, last = max(first, start), min(last, end)
        words(text, at, first, tokens)
        tokens.append(Token(text[first:last], first, last, "QT" if utterance(text[first:last]) else "QF"))
        at = last
    words(text, at, end, tokens)
    return tokens


def utterance(quotation):
    """Whether a quotation ends, inside its marks, with a stop or a comma."""
    return quotation.rstrip("\"”»'’` ")[-1:] in (",", ".", "?", "!", "…", "-", "–", "—")


def words(text, start, end, tokens):
    """Append the words and marks of text[start:end] to `tokens`."""
    for match in WORD.finditer(text, start, end):
        a, b = match.span()
        kind = match.lastgroup
        piece = match.group()
        if kind == "dash":
            tokens.append(Token(piece, a, b, "DASH"))
        elif kind != "word":
            if piece == "." and tokens and tokens[-1].end == a and tokens[-1].lower in TITLES:
                tokens[-1] = Token(text[tokens[-1].start : b], tokens[-1].start, b)
            else:
                tokens.append(Token(piece, a, b, piece if kind == "mark" else ""))
        elif piece[-2:] in NOT:
            tokens.append(Token(text[a : b - 3], a, b - 3))
            tokens.append(Token(text[b - 3 : b], b - 3, b))
        elif b - a == 6 and piece.lower() == "cannot":
            tokens.append(Token(text[a : a + 3], a, a + 3))
            tokens.append(Token(text[a + 3 : b], a + 3, b))
        else:
            tokens.append(Token(piece, a, b))
