"""The lines that markup shows, block by block: for documents that have no clutter to be told from their text."""

import re
from collections.abc import Iterator
from typing import Any

_HIDDEN = frozenset({"script", "style", "head", "title", "template", "noscript", "svg", "math", "object"})
_BLOCKS = frozenset(
    "p h1 h2 h3 h4 h5 h6 ul ol li dl dt dd table tbody thead tfoot tr div section article main header footer nav aside "  # noqa: SIM905
    "figure figcaption blockquote pre form center hr address body html caption".split()
)
_CELLS = frozenset({"td", "th"})
_BREAK, _CELL = "\n", "\t"
_INVISIBLE_STYLE = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)


def lines_of_markup(tree: Any) -> list[str]:
    """The lines of text below an element of lxml, without what is not shown."""
    text = "".join(_parts(tree))
    found = []
    for line in text.split(_BREAK):
        cells = [" ".join(cell.split()) for cell in line.split(_CELL)]
        if shown := " | ".join(cell for cell in cells if cell):
            found.append(shown)
    return found


def _parts(tree: Any) -> Iterator[str]:
    from lxml import etree

    hidden = 0
    for event, element in etree.iterwalk(tree, events=("start", "end", "comment", "pi")):
        if event in ("comment", "pi"):
            yield "" if hidden else _spaced(element.tail)
            continue
        tag = element.tag if isinstance(element.tag, str) else ""
        is_hidden = tag in _HIDDEN or bool(_INVISIBLE_STYLE.search(element.get("style", "")[:500]))
        if event == "start":
            hidden += is_hidden
            if tag in _BLOCKS or tag == "br":
                yield _BREAK
            if not hidden:
                yield element.text or "" if tag == "pre" else _spaced(element.text)
            continue
        hidden -= is_hidden
        if tag in _BLOCKS:
            yield _BREAK
        elif tag in _CELLS:
            yield _CELL
        if not hidden and element is not tree:
            yield _spaced(element.tail)


def _spaced(text: str | None) -> str:
    return re.sub(r"\s+", " ", text or "")
