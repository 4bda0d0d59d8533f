"""Text as it is kept: settled once on the way in, then searched for words and never changed.

Pure functions, no database. All positions are code points of the settled text.

What is refused and what is removed when text is settled: a NUL, an unpaired surrogate, a C1 control character or a
byte-order mark read backwards only occur when bytes were read in the wrong encoding or were never text. Removing them
would leave words that nobody printed, so they are refused with their line. The other control characters (a backspace,
an escape, the marks that word processors leave) print nothing and carry nothing: they are removed.
"""

import hashlib
import re
import unicodedata
from bisect import bisect_right
from dataclasses import dataclass

CONTEXT = 32  # code points of prefix and suffix, the length that Hypothesis and Apache Annotator use
HINT = 256  # code points of a given prefix or suffix that are looked at
MANY = 1000  # places among which prefix and suffix are no longer asked to choose


class TextIsBroken(ValueError):
    """Characters that cannot be part of a text, told in a sentence that names the line."""


class QuoteNotFound(ValueError):
    """The words do not stand in the text."""

    def __init__(self, exact: str):
        shown = _shorten(exact)
        super().__init__(
            f"The words “{shown}” do not stand in the text." if shown else "No words were given to look for."
        )


class QuoteIsAmbiguous(ValueError):
    """The words stand in the text `count` times, and prefix and suffix do not say which of them is meant."""

    def __init__(self, exact: str, count: int):
        super().__init__(f"The words “{_shorten(exact)}” stand in the text {count} times: select a little more.")
        self.count = count


@dataclass(frozen=True)
class Span:
    """Words in a text: text[start:end] == exact, with the words before and after it, up to 32 code points each."""

    start: int
    end: int
    exact: str
    prefix: str
    suffix: str


# Settling

_LINE_ENDS = re.compile("\r\n|[\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")
_IMPOSSIBLE = re.compile("[\x00\x80-\x9f\ud800-\udfff\ufffe\uffff]")
_UNPRINTED = re.compile("[\x01-\x08\x0e-\x1f\x7f]")
_OPENS = {**dict.fromkeys("\u202a\u202b\u202d\u202e", "\u202c"), **dict.fromkeys("\u2066\u2067\u2068", "\u2069")}
_CLOSES = frozenset(_OPENS.values())


def settle(text: str) -> str:
    r"""`text` in the one form in which it is kept: NFC, lines end in \n, no control characters but \n and \t.

    Raises `TextIsBroken` for what only a wrong encoding or a binary file brings in. Settled text stays as it is.
    """
    text = _LINE_ENDS.sub("\n", text.removeprefix("\ufeff"))
    impossible = _IMPOSSIBLE.search(text)
    if impossible:
        line = text.count("\n", 0, impossible.start()) + 1
        raise TextIsBroken(
            f"Line {line} holds {_name_of(impossible[0])}: the text was read in a wrong encoding or is not text."
        )
    return unicodedata.normalize("NFC", _UNPRINTED.sub("", text))


def settle_line(text: str, what: str = "name") -> str:
    """`text` as one line for a name or a headline: NFC, white space as single spaces, none around it.

    Raises `TextIsBroken` for control characters and for marks of writing direction that are not closed in the same
    line: such a name would turn the words around it on a page. `what` is what the sentence calls the text.
    """
    for character in text:
        if unicodedata.category(character) in ("Cc", "Cs") and character not in "\t\n\r":
            raise TextIsBroken(f"The {what} “{_shorten(text)}” holds {_name_of(character)}.")
    line = unicodedata.normalize("NFC", " ".join(text.split()))
    if not _directions_close(line):
        raise TextIsBroken(
            f"The {what} “{_shorten(line)}” changes the direction of writing and does not change it back."
        )
    return line


def _directions_close(line: str) -> bool:
    expected = []
    for character in line:
        if character in _OPENS:
            expected.append(_OPENS[character])
        elif character in _CLOSES and (not expected or expected.pop() != character):
            return False
    return not expected


def _name_of(character: str) -> str:
    if "\ud800" <= character <= "\udfff":
        return "an unpaired surrogate"
    if character == "\x00":
        return "a NUL byte"
    return f"the control character U+{ord(character):04X}"


def _shorten(text: str, length: int = 60) -> str:
    line = "".join(c for c in " ".join(text.split()) if unicodedata.category(c) not in ("Cc", "Cs", "Cf"))
    return line if len(line) <= length else line[: length - 1] + "…"


def fingerprint(text: str) -> str:
    """The SHA-256 of the UTF-8 bytes of `text`, 64 hexadecimal digits."""
    return hashlib.sha256(text.encode()).hexdigest()


# Locating. Words are pasted from browsers, word processors and other printings: their quotation marks, dashes and
# white space may differ from the capture's. Both sides are folded alike, and what is found is read back from the text.

_QUOTATION_MARKS = "\"'`´“”„‟«»‹›‘’‚‛ʹʺʻʼʽʾʿ′″‵‶〝〞＂＇"
_DASHES = "-‐‑‒–—―−﹘﹣－"
_SPACES = "\t\n \u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000"
_NOTHING = "\u200b"  # stands for whatever prints nothing: soft hyphens, joiners, marks of direction
_UNSEEN = (
    "\u00ad\u034f\u061c\u180e\u200b\u200c\u200d\u200e\u200f\u2060\ufeff"
    "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
)
_FOLD = str.maketrans(
    {
        **dict.fromkeys(_QUOTATION_MARKS, "'"),
        **dict.fromkeys(_DASHES, "-"),
        **dict.fromkeys(_SPACES, " "),
        **dict.fromkeys(_UNSEEN, _NOTHING),
    }
)
_SQUEEZED = re.compile(f"[ {_NOTHING}]{{2,}}|{_NOTHING}")


