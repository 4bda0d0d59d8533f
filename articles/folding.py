"""A text in which typography makes no difference, with the way back to every character. Pure functions.

Words are pasted from browsers, word processors, PDFs and other printings: their quotation marks, dashes, dots, white
space, ligatures and widths may differ from the capture's. Both sides are folded alike, and what is found is read back
from the text. Letters are never forgiven, nor is case.
"""

import re
import unicodedata
from bisect import bisect_right
from dataclasses import dataclass
from functools import cached_property

_QUOTATION_MARKS = "\"'`´“”„‟«»‹›‘’‚‛ʹʺʻʼʽʾʿ′″‵‶〝〞〟「」『』｢｣﹁﹂﹃﹄《》〈〉＂＇"
_DASHES = "-‐‑‒–—―−⸺⸻﹘﹣－"
_SPACES = "\t\n \u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000"
_INVISIBLE = "\u200b"  # stands for whatever prints nothing: soft hyphens, joiners, marks of direction
INVISIBLE_CHARACTERS = (
    "\u00ad\u034f\u061c\u180e\u200b\u200c\u200d\u200e\u200f\u2060\ufeff"
    "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
)
# What one character stands for, of those that PDFs and input methods make. A raised 2 is no 2.
_PRESENTATION_FORMS = [*range(0xFB00, 0xFB07), *range(0xFB13, 0xFB18), *range(0xFB50, 0xFDFE), *range(0xFE70, 0xFEFD)]
_WIDE_FORMS = [*range(0xFF01, 0xFF5F), *range(0xFFE0, 0xFFE7), *range(0x2F00, 0x2FD6), *range(0x2E9F, 0x2EA0)]
_PLAIN_CHARACTERS = {
    chr(code): unicodedata.normalize("NFKC", chr(code)) for code in (*_PRESENTATION_FORMS, *_WIDE_FORMS)
}
_FOLDING_TABLE = str.maketrans(
    {
        **{form: plain for form, plain in _PLAIN_CHARACTERS.items() if len(plain) == 1},
        **dict.fromkeys(_QUOTATION_MARKS, "'"),
        **dict.fromkeys(_DASHES, "-"),
        **dict.fromkeys(_SPACES, " "),
        **dict.fromkeys(INVISIBLE_CHARACTERS, _INVISIBLE),
        "‥": "…",
    }
)
_EXPANSIONS = {form: plain for form, plain in _PLAIN_CHARACTERS.items() if len(plain) > 1 and " " not in plain}
_DOTS = r"(?:(?:\.[ ]?)*…|\.[ ]?\.[ ]?\.)(?:[ ]?[.…])*"
_TYPOGRAPHY = rf"[ {_INVISIBLE}]+|-{{2,}}|{_DOTS}|[{''.join(_EXPANSIONS)}]"
_TYPOGRAPHY_PATTERN = re.compile(_TYPOGRAPHY)
_TYPOGRAPHY_OR_BREAK_PATTERN = re.compile(
    rf"(?P<broken>(?<=[^\W\d_])[-{_INVISIBLE}][ {_INVISIBLE}]+(?=[^\W\d_]))|{_TYPOGRAPHY}"
)
_ELLIPSIS = re.compile(_DOTS)
_MARKS_WITHOUT_SPACES = "'-…"  # white space beside these is typography
_BROKEN_WORD = re.compile(r"(?<=[^\W\d_])[-‐‑\u00ad]\s+(?=[^\W\d_])")  # a word broken at a line's end


@dataclass(frozen=True)
class FoldedText:
    """A text without its typography, with the way back. `source` is the text that was folded."""

    text: str
    source: str
    _starts: list[int]  # where in the folded text each piece begins …
    _origins: list[int]  # … where it begins in the source …
    _ends: list[int]  # … and, for one that stands for other characters, where these end; 0 for one carried over

    def origin(self, index: int) -> int:
        """The position in the source of the character at `index` of the folded text."""
        return self._source_of(index)[0]

    def span(self, start: int, stop: int) -> tuple[int, int] | None:
        """(start, end) in the source of the folded `text[start:stop]`; None where that would cut a character in two."""
        first, _, at_start, _ = self._source_of(start)
        _, end, _, at_end = self._source_of(stop - 1)
        return (first, end) if at_start and at_end else None

    def _source_of(self, index: int) -> tuple[int, int, bool, bool]:
        """Where the character at `index` begins and ends in the source, and whether both are its own."""
        piece = bisect_right(self._starts, index) - 1
        origin, offset = self._origins[piece], index - self._starts[piece]
        if not self._ends[piece]:
            return origin + offset, origin + offset + 1, True, True
        following = self._starts[piece + 1] if piece + 1 < len(self._starts) else len(self.text)
        return origin, self._ends[piece], offset == 0, index + 1 == following

    @cached_property
    def with_joined_words(self) -> "FoldedText | None":
        """The same text with words that a line's end had broken made whole; None where there are none."""
        return fold(self.source, join=True) if _BROKEN_WORD.search(self.source) else None


def fold(text: str, *, join: bool = False) -> FoldedText:
    """`text` with typographic differences removed; time and space grow with its length.

    With `join`, a hyphen at the end of a line belongs to the line and not to the word.
    """
    translated = text.translate(_FOLDING_TABLE)
    made = _FoldedTextBuilder(translated)
    for match in (_TYPOGRAPHY_OR_BREAK_PATTERN if join else _TYPOGRAPHY_PATTERN).finditer(translated):
        broken = join and match["broken"]
        made.add_replacement(
            match.start(), match.end(), "" if broken else _replacement(translated, *match.span(), made)
        )
    return made.folded(text)


def _replacement(text: str, start: int, end: int, made: "_FoldedTextBuilder") -> str:
    """What stands in the folded text for one stretch of typography."""
    first = text[start]
    if first in (" ", _INVISIBLE):
        if " " not in text[start:end]:
            return ""
        before = text[start - 1] if start > made.done else made.last
        after = text[end : end + 1]
        return (
            ""
            if before in _MARKS_WITHOUT_SPACES or after in _MARKS_WITHOUT_SPACES or _ELLIPSIS.match(text, end)
            else " "
        )
    if first == "-":
        return "-"
    return "…" if first in ".…" else _EXPANSIONS[first]


class _FoldedTextBuilder:
    """A folded text in the making."""

    def __init__(self, text: str):
        self.text, self.done, self.length, self.last = text, 0, 0, " "
        self.made: list[str] = []
        self.starts, self.origins, self.ends = [0], [0], [0]

    def add_replacement(self, start: int, end: int, instead: str) -> None:
        """Carries over what stands before `start`, then puts `instead` for what stands there up to `end`."""
        self._add(self.text[self.done : start])
        if instead == " " and end - start == 1:
            self._add(" ")  # a single space is carried over like a letter
            self.done = end
            return
        if instead:
            self._begin_piece(start, end)
            self._add(instead)
        self.done = end
        self._begin_piece(end, 0)

    def folded(self, source: str) -> FoldedText:
        self._add(self.text[self.done :])
        return FoldedText("".join(self.made), source, self.starts, self.origins, self.ends)

    def _begin_piece(self, origin: int, end: int) -> None:
        if self.starts[-1] == self.length:  # nothing stands in the piece before
            self.starts.pop(), self.origins.pop(), self.ends.pop()
        self.starts.append(self.length)
        self.origins.append(origin)
        self.ends.append(end)

    def _add(self, words: str) -> None:
        if words:
            self.made.append(words)
            self.length += len(words)
            self.last = words[-1]
