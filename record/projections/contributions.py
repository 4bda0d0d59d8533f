"""What some objects add to the counts of pages, from their rows that stand; and whether others add the same.

A count of distinct speakers, articles or origins changes with the first statement that brings one and with the last
that has it: `pairs_of_others` finds out, by looks into indexes, whether any does, however many there are.
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from django.db import connection
from django.db.models import Model

from ..models import Current, HeldRow, Position, Printing, Relay
from .held_rows import HISTORY_COLUMNS
from .lookup import Row, chunks


class Pair(NamedTuple):
    """A member that a page counts once, however many statements bring it: a speaker, an article or an origin."""

    kind: str  # of the page
    page: str
    what: str
    member: str


@dataclass
class Contribution:
    """`sums` by page, its kind and the name of the count; `places` of what stands, as (kind, parent, sort)."""

    places: dict[str, tuple[str, str, str]] = field(default_factory=dict)
    sums: Counter[tuple[str, str, str]] = field(default_factory=Counter)
    stances: Counter[tuple[str, str]] = field(default_factory=Counter)
    pairs: set[Pair] = field(default_factory=set)
    voices: set[tuple[str, str]] = field(default_factory=set)
    pages: set[str] = field(default_factory=set)


_READ: dict[type[HeldRow], tuple[str, tuple[str, ...]]] = {
    Current: ("public_id", ("public_id", "kind", "parent", "sort")),
    Position: ("statement", ("statement", "claim", "question", "actor", "speaker", "stance")),
    Printing: ("statement", ("statement", "article", "outlet", "origin")),
    Relay: ("statement", ("statement", "actor")),
}
_PLACES = {model: [HISTORY_COLUMNS[model].index(name) for name in columns] for model, (_key, columns) in _READ.items()}


def read_contribution(ids: Sequence[str]) -> Contribution:
    """What these objects contribute by the rows that the database has."""
    rows: dict[type[Model], list[tuple]] = {model: [] for model in _READ}
    for model, (key, columns) in _READ.items():
        if model is Current or rows[Current]:  # what does not stand has no other rows
            rows[model] = list(model.objects.filter(**{f"{key}__in": ids}).order_by().values_list(*columns))
    return _contribution(rows)


def derived_contribution(rows: Mapping[type[Model], Iterable[Row]]) -> Contribution:
    """What objects contribute by rows of `held_rows.history_rows`."""
    standing: dict[type[Model], list[tuple]] = {
        model: [tuple(row[place] for place in places) for row in rows[model] if row[-1] is None]
        for model, places in _PLACES.items()
    }
    return _contribution(standing)


def _contribution(rows: Mapping[type[Model], list[tuple]]) -> Contribution:
    found = Contribution()
    pages_of: dict[str, set[tuple[str, str]]] = defaultdict(set)  # of a statement: kind and id
    for public_id, kind, parent, sort in rows[Current]:
        found.places[public_id] = (kind, parent, sort)
        found.sums["home", "home", kind] += 1
        if kind == "claim" and parent:
            found.sums[parent, "question", "claims"] += 1
        elif kind == "article" and parent:
            found.sums[parent, "outlet", "articles"] += 1
        elif kind == "statement" and parent:
            found.sums[parent, "actor", "statements"] += 1
            pages_of[public_id].add(("actor", parent))
    for statement, claim, question, actor, speaker, stance in rows[Position]:
        found.sums[claim, "claim", "statements"] += 1
        found.stances[claim, stance] += 1
        found.voices.add((claim, speaker))
        found.pairs.add(Pair("claim", claim, "speaker", speaker))
        pages_of[statement].add(("claim", claim))
        if question:
            found.pairs.add(Pair("question", question, "speaker", speaker))
            pages_of[statement].add(("question", question))
        if actor:
            found.pairs.add(Pair("actor", actor, "claim", claim))
    for pages in pages_of.values():
        for kind, page in pages:
            found.pages.add(page)
            if kind == "question":
                found.sums[page, kind, "statements"] += 1
    printed: set[tuple[str, str, str]] = set()
    for statement, article, outlet, origin in rows[Printing]:
        printed |= {(statement, "article", article), (statement, "outlet", outlet)}
        for kind, page in pages_of[statement]:
            found.pairs |= {Pair(kind, page, "article", article), Pair(kind, page, "origin", origin)}
    for _statement, kind, page in printed:
        if page:
            found.pages.add(page)
            found.sums[page, kind, "statements"] += 1
    found.pages.update(actor for _statement, actor in rows[Relay] if actor)
    found.pages.update(found.places)
    found.pages.update(parent for _kind, parent, _sort in found.places.values() if parent)
    return found


SMALL_PAGE = 500  # statements of a page that are gone through
MOST_PRINTINGS = 500  # with one article or origin that are gone through for a larger page
_MEMBER_COLUMNS = {"article": "r.article", "origin": "r.origin"}
_STATEMENTS = {
    "claim": ("record_position p", "p.statement", "p.claim"),
    "question": ("record_position p", "p.statement", "p.question"),
    "actor": ("record_current p", "p.public_id", "p.parent"),
}


# Whether a statement of the page has that printing: among all statements of the page, or among the first printings with
# that article or origin. In the order that is written: neither database goes through what is compared with one value,
# nor by an index through all of a page whose column is an expression.
_PAGE_FIRST_SQL = """
    SELECT 1 FROM {table} WHERE {page} = asked.column1 AND p.valid_before_seq IS NULL{kind}
       AND (SELECT 1 FROM record_printing r
             WHERE r.statement = {statement} AND {member} = asked.column2 AND r.valid_before_seq IS NULL LIMIT 1) = 1
