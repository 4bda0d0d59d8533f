"""What tests of the public pages share: every address that the URLconf makes, and a page as a tree to look into."""

from django.urls import get_resolver, reverse
from lxml import etree, html

from record.documents.addresses import twin_path
from record.models import Current

BLOCKS = {"p", "div", "li", "dt", "dd", "th", "td", "tr", "figure", "figcaption", "blockquote", "details", "summary"}
KINDS = ("topic", "question", "claim", "actor", "article", "outlet", "statement")


def page_names() -> list[str]:
    """The names of all pages that have a twin, as the URLconf lists them."""
    names = [pattern.name for pattern in get_resolver("record.urls").url_patterns]
    return [name for name in names if f"{name}_json" in names and name != "export"]


def addresses_of(name: str) -> list[str]:
    """Every address of one page, for all that stands in the record; of versions the newest, which is public."""
    kind, _, part = name.removesuffix("_json").partition("_")
    if kind not in KINDS:
        return [reverse(name)]
    rows = Current.objects.filter(kind=kind).order_by("slug").values_list("slug", "publication__version")
    return [
        reverse(name, kwargs={"slug": slug} | ({"number": version} if part == "version" else {}))
        for slug, version in rows
    ]


def all_pages() -> list[str]:
    return [address for name in page_names() for address in addresses_of(name)]


def pages_of_each_kind() -> list[str]:
    """Every page but those that are made alike for all kinds of object, of which those of a claim and a statement say
    it: the one names nothing but questions and claims, the other everything."""
    alike = ("_history", "_version", "_cite")
    names = [name for name in page_names() if not name.endswith(alike) or name.startswith(("claim_", "statement_"))]
    return [address for name in names for address in addresses_of(name)[: 2 if name.endswith(alike) else None]]


def twin_of(address: str) -> str:
    path, question, query = address.partition("?")
    return twin_path(path) + question + query


def tree_of(response):
    """The page as a tree; it must have been answered well."""
    assert response.status_code == 200, response.content[:500]
    return html.fromstring(response.content)


def texts(tree, selector: str) -> list[str]:
    """The text of every element that a class name or an XPath (with a slash) selects, white space made one."""
    path = selector if "/" in selector else f'.//*[contains(concat(" ", @class, " "), " {selector} ")]'
    return [" ".join("".join(spaced(found)).split()) for found in tree.xpath(path)]


def spaced(element):
    """The text of an element, with a space where a block begins or ends."""
    for event, node in etree.iterwalk(element, ("start", "end")):
        yield " " if node.tag in BLOCKS else ""
        yield (node.text if event == "start" else node.tail if node is not element else "") or ""


def text_of(tree, selector: str) -> str:
    """The text of the only element that is selected."""
    (found,) = texts(tree, selector)
    return found


def headers_of(response) -> dict[str, str]:
    """The headers of an answer, but for the one that numbers requests."""
    return {name: value for name, value in response.headers.items() if name != "X-Request-ID"}
