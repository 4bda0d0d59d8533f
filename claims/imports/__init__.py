"""What comes in from outside: a table of statements (`table`), a dossier (`dossier`), somebody's record (`record`).

Three readers, one way in. The first two make the inputs of the verbs (`claims/changes/inputs.py`) of what they read,
each looking up names in its own way, and call the very verbs of the desk. A record has been checked when it was
published; its documents become rows in bulk, by the same list of fields. Each is all or nothing.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from articles.tracked_changes import Refusal
from record.imports import ImportRefused


@contextmanager
def locate_refusals(place: str) -> Iterator[None]:
    """Tells what a verb refuses inside as an `ImportRefused` that says where."""
    try:
        yield
    except Refusal as refused:
        raise ImportRefused(f"{place}: {refused.sentence}") from refused
