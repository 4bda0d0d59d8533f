"""Storage for private files that are written once: whole or not at all, on the disk, read back, and served nowhere."""

import os
import tempfile
from pathlib import Path
from typing import Any, NoReturn

from django.core.files.base import File
from django.core.files.storage import FileSystemStorage
from django.utils.deconstruct import deconstructible

from .private_files import make_private_folder

DRAFT_PREFIX = ".new-"  # of a file that is not whole yet


@deconstructible(path="claimtrack.private_storage.PrivateStorage")
class PrivateStorage(FileSystemStorage):
    """Files with mode 0600 in folders with mode 0700, each under the name that it was given.

    `save` returns when the file is on the disk with the very bytes that were given, else raises `OSError`; a file that
    is there already is left as it is. There are no addresses.
    """

    def get_available_name(self, name: str, max_length: int | None = None) -> str:
        return name

    def url(self, name: str | None) -> NoReturn:
        raise ValueError("Private files have no address.")

    def _save(self, name: str, content: "File[Any]") -> str:
        path = Path(self.path(name))
        if path.exists():
            return name
        make_private_folder(Path(self.location))
        make_private_folder(path.parent)
        handle, draft = tempfile.mkstemp(dir=path.parent, prefix=DRAFT_PREFIX)  # made with mode 0600
        try:
            with open(handle, "wb") as file:
                for chunk in content.chunks():
                    file.write(chunk)
                file.flush()
                os.fsync(file.fileno())
            content.seek(0)
            if Path(draft).read_bytes() != content.read():
                raise OSError(f"What was read back from {path.parent} is not what was written.")
            os.rename(draft, path)
        finally:
            Path(draft).unlink(missing_ok=True)
        for folder in (path.parent, Path(self.location)):
            sync_folder(folder)
        return name


def sync_folder(folder: Path) -> None:
    """Has the folder's own entries on the disk."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
