"""What the page of a question reads: what can be filtered by, and the statements that are shown first.

Everything is bounded. Where a question has no more than MOST_STATEMENTS statements all of them are read; else, of the
claims that are contested or spoken to most, the statements of each stance that rest on most origins.
"""

from collections.abc import Iterable, Mapping

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery, TextField, Value
from django.db.models.expressions import RawSQL
from django.db.models.functions import Coalesce

from ..documents import AnyDocument, decode
from ..documents.vocabulary import STANCES
from ..models import Address, Current, Position, Publication, Summary
from .moment import current_rows, moment
from .querysets import current_publications, newest_positions, positions, select_printings, texts_of

MAX_CLAIMS = 60  # of a question that are named
MAX_FILTERED = 60  # newest positions of a question, whose actors, outlets and languages are offered as filters
MOST_STATEMENTS = 100  # of a question up to which all are read
MOST_POSITIONS = 1200  # newest ones among which the newest statements are found
LEADING_CLAIMS = 8  # of a question with more
MOST_CLAIMS = 30  # that are compared on any question
LEADING_STATEMENTS = 2  # of one stance towards one of these


def load_question_documents(question: str, slugs: Iterable[str] = ()) -> tuple[dict[str, AnyDocument], list[str]]:
    """What a question is about: its claims, and the actors, outlets and languages with which statements on it exist.

    Of a question with very many, the claims that are contested or spoken to most, and those who spoke last; besides
    them the actors and outlets of the addresses `slugs`.
    """
    recent = newest_positions(positions().filter(question=question), MAX_FILTERED)
    printings = select_printings(statement__in=recent.values("statement"))
    asked = current_rows(Address).filter(kind__in=("actor", "outlet"), slug__in=sorted(set(slugs)))
    speaks_here = Exists(positions().filter(question=question, actor=OuterRef("public_id")))
    first, *others = texts_of(
        current_publications().filter(public_id__in=_leading_claims(question)),
        current_publications().filter(public_id__in=recent.values("actor")),
        current_publications().filter(public_id__in=printings.values("outlet")),
        current_publications().filter(Q(kind="outlet") | speaks_here, public_id__in=asked.values("public_id")),
    )
    # Languages are shaped as rows of an id and a document.
    tags = printings.order_by().values_list("language").distinct()
    languages = tags.annotate(document=Value(None, output_field=TextField()))
    rows = list(first.union(*others, languages, all=True).order_by())
    return {key: decode(text) for key, text in rows if text is not None}, [key for key, text in rows if text is None]


def _leading_claims(question: str) -> QuerySet[Current, Mapping[str, object]]:
    """The ids of a question's claims; of the present those first that are contested and spoken to most."""
    claims = current_rows(Current).filter(parent=question, kind="claim").order_by("sort", "public_id")
    if moment() is None:
        kept = Summary.objects.filter(page=OuterRef("public_id"))
        claims = claims.annotate(
            is_contested=Coalesce(Subquery(kept.values("contested")), 0),
            spoken=Coalesce(Subquery(kept.values("statements")), 0),
        ).order_by("-is_contested", "-spoken", "sort", "public_id")
    return claims.values("public_id")[:MAX_CLAIMS]


def leading_claims(question: str) -> tuple[QuerySet[Publication], QuerySet[Publication]]:
    """What stands for the claims of a question that are contested or spoken to most, as they are kept.

    And where nothing is kept yet, after an upgrade, for the first ones.
    """
    kept = Summary.objects.filter(parent=question, parent__gt="").order_by("-contested", "-statements", "sort", "page")
    first = current_rows(Current).filter(~Exists(Summary.objects.filter(page=question)), parent=question, kind="claim")
    ids = first.order_by("sort", "public_id").values("public_id")
    return (
        current_publications().filter(public_id__in=kept.values("page")[:LEADING_CLAIMS]),
        current_publications().filter(public_id__in=ids[:LEADING_CLAIMS]),
    )