@dataclass(frozen=True)
class Folded:
    """A text in which all quotation marks, all dashes and all white space look alike, with the way back."""

    text: str
    _starts: list[int]  # where in the folded text each piece begins that was carried over unchanged …
    _origins: list[int]  # … and where it begins in the original

    def origin(self, index: int) -> int:
        """The position in the original of the character at `index` of the folded text."""
        piece = bisect_right(self._starts, index) - 1
        return self._origins[piece] + index - self._starts[piece]


def fold(text: str) -> Folded:
    """`text` with typographic differences removed; time and space grow with its length."""
    text = text.translate(_FOLD)
    pieces, starts, origins = [], [0], [0]
    done, length = 0, 0
    for match in _SQUEEZED.finditer(text):
        kept = text[done : match.start()] + (" " if " " in match[0] else "")
        pieces.append(kept)
        length += len(kept)
        done = match.end()
        starts.append(length)
        origins.append(done)
    pieces.append(text[done:])
    return Folded("".join(pieces), starts, origins)


def locate(text: str, exact: str, prefix: str = "", suffix: str = "") -> Span:
    """The one place in the settled `text` where the words `exact` stand; `Span.exact` is what really stands there.

    Other quotation marks, dashes and white space than the text's are forgiven; other letters are not. Where the words
    stand several times, `prefix` and `suffix` choose, then the very same characters, then whole words. Raises
    `QuoteNotFound` or `QuoteIsAmbiguous`. Time grows with the length of the text and of the words, not their product.
    """
    found = occurrences(text, exact)
    if 1 < len(found) <= MANY:
        found = _closest(text, found, exact, prefix, suffix)
    if len(found) > 1:
        raise QuoteIsAmbiguous(exact, len(found))
    return span(text, *found[0])


def occurrences(text: str, exact: str, folded: Folded | None = None) -> list[tuple[int, int]]:
    """Every (start, end) at which the words `exact` stand in `text`, overlapping or not; `QuoteNotFound` if none.

    `folded` is `fold(text)`, for callers who look for many words in one text.
    """
    words = fold(unicodedata.normalize("NFC", exact)).text.strip()
    if not words:
        raise QuoteNotFound("")
    folded = folded or fold(text)
    places = _all_places(folded.text, words)
    if not places:
        raise QuoteNotFound(exact)
    last = len(words) - 1
    return [(folded.origin(place), folded.origin(place + last) + 1) for place in places]


def span(text: str, start: int, end: int) -> Span:
    """The span from `start` to `end` with what stands around it, cut between words."""
    return Span(start, end, text[start:end], _before(text, start), _after(text, end))


def _all_places(text: str, words: str) -> list[int]:
    """Where `words` stand in `text`, by Knuth, Morris and Pratt: searching on from every hit is quadratic in "aaa…"."""
    first = text.find(words)
    if first < 0:
        return []
    if text.find(words, first + 1) < 0:
        return [first]
    borders = [0] * len(words)
    matched = 0
    for index in range(1, len(words)):
        while matched and words[index] != words[matched]:
            matched = borders[matched - 1]
        if words[index] == words[matched]:
            matched += 1
        borders[index] = matched
    places, matched = [], 0
    for index in range(first, len(text)):
        while matched and text[index] != words[matched]:
            matched = borders[matched - 1]
        if text[index] == words[matched]:
            matched += 1
        if matched == len(words):
            places.append(index - matched + 1)
            matched = borders[matched - 1]
    return places


def _closest(text: str, found: list, exact: str, prefix: str, suffix: str) -> list:
    """Those of the places `found` that fit best; each test that none of them passes is left out."""
    before, after = fold(prefix[-HINT:]).text.rstrip(), fold(suffix[:HINT]).text.lstrip()
    # Around a line of an excerpt stands nothing that the article prints there: then its own line is the hint.
    before_in_line = fold(prefix[-HINT:].rpartition("\n")[2]).text.rstrip()
    after_in_line = fold(suffix[:HINT].partition("\n")[0]).text.lstrip()
    literal = unicodedata.normalize("NFC", exact).strip()

    def follows(hint):
        return lambda place: fold(text[max(0, place[0] - 2 * HINT) : place[0]]).text.rstrip().endswith(hint)

    def precedes(hint):
        return lambda place: fold(text[place[1] : place[1] + 2 * HINT]).text.lstrip().startswith(hint)

    tests = [
        before and follows(before),
        after and precedes(after),
        before_in_line and follows(before_in_line),
        after_in_line and precedes(after_in_line),
        lambda place: text[place[0] : place[1]] == literal,
        lambda place: not _cuts_a_word(text, place[0]) and not _cuts_a_word(text, place[1]),
    ]
    for test in filter(None, tests):
        if len(found) > 1:
            found = [place for place in found if test(place)] or found
    return found


def _cuts_a_word(text: str, edge: int) -> bool:
    return 0 < edge < len(text) and text[edge - 1].isalnum() and text[edge].isalnum()


def _before(text: str, start: int) -> str:
    cut = max(0, start - CONTEXT)
    context = text[cut:start]
    if cut and not text[cut - 1].isspace():
        rest = re.search(r"\s", context)
        if rest and rest.end() < len(context):
            return context[rest.end() :].lstrip()
        while context and unicodedata.combining(context[0]):
            context = context[1:]
    return context.lstrip()


def _after(text: str, end: int) -> str:
    context = text[end : end + CONTEXT]
    if end + CONTEXT < len(text) and not text[end + CONTEXT].isspace():
        *_, last = [0, *(match.start() for match in re.finditer(r"\s", context))]
        if last:
            return context[:last].rstrip()
    return context.rstrip()
