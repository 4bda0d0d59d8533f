"""Which stance a sentence takes towards a claim: by what the speaker does, and by what is said, held against the claim.

What turns a sentence (a denial, a negation, a word of the opposite sense) is counted on both sides, and what turns both
turns neither, so that a denial of a negative claim affirms it (polarity as the product of operators: MacCartney and
Manning, Natural Logic for Textual Inference, 2007). Where the words leave it open, there is no answer.
"""

import itertools
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from .attributions.attribution_grammar import Grammar
from .attributions.lexicon import lines_of, word_sets
from .grammars import code_of, grammar_module
from .likeness import stem_of, synonyms_of, telling_stems

AFFIRMS, DENIES, DISPUTES, SUPPORTS, OPPOSES = "affirms", "denies", "disputes", "supports", "opposes"
QUALIFIES, RELAYS, DECLINES, SILENT, UNCLEAR = "qualifies", "relays", "declines", "silent", ""
PLANNED_KINDS = ("demand", "commitment")  # kinds of claims that ask or plan, whatever their words
MAX_LENGTH = 2_000  # characters of a sentence that are looked at
SYNONYM_OVERLAP = 0.6  # what a word that may stand for one of the claim's counts beside that one
MIN_OVERLAP = 0.5  # of a clause with the claim, under which it is not the one that bears on it
MAX_DISTANCE = 25  # words between a speaker and the reporting word
PARTICIPLE = "VBN"
NEGATION_REACH = 4  # words before a cue in which what negates it may stand
MIN_PREFIXED = 4  # letters of a word that is taken for another one with a prefix before it
_TOKEN = re.compile(r"\w+?(?=n['’]t\b)|n['’]t\b|\w+(?:-\w+)*|['’]\w+|\S")
_OPENING, _CLOSING = "“‘«", "”»"
_INTRODUCING = ":“"
_BREAKS = frozenset(",;:—–()[].!?…")


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


@dataclass(frozen=True)
class _Words:
    """The word lists of one language."""

    cues: Mapping[str, list[tuple[tuple[str, ...], str]]]  # base of the first word -> what follows it, and its act
    forms: Mapping[str, frozenset[str]]
    sets: Mapping[str, frozenset[str]]
    opposites: Mapping[str, frozenset[int]]  # stem -> signed numbers of its groups

    def __getitem__(self, name: str) -> frozenset[str]:
        return self.sets.get(name, frozenset())


@dataclass
class _Reading:
    """A sentence taken apart: its tokens, its clauses as ranges of them, and the cues in it."""

    tokens: list[Token]
    clauses: list[tuple[int, int]]
    cues: list[Cue] = field(default_factory=list)


def stance_towards(
    claim: str,
    sentence: str,
    *,
    speaker: str = "",
    cue: tuple[int, int] | None = None,
    claim_kind: str = "",
    language: str = "en",
) -> str:
    """The stance that `speaker` takes in `sentence` towards `claim`, as the record calls it; empty where it is unclear.

    `speaker` is as the sentence names it, `cue` the bounds of the reporting word in it where that is known, and
    `claim_kind` a kind of claims of the record. In a language without word lists nothing is proposed.
    """
    words = _words(code_of(language))
    if words is None or not claim.strip():
        return UNCLEAR
    said = _read(sentence[:MAX_LENGTH], words)
    claimed = _read(claim[:MAX_LENGTH], words)
    return _Comparison(words, said, claimed, speaker, cue, claim_kind).stance()


