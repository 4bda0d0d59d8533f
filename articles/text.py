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
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from itertools import pairwise
from typing import Generic, Protocol, TypeAlias, TypeVar

from .folding import FoldedText, fold
from .word_edges import cuts_word, widen_to_words

CONTEXT_LENGTH = 32  # code points of prefix and suffix, the length that Hypothesis and Apache Annotator use
MAX_TEXT_LENGTH = 2_000_000  # code points of one article; a long book has about 1,000,000
MAX_TEXT_LINES = 100_000  # of one article
MAX_HINT_LENGTH = 256  # code points of a given prefix or suffix that are looked at
MAX_PLACES = 1000  # places among which prefix and suffix are no longer asked to choose


PlaceTest: TypeAlias = Callable[[tuple[int, int]], bool]


class Placement(Protocol):
    """Anything that has a place in a text."""

    @property
    def start(self) -> int: ...
    @property
    def end(self) -> int: ...


class WordsInPlace(Placement, Protocol):
    """Words with their place in a text."""

    @property
    def exact(self) -> str: ...


P = TypeVar("P", bound=Placement)


class TextIsBroken(ValueError):
    """Characters that cannot be part of a text, told in a sentence that names the line."""


class QuoteNotFound(ValueError):
    """The words are not in the text."""

    def __init__(self, exact: str) -> None:
        shown = _shorten(exact)
        super().__init__(f"The words “{shown}” are not in the text." if shown else "No words were entered.")


class QuoteIsAmbiguous(ValueError):
    """The words stand in the text `count` times, and prefix and suffix do not say which of them is meant."""

    def __init__(self, exact: str, count: int) -> None:
        super().__init__(f"The words “{_shorten(exact)}” occur {count} times in the text: select a little more.")
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
_IMPOSSIBLE_CHARACTER = re.compile("[\x00\x80-\x9f\ud800-\udfff\ufffe\uffff]")
_CONTROL_CHARACTERS = re.compile("[\x01-\x08\x0e-\x1f\x7f]")
_INNER_MARKS = str.maketrans("“”„", "‘’‚")
_DIRECTION_MARKS = {
    **dict.fromkeys("\u202a\u202b\u202d\u202e", "\u202c"),
    **dict.fromkeys("\u2066\u2067\u2068", "\u2069"),
}
_DIRECTION_END_MARKS = frozenset(_DIRECTION_MARKS.values())


def settle(text: str) -> str:
    r"""`text` in the one form in which it is kept: NFC, lines end in \n, no control characters but \n and \t.

    Raises `TextIsBroken` for what only a wrong encoding or a binary file brings in. Settled text stays as it is.
    """
    text = _LINE_ENDS.sub("\n", text.removeprefix("\ufeff"))
    impossible = _IMPOSSIBLE_CHARACTER.search(text)
    if impossible:
        line = text.count("\n", 0, impossible.start()) + 1
        raise TextIsBroken(
            f"Line {line} contains {_character_name(impossible[0])}: the file is not text or has the wrong encoding."
        )
    return unicodedata.normalize("NFC", _CONTROL_CHARACTERS.sub("", text))


def settle_line(text: str, what: str = "name") -> str:
    """`text` as one line for a name or a headline: NFC, white space as single spaces, none around it.

    Raises `TextIsBroken` for control characters and for marks of writing direction that are not closed in the same
    line: such a name would turn the words around it on a page. `what` is what the sentence calls the text.
    """
    for character in text:
        if unicodedata.category(character) in ("Cc", "Cs") and character not in "\t\n\r":
            raise TextIsBroken(f"The {what} “{_shorten(text)}” contains {_character_name(character)}.")
    line = unicodedata.normalize("NFC", " ".join(text.split()))
    if not _are_directions_closed(line):
        raise TextIsBroken(f"The {what} “{_shorten(line)}” changes the writing direction without changing it back.")
    return line


def _are_directions_closed(line: str) -> bool:
    expected = []
    for character in line:
        if character in _DIRECTION_MARKS:
            expected.append(_DIRECTION_MARKS[character])
        elif character in _DIRECTION_END_MARKS and (not expected or expected.pop() != character):
            return False
    return not expected


