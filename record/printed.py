"""Reads of what outlets and articles print, in lists that go on from a cursor: as quick far back as at the front."""

from collections.abc import Iterable

from django.db.models import Q, QuerySet

from .documents import AnyDocument, Statement, decode
from .models import Current, Printing, Reference
from .querysets import PUBLIC, decoded, printed_in, standing, statements_of

LONGEST = 5000  # printings of one article whose order is found out


def articles_of(outlet: str, after: tuple[str, str] | None, limit: int) -> list[AnyDocument]:
    """The newest articles of an outlet, those without a date last.

    `after` is the place (`place_of_article`) of the last one of the page before.
    """
    rows = Current.objects.filter(parent=outlet, kind="article").order_by("-sort", "-public_id")
    if after:
        day, public_id = after
        rows = rows.filter(Q(sort__lt=day) | Q(sort=day, public_id__lt=public_id))
    found = decoded(standing().filter(public_id__in=rows.values("public_id")[:limit]).exclude(document=None))
    return sorted(found, key=place_of_article, reverse=True)


def place_of_article(article) -> tuple[str, str]:
    """Where an article stands in the list of its outlet: (last day or "", id)."""
    return (article.published.latest.isoformat() if article.published else "", article.id)


def statements_printed_in(outlet: str, before: int | None, limit: int) -> list[tuple[int, Statement]]:
    """The statements that an outlet printed, last published first, as (entry, statement); those before an entry."""
    rows = statements_of(printed_in(outlet=outlet)).exclude(document=None)
    if before is not None:
        rows = rows.filter(seq__lt=before)
    return [(seq, decode(text)) for seq, text in rows.order_by("-seq").values_list("seq", "document")[:limit]]


def printings_in(article: str) -> list[tuple[str, int]]:
    """Which appearance of which statement is printed in an article: (statement, number), at most LONGEST."""
    rows = Printing.objects.using(PUBLIC).filter(article=article).order_by("statement", "number")
    return list(rows.values_list("statement", "number")[:LONGEST])


def deriving_from(articles: Iterable[str]) -> tuple[QuerySet, QuerySet]:
    """What stands for the articles that derive from any of these, and for their outlets."""
    naming = Reference.objects.filter(target__in=sorted(set(articles)), kind="article").values("source")
    outlets = Current.objects.filter(public_id__in=naming, kind="article").values("parent")
    return standing().filter(public_id__in=naming), standing().filter(public_id__in=outlets)
