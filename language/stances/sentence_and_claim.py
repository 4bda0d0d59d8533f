"""A sentence held against a claim: what both have, and where it stands."""

from collections.abc import Iterable

from ..likeness import synonyms_of, telling_stems
from .sentence_reading import AnalysedSentence, Cue, Token
from .stance_words import StanceWords

PLANNED_KINDS = ("demand", "commitment")  # kinds of claims that ask or plan, whatever their words
SYNONYM_OVERLAP = 0.6  # what a word that may stand for one of the claim's counts beside that one


class SentenceAndClaim:
    """A sentence held against a claim. A clause is a range of the sentence's tokens.

    `name`: the stems of the speaker's name; `asked`: the bounds of the reporting word, if they are known; `planned`,
    `future` and `evaluates` say what the claim asks, foretells or judges.
    """

    def __init__(
        self,
        words: StanceWords,
        said: AnalysedSentence,
        claimed: AnalysedSentence,
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
        self.planned = claim_kind in PLANNED_KINDS or self.has(claimed.tokens, "should", "to be done")
        self.future = self.has(claimed.tokens, "will")
        self.evaluates = claim_kind == "evaluation" or self.has(claimed.tokens, "good", "bad")

    def has(self, tokens: Iterable[Token], *names: str) -> bool:
        """Whether one of the tokens is in one of these word lists."""
        return any(token.is_of(self.words[name]) for token in tokens for name in names)

    def overlap(self, clause: tuple[int, int]) -> float:
        """What a clause has in common with the claim: a word each, less for synonyms; of two alike the later one."""
        start, end = clause
        stems = {token.stem for token in self.said.tokens[start:end]} - self.name
        shared = len(stems & self.claim_stems) + SYNONYM_OVERLAP * len(stems & self.near_stems)
        own = {token.stem for token in self.said.tokens[start:end]} & self.claim_stems & self.name
        refers = any(token.word in self.words["pronouns"] for token in self.said.tokens[start:end])
        return shared + 0.5 * (len(own) or (refers and bool(self.name & self.claim_stems))) + 0.001 * start

    def is_claimed(self, cue: Cue) -> bool:
        """Whether the claim itself has the word: it is then what is said, and not how."""
        return all(word in self.claim_bases for word in cue.base.split("_")[:2])

    def clause_of(self, place: int) -> tuple[int, int]:
        """The clause in which a token stands."""
        return next(bounds for bounds in self.said.clauses if bounds[0] <= place < bounds[1])

    def first_shared(self, clause: tuple[int, int]) -> int:
        """The first token of a clause that the claim has too, else the first of all."""
        places = range(clause[0], clause[1])
        return next((n for n in places if self.said.tokens[n].stem in self.claim_stems), clause[0])

    def last_shared(self, clause: tuple[int, int]) -> int:
        """The last token of a clause that the claim has too, else the clause's end."""
        places = [n for n in range(*clause) if self.said.tokens[n].stem in self.claim_stems]
        return places[-1] if places else clause[1]

    def word_at(self, place: int) -> str:
        """The word at a place in the sentence; empty behind its end."""
        return self.said.tokens[place].word if place < len(self.said.tokens) else ""

    def names_speaker(self, tokens: Iterable[Token]) -> bool:
        """Whether a word of the speaker's name is among the tokens."""
        return any(token.stem and token.stem in self.name for token in tokens)
