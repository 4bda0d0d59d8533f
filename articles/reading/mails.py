"""Mails (RFC 5322): the body, what their headers say, and their attachments, named and not read unless one is chosen.

And pages that browsers saved as one file (MHTML, RFC 2557), which are mails in all but name.
"""

import email
import re
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from email import policy
from email.message import EmailMessage, Message
from email.utils import parseaddr, parsedate_to_datetime
from typing import Any

from ..text import settle, settle_line
from ..web_addresses import AddressIsBroken, web_address
from .article_reading import ArticleReading, Choice, NotReadable, Proposal
from .encodings import read_text
from .html_pages import decode_page
from .limited_process import run_limited
from .plain_text import read_plain

SECONDS = 10
MAX_PARTS, MAX_DEPTH = 500, 20
MAX_SHOWN = 20  # attachments that are named
REPLY = re.compile(r"(?:re|aw|fwd?|wg|tr|sv|vs|antw|rv|ответ)(?:\[\d+\])?\s*:\s*", re.IGNORECASE)


def extract(data: bytes, choose: str = "") -> dict[str, Any]:
    """Of the bytes of a mail: `lines` of its body, `headers`, `attachments`, `unread`; of a chosen part its bytes."""
    mail = parse_mail(data)
    parts = parts_of(mail)
    if choose:
        return {**_chosen_part(parts, choose), "headers": _headers(mail)}
    body, attachments = _body_and_attachments(parts)
    unread = [] if body else ["The mail has no body that can be read."]
    lines: list[str] = []
    if body is not None:
        text, unsure = text_of(body)
        unread += unsure
        lines = _markup_lines(text) if body.get_content_type() == "text/html" else _plain_lines(text)
    if not any(lines) and not attachments:
        raise NotReadable("The mail has no text.")
    return {
        "lines": lines,
        "headers": _headers(mail),
        "attachments": [[number, name, kind, size] for number, name, kind, size in attachments],
        "unread": unread,
        "signed": any(part.get_content_type() == "application/pgp-encrypted" for _, part in parts),
    }


def parse_mail(data: bytes) -> EmailMessage:
    """The mail in `data`. The standard library takes quadratic time for parts nested deep: refused before that."""
    if len(re.findall(rb"boundary\s*=", data)) > MAX_PARTS:
        raise NotReadable(f"The mail has more than {MAX_PARTS} parts.")
    return email.message_from_bytes(data, policy=policy.default)


def parts_of(mail: Message) -> list[tuple[str, Any]]:
    """(key, part) of each part that holds no others, as "1.2"; mails attached to a mail are parts themselves."""
    return list(_parts(mail, 0))


def _parts(mail: Message, depth: int, key: str = "") -> Iterator[tuple[str, Any]]:
    if depth > MAX_DEPTH:
        raise NotReadable(f"The mail is nested more than {MAX_DEPTH} deep.")
    if mail.is_multipart() and mail.get_content_maintype() == "multipart":
        inside = mail.get_payload()
        if len(inside) > MAX_PARTS:
            raise NotReadable(f"The mail has more than {MAX_PARTS} parts.")
        for number, part in enumerate(inside, start=1):
            yield from _parts(part, depth + 1, f"{key}.{number}".lstrip("."))
    else:
        yield key or "1", mail


def _body_and_attachments(parts: list[tuple[str, EmailMessage]]) -> tuple[Any, list[tuple[str, str, str, int]]]:
    """The plainest body that holds words, and what is attached: (key, name, media type, bytes)."""
    bodies = [
        (key, part)
        for key, part in parts
        if part.get_content_type() in ("text/plain", "text/html")
        and part.get_content_disposition() != "attachment"
        and not part.get_filename()
    ]
    with_words = [(key, part) for key, part in bodies if bytes_of(part).strip()]
    plain = [(key, part) for key, part in with_words if part.get_content_type() == "text/plain"]
    best: tuple[str, Any] = next(iter(plain or with_words), ("", None))
    # Beside a plain body that only says “see the other part” the other part is read.
    pages = [(key, part) for key, part in with_words if part.get_content_type() == "text/html"]
    if plain and pages and len(bytes_of(best[1])) < 120 and len(bytes_of(pages[0][1])) > 2000:
        best = pages[0]
    skipped = {key for key, _ in bodies}
    attachments = [
        (key, _name_of(part), part.get_content_type(), len(bytes_of(part)))
        for key, part in parts
        if key not in skipped and not (part.get("Content-ID") and part.get_content_maintype() == "image")
    ]
    return best[1], attachments


def bytes_of(part: Message) -> bytes:
    """The bytes of a part, decoded; of a mail that is attached, the mail."""
    if part.get_content_type() == "message/rfc822":
        inside: Any = part.get_payload()
        return inside[0].as_bytes() if isinstance(inside, list) and inside else b""
    payload = part.get_payload(decode=True)
    return payload if isinstance(payload, bytes) else b""


def _name_of(part: Message) -> str:
    with suppress(Exception):  # the standard library raises what it likes for broken headers
        name = part.get_filename()
        if not name and part.get_content_type() == "message/rfc822":
            inside: Any = part.get_payload()
            name = f"{inside[0].get('Subject', '')}.eml"
        return " ".join((name or "").replace("\x00", "").split())[:200]
    return ""


