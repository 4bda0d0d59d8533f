"""When an actor and an outlet are one body: a newspaper or an agency that speaks for itself. Pure functions."""

import re

from .documents import Actor, AnyDocument, Outlet
from .folding import joined

_WORDS = re.compile(r"[^\W\d_]+")
SHORTEST = 3  # letters of initials


def is_one_body(actor: AnyDocument | None, outlet: AnyDocument | None) -> bool:
    """Whether an actor of the kind "outlet" is this outlet: by a name of both, or by the outlet's initials ("AFP")."""
    if not isinstance(actor, Actor) or not isinstance(outlet, Outlet) or actor.kind != "outlet":
        return False
    names = {actor.name, *(name.text for name in actor.names)}
    return any(joined(name) == joined(outlet.name) for name in names) or initials(outlet.name) in map(letters, names)


def letters(name: str) -> str:
    return "".join(_WORDS.findall(name)).casefold()


def initials(name: str) -> str:
    """The first letters of a name of several words, "" where they are too few to tell anything."""
    found = "".join(word[0] for word in _WORDS.findall(name)).casefold()
    return found if len(found) >= SHORTEST else ""
