"""What a page depends on, in one query by its address: the key of everything that is kept of it.

The key changes whenever what the page shows may have changed. It is that of the page alone where the pages that show a
change were noted one by one, else that of every page.
"""

from typing import NamedTuple

from django.db import connections

from .querysets import PUBLIC_ALIAS


class PageState(NamedTuple):
    """`seq` is the newest entry that changed the page; `public_id` is None where nothing stands at the address.

    After `erased_seq` nothing was withdrawn or erased; `emptied` rows of the log say nothing any more. Both change with
    an erasure, and `rewrites` whenever rows are made anew, without an entry that says so: `seq` and `rewrites` together
    are the key. Where summaries are not kept yet, the head of the log is the key.
    """

    public_id: str | None
    seq: int
    rewrites: int
    erased_seq: int
    emptied: int


_STATE_SQL = """
    SELECT a.public_id, c.publication_id, s.changed_seq, state.wide_seq,
           state.rewrites, state.erased_seq, state.emptied, log.seq
      FROM (SELECT MAX(seq) AS seq FROM record_publication) log
      LEFT JOIN record_recordstate state ON 1 = 1
      LEFT JOIN record_address a ON a.kind = %s AND a.slug = %s AND a.valid_before_seq IS NULL
      LEFT JOIN record_current c ON c.public_id = a.public_id AND c.valid_before_seq IS NULL
      LEFT JOIN record_summary s ON s.page = a.public_id
"""


def page_state(kind: str, slug: str) -> PageState:
    """The state of the page of a document at an address, current or older, as the record stands now."""
    with connections[PUBLIC_ALIAS].cursor() as cursor:
        cursor.execute(_STATE_SQL, [kind, slug])
        public_id, own, changed, wide, *state, last = cursor.fetchone()
    if own is None or wide is None:
        return PageState(public_id if own else None, *_head_state(last, state))
    return PageState(public_id, max(own, changed or 0, wide), *state)


def _head_state(last: int | None, state: list[int | None]) -> tuple[int, int, int, int]:
    """The part of a `PageState` that depends on the whole record."""
    rewrites, erased, emptied = state
    return last or 0, rewrites or 0, (last or 0) if erased is None else erased, emptied or 0


def record_state() -> PageState:
    """The state of what depends on the whole record, such as home."""
    with connections[PUBLIC_ALIAS].cursor() as cursor:
        cursor.execute(
            "SELECT log.seq, state.rewrites, state.erased_seq, state.emptied "
            "FROM (SELECT MAX(seq) AS seq FROM record_publication) log LEFT JOIN record_recordstate state ON 1 = 1"
        )
        last, *state = cursor.fetchone()
    return PageState(None, *_head_state(last, state))
