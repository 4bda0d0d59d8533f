"""One entry of an export: whether it is sound in itself. No database."""

import re
from dataclasses import dataclass

import msgspec

from ..documents import FORMAT, AnyDocument, decode, encode, kind_of
from ..documents.entries import EntryWithoutDocument, digest_of, read_moment
from ..log.validation import AppendRefused, has_nul, validate_reason

# What reading JSON raises: besides its own errors for bytes that are not UTF-8, and for brackets without end.
DECODING_ERRORS = (msgspec.MsgspecError, UnicodeDecodeError, RecursionError)


class ImportRefused(Exception):
    """A file that is not taken in, told in a sentence that says where.

    `reached` is the entry at which the record ends now, where earlier ones of the file were taken in; else None.
    """

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence
        self.reached: int | None = None

    @property
    def outcome(self) -> str:
        """What the import has changed, in a sentence."""
        if self.reached is None:
            return "Nothing was changed."
        return f"What comes before it was taken in: the record ends at {self.reached}."


class RawEntry(EntryWithoutDocument, kw_only=True, frozen=True, forbid_unknown_fields=True):
    """An entry whose document is still the bytes of the file."""

    document: msgspec.Raw


@dataclass(frozen=True, slots=True)
class VerifiedEntry:
    """An entry that is sound in itself: its digest is right, its document is one of ours and canonical.

    `line` holds its bytes, `number` is that of its line in the file, `group` names the list of /export.json in which
    it stands there.
    """

    line: bytes
    number: int
    group: str
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
    def place(self) -> str:
        return f"line {self.number}"

    @property
    def is_erased(self) -> bool:
        return not self.salt


_entry = msgspec.json.Decoder(RawEntry)


def verify_entry(line: bytes, number: int, group: str, format: str) -> VerifiedEntry:
    """The entry that the line holds, once all is right that can be seen in it alone. Raises `ImportRefused`.

    `format` is that of the file: a document holds nothing that came later.
    """
    place = f"line {number}"
    try:
        raw = _entry.decode(line)
    except DECODING_ERRORS as error:
        raise ImportRefused(f"{place}: {describe_error(error, line)}.") from None
    if msgspec.json.encode(raw) != line:
        raise ImportRefused(f"{place} is not written as {FORMAT} writes it.")
    text, document = _decode_document(raw, place, format)
    _check_digest(raw, text, place)
    try:
        read_moment(raw.published_at)
    except ValueError:
        raise ImportRefused(f"{place}: {raw.published_at} is not a valid time.") from None
    return _verified_entry(raw, line, number, group, text, document)


def reread_entry(line: bytes, number: int, group: str) -> VerifiedEntry:
    """The same from a line that `verify_entry` has read before."""
    raw = _entry.decode(line)
    text = None if bytes(raw.document) == b"null" else bytes(raw.document).decode()
    return _verified_entry(raw, line, number, group, text, None if text is None else decode(text))


def _verified_entry(
    raw: RawEntry, line: bytes, number: int, group: str, text: str | None, document: AnyDocument | None
) -> VerifiedEntry:
    return VerifiedEntry(
        line=line,
        number=number,
        group=group,
        seq=raw.seq,
        kind=kind_of(document) if document is not None else raw.kind or "",
        public_id=document.id if document is not None else raw.public_id or "",
        version=raw.version,
        published_at=raw.published_at,
        reason=raw.reason,
        salt=raw.salt,
        digest=raw.digest,
        link=raw.link,
        text=text,
        document=document,
    )


def _decode_document(raw: RawEntry, place: str, format: str) -> tuple[str | None, AnyDocument | None]:
    body = bytes(raw.document)
    if body == b"null":
        if raw.kind is msgspec.UNSET or raw.public_id is msgspec.UNSET:
            raise ImportRefused(f"{place} has no document and does not say of what.")
        return None, None
    if raw.kind is not msgspec.UNSET or raw.public_id is not msgspec.UNSET:
        raise ImportRefused(f"{place} says its kind or id beside the document that says them.")
    try:
        document = decode(body, format)
        text = encode(document)
    except DECODING_ERRORS as error:
        raise ImportRefused(f"{place}, document: {describe_error(error, body)}.") from None
    if text.encode() != body:
        raise ImportRefused(f"{place}: the document is not canonical JSON.")
    if has_nul(text):
        raise ImportRefused(f"{place}: the document holds the character NUL.")
    return text, document


def _check_digest(raw: RawEntry, text: str | None, place: str) -> None:
    if not raw.salt:
        if text is not None or raw.reason:
            raise ImportRefused(f"{place} has no salt: it is erased, and must hold neither document nor reason.")
        return
    try:
        if validate_reason(raw.reason) != raw.reason:
            raise ImportRefused(f"{place}: the reason has space around it.")
    except AppendRefused as error:
        raise ImportRefused(f"{place}: {error.sentence}") from None
    if digest_of(text, raw.reason, raw.salt) != raw.digest:
        raise ImportRefused(f"{place}: the digest does not fit document and reason: they were changed.")


def describe_error(error: Exception, text: bytes) -> str:
    """What is wrong with `text`, in words."""
    sentence = str(error).strip()
    byte: int | None = None
    if isinstance(error, RecursionError):
        sentence = "brackets within brackets without end"
    elif isinstance(error, UnicodeDecodeError):
        sentence, byte = "this is not UTF-8", _first_broken_byte(text)
    elif "truncated" in sentence:
        sentence, byte = "the file breaks off: it was cut off", len(text)
    elif match := re.fullmatch(r"(.*) \(byte ([0-9]+)\)", sentence, re.DOTALL):
        sentence, byte = match[1], int(match[2])
    if byte is not None:
        sentence = f"{sentence} (byte {byte})"
    return sentence[0].lower() + sentence[1:]


def _first_broken_byte(text: bytes) -> int:
    try:
        text.decode()
    except UnicodeDecodeError as error:
        return error.start
    return 0
