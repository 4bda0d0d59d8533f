"""What tables count, for a list of objects at once, as the record stood at the head of a snapshot.

Counted are the statements of the whole record, whatever filters choose of it, by the rules of
record/queries/counts.py: speakers, articles and origins count once each.
"""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import NamedTuple

from django.db import connections

from language.search_words import sort_key

from ..documents.contested_claims import label_of_speaker_key
from ..documents.vocabulary import STANCES
from ..models import Current, Printing, Publication
from ..point_in_time import current_condition, current_rows, record_as_of
from ..projections.lookup import chunks
from .snapshot import Snapshot

MOST_LISTED = 50  # speakers or origins that are named in one cell; the count beside it is of all
MAX_LABEL_LENGTH = 500
SHORTEST_INITIALS = 3  # letters by which an actor can be known as an outlet
SIDES = {
    side: ", ".join(f"'{code}'" for code, term in STANCES.items() if term.side == side)
    for side in ("assent", "dissent")
}


class Members(NamedTuple):
    """Speakers or origins of one claim: how many in `total`, and the first of them."""

    total: int
    first: tuple[str, ...]


NOBODY = Members(0, ())


@dataclass
class PageCounts:
    """How many statements speak to a claim or question, in how many articles, on how many independent reports."""

    statements: int = 0
    articles: int = 0
    origins: int = 0


@dataclass
class ClaimSides:
    """Who takes a claim's side and who is against it, by name, and the origins (their keys) of what is for it."""

    speakers: dict[str, Members] = field(default_factory=dict)
    origins: Members = NOBODY


def first_moments(ids: Sequence[str], using: str) -> dict[str, datetime]:
    """When the first version of each object was published."""
    rows = Publication.objects.using(using).filter(version=1)
    return {
        public_id: at
        for some in chunks(ids)
        for public_id, at in rows.filter(public_id__in=some).values_list("public_id", "published_at")
    }


def origins_of_printings(statements: Sequence[str], snapshot: Snapshot) -> dict[tuple[str, int], str]:
    """The origin of each printing, by its statement and its place among the appearances, from 0."""
    with record_as_of(snapshot.head.seq):
        rows = current_rows(Printing).using(snapshot.using).order_by()
        return {
            (statement, number): origin
            for some in chunks(statements)
            for statement, number, origin in rows.filter(statement__in=some).values_list(
                "statement", "number", "origin"
            )
        }


_COUNTS_SQL = """
    SELECT p.{page}, COUNT(DISTINCT p.statement), COUNT(DISTINCT r.article), COUNT(DISTINCT r.origin)
      FROM record_position p LEFT JOIN record_printing r ON r.statement = p.statement AND {r}
     WHERE {p} AND p.{page} IN ({marks}) GROUP BY p.{page}
"""


def page_counts(page: str, ids: Sequence[str], snapshot: Snapshot) -> dict[str, PageCounts]:
    """The counts of claims or questions: `page` is "claim" or "question"."""
    return {row[0]: PageCounts(*row[1:]) for row in _rows(_COUNTS_SQL, ids, snapshot, page=page)}


# The first members of each claim and side, in the order of their keys, and how many there are.
_MEMBERS_SQL = """
    SELECT claim, what, side, member, label, total FROM (
        SELECT claim, what, side, member, label,
               COUNT(*) OVER (PARTITION BY claim, what, side) AS total,
               ROW_NUMBER() OVER (PARTITION BY claim, what, side ORDER BY member {binary}) AS place
          FROM (
            SELECT DISTINCT p.claim, 'speaker' AS what, {side} AS side, p.speaker AS member, c.label
              FROM record_position p LEFT JOIN record_current c ON c.public_id = p.actor AND {c}
             WHERE {p} AND p.claim IN ({marks}) AND p.stance IN ({sided})
            UNION ALL
            SELECT DISTINCT p.claim, 'origin', 'assent', r.origin, ''
              FROM record_position p JOIN record_printing r ON r.statement = p.statement AND {r}
             WHERE {p} AND p.claim IN ({marks}) AND p.stance IN ({assent})
          ) members
    ) ranked WHERE place <= {most} ORDER BY claim, what, side, place
"""


