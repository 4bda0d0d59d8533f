"""Exports that are taken while the desk publishes: each is of one state, with its sums, its chain and all it names."""

import json
import threading
from itertools import count

import pytest
from django.db import connections

from record.exports import json as grouped
from record.exports import ndjson, stream, take_snapshot
from record.log import append, head
from tests import record_cast as cast
from tests.verified_exports import faults

READERS, EXPORTS = 4, 3  # at a time, and each at least; they go on until the record has grown


def published_meanwhile(number: int) -> None:
    """A new actor, and a statement of that actor: an export that has one has the other."""
    actor = cast.replace(cast.minister, id=f"actor{number:07d}", slug=f"actor-{number}", name=f"Actor {number}")
    statement = cast.replace(cast.union_disputes, id=f"state{number:07d}", slug=f"s-{number}", speaker=actor.id)
    append([actor, statement], reason=f"While others read, {number}")


@pytest.mark.django_db(transaction=True)
def test_every_export_is_whole_though_the_record_grows(monkeypatch):
    monkeypatch.setattr(stream, "CHUNK_SIZE", 4000)  # many chunks, so that the record grows between them
    monkeypatch.setattr(stream, "FIRST_ROWS", 2)
    cast.append_cast()
    ended, wrong, heads, committed = threading.Event(), [], set(), []

    def publish():
        try:
            while not ended.is_set():
                published_meanwhile(100 + len(committed))
                committed.append(head().seq)
        except Exception as error:
            wrong.append(repr(error))
        finally:
            connections.close_all()

    def read():
        try:
            for number in count():
                if ended.is_set() or (number >= EXPORTS and len(heads) > 1):
                    break
                form = (ndjson, grouped)[number % 2]
                content = b"".join(form.export(take_snapshot()))
                wrong.extend(faults(content))
                about = json.loads(content.partition(b"\n")[0] if form is ndjson else content)
                heads.add(about["head"]["seq"])
        except Exception as error:
            wrong.append(repr(error))
        finally:
            connections.close_all()

    publisher, readers = threading.Thread(target=publish), [threading.Thread(target=read) for _ in range(READERS)]
    for thread in (publisher, *readers):
        thread.start()
    for thread in readers:
        thread.join(60)
    ended.set()
    publisher.join(60)
    assert wrong == []
    assert len(heads) > 1 and len(committed) > 1


def test_an_export_that_lost_a_line_or_names_what_is_not_there_is_found_out(db):
    cast.append_cast()
    content = b"".join(ndjson.export(take_snapshot(using="default")))
    assert faults(content) == []
    lines = content.splitlines(keepends=True)
    assert faults(b"".join(lines[:5] + lines[6:]))
