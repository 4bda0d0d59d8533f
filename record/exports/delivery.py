"""How an export is called, known again and kept: its names, its ETag, and the address under which it never changes."""

import hashlib
import re
from dataclasses import dataclass
from functools import cached_property
from urllib.parse import urlencode

import msgspec

from ..models import Publication
from ..terms import terms
from ..twins import code_version
from .formats import Format
from .snapshot import Snapshot


@dataclass(frozen=True)
class Delivery:
    """One export as it is handed over: a format of a snapshot, in an encoding ("br", "gzip" or "")."""

    form: Format
    snapshot: Snapshot
    encoding: str = ""

    @cached_property
    def state(self) -> str:
        """What the bytes follow from beside the part of the log that is asked for.

        How many entries are empty: withdrawals and erasures reach back, and only ever become more. And what made the
        bytes: the program and the terms.
        """
        taken_back = Publication.objects.using(self.snapshot.using).filter(document=None).count()
        made_by = hashlib.sha256(f"{code_version()} {terms()}".encode()).hexdigest()[:12]
        return f"{taken_back}-{made_by}"

    @property
    def key(self) -> str:
        """Names the bytes: the same key, the same bytes."""
        head, asked = self.snapshot.head, ""
        for name, bound in (("a", self.snapshot.as_of), ("s", self.snapshot.since)):
            asked += f"-{name}{bound}" if bound is not None else ""
        if self.snapshot.selection is not None:
            filters = msgspec.json.encode(self.snapshot.selection.filters, order="sorted")
            asked += f"-{hashlib.sha256(filters).hexdigest()[:16]}"
        ending = f".{self.encoding}" if self.encoding else ""
        return f"{self.form.name}-{head.seq}-{head.link[:12]}~{self.state}~{asked}{ending}"

    @property
    def etag(self) -> str:
        """Weak where the bytes may differ from one making to the next."""
        return f'"{self.key}"' if self.form.exact else f'W/"{self.key}"'

    @property
    def whole(self) -> bool:
        """Whether it is a whole snapshot, whose file may be kept."""
        return self.snapshot.since is None and self.snapshot.selection is None

    @property
    def in_parts(self) -> bool:
        """Whether parts of it may be asked for: made again it has the same bytes."""
        return self.whole and self.form.exact

    @property
    def costly(self) -> bool:
        """Whether making it is work that is worth keeping: compressing, or a file that is whole at its end only."""
        return bool(self.encoding) or not self.form.exact

    @property
    def lasting(self) -> str:
        """The query under which these bytes and no others are ever found."""
        filters = self.snapshot.selection.filters if self.snapshot.selection is not None else {}
        return urlencode({"as_of": self.snapshot.head.seq, "state": self.state, **filters}, doseq=True)

    @property
    def filename(self) -> str:
        """Such as claimtrack-claims-2026-01-31-1234.csv: the day and the seq of the last entry."""
        head, ending = self.snapshot.head, self.form.extension
        table = "" if ending.startswith(self.form.name) else self.form.name.removesuffix(ending).rstrip(".")
        parts = ["claimtrack", table, head.published_at[:10] if head.published_at else "empty", str(head.seq)]
        parts += [f"since-{self.snapshot.since}"] if self.snapshot.since is not None else []
        parts += ["filtered"] if self.snapshot.selection is not None else []
        return f"{'-'.join(re.sub('[^a-z0-9-]+', '-', part) for part in parts if part)}.{ending}"
