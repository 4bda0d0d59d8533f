"""Which claims are contested now (record/documents/contested_claims.py), by their positions and their relations."""

from collections import defaultdict
from collections.abc import Iterable

from django.db import connection

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
        found |= _naming(some)
        named = list(Reference.objects.filter(source__in=some, kind="claim").values_list("target", flat=True))
        leading = Address.objects.filter(owner__in=[*named, *some], kind="claim")
        found.update(leading.values_list("public_id", flat=True))
    return found - claims


def _naming(claims: Iterable[str]) -> set[str]:
    """The claims that name any of these, or what was merged into them."""
    owners = Address.objects.filter(public_id__in=claims, kind="claim").values("owner")
    return set(Reference.objects.filter(target__in=owners, kind="claim").values_list("source", flat=True))


class _ClaimRings:
    """Claims, those around them by relations, and those around these in turn."""

    def __init__(self) -> None:
        self.documents: dict[str, Claim] = {}
        self.lookup = Lookup()

    def add(self, claims: Iterable[str]) -> None:
        for some in chunks(sorted(set(claims) - set(self.documents))):
            rows = Publication.objects.filter(public_id__in=some, superseded_by=None).exclude(document=None)
            found = [decode(text) for text in rows.values_list("document", flat=True) if text is not None]
            self.documents |= {document.id: document for document in found if isinstance(document, Claim)}
        self.lookup.remember(dict(self.documents))

    def related_to(self, claims: Iterable[str]) -> set[str]:
        """What relates to these claims, which were added, or they to it; without themselves."""
        claims = set(claims)
        found = {source for some in chunks(sorted(claims)) for source in _naming(some)}
        named = {
            relation.claim for claim in claims & set(self.documents) for relation in self.documents[claim].relations
        }
        self.lookup.fetch(named)
        return (found | {self.lookup.resolve(claim) for claim in named}) - claims


def contested_among(claims: Iterable[str], *, with_related: bool = False) -> dict[str, bool]:
    """Whether each of these claims is contested now; and each that relates to one of them, if asked `with_related`."""
    claims = set(claims)
    rings = _ClaimRings()
    rings.add(claims)
    related = rings.related_to(claims)
    rings.add(related)
    if with_related and related:
        claims |= related
        rings.add(rings.related_to(claims))
    tallies = first_and_last_speakers(rings.documents)
    contested = contested_claims(rings.documents.values(), tallies, rings.lookup.resolve)
    return {claim: claim in contested for claim in claims}
