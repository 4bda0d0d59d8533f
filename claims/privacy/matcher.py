"""Finds withheld names in a text, in whatever form, in time that grows with the text and not with the names.

Whole names are looked for in the text without spaces; their words, each in all its forms, among the words of the text,
and what stands beside a word decides: another word of the same name, an initial, a title, or somebody else's name.
"""

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import TypeAlias

from language.names.folded_words import HANGUL, Words, fold_word, is_arabic, is_han, is_hangul, is_latin

from . import transcription
from .name_context import Neighbourhood, is_name_ending
from .patterns import (
    EXACT,
    PARTICLES,
    SOUND,
    Pattern,
    Person,
    Slot,
    characters_of,
    is_transcription,
    keys_of,
    pattern_of,
    simplify_characters,
)
from .vocabulary import is_common, is_surname_of_china

# The name itself; a form that is very likely meant as the name; a word of it, which may be somebody else's.
CERTAIN, LIKELY, HINT = "certain", "near", "hint"
_GRADE_ORDER = {CERTAIN: 0, LIKELY: 1, HINT: 2}

Hit: TypeAlias = tuple[int, int, int]  # number of the word, place in the name, how near it is

CACHED_WORDS = 20_000
GRAM_LENGTH = 8  # letters of a whole name from which on it is looked for inside words too
MIN_INFLECTED_LENGTH = 5  # letters of one that may have an ending; a shorter one stands alone: "Li" is not in "lively"
MIN_HINT_LENGTH, MIN_PRINTED_LENGTH = 4, 3
_CHINESE_TITLES = (
    "先生|女士|小姐|太太|夫人|教授|博士|医生|醫生|老师|老師|同志|律师|律師|记者|記者|部长|部長|主席|总理|總理|某某|某"
)
_KOREAN_TITLES = "씨|님|선생|교수|박사|기자|의원|장관|대통령|사장|변호사|검사|군은|양은"


@dataclass(frozen=True, order=True)
class NameMatch:
    """A form of a name in a text, from `start` to `end`, with the label of whoever has it. `whole` names tell all."""

    start: int
    end: int
    label: str
    grade: str
    form: str
    whole: bool = False


