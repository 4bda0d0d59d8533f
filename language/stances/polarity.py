"""Whether a sentence and a claim say the same way round: what turns either of them, and what is good or bad."""

import itertools
from collections.abc import Sequence

from .sentence_and_claim import SentenceAndClaim
from .sentence_reading import Token

MIN_PREFIXED = 4  # letters of a word that is taken for another one with a prefix before it


def sign_between(pair: SentenceAndClaim, content: Sequence[Token], claim: Sequence[Token]) -> int:
    """1 where both say the same way round, -1 where one of them is turned, 0 where that is not to be told."""
    evidence = pair.has(content, "evidence") and not (pair.claim_bases & pair.words["evidence"])
    mine = 0 if evidence else _turns(pair, content)
    sign = -1 if (mine + _turns(pair, claim)) % 2 else 1
    asks = pair.planned and pair.has(content, "should", "to be done")
    if asks:
        ends = sum(token.is_of(pair.words["ends it"]) for token in _not_shared(pair, [*content, *claim]))
        sign = -sign if (ends + are_opposed(pair, content)) % 2 else sign
    elif opposites_in(pair, content, claim):
        sign = -sign
    if pair.planned and not asks:
        value = value_sign(pair, content)
        if value:
            return value * plan_sign(pair, claim)
    elif pair.evaluates and not _overlap_values(pair, content, claim):
        mine_value, their_value = value_sign(pair, content), value_sign(pair, claim)
        if mine_value and their_value:
            return 1 if mine_value == their_value else -1
    figures = figures_in(pair, content), figures_in(pair, claim)
    if all(figures) and not figures[0] & figures[1]:
        return 0
    return sign


def _overlap_values(pair: SentenceAndClaim, content: Sequence[Token], claim: Sequence[Token]) -> bool:
    values = pair.words["good"] | pair.words["bad"]
    return bool({t.word for t in content} & {t.word for t in claim} & values)


def figures_in(pair: SentenceAndClaim, tokens: Sequence[Token]) -> frozenset[str]:
    """The words among these that are numbers."""
    return frozenset(token.word for token in tokens if token.word[0].isdigit() or token.word in pair.words["numbers"])


def _turns(pair: SentenceAndClaim, tokens: Sequence[Token]) -> int:
    """How many words negate."""
    count = sum(token.word in pair.words["negators"] for token in tokens)
    pairs = sum(
        first.word in pair.words["neither"] and second.word in pair.words["negators"]
        for first, second in itertools.pairwise(tokens)
    )
    joined = "_".join(("", *(token.word for token in tokens), ""))
    count += sum(f"_{phrase}_" in joined for phrase in pair.words["negating phrases"])
    return count - pairs + sum(token.is_of(pair.words["negating verbs"]) for token in tokens)


def opposites_in(pair: SentenceAndClaim, content: Sequence[Token], claim: Sequence[Token]) -> int:
    """How many words of the claim have their opposite in what is said, and do not stand there themselves."""
    stems = {token.stem for token in content if token.stem}
    found = 0
    for token in claim:
        if not token.stem or token.stem in stems:
            continue
        against = {-number for number in pair.words.opposites.get(token.stem, ())}
        if any(against & pair.words.opposites.get(other.stem, frozenset()) for other in claim):
            continue  # “released from prison” is no prison
        by_list = any(against & pair.words.opposites.get(stem, frozenset()) for stem in stems)
        found += by_list or any(_is_negated_form(pair, token.stem, stem) for stem in stems - pair.claim_stems)
    return found % 2


def are_opposed(pair: SentenceAndClaim, content: Sequence[Token]) -> bool:
    """Whether what is said has the opposite of a word of the claim; `plan_sign` counts words for an end."""
    mine, theirs = (
        [token for token in tokens if not token.is_of(pair.words["ends it"])]
        for tokens in (content, pair.claimed.tokens)
    )
    return opposites_in(pair, mine, theirs) != 0


def _is_negated_form(pair: SentenceAndClaim, one: str, other: str) -> bool:
    longer, shorter = (one, other) if len(one) > len(other) else (other, one)
    prefix = longer.removesuffix(shorter)
    return len(shorter) >= MIN_PREFIXED - 1 and prefix != longer and prefix in pair.words["negating prefixes"]


def plan_sign(pair: SentenceAndClaim, tokens: Sequence[Token]) -> int:
    """1 for words that are for the thing, -1 for its end: “the ban”, “an end to the ban”, “should not go on”."""
    ends = sum(token.is_of(pair.words["ends it"]) for token in _not_shared(pair, tokens))
    sign = -1 if (ends + _turns(pair, tokens)) % 2 else 1
    value = value_sign(pair, _not_shared(pair, tokens), turned=False)
    return sign * value if value and not ends else sign


def _not_shared(pair: SentenceAndClaim, tokens: Sequence[Token]) -> list[Token]:
    """Those of the words that do not stand on both sides."""
    both = {token.stem for token in pair.said.tokens} & pair.claim_stems
    return [token for token in tokens if token.stem not in both]


def value_sign(pair: SentenceAndClaim, tokens: Sequence[Token], *, turned: bool = True) -> int:
    """1 where the words call something good, -1 where bad, 0 where neither or both."""
    good = any(token.word in pair.words["good"] for token in tokens)
    bad = any(token.word in pair.words["bad"] for token in tokens)
    value = int(good) - int(bad)
    return -value if turned and _turns(pair, tokens) % 2 else value