def text_of(part: Any) -> tuple[str, list[str]]:
    """The text of a part by the encoding it declares, where its bytes are valid in that; else as any text."""
    data = bytes_of(part)
    declared = str(part.get_content_charset() or "")
    if part.get_content_type() == "text/html" and not declared:
        with suppress(NotReadable):
            return decode_page(data), []
    if not data.isascii():  # ISO-2022-JP and HZ are
        with suppress(UnicodeDecodeError):
            return data.decode("utf-8"), []
    with suppress(LookupError, UnicodeDecodeError):
        return data.decode({"iso-8859-1": "cp1252", "us-ascii": "cp1252"}.get(declared, declared)), []
    return read_text(data)


def _markup_lines(text: str) -> list[str]:
    from .extraction import parse_page
    from .markup_lines import lines_of_markup

    return lines_of_markup(parse_page(text.replace("\x00", "")))


def _plain_lines(text: str) -> list[str]:
    """The lines of a plain body; those that were folded at 72 signs are put together where the mail says so (RFC 3676)
    or all of them are that short.
    """
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    blocks = re.split(r"\n[ \t]*\n", text)
    found: list[str] = []
    for block in blocks:
        lines = [line for line in block.split("\n") if line.strip()]
        is_folded = len(lines) > 1 and all(45 <= len(line) <= 80 for line in lines[:-1]) and len(lines[-1]) <= 80
        found += [" ".join(line.strip() for line in lines)] if is_folded else lines
        found.append("")
    return found


def _headers(mail: Message) -> dict[str, str]:
    return {name: _header(mail, name) for name in ("Subject", "From", "Date", "Archived-At", "List-Id")}


def _header(mail: Message, name: str) -> str:
    with suppress(Exception):  # the standard library raises what it likes for broken headers
        return " ".join(str(mail.get(name, "")).split())[:500]
    return ""


def _chosen_part(parts: list[tuple[str, EmailMessage]], choose: str) -> dict[str, Any]:
    import base64

    part = next((part for key, part in parts if key == choose), None)
    if part is None:
        raise NotReadable(f"The mail has no part {choose[:20]}.")
    return {"part": base64.b64encode(bytes_of(part)).decode(), "name": _name_of(part)}


def read_mail(data: bytes) -> ArticleReading:
    """The body of a mail, with what its headers propose; its attachments are offered. Raises `NotReadable`."""
    found = run_limited("mails", data, seconds=SECONDS, what="mail")
    if found["signed"]:
        raise NotReadable("The mail is encrypted.")
    text = settle("\n\n".join(line for line in found["lines"] if line.strip()))
    attachments = [(key, name or "without a name", kind, size) for key, name, kind, size in found["attachments"]]
    choices = [Choice(key, f"attachment “{name}” ({kind})") for key, name, kind, _ in attachments]
    if not text.strip():
        raise NotReadable("The mail has no body that can be read.")
    reading = read_plain(text)
    unread = [f"Attachment “{name}”: {kind}, {size:,} bytes." for _, name, kind, size in attachments[:MAX_SHOWN]]
    if len(attachments) > MAX_SHOWN:
        unread.append(f"{len(attachments) - MAX_SHOWN} more attachments.")
    headers = _header_proposals(found["headers"])
    proposals = headers + [
        proposal for proposal in reading.proposals if not (proposal.field == "headline" and not proposal.value)
    ]
    return replace(reading, proposals=proposals, unread=unread + found["unread"], choices=choices[:MAX_SHOWN])


def part_of_mail(data: bytes, choose: str) -> tuple[bytes, str, list[Proposal]]:
    """The bytes and the name of the part with the key `choose`, and what the headers of the mail propose.

    Raises `NotReadable`.
    """
    import base64

    found = run_limited("mails", data, seconds=SECONDS, what="mail", choose=choose)
    return base64.b64decode(found["part"]), found["name"], _header_proposals(found["headers"])


def _header_proposals(headers: dict[str, str]) -> list[Proposal]:
    """What a mail says of itself. Who sends it need not have written it, and what is forwarded is older: never sure."""
    found = []
    subject = settle_line(REPLY.sub("", headers["Subject"]).replace("\x00", ""), "subject")
    is_forwarded = REPLY.match(headers["Subject"]) is not None
    if subject:
        found.append(Proposal("headline", subject[:300], 0, "subject of the mail", sure=not is_forwarded))
    name, address = parseaddr(headers["From"])
    if name:
        found.append(Proposal("byline", settle_line(name, "sender")[:300], 0, "sender of the mail", sure=False))
    if "@" in address:
        host = address.rpartition("@")[2]
        found.append(Proposal("outlet", settle_line(host, "sender")[:200], 0, "sender's address", sure=False))
    with suppress(ValueError, TypeError, IndexError, OverflowError):
        day = parsedate_to_datetime(headers["Date"]).date().isoformat()
        found.append(Proposal("published", day, 0, "date of the mail", sure=False))
    with suppress(AddressIsBroken):
        if address := web_address(headers["Archived-At"].strip("<> ")):
            found.append(Proposal("url", address, 0, "address of the mail in its archive"))
    return found
