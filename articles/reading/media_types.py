"""What kind of file bytes are, as a media type. The name only tells apart kinds of text.

Pictures, sound, film, archives and office files are told by puremagic's table of signatures, text by how it reads.
"""

import re
import struct
import zipfile
from io import BytesIO
from pathlib import PurePath

import puremagic

from .encodings import is_text
from .zip_limits import BROKEN_ZIP

HTML, MHTML, PLAIN = "text/html", "multipart/related", "text/plain"
PDF, MAIL, WARC, WACZ = "application/pdf", "message/rfc822", "application/warc", "application/wacz"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
PPTX = "application/vnd.openxmlformats-officedocument.presentationml.presentation"
ODT = "application/vnd.oasis.opendocument.text"
VTT, SRT, CSV, JSON = "text/vtt", "application/x-subrip", "text/csv", "application/json"
TEXT_SUFFIXES = (".txt", ".text", ".md")
ZIP, OCTETS = "application/zip", "application/octet-stream"

_PARTS_OF_ZIP = {"word/document.xml": DOCX, "xl/workbook.xml": XLSX, "ppt/presentation.xml": PPTX}
_ALIASES = {
    "audio/x-wav": "audio/wav",
    "audio/wave": "audio/wav",
    "application/x-gzip": "application/gzip",
    "image/x-ms-bmp": "image/bmp",
    "video/x-msvideo": "video/avi",
    "image/jpg": "image/jpeg",
    "audio/mp3": "audio/mpeg",
}
_FILM_BRANDS = {b"M4A ": "audio/mp4", b"M4B ": "audio/mp4", b"qt  ": "video/quicktime"}
_SRT = re.compile(rb"\s*\d{1,7}\s*\r?\n\s*\d{1,3}:\d\d:\d\d[,.]\d{1,3} *--> *\d")
_HEADER = re.compile(rb"(?:>?From [^\n]{1,200}\n)?[A-Za-z][A-Za-z0-9-]{1,60}:[^\n]*(?:\n|$)")
_MAIL_HEADER = re.compile(
    rb"^(?:from|to|subject|date|received|return-path|delivered-to|message-id|mime-version|content-type|x-[\w-]+"
    rb"|reply-to|cc|dkim-signature|snapshot-content-location|arc-[\w-]+|sender|in-reply-to|list-[\w-]+):",
    re.IGNORECASE | re.MULTILINE,
)
_SNAPSHOT = re.compile(rb"^content-type:\s*multipart/related\b", re.IGNORECASE | re.MULTILINE)
_MARKUP = re.compile(
    r"\s*(?:<\?xml[^>]{0,200}>\s*)?(?:<!--(?:(?!-->).){0,20000}-->\s*){0,20}"
    r"<\s*(?:!doctype\s+html|html|head|body|meta|title)\b",
    re.IGNORECASE | re.DOTALL,
)


def media_type(data: bytes, name: str = "") -> str:
    """The media type of `data`, such as "application/pdf"; "application/octet-stream" where nothing tells."""
    if data[:1024].lstrip().startswith(b"%PDF-"):
        return PDF
    if data.startswith(b"WARC/1."):
        return WARC
    if data.startswith(b"\x1f\x8b"):
        return WARC if _begins_with_warc(data) else "application/gzip"
    if data.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _type_of_zip(data)
    if is_text(data[:100_000]):
        return _type_of_text(data, PurePath(name).suffix.lower())
    found = _type_by_signature(data)
    # Whoever calls it a text is told at which byte it is none.
    return PLAIN if found == OCTETS and PurePath(name).suffix.lower() in TEXT_SUFFIXES else found


def _begins_with_warc(data: bytes) -> bool:
    import zlib

    try:
        return zlib.decompressobj(31).decompress(data[:4096], 64).startswith(b"WARC/1.")
    except zlib.error:
        return False


def _type_of_zip(data: bytes) -> str:
    try:
        with zipfile.ZipFile(BytesIO(data)) as packed:
            names = set(packed.namelist()[:10_000])
            if "mimetype" in names and packed.getinfo("mimetype").file_size < 200:
                said = packed.read("mimetype").decode("ascii", "replace").strip()
                return said if re.fullmatch(r"[\w.+-]+/[\w.+-]+", said) else ZIP
    except BROKEN_ZIP:
        return _type_of_cut_zip(data)
    if any(part.startswith("archive/") and ".warc" in part for part in names):
        return WACZ
    return next((kind for part, kind in _PARTS_OF_ZIP.items() if part in names), ZIP)


def _type_of_cut_zip(data: bytes) -> str:
    """What an archive without its directory was: its parts' names stand before each part too."""
    if b"mimetypeapplication/vnd.oasis.opendocument.text" in data[:200]:
        return ODT
    return next((kind for part, kind in _PARTS_OF_ZIP.items() if part.encode() in data[:100_000]), ZIP)


def _type_of_text(data: bytes, suffix: str) -> str:
    start = data[:30_000].removeprefix(b"\xef\xbb\xbf")
    if start.startswith((b"\xff\xfe", b"\xfe\xff")):
        start = data[:30_000].decode("utf-16", "ignore").encode()
    if re.match(rb"WEBVTT(?:[ \t\r\n]|$)", start):
        return VTT
    if _SRT.match(start):
        return SRT
    if start.startswith(b"{\\rtf"):
        return "application/rtf"
    if start.startswith(b"%!PS"):
        return "application/postscript"
    if _looks_like_mail(start.lstrip()):
        return MHTML if _SNAPSHOT.search(_head_of_mail(start.lstrip())) and b"text/html" in data else MAIL
    if suffix in TEXT_SUFFIXES:
        return PLAIN
    words = start.decode("latin-1")
    if _MARKUP.match(words) or suffix in (".html", ".htm", ".xhtml"):
        return HTML
    if re.match(
        r"\s*(?:<\?xml[^>]{0,200}>\s*)?(?:<!--.{0,2000}?-->\s*|<!DOCTYPE svg[^>]{0,300}>\s*)*<svg\b", words, re.S
    ):
        return "image/svg+xml"
    if suffix == ".csv":
        return CSV
    if suffix == ".json" or (words.lstrip()[:1] in "[{" and words.rstrip()[-1:] in "]}" and '"' in words[:200]):
        return JSON if suffix == ".json" else PLAIN
    return PLAIN


def _head_of_mail(data: bytes) -> bytes:
    return re.split(rb"\r?\n\r?\n", data, maxsplit=1)[0]


def _looks_like_mail(data: bytes) -> bool:
    """Whether the first lines are headers as of a mail, at least two of them known ones; prose says "Subject:" once."""
    if not _HEADER.match(data):
        return False
    head = _head_of_mail(data)
    lines = re.sub(rb"\r?\n[ \t]+", b" ", head).splitlines()
    headers = [line for line in lines if re.match(rb"[A-Za-z][\w-]{1,60}:|>?From ", line)]
    known = {match[0].lower() for match in _MAIL_HEADER.finditer(head)}
    return len(known) >= 2 and len(headers) == len(lines)


def _type_by_signature(data: bytes) -> str:
    if data[4:8] == b"ftyp" and data[8:12] in _FILM_BRANDS:
        return _FILM_BRANDS[data[8:12]]
    try:
        found = [match.mime_type for match in puremagic.magic_string(data) if match.mime_type]
    except (puremagic.PureError, ValueError, IndexError, struct.error):
        return OCTETS
    kind = next(iter(found), OCTETS)
    return _ALIASES.get(kind, kind)
