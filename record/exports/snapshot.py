"""Which part of the log an export holds, and the address under which the same part can be asked for again."""

from dataclasses import dataclass
from urllib.parse import urlencode

import msgspec

from ..documents import FORMAT
from ..entries import EMPTY, Head
from ..linked.site import Site, terms
from ..log import head_on
from ..models import Publication
from .selection import Selection


class Ahead(Exception):
    """What is asked for lies beyond the end of the log."""


@dataclass(frozen=True)
class Snapshot:
    """The entries after `since` and up to `head`; `as_of` and `since` are what was asked for, None where it was not.

    `head` is where the log ended at `as_of`, or now. With a `selection` it holds those standing entries alone.
    `using` is the connection that is read.
    """

    head: Head
    as_of: int | None = None
    since: int | None = None
    using: str = "public"
    selection: Selection | None = None

    @property
    def first(self) -> int:
        """The first `seq` of the export; greater than the last where it is empty."""
        return (self.since or 0) + 1

    def about(self) -> bytes:
        """Format, head, bounds, terms and filters as JSON, without its closing brace."""
        fields = {"format": FORMAT, "head": self.head, "as_of": self.as_of, "since": self.since, "terms": terms()}
        if self.selection is not None:
            fields["filters"] = self.selection.filters
        return msgspec.json.encode(fields)[:-1]


def snapshot(as_of: int | None = None, since: int | None = None, *, using: str = "public") -> Snapshot:
    """The snapshot of the log that is asked for. Raises `Ahead`, in a sentence; `since` lies at or before `as_of`."""
    publications = Publication.objects.using(using)
    now = head_on(publications)
    for name, seq in (("as_of", as_of), ("since", since)):
        if seq is not None and seq > now.seq:
            raise Ahead(f"The record ends at {now.seq}: {name} lies beyond it.")
    if as_of is not None:
        now = head_on(publications.filter(seq=as_of)) if as_of else EMPTY
    return Snapshot(now, as_of, since, using)


def identity_of(snapshot: Snapshot, path: str, site: Site) -> str:
    """The address of `path` with the filters and the bounds that were asked for."""
    asked = dict(snapshot.selection.filters) if snapshot.selection else {}
    asked |= {
        name: [str(seq)] for name, seq in (("as_of", snapshot.as_of), ("since", snapshot.since)) if seq is not None
    }
    return site.at(path) + (f"?{urlencode(asked, doseq=True)}" if asked else "")
