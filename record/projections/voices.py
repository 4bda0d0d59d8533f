"""Where each speaker stands on each claim now: the rows of `Voice`, from those of `Position`.

Of a speaker's positions on a claim the newest counts, those without a date last; of two of one day that of the
statement with the greater id. What it passed on is counted beside what it held, and beside both where it said nothing.
"""

from collections.abc import Iterable, Iterator, Sequence

from django.db import connection

from ..documents.vocabulary import STANCES
from ..models import Voice
from .lookup import Row, delete_rows

VOICE_COLUMNS = ("claim", "question", "speaker", "actor", "sort", "stance", "statement", "latest", "origins")
# "held": with these a speaker stands somewhere.
VOICE_SORTS = {
    stance: "held" if term.held_by else "relayed" if stance == "relays" else "other" for stance, term in STANCES.items()
}
_SORT_SQL = (
    "CASE "
    + " ".join(f"WHEN stance = '{stance}' THEN '{sort}'" for stance, sort in VOICE_SORTS.items() if sort != "other")
    + " ELSE 'other' END"
)
# The last day that a date can mean, as Python's ordinal; 0 without a date.
_DAY_SQL = {
    "sqlite": "COALESCE(CAST(julianday(latest) - julianday('0001-01-01') AS INTEGER) + 1, 0)",
    "postgresql": "COALESCE(latest - DATE '0001-01-01' + 1, 0)",
}
_VOICES_SQL = f"""
    SELECT claim, question, speaker, actor, sort, stance, statement, {{day}},
           (SELECT COUNT(DISTINCT r.origin) FROM record_printing r
             WHERE r.statement = newest.statement AND r.valid_before_seq IS NULL)
      FROM (SELECT spoken.*, ROW_NUMBER() OVER (
                       PARTITION BY claim, speaker, sort
                       ORDER BY CASE WHEN latest IS NULL THEN 1 ELSE 0 END, latest DESC, statement DESC
                   ) AS back
              FROM (SELECT p.*, {_SORT_SQL} AS sort FROM record_position p
                     WHERE p.valid_before_seq IS NULL AND p.claim IN ({{claims}})) spoken) newest
     WHERE back = 1
"""  # noqa: S608 - stances are ours
_COLUMNS_SQL = ", ".join(VOICE_COLUMNS)


def _voices_sql(claims: Sequence[str]) -> str:
    return _VOICES_SQL.format(claims=marks(len(claims)), day=_DAY_SQL[connection.vendor])


def rewrite_voices(claims: Sequence[str]) -> None:
    """Makes the voices on these claims anew, from all of their positions."""
    delete_rows(Voice, "claim", claims)
    with connection.cursor() as cursor:
        cursor.execute(f"INSERT INTO record_voice ({_COLUMNS_SQL}) {_voices_sql(claims)}", claims)


def claims_with_other_voices(claims: Sequence[str]) -> list[str]:
    """Those of these claims on which other voices are kept than their positions make."""
    if not claims:
        return []
    made = _voices_sql(claims)
    kept = f"SELECT {_COLUMNS_SQL} FROM record_voice WHERE claim IN ({marks(len(claims))})"  # noqa: S608
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT DISTINCT claim FROM (SELECT * FROM ({made} EXCEPT {kept}) missing "  # noqa: S608
            f"UNION ALL SELECT * FROM ({kept} EXCEPT {made}) surplus) differing ORDER BY claim",
            [*claims, *claims, *claims, *claims],
        )
        return [claim for (claim,) in cursor.fetchall()]


# One look into the index of each speaker's positions of each stance: of a speaker who spoke a hundred thousand times to
# a claim the newest position is found as soon as of one who spoke once. CROSS JOIN keeps SQLite to the order of the
# tables: it began with all positions on the claim. Positions without a day are sorted as the index is, or PostgreSQL
# goes through the claim's positions by statement.
_NEWEST_SQL = """
    SELECT p.claim, p.question, p.speaker, p.actor, p.stance, p.statement, {day}, (
               SELECT COUNT(DISTINCT r.origin) FROM record_printing r
                WHERE r.statement = p.statement AND r.valid_before_seq IS NULL
           )
      FROM (SELECT asked.claim, COALESCE((
                       SELECT q.statement FROM record_position q
                        WHERE q.claim = asked.claim AND q.stance = asked.stance AND q.speaker = asked.speaker
                          AND q.valid_before_seq IS NULL AND q.latest IS NOT NULL
                        ORDER BY q.latest DESC, q.statement DESC LIMIT 1
                   ), (
                       SELECT q.statement FROM record_position q
                        WHERE q.claim = asked.claim AND q.stance = asked.stance AND q.speaker = asked.speaker
                          AND q.valid_before_seq IS NULL AND q.latest IS NULL
                        ORDER BY q.latest DESC, q.statement DESC LIMIT 1
                   )) AS statement
              FROM (SELECT pairs.column1 AS claim, pairs.column2 AS speaker, stances.column1 AS stance
                      FROM (VALUES {pairs}) AS pairs, (VALUES {stances}) AS stances) asked) newest
     CROSS JOIN record_position p
     WHERE p.statement = newest.statement AND p.claim = newest.claim AND p.valid_before_seq IS NULL
"""


def newest_voices(pairs: Iterable[tuple[str, str]]) -> list[Row]:
    """The voices of these pairs of a claim and a speaker, as tuples of `VOICE_COLUMNS`."""
    pairs = sorted(set(pairs))
    if not pairs:
        return []
    sql = _NEWEST_SQL.format(
        pairs=", ".join(["(%s, %s)"] * len(pairs)),
        stances=", ".join(f"('{stance}')" for stance in STANCES),
        day=_DAY_SQL[connection.vendor],
    )
    found: dict[tuple[str, str, str], Row] = {}
    with connection.cursor() as cursor:
        cursor.execute(sql, [value for pair in pairs for value in pair])
        for claim, question, speaker, actor, stance, statement, latest, origins in cursor.fetchall():
            sort = VOICE_SORTS[stance]
            row = (claim, question, speaker, actor, sort, stance, statement, latest, origins)
            before = found.get((claim, speaker, sort))
            if before is None or (before[7], before[6]) < (row[7], row[6]):
                found[claim, speaker, sort] = row
    return list(found.values())


def counted_voices(rows: Iterable[Row]) -> Iterator[tuple[str, str]]:
    """The claim and the stance of each of these voices that takes a stance or passes one on."""
    for row in rows:
        if row[4] != "other":
            yield str(row[0]), str(row[5])


def marks(count: int) -> str:
    """Placeholders of so many values."""
    return ", ".join(["%s"] * count)
