"""In which state of the record a page stands: which entry of the log last changed what it shows.

One query, without a document: what a reader who comes back, or comes to a page that is kept, costs.
"""

from dataclasses import dataclass
from datetime import UTC, datetime

from django.db import connections

from ..documents.entries import EMPTY_HEAD, Head, format_moment
from .moment import past_head
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


# The newest entry that changed what the page of an address shows; nothing where no document stands there. The page of
# a statement shows what else its speaker said.
_PAGE_SQL = """
    SELECT log.seq, log.link, log.published_at, state.rewrites, state.emptied
      FROM (SELECT {greatest}(state.wide_seq, stands.publication_id, COALESCE(summary.changed_seq, 0),
                         COALESCE(speaker.changed_seq, 0)) AS seq,
                   state.rewrites, state.emptied
              FROM record_recordstate state
              JOIN record_address address ON address.kind = %s AND address.slug = %s
                                         AND address.valid_before_seq IS NULL
              JOIN record_current stands ON stands.public_id = address.public_id AND stands.valid_before_seq IS NULL
              LEFT JOIN record_summary summary ON summary.page = address.public_id
              LEFT JOIN record_summary speaker ON address.kind = 'statement' AND speaker.page = stands.parent) state
      JOIN record_publication log ON log.seq = state.seq
"""
_HEAD_SQL = """
    SELECT log.seq, log.link, log.published_at, COALESCE(state.rewrites, 0), COALESCE(state.emptied, 0)
      FROM record_publication log LEFT JOIN record_recordstate state ON state.id = 1
     ORDER BY log.seq DESC LIMIT 1
"""


def page_state(kind: str = "", slug: str = "") -> PageState:
    """The state of the page of a document now; that of the whole record without one, or where none stands there.

    A topic shows what is counted of other pages: of those nothing is kept for it.
    """
    connection = connections[PUBLIC_ALIAS]
    with connection.cursor() as cursor:
        if slug and kind not in ("", "topic"):
            greatest = "GREATEST" if connection.vendor == "postgresql" else "MAX"
            cursor.execute(_PAGE_SQL.format(greatest=greatest), [kind, slug])
            if row := cursor.fetchone():
                return _read_state(row)
        cursor.execute(_HEAD_SQL)
        row = cursor.fetchone()
    return _read_state(row) if row else PageState(EMPTY_HEAD, "0", 0)


def _read_state(row: tuple[int, str, datetime | str, int, int]) -> PageState:
    seq, link, at, rewrites, emptied = row
    moment = at if isinstance(at, datetime) else datetime.fromisoformat(at).replace(tzinfo=UTC)
    return PageState(
        Head(seq=seq, link=link, published_at=format_moment(moment)), f"{seq}.{rewrites}.{emptied}", emptied
    )


def past_state(seq: int) -> PageState:
    """The state of every page as it stood after an entry. Raises `NoSuchPage` past the end of the log."""
    head, emptied, rewrites = past_head(seq, PUBLIC_ALIAS)
    return PageState(head, f"{head.seq}.{rewrites}.{emptied}", emptied)
