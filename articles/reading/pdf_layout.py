"""Running text of the lines of a PDF: column after column, heads and feet of pages apart, hyphens joined. Pure."""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise
from statistics import median

from .pdf_characters import HYPHEN_AT_END, TextLine

MARGIN = 0.13  # of the height of a page, above and below, in which heads and feet are looked for
MAX_FURNITURE_WORDS = 25
MIN_COLUMN_LINES = 4  # lines side by side before a page is taken to have columns
MIN_COLUMN_WORDS = 12  # letters of a line, on average: cells of a table have fewer
_PAGE_NUMBER = re.compile(
    r"(?:[-–—|·•\[( ]*(?:page|p\.|seite|pág(?:ina)?|стр\.?|с\.|страница|صفحة)? ?)?(?:\d{1,4}|[ivxl]{1,6})"
    r"(?: ?(?:/|of|von|de|из|من) ?\d{1,4})?[-–—|·•\]) ]*",
    re.IGNORECASE,
)
_BROWSER_LINE = re.compile(
    r"(?P<address>(?:https?|file)://\S+)(?: \d{1,4}/\d{1,4})?"
    r"|\d{1,4}[./-]\d{1,2}[./-]\d{2,4},? \d{1,2}:\d{2}(?::\d{2})?(?: ?[AP]M)?\b.*",
    re.IGNORECASE,
)
_SENTENCE_END = re.compile(r"[.!?…:。！？؟][\"'”’»)\]]*$")
_HYPHENS = ("\u2010", "\u00ad", HYPHEN_AT_END, "-")

Piece = tuple[str, int]  # words, and the page that they stand on


def set_apart_furniture(lines: Sequence[TextLine]) -> tuple[list[TextLine], list[TextLine]]:
    """(lines of the text, heads and feet of pages with their numbers), each in its order."""
    pages: dict[int, list[TextLine]] = {}
    for line in lines:
        pages.setdefault(line.page, []).append(line)
    seen: Counter[str] = Counter()
    for on_page in pages.values():
        seen.update({_furniture_key(line) for line in on_page if _margin_of(line)})
    furniture, text = list[TextLine](), list[TextLine]()
    often = max(2, 0.3 * len(pages))
    for on_page in pages.values():
        usual = median(line.size for line in on_page)
        browser_lines = [line for line in on_page if _margin_of(line) and _BROWSER_LINE.fullmatch(line.text)]
        for line in on_page:
            is_furniture = bool(_margin_of(line)) and (
                _PAGE_NUMBER.fullmatch(line.text) is not None
                or (seen[_furniture_key(line)] >= often and len(line.text.split()) <= MAX_FURNITURE_WORDS)
                or any(line is other or line.is_beside(other) for other in browser_lines)
                or _stands_apart(line, on_page, usual)
            )
            (furniture if is_furniture else text).append(line)
    return text, furniture


def addresses_in(furniture: Sequence[TextLine]) -> list[str]:
    """What browsers print at the foot of a page as its address."""
    matches = (_BROWSER_LINE.fullmatch(line.text) for line in furniture)
    found = [match["address"] for match in matches if match and match["address"]]
    return [address for address in dict.fromkeys(found) if address.startswith("http") and "…" not in address]


def _margin_of(line: TextLine) -> str:
    if line.bottom > (1 - MARGIN) * line.height:
        return "head"
    return "foot" if line.top < MARGIN * line.height else ""


def _stands_apart(line: TextLine, on_page: Sequence[TextLine], usual: float) -> bool:
    """Whether a line in smaller letters, or beside a page's number, stands well above or below all others."""
    is_beside_number = any(
        _PAGE_NUMBER.fullmatch(other.text) and line.is_beside(other) for other in on_page if other is not line
    )
    if (line.size > 0.9 * usual and not is_beside_number) or len(line.text.split()) > MAX_FURNITURE_WORDS:
        return False
    others = [other for other in on_page if other is not line and not line.is_beside(other)]
    apart = [min(abs(other.bottom - line.top), abs(line.bottom - other.top)) for other in others]
    is_last = all(other.bottom > line.bottom for other in others) or all(other.top < line.top for other in others)
    return is_last and min(apart, default=0) > (0.6 if is_beside_number else 1) * usual


