"""Numbers, words and signs of a text in their order, and tables of phrases that are looked up among them."""

import re
from collections.abc import Mapping, Sequence
from typing import Generic, NamedTuple, TypeVar

_TOKEN = re.compile(
    r"(?P<gap>\n[^\S\n]*\n)"
    r"|(?P<number>[0-9]{1,3}(?:[ \u00a0\u2009\u202f][0-9]{3}){1,5}(?:,[0-9]{1,2})?(?![0-9]|[.,:/’'-]?[0-9])"
    r"|[0-9]+(?:[.,’'][0-9]+)*|(?<![\w.,)])\.[0-9]+(?![.,]?[0-9]))"
    r"|(?P<word>(?:[A-Za-z]\.){2,}|[^\W\d_]+(?:[’'][^\W\d_]+)*)"
    r"|\S"
)


class Token(NamedTuple):
    """A number, a word, a sign or an empty line: text[start:end], and the same in small letters with straight marks."""

    start: int
    end: int
    text: str
    lower: str
    kind: str

    @property
    def is_number(self) -> bool:
        return self.kind == "number"

    @property
    def is_word(self) -> bool:
        return self.kind == "word"


END = Token(-1, -1, "", "", "gap")  # what stands before the first token and behind the last


class Tokens:
    """The tokens of a text; beyond either end stands `END`."""

    def __init__(self, text: str) -> None:
        self.text = text
        self._tokens = [
            Token(*match.span(), match[0], match[0].lower().replace("’", "'"), match.lastgroup or "sign")
            for match in _TOKEN.finditer(text)
        ]

    def __len__(self) -> int:
        return len(self._tokens)

    def __getitem__(self, at: int) -> Token:
        return self._tokens[at] if 0 <= at < len(self._tokens) else END

    def touch(self, at: int) -> bool:
        """Whether nothing stands between the token at `at` and the next, not even a space."""
        return 0 <= at < len(self._tokens) - 1 and self._tokens[at].end == self._tokens[at + 1].start

    def words(self, start: int, end: int) -> str:
        """The text from the token at `start` up to that before `end`."""
        return self.text[self[start].start : self[end - 1].end] if start < end else ""


Value = TypeVar("Value")


class Phrases(Generic[Value]):
    """Phrases of one or more tokens, in small letters, each with a value. The longest is found."""

    def __init__(self, values: Mapping[str, Value]) -> None:
        self._first: dict[str, list[tuple[tuple[str, ...], Value]]] = {}
        self._last: dict[str, list[tuple[tuple[str, ...], Value]]] = {}
        for phrase, value in values.items():
            key = tuple(match[0] for match in _TOKEN.finditer(phrase))
            self._first.setdefault(key[0], []).append((key, value))
            self._last.setdefault(key[-1], []).append((key, value))
        for table in (self._first, self._last):
            for entries in table.values():
                entries.sort(key=lambda entry: -len(entry[0]))

    @property
    def first_words(self) -> frozenset[str]:
        """The words with which the phrases begin."""
        return frozenset(self._first)

    def match(self, tokens: Tokens, at: int) -> tuple[Value, int] | None:
        """(value, place behind it) of the phrase that begins at `at`."""
        for key, value in self._first.get(tokens[at].lower, ()):
            if self._is_at(tokens, at, key):
                return value, at + len(key)
        return None

    def match_before(self, tokens: Tokens, end: int, floor: int = 0) -> tuple[Value, int] | None:
        """(value, its place) of the phrase that ends just before `end` and begins at `floor` or later."""
        for key, value in self._last.get(tokens[end - 1].lower, ()):
            start = end - len(key)
            if start >= floor and self._is_at(tokens, start, key):
                return value, start
        return None

    @staticmethod
    def _is_at(tokens: Tokens, start: int, key: Sequence[str]) -> bool:
        return all(tokens[start + number].lower == word for number, word in enumerate(key))
