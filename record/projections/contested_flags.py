"""Which claims are contested now (record/documents/contested_claims.py), by their positions and their relations."""

from collections import defaultdict
from collections.abc import Iterable

from django.db import connection
from django.db.models import Q

from ..documents import Claim, decode
from ..documents.contested_claims import StanceCount, Tally, contested_claims
from ..documents.vocabulary import STANCES
from ..models import Address, Publication, Reference
from .lookup import Lookup, chunks

# The stances that can stand apart.
OPPOSABLE_STANCES = (*(stance for stance, term in STANCES.items() if term.side), "qualifies")
_SPEAKERS_SQL = """
    SELECT asked.claim, asked.stance, asked.first, (
               SELECT MAX(p.speaker) FROM record_position p
                WHERE p.claim = asked.claim AND p.stance = asked.stance AND p.valid_before_seq IS NULL
           )
      FROM (SELECT claims.column1 AS claim, stances.column1 AS stance, (
                       SELECT MIN(p.speaker) FROM record_position p
                        WHERE p.claim = claims.column1 AND p.stance = stances.column1 AND p.valid_before_seq IS NULL
                   ) AS first
              FROM (VALUES {claims}) AS claims, (VALUES {stances}) AS stances) asked
     WHERE asked.first IS NOT NULL
"""


def first_and_last_speakers(claims: Iterable[str]) -> dict[str, Tally]:
    """Who takes each opposable stance towards these claims, first and last by their keys; counted as one or two."""
    found: dict[str, dict[str, StanceCount]] = defaultdict(dict)
    for some in chunks(sorted(set(claims))):
        sql = _SPEAKERS_SQL.format(
            claims=", ".join(["(%s)"] * len(some)), stances=", ".join(f"('{stance}')" for stance in OPPOSABLE_STANCES)
        )
        with connection.cursor() as cursor:
            cursor.execute(sql, some)
            for claim, stance, first, last in cursor.fetchall():
                found[claim][stance] = StanceCount(1 + (first != last), first, last)
    return dict(found)


def related_claims(claims: Iterable[str]) -> set[str]:
    """The claims that these name and that name them, through merges; and where these lead. Not these themselves."""
    claims = set(claims)
    found: set[str] = set()
    for some in chunks(sorted(claims)):
        owners = Address.objects.filter(kind="claim", public_id__in=some).values("owner")
        relations = Reference.objects.filter(kind="claim")
        found.update(relations.filter(target__in=owners).values_list("source", flat=True))
        named = relations.filter(source__in=some).values_list("target", flat=True)
        leading = Address.objects.filter(Q(owner__in=named) | Q(owner__in=some), kind="claim")
        found.update(leading.values_list("public_id", flat=True))
    return found - claims


def contested_among(claims: Iterable[str]) -> dict[str, bool]:
    """Whether each of these claims is contested now."""
    claims = set(claims)
    around = claims | related_claims(claims)
    documents: list[Claim] = []
    lookup = Lookup()
    for some in chunks(sorted(around)):
        rows = Publication.objects.filter(public_id__in=some, kind="claim", superseded_by=None).exclude(document=None)
        found = [decode(text) for text in rows.values_list("document", flat=True) if text is not None]
        documents += [document for document in found if isinstance(document, Claim)]
    lookup.fetch(relation.claim for document in documents for relation in document.relations)
    tallies = first_and_last_speakers(document.id for document in documents)
    contested = contested_claims(documents, tallies, lookup.resolve)
    return {claim: claim in contested for claim in claims}
