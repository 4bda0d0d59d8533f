"""All that can be read in the bytes of an original, for looking for names in it: more than its text."""

import email
import email.policy
import gzip
import html
import zipfile
from collections.abc import Iterator
from contextlib import suppress
from io import BytesIO
from itertools import islice

from .intake_files import ChoiceIsNeeded
from .models import Original
from .original_readings import reading_of_bytes, texts_of_reading
from .reading.zip_limits import BROKEN_ZIP
from .uploaded_tables import FileIsBroken

MAX_MEMBERS = 1000  # of an archive
MAX_MEMBER_BYTES = 20_000_000  # that are unpacked of each
MAX_CHOICES = 100  # pages or parts that are read
MAX_DEPTH = 3  # of archives and mails in one another


def texts_in(original: Original, data: bytes) -> Iterator[bytes]:
    """Everything in `data` that may be words, as UTF-8: the bytes themselves, unpacked and decoded, and their reading.

    Raises `FileIsBroken` at the end where no reader can read them, so that something may be left unseen.
    """
    yield from decoded_parts(data)
    yield from _readings(original, data)


def decoded_parts(data: bytes, depth: int = 0) -> Iterator[bytes]:
    """The bytes, and what they hold as a mail or an archive: headers and parts decoded, members unpacked."""
    yield data
    with suppress(UnicodeDecodeError):
        text = data.decode()
        if "&" in text:
            yield html.unescape(text).encode("utf-8", "replace")
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        yield data.decode("utf-16", "replace").encode()
    if depth >= MAX_DEPTH:
        return
    for part in [*_mail_parts(data), *_members(data)]:
        yield from decoded_parts(part, depth + 1)


def _mail_parts(data: bytes) -> Iterator[bytes]:
    head = data[:4000].lower()
    if b"content-type:" not in head and b"subject:" not in head and b"from:" not in head:
        return
    message = email.message_from_bytes(data, policy=email.policy.default)
    for part in islice(message.walk(), MAX_MEMBERS):
        for name in part:
            with suppress(Exception):  # the standard library fails in many ways on broken headers
                yield str(part[name]).encode("utf-8", "replace")
        content = part.get_payload(decode=True)
        if isinstance(content, bytes):
            with suppress(LookupError):
                yield content.decode(part.get_content_charset() or "utf-8", "replace").encode()
            yield content


def _members(data: bytes) -> Iterator[bytes]:
    if data.startswith(b"PK\x03\x04"):
        with suppress(*BROKEN_ZIP), zipfile.ZipFile(BytesIO(data)) as archive:
            for entry in archive.infolist()[:MAX_MEMBERS]:
                yield entry.filename.encode("utf-8", "replace")
                with suppress(*BROKEN_ZIP), archive.open(entry) as member:
                    yield member.read(MAX_MEMBER_BYTES)
    elif data.startswith(b"\x1f\x8b"):
        with suppress(*BROKEN_ZIP), gzip.open(BytesIO(data)) as member:
            yield member.read(MAX_MEMBER_BYTES)


def _readings(original: Original, data: bytes) -> Iterator[bytes]:
    try:
        reading = reading_of_bytes(original, data)
        choices = reading.choices
    except ChoiceIsNeeded as needed:
        reading, choices = None, needed.choices
    for choice in [None, *choices[:MAX_CHOICES]]:
        if choice is not None:
            try:
                reading = reading_of_bytes(original, data, choice.key)
            except FileIsBroken:
                continue
        if reading is not None:
            yield "\n".join(texts_of_reading(reading)).encode("utf-8", "replace")