class _Comparison:
    """A sentence held against a claim."""

    def __init__(
        self,
        words: _Words,
        said: _Reading,
        claimed: _Reading,
        speaker: str,
        cue: tuple[int, int] | None,
        claim_kind: str,
    ) -> None:
        self.words, self.said, self.claimed = words, said, claimed
        self.claim_stems = {token.stem for token in claimed.tokens if token.stem}
        self.near_stems = {near for stem in self.claim_stems for near in synonyms_of(stem)} - self.claim_stems
        self.claim_bases = {base for token in claimed.tokens for base in (token.word, *token.bases)}
        self.name = telling_stems(speaker)
        self.asked = cue
        self.planned = claim_kind in PLANNED_KINDS or self._has(claimed.tokens, "should", "to be done")
        self.future = self._has(claimed.tokens, "will")
        self.evaluates = claim_kind == "evaluation" or self._has(claimed.tokens, "good", "bad")

    def stance(self) -> str:
        tokens = self.said.tokens
        if not tokens:
            return UNCLEAR
        clause = max(self.said.clauses, key=self._overlap)
        main = self._main_cue(clause)
        if main is None:
            return UNCLEAR
        own = self._clause_of(main.start)
        if self._overlap(clause) < MIN_OVERLAP and self._has_content(main, own):
            clause = own
        if clause[1] <= own[0] and self._has_content(main, own):
            # What opens the sentence before the speaker has the word is not what the speaker says.
            clause = max((bounds for bounds in self.said.clauses if bounds >= own), key=self._overlap)
            if clause == own and self._word_at(main.end) in _INTRODUCING:
                clause = next((bounds for bounds in self.said.clauses if bounds > own), own)
            main = self._main_cue(clause) or main
        return self._stance_by(main, clause)

    def _has_content(self, cue: Cue, clause: tuple[int, int]) -> bool:
        """Whether what is said follows the cue in its own clause: “…, the speaker said” has nothing there."""
        if self._word_at(cue.end) in _INTRODUCING and cue.end + 1 < len(self.said.tokens):
            return True
        after = [token for token in self.said.tokens[cue.end : clause[1]] if token.stem and token.stem not in self.name]
        return len(after) > 1 and not any(
            t.word in self.words["passive"] for t in self.said.tokens[cue.end : cue.end + 1]
        )

    def _has(self, tokens: Iterable[Token], *names: str) -> bool:
        return any(token.is_of(self.words[name]) for token in tokens for name in names)

    def _overlap(self, clause: tuple[int, int]) -> float:
        start, end = clause
        stems = {token.stem for token in self.said.tokens[start:end]} - self.name
        shared = len(stems & self.claim_stems) + SYNONYM_OVERLAP * len(stems & self.near_stems)
        own = {token.stem for token in self.said.tokens[start:end]} & self.claim_stems & self.name
        refers = any(token.word in self.words["pronouns"] for token in self.said.tokens[start:end])
        return shared + 0.5 * (len(own) or (refers and bool(self.name & self.claim_stems))) + 0.001 * start

    # ---- which word reports

    def _main_cue(self, clause: tuple[int, int]) -> Cue | None:
        """The outermost word by which the speaker takes a stance on what the clause says."""
        cues = [cue for cue in self.said.cues if not self._is_claimed(cue)] or self.said.cues
        if not cues:
            return None
        if self.asked is not None:
            start, end = self.asked
            named = [cue for cue in cues if start <= self.said.tokens[cue.start].start < end]
            if named:
                return named[0]
        if self._names_speaker(self.said.tokens):
            return self._cue_of_speaker(cues, clause)
        within = [cue for cue in cues if clause[0] <= cue.start < clause[1]]
        before = [cue for cue in cues if cue.start < clause[0]]
        after = [cue for cue in cues if cue.start >= clause[1]]
        if within and not self._is_dependent(clause):
            return within[0]
        if before:
            return self._first_of_clause(before[-1], cues)
        return within[0] if within else after[0]

    def _is_claimed(self, cue: Cue) -> bool:
        """Whether the claim itself has the word: it is then what is said, and not how."""
        return all(word in self.claim_bases for word in cue.base.split("_")[:2])

    def _is_dependent(self, clause: tuple[int, int]) -> bool:
        return self.said.tokens[clause[0]].word in self.words["that"]

    def _first_of_clause(self, cue: Cue, cues: Sequence[Cue]) -> Cue:
        bounds = self._clause_of(cue.start)
        return next(each for each in cues if bounds[0] <= each.start < bounds[1])

    def _clause_of(self, place: int) -> tuple[int, int]:
        return next(bounds for bounds in self.said.clauses if bounds[0] <= place < bounds[1])

    def _cue_of_speaker(self, cues: Sequence[Cue], clause: tuple[int, int]) -> Cue | None:
        """The cue that stands nearest to the speaker's name: behind it, right before it, or with “by” before it."""
        places = [number for number, token in enumerate(self.said.tokens) if token.stem and token.stem in self.name]
        outside = [cue for cue in cues if not self.said.tokens[cue.start].quoted] or list(cues)
        best, least = None, 99.0
        for cue in outside:
            for place in places:
                gap = self._distance(place, cue)
                if gap < least:
                    best, least = cue, gap
        if best is None or least > MAX_DISTANCE:
            return None
        # A second verb of the same speaker, coordinated, may be the one that governs the clause.
        later = [cue for cue in outside if best.start < cue.start < clause[1] and self._shares_subject(best, cue)]
        governing = [cue for cue in later if cue.start < self._first_shared(clause)]
        return governing[-1] if governing else best

    def _first_shared(self, clause: tuple[int, int]) -> int:
        places = range(clause[0], clause[1])
        return next((n for n in places if self.said.tokens[n].stem in self.claim_stems), clause[0])

    def _shares_subject(self, first: Cue, second: Cue) -> bool:
        """Whether nothing but “and” or “but” and adverbs stands before the second cue where its subject would."""
        if self.said.tokens[second.start].word in self.words["going on"]:
            return True
        return second.start > first.end and self.said.tokens[second.start - 1].word in self.words["coordination"]

    def _distance(self, place: int, cue: Cue) -> float:
        if place < cue.start:
            before = self.said.tokens[cue.start - 1]
            if self.said.tokens[cue.start].word in self.words["participles"] and before.is_of(
                self.words["passive auxiliary"]
            ):
                return 60.0  # “was accused of”: somebody else says so
            between = self.said.tokens[place + 1 : cue.start]
            marks = sum(token.word in _BREAKS for token in between)
            return len(between) + marks
        if place >= cue.end:
            between = self.said.tokens[cue.end : place]
            by = any(token.word in self.words["passive"] for token in between[-4:])
            first = self._clause_of(cue.start)[0]
            opens = cue.act == "relay" or not any(token.word.isalnum() for token in self.said.tokens[first : cue.start])
            if not by and (len(between) > 3 or not opens):
                return 60.0  # “accused the army of”: behind the verb stands who says it where the verb opens its clause
            return len(between) * (0.3 if by else 1) + (0.2 if by else 0.5)
        return 99.0

    # ---- what the word does with what is said

    def _stance_by(self, main: Cue, clause: tuple[int, int]) -> str:
        if any(cue.noun and cue.act == "decline" for cue in self.said.cues):
            return DECLINES
        if self._has(self.said.tokens[max(0, main.start - NEGATION_REACH) : main.start], "partial negators"):
            return UNCLEAR
        act = self._act_of(main)
        if act == RELAYS and self._names_speaker(self.said.tokens[main.end : main.end + NEGATION_REACH]):
            act = "assert"  # “the agency quoted the speaker as saying”
        if act in (RELAYS, DECLINES, SILENT, QUALIFIES, UNCLEAR):
            return act
        content = self._content(main, clause)
        inner = self._inner_cue(main, content, clause)
        if inner == "other":
            return UNCLEAR
        if isinstance(inner, Cue):
            act_inside = self._act_of(inner)
            if act_inside == SILENT and inner.base in self.words["telling"]:
                act_inside = DECLINES  # “said it does not discuss open cases”
            if act == "assert":
                if act_inside in (RELAYS, DECLINES, SILENT, QUALIFIES, UNCLEAR):
                    return act_inside
                return self._stance_of(act_inside, inner, self._content(inner, clause), clause)
            if act in ("support", "oppose", "demand", "promise") or act_inside != "assert":
                return UNCLEAR
        return self._stance_of(act, main, content, clause)

    def _act_of(self, cue: Cue) -> str:
        """What the cue does once it is known whether it is negated: an act, or a stance where that is all there is."""
        act, words = cue.act, self.words
        if act == "relay":
            return UNCLEAR if cue.negated else RELAYS
        if act in ("decline", "silent", "aware", "unclear"):
            known = {"decline": DECLINES, "silent": SILENT, "aware": SILENT}.get(act, UNCLEAR)
            return UNCLEAR if cue.negated and act != "aware" else known
        if cue.neither:
            return SILENT
        if act == "qualify":
            return UNCLEAR if cue.negated else QUALIFIES
        if act in ("oppose", "support") and self._word_at(cue.end) in words["that"]:
            return UNCLEAR if cue.negated else "assert"
        if not cue.negated:
            return "oppose" if act == "refuse" else act
        if cue.base in words["answering"] and cue.base not in words["accepting"]:
            return DECLINES
        if cue.base in words["unable to tell"] and cue.modal:
            return DECLINES if cue.modal in words["unwilling"] else SILENT
        if act == "deny" and cue.modal in words["able"]:
            return "assert"  # “nobody can deny that”
        if cue.base in words["confirming"] or act == "deny":
            return SILENT
        if cue.base in words["accepting"]:
            if cue.base in words["believing"]:
                return "deny"
            return {"assert": "disagree", "support": "oppose"}.get(act, UNCLEAR)
        if act == "assert" and cue.base in words["telling"]:
            return SILENT
        if act == "doubt":
            return "assert" if cue.noun or cue.base in words["never in doubt"] else SILENT
        if act == "support":
            return "oppose"
        return UNCLEAR

    def _content(self, cue: Cue, clause: tuple[int, int]) -> list[Token]:
        """What is said, as far as it bears on the claim: the clause itself, without the cue and what stands before it
        where the cue is in it."""
        start, end = clause
        if start <= cue.start < end:
            after, before = self.said.tokens[cue.end : end], self.said.tokens[start : cue.start]
            return max(
                (after, before), key=lambda part: (len({t.stem for t in part} & self.claim_stems), part is after)
            )
        return self.said.tokens[start:end]

    def _inner_cue(self, main: Cue, content: Sequence[Token], clause: tuple[int, int]) -> "Cue | str | None":
        """A further cue between the first one and what is said; “other” where somebody else does it."""
        for cue in self.said.cues:
            outer = clause[1] <= main.start and main.act == "assert"  # “…, the speaker said”
            if cue == main or (cue.start < main.start and not outer) or self._is_claimed(cue):
                continue
            same_clause = self._clause_of(cue.start) in (self._clause_of(main.start), clause)
            if not same_clause or cue.start > self._last_shared(clause):
                continue
            if self._leaves_open(cue):
                return "other"
            hearsay = cue.base in self.words["hearsay"] and not cue.noun and main.act == "assert"
            if hearsay and not cue.negated and not self._same_subject(main, cue):
                return "other"
            if cue.start >= main.end and self._is_content_word(cue):
                continue
            return cue if self._same_subject(main, cue) else "other"
        return None

    def _word_at(self, place: int) -> str:
        return self.said.tokens[place].word if place < len(self.said.tokens) else ""

    def _names_speaker(self, tokens: Iterable[Token]) -> bool:
        return any(token.stem and token.stem in self.name for token in tokens)

    def _leaves_open(self, cue: Cue) -> bool:
        """Whether the cue says that something is not known: “it was unclear whether”."""
        following = self.said.tokens[cue.end : cue.end + 2]
        asks = any(token.word in self.words["questions"] for token in following)
        return cue.act == "unclear" and (asks or self.said.tokens[cue.end - 1].is_of(self.words["questions"]))

    def _is_content_word(self, cue: Cue) -> bool:
        """Whether a word inside what is said is a cue by its looks alone."""
        turned = ("accepting", "unable to tell", "answering", "telling")
        if cue.negated and any(cue.base in self.words[name] for name in turned):
            return False
        return cue.act in ("assert", "refuse", "demand", "unclear", "relay", "silent")

    def _last_shared(self, clause: tuple[int, int]) -> int:
        places = [n for n in range(*clause) if self.said.tokens[n].stem in self.claim_stems]
        return places[-1] if places else clause[1]

    def _same_subject(self, main: Cue, cue: Cue) -> bool:
        """Whether the inner cue is the speaker's own: “he”, “we”, no subject at all, or the very name."""
        start = main.end if main.start < cue.start else self._clause_of(cue.start)[0]
        between = self.said.tokens[start : cue.start]
        words = [token for token in between if token.word.isalpha()]
        if any(token.word in self.words["others"] for token in words):
            return False
        if any(token.word in self.words["pronouns"] for token in words):
            return True
        if any(token.stem in self.name for token in words if token.stem):
            return True
        empty = self.words["conditional"] | self.words["negators"]
        telling = [token for token in words if token.stem and token.word not in empty]
        return not telling or (bool(words) and words[-1].word in self.words["same subject"])

    def _stance_of(self, act: str, cue: Cue, content: list[Token], clause: tuple[int, int]) -> str:
        if act in ("support", "oppose", "demand", "promise"):
            return self._by_attitude(act, cue, content, clause)
        return self._by_report(act, cue, content, clause)

    def _by_report(self, act: str, cue: Cue, content: list[Token], clause: tuple[int, int]) -> str:
        """Said, denied or doubted: what is said turns with every word that turns it."""
        words = self.words
        if self.said.tokens[-1].word == "?" or (
            self.said.tokens[-1].word in _CLOSING and any(token.word == "?" for token in self.said.tokens[-3:])
        ):
            return UNCLEAR
        if act == "assert" and (answers := self._answers(content)):
            return self._named(answers, flat=True)
        verdict = self._verdict(content, clause)
        if verdict == QUALIFIES or (act == "assert" and self._is_limited(content, clause)):
            return QUALIFIES
        if act == "assert" and any(token.word in words["questions"] for token in content[:2]):
            return UNCLEAR
        unknown = self._has(content, "negators") and self._has(content, "knowledge")
        if self._has(content, "partial negators") or unknown or self._is_conditional():
            return UNCLEAR
        sign = self._sign_between(content, self.claimed.tokens)
        if sign == 0:
            return DISPUTES if act == "assert" and self._shares_most(content) else UNCLEAR
        if verdict in (DENIES, DISPUTES) and act == "assert":
            act = "deny" if verdict == DENIES else "doubt"
        elif verdict in (DENIES, DISPUTES):
            pass  # “dismissed as baseless”: said twice, and no more than once
        if not self._bears_on(content, clause):
            return UNCLEAR
        if act == "assert":
            return self._named(sign, flat=True)
        if act in ("doubt", "disagree"):
            return self._named(-sign, flat=False) if sign > 0 else UNCLEAR
        return self._named(-sign, flat=True)

    def _named(self, sign: int, *, flat: bool) -> str:
        if sign > 0:
            return SUPPORTS if self.planned else AFFIRMS
        if self.planned:
            return OPPOSES
        return DENIES if flat else DISPUTES

    def _by_attitude(self, act: str, cue: Cue, content: list[Token], clause: tuple[int, int]) -> str:
        """For or against something: towards what ought to be, what is planned, and whether it is good."""
        attitude = -1 if act == "oppose" else 1
        if cue.act == "refuse" and self._has(content[:3], "accepting"):
            return DISPUTES if not self.planned else UNCLEAR
        if cue.act in ("refuse", "promise") and not self.planned:
            if not self.future or not self._bears_on(content, clause):
                return UNCLEAR
            sign = attitude * self._plan_sign(content) * self._plan_sign(self.claimed.tokens)
            return AFFIRMS if sign > 0 else DENIES
        judged = self._until(content, "evaluation after")
        rest = content[len(judged) :]
        if self._has(judged[:4], "nouns of what is said") and not self.planned:
            sign = self._sign_between(judged, self.claimed.tokens)
            if act == "demand" or sign <= 0:
                return UNCLEAR
            return DISPUTES if attitude < 0 else AFFIRMS
        if act == "demand" and not (self.planned or self.future):
            return UNCLEAR
        mine = self._plan_sign(judged)
        if self.planned or self.future:
            if not self._bears_on(content, clause):
                return UNCLEAR
            theirs = self._plan_sign(self.claimed.tokens)
            return SUPPORTS if attitude * mine * theirs > 0 else OPPOSES
        if self.evaluates:
            theirs = self._value_sign(self.claimed.tokens)
            if rest and self._value_sign(rest):
                return AFFIRMS if self._value_sign(rest) == theirs else DENIES
            return AFFIRMS if attitude * mine * theirs > 0 else DENIES
        return UNCLEAR

    def _answers(self, content: Sequence[Token]) -> int:
        """1 for a “yes”, -1 for a “no” or “nonsense” that is all that is said of what the sentence names before."""
        said = [token.word for token in content if token.word.isalpha()]
        named = {token.stem for token in self.said.tokens} & (self.claim_stems | self.near_stems)
        if not said or len(said) > 2 or not named:
            return 0
        return (said[0] in self.words["yes"]) - (said[0] in self.words["no"])

    def _is_conditional(self) -> bool:
        """Whether what is said holds under a condition that the claim does not have: “if the law passes, …”."""
        condition = self.words["condition"]
        opened = [self.said.tokens[start] for start, _ in self.said.clauses if not self._follows_cue(start)]
        return any(token.word in condition for token in opened) and not self.claim_bases & condition

    def _follows_cue(self, place: int) -> bool:
        return any(cue.end == place for cue in self.said.cues)

    def _until(self, content: list[Token], name: str) -> list[Token]:
        for number, token in enumerate(content):
            if token.word in self.words[name] and number:
                return content[:number]
        return content

    # ---- what turns

    def _is_limited(self, content: Sequence[Token], clause: tuple[int, int]) -> bool:
        """Whether what is said holds under a condition or in part, and the claim without."""
        words = self.words
        rest = self.said.tokens[clause[0] :]
        if self._has(self.claimed.tokens, "limits", "limiting conditions"):
            return False
        joined = "_".join(token.word for token in self.said.tokens)
        if any(f"_{phrase}_" in joined for phrase in words["limiting phrases"]) or self._has(
            rest, "limiting conditions"
        ):
            return True
        if any(token.word in words["limits"] and token.word not in self.claim_bases for token in content):
            return True
        if self._has(self.claimed.tokens, "whole") and self._has(content, "part") and not self._has(content, "whole"):
            return True
        right = self._has(content, "true") and not self.claim_bases & words["true"]
        return right and self._has(rest, "contrast")

    def _shares_most(self, content: Sequence[Token]) -> bool:
        """Whether most of the claim beside its numbers stands in what is said, so that another number is a dispute."""
        telling = {stem for stem in self.claim_stems if not stem[0].isdigit()} - self.words["numbers"]
        return 2 * len(telling & {token.stem for token in content}) >= max(len(telling), 1) > 0

    def _bears_on(self, content: Sequence[Token], clause: tuple[int, int]) -> bool:
        """Whether what is said shares a telling word with the claim, or points back to what was said."""
        numbers = self.words["numbers"]
        said = {token.stem for token in self.said.tokens[clause[0] : clause[1]]}
        both = said & (self.claim_stems | self.near_stems)
        stems = {stem for stem in both if not stem[0].isdigit() and stem not in numbers}
        refers = self._has(content[:4], "nouns of what is said", "reference to what was said")
        return bool(stems) or refers or self._opposite(content, self.claimed.tokens) != 0

    def _verdict(self, content: Sequence[Token], clause: tuple[int, int]) -> str:
        """What the words call the thing itself: false, exaggerated, out of context; empty where nothing."""
        words = self.words
        sentence = content if content else self.said.tokens[clause[0] : clause[1]]
        after = [bounds for bounds in self.said.clauses if bounds[0] == clause[1]]
        if after and self.said.tokens[after[0][0]].word in words["kept as one"]:
            sentence = [*sentence, *self.said.tokens[slice(*after[0])]]
        own = [token for token in sentence if token.word not in self.claim_bases]
        places = [
            n
            for n, token in enumerate(own)
            if any(token.word in words[name] for name in ("false", "exaggerated", "true"))
        ]
        negated = any(self._has(own[max(0, place - 3) : place], "negators") for place in places)
        if self._has(own, "context"):
            return QUALIFIES
        if self._has(own, "false") and not negated:
            return DENIES if not self.evaluates or not self._has(own, "bad") or not self.planned else UNCLEAR
        if self._has(own, "exaggerated") and not negated:
            return DISPUTES
        if self._has(own, "negators") and self._has(own, "evidence") and not (self.claim_bases & words["evidence"]):
            return DISPUTES
        if negated and self._has(own, "true") and not (self.claim_bases & words["true"]):
            return UNCLEAR  # the negation turns it by itself
        return UNCLEAR

    def _sign_between(self, content: Sequence[Token], claim: Sequence[Token]) -> int:
        """1 where both say the same way round, -1 where one of them is turned, 0 where that is not to be told."""
        evidence = self._has(content, "evidence") and not (self.claim_bases & self.words["evidence"])
        mine = 0 if evidence else self._turns(content)
        sign = -1 if (mine + self._turns(claim)) % 2 else 1
        if self._opposite(content, claim):
            sign = -sign
        if self.planned and not self._has(content, "should", "to be done"):
            value = self._value_sign(content)
            if value:
                return value * self._plan_sign(claim)
        elif self.evaluates and not self._overlap_values(content, claim):
            mine_value, their_value = self._value_sign(content), self._value_sign(claim)
            if mine_value and their_value:
                return 1 if mine_value == their_value else -1
        figures = self._figures(content), self._figures(claim)
        if all(figures) and not figures[0] & figures[1]:
            return 0
        return sign

    def _overlap_values(self, content: Sequence[Token], claim: Sequence[Token]) -> bool:
        values = self.words["good"] | self.words["bad"]
        return bool({t.word for t in content} & {t.word for t in claim} & values)

    def _figures(self, tokens: Sequence[Token]) -> frozenset[str]:
        return frozenset(
            token.word for token in tokens if token.word[0].isdigit() or token.word in self.words["numbers"]
        )

    def _turns(self, tokens: Sequence[Token]) -> int:
        """How many words negate."""
        count = sum(token.word in self.words["negators"] for token in tokens)
        pairs = sum(
            first.word in self.words["neither"] and second.word in self.words["negators"]
            for first, second in itertools.pairwise(tokens)
        )
        joined = "_".join(("", *(token.word for token in tokens), ""))
        count += sum(f"_{phrase}_" in joined for phrase in self.words["negating phrases"])
        return count - pairs + sum(token.is_of(self.words["negating verbs"]) for token in tokens)

    def _opposite(self, content: Sequence[Token], claim: Sequence[Token]) -> int:
        """How many words of the claim have their opposite in what is said, and do not stand there themselves."""
        stems = {token.stem for token in content if token.stem}
        found = 0
        for token in claim:
            if not token.stem or token.stem in stems:
                continue
            against = {-number for number in self.words.opposites.get(token.stem, ())}
            by_list = any(against & self.words.opposites.get(stem, frozenset()) for stem in stems)
            found += by_list or any(self._is_negated_form(token.stem, stem) for stem in stems - self.claim_stems)
        return found % 2

    def _is_negated_form(self, one: str, other: str) -> bool:
        longer, shorter = (one, other) if len(one) > len(other) else (other, one)
        prefix = longer.removesuffix(shorter)
        return len(shorter) >= MIN_PREFIXED - 1 and prefix != longer and prefix in self.words["negating prefixes"]

    def _plan_sign(self, tokens: Sequence[Token]) -> int:
        """1 for words that are for the thing, -1 for its end: “the ban”, “an end to the ban”, “should not go on”."""
        ends = sum(token.is_of(self.words["ends it"]) for token in self._not_shared(tokens))
        sign = -1 if (ends + self._turns(tokens)) % 2 else 1
        value = self._value_sign(self._not_shared(tokens), turned=False)
        return sign * value if value and not ends else sign

    def _not_shared(self, tokens: Sequence[Token]) -> list[Token]:
        """Those of the words that do not stand on both sides."""
        both = {token.stem for token in self.said.tokens} & self.claim_stems
        return [token for token in tokens if token.stem not in both]

    def _value_sign(self, tokens: Sequence[Token], *, turned: bool = True) -> int:
        """1 where the words call something good, -1 where bad, 0 where neither or both."""
        good = any(token.word in self.words["good"] for token in tokens)
        bad = any(token.word in self.words["bad"] for token in tokens)
        value = int(good) - int(bad)
        return -value if turned and self._turns(tokens) % 2 else value


