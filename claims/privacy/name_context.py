"""What stands beside a word of a name, and what it makes of it: a title, initials, or somebody else's name."""

import re
from collections.abc import Sequence
from typing import Protocol

from language.names import phonetics
from language.names.folded_words import Words, fold_word, is_arabic, is_cyrillic, is_han, is_hangul

from .declension import is_russian_given_name
from .vocabulary import is_activity_word, is_common, is_given_name, is_surname_of_china, is_title

_NAME_ENDING = re.compile(
    "(?:s|es|a|u|e|i|y|o|om|em|oy|oi|oyu|oiu|ey|ei|eyu|ym|ykh|ymi|im|ikh|ami|am|akh|ovi|evi|yu|ya|ia|iu|yem|iem|ii|iy|"
    "ogo|omu|uyu|aya|n|en|ne|ning|ding|ting|n[iy]ng|d[iy]ng|t[iy]ng|n[iy]|d[iy]|t[iy]|gha|ge|qa|ke|na|da|de|ta|te|"
    "dan|den|tan|ten|nan|nen|men|ben|pen|lar|ler|dar|der|tar|ter)"
)
_EXCHANGEABLE_LETTERS: tuple[set[str], ...] = (
    {"k", "q", "c", "g"},
    {"j", "z", "d", "g", "i", "y"},
    {"i", "y", "j", "e"},
    {"v", "w"},
    {"h", "k", "x", "g"},
)
_EXCHANGEABLE_LETTERS += ({"6", "s"}, {"4", "c", "t"}, {"a", "e"}, {"o", "u"}, {"f", "p"})
_SENTENCE_END = re.compile("[.!?…:;\n\r|>](?:[\\s\"'“”‘’«»(\\[—–-]*)$")


_SCRIPTS = (is_cyrillic, is_arabic, is_han, is_hangul)


def is_name_ending(rest: str) -> bool:
    """Whether the letters after a name can be its ending."""
    return bool(_NAME_ENDING.fullmatch(rest))


class NameWord(Protocol):
    """One word of a recorded name."""

    @property
    def word(self) -> str: ...