# Places in the index are found one by one, however many have spoken. Not every claim has a statement of every stance.
_LEADING_SQL = f"""
    WITH first_claims(claim) AS (
        SELECT page FROM record_summary WHERE parent = %s AND parent > ''
         ORDER BY contested DESC, statements DESC, sort, page LIMIT {LEADING_CLAIMS}
    ), asked(claim, stance) AS (
        SELECT first_claims.claim, stances.stance FROM first_claims
         CROSS JOIN ({" UNION ALL ".join(f"SELECT '{stance}' AS stance" for stance in STANCES)}) stances
    ) {
    " UNION ALL ".join(
        f'''SELECT (SELECT w.statement FROM record_voice w WHERE w.claim = asked.claim AND w.stance = asked.stance
                     ORDER BY w.origins DESC, w.latest DESC, w.statement LIMIT 1 OFFSET {place}) FROM asked'''
        for place in range(LEADING_STATEMENTS)
    )
}
"""  # noqa: S608 - names are ours


_LEADING_OF_CLAIM_SQL = f"""
    WITH stances(stance) AS ({" UNION ALL ".join(f"SELECT '{stance}' AS stance" for stance in STANCES)}),
         asked(claim, stance) AS (SELECT %s, stances.stance FROM stances) {
    " UNION ALL ".join(
        f'''SELECT (SELECT w.statement FROM record_voice w WHERE w.claim = asked.claim AND w.stance = asked.stance
                     ORDER BY w.origins DESC, w.latest DESC, w.statement LIMIT 1 OFFSET {place}) FROM asked'''
        for place in range(LEADING_STATEMENTS + 1)
    )
}
"""  # noqa: S608 - names are ours


def leading_statements(claim: str) -> QuerySet[Publication]:
    """What stands for the statements of each stance towards a claim that rest on most origins; of the past nothing."""
    if moment() is not None:
        return current_publications().none()
    return current_publications().filter(public_id__in=RawSQL(_LEADING_OF_CLAIM_SQL, [claim]))  # noqa: S611 - an id


def shown_statements(question: str, narrowed: QuerySet[Position] | None = None) -> QuerySet[Publication]:
    """What stands for the statements that a question shows: all of them, or those that lead.

    Of positions that are `narrowed` by a filter, and of the past, the newest ones.
    """
    newest, values = _newest_statements(positions().filter(question=question) if narrowed is None else narrowed)
    if narrowed is not None or moment() is not None:
        return current_publications().filter(public_id__in=RawSQL(newest, values))  # noqa: S611 - as below
    # One list of ids: by either of two lists PostgreSQL would look through the whole log.
    has_many = f"EXISTS (SELECT 1 FROM record_summary s WHERE s.page = %s AND s.statements > {MOST_STATEMENTS})"  # noqa: S608
    chosen = (
        f"SELECT * FROM ({newest}) newest WHERE NOT {has_many} "  # noqa: S608
        f"UNION ALL SELECT * FROM ({_LEADING_SQL}) most_sourced WHERE {has_many}"
    )
    leading = RawSQL(chosen, [*values, question, question, question])  # noqa: S611 - what is asked for is in the values
    return current_publications().filter(public_id__in=leading)


def _newest_statements(rows: QuerySet[Position]) -> tuple[str, list[object]]:
    """SQL for the ids of the statements of the newest positions, at most MOST_STATEMENTS, and its values."""
    sql, values = newest_positions(rows, MOST_POSITIONS).values("statement", "latest").query.sql_with_params()
    return (
        f"SELECT newest.statement FROM ({sql}) newest GROUP BY newest.statement "  # noqa: S608
        "ORDER BY CASE WHEN MAX(newest.latest) IS NULL THEN 1 ELSE 0 END, MAX(newest.latest) DESC, "
        f"newest.statement DESC LIMIT {MOST_STATEMENTS}",
        list(values),
    )
