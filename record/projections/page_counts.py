"""What the page of each kind counts, from the rows that stand: from scratch, for some pages at once.

- Question: the claims under it; the statements that take a position on them, their speakers, the articles that print
  them and their independent origins; how many of its claims are contested.
- Claim: the same of its own positions. `details` says of each stance how many positions there are, and how many
  speakers stand there now (`Voice`).
- Actor: the statements that it made, the articles and origins of those, the claims to which it speaks.
- Outlet: its articles, and the statements that it printed. Article: the statements that it prints.

What is merged is counted where it leads. Whether claims are contested is found out in contested_flags.py.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

import msgspec
from django.db import connection

from ..documents import canonical_json
from ..models import Summary
from .lookup import Row, chunks
from .voices import marks

COUNTED_KINDS = ("question", "claim", "actor", "outlet", "article")
NUMBERS = ("statements", "actors", "articles", "origins", "claims", "contested")
SUMMARY_COLUMNS = ("page", "kind", "parent", "sort", "changed_seq", *NUMBERS, "details")
HOME = "home"


@dataclass
class PageCounts:
    """The row of one page: `numbers` by the names of `NUMBERS`; `details` by stance or kind."""

    page: str
    kind: str
    parent: str = ""
    sort: str = ""
    changed_seq: int = 0
    stands: bool = True
    numbers: dict[str, int] = field(default_factory=lambda: dict.fromkeys(NUMBERS, 0))
    details: dict[str, list[int]] = field(default_factory=dict)

    def as_row(self) -> Row:
        """As a tuple of `SUMMARY_COLUMNS`."""
        told = {name: counts for name, counts in sorted(self.details.items()) if any(counts)}
        details = canonical_json(told).decode() if told else ""
        return (self.page, self.kind, self.parent, self.sort, self.changed_seq, *self.numbers.values(), details)


_PRINTED = "LEFT JOIN record_printing r ON r.statement = p.statement AND r.valid_before_seq IS NULL"
# Each yields (page, number, …) by the names beside it.
_COUNTS_SQL: dict[str, list[tuple[tuple[str, ...], str]]] = {
    **{
        kind: [
            (
                ("statements", "actors", "articles", "origins"),
                f"""SELECT p.{kind}, COUNT(DISTINCT p.statement), COUNT(DISTINCT p.speaker),
                           COUNT(DISTINCT r.article), COUNT(DISTINCT r.origin)
                      FROM record_position p {_PRINTED}
                     WHERE p.valid_before_seq IS NULL AND p.{kind} IN ({{ids}}) GROUP BY p.{kind}""",  # noqa: S608
            )
        ]
        for kind in ("question", "claim")
    },
    "actor": [
        (
            ("statements", "articles", "origins"),
            f"""SELECT p.parent, COUNT(DISTINCT p.public_id), COUNT(DISTINCT r.article), COUNT(DISTINCT r.origin)
                  FROM record_current p {_PRINTED.replace("p.statement", "p.public_id")}
                 WHERE p.valid_before_seq IS NULL AND p.kind = 'statement' AND p.parent IN ({{ids}})
                 GROUP BY p.parent""",  # noqa: S608
        ),
        (
            ("claims",),
            """SELECT p.actor, COUNT(DISTINCT p.claim) FROM record_position p
                WHERE p.valid_before_seq IS NULL AND p.actor IN ({ids}) GROUP BY p.actor""",
        ),
    ],
    **{
        kind: [
            (
                ("statements",),
                f"""SELECT r.{kind}, COUNT(DISTINCT r.statement) FROM record_printing r
                     WHERE r.valid_before_seq IS NULL AND r.{kind} IN ({{ids}}) GROUP BY r.{kind}""",  # noqa: S608
            )
        ]
        for kind in ("outlet", "article")
    },
}
_COUNTS_SQL["question"].append(
    (
        ("claims",),
        """SELECT c.parent, COUNT(*) FROM record_current c
            WHERE c.valid_before_seq IS NULL AND c.kind = 'claim' AND c.parent IN ({ids}) GROUP BY c.parent""",
    )
)
_COUNTS_SQL["outlet"].append(
    (
        ("articles",),
        """SELECT c.parent, COUNT(*) FROM record_current c
            WHERE c.valid_before_seq IS NULL AND c.kind = 'article' AND c.parent IN ({ids}) GROUP BY c.parent""",
    )
)
_STANCES_SQL = """
    SELECT claim, stance, COUNT(*) FROM record_position
     WHERE valid_before_seq IS NULL AND claim IN ({ids}) GROUP BY claim, stance
"""
_VOICES_SQL = """
    SELECT claim, stance, COUNT(*) FROM record_voice WHERE sort <> 'other' AND claim IN ({ids}) GROUP BY claim, stance
"""
_PLACES_SQL = """
    SELECT public_id, parent, sort FROM record_current WHERE valid_before_seq IS NULL AND public_id IN ({ids})
"""


def count_pages(kind: str, ids: Iterable[str]) -> dict[str, PageCounts]:
    """What the pages of these ids, all of one kind, count. The voices on them are there already; flags are not set."""
    ids = sorted(set(ids))
    pages = {public_id: PageCounts(public_id, kind, stands=False) for public_id in ids}
    if not ids:
        return pages
    with connection.cursor() as cursor:

        def select(sql: str) -> list[tuple]:
            cursor.execute(sql.format(ids=marks(len(ids))), ids)
            return cursor.fetchall()

        for names, sql in _COUNTS_SQL[kind]:
            for public_id, *numbers in select(sql):
                pages[public_id].numbers.update(zip(names, numbers, strict=True))
        if kind == "claim":
            details: dict[str, dict[str, list[int]]] = defaultdict(lambda: defaultdict(lambda: [0, 0]))
            for place, sql in enumerate((_STANCES_SQL, _VOICES_SQL)):
                for claim, stance, number in select(sql):
                    details[claim][stance][place] = number
            for claim, found in details.items():
                pages[claim].details = dict(found)
        for public_id, parent, sort in select(_PLACES_SQL):
            pages[public_id].stands = True
            place_page(pages[public_id], parent, sort)
    return pages


def place_page(page: PageCounts, parent: str, sort: str) -> None:
    """Notes where a question or a claim stands among others; the places of other pages are not kept."""
    if page.kind in ("question", "claim"):
        page.parent, page.sort = parent if page.kind == "claim" else "", sort


def count_home() -> PageCounts:
    """What stands in the record, by kind."""
    home = PageCounts(HOME, HOME)
    with connection.cursor() as cursor:
        cursor.execute("SELECT kind, COUNT(*) FROM record_current WHERE valid_before_seq IS NULL GROUP BY kind")
        home.details = {kind: [number] for kind, number in cursor.fetchall()}
    return home


def kept_pages(ids: Iterable[str]) -> dict[str, PageCounts]:
    """The rows of these pages as they are kept."""
    return {
        row[0]: read_page(row)
        for some in chunks(sorted(set(ids)))
        for row in Summary.objects.filter(page__in=some).values_list(*SUMMARY_COLUMNS)
    }


def read_page(row: Row) -> PageCounts:
    """A row of `Summary`, a tuple of `SUMMARY_COLUMNS`."""
    page, kind, parent, sort, changed_seq, *numbers, details = row
    return PageCounts(
        str(page),
        str(kind),
        str(parent),
        str(sort),
        int(changed_seq or 0),
        numbers=dict(zip(NUMBERS, map(int, numbers), strict=True)),  # type: ignore[arg-type]
        details=msgspec.json.decode(str(details), type=dict[str, list[int]]) if details else {},
    )
