"""Reads of what outlets and articles print, in lists that go on from a cursor, as quick far back as at the front; and
reads for comparing: the statements of two sides, and with whom or what something can be compared.

Every selection is bounded: of an actor with very many positions the newest ones count.
"""

from collections.abc import Iterable, Sequence
from typing import Literal, overload

from django.db import connections
from django.db.models import F, Q, QuerySet
from django.db.models.expressions import RawSQL

from ..documents import Actor, Article, Statement, decode, decode_as
from ..models import Current, Printing, Publication, Reference
from .changes_of_pages import newest_statements_of
from .moment import current_condition, current_rows, moment, newest_condition
from .querysets import (
    PUBLIC_ALIAS,
    current_publications,
    decode_documents,
    newest_printed_statements,
    select_printings,
)

MAX_PRINTINGS = 5000  # printings of one article whose order is found out


def articles_of(outlet: str, after: tuple[str, str] | None, limit: int) -> list[Article]:
    """The newest articles of an outlet, those without a date last.

    `after` is the place (`article_cursor`) of the last one of the page before.
    """
    rows = current_rows(Current).filter(parent=outlet, kind="article").order_by("-sort", "-public_id")
    if after:
        day, public_id = after
        rows = rows.filter(Q(sort__lt=day) | Q(sort=day, public_id__lt=public_id))
    found = decode_documents(
        current_publications().filter(public_id__in=rows.values("public_id")[:limit]).exclude(document=None), Article
    )
    return sorted(found, key=article_cursor, reverse=True)


def article_cursor(article: Article) -> tuple[str, str]:
    """Where an article stands in the list of its outlet: (last day or "", id)."""
    return (article.published.latest.isoformat() if article.published else "", article.id)


def statements_printed_in(outlet: str, before: int | None, limit: int) -> list[tuple[int, Statement]]:
    """The statements that an outlet printed, last published first, as (entry, statement); those before an entry."""
    newest = newest_statements_of("outlet", outlet, before, limit)
    return [(seq, decode_as(Statement, text)) for seq, text in newest]


def printings_in(article: str) -> list[tuple[str, int]]:
    """Which appearance of which statement is printed in an article: (statement, number), at most MAX_PRINTINGS."""
    rows = current_rows(Printing).using(PUBLIC_ALIAS).filter(article=article).order_by("statement", "number")
    return list(rows.values_list("statement", "number")[:MAX_PRINTINGS])


MAX_DERIVED = 60  # articles that derive from some others


def derived_articles(articles: Iterable[str]) -> tuple[QuerySet[Publication], QuerySet[Publication]]:
    """What stands for the articles that derive from any of these, and for their outlets.

    At most MAX_DERIVED, those that were published last.
    """
    rows = (
        current_rows(Reference).filter(target__in=sorted(set(articles)), kind="article").order_by((F("seq") + 0).desc())
    )
    naming = rows.values("source")[:MAX_DERIVED]
    outlets = current_rows(Current).filter(public_id__in=naming, kind="article").values("parent")
    return current_publications().filter(public_id__in=naming), current_publications().filter(public_id__in=outlets)


MAX_POSITIONS = 1000  # of one actor that are looked through
MAX_CLAIMS = 40  # of one side that are looked for on others
MAX_OTHERS = 200  # who speak to one of these claims
MAX_ARTICLES = 2000  # newest ones, of which those that derive from another are looked for
MAX_ROWS = 5000  # positions or printings that are counted for a choice in the past


_NEWEST_OF_ACTOR_SQL = f"""
    SELECT p.statement, p.question, p.latest FROM record_position p WHERE {{p}} AND p.actor = %s
     ORDER BY p.latest DESC NULLS LAST, p.statement DESC LIMIT {MAX_POSITIONS}
"""  # noqa: S608
_SHARED_SQL = f"""
    WITH on_left AS ({_NEWEST_OF_ACTOR_SQL}), on_right AS ({_NEWEST_OF_ACTOR_SQL})
    SELECT spoken.statement FROM (
        SELECT statement, latest FROM on_left WHERE question IN (SELECT question FROM on_right)
        UNION ALL SELECT statement, latest FROM on_right WHERE question IN (SELECT question FROM on_left)
    ) AS spoken ORDER BY spoken.latest DESC NULLS LAST, spoken.statement DESC LIMIT %s
"""  # noqa: S608