"""
_MEMBER_FIRST_SQL = """
    SELECT 1 FROM (SELECT r.statement FROM record_printing r
                    WHERE {member} = asked.column2 AND r.valid_before_seq IS NULL LIMIT {most}) printed
     WHERE (SELECT 1 FROM {table}
             WHERE {statement} = printed.statement AND {page} || '' = asked.column1 AND p.valid_before_seq IS NULL{kind}
             LIMIT 1) = 1
"""
_WIDE_MEMBER_SQL = """
    SELECT 1 WHERE (SELECT COUNT(*) FROM (SELECT 1 FROM record_printing r
                     WHERE {member} = asked.column2 AND r.valid_before_seq IS NULL LIMIT {most}) printed
                   ) = {most}
"""


def _printed_sql(form: str, kind: str, what: str) -> str:
    table, statement, page = _STATEMENTS[kind]
    statements_only = " AND p.kind = 'statement'" if kind == "actor" else ""
    names = {"table": table, "statement": statement, "page": page, "member": _MEMBER_COLUMNS[what]}
    return form.format(**names, kind=statements_only, most=MOST_PRINTINGS)


_VOICED_SQL = {
    ("claim", "speaker"): "SELECT 1 FROM record_voice v WHERE v.claim = asked.column1 AND v.speaker = asked.column2",
    ("question", "speaker"): (
        "SELECT 1 FROM record_voice v WHERE v.question = asked.column1 AND v.speaker = asked.column2"
    ),
    ("actor", "claim"): "SELECT 1 FROM record_voice v WHERE v.speaker = asked.column1 AND v.claim = asked.column2",
}
PAIRS_AT_ONCE, PARTS_AT_ONCE = 400, 20  # pairs in one part of a query, and parts


def pairs_of_others(pairs: Iterable[Pair], sizes: Mapping[str, int]) -> set[Pair]:
    """Those of these pairs that the rows in the database have. `sizes` are the numbers of statements of pages.

    A small page is gone through; for a larger one MOST_PRINTINGS printings with the article or origin are, which are
    nearly always all there are. An agency prints more: then the page is gone through, where one of its soon turns up.
    """
    voiced = {pair for pair in pairs if (pair.kind, pair.what) in _VOICED_SQL}
    small = {pair for pair in pairs if pair.what == "origin" and sizes.get(pair.page, 0) <= SMALL_PAGE} - voiced
    large = set(pairs) - small - voiced
    found = _pairs_where(voiced) | _pairs_where(small, _PAGE_FIRST_SQL) | _pairs_where(large, _MEMBER_FIRST_SQL)
    return found | _pairs_where(_pairs_where(large - found, _WIDE_MEMBER_SQL), _PAGE_FIRST_SQL)


def _pairs_where(pairs: Collection[Pair], form: str = "") -> set[Pair]:
    """Those of these pairs of which that is true; pairs without a form are of voices."""
    groups: dict[tuple[str, str], list[Pair]] = defaultdict(list)
    for pair in sorted(pairs):
        groups[pair.kind, pair.what].append(pair)
    parts: list[str] = []
    values: list[str] = []
    for (kind, what), members in groups.items():
        sql = _printed_sql(form, kind, what) if form else _VOICED_SQL[kind, what]
        for some in chunks(members, PAIRS_AT_ONCE):
            asked = ", ".join(["(%s, %s)"] * len(some))
            parts.append(
                f"SELECT '{kind}', asked.column1, '{what}', asked.column2 "  # noqa: S608 - names are ours
                f"FROM (VALUES {asked}) AS asked WHERE EXISTS ({sql})"
            )
            values += [value for pair in some for value in (pair.page, pair.member)]
    found: set[Pair] = set()
    with connection.cursor() as cursor:
        for some_parts in chunks(parts, PARTS_AT_ONCE):
            size = sum(part.count("%s") for part in some_parts)
            cursor.execute(" UNION ALL ".join(some_parts), values[:size])
            found.update(Pair(*row) for row in cursor.fetchall())
            values = values[size:]
    return found


PAIR_COUNTS = {"speaker": "actors", "article": "articles", "origin": "origins", "claim": "claims"}
