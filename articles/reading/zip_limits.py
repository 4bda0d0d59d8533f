"""Archives that are looked into: how much may be packed in them."""

import lzma
import zipfile
import zlib
from io import BytesIO

from .article_reading import NotReadable

MAX_PARTS = 5_000
MAX_UNPACKED = 200_000_000  # bytes of all parts
# What Python's reader of archives raises for damaged ones, and its decompressors.
BROKEN_ZIP = (
    *(zipfile.BadZipFile, OSError, EOFError, KeyError, NotImplementedError, RuntimeError, ValueError),
    *(zlib.error, lzma.LZMAError),
)
MAX_PART = 60_000_000  # bytes of one that is read


def open_zip(data: bytes, what: str) -> zipfile.ZipFile:
    """The archive, if it is whole, not encrypted, and unpacks to a size that can be. Raises `NotReadable`."""
    try:
        packed = zipfile.ZipFile(BytesIO(data))
        parts = packed.infolist()
    except BROKEN_ZIP:
        raise NotReadable(f"The {what} is damaged.") from None
    if len(parts) > MAX_PARTS or sum(part.file_size for part in parts) > MAX_UNPACKED:
        raise NotReadable(f"The {what} is too large when it is unpacked.")
    if any(part.flag_bits & 1 for part in parts):
        raise NotReadable(f"The {what} is encrypted: save it without a password first.")
    return packed


def read_part(packed: zipfile.ZipFile, name: str, what: str) -> bytes:
    """One part; what is packed more tightly than it says is cut off and refused."""
    try:
        with packed.open(name) as part:
            data = part.read(MAX_PART + 1)
    except BROKEN_ZIP:
        raise NotReadable(f"The {what} is damaged.") from None
    if len(data) > MAX_PART:
        raise NotReadable(f"The {what} is too large when it is unpacked.")
    return data
