"""Word processors' documents: DOCX through mammoth, ODT through lxml. What is deleted is counted, not kept."""

import re
from dataclasses import replace
from io import BytesIO
from typing import Any

from ..text import settle
from .article_reading import ArticleReading, NotReadable, Proposal
from .limited_process import run_limited
from .plain_text import read_plain
from .zip_limits import open_zip, read_part

SECONDS = 20
_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_ODT_BLOCKS = frozenset({_TEXT + "p", _TEXT + "h"})
_ODT_APART = frozenset(
    {_TEXT + "tracked-changes", _OFFICE + "annotation", _TEXT + "note-citation", _TEXT + "ruby-text"}
)


def extract(data: bytes, kind: str) -> dict[str, Any]:
    """Of the bytes of a document: its `lines`, `title`, `author`, and what is `unread` of it."""
    return _read_docx(data) if kind == "docx" else _read_odt(data)


def _read_docx(data: bytes) -> dict[str, Any]:
    import mammoth
    from lxml import html

    from .extraction import mark_deletions
    from .markup_lines import lines_of_markup

    packed = open_zip(data, "document")
    names = packed.namelist()
    if "word/document.xml" not in names:
        raise NotReadable("The document is damaged: it has no text part.")
    body = read_part(packed, "word/document.xml", "document")
    _parse_xml(body)
    try:
        shown = mammoth.convert_to_html(BytesIO(data), convert_image=mammoth.images.img_element(lambda image: {})).value
    except Exception as error:  # mammoth lets through whatever zip, XML and its own classes raise
        raise NotReadable("The document is damaged.") from error
    tree = html.document_fromstring(f"<html><body>{shown}</body></html>")
    mark_deletions(tree)
    for label in tree.iter("a"):
        if label.get("href", "").startswith(("#footnote", "#endnote")):
            label.text = ""
    furniture = [name for name in names if re.fullmatch(r"word/(?:header|footer)\d*\.xml", name)]
    has_furniture = any(re.search(rb"<w:t[ >][^<]*[^\s<]", read_part(packed, name, "document")) for name in furniture)
    core = read_part(packed, "docProps/core.xml", "document") if "docProps/core.xml" in names else b""
    return {
        "lines": lines_of_markup(tree),
        "title": _value(core, "title"),
        "author": _value(core, "creator"),
        "unread": _unread(
            has_furniture,
            deletions=len(re.findall(rb"<w:del[ >]", body)),
            comments=len(re.findall(rb"<w:commentReference[ />]", body)),
            pictures=len(re.findall(rb"<(?:w:drawing|w:pict)[ >]", body)),
        ),
    }


def _parse_xml(xml: bytes) -> Any:
    """The root of a part. Raises `NotReadable` where it is no XML, defines entities, or is nested hundreds deep."""
    from lxml import etree

    if b"<!ENTITY" in xml or b"<!DOCTYPE" in xml:
        raise NotReadable("The document is damaged: it defines entities, which no word processor does.")
    try:
        return etree.fromstring(xml, etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False))
    except etree.XMLSyntaxError:
        raise NotReadable("The document is damaged.") from None


def _value(xml: bytes, name: str) -> str:
    import html

    match = re.search(rf"<dc:{name}[^>]*>([^<]{{0,500}})<".encode(), xml)
    return html.unescape(match[1].decode("utf-8", "replace")) if match else ""


def _unread(has_furniture: bool, *, deletions: int, comments: int, pictures: int) -> list[str]:
    found = ["Heads and feet of pages."] if has_furniture else []
    for number, one, several in (
        (deletions, "tracked deletion", "tracked deletions"),
        (comments, "comment", "comments"),
        (pictures, "picture or drawing", "pictures or drawings"),
    ):
        if number:
            found.append(f"{number} {one if number == 1 else several}.")
    return found


def _read_odt(data: bytes) -> dict[str, Any]:
    packed = open_zip(data, "document")
    if b"encryption-data" in (
        read_part(packed, "META-INF/manifest.xml", "document") if "META-INF/manifest.xml" in packed.namelist() else b""
    ):
        raise NotReadable("The document is encrypted: save it without a password first.")
    content = read_part(packed, "content.xml", "document")
    tree = _parse_xml(content)
    body = tree.find(f".//{_OFFICE}text")
    if body is None:
        raise NotReadable("The document is damaged: it has no text part.")
    meta = read_part(packed, "meta.xml", "document") if "meta.xml" in packed.namelist() else b""
    styles = read_part(packed, "styles.xml", "document") if "styles.xml" in packed.namelist() else b""
    return {
        "lines": [line for line in _odt_lines(body) if line],
        "title": _value(meta, "title"),
        "author": _value(meta, "creator"),
        "unread": _unread(
            bool(
                re.search(
                    rb"<style:(?:header|footer)>(?:(?!</style:(?:header|footer)>).){0,5000}?>[^<\s]", styles, re.DOTALL
                )
            ),
            deletions=len(body.findall(f".//{_TEXT}deletion")),
            comments=len(body.findall(f".//{_OFFICE}annotation")),
            pictures=content.count(b"<draw:image "),
        ),
    }


def _odt_lines(body: Any) -> list[str]:
    """The paragraphs, headings, list items and cells of a text in their order, notes after their paragraph."""
    lines: list[str] = []

    def read(element: Any, words: list[str], notes: list[str]) -> None:
        for child in element:
            tag = child.tag
            if tag in _ODT_BLOCKS:
                inner: list[str] = [child.text or ""]
                inner_notes: list[str] = []
                read(child, inner, inner_notes)
                lines.extend(" ".join(line.split()) for line in "".join(inner).split("\n"))
                lines.extend(inner_notes)
            elif tag == _TEXT + "note":
                noted: list[str] = []
                for paragraph in child.iter(_TEXT + "p"):
                    noted.append(" ".join("".join(paragraph.itertext()).split()))
                notes.append(" ".join(noted))
            elif tag == _TEXT + "s" or tag == _TEXT + "tab":
                words.append(" ")
            elif tag == _TEXT + "line-break":
                words.append("\n")
            elif isinstance(tag, str) and tag not in _ODT_APART:
                words.append(child.text or "")
                read(child, words, notes)
            words.append(child.tail or "")

    read(body, [], [])
    return lines


def read_office_document(data: bytes, kind: str) -> ArticleReading:
    """The article in a DOCX or ODT document. Raises `NotReadable`; `TextIsBroken` as `settle` does."""
    found = run_limited("office_documents", data, seconds=SECONDS, what="document", kind=kind)
    text = settle("\n\n".join(found["lines"]))
    if not text.strip():
        raise NotReadable("The document has no text.")
    reading = read_plain(text)
    proposals = list(reading.proposals)
    for field, name in (("headline", "title"), ("byline", "author")):
        if value := " ".join(settle(found[name]).split())[:300]:
            proposals.append(Proposal(field, value, 0, f"{name} in the properties of the file", sure=False))
    return replace(reading, proposals=proposals, unread=found["unread"])
