"""Every form in which the record is given out, in one table.

A format that is added here has an address, a place on the data page, an `export_record --format`, and the delivery of
all: filters, ranges, compression and headers.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from . import json, ndjson
from .snapshot import Snapshot


@dataclass(frozen=True)
class Format:
    """One form of the record. Called with a snapshot it gives the bytes, in chunks, holding no more than a chunk.

    `name` is what `export_record --format` takes, `address` the path under the site's root, `extension` what a file's
    name ends in, `words` what the data page says of it. `log` says that it holds entries of the log, with withdrawals
    and `since`; others hold the documents that stand. `exact` says that its bytes follow from the log alone, so that
    parts of it may be asked for; `needs` names a package that may not be installed.
    """

    name: str
    address: str
    extension: str
    media_type: str
    writer: Callable[[Snapshot], Iterator[bytes]]
    words: str | Promise
    log: bool = False
    exact: bool = True
    needs: str = ""

    def __call__(self, snapshot: Snapshot) -> Iterator[bytes]:
        return self.writer(snapshot)


_ALL = (
    Format(
        "json",
        "export.json",
        "json",
        json.CONTENT_TYPE,
        json.export,
        _("The whole log as one document, grouped by kind."),
        log=True,
    ),
    Format(
        "ndjson",
        "export.ndjson",
        "ndjson",
        ndjson.CONTENT_TYPE,
        ndjson.export,
        _("The whole log, an entry a line, in the order of publication."),
        log=True,
    ),
)

FORMATS = {form.name: form for form in _ALL}
