"""Claims of the desk that words may bear on: the words of passages, or what an editor types to find one.

There is one ranking: `rank_claims` takes those that share most with the words out of all claims, by the index, and
compares them (`language.likeness`).
"""

from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass

from django.db.models import F, Window
from django.db.models.functions import RowNumber

from language.amounts import AmountInWords
from language.likeness import (
    SYNONYM_WEIGHT,
    ComparedClaims,
    NearClaim,
    Rarity,
    Wording,
    beginning_of,
    synonyms_of,
)
from language.names.spellings import words_of

from ..models import Claim, Stance
from .claim_index import claims_sharing, index_terms, rarity_of, terms_that_begin
from .suggestion_types import ClaimCandidate

MAX_COMPARED = 40  # claims that are compared with one wording
MAX_WORDINGS = 5  # other wordings in which a claim was met, the newest
MAX_OFFERED = 8  # claims offered while somebody types
MIN_TYPED_LIKENESS = 0.1  # likeness from which a claim is offered while somebody types
NEARBY_WORDS_WEIGHT = 0.5  # what likeness to the words at hand counts beside likeness to what is typed
CONTAINED_TEXT_WEIGHT = 0.3  # what it counts that all that is typed stands in a claim as it is typed
MIN_BEGINNING = 2  # letters of an unfinished word by which terms are looked for


@dataclass(frozen=True)
class Likely:
    """The claims that share most with some words, ready to be compared with them."""

    compared: ComparedClaims
    texts: dict[Hashable, str]


def claims_for_passages(passages: Sequence[tuple[str, Sequence[AmountInWords]]]) -> list[list[ClaimCandidate]]:
    """For each passage, words with their amounts, the claims that it may bear on, best first; none where a new one is
    to be made. At most seven queries."""
    likely = _likely_claims([words for words, _ in passages])
    return _candidates([likely.compared.nearest(words, amounts=amounts) for words, amounts in passages])


def claims_for_typed_text(typed: str, words: str) -> list[ClaimCandidate]:
    """The claims that an editor who types `typed` may look for, best first; by the `words` at hand where it is nothing.

    The last word of `typed` may be unfinished. At most seven queries.
    """
    fragment = beginning_of(typed)
    said = index_terms(typed) or ({fragment} - {""})
    likely = _likely_claims([typed] if said else [words], fragment)
    compared, texts = likely.compared, likely.texts
    beside = {near.key: near for near in compared.nearest(words, most=MAX_COMPARED, least=MIN_TYPED_LIKENESS)}
    if not said:
        return _candidates([list(beside.values())[:MAX_OFFERED]])[0]
    whole = _plain_words(typed)

    def likeness(near: NearClaim) -> float:
        at_hand = NEARBY_WORDS_WEIGHT * beside[near.key].score if near.key in beside else 0.0
        return near.score + at_hand + (CONTAINED_TEXT_WEIGHT if whole in _plain_words(texts[near.key]) else 0.0)

    near = compared.nearest(typed, most=MAX_COMPARED, least=MIN_TYPED_LIKENESS, beginning=fragment)
    return _candidates([sorted(near, key=likeness, reverse=True)[:MAX_OFFERED]])[0]


def _plain_words(text: str) -> str:
    return " ".join(words_of(text))


def _likely_claims(wordings: Sequence[str], fragment: str = "") -> Likely:
    """Out of all claims those that share most with any of the wordings; `fragment` is the beginning of a last word."""
    said = [index_terms(words) for words in wordings]
    begun = terms_that_begin(fragment) if len(fragment) >= MIN_BEGINNING else []
    begun += [fragment[:length] for length in range(4, len(fragment))]  # its ending may have begun already
    expanded = [_with_synonyms(terms) | dict.fromkeys(begun, 1.0) for terms in said]
    rarity = rarity_of({term for terms in expanded for term in terms})
    weighed = [{term: rarity.weight(term) * degree for term, degree in terms.items()} for terms in expanded]
    claims = _wordings(claims_sharing(weighed, rarity.counts, most=MAX_COMPARED))
    of_claims = rarity_of({term for claim in claims for terms in claim.terms for term in terms} - set(rarity.counts))
    both = Rarity(max(rarity.total, of_claims.total), {**rarity.counts, **of_claims.counts})
    return Likely(ComparedClaims(claims, both), {claim.key: claim.texts[0] for claim in claims})


def _with_synonyms(terms: Iterable[str]) -> dict[str, float]:
    """The terms of a wording, and those that may stand for them, with what each counts."""
    found = dict.fromkeys(sorted(terms), 1.0)
    for term in list(found):
        for other in sorted(synonyms_of(term)):
            found.setdefault(other, SYNONYM_WEIGHT)
    return found


def _wordings(keys: Sequence[int]) -> list[Wording]:
    """These claims, those that were not merged away, with the wordings in which they were met last. Two queries."""
    fields = ("pk", "text", "amount", "lower", "upper")
    claims = list(Claim.objects.current().filter(pk__in=keys).order_by("-id").values_list(*fields))
    newest = Window(RowNumber(), partition_by=F("claim"), order_by=F("pk").desc())
    met = Stance.objects.filter(claim__in=[key for key, *_ in claims]).annotate(place=newest)
    wordings: dict[int, list[str]] = {}
    for claim, summary in met.filter(place__lte=MAX_WORDINGS).values_list("claim", "statement__summary"):
        wordings.setdefault(claim, []).append(summary)
    return [
        Wording(
            key,
            tuple(dict.fromkeys([text, *wordings.get(key, ())])),
            frozenset(figure for figure in figures if figure is not None),
        )
        for key, text, *figures in claims
    ]


def _candidates(found: list[list[NearClaim]]) -> list[list[ClaimCandidate]]:
    claims = Claim.objects.select_related("question").in_bulk({claim.key for near in found for claim in near})
    return [
        [ClaimCandidate(claims[claim.key], claim.score, claim.grade, claim.why) for claim in near] for near in found
    ]
