"""`/export.json`: the log as one document, grouped by what its entries are.

Current documents by kind, redirects, the withdrawals that stand, and every older version. Within a group the order
is that of `seq`. The closing brackets come last: a broken download is not JSON.
"""

from collections.abc import Iterator

from ..served import TAKEN_BACK
from .snapshot import Snapshot
from .stream import lines

CONTENT_TYPE = "application/json"
GROUPS = {
    "questions": "question",
    "claims": "claim",
    "actors": "actor",
    "outlets": "outlet",
    "articles": "article",
    "statements": "statement",
    "redirects": "redirect",
}


def export(snapshot: Snapshot) -> Iterator[bytes]:
    """The snapshot as bytes, in chunks."""
    last = int(snapshot.head.seq)
    stands = f"(superseded_by IS NULL OR superseded_by > {last})"
    given = f"document IS NOT NULL AND NOT {TAKEN_BACK}"
    conditions = {group: f"kind = '{kind}' AND {stands} AND {given}" for group, kind in GROUPS.items()}
    # The inner query finds by index the few rows among which the empty ones are.
    few = "SELECT seq FROM record_publication WHERE document IS NULL"
    few += f" UNION SELECT seq FROM record_publication WHERE superseded_by > {last}"  # noqa: S608 - a number
    conditions["withdrawn"] = f"seq IN ({few}) AND {stands} AND NOT ({given})"
    conditions["superseded"] = f"superseded_by IS NOT NULL AND superseded_by <= {last}"
    yield snapshot.about()
    for group, condition in conditions.items():
        opening = f',\n"{group}":['.encode()
        for chunk in lines(condition, snapshot.first, last, using=snapshot.using):
            yield opening + b"\n" + chunk[:-1].replace(b"\n", b",\n")
            opening = b","
        yield b"]" if opening == b"," else opening + b"]"
    yield b"}\n"
