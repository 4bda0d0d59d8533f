"""The characters of a PDF with their places, line by line, through PDFium. Run in the limited process.

A PDF has no words and no lines: it says which glyph stands where. PDFium gives code points in the order in which they
were painted and makes out spaces and ends of lines; what is written from right to left is put in order here, by place,
because programs paint it in either direction and PDFium turns only a part of it around.
"""

import ctypes
import math
import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any, NamedTuple

from .article_reading import NotReadable

MAX_PAGES = 2_000
MAX_CHARACTERS = 2_000_000
HYPHEN_AT_END = "\ufffe"  # PDFium's own sign for one
COLUMN_GAP = 1.3  # font sizes between two words of a line that are more than words apart
MAX_TURN = 0.13  # quarter turns by which letters of one line may differ
ASLANT = -1
MIN_SIZE = 1.5  # points; less is what programs write that scale their letters otherwise


class Glyph(NamedTuple):
    """A character, its box and where it stands, in points from the lower left corner.

    `way` is in quarter turns to the left; what PDFium adds (spaces, ends of lines) has none, and a box of no width.
    """

    character: str
    left: float
    bottom: float
    right: float
    top: float
    x: float = 0.0
    y: float = 0.0
    size: float = 0.0
    way: int | None = None

    @property
    def middle(self) -> float:
        return (self.left + self.right) / 2


@dataclass(frozen=True)
class TextLine:
    """Words of one line of a page, as far as nothing but spaces is between them; `size` is that of its letters."""

    text: str
    page: int
    left: float
    bottom: float
    right: float
    top: float
    size: float
    baseline: float
    height: float  # of the page

    @property
    def width(self) -> float:
        return self.right - self.left

    def is_beside(self, other: "TextLine") -> bool:
        """Whether both stand at one height of one page."""
        shared = min(self.top, other.top) - max(self.bottom, other.bottom)
        return self.page == other.page and shared > 0.5 * min(self.top - self.bottom, other.top - other.bottom)


@dataclass
class PdfContents:
    """What PDFium reads of a file: its lines as they were painted, and what there is besides."""

    lines: list[TextLine] = field(default_factory=list)
    properties: dict[str, str] = field(default_factory=dict)
    pages: int = 0
    pages_without_text: list[int] = field(default_factory=list)
    sideways: int = 0  # characters
    attachments: int = 0


def read_contents(data: bytes) -> PdfContents:
    """Raises `NotReadable` for a file that is damaged, encrypted or too long, or has no text."""
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        encrypted = "password" in str(error).lower()
        raise NotReadable(
            "The PDF is encrypted: save it without a password first." if encrypted else "The PDF is damaged."
        ) from None
    found = PdfContents(pages=len(document))
    if found.pages > MAX_PAGES:
        raise NotReadable(f"The PDF has {found.pages:,} pages; the limit is {MAX_PAGES:,}.")
    found.properties = {name: _plain_value(value)[:500] for name, value in document.get_metadata_dict().items()}
    found.attachments = max(0, document.count_attachments())
    length = 0
    for number in range(1, found.pages + 1):
        try:
            page = document[number - 1]
            size = page.get_size()
            characters = page.get_textpage()
        except pypdfium2.PdfiumError:
            found.pages_without_text.append(number)
            continue
        lines, sideways = _lines_of_page(characters, number, size)
        found.sideways += sideways
        length += sum(len(line.text) for line in lines)
        if length > MAX_CHARACTERS:
            raise NotReadable(f"The PDF has more than {MAX_CHARACTERS:,} characters.")
        if not lines and not sideways:
            found.pages_without_text.append(number)
        found.lines += lines
        characters.close()
        page.close()
    return found


def _lines_of_page(characters: Any, page: int, size: tuple[float, float]) -> tuple[list[TextLine], int]:
    """The lines along which most letters of a page run, and how many are set another way. `size` is in points."""
    if (count := characters.count_chars()) > MAX_CHARACTERS:
        raise NotReadable(f"Page {page} of the PDF has {count:,} characters; the limit is {MAX_CHARACTERS:,}.")
    glyphs = list(_glyphs_of_page(characters, count))
    ways = Counter(glyph.way for glyph in glyphs if glyph.way is not None and not glyph.character.isspace())
    way = ways.most_common(1)[0][0] if ways else 0
    upright = [_turned(glyph, way, size) for glyph in glyphs if glyph.way in (way, None)] if way >= 0 else []
    height = size[1] if way % 2 == 0 else size[0]
    sideways = sum(number for other, number in ways.items() if other != way or way < 0)
    lines = [_line_of(line, page, height) for line in _split_lines(upright)]
    return [line for line in lines if line.text], sideways


