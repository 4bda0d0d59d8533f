"""Whom a source phrase stands for: names shortened after first mention, pronouns, “the ministry”, “the source”.

A ledger of everybody who has spoken or been named so far, most recent last; the nearest that agrees wins, as in the
salience lists of Lappin and Leass (1994), without a parse: agreement in number, sex and kind, then nearness, a speaker
before somebody merely named. Every answer has a confidence and says why.
"""

from collections import deque
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from operator import attrgetter

from .clauses import phrase_right
from .lexicon import Lexicon
from .sentences import Sentence
from .tokens import FINITE, Range, Token, Tokens

SURE, LIKELY, FAIR, UNSURE = 0.95, 0.85, 0.7, 0.4
MANY, RECENT = 300, 30  # how far back the ledger is searched: keeps reading time linear
FEW = 2  # words of an office
PRONOUNS = ("relative", "male", "female", "thing", "group", "author")
SEXES = ("male", "female")
KINDS_OF_PRONOUNS = {
    "male": ("person", ""), "female": ("person", ""), "relative": ("person", "people", ""), "thing": ("body", "paper"),
    "group": ("people", "body"),
}  # fmt: skip
STOP_TAGS = frozenset((",", "WH", "DASH", "(", ";", "THAT"))


@dataclass
class Entity:
    """Somebody or something that can speak: the fullest name so far, its words, and what is known of it."""

    name: str
    words: frozenset[str]
    kind: str = ""  # person, people, body, paper, or "" where not known
    sex: str = ""  # male, female
    nouns: set[str] = field(default_factory=set)
    paragraph: int = 0
    spoke: bool = False
    is_description: bool = False  # “the ministry”, “estimates”
    at: int = -1  # where it was named last, in code points of the text
    opened: int = -1  # the last paragraph with a sentence that it opens


@dataclass(frozen=True)
class Answer:
    name: str
    confidence: float
    why: str
    is_clear: bool = False  # of those who agree with the pronoun, the last who spoke is also the last who was named


