"""Reading an original again, as it was read when it was taken in."""

from .intake_files import read_article
from .models import Original
from .originals import read_original
from .reading import ArticleReading, read_plain
from .text import TextIsBroken
from .uploaded_tables import FileIsBroken


def reading_of(original: Original) -> ArticleReading:
    """What the reader of today makes of an original. Raises `OriginalIsLost` and `FileIsBroken`."""
    return reading_of_bytes(original, read_original(original))


def reading_of_bytes(original: Original, data: bytes) -> ArticleReading:
    """The same where the bytes are at hand."""
    if original.method != Original.Method.PASTED:
        return read_article(data, original.name)
    try:
        return read_plain(data.decode())
    except TextIsBroken as error:
        raise FileIsBroken(str(error)) from error
