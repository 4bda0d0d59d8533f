"""Whole snapshots kept as files, so that parts of them can be given out and compressing is done once.

A file's name is its key, which says of which state of the record it is. It appears when it is whole: a name is never
before its bytes. Files of other states, and the oldest where all are too large together, are removed when another is
put there, and all of them when something is erased. Of a file that is `summed` its size and SHA-256 are kept beside it
for those who want to know them before they take it. Where the folder cannot be written nothing is kept, and exports
are made anew for every reader.
"""

import hashlib
import os
import tempfile
import time
from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import IO, BinaryIO, NamedTuple

from django.conf import settings

BLOCK = 256 * 1024  # bytes read at once
MAX_WRITERS = 4  # files that are being written; further readers get their bytes without keeping them
ABANDONED_AFTER = 3600  # seconds after which a file that was not finished belongs to a process that has ended


def folder() -> Path:
    return settings.STATE_DIR / "exports"


def find(key: str) -> BinaryIO | None:
    """The file that is kept under this key, open; None if there is none."""
    try:
        return open(folder() / key, "rb")
    except OSError:
        return None


class FileSum(NamedTuple):
    """How many bytes a file has, and their SHA-256."""

    size: int
    sha256: str


def find_sum(key: str) -> FileSum | None:
    """The sum of a file that is kept under this key; None where none is known."""
    try:
        size, sha256 = (_sums_folder() / key).read_text().split()
        return FileSum(int(size), sha256)
    except (OSError, ValueError):
        return None


def keep(key: str, chunks: Iterable[bytes], *, summed: bool = False) -> BinaryIO | None:
    """Writes the bytes to a file and opens it; None where none can be kept."""
    for _ in keep_while_streaming(key, chunks, summed=summed):
        pass
    return find(key)


def keep_while_streaming(key: str, chunks: Iterable[bytes], *, summed: bool = False) -> Iterator[bytes]:
    """The bytes as they come, which are kept once the last has been given out."""
    file = _new_file(key)
    if file is None:
        yield from chunks
        return
    size, digest = 0, hashlib.sha256()
    try:
        for chunk in chunks:
            file = _write(file, chunk)
            if summed:
                size += len(chunk)
                digest.update(chunk)
            yield chunk
        if file is not None:
            _finish(file, key)
            if summed:
                _keep_sum(key, FileSum(size, digest.hexdigest()))
    finally:
        if file is not None:
            file.close()
            _remove(Path(file.name))


class FileRange:
    """The bytes of a file from `first` to before `end`, in blocks; the file is closed with it."""

    def __init__(self, file: BinaryIO, first: int, end: int):
        self.file, self.first, self.end = file, first, end

    def __iter__(self) -> Iterator[bytes]:
        self.file.seek(self.first)
        left = self.end - self.first
        while left > 0 and (block := self.file.read(min(BLOCK, left))):
            left -= len(block)
            yield block

    def close(self) -> None:
        self.file.close()


def size_of(file: BinaryIO) -> int:
    return os.fstat(file.fileno()).st_size


def forget() -> None:
    """Removes every kept file: what was erased stands in none of them."""
    for path in [*_files(), *_files(_sums_folder())]:
        _remove(path)


def _sums_folder() -> Path:
    return settings.STATE_DIR / "export_sums"


def _keep_sum(key: str, found: FileSum) -> None:
    """Notes the sum, and forgets those of other states of the record."""
    with suppress(OSError):
        _sums_folder().mkdir(parents=True, exist_ok=True)
        (_sums_folder() / key).write_text(f"{found.size} {found.sha256}")
        for path in _files(_sums_folder()):
            if state_of(path.name) != state_of(key):
                _remove(path)


def _new_file(key: str) -> IO[bytes] | None:
    """A file to write to, or None: nothing is to be kept, too many are being written, or the folder is not ours."""
    if not settings.EXPORTS_GB:
        return None
    try:
        folder().mkdir(parents=True, exist_ok=True)
        old = time.time() - ABANDONED_AFTER
        parts = [path for path in _files() if path.suffix == ".part"]
        for path in parts:
            if path.stat().st_mtime < old:
                _remove(path)
        if len(parts) >= MAX_WRITERS:
            return None
        return tempfile.NamedTemporaryFile(dir=folder(), prefix=f"{key}.", suffix=".part", delete=False)
    except OSError:
        return None


def _write(file: IO[bytes] | None, chunk: bytes) -> IO[bytes] | None:
    """Writes on; a full disk ends the keeping, not the export."""
    if file is None:
        return None
    try:
        file.write(chunk)
        return file
    except OSError:
        with suppress(OSError):
            file.close()
        _remove(Path(file.name))
        return None


def _finish(file: IO[bytes], key: str) -> None:
    """Gives the file its name; where that fails nothing is kept."""
    with suppress(OSError):
        file.close()
        os.replace(file.name, folder() / key)
        _remove_outdated(key)


def _remove_outdated(key: str) -> None:
    """Removes files of other states than that of `key`, and the oldest of too many bytes; `key` stays."""
    left = settings.EXPORTS_GB * 1024**3
    whole = [path for path in _files() if path.suffix != ".part" and path.name != key]
    with suppress(OSError):
        left -= (folder() / key).stat().st_size
        for path in sorted(whole, key=lambda path: path.stat().st_mtime, reverse=True):
            left -= path.stat().st_size
            if left < 0 or state_of(path.name) != state_of(key):
                _remove(path)


def state_of(key: str) -> str:
    """What a key says of the state that it belongs to: what has been taken back, and what program made it."""
    return key.rpartition("~")[0].rpartition("~")[2]


def _files(of: Path | None = None) -> list[Path]:
    try:
        return list((of or folder()).iterdir())
    except OSError:
        return []


def _remove(path: Path) -> None:
    with suppress(OSError):
        path.unlink()
