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

from .folding import UNSEEN

REACH = 16  # words on either side; characters of scripts without spaces count half
WIDE = 800  # code points in which these are looked for
ENOUGH = 2  # words of the paragraph, beside the passage, with which it tells itself from another
FEW = 3  # words that agree where one side cannot tell
DISTINCTIVE = 4  # words that are hardly printed by chance
LONG = 16  # letters of two words or more that are not, either

_UNSPACED = (
    "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3005-\u3007\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff"
    "\uf900-\ufaff\U00020000-\U0003ffff"
)
_WORD = re.compile(rf"[{_UNSPACED}]|(?:(?![{_UNSPACED}])\w[\u0300-\u036f\u0610-\u061a\u064b-\u065f]*)+")
_IS_UNSPACED = re.compile(f"[{_UNSPACED}]")
_INVISIBLE = str.maketrans("", "", UNSEEN)
_GAP = re.compile(r"(?:\A|\n)[ \t]*[\[(]?(?:…|\.\.\.)[\])]?[ \t]*(?:\n|\Z)")
_STOP = re.compile(r"[.!?…。！？؟۔।]")
_ABBREVIATED = frozenset(re.findall(r"\w+", "mr mrs ms dr prof st gen col sen rep lt sgt г им ул"))
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
_REPORTING = frozenset(
    re.findall(
        r"\w+", "said says say saying told tells wrote writes stated states added adds announced declared explained"
    )
)
_DAYS = frozenset(
    re.findall(
        r"\w+",
        "monday tuesday wednesday thursday friday saturday sunday january february march april may june july august"
        " september october november december",
    )
)
_CHINESE_NEGATIONS = "不没沒未非无無否勿别別莫"
_JAPANESE_NEGATIONS = re.compile(r"な[いかく]|ません|ず[にる、。]|ぬ")


@dataclass(frozen=True)
class Word:
    """A word beside a passage: as it is compared, as it is printed, and how many ends of paragraphs and sentences lie
    between it and the passage."""

    key: str
    printed: str
    paragraphs: int
    sentences: int
    opens: bool  # whether it opens a sentence, and so has a capital anyway


@dataclass(frozen=True)
class Side:
    """The words on one side of a passage, nearest first; `closed` says that the paragraph's end was seen."""

    words: list[Word]
    closed: bool

    @cached_property
    def own_paragraph(self) -> list[Word]:
        """Those of the passage's own paragraph."""
        return list(takewhile(lambda word: not word.paragraphs, self.words))

    @cached_property
    def in_sentence(self) -> list[Word]:
        return list(takewhile(lambda word: not word.sentences, self.own_paragraph))


@dataclass(frozen=True)
class Context:
    """What is known of what stands before and after some words."""

    before: str
    after: str

    def __bool__(self) -> bool:
        return bool(self.left.words or self.right.words)

    @cached_property
    def left(self) -> Side:
        return _side(self.before, backwards=True)

    @cached_property
    def right(self) -> Side:
        return _side(self.after, backwards=False)

    def agree_at(self, text: str, start: int, end: int) -> bool:
        """Whether what stands around `text[start:end]` agrees with this."""
        other = context_around("\n" + text[max(0, start - WIDE) : start], text[end : end + WIDE] + "\n")
        enough = len(self.left.own_paragraph) + len(self.right.own_paragraph) >= ENOUGH
        sides = [
            _compare_contexts(self.left, other.left, enough and not self._leans_back, at_edge=start < WIDE),
            _compare_contexts(self.right, other.right, enough, at_edge=end + WIDE > len(text)),
        ]
        if any(differs for _, differs, _ in sides):
            edited_beside = self._stands_for_itself and _same_sentence(self, other)
            # Who says it is named before the verb: the right side agrees, and on the left the verb was reworded.
            reworded_cue = not sides[1][1] and sides[1][0] >= FEW and _only_the_cue_differs(self.left, other.left)
            return enough and (edited_beside or reworded_cue)
        if not any(cut for _, _, cut in sides):
            return True
        # On one side nothing can tell: then the other goes beyond its paragraph.
        pairs = (self.left, other.left), (self.right, other.right)
        beyond = [_compare_contexts(mine, theirs, False, at_edge=True) for mine, theirs in pairs]
        return sum(count for count, _, _ in beyond) >= FEW and not any(differs for _, differs, _ in beyond)

    @cached_property
    def _has_a_pronoun(self) -> bool:
        return any(word.key in _PRONOUNS for word in (*self.left.in_sentence, *self.right.in_sentence))

    @property
    def _leans_back(self) -> bool:
        """Whether a pronoun stands in the sentence, and nobody is named in the paragraph before it."""
        return self._has_a_pronoun and not any(map(_is_name, self.left.own_paragraph))

    @property
    def _stands_for_itself(self) -> bool:
        """Whether the rest of the sentence names somebody and leans on no other sentence by a pronoun."""
        words = [*self.left.in_sentence, *self.right.in_sentence]
        return len(words) >= FEW and not self._has_a_pronoun and any(map(_is_name, words))


