"""Paragraphs, the quotations in them, and their sentences, with a quotation never cut in two.

The splitter of sentences is the language's own. That of English is nupunkt (ALEA Institute), the Punkt method of Kiss
and Strunk (2006).
"""

import re
from collections import deque
from collections.abc import Iterable, Iterator

from .attribution_grammar import Grammar
from .lexicon import Lexicon
from .tokens import Span, Tokens, tokenise

CLOSING = "”»"
MARK = re.compile(r"''|``|[\"“”„«»]")
MAX_LENGTH = 6000  # of a quotation after which an opening mark begins another
MAX_CHARACTERS = 20_000  # of a paragraph read at once
MAX_TOKENS = 200  # of a sentence read at once; the rules look over a whole sentence, so this keeps reading time linear
STOP = re.compile("[.?!…]")
INNER_STOP = re.compile(r"[.!?…;:](?=.)", re.DOTALL)


class Sentence:
    """The tokens of one sentence and the paragraph it stands in (counted from 0).

    `open_end` when its last quotation is not closed, which is how printers mark that it goes on in the next paragraph.
    """

    __slots__ = ("open_end", "paragraph", "start", "tokens")

    def __init__(self, tokens: Tokens, paragraph: int, open_end: bool) -> None:
        self.tokens = tokens
        self.start = tokens[0].start
        self.paragraph = paragraph
        self.open_end = open_end


def paragraphs(text: str) -> list[Span]:
    """The (start, end) of each line that holds something: articles are kept with one paragraph a line or more."""
    return [match.span() for match in re.finditer(r"[^\s\n][^\n]*", text)]


def opens_quotation(text: str, mark: str, start: int, end: int, inside: bool) -> bool:
    """Whether the mark at [start, end) opens a quotation: by its shape, else by the white space around it."""
    before, after = text[start - 1] if start else " ", text[end] if end < len(text) else " "
    if mark in ("“", "„", "«", "``"):
        return not (inside and after.isspace())
    if mark in ("”", "»") or after.isspace():
        return False
    return before.isspace() or before in "([—–-‘'" or (not inside and (after.isalnum() or after in "'‘…$"))


def quotations(text: str, start: int, end: int) -> list[tuple[int, int, bool]]:
    """The quotations of the paragraph text[start:end]: a list of (start, end, closed), marks included.

    A quotation that is opened again before it is closed ends there; one that is never closed runs to the end of the
    paragraph and is not `closed`, which is how printers mark that it goes on in the next.
    """
    found, begun = [], None
    for match in MARK.finditer(text, start, end):
        a, b = match.span()
        if opens_quotation(text, match.group(), a, b, begun is not None):
            if begun is None or (match.group() in "“„«``''" and text[a - 1 : a].isspace() and a - begun > MAX_LENGTH):
                begun = a
        elif begun is not None:
            found.append((begun, b, True))
            begun = None
    return found if begun is None else [*found, (begun, end, False)]


def sentence_spans(
    text: str, start: int, end: int, quoted: Iterable[tuple[int, int, bool]], grammar: Grammar
) -> list[Span]:
    """(start, end) of the sentences of text[start:end]; stops inside quotations are hidden from the splitter."""
    masked, at = "", start
    for a, b, closed in quoted:
        hidden = INNER_STOP.sub(",", text[a : max(a, b - 2 if closed else b)])
        masked += text[at:a] + hidden + text[a + len(hidden) : b]
        at = b
    masked += text[at:end]
    spans: list[Span] = []
    # Without a stop before its end the paragraph is one sentence: headlines, captions, most quotations.
    for a, b in grammar.sentence_spans(masked) if STOP.search(masked, 0, len(masked) - 1) else [(0, len(masked))]:
        words = masked[a:b].strip()
        if not words:
            continue
        a = start + masked.index(words, a)
        b = a + len(words)
        # A lower-case word after a closing mark goes on with the sentence: “Is it so?” he asked.
        if spans and text[a].islower() and text[spans[-1][1] - 1] in "\"”»'":
            spans[-1] = (spans[-1][0], b)
        else:
            spans.append((a, b))
    return spans


def sentences(text: str, paragraph_spans: Iterable[Span], lexicon: Lexicon) -> Iterator[Sentence]:
    """Every sentence of every paragraph, in order; one of more than MAX_TOKENS comes in pieces."""
    for number, (start, end) in enumerate(paragraph_spans):
        for first in range(start, end, MAX_CHARACTERS):
            last = min(first + MAX_CHARACTERS, end)
            quoted = quotations(text, first, last)
            waiting = deque(quoted)
            for a, b in sentence_spans(text, first, last, quoted, lexicon.grammar):
                while waiting and waiting[0][1] <= a:
                    waiting.popleft()
                inside = []
                while waiting and waiting[0][0] < b:
                    inside.append(waiting.popleft())
                tokens = tokenise(text, a, b, [(q, r) for q, r, _ in inside], lexicon.grammar)
                for piece in range(0, len(tokens), MAX_TOKENS):
                    reading = Tokens(tokens[piece : piece + MAX_TOKENS], lexicon.rules)
                    yield Sentence(reading, number, bool(inside) and not inside[-1][2])