def statements_shared_by_actors(left: str, right: str, most: int) -> QuerySet[Publication]:
    """What stands for the newest statements of two actors on the questions to which both speak.

    Of each actor the newest MAX_POSITIONS are looked at.
    """
    shared = _SHARED_SQL.format(p=current_condition("p"))
    chosen = RawSQL(shared, [left, right, most])  # noqa: S611 - what readers ask for is in the values
    return current_publications().filter(public_id__in=chosen)


# Cut before they are compared, so that the index is read and not the table.
_ALONE_SQL = f"""
    SELECT own.statement FROM (
        SELECT p.statement, p.question, p.latest FROM record_position p
         WHERE {{p}} AND p.actor = %s ORDER BY p.latest DESC NULLS LAST, p.statement DESC LIMIT {MAX_POSITIONS}
    ) AS own WHERE own.question NOT IN (
        SELECT others.question FROM (
            SELECT o.question FROM record_position o
             WHERE {{o}} AND o.actor = %s ORDER BY o.latest DESC NULLS LAST, o.statement DESC LIMIT {MAX_POSITIONS}
        ) AS others
    ) ORDER BY own.latest DESC NULLS LAST, own.statement DESC LIMIT %s
"""  # noqa: S608


def statements_of_one_alone(actor: str, other: str, most: int) -> QuerySet[Publication]:
    """What stands for the newest statements of an actor on questions to which another one does not speak."""
    selection = _ALONE_SQL.format(**{alias: current_condition(alias) for alias in "op"})
    # Wrapped, because a limit stands in no list of values.
    chosen = RawSQL(f"SELECT statement FROM ({selection}) AS alone", [actor, other, most])  # noqa: S608, S611
    return current_publications().filter(public_id__in=chosen)


def statements_printed_in_either(left: str, right: str, most: int) -> QuerySet[Publication]:
    """What stands for the statements that are printed in one of two articles, last published first."""
    return newest_printed_statements(select_printings(article__in=[left, right]), most)


# Each letter in braces is the condition that the rows of that name hold.
_OWN_CLAIMS_SQL = {
    "actor": f"""
        SELECT DISTINCT claim FROM (
            SELECT p.claim FROM record_position p WHERE {{p}} AND p.actor = %s
             ORDER BY p.latest DESC NULLS LAST, p.statement DESC LIMIT {MAX_POSITIONS}
        ) AS own ORDER BY claim LIMIT {MAX_CLAIMS}
    """,  # noqa: S608
    "article": f"""
        SELECT DISTINCT claim FROM (
            SELECT p.claim FROM record_printing r JOIN record_position p ON p.statement = r.statement AND {{p}}
             WHERE {{r}} AND r.article = %s LIMIT {MAX_POSITIONS}
        ) AS own ORDER BY claim LIMIT {MAX_CLAIMS}
    """,  # noqa: S608
}
# Who else speaks to one claim; by what is kept of now each speaker is there nearly once.
_OTHERS_SQL = {
    "actor": "SELECT o.actor AS other, o.claim FROM record_position o WHERE o.claim = %s AND {o} AND o.actor <> ''",
    "article": (
        "SELECT r.article AS other, o.claim FROM record_position o "
        "JOIN record_printing r ON r.statement = o.statement AND {r} WHERE o.claim = %s AND {o}"
    ),
}
_KEPT_OTHERS_SQL = "SELECT v.actor AS other, v.claim FROM record_voice v WHERE v.claim = %s AND v.actor <> ''"
_KEPT_MOST_SQL = {
    "actor": "SELECT s.page AS other, s.claims AS shared FROM record_summary s WHERE s.kind = 'actor' AND s.claims > 0",
    "article": (
        "SELECT s.page AS other, s.statements AS shared FROM record_summary s "
        "WHERE s.kind = 'article' AND s.statements > 0"
    ),
}
_MOST_RECORDED_SQL = {
    "actor": f"""
        SELECT newest.actor AS other, COUNT(DISTINCT newest.claim) AS shared
        FROM (SELECT p.actor, p.claim FROM record_position p WHERE {{p}} AND p.actor <> '' LIMIT {MAX_ROWS}) AS newest
        GROUP BY newest.actor
    """,  # noqa: S608
    "article": f"""
        SELECT newest.article AS other, COUNT(DISTINCT newest.statement) AS shared
        FROM (SELECT r.article, r.statement FROM record_printing r WHERE {{r}} LIMIT {MAX_ROWS}) AS newest
        GROUP BY newest.article
    """,  # noqa: S608
}


