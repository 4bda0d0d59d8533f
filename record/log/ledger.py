"""The ledger of erasures: what was erased, written down apart from the database, so that no backup brings it back.

Each erasure adds a row of `LedgerEntry` in its own transaction, and then the same line to the file `erasures.jsonl` of
`settings.LEDGER_FOLDER`. A database that lacks a line of the file is an older one: nothing is served from it until
`manage.py apply_ledger` has erased again (docs/decisions/ledger-of-erasures.md).

A line tells no name. Names by which the erased words are found again are sealed with age (https://age-encryption.org):
to `settings.BACKUP_KEY`, whose identity is not on this machine, or to one that is made beside the file.
"""

import base64
import fcntl
import hashlib
import json
import os
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import msgspec
import pyrage
from django.conf import settings
from django.db import transaction
from pyrage import x25519

from ..models import LedgerEntry, Publication
from .validation import AppendRefused

FILE, IDENTITY = "erasures.jsonl", "names.key"

Names = Mapping[str, Iterable[str]]  # of one person, by what they are: names, phrases, parts


class LedgerConflict(AppendRefused):
    """The file and the database are not of one history, or names cannot be opened: told in a sentence."""


class LedgerLine(msgspec.Struct, kw_only=True, frozen=True, omit_defaults=True):
    """One erasure. `previous` is the SHA-256 of the line before, in hexadecimal; empty in the first.

    `kind` is "object" (an object and all its versions), "versions" (entries emptied as at their origin), "name" (of a
    person, everywhere) or "withheld" (of a person, in what is public). `ids` are those of the object or the person,
    `versions` the entries of the log that were emptied, as (seq, id, version), `originals` the SHA-256 of files that
    were removed. `names` are sealed, in Base64.
    """

    number: int
    at: str
    kind: str
    ids: tuple[str, ...] = ()
    versions: tuple[tuple[int, str, int], ...] = ()
    reason: str = ""
    label: str = ""
    person: bool = True
    names: str = ""
    originals: tuple[str, ...] = ()
    previous: str


def ledger_file() -> Path:
    return Path(settings.LEDGER_FOLDER or Path(settings.STATE_DIR) / "ledger") / FILE


def enter(
    kind: str,
    *,
    ids: Iterable[str] = (),
    seqs: Iterable[int] = (),
    reason: str = "",
    label: str = "",
    person: bool = True,
    names: Names | None = None,
    originals: Iterable[str] = (),
) -> None:
    """Enters an erasure: in the database with this transaction, in the file when it is committed.

    Takes place under the lock of an append. Raises `LedgerConflict` where the file is ahead of the database.
    """
    if missing_lines():
        raise LedgerConflict("The ledger names erasures that this database lacks: run manage.py apply_ledger first.")
    last = LedgerEntry.objects.order_by("-number").first()
    versions = Publication.objects.filter(seq__in=list(seqs)).order_by("seq")
    line = LedgerLine(
        number=last.number + 1 if last else 1,
        at=datetime.now(UTC).isoformat(timespec="seconds"),
        kind=kind,
        ids=tuple(sorted(ids)),
        versions=tuple(versions.values_list("seq", "public_id", "version")),
        reason=reason,
        label=label,
        person=person,
        names=_seal(names) if names else "",
        originals=tuple(sorted(originals)),
        previous=_digest(last.line) if last else "",
    )
    LedgerEntry.objects.create(number=line.number, line=msgspec.json.encode(line).decode())
    transaction.on_commit(write_file)


def write_file() -> None:
    """Adds to the file what the database has and the file lacks, and sees it on the disk.

    What a process that was killed has left of a line is written anew. Raises `LedgerConflict` where another history is
    in the file.
    """
    with _locked_file() as file:
        content = file.read()
        whole = content[: content.rfind(b"\n") + 1]
        lines = [line.decode() for line in whole.splitlines()]
        known = dict(LedgerEntry.objects.order_by("number").values_list("number", "line"))
        if any(known.get(number, line) != line for number, line in enumerate(lines, 1)):
            raise LedgerConflict(f"{ledger_file()} is the ledger of another database.")
        new = [line for number, line in known.items() if number > len(lines)]
        if new or len(whole) < len(content):
            file.truncate(len(whole))
            file.seek(len(whole))
            file.write("".join(f"{line}\n" for line in new).encode())
            file.flush()
            os.fsync(file.fileno())


