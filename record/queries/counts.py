"""Every count that pages show, each with one rule, asked of the projections.

- Claims of a question are those that stand under it, merged questions included.
- Actors and sources are speakers (`record.documents.contested_claims.speaker_key`) who take a position; one who is
  named twice counts once.
- Stances, statements: positions and statements that stand. Articles and origins: those of their printings.

What a filter leaves, or one page of a list, is counted on that page and said to be that.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db import connections
from django.db.models import Count

from ..documents.contested_claims import StanceCount, Tally, label_of_speaker_key
from ..documents.vocabulary import STANCES
from ..models import Current, Position, Printing
from .moment import current_condition, current_rows
from .querysets import PUBLIC_ALIAS

NAMED_SPEAKERS = 3  # speakers of each stance who are called by name
# With these a speaker stands somewhere: where it stood last is where it stands.
POSITION_STANCES = tuple(stance for stance, term in STANCES.items() if term.held_by)


CountRow = tuple[str, str, str, int, str, str, int]  # what, claim, stance, number, speaker or key, label or key, place


@dataclass(frozen=True)
class StanceHolders:
    """Who takes one stance towards one claim: how many speakers, and the names of the first of them."""

    speakers: int
    names: tuple[str, ...]


@dataclass(frozen=True)
class ClaimCounts:
    """What is counted of some claims, by their ids, and of their question: see `counts_by_question`."""

    tallies: dict[str, Tally] = field(default_factory=dict)
    voices: dict[str, dict[str, StanceHolders]] = field(default_factory=dict)
    counts: dict[str, int] = field(default_factory=dict)

    def stances(self, claim: str) -> dict[str, int]:
        """How often each stance is taken towards a claim, in the order of the vocabulary."""
        tally = self.tallies.get(claim, {})
        return {stance: tally[stance].count for stance in STANCES if stance in tally}


_TALLIES_SQL = """
    SELECT 'tally', claim, stance, COUNT(*), MIN(speaker), MAX(speaker), 0 FROM record_position p
     WHERE {p} AND {which} GROUP BY claim, stance
"""
# Of each speaker the newest stance, in the order of `querysets.newest`; beside it that it passed the claim on. Those
# who spoke last are named.
_COUNTED_STANCES = ", ".join(f"'{stance}'" for stance in (*POSITION_STANCES, "relays"))
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
                  FROM record_position p LEFT JOIN record_current c ON c.public_id = p.actor AND {{c}}
                 WHERE {{p}} AND {{which}} AND p.stance IN ({_COUNTED_STANCES})) spoken
         WHERE back = 1) ranked
     WHERE place <= {NAMED_SPEAKERS}
"""  # noqa: S608 - stances are ours
_COUNTS_SQL = """
    SELECT p.{page}, COUNT(DISTINCT p.speaker), COUNT(DISTINCT p.statement),
           COUNT(DISTINCT r.article), COUNT(DISTINCT r.origin)
      FROM record_position p LEFT JOIN record_printing r ON r.statement = p.statement AND {r}
     WHERE {p}
"""


def _with_moment(sql: str, **names: str) -> str:
    """The SQL with these names filled in, of rows of the projections that hold at the moment that is read."""
    return sql.format(**{alias: current_condition(alias) for alias in "pcr"}, **names)


COUNT_NAMES = ("actors", "statements", "articles", "origins")
NO_COUNTS = dict.fromkeys(COUNT_NAMES, 0)


def counts_by_question(questions: Iterable[str] | None = None) -> defaultdict[str, dict[str, int]]:
    """Of every question, or of these: `actors` (and sources without a name), `statements`, `articles`, `origins`.

    In one query, which knows those with a position; of every other all is 0.
    """
    found: defaultdict[str, dict[str, int]] = defaultdict(lambda: NO_COUNTS)
    which, values = "", []
    if questions is not None:
        values = sorted(set(questions))
        if not values:
            return found
        which = f"AND p.question IN ({', '.join(['%s'] * len(values))})"
    with connections[PUBLIC_ALIAS].cursor() as cursor:
        cursor.execute(f"{_with_moment(_COUNTS_SQL, page='question')} {which} GROUP BY p.question", values)
        found.update(
            (question, dict(zip(COUNT_NAMES, numbers, strict=True))) for question, *numbers in cursor.fetchall()
        )
    return found


