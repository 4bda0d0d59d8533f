"""What is said of the claim as a whole: that it is false, holds in part or under a condition, or just “no”."""

import itertools
from collections.abc import Sequence

from .polarity import figures_in, opposites_in
from .sentence_and_claim import SentenceAndClaim
from .sentence_reading import BREAKS, Cue, Token
from .stance_names import DENIES, DISPUTES, QUALIFIES, UNCLEAR

SHARE = 0.5  # of the telling words of a claim, under which a sentence is about the same thing but says another


def verdict_in(pair: SentenceAndClaim, cue: Cue, content: Sequence[Token], clause: tuple[int, int]) -> str:
    """What the words call the thing itself: false, exaggerated, out of context; empty where nothing."""
    words = pair.words
    joined = "_".join(("", *(token.word for token in pair.said.tokens), ""))
    if any(f"_{phrase}_" in joined for phrase in words["phrases for what is false"]):
        return DENIES
    if any(f"_{phrase}_" in joined for phrase in words["phrases of doubt"]):
        return DISPUTES
    if _is_quoted_denial(pair) or _names_another(pair):
        return DENIES
    sentence = content if content else pair.said.tokens[clause[0] : clause[1]]
    after = [bounds for bounds in pair.said.clauses if bounds[0] == clause[1]]
    called = bool(after) and cue.base in words["naming"] and pair.said.tokens[after[0][0]].quoted
    if called or (after and pair.said.tokens[after[0][0]].word in words["kept as one"]):
        sentence = [*sentence, *pair.said.tokens[slice(*after[0])]]
    own = [token for token in sentence if token.word not in pair.claim_bases]
    places = [
        n for n, token in enumerate(own) if any(token.word in words[name] for name in ("false", "exaggerated", "true"))
    ]
    negated = any(pair.has(own[max(0, place - 3) : place], "negators") for place in places)
    if pair.has(own, "context"):
        return QUALIFIES
    if pair.has(own, "false") and not negated:
        return DENIES if not pair.evaluates or not pair.has(own, "bad") or not pair.planned else UNCLEAR
    if pair.has(own, "exaggerated") and not negated:
        return DISPUTES
    if pair.has(own, "negators") and pair.has(own, "evidence") and not (pair.claim_bases & words["evidence"]):
        return DISPUTES
    if negated and pair.has(own, "true") and not (pair.claim_bases & words["true"]):
        return UNCLEAR  # the negation turns it by itself
    return UNCLEAR


def is_open_question(pair: SentenceAndClaim, content: Sequence[Token]) -> bool:
    """Whether the claim stands after a “whether” in what is said."""
    before = next((n for n, token in enumerate(content) if token.stem in pair.claim_stems), len(content))
    return pair.has(content[:before], "open questions")


def is_looked_into(pair: SentenceAndClaim, cue: Cue, content: Sequence[Token]) -> bool:
    """Whether what is said of an allegation is that it is under investigation."""
    later = (each for each in pair.said.cues if each.start > cue.end)
    return pair.has(content[:4], "nouns of what is said") and any(each.act == "aware" for each in later)


def _names_another(pair: SentenceAndClaim) -> bool:
    """Whether the claim's figure stands after a negation, or a word of it alone: three, not two; rain, not logging."""
    tokens, figures = pair.said.tokens, figures_in(pair, pair.claimed.tokens)
    if any(a.word in pair.words["negators"] and b.word in figures for a, b in itertools.pairwise(tokens)):
        return True
    return any(
        before.word in BREAKS
        and negator.word in pair.words["negators"]
        and named.stem in pair.claim_stems
        and after.word in BREAKS
        for before, negator, named, after in zip(tokens, tokens[1:], tokens[2:], tokens[3:], strict=False)
    )


def _is_quoted_denial(pair: SentenceAndClaim) -> bool:
    """Whether all that is quoted is that it is false: “That is a lie,” he said of the charge that …"""
    quoted = [token for token in pair.said.tokens if token.quoted and token.word.isalnum()]
    if not quoted or not pair.has(quoted[:1], "reference to what was said"):
        return False
    if {token.stem for token in quoted if token.stem} & pair.claim_stems:
        return False
    is_negated = pair.has([token for token in pair.said.tokens if token.quoted], "negators")
    return pair.has(quoted, "true" if is_negated else "false")


