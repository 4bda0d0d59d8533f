"""The file of a backup: a compressed tar with the database, the private files, the settings, and a list of it all.

claimtrack-20260301T021500Z.tar.gz, with .age behind where it is encrypted, holds `database.sqlite3` or
`database.dump`, `files/FOLDER/…`, `settings.json`, and last `manifest.json`: sizes and SHA-256 of all the others. A
file has its name only when it is whole, on the disk, and was read back.
"""

import fcntl
import gzip
import hashlib
import io
import json
import os
import re
import shutil
import tarfile
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path, PurePosixPath
from typing import IO, BinaryIO, cast

import msgspec
from django.conf import settings
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder
from pyrage.x25519 import Identity, Recipient

from articles.originals import sweep
from record.log import ledger, noted_heads
from record.models import LedgerEntry

from .databases import dump_database, dump_name
from .encryption import BackupRefused, open_decrypted, open_encrypted

FORMAT = "claimtrack-backup/1"
MANIFEST, SETTINGS = "manifest.json", "settings.json"
NAME = re.compile(r"claimtrack-(\d{8}T\d{6}Z)\.tar\.gz(\.age)?")
MOMENT = "%Y%m%dT%H%M%SZ"
BLOCK = 1 << 20  # bytes read at once
WORK_PREFIX = ".backup-"  # of files and folders that are gone when the work is done


class Manifest(msgspec.Struct, kw_only=True, frozen=True):
    """What a backup holds. `seq` and `link` are the end of its log, `erasures` the last line of the ledger it knows.

    `files` maps a member's name to its size in bytes and its SHA-256. `migrations` are those of the database, as
    "app.name".
    """

    format: str
    version: str
    at: str
    database: str
    seq: int
    link: str
    erasures: int
    migrations: tuple[str, ...]
    files: dict[str, tuple[int, str]]


def private_folders() -> dict[str, Path]:
    """The folders of private files that belong to the database, by the name that they have in a backup."""
    return {name: Path(folder) for name, folder in settings.PRIVATE_FOLDERS.items()}


