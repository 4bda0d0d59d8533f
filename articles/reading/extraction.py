"""What trafilatura finds in an HTML page. Run in the limited process, by html_pages.py alone."""

import re
from collections import Counter
from typing import Any

from ..page_markup import observe

LINE_BREAK = "\u2028"  # in no settled text
MAX_OUTSIDE_LINES = 300  # lines of what the page shows besides, at most
BLOCK_TAGS = tuple(
    "p h1 h2 h3 h4 h5 h6 ul ol li dl dt dd table tbody tr td th div section article main header footer nav aside "  # noqa: SIM905
    "figure figcaption blockquote form label".split()
)


def extract(page: bytes) -> dict:
    """Of a page in UTF-8: `text`, what its metadata say, what was `observed` in its markup, and what is `outside`."""
    from trafilatura import bare_extraction
    from trafilatura.settings import Document
    from trafilatura.utils import load_html

    html = page.decode()
    tree = load_html(html)
    if tree is not None:
        mark_deletions(tree)
        unfold_layout_tables(tree)
        gather_bare_paragraphs(tree)
    found = bare_extraction(tree, with_metadata=True, include_comments=False, include_tables=True, include_links=False)
    text = (found.text or "") if isinstance(found, Document) else ""
    page = parse_page(html)
    mark_deletions(page)
    return {
        "text": text,
        **{name: str(getattr(found, name, None) or "") for name in ("author", "date", "url", "sitename")},
        "observed": observe(page),
        "outside": lines_left_out(page, text),
    }


def parse_page(html: str) -> Any:
    from lxml import html as lxml_html

    # lxml-stubs know nothing of what elements of HTML have beyond others.
    return lxml_html.document_fromstring(html.encode(), parser=lxml_html.HTMLParser(encoding="utf-8"))


def mark_deletions(tree: Any) -> None:
    """Says in words what the page strikes through, so that "ninety nineteen" is not read where ninety was deleted."""
    for deletion in list(tree.iter("del", "s", "strike")):
        if next(deletion.iterancestors("del", "s", "strike"), None) is None:
            blocks = [block for block in deletion.iter("p", "li", "h1", "h2", "h3") if len(block.text_content()) < 5000]
            for struck in blocks or [deletion]:
                _bracket(struck)
    for mark in list(tree.iter("del", "s", "strike", "ins")):
        mark.tag = "span"  # dropping thousands of siblings takes quadratic time


def _bracket(struck: Any) -> None:
    if not struck.text_content().strip():
        return
    struck.text = "[struck through: " + (struck.text or "").lstrip()
    if len(struck):
        struck[-1].tail = (struck[-1].tail or "").rstrip() + "]"
    else:
        struck.text = struck.text.rstrip() + "]"


def unfold_layout_tables(tree: Any) -> None:
    """Makes plain blocks of tables that only arrange a page: those with a cell of several paragraphs, or said to."""
    paragraphs = Counter(next(paragraph.iterancestors("td", "table"), None) for paragraph in tree.iter("p"))
    layout = {table for table in tree.iter("table") if table.get("role") in ("presentation", "none")}
    for cell in (cell for cell, count in paragraphs.items() if cell is not None and count >= 3 and cell.tag == "td"):
        layout |= set(cell.iterancestors("table"))
    for part in list(tree.iter("table", "tbody", "thead", "tr", "td", "th")):
        if (part if part.tag == "table" else next(part.iterancestors("table"), None)) in layout:
            part.set("data-was", part.tag)
    for part in list(tree.iter("table", "tbody", "thead", "tr", "td", "th")):
        if part.attrib.pop("data-was", ""):
            part.tag = "div"


def gather_bare_paragraphs(tree: Any) -> None:
    """Puts an article that stands directly in the body into an element: lists outside any are taken for navigation."""
    body = tree.find("body")
    if body is None or body.find(".//article") is not None or body.find(".//main") is not None:
        return
    children = list(body)
    own = [place for place, child in enumerate(children) if child.tag in ("h1", "h2", "p")]
    if sum(children[place].tag == "p" for place in own) < 2:
        return
    after = children[own[-1] + 1 : own[-1] + 2]
    last = own[-1] + any(child.tag in ("ul", "ol", "dl", "blockquote", "table") for child in after)
    children = children[own[0] : last + 1]
    article = body.makeelement("article")
    body.insert(own[0], article)
    article.extend(children)


def lines_left_out(tree: Any, text: str) -> list[str]:
    """The lines that the page shows and the article does not have, each once. Changes the tree."""
    for hidden in tree.xpath("//script|//style|//noscript|//template|//head|//svg|//comment()"):
        hidden.drop_tree() if hidden.getparent() is not None else None
    for line_break in tree.iter("br"):
        line_break.tail = LINE_BREAK + (line_break.tail or "")
    kept, lines = re.sub(r"\s+", "", text), dict[str, None]()
    for block in tree.iter(*BLOCK_TAGS):
        own = [block.text or ""]
        for child in block:
            if child.tag not in BLOCK_TAGS:
                own.append(child.text_content())
            own.append(child.tail or "")
        for line in (" ".join(part.split()) for part in "".join(own).split(LINE_BREAK)):
            if line and len(line) <= 2000 and re.sub(r"\s+", "", line) not in kept:
                lines.setdefault(line)
        if len(lines) >= MAX_OUTSIDE_LINES:
            break
    return list(lines)
