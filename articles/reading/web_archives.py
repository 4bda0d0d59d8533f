"""Web archives: WARC (ISO 28500), packed or not, and WACZ, which is a ZIP of them. One page of them is read."""

import io
import re
import zlib
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from .article_reading import ArticleReading, Choice, ChoiceIsNeeded, NotReadable
from .html_pages import MAX_PAGE_SIZE, read_html
from .limited_process import run_limited
from .saved_pages import with_address, without_inline_files
from .zip_limits import open_zip, read_part

SECONDS = 30
MAX_RECORDS = 50_000
MAX_PAGES = 200  # that are offered
MAX_UNPACKED = 300_000_000  # bytes of an archive, with what is passed over
_TITLE = re.compile(rb"<title[^>]{0,100}>\s*([^<]{1,200})", re.IGNORECASE)


def extract(data: bytes, choose: str = "", kind: str = "warc") -> dict[str, Any]:
    """The one page of an archive, or the one with the address `choose`: its bytes (in base64), `url`, and `others`."""
    import base64

    pages, others = _pages_of(data, kind)
    if not pages:
        raise NotReadable("The web archive holds no HTML page that was answered with success.")
    if choose:
        page = pages.get(choose)
        if page is None:
            raise NotReadable(f"The web archive holds no page {choose[:200]}.")
        url = choose
    elif len(pages) == 1:
        [(url, page)] = pages.items()
    else:
        choices = [Choice(address, _label(address, page)) for address, page in list(pages.items())[:MAX_PAGES]]
        raise ChoiceIsNeeded(f"The web archive holds {len(pages)} pages: choose one.", choices)
    return {
        "page": base64.b64encode(page).decode(),
        "url": url,
        "others": others,
        "pages": [[address, _label(address, other)] for address, other in pages.items() if address != url][:MAX_PAGES],
    }


def _label(address: str, page: bytes) -> str:
    import html

    title = _TITLE.search(page[:20_000])
    words = " ".join(html.unescape(title[1].decode("utf-8", "replace")).split()) if title else ""
    return f"{words} ({address})" if words else address


def _pages_of(data: bytes, kind: str) -> tuple[dict[str, bytes], int]:
    """The pages by address, the last answer for each, and how many other answers there are."""
    from warcio.exceptions import ArchiveLoadFailed

    pages: dict[str, bytes] = {}
    others = 0
    try:
        for address, page in _answers(data, kind):
            if page is None:
                others += 1
            else:
                pages[address] = page
    except (ArchiveLoadFailed, zlib.error, EOFError, OSError, ValueError, KeyError) as error:
        if isinstance(error, NotReadable):
            raise
        if not pages:
            raise NotReadable("The web archive is damaged.") from None
    return pages, others


def _answers(data: bytes, kind: str) -> Iterator[tuple[str, bytes | None]]:
    """(address, bytes of the page or None) of each answer of an archive."""
    if kind == "wacz":
        packed = open_zip(data, "web archive")
        for name in packed.namelist():
            if re.fullmatch(r"archive/[^/]+\.warc(?:\.gz)?", name):
                yield from _records(read_part(packed, name, "web archive"))
    else:
        yield from _records(data)


def _records(data: bytes) -> Iterator[tuple[str, bytes | None]]:
    from warcio.archiveiterator import ArchiveIterator

    _refuse_bomb(data)
    for number, record in enumerate(ArchiveIterator(io.BytesIO(data))):
        if number > MAX_RECORDS:
            raise NotReadable(f"The web archive has more than {MAX_RECORDS:,} records.")
        if record.rec_type not in ("response", "resource"):
            continue
        address = (record.rec_headers.get_header("WARC-Target-URI") or "").strip("<>")
        headers = record.http_headers
        kind = (headers or record.rec_headers).get_header("Content-Type", "") or ""
        is_page = kind.split(";")[0].strip().lower() in ("text/html", "application/xhtml+xml")
        if not is_page or not re.match(r"https?://", address):
            yield address, None
            continue
        if headers and not headers.get_statuscode().startswith("2"):
            continue
        page = without_inline_files(record.content_stream().read(4 * MAX_PAGE_SIZE))
        charset = re.search(r"charset=\"?([\w-]{1,40})", kind)
        yield address, _in_utf8(page, charset[1] if charset else "")


def _in_utf8(page: bytes, charset: str) -> bytes:
    """A page in the encoding that its answer stated and the page itself may not; what states none is left as it is."""
    try:
        page.decode("utf-8")
        return page
    except UnicodeDecodeError:
        try:
            return b"\xef\xbb\xbf" + page.decode({"iso-8859-1": "cp1252"}.get(charset.lower(), charset)).encode()
        except (LookupError, UnicodeDecodeError):
            return page


def _refuse_bomb(data: bytes) -> None:
    """Unpacks a packed archive once without keeping it, and refuses one that unpacks without end."""
    if not data.startswith(b"\x1f\x8b"):
        return
    size, rest = 0, data
    while rest.startswith(b"\x1f\x8b"):
        member = zlib.decompressobj(31)
        chunk = member.decompress(rest, 1_000_000)
        while True:
            size += len(chunk)
            if size > MAX_UNPACKED:
                raise NotReadable("The web archive is too large when it is unpacked.")
            if member.eof or not member.unconsumed_tail:
                break
            chunk = member.decompress(member.unconsumed_tail, 1_000_000)
        if not member.eof:
            return  # cut off: what is whole before the end is read
        rest = member.unused_data


def read_web_archive(data: bytes, choose: str, kind: str = "warc") -> ArticleReading:
    """The article on a page of a web archive. Raises `ChoiceIsNeeded` where there are several, `NotReadable`."""
    import base64

    found = run_limited("web_archives", data, seconds=SECONDS, what="web archive", choose=choose, kind=kind)
    reading = read_html(base64.b64decode(found["page"]))
    unread = []
    if found["pages"]:
        unread.append(f"{len(found['pages'])} other pages of the archive.")
    if found["others"]:
        unread.append(f"{found['others']} pictures, style sheets and the like.")
    choices = [Choice(address, label) for address, label in found["pages"]]
    reading = replace(reading, unread=unread, choices=choices)
    return with_address(reading, found["url"], "address at which the page was archived")
