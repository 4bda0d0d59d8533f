"""What an export calls itself: the address under which the same snapshot can be asked for again."""

from urllib.parse import urlencode

from ..linked.site import Site
from .snapshot import Snapshot


def identity_of(snapshot: Snapshot, path: str, site: Site) -> str:
    """The address of `path` with the filters and the bounds that were asked for."""
    asked = dict(snapshot.selection.filters) if snapshot.selection else {}
    asked |= {
        name: [str(seq)] for name, seq in (("as_of", snapshot.as_of), ("since", snapshot.since)) if seq is not None
    }
    return site.at(path) + (f"?{urlencode(asked, doseq=True)}" if asked else "")
