"""The article in a PDF, with the page of every word; what is on it besides is set apart and said."""

from contextlib import suppress
from dataclasses import replace
from typing import Any

from ..text import settle
from ..web_addresses import AddressIsBroken, web_address
from .article_reading import ArticleReading, NotReadable, Place, Proposal
from .limited_process import run_limited
from .pdf_characters import read_contents
from .pdf_layout import addresses_in, in_reading_order, paragraphs_of, set_apart_furniture
from .plain_text import read_plain
from .text_pieces import text_of_pieces

SECONDS = 30  # of the processor; a hundred full pages take about two
MIN_LETTERS = 20  # fewer are what a scanner stamps on its pictures
MAX_UNREADABLE = 0.1  # of all characters
MAX_FURNITURE = 300  # lines that are kept


def extract(data: bytes) -> dict[str, Any]:
    """Of the bytes of a PDF: `paragraphs` of [words, page], `furniture` lines, `properties`, `addresses`, `unread`."""
    contents = read_contents(data)
    lines, furniture = set_apart_furniture(contents.lines)
    pages: dict[int, list] = {}
    for line in lines:
        pages.setdefault(line.page, []).append(line)
    ordered = [line for number in sorted(pages) for line in in_reading_order(pages[number])]
    letters = "".join(line.text for line in ordered)
    if contents.sideways > 4 * len(letters):
        raise NotReadable("Nearly all letters of the PDF are set aslant or in all directions: it is a drawing.")
    if sum(map(str.isalnum, letters)) < MIN_LETTERS:
        raise NotReadable(
            f"The PDF has no text, only pictures of {_count(contents.pages, 'page')}: it was scanned. Run a program "
            "that recognises letters (OCR) over it first."
        )
    unreadable = sum(c == "\ufffd" or "\ue000" <= c <= "\uf8ff" or (c < " " and c not in "\t\n") for c in letters)
    if unreadable > MAX_UNREADABLE * len(letters):
        raise NotReadable("The PDF does not say which letters its signs stand for: print it anew, or paste its text.")
    return {
        "paragraphs": paragraphs_of(ordered),
        "furniture": [line.text for line in furniture[:MAX_FURNITURE]],
        "properties": contents.properties,
        "addresses": addresses_in(furniture)[:1],
        "unread": _unread(contents.pages_without_text, contents.sideways, contents.attachments, unreadable),
    }


def _unread(pages: list[int], sideways: int, attachments: int, unreadable: int) -> list[str]:
    found = []
    if pages:
        shown = ", ".join(map(str, pages[:20])) + (" and more" if len(pages) > 20 else "")
        found.append(f"No text on {'page' if len(pages) == 1 else 'pages'} {shown}: a picture, or nothing at all.")
    if sideways:
        found.append(f"{_count(sideways, 'letter')} set sideways or aslant.")
    if attachments:
        found.append(f"{_count(attachments, 'file')} attached to the PDF.")
    if unreadable:
        found.append(f"{_count(unreadable, 'sign')} of which the PDF does not say what letter it is.")
    return found


def _count(number: int, noun: str) -> str:
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def read_pdf(data: bytes) -> ArticleReading:
    """The article in a PDF, each word with its page. Raises `NotReadable`; `TextIsBroken` as `settle` does."""
    found = run_limited("pdf_files", data, seconds=SECONDS, what="PDF")
    text, places = text_of_pieces(
        [(words, Place(0, 0, page=page)) for words, page in paragraph] for paragraph in found["paragraphs"]
    )
    reading = read_plain(text, places)
    furniture = [[0, "head or foot of a page", settle(line)] for line in found["furniture"]]
    return replace(
        reading,
        removed=reading.removed + furniture,
        proposals=reading.proposals + _proposals(found),
        unread=found["unread"],
    )


def _proposals(found: dict[str, Any]) -> list[Proposal]:
    proposals = []
    for address in found["addresses"]:
        with suppress(AddressIsBroken):
            proposals.append(Proposal("url", web_address(address), 0, "address at the foot of the printed page"))
    for field, name in (("headline", "Title"), ("byline", "Author")):
        if value := settle(found["properties"].get(name, ""))[:300]:
            proposals.append(Proposal(field, value, 0, f"{name.lower()} in the properties of the file", sure=False))
    return proposals
