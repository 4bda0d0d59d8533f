"""Lists of what stands, a page at a time, each by one index: as the desk orders it, by name, or newest first.

What no index knows is filtered among the next MOST_SCANNED rows of the order, and the list goes on behind them: no
reader's choice costs more than that, however long the record is.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from string import ascii_lowercase
from typing import Any

from django.db import connections
from django.db.models import IntegerField, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce

from ..models import Address, Current, Summary
from .moment import current_condition, current_rows, moment
from .querysets import PUBLIC_ALIAS

MOST_SCANNED = 2000  # rows
MOST_FACETS = 40
NUMERALS = "0-9"  # stands for all that begins with no letter
LETTERS = (*ascii_lowercase, NUMERALS)

Place = tuple[str, str]  # in an order: the key of a row, and its id


@dataclass(frozen=True)
class Selection:
    """What a list shows: of one kind, those with a `letter`, a `facet` and a `parent`, of a `period`, and `contested`.

    `among` limits it to these ids, of which there are few. The order is "name" or "place": the desk's, of articles
    the newest first.
    """

    kind: str
    order: str
    letter: str = ""
    facet: str = ""
    parent: str = ""
    contested: bool = False
    among: tuple[str, ...] | None = None
    since: date | None = None
    until: date | None = None

    @property
    def is_narrowed(self) -> bool:
        """Whether anything that stands of this kind is left out."""
        return any((self.letter, self.facet, self.parent, self.contested, self.since, self.until)) or (
            self.among is not None
        )

    @property
    def key(self) -> str:
        """The column that the list is in the order of."""
        return "name_key" if self.order == "name" and not self.parent else "sort"

    @property
    def has_scanned_filters(self) -> bool:
        """Whether rows have to be looked at one by one, because the index of the order has not all that is asked."""
        others = (self.since or self.until) if self.key == "name_key" else (self.facet or self.letter)
        return self.contested or bool(others)


@dataclass(frozen=True)
class ListPage:
    """The ids of one page in their order, after which place the list goes on, and how many there are in all.

    `total` is None where that was not counted, as of a list that nothing narrows; where it `is_cut` there are more.
    """

    ids: list[str] = field(default_factory=list)
    next: Place | None = None
    total: int | None = None
    is_cut: bool = False


def list_page(selection: Selection, after: Place | None, size: int) -> ListPage:
    """One page of a list. At most two queries."""
    key, descends = selection.key, selection.key == "sort" and selection.kind == "article"
    rows = _rows_of(selection)
    places = _after(rows, key, after, descends=descends).order_by(*_order(key, descends=descends))
    if not selection.has_scanned_filters:
        found = [*places.values_list(key, "public_id")[: size + 1]]
        more = len(found) > size
        if after is not None or not selection.is_narrowed:
            return ListPage([row[1] for row in found[:size]], found[size - 1] if more else None)
        total = len(found) if not more else rows.order_by()[: MOST_SCANNED + 1].count()
        return ListPage(
            [row[1] for row in found[:size]],
            found[size - 1] if more else None,
            min(total, MOST_SCANNED),
            total > MOST_SCANNED,
        )
    scanned = list(_with_contested(places, selection)[: MOST_SCANNED + 1])
    is_cut = len(scanned) > MOST_SCANNED
    scanned = scanned[:MOST_SCANNED]
    chosen = [row for row in scanned if _is_chosen(row, selection)]
    shown = [row.public_id for row in chosen[:size]]
    last = chosen[size - 1] if len(chosen) > size else scanned[-1] if is_cut else None
    following = (getattr(last, key), last.public_id) if last else None
    return ListPage(shown, following, len(chosen) if after is None else None, is_cut)


def _rows_of(selection: Selection) -> QuerySet[Current]:
    """The rows that the index has in order, with all that it can choose by."""
    rows: QuerySet[Current] = current_rows(Current).using(PUBLIC_ALIAS).filter(kind=selection.kind)
    if selection.parent:
        rows = rows.filter(parent=selection.parent)
    if selection.key == "name_key":
        rows = rows.filter(name_key__gt="")
        if selection.facet:
            rows = rows.filter(facet__gt="", facet=selection.facet)
        if selection.letter:
            rows = rows.filter(_begins_with(selection.letter))
    elif selection.kind == "article":
        # Undated ones come last, and belong to no period.
        if selection.since:
            rows = rows.filter(sort__gte=selection.since.isoformat())
        if selection.until:
            rows = rows.filter(sort__gt="", sort__lte=selection.until.isoformat())
    if selection.among is not None:
        rows = rows.filter(public_id__in=selection.among)
    return rows


def _begins_with(letter: str) -> Q:
    if letter == NUMERALS:
        return Q(name_key__lt="a")
    after = chr(ord(letter) + 1)
    return Q(name_key__gte=letter, name_key__lt=after) if letter != "z" else Q(name_key__gte=letter)


def _order(key: str, *, descends: bool) -> tuple[str, str]:
    return (f"-{key}", "-public_id") if descends else (key, "public_id")


def _after(rows: QuerySet[Current], key: str, after: Place | None, *, descends: bool) -> QuerySet[Current]:
    if after is None:
        return rows
    sign = "lt" if descends else "gt"
    # The first condition is what an index is entered by.
    return rows.filter(
        Q(**{f"{key}__{sign}e": after[0]}), Q(**{f"{key}__{sign}": after[0]}) | Q(**{f"public_id__{sign}": after[1]})
    )


def _with_contested(rows: QuerySet[Current], selection: Selection) -> QuerySet[Any, Any]:
    if not selection.contested:
        return rows.annotate(contested=Value(0))
    kept = Summary.objects.filter(page=OuterRef("public_id")).values("contested")
    return rows.annotate(contested=Coalesce(Subquery(kept), 0, output_field=IntegerField()))


def _is_chosen(row: Any, selection: Selection) -> bool:
    conditions: list[tuple[object, Callable[[], bool]]] = [
        (selection.contested, lambda: row.contested > 0),
        (selection.facet, lambda: row.facet == selection.facet),
        (selection.letter, lambda: initial_of(row.name_key) == selection.letter),
        (selection.since, lambda: bool(selection.since and row.sort >= selection.since.isoformat())),
        (selection.until, lambda: bool(selection.until and "" < row.sort <= selection.until.isoformat())),
    ]
    return all(holds() for asked, holds in conditions if asked)


def initial_of(name_key: str) -> str:
    """The letter under which a name stands."""
    first = name_key[:1]
    return first if first in ascii_lowercase else NUMERALS


def letters_and_facets(kind: str) -> tuple[list[str], list[str]]:
    """The letters with which anything of a kind begins, and the facets that occur: one query, a look for each."""
    holds = current_condition("c")
    within = f"FROM record_current c WHERE c.kind = %s AND {holds}"
    parts, values = [], []
    for letter in LETTERS:
        low, high = ("", "a") if letter == NUMERALS else (letter, chr(ord(letter) + 1))
        condition = "c.name_key > %s" if letter == NUMERALS else "c.name_key >= %s AND c.name_key > ''"
        below = " AND c.name_key < %s" if letter != "z" else ""
        parts.append(
            f"SELECT 'letter' AS what, '{letter}' AS found WHERE EXISTS (SELECT 1 {within} AND {condition}{below})"
        )
        values += [kind, low, *([high] if below else [])]
    smallest = f"SELECT MIN(c.facet) {within} AND c.facet > ''"
    parts.append("SELECT 'facet', found FROM facets WHERE found IS NOT NULL")
    sql = f"""
        WITH RECURSIVE facets(found, number) AS (
            SELECT ({smallest}), 1
            UNION ALL
            SELECT ({smallest} AND c.facet > facets.found), number + 1
              FROM facets WHERE found IS NOT NULL AND number < {MOST_FACETS}
        ) {" UNION ALL ".join(parts)}
    """  # noqa: S608 - letters and conditions are ours
    with connections[PUBLIC_ALIAS].cursor() as cursor:
        cursor.execute(sql, [kind, kind, *values])
        rows = cursor.fetchall()
    letters = {found for what, found in rows if what == "letter"}
    return [letter for letter in LETTERS if letter in letters], [found for what, found in rows if what == "facet"]


def parents_of_kind(kind: str, most: int) -> list[tuple[str, str, str]]:
    """(id, last part of the address, name) of the first topics, questions or outlets in their order."""
    rows = current_rows(Current).using(PUBLIC_ALIAS).filter(kind=kind).order_by("sort", "public_id")
    return list(rows.values_list("public_id", "slug", "label")[:most])


def find_parent(kind: str, slug: str) -> tuple[str, str, str] | None:
    """(id, last part of the address, name) of what an address leads to, old ones too; None where nothing stands."""
    ids = current_rows(Address).filter(kind=kind, slug=slug).values("public_id")
    rows = current_rows(Current).using(PUBLIC_ALIAS).filter(kind=kind, public_id__in=ids)
    return rows.values_list("public_id", "slug", "label").first()


def kept_numbers(ids: list[str]) -> dict[str, dict[str, int]]:
    """What is kept of these pages, by id: `statements`, `actors`, `articles`, `origins`, `claims`, `contested`.

    Nothing of the past: what was counted then is not kept.
    """
    if not ids or moment() is not None:
        return {}
    names = ("statements", "actors", "articles", "origins", "claims", "contested")
    rows = Summary.objects.using(PUBLIC_ALIAS).filter(page__in=ids).values("page", *names)
    return {row["page"]: {name: row[name] for name in names} for row in rows}
