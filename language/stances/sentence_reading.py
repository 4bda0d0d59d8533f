"""A sentence taken apart: its tokens, its clauses, and the words in it by which somebody takes a stance."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from ..likeness import stem_of
from .stance_words import StanceWords

MOST_QUOTED = 3  # words in quotation marks that make no clause of their own
NEGATION_REACH = 4  # words before a cue in which what negates it may stand
_TOKEN = re.compile(r"\w+?(?=n['’]t\b)|n['’]t\b|\w+(?:-\w+)*|['’]\w+|\S")
OPENING, CLOSING = "“‘«", "”»"
INTRODUCING = ":“"
BREAKS = frozenset(",;:—–()[].!?…")


@dataclass(frozen=True)
class Token:
    """A word or a mark: in small letters, its stem, every base form that it may be of."""

    word: str
    stem: str
    bases: frozenset[str]
    start: int
    quoted: bool

    def is_of(self, words: frozenset[str]) -> bool:
        return self.word in words or bool(self.bases & words)


@dataclass(frozen=True)
class Cue:
    """Words for what a speaker does, `act`, at tokens[start:end].

    `negated`: the speaker does not do it; `modal`: would not, could not; `noun`: told by a noun; `neither`: nor its
    opposite.
    """

    act: str
    base: str
    start: int
    end: int
    negated: bool = False
    modal: str = ""
    noun: bool = False
    neither: bool = False


@dataclass
class AnalysedSentence:
    """A sentence taken apart: its tokens, its clauses as ranges of them, and the cues in it."""

    tokens: list[Token]
    clauses: list[tuple[int, int]]
    cues: list[Cue] = field(default_factory=list)


def read(text: str, words: StanceWords) -> AnalysedSentence:
    """A text with its clauses and cues."""
    tokens = list(_tokens(text, words))
    reading = AnalysedSentence(tokens, _clauses(tokens, words))
    reading.cues = list(_cues(tokens, words))
    return reading


def _tokens(text: str, words: StanceWords) -> Iterator[Token]:
    quoted = False
    for match in _TOKEN.finditer(text):
        word = match[0].lower().replace("’", "'")
        if word in OPENING or (word == '"' and not quoted):
            quoted = True
        elif word in CLOSING or word == '"':
            quoted = False
        yield Token(word, stem_of(word), words.forms.get(word, frozenset()), match.start(), quoted)


def _clauses(tokens: Sequence[Token], words: StanceWords) -> list[tuple[int, int]]:
    """The sentence cut at its marks and at the words that open a clause, as ranges that cover it."""
    starts = [0]
    inside = _quoted_phrases(tokens)
    for number, token in enumerate(tokens):
        if not number:
            continue
        quotation_mark = tokens[number - 1].word in CLOSING + OPENING + '"' and number - 1 not in inside
        mark = tokens[number - 1].word in BREAKS or quotation_mark
        opens = token.word in words["clause openers"]
        opens = opens and f"{tokens[number - 1].word}_{token.word}" not in words["negating phrases"]
        if (mark or opens) and number - starts[-1] > 1 and token.word[0].isalnum():
            starts.append(number)
    return list(zip(starts, [*starts[1:], len(tokens)], strict=True)) if tokens else []


def _quoted_phrases(tokens: Sequence[Token]) -> set[int]:
    """The marks around a few quoted words that belong to the clause around them: had not taken “a penny” of it."""
    marks = [number for number, token in enumerate(tokens) if token.word in CLOSING + OPENING + '"']
    return {
        mark
        for first, last in zip(marks[::2], marks[1::2], strict=False)
        for mark in (first, last)
        if last - first <= MOST_QUOTED + 1
        and first
        and tokens[first - 1].word.isalpha()
        and last + 1 < len(tokens)
        and tokens[last + 1].word.isalpha()
        and tokens[last - 1].word.isalnum()
    }


def _cues(tokens: Sequence[Token], words: StanceWords) -> Iterator[Cue]:
    taken = 0
    for number in range(len(tokens)):
        if number < taken:
            continue
        cue = _cue_at(tokens, number, words)
        if cue is not None:
            taken = cue.end
            yield cue


def _cue_at(tokens: Sequence[Token], number: int, words: StanceWords) -> Cue | None:
    token = tokens[number]
    noun = _is_noun_place(tokens, number, words)
    for base in sorted({*token.bases, token.word}):
        for following, act in words.cues.get(base, ()):
            is_noun = act.startswith("noun ")
            if not is_noun and (noun or base not in token.bases):
                continue
            end = _match(tokens, number + 1, following)
            if end is None:
                continue
            negated, modal = _negation(tokens, number, words)
            inside = not is_noun and any(token.word in words["negators"] for token in tokens[number + 1 : end])
            negated = negated or (inside and not words["negators"] & set(following))
            negated = negated or (is_noun and number > 0 and tokens[number - 1].word in words["beyond"])
            name = "_".join((base, *following)) if following and not is_noun else base
            neither = words["neither"] & {
                token.word for token in (*tokens[max(0, number - 3) : number], *tokens[end : end + 1])
            }
            return Cue(act.removeprefix("noun "), name, number, end, negated, modal, is_noun, bool(neither))
    return None


def _match(tokens: Sequence[Token], start: int, following: tuple[str, ...]) -> int | None:
    """The end of these words at `start`, where one other word may stand between them; None where they do not follow."""
    place, gaps = start, 1
    for word in following:
        if place < len(tokens) and not tokens[place].is_of(frozenset((word,))) and gaps:
            place, gaps = place + 1, gaps - 1
        if place >= len(tokens) or not tokens[place].is_of(frozenset((word,))):
            return None
        place += 1
    return place


def _is_noun_place(tokens: Sequence[Token], number: int, words: StanceWords) -> bool:
    before = tokens[number - 1].word if number else ""
    if before in words["same subject"] and tokens[number].word in tokens[number].bases:
        return False  # “to deny”
    return before in words["articles"] or before in words["prepositions"] or before in ("'s", words["most"])


def _negation(tokens: Sequence[Token], number: int, words: StanceWords) -> tuple[bool, str]:
    """Whether the cue at this place is negated, and the modal verb before it."""
    negated, modal = False, ""
    for token in reversed(tokens[max(0, number - NEGATION_REACH) : number]):
        if token.word in BREAKS or token.word in words["that"] or token.word in words["clause openers"] - {"and"}:
            break
        fails = token.is_of(words["failing"]) and tokens[number - 1].word in words["same subject"]
        ends = token is tokens[number - 1] and token.is_of(words["ending"])  # “has stopped denying”
        negated = negated or token.word in words["negators"] or fails or ends
        modal = token.word if token.word in words["unable"] else modal
    return negated, modal