def _glyphs_of_page(characters: Any, count: int) -> Iterator[Glyph]:
    import pypdfium2.raw as pdfium

    box, x, y = pdfium.FS_RECTF(), ctypes.c_double(), ctypes.c_double()
    at_box, at_x, at_y = ctypes.byref(box), ctypes.byref(x), ctypes.byref(y)
    left = bottom = top = size = 0.0
    way = ASLANT
    for index in range(count):
        number = pdfium.FPDFText_GetUnicode(characters, index)
        if number in (10, 13):
            yield Glyph("\n", 0, 0, 0, 0)
            continue
        character = HYPHEN_AT_END if number in (2, 0xFFFE) else chr(number)
        if number < 32 and number not in (2, 9):
            continue
        pdfium.FPDFText_GetLooseCharBox(characters, index, at_box)
        is_space = character == " "
        if box.left == box.right or (is_space and pdfium.FPDFText_IsGenerated(characters, index) == 1):
            yield Glyph(character, box.left, box.bottom, box.left, box.top)
            continue
        # Each question to PDFium costs as much as all the rest: what goes on along a line is asked once.
        if (box.bottom, box.top) != (bottom, top) or not 0 < box.left - left < 3 * (top - bottom):
            pdfium.FPDFText_GetCharOrigin(characters, index, at_x, at_y)
            quarters = pdfium.FPDFText_GetCharAngle(characters, index) / (math.pi / 2)
            way = round(quarters) % 4 if abs(quarters - round(quarters)) < MAX_TURN else ASLANT
            size = pdfium.FPDFText_GetFontSize(characters, index)
        left, bottom, top = box.left, box.bottom, box.top
        yield Glyph(character, left, bottom, box.right, top, x.value, y.value, size, way)


def _turned(glyph: Glyph, way: int, size: tuple[float, float]) -> Glyph:
    """A glyph as it stands when its page is turned so that the text runs from left to right."""
    if way == 0:
        return glyph
    width, height = size
    left, bottom, right, top, x, y = glyph.left, glyph.bottom, glyph.right, glyph.top, glyph.x, glyph.y
    if way == 1:
        left, bottom, right, top, x, y = bottom, width - right, top, width - left, y, width - x
    elif way == 2:
        left, bottom, right, top, x, y = (
            width - right,
            height - top,
            width - left,
            height - bottom,
            width - x,
            height - y,
        )
    else:
        left, bottom, right, top, x, y = height - top, left, height - bottom, right, height - y, x
    if glyph.way is None:
        right = left
    return glyph._replace(left=left, bottom=bottom, right=right, top=top, x=x, y=y)


def _split_lines(glyphs: Sequence[Glyph]) -> Iterator[list[Glyph]]:
    """The glyphs of each line, where PDFium ends it, and where more than a space is between two of them."""
    line, last = list[Glyph](), None
    for glyph in glyphs:
        if glyph.character == "\n":
            yield line
            line, last = [], None
            continue
        if last is not None and glyph.way is not None:
            is_below = glyph.top < last.bottom or glyph.bottom > last.top
            is_apart = glyph.left - last.right > COLUMN_GAP * _em(last)
            if is_below or (is_apart and not _is_from_the_right(glyph.character)):
                yield line
                line = []
        line.append(glyph)
        last = glyph if glyph.way is not None else last
        if glyph.character == HYPHEN_AT_END:
            yield line
            line, last = [], None
    yield line


