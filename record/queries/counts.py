"""Every count that pages show, each with one rule.

- Claims of a question are those that stand under it, merged questions included.
- Actors and sources are speakers (`record.documents.contested_claims.speaker_key`) who take a position; one who is
  named twice counts once.
- Stances, statements: positions and statements that stand. Articles and origins: those of their printings.

What stands now is read from kept summaries (record/projections/summaries.py). Of the past, and after an upgrade until
they are made, the rows of the projections are counted: MAX_ROWS of them at most, and what is counted is said to be "at
least" that where there are more. What a filter leaves, or one page of a list, is counted on that page and said to be
that.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

import msgspec
from django.db import connections
from django.db.models import Count

from ..documents import Claim
from ..documents.contested_claims import StanceCount, Tally, contested_claims, label_of_speaker_key
from ..documents.vocabulary import STANCES
from ..models import Current, Printing
from .moment import current_condition, current_rows, entered_condition, moment
from .querysets import PUBLIC_ALIAS

MAX_ROWS = 2000  # positions that are counted for one page of the past
NAMED_SPEAKERS = 3  # speakers of each stance who are called by name
# With these a speaker stands somewhere: where it stood last is where it stands.
POSITION_STANCES = tuple(stance for stance, term in STANCES.items() if term.held_by)
VOICE_STANCES = (*POSITION_STANCES, "relays")
COUNT_NAMES = ("actors", "statements", "articles", "origins")
NO_COUNTS = dict.fromkeys(COUNT_NAMES, 0)


@dataclass(frozen=True)
class StanceHolders:
    """Who takes one stance towards one claim: how many speakers, and the names of the first of them."""

    speakers: int
    names: tuple[str, ...]


@dataclass
class ClaimCounts:
    """What is counted of some claims, by their ids, and of the pages that were asked for (`claim_counts`).

    `claims` counts those of questions, where that is kept, and `contested_claims` the contested ones of these.
    `contested` are the claims that are kept as contested, None where that is to be found out from `tallies`. Where
    `is_cut`, there are more rows than were counted.
    """

    tallies: dict[str, Tally] = field(default_factory=dict)
    voices: dict[str, dict[str, StanceHolders]] = field(default_factory=dict)
    counts: dict[str, dict[str, int]] = field(default_factory=dict)
    claims: dict[str, int] = field(default_factory=dict)
    contested_claims: dict[str, int] = field(default_factory=dict)
    contested: set[str] | None = None
    is_cut: bool = False

    def stances(self, claim: str) -> dict[str, int]:
        """How often each stance is taken towards a claim, in the order of the vocabulary."""
        tally = self.tallies.get(claim, {})
        return {stance: tally[stance].count for stance in STANCES if stance in tally}

    def position_count(self, claim: str) -> int:
        """How many positions there are towards a claim."""
        return sum(taken.count for taken in self.tallies.get(claim, {}).values())

    def counts_of(self, page: str) -> dict[str, int]:
        """The counts of a page by COUNT_NAMES."""
        return self.counts.get(page, NO_COUNTS)

    def contested_among(self, claims: Iterable[Claim], resolve: Callable[[str], str]) -> set[str]:
        """The ids of the contested ones among these claims; beside them stand those that contradict them."""
        claims = list(claims)
        if self.contested is None:
            return contested_claims(claims, self.tallies, resolve)
        return {claim.id for claim in claims} & self.contested


class CountRow(NamedTuple):
    """A row of one of the queries below: `what` is "tally", "voice", "count", "claims", "cut" or "kept"."""

    what: str
    page: str
    stance: str
    number: int
    first: str
    last: str
    place: int


def claim_counts(claims: Iterable[str] = (), *, of: tuple[str, str] | None = None) -> ClaimCounts:
    """What is counted of these claims, and the counts of a page, in one query.

    `of` is the page: ("question", id), ("claim", id) or ("actor", id).
    """
    return page_counts(claims, of[0], [of[1]]) if of else page_counts(claims)


def page_counts(claims: Iterable[str], kind: str = "", pages: Iterable[str] = ()) -> ClaimCounts:
    """What is counted of these claims and these pages, all of one kind: "question", "claim" or "actor"."""
    claims, pages = sorted(set(claims)), sorted(set(pages))
    if not claims and not pages:
        return ClaimCounts()
    if moment() is None and (kept := _kept_counts(claims, pages)) is not None:
        return kept
    return _counted_now(claims, kind, pages)


def outlet_counts(outlet: str) -> dict[str, int]:
    """How many `articles` an outlet has, and how many `statements` it printed; of the past MAX_ROWS at most."""
    if moment() is None and (kept := _kept_counts([], [outlet])) is not None:
        return {name: kept.counts_of(outlet)[name] for name in ("articles", "statements")}
    with connections[PUBLIC_ALIAS].cursor() as cursor:
        names = {alias: current_condition(alias) for alias in "cr"}
        names |= {"c_entered": entered_condition("c", "publication_id"), "r_entered": entered_condition("r", "seq")}
        cursor.execute(_OUTLET_SQL.format(most=MAX_ROWS, **names), [outlet, outlet])
        return dict(zip(("articles", "statements"), cursor.fetchone(), strict=True))


_OUTLET_SQL = """
    SELECT (SELECT COUNT(*) FROM (SELECT 1 FROM record_current c
                                   WHERE {c} AND {c_entered} AND c.kind = 'article'
                                      AND c.parent = %s LIMIT {most}) printed),
           (SELECT COUNT(DISTINCT statement) FROM (SELECT r.statement FROM record_printing r
                                                    WHERE {r} AND {r_entered} AND r.outlet = %s LIMIT {most}) carried)
