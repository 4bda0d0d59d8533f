"""The index by which claims are found: the terms of each, and how rare a term is among all claims.

An inverted index in a table of its own, alike on both databases. No question reads more of it than a bound says: claims
that share rare terms are looked for by those, claims that share only common ones by two of these together.
"""

from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from itertools import accumulate

from django.db import connection
from django.db.models import Q

from language.likeness import Rarity, terms_of

from ..models import Claim, ClaimTerm

MAX_TERM_LENGTH = 40
MAX_ROWS_READ = 2_500  # of the index, for one wording
MAX_ROWS_READ_IN_ALL, MIN_ROWS_READ = 100_000, 100  # for all wordings together, and for one where they are many
MAX_TERMS = 120  # of one wording
SAMPLE = 32  # claims after which the claims with a term are estimated and not counted
_TABLE = ClaimTerm._meta.db_table


def index_terms(text: str) -> frozenset[str]:
    """The terms under which a text stands in the index."""
    return frozenset(term[:MAX_TERM_LENGTH] for term in terms_of(text))


def write_terms(claims: Iterable[Claim]) -> None:
    """Puts claims into the index with their texts as they are now. For the verbs that change texts."""
    claims = list(claims)
    ClaimTerm.objects.filter(claim__in=[claim.pk for claim in claims]).delete()
    ClaimTerm.objects.bulk_create(
        [ClaimTerm(claim=claim, term=term) for claim in claims for term in sorted(index_terms(claim.text))], 1_000
    )


def terms_that_begin(beginning: str, *, most: int = 30) -> list[str]:
    """Terms of the index that begin so, in their order."""
    after = beginning[:-1] + chr(ord(beginning[-1]) + 1)
    found = ClaimTerm.objects.filter(term__gte=beginning, term__lt=after).order_by("term").values_list("term")
    return [term for (term,) in found.distinct()[:most]]


def rarity_of(terms: Iterable[str]) -> Rarity:
    """In how many claims each of these terms stands: counted up to SAMPLE of them, beyond that estimated by how near to
    one another the newest of these stand. One query.
    """
    asked = sorted({term[:MAX_TERM_LENGTH] for term in terms})
    if not asked:
        return Rarity(0, {})
    newest = f"SELECT claim_id FROM {_TABLE} WHERE term = wanted.term ORDER BY claim_id DESC LIMIT {SAMPLE}"  # noqa: S608
    with connection.cursor() as cursor:
        cursor.execute(
            f"WITH wanted(term) AS (VALUES {', '.join(['(%s)'] * len(asked))}) SELECT wanted.term, "  # noqa: S608
            f"(SELECT COUNT(*) || ' ' || MIN(claim_id) FROM ({newest}) AS newest), "
            f"(SELECT MAX(claim_id) FROM {_TABLE}), (SELECT MIN(claim_id) FROM {_TABLE}) FROM wanted",
            asked,
        )
        found = [(term, *map(int, (said or "0 0").split()), last, first) for term, said, last, first in cursor]
    first, last = found[0][4] or 0, found[0][3] or 0
    total = last - first + 1
    counts = {
        term: count if count < SAMPLE else max(count, SAMPLE * total / (last - oldest + 1))
        for term, count, oldest, _, _ in found
    }
    return Rarity(total, counts)


def claims_sharing(wordings: Sequence[Mapping[str, float]], counts: Mapping[str, float], *, most: int) -> list[int]:
    """The keys of the claims that share most of the terms of a wording, `most` for each; two queries.

    A wording says what each of its terms weighs. Its rarest terms are looked for, as many as MAX_ROWS_READ allows.
    """
    wanted: list[tuple[int, str, int]] = []
    pairs: list[list[str]] = []
    most_rows = min(MAX_ROWS_READ, max(MAX_ROWS_READ_IN_ALL // max(len(wordings), 1), MIN_ROWS_READ))
    for number, weights in enumerate(wordings):
        rarest = sorted((term for term in weights if counts.get(term)), key=lambda term: (counts[term], term))
        rows = list(accumulate(counts[term] for term in rarest))
        chosen = rarest[: min(bisect_right(rows, most_rows), MAX_TERMS)]
        wanted += [(number, term, round(weights[term] * 1000)) for term in chosen]
        if rarest and not chosen:
            pairs.append(rarest[:2])
    return [*(_by_weight(wanted, most) if wanted else ()), *(_by_pairs(pairs, most) if pairs else ())]


def _by_weight(wanted: Sequence[tuple[int, str, int]], most: int) -> list[int]:
    values = ", ".join(["(%s, %s, %s)"] * len(wanted))
    with connection.cursor() as cursor:
        cursor.execute(
            f"WITH wanted(number, term, weight) AS (VALUES {values}), "  # noqa: S608
            f"scored AS (SELECT number, claim_id, SUM(weight) AS total FROM wanted JOIN {_TABLE} AS kept "
            "ON kept.term = wanted.term GROUP BY number, claim_id), "
            "ranked AS (SELECT claim_id, ROW_NUMBER() OVER (PARTITION BY number ORDER BY total DESC, claim_id DESC) "
            "AS place FROM scored) SELECT claim_id FROM ranked WHERE place <= %s",
            [*(param for row in wanted for param in row), most],
        )
        return [key for (key,) in cursor.fetchall()]


def _by_pairs(pairs: Sequence[Sequence[str]], most: int) -> list[int]:
    """The newest claims that have two terms, each of which most claims may have."""
    either = Q()
    for first, *second in pairs:
        both = Q(term=first)
        for term in second:
            both &= Q(claim__in=ClaimTerm.objects.filter(term=term).values("claim"))
        either |= both
    found = ClaimTerm.objects.filter(either).order_by("-claim_id").values_list("claim_id", flat=True)
    return list(found[: most * len(pairs)])
