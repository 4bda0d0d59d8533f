"""Paragraphs, the quotations in them, and their sentences, with a quotation never cut in two.

The splitter of sentences is the language's own. That of English is nupunkt (ALEA Institute), the Punkt method of Kiss
and Strunk (2006).
"""

import re
from collections import deque

from .tokens import Tokens, tokenise

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

    def __init__(self, tokens, paragraph, open_end):
        self.tokens = tokens
        self.start = tokens[0].start
        self.paragraph = paragraph
        self.open_end = open_end


def paragraphs(text):
    """The (start, end) of each line that holds something: articles are kept with one paragraph a line or more."""
    return [match.span() for match in re.finditer(r"[^\s\n][^\n]*", text)]


def opens_quotation(text, mark, start, end, intersection):
    """Whether the mark at [start, end) opens a quotation: by its shape, else by the white space around it."""
    before, after = text[start - 1] if start else " ", text[end] if end < len(text) else " "
    if mark in ("“", "„", "«", "``"):
        return not (intersection and after.isspace())
    if mark in ("”", "»") or after.isspace():
        return False
    return before.isspace() or before in "([—–-‘'" or (not intersection and (after.isalnum() or after in "'‘…$"))


def quotations(text, start, end):
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


def sentence_spans(text, start, end, quoted, grammar):
    """(start, end) of the sentences of text[start:end]; stops inside quotations are hidden from the splitter."""
    masked, at = "", start
    for a, b, closed in quoted:
        hidden = INNER_STOP.sub(",", text[a : max(a, b - 2 if closed else b)])
        masked += text[at:a] + hidden + text[a + len(hidden) : b]
        at = b
    masked += text[at:end]
    spans_of = []
    # Without a stop before its end the paragraph is one sentence: headlines, captions, most quotations.
    for a, b in grammar.sentence_spans(masked) if STOP.search(masked, 0, len(masked) - 1) else [(0, len(masked))]:
        words = masked[a:b].strip()
        if not words:
            continue
        a = start + masked.index(words, a)
        b = a + len(words)
        # A lower-case word after a closing mark goes on with the sentence: “Is it so?” he asked.
        if spans_of and text[a].islower() and text[spans_of[-1][1] - 1] in "\"”»'":
            spans_of[-1] = (spans_of[-1][0], b)
        else:
            spans_of.append((a, b))
    return spans_of


def sentences(text, paragraph_spans, lexicon):
    """Every sentence of every paragraph, in order; one of more than MAX_TOKENS comes in pieces."""
    for number, (start, end) in enumerate(paragraph_spans):
        for first in range(start, end, MAX_CHARACTERS):
            last = min(first + MAX_CHARACTERS, end)
            quoted = quotations(text, first, last)
            waiting = deque(quoted)
            for a, b in sentence_spans(text, first, last, quoted, lexicon.grammar):
                while waiting and waiting[0][1] <= a:
                    waiting.popleft()
                intersection = []
                while waiting and waiting[0][0] < b:
                    intersection.append(waiting.popleft())
                tokens = tokenise(text, a, b, [(q, r) for q, r, _ in intersection], lexicon.grammar)
                for piece in range(0, len(tokens), MAX_TOKENS):
                    reading = Tokens(tokens[piece : piece + MAX_TOKENS], lexicon.rules)
                    yield Sentence(reading, number, bool(intersection) and not intersection[-1][2])
