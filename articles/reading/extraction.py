"""Reads an HTML page from standard input and writes what trafilatura finds in it as JSON. Run by html_pages.py alone.

Stands alone, so that it can run as a script with no settings, no database and no path of the project.
"""

import json
import re
import sys
from typing import Any

MEMORY_LIMIT = 2 * 1024**3
MAX_OUTSIDE_LINES = 300  # lines of what the page shows besides, at most
BLOCK_TAGS = tuple(
    "p h1 h2 h3 h4 h5 h6 ul ol li dl dt dd table tbody tr td th div section article main header footer nav aside "  # noqa: SIM905
    "figure figcaption blockquote form label".split()
)


def limit_resources(seconds: int) -> None:
    """The kernel ends this process when it needs more; where it has no such limits the caller's timeout still does."""
    try:
        import resource
    except ImportError:
        return
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_LIMIT, MEMORY_LIMIT))
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))


def extract_article(html: str) -> dict:
    from trafilatura import bare_extraction
    from trafilatura.settings import Document

    found = bare_extraction(html, with_metadata=True, include_comments=False, include_tables=True, include_links=False)
    text = (found.text or "") if isinstance(found, Document) else ""
    return {
        "text": text,
        **{name: str(getattr(found, name, None) or "") for name in ("title", "author", "date", "url", "sitename")},
        "outside": lines_left_out(html, text),
    }


def lines_left_out(html: str, text: str) -> list[str]:
    """The lines that the page shows and the article does not have, each once."""
    from lxml import html as lxml_html

    # lxml-stubs know nothing of what elements of HTML have beyond others.
    tree: Any = lxml_html.document_fromstring(html.encode(), parser=lxml_html.HTMLParser(encoding="utf-8"))
    for hidden in tree.xpath("//script|//style|//noscript|//template|//head|//svg|//comment()"):
        hidden.drop_tree() if hidden.getparent() is not None else None
    kept, lines = re.sub(r"\s+", "", text), dict[str, None]()
    for block in tree.iter(*BLOCK_TAGS):
        own = [block.text or ""]
        for child in block:
            if child.tag not in BLOCK_TAGS:
                own.append(child.text_content())
            own.append(child.tail or "")
        line = " ".join("".join(own).split())
        if line and len(line) <= 2000 and re.sub(r"\s+", "", line) not in kept:
            lines.setdefault(line)
        if len(lines) >= MAX_OUTSIDE_LINES:
            break
    return list(lines)


if __name__ == "__main__":
    limit_resources(int(sys.argv[1]))
    json.dump(extract_article(sys.stdin.buffer.read().decode()), sys.stdout)