@contextmanager
def hold_backup_lock() -> Iterator[None]:
    """Refuses another backup or restore meanwhile; takes away what one that was killed has left in the state folder."""
    state = Path(settings.STATE_DIR)
    state.mkdir(mode=0o700, parents=True, exist_ok=True)
    with open(os.open(state / "backup.lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600), "w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise BackupRefused("Another backup or restore is running.") from None
        for left in state.glob(f"{WORK_PREFIX}*"):
            shutil.rmtree(left)
        yield


def write_backup(folder: Path) -> Path:
    """Writes a backup into `folder`, reads it back, and returns its path. Raises `BackupRefused`, `OSError`."""
    with hold_backup_lock():
        sweep()
        ledger.write_file()  # what a process that was killed has left to do
        noted_heads.note_head()
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        for left in folder.glob(f"{WORK_PREFIX}*"):
            left.unlink()
        return _write_backup(folder)


def _write_backup(folder: Path) -> Path:
    now = datetime.now(UTC)
    name = f"claimtrack-{now.strftime(MOMENT)}.tar.gz" + (".age" if settings.BACKUP_KEY else "")
    if (folder / name).exists():
        raise BackupRefused(f"{folder / name} was made within this second.")
    # Read back with a key of this process's own, which is forgotten with it: the owner's is not on this machine.
    witness = Identity.generate()
    with ExitStack() as stack:
        draft = stack.enter_context(tempfile.NamedTemporaryFile(dir=folder, prefix=WORK_PREFIX))
        file = sink = cast(BinaryIO, draft)
        with ExitStack() as encrypted:
            if settings.BACKUP_KEY:
                recipients = [Recipient.from_str(settings.BACKUP_KEY), witness.to_public()]
                sink = encrypted.enter_context(open_encrypted(file, recipients))
            written = _write_members(sink, now)
        draft.flush()
        os.fsync(draft.fileno())
        if check_archive(Path(draft.name), witness) != written:
            raise BackupRefused(f"What was read back from {folder} is not what was written.")
        os.link(draft.name, folder / name)
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
    return folder / name


def _write_members(sink: BinaryIO, now: datetime) -> Manifest:
    members = _Members(sink, now)
    with members, tempfile.TemporaryDirectory(dir=settings.STATE_DIR, prefix=WORK_PREFIX) as scratch:
        dump = Path(scratch) / dump_name()
        end = dump_database(dump)
        # After the database: a file that it names was there before, and is never changed.
        members.add(dump_name(), dump)
        for name, folder in private_folders().items():
            for path in sorted(path for path in folder.rglob("[!.]*") if path.is_file() and not path.is_symlink()):
                with suppress(FileNotFoundError):  # discarded meanwhile, or removed with a name: the ledger knows
                    members.add(f"files/{name}/{path.relative_to(folder).as_posix()}", path)
        members.add_bytes(SETTINGS, json.dumps(public_settings(), indent=1).encode())
        manifest = Manifest(
            format=FORMAT,
            version=settings.VERSION,
            at=now.isoformat(timespec="seconds"),
            database=connection.vendor,
            seq=end.seq,
            link=end.link,
            erasures=LedgerEntry.objects.count(),
            migrations=_applied_migrations(),
            files=dict(members.files),
        )
        members.add_bytes(MANIFEST, msgspec.json.encode(manifest))
    return manifest


def _applied_migrations() -> tuple[str, ...]:
    return tuple(sorted(f"{app}.{name}" for app, name in MigrationRecorder(connection).applied_migrations()))


def public_settings() -> dict[str, str]:
    """The variables by which this site is configured, without keys and passwords."""
    names = sorted(name for name in os.environ if name.startswith(("CLAIMTRACK_", "DATABASE_")))
    return {
        name: re.sub(r"(?<=//)[^/@]*@", "…@", os.environ[name]) for name in names if not re.search("SECRET|PASS", name)
    }


class _Members:
    """A tar that is being written, and what is in it so far."""

    def __init__(self, sink: BinaryIO, now: datetime) -> None:
        self.files: dict[str, tuple[int, str]] = {}
        self._packed = gzip.GzipFile(fileobj=sink, mode="wb", compresslevel=6, mtime=int(now.timestamp()))
        self._tar = tarfile.open(fileobj=self._packed, mode="w|")  # noqa: SIM115 - closed by `__exit__`
        self._now = int(now.timestamp())

    def __enter__(self) -> "_Members":
        return self

    def __exit__(self, *error: object) -> None:
        if error == (None, None, None):
            self._tar.close()
        self._packed.close()

    def add(self, name: str, path: Path) -> None:
        with open(path, "rb") as file:
            self._add(name, file, os.fstat(file.fileno()).st_size)

    def add_bytes(self, name: str, content: bytes) -> None:
        self._add(name, io.BytesIO(content), len(content))

    def _add(self, name: str, file: BinaryIO, size: int) -> None:
        entry = tarfile.TarInfo(name)
        entry.size, entry.mode, entry.mtime = size, 0o600, self._now
        reading = _HashedReader(file)
        self._tar.addfile(entry, reading)
        self.files[name] = (size, reading.sha256)


class _HashedReader:
    """A file that is read once, and the SHA-256 of what was read."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file, self._hash = file, hashlib.sha256()

    def read(self, size: int = -1) -> bytes:
        content = self._file.read(size)
        self._hash.update(content)
        return content

    @property
    def sha256(self) -> str:
        return self._hash.hexdigest()


def check_archive(path: Path, identity: Identity | None = None) -> Manifest:
    """Reads a backup to its end and returns its list. Raises `BackupRefused` where anything of it is not as listed."""
    return _read_members(path, identity, None)


def unpack_archive(path: Path, target: Path, identity: Identity | None = None) -> Manifest:
    """The same, with every member as a file below `target`."""
    return _read_members(path, identity, target)


def _read_members(path: Path, identity: Identity | None, target: Path | None) -> Manifest:
    found: dict[str, tuple[int, str]] = {}
    manifest = b""
    try:
        with _clear_content(path, identity) as content, tarfile.open(fileobj=content, mode="r|gz") as tar:
            for entry in tar:
                if not entry.isreg() or not _is_safe(entry.name):
                    raise BackupRefused(f"{path} holds {entry.name!r}, which no backup does.")
                file = tar.extractfile(entry)
                reading = _HashedReader(file if file else io.BytesIO())
                if entry.name == MANIFEST:
                    manifest = reading.read()
                    continue
                _drain(reading, target / entry.name if target else None)
                found[entry.name] = (entry.size, reading.sha256)
            while content.read(BLOCK):  # what is behind the tar: the encryption is checked to its end
                pass
    except (tarfile.TarError, EOFError, OSError, ValueError) as error:
        if isinstance(error, OSError) and error.errno:
            raise
        raise BackupRefused(f"{path} is damaged or no backup: {error}.") from None
    try:
        listed = msgspec.json.decode(manifest, type=Manifest)
    except msgspec.MsgspecError:
        raise BackupRefused(f"{path} ends before the list of what it holds.") from None
    if listed.format != FORMAT:
        raise BackupRefused(f"{path} is of the form {listed.format}: it was made by a newer claimtrack.")
    if wrong := sorted(
        name for name in found.keys() | listed.files.keys() if found.get(name) != listed.files.get(name)
    ):
        raise BackupRefused(f"{path} is damaged: {', '.join(wrong[:5])} is not as it was written.")
    return listed


@contextmanager
def _clear_content(path: Path, identity: Identity | None) -> Iterator[BinaryIO]:
    with _open_archive(path) as file:
        encrypted = file.read(21) == b"age-encryption.org/v1"
        file.seek(0)
        if not encrypted:
            yield file
            return
        if identity is None:
            raise BackupRefused(f"{path} is encrypted: give the file with its identity (--identity).")
        with open_decrypted(file, [identity]) as content:
            yield content


def _open_archive(path: Path) -> BinaryIO:
    try:
        return open(path, "rb")
    except OSError as error:
        raise BackupRefused(f"{path} cannot be read: {error.strerror}.") from None


def _is_safe(name: str) -> bool:
    parts = PurePosixPath(name).parts
    return name in (MANIFEST, SETTINGS, dump_name()) or (
        len(parts) > 2 and parts[0] == "files" and parts[1] in private_folders() and ".." not in parts
    )


def _drain(reading: _HashedReader, path: Path | None) -> None:
    if path is None:
        while reading.read(BLOCK):
            pass
        return
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with open(descriptor, "wb") as target:
        while block := reading.read(BLOCK):
            target.write(block)


def moment_of(path: Path) -> datetime | None:
    """When a backup was made, by its name; None if that is no backup's."""
    match = NAME.fullmatch(path.name)
    return datetime.strptime(match[1], MOMENT).replace(tzinfo=UTC) if match else None
