"""An export as entries with their places: what is read from a file before anything is believed. No database.

Both formats are read strictly: the bytes of every entry are the only ones that say it, so that exporting what was
imported gives the same file.
"""

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO

import msgspec

from ..documents import FORMAT, AnyDocument, Id, Sha256, decode, encode, kind_of
from ..entries import AnyKind, Head, Moment, Salt, Seq, Version, digest_of, read_moment
from ..exports.json import GROUPS
from ..soundness import RecordRefuses, checked_reason, holds_nul

LONGEST_LINE = 64 * 1024 * 1024
# What reading JSON raises: besides its own errors for bytes that are not UTF-8, and for brackets without end.
FAULTS = (msgspec.MsgspecError, UnicodeDecodeError, RecursionError)


class ImportRefused(Exception):
    """A file that is not taken in, told in a sentence that says where. Nothing has been changed."""

    def __init__(self, sentence: str):
        super().__init__(sentence)
        self.sentence = sentence


class RawEntry(msgspec.Struct, kw_only=True, frozen=True, forbid_unknown_fields=True):
    """An entry whose document is still the bytes of the file."""

    seq: Seq
    version: Version
    published_at: Moment
    reason: str
    salt: Salt
    digest: Sha256
    link: Sha256
    kind: AnyKind | msgspec.UnsetType = msgspec.UNSET
    public_id: Id | msgspec.UnsetType = msgspec.UNSET
    document: msgspec.Raw


class Opening(msgspec.Struct, kw_only=True, frozen=True, forbid_unknown_fields=True):
    """What a file says of itself before its entries."""

    format: str
    head: Head
    as_of: int | None
    since: int | None


class Closing(msgspec.Struct, kw_only=True, frozen=True, forbid_unknown_fields=True):
    """What the last line of NDJSON says of the bytes before it."""

    count: int
    head: Head
    sha256: Sha256


Whole = msgspec.defstruct(
    "Whole",
    [*((name, list[RawEntry]) for name in (*GROUPS, "withdrawn", "superseded"))],
    bases=(Opening,),
    kw_only=True,
    frozen=True,
    forbid_unknown_fields=True,
)


class _Format(msgspec.Struct):
    format: str


@dataclass(frozen=True)
class Verified:
    """An entry that is sound in itself: its digest is right, its document is one of ours and canonical."""

    place: str
    seq: int
    kind: str
    public_id: str
    version: int
    published_at: str
    reason: str
    salt: str
    digest: str
    link: str
    text: str | None
    document: AnyDocument | None

    @property
    def erased(self) -> bool:
        return not self.salt


_entry = msgspec.json.Decoder(RawEntry)
_opening = msgspec.json.Decoder(Opening)


@dataclass
class Reading:
    """A file being read: what it says of itself, and its entries in `seq` order."""

    opening: Opening
    entries: Iterator[Verified]


def read(file: BinaryIO) -> Reading:
    """The export in `file`, JSON or NDJSON as its first line shows. Raises `ImportRefused`, then or on the way."""
    first = file.readline(LONGEST_LINE)
    if not first.strip():
        raise ImportRefused("The file is empty.")
    try:
        _refuse_other_version(first)
        opening = _opening.decode(first)
    except FAULTS:
        return _read_json(first + file.read())
    _refuse_impossible(opening, "line 1")
    if first != _written(opening) + b"}\n":
        raise ImportRefused(f"line 1 is not written as {FORMAT} writes it, or was cut off.")
    return Reading(opening, _read_lines(file, first, opening))


def _written(opening: Opening) -> bytes:
    return msgspec.json.encode(
        {"format": opening.format, "head": opening.head, "as_of": opening.as_of, "since": opening.since}
    )[:-1]


def _refuse_other_version(text: bytes) -> None:
    """Raises `MsgspecError` where the text is no JSON that names its format."""
    found = msgspec.json.decode(text, type=_Format).format
    if found != FORMAT:
        raise ImportRefused(f"The format is “{found[:40]}”; this program reads {FORMAT}.")


