"""What an erasure that has begun must not forget before it has ended: by which names to look for what is left.

They stand in a file of their own, that nobody else may read, and that is the last of all to be emptied.
"""

import json
import os
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

from django.conf import settings

FOLDER = "erasing"


def names_file(public_id: str) -> Path:
    """The file of the names of one actor whose erasure has begun."""
    return Path(settings.STATE_DIR) / FOLDER / f"{public_id}.json"


def kept_names(public_id: str) -> dict[str, list[str]]:
    """The names, parts and phrases of an erasure that has begun and not ended; empty if there is none."""
    try:
        return json.loads(names_file(public_id).read_text(encoding="utf-8"))
    except FileNotFoundError:
        return {}


def keep_names(public_id: str, **kinds: Iterable[str]) -> None:
    """Writes down what is about to be erased, so that it is on the disk before anything is changed."""
    path = names_file(public_id)
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    new = path.with_suffix(".new")
    content = json.dumps({kind: sorted(names) for kind, names in kinds.items()}).encode()
    descriptor = os.open(new, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    try:
        os.write(descriptor, content)
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
    os.replace(new, path)
    _sync_folder(path.parent)


def forget_names(public_id: str) -> None:
    """Overwrites and removes the names."""
    for path in (names_file(public_id), names_file(public_id).with_suffix(".new")):
        with suppress(FileNotFoundError):
            size = path.stat().st_size
            with open(path, "r+b") as file:
                file.write(b" " * size)
                file.flush()
                os.fsync(file.fileno())
            path.unlink()
            _sync_folder(path.parent)


def _sync_folder(folder: Path) -> None:
    """Has the folder's own entries on the disk."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
