"""What is kept of pages (record/projections/summaries.py): counts, and what stands first on them, by index.

Of the record as it stands now alone, and not before `record_rebuild` after an upgrade: everything here is None then.
What was there once is counted from the rows that held then (counts.py).
"""

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field

from django.db import connections
from django.db.models import Q

from ..models import Current, Summary
from .counts import COUNT_NAMES, MAX_ROWS
from .moment import current_condition, current_rows, moment
from .querysets import PUBLIC_ALIAS


@dataclass
class QuestionCounts:
    """What home tells of a question. `first_claims` are ids: contested ones, those that are most spoken to first."""

    claims: int = 0
    contested: int = 0
    counts: dict[str, int] = field(default_factory=lambda: dict.fromkeys(COUNT_NAMES, 0))
    first_claims: list[str] = field(default_factory=list)


def liveliest_questions(limit: int) -> list[str]:
    """The questions with most contested claims, those that changed last first among as many."""
    rows = Summary.objects.using(PUBLIC_ALIAS).filter(kind="question").order_by("-contested", "-changed_seq", "page")
    return list(rows.values_list("page", flat=True)[:limit])


def questions_in_order(after: tuple[str, str] | None, limit: int) -> list[tuple[str, str]]:
    """(place, id) of the questions that stand at the moment that is read, in the order of the desk, after one."""
    rows = current_rows(Current).using(PUBLIC_ALIAS).filter(kind="question").order_by("sort", "public_id")
    if after:
        rows = rows.filter(Q(sort__gt=after[0]) | Q(sort=after[0], public_id__gt=after[1]))
    return list(rows.values_list("sort", "public_id")[:limit])


_NUMBERS = ", ".join(COUNT_NAMES)
_NUMBERS_SQL = f"SELECT page, claims, contested, {_NUMBERS}, '', 0 FROM record_summary WHERE page IN ({{ids}})"  # noqa: S608
_FIRST_CLAIM_SQL = """
    SELECT {place} AS place, asked.question, (
               SELECT w.page FROM record_summary w
                WHERE w.parent = asked.question AND w.parent > '' AND w.contested >= {least}
                ORDER BY w.contested DESC, w.statements DESC, w.sort, w.page LIMIT 1 OFFSET {place}
           ) AS page FROM asked
"""


def question_counts(
    questions: Sequence[str], first_claims: int, *, contested_only: bool = True
) -> dict[str, QuestionCounts] | None:
    """What is kept of these questions, and which claims stand first on each: so many at most. None where it is not.

    Without `contested_only` claims that nobody contests follow those that are, most spoken to first.
    """
    if not questions:
        return {}
    if moment() is not None:
        return None
    least = int(contested_only)
    places = " UNION ALL ".join(_FIRST_CLAIM_SQL.format(place=place, least=least) for place in range(first_claims))
    numbers = _NUMBERS_SQL.format(ids=", ".join(["%s"] * len(questions)))
    asked = ", ".join(["(%s)"] * len(questions))
    sql = (
        f"WITH asked(question) AS (VALUES {asked}) {numbers} UNION ALL "  # noqa: S608
        f"SELECT question, 0, 0, 0, 0, 0, 0, page, place FROM ({places}) found WHERE page IS NOT NULL"
    )
    found: dict[str, QuestionCounts] = {}
    first: dict[str, list[tuple[int, str]]] = defaultdict(list)
    with connections[PUBLIC_ALIAS].cursor() as cursor:
        cursor.execute(sql, [*questions, *questions])
        for question, claims, contested, *numbers, claim, place in cursor.fetchall():
            if claim:
                first[question].append((place, claim))
            else:
                counts = dict(zip(COUNT_NAMES, numbers, strict=True))
                found[question] = QuestionCounts(claims, contested, counts)
    if set(found) != set(questions):
        return None
    for question, placed in first.items():
        found[question].first_claims = [claim for _, claim in sorted(placed)]
    return found


_FIRST_CLAIMS_SQL = """
    SELECT * FROM (
        SELECT c.public_id, c.parent FROM record_current c
         WHERE c.parent = %s AND c.kind = 'claim' AND {c} ORDER BY c.sort, c.public_id LIMIT {most}
    ) under{place}
"""
MAX_CLAIMS = 20  # of one question that are looked at where nothing is kept


def claims_by_question(questions: Sequence[str]) -> tuple[dict[str, list[str]], bool]:
    """The ids of the first claims under each of these questions at the moment that is read, MAX_CLAIMS of each at most.

    And whether any question has more.
    """
    found: dict[str, list[str]] = {question: [] for question in questions}
    condition = current_condition("c")
    for some in (questions[start : start + PARTS] for start in range(0, len(questions), PARTS)):
        parts = [_FIRST_CLAIMS_SQL.format(c=condition, most=MAX_CLAIMS + 1, place=place) for place in range(len(some))]
        with connections[PUBLIC_ALIAS].cursor() as cursor:
            cursor.execute(" UNION ALL ".join(parts), list(some))
            for claim, question in cursor.fetchall():
                found[question].append(claim)
    is_cut = any(len(claims) > MAX_CLAIMS for claims in found.values())
    return {question: claims[:MAX_CLAIMS] for question, claims in found.items()}, is_cut


PARTS = 400  # of one query: SQLite has at most 500


def claim_numbers(questions: Sequence[str]) -> dict[str, int]:
    """How many claims stand under each of these questions at the moment that is read; MAX_ROWS of all at most."""
    rows = current_rows(Current).using(PUBLIC_ALIAS).filter(kind="claim", parent__in=questions).order_by()
    return Counter(rows.values_list("parent", flat=True)[:MAX_ROWS])
