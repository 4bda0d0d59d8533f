"""`/actors.json`: the actors that stand, in Popolo (https://www.popoloproject.com/specs/): persons, then organizations.

Popolo has no word for an unnamed source and for a name that is withheld: both are persons or organizations with the
label that is public, and say so in `classification` or not at all. What an actor said is not Popolo's matter.
"""

from collections.abc import Iterator

import msgspec

from ..documents import Actor
from ..linked_data.schema_org import REGISTERS, drop_empty_fields
from ..linked_data.site import Site, terms, this_site
from .snapshot import Snapshot
from .stream import current_documents

CONTENT_TYPE = "application/json"


def export(snapshot: Snapshot) -> Iterator[bytes]:
    """The snapshot as bytes, in chunks. The actors are read twice, so that none is kept."""
    site = this_site()
    yield msgspec.json.encode({"head": snapshot.head, "terms": terms()})[:-1]
    for group, shape in (("persons", person), ("organizations", organization)):
        opening = f',\n"{group}":['.encode()
        for actors in current_documents(snapshot, Actor):
            lines = [msgspec.json.encode(shape(actor, site)) for actor in actors if group_of(actor) == group]
            if lines:
                yield opening + b"\n" + b",\n".join(lines)
                opening = b","
        yield b"]" if opening == b"," else opening + b"]"
    yield b"}\n"


def group_of(actor: Actor) -> str:
    """What Popolo calls it; "" for an unnamed source, of whom nobody says whether they are one or the other."""
    return {"person": "persons", "unnamed": ""}.get(actor.kind, "organizations")


def person(actor: Actor, site: Site) -> dict:
    """One item of `persons`."""
    return drop_empty_fields({**_common_fields(actor, site), "summary": actor.description})


def organization(actor: Actor, site: Site) -> dict:
    """One item of `organizations`."""
    return drop_empty_fields(
        {**_common_fields(actor, site), "classification": actor.kind, "description": actor.description}
    )


def _common_fields(actor: Actor, site: Site) -> dict:
    return {
        "id": actor.id,
        "name": actor.name,
        "other_names": [
            # What kind of name it is, in which language, by which transliteration: Popolo has one text for all that.
            drop_empty_fields(
                {"name": name.text, "note": ", ".join(filter(None, (name.kind, name.language, name.scheme)))}
            )
            for name in actor.names
            if name.text != actor.name
        ],
        "identifiers": [{"scheme": known.register, "identifier": known.value} for known in actor.identifiers],
        "links": [
            {"note": known.register, "url": REGISTERS[known.register] + known.value}
            for known in actor.identifiers
            if known.register in REGISTERS
        ],
        "sources": [{"url": site.page(actor)}],
    }