def _character_name(character: str) -> str:
    if "\ud800" <= character <= "\udfff":
        return "an unpaired surrogate"
    if character == "\x00":
        return "a NUL byte"
    return f"the control character U+{ord(character):04X}"


def _shorten(text: str, length: int = 60) -> str:
    """The text as a sentence shows it between marks of its own: one line, its double marks as single ones."""
    text = text.translate(_INNER_MARKS)
    line = "".join(c for c in " ".join(text.split()) if unicodedata.category(c) not in ("Cc", "Cs", "Cf"))
    return line if len(line) <= length else line[: length - 1] + "…"


def fingerprint(text: str) -> str:
    """The SHA-256 of the UTF-8 bytes of `text`, 64 hexadecimal digits."""
    return hashlib.sha256(text.encode()).hexdigest()


# Locating


class QuoteCutsAWord(QuoteNotFound):
    """The words stand in the text only as a part of longer words or numbers, of which `whole` is the first."""

    def __init__(self, exact: str, whole: str) -> None:
        ValueError.__init__(
            self,
            f"The words “{_shorten(exact)}” occur in the text only as part of “{_shorten(whole)}”: "
            "select whole words and numbers.",
        )
        self.whole = whole


def locate(text: str, exact: str, prefix: str = "", suffix: str = "", occurrence: int | None = None) -> Span:
    """The one place in the settled `text` where the words `exact` stand; `Span.exact` is what really stands there.

    Other typography than the text's is forgiven (folding.py); other letters are not, nor are parts of words and
    numbers (word_edges.py). Where the very words stand several times, `occurrence` says which place is meant, the first
    being 1; else `prefix` and `suffix` choose, then the very same characters. Raises `QuoteNotFound` or
    `QuoteIsAmbiguous`. Time grows with the length of the text and of the words, not their product.
    """
    if occurrence is not None and (place := _literal_place(text, exact, occurrence)):
        if cuts_word(text, *place):
            raise QuoteCutsAWord(exact, text[slice(*widen_to_words(text, *place))])
        return span(text, *place)
    found = occurrences(text, exact)
    if 1 < len(found) <= MAX_PLACES:
        found = _best_places(text, found, exact, prefix, suffix)
    if len(found) > 1:
        raise QuoteIsAmbiguous(exact, len(found))
    return span(text, *found[0])


def occurrences(
    text: str, exact: str, folded: FoldedText | None = None, *, spaced: bool = True
) -> list[tuple[int, int]]:
    """Every (start, end) at which the words `exact` stand in `text`, whole, overlapping or not.

    `QuoteNotFound` if there are none; `QuoteCutsAWord` if longer words or numbers hold them everywhere. `folded` is
    `fold(text)`, for callers who look for many words in one text. Not `spaced`: see `word_edges.cuts_word`.
    """
    exact = unicodedata.normalize("NFC", exact)
    words = fold(exact)
    if not words.text.strip():
        raise QuoteNotFound("")
    folded = folded or fold(text)
    places = _folded_places(folded, words.text.strip(), exact)
    if not places and (joined := folded.with_joined_words or (words.with_joined_words and folded)):
        places = _folded_places(joined, (words.with_joined_words or words).text.strip(), exact)
    if not places:
        raise QuoteNotFound(exact)
    whole = [place for place in places if not cuts_word(text, *place, spaced=spaced)]
    if not whole:
        raise QuoteCutsAWord(exact, text[slice(*widen_to_words(text, *places[0]))])
    return whole


def occurrence_number(text: str, place: WordsInPlace) -> int:
    """Which of the places at which the very words of `place` stand in `text` it is: the first is 1."""
    return 1 + sum(start < place.start for start in _find_all(text, place.exact))


def _literal_place(text: str, exact: str, occurrence: int) -> tuple[int, int] | None:
    words = unicodedata.normalize("NFC", exact).strip()
    starts = _find_all(text, words) if words else []
    return (starts[occurrence - 1], starts[occurrence - 1] + len(words)) if 1 <= occurrence <= len(starts) else None