def claims_by_question(questions: Iterable[str]) -> dict[str, int]:
    """How many claims stand under each of these questions that has any."""
    rows = current_rows(Current).using(PUBLIC_ALIAS).filter(parent__in=sorted(set(questions)), kind="claim")
    return dict(rows.order_by().values_list("parent").annotate(count=Count("pk")))


def stance_tallies() -> dict[str, Tally]:
    """How often each stance is taken towards each claim, and by whom first and last."""
    with connections[PUBLIC_ALIAS].cursor() as cursor:
        cursor.execute(_with_moment(_TALLIES_SQL, which="1 = 1"))
        return read_counts(cursor.fetchall()).tallies


def claim_counts(claims: Iterable[str] = (), *, of: tuple[str, str] | None = None) -> ClaimCounts:
    """What is counted of these claims, and the counts of a page, in one query.

    `of` is the page: ("question", id) or ("claim", id).
    """
    claims = sorted(set(claims))
    parts, values, counted = [], [], ""
    if claims:
        marks = ", ".join(["%s"] * len(claims))
        parts += [_with_moment(sql, which=f"p.claim IN ({marks})") for sql in (_TALLIES_SQL, _HOLDERS_SQL)]
        values += [*claims, *claims]
    if of is not None:
        kind, public_id = of
        selection = f"{_with_moment(_COUNTS_SQL, page=kind)} AND p.{kind} = %s GROUP BY p.{kind}"
        counted = f"WITH counted(page, {', '.join(COUNT_NAMES)}) AS ({selection})"
        parts += [f"SELECT 'count', '', '{name}', {name}, '', '', 0 FROM counted" for name in COUNT_NAMES]  # noqa: S608
        values = [public_id, *values]
    if not parts:
        return ClaimCounts()
    with connections[PUBLIC_ALIAS].cursor() as cursor:
        cursor.execute(f"{counted} {' UNION ALL '.join(parts)}", values)
        return read_counts(cursor.fetchall())


def read_counts(rows: Iterable[CountRow]) -> ClaimCounts:
    found = ClaimCounts(counts=dict(NO_COUNTS))
    tally: dict[str, dict[str, StanceCount]] = defaultdict(dict)
    named: dict[str, dict[str, list[tuple[int, str, int]]]] = defaultdict(lambda: defaultdict(list))
    for what, claim, stance, number, first, second, place in rows:
        if what == "tally":
            tally[claim][stance] = StanceCount(number, first, second)
        elif what == "voice":
            named[claim][stance].append((place, second or label_of_speaker_key(first), number))
        else:
            found.counts[stance] = number
    found.tallies.update(tally)
    for claim, stances in named.items():
        found.voices[claim] = {
            stance: StanceHolders(voices[0][2], tuple(name for place, name, number in sorted(voices)))
            for stance, voices in stances.items()
        }
    return found


def support_of(**selection: str) -> dict[str, int]:
    """How many `articles` and `origins` stand behind a `statement`, or behind the positions on a question or claim."""
    if "statement" in selection:
        rows = current_rows(Printing).using(PUBLIC_ALIAS).filter(**selection)
    else:
        statements = current_rows(Position).filter(**selection).values("statement")
        rows = current_rows(Printing).using(PUBLIC_ALIAS).filter(statement__in=statements)
    return rows.aggregate(articles=Count("article", distinct=True), origins=Count("origin", distinct=True))


def counts_by_kind() -> dict[str, int]:
    """How many documents of each kind stand."""
    return dict(current_rows(Current).using(PUBLIC_ALIAS).order_by().values_list("kind").annotate(count=Count("pk")))


def questions_of_claims() -> dict[str, str]:
    """Under which question each claim stands, by their ids; where questions were merged, under what they became."""
    rows = current_rows(Current).using(PUBLIC_ALIAS).filter(kind="claim").exclude(parent="")
    return dict(rows.values_list("public_id", "parent"))