class Matcher:
    """The names of some people, ready to be looked for in any number of texts."""

    def __init__(self, people: Iterable[Person]) -> None:
        self.people = tuple(people)
        self._entries: list[tuple[Person, Pattern]] = []
        self._short: dict[str, list[int]] = defaultdict(list)  # whole folds of fewer letters than a gram
        self._long: dict[str, list[tuple[str, int]]] = defaultdict(list)  # by their first gram
        self._keys: dict[str, list[tuple[int, int, int]]] = defaultdict(list)
        self._korean: dict[str, list[int]] = defaultdict(list)
        self._titled: dict[str, list[int]] = defaultdict(list)
        self._beginnings: dict[str, int] | None = None
        self._labels: dict[str, list[str]] | None = None
        for person in self.people:
            for name in dict.fromkeys(person.names):
                self._add(person, pattern_of(name))
            for phrase in person.phrases:
                self._add(person, Pattern(phrase, frozenset({"".join(Words(phrase).folds)} - {""}), (), False))
        self._lengths = sorted({len(fold) for fold in self._short})
        self._titles = _titled_name_pattern(self._titled)
        self._slots_of = lru_cache(maxsize=CACHED_WORDS)(self._find_slots)  # pages repeat their words

    def __bool__(self) -> bool:
        return bool(self._entries)

    def _add(self, person: Person, pattern: Pattern) -> None:
        number = len(self._entries)
        self._entries.append((person, pattern))
        for folded in pattern.folds:
            if len(folded) >= GRAM_LENGTH:
                self._long[folded[:GRAM_LENGTH]].append((folded, number))
            else:
                self._short[folded].append(number)
        if len(pattern.slots) > 1 or person.is_person:
            for place, slot in enumerate(pattern.slots):
                for key, quality in slot.keys:
                    self._keys[key].append((number, place, quality))
        for key in pattern.korean if person.is_person else ():
            self._korean[key].append(number)
        if pattern.surname and person.is_person:
            self._titled[pattern.surname].append(number)
            if len(pattern.characters) - len(pattern.surname) > 1:
                self._titled[pattern.characters[len(pattern.surname) :]].append(number)

    def entries(self) -> Iterable[tuple[Person, Pattern]]:
        """Each recorded name with whose it is."""
        return iter(self._entries)

    def labels_with(self, form: str) -> list[str]:
        """The labels, in small letters, that hold the letters of `form`: what stands in them may be no name."""
        if self._labels is None:
            self._labels = defaultdict(list)
            for label in {person.label.casefold() for person in self.people}:
                for folded in set(Words(label).folds):
                    self._labels[folded].append(label)
        return list(dict.fromkeys(label for folded in Words(form).folds for label in self._labels.get(folded, ())))

    def is_part_of_name(self, word: str) -> bool:
        """Whether a withheld name, in some form, holds this word or this part of a word."""
        folded = fold_word(word)
        parts = [folded, *(fold_word(part) for part in Words(word).words)]
        if any(key in self._keys for part in Words(word).words for key, _ in keys_of(part)):
            return True
        return any(part and part in key for part in parts for key in (*self._short, *self._whole_folds(), *self._keys))

    def _whole_folds(self) -> Iterator[str]:
        return (folded for found in self._long.values() for folded, _ in found)

    def find(self, text: str) -> list[NameMatch]:
        """Every form of a name in `text`, by place; where one lies within another of the same label, the longer."""
        if not self._entries or not text:
            return []
        words = Words(text)
        found = [*self._whole_names(words), *self._match_words(words)]
        if self._titles and (is_han(text) or is_hangul(text)):
            found += self._match_titled_names(text, self._titles)
        if self._korean:
            found += self._match_korean_names(words)
        return _drop_inner_matches(found) if found else found

    def first_certain_match(self, text: str) -> NameMatch | None:
        """The first form of a name in `text` that is certain."""
        return next((found for found in self.find(text) if found.grade == CERTAIN), None)

    # Whole names

    def _whole_names(self, words: Words) -> Iterable[NameMatch]:
        for number, at in enumerate(words.at):
            for length in self._lengths:
                for entry in self._short.get(words.folded[at : at + length], ()):
                    yield from self._match_whole_name(words, entry, at, length, number)
        if not self._long:
            return
        grams, folded = self._long, words.folded
        for at in range(len(folded) - GRAM_LENGTH + 1):
            if (gram := folded[at : at + GRAM_LENGTH]) in grams:
                for whole, entry in grams[gram]:
                    if folded.startswith(whole, at):
                        yield from self._match_whole_name(words, entry, at, len(whole), _word_number(words, at))

    def _match_whole_name(self, words: Words, entry: int, at: int, length: int, first: int) -> Iterable[NameMatch]:
        person, pattern = self._entries[entry]
        last = _word_number(words, at + length - 1)
        inside = at - words.at[first]
        rest = words.folds[last][at + length - words.at[last] :]
        if inside and (first != last or length < GRAM_LENGTH):
            return
        if rest and length < MIN_INFLECTED_LENGTH:
            return
        if (
            rest
            and not is_name_ending(rest)
            and not (
                first == last and length >= GRAM_LENGTH and len(pattern.slots) != 1 and (inside or not rest.isalpha())
            )
        ):
            return
        start = words.place(first, inside)
        end = words.place(last, at + length - words.at[last], end=True) if not rest else words.ends[last]
        if rest and (inside or not rest.isalpha()):
            end = words.place(last, at + length - words.at[last], end=True)
        form = words.text[start:end]
        if not self._may_be_whole(words, person, pattern, form, first, last):
            return
        yield NameMatch(start, end, person.label, CERTAIN, form, whole=True)

    def _may_be_whole(self, words: Words, person: Person, pattern: Pattern, form: str, first: int, last: int) -> bool:
        if pattern.characters and is_han(form) | is_hangul(form):
            return characters_of(form) == pattern.characters
        if is_han(form) and any(is_han(name) for name in person.names):
            return False  # the same sound, other characters
        if pattern.characters and first == last and len(form) < GRAM_LENGTH and len(pattern.characters) > 1:
            return False  # 李娜 is "Li Na", and "Lina" is somebody else
        if pattern.is_common and is_latin(form) and form == form.lower() and first != last:
            return not any(words.gap(number).isspace() for number in range(first, last))
        if len(pattern.slots) == 1 and pattern.is_common and first == last:
            return Neighbourhood(words, first, first).is_name(printed=True)
        if len(pattern.slots) > 1 and first != last:
            return not any("\n\n" in words.gap(number) for number in range(first, last))
        return True

    # Word by word

    def _match_words(self, words: Words) -> Iterable[NameMatch]:
        by_entry = defaultdict(list)
        for number, word in enumerate(words.words):
            for entry, place, quality in self._slots_of(word):
                by_entry[entry].append((number, place, quality))
        for entry, hits in by_entry.items():
            for run in runs_of(words, hits):
                run = self._drop_common_words(words, entry, run)
                if run and (found := self._grade_run(words, entry, run)):
                    yield found

    def _drop_common_words(self, words: Words, entry: int, run: list[Hit]) -> list[Hit]:
        """The hits without words in small letters that mean something else too: "the will", "young people".

        In an address, or where all of a name is in small letters, they stay.
        """
        slots = self._entries[entry][1].slots
        small = [hit for hit in run if slots[hit[1]].is_common and _is_small(words.words[hit[0]])]
        if not small:
            return run
        if len(run) > len(small) and all(_is_small(words.words[number]) for number, *_ in run):
            return run
        if len(run) > 1 and not any(" " in words.gap(number) for number in range(run[0][0], run[-1][0])):
            return run
        return [hit for hit in run if hit not in small]

    def _find_slots(self, word: str) -> list[tuple[int, int, int]]:
        """The words of names that `word` is a form of, each once and as near as it is."""
        best: dict[tuple[int, int], int] = {}
        for key, quality in keys_of(word):
            for entry, place, own in self._keys.get(key, ()):
                if key[:2] in ("sk", "la") and not is_transcription(self._entries[entry][1].slots[place].word, word):
                    continue
                quality_ = max(quality, own)
                if quality_ < best.get((entry, place), 9):
                    best[entry, place] = quality_
        return [(entry, place, quality) for (entry, place), quality in best.items()]

    def _grade_run(self, words: Words, entry: int, run: list[Hit]) -> NameMatch | None:
        person, pattern = self._entries[entry]
        best: dict[int, int] = {}
        for _, place, quality in run:
            best[place] = min(quality, best.get(place, 9))
        first, last = run[0][0], run[-1][0]
        around = Neighbourhood(words, first, last)
        start, end = words.starts[first], words.ends[last]

        def make_match(grade: str, *, whole: bool = False, begins: int = start, ends: int = end) -> NameMatch:
            return NameMatch(begins, ends, person.label, grade, words.text[begins:ends], whole)

        if len(best) > 1 and len({number for number, *_ in run}) > 1:
            whole = best.keys() >= pattern.required_slots
            if not whole and all(pattern.slots[place].is_common or pattern.slots[place].given for place in best):
                return None
            return make_match(CERTAIN if whole and max(best.values()) < SOUND else LIKELY, whole=whole)
        if not person.is_person:
            return None
        place, quality = run[0][1], run[0][2]
        slot = pattern.slots[place]
        middle = 0 < place < len(pattern.slots) - 1 and (slot.given or is_arabic(slot.word))
        if middle and slot.fold not in person.printed:
            return None
        word = words.words[first]
        common = slot.is_common or (quality == SOUND and is_common(word))
        if slot.is_common and quality != EXACT and is_latin(word) and not pattern.characters:
            return None
        if len(pattern.slots) == 1:
            return self._grade_single_word(person, slot, quality, around, make_match)
        initials = around.initials([slot for other, slot in enumerate(pattern.slots) if other != place])
        if initials is not None:
            return make_match(LIKELY, begins=initials[0], ends=initials[1]) if initials else None
        if slot.patronymic:
            return None
        printed = slot.fold in person.printed and len(slot.fold) >= MIN_PRINTED_LENGTH
        if around.has_title() and not around.is_somebody_else(
            slot, first=place == 0 and len(pattern.slots) > 1, chinese=_is_chinese(pattern)
        ):
            grade = CERTAIN if printed and quality == EXACT else LIKELY
            return make_match(grade)
        if common and not around.is_name(printed=printed):
            return None
        if around.is_somebody_else(slot, first=place == 0 and len(pattern.slots) > 1, chinese=_is_chinese(pattern)):
            return make_match(HINT) if printed and not slot.is_common else None
        if printed and not (quality == SOUND and len(slot.fold) < MIN_INFLECTED_LENGTH):
            return make_match(CERTAIN if quality == EXACT else LIKELY)
        long_enough = len(slot.fold) >= (MIN_HINT_LENGTH if quality < SOUND else MIN_INFLECTED_LENGTH)
        if not long_enough or slot.given or (not is_latin(slot.word) and slot.is_common and not _is_cased(slot.word)):
            return None
        return make_match(HINT)

    def _grade_single_word(
        self, person: Person, slot: Slot, quality: int, around: Neighbourhood, make_match: Callable[[str], NameMatch]
    ) -> NameMatch | None:
        """A name of one word: whole names have been found before, so this is a form of it."""
        if slot.is_common and not around.is_name(printed=True):
            return None
        if quality == SOUND:
            return make_match(HINT) if len(slot.fold) > MIN_INFLECTED_LENGTH else None
        return make_match(CERTAIN if quality == EXACT else LIKELY) if len(slot.fold) >= MIN_HINT_LENGTH else None

    # Chinese and Korean

    def _match_titled_names(self, text: str, titles: re.Pattern[str]) -> Iterable[NameMatch]:
        for match in titles.finditer(simplify_characters(text)):
            for entry in self._titled[match["name"]]:
                label = self._entries[entry][0].label
                yield NameMatch(match.start(), match.end(), label, LIKELY, text[match.start() : match.end()])

    def _match_korean_names(self, words: Words) -> Iterable[NameMatch]:
        """Names of Korea in the other script than recorded, and in other spellings of the same."""
        for number, word in enumerate(words.words):
            if is_hangul(word):
                for length in (2, 3, 4):
                    piece = words.words[number : number + length]
                    if (
                        len(piece) == length
                        and all(is_hangul(syllable) for syllable in piece)
                        and are_touching(words, number, length)
                    ):
                        family, given = words.folds[number], "".join(words.folds[number + 1 : number + length])
                        family = transcription.korean_surname(family) or family
                        yield from self._match_korean_name(
                            words, transcription.korean_key(family, given), number, length
                        )
            elif word.isascii() and word[0].isupper() and (surname := transcription.korean_surname(word)):
                for length in (2, 3):
                    behind = words.folds[number + 1 : number + length]
                    if len(behind) == length - 1 and are_close(words, number, length):
                        key = transcription.korean_key(surname, "".join(behind))
                        yield from self._match_korean_name(words, key, number, length)
                    before = words.folds[max(number - length + 1, 0) : number]
                    if len(before) == length - 1 and are_close(words, number - length + 1, length):
                        key = transcription.korean_key(surname, "".join(before))
                        yield from self._match_korean_name(words, key, number - length + 1, length)

    def _match_korean_name(self, words: Words, key: str, first: int, length: int) -> Iterable[NameMatch]:
        start, end = words.starts[first], words.ends[first + length - 1]
        form = words.text[start:end]
        for entry in self._korean.get(key, ()):
            person, _ = self._entries[entry]
            if is_hangul(form) and any(is_hangul(name) for name in person.names):
                continue  # other syllables are another name
            yield NameMatch(start, end, person.label, LIKELY, form, whole=True)

    # Names cut short

    def label_by_beginning(self, folded: str) -> str:
        """The label of whoever has a name that begins so, or an empty string; from the third letter on."""
        if self._beginnings is None:
            self._beginnings = {}
            for number, (person, pattern) in enumerate(self._entries):
                for whole in pattern.folds | person.printed:
                    for length in range(MIN_PRINTED_LENGTH, min(len(whole), 60)):
                        self._beginnings.setdefault(whole[:length], number)
        entry = self._beginnings.get(folded[:59])
        return self._entries[entry][0].label if entry is not None else ""


