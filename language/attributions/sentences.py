"""Paragraphs, the quotations in them, and their sentences, with a quotation never cut in two.

The splitter of sentences is the language's own. That of English is nupunkt (ALEA Institute), the Punkt method of Kiss
and Strunk (2006).
"""

import re
from collections import deque
from collections.abc import Iterable, Iterator, Sequence

from .attribution_grammar import Grammar
from .lexicon import Lexicon
from .tokens import Span, Tokens, tokenise

CLOSING = "”»"
OPENING = ("“", "„", "«", "``")
SINGLE = ("'", "‘")
MARK = re.compile(r"''|``|[\"“”„«»‘]|(?<![^\s(\[—–-])'(?=[\w…\"“])")
DECADE = re.compile(r"\d0s\b")
SINGLE_MARK = re.compile("[‘’']")
MAX_LENGTH = 6000  # of a quotation after which an opening mark begins another
MAX_CHARACTERS = 20_000  # of a paragraph read at once
MAX_TOKENS = 200  # of a sentence read at once; the rules look over a whole sentence, so this keeps reading time linear
STOP = re.compile("[.?!…]")
INNER_STOP = re.compile(r"[.!?…;:](?=.)", re.DOTALL)


OPENING_MARKS = "“„«‘\"'`"


def goes_with(text: str, mark: int, start: int) -> bool:
    """Whether a sentence that begins before the mark leads to the quotation it opens: “X said: “...”, “X said “...”."""
    before = text[start:mark].rstrip()
    return bool(before) and before[-1] not in ".!?”\"'’"


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
    if mark in OPENING:
        return not (inside and after.isspace())
    if mark in ("”", "»") or after.isspace():
        return False
    return before.isspace() or before in "([—–-‘'" or (not inside and (after.isalnum() or after in "'‘…$"))


def quotations(text: str, start: int, end: int) -> list[tuple[int, int, bool]]:
    """The quotations of the paragraph text[start:end]: a list of (start, end, closed), marks included.

    A quotation within another belongs to the outer one. An opening mark that is never closed before another opens is
    a slip, and is no quotation; one that is not closed in its paragraph runs to the end and is not `closed`, which is
    how printers mark that it goes on in the next. Single marks count outside double ones (see `single_quotation`).
    """
    marks = [(*match.span(), match.group()) for match in MARK.finditer(text, start, end)]
    balance = closing_balance(text, marks)
    found: list[tuple[int, int, bool]] = []
    begun, depth, past = None, 0, start
    for number, (a, b, mark) in enumerate(marks):
        if a < past:
            continue
        if mark in SINGLE:
            closing = single_quotation(text, a, end) if begun is None else None
            if closing is not None:
                found.append((a, closing, True))
                past = closing
        elif opens_quotation(text, mark, a, b, begun is not None):
            if begun is None or (mark in OPENING and balance[number] < 1 and text[a - 1 : a].isspace()):
                begun, depth = a, 1
            elif mark in OPENING and balance[number] > 0:
                depth += 1
        elif begun is not None:
            depth -= 1
            if depth < 1 or mark not in CLOSING:
                found.append((begun, b, True))
                begun = None
    return found if begun is None else [*found, (begun, end, False)]


def closing_balance(text: str, marks: Sequence[tuple[int, int, str]]) -> list[int]:
    """For each mark, how many more double marks close than open from there to the end of the paragraph."""
    balance, count = [], 0
    for a, b, mark in reversed(marks):
        count += (mark in CLOSING) - (mark in OPENING and opens_quotation(text, mark, a, b, inside=True))
        balance.append(count)
    return balance[::-1]


def single_quotation(text: str, start: int, end: int) -> int | None:
    """One past the quotation in single marks that opens at `start`, as British papers print it; None for apostrophes.

    It opens a word and closes one. Behind an s a mark may be that of an owner, and closes only if no other does.
    """
    if (start and (text[start - 1].isalnum() or text[start - 1] in "’'.,")) or DECADE.match(text, start + 1):
        return None
    if text[start + 1 : start + 2].isspace() or SINGLE_MARK.match(text, start + 1):
        return None
    last = None
    for match in SINGLE_MARK.finditer(text, start + 1, min(end, start + MAX_LENGTH)):
        a, b = match.span()
        before, after = text[a - 1], text[b : b + 1]
        if (match.group() == "‘" or (match.group() == "'" and before.isspace())) and after.isalnum():
            break
        if match.group() == "‘" or after.isalnum() or before.isspace():
            continue
        if text[start] == "‘" and match.group() == "'":
            continue
        if before in ",.?!…" or not after.isspace() or before != "s":
            return b
        last = last or b
    return last if last is not None and text[start + 1 : start + 2].isalnum() else None


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
        # So does a closing parenthesis: (D-Md.)
        if spans and (text[a] == ")" or (text[a].islower() and text[spans[-1][1] - 1] in "\"”»'’")):
            spans[-1] = (spans[-1][0], b)
        else:
            spans.append((a, b))
    return spans


def sentences(text: str, paragraph_spans: Iterable[Span], lexicon: Lexicon) -> Iterator[Sentence]:
    """Every sentence of every paragraph, in order; one of more than MAX_TOKENS comes in pieces."""
    spans = list(paragraph_spans)
    for number, (start, end) in enumerate(spans):
        opens_next = number + 1 < len(spans) and text[spans[number + 1][0]] in OPENING_MARKS
        for first in range(start, end, MAX_CHARACTERS):
            last = min(first + MAX_CHARACTERS, end)
            quoted = quotations(text, first, last)
            if quoted and not (quoted[-1][2] or opens_next or len(quoted) > 1 or goes_with(text, quoted[-1][0], first)):
                quoted.pop()
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
