"""Sentences of a paragraph, found by nupunkt, with a quotation never cut in two.

nupunkt (ALEA Institute) is the Punkt method of Kiss and Strunk (2006). Its model is for English; another language may
bring its own splitter.
"""

import re

import nupunkt

from .quotations import quotations
from .tokens import tokenise

MAX_CHARACTERS = 4000
INNER_STOP = re.compile(r"[.!?…;:](?=.)", re.DOTALL)


class Sentence:
    """Tokens of one sentence, with the paragraph it stands in (`paragraph`, counted from 0) and its quotations."""

    __slots__ = ("end", "open_end", "paragraph", "quoted", "start", "tokens")

    def __init__(self, text, start, end, paragraph, quoted):
        self.start = start
        self.end = end
        self.paragraph = paragraph
        self.quoted = [(a, b) for a, b, _ in quoted if a >= start and b <= end]
        self.open_end = any(not closed for a, b, closed in quoted if a >= start and b <= end)
        self.tokens = tokenise(text, start, end, self.quoted)


def sentence_spans(text, start, end, quoted):
    """(start, end) of the sentences of text[start:end]; stops inside quotations are hidden from the splitter."""
    pieces, at = [], start
    for a, b, closed in quoted:
        inner_end = b - 2 if closed else b
        pieces.append(text[at:a])
        hidden = INNER_STOP.sub(",", text[a:inner_end]) if inner_end > a else ""
        pieces.append(hidden + text[a + len(hidden) : b])
        at = b
    pieces.append(text[at:end])
    masked = "".join(pieces)
    spans = []
    for a, b in nupunkt.sent_spans(masked):
        while a < b and masked[a].isspace():
            a += 1
        while b > a and masked[b - 1].isspace():
            b -= 1
        if a >= b:
            continue
        a, b = a + start, b + start
        # A lower-case word after a closing mark goes on with the sentence: “Is it so?” he asked.
        if spans and text[a].islower() and text[spans[-1][1] - 1] in "\"”»'":
            spans[-1] = (spans[-1][0], b)
        else:
            spans.append((a, b))
    return [piece for span in spans for piece in short(*span)]


def short(start, end):
    """A sentence longer than any sentence is read in pieces, so that reading time stays linear."""
    return [(at, min(at + MAX_CHARACTERS, end)) for at in range(start, end, MAX_CHARACTERS)]


def sentences(text, paragraph_spans):
    """Every sentence of every paragraph, in order."""
    for number, (start, end) in enumerate(paragraph_spans):
        for part_start, part_end in short_paragraphs(start, end):
            quoted = quotations(text, part_start, part_end)
            for a, b in sentence_spans(text, part_start, part_end, quoted):
                yield Sentence(text, a, b, number, quoted)


def short_paragraphs(start, end):
    limit = MAX_CHARACTERS * 5
    return [(at, min(at + limit, end)) for at in range(start, end, limit)]