def _word_number(words: Words, at: int) -> int:
    """The number of the word that has given the letter at this place of the fold."""
    return bisect_right(words.at, at) - 1


def _is_chinese(pattern: Pattern) -> bool:
    """Whether the first word of a name is a surname of China, so that what follows is the given name."""
    return bool(pattern.slots) and is_surname_of_china(pattern.slots[0].word)


def _is_small(word: str) -> bool:
    """Whether a word begins with a small letter, in a script that has capitals."""
    return word[0] == word[0].lower() != word[0].upper()


def _is_cased(word: str) -> bool:
    return word.lower() != word.upper()


def _titled_name_pattern(titled: Iterable[str]) -> re.Pattern[str] | None:
    """Surnames in Chinese and Korean characters with a title behind; given names of Korea too."""
    if not titled:
        return None
    names = "|".join(sorted((re.escape(name) for name in titled), key=len, reverse=True))
    return re.compile(
        f"(?P<name>{names})(?:(?:{_CHINESE_TITLES})|(?<=[{HANGUL}]) ?(?:{_KOREAN_TITLES}))(?![{HANGUL}]{{3}})"
    )


def _drop_inner_matches(found: list[NameMatch]) -> list[NameMatch]:
    """In order of place, without what lies within something at least as certain."""
    kept: list[NameMatch] = []
    for match in sorted(
        set(found), key=lambda match: (match.start, -match.end, _GRADE_ORDER[match.grade], not match.whole, match.label)
    ):
        inner = any(
            other.end >= match.end
            and (_GRADE_ORDER[other.grade], not other.whole) <= (_GRADE_ORDER[match.grade], not match.whole)
            for other in kept[-4:]
            if other.start <= match.start
        )
        if not inner:
            kept.append(match)
    return kept


