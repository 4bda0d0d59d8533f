"""Claims of the desk that words may bear on: the words of passages, or what an editor types to find one.

There is one ranking, for passages, pickers and imports: `likely_claims` takes those that share most with the words out
of all claims, by the index, and `language.likeness` compares them.
"""

from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass

from django.db.models import F, Window
from django.db.models.functions import RowNumber

from language.amounts import AmountInWords, read_amounts
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
MAX_TERMS_ASKED, MAX_CLAIMS_ASKED = 6_000, 1_000  # for all passages of a text together
MAX_WORDINGS = 5  # other wordings in which a claim was met, the newest
MAX_OFFERED = 8  # claims offered while somebody types
MIN_TYPED_LIKENESS = 0.1  # likeness from which a claim is offered while somebody types
NEARBY_WORDS_WEIGHT = 0.5  # what likeness to the words at hand counts beside likeness to what is typed
CONTAINED_TEXT_WEIGHT = 0.3  # what it counts that all that is typed stands in a claim as it is typed
MIN_BEGINNING = 2  # letters of an unfinished word by which terms are looked for


@dataclass(frozen=True)
class LikelyClaims:
    """The claims that share most with some words, ready to be compared with them."""

    compared: ComparedClaims
    claims: dict[Hashable, Claim]

    def candidates(self, found: Iterable[NearClaim]) -> list[ClaimCandidate]:
        return [ClaimCandidate(self.claims[near.key], near.score, near.grade, near.why) for near in found]


def claims_for_passages(passages: Sequence[tuple[str, Sequence[AmountInWords]]]) -> list[list[ClaimCandidate]]:
    """For each passage, words with their amounts, the claims that it may bear on, best first; none where a new one is
    to be made. At most six queries."""
    likely = likely_claims([words for words, _ in passages])
    return [likely.candidates(likely.compared.nearest(words, amounts=amounts)) for words, amounts in passages]


def claims_like(text: str) -> list[ClaimCandidate]:
    """The claims that a text without a passage may mean, best first, as `claims_for_passages`."""
    return claims_for_passages([(text, read_amounts(text))])[0]


def claims_for_typed_text(typed: str, words: str) -> list[ClaimCandidate]:
    """The claims that an editor who types `typed` may look for, best first; by the `words` at hand where it is nothing.

    The last word of `typed` may be unfinished. At most six queries.
    """
    fragment = beginning_of(typed)
    said = index_terms(typed) or ({fragment} - {""})
    likely = likely_claims([typed] if said else [words], fragment)
    beside = {near.key: near for near in likely.compared.nearest(words, most=MAX_COMPARED, least=MIN_TYPED_LIKENESS)}
    if not said:
        return likely.candidates(list(beside.values())[:MAX_OFFERED])
    whole = _plain_words(typed)

    def likeness(near: NearClaim) -> float:
        at_hand = NEARBY_WORDS_WEIGHT * beside[near.key].score if near.key in beside else 0.0
        contained = whole in _plain_words(likely.claims[near.key].text)
        return near.score + at_hand + (CONTAINED_TEXT_WEIGHT if contained else 0.0)

    near = likely.compared.nearest(typed, most=MAX_COMPARED, least=MIN_TYPED_LIKENESS, beginning=fragment)
    return likely.candidates(sorted(near, key=likeness, reverse=True)[:MAX_OFFERED])


def _plain_words(text: str) -> str:
    return " ".join(words_of(text))


def likely_claims(wordings: Sequence[str], fragment: str = "") -> LikelyClaims:
    """Out of all claims those that share most with any of the wordings; `fragment` is the beginning of a last word."""
    begun = terms_that_begin(fragment) if len(fragment) >= MIN_BEGINNING else []
    begun += [fragment[:length] for length in range(4, len(fragment))]  # its ending may have begun already
    share = max(len(wordings), 1)  # one article has few passages or many; what is asked has the same bounds
    most_terms, most = max(MAX_TERMS_ASKED // share, 5), min(max(MAX_CLAIMS_ASKED // share, 5), MAX_COMPARED)
    said = [sorted(index_terms(words), key=lambda term: (-len(term), term))[:most_terms] for words in wordings]
    expanded = [_with_synonyms(terms, most_terms) | dict.fromkeys(begun, 1.0) for terms in said]
    rarity = rarity_of({term for terms in expanded for term in terms})
    weighed = [{term: rarity.weight(term) * degree for term, degree in terms.items()} for terms in expanded]
    keys = claims_sharing(weighed, rarity.counts, most=most)
    claims = Claim.objects.current().filter(pk__in=keys).select_related("question").order_by("-id")
    compared = _wordings(list(claims))
    theirs = {term for wording in compared for terms in wording.terms for term in terms}
    of_claims = rarity_of(sorted(theirs - set(rarity.counts))[:MAX_TERMS_ASKED])
    both = Rarity(max(rarity.total, of_claims.total), {**rarity.counts, **of_claims.counts})
    return LikelyClaims(ComparedClaims(compared, both), {claim.pk: claim for claim in claims})


def _with_synonyms(terms: Iterable[str], most: int) -> dict[str, float]:
    """The terms of a wording, and those that may stand for them, with what each counts; `most` in all."""
    found = dict.fromkeys(terms, 1.0)
    for term in list(found):
        for other in sorted(synonyms_of(term)):
            if len(found) < most:
                found.setdefault(other, SYNONYM_WEIGHT)
    return found


def _wordings(claims: Sequence[Claim]) -> list[Wording]:
    """These claims with the wordings in which they were met last. One query."""
    newest = Window(RowNumber(), partition_by=F("claim"), order_by=F("pk").desc())
    met = Stance.objects.filter(claim__in=claims).annotate(place=newest).filter(place__lte=MAX_WORDINGS)
    wordings: dict[int, list[str]] = {}
    for claim, summary in met.values_list("claim", "statement__summary"):
        wordings.setdefault(claim, []).append(summary)
    return [
        Wording(
            claim.pk,
            tuple(dict.fromkeys([claim.text, *wordings.get(claim.pk, ())])),
            frozenset(figure for figure in (claim.amount, claim.lower, claim.upper) if figure is not None),
        )
        for claim in claims
    ]