"""


# What is kept.


# The first speakers of each stance are found in the index one by one, however many there are.
_PLACES_SQL = " UNION ALL ".join(
    f"""SELECT {place} AS place, (
               SELECT w.id FROM record_voice w WHERE w.claim = asked.claim AND w.stance = asked.stance
                ORDER BY w.latest DESC, w.speaker LIMIT 1 OFFSET {place}
           ) AS id FROM asked"""  # noqa: S608
    for place in range(NAMED_SPEAKERS)
)
_KEPT_VOICES_SQL = f"""
    SELECT 'voice', v.claim, v.stance, 0, v.speaker, COALESCE(c.label, ''), found.place
      FROM ({_PLACES_SQL}) found JOIN record_voice v ON v.id = found.id
      LEFT JOIN record_current c ON c.public_id = v.actor AND c.valid_before_seq IS NULL
"""  # noqa: S608
_KEPT_PAGES_SQL = " UNION ALL ".join(
    f"SELECT {what}, {number}, '', '', 0 FROM record_summary WHERE page IN ({{ids}})"  # noqa: S608 - names are ours
    for what, number in [
        ("'kept', page, details", "contested"),
        ("'claims', page, ''", "claims"),
        *((f"'count', page, '{name}'", name) for name in COUNT_NAMES),
    ]
)


def _kept_counts(claims: list[str], pages: list[str]) -> ClaimCounts | None:
    """None where a page is missing: after an upgrade, or because it does not stand."""
    ids = sorted({*claims, *pages})
    marks = ", ".join(["%s"] * len(ids))
    sql, values = _KEPT_PAGES_SQL.format(ids=marks), ids * (2 + len(COUNT_NAMES))
    if claims:
        asked = ", ".join(["(%s, %s)"] * len(claims) * len(VOICE_STANCES))
        sql = f"WITH asked(claim, stance) AS (VALUES {asked}) {sql} UNION ALL {_KEPT_VOICES_SQL}"
        values = [value for claim in claims for stance in VOICE_STANCES for value in (claim, stance)] + values
    with connections[PUBLIC_ALIAS].cursor() as cursor:
        cursor.execute(sql, values)
        rows = [CountRow(*row) for row in cursor.fetchall()]
    kept = {row.page: row for row in rows if row.what == "kept"}
    if set(kept) != set(ids):
        return None
    details = {claim: _read_details(kept[claim].stance) for claim in claims}
    found = _read_counts(
        rows, {(claim, stance): told[1] for claim in claims for stance, told in details[claim].items()}
    )
    found.contested_claims = {page: row.number for page, row in kept.items()}
    found.contested = {page for page, number in found.contested_claims.items() if number}
    for claim, told in details.items():
        found.tallies[claim] = {stance: StanceCount(number, "", "") for stance, (number, _) in told.items() if number}
    return found


_details_decoder = msgspec.json.Decoder(dict[str, list[int]])


def _read_details(text: str) -> dict[str, list[int]]:
    return _details_decoder.decode(text) if text else {}


# What is counted.


_ROWS_SQL = """
    SELECT p.claim, p.question, p.actor, p.speaker, p.statement, p.stance, p.latest
      FROM record_position p WHERE {p} AND {p_entered} AND p.{which} IN ({ids}) LIMIT {most}
"""
# Of an actor all statements count, those without a position too. In the order of the index by parent and entry, or
# PostgreSQL looks through the entries of everybody.
_STATEMENTS_SQL = """
    SELECT c.parent AS actor, c.parent AS speaker, c.public_id AS statement
      FROM record_current c
     WHERE {c} AND {c_entered} AND c.kind = 'statement' AND c.parent IN ({ids})
     ORDER BY c.publication_id DESC LIMIT {most}
"""
_TALLIES_SQL = """
    SELECT 'tally', claim, stance, COUNT(*), MIN(speaker), MAX(speaker), 0 FROM spoken GROUP BY claim, stance
