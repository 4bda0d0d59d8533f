"""Claims of the desk that words may bear on: the words of passages, or what an editor types to find one."""

from collections.abc import Iterable, Sequence

from django.db.models import Q

from language.amounts import AmountInWords
from language.likeness import ComparedClaims, NearClaim, Wording, beginning_of, forms_of
from language.names.spellings import words_of

from ..models import Claim, Statement
from .suggestion_types import ClaimCandidate

MAX_CLAIMS, MAX_WORDINGS = 2000, 4000
MAX_FORMS, PREFIX_LENGTH = 100, 7
MAX_OFFERED = 8  # claims offered while somebody types
MIN_TYPED_LIKENESS = 0.1  # likeness from which a claim is offered while somebody types
NEARBY_WORDS_WEIGHT = 0.5  # what likeness to the words at hand counts beside likeness to what is typed
CONTAINED_TEXT_WEIGHT = 0.3  # what it counts that all that is typed stands in a claim as it is typed
MAX_COMPARED = 100  # claims that are compared with what is typed


def claims_for_passages(passages: Sequence[tuple[str, Sequence[AmountInWords]]]) -> list[list[ClaimCandidate]]:
    """For each passage, words with their amounts, the claims that it may bear on, best first; none where a new one is
    to be made. Three queries."""
    forms = {form for words, _ in passages for form in forms_of(words) if len(form) > 3}
    compared = ComparedClaims(_wordings(forms))
    return _candidates([compared.nearest(words, amounts=amounts) for words, amounts in passages])


def claims_for_typed_text(typed: str, words: str) -> list[ClaimCandidate]:
    """The claims that an editor who types `typed` may look for, best first; by the `words` at hand where it is nothing.

    The last word of `typed` may be unfinished. Three queries.
    """
    fragment = beginning_of(typed)
    said = {*forms_of(typed), fragment} - {""}
    wordings = _wordings(said or forms_of(words))
    compared = ComparedClaims(wordings)
    beside = {near.key: near for near in compared.nearest(words, most=MAX_COMPARED, least=MIN_TYPED_LIKENESS)}
    if not said:
        return _candidates([list(beside.values())[:MAX_OFFERED]])[0]
    whole, texts = _plain_words(typed), {wording.key: _plain_words(wording.texts[0]) for wording in wordings}

    def likeness(near: NearClaim) -> float:
        at_hand = NEARBY_WORDS_WEIGHT * beside[near.key].score if near.key in beside else 0.0
        return near.score + at_hand + (CONTAINED_TEXT_WEIGHT if whole in texts[near.key] else 0.0)

    near = compared.nearest(typed, most=MAX_COMPARED, least=MIN_TYPED_LIKENESS, beginning=fragment)
    return _candidates([sorted(near, key=likeness, reverse=True)[:MAX_OFFERED]])[0]


def _plain_words(text: str) -> str:
    return " ".join(words_of(text))


def _wordings(forms: Iterable[str]) -> list[Wording]:
    """The claims that hold the first letters of one of these words, with the wordings in which they were met."""
    longest = sorted(forms, key=lambda form: (-len(form), form))[:MAX_FORMS]
    wanted = Q(text__holds_any=sorted({form[:PREFIX_LENGTH] for form in longest}))
    fields = ("pk", "text", "amount", "lower", "upper")
    claims = list(Claim.objects.current().filter(wanted).order_by("-id").values_list(*fields)[:MAX_CLAIMS])
    met = Statement.objects.filter(stances__claim__in=[key for key, *_ in claims[:900]]).order_by("-id")
    wordings: dict[int, list[str]] = {}
    for claim, summary in met.values_list("stances__claim", "summary")[:MAX_WORDINGS]:
        if len(wordings.setdefault(claim, [])) < 5:
            wordings[claim].append(summary)
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
    return [[ClaimCandidate(claims[claim.key], claim.score, claim.why) for claim in near] for near in found]
