"""The statements under the questions of a topic, newest first, by index: what a time line shows."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import connections

from ..documents.contested_claims import label_of_speaker_key
from .moment import current_condition
from .querysets import PUBLIC_ALIAS


@dataclass(frozen=True, slots=True)
class DatedPosition:
    """One stance of a dated statement: days as ISO text; `speaker` is a name, `summary` and `slug` the statement's."""

    question: str
    statement: str
    stance: str
    earliest: str
    latest: str
    speaker: str
    summary: str
    slug: str


_NEWEST_SQL = """
    SELECT * FROM (SELECT p.question, p.statement, p.stance, p.earliest, p.latest, p.actor, p.speaker
                     FROM record_position p WHERE p.question = %s AND p.latest IS NOT NULL AND {p}
                    ORDER BY p.latest DESC, p.statement DESC LIMIT {most}) newest
"""


def newest_dated_positions(questions: Sequence[str], most: int) -> list[DatedPosition]:
    """Of each question the newest dated positions, at most so many; oldest first. One query."""
    if not questions:
        return []
    names = {alias: current_condition(alias) for alias in "pcs"}
    newest = " UNION ALL ".join([_NEWEST_SQL.format(most=int(most), **names)] * len(questions))
    sql = f"""
        SELECT found.question, found.statement, found.stance, found.earliest, found.latest,
               COALESCE(s.label, ''), found.speaker, c.label, c.slug
          FROM ({newest}) found
          JOIN record_current c ON c.public_id = found.statement AND {names["c"]}
          LEFT JOIN record_current s ON s.public_id = found.actor AND {names["s"]}
         ORDER BY found.latest, found.earliest, found.statement
    """  # noqa: S608 - names are ours
    with connections[PUBLIC_ALIAS].cursor() as cursor:
        cursor.execute(sql, list(questions))
        return [
            DatedPosition(question, statement, stance, str(first), str(last), name or label_of_speaker_key(key), *said)
            for question, statement, stance, first, last, name, key, *said in cursor.fetchall()
        ]
