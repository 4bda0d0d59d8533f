"""The record as it would be, for as long as somebody looks: published in a transaction that never ends well."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from django.db import DEFAULT_DB_ALIAS, connections, transaction

from articles.models import Tracked
from articles.trace import Refused
from record.log import RecordRefuses, append
from record.querysets import PUBLIC

from .planning import Plan, plan
from .releases import PublicationRefused

REASON = "A look at what would become public."  # in a log that is rolled back


@contextmanager
def rehearsed(objects: Iterable[Tracked]) -> Iterator[Plan]:
    """Inside the block the pages of the record show `objects` as public, to this thread alone; afterwards nothing was.

    The documents are appended to the log, the pages' alias reads on the connection that has written, and all of it is
    rolled back, whatever happens in the block. Meanwhile nobody else can write on SQLite, nor publish on PostgreSQL.
    Raises `PublicationRefused` with every breach of a rule; who may publish does not matter here.
    """
    with transaction.atomic():
        made = plan(objects)
        if made.refusals:
            raise PublicationRefused(made.refusals)
        try:
            append(made.documents, reason=REASON)
        except RecordRefuses as refused:
            raise Refused(refused.sentence) from refused
        own = connections[PUBLIC]
        connections[PUBLIC] = connections[DEFAULT_DB_ALIAS]
        try:
            yield made
        finally:
            connections[PUBLIC] = own
            transaction.set_rollback(True)
