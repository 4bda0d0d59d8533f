"""Files that are nobody else's: the database, the key, what the state folder holds. Only their owner may read them."""

import os
from pathlib import Path

SQLITE_FILE_SUFFIXES = ("", "-wal", "-shm", "-journal")  # an SQLite file, and what SQLite keeps beside it


def make_private_folder(path: Path) -> None:
    """Makes the folder, or closes it to others where it stands open; leaves one that belongs to somebody else."""
    path.mkdir(parents=True, exist_ok=True, mode=0o700)
    close_to_others(path)


def make_private_database(path: Path) -> None:
    """Makes the file of an SQLite database empty, so that SQLite does not make it readable by all; closes what is open.

    Its journals have its own mode, which SQLite sees to. Where it cannot be made SQLite will say so itself.
    """
    try:
        os.close(os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600))
    except OSError:
        return
    for beside in SQLITE_FILE_SUFFIXES:
        close_to_others(Path(f"{path}{beside}"))


def close_to_others(path: Path) -> None:
    """Takes from group and others whatever they may do, where the file is there and is ours."""
    try:
        mode = path.stat().st_mode & 0o7777
        if mode & 0o077:
            path.chmod(mode & 0o700)
    except OSError:
        pass  # not there, or not ours: `check --deploy` tells


def is_open_to_others(path: Path) -> bool:
    try:
        return bool(path.stat().st_mode & 0o077)
    except OSError:
        return False