def _refuse_impossible(opening: Opening, place: str) -> None:
    head, since = opening.head, opening.since
    if (head.seq == 0) != (head.link == "") or (head.seq == 0) != (head.published_at is None):
        raise ImportRefused(f"{place}: the head is not that of any record.")
    if opening.as_of not in (None, head.seq):
        raise ImportRefused(f"{place}: the head is {head.seq}, but as_of says {opening.as_of}.")
    if since is not None and not 0 <= since <= head.seq:
        raise ImportRefused(f"{place}: since is {since}, which does not lie before the head, {head.seq}.")


# Line by line.


def _read_lines(file: BinaryIO, first: bytes, opening: Opening) -> Iterator[Verified]:
    sha256, number, offset = hashlib.sha256(first), 1, len(first)
    count = 0
    while line := file.readline(LONGEST_LINE):
        number += 1
        place = f"line {number}"
        if not line.endswith(b"\n"):
            if len(line) >= LONGEST_LINE:
                raise ImportRefused(f"{place} is longer than {LONGEST_LINE} bytes.")
            raise ImportRefused(f"The file breaks off in {place}, after byte {offset + len(line)}: it was cut off.")
        if line.startswith(b'{"count":'):
            _check_closing(line, place, opening, count, sha256.hexdigest())
            if file.read(1):
                raise ImportRefused(f"There is more after the last line, {place}.")
            return
        try:
            raw = _entry.decode(line)
        except FAULTS as error:
            raise ImportRefused(f"{place}: {_told(error, line)}.") from None
        if _line(raw) != line:
            raise ImportRefused(f"{place} is not written as {FORMAT} writes it.")
        yield verified(raw, place)
        sha256.update(line)
        offset += len(line)
        count += 1
    raise ImportRefused(f"The file ends after line {number}, byte {offset}, without its last line: it was cut off.")


def _line(raw: RawEntry) -> bytes:
    """The one way to write the entry."""
    return msgspec.json.encode(raw) + b"\n"


def _check_closing(line: bytes, place: str, opening: Opening, count: int, sha256: str) -> None:
    try:
        closing = msgspec.json.decode(line, type=Closing)
    except FAULTS as error:
        raise ImportRefused(f"{place}: {_told(error, line)}.") from None
    if closing.count != count:
        raise ImportRefused(f"{place} says that there are {closing.count} entries; the file has {count}.")
    if closing.head != opening.head:
        raise ImportRefused(f"{place} names another head than line 1.")
    if closing.sha256 != sha256:
        raise ImportRefused(f"{place}: the lines before it do not have the SHA-256 that it says: they were changed.")
    if line != msgspec.json.encode(closing) + b"\n":
        raise ImportRefused(f"{place} is not written as {FORMAT} writes it.")


# As one document.


def _read_json(text: bytes) -> Reading:
    """Held in memory whole: the line format is the one for large records."""
    try:
        _refuse_other_version(text)
        whole = msgspec.json.decode(text, type=Whole)
    except FAULTS as error:
        raise ImportRefused(f"This is not a whole export of a record: {_told(error, text, lines=True)}.") from None
    opening = Opening(format=whole.format, head=whole.head, as_of=whole.as_of, since=whole.since)
    _refuse_impossible(opening, "The file")
    groups = {name: getattr(whole, name) for name in (*GROUPS, "withdrawn", "superseded")}
    rendered = _rendered(opening, groups)
    if text != rendered:
        byte = next((n for n, (one, other) in enumerate(zip(text, rendered, strict=False)) if one != other), len(text))
        raise ImportRefused(f"From byte {byte} on the file is not written as {FORMAT} writes it, or was cut off.")
    found = [(raw, f"{name}[{number}]", name) for name, group in groups.items() for number, raw in enumerate(group)]
    found.sort(key=lambda entry: entry[0].seq)
    return Reading(opening, _in_groups(found))


def _rendered(opening: Opening, groups: dict[str, list[RawEntry]]) -> bytes:
    parts = [_written(opening)]
    for name, group in groups.items():
        lines = b",\n".join(map(msgspec.json.encode, group))
        parts.append(f',\n"{name}":['.encode() + (b"\n" + lines if lines else b"") + b"]")
    return b"".join(parts) + b"}\n"


