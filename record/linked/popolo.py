"""Actors as Popolo describes them (https://www.popoloproject.com/specs/): persons and organizations.

Popolo has no word for an unnamed source and for a name that is withheld: both are persons or organizations with the
label that is public, and say so in `classification` or not at all. What an actor said is not Popolo's matter.
"""

from ..documents import Actor
from .schema_org import REGISTERS, given
from .site import Site

PERSONS = ("person", "unnamed")


def is_person(actor: Actor) -> bool:
    """Whether Popolo calls it a person; everything else speaks as an organization."""
    return actor.kind in PERSONS


def person(actor: Actor, site: Site) -> dict:
    """One item of `persons`."""
    return given({**_common(actor, site), "summary": actor.description})


def organization(actor: Actor, site: Site) -> dict:
    """One item of `organizations`."""
    return given({**_common(actor, site), "classification": actor.kind, "description": actor.description})


def _common(actor: Actor, site: Site) -> dict:
    return {
        "id": actor.id,
        "name": actor.name,
        "other_names": [
            given({"name": name.text, "note": _note(name)}) for name in actor.names if name.text != actor.name
        ],
        "identifiers": [{"scheme": known.register, "identifier": known.value} for known in actor.identifiers],
        "links": [
            {"note": known.register, "url": REGISTERS[known.register] + known.value}
            for known in actor.identifiers
            if known.register in REGISTERS
        ],
        "sources": [{"url": site.page(actor)}],
    }


def _note(name) -> str:
    """What kind of name it is, in which language, by which transliteration: Popolo has one text for all that."""
    return ", ".join(part for part in (name.kind, name.language, name.scheme) if part)