# ---- reading


def _read(text: str, words: _Words) -> _Reading:
    tokens = list(_tokens(text, words))
    reading = _Reading(tokens, _clauses(tokens, words))
    reading.cues = list(_cues(tokens, words))
    return reading


def _tokens(text: str, words: _Words) -> Iterator[Token]:
    quoted = False
    for match in _TOKEN.finditer(text):
        word = match[0].lower().replace("’", "'")
        if word in _OPENING or (word == '"' and not quoted):
            quoted = True
        elif word in _CLOSING or word == '"':
            quoted = False
        yield Token(word, stem_of(word), words.forms.get(word, frozenset()), match.start(), quoted)


def _clauses(tokens: Sequence[Token], words: _Words) -> list[tuple[int, int]]:
    """The sentence cut at its marks and at the words that open a clause, as ranges that cover it."""
    starts = [0]
    for number, token in enumerate(tokens):
        if not number:
            continue
        mark = tokens[number - 1].word in _BREAKS or tokens[number - 1].word in _CLOSING + _OPENING + '"'
        opens = token.word in words["clause openers"]
        opens = opens and f"{tokens[number - 1].word}_{token.word}" not in words["negating phrases"]
        if (mark or opens) and number - starts[-1] > 1 and token.word[0].isalnum():
            starts.append(number)
    return list(zip(starts, [*starts[1:], len(tokens)], strict=True)) if tokens else []


