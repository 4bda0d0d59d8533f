"""Sentences of a paragraph, found by nupunkt, with a quotation never cut in two.

nupunkt (ALEA Institute) is the Punkt method of Kiss and Strunk (2006). Its model is for English; another language may
bring its own splitter.
"""

import re

import nupunkt

from .quotations import quotations
from .tokens import Reading, tokenise

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
    # Without a stop before its end the paragraph is one sentence: headlines, captions, most quotations.
    for a, b in nupunkt.sent_spans(masked) if STOP.search(masked, 0, len(masked) - 1) else [(0, len(masked))]:
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
    return spans


def sentences(text, paragraph_spans, rules=None):
    """Every sentence of every paragraph, in order; one of more than MAX_TOKENS comes in pieces.

    `rules` are the sets of rules.txt, carried with the tokens for the rules that ask for them.
    """
    for number, (start, end) in enumerate(paragraph_spans):
        for first in range(start, end, MAX_CHARACTERS):
            last = min(first + MAX_CHARACTERS, end)
            quoted = quotations(text, first, last)
            at = 0
            for a, b in sentence_spans(text, first, last, quoted):
                while at < len(quoted) and quoted[at][1] <= a:
                    at += 1
                inside = []
                while at < len(quoted) and quoted[at][0] < b:
                    inside.append(quoted[at])
                    at += 1
                tokens = tokenise(text, a, b, [(q, r) for q, r, _ in inside])
                for piece in range(0, len(tokens), MAX_TOKENS):
                    yield Sentence(
                        Reading(tokens[piece : piece + MAX_TOKENS], rules), number, bool(inside) and not inside[-1][2]
                    )