def comparable_documents(kind: str, public_id: str, limit: int) -> list[tuple[Actor | Article, int]]:
    """The actors or articles that speak to the most claims of this one, and to how many: two queries.

    MAX_CLAIMS of its newest claims are looked at, and MAX_OTHERS of those who speak to each.
    """
    conditions = {alias: current_condition(alias) for alias in "opr"}
    with connections[PUBLIC_ALIAS].cursor() as cursor:
        cursor.execute(_OWN_CLAIMS_SQL[kind].format(**conditions), [public_id])
        claims = [claim for (claim,) in cursor.fetchall()]
    if not claims:
        return []
    others = _OTHERS_SQL[kind].format(**conditions)
    if kind == "actor" and moment() is None:
        others = _KEPT_OTHERS_SQL
    parts = " UNION ALL ".join(
        f"SELECT * FROM ({others} LIMIT {MAX_OTHERS}) AS others{number}"  # noqa: S608
        for number in range(len(claims))
    )
    selection = (
        f"SELECT other, COUNT(DISTINCT claim) AS shared FROM ({parts}) AS others WHERE other <> %s GROUP BY other"  # noqa: S608
    )
    return _documents_with_counts(selection, [*claims, public_id], limit)


@overload
def most_recorded(kind: Literal["actor"], limit: int) -> list[tuple[Actor, int]]: ...
@overload
def most_recorded(kind: Literal["article"], limit: int) -> list[tuple[Article, int]]: ...
@overload
def most_recorded(kind: str, limit: int) -> Sequence[tuple[Actor | Article, int]]: ...
def most_recorded(kind: str, limit: int) -> Sequence[tuple[Actor | Article, int]]:
    """The actors that speak to the most claims, or the articles that print the most statements, and how many.

    Of the past, and after an upgrade until summaries are kept, among MAX_ROWS positions or printings.
    """
    if moment() is None and (found := _documents_with_counts(_KEPT_MOST_SQL[kind], [], limit)):
        return found
    return _documents_with_counts(_MOST_RECORDED_SQL[kind], [], limit)


# Sorted by a kind that a range holds: by `seq` alone PostgreSQL would read the log itself, statements and all.
_NEWEST_DERIVED_SQL = f"""
    SELECT newest.document FROM (
        SELECT log.seq, log.document FROM record_publication log
        WHERE log.kind >= 'article' AND log.kind <= 'article' AND {{log}}
        ORDER BY log.kind DESC, log.seq DESC LIMIT {MAX_ARTICLES}
    ) AS newest WHERE newest.document LIKE %s ORDER BY newest.seq DESC LIMIT %s
"""  # noqa: S608


def newest_derived_articles(limit: int) -> list[Article]:
    """Those of the newest articles that derive from another one, last published first."""
    with connections[PUBLIC_ALIAS].cursor() as cursor:
        cursor.execute(_NEWEST_DERIVED_SQL.format(log=newest_condition("log")), ['%"derived_from":"%', limit])
        return [decode_as(Article, text) for (text,) in cursor.fetchall()]


def _documents_with_counts(selection: str, values: list[str], limit: int) -> list[tuple[Actor | Article, int]]:
    selection = selection.format(**{alias: current_condition(alias) for alias in "opqr"})
    with connections[PUBLIC_ALIAS].cursor() as cursor:
        cursor.execute(
            f"SELECT log.document, counted.shared FROM ({selection} ORDER BY shared DESC, other LIMIT %s) AS counted "  # noqa: S608
            "JOIN record_publication AS log ON log.public_id = counted.other "
            f"WHERE {newest_condition('log')} AND log.document IS NOT NULL",
            [*values, limit],
        )
        found = [(decode(text), count) for text, count in cursor.fetchall()]
    counted = [(document, count) for document, count in found if isinstance(document, Actor | Article)]
    return sorted(counted, key=lambda pair: (-pair[1], pair[0].slug))
