"""Which word of a sentence reports: the outermost one by which the speaker takes a stance on what a clause says."""

from collections.abc import Sequence

from .sentence_and_claim import SentenceAndClaim
from .sentence_reading import BREAKS, INTRODUCING, Cue

MAX_DISTANCE = 25  # words between a speaker and the reporting word


def has_content(pair: SentenceAndClaim, cue: Cue, clause: tuple[int, int]) -> bool:
    """Whether what is said follows the cue in its own clause: “…, the speaker said” has nothing there."""
    if pair.word_at(cue.end) in INTRODUCING and cue.end + 1 < len(pair.said.tokens):
        return True
    after = [token for token in pair.said.tokens[cue.end : clause[1]] if token.stem and token.stem not in pair.name]
    return len(after) > 1 and not any(t.word in pair.words["passive"] for t in pair.said.tokens[cue.end : cue.end + 1])


def main_cue(pair: SentenceAndClaim, clause: tuple[int, int]) -> Cue | None:
    """The outermost word by which the speaker takes a stance on what the clause says."""
    cues = [cue for cue in pair.said.cues if not pair.is_claimed(cue)] or pair.said.cues
    if not cues:
        return None
    if pair.asked is not None:
        start, end = pair.asked
        named = [cue for cue in cues if start <= pair.said.tokens[cue.start].start < end]
        if named:
            return named[0]
    if pair.names_speaker(pair.said.tokens):
        return _cue_of_speaker(pair, cues, clause)
    within = [cue for cue in cues if clause[0] <= cue.start < clause[1]]
    before = [cue for cue in cues if cue.start < clause[0]]
    after = [cue for cue in cues if cue.start >= clause[1]]
    if within and not _is_dependent(pair, clause):
        return within[0]
    if before:
        return _first_of_clause(pair, before[-1], cues)
    return within[0] if within else after[0]


def _is_dependent(pair: SentenceAndClaim, clause: tuple[int, int]) -> bool:
    return pair.said.tokens[clause[0]].word in pair.words["that"]


def _first_of_clause(pair: SentenceAndClaim, cue: Cue, cues: Sequence[Cue]) -> Cue:
    bounds = pair.clause_of(cue.start)
    return next(each for each in cues if bounds[0] <= each.start < bounds[1])


def _cue_of_speaker(pair: SentenceAndClaim, cues: Sequence[Cue], clause: tuple[int, int]) -> Cue | None:
    """The cue that stands nearest to the speaker's name: behind it, right before it, or with “by” before it."""
    places = [number for number, token in enumerate(pair.said.tokens) if token.stem and token.stem in pair.name]
    outside = [cue for cue in cues if not pair.said.tokens[cue.start].quoted] or list(cues)
    best, least = None, 99.0
    for cue in outside:
        for place in places:
            gap = _distance(pair, place, places[-1], cue)
            if gap < least:
                best, least = cue, gap
    if best is None or least > MAX_DISTANCE:
        return None
    # A second verb of the same speaker, coordinated, may be the one that governs the clause.
    later = [cue for cue in outside if best.start < cue.start < clause[1] and _shares_subject(pair, best, cue)]
    governing = [cue for cue in later if cue.start < pair.first_shared(clause)]
    return governing[-1] if governing else best


def _shares_subject(pair: SentenceAndClaim, first: Cue, second: Cue) -> bool:
    """Whether nothing but “and” or “but” and adverbs stands before the second cue where its subject would."""
    if pair.said.tokens[second.start].word in pair.words["going on"]:
        return True
    return second.start > first.end and pair.said.tokens[second.start - 1].word in pair.words["coordination"]


def _distance(pair: SentenceAndClaim, place: int, last: int, cue: Cue) -> float:
    """How far a cue is from a word of the speaker's name, of which the `last` stands there; 60 and more: not theirs."""
    owns = pair.word_at(place + 1) in pair.words["possessive"] and cue.start != place + 2
    if owns and last < place + 2:
        return 60.0  # “the dealer's lawyer said”, but “the dealer's denial”
    if place < cue.start:
        before = pair.said.tokens[cue.start - 1]
        if pair.said.tokens[cue.start].word in pair.words["participles"] and before.is_of(
            pair.words["passive auxiliary"]
        ):
            return 60.0  # “was accused of”: somebody else says so
        between = pair.said.tokens[place + 1 : cue.start]
        marks = sum(token.word in BREAKS for token in between)
        return len(between) + marks
    if place >= cue.end:
        between = pair.said.tokens[cue.end : place]
        by = any(token.word in pair.words["passive"] for token in between[-4:])
        first = pair.clause_of(cue.start)[0]
        opens = cue.act == "relay" or not any(token.word.isalnum() for token in pair.said.tokens[first : cue.start])
        if not by and (len(between) > 3 or not opens):
            return 60.0  # “accused the army of”: behind the verb stands who says it where the verb opens its clause
        return len(between) * (0.3 if by else 1) + (0.2 if by else 0.5)
    return 99.0
