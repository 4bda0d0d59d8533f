"""`/actors.json`: the actors that stand, in Popolo. Persons first, then organizations."""

from collections.abc import Iterator

import msgspec

from ..linked.popolo import is_person, organization, person
from ..linked.site import this_site
from ..terms import terms
from .snapshot import Snapshot
from .standing import standing

CONTENT_TYPE = "application/json"


def export(snapshot: Snapshot) -> Iterator[bytes]:
    """The snapshot as bytes, in chunks. The actors are read twice, so that none is kept."""
    site = this_site()
    about = {"head": snapshot.head, "terms": terms()}
    yield msgspec.json.encode(about)[:-1]
    for group, shape in (("persons", person), ("organizations", organization)):
        opening = f',\n"{group}":['.encode()
        for entries in standing(snapshot, "actor"):
            lines = [
                msgspec.json.encode(shape(entry.document, site))
                for entry in entries
                if is_person(entry.document) == (group == "persons")
            ]
            if lines:
                yield opening + b"\n" + b",\n".join(lines)
                opening = b","
        yield b"]" if opening == b"," else opening + b"]"
    yield b"}\n"