def _cues(tokens: Sequence[Token], words: _Words) -> Iterator[Cue]:
    taken = 0
    for number in range(len(tokens)):
        if number < taken:
            continue
        cue = _cue_at(tokens, number, words)
        if cue is not None:
            taken = cue.end
            yield cue


def _cue_at(tokens: Sequence[Token], number: int, words: _Words) -> Cue | None:
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


def _is_noun_place(tokens: Sequence[Token], number: int, words: _Words) -> bool:
    before = tokens[number - 1].word if number else ""
    if before in words["same subject"] and tokens[number].word in tokens[number].bases:
        return False  # “to deny”
    return before in words["articles"] or before in words["prepositions"] or before in ("'s", words["most"])


def _negation(tokens: Sequence[Token], number: int, words: _Words) -> tuple[bool, str]:
    """Whether the cue at this place is negated, and the modal verb before it."""
    negated, modal = False, ""
    for token in reversed(tokens[max(0, number - NEGATION_REACH) : number]):
        if token.word in _BREAKS or token.word in words["that"] or token.word in words["clause openers"] - {"and"}:
            break
        fails = token.is_of(words["failing"]) and tokens[number - 1].word in words["same subject"]
        negated = negated or token.word in words["negators"] or fails
        modal = token.word if token.word in words["unable"] else modal
    return negated, modal