class Ledger:
    """Who has been named and who has spoken, in the order of the text."""

    def __init__(self, lexicon: Lexicon, sentences: Iterable[Sentence] = ()) -> None:
        self.lexicon = lexicon
        self.entities: list[Entity] = []
        self.interviewee = ""
        self.narrator = ""  # who speaks now, of others as “she” and of nobody else as “I”
        self.ahead = deque(sentences)

    def read_until(self, place: int) -> None:
        """Enter the mentions of the sentences that begin no later than `place`, in code points of the text."""
        while self.ahead and self.ahead[0].start <= place:
            sentence = self.ahead.popleft()
            self.enter_mentions(sentence.tokens, sentence.paragraph)

    def add(self, entry: Entity) -> None:
        self.entities.append(entry)
        if len(self.entities) > 2 * MANY:
            del self.entities[:-MANY]

    def move_to_end(self, entry: Entity) -> None:
        """Move `entry` to the end."""
        at = next(i for i in range(len(self.entities) - 1, -1, -1) if self.entities[i] is entry)
        self.entities.append(self.entities.pop(at))

    def enter_mentions(self, tokens: Tokens, paragraph: int) -> None:
        """Enter the names of a sentence (two words or more with capitals), before its speakers are resolved.

        Lines without a verb (bylines, captions) are left out; a description that opens the sentence is entered.
        """
        if not any(t.tag in FINITE for t in tokens):
            return
        runs = name_runs(tokens)
        for first, end in reversed(
            runs
        ):  # whoever the sentence opens with comes last: the next “he” is likelier that one
            words = [t.text for t in tokens[first:end]]
            core = self.name_words_of(words)
            if len(core) > 1 or (core and (len(words) > len(core) or self.find(core))):
                entry = self.enter(words, "", paragraph, spoke=False, subject=first == 0)
                entry.at = tokens[first].start
                entry.opened = paragraph if first == 0 else entry.opened
        opener = next((i for i, t in enumerate(tokens[:3]) if t.tag in ("DT", "NN", "JJ", "NNP", "POSS")), None)
        if opener is not None:
            phrase = tokens[opener : phrase_right(tokens, opener)]
            nouns, kind = self.head_of(phrase)
            by_office = len(phrase) == FEW and phrase[0].tag == "DT"  # “The President”
            if nouns and (by_office or phrase[-1].tag != "NNP") and not self.is_known(phrase, nouns):
                self.add(self.new_entry(phrase, joined_text(phrase), nouns, kind, paragraph))

    def enter(
        self,
        words: Sequence[str],
        kind: str,
        paragraph: int,
        spoke: bool,
        nouns: Iterable[str] = (),
        name: str = "",
        subject: bool = False,
    ) -> Entity:
        """The entry these words belong to, made or brought up to date."""
        core = self.name_words_of(words)
        entry = self.find(core) if core else None
        if entry is None:
            entry = Entity(name or " ".join(core or words), frozenset(w.lower() for w in core or words), kind)
            self.add(entry)
        elif spoke or subject:
            self.move_to_end(entry)
        if len(core) > len(entry.words) and entry.kind != "body":
            entry.name, entry.words = " ".join(core), frozenset(w.lower() for w in core)
        entry.kind = entry.kind or kind
        entry.sex = entry.sex or self.sex_of(words, nouns)
        entry.nouns |= set(nouns)
        entry.paragraph, entry.spoke = paragraph, entry.spoke or spoke
        return entry

    def is_known(self, tokens: Sequence[Token], nouns: Iterable[str]) -> bool:
        names = {t.lower for t in tokens if t.tag == "NNP"}
        return any(entry.nouns & set(nouns) and names <= entry.words for entry in self.entities[-RECENT:])

    def new_entry(
        self, tokens: Sequence[Token], name: str, nouns: Iterable[str], kind: str, paragraph: int, spoke: bool = False
    ) -> Entity:
        words = frozenset(t.lower for t in tokens if t.tag in ("NN", "NNP", "JJ", "CD"))
        return Entity(name, words, kind, self.sex_of([], nouns), set(nouns), paragraph, spoke, is_description=True)

    def enter_papers(self, tokens: Tokens, cue: int, name: str, paragraph: int) -> None:
        """Enter “its own statement”, “in a statement” after a cue as papers of the speaker: “the statement added”."""
        for i, token in enumerate(tokens[cue : cue + 40], cue):
            if self.lexicon.speakers.get(token.lower) == "paper" and token.tag in ("NN", "NNP"):
                before = {t.lower for t in tokens[max(0, i - 3) : i]}
                if before & self.lexicon.rules["possessives"] or self.lexicon.rules["in a"] <= before:
                    self.add(
                        Entity(
                            self.lexicon.grammar.possession(token.lower, name),
                            frozenset(),
                            "paper",
                            "",
                            {token.lower},
                            paragraph,
                        )
                    )
                    return

    def name_words_of(self, words: Sequence[str]) -> list[str]:
        """The words of a name without titles and possessives: “Foreign Minister Wang Yi” -> Wang Yi."""
        titles = self.lexicon.agreement["titles"]
        first = next((i + 1 for i in range(len(words) - 2, -1, -1) if words[i].lower() in titles), 0)
        return [
            w
            for w in words[first:]
            if w[0].isalnum()
            and w.replace("’", "'") not in self.lexicon.rules["short for is"]
            and w.lower() not in titles
        ]

    def sex_of(self, words: Sequence[str], nouns: Iterable[str] = ()) -> str:
        agreement = self.lexicon.agreement
        title = words[0].lower() if words else ""
        for sex in SEXES:
            if title in agreement[sex + " titles"] or not agreement[sex + " nouns"].isdisjoint(nouns):
                return sex
        return ""

    def find(self, core: Sequence[str]) -> Entity | None:
        """The latest entry that these words name: its last word, or all its words; or its initials."""
        lower, recent = {w.lower() for w in core}, self.entities[: -MANY - 1 : -1]
        for entry in recent:
            if (lower <= entry.words and self.may_stand_for(lower, entry)) or (
                len(entry.words) > 1 and entry.words <= lower
            ):
                return entry
        if len(core) != 1 or not core[0].isupper() or len(core[0]) > 5:
            return None
        letters = core[0].replace(".", "")
        return next((e for e in recent if "".join(w[0] for w in e.name.split() if w[0].isupper()) == letters), None)

    def may_stand_for(self, core: Collection[str], entry: Entity) -> bool:
        """Whether some words of a name may stand for it: not “Hill” for “the Hill Foundation”."""
        last = entry.name.rpartition(" ")[2].lower()
        return last in core or not (entry.is_description or last in self.lexicon.speakers)

    def resolve(
        self, tokens: Tokens, first: int, last: int, paragraph: int, antecedent: Range | tuple[()] = ()
    ) -> Answer:
        """The Answer for the source phrase tokens[first..last]; the speaker is entered as having spoken."""
        head, rules = tokens[first], self.lexicon.rules
        if head.tag in ("PRP", "POSS", "WH", "THAT", "DT") and (
            first == last or (last - first == 1 and tokens[last].tag == "POS")
        ):
            for pronoun in PRONOUNS:
                if head.lower in self.lexicon.agreement[pronoun]:
                    return self.answer_for_pronoun(pronoun, head.start, head.text, tokens, paragraph, antecedent)
        if antecedent and head.lower in rules["whose"]:
            return self.answer_by_owner(tokens, first, last, paragraph, antecedent)
        if antecedent and head.lower in rules["relative"] and first == last:
            return self.answer_by_antecedent(head.text, antecedent, tokens, paragraph)
        return self.answer_for_phrase(tokens, first, last, paragraph)

    def answer_by_antecedent(self, words: str, antecedent: Range, tokens: Tokens, paragraph: int) -> Answer:
        answer = self.answer_for_phrase(tokens, *antecedent, paragraph)
        return Answer(answer.name, min(answer.confidence, LIKELY), f"“{words}” follows “{answer.name}”")

    def answer_by_owner(self, tokens: Tokens, first: int, last: int, paragraph: int, antecedent: Range) -> Answer:
        """“X, whose testimony showed”: X speaks. “X, whose lawyer said”: the lawyer does."""
        owner = self.answer_by_antecedent(joined_text(tokens[first : last + 1]), antecedent, tokens, paragraph)
        owned = tokens[first + 1 : last + 1]
        nouns, kind = self.head_of(owned[-1:])
        if kind in ("", "paper"):
            return owner
        name = self.lexicon.grammar.possession(joined_text(owned), owner.name)
        self.add(self.new_entry(owned, name, nouns, kind, paragraph, spoke=True))
        return Answer(name, owner.confidence, owner.why)

    def answer_for_pronoun(
        self, pronoun: str, place: int, word: str, tokens: Tokens, paragraph: int, antecedent: Range | tuple[()]
    ) -> Answer:
        if antecedent:
            return self.answer_by_antecedent(word, antecedent, tokens, paragraph)
        if pronoun == "author":
            return Answer("", UNSURE, f"“{word}”: the author, or somebody quoted")
        sex, recent = pronoun if pronoun in SEXES else "", self.entities[: -MANY - 1 : -1]

        def agrees(entry: Entity) -> bool:
            return (
                paragraph - entry.paragraph <= 3
                and entry.at < place  # “He told X” is not X
                and (entry.name != self.narrator or pronoun == "relative")
                and entry.kind in KINDS_OF_PRONOUNS[pronoun]
                and bool(entry.kind or self.is_name(entry.name))
                and (not sex or entry.sex in ("", sex))
            )

        latest = next(filter(agrees, recent), None)
        spoken = next((entry for entry in filter(agrees, recent) if entry.spoke), None)
        if sex and latest and spoken and not latest.spoke and spoken.paragraph < paragraph == latest.opened:
            latest.sex, why = latest.sex or sex, f"“{word}” taken for “{latest.name}”, who opens the paragraph"
            return Answer(latest.name, 0.55, why)
        for strict in (True, False) if not self.narrator else (False,):
            for entry in filter(agrees, recent):
                if entry.spoke or not strict:
                    # “A man” who is met in passing is passed over by the next “he” more often than not.
                    likely = strict and paragraph - entry.paragraph <= 1 and (not sex or self.is_name(entry.name))
                    clear = likely and entry is next(filter(agrees, recent))
                    entry.sex, entry.paragraph = entry.sex or sex, paragraph
                    why = f"“{word}” taken for the last that agrees, “{entry.name}”"
                    return Answer(entry.name, FAIR if likely else 0.55, why, clear)
        return Answer("", UNSURE, f"“{word}”: nobody before it agrees")

    def is_name(self, name: str) -> bool:
        """Whether an entry of unknown kind bears a name: no “his eyes”, no “The hotel”."""
        first = name.partition(" ")[0]
        return first[:1].isupper() and self.lexicon.closed.get(first.lower()) not in ("DT", "POSS")

    def answer_for_phrase(self, tokens: Tokens, first: int, last: int, paragraph: int) -> Answer:
        """A name, or a description that repeats an earlier one, or somebody new."""
        stop = next((i for i in range(first, last + 1) if tokens[i].tag in STOP_TAGS), last + 1)
        phrase, rest = tokens[first:stop], tokens[stop + 1 : last + 1]
        text, runs, (nouns, kind) = joined_text(phrase), name_runs(phrase), self.head_of(phrase)
        office = kind == "person" and phrase[0].tag == "DT" and phrase[-1].lower in nouns  # “The Speaker”
        ends_in_name = runs and runs[-1][1] == len(phrase) and not office
        apposed = name_runs(rest) if rest and tokens[stop].tag == "," else []
        described = not ends_in_name or (kind == "person" and any(t.tag == "IN" for t in phrase))
        if described and apposed and apposed[0][0] == 0:  # “The governor of the region, X”
            entry = self.enter([t.text for t in rest[: apposed[0][1]]], kind or "person", paragraph, True, nouns)
            return Answer(entry.name, SURE, "named after the description")
        comma = next((i for i in range(len(rest) - 1, -1, -1) if rest[i].tag == ","), None)
        if (
            not ends_in_name
            and kind != "paper"
            and comma is not None
            and name_runs(rest[comma + 1 :]) == [(0, len(rest) - comma - 1)]
        ):  # “The firm that runs the lifts, X”
            entry = self.enter([t.text for t in rest[comma + 1 :]], kind, paragraph, True, nouns)
            return Answer(entry.name, LIKELY, "named after the description")
        begun = runs[-1][0] if ends_in_name else 0
        name, words = phrase[begun:], [t.text for t in phrase[begun:]]
        core = self.name_words_of(words)
        if (
            not ends_in_name
            or (
                begun
                and phrase[begun - 1].tag == "POS"
                and (len(core) < 2 or (phrase[begun - 2].tag == "NNP" and kind))
            )
            or any(t.tag in ("IN", "TO") for t in phrase[:begun])
            or any(t.tag == "VBG" and before.tag in ("NN", "NNP") for before, t in pairwise(phrase[:begun]))
            or (phrase[0].tag == "DT" and begun == 1 and not core)
        ):
            return self.answer_for_description(tokens[first].lower, phrase, nouns, kind, text, paragraph)
        if len(runs) > 1 and any(t.tag == "CC" for t in phrase):
            self.enter(text.split(), "people", paragraph, True, name=text)
            return Answer(text, SURE, "named together")
        known = self.find(core)
        told_of = rest[: next((i for i, t in enumerate(rest) if t.tag == "WH"), len(rest))]
        roles = [t.lower for t in told_of if t.lower in self.lexicon.speakers][:1]
        kind = kind or (self.lexicon.speakers[roles[0]] if roles else "")
        entry = self.enter(words, kind, paragraph, True, roles + nouns)
        if known is not None and len(entry.name.split()) > len(core):
            return Answer(entry.name, SURE, f"“{joined_text(name)}” named in full before")
        return Answer(entry.name if len(core) > 1 or known else text, SURE, "named here")

    def head_of(self, tokens: Sequence[Token]) -> tuple[list[str], str]:
        """The last noun of the phrase, before its first “of”, that can speak, in a list, and its kind."""
        stop = next((i for i, t in enumerate(tokens) if t.tag == "IN" and i), len(tokens))
        owned = next((i + 1 for i in range(stop - 2, -1, -1) if tokens[i].tag == "POS"), 0)
        for token in reversed(tokens[owned:stop]):  # “the minister's claim” is no minister
            for word in (token.lower, self.lexicon.grammar.without_plural_ending(token.lower)):
                kind = self.lexicon.speakers.get(word)
                if kind:
                    return [word], "people" if kind == "person" and word != token.lower else kind
        return [], ""

    def answer_for_description(
        self, opener: str, tokens: Sequence[Token], nouns: Iterable[str], kind: str, text: str, paragraph: int
    ) -> Answer:
        """“the ministry”, “a second source”, “Kazakh sources”."""
        definite = opener in self.lexicon.agreement["definite"]
        if definite and nouns:
            names = {t.lower for t in tokens if t.tag == "NNP"}
            for entry in self.entities[: -MANY - 1 : -1]:
                if (entry.nouns & set(nouns)) and (not names or names <= entry.words):
                    entry.spoke, entry.paragraph = True, paragraph
                    self.move_to_end(entry)
                    if entry.name.lower() == text.lower():
                        return Answer(entry.name, LIKELY, "as before")
                    return Answer(entry.name, FAIR, f"“{text}” taken up from “{entry.name}”")
            for entry in self.entities[: -RECENT - 1 : -1]:
                if (
                    not names
                    and entry.spoke
                    and not entry.nouns
                    and kind == "person"
                    and entry.kind in ("", "person")
                    and paragraph - entry.paragraph <= 2
                ):
                    return Answer(entry.name, UNSURE, f"“{text}” perhaps “{entry.name}”")
        self.add(self.new_entry(tokens, text, nouns, kind, paragraph, spoke=True))
        return Answer(text, UNSURE if definite and not nouns else LIKELY, "described here")


def name_runs(tokens: Sequence[Token]) -> list[Range]:
    """(first, end) of each run of capitalised words, titles with them; “of” and “and” end a run."""
    tags = ["", *map(attrgetter("tag"), tokens), ""]
    edges = [i for i in range(len(tokens) + 1) if (tags[i] == "NNP") != (tags[i + 1] == "NNP")]
    return list(zip(edges[::2], edges[1::2], strict=True))


def joined_text(tokens: Sequence[Token]) -> str:
    """The words of a phrase as printed, with single spaces."""
    ends = [*(token.start for token in tokens[:1]), *map(attrgetter("end"), tokens)]
    return "".join([" " * (token.start > end) + token.text for end, token in zip(ends, tokens, strict=False)])