def answer_in(pair: SentenceAndClaim, content: Sequence[Token]) -> int:
    """1 for a “yes”, -1 for a “no” or “nonsense” that is all that is said of what the sentence names before."""
    said = [token.word for token in content if token.word.isalpha()]
    named = {token.stem for token in pair.said.tokens} & (pair.claim_stems | pair.near_stems)
    if not said or len(said) > 2 or not named:
        return 0
    return (said[0] in pair.words["yes"]) - (said[0] in pair.words["no"])


def is_limited(pair: SentenceAndClaim, content: Sequence[Token], clause: tuple[int, int]) -> bool:
    """Whether what is said holds under a condition or in part, and the claim without."""
    words = pair.words
    rest = pair.said.tokens[clause[0] :]
    if pair.has(pair.claimed.tokens, "limits", "limiting conditions"):
        return False
    joined = "_".join(token.word for token in pair.said.tokens)
    if any(f"_{phrase}_" in joined for phrase in words["limiting phrases"]) or pair.has(rest, "limiting conditions"):
        return True
    if any(token.word in words["limits"] and token.word not in pair.claim_bases for token in content):
        return True
    if pair.has(pair.claimed.tokens, "whole") and pair.has(content, "part") and not pair.has(content, "whole"):
        return True
    right = pair.has(content, "true") and not pair.claim_bases & words["true"]
    return right and pair.has(rest, "contrast")


def is_conditional(pair: SentenceAndClaim) -> bool:
    """Whether what is said holds under a condition that the claim does not have: “if the law passes, …”."""
    condition = pair.words["condition"]
    opened = [pair.said.tokens[start] for start, _ in pair.said.clauses if not _follows_cue(pair, start)]
    return any(token.word in condition for token in opened) and not pair.claim_bases & condition


def _follows_cue(pair: SentenceAndClaim, place: int) -> bool:
    return any(cue.end == place for cue in pair.said.cues)


def shares_most(pair: SentenceAndClaim, content: Sequence[Token]) -> bool:
    """Whether most of the claim beside its numbers stands in what is said, so that another number is a dispute."""
    telling = {stem for stem in pair.claim_stems if not stem[0].isdigit()} - pair.words["numbers"]
    return 2 * len(telling & {token.stem for token in content}) >= max(len(telling), 1) > 0


def says_something_else(pair: SentenceAndClaim, content: Sequence[Token]) -> bool:
    """Whether what is said has one word or less than half of a longer claim, and its own; or names another who did it.

    The vaccine's price is not its safety; where rebels burned the village, the army that says so did not.
    """
    said = {token.stem for token in content if token.stem}
    shared = said & (pair.claim_stems | pair.near_stems)
    opening = [token for token in content[:4] if token.word not in pair.words["that"]]
    refers = pair.has(opening, "nouns of what is said", "reference to what was said")
    by = next((n for n, token in enumerate(content) if token.word in pair.words["passive"]), len(content))
    doer = {token.stem for token in content[by + 1 : by + 4] if token.stem}
    if pair.name & pair.claim_stems and doer and not doer & pair.claim_stems:
        return True
    least = max(min(2, len(pair.claim_stems)), SHARE * len(pair.claim_stems - pair.name))
    return len(shared) < least and shared != said and not refers


def bears_on(pair: SentenceAndClaim, content: Sequence[Token], clause: tuple[int, int]) -> bool:
    """Whether what is said shares a telling word with the claim, or points back to what was said."""
    numbers = pair.words["numbers"]
    said = {token.stem for token in pair.said.tokens[clause[0] : clause[1]]}
    both = said & (pair.claim_stems | pair.near_stems)
    stems = {stem for stem in both if not stem[0].isdigit() and stem not in numbers}
    refers = pair.has(content[:4], "nouns of what is said", "reference to what was said")
    return bool(stems) or refers or opposites_in(pair, content, pair.claimed.tokens) != 0
