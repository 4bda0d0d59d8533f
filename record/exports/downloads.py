"""How an export is handed over: its names, its ETag, the address under which it never changes, its compression (RFC
9110, section 12.5.3), the part that is asked for (section 14), and how many downloads one process gives out at once.

A reader who takes a download slowly, or stops taking it, holds a thread for as long as the server waits for them
(gunicorn.conf.py says how long): never so many that none of the threads is left for pages.
"""

import hashlib
import re
import sqlite3
import threading
import zlib
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache
from importlib import metadata
from urllib.parse import urlencode

import brotli
import msgspec

from ..code_version import code_version
from ..documents.entries import Head
from ..linked_data.site import published_by, terms
from ..queries.moment import emptied_rows
from .formats import Format
from .snapshot import Snapshot

WRITING_LIBRARIES = ("brotli", "openpyxl", "pyarrow")


@cache
def library_versions() -> str:
    """The versions of what the bytes of a file follow from beside our code; another may write other bytes."""
    found = [f"zlib {zlib.ZLIB_RUNTIME_VERSION}", f"sqlite {sqlite3.sqlite_version}"]
    for name in WRITING_LIBRARIES:
        with suppress(metadata.PackageNotFoundError):
            found.append(f"{name} {metadata.version(name)}")
    return ", ".join(found)


@dataclass(frozen=True)
class Delivery:
    """One export as it is handed over: a format of a snapshot, in an encoding ("br", "gzip" or "")."""

    form: Format
    snapshot: Snapshot
    encoding: str = ""

    @cached_property
    def state(self) -> str:
        """What the bytes follow from beside the part of the log that is asked for.

        How many entries are empty: withdrawals and erasures reach back, and only ever become more. And what made the
        bytes: the program, the libraries that write and compress files, the terms and the publisher.
        """
        return state_of_bytes(emptied_rows(self.snapshot.using))

    @property
    def key(self) -> str:
        """Names the bytes: the same key, the same bytes."""
        head, asked = self.snapshot.head, ""
        for name, bound in (("a", self.snapshot.as_of), ("s", self.snapshot.since)):
            asked += f"-{name}{bound}" if bound is not None else ""
        if self.snapshot.selection is not None:
            filters = msgspec.json.encode(self.snapshot.selection.filters, order="sorted")
            asked += f"-{hashlib.sha256(filters).hexdigest()[:16]}"
        ending = f".{self.encoding}" if self.encoding else ""
        return f"{self.form.name}-{head.seq}-{head.link[:12]}~{self.state}~{asked}{ending}"

    @property
    def etag(self) -> str:
        """Strong: made again the bytes are the same."""
        return f'"{self.key}"'

    @property
    def whole(self) -> bool:
        """Whether it is a whole snapshot, whose file may be kept and asked for in parts."""
        return self.snapshot.since is None and self.snapshot.selection is None

    @property
    def is_costly(self) -> bool:
        """Whether making it is work that is worth keeping: compressing, or a file that is whole at its end only."""
        return bool(self.encoding) or self.form.buffered

    @property
    def permanent_query(self) -> str:
        """The query under which these bytes and no others are ever found."""
        filters = self.snapshot.selection.filters if self.snapshot.selection is not None else {}
        return urlencode({"as_of": self.snapshot.head.seq, "state": self.state, **filters}, doseq=True)

    @property
    def filename(self) -> str:
        """Such as claimtrack-claims-2026-01-31-1234.csv: the day and the seq of the last entry."""
        head, ending = self.snapshot.head, self.form.extension
        table = "" if ending.startswith(self.form.name) else self.form.name.removesuffix(ending).rstrip(".")
        parts = ["claimtrack", table, head.published_at[:10] if head.published_at else "empty", str(head.seq)]
        parts += [f"since-{self.snapshot.since}"] if self.snapshot.since is not None else []
        parts += ["filtered"] if self.snapshot.selection is not None else []
        return f"{'-'.join(re.sub('[^a-z0-9-]+', '-', part) for part in parts if part)}.{ending}"


def state_of_bytes(emptied: int) -> str:
    """`Delivery.state`, where so many rows of the log are empty."""
    made_by = f"{code_version()} {library_versions()} {terms()} {published_by()}"
    return f"{emptied}-{hashlib.sha256(made_by.encode()).hexdigest()[:12]}"


def key_of_whole(form: Format, head: Head, emptied: int) -> str:
    """`Delivery.key` of the whole record as it stands at its head, not compressed."""
    return f"{form.name}-{head.seq}-{head.link[:12]}~{state_of_bytes(emptied)}~"


