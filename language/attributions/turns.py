"""Who speaks in transcripts, interviews and press conferences: a name and a colon open each turn."""

import re
from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from .lexicon import Lexicon
from .sentences import OPENING_MARKS
from .tokens import Span

LABEL = re.compile(r"(?P<label>[^\W\d_][^\n:“”\"‘?!;,]{0,50}?)\s*:\s+(?=\S)")
BARE_LABEL = re.compile(r"(?P<label>[^\W\d_])[ \t\u00a0]+(?=\S)")  # “Q  Is it so?”
MAX_WORDS = 6  # of a label
FEW = 3  # labelled paragraphs that make a transcript of titles in small letters
SHARE = 0.3  # of the paragraphs that must be labelled before unlabelled ones belong to the turn above them


class Turn(NamedTuple):
    """The turn that a paragraph belongs to: the paragraph it opens in, where its label ends and where its colon is.

    `colon` is -1 where a label has none, as the Q of some press conferences.
    """

    paragraph: int
    label_end: int
    colon: int


def turns(text: str, spans: Sequence[Span], lexicon: Lexicon) -> dict[int, Turn]:
    """The turn of each paragraph (by number, as in `spans`) of a transcript; empty for prose.

    A label is a turn's if it is a word for who asks or answers, a title and a name in capitals, or comes back.
    """
    labels: dict[int, re.Match[str]] = {}
    for number, (start, end) in enumerate(spans):
        match = LABEL.match(text, start, end)
        bare = BARE_LABEL.match(text, start, end) if match is None else None
        if match is not None and may_speak(match["label"], lexicon):
            labels[number] = match
        elif bare is not None and bare["label"].isupper() and bare["label"].lower() in lexicon.rules["asks"]:
            labels[number] = bare
    counts = Counter(match["label"] for match in labels.values())
    most = max(counts.values(), default=0)
    sure = {
        label
        for label, count in counts.items()
        if is_role(label, lexicon)
        or is_title_in_capitals(label, lexicon)
        or (count > 1 and (label.isupper() or len(labels) >= FEW))
    }
    if sure and (most > 1 or len(labels) > 1):  # then whoever else is labelled so speaks too
        last_sure = max(number for number, match in labels.items() if match["label"] in sure)
        sure |= {
            match["label"]
            for number, match in labels.items()
            if match["label"].isupper() or (2 * len(labels) >= len(spans) and number < last_sure)
        }
    opened = {
        number: Turn(number, match.end("label"), text.find(":", match.end("label"), match.end()))
        for number, match in labels.items()
        if match["label"] in sure
    }
    if len(opened) < max(FEW, SHARE * len(spans)):
        return opened
    found, last = {}, None
    quoted = {number for number in opened if is_after_mark(text, spans[number][0])}
    for number, (start, _) in enumerate(spans):
        if last is not None and last.paragraph in quoted and text[start] not in OPENING_MARKS:
            last = None  # a quoted transcript has a mark before each of its paragraphs
        last = opened.get(number, last)
        if last is not None:
            found[number] = last
    final = max(opened.values(), key=lambda turn: turn.paragraph)
    if all(turn.paragraph == number for number, turn in found.items() if turn is not final):
        # No turn runs on over paragraphs: what follows the last one is most likely prose.
        return {number: turn for number, turn in found.items() if turn is not final or turn.paragraph == number}
    return found


def is_after_mark(text: str, start: int) -> bool:
    return start > 0 and text[start - 1] in OPENING_MARKS


def may_speak(label: str, lexicon: Lexicon) -> bool:
    words = label.lower().split()
    small = [word for word in label.split() if word[0].islower()]
    return (
        len(words) <= MAX_WORDS
        and words[0] not in lexicon.rules["no speaker"]
        and words[-1] not in lexicon.rules["no speaker"]
        and all(word in lexicon.rules["within names"] for word in small)
    )


def is_role(label: str, lexicon: Lexicon) -> bool:
    """Whether a label says who asks or answers: Q, A, Interviewer."""
    return label.lower().rstrip(".") in lexicon.rules["asks"] | lexicon.rules["answers"]


def is_title_in_capitals(label: str, lexicon: Lexicon) -> bool:
    words = label.lower().split()
    return label.isupper() and len(words) > 1 and words[0] in lexicon.agreement["titles"]
