"""What is wrong with an export in itself: its sums, its chain of digests, names that lead nowhere."""

import io

import msgspec

from record.documents import references_of
from record.imports import ImportRefused
from record.imports.export_reader import read_export
from record.imports.log_import import Spool


def faults(content: bytes) -> list[str]:
    """A sentence for each fault of a whole `/export.json` or `/export.ndjson`; none where it is sound."""
    there, named = set(), set()
    try:
        with Spool() as spool:
            spool.fill(read_export(io.BytesIO(content)), "", "", lambda doing, done, total: None)
            for entry in spool.entries():
                there.add(entry.public_id)
                if entry.document is not None:
                    named.update(target for _, target in references_of(entry.document))
    except (ImportRefused, msgspec.MsgspecError) as error:
        return [str(error)]
    return [f"{len(named - there)} names lead nowhere"] if named - there else []
