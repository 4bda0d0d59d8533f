"""What stands around words, and whether it agrees with what stands around the same words in another text. Pure.

Who said words, and whether they were affirmed at all, stands beside them. So surroundings agree when the words on
either side, to the ends of the paragraph or as far as 16 words, are the same; a paragraph that holds little else, or
a pronoun for a name, is looked at with its neighbours. Other typography and case are forgiven. Where a sentence names
somebody and has no pronoun, it stands for itself: then the sentences beside it may have been edited. A text that
begins or ends at the words says nothing against them on that side.
"""

import re
import unicodedata
from dataclasses import dataclass
from functools import cached_property
from itertools import takewhile

from .folding import INVISIBLE_CHARACTERS

MAX_CONTEXT_WORDS = 16  # words on either side; characters of scripts without spaces count half
MAX_CONTEXT_LENGTH = 800  # code points in which these are looked for
MIN_PARAGRAPH_WORDS = 2  # words of the paragraph, beside the passage, with which it tells itself from another
MIN_AGREEING_WORDS = 3  # words that agree where one side cannot tell
MIN_DISTINCTIVE_WORDS = 4  # words that are hardly printed by chance
MIN_DISTINCTIVE_LETTERS = 16  # letters of two words or more that are not, either

_UNSPACED_SCRIPTS = (
    "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3005-\u3007\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff"
    "\uf900-\ufaff\U00020000-\U0003ffff"
)
_WORD = re.compile(rf"[{_UNSPACED_SCRIPTS}]|(?:(?![{_UNSPACED_SCRIPTS}])\w[\u0300-\u036f\u0610-\u061a\u064b-\u065f]*)+")
_UNSPACED_CHARACTER = re.compile(f"[{_UNSPACED_SCRIPTS}]")
_REMOVE_INVISIBLE = str.maketrans("", "", INVISIBLE_CHARACTERS)
_GAP = re.compile(r"(?:\A|\n)[ \t]*[\[(]?(?:…|\.\.\.)[\])]?[ \t]*(?:\n|\Z)")
_SENTENCE_END = re.compile(r"[.!?…。！？؟۔।]")
_ABBREVIATIONS = frozenset(re.findall(r"\w+", "mr mrs ms dr prof st gen col sen rep lt sgt г им ул"))
_PRONOUNS = frozenset(
    re.findall(
        r"\w+",
        "he she they it his her hers their theirs him them who whom он она они оно его её ее их ему ей им він вона вони"
        " його їх il elle ils elles lui er sie es él ella ellos 他 她 它 هو هي هم هن",
    )
)
_NEGATIONS = frozenset(
    re.findall(
        r"\w+",
        "not no never neither nor without nobody nothing hardly cannot t denied denies deny не нет ни без никогда"
        " нельзя немає ані nicht kein keine nie ne pas jamais sin ningún لا لم لن ليس ليست غير بلا دون ما",
    )
)
_REPORTING_VERBS = frozenset(
    re.findall(
        r"\w+", "said says say saying told tells wrote writes stated states added adds announced declared explained"
    )
)
_DAYS_AND_MONTHS = frozenset(
    re.findall(
        r"\w+",
        "monday tuesday wednesday thursday friday saturday sunday january february march april may june july august"
        " september october november december",
    )
)
_CHINESE_NEGATIONS = "不没沒未非无無否勿别別莫"
_JAPANESE_NEGATIONS = re.compile(r"な[いかく]|ません|ず[にる、。]|ぬ")


@dataclass(frozen=True)
class ContextWord:
    """A word beside a passage: as it is compared, as it is printed, and how many ends of paragraphs and sentences lie
    between it and the passage."""

    key: str
    printed: str
    paragraphs: int
    sentences: int
    opens: bool  # whether it opens a sentence, and so has a capital anyway


@dataclass(frozen=True)
class ContextSide:
    """The words on one side of a passage, nearest first; `closed` says that the paragraph's end was seen."""

    words: list[ContextWord]
    closed: bool

    @cached_property
    def own_paragraph(self) -> list[ContextWord]:
        """Those of the passage's own paragraph."""
        return list(takewhile(lambda word: not word.paragraphs, self.words))

    @cached_property
    def sentence_words(self) -> list[ContextWord]:
        return list(takewhile(lambda word: not word.sentences, self.own_paragraph))


