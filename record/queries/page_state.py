"""In which state of the record a page stands: which entry of the log last changed what it shows.

One query, without a document: what a reader who comes back, or comes to a page that is kept, costs.
"""

from dataclasses import dataclass
from functools import cache
from typing import Any

from django.db import connections

from ..documents.entries import EMPTY_HEAD, Head
from .moment import past_head, read_head
from .prepared import read_row
from .querysets import PUBLIC_ALIAS


@dataclass(frozen=True, slots=True)
class PageState:
    """The entry at which a page stands, as a `head` of the log, and what it is told apart by from other states.

    `emptied` counts the rows of the log that say nothing any more: it changes with every erasure and withdrawal. The
    `version` changes too where rows were made anew without an entry that says so, as a rebuild does.
    """

    head: Head
    version: str
    emptied: int


_STATE_SQL = """
    {page}
    SELECT log.seq, log.link, log.published_at, state.rewrites, state.emptied
      FROM (SELECT MAX(seq) AS seq FROM ({entries}) entries WHERE {condition}) newest
      JOIN record_publication log ON log.seq = newest.seq
      JOIN record_recordstate state ON state.id = 1
"""
_HEAD_SQL = """
    SELECT log.seq, log.link, log.published_at, COALESCE(state.rewrites, 0), COALESCE(state.emptied, 0)
      FROM record_publication log LEFT JOIN record_recordstate state ON state.id = 1
     ORDER BY log.seq DESC LIMIT 1
"""
# What stands at some addresses of one kind, with the newest entry that changed its page; nothing where not all of them
# lead to something. CROSS JOIN here and below: SQLite keeps to that order, and would begin with the largest table.
_PAGE_SQL = """
    WITH page AS MATERIALIZED (
        SELECT stands.public_id,
               {greatest}(stands.publication_id, address.valid_from_seq, COALESCE(summary.changed_seq, 0)) AS seq
          FROM record_address address
          JOIN record_current stands ON stands.public_id = address.public_id AND stands.valid_before_seq IS NULL
          LEFT JOIN record_summary summary ON summary.page = stands.public_id
         WHERE address.kind = %s AND address.slug IN ({marks}) AND address.valid_before_seq IS NULL)
"""
# The same of one page that shows nothing further; that of a statement shows what else its speaker said. A subquery in
# another, and no join of five tables: PostgreSQL takes longer to plan that than to do it.
_SINGLE_PAGE_SQL = """
    SELECT log.seq, log.link, log.published_at, state.rewrites, state.emptied
      FROM record_recordstate state
      JOIN record_publication log ON log.seq = (
        SELECT {greatest}(state.wide_seq, stands.publication_id, address.valid_from_seq, COALESCE(
                 (SELECT summary.changed_seq FROM record_summary summary WHERE summary.page = stands.public_id), 0),
               COALESCE((SELECT speaker.changed_seq FROM record_summary speaker
                          WHERE address.kind = 'statement' AND speaker.page = stands.parent), 0))
          FROM record_address address
          JOIN record_current stands ON stands.public_id = address.public_id AND stands.valid_before_seq IS NULL
         WHERE address.kind = %s AND address.slug = %s AND address.valid_before_seq IS NULL)
"""
_OWN_ENTRIES = "SELECT seq FROM page UNION ALL SELECT wide_seq FROM record_recordstate"
# A topic shows its questions: where each leads, and what is counted of it.
_QUESTIONS_ENTRIES = """
     UNION ALL SELECT resolved.valid_from_seq FROM page CROSS JOIN record_reference named
      CROSS JOIN record_address resolved
      WHERE named.source = page.public_id AND named.valid_before_seq IS NULL
        AND resolved.owner = named.target AND resolved.valid_before_seq IS NULL
     UNION ALL SELECT summary.changed_seq FROM page CROSS JOIN record_reference named
      CROSS JOIN record_address resolved CROSS JOIN record_summary summary
      WHERE named.source = page.public_id AND named.valid_before_seq IS NULL
        AND resolved.owner = named.target AND resolved.valid_before_seq IS NULL AND summary.page = resolved.public_id
"""
# Versions show by their names of now what they named then, and what that belongs to.
_VERSIONS_ENTRIES = """
     UNION ALL SELECT {greatest}(resolved.valid_from_seq, COALESCE(
        (SELECT {greatest}(stands.valid_from_seq, COALESCE(
            (SELECT above.valid_from_seq FROM record_current above
              WHERE above.public_id = stands.parent AND above.valid_before_seq IS NULL), 0))
           FROM record_current stands
          WHERE stands.public_id = resolved.public_id AND stands.valid_before_seq IS NULL), 0))
      FROM page CROSS JOIN record_reference named CROSS JOIN record_address resolved
      WHERE named.source = page.public_id AND resolved.owner = named.target AND resolved.valid_before_seq IS NULL
"""