@contextmanager
def _locked_file() -> Iterator[Any]:
    path = ledger_file()
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    with open(descriptor, "r+b") as file:
        os.fchmod(descriptor, 0o640)  # readers' pages look into it: the folder says which group theirs is
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield file


def read_file() -> list[str]:
    """Every whole line of the file; none where there is no file. Raises `LedgerConflict` where the lines do not chain.

    A last line without its end is one that was never acknowledged.
    """
    try:
        content = ledger_file().read_bytes()
    except FileNotFoundError:
        return []
    lines = content[: content.rfind(b"\n") + 1].decode("utf-8", "replace").splitlines()
    previous = ""
    for number, text in enumerate(lines, 1):
        try:
            line = decode_line(text)
        except msgspec.MsgspecError as error:
            raise LedgerConflict(f"{ledger_file()}, line {number}: {error}.") from None
        if (line.number, line.previous) != (number, previous):
            raise LedgerConflict(f"{ledger_file()}, line {number} does not follow from the line before it.")
        previous = _digest(text)
    return lines


def missing_lines() -> list[str]:
    """The lines of the file that this database lacks: those of erasures that it was made before."""
    lines = read_file()
    if not lines:
        return []
    known = dict(LedgerEntry.objects.values_list("number", "line"))
    if any(known.get(number, line) != line for number, line in enumerate(lines, 1)):
        raise LedgerConflict(f"{ledger_file()} is the ledger of another database.")
    return [line for number, line in enumerate(lines, 1) if number not in known]


def take_over_line(text: str) -> None:
    """Notes that this database has been through the erasure of a line of the file."""
    LedgerEntry.objects.create(number=decode_line(text).number, line=text)


def decode_line(text: str) -> LedgerLine:
    return msgspec.json.decode(text, type=LedgerLine)


def erased_people() -> set[str]:
    """The identities of all actors whose names were erased from this database."""
    lines = (decode_line(text) for text in LedgerEntry.objects.values_list("line", flat=True))
    return {public_id for line in lines if line.kind == "name" for public_id in line.ids}


# Names, sealed and opened.


def _seal(names: Names) -> str:
    content = json.dumps({kind: sorted(words) for kind, words in names.items()}).encode()
    return base64.b64encode(pyrage.encrypt(content, [_recipient()])).decode()


def open_names(line: LedgerLine, identity: x25519.Identity | None = None) -> dict[str, list[str]]:
    """The names of a line, with the given identity or the one beside the file. Raises `LedgerConflict` without."""
    if not line.names:
        return {}
    identities = [known for known in (identity, _own_identity()) if known is not None]
    with suppress(pyrage.DecryptError):
        opened: dict[str, list[str]] = json.loads(pyrage.decrypt(base64.b64decode(line.names), identities))
        return opened
    raise LedgerConflict(f"The names of line {line.number} of the ledger cannot be opened: give the identity.")


def _recipient() -> x25519.Recipient:
    if settings.BACKUP_KEY:
        return x25519.Recipient.from_str(settings.BACKUP_KEY)
    identity = _own_identity()
    if identity is None:
        identity = x25519.Identity.generate()
        path = ledger_file().with_name(IDENTITY)
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with open(descriptor, "w") as file:
            file.write(f"{identity}\n")
            file.flush()
            os.fsync(descriptor)
    return identity.to_public()


def _own_identity() -> x25519.Identity | None:
    try:
        return x25519.Identity.from_str(ledger_file().with_name(IDENTITY).read_text().strip())
    except FileNotFoundError:
        return None


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