@dataclass(frozen=True)
class Context:
    """What is known of what stands before and after some words."""

    before: str
    after: str

    def __bool__(self) -> bool:
        return bool(self.left_side.words or self.right_side.words)

    @cached_property
    def left_side(self) -> ContextSide:
        return _read_side(self.before, backwards=True)

    @cached_property
    def right_side(self) -> ContextSide:
        return _read_side(self.after, backwards=False)

    def agrees_at(self, text: str, start: int, end: int) -> bool:
        """Whether what stands around `text[start:end]` agrees with this."""
        other = context_around(
            "\n" + text[max(0, start - MAX_CONTEXT_LENGTH) : start], text[end : end + MAX_CONTEXT_LENGTH] + "\n"
        )
        enough = len(self.left_side.own_paragraph) + len(self.right_side.own_paragraph) >= MIN_PARAGRAPH_WORDS
        sides = [
            _compare_contexts(
                self.left_side,
                other.left_side,
                enough and not self._depends_on_previous_sentence,
                at_edge=start < MAX_CONTEXT_LENGTH,
            ),
            _compare_contexts(self.right_side, other.right_side, enough, at_edge=end + MAX_CONTEXT_LENGTH > len(text)),
        ]
        if any(differs for _, differs, _ in sides):
            edited_beside = self._is_self_contained and _is_same_sentence(self, other)
            # Who says it is named before the verb: the right side agrees, and on the left the verb was reworded.
            reworded_cue = (
                not sides[1][1]
                and sides[1][0] >= MIN_AGREEING_WORDS
                and _has_only_cue_changed(self.left_side, other.left_side)
            )
            return enough and (edited_beside or reworded_cue)
        if not any(cut for _, _, cut in sides):
            return True
        # On one side nothing can tell: then the other goes beyond its paragraph.
        pairs = (self.left_side, other.left_side), (self.right_side, other.right_side)
        beyond = [_compare_contexts(mine, theirs, False, at_edge=True) for mine, theirs in pairs]
        return sum(count for count, _, _ in beyond) >= MIN_AGREEING_WORDS and not any(
            differs for _, differs, _ in beyond
        )

    @cached_property
    def _has_pronoun(self) -> bool:
        return any(word.key in _PRONOUNS for word in (*self.left_side.sentence_words, *self.right_side.sentence_words))

    @property
    def _depends_on_previous_sentence(self) -> bool:
        """Whether a pronoun stands in the sentence, and nobody is named in the paragraph before it."""
        return self._has_pronoun and not any(map(_is_name, self.left_side.own_paragraph))

    @property
    def _is_self_contained(self) -> bool:
        """Whether the rest of the sentence names somebody and leans on no other sentence by a pronoun."""
        words = [*self.left_side.sentence_words, *self.right_side.sentence_words]
        return len(words) >= MIN_AGREEING_WORDS and not self._has_pronoun and any(map(_is_name, words))


def context_around(before: str, after: str) -> Context:
    """What is known of `before` and `after`, the words on either side: gaps of an excerpt end it."""
    before, after = before[-MAX_CONTEXT_LENGTH:], after[:MAX_CONTEXT_LENGTH]
    *_, last = (None, *_GAP.finditer(before))
    first = _GAP.search(after)
    return Context(before[last.end() :] if last else before, after[: first.start()] if first else after)


def has_gaps(text: str) -> bool:
    """Whether lines of a text say that something was left out there."""
    return bool(_GAP.search(text))


def is_distinctive(exact: str) -> bool:
    """Whether words are enough of their own to be looked for without anything around them."""
    words = _WORD.findall(exact)
    letters = sum(map(str.isalpha, exact))
    return sum(map(_word_weight, words)) >= MIN_DISTINCTIVE_WORDS or (
        letters >= MIN_DISTINCTIVE_LETTERS and len(words) > 1
    )


def is_negated(text: str, start: int, end: int) -> bool:
    """Whether the word right before `text[start:end]` (in Japanese, after it) says that it is not so."""
    before = text[max(0, start - 40) : start].translate(_REMOVE_INVISIBLE)
    word = next(iter(_read_side(before, backwards=True).words), None)
    if word is None or word.sentences:
        return False
    chinese = word.key in _CHINESE_NEGATIONS and before.rstrip(" “‘「『\"'").endswith(word.printed)
    return chinese or word.key in _NEGATIONS or bool(_JAPANESE_NEGATIONS.match(text, end))


