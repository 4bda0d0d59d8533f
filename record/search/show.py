"""What is shown of a document that was found: text in pieces, never markup."""

from dataclasses import dataclass

from ..documents import AnyDocument
from ..folding import joined, words
from .index import texts_of
from .query import Asked

WINDOW = 240  # characters of a snippet
READ = 60_000  # characters of a text in which its passage is looked for


@dataclass(frozen=True)
class Segment:
    """A piece of text as it is printed; `marked` where it is what was asked for."""

    text: str
    marked: bool = False


def mark(text: str, asked: list[Asked]) -> list[Segment]:
    """The text in pieces, the words that were asked for marked. Joined together they are the text again."""
    segments, last = [], 0
    for start, end, of in words(text):
        if of and any(
            word.found_in(of) or (word.romanised and word.romanised == joined(text[start:end])) for word in asked
        ):
            if start > last:
                segments.append(Segment(text[last:start]))
            segments.append(Segment(text[start:end], marked=True))
            last = end
    if last < len(text) or not segments:
        segments.append(Segment(text[last:]))
    return segments


def snippet_of(document: AnyDocument, label: str, asked: list[Asked]) -> list[Segment]:
    """A passage of some text of the document that holds a word asked for, and more; cut between words; may be empty."""
    names, rest = texts_of(document)
    for text in [*names, *rest]:
        if not text or text == label:
            continue
        text = text[:READ]
        start = next((start for start, _, of in words(text) if of and any(word.found_in(of) for word in asked)), None)
        if start is None:
            continue
        first = max(0, start - WINDOW // 3)
        if first:
            first = text.find(" ", first, start) + 1 or start
        last = min(len(text), first + WINDOW)
        if last < len(text):
            last = max(text.rfind(" ", start, last), start + 1) if " " in text[start:last] else last
        cut = mark(text[first:last], asked)
        if all(segment.marked or not segment.text.strip() for segment in cut):
            continue  # a name as printed, which is all that was asked for, tells nothing more
        return [*([Segment("… ")] if first else []), *cut, *([Segment(" …")] if last < len(text) else [])]
    return []
