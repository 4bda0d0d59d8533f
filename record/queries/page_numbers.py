"""What the pages of actors, outlets, articles and topics say of how much there is, each in one query.

`numbers_of(kind, id)` gives what is kept of the page (record/projections/page_counts.py says what each number counts).
Of the past, and after an upgrade until summaries are kept, MAX_ROWS rows are counted, and `is_cut` says that there are
more: then each number is "at least" that.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.db import connections

from .counts import MAX_ROWS
from .moment import current_condition, moment
from .querysets import PUBLIC_ALIAS

NUMBER_NAMES = ("statements", "actors", "articles", "origins", "claims", "contested")


@dataclass(frozen=True)
class PageNumbers:
    """Of an actor: `statements`, their `articles` and `origins`, and the `claims` to which it speaks. Of an outlet:
    `articles`, and the `statements` in them. Of an article: `statements`. What a page does not count is 0.
    """

    statements: int = 0
    actors: int = 0
    articles: int = 0
    origins: int = 0
    claims: int = 0
    contested: int = 0
    is_cut: bool = False


_KEPT_SQL = f"SELECT {', '.join(NUMBER_NAMES)} FROM record_summary WHERE page = %s"  # noqa: S608 - names are ours
_COUNTED_SQL = {
    "actor": """
        WITH spoken AS (
            SELECT c.public_id FROM record_current c
             WHERE c.parent = %s AND c.kind = 'statement' AND {c} LIMIT {most}
        ), taken AS (SELECT p.claim FROM record_position p WHERE p.actor = %s AND {p} LIMIT {most})
        SELECT (SELECT COUNT(*) FROM spoken), 0, COUNT(DISTINCT r.article), COUNT(DISTINCT r.origin),
               (SELECT COUNT(DISTINCT claim) FROM taken), 0
          FROM spoken LEFT JOIN record_printing r ON r.statement = spoken.public_id AND {r}
    """,
    "outlet": """
        WITH printed AS (SELECT r.statement FROM record_printing r WHERE r.outlet = %s AND {r} LIMIT {most}),
             articles AS (
            SELECT c.public_id FROM record_current c
             WHERE c.parent = %s AND c.kind = 'article' AND {c} LIMIT {most}
        )
        SELECT COUNT(DISTINCT statement), 0, (SELECT COUNT(*) FROM articles), 0, 0, 0 FROM printed
    """,
    "article": """
        WITH printed AS (SELECT r.statement FROM record_printing r WHERE r.article = %s AND {r} LIMIT {most})
        SELECT COUNT(DISTINCT statement), 0, 0, 0, 0, 0 FROM printed
    """,
}


def numbers_of(kind: str, page: str) -> PageNumbers:
    """What the page of an "actor", an "outlet" or an "article" counts: one query, at any size of the record."""
    with connections[PUBLIC_ALIAS].cursor() as cursor:
        if moment() is None:
            cursor.execute(_KEPT_SQL, [page])
            if row := cursor.fetchone():
                return PageNumbers(*row)
        sql = _COUNTED_SQL[kind].format(most=MAX_ROWS + 1, **{alias: current_condition(alias) for alias in "cpr"})
        cursor.execute(sql, [page] * sql.count("%s"))
        numbers = cursor.fetchone()
    counted = {name: min(number, MAX_ROWS) for name, number in zip(NUMBER_NAMES, numbers, strict=True)}
    return PageNumbers(**counted, is_cut=max(numbers) > MAX_ROWS)


_TOPIC_SQL = """
    SELECT COALESCE(SUM(claims), 0), COALESCE(SUM(contested), 0) FROM record_summary
     WHERE kind = 'question' AND page IN ({ids})
"""


def claims_of_topic(questions: Sequence[str]) -> tuple[int, int] | None:
    """How many claims stand under these questions, and how many of them are contested; None where it is not kept.

    A claim stands under one question alone, so that these add up. Speakers, articles and origins do not.
    """
    if moment() is not None or not questions:
        return None
    sql = _TOPIC_SQL.format(ids=", ".join(["%s"] * len(questions)))
    with connections[PUBLIC_ALIAS].cursor() as cursor:
        cursor.execute(sql, list(questions))
        claims, contested = cursor.fetchone()
    return int(claims), int(contested)


_SPEAKERS_SQL = """
    SELECT side, COUNT(DISTINCT speaker), COUNT(*) FROM (
        {parts}
    ) found GROUP BY side
"""
_SPEAKER_PART_SQL = """
    SELECT * FROM (
        SELECT %s AS side, v.speaker FROM record_voice v WHERE v.claim = %s AND v.stance = %s LIMIT {most}
    ) part{number}
"""


def speakers_of_answer(claims: Sequence[str], sides: Mapping[str, str]) -> dict[str, tuple[int, bool]] | None:
    """How many distinct speakers stand on each side of an answer now: (number, whether there are more), by side.

    `claims` are the wordings of the answer, `sides` says on which side a stance stands. None where it is not kept.
    For an answer of one claim `claim_counts` knows it already. MAX_ROWS voices of each stance and claim are looked at.
    """
    if moment() is not None or not claims:
        return None
    asked = [(sides[stance], claim, stance) for claim in claims for stance in sides]
    parts = " UNION ALL ".join(
        _SPEAKER_PART_SQL.format(most=MAX_ROWS + 1, number=number) for number in range(len(asked))
    )
    with connections[PUBLIC_ALIAS].cursor() as cursor:
        cursor.execute(_SPEAKERS_SQL.format(parts=parts), [value for part in asked for value in part])
        return {side: (speakers, rows > MAX_ROWS) for side, speakers, rows in cursor.fetchall()}
