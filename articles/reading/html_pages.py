"""A saved HTML page: its article through trafilatura, what the page's metadata say, and what was left out.

Extraction runs in a process of its own with limits of time and memory: a page of a few megabytes made for the purpose
keeps an extractor busy for a minute, and a thread of the desk cannot be stopped. Nothing is fetched.
"""

import codecs
import re
from contextlib import suppress
from dataclasses import replace
from datetime import date

from ..page_markup import Observations
from ..text import settle
from ..web_addresses import AddressIsBroken, web_address
from .article_reading import ArticleReading, NotReadable, Proposal
from .field_proposals import BESIDE_THE_TEXT, DATE_LINE_RULE
from .limited_process import ProcessFailed, run_limited
from .page_bylines import byline_proposals
from .page_days import published_proposals
from .page_fields import PageFields, fold_words
from .page_headlines import TITLE_ALONE, headline_proposals
from .page_languages import language_proposals
from .plain_text import read_plain

MAX_PAGE_SIZE = 5_000_000  # bytes; the pages of newspapers have 0.1 to 1 million
TIMEOUT_SECONDS = 20
_DECLARED_ENCODING = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w:.-]{1,40})", re.IGNORECASE)
_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
# What browsers read instead of these names: WHATWG Encoding Standard, section 4.2.
_ENCODING_ALIASES = {
    "iso-8859-1": "cp1252",
    "latin-1": "cp1252",
    "latin1": "cp1252",
    "us-ascii": "cp1252",
    "ascii": "cp1252",
}
_ENCODING_ALIASES |= {"gb2312": "gb18030", "gbk": "gb18030", "iso-8859-9": "cp1254"}
_TEXT_CODECS = re.compile(
    r"(?:utf|cp|windows|iso|koi|gb|big5|euc|shift|mac|hz|johab|tis|ascii|latin|us-ascii|kz|ptcp)", re.I
)


class PageIsBroken(NotReadable):
    """Not a page from which an article can be read, told in a sentence."""


def decode_page(page: bytes) -> str:
    """The text of an HTML file, by its byte-order mark, else the encoding it declares, else UTF-8; never guessed.

    A file that is valid UTF-8 beyond ASCII is UTF-8 whatever it declares: programs that save pages convert them and
    leave the declaration, and text in another encoding is hardly ever valid UTF-8 (RFC 3629, section 1).
    """
    if not (encoding := next((name for bom, name in _BOMS if page.startswith(bom)), "")):
        if not page.isascii():
            with suppress(UnicodeDecodeError):
                return page.decode("utf-8")
        declared = _DECLARED_ENCODING.search(page[:4096])
        label = declared[1].decode("ascii", "replace").lower() if declared else "utf-8"
        encoding = _ENCODING_ALIASES.get(label, label)
        # Any other codec of Python ("zip", "rot13") has no business in a page.
        if not _TEXT_CODECS.match(encoding):
            raise PageIsBroken(f"The page declares an unknown encoding: “{label}”.")
    try:
        return page.decode(encoding)
    except LookupError:
        raise PageIsBroken(f"The page declares an unknown encoding: “{encoding}”.") from None
    except UnicodeError as error:
        at = f" (byte {error.start})" if isinstance(error, UnicodeDecodeError) else ""
        raise PageIsBroken(f"The page is not valid {encoding}{at}.") from None


def read_html(page: bytes | str) -> ArticleReading:
    """The article in an HTML page, as `read_plain` gives it, with proposals from the page's metadata first.

    The headline is the first line of the text, as in a text that was saved from the page. What the page shows besides
    is among the removed lines, numbered 0. Raises `PageIsBroken` for a page that is too large, takes longer than 20
    seconds, is in another encoding than it says, or holds no article; `TextIsBroken` as `settle` does.
    """
    if len(page) > MAX_PAGE_SIZE:
        raise PageIsBroken(f"The page has {len(page):,} bytes; the limit is {MAX_PAGE_SIZE:,}.")
    html = decode_page(page) if isinstance(page, bytes) else page
    if not re.search(r"<\s*(?:!doctype|html|head|body|p|div|article|h1|main|section|table)\b", html, re.IGNORECASE):
        raise PageIsBroken("This is not an HTML page.")
    found = _run_extraction(settle(html))
    text = found["text"].strip()
    if not text:
        raise PageIsBroken("No article was found in the page.")
    text = "\n\n".join(line for line in text.split("\n") if line.strip())
    fields = PageFields(Observations.from_json(found["observed"]), found["sitename"])
    headlines = headline_proposals(fields)
    if not any(headline.rule != TITLE_ALONE or headline.value in text for headline in headlines):
        # Nothing but the title of the window, which the page does not print: often that of the site.
        first = next(p.value for p in read_plain(text).proposals if p.field == "headline")
        if first and not first.lower().startswith("by ") and fold_words(first) not in fields.site_keys:
            headlines = [Proposal("headline", first, 0, "the first line, above the text", sure=False), *headlines]
    headline = headlines[0].value if headlines else ""
    if headline and not text.startswith(headline):
        text = f"{headline}\n\n{text}"
    reading = read_plain(text)
    outside = [[0, "outside the article", line] for line in found["outside"]]
    lines = [*found["outside"], *text.split("\n")[:20], *(line for _, _, line in reading.removed)]
    # The first line of the text is what was put there: it speaks for nothing. Nor do the lines that were taken out.
    of_text = [
        replace(proposal, sure=proposal.sure and proposal.rule not in (*BESIDE_THE_TEXT, DATE_LINE_RULE))
        for proposal in reading.proposals
        if proposal.field != "headline" or not headline
    ]
    proposals = headlines + _metadata_proposals(found, fields, lines, reading.text) + of_text
    return ArticleReading(reading.text, reading.removed + outside, proposals, places=reading.places)


def _run_extraction(html: str) -> dict:
    try:
        return run_limited("extraction", html.encode(), seconds=TIMEOUT_SECONDS, what="page")
    except ProcessFailed as failure:
        raise PageIsBroken(str(failure)) from None


def _metadata_proposals(found: dict, page: PageFields, lines: list[str], text: str) -> list[Proposal]:
    """What the page says of its article by its markup, but for the headline."""
    proposals = byline_proposals(page, lines, found["author"])
    proposals += published_proposals(page, lines, found["date"], date.today())
    proposals += language_proposals(page, text)
    if name := " ".join(found["sitename"].split())[:200]:
        sure = fold_words(name) in map(fold_words, page.said_sites)
        proposals.append(Proposal("outlet", name, 0, "site name in the page's metadata", sure))
    with suppress(AddressIsBroken):
        if address := web_address(found["url"]):
            proposals.append(Proposal("url", address, 0, "canonical address of the page"))
    return proposals