def _word_weight(word: str) -> float:
    return 0.5 if _UNSPACED_CHARACTER.match(word) else 1


def _read_side(text: str, *, backwards: bool) -> ContextSide:
    """The words of `text`, from the passage outwards, as far as they are compared."""
    text = text.translate(_REMOVE_INVISIBLE)
    matches = list(_WORD.finditer(text))
    words, paragraphs, sentences, reach = list[ContextWord](), 0, 0, 0.0
    edge = len(text) if backwards else 0
    nearer = ""
    for match in reversed(matches) if backwards else matches:
        between = text[match.end() : edge] if backwards else text[edge : match.start()]
        if "\n" in between:
            paragraphs += 1
        before_stop = match[0] if backwards else nearer
        if "\n" in between or (_SENTENCE_END.search(between) and not _is_abbreviated(before_stop)):
            sentences += 1
        if reach >= MAX_CONTEXT_WORDS:
            return ContextSide(words, paragraphs > 0)
        printed = match[0]
        opens = _is_sentence_start(text, match.start())
        words.append(
            ContextWord(unicodedata.normalize("NFKC", printed).casefold(), printed, paragraphs, sentences, opens)
        )
        reach += _word_weight(printed)
        edge, nearer = (match.start() if backwards else match.end()), printed
    beyond = text[:edge] if backwards else text[edge:]
    return ContextSide(words, paragraphs > 0 or "\n" in beyond)


def _is_sentence_start(text: str, start: int) -> bool:
    before = text[max(0, start - 4) : start].rstrip(" “‘«\"'(「")
    return not before or before[-1] == "\n" or bool(_SENTENCE_END.match(before[-1]))


def _is_name(word: ContextWord) -> bool:
    return word.printed[:1].isupper() and not word.opens


def _is_abbreviated(word: str) -> bool:
    return (len(word) == 1 and word.isupper()) or word.casefold() in _ABBREVIATIONS


def _compare_contexts(old: ContextSide, new: ContextSide, narrow: bool, *, at_edge: bool) -> tuple[int, bool, bool]:
    """How many words agree, whether the sides differ, and whether the new text ends before it can tell."""
    known = old.own_paragraph if narrow else old.words
    count = _count_common_words(known, new.words)
    if count < len(known):
        ends = at_edge and count == len(new.words) and _is_paragraph_start(known, count)
        return count, not ends, ends
    if narrow and old.closed and len(new.own_paragraph) > count:
        # The paragraph goes on where the old one ended: told from joined paragraphs by what came after.
        further = _count_common_words(old.words, new.words)
        return count, further < min(count + MIN_AGREEING_WORDS, len(old.words)) or further == count, False
    return count, False, False


def _is_paragraph_start(words: list[ContextWord], count: int) -> bool:
    return count == 0 or words[count].paragraphs > words[count - 1].paragraphs


def _count_common_words(one: list[ContextWord], other: list[ContextWord]) -> int:
    pairs = zip(one, other, strict=False)
    return sum(1 for _ in takewhile(lambda pair: pair[0].key == pair[1].key, pairs))


def _has_only_cue_changed(old: ContextSide, new: ContextSide) -> bool:
    """Whether the sentences on the left, begun alike, differ by one reporting verb and what follows it alone."""
    one, other = old.sentence_words[::-1], new.sentence_words[::-1]
    subject, rest = _count_common_words(one, other), _count_common_words(one[::-1], other[::-1])
    changed = [words[subject : max(subject, len(words) - rest)] for words in (one, other)]
    whole = len(old.sentence_words) < len(old.words) or old.closed
    if not whole or subject < 2 or not all(changed):
        return False
    return all(words[0].key in _REPORTING_VERBS for words in changed) and not any(
        word.key in _PRONOUNS | _NEGATIONS or (word.printed[:1].isupper() and word.key not in _DAYS_AND_MONTHS)
        for word in (*changed[0], *changed[1])
    )


def _is_same_sentence(one: Context, other: Context) -> bool:
    """Whether the sentences of both are the same on either side, to their very ends."""
    return all(
        [word.key for word in side.sentence_words] == [word.key for word in also.sentence_words]
        for side, also in ((one.left_side, other.left_side), (one.right_side, other.right_side))
    )
