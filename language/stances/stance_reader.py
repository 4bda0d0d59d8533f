"""The stance of a sentence: by what the speaker does, and by what is said, held against the claim."""

from ..grammars import code_of
from .acts import act_of, inner_cue
from .polarity import are_opposed, plan_sign, sign_between, value_sign
from .reporting_words import has_content, main_cue
from .sentence_and_claim import SentenceAndClaim
from .sentence_reading import CLOSING, INTRODUCING, NEGATION_REACH, Cue, Token, read
from .stance_names import AFFIRMS, DECLINES, DENIES, DISPUTES, OPPOSES, QUALIFIES, RELAYS, SILENT, SUPPORTS, UNCLEAR
from .stance_words import words_of
from .verdicts import (
    answer_in,
    bears_on,
    is_conditional,
    is_limited,
    is_looked_into,
    is_open_question,
    says_something_else,
    shares_most,
    verdict_in,
)

MAX_LENGTH = 2_000  # characters of a sentence that are looked at
MIN_OVERLAP = 0.5  # of a clause with the claim, under which it is not the one that bears on it


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
    words = words_of(code_of(language))
    if words is None or not claim.strip():
        return UNCLEAR
    said = read(sentence[:MAX_LENGTH], words)
    claimed = read(claim[:MAX_LENGTH], words)
    return _stance(SentenceAndClaim(words, said, claimed, speaker, cue, claim_kind))


def _stance(pair: SentenceAndClaim) -> str:
    tokens = pair.said.tokens
    if not tokens:
        return UNCLEAR
    clause = max(pair.said.clauses, key=pair.overlap)
    main = main_cue(pair, clause)
    if main is None:
        return UNCLEAR
    own = pair.clause_of(main.start)
    if clause != own and _is_about_speaker(pair, clause):
        return UNCLEAR
    if pair.overlap(clause) < MIN_OVERLAP and has_content(pair, main, own):
        clause = own
    if clause[1] <= own[0] and has_content(pair, main, own):
        # What opens the sentence before the speaker has the word is not what the speaker says.
        clause = max((bounds for bounds in pair.said.clauses if bounds >= own), key=pair.overlap)
        if clause == own and pair.word_at(main.end) in INTRODUCING:
            clause = next((bounds for bounds in pair.said.clauses if bounds > own), own)
        main = main_cue(pair, clause) or main
    return _stance_by(pair, main, clause)


def _is_about_speaker(pair: SentenceAndClaim, clause: tuple[int, int]) -> bool:
    """Whether a clause tells of the speaker, and is not what is said: “the mayor, who was accused of theft, said …”"""
    before = pair.said.tokens[max(0, clause[0] - 2) : clause[0]]
    return pair.word_at(clause[0]) in pair.words["relatives"] and pair.names_speaker(before)


def _stance_by(pair: SentenceAndClaim, main: Cue, clause: tuple[int, int]) -> str:
    if any(cue.noun and cue.act == "decline" for cue in pair.said.cues):
        return DECLINES
    if pair.has(pair.said.tokens[max(0, main.start - NEGATION_REACH) : main.start], "partial negators"):
        return UNCLEAR
    act = act_of(pair, main)
    if act == RELAYS and pair.names_speaker(pair.said.tokens[main.end : main.end + NEGATION_REACH]):
        act = "assert"  # “the agency quoted the speaker as saying”
    if act in (RELAYS, DECLINES, SILENT, QUALIFIES, UNCLEAR):
        return act
    content = content_of(pair, main, clause)
    inner = inner_cue(pair, main, content, clause)
    if inner == "other":
        return UNCLEAR
    if isinstance(inner, Cue):
        act_inside = act_of(pair, inner)
        if act_inside == SILENT and inner.base in pair.words["telling"]:
            act_inside = DECLINES  # “said it does not discuss open cases”
        if act == "assert":
            if act_inside in (RELAYS, DECLINES, SILENT, QUALIFIES, UNCLEAR):
                return act_inside
            if act_inside in ("support", "oppose") and is_open_question(pair, content):
                return UNCLEAR  # “said it was for the council to decide whether”
            return _stance_of(pair, act_inside, inner, content_of(pair, inner, clause), clause)
        if act == "promise" and act_inside in ("support", "oppose"):
            return _stance_of(pair, act_inside, inner, content_of(pair, inner, clause), clause)
        if act in ("support", "oppose", "demand", "promise") or act_inside != "assert":
            return UNCLEAR
    return _stance_of(pair, act, main, content, clause)


def content_of(pair: SentenceAndClaim, cue: Cue, clause: tuple[int, int]) -> list[Token]:
    """What is said, as far as it bears on the claim: the clause itself, without the cue and what stands before it
    where the cue is in it."""
    start, end = clause
    if start <= cue.start < end:
        after, before = pair.said.tokens[cue.end : end], pair.said.tokens[start : cue.start]
        return max((after, before), key=lambda part: (len({t.stem for t in part} & pair.claim_stems), part is after))
    return pair.said.tokens[start:end]