# Measured on entries of the log: the quickest level of brotli makes 218 MB/s and 20 % of the bytes, that of gzip 101
# and 25 %; gzip's usual level 26 MB/s and 19 %.
BROTLI_QUALITY, GZIP_LEVEL = 1, 1
BLOCK = 256 * 1024  # bytes; the compressed bytes do not depend on how the export was cut into chunks

_ACCEPTED_ENCODING = re.compile(r"(?P<name>[-\w*]+)[ \t]*(?:;[ \t]*q=(?P<q>[01](?:\.[0-9]{0,3})?))?", re.ASCII)


@lru_cache(maxsize=200)
def choose_encoding(accepts: str, offered: tuple[str, ...] = ("br", "gzip")) -> str:
    """The one of these encodings to use for a reader who sends this `Accept-Encoding`, or "" for none."""
    matches = (_ACCEPTED_ENCODING.fullmatch(part.strip()) for part in accepts.lower().split(","))
    weights = {match["name"]: float(match["q"] or 1) for match in matches if match}
    best, name = max((weights.get(name, weights.get("*", 0)), name == "br", name) for name in offered)[::2]
    return name if best > 0 and best >= weights.get("identity", 0) else ""


def compressed_chunks(chunks: Iterable[bytes], encoding: str) -> Iterator[bytes]:
    """The same bytes in this encoding; unchanged where it is ""."""
    if not encoding:
        yield from chunks
        return
    if encoding == "br":
        compressor = brotli.Compressor(quality=BROTLI_QUALITY)
        compress, finish = compressor.process, compressor.finish
    else:
        compressor = zlib.compressobj(GZIP_LEVEL, zlib.DEFLATED, 16 + zlib.MAX_WBITS)
        compress, finish = compressor.compress, compressor.flush
    for block in _blocks(chunks):
        if made := compress(block):
            yield made
    yield finish()


def _blocks(chunks: Iterable[bytes]) -> Iterator[bytes]:
    """The bytes in blocks of `BLOCK`; the last may be shorter."""
    left = bytearray()
    for chunk in chunks:
        left += chunk
        while len(left) >= BLOCK:
            yield bytes(left[:BLOCK])
            del left[:BLOCK]
    if left:
        yield bytes(left)


_SINGLE_RANGE = re.compile(r"bytes=[ \t]*(?P<first>[0-9]{0,18})-(?P<last>[0-9]{0,18})[ \t]*", re.ASCII | re.IGNORECASE)


class RangeNotSatisfiable(Exception):
    """No byte of the file lies in the range that is asked for."""


def read_range(header: str, size: int) -> tuple[int, int] | None:
    """The first byte that is asked for and the one after the last, of a file of `size` bytes.

    None where the header is to be passed over and the whole file given: it asks for several ranges, in another unit,
    or cannot be read. Raises `Unsatisfiable` where the range begins past the end.
    """
    match = _SINGLE_RANGE.fullmatch(header.strip())
    if not match or not (match["first"] or match["last"]):
        return None
    if not match["first"]:
        first, end = max(0, size - int(match["last"])), size
    else:
        first, end = int(match["first"]), min(size, int(match["last"]) + 1) if match["last"] else size
        if match["last"] and int(match["last"]) < first:
            return None
    if first >= end:
        raise RangeNotSatisfiable
    return first, end


MAX_DOWNLOADS = 12  # of the 16 threads that gunicorn.conf.py gives to a process
RETRY_AFTER = 5  # seconds after which it is worth while to ask again

_free_slots = threading.BoundedSemaphore(MAX_DOWNLOADS)


class NoFreeSlot(Exception):
    """As many downloads are under way as one process gives out at once."""


class SlotHolder(Iterator):
    """Chunks on their way to a reader, and the place that they take until they are closed, with what they come from.

    Raises `NoFreeSlot`, having closed what they come from, where no place is free.
    """

    _open = False

    def __init__(self, chunks: Iterable[bytes]):
        self._source, self._free = chunks, _free_slots
        if not self._free.acquire(blocking=False):
            self._close_source()
            raise NoFreeSlot
        self._chunks, self._open = iter(chunks), True

    def __next__(self) -> bytes:
        return next(self._chunks)

    def close(self) -> None:
        if self._open:
            self._open = False
            self._free.release()
            self._close_source()

    def _close_source(self) -> None:
        close = getattr(self._source, "close", None)  # a generator and an open file have one
        if close:
            close()

    __del__ = close  # where a server gives up a response without closing it
