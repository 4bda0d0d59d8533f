"""What a page depends on, in one query by its address: the key of everything that is kept of it.

The key changes whenever what the page shows may have changed. It is that of the page alone where the pages that show a
change were noted one by one, else that of every page.
"""

from typing import NamedTuple

from django.db import connections

from .querysets import PUBLIC_ALIAS


class PageState(NamedTuple):
    """`seq` is the newest entry that changed the page; `public_id` is None where nothing stands at the address.

    After `erased_seq` nothing was withdrawn or erased; `emptied` rows of the log say nothing any more, which changes
    with every erasure too. All three are of the head of the log where summaries are not kept yet.
    """

    public_id: str | None
    seq: int
    erased_seq: int
    emptied: int


_STATE_SQL = """
    SELECT a.public_id, c.publication_id, s.changed_seq, state.wide_seq, state.erased_seq, state.emptied, log.seq
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
        public_id, own, changed, wide, erased, emptied, last = cursor.fetchone()
    last = last or 0
    if own is None or wide is None:
        return PageState(public_id if own else None, last, last if erased is None else erased, emptied or 0)
    return PageState(public_id, max(own, changed or 0, wide), erased, emptied)


def record_state() -> PageState:
    """The state of what depends on the whole record, such as home."""
    with connections[PUBLIC_ALIAS].cursor() as cursor:
        cursor.execute(
            "SELECT log.seq, state.erased_seq, state.emptied FROM (SELECT MAX(seq) AS seq FROM record_publication) log "
            "LEFT JOIN record_recordstate state ON 1 = 1"
        )
        last, erased, emptied = cursor.fetchone()
    last = last or 0
    return PageState(None, last, last if erased is None else erased, emptied or 0)