def runs_of(words: Words, hits: Iterable[Hit]) -> Iterable[list[Hit]]:
    """The hits of one name in groups of words that stand beside one another."""
    run: list[tuple[int, int, int]] = []
    for hit in hits:
        again = any(hit[1] == place and hit[0] != number for number, place, _ in run)
        if run and (again or not _are_adjacent(words, run[-1][0], hit[0])):
            yield run
            run = []
        run.append(hit)
    if run:
        yield run


_WORD_GAP = re.compile(r"[\s.,'’·\-_+/()\"“”«»]{0,4}")
_PATRONYMIC = re.compile("(?:[oe]vi4|[oe]vich|ich|[oe]vna|ichna)(?:a|u|y|e|em|om|oy|oi)?$|ovn[yueo]|evn[yueo]")


def _are_adjacent(words: Words, first: int, last: int) -> bool:
    """Whether two words stand beside each other, initials, particles and a patronymic aside."""
    if last - first > 3:
        return False
    for number in range(first, last):
        gap = words.gap(number)
        if not _WORD_GAP.fullmatch(gap) or "\n\n" in gap:
            return False
        if gap.strip() in (".", ",") and words.folds[number] == "s":
            return False
    inner = range(first + 1, last)
    return all(
        len(words.folds[number]) <= 2
        or words.folds[number] in PARTICLES
        or words.words[number] in PARTICLES
        or (words.words[number][0].isupper() and bool(_PATRONYMIC.search(words.folds[number])))
        for number in inner
    ) and not any(
        words.gap(number).strip().startswith((".", ",")) and len(words.folds[number]) > 2 and inner
        for number in range(first, last)
    )


def are_touching(words: Words, first: int, length: int) -> bool:
    return all(
        not words.gap(number).strip() and len(words.gap(number)) < 2 for number in range(first, first + length - 1)
    )


def are_close(words: Words, first: int, length: int) -> bool:
    """Whether so many words stand beside each other, a space, comma or hyphen between."""
    return all(words.gap(number) in (" ", "-", "‐", ", ", "\u00a0") for number in range(first, first + length - 1))
