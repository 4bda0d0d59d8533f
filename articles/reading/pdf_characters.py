"""The characters of a PDF with their places, line by line, through PDFium. Run in the limited process, by pdf_files.py alone.

A PDF has no words and no lines: it says which glyph stands where. PDFium gives code points in the order in which they
were painted and makes out spaces and ends of lines; what is written from right to left is put in order here, by place,
because programs paint it in either direction and PDFium turns only a part of it around.
"""

import ctypes
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from itertools import groupby
from typing import Any

from .article_reading import NotReadable

MAX_PAGES = 2_000
MAX_CHARACTERS = 2_000_000
HYPHEN_AT_END = "\ufffe"  # PDFium's own sign for one
COLUMN_GAP = 1.3  # font sizes between two words of a line that are more than words apart
MAX_TURN = 0.2  # radians; letters that are turned further stand beside the text


@dataclass(frozen=True)
class Glyph:
    """A character and its box, in points from the lower left corner; what PDFium added has a box of no width."""

    character: str
    left: float
    bottom: float
    right: float
    top: float

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
    height: float = field(default=0.0, compare=False)  # of the page

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
    found.properties = {name: " ".join(value.split())[:500] for name, value in document.get_metadata_dict().items()}
    found.attachments = max(0, document.count_attachments())
    length = 0
    for number in range(1, found.pages + 1):
        try:
            page = document[number - 1]
            height = page.get_height()
            characters = page.get_textpage()
        except pypdfium2.PdfiumError:
            found.pages_without_text.append(number)
            continue
        lines, sideways = _lines_of_page(characters, number)
        found.sideways += sideways
        length += sum(len(line.text) for line in lines)
        if length > MAX_CHARACTERS:
            raise NotReadable(f"The PDF has more than {MAX_CHARACTERS:,} characters.")
        if not lines and not sideways:
            found.pages_without_text.append(number)
        found.lines += [replace(line, height=height) for line in lines]
        characters.close()
        page.close()
    return found


def _lines_of_page(characters: Any, page: int) -> tuple[list[TextLine], int]:
    import pypdfium2.raw as pdfium

    count = characters.count_chars()
    if count > MAX_CHARACTERS:
        raise NotReadable(f"Page {page} of the PDF has {count:,} characters; the limit is {MAX_CHARACTERS:,}.")
    box, lines, sideways = pdfium.FS_RECTF(), list[TextLine](), 0
    x, y, baseline = ctypes.c_double(), ctypes.c_double(), 0.0
    glyphs, sizes = list[Glyph](), list[float]()

    def end_line() -> None:
        if glyphs and (text := _text_of(glyphs)):
            shown = [glyph for glyph in glyphs if glyph.right > glyph.left] or glyphs
            lines.append(
                TextLine(
                    text,
                    page,
                    min(glyph.left for glyph in shown),
                    min(glyph.bottom for glyph in shown),
                    max(glyph.right for glyph in shown),
                    max(glyph.top for glyph in shown),
                    sorted(sizes)[len(sizes) // 2] if sizes else 0.0,
                    baseline,
                )
            )
        glyphs.clear()
        sizes.clear()

    last: Glyph | None = None
    for index in range(count):
        number = pdfium.FPDFText_GetUnicode(characters, index)
        if number in (0, 10, 13):
            if number:
                end_line()
                last = None
            continue
        pdfium.FPDFText_GetLooseCharBox(characters, index, ctypes.byref(box))
        is_added = pdfium.FPDFText_IsGenerated(characters, index) == 1
        if (
            not is_added
            and abs((pdfium.FPDFText_GetCharAngle(characters, index) + 3.14159) % 6.28318 - 3.14159) > MAX_TURN
        ):
            sideways += 1
            continue
        character = HYPHEN_AT_END if number in (2, 0xFFFE) else chr(number)
        size = pdfium.FPDFText_GetFontSize(characters, index)
        glyph = Glyph(character, box.left, box.bottom, max(box.left, box.right), box.top)
        if last is not None and not is_added and glyph.right > glyph.left:
            apart = glyph.left - last.right
            below = glyph.top < last.bottom or glyph.bottom > last.top
            if below or (apart > COLUMN_GAP * _em(last) and not _is_from_the_right(glyph.character)):
                end_line()
        if not any(known.right > known.left for known in glyphs[-5:]):
            pdfium.FPDFText_GetCharOrigin(characters, index, ctypes.byref(x), ctypes.byref(y))
            baseline = y.value
        glyphs.append(glyph)
        if glyph.right > glyph.left and not is_added:
            last = glyph
            sizes.append(glyph.top - glyph.bottom if size <= 1.5 else size)
        if character == HYPHEN_AT_END:
            end_line()
            last = None
    end_line()
    return lines, sideways


def _em(glyph: Glyph) -> float:
    return max(glyph.top - glyph.bottom, 1.0)


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
    """The characters of a line by where they stand: from the right, but words and numbers of other scripts from the left.

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
    """Letters that one glyph stands for, in the order in which they are read: PDFium turns those around that it turns."""
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