def context_around(before: str, after: str) -> Context:
    """What is known of `before` and `after`, the words on either side: gaps of an excerpt end it."""
    before, after = before[-WIDE:], after[:WIDE]
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
    return sum(map(_weight, words)) >= DISTINCTIVE or (letters >= LONG and len(words) > 1)


def denies(text: str, start: int, end: int) -> bool:
    """Whether the word right before `text[start:end]` (in Japanese, after it) says that it is not so."""
    before = text[max(0, start - 40) : start].translate(_INVISIBLE)
    word = next(iter(_side(before, backwards=True).words), None)
    if word is None or word.sentences:
        return False
    chinese = word.key in _CHINESE_NEGATIONS and before.rstrip(" “‘「『\"'").endswith(word.printed)
    return chinese or word.key in _NEGATIONS or bool(_JAPANESE_NEGATIONS.match(text, end))


def _weight(word: str) -> float:
    return 0.5 if _IS_UNSPACED.match(word) else 1


def _side(text: str, *, backwards: bool) -> Side:
    """The words of `text`, from the passage outwards, as far as they are compared."""
    text = text.translate(_INVISIBLE)
    matches = list(_WORD.finditer(text))
    words, paragraphs, sentences, reach = [], 0, 0, 0.0
    edge = len(text) if backwards else 0
    nearer = ""
    for match in reversed(matches) if backwards else matches:
        between = text[match.end() : edge] if backwards else text[edge : match.start()]
        if "\n" in between:
            paragraphs += 1
        before_stop = match[0] if backwards else nearer
        if "\n" in between or (_STOP.search(between) and not _is_abbreviated(before_stop)):
            sentences += 1
        if reach >= REACH:
            return Side(words, paragraphs > 0)
        printed = match[0]
        opens = _opens_a_sentence(text, match.start())
        words.append(Word(unicodedata.normalize("NFKC", printed).casefold(), printed, paragraphs, sentences, opens))
        reach += _weight(printed)
        edge, nearer = (match.start() if backwards else match.end()), printed
    beyond = text[:edge] if backwards else text[edge:]
    return Side(words, paragraphs > 0 or "\n" in beyond)


def _opens_a_sentence(text: str, start: int) -> bool:
    before = text[max(0, start - 4) : start].rstrip(" “‘«\"'(「")
    return not before or before[-1] == "\n" or bool(_STOP.match(before[-1]))


def _is_name(word: Word) -> bool:
    return word.printed[:1].isupper() and not word.opens


def _is_abbreviated(word: str) -> bool:
    return (len(word) == 1 and word.isupper()) or word.casefold() in _ABBREVIATED


def _compare_contexts(old: Side, new: Side, narrow: bool, *, at_edge: bool) -> tuple[int, bool, bool]:
    """How many words agree, whether the sides differ, and whether the new text ends before it can tell."""
    known = old.own_paragraph if narrow else old.words
    count = _common(known, new.words)
    if count < len(known):
        ends = at_edge and count == len(new.words) and _at_a_paragraph(known, count)
        return count, not ends, ends
    if narrow and old.closed and len(new.own_paragraph) > count:
        # The paragraph goes on where the old one ended: told from joined paragraphs by what came after.
        further = _common(old.words, new.words)
        return count, further < min(count + FEW, len(old.words)) or further == count, False
    return count, False, False


def _at_a_paragraph(words: list[Word], count: int) -> bool:
    return count == 0 or words[count].paragraphs > words[count - 1].paragraphs


def _common(one: list[Word], other: list[Word]) -> int:
    pairs = zip(one, other, strict=False)
    return sum(1 for _ in takewhile(lambda pair: pair[0].key == pair[1].key, pairs))


def _only_the_cue_differs(old: Side, new: Side) -> bool:
    """Whether the sentences on the left, begun alike, differ by one reporting verb and what follows it alone."""
    one, other = old.in_sentence[::-1], new.in_sentence[::-1]
    subject, rest = _common(one, other), _common(one[::-1], other[::-1])
    changed = [words[subject : max(subject, len(words) - rest)] for words in (one, other)]
    whole = len(old.in_sentence) < len(old.words) or old.closed
    if not whole or subject < 2 or not all(changed):
        return False
    return all(words[0].key in _REPORTING for words in changed) and not any(
        word.key in _PRONOUNS | _NEGATIONS or (word.printed[:1].isupper() and word.key not in _DAYS)
        for word in (*changed[0], *changed[1])
    )


def _same_sentence(one: Context, other: Context) -> bool:
    """Whether the sentences of both are the same on either side, to their very ends."""
    return all(
        [word.key for word in side.in_sentence] == [word.key for word in also.in_sentence]
        for side, also in ((one.left, other.left), (one.right, other.right))
    )
