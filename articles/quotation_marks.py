"""Which words of a text stand between quotation marks. Pure functions; all positions are code points.

Marks are read paragraph by paragraph, as they are printed. One that is opened and not closed counts only where the next
paragraph opens with a mark again, as long quotations are printed; else it may be a slip, and nothing is marked by it.
Single marks count where the words before and after show that they are no apostrophes. Marks inside marks belong to the
outer ones.
"""

import re

CLOSING_MARKS = {
    "“": "”",
    "„": "“”",
    "«": "»",
    "»": "«",
    "‹": "›",
    "「": "」",
    "『": "』",
    "〝": "〞",
    "＂": "＂",
    '"': '"',
    "``": ("''",),
    "‘": "’",
    "‚": "‘’",
    "'": "'",
}
MAX_UNCLOSED = 20  # marks of one paragraph that are opened and not closed; then the rest of it is left alone
SINGLE_MARKS = "‘‚'"
_MARK = re.compile("``|''|[“”„«»‹›「」『』〝〞＂\"‘’‚']")
_PARAGRAPH = re.compile(r"[^\n]+")


def quoted_spans(text: str) -> list[tuple[int, int]]:
    """The (start, end) of all words between quotation marks in `text`, the marks left out, in order."""
    found: list[tuple[int, int]] = []
    unclosed = None
    for paragraph in _PARAGRAPH.finditer(text):
        if not paragraph[0].strip():
            continue
        start, end = paragraph.span()
        first = _MARK.match(text, start + len(paragraph[0]) - len(paragraph[0].lstrip()))
        if unclosed and first and _is_opening_mark(text, first, start, end):
            found.append(unclosed)
        stretches, unclosed = _quoted_spans_in_paragraph(text, start, end)
        found += stretches
    return [(start, end) for start, end in found if text[start:end].strip()]


def quoted_spans_within(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """The stretches of text[start:end] that stand between quotation marks, counted from `start`."""
    clipped = ((max(first, start), min(last, end)) for first, last in quoted_spans(text))
    return [(first - start, last - start) for first, last in clipped if text[first:last].strip()]


def _quoted_spans_in_paragraph(text: str, start: int, end: int) -> tuple[list[tuple[int, int]], tuple[int, int] | None]:
    """The closed quotations of a paragraph, and the one that is left open at its end or None."""
    found, at, unclosed, left_open = [], start, None, 0
    while opening := next(
        (mark for mark in _MARK.finditer(text, at, end) if _is_opening_mark(text, mark, start, end)), None
    ):
        if (closing := _closing_mark(text, opening, start, end)) is not None:
            found.append((opening.end(), closing.start()))
            at = closing.end()
            continue
        at, left_open = opening.end(), left_open + 1
        if opening[0] not in SINGLE_MARKS and unclosed is None:
            unclosed = (opening.end(), end)
        if left_open == MAX_UNCLOSED:
            break
    return found, unclosed


def _is_opening_mark(text: str, mark: re.Match[str], start: int, end: int) -> bool:
    """Whether a mark that stands outside all others opens a quotation."""
    if mark[0] not in CLOSING_MARKS:
        return False
    before = text[mark.start() - 1] if mark.start() > start else " "
    after = text[mark.end()] if mark.end() < end else " "
    if after.isspace() and mark[0] not in "«‹„":  # French prints a space within its marks
        return False
    return not before.isalnum() or mark[0] in "“„«「『〝‹``"


def _closing_mark(text: str, opening: re.Match[str], start: int, end: int) -> re.Match[str] | None:
    """The mark that closes the quotation: of two of the same shape, the first that cannot open another."""
    closers, depth = CLOSING_MARKS[opening[0]], 0
    for mark in _MARK.finditer(text, opening.end(), end):
        if mark[0] == opening[0] and opening[0] not in closers:
            depth += 1
        elif mark[0] in closers and _is_closing_mark(text, mark, opening, end):
            if not depth:
                return mark
            depth -= 1
    return None


def _is_closing_mark(text: str, mark: re.Match[str], opening: re.Match[str], end: int) -> bool:
    after = text[mark.end()] if mark.end() < end else " "
    if mark[0] in "’'":
        return not after.isalnum()
    if mark[0] == opening[0]:  # straight marks look alike at both ends
        return not after.isalnum() or not text[mark.start() - 1].isspace()
    return True