def span(text: str, start: int, end: int) -> Span:
    """The span from `start` to `end` with what stands around it, cut between words."""
    return Span(start, end, text[start:end], _context_before(text, start), _context_after(text, end))


def _folded_places(folded: FoldedText, words: str, exact: str) -> list[tuple[int, int]]:
    """Where `words`, folded, stand; the very characters of `exact` win where both begin at one place."""
    text, literal = folded.source, exact.strip()
    spans = [folded.span(at, at + len(words)) for at in _find_all(folded.text, words)]
    found = dict(filter(None, spans))
    if literal:
        found |= {at: at + len(literal) for at in _find_all(text, literal)}
    return sorted(found.items())


def _find_all(text: str, words: str) -> list[int]:
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


def _best_places(
    text: str, found: list[tuple[int, int]], exact: str, prefix: str, suffix: str
) -> list[tuple[int, int]]:
    """Those of the places `found` that fit best; each test that none of them passes is left out."""
    before, after = _normalize_hint(prefix[-MAX_HINT_LENGTH:]), _normalize_hint(suffix[:MAX_HINT_LENGTH])
    # Around a line of an excerpt stands nothing that the article prints there: then its own line is the hint.
    before_in_line = _normalize_hint(prefix[-MAX_HINT_LENGTH:].rpartition("\n")[2])
    after_in_line = _normalize_hint(suffix[:MAX_HINT_LENGTH].partition("\n")[0])
    literal = unicodedata.normalize("NFC", exact).strip()

    def follows(hint: str) -> PlaceTest:
        return lambda place: _normalize_hint(text[max(0, place[0] - 2 * MAX_HINT_LENGTH) : place[0]]).endswith(hint)

    def precedes(hint: str) -> PlaceTest:
        return lambda place: _normalize_hint(text[place[1] : place[1] + 2 * MAX_HINT_LENGTH]).startswith(hint)

    hints = (follows, before), (precedes, after), (follows, before_in_line), (precedes, after_in_line)
    tests = [test_for(hint) for test_for, hint in hints if hint]
    tests.append(lambda place: text[place[0] : place[1]] == literal)
    for test in tests:
        if len(found) > 1:
            found = [place for place in found if test(place)] or found
    return found


def _normalize_hint(words: str) -> str:
    # A browser sends half of a character as U+FFFD.
    return fold(words.strip("\ufffd")).text.strip()


def _context_before(text: str, start: int) -> str:
    cut = max(0, start - CONTEXT_LENGTH)
    context = text[cut:start]
    if cut and not text[cut - 1].isspace():
        rest = re.search(r"\s", context)
        if rest and rest.end() < len(context):
            return context[rest.end() :].lstrip()
        while context and unicodedata.combining(context[0]):
            context = context[1:]
    return context.lstrip()


def _context_after(text: str, end: int) -> str:
    context = text[end : end + CONTEXT_LENGTH]
    if end + CONTEXT_LENGTH < len(text) and not text[end + CONTEXT_LENGTH].isspace():
        *_, last = [0, *(match.start() for match in re.finditer(r"\s", context))]
        if last:
            return context[:last].rstrip()
    return context.rstrip()


@dataclass(frozen=True)
class TextPiece(Generic[P]):
    """Some characters of a text and the passages that cover all of them; `opens` are those that begin here."""

    text: str
    passages: tuple[P, ...]
    opens: tuple[P, ...]


def split_at_passages(text: str, passages: Iterable[P]) -> list[TextPiece[P]]:
    """`text` in pieces, in order and complete, cut at every `start` and `end` of `passages`; these may overlap."""
    placed = sorted(passages, key=lambda passage: (passage.start, passage.end))
    cuts = sorted({0, len(text), *(passage.start for passage in placed), *(passage.end for passage in placed)})
    return [
        TextPiece(
            text[start:end],
            tuple(passage for passage in placed if passage.start <= start and end <= passage.end),
            tuple(passage for passage in placed if passage.start == start),
        )
        for start, end in pairwise(cuts)
    ]