def _in_groups(found: list[tuple[RawEntry, str, str]]) -> Iterator[Verified]:
    """Each entry, once it stands in the group where an export puts it: the newest version by kind, all others apart."""
    newest: dict[str, str] = {}
    entries = [(verified(raw, place), group) for raw, place, group in found]
    for entry, _ in entries:
        newest[entry.public_id] = entry.place
    for entry, group in entries:
        if newest[entry.public_id] != entry.place:
            belongs = "superseded"
        elif entry.document is None:
            belongs = "withdrawn"
        else:
            belongs = next(name for name, kind in GROUPS.items() if kind == entry.kind)
        if group != belongs:
            raise ImportRefused(f"{entry.place} belongs among {belongs}.")
    return (entry for entry, _ in entries)


# One entry.


def verified(raw: RawEntry, place: str) -> Verified:
    """The entry, once all is right that can be seen in it alone. Raises `ImportRefused`."""
    body = bytes(raw.document)
    text, document = None, None
    if body == b"null":
        if raw.kind is msgspec.UNSET or raw.public_id is msgspec.UNSET:
            raise ImportRefused(f"{place} has no document and does not say of what.")
        kind, public_id = raw.kind, raw.public_id
    else:
        if raw.kind is not msgspec.UNSET or raw.public_id is not msgspec.UNSET:
            raise ImportRefused(f"{place} says its kind or id beside the document that says them.")
        try:
            document = decode(body)
            text = encode(document)
        except FAULTS as error:
            raise ImportRefused(f"{place}, document: {_told(error, body)}.") from None
        if text.encode() != body:
            raise ImportRefused(f"{place}: the document is not canonical JSON.")
        if holds_nul(text):
            raise ImportRefused(f"{place}: the document holds the character NUL.")
        kind, public_id = kind_of(document), document.id
    _check_digest(raw, text, place)
    try:
        read_moment(raw.published_at)
    except ValueError:
        raise ImportRefused(f"{place}: there is no moment {raw.published_at}.") from None
    return Verified(
        place=place,
        seq=raw.seq,
        kind=kind,
        public_id=public_id,
        version=raw.version,
        published_at=raw.published_at,
        reason=raw.reason,
        salt=raw.salt,
        digest=raw.digest,
        link=raw.link,
        text=text,
        document=document,
    )


def _check_digest(raw: RawEntry, text: str | None, place: str) -> None:
    if not raw.salt:
        if text is not None or raw.reason:
            raise ImportRefused(f"{place} has no salt: it is erased, and must hold neither document nor reason.")
        return
    try:
        if checked_reason(raw.reason) != raw.reason:
            raise ImportRefused(f"{place}: the reason has space around it.")
    except RecordRefuses as error:
        raise ImportRefused(f"{place}: {error.sentence}") from None
    if digest_of(text, raw.reason, raw.salt) != raw.digest:
        raise ImportRefused(f"{place}: the digest does not fit document and reason: they were changed.")


def _told(error: Exception, text: bytes, *, lines: bool = False) -> str:
    """What is wrong with `text`, in words; by line and column instead of by byte where the text has lines."""
    said, byte = str(error).strip(), None
    if isinstance(error, RecursionError):
        said = "brackets within brackets without end"
    elif isinstance(error, UnicodeDecodeError):
        said, byte = "this is not UTF-8", _first_broken_byte(text)
    elif "truncated" in said:
        said, byte = "the file breaks off: it was cut off", len(text)
    elif match := re.fullmatch(r"(.*) \(byte ([0-9]+)\)", said, re.DOTALL):
        said, byte = match[1], int(match[2])
    if byte is not None:
        line, column = text.count(b"\n", 0, byte) + 1, byte - text.rfind(b"\n", 0, byte)
        said = f"{said} (line {line}, column {column})" if lines else f"{said} (byte {byte})"
    return said[0].lower() + said[1:]


def _first_broken_byte(text: bytes) -> int:
    try:
        text.decode()
    except UnicodeDecodeError as error:
        return error.start
    return 0
