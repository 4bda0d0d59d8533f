"""What of the log is given out: everything but what was taken back.

A withdrawal takes back every version before it. The log keeps them, and their addresses go on to tell that something
was withdrawn and why; but neither their words nor their reasons are given out again, even when a corrected version
follows. The rule stands here twice, for Django's queries and for the SQL of the exports.
"""

from django.db.models import Exists, OuterRef, QuerySet

from .models import Publication


def followed_by_withdrawal(alias: str) -> str:
    """SQL that is true of a row of the log, called `alias`, that is followed by a withdrawal of the same object."""
    return (
        f"({alias}.superseded_by IS NOT NULL AND EXISTS ("  # noqa: S608
        f"SELECT 1 FROM record_publication later WHERE later.public_id = {alias}.public_id "
        f"AND later.version > {alias}.version AND later.document IS NULL AND NOT later.erased))"
    )


# Whether a row has a document is asked before.
WITHDRAWN_CONDITION = followed_by_withdrawal("record_publication")


def _withdrawals() -> QuerySet[Publication]:
    """Those of the object of an outer row that came after it."""
    return Publication.objects.filter(
        public_id=OuterRef("public_id"), version__gt=OuterRef("version"), document=None, erased=False
    )


def without_taken_back(rows: QuerySet[Publication]) -> QuerySet[Publication]:
    """The rows of the log in a queryset that no withdrawal has taken back."""
    return rows.filter(~Exists(_withdrawals()))


def public_rows(rows: QuerySet[Publication]) -> list[Publication]:
    """The rows of the log in a queryset as they are given out; what was taken back is empty, as if it were erased."""
    marked = rows.annotate(taken_back=Exists(_withdrawals()))
    return [_emptied(row) if row.taken_back and row.document is not None else row for row in marked]


def _emptied(row: Publication) -> Publication:
    row.document, row.reason, row.salt, row.erased = None, "", "", True
    return row