class Neighbourhood:
    """The words beside those from `first` to `last`."""

    def __init__(self, words: Words, first: int, last: int):
        self.words, self.first, self.last = words, first, last

    def _word_before(self) -> str:
        """The word before, if nothing but a space or the dot of an abbreviation stands between."""
        number = self.first - 1
        if number < 0 or not re.fullmatch(r"\.?[ \u00a0]{1,2}|[ \u00a0]?[-‑][ \u00a0]?|", self.words.gap(number)):
            return ""
        return self.words.words[number]

    def _word_after(self) -> str:
        number = self.last + 1
        if number >= len(self.words) or not re.fullmatch(r"[ \u00a0]{1,2}|['’]", self.words.gap(self.last)):
            return ""
        return self.words.words[number]

    def is_sentence_start(self) -> bool:
        before = self.words.text[max(self.words.starts[self.first] - 12, 0) : self.words.starts[self.first]]
        return not before.strip("\"'“”‘’«»([ ") or bool(_SENTENCE_END.search(before))

    def has_title(self) -> bool:
        """Whether a title stands before it."""
        before = self._word_before()
        if before and is_title(fold_word(before)):
            return True
        number = self.first - 1
        if number > 0 and self.words.gap(number).isspace() and self.words.gap(number - 1) in ("-", "‑"):
            return is_title(fold_word(self.words.words[number - 1] + self.words.words[number]))  # г-н
        return False

    def initials(self, others: Sequence[NameWord]) -> tuple[int, int] | tuple[()] | None:
        """From where to where initials and name stand; an empty tuple if the initials are somebody else's.

        None where no initial stands beside. `others` are the other words of the name.
        """
        start, end = self._furthest_initial(-1), self._furthest_initial(1)
        found = [number for number in range(start, end + 1) if not self.first <= number <= self.last]
        if not found:
            return None
        letters = [self.words.words[number] for number in found]
        if not any(_is_initial_of(slot.word, letter) for letter in letters for slot in others):
            return ()
        last = self.words.ends[end]
        if end > self.last and self.words.text[last : last + 1] == ".":
            last += 1
        return self.words.starts[start], last

    def _furthest_initial(self, step: int) -> int:
        """The last number in one direction up to which initials stand."""
        number = self.first if step < 0 else self.last
        for _ in range(2):
            after = number + step
            if not 0 <= after < len(self.words):
                break
            word, gap = self.words.words[after], self.words.gap(min(number, after))
            behind = self.words.text[self.words.ends[after] : self.words.ends[after] + 1]
            letter = (
                len(word) <= 2 and word[0] == word[0].upper() and (len(word) == 1 or word not in ("He", "We", "No"))
            )
            joined = re.fullmatch(r"[.]?[ \u00a0]?|, ?|-", gap) if step < 0 else re.fullmatch(r",? ?|\. ?|-", gap)
            if step > 0 and number == self.last and gap.startswith("."):
                break
            if not (letter and joined and behind == "." and not is_title(fold_word(word))):
                break
            number = after
        return number

    def is_name(self, *, printed: bool) -> bool:
        """Whether a word that means something else too stands here as a name."""
        word = self.words.words[self.first]
        if word.lower() == word.upper():
            return printed
        if word == word.lower():
            return False
        before, after = self._word_before(), self._word_after()
        if after and after[0].isupper() and not is_activity_word(fold_word(after)) and after != after.upper():
            return False
        if is_activity_word(fold_word(after)):
            return self._can_precede_name(before)
        if self.is_sentence_start():
            return self.words.text[self.words.ends[self.last] :][:1] in ("'", "’") and after == "s"
        return self._can_precede_name(before)

    def _can_precede_name(self, before: str) -> bool:
        """Whether the word before can stand before a name without being a part of another."""
        if not before or not before[0].isupper():
            return True
        return is_title(fold_word(before)) or is_common(before) or is_activity_word(fold_word(before))

    def is_sentence_start_before(self) -> bool:
        """Whether the word before begins a sentence."""
        return self.first > 0 and Neighbourhood(self.words, self.first - 1, self.first - 1).is_sentence_start()

    def is_somebody_else(self, slot: NameWord, *, first: bool, chinese: bool) -> bool:
        """Whether another name stands beside this word: another given name before it, or another surname after it.

        `first` says that the word stands first in its name, `chinese` that a surname does.
        """
        before, after = self._word_before(), self._word_after()
        gap = self.words.gap(self.first - 1) if self.first else ""
        if is_arabic(slot.word):
            return False
        named = before and before[0].isupper() and "." not in gap and not is_title(fold_word(before))
        if named and is_given_name(before) and not (self.is_sentence_start_before() and is_common(before)):
            return True
        if chinese:
            return not first and bool(before) and before[0].isupper() and is_surname_of_china(before)
        if first and after and after[0].isupper() and not is_activity_word(fold_word(after)):
            return True
        return bool(after) and is_cyrillic(after) and after[0].isupper() and is_russian_given_name(after)


def _is_initial_of(word: str, letter: str) -> bool:
    """Whether `letter`, in whatever script, can be the initial of `word`."""
    if word[:1].casefold() == letter[:1].casefold():
        return len(letter) == 1 or word.casefold().startswith(letter.casefold())
    own, other = phonetics.romanise(word).lower(), phonetics.romanise(letter).lower()
    if [is_script(word) for is_script in _SCRIPTS] == [is_script(letter) for is_script in _SCRIPTS]:
        return len(letter) > 1 and own.startswith(other)
    own, other = phonetics.careful(own)[:1], phonetics.careful(other)[:1]
    return own == other or any({own, other} <= group for group in _EXCHANGEABLE_LETTERS)
