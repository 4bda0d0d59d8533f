"""An export as entries with their places: what is read from a file before anything is believed. No database.

Both formats are read line by line and strictly: the bytes of every line are the only ones that say it, so that
exporting what was imported gives the same file. No more than a line is held.
"""

import hashlib
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import BinaryIO

import msgspec

from ..documents import DOCUMENT_TYPES, FORMAT, FORMATS, TYPES_ADDED
from ..documents.entries import Head, LastLine, link_of
from ..exports.json import KINDS_BY_GROUP
from ..linked_data.site import PublishedBy, Terms
from .entry import DECODING_ERRORS, ImportRefused, VerifiedEntry, describe_error, verify_entry

LONGEST_LINE = 64 * 1024 * 1024
ALL_GROUPS = (*KINDS_BY_GROUP, "withdrawn", "superseded")


class ExportHeader(msgspec.Struct, kw_only=True, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """What a file says of itself before its entries. Files from before there were terms have none."""

    format: str
    head: Head
    as_of: int | None
    since: int | None
    terms: Terms | msgspec.UnsetType = msgspec.UNSET
    publisher: PublishedBy | msgspec.UnsetType = msgspec.UNSET
    filters: dict[str, list[str]] | msgspec.UnsetType = msgspec.UNSET
    undated_left_out: int | msgspec.UnsetType = msgspec.UNSET


class _Format(msgspec.Struct):
    format: str


_opening = msgspec.json.Decoder(ExportHeader)


@dataclass
class ExportFile:
    """A file being read: what it says of itself, and its entries as they come, each sound in itself.

    `ordered` says that they come in `seq` order; else they come group by group.
    """

    opening: ExportHeader
    entries: Iterator[VerifiedEntry]
    ordered: bool

    @property
    def previous_seq(self) -> int:
        """The entry after which those of the file begin."""
        return self.opening.since or 0

    @property
    def total(self) -> int:
        """How many entries the file has."""
        return self.opening.head.seq - self.previous_seq


def read_export(file: BinaryIO) -> ExportFile:
    """The export in `file`, JSON or NDJSON as its first line shows. Raises `ImportRefused`, then or on the way."""
    first = file.readline(LONGEST_LINE)
    if not first.strip():
        raise ImportRefused("The file is empty.")
    ordered = not first.endswith(b",\n")
    head = first if ordered else first[:-2] + b"}"
    try:
        _refuse_other_version(head)
        opening = _opening.decode(head)
    except DECODING_ERRORS as error:
        raise ImportRefused(
            f"This is no export of a record, or is not written as {FORMAT} writes it:"
            f" line 1, {describe_error(error, head)}."
        ) from None
    _refuse_impossible(opening)
    if head.rstrip(b"\n") != msgspec.json.encode(opening):
        raise ImportRefused(f"line 1 is not written as {FORMAT} writes it.")
    lines = _Lines(file, first)
    return ExportFile(
        opening, _entries_by_line(lines, opening) if ordered else _entries_by_group(lines, opening), ordered
    )


def _refuse_other_version(text: bytes) -> None:
    """Raises `MsgspecError` where the text is no JSON that names its format."""
    found = msgspec.json.decode(text, type=_Format).format
    if found in FORMATS:
        return
    name, _, version = FORMAT.partition("/")
    if (match := re.fullmatch(rf"{name}/([0-9]{{1,9}})", found)) and int(match[1]) > int(version):
        raise ImportRefused(
            f"The file is written as {found}, which is newer than this program: it reads {FORMAT}. "
            "Install a newer claimtrack, then take it in."
        )
    raise ImportRefused(f"The format is “{found[:40]}”; this program reads {FORMAT}.")


def _refuse_impossible(opening: ExportHeader) -> None:
    head, since = opening.head, opening.since
    if (head.seq == 0) != (head.link == "") or (head.seq == 0) != (head.published_at is None):
        raise ImportRefused("line 1: the head is not that of any record.")
    if opening.as_of not in (None, head.seq):
        raise ImportRefused(f"line 1: the head is {head.seq}, but as_of says {opening.as_of}.")
    if since is not None and not 0 <= since <= head.seq:
        raise ImportRefused(f"line 1: since is {since}, which does not lie before the head, {head.seq}.")
    if opening.filters is not msgspec.UNSET:
        raise ImportRefused(
            "This is a part of a record, chosen by filters: its chain has gaps and cannot be verified. Only a whole "
            "record, or what came since one of its entries, can be taken in."
        )


class _Lines:
    """The lines of the file after the first, with their numbers and the sum of all bytes before."""

    def __init__(self, file: BinaryIO, first: bytes):
        self.file, self.number, self.offset, self.sha256 = file, 1, len(first), hashlib.sha256(first)

    @property
    def place(self) -> str:
        return f"line {self.number}"

    def following(self) -> bytes:
        """The next line, whole; empty at the end of the file."""
        line = self.file.readline(LONGEST_LINE)
        if line:
            self.number += 1
        if line and not line.endswith(b"\n"):
            if len(line) >= LONGEST_LINE:
                raise ImportRefused(f"{self.place} is longer than {LONGEST_LINE} bytes.")
            self.offset += len(line)
            raise self.truncation_error()
        return line

    def count(self, line: bytes) -> None:
        self.offset += len(line)
        self.sha256.update(line)

    def truncation_error(self) -> ImportRefused:
        return ImportRefused(f"The file breaks off in {self.place}, after byte {self.offset}: it was cut off.")

    def refuse_more(self) -> None:
        if self.file.read(1):
            raise ImportRefused(f"There is more after the last line, {self.place}.")


def _entries_by_line(lines: _Lines, opening: ExportHeader) -> Iterator[VerifiedEntry]:
    count = 0
    while line := lines.following():
        if line.startswith(b'{"count":'):
            _check_closing(line, lines, opening, count)
            lines.refuse_more()
            return
        yield verify_entry(line[:-1], lines.number, "", opening.format)
        lines.count(line)
        count += 1
    raise ImportRefused(
        f"The file ends after {lines.place}, byte {lines.offset}, without its last line: it was cut off."
    )


def _check_closing(line: bytes, lines: _Lines, opening: ExportHeader, count: int) -> None:
    place = lines.place
    try:
        closing = msgspec.json.decode(line, type=LastLine)
    except DECODING_ERRORS as error:
        raise ImportRefused(f"{place}: {describe_error(error, line)}.") from None
    if closing.count != count:
        raise ImportRefused(f"{place} says that there are {closing.count} entries; the file has {count}.")
    if closing.head != opening.head:
        raise ImportRefused(f"{place} names another head than line 1.")
    if closing.sha256 != lines.sha256.hexdigest():
        raise ImportRefused(f"{place}: the lines before it do not have the SHA-256 that it says: they were changed.")
    if line != msgspec.json.encode(closing) + b"\n":
        raise ImportRefused(f"{place} is not written as {FORMAT} writes it.")


def _entries_by_group(lines: _Lines, opening: ExportHeader) -> Iterator[VerifiedEntry]:
    """One JSON document: a line opens a group, a line an entry follows, the last one closes the group.

    Files from before there were terms end with the last group; all others with the sum of the bytes before it.
    """
    summed = opening.terms is not msgspec.UNSET
    groups = [*groups_at(opening.format), *(["erased"] if opening.since is not None else [])]
    for group in groups:
        end = b"]}\n" if group == groups[-1] and not summed else b"],\n"
        start = f'"{group}":['.encode()
        line = _require_line(lines)
        closed = line == start + end
        if not closed and line != start + b"\n":
            raise _unexpected_line(lines)
        before = 0
        while not closed:
            lines.count(line)
            line = _require_line(lines)
            closed = line.endswith(b"}" + end)
            if not closed and not line.endswith(b"},\n"):
                raise _unexpected_line(lines)
            entry = verify_entry(line[: -len(end if closed else b",\n")], lines.number, group, opening.format)
            _refuse_misplaced(entry, group, before, opening)
            before = entry.seq
            yield entry
        # What stands before the sum ends with the bracket of the last group.
        lines.count(line if group != groups[-1] else line[:-2])
    if summed:
        line = _require_line(lines)
        if line != b'"sha256":"%b"}\n' % lines.sha256.hexdigest().encode():
            raise ImportRefused(
                f"{lines.place}: the lines before it do not have the SHA-256 that it says: they were changed."
            )
    lines.refuse_more()


def groups_at(format: str) -> list[str]:
    """The groups of a file of this format: it has none for types that came later."""
    version = FORMATS.index(format) + 1
    later = {kind for kind, shape in DOCUMENT_TYPES.items() if TYPES_ADDED.get(shape, 1) > version}
    return [group for group in ALL_GROUPS if KINDS_BY_GROUP.get(group) not in later]


def _require_line(lines: _Lines) -> bytes:
    if line := lines.following():
        return line
    raise lines.truncation_error()


def _unexpected_line(lines: _Lines) -> ImportRefused:
    return ImportRefused(f"{lines.place} is not written as {FORMAT} writes it, or something was left out before it.")


def _refuse_misplaced(entry: VerifiedEntry, group: str, before: int, opening: ExportHeader) -> None:
    """What can be seen in the entry alone of where it belongs; the rest is seen when all have been read."""
    if entry.seq <= before:
        raise ImportRefused(f"{entry.place}: entry {entry.seq} comes after {before}; {group} are in order.")
    right = {"withdrawn": entry.document is None, "superseded": True, "erased": entry.is_erased}
    if not right.get(group, entry.kind == KINDS_BY_GROUP.get(group) and entry.document is not None):
        raise ImportRefused(f"{entry.place}: entry {entry.seq} does not belong among {group}.")
    if (group == "erased") != (entry.seq <= (opening.since or 0)):
        raise ImportRefused(f"{entry.place}: entry {entry.seq} does not belong among {group}.")


def verify_chain(
    entries: Iterable[VerifiedEntry], reading: ExportFile, link: str, published_at: str
) -> Iterator[VerifiedEntry]:
    """The entries in `seq` order, each once it follows the one before, up to the head that the file names.

    `link` and `published_at` are those of the entry that the file goes on from. What was erased up to there may come
    first: it follows from nothing in the file.
    """
    opening, seq, earlier = reading.opening, reading.previous_seq, 0
    for entry in entries:
        if seq == reading.previous_seq and earlier < entry.seq <= seq and entry.is_erased:
            earlier = entry.seq
            yield entry
            continue
        if entry.seq != seq + 1:
            raise ImportRefused(f"{entry.place}: entry {entry.seq} comes after {seq}; {seq + 1} should be next.")
        if entry.published_at < published_at:
            raise ImportRefused(f"{entry.place}: entry {entry.seq} is older than the one before it.")
        follows = link_of(link, entry.seq, entry.kind, entry.public_id, entry.version, entry.published_at, entry.digest)
        if follows != entry.link:
            raise ImportRefused(
                f"{entry.place}: the link of entry {entry.seq} does not follow from the entry before it: "
                "something was changed, left out or comes from another record."
            )
        seq, link, published_at = entry.seq, entry.link, entry.published_at
        yield entry
    if seq != opening.head.seq:
        raise ImportRefused(f"The entries end at {seq}, but the file says that they end at {opening.head.seq}.")
    if link != opening.head.link:
        raise ImportRefused("The last entry's link is not that of the head which the file names.")
    if published_at != (opening.head.published_at or ""):
        raise ImportRefused("The last entry's moment is not that of the head which the file names.")