def _furniture_key(line: TextLine) -> str:
    return _margin_of(line) + re.sub(r"\d+", "#", line.text.casefold())


# Columns


def in_reading_order(lines: Sequence[TextLine]) -> list[TextLine]:
    """The lines of one page as they are read: as they were painted, unless that goes across columns."""
    if _goes_across_columns(lines):
        lines = list(_cut(list(lines), 0))
    joined: list[TextLine] = []
    for line in lines:
        last = joined[-1] if joined else None
        if last is not None and last.is_beside(line) and line.left >= last.right - 0.5 * line.size:
            joined[-1] = replace(
                last,
                text=f"{last.text} {line.text}",
                right=max(last.right, line.right),
                bottom=min(last.bottom, line.bottom),
                top=max(last.top, line.top),
            )
        else:
            joined.append(line)
    return joined


def _goes_across_columns(lines: Sequence[TextLine]) -> bool:
    """Whether one line after another goes on beside itself, at a left edge that comes back, in prose and no table."""
    edges: Counter[int] = Counter()
    length: Counter[int] = Counter()
    for last, line in pairwise(lines):
        if last.is_beside(line) and line.left > last.right:
            edge = round(line.left / 4)
            edges[edge] += 1
            length[edge] += min(len(last.text), len(line.text))
    return any(count >= MIN_COLUMN_LINES and length[edge] / count >= MIN_COLUMN_WORDS for edge, count in edges.items())


def _cut(lines: list[TextLine], depth: int) -> Iterator[TextLine]:
    """The lines by recursive cuts between columns and between blocks (Nagy and Seth, ICPR 1984: X-Y cut)."""
    if len(lines) < 2 or depth > 30:
        yield from sorted(lines, key=lambda line: (-line.top, line.left))
        return
    size = median(line.size for line in lines)
    across = _widest_gap([(line.left, line.right) for line in lines], 0.6 * size)
    if across is not None:
        sides = [line for line in lines if line.right <= across], [line for line in lines if line.right > across]
        is_from_the_right = sum(map(_is_right_to_left, lines)) * 2 > len(lines)
        for side in reversed(sides) if is_from_the_right else sides:
            yield from _cut(side, depth + 1)
        return
    down = _widest_gap([(line.bottom, line.top) for line in lines], 0.01)
    if down is None:
        yield from sorted(lines, key=lambda line: (-line.top, line.left))
        return
    yield from _cut([line for line in lines if line.bottom >= down], depth + 1)
    yield from _cut([line for line in lines if line.bottom < down], depth + 1)


def _widest_gap(spans: list[tuple[float, float]], least: float) -> float | None:
    """The middle of the widest stretch between the first and the last of `spans` that none of them covers."""
    best, at, end = least, None, None
    for start, stop in sorted(spans):
        if end is not None and start - end > best:
            best, at = start - end, (start + end) / 2
        end = stop if end is None else max(end, stop)
    return at


def _is_right_to_left(line: TextLine) -> bool:
    letters = [unicodedata.bidirectional(c) for c in line.text if c.isalpha()]
    return sum(kind in ("R", "AL") for kind in letters) * 2 > len(letters)


# Paragraphs


def paragraphs_of(lines: Sequence[TextLine]) -> list[list[Piece]]:
    """The paragraphs of the lines of a document in reading order, each as pieces with their pages."""
    words = Counter(re.findall(r"[^\W\d_]+(?:-[^\W\d_]+)*", " ".join(line.text for line in lines).casefold()))
    leading = _usual_leading(lines)
    paragraphs: list[list[Piece]] = []
    for number, line in enumerate(lines):
        last = lines[number - 1] if number else None
        following = lines[number + 1] if number + 1 < len(lines) else None
        if last is None or _begins_paragraph(last, line, following, leading, lines[max(0, number - 6) : number + 6]):
            paragraphs.append([(line.text, line.page)])
        else:
            _append(paragraphs[-1], line, words)
    return [[(_plain_hyphens(text), page) for text, page in paragraph] for paragraph in paragraphs]


