"""Reading an original again, as it was read when it was taken in."""

from collections.abc import Iterator
from dataclasses import replace

from .intake_files import read_article
from .models import Original
from .originals import read_original
from .reading import ArticleReading, read_plain
from .reading.media_types import PLAIN
from .reading.readers import READERS
from .text import TextIsBroken
from .uploaded_tables import FileIsBroken


def reading_of(original: Original, chosen: str = "") -> ArticleReading:
    """What the readers of today make of an original, or of a page or part of it that was `chosen`.

    Raises `OriginalIsLost` and `FileIsBroken`, `ChoiceIsNeeded` among the latter.
    """
    return reading_of_bytes(original, read_original(original), chosen)


def reading_of_bytes(original: Original, data: bytes, chosen: str = "") -> ArticleReading:
    """The same where the bytes are at hand. What was pasted, or stood in a list, is text whatever it looks like."""
    if original.method != Original.Method.PASTED and original.name:
        return read_article(data, original.name, chosen)
    try:
        return replace(read_plain(data.decode("utf-8", "surrogatepass")), reader=READERS[PLAIN].signature)
    except TextIsBroken as error:
        raise FileIsBroken(str(error)) from error


def texts_of_reading(reading: ArticleReading) -> Iterator[str]:
    """All words of a reading: its text, what was left out of it, what it says of itself, and what it offers."""
    yield reading.text
    yield from (str(line[2]) for line in reading.removed)
    yield from (proposal.value for proposal in reading.proposals)
    yield from (place.speaker for place in reading.places)
    yield from reading.unread
    yield from (choice.label for choice in reading.choices)