def _line_of(glyphs: list[Glyph], page: int, height: float) -> TextLine:
    shown = [glyph for glyph in glyphs if glyph.way is not None]
    if not shown:
        return TextLine("", page, 0, 0, 0, 0, 0, 0, height)
    sizes = sorted(glyph.size if glyph.size > MIN_SIZE else glyph.top - glyph.bottom for glyph in shown)
    return TextLine(
        _text_of(glyphs),
        page,
        min(glyph.left for glyph in shown),
        min(glyph.bottom for glyph in shown),
        max(glyph.right for glyph in shown),
        max(glyph.top for glyph in shown),
        max(sizes[len(sizes) // 2], 0.1),
        shown[0].y,
        height,
    )


def _em(glyph: Glyph) -> float:
    return max(glyph.top - glyph.bottom, 1.0)


def _plain_value(value: str) -> str:
    return " ".join("".join(c if unicodedata.category(c) not in ("Cc", "Cs") else " " for c in value).split())


# The order of letters in a line


def _text_of(glyphs: list[Glyph]) -> str:
    text = "".join(glyph.character for glyph in glyphs)
    if any(map(_is_from_the_right, text)):
        text = "".join(_in_reading_order(glyphs))
    text = "".join(unicodedata.normalize("NFKC", c) if "\ufb00" <= c <= "\ufeff" else c for c in text)
    if any("\ud800" <= c <= "\udfff" for c in text):
        text = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return " ".join(text.split())


def _is_from_the_right(character: str) -> bool:
    return unicodedata.bidirectional(character) in ("R", "AL")


def _is_from_the_left(character: str) -> bool:
    return unicodedata.bidirectional(character) in ("L", "EN", "AN")


def _in_reading_order(glyphs: list[Glyph]) -> Iterator[str]:
    """The characters of a line by where they stand: from the right, but foreign words and numbers from the left.

    The spaces that PDFium adds stand anywhere, but between the right letters: they tell the words.
    """
    ordered = [glyph for cluster in _clusters(glyphs) for glyph in cluster]
    words = [_letters_of(list(word)) for is_space, word in groupby(ordered, _is_space) if not is_space]
    texts = list[str]()
    for _, letters in sorted(words, key=lambda word: -word[0]):
        texts += [" ", *letters] if texts else letters
    right = sum(map(_is_from_the_right, "".join(texts)))
    if right * 2 < sum(map(_is_from_the_left, "".join(texts))):
        texts.reverse()
        yield from _turn_runs(texts, _is_from_the_right)
    else:
        yield from _turn_runs(texts, _is_from_the_left)


def _is_space(glyph: Glyph) -> bool:
    return glyph.character.isspace()


def _letters_of(word: list[Glyph]) -> tuple[float, list[str]]:
    """The middle of a word, and its letters from the right, each with its marks."""
    letters = [glyph for glyph in word if not unicodedata.combining(glyph.character)] or word
    clusters = [list(cluster) for _, cluster in groupby(letters, lambda glyph: (glyph.left, glyph.right))]
    clusters.sort(key=lambda cluster: -cluster[0].middle)
    texts = ["".join(glyph.character for glyph in cluster) for cluster in clusters]
    for mark in word:
        if unicodedata.combining(mark.character) and len(texts) < len(word):
            nearest = min(range(len(clusters)), key=lambda at: abs(clusters[at][0].middle - mark.middle))
            texts[nearest] += mark.character
    return (min(glyph.left for glyph in word) + max(glyph.right for glyph in word)) / 2, texts


def _clusters(glyphs: list[Glyph]) -> list[list[Glyph]]:
    """Letters that one glyph stands for, in the order in which they are read: PDFium turns them with their words."""
    clusters = list[list[Glyph]]()
    for glyph in glyphs:
        first = clusters[-1][0] if clusters else None
        if first and glyph.right > glyph.left and (glyph.left, glyph.right) == (first.left, first.right):
            clusters[-1].append(glyph)
        else:
            clusters.append([glyph])
    for number, cluster in enumerate(clusters):
        if len(cluster) > 1:
            beside = clusters[number - 1] if number else clusters[min(1, len(clusters) - 1)]
            if (beside[0].middle > cluster[0].middle) == bool(number):
                cluster.reverse()
    return clusters


def _turn_runs(texts: list[str], is_against: Any) -> Iterator[str]:
    """`texts` with each run against the direction of the line turned around, with what stands inside it."""
    at = 0
    while at < len(texts):
        if not is_against(texts[at][0]):
            yield texts[at]
            at += 1
            continue
        end = last = at
        while end < len(texts) and (is_against(texts[end][0]) or _is_neutral(texts[end][0])):
            last = end if is_against(texts[end][0]) else last
            end += 1
        yield from reversed(texts[at : last + 1])
        at = last + 1


def _is_neutral(character: str) -> bool:
    return not _is_from_the_right(character) and not _is_from_the_left(character)