def claim_sides(claims: Sequence[str], snapshot: Snapshot) -> dict[str, ClaimSides]:
    """Who affirms and who denies each claim. Those are left out towards which nobody takes a side."""
    found: dict[str, ClaimSides] = defaultdict(ClaimSides)
    named: dict[tuple[str, str, str], list[str]] = defaultdict(list)
    totals: dict[tuple[str, str, str], int] = {}
    binary = 'COLLATE "C"' if connections[snapshot.using].vendor == "postgresql" else ""
    values = {
        "side": f"CASE WHEN p.stance IN ({SIDES['assent']}) THEN 'assent' ELSE 'dissent' END",
        "sided": ", ".join(SIDES.values()),
        "assent": SIDES["assent"],
        "most": str(MOST_LISTED),
        "binary": binary,
    }
    for claim, what, side, member, label, total in _rows(_MEMBERS_SQL, claims, snapshot, **values):
        name = member if what == "origin" else label or label_of_speaker_key(member) or member
        named[claim, what, side].append(name)
        totals[claim, what, side] = total
    for (claim, what, side), names in named.items():
        members = Members(totals[claim, what, side], tuple(names))
        if what == "origin":
            found[claim].origins = members
        else:
            found[claim].speakers[side] = members
    return found


def _rows(sql: str, ids: Sequence[str], snapshot: Snapshot, **values: str) -> Iterable[tuple]:
    with record_as_of(snapshot.head.seq), connections[snapshot.using].cursor() as cursor:
        conditions = {alias: current_condition(alias) for alias in "pcr"}
        for some in chunks(ids):
            marks = ", ".join(["%s"] * len(some))
            query = sql.format(marks=marks, **conditions, **values)
            cursor.execute(query, some * sql.count("{marks}"))
            yield from cursor.fetchall()


def outlets_of_actors(snapshot: Snapshot) -> dict[str, str]:
    """Of each actor that is an outlet the id of that outlet, where there is one: it is called the same, or by the
    initials of the other ("AFP", Agence France-Presse), and no other one is.

    An export that chooses a part knows those alone that are in it.
    """
    with record_as_of(snapshot.head.seq):
        rows = current_rows(Current).using(snapshot.using).order_by()
        outlets = list(rows.filter(kind="outlet").values_list("public_id", "label", "publication_id"))
        actors = list(rows.filter(kind="actor", facet="outlet").values_list("public_id", "label", "publication_id"))
    found: dict[str, str] = {}
    by_form: dict[str, set[str]] = defaultdict(set)
    for public_id, label, seq in outlets:
        if _is_chosen(seq, "outlet", snapshot):
            for form in _forms(label):
                by_form[form].add(public_id)
    taken: dict[str, list[str]] = defaultdict(list)
    for public_id, label, seq in actors:
        if _is_chosen(seq, "actor", snapshot):
            candidates = {outlet for form in _forms(label) for outlet in by_form.get(form, ())}
            if len(candidates) == 1:
                taken[candidates.pop()].append(public_id)
    for outlet, known_as in taken.items():
        found |= dict.fromkeys(known_as, outlet) if len(known_as) == 1 else {}
    return found


def _forms(label: str) -> set[str]:
    """The whole name in one word, and its initials where they are long enough."""
    words = sort_key(label, MAX_LABEL_LENGTH).split()
    initials = "".join(word[0] for word in words)
    return {"".join(words), *([initials] if len(initials) >= SHORTEST_INITIALS else [])} - {""}


def _is_chosen(seq: int, kind: str, snapshot: Snapshot) -> bool:
    if snapshot.selection is None:
        return True
    seqs = snapshot.selection.seqs_of(kind)
    place = bisect_left(seqs, seq)
    return place < len(seqs) and seqs[place] == seq
