"""Pages that a browser saved in one file: MHTML (RFC 2557), and HTML with its pictures inside.

The first part in HTML is the page; frames and everything else in the file are counted and not read.
"""

import re
from contextlib import suppress
from dataclasses import replace
from typing import Any

from ..web_addresses import AddressIsBroken, web_address
from .article_reading import ArticleReading, NotReadable, Proposal
from .html_pages import decode_page, read_html
from .limited_process import run_limited
from .mails import bytes_of, parse_mail, parts_of, text_of

SECONDS = 20
_DATA_ADDRESS = re.compile(
    rb"data:[a-z]{1,20}/[\w.+-]{1,60}(?:;[\w=.+-]{1,60}){0,4},[A-Za-z0-9+/=%._~!$&*;:@,-]*", re.IGNORECASE
)
MIN_DATA_LENGTH = 200  # bytes; shorter ones cost nothing
# What SingleFile, Chromium and Internet Explorer write at the top of a saved page.
_SAVED_FROM = (
    re.compile(rb"<!--\s*(?:Page saved with SingleFile\s*)?\s*url:\s*(?P<url>https?://[^\s<>\"]{1,2000})"),
    re.compile(rb"<!--\s*saved from url=\(\d{1,5}\)(?P<url>https?://[^\s<>\"]{1,2000})"),
)


def extract(data: bytes) -> dict[str, Any]:
    """Of the bytes of an MHTML file: `page` (its HTML), `url`, and how many `frames` and `others` there are besides."""
    mail = parse_mail(data)
    parts = [part for _, part in parts_of(mail)]
    pages = [part for part in parts if part.get_content_type() in ("text/html", "application/xhtml+xml")]
    if not pages:
        raise NotReadable("The saved page holds no HTML.")
    start = str(mail.get("Content-Type", ""))
    match = re.search(r"start=\"?(<[^>\"]{1,200}>)", start)
    root = next((part for part in pages if match and str(part.get("Content-ID", "")).strip() == match[1]), pages[0])
    page = text_of(root)[0] if root.get_content_charset() else decode_page(bytes_of(root))
    return {
        "page": without_inline_files(page.encode("utf-8", "replace")).decode(),
        "url": " ".join(str(mail.get("Snapshot-Content-Location", "") or root.get("Content-Location", "")).split()),
        "frames": len(pages) - 1,
        "others": len(parts) - len(pages),
    }


def without_inline_files(page: bytes) -> bytes:
    """A page without the pictures, fonts and sounds that stand in it as `data:` addresses."""
    return _DATA_ADDRESS.sub(lambda match: match[0] if len(match[0]) < MIN_DATA_LENGTH else b"data:,", page)


def read_mhtml(data: bytes) -> ArticleReading:
    """The article in a page saved as MHTML. Raises `NotReadable`; `TextIsBroken` as `settle` does."""
    found = run_limited("saved_pages", data, seconds=SECONDS, what="saved page")
    reading = read_html(found["page"])
    unread = []
    if found["frames"]:
        unread.append(f"{found['frames']} frames of the page.")
    if found["others"]:
        unread.append(f"{found['others']} pictures, style sheets and the like.")
    return with_address(replace(reading, unread=unread), found["url"], "address from which the page was saved")


def read_saved_html(data: bytes) -> ArticleReading:
    """The article in an HTML file, which may hold its pictures; where a program noted its address, with that."""
    page = without_inline_files(data)
    unread = ["Pictures and the like inside the page."] if len(page) < len(data) else []
    match = next(filter(None, (pattern.search(page[:5000]) for pattern in _SAVED_FROM)), None)
    address = match["url"].decode("utf-8", "replace") if match else ""
    return with_address(replace(read_html(page), unread=unread), address, "address from which the page was saved")


def with_address(reading: ArticleReading, address: str, rule: str) -> ArticleReading:
    """`reading` with `address` proposed after what the page says itself, if it is one of the web."""
    if not re.match(r"https?://", address):
        return reading
    with suppress(AddressIsBroken):
        return replace(reading, proposals=[*reading.proposals, Proposal("url", web_address(address), 0, rule)])
    return reading
