"""ZIP archives that are the same bytes whenever they are made."""

import os
import shutil
import zipfile
from datetime import UTC, datetime
from typing import TYPE_CHECKING, BinaryIO

from ..documents.entries import read_moment
from .snapshot import Snapshot

if TYPE_CHECKING:
    from _typeshed import SizedBuffer, StrPath

EARLIEST_MOMENT = datetime(1980, 1, 1, tzinfo=UTC)  # that an archive can tell


class ReproducibleZip(zipfile.ZipFile):
    """An archive for a snapshot, whose files are all of the moment of its head, whenever they were made."""

    def __init__(self, file: BinaryIO, snapshot: Snapshot, *, level: int | None = None):
        super().__init__(file, "w", zipfile.ZIP_DEFLATED, compresslevel=level)
        published = snapshot.head.published_at
        self.moment = max(read_moment(published), EARLIEST_MOMENT) if published else EARLIEST_MOMENT

    def writestr(
        self,
        zinfo_or_arcname: str | zipfile.ZipInfo,
        data: "SizedBuffer | str",
        compress_type: int | None = None,
        compresslevel: int | None = None,
    ) -> None:
        name = zinfo_or_arcname if isinstance(zinfo_or_arcname, str) else zinfo_or_arcname.filename
        super().writestr(self.entry(name), data)

    def write(
        self,
        filename: "StrPath",
        arcname: "StrPath | None" = None,
        compress_type: int | None = None,
        compresslevel: int | None = None,
    ) -> None:
        with (
            open(filename, "rb") as source,
            self.open(self.entry(os.fspath(arcname or filename)), "w", force_zip64=True) as target,
        ):
            shutil.copyfileobj(source, target, 1 << 20)

    def entry(self, name: str) -> zipfile.ZipInfo:
        """A file to write to, with `open`."""
        entry = zipfile.ZipInfo(name, self.moment.timetuple()[:6])
        entry.compress_type, entry.external_attr = zipfile.ZIP_DEFLATED, 0o600 << 16
        entry._compresslevel = self.compresslevel  # type: ignore[attr-defined]  # `open` takes no level, and has one
        return entry