# ---- word lists


@cache
def _words(code: str) -> _Words | None:
    module = grammar_module(code, "stances")
    if module is None:
        return None
    folder = Path(module.__path__[0])
    cues: dict[str, list[tuple[tuple[str, ...], str]]] = {}
    for act, line in lines_of(folder / "cues.txt"):
        for entry in line.split():
            base, *following = entry.split("_")
            cues.setdefault(base, []).append((tuple(following), act))
    for entries in cues.values():
        entries.sort(key=lambda entry: -len(entry[0]))
    sets = {name: frozenset(found) for name, found in word_sets(folder / "words.txt").items()}
    forms, participles = _forms({*cues, *sets["negating verbs"], *sets["ends it"]}, code)
    return _Words(cues, forms, {**sets, "participles": participles}, _opposites(folder))


def _forms(bases: Iterable[str], code: str) -> tuple[dict[str, frozenset[str]], frozenset[str]]:
    """Every form of the verbs, with what it may be a form of; and the participles among them."""
    module = grammar_module(code, "attributions")
    if module is None:
        return {base: frozenset((base,)) for base in bases}, frozenset()
    grammar: Grammar = module.GRAMMAR
    lines = (line.split() for _, line in lines_of(Path(module.__path__[0]) / "irregular_verbs.txt"))
    irregular = {base: (past.split("/"), participle.split("/")) for base, past, participle in lines}
    found: dict[str, set[str]] = {form: {lemma} for form, lemma in grammar.auxiliaries.items()}
    participles = set()
    for base in bases:
        for form, tag in grammar.inflections(base, irregular):
            found.setdefault(form, set()).add(base)
            if tag == PARTICIPLE:
                participles.add(form)
        found.setdefault(base + "s", set()).add(base)
    return {form: frozenset(lemmas) for form, lemmas in found.items()}, frozenset(participles)


def _opposites(folder: Path) -> dict[str, frozenset[int]]:
    """The stems of words with opposites: the number of their group, with another sign on either side."""
    found: dict[str, set[int]] = {}
    for number, (_, line) in enumerate(lines_of(folder / "antonyms.txt"), 1):
        for sign, side in zip((1, -1), line.split(":"), strict=True):
            for word in side.split():
                found.setdefault(stem_of(word), set()).add(sign * number)
    return {stem: frozenset(numbers) for stem, numbers in found.items()}