"""
# Of each speaker the newest stance, in the order of `querysets.newest_positions`; beside it that it passed the claim
# on. Those who spoke last are named.
_HOLDERS_SQL = f"""
    SELECT 'voice', claim, stance, speakers, speaker, label, place FROM (
        SELECT claim, stance, speaker, label,
               COUNT(*) OVER (PARTITION BY claim, stance) AS speakers,
               ROW_NUMBER() OVER (PARTITION BY claim, stance
                                  ORDER BY CASE WHEN latest IS NULL THEN 1 ELSE 0 END, latest DESC, speaker) AS place
          FROM (SELECT p.claim, p.stance, p.speaker, COALESCE(c.label, '') AS label, p.latest,
                       ROW_NUMBER() OVER (
                           PARTITION BY p.claim, p.speaker, CASE WHEN p.stance = 'relays' THEN 1 ELSE 0 END
                           ORDER BY CASE WHEN p.latest IS NULL THEN 1 ELSE 0 END, p.latest DESC, p.statement DESC
                       ) AS back
                  FROM spoken p LEFT JOIN record_current c ON c.public_id = p.actor AND {{c}}
                 WHERE p.stance IN ({", ".join(f"'{stance}'" for stance in VOICE_STANCES)})) newest
         WHERE back = 1) ranked
     WHERE place <= {NAMED_SPEAKERS}
"""  # noqa: S608 - stances are ours
_COUNTED_SQL = """
    SELECT p.{page}, COUNT(DISTINCT p.speaker), COUNT(DISTINCT p.statement),
           COUNT(DISTINCT r.article), COUNT(DISTINCT r.origin)
      FROM shown p LEFT JOIN record_printing r ON r.statement = p.statement AND {r} GROUP BY p.{page}
"""


def _counted_now(claims: list[str], kind: str, pages: list[str]) -> ClaimCounts:
    """Counted from the rows that hold at the moment that is read."""
    names = {alias: current_condition(alias) for alias in "pcr"} | {"most": str(MAX_ROWS + 1)}
    names |= {"p_entered": entered_condition("p", "seq"), "c_entered": entered_condition("c", "publication_id")}
    tables, parts, values = [], [], []
    if claims:
        tables.append(f"spoken AS ({_ROWS_SQL.format(which='claim', ids=_marks(claims), **names)})")
        parts += [_TALLIES_SQL, _HOLDERS_SQL.format(**names), _cut_sql("spoken")]
        values += claims
    if pages:
        rows = _STATEMENTS_SQL if kind == "actor" else _ROWS_SQL
        tables.append(f"shown AS ({rows.format(which=kind, ids=_marks(pages), **names)})")
        tables.append(f"counted(page, {', '.join(COUNT_NAMES)}) AS ({_COUNTED_SQL.format(page=kind, **names)})")
        parts += [f"SELECT 'count', page, '{name}', {name}, '', '', 0 FROM counted" for name in COUNT_NAMES]  # noqa: S608
        parts.append(_cut_sql("shown"))
        values += pages
    with connections[PUBLIC_ALIAS].cursor() as cursor:
        cursor.execute(f"WITH {', '.join(tables)} {' UNION ALL '.join(parts)}", values)
        return _read_counts([CountRow(*row) for row in cursor.fetchall()])


def _cut_sql(table: str) -> str:
    return f"SELECT 'cut', '', '', COUNT(*), '', '', 0 FROM {table}"  # noqa: S608


def _marks(values: list[str]) -> str:
    return ", ".join(["%s"] * len(values))


def _read_counts(rows: Iterable[CountRow], speakers: Mapping[tuple[str, str], int] | None = None) -> ClaimCounts:
    """`speakers` by claim and stance, where the rows of voices do not have them."""
    found = ClaimCounts()
    tally: dict[str, dict[str, StanceCount]] = defaultdict(dict)
    named: dict[str, dict[str, list[CountRow]]] = defaultdict(lambda: defaultdict(list))
    for row in rows:
        if row.what == "tally":
            tally[row.page][row.stance] = StanceCount(row.number, row.first, row.last)
        elif row.what == "voice":
            named[row.page][row.stance].append(row)
        elif row.what == "count":
            found.counts.setdefault(row.page, dict(NO_COUNTS))[row.stance] = row.number
        elif row.what == "claims":
            found.claims[row.page] = row.number
        elif row.what == "cut":
            found.is_cut = found.is_cut or row.number > MAX_ROWS
    found.tallies.update(tally)
    for claim, stances in named.items():
        found.voices[claim] = {
            stance: StanceHolders(
                voices[0].number if speakers is None else speakers[claim, stance],
                tuple(row.last or label_of_speaker_key(row.first) for row in sorted(voices, key=lambda row: row.place)),
            )
            for stance, voices in stances.items()
        }
    return found


def support_of(statement: str) -> dict[str, int]:
    """How many `articles` and `origins` stand behind a statement."""
    rows = current_rows(Printing).using(PUBLIC_ALIAS).filter(statement=statement)
    return rows.aggregate(articles=Count("article", distinct=True), origins=Count("origin", distinct=True))


def counts_by_kind() -> tuple[dict[str, int], bool]:
    """How many documents of each kind stand; and whether there are more, because no more rows were counted."""
    if moment() is None:
        with connections[PUBLIC_ALIAS].cursor() as cursor:
            cursor.execute("SELECT details FROM record_summary WHERE page = 'home'")
            if row := cursor.fetchone():
                return {kind: number for kind, (number,) in _read_details(row[0]).items()}, False
    some = current_rows(Current).using(PUBLIC_ALIAS).order_by().values_list("kind", flat=True)[: MAX_ROWS + 1]
    counted = Counter(some)
    return dict(counted), sum(counted.values()) > MAX_ROWS