def _usual_leading(lines: Sequence[TextLine]) -> float:
    steps = [
        (last.baseline - line.baseline) / line.size
        for last, line in pairwise(lines)
        if last.page == line.page and 0.5 < (last.baseline - line.baseline) / (line.size or 1) < 3 and line.size > 0
    ]
    # Where every other paragraph is one line, most steps are those between paragraphs.
    return sorted(steps)[len(steps) // 4] if steps else 1.2


def _begins_paragraph(
    last: TextLine, line: TextLine, following: TextLine | None, leading: float, around: Sequence[TextLine]
) -> bool:
    if abs(last.size - line.size) > 0.12 * max(last.size, line.size):
        return True
    step = (last.baseline - line.baseline) / (line.size or 1)
    has_ended = _SENTENCE_END.search(last.text) is not None
    is_short = _is_short(last, around)
    is_indented = _is_indented(last, line, following)
    if last.page != line.page or step < -0.3:  # another page or column
        goes_on = line.text[:1].islower() or not has_ended or last.text.endswith(_HYPHENS)
        return is_indented if goes_on else True
    if step > max(leading + 0.3, 1.22 * leading):
        return True
    return is_indented or (is_short and has_ended)


def _is_short(line: TextLine, around: Sequence[TextLine]) -> bool:
    """Whether a line ends well before the lines around it that begin where it does."""
    if _is_right_to_left(line):
        edge = min(other.left for other in around if abs(other.right - line.right) < 3 * line.size)
        return line.left > edge + 0.15 * (line.right - edge)
    edge = max(other.right for other in around if abs(other.left - line.left) < 3 * line.size)
    return line.right < edge - 0.15 * (edge - line.left)


def _is_indented(last: TextLine, line: TextLine, following: TextLine | None) -> bool:
    """Whether a line begins further in than both of its neighbours."""
    if following is None or following.page != line.page:
        return False
    if _is_right_to_left(line):
        return last.right - line.right > 0.7 * line.size and following.right - line.right > 0.7 * line.size
    return line.left - following.left > 0.7 * line.size and (
        line.left - last.left > 0.7 * line.size or last.page != line.page or last.bottom < line.bottom
    )


def _append(paragraph: list[Piece], line: TextLine, words: Counter[str]) -> None:
    text, page = paragraph[-1]
    if text.endswith(_HYPHENS) and len(text) > 1 and text[-2].isalpha() and line.text[:1].islower():
        first, second = re.search(r"[^\W\d_]+$", text[:-1]), re.match(r"[^\W\d_]+", line.text)
        parts = (first[0].casefold() if first else "", second[0].casefold() if second else "")
        is_compound = words["-".join(parts)] > words["".join(parts)]
        text, joint = (text[:-1] + "-" if is_compound else text[:-1]), ""
    elif text.endswith(_HYPHENS) and line.text[:1].isalpha():
        joint = ""  # “Anglo-” and “Norlandish”
    else:
        joint = "" if _is_without_spaces(text[-1:]) and _is_without_spaces(line.text[:1]) else " "
    if page == line.page:
        paragraph[-1] = (text + joint + line.text, page)
    else:
        paragraph[-1] = (text + joint, page)
        paragraph.append((line.text, line.page))


def _plain_hyphens(text: str) -> str:
    return text.replace(HYPHEN_AT_END, "-").replace("\u00ad", "")


def _is_without_spaces(character: str) -> bool:
    return unicodedata.east_asian_width(character or " ") in ("W", "F") and not "\uac00" <= character <= "\ud7a3"