def _stance_of(pair: SentenceAndClaim, act: str, cue: Cue, content: list[Token], clause: tuple[int, int]) -> str:
    if act in ("support", "oppose", "demand", "promise"):
        return _by_attitude(pair, act, cue, content, clause)
    return _by_report(pair, act, cue, content, clause)


def _by_report(pair: SentenceAndClaim, act: str, cue: Cue, content: list[Token], clause: tuple[int, int]) -> str:
    """Said, denied or doubted: what is said turns with every word that turns it."""
    words = pair.words
    if pair.said.tokens[-1].word == "?" or (
        pair.said.tokens[-1].word in CLOSING and any(token.word == "?" for token in pair.said.tokens[-3:])
    ):
        return UNCLEAR
    if act == "assert" and (answers := answer_in(pair, content)):
        return _named(pair, answers, flat=True)
    if act == "assert" and is_looked_into(pair, cue, content):
        return UNCLEAR
    verdict = verdict_in(pair, cue, content, clause)
    if verdict == QUALIFIES or (act == "assert" and is_limited(pair, content, clause)):
        return QUALIFIES
    asks = any(token.word in words["questions"] for token in content[:2])
    if act == "assert" and (asks or is_open_question(pair, content)):
        return UNCLEAR
    unknown = pair.has(content, "negators") and pair.has(content, "knowledge")
    if pair.has(content, "partial negators") or unknown or is_conditional(pair):
        return UNCLEAR
    sign = sign_between(pair, content, pair.claimed.tokens)
    if sign == 0:
        return DISPUTES if act == "assert" and shares_most(pair, content) else UNCLEAR
    if verdict in (DENIES, DISPUTES) and act == "assert":
        act = "deny" if verdict == DENIES else "doubt"
    elif verdict in (DENIES, DISPUTES):
        pass  # “dismissed as baseless”: said twice, and no more than once
    if not bears_on(pair, content, clause):
        return UNCLEAR
    judges = cue.base in words["naming"] | words["weighing"]
    if act == "assert" and pair.planned and judges and not value_sign(pair, content):
        return UNCLEAR  # “called the ban a curiosity”, “is considering the ban”
    urges = pair.planned and pair.has(content, "should", "to be done", "ends it", "good", "bad", "will")
    if act == "assert" and sign > 0 and not (pair.future or urges) and says_something_else(pair, content):
        return UNCLEAR
    if act == "assert":
        return _named(pair, sign, flat=True)
    if act in ("doubt", "disagree"):
        return _named(pair, -sign, flat=False) if sign > 0 else UNCLEAR
    return _named(pair, -sign, flat=True)


def _named(pair: SentenceAndClaim, sign: int, *, flat: bool) -> str:
    if sign > 0:
        return SUPPORTS if pair.planned else AFFIRMS
    if pair.planned:
        return OPPOSES
    return DENIES if flat else DISPUTES


def _by_attitude(pair: SentenceAndClaim, act: str, cue: Cue, content: list[Token], clause: tuple[int, int]) -> str:
    """For or against something: towards what ought to be, what is planned, and whether it is good."""
    attitude = -1 if act == "oppose" else 1
    if cue.act == "refuse" and pair.has(content[:3], "accepting"):
        return DISPUTES if not pair.planned else UNCLEAR
    if cue.act in ("refuse", "promise") and not pair.planned:
        if not pair.future or not bears_on(pair, content, clause):
            return UNCLEAR
        sign = attitude * plan_sign(pair, content) * plan_sign(pair, pair.claimed.tokens)
        return AFFIRMS if sign > 0 else DENIES
    judged = _until(pair, content, "evaluation after")
    rest = content[len(judged) :]
    if pair.has(judged[:4], "nouns of what is said") and not pair.planned:
        sign = sign_between(pair, judged, pair.claimed.tokens)
        if act == "demand" or sign <= 0:
            return UNCLEAR
        return DISPUTES if attitude < 0 else AFFIRMS
    if act == "demand" and not (pair.planned or pair.future):
        return UNCLEAR
    mine = plan_sign(pair, judged)
    if pair.planned or pair.future:
        if not bears_on(pair, content, clause):
            return UNCLEAR
        theirs = plan_sign(pair, pair.claimed.tokens)
        turned = -1 if are_opposed(pair, judged) else 1
        return SUPPORTS if attitude * mine * theirs * turned > 0 else OPPOSES
    if pair.evaluates:
        theirs = value_sign(pair, pair.claimed.tokens)
        if rest and value_sign(pair, rest):
            return AFFIRMS if value_sign(pair, rest) == theirs else DENIES
        return AFFIRMS if attitude * mine * theirs > 0 else DENIES
    return UNCLEAR


def _until(pair: SentenceAndClaim, content: list[Token], name: str) -> list[Token]:
    """What stands before a word of this list that belongs to no cue, as the “for” of “calls for” does."""
    of_cues = {token.start for cue in pair.said.cues for token in pair.said.tokens[cue.start : cue.end]}
    for number, token in enumerate(content):
        if token.word in pair.words[name] and number and token.start not in of_cues:
            return content[:number]
    return content
