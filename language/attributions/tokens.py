"""Words, marks and quotations of one sentence, each with its place in the text."""

import functools
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from typing import Any, Concatenate, ParamSpec, TypeVar, cast

from .attribution_grammar import Grammar

FINITE = frozenset(("VBD", "VBZ", "VB", "MD", "AUX"))  # tags of finite verbs
Rules = Mapping[str, set[str]]
Range = tuple[int, int]  # tokens of a sentence: the first, and one past the last
Span = tuple[int, int]  # code points of a text: the first, and one past the last


class Token:
    """One word, mark or whole quotation. `start` and `end` are code points of the article's text.

    `tag` is coarse (see tagging.py); a quotation is one token, so that a sentence is read around it: QT when it
    ends like an utterance (a stop or comma inside the marks), QF when it is a fragment, for a word or phrase.
    """

    __slots__ = ("end", "lemma", "lower", "start", "tag", "text")

    def __init__(self, text: str, start: int, end: int, tag: str = "") -> None:
        self.text = text
        self.lower = text.lower() if "’" not in text else text.lower().replace("’", "'")
        self.start = start
        self.end = end
        self.tag = tag
        self.lemma = ""

    def __repr__(self) -> str:
        return f"{self.text}/{self.tag}"


class Tokens(list[Token]):
    """The tokens of a sentence, with the small word sets of their language (`rules`, see rules.txt)."""

    def __init__(self, tokens: Iterable[Token], rules: Rules) -> None:
        super().__init__(tokens)
        self.rules = rules
        self.reports_at: set[int] = set()  # where after a comma a new report begins, see tagging.py
        self.found: dict[tuple[object, object], Any] = {}  # what rules found at a place, see `remember`


Place = ParamSpec("Place")
Finding = TypeVar("Finding")


def remember(rule: Callable[Concatenate[Tokens, Place], Finding]) -> Callable[Concatenate[Tokens, Place], Finding]:
    """`rule(tokens, *place)`, worked out once for a place: a tagged sentence does not change any more.

    Rules ask one another about the same places. Without this a sentence of many verbs is walked again for each.
    """

    @functools.wraps(rule)
    def look_up(tokens: Tokens, *place: Place.args, **named: Place.kwargs) -> Finding:
        found, key = tokens.found, (rule, place)
        if key not in found:
            found[key] = rule(tokens, *place, **named)
        finding: Finding = found[key]  # without cast: it would be a call for each look-up
        return finding

    return cast(Callable[Concatenate[Tokens, Place], Finding], look_up)


def skip(tokens: Sequence[Token], k: int, tags: Collection[str], step: int = 1) -> int:
    """The first place from k on, forwards or back, whose tag is none of `tags`; it may lie outside the sentence."""
    length = len(tokens)
    while 0 <= k < length and tokens[k].tag in tags:
        k += step
    return k


def ends_with_comma(token: Token) -> bool:
    """Whether a token is a comma, or a quotation with one before its closing mark."""
    return token.tag == "," or (token.tag == "QT" and token.text.rstrip("\"”»'’")[-1:] == ",")


def tokenise(text: str, start: int, end: int, quotations: Iterable[tuple[int, int]], grammar: Grammar) -> list[Token]:
    """The tokens of text[start:end]; each (start, end) of `quotations` inside it becomes one token, QT or QF."""
    tokens: list[Token] = []
    at = start
    for first, last in quotations:
        if last <= at or first >= end:
            continue
        first, last = max(first, start), min(last, end)
        append_words(tokens, text, at, first, grammar)
        tokens.append(Token(text[first:last], first, last, "QT" if is_utterance(text[first:last]) else "QF"))
        at = last
    append_words(tokens, text, at, end, grammar)
    return tokens


def is_utterance(quotation: str) -> bool:
    """Whether a quotation ends, inside its marks, with a stop or a comma."""
    return quotation.rstrip("\"“”»'’` ")[-1:] in (",", ".", "?", "!", "…", "-", "–", "—")


def append_words(tokens: list[Token], text: str, start: int, end: int, grammar: Grammar) -> None:
    """Append the words and marks of text[start:end] to `tokens`."""
    titles, length_of_suffix = grammar.titles, grammar.length_of_suffix
    for match in grammar.token.finditer(text, start, end):
        first, last = match.span()
        kind, piece = match.lastgroup, match.group()
        if kind == "dash":
            tokens.append(Token(piece, first, last, "DASH"))
        elif kind != "word":
            abbreviates = piece == "." and tokens and tokens[-1].end == first
            if abbreviates and (tokens[-1].lower in titles or text[last : last + 1] in (",", ")")):
                tokens[-1] = Token(text[tokens[-1].start : last], tokens[-1].start, last)
            else:
                tokens.append(Token(piece, first, last, piece if kind == "mark" else ""))
        elif suffix := length_of_suffix(piece):
            tokens.append(Token(text[first : last - suffix], first, last - suffix))
            tokens.append(Token(text[last - suffix : last], last - suffix, last))
        else:
            tokens.append(Token(piece, first, last))