def record_state() -> PageState:
    """The state of the whole record.

    So stand search, feeds and lists of what was published or corrected, which call claims by who holds them now, and
    what counts entries: whatever is published may change these.
    """
    return _first_state([(_HEAD_SQL, [])])


def page_state(kind: str, *slugs: str) -> PageState:
    """The state of the page of a document, or of several of one kind that are shown together.

    That of the whole record where nothing stands at one of the addresses.
    """
    return _state_of_pages(kind, slugs, _QUESTIONS_ENTRIES if kind == "topic" else "")


def versions_state(kind: str, slug: str) -> PageState:
    """The state of the page of a document with what all its versions named."""
    return _state_of_pages(kind, (slug,), (_QUESTIONS_ENTRIES if kind == "topic" else "") + _VERSIONS_ENTRIES)


def _state_of_pages(kind: str, slugs: tuple[str, ...], further: str) -> PageState:
    sql = _pages_sql(connections[PUBLIC_ALIAS].vendor, len(slugs), further)
    return _first_state([(sql, [kind, *slugs]), (_HEAD_SQL, [])])


@cache
def _pages_sql(vendor: str, count: int, further: str) -> str:
    """The query for the newest entry of so many pages, and of what they show `further`."""
    greatest = "GREATEST" if vendor == "postgresql" else "MAX"
    if count == 1 and not further:
        return _SINGLE_PAGE_SQL.format(greatest=greatest)
    page = _PAGE_SQL.format(marks=", ".join(["%s"] * count), greatest=greatest)
    all_stand = f"(SELECT COUNT(*) FROM page) = {count}"  # noqa: S608
    entries = _OWN_ENTRIES + further.format(greatest=greatest)
    return _STATE_SQL.format(page=page, entries=entries, condition=all_stand)


def list_state(kind: str) -> PageState:
    """The state of the list of what stands of one kind: merges take out of it too."""
    newest = "SELECT MAX(seq) AS seq FROM record_publication WHERE kind = %s"
    return _state_of_entries(f"{newest} UNION ALL {newest}", [kind, "redirect"])


def version_state(public_id: str) -> PageState:
    """The state of the newest version of an object."""
    newest = "SELECT seq FROM record_publication WHERE public_id = %s AND superseded_by IS NULL"
    return _state_of_entries(newest, [public_id])


def _state_of_entries(entries: str, values: list[str]) -> PageState:
    return _first_state([(_STATE_SQL.format(page="", entries=entries, condition="1 = 1"), values), (_HEAD_SQL, [])])


def _first_state(queries: list[tuple[str, list[str]]]) -> PageState:
    """What the first query tells that has an answer."""
    for sql, values in queries:
        if row := read_row(PUBLIC_ALIAS, sql, values):
            return _read_state(row)
    return PageState(EMPTY_HEAD, "0", 0)


def _read_state(row: tuple[Any, ...]) -> PageState:
    seq, link, at, rewrites, emptied = row
    return PageState(read_head(seq, link, at), f"{seq}.{rewrites}.{emptied}", emptied)


def past_state(seq: int) -> PageState:
    """The state of every page as it stood after an entry. Raises `NoSuchPage` past the end of the log."""
    head, emptied, rewrites = past_head(seq, PUBLIC_ALIAS)
    return PageState(head, f"{head.seq}.{rewrites}.{emptied}", emptied)
